"""Layouts of workbooks from other schools that were located wrongly once."""

from __future__ import annotations

from locate.sheets import found, sheet


def test_signers_typed_over_cells_without_colons_are_no_record() -> None:
    """填表人 | 周某 | 审核人 | 王某 under the table would be a record with four mistakes."""
    grid = sheet("""
        序号 | 名称 | 单位 | 数量
        1 | 粉笔 | 盒 | 3
        2 | 扫帚 | 把 | 5
        填表人 | 周某 | 审核人 | 王某
    """)
    assert found(grid) == ["A1:D3 header 1 body 2-3"]


def test_a_repeated_header_beside_which_no_longer_a_key_stands_is_still_a_page_break() -> None:
    """The key of codes stands beside the first header only; without it the two headers are one."""
    grid = sheet("""
        姓名 | 班级 | 数量 | | | 代码 | 含义
        张三 | 七1 | 3 | | | '1 | 在用
        李四 | 七2 | 4 | | | '2 | 闲置
        姓名 | 班级 | 数量 | | | |
        王五 | 七3 | 5 | | | |
        赵六 | 七4 | 6 | | | |
    """)
    assert next(line.split(" ", 1)[1] for line in found(grid)) == "header 1 body 2-6 header 4"


def test_a_starred_header_is_no_note() -> None:
    """*资产名称 is what a required column is called in an export."""
    grid = sheet("""
        *资产编号 | *资产名称 | *数量
        Z1 | 电脑 | 3
        Z2 | 音箱 | 5
    """)
    assert found(grid) == ["A1:C3 header 1 body 2-3"]


def test_a_repeated_header_of_few_known_words_beside_a_key_is_seen_too() -> None:
    """What looks like the first header is a header, whatever stands beside the first."""
    grid = sheet("""
        经济分类科目 | 全年 | 累计 | | | 代码 | 含义
        办公费 | 30 | 20 | | | '1 | 在用
        水费 | 40 | 10 | | | '2 | 闲置
        经济分类科目 | 全年 | 累计 | | | |
        电费 | 50 | 30 | | | |
        差旅费 | 60 | 30 | | | |
    """)
    assert next(line.split(" ", 1)[1] for line in found(grid)) == "header 1 body 2-6 header 4"
