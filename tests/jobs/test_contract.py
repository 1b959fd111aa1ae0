"""The document of `clean --json`: canonical values, in the table's own unit, at their cells."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from houqin.jobs.contract import document
from houqin.jobs.inspection import clean_lines, inspect_files
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.told import summary_lines

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = """预算执行情况表,,,,,
单位：万元,,,,,
科目编码,科目名称,年初预算,全年预算,累计支出,执行率（%）
30201,办公费,"1,200.5",1200.5,12.3456,1.03
30206,电费,8,8,,0
"""
DUTY = "值班表,,\n日期,带班,值班\n9月1日,赵一,钱二\n"
MATRIX = """班级,扫帚（把）,拖把（把）
七年级1班,４,2
七(2)班,—,3把
合计,4,5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a school with three files: a budget in 万元, a matrix, and one that is no form."""
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", tmp_path)
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    for name, text in (("预算.csv", BUDGET), ("值班.csv", DUTY), ("发放.csv", MATRIX)):
        (inbox / name).write_text(text, encoding="utf-8")
    return inbox


def table_of(folder: Path, name: str) -> dict:
    """Give the one table that `clean` finds in a file."""
    found = inspect_files([folder / name])
    (file,) = document(found.result, found.forms, records=True)["files"]
    (table,) = file["sheets"][0]["tables"]
    return table


def test_amounts_are_in_the_tables_own_unit_to_the_last_digit(folder: Path) -> None:
    """Ledgers are in 元; the document gives what the sheet says, a percentage as written, a blank as null."""
    table = table_of(folder, "预算.csv")
    assert (table["form"], table["unit"]) == ("budget_execution", "万元")
    first, second = (record["values"] for record in table["records"])
    assert (first["initial"], first["total"], first["rate"]) == ("1200.5", "12.3456", "1.03")
    assert (second["initial"], second["total"]) == ("8", None)


def test_a_record_of_a_matrix_has_the_cell_of_its_value(folder: Path) -> None:
    """Row, cell and canonical class; full-width digits and units read, a dash is nothing issued."""
    table = table_of(folder, "发放.csv")
    assert table["form"] == "stock_issue"
    assert {column["role"] for column in table["columns"]} == {"axis", "value"}
    assert table["total_rows"] == [4]
    told = [(r["row"], r["cell"], *(r["values"][name] for name in ("class", "name", "qty"))) for r in table["records"]]
    assert told == [
        (2, "B2", "七年级(1)班", "扫帚", "4"),
        (2, "C2", "七年级(1)班", "拖把", "2"),
        (3, "C3", "七年级(2)班", "拖把", "3"),
    ]


def test_what_is_no_form_is_shown_and_not_forced(folder: Path) -> None:
    """Form and fields are null, there are no records, and a finding says so."""
    found = inspect_files([folder / "值班.csv"])
    told = document(found.result, found.forms, records=True)
    table = told["files"][0]["sheets"][0]["tables"][0]
    assert table["form"] is None
    assert {column["field"] for column in table["columns"]} == {None}
    assert table["records"] == []
    assert [finding["level"] for finding in told["findings"] if finding["code"] == "unknown-table"] == ["warning"]


def test_a_folder_is_all_of_its_files_with_their_paths(folder: Path) -> None:
    """`clean 收件箱` names files as the inbox does, sub-folders included."""
    (folder / "校服").mkdir()
    shutil.copy(folder / "发放.csv", folder / "校服" / "发放 - 副本.csv")
    found = inspect_files([folder])
    assert [file.path for file in found.result.files] == ["值班.csv", "发放.csv", "校服/发放 - 副本.csv", "预算.csv"]
    copy = document(found.result, found.forms, records=True)["files"][2]
    assert (copy["status"], copy["reason"]["code"]) == ("skipped", "duplicate-file")


def test_the_terminal_names_form_rows_and_fields(folder: Path) -> None:
    """`inspect` for people: which form, how many records, which column is what."""
    lines = [line.text for line in summary_lines(inspect_files([folder / "预算.csv"]))]
    assert lines[0] == "《预算.csv》"
    assert "预算执行" in lines[1]
    assert "2 条记录，单位：万元" in lines[1]
    assert any("累计支出" in line and "（total）" in line for line in lines)


def test_the_terminal_ends_with_what_waits(folder: Path) -> None:
    """`clean` for people: the findings, then how many of each level."""
    lines = clean_lines(inspect_files([folder / "值班.csv"]), None)
    assert lines[-2].startswith("等人处理：必须改 0 处，请确认 0 处，提醒 1 处")


def test_two_files_of_one_name_stay_two(folder: Path) -> None:
    """Each is named as seen from the folder that they share, so that a finding leads to the right one."""
    (folder / "甲").mkdir()
    shutil.copy(folder / "预算.csv", folder / "甲" / "发放.csv")
    found = inspect_files([folder / "发放.csv", folder / "甲" / "发放.csv"])
    assert [file.path for file in found.result.files] == ["发放.csv", "甲/发放.csv"]
    forms = [match.form for match in found.result.matches]
    assert forms == ["stock_issue", "budget_execution"]
