"""Electricity and water beside each other: a table each, with the room, the month and the remark that both share."""

from __future__ import annotations

import pytest
from locate.sheets import headers, sheet

from houqin.locate import locate_tables

GROUPS = """
10月水电抄表
地点 | 用电 | | | 用水 | | | 备注
 | 上月 | 本月 | 用量 | 上月 | 本月 | 用量 |
教学楼 | 100 | 150 | 50 | 10 | 14 | 4 |
食堂 | 210 | 290 | 80 | 20 | 45 | 25 |
"""
ONE_ROW = """
房间 | 电表上月 | 电表本月 | 用电量 | 水表上月 | 水表本月 | 用水量
101 | 100 | 150 | 50 | 10 | 14 | 4
102 | 210 | 290 | 80 | 20 | 45 | 25
"""
WITH_TOTAL = """
月份 | 电 | | 水 | | 合计
 | 用量 | 金额 | 用量 | 金额 | 金额
1月 | 100 | 60 | 10 | 35 | 95
2月 | 200 | 120 | 20 | 70 | 190
"""


@pytest.mark.parametrize(
    ("text", "merges", "electric", "water"),
    [
        (GROUPS, "A2:A3 B2:D2 E2:G2 H2:H3", ["地点", "用电/上月", "用电/本月", "用电/用量", "备注"],
         ["地点", "用水/上月", "用水/本月", "用水/用量", "备注"]),
        (ONE_ROW, "", ["房间", "电表上月", "电表本月", "用电量"], ["房间", "水表上月", "水表本月", "用水量"]),
        (WITH_TOTAL, "A1:A2 B1:C1 D1:E1", ["月份", "电/用量", "电/金额"], ["月份", "水/用量", "水/金额"]),
    ],
    ids=["groups", "one row", "with a total of both"],
)  # fmt: skip
def test_each_supply_is_a_table(text: str, merges: str, electric: list[str], water: list[str]) -> None:
    """Both have the shared columns, and know which supply they are of."""
    grid = sheet(text, merges)
    assert [headers(grid, 0), headers(grid, 1)] == [electric, water]
    assert [table.side.text for table in locate_tables(grid, "表.xlsx") if table.side] == ["电", "水"]


@pytest.mark.parametrize("header", ["日期 | 电费 | 水费 | 合计", "姓名 | 电话 | 手机", "部门 | 用电 | 用水 | 气"])
def test_one_column_each_is_one_table(header: str) -> None:
    """A bill with one amount a supply is a row a month."""
    assert len(locate_tables(sheet(f"{header}\n甲 | 1 | 2\n乙 | 4 | 5"), "表.xlsx")) == 1


def test_codes_headed_as_numbers_number_no_rows() -> None:
    """编号 over YSJ-01: a blank row between does not end the table."""
    text = "日期 | 编号 | 位置 | 人\n9.1 | YSJ-01 | 一楼 | 甲\n9.2 | YSJ-02 | 一楼 | 乙\n.\n9.3 | YSJ-03 | 二楼 | 甲"
    (table,) = locate_tables(sheet(text), "表.xlsx")
    assert list(table.record_rows) == [2, 3, 5]


def test_notes_below_a_short_numbered_list_are_no_codes() -> None:
    """More signatures and notes below than rows above: the numbers are numbers still, and a numbered row is blank."""
    text = (
        "序号 | 姓名 | 尺码 | 套数\n1 | 学生甲 | 165 | 2\n2 | 学生乙 | 160 | 1\n3 | | |\n4 | | |\n"
        "班主任 | | 年级主任 |\n年 月 日 | | 年 月 日 |\n1．不订的也登记一行。 | | |\n2．尺码从列表里选。 | | |\n"
        "3．只在内部使用。 | | |\n4．填好后存盘。 | | |"
    )
    (table,) = locate_tables(sheet(text), "表.xlsx")
    assert list(table.record_rows) == [2, 3]
