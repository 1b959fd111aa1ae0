"""Which cell is blamed: one wrong number in a full stock table, in each of its places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from check.tables import make_table

from houqin.check import check_table
from houqin.forms import load_forms
from houqin.model import Level, RowKind

FORM = load_forms().by_id["stock_balance"]
COLUMNS = (
    "name uom open_qty open_price open_amt in_qty in_price in_amt out_qty out_price out_amt "
    "close_qty close_price close_amt"
)
NUMBERS = COLUMNS.split()[2:]


def goods(name: str, price: str, opening: int, received: int, issued: int) -> list[object]:
    """Make a row that is right in every respect."""
    each = Decimal(price)
    row: list[object] = [name, "个"]
    for quantity in (opening, received, issued, opening + received - issued):
        row += [quantity, each, quantity * each]
    return row


def stock() -> list[list[object]]:
    """Make a right table with its totals of amounts."""
    rows = [goods("粉笔", "3.52", 21, 64, 37), goods("拖把", "30.85", 14, 53, 26), goods("扫帚", "12.40", 35, 12, 19)]
    total: list[object] = ["合计", None]
    total += [sum(row[i] for row in rows) if name.endswith("_amt") else None for i, name in enumerate(NUMBERS, 2)]
    return [*rows, total]


def slip(value: object, kind: str) -> Decimal:
    """Write a number wrongly: a 0 too many, two digits turned round, another number."""
    if kind == "ten":
        return Decimal(str(value)) * 10
    if kind == "swap":
        digits = str(value)
        at = next(i for i in range(len(digits) - 1) if digits[i : i + 2].isdigit() and digits[i] != digits[i + 1])
        return Decimal(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    return Decimal(str(value)) + 7


@pytest.mark.parametrize("kind", ["ten", "swap", "other"])
@pytest.mark.parametrize("totals", [True, False], ids=["with total", "without total"])
@pytest.mark.parametrize("field", NUMBERS)
def test_the_one_wrong_cell_is_the_one_told(field, totals, kind):
    """Neither its neighbours nor the total are blamed for it, at level error, and the right value is named."""
    rows = stock()
    column = COLUMNS.split().index(field)
    right = rows[1][column]
    rows[1][column] = slip(right, kind)
    table = make_table(FORM, COLUMNS, rows if totals else rows[:3], totals={3: RowKind.TOTAL} if totals else None)
    errors = [f for f in check_table(table, FORM, None) if f.level == Level.ERROR]
    assert [f.place.cell for f in errors] == [table.address(field, 1)]
    assert Decimal(errors[0].expected) == right


def test_a_right_table_has_no_error():
    """Nothing wrong, nothing said."""
    table = make_table(FORM, COLUMNS, stock(), totals={3: RowKind.TOTAL})
    assert [f for f in check_table(table, FORM, None) if f.level == Level.ERROR] == []


def test_a_wrong_child_is_not_told_again_at_its_parent():
    """What is left of a subject names the wrong amount; the sum of its parent then needs no finding of its own."""
    form = load_forms().by_id["budget_execution"]
    rows = [
        ["302", "商品和服务支出", 1000, 1000, 300, 700],
        ["30201", "办公费", 600, 600, 2000, 400],
        ["30202", "印刷费", 400, 400, 100, 300],
    ]
    table = make_table(form, "code subject initial full total left", rows)
    (finding,) = [f for f in check_table(table, form, None) if f.level == Level.ERROR]
    assert (finding.place.cell, finding.expected) == ("E5", "200")
