"""The blanks of goods, assets, desks to be moved and uniforms handed out."""

from __future__ import annotations

from blank_page import Page

FILLED_BY = "填报单位（盖章）："
GOODS_PAGES: dict[str, tuple[Page, ...]] = {
    "stock_in": (
        Page("入库登记", "物资入库登记表", (FILLED_BY, "登记日期：    年  月  日", "单位：元"),
             ("seq", "in_date", "doc_no", "category", "name", "spec", "uom", "qty", "price", "amount", "supplier",
              "invoice", "buyer", "checker", "checker2", "keeper", "remark"),
             ("采购人：", "验收人：", "保管员：", "负责人："),
             ("说明：一种物品一行；发票号码按文本填写，一张发票分几行时每行都写。采购与验收不能是同一人。",),
             widths={"seq": 4, "category": 9, "name": 14, "uom": 5, "qty": 6, "supplier": 14, "invoice": 13,
              "buyer": 7,
                     "checker": 7, "checker2": 7, "keeper": 7}, totals=("amount",)),
    ),
    "purchase_plan": (
        Page("申购计划", "物品申购计划表", ("申购部门：", "申购日期：    年  月  日", "单位：元"),
             ("seq", "category", "name", "spec", "uom", "stock_qty", "need_qty", "plan_qty", "plan_price", "plan_amt",
              "dept", "use", "need_date", "budget_item", "applicant", "remark"),
             ("申购人：", "后勤主任：", "财务：", "分管副校长：", "校长："),
             ("说明：计划采购数量＝需求数量－现有库存；按整箱采购或留备用的在备注写明。",
              "单价 1000 元及以上的列设备购置。"),
             widths={"seq": 4, "category": 9, "name": 14, "uom": 5, "use": 14}, totals=("plan_amt",)),
    ),
    "stocktake": (
        Page("库存盘点", "库存物资盘点表", (FILLED_BY, "盘点日期：    年  月  日", "单位：元"),
             ("seq", "category", "name", "spec", "uom", "price", "book_qty", "book_amt", "real_qty", "real_amt",
              "gain_qty", "gain_amt", "loss_qty", "loss_amt", "reason", "place", "remark"),
             ("盘点人：", "监盘人：", "保管员：", "负责人："),
             ("说明：盘盈＝实盘－账面，盘亏＝账面－实盘，只填一栏；有差异的写明原因。没有盘到的实盘填 0。",),
             widths={"seq": 4, "category": 9, "name": 14, "uom": 5, "reason": 14},
             totals=("book_amt", "real_amt", "gain_amt", "loss_amt")),
    ),
}  # fmt: skip
