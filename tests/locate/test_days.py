"""Headers of days as bare numbers, signers of the canteen, and what is left over in a statement."""

from __future__ import annotations

import pytest

from houqin.locate import locate_tables
from houqin.model import grid_of

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
