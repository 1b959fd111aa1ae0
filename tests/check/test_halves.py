"""A statement of two halves side by side: each row of each half is a record, and both are judged together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from check.tables import make_school

from houqin.check import check_table, join_halves
from houqin.clean import clean_table
from houqin.forms import load_forms
from houqin.locate import locate_tables
from houqin.match import match_table
from houqin.model import Range, grid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Finding, Table

FORMS = load_forms()
SCHOOL = make_school({})
CANTEEN = [
    ["学生伙食费", 600, "粮油", 200], ["教职工伙食费", 100, "蔬菜", 150], ["收入合计", 700, "燃气", 50],
    [None, None, "支出合计", 400], ["本月结余", 300],
]  # fmt: skip
BUDGET = [
    ["一、财政拨款收入", 850, "一、基本支出", 820], ["二、事业收入", 40, "二、项目支出", 70],
    ["本年收入合计", 890, "本年支出合计", 890], ["上年结转", 10, "结转下年", 10], ["收入总计", 900, "支出总计", 900],
]  # fmt: skip
HEADS = {
    "two rows": [["收入", None, "支出", None], ["项目", "金额", "项目", "金额"]],
    "one row": [["收入项目", "金额", "支出项目", "金额"]],
}


def read(title: str, heads: Sequence[Sequence[object]], rows: Sequence[Sequence[object]]) -> list[Table]:
    """Take a sheet as far as clean tables."""
    merges = [Range(2, 1, 2, 2), Range(2, 3, 2, 4)] if len(heads) > 1 else []
    raws = locate_tables(grid_of([[title], *heads, *rows], "2025年10月", merges=merges), "表.xlsx")
    return [clean_table(match_table(raw, FORMS, SCHOOL)[0], FORMS, SCHOOL)[0] for raw in raws]


def judge(tables: Sequence[Table]) -> list[Finding]:
    """Judge the halves together."""
    return [f for table in join_halves(tables) for f in check_table(table, FORMS.by_id[table.form], SCHOOL)]


def changed(rows: Sequence[Sequence[object]], row: int, column: int, value: object) -> list[list[object]]:
    """Give the rows with one cell changed."""
    return [[value if (r, c) == (row, column) else v for c, v in enumerate(each)] for r, each in enumerate(rows)]


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_each_half_gives_its_rows_with_their_own_cells(heads: Sequence[Sequence[object]]) -> None:
    """A total on the left loses no item on the right; what is left over is of neither side."""
    left, right = read("食堂2025年10月收支公示表", heads, CANTEEN)
    first = len(heads) + 2
    assert list(zip(left.frame["section"], left.frame["item"], strict=True)) == [
        ("收入", "学生伙食费"), ("收入", "教职工伙食费"), (None, "本月结余"),
    ]  # fmt: skip
    assert list(zip(right.frame["section"], right.frame["item"], strict=True)) == [
        ("支出", "粮油"), ("支出", "蔬菜"), ("支出", "燃气"),
    ]  # fmt: skip
    assert [right.address("month_amt", n) for n in range(3)] == [f"D{first + n}" for n in range(3)]
    assert {*left.frame["date"], *right.frame["date"]} == {"2025-10"}
    assert judge([left, right]) == []


@pytest.mark.parametrize(("row", "column", "cell", "code"), [
    (4, 1, "B7", "sum-mismatch"),  # what is left over
    (2, 1, "B5", "total-mismatch"), (3, 3, "D6", "total-mismatch"),
])  # fmt: skip
def test_a_canteen_is_judged_over_both_halves(row: int, column: int, cell: str, code: str) -> None:
    """A wrong result or total is told at its cell, left or right."""
    found = judge(read("食堂2025年10月收支公示表", HEADS["one row"], changed(CANTEEN, row, column, 999)))
    assert (code, cell) in {(f.code, f.place.cell) for f in found if f.place}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_a_budget_keeps_what_was_carried_and_must_balance(heads: Sequence[Sequence[object]]) -> None:
    """上年结转 and 结转下年 are items; 收入总计 and 支出总计 must be equal."""
    tables = read("2025年收支预算总表", heads, BUDGET)
    assert [list(table.frame["subject"]) for table in tables] == [
        ["一、财政拨款收入", "二、事业收入", "上年结转"], ["一、基本支出", "二、项目支出", "结转下年"],
    ]  # fmt: skip
    assert [set(table.frame["category"]) for table in tables] == [{"收入"}, {"支出"}]
    assert judge(tables) == []
    wrong = judge(read("2025年收支预算总表", heads, changed(BUDGET, 4, 3, 950)))
    assert [(f.code, f.place.cell) for f in wrong if f.place] == [("income-expense", f"D{len(heads) + 6}")]


def test_a_book_with_income_and_expense_columns_is_one_table() -> None:
    """日期 摘要 收入 支出 结余 runs on from row to row."""
    rows = [["日期", "摘要", "收入", "支出", "结余"], ["10.1", "拨款", 100, None, 100], ["10.2", "粉笔", None, 20, 80]]
    assert len(locate_tables(grid_of([["收支明细账"], *rows], "10月"), "表.xlsx")) == 1
