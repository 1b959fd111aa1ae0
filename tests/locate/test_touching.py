"""Tables side by side without a blank column between them."""

from __future__ import annotations

import pytest
from locate.sheets import found, headers, notes, sheet

from houqin.locate import locate_tables

CASES: dict[str, tuple[str, str, list[str]]] = {
    "one list typed three times beside itself": (
        """
        教师名单 | | | | | | | |
        序号 | 姓名 | 金额 | 序号 | 姓名 | 金额 | 序号 | 姓名 | 金额
        1 | 张三 | 10 | 4 | 张四 | 10 | 7 | 张五 | 12
        2 | 李三 | 10 | 5 | 李四 | 10 | 8 | 张六 | 12
        3 | 王三 | 10 | 6 | 王四 | 10 | | |
        """,
        "A1:I1",
        ["A2:C5 header 2 body 3-5", "D2:F5 header 2 body 3-5", "G2:I4 header 2 body 3-4"],
    ),
    "unlike tables, each with its title": (
        """
        物品入库表 | | | 教室缺勤表 | |
        名称 | 数量 | 金额 | 姓名 | 班级 | 天数
        粉笔 | 3 | 10 | 张三 | 七1 | 3
        本子 | 4 | 12 | 李四 | 七2 | 5
        扫帚 | 4 | 12 | | |
        """,
        "A1:C1 D1:F1",
        ["A2:C5 header 2 body 3-5", "D2:F4 header 2 body 3-4"],
    ),
    "unlike tables, each with its own numbers": (
        """
        序号 | 名称 | 数量 | 序号 | 领用人 | 部门
        1 | 粉笔 | 3 | 1 | 张三 | 七1
        2 | 本子 | 4 | 2 | 李四 | 七2
        3 | 扫帚 | 4 | | |
        """,
        "",
        ["A1:C4 header 1 body 2-4", "D1:F3 header 1 body 2-3"],
    ),
    "income beside expenses, each with its items": (
        """
        一、收入 | | 二、支出 | |
        项目 | 金额 | 项目 | 数量 | 金额
        餐费 | 100 | 白菜 | 3 | 6
        补助 | 50 | 土豆 | 4 | 8
        """,
        "A1:B1 C1:E1",
        ["A1:B4 header 1-2 body 3-4", "C1:E4 header 1-2 body 3-4"],
    ),
    "quantity and amount twice in one table": (
        """
        名称 | 数量 | 金额 | 数量 | 金额
        粉笔 | 3 | 10 | 4 | 9
        本子 | 4 | 12 | 5 | 9
        """,
        "",
        ["A1:E3 header 1 body 2-3"],
    ),
    "sub-labels that repeat under groups": (
        """
        名称 | 期初 | | 本期 |
         | 数量 | 金额 | 数量 | 金额
        粉笔 | 3 | 10 | 4 | 9
        本子 | 4 | 12 | 5 | 9
        """,
        "A1:A2 B1:C1 D1:E1",
        ["A1:E4 header 1-2 body 3-4"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_tables_that_touch_are_parted_where_the_header_says_so(name: str) -> None:
    """A header that repeats, numbers anew or has titles of its own is of another table; sub-labels are not."""
    text, merges, expected = CASES[name]
    assert found(sheet(text, merges)) == expected


def test_a_naming_label_twice_is_asked_about() -> None:
    """姓名 twice may be two tables, or two people in one record: nobody but the clerk knows."""
    grid = sheet("""
        姓名 | 班级 | 数量 | 姓名 | 部门 | 金额
        张 | 七1 | 3 | 李 | 总务 | 3
        王 | 七2 | 4 | 赵 | 总务 | 5
    """)
    (table,) = locate_tables(grid, "表.xlsx")
    assert table.is_unsure
    assert "出现了两次" in table.doubts[0]


def test_groups_over_whole_lists_are_their_titles() -> None:
    """一班 and 二班 over the same labels are two lists, each with the class above it."""
    text = "一班 | | 二班 |\n姓名 | 尺码 | 姓名 | 尺码\n张三 | 160 | 李四 | 170\n张五 | 160 | 李六 | 170"
    grid = sheet(text, "A1:B1 C1:D1")
    assert (headers(grid, 0), headers(grid, 1)) == (["姓名", "尺码"], ["姓名", "尺码"])
    assert (notes(grid, 0), notes(grid, 1)) == ({"title": "一班"}, {"title": "二班"})


def test_an_unlabelled_total_below_a_gap_is_the_tables() -> None:
    """Numbers that are the sums of the column above belong to it, whatever stands between."""
    assert found(sheet("名称 | 数量 | 金额\n粉笔 | 3 | 10\n本子 | 4 | 12\n.\n | 7 | 22")) == [
        "A1:C5 header 1 body 2-5 blank 4 total 5"
    ]
