"""The typed file beside the ledger workbooks: the same values, the same bytes each time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from houqin.exact import unscaled
from houqin.forms import load_forms
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.ledger_columns import HEADER_ROW, ledger_columns
from houqin.report.ledger_database import FILE, write_database
from houqin.report.ledgers import SHEET, ledger_file, write_ledgers
from houqin.school import load_school

FORMS = load_forms()
FOLDER = Path(__file__).parents[2] / "templates" / "示例中学"


def shown(value: object) -> object:
    """Give a cell's value as text or number, however a sheet stores it."""
    if isinstance(value, int | float):
        return Decimal(repr(value)).normalize() + 0
    return None if value is None else str(value)[:10] if hasattr(value, "year") else str(value)


def test_every_value_of_every_ledger_workbook_is_that_of_the_typed_file(tmp_path: Path) -> None:
    """Each field of each row of all forms of the example, its pending mark and its source cell."""
    school = load_school(FOLDER, read_settings)
    result = run_pipeline(FOLDER / "收件箱", FORMS, school, "2025-09-12")
    write_ledgers(tmp_path, result.ledgers, FORMS, school=school, as_of="2025-09-12")
    write_database(tmp_path / FILE, result.ledgers, FORMS, {"run": "abc"})
    compared = 0
    with closing(sqlite3.connect(tmp_path / FILE)) as base:
        base.row_factory = sqlite3.Row
        assert dict(base.execute("SELECT name, value FROM about").fetchall()) == {"layout": "1", "run": "abc"}
        assert {row["id"] for row in base.execute("SELECT id FROM forms")} == set(result.ledgers)
        for form_id, ledger in result.ledgers.items():
            form = FORMS[form_id]
            sheet = load_workbook(tmp_path / ledger_file(form), data_only=True)[SHEET]
            rows = base.execute(f'SELECT * FROM "{form_id}" ORDER BY _row').fetchall()  # noqa: S608
            assert len(rows) == len(ledger.frame)
            for at, row in enumerate(rows):
                compared += _compare(form, ledger, sheet, row, HEADER_ROW + 1 + at)
    assert compared > 5_000


def _compare(form: Any, ledger: Any, sheet: Any, row: sqlite3.Row, line: int) -> int:
    """Compare a row of both, and give how many values that were."""
    columns = ledger_columns(ledger, form)
    for column in columns:
        cell = shown(sheet.cell(line, column.number).value)
        if column.field is None:
            value: object = json.loads(row["_extra"]).get(column.extra)
        elif column.field.is_number:
            number = row[column.field.id]
            value = None if number is None else unscaled(number, column.field.scale).normalize() + 0
        else:
            value = row[column.field.id]
        assert (cell or None) == (value or None) or cell == value, (form.id, line, column.title)
    header = {sheet.cell(HEADER_ROW, n).value: n for n in range(1, sheet.max_column + 1)}
    assert sheet.cell(line, header["来源文件"]).value == row["_file"]
    assert sheet.cell(line, header["来源单元格"]).value == row["_cell"]
    return len(columns) + 2


def test_the_same_ledgers_give_the_same_bytes(tmp_path: Path) -> None:
    """Nothing of the time and nothing of the folder is in the file."""
    result = run_pipeline(FOLDER.parents[1] / "tests/golden/stock_balance/workbooks", FORMS, None, "2025-09-12")
    for name in ("a", "b"):
        write_database(tmp_path / name, result.ledgers, FORMS, {"run": "abc"})
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
