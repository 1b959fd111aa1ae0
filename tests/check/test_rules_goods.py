"""Rules over lists of goods: invoices that come twice, what must be said, who may not be one; each at its cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.forms import Check

if TYPE_CHECKING:
    from houqin.model import Finding

FIELDS = {
    "in_date": "入库日期/date", "doc_no": "单号/code", "name": "物品名称", "qty": "数量/quantity",
     "amount": "金额/money",
    "invoice": "发票号码/code", "buyer": "采购人", "checker": "验收人", "reason": "原因", "remark": "备注",
}  # fmt: skip


def told(check: Check, columns: str, rows: list[list[object]]) -> list[Finding]:
    """Judge rows by one rule."""
    form = make_form(FIELDS, (check,), key=("name",))
    return check_table(make_table(form, columns, rows), form, None)


INVOICE = Check(
    id="invoice-once", code="duplicate", level="question", cell="invoice", use="invoice-once",
    message="发票 {found} 出现在 {cells}，{why}。",
    args={"invoice": "invoice", "amount": "amount", "apart": ["in_date", "doc_no"], "same": ["name"]},
)  # fmt: skip


def test_one_invoice_on_several_rows_is_normal() -> None:
    """Three goods of one invoice, one of them at the price of another; and 无 is no invoice."""
    rows = [["2025-09-03", "R1", "粉笔", 350, "12345678"], ["2025-09-03", "R1", "板擦", 350, "12345678"],
            ["2025-09-03", "R1", "纸", 555, "12345678"], ["2025-09-03", "R1", "绳", 5, "无"],
            ["2025-09-04", "R2", "针", 5, "无"]]  # fmt: skip
    assert told(INVOICE, "in_date doc_no name amount invoice", rows) == []


def test_an_invoice_of_another_day_or_voucher_is_a_double() -> None:
    """It is told once, at the later row, with what differs and the earlier cell."""
    rows = [["2025-09-03", "R1", "粉笔", 350, "12345678"], ["2025-10-03", "R5", "扫帚", 540, "12345678"],
            ["2025-10-03", "R5", "拖把", 840, "12345678"]]  # fmt: skip
    (finding,) = told(INVOICE, "in_date doc_no name amount invoice", rows)
    assert (finding.place and finding.place.cell, [p.cell for p in finding.related]) == ("E5", ["E4"])
    assert finding.message == "发票 12345678 出现在 E4、E5，入库日期、单号不同。"


def test_the_same_goods_at_the_same_amount_on_one_invoice_are_a_double() -> None:
    """A row copied down twice."""
    rows = [["2025-09-03", "粉笔", 350, "12345678"], ["2025-09-03", "粉笔", 350, "12345678"]]
    (finding,) = told(INVOICE, "in_date name amount invoice", rows)
    assert finding.message == "发票 12345678 出现在 D4、D5，金额和物品完全相同。"


SAID = Check(
    id="why", code="reason-missing", level="question", cell="reason", use="one-of", message="“{name}”没有写原因。",
    args={"fields": ["reason", "remark"], "where": "qty != 0"},
)  # fmt: skip


def test_one_of_several_fields_must_say_something() -> None:
    """A remark is a reason too; rows outside the condition are not asked about."""
    rows = [["粉笔", 1, None, None], ["板擦", 1, "漏登", None], ["纸", 1, None, "漏登"], ["绳", 0, None, None]]
    (finding,) = told(SAID, "name qty reason remark", rows)
    assert (finding.place and finding.place.cell, finding.message) == ("C4", "“粉笔”没有写原因。")


def test_a_table_without_a_column_for_it_is_asked_at_its_key() -> None:
    """No column for reasons is no excuse."""
    (finding,) = told(SAID, "name qty", [["粉笔", 1], ["板擦", 0]])
    assert finding.place is not None
    assert finding.place.cell == "A4"


def test_two_posts_that_must_be_apart_are_not_one_person() -> None:
    """采购 and 验收 by one man; a blank says nothing."""
    check = Check(id="two", code="one-person", level="question", cell="checker", use="not-the-same",
                  args={"fields": ["buyer", "checker"]}, message="都是{found}")  # fmt: skip
    rows = [["粉笔", "周一", "周一"], ["板擦", "周一", "吴二"], ["纸", None, None]]
    (finding,) = told(check, "name buyer checker", rows)
    assert (finding.place and finding.place.cell, finding.message) == ("C4", "都是周一")


def test_a_rule_may_judge_chosen_records_only() -> None:
    """`where` leaves out the rows that explain themselves in the remark."""
    check = Check(id="plan", code="plan-mismatch", level="question", cell="qty", rule="qty == amount",
                  where="remark == ''", message="{found} 不是 {right}")  # fmt: skip
    (finding,) = told(
        check, "name qty amount remark", [["粉笔", 1, 2, None], ["板擦", 1, 2, "整箱"], ["纸", 2, 2, None]]
    )
    assert finding.place is not None
    assert finding.place.cell == "B4"
