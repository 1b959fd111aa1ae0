"""Principle 1 on the example run: every filled-in cell of the inbox is used, passed over with a reason, or reported."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlrd
from openpyxl.utils import range_boundaries

from houqin.jobs.making import LEDGERS
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.semester_start import semester_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROLES = {"field", "axis", "value", "extra"}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example school's run."""
    return semester_start(school=str(EXAMPLE_SCHOOL), out=str(tmp_path_factory.mktemp("run"))).folder


@pytest.fixture(scope="module")
def document(run: Path) -> dict:
    """What the run says of its files, for machines."""
    return json.loads((run / "99技术文件" / "clean.json").read_text(encoding="utf-8"))


def filled(path: Path) -> Iterator[tuple[str, int, int]]:
    """Give sheet, row and column of each filled-in cell, read by other libraries than ours."""
    if path.suffix == ".xlsx":
        sheets = [(s.title, [[c.value for c in row] for row in s.iter_rows()]) for s in openpyxl.load_workbook(path)]
    elif path.suffix == ".xls":
        sheets = [(s.name, [s.row_values(row) for row in range(s.nrows)]) for s in xlrd.open_workbook(path).sheets()]
    else:
        sheets = [("Sheet1", list(csv.reader(path.read_text(encoding="gb18030").splitlines())))]
    for name, rows in sheets:
        for row, cells in enumerate(rows, 1):
            for column, value in enumerate(cells, 1):
                if value is not None and str(value).strip():
                    yield name, row, column


def beside_tables(run: Path) -> set[tuple[str, str, str]]:
    """Give file, sheet and cell of each text that the ledgers list as standing beside a table."""
    found = set()
    for path in (run / LEDGERS).glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        if "表外文字" in book.sheetnames:
            found |= {tuple(c.value for c in row[1:4]) for row in book["表外文字"].iter_rows(min_row=6)}
    return found


def test_every_filled_in_cell_is_in_a_table_or_listed_or_reported(run, document):
    """Titles, notes and signatures too; a sheet or a table that was not known is told as a whole."""
    known = {"unknown-table", "no-table"}
    told = {(each["file"], each["sheet"]) for each in document["findings"] if each["code"] in known}
    listed, unsaid, seen = beside_tables(run), [], 0
    for file in document["files"]:
        if file["status"] != "read":
            continue
        areas = {s["name"]: [range_boundaries(t["range"]) for t in s["tables"]] for s in file["sheets"]}
        for sheet, row, column in filled(run / "来源" / file["path"]):
            seen += 1
            in_table = any(x1 <= column <= x2 and y1 <= row <= y2 for x1, y1, x2, y2 in areas[sheet])
            cell = f"{openpyxl.utils.get_column_letter(column)}{row}"
            if not in_table and (file["path"], sheet, cell) not in listed and (file["path"], sheet) not in told:
                unsaid.append((file["path"], sheet, cell))
    assert unsaid == []
    assert seen > 15_000


def test_every_row_and_column_of_a_table_has_its_part(document):
    """A row of a body is a record or skipped for a named reason; a column is a field, an axis, a value or an extra."""
    for file in document["files"]:
        for table in (table for sheet in file["sheets"] for table in sheet["tables"]):
            assert {column["role"] for column in table["columns"]} <= ROLES
            if table["form"] is None:
                continue
            skipped = {row["row"]: row["kind"] for row in table["skipped_rows"]}
            records = {n for each in table["records"] for n in range(each["rows"][0], each["rows"][1] + 1)}
            matrix = any(column["role"] == "value" for column in table["columns"])
            rows = set(range(table["body_rows"][0], table["body_rows"][1] + 1))
            assert all(skipped.values())
            assert matrix or rows == records | set(skipped), (file["path"], table["range"])


def test_every_finding_has_its_place(document):
    """File, sheet and cell; the file alone where it was not read, the sheet alone where no table was found on it."""
    assert [each["message"] for each in document["findings"] if not each["file"]] == []
