"""What the figures say of a column whose name leaves it open."""

from __future__ import annotations

import pytest
from small_tables import raw_of

from houqin.forms import load_forms
from houqin.match import match_table

GOODS = ["粉笔", "扫帚", "拖把", "板擦"]


def fields(headers: list[str], rows: list[list[object]]) -> dict[str, str | None]:
    """Match a table; give its headers' fields."""
    match, _ = match_table(raw_of(headers, rows), load_forms(), None)
    assert match.form == "stock_balance"
    return {column.column.header: column.field for column in match.columns}


@pytest.mark.parametrize("closing", ["close_qty", "close_amt"])
def test_a_bare_closing_is_what_the_figures_make_it(closing: str) -> None:
    """期末 alone is a quantity beside quantities that make it, and an amount beside a quantity and a price that do."""
    counts = [(20, 30, 15), (12, 8, 9), (40, 25, 31), (7, 13, 2)]
    if closing == "close_qty":
        headers = ["物品名称", "期初数量", "入库数量", "出库数量", "期末"]
        rows: list[list[object]] = [[g, a, b, c, a + b - c] for g, (a, b, c) in zip(GOODS, counts, strict=True)]
    else:
        headers = ["物品名称", "期初数量", "入库数量", "出库数量", "结存数量", "结存单价", "期末"]
        rows = [[g, a, b, c, a + b - c, 2.5, (a + b - c) * 2.5] for g, (a, b, c) in zip(GOODS, counts, strict=True)]
    assert fields(headers, rows)["期末"] == closing


def test_figures_that_say_nothing_change_nothing() -> None:
    """Two rows are no proof: the name decides as before."""
    rows: list[list[object]] = [["粉笔", 1, 2, 3, 4], ["扫帚", 5, 6, 7, 8]]
    assert fields(["物品名称", "期初数量", "入库数量", "出库数量", "期末"], rows)["期末"] == "close_qty"
