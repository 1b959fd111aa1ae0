"""The blanks of goods, assets, desks to be moved and uniforms handed out."""

from __future__ import annotations

from blank_page import Page

FILLED_BY = "填报单位（盖章）："


def _blocks(value: str) -> dict[str, str]:
    """Name the columns of a count by blocks: 账面数, 清查数, 盘盈, 盘亏, each 数量 and a value."""
    blocks = {"book": "账面数", "real": "清查数" if value == "原值" else "实盘数", "gain": "盘盈", "loss": "盘亏"}
    second = "cost" if value == "原值" else "amt"
    counted = {f"{name}_qty": f"{block}/数量" for name, block in blocks.items()}
    valued = {f"{name}_{second}": f"{block}/{value}" for name, block in blocks.items()}
    return {**counted, **valued, "gain_amt": "盘盈/金额", "loss_amt": "盘亏/金额"}


_CARD = (
    "date", "voucher", "summary", "name", "spec", "uom", "in_qty", "in_price", "in_amt", "out_qty", "out_price",
    "out_amt", "close_qty", "close_price", "close_amt", "party", "handler", "remark",
)  # fmt: skip
_CARD_WIDTHS = {"summary": 14, "name": 12, "uom": 5, "in_qty": 6, "out_qty": 6, "close_qty": 6, "party": 12}

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
    "stock_card": (
        Page("出入库明细账", "物资出入库明细账", ("填报单位（盖章）：", "年度：      ", "单位：元"), _CARD,
             ("保管员：", "后勤主任："),
             ("说明：一笔一行，收、发不写在同一行；结存＝上笔结存＋入库－出库。",
              "一种物品一页的，把品名、规格、单位写在表的上方，表里这三列可以删去。"),
             widths=_CARD_WIDTHS),
    ),
    "food_card": (
        Page("食材出入库明细账", "食材出入库明细账", ("食堂（盖章）：", "年度：      ", "单位：元"), _CARD,
             ("保管员：", "食堂管理员："),
             ("说明：一笔一行，购进、领用不写在同一行；结存＝上笔结存＋购进－领用。",),
             widths=_CARD_WIDTHS),
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
             widths={"seq": 4, "category": 9, "name": 14, "uom": 5, "reason": 14}, headers=_blocks("金额"),
             totals=("book_amt", "real_amt", "gain_amt", "loss_amt")),
    ),
    "asset_stocktake": (
        Page("固定资产盘点", "固定资产清查盘点表", (FILLED_BY, "清查基准日：    年  月  日", "单位：元"),
             ("seq", "asset_no", "class_code", "asset_name", "spec", "uom", "acquire_date", "book_qty", "book_cost",
              "book_dep", "book_net", "real_qty", "real_cost", "gain_qty", "gain_amt", "loss_qty", "loss_amt",
              "pl_type", "status", "place", "dept", "user", "reason", "opinion", "remark"),
             ("盘点人：", "监盘人：", "资产管理员：", "财务负责人：", "单位负责人："),
             ("说明：一张卡片一行，账外的东西也写一行、编号留空。盘盈＝清查－账面，盘亏＝账面－清查，有差异的写明原因。",),
             widths={"seq": 4, "asset_name": 12, "uom": 5, "reason": 9, "opinion": 9, "book_qty": 6, "real_qty": 6,
                     "gain_qty": 6, "loss_qty": 6, "pl_type": 8, "status": 6, "dept": 7, "user": 6, "remark": 6},
             headers={**_blocks("原值"), "book_dep": "账面数/累计折旧", "book_net": "账面数/净值"},
             totals=("book_cost", "book_dep", "book_net", "real_cost", "gain_amt", "loss_amt")),
    ),
    "asset_disposal": (
        Page("处置清单", "固定资产处置清单", (FILLED_BY, "申请日期：    年  月  日", "单位：元"),
             ("seq", "asset_no", "class_code", "asset_name", "spec", "uom", "qty", "acquire_date", "rule_years",
              "used_years", "cost", "acc_dep", "net", "dispose_how", "reason", "appraisal", "proceeds", "place",
               "user",
              "remark"),
             ("资产管理员：", "鉴定小组：", "财务负责人：", "单位负责人："),
             ("说明：处置前要有批复；没到年限的写明原因，有净值的附鉴定意见。残值收入上缴国库。",),
             widths={"seq": 4, "asset_name": 12, "uom": 5, "reason": 12, "appraisal": 10, "user": 7, "remark": 6},
             totals=("cost", "acc_dep", "net", "proceeds")),
    ),
    "asset_change": (
        Page("变动登记", "固定资产变动登记表", (FILLED_BY, "年度：", "单位：元"),
             ("seq", "change_date", "change_type", "asset_no", "asset_name", "spec", "uom", "qty", "cost",
              "from_place",
              "to_place", "handler", "receiver", "basis", "reason", "remark"),
             ("资产管理员：", "会计：", "审核人：", "负责人："),
             ("说明：一笔变动一行。校内调拨写清从哪里到哪里；处置写批准文号。",),
             widths={"seq": 4, "asset_name": 12, "uom": 5, "from_place": 11, "to_place": 11}),
        Page("增减变动汇总", "固定资产增减变动表", (FILLED_BY, "年度：", "单位：元"),
             ("class_name", "open_qty", "open_cost", "add_qty", "add_cost", "cut_qty", "cut_cost", "close_qty",
              "close_cost", "remark"),
             ("资产管理员：", "会计：", "负责人："),
             ("说明：一类资产一行；期初＋增加－减少＝期末，期末与固定资产台账、财务账相符。",), rows=10,
             widths={"class_name": 16}, totals=("open_cost", "add_cost", "cut_cost", "close_cost")),
    ),
    "room_inventory": (
        Page("分室", "分室物品清单", ("填报单位（盖章）：", "责任人：", "登记日期：    年  月  日"),
             ("seq", "room", "asset_name", "spec", "uom", "qty", "asset_no", "status", "remark"),
             ("登记人：", "审核人：", "负责人："),
             ("说明：一室一表，贴在门后；有编号的一件一行。几个房间写在一张表里也可以。",),
             widths={"asset_name": 16, "spec": 14, "remark": 14}, portrait=True),
    ),
    "desk_transfer": (
        Page("调拨登记", "课桌凳调拨登记表", (FILLED_BY, "登记日期：    年  月  日", "单位：张、把"),
             ("seq", "move_date", "from_class", "to_class", "desk_qty", "chair_qty", "handler", "sign", "remark"),
             ("调出人：", "调入人：", "经办人："),
             ("说明：一次调拨一行；从库房调出、退回库房的写“库房”，报损的写“报损”。",), portrait=True),
        Page("各班调整", "课桌凳调整汇总表", (FILLED_BY, "调整日期：    年  月  日", "单位：张、把"),
             ("seq", "class", "before_desk", "before_chair", "out_desk", "out_chair", "in_desk", "in_chair",
              "after_desk", "after_chair", "remark"),
             ("统计人：", "审核人：", "负责人："),
             ("说明：调整前－调出＋调入＝调整后；库房也占一行，全表调出等于调入。",),
             totals=("before_desk", "before_chair", "out_desk", "out_chair", "in_desk", "in_chair", "after_desk",
                     "after_chair")),
    ),
    "uniform_size_summary": (
        Page("尺码汇总", "校服尺码汇总表", (FILLED_BY, "统计日期：    年  月  日", "单位：套"),
             ("seq", "class"), ("统计人：", "审核人：", "负责人："),
             ("说明：一行一个班；小计、合计等于各尺码之和。特体的在备注写明。",), rows=24,
             words=(*(f"{style}/{sex}/{size}" for style in ("夏装", "冬装") for sex in "男女"
                      for size in ("150", "155", "160", "165", "170", "小计")), "合计", "备注"),
             headers={"class": "班级"}),
    ),
    "uniform_issue": (
        Page("发放签收", "校服发放签收表", ("班级：", "款式：", "发放日期：    年  月  日"),
             ("seq", "pupil", "size", "top_qty", "trousers_qty", "issue_date", "sign", "exchange", "exchange_size",
              "remark"),
             ("班主任签字：", "发放人：", "审核人："),
             ("说明：领到当面试穿，不合身的在“调换”打√并写要换的尺码。本表只在班级内部使用。",), rows=50,
             widths={"pupil": 10, "sign": 12}, totals=("top_qty", "trousers_qty"), portrait=True),
        Page("发放情况", "校服发放情况统计表", (FILLED_BY, "统计日期：    年  月  日", "单位：套"),
             ("seq", "class", "style", "ordered", "received", "exchanged", "missing", "remark"),
             ("统计人：", "审核人：", "负责人："), ("说明：实发＋调换＋未领＝应发。",), rows=24,
             totals=("ordered", "received", "exchanged", "missing")),
    ),
    "uniform_test": (
        Page("送检登记", "校服送检登记表", (FILLED_BY, "填报日期：    年  月  日"),
             ("seq", "batch", "style", "supplier", "party", "lab", "report_no", "report_date", "verdict", "remark"),
             ("登记人：", "审核人：", "负责人："),
             ("说明：一份检验报告一行；企业送检、学校送检各占一行。校服公示用这张表的供货单位、检验机构、报告编号和结论。",),
             rows=12, widths={"supplier": 20, "lab": 20, "report_no": 18}),
    ),
}  # fmt: skip
