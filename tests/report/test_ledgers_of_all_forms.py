"""Workbook, typed file and the ledger that comes back agree, for every form that there is."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from account.ledgers import make_ledger
from openpyxl import load_workbook

from houqin.clean import compare_ledgers
from houqin.exact import unscaled
from houqin.forms import load_forms
from houqin.jobs.written import FOLDER, read_written
from houqin.model import Ledger
from houqin.read import read_folder, read_settings
from houqin.report.ledger_columns import HEADER_ROW, ledger_columns
from houqin.report.ledger_database import write_database
from houqin.report.ledgers import SHEET, write_ledgers
from houqin.school import Decisions, load_school

if TYPE_CHECKING:
    from houqin.forms import Field, Form

FORMS = load_forms()
RUN = "0123456789ab"
SCHOOL = load_school(Path(__file__).parents[2] / "templates" / "示例中学", read_settings)
# By type: what an office has in such a column, odd cases first.
TEXTS = {
    "text": ("=1+1", "ＡＢ　12", "第一行\n第二行", "0012"),
    "code": ("0012", "12345678901234567890", "A02010105", "1E5"),
    "date": ("2025-09-01", "2019-09", "2025-12-31", "2024-02-29"),
    "class": ("七年级(1)班", "七年级(2)班", "八年级(1)班", "九年级(3)班"),
    "grade": ("七年级", "八年级", "九年级", "七年级"),
    "sex": ("男", "女", "男", "女"),
    "size": ("165", "XL", "165/88A", "170"),
    "tick": ("是", "否", "是", "否"),
    "place": ("三楼 301", "七年级(1)班", "1-2", "总务处"),
    "id-number": ("11010119900307793X", "110101199003077934", "320102201001011234", "x"),
}
NUMBERS = (0, 1, -50, 123_456_789)


def value_of(each: Field, row: int) -> Any:
    """Give a value for a field: each type has its own, and each field is blank in one row."""
    if row == len(each.id) % 5:
        return None
    if each.is_number:
        return NUMBERS[(row + len(each.title)) % len(NUMBERS)]
    words = tuple(each.values) if each.type == "choice" and each.values else TEXTS.get(each.type, TEXTS["text"])
    return words[row % len(words)]


def ledger_of(form: Form, *, is_pending: bool) -> Ledger:
    """Make a ledger of five rows, the last one pending or not, with a column of the office's own."""
    rows = [{each.id: value_of(each, row) for each in form.fields} for row in range(5)]
    rows[-1]["pending"] = is_pending
    made = make_ledger(form.id, rows)
    extra = pd.DataFrame({"签字": pd.Series(["甲", None, "07", None, "=A1"], dtype=object)}, index=made.frame.index)
    return Ledger(form.id, made.frame, made.sources, made.cells, extra)


def shown(value: object) -> object:
    """Give a cell's value as text or number, however a sheet stores it."""
    if isinstance(value, int | float):
        return Decimal(repr(value)).normalize() + 0
    return None if value is None else str(value)[:10] if hasattr(value, "year") else str(value)


@pytest.mark.parametrize("is_pending", [True, False])
@pytest.mark.parametrize("form_id", list(FORMS.by_id))
def test_the_typed_file_agrees_with_the_workbook_cell_by_cell(
    tmp_path: Path, form_id: str, *, is_pending: bool
) -> None:
    """Each field of each row, its mark, its source and the office's own column; and nothing was changed by coming back.

    What a run wrote, read as a ledger that a clerk put into the inbox, holds no change and no doubt.
    """
    form, ledger = FORMS[form_id], ledger_of(FORMS[form_id], is_pending=is_pending)
    (path,) = write_ledgers(tmp_path / "收件箱", {form_id: ledger}, FORMS, school=SCHOOL, as_of="2025-09-12", run=RUN)
    (tmp_path / FOLDER).mkdir()
    write_database(tmp_path / FOLDER / f"{RUN}.sqlite3", {form_id: ledger}, FORMS, {"run": RUN})
    sheet = load_workbook(path, data_only=True)[SHEET]
    header = {sheet.cell(HEADER_ROW, n).value: n for n in range(1, sheet.max_column + 1)}
    with closing(sqlite3.connect(tmp_path / FOLDER / f"{RUN}.sqlite3")) as base:
        base.row_factory = sqlite3.Row
        rows = base.execute(f'SELECT * FROM "{form_id}" ORDER BY _row').fetchall()  # noqa: S608
    columns = ledger_columns(ledger, form)
    stated = {column.field.id for column in columns if column.field}
    assert stated == {f.id for f in form.fields if f.ledger and f.type != "row-number"} & set(ledger.frame.columns)
    for line, row in enumerate(rows, HEADER_ROW + 1):
        for column in columns:
            cell = shown(sheet.cell(line, column.number).value)
            if column.field is None:
                value: object = json.loads(row["_extra"]).get(column.extra)
            elif column.field.is_number and row[column.field.id] is not None:
                value = unscaled(row[column.field.id], column.field.scale).normalize() + 0
            else:
                value = row[column.field.id]
            assert cell == value, (line, column.title)
        own = [sheet.cell(line, header[name]).value for name in ("来源文件", "来源工作表", "来源单元格")]
        assert own == [row["_file"], row["_sheet"], row["_cell"]]
        if is_pending:
            assert (sheet.cell(line, header["状态"]).value == "待定") == bool(row["_pending"])
    back = compare_ledgers(
        read_folder(tmp_path / "收件箱"), Decisions(), FORMS, read_written(tmp_path), SCHOOL, "2025-09-12"
    )
    assert [finding.line for finding in back.findings if finding.code != "ledger-taken"] == []
    assert "没有可以照办的改动" in back.findings[0].message
