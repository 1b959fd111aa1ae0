"""What was cleaned once stays as it is: written back plainly and read again; a ledger of ours, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from generated.again import write_plain
from generated.measure import write_all

from houqin.forms import Forms, load_forms, templates_folder
from houqin.jobs.contract import document
from houqin.jobs.written import FOLDER, read_written
from houqin.pipeline import process_files
from houqin.read import read_files, read_settings
from houqin.report.ledger_database import write_database
from houqin.report.ledgers import write_ledgers
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


def test_a_ledger_that_comes_back_as_it_was_changes_nothing(tmp_path: Path, forms: Forms, school: School) -> None:
    """Of every maker's workbook: beside its source the ledger that we wrote decides nothing, asks nothing, adds nothing."""
    wrong = []
    for number, name in enumerate(dict.fromkeys(truth.file for truth in write_all(tmp_path, 20251123, 1))):
        run = f"{number:012x}"
        files = read_files([tmp_path / name], root=tmp_path)
        first = process_files(files, forms, school, AS_OF)
        paths = write_ledgers(
            tmp_path / run, first.ledgers, forms, school=school, as_of=AS_OF,
            tables=first.tables, findings=first.findings, changes=first.changes, run=run,
        )  # fmt: skip
        typed = tmp_path / "of" / run / FOLDER
        typed.mkdir(parents=True)
        sources = {file.path: file.sha256 for file in files}
        write_database(typed / f"{run}.sqlite3", first.ledgers, forms, {"run": run}, sources=sources)
        back = read_files([tmp_path / name, *paths], root=tmp_path)
        again = process_files(back, forms, school, AS_OF, written=read_written(typed.parent))
        told = [found.line for found in again.findings if found.code in {"ledger-unclear", "ledger-foreign"}]
        same = {form: _rows(ledger.frame) for form, ledger in first.ledgers.items()}
        if told or again.decided or {form: _rows(ledger.frame) for form, ledger in again.ledgers.items()} != same:
            wrong.append((name, told, again.decided))
    assert not wrong


def _rows(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Give what the records say, without what is blank."""
    rows: list[dict[str, Any]] = frame.to_dict("records")
    return [{name: str(value) for name, value in row.items() if str(value) not in {"None", "nan", "<NA>"}} for row in rows]
