"""What stands beside a table is told with what became of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
from check.tables import make_form, make_table
from report import school_data as data

from houqin.ledger import join_tables
from houqin.model import Note, grid_of
from houqin.report.ledger_outside import outside_texts
from houqin.report.ledgers import write_ledgers

if TYPE_CHECKING:
    from pathlib import Path

FORM = make_form({"name": "物品名称", "out_date": "日期/date", "close_qty": "结存/quantity"}, key=("name",))


def _tables() -> list[Any]:
    """Give a table with a title, a date and a unit above it, a note and a signature below, and a figure beside it."""
    table = make_table(FORM, "name close_qty", [["粉笔", 3], ["拖把", 4]])
    lines: list[list[object]] = [
        ["收发存汇总表"], ["日期：2025年9月30日", None, None, "单位：元"], ["物品名称", "结存"],
        ["粉笔", 3.0], ["拖把", 4.0, None, 7.5], [], ["注：抹布另发"], ["制表人：孙立平"],
    ]  # fmt: skip
    raw = replace(
        table.match.table, grid=grid_of(lines, "9月"), unit="元", unit_cell="D2", notes=(Note("title", "收发存", 1, 1),)
    )
    date = {"out_date": Note("日期", "2025年9月30日", 2, 1)}
    return [replace(table, match=replace(table.match, table=raw, context=date))]


def test_each_text_beside_a_table_is_told_with_its_use() -> None:
    """A remark that a clerk wrote under the table is read by nobody else: he must see that it is no data."""
    assert [(each.cell, each.text, each.use) for each in outside_texts(_tables(), FORM)] == [
        ("A1", "收发存汇总表", "标题"),
        ("A2", "日期：2025年9月30日", "读作日期"),
        ("D2", "单位：元", "金额单位"),
        ("D5", "7.5", "没有当作数据"),
        ("A7", "注：抹布另发", "没有当作数据"),
        ("A8", "制表人：孙立平", "没有当作数据"),
    ]


def test_the_ledger_workbook_lists_them_with_links(tmp_path: Path) -> None:
    """A row a cell."""
    tables = _tables()
    ledger, _ = join_tables(tables, FORM, data.school())
    forms = replace(data.forms(), by_id={FORM.id: FORM})
    (path,) = write_ledgers(tmp_path, {FORM.id: ledger}, forms, school=data.school(), as_of=data.AS_OF, tables=tables)
    sheet = openpyxl.load_workbook(path)["表外文字"]
    rows = [row for row in sheet.iter_rows(min_row=5) if row[3].hyperlink]
    assert [row[3].value for row in rows] == ["A1", "A2", "D2", "D5", "A7", "A8"]
    assert rows[3][3].hyperlink.location == "'9月'!D5"
