"""Headers of days as bare numbers, signers of the canteen, and what is left over in a statement."""

from __future__ import annotations

import pytest

from houqin.locate import locate_tables
from houqin.model import Range, grid_of

CLASSES = [["七(1)班", 42, 41, 43, 42, 40], ["七(2)班", 44, 43, 44, 41, 44]]


@pytest.mark.parametrize(
    "days",
    [[1, 2, 3, 4, 5], [9, 10, 13, 14, 15], [10.8, 10.9, 10.1, 10.11, 10.13], [9.1, 9.2, 9.3, 9.4, 9.5]],
)
def test_the_school_days_of_a_month_are_a_header(days: list[float]) -> None:
    """They skip weekends, and 10.10 lost its 0."""
    (table,) = locate_tables(grid_of([["午餐就餐人数"], ["班级", *days], *CLASSES], "10月"), "表.xlsx")
    assert (table.header_rows, table.body, table.is_unsure) == ((2,), (3, 4), False)


@pytest.mark.parametrize("numbers", [[42, 41, 43, 42, 40], [1, 20, 31, 60, 90]])
def test_counts_that_do_not_run_as_days_are_no_header(numbers: list[int]) -> None:
    """A record without a header stays one."""
    tables = locate_tables(grid_of([["七(3)班", *numbers], *CLASSES], "10月"), "表.xlsx")
    assert all(not table.header_rows or table.is_unsure for table in tables)


MEALS = ["早", "中", "晚"]
DAYS_OVER_MEALS = {
    "numbers": (3, 4), "texts": ("3", "4"), "one number": (3,), "named": ("3日", "4日"), "months and days": (9.3, 9.4),
    "with weekdays": ("9月3日 周三", "9月4日 周四"), "one date": ("9月3日",), "many": (3, 4, 5, 8, 9),
}  # fmt: skip


@pytest.mark.parametrize("weekdays", [False, True])
@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("days", DAYS_OVER_MEALS.values(), ids=DAYS_OVER_MEALS)
def test_days_over_the_same_meals_are_the_upper_row(days: tuple[object, ...], *, merged: bool, weekdays: bool) -> None:
    """However a day is written, and whether it is merged over its meals or typed over the first of them."""
    upper: list[list[object]] = [["班级", *(cell for day in days for cell in (day, None, None))]]
    upper += [[None, *(cell for _ in days for cell in ("周三", None, None))]] if weekdays else []
    rows = [["9月就餐人数"], *upper, [None, *MEALS * len(days)]]
    rows += [[f"七({n})班", *range(20 + n, 20 + n + 3 * len(days))] for n in (1, 2, 3)]
    last = 2 + len(upper)
    starts = range(2, 3 * len(days), 3)
    merges = [Range(2, 1, last, 1), *(Range(row, c, row, c + 2) for row in range(2, last) for c in starts)]
    (table,) = locate_tables(grid_of(rows, "9月", merges=merges if merged else ()), "表.xlsx")
    assert table.header_rows == tuple(range(2, last + 1))
    assert all(column.header.startswith("".join(str(days[0]).split())) for column in table.columns[1:4])
    assert not table.is_unsure


def test_a_number_beside_a_word_above_a_table_is_a_parameter() -> None:
    """人数 | 12 over 名称 | 单位 says how many came, and is no day."""
    rows = [["施工人数", 12], ["名称", "单位", "数量"], ["粉笔", "盒", 3], ["扫帚", "把", 5]]
    (table,) = locate_tables(grid_of(rows, "9月"), "表.xlsx")
    assert table.header_rows == (2,)


def test_those_who_sign_in_the_canteen_are_no_record() -> None:
    """值班教师 and 食堂签收 stand below the classes."""
    rows = [["班级", "午餐", "晚餐"], ["七(1)班", 42, 9], ["值班教师：", "食堂签收：", None]]
    (table,) = locate_tables(grid_of(rows, "10.9"), "表.xlsx")
    assert list(table.record_rows) == [2]


def test_what_is_left_over_is_an_item_of_a_statement() -> None:
    """收支结余 under 项目 is asked about by no one."""
    rows = [["项目", "金额"], ["伙食费收入", 100], ["食材支出", 80], ["收支结余", 20]]
    (table,) = locate_tables(grid_of(rows, "10月"), "表.xlsx")
    assert (list(table.record_rows), table.doubts) == ([2, 3, 4], ())
