"""What the lines around a table say, and how header levels become columns."""

from __future__ import annotations

import pytest
from locate.sheets import headers, notes, sheet

from houqin.locate import locate_tables
from houqin.model import grid_of

TABLE = "\n名称 | 数量 | 金额\n粉笔 | 3 | 9\n本子 | 4 | 8"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("班级：七(1)班   班主任：张三 | | ", {"班级": "七(1)班", "班主任": "张三"}),
        ("班级：七(1)班 班主任：张三 | | ", {"班级": "七(1)班", "班主任": "张三"}),
        ("班级：七(1)班班主任：张三 | | ", {"班级": "七(1)班", "班主任": "张三"}),
        ("班  级：七(1)班　　日  期：2025.9.1 | | ", {"班级": "七(1)班", "日期": "2025.9.1"}),
        (
            "填报单位(盖章)：____  填报日期：2025年9月1日 | | 单位：元",
            {"填报单位(盖章)": "", "填报日期": "2025年9月1日", "单位": "元"},
        ),
        ("班级： | 七(1)班 | ", {"班级": "七(1)班"}),
        ("班级 | 七(1)班 | 班主任 | 张三", {"班级": "七(1)班", "班主任": "张三"}),
        ("班级 | | 班主任 | ", {"班级": "", "班主任": ""}),
        ("单价 | 85 | 套数 | 46", {"单价": "85", "套数": "46"}),
        ("施工人数 | 12 | ", {"施工人数": "12"}),
        ("单价：85元/套 数量：30套 | 人数 | 12", {"单价": "85元/套", "数量": "30套", "人数": "12"}),
        ("示例中学2025年秋季物资表 | | ", {"title": "示例中学2025年秋季物资表"}),
        ("盘点时间：8:30 | | ", {"盘点时间": "8:30"}),
        ("2025年8月25日至9月11日 | | ", {"日期": "2025年8月25日至9月11日"}),
        ("2025—2026学年第一学期 | | ", {"学期": "2025—2026学年第一学期"}),
        ("年级：六年级（级部盖章） | | ", {"年级": "六年级"}),
        (
            "统计人：孙一    后勤主任：        2025年9月4日 | | ",
            {"统计人": "孙一", "后勤主任": "", "日期": "2025年9月4日"},
        ),
    ],
)
def test_lines_above_become_labelled_notes(line: str, expected: dict[str, str]) -> None:
    """Labels and values are cut apart however they are typed; a line without a label is a title."""
    assert notes(sheet(line + TABLE)) == expected


def test_lines_below_become_notes_too() -> None:
    """Signatures keep their labels, remarks are notes; neither is part of the body."""
    grid = sheet("名称 | 数量 | 金额\n粉笔 | 3 | 9\n合计 | 3 | 9\n制表人：张三  审核人： | |\n注：以实物为准。 | |")
    assert notes(grid) == {"制表人": "张三", "审核人": "", "注": "以实物为准。"}


def test_a_note_knows_its_cell() -> None:
    """The value's own cell is kept, not the label's."""
    table = locate_tables(sheet("班级： | 七(1)班 | " + TABLE), "表.xlsx")[0]
    assert [(note.row, note.column) for note in table.notes] == [(1, 2)]


@pytest.mark.parametrize(
    ("line", "unit", "cell"),
    [
        (" | | 单位：元", "元", "C1"),
        (" | | 金额单位：万元", "万元", "C1"),
        (" | | （单位:元）", "元", "C1"),
        ("费用表（单位：万元） | | ", "万元", "A1"),
        (" | | 单位：人、元", "元", "C1"),
        ("填报单位：示例中学 | | ", None, None),
        ("单位：示例中学 | | ", None, None),
        ("日期：2025年 | | ", None, None),
    ],
)
def test_the_money_unit_comes_from_a_unit_line_alone(line: str, unit: str | None, cell: str | None) -> None:
    """单位 before a colon is a unit only where a money unit follows; organisations are none."""
    table = locate_tables(sheet(line + TABLE), "表.xlsx")[0]
    assert (table.unit, table.unit_cell) == (unit, cell)


def test_merged_headers_give_paths() -> None:
    """A group passes to the columns under it, a vertical merge gives one level."""
    grid = sheet(
        "序号 | 期初\\n结存 | | 备 注\n | 数 量 | 金额 |\n1 | 3 | 9 |\n2 | 4 | 8 |", "A1:A2 B1:C1 D1:D2"
    )  # fmt: skip
    assert headers(grid) == ["序号", "期初结存/数量", "期初结存/金额", "备注"]


def test_typed_groups_pass_to_the_right() -> None:
    """Without merges a group label holds until the next one; single headers do not spread."""
    grid = sheet(
        "序号 | 期初 | | 本期 | | 备注\n | 数量 | 金额 | 数量 | 金额 |\n1 | 3 | 9 | 1 | 3 |\n2 | 4 | 8 | 1 | 2 |"
    )
    assert headers(grid) == ["序号", "期初/数量", "期初/金额", "本期/数量", "本期/金额", "备注"]


def test_three_levels_of_headers() -> None:
    """All levels stand in the path, from the top."""
    text = (
        "姓名 | 校服 | | | \n | 夏装 | | 冬装 | \n | 尺码 | 套数 | 尺码 | 套数"
        "\n赵一 | 165 | 1 | 170 | 1\n钱二 | 160 | 1 | 165 | 1"
    )
    grid = sheet(text, "A1:A3 B1:E1 B2:C2 D2:E2")
    assert headers(grid) == ["姓名", "校服/夏装/尺码", "校服/夏装/套数", "校服/冬装/尺码", "校服/冬装/套数"]


def test_a_column_without_a_header_counts_when_records_fill_it() -> None:
    """A forgotten header is no reason to lose a column; text beside the table is none."""
    filled = sheet("名称 | 数量 | \n粉笔 | 3 | 好\n本子 | 4 | 好\n笔 | 4 | 坏")
    beside = sheet("名称 | 数量 | \n粉笔 | 3 | 注意\n本子 | 4 | \n笔 | 4 |")
    assert headers(filled) == ["名称", "数量", ""]
    assert headers(beside) == ["名称", "数量"]


def test_stacked_forms_have_their_own_notes() -> None:
    """Date and number above a form belong to its records, the signature below to the form above it."""
    form = "入库单 | | \n单号：{0} | | \n名称 | 数量 | 金额\n粉笔 | 3 | 9\n合计 | 3 | 9\n经手人：{1} | | \n"
    grid = sheet(form.format("001", "张三") + form.format("002", "李四"), "A1:C1 A7:C7")
    assert notes(grid, 0) == {"title": "入库单", "单号": "001", "经手人": "张三"}
    assert notes(grid, 1) == {"title": "入库单", "单号": "002", "经手人": "李四"}


def test_hidden_sheets_can_be_left_out() -> None:
    """With visible_only a hidden sheet gives nothing."""
    grid = sheet("名称 | 数量\n粉笔 | 3")
    hidden = type(grid)(
        **{f: getattr(grid, f) for f in grid.__slots__ if f not in ("visible", "merges_by_row")}, visible=False
    )
    assert locate_tables(hidden, "表.xlsx", visible_only=True) == ()
    assert len(locate_tables(hidden, "表.xlsx")) == 1


def test_a_starred_label_is_a_column_and_a_starred_sentence_a_note() -> None:
    """Forms mark with a star what must be filled in."""
    rows = [
        ["科目代码", "*经济科目", "*年初预算数", "*调整数"],
        ["30201", "办公费", 84510, -300],
        ["30202", "印刷费", 1510, -30],
        ["*本表数据截至9月30日，调整数以批复为准。", None, None, None],
    ]
    (table,) = locate_tables(grid_of(rows), "表.xlsx")
    assert (table.header_rows, table.body) == ((1,), (2, 3))


def test_a_label_with_a_text_beside_it_below_a_table_is_no_record() -> None:
    """会议内容： | 一、发放物资 is what was spoken of, not one more who came."""
    text = "序号 | 姓名 | 部门\n1 | 张三 | 总务处\n2 | 李四 | 总务处\n会议内容： | 一、发放物资；二、排查。 |"
    (table,) = locate_tables(sheet(text), "表.xlsx")
    assert list(table.record_rows) == [2, 3]


def test_a_unit_in_brackets_behind_a_title_is_the_unit() -> None:
    """What stands before the bracket is the title."""
    text = "2025年收支总表（单位：万元）\n科目 | 预算数 | 备注\n办公费 | 3 |\n水费 | 4 |"
    (table,) = locate_tables(sheet(text), "表.xlsx")
    assert table.unit == "万元"
    assert notes(sheet(text))["title"] == "2025年收支总表"
