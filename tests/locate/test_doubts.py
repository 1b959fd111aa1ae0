"""Where locating is not sure: a table is asked about, with the reason, and a plain one is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from locate.sheets import sheet

from houqin.forms import load_forms
from houqin.locate import locate_tables, may_hold_tables
from houqin.match import match_table

# name -> (sheet, merges, a part of the reason)
DOUBTFUL = {
    "no header at all": (
        """
        粉笔 | 盒 | 3 | 东库
        本子 | 本 | 4 | 东库
        扫帚 | 把 | 2 | 西库
        拖把 | 把 | 6 | 东库
        """,
        "",
        "上面没有表头",
    ),
    "words where the further records have numbers": (
        """
        名称 | 规格 | 数量 | 金额
        粉笔 | 白 | 盒数 | 元角
        本子 | 大 | 3 | 9
        扫帚 | 小 | 2 | 30
        拖把 | 小 | 4 | 40
        """,
        "",
        "第 2 行当作第一条记录",
    ),
    "numbers without a name below that are no sum": (
        """
        名称 | 数量 | 金额
        粉笔 | 2 | 6
        本子 | 3 | 9
        扫帚 | 4 | 20
         | 8 | 12
        """,
        "",
        "第 5 行只有数字",
    ),
    "one cell below the records, far from their names": (
        """
        序号 | 日期 | 意见 | 责任人 | 结果 | 备注
        1 | 9月1日 | 换灯 | 张三 | 好 |
        2 | 9月2日 | 修门 | 李四 | 好 |
        3 | 9月3日 | 修窗 | 王五 | 好 |
         | | | 赵六 | |
        """,
        "",
        "第 5 行只有一格内容",
    ),
    "averages below the records": (
        """
        班级 | 男 | 女
        七1 | 20 | 22
        七2 | 22 | 20
        平均 | 21 | 21
        """,
        "",
        "第 4 行写着“平均”",
    ),
    "labels again above each part": (
        """
        名称 | 单位 | 数量 | 金额
        办公类 | 单位 | 数量 | 金额
        粉笔 | 盒 | 3 | 9
        本子 | 本 | 4 | 8
        """,
        "",
        "第 2 行和表头一样",
    ),
    "a total that was taken as a record": (
        """
        类别 | 组 | 名称 | 数量
        文具 | 甲组 | 粉笔 | 2
        文具 | 甲组 | 本子 | 3
        文具 | 甲组 | 合计 | 5
        """,
        "",
        "第 4 行写着",
    ),
    "a row that no table took": (
        """
        每套 | 桌 | 2 | 30
        名称 | 数量 | 金额 | 备注
        粉笔 | 2 | 6 |
        本子 | 3 | 9 |
        """,
        "",
        "第 1 行有 4 格内容",
    ),
    "a remark past a blank column": (
        """
        日期 | 区域 | 方式 | 操作人 | | 说明
        9.1 | 一楼 | 84 | 张三 | | 每日填写
        9.2 | 二楼 | 84 | 李四 | |
        9.3 | 三楼 | 84 | 李四 | |
        """,
        "",
        "隔着空列",
    ),
    "a quarter below its months": (
        """
        月份 | 水费 | 电费
        1月 | 10 | 20
        2月 | 11 | 21
        3月 | 12 | 22
        一季度 | 33 | 63
        4月 | 10 | 20
        5月 | 10 | 20
        """,
        "",
        "第 5 行的数都等于上面几行之和",
    ),
    "days of a calendar between names": (
        """
        日 | 一 | 二 | 三 | 四
        1 | 2 | 3 | 4 | 5
        张三 | 李四 | 王五 | 赵六 | 孙七
        8 | 9 | 10 | 11 | 12
        周八 | 吴九 | 郑十 | 张三 | 李四
        """,
        "",
        "日历",
    ),
    "a balance below subtotals": (
        """
        名称 | 数量 | 金额
        一、收入 | |
        餐费 | 3 | 60
        收入小计 | 3 | 60
        二、支出 | |
        购菜 | 4 | 40
        支出小计 | 4 | 40
        三、结余 | | 20
        """,
        "",
        "第 8 行写着",
    ),
    "records on two rows, one of them on one": (
        """
        序号 | 姓名 | 班级 | 尺码
         | 学号 | 家长姓名 | 件数
        1 | 张三 | 七1 | 165
         | 001 | 张一 | 2
        2 | 李四 | 七1 | 170
        3 | 王五 | 七1 | 170
         | 003 | 王一 | 2
        """,
        "A1:A2 A3:A4 A6:A7",
        "每条记录占 2 行",
    ),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_doubtful_table_is_asked_about_with_the_reason(name: str) -> None:
    """A table that may lie otherwise must not pass in silence."""
    text, merges, reason = DOUBTFUL[name]
    tables = locate_tables(sheet(text, merges), "表.xlsx")
    assert any(table.is_unsure for table in tables)
    assert any(reason in doubt for table in tables for doubt in table.doubts), [table.doubts for table in tables]


def test_formulas_without_a_value_below_the_records_are_asked_about() -> None:
    """They may be the total, which cannot be seen."""
    grid = sheet("名称 | 数量\n粉笔 | 3\n本子 | 4\n扫帚 | 5")
    grid = replace(grid, unstored=frozenset({4 * 2 + 1}), formulas=frozenset({4 * 2 + 1}))
    (table,) = locate_tables(grid, "表.xlsx")
    assert table.is_unsure


def test_a_plain_table_is_not_asked_about() -> None:
    """A question too many is not answered any more."""
    (table,) = locate_tables(sheet("序号 | 名称 | 数量\n1 | 粉笔 | 3\n2 | 本子 | 4\n合计 | | 7"), "表.xlsx")
    assert (table.confidence, table.doubts) == (1.0, ())


def test_the_question_says_why() -> None:
    """The clerk must know what to look at."""
    text, merges, reason = DOUBTFUL["records on two rows, one of them on one"]
    (table,) = locate_tables(sheet(text, merges), "表.xlsx")
    _, findings = match_table(table, load_forms(), None)
    (question,) = [finding for finding in findings if finding.code == "unsure-table"]
    assert reason in question.message


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("填写说明\n一、本表由各班填写。", False),
        ("一 | 甲 | 好\n二 | 乙 | 坏\n三 | 丙 | 好\n四 | 丁 | 坏", True),
    ],
)
def test_a_sheet_with_rows_but_no_table_is_worth_a_question(text: str, *, may: bool) -> None:
    """What is in rows and is not used must be asked about; a page of text need not."""
    assert may_hold_tables(sheet(text)) is may
