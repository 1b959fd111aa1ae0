"""Pages of the blank workbooks of budgets, books, fees, works and what a 核算中心 or bank gives."""

from __future__ import annotations

from typing import Any

UNIT = ("填报单位（盖章）：", "填报日期：    年  月  日", "单位：元")
FOOTER = ("制表人：", "审核人：", "负责人：", "制表日期：    年  月  日")


def page(title: str, fields: str, note: str, **more: Any) -> dict[str, Any]:
    """Give the keywords of a page of the usual look."""
    kept = {"sheet": title[:12], "info": UNIT, "footer": FOOTER, **more}
    return {"title": title, "fields": fields.split(), "notes": (f"说明：{note}",), **kept}


PAGES: dict[str, tuple[dict[str, Any], ...]] = {
    "budget": (
        page("预算编制表", "seq category code subject project basis last_year budget fund_fiscal fund_business "
             "fund_other "
             "gov_purchase remark", "收支类别填“收入”或“支出”；测算依据写成“850人×60元”；"
             "财政拨款＋事业收入＋其他资金＝本年预算数。",
             widths={"subject": 16, "project": 14, "basis": 18}),
    ),
    "cashbook": (
        page("收支明细账", "seq date voucher summary code subject project payee income expense balance pay_how "
             "invoice handler "
             "witness approver remark", "按日期先后登记，一行只记一笔收入或一笔支出；"
             "余额＝上笔余额＋收入－支出；发票号按文本填写。",
             widths={"summary": 18, "subject": 12, "payee": 16, "invoice": 14}, totals=("income", "expense")),
    ),
    "fee": (
        page("收费项目公示表", "seq fee_item standard basis payer how phone remark",
             "没有文件依据的不得收费；服务性收费、代收费坚持自愿。", sheet="收费公示", rows=12,
             widths={"fee_item": 16, "basis": 20, "payer": 12}),
        page("代收费结算表", "seq fee_item grade class persons standard due waived collected spent left "
             "refund_each refund "
             "remark", "应收＝人数×标准；结余＝收取－支出；人均应退＝结余÷人数；代收费多退少补，及时清退。",
             sheet="收费结算",
             widths={"fee_item": 14}, totals=("due", "waived", "collected", "spent", "left", "refund")),
    ),
    "works": (
        page("工程量清单", "seq category item_code work_item feature uom work_qty unit_rate total remark",
             "工程量×综合单价＝合价。", sheet="工程量清单", widths={"work_item": 16, "feature": 20},
             totals=("total",)),
        page("工程合同台账", "seq work_item contractor budget_price contract start_date end_date submitted "
             "approved cut_rate "
             "paid unpaid retention pay_date remark", "已付款不超过合同价与审定价较低者减质保金。",
             sheet="工程合同", rows=15,
             widths={"work_item": 16, "contractor": 16}, headers={"cut_rate": "审减率(%)"},
             totals=("budget_price", "contract", "submitted", "approved", "paid", "unpaid", "retention")),
    ),
    "trial_balance": (
        page("科目余额表", "basis code subject open_dr open_cr dr cr ytd_dr ytd_cr close_dr close_cr",
             "期初余额、本期发生、本年累计、期末余额，借方合计都等于贷方合计；上级科目等于下级之和。",
             widths={"subject": 18}),
    ),
    "journal": (
        page("明细账", "date voucher summary code subject contra debit credit direction balance remark",
             "按日期、凭证号先后登记；方向填借、贷、平。", widths={"summary": 20, "subject": 14, "direction": 6,
             "contra": 14},
             totals=("debit", "credit")),
    ),
    "bank_statement": (
        page("银行对账单", "date serial_no voucher summary debit credit balance counterparty counter_account purpose",
             "银行一边看：借方是付出，贷方是收入。请用网上银行导出的文件，不要手工改动。",
             widths={"summary": 16, "serial_no": 18, "counterparty": 18, "counter_account": 18},
             totals=("debit", "credit")),
    ),
    "quota": (
        page("预算指标下达及支付表", "seq issue_date doc_no quota_no fund func_code gov_code code subject "
             "project issued planned "
             "paid left remark", "指标金额－已支付＝指标余额；经济科目填部门预算支出经济分类。", sheet="指标",
             widths={"doc_no": 18, "project": 16}, totals=("issued", "planned", "paid", "left")),
    ),
    "payables": (
        page("往来款明细表", "seq kind party reason date open increase decrease balance age remark",
             "一个对方、一个事由一行；期初＋增加－减少＝余额；超过一年的写明原因。",
             widths={"party": 18, "reason": 18}, totals=("open", "increase", "decrease", "balance")),
    ),
    "receipt_book": (
        page("财政票据领用核销登记表", "seq date kind batch start_no end_no qty used void void_no unused "
             "fee_item amount receiver "
             "return_date remark", "起止号按文本填写；份数＝止号－起号＋1；使用＋作废＋结存＝份数；"
             "作废的写明号码。", sheet="票据",
             widths={"kind": 14, "fee_item": 12}, totals=("qty", "used", "void", "unused", "amount")),
    ),
    "claim_register": (
        page("报账登记表", "seq date claim_no claimant dept summary code subject project payee invoice sheets "
             "amount approved "
             "rejected voucher book_date state remark", "报账金额－退回金额＝核定金额；"
             "核算中心记账后填凭证号和记账日期。",
             widths={"summary": 18, "payee": 16}, totals=("amount", "approved", "rejected")),
    ),
}  # fmt: skip
