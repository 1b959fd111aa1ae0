"""A whole table cleaned: which field comes from where, extra columns, totals, matrices."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from small_tables import SCHOOL, cleaned, form_of, forms_of, match_of, raw_of, records

from houqin.forms import Field, Layout
from houqin.match import match_table
from houqin.model import Note, Range, RowKind

NAME = Field("name", "物品名称")
QTY = Field("qty", "数量", "quantity", 3)
AMOUNT = Field("amount", "金额", "money", 2)
CATEGORY = Field("category", "类别")


def test_category_rows_give_the_category_of_the_records_below_them() -> None:
    """一、办公用品 stands once, without its number; each record points to that cell."""
    form = form_of(NAME, QTY, CATEGORY)
    rows = [["一、办公用品", None], ["粉笔", 1], ["二、卫生用品", None], ["扫帚", 2]]
    raw = raw_of(["物品名称", "数量"], rows, skipped={2: RowKind.CATEGORY, 4: RowKind.CATEGORY})
    table, changes, _ = cleaned(match_of(raw, form), form)
    assert records(table, form) == ["name=粉笔 qty=1 category=办公用品", "name=扫帚 qty=2 category=卫生用品"]
    assert (table.address("category", 1), table.address("qty", 1), changes) == ("A4", "B5", [])


def test_columns_that_no_field_takes_are_kept_as_text() -> None:
    """Nothing is lost: an extra column stays with its records, under its own header."""
    form = form_of(NAME)
    table, _, _ = cleaned(match_of(raw_of(["物品名称", "颜色"], [["粉笔", "白"], ["扫帚", 3]]), form), form)
    assert table.extra.to_dict("list") == {"颜色": ["白", "3"]}


def test_a_frame_holds_integers_and_objects_and_nothing_else() -> None:
    """The string type of pandas would make a blank NaN; a binary float would hold no money exactly."""
    form = form_of(NAME, AMOUNT)
    table, _, _ = cleaned(match_of(raw_of(["物品名称", "金额"], [["粉笔", 1.1], [None, None]]), form), form)
    assert [str(dtype) for dtype in table.frame.dtypes] == ["object", "Int64"]
    assert table.frame["name"].iloc[1] is None
    assert table.frame["amount"].iloc[1] is pd.NA


def test_a_table_without_records_gives_a_frame_without_rows() -> None:
    """A template with a header and nothing below."""
    form = form_of(NAME, QTY)
    raw = replace(raw_of(["物品名称", "数量"], []), body=(2, 1))
    table, changes, findings = cleaned(match_of(raw, form), form)
    assert (len(table.frame), list(table.frame.columns), changes, findings) == (0, ["name", "qty"], [], [])


def test_subtotals_stand_for_the_rows_since_the_last_and_the_total_for_all() -> None:
    """What a typed total should sum is said by positions of records."""
    form = form_of(NAME, AMOUNT)
    rows = [["甲", 1], ["乙", 2], ["小计", 3], ["丙", 4], ["小计", 4], ["合计", "7元"]]
    kinds = {4: RowKind.SUBTOTAL, 6: RowKind.SUBTOTAL, 7: RowKind.TOTAL}
    table, changes, _ = cleaned(match_of(raw_of(["物品名称", "金额"], rows, skipped=kinds), form), form)
    assert [(t.row, t.values, t.cells, t.records) for t in table.totals] == [
        (4, {"amount": 300}, {"amount": "B4"}, (0, 1)),
        (6, {"amount": 400}, {"amount": "B6"}, (2,)),
        (7, {"amount": 700}, {"amount": "B7"}, (0, 1, 2)),
    ]
    assert [c.place.cell for c in changes] == ["B7"]


def test_a_running_total_stands_for_no_rows() -> None:
    """本年累计 goes back to sheets that are not here; the month's total covers the month."""
    form = form_of(NAME, AMOUNT)
    rows = [["甲", 1], ["本月合计", 1], ["本年累计", 9]]
    kinds = {3: RowKind.TOTAL, 4: RowKind.TOTAL}
    table, _, _ = cleaned(match_of(raw_of(["物品名称", "金额"], rows, skipped=kinds), form), form)
    assert [t.records for t in table.totals] == [(0,), ()]


def test_a_total_in_the_first_row_stands_for_the_rows_below() -> None:
    """Some offices put the sum on top."""
    form = form_of(NAME, AMOUNT)
    table, _, _ = cleaned(
        match_of(raw_of(["物品名称", "金额"], [["合计", 3], ["甲", 1], ["乙", 2]], skipped={2: RowKind.TOTAL}), form),
        form,
    )
    assert [t.records for t in table.totals] == [(0, 1)]


def test_a_subtotal_of_subtotals_stands_for_what_it_sums() -> None:
    """The sums say which of the possible ranges is meant; a heading with its sum stands for the rows below it."""
    form = form_of(NAME, AMOUNT)
    rows = [["甲", 1], ["小计", 1], ["乙", 2], ["小计", 2], ["年级小计", 3], ["丙", 4], ["小计", 4], ["合计", 7]]
    kinds = dict.fromkeys((3, 5, 6, 8), RowKind.SUBTOTAL) | {9: RowKind.TOTAL}
    table, _, _ = cleaned(match_of(raw_of(["物品名称", "金额"], rows, skipped=kinds), form), form)
    assert [t.records for t in table.totals] == [(0,), (1,), (0, 1), (2,), (0, 1, 2)]
    rows = [["办公用品小计", 3], ["甲", 1], ["乙", 2], ["卫生用品小计", 4], ["丙", 4]]
    kinds = {2: RowKind.SUBTOTAL, 5: RowKind.SUBTOTAL}
    table, _, _ = cleaned(match_of(raw_of(["物品名称", "金额"], rows, skipped=kinds), form), form)
    assert [t.records for t in table.totals] == [(0, 1), (2,)]


def test_a_wrong_total_still_stands_for_the_rows_above_it() -> None:
    """No range has its sum: then it is the clerk's mistake, and all rows are meant."""
    form = form_of(NAME, QTY, AMOUNT)
    rows = [["甲", 1, 1], ["乙", 2, 2], ["合计", 3, 30]]
    raw = raw_of(["物品名称", "数量", "金额"], rows, skipped={4: RowKind.TOTAL})
    table, _, _ = cleaned(match_of(raw, form), form)
    assert [(t.values, t.records) for t in table.totals] == [({"qty": 3000, "amount": 3000}, (0, 1))]


def test_words_in_a_total_row_are_labels_and_no_mistakes() -> None:
    """合计 may stand in a merged cell over a number column."""
    form = form_of(NAME, QTY, AMOUNT)
    rows = [["甲", 1, 1], [None, "合计", 1]]
    table, _, findings = cleaned(
        match_of(raw_of(["物品名称", "数量", "金额"], rows, skipped={3: RowKind.TOTAL}), form), form
    )
    assert (table.totals[0].values, findings) == ({"amount": 100}, [])


def test_a_record_may_be_two_rows_high() -> None:
    """Where every cell is a merge of two rows, the row below belongs to the record above."""
    form = form_of(NAME, QTY)
    merges = [Range(2, 1, 3, 1), Range(2, 2, 3, 2)]
    raw = raw_of(["物品名称", "数量"], [["甲", 1], [None, None], ["乙", 2]], merges=merges, skipped={3: RowKind.BLANK})
    table, _, _ = cleaned(match_of(raw, form), form)
    assert table.spans.tolist() == [[2, 3], [4, 4]]


ISSUE = form_of(
    Field("seq", "序号", "row-number"),
    Field("day", "日期", "date"),
    Field("class", "班级", "class"),
    NAME,
    Field("uom", "单位"),
    QTY,
    Field("sign", "签字"),
    layout=Layout(
        "matrix",
        "matrix",
        row="class",
        across="name",
        value="qty",
        across_values={"扫帚": ("扫把",), "拖把": ()},
        across_open=True,
        context={"day": ("日期",)},
    ),
)


def test_a_matrix_of_classes_and_goods_gives_a_record_a_cell() -> None:
    """Blank and zero cells are none; the goods come from the header, with their unit."""
    raw = raw_of(
        ["序号", "班级", "扫把(把)", "卫生用品/水桶（个）", "拖把", "合计", "签字"],
        [
            [1, "七(1)班", 2, "3个", None, 5, None],
            [2, "七(2)班", 0, None, "—", 0, None],
            ["合计", None, 2, 3, None, 5, None],
        ],
        notes=[Note("日期", "2025.9.1", 1, 1)],
        skipped={5: RowKind.TOTAL},
    )
    match, findings = match_table(raw, forms_of(ISSUE), SCHOOL)
    table, changes, more = cleaned(match, ISSUE)
    assert records(table, ISSUE) == [
        "seq=1 day=2025-09-01 class=七年级(1)班 name=扫帚 uom=把 qty=2",
        "seq=1 day=2025-09-01 class=七年级(1)班 name=水桶 uom=个 qty=3",
    ]
    assert [table.address("qty", i) for i in range(2)] == ["C3", "D3"]
    assert [table.address("name", i) for i in range(2)] == ["C1", "D2"]
    assert sorted((c.place.cell, c.rule) for c in changes) == [
        ("A1", "date-text"),
        ("B3", "class-name"),
        ("D3", "quantity-unit"),
    ]
    assert [(t.cells, t.records) for t in table.totals] == [({"qty": "C5"}, (0,)), ({"qty": "D5"}, (1,))]
    assert table.extra.to_dict("list") == {"合计": ["5", "5"]}
    assert (findings, more) == ([], [])


REPAIR = form_of(
    Field("room", "教室"),
    Field("device", "设备"),
    QTY,
    Field("fault", "故障"),
    layout=Layout(
        "matrix",
        "matrix",
        row="room",
        across="device",
        value="fault",
        across_values={"灯管": (), "风扇": (), "门锁": ()},
    ),
)


def test_a_matrix_of_rooms_and_devices_gives_a_record_a_fault() -> None:
    """√ and 完好 are well; a cross, a count and words are faults, a count is counted."""
    raw = raw_of(["教室", "灯管", "风扇", "门锁"], [["101", "√", "×", 2], ["102", "完好", "异响", None]])
    match, _ = match_table(raw, forms_of(REPAIR), None)
    table, _, findings = cleaned(match, REPAIR)
    assert records(table, REPAIR) == [
        "room=101 device=风扇 fault=×",
        "room=101 device=门锁 qty=2 fault=2",
        "room=102 device=风扇 fault=异响",
    ]
    assert [table.address("fault", i) for i in range(3)] == ["C2", "D2", "C3"]
    assert findings == []
