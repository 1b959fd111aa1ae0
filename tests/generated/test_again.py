"""What was cleaned once stays as it is: written back plainly and read again, and as the ledger that we write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from generated.again import write_plain
from generated.measure import write_all

from houqin.forms import Forms, load_forms, templates_folder
from houqin.jobs.contract import document
from houqin.pipeline import process_files
from houqin.read import read_files, read_settings
from houqin.report.ledgers import SHEET, write_ledgers
from houqin.school import School, load_school

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

AS_OF = "2025-12-31"


@pytest.fixture(scope="module")
def forms() -> Forms:
    """Load the forms of the office."""
    return load_forms()


@pytest.fixture(scope="module")
def school() -> School:
    """Load the example school."""
    return load_school(templates_folder() / "示例中学", read_settings)


def _tables(path: Path, forms: Forms, school: School) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Take one workbook through the flow; give its tables with their records, and the changes."""
    result = process_files(read_files([path], root=path.parent), forms, school, AS_OF)
    told = document(result, forms, records=True)
    return [table for sheet in told["files"][0]["sheets"] for table in sheet["tables"]], told["changes"]


def test_cleaning_twice_changes_nothing_the_second_time(tmp_path: Path, forms: Forms, school: School) -> None:
    """Of every maker's workbook: the cleaned records under the form's titles are the same records, without a change."""
    wrong = []
    for name in dict.fromkeys(truth.file for truth in write_all(tmp_path, 20251122, 1)):
        for table in _tables(tmp_path / name, forms, school)[0]:
            if not table["form"]:
                continue
            records = [record["values"] for record in table["records"]]
            write_plain(tmp_path / "again.xlsx", forms.by_id[table["form"]], records)
            again, changes = _tables(tmp_path / "again.xlsx", forms, school)
            same = [(each["form"], [r["values"] for r in each["records"]]) for each in again]
            if changes or same != [(table["form"], records)]:
                wrong.append((name, table["form"], [each["form"] for each in again], changes[:3]))
    assert not wrong


def test_a_ledger_read_again_gives_the_same_ledger(tmp_path: Path, forms: Forms, school: School) -> None:
    """Of every maker's workbook: the sheet 台账 that we wrote is its form again, with equal values in equal order."""
    wrong = []
    for name in dict.fromkeys(truth.file for truth in write_all(tmp_path, 20251123, 1)):
        first = process_files(read_files([tmp_path / name], root=tmp_path), forms, school, AS_OF)
        folder = tmp_path / f"ledgers of {name}"
        paths = write_ledgers(
            folder, first.ledgers, forms, school=school, as_of=AS_OF,
            tables=first.tables, findings=first.findings, changes=first.changes,
        )  # fmt: skip
        for path, (form_id, ledger) in zip(paths, first.ledgers.items(), strict=True):
            again = process_files(read_files([path], root=folder), forms, school, AS_OF)
            sheets = [table.match.table.grid.sheet for table in again.tables]
            same = list(again.ledgers) == [form_id] and sheets == [SHEET]
            if not same or _rows(again.ledgers[form_id].frame) != _rows(ledger.frame):
                wrong.append((name, form_id, list(again.ledgers), sheets))
    assert not wrong


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Give what the records say, without the row's number and what is blank."""
    rows: list[dict[str, Any]] = frame.drop(columns="seq", errors="ignore").to_dict("records")
    return [{name: str(value) for name, value in row.items() if str(value) not in {"None", "nan", "<NA>"}} for row in rows]
