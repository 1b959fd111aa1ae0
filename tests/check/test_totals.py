"""Typed totals against their records."""

from __future__ import annotations

from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.model import RowKind

FORM = make_form(
    {"name": "物品名称", "qty": "数量/quantity", "amount": "金额/money"}, key=("name",), totals=("amount",)
)
COLUMNS = "name qty amount"


def test_a_row_that_was_inserted_later_is_named():
    """Message 2 of the office: both sums, the difference, and the row that is exactly as large."""
    rows = [["粉笔", 100, 12860], ["拖把", 4, 120], ["合计", None, 12860]]
    (finding,) = check_table(make_table(FORM, COLUMNS, rows, totals={2: RowKind.TOTAL}), FORM, None)
    assert finding.line == (
        "必须改｜《收发存.xlsx》“9月”C6：“金额”的合计填 12,860.00 元，各行相加是 12,980.00 元，少 120.00 元。"
        "第 5 行“拖把”正好 120.00 元，可能是后插入的行没有包含在合计里。"
    )
    assert (finding.code, finding.found, finding.expected) == ("total-mismatch", "12860", "12980")
    assert [place.cell for place in finding.related] == ["C5"]


def test_a_total_that_is_right_is_no_finding():
    """Nor is one of blanks, nor a total over unlike goods, which the form does not name."""
    rows = [["粉笔", 100, 12860], ["拖把", 4, None], ["合计", 999, 12860]]
    assert check_table(make_table(FORM, COLUMNS, rows, totals={2: RowKind.TOTAL}), FORM, None) == []


def test_subtotals_stand_for_their_own_records():
    """The grand total is over the records, not over records and subtotals; adding these in is seen."""
    rows = [["粉笔", 1, 100], ["小计", None, 100], ["拖把", 1, 30], ["小计", None, 30], ["合计", None, 260]]
    marks = {1: RowKind.SUBTOTAL, 3: RowKind.SUBTOTAL, 4: RowKind.TOTAL}
    (finding,) = check_table(make_table(FORM, COLUMNS, rows, totals=marks), FORM, None)
    assert finding.place.cell == "C8"
    assert "可能把小计也加进去了" in finding.message


def test_a_slip_in_the_total_is_seen():
    """151 for 115: two digits turned round."""
    rows = [["粉笔", 1, 85], ["拖把", 1, 30], ["合计", None, 151]]
    (finding,) = check_table(make_table(FORM, COLUMNS, rows, totals={2: RowKind.TOTAL}), FORM, None)
    assert finding.message.endswith("多 36.00 元。像是两个数字写颠倒了。")


def test_decimals_that_are_held_but_not_shown_may_move_a_total():
    """Excel adds what it holds: three times 3.333333 is 10.00, three times the shown 3.33 is 9.99."""
    hidden = [["甲", 1, 3.333333], ["乙", 1, 3.333333], ["丙", 1, 3.333333], ["合计", None, 10]]
    shown = [["甲", 1, 3.33], ["乙", 1, 3.33], ["丙", 1, 3.33], ["合计", None, 10]]
    assert check_table(make_table(FORM, COLUMNS, hidden, totals={3: RowKind.TOTAL}), FORM, None) == []
    assert len(check_table(make_table(FORM, COLUMNS, shown, totals={3: RowKind.TOTAL}), FORM, None)) == 1
