"""Formulas without stored values: computed by the office program of this machine, if any, and told in any case."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import openpyxl
import pytest
import recalculate
from read.hostile import Book, Member, container, one, sheet, styles

from houqin.model import Kind
from houqin.read import read_files, read_folder
from houqin.read.engine import Engine, find_engine

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.model import SourceFile


@pytest.fixture(scope="module")
def engine() -> Engine:
    """The program, or a skip where there is none."""
    recalculate.office()
    found = find_engine()
    assert found is not None
    return found


def workbook(*formulas: str) -> bytes:
    """Give a workbook as a web system exports it: numbers in A, formulas in B without values."""
    made, stream = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["数量", "金额"])
    for n, formula in enumerate(formulas, 2):
        made.active.append([n, formula])
    made.save(stream)
    return stream.getvalue()


def read(folder: Path, data: bytes, engine: Engine | None) -> SourceFile:
    """Read one file."""
    (folder / "表.xlsx").write_bytes(data)
    (file,) = read_files([folder / "表.xlsx"], engine=engine)
    return file


def codes(file: SourceFile) -> dict[str, int]:
    """Give the codes of a file's warnings, each with its count."""
    return {finding.code: finding.count for finding in file.warnings}


@pytest.mark.office
def test_missing_values_are_computed_and_told_once_a_sheet(tmp_path: Path, engine: Engine) -> None:
    """Numbers, texts, booleans and dates; the cells stay formulas, and what cannot be computed stays missing."""
    data = workbook("=A2*3.5", '=A3&"盒"', "=A4>3", "=SUM(A2:A4)", "=NOSUCHFUNCTION(A2)", "=A7/0")
    file = read(tmp_path, data, engine)
    (grid,) = file.grids
    assert [grid.cell(row, 2).value for row in range(2, 8)] == [7.0, "3盒", True, 9.0, None, None]
    assert len(grid.formulas) == 6
    assert len(grid.unstored) == 2
    assert codes(file) == {"computed-formula": 4, "unstored-formula": 2}
    told = next(finding for finding in file.warnings if finding.code == "computed-formula")
    assert "LibreOffice" in told.message
    assert told.place is not None
    assert told.place.cell == "B2"


@pytest.mark.office
def test_stored_values_stay_and_stale_ones_are_not_built_upon(tmp_path: Path, engine: Engine) -> None:
    """A formula with a value keeps it; one beside it without a value is computed from the cells as they are."""
    body = (
        '<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*10</f><v>99</v></c><c r="C1" s="1"><f>DATE(2025,9,A1)</f></c>'
        '<c r="D1"><f>A1+1</f></c></row>'
    )
    declared = [
        Member("[Content_Types].xml", CONTENT_TYPES.encode()) if m.name == "[Content_Types].xml" else m
        for m in Book(sheets=[("表", sheet(body))], styles=styles([14])).members()
    ]
    (grid,) = read(tmp_path, container(declared), engine).grids
    assert grid.cell(1, 2).value == 99.0
    assert (grid.cell(1, 3).kind, grid.cell(1, 3).value) == (Kind.DATE, 45902.0)
    assert grid.cell(1, 4).value == 3.0


CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)


@pytest.mark.office
def test_several_workbooks_are_computed_in_one_pass(tmp_path: Path, engine: Engine) -> None:
    """Each gets its own values, one that cannot be computed does not disturb the others."""
    for n in range(3):
        (tmp_path / f"{n}.xlsx").write_bytes(workbook(f"=A2+{n}", "=TODAY()") if n == 1 else workbook(f"=A2+{n}"))
    files = read_folder(tmp_path, engine=engine)
    assert [file.grids[0].cell(2, 2).value for file in files] == [2.0, None, 4.0]


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=TODAY()-A2", "随日期"), ("=rand()", "随日期"), ("=IF(A2>1,NOW(),0)", "随日期"),
        ("=INDIRECT(\"'file:///etc/passwd'#$Sheet1.A1\")", "别的文件"), ('=WEBSERVICE("http://127.0.0.1")', "别的文件"),
        ("=[1]Sheet1!A1", "别的文件"), ("=cmd|'/C calc'!A0", "别的文件"), ('=DDE("a","b","c")', "别的文件"),
    ],
)  # fmt: skip
def test_what_changes_or_reaches_out_is_not_computed(tmp_path: Path, formula: str, reason: str) -> None:
    """The program is not even started: the same workbook must give the same tomorrow, and open no other file."""
    nobody = Engine(tmp_path / "nothing-there")
    file = read(tmp_path, workbook("=A2+1", formula), nobody)
    assert codes(file) == {"unstored-formula": 2}
    assert reason in file.warnings[0].message


def test_a_program_that_fails_leaves_things_as_they_are(tmp_path: Path) -> None:
    """Missing values are reported as they are without one."""
    assert codes(read(tmp_path, workbook("=A2+1"), Engine(tmp_path / "nothing-there"))) == {"unstored-formula": 1}
    assert codes(read(tmp_path, workbook("=A2+1"), None)) == {"unstored-formula": 1}


def test_the_program_is_not_started_where_nothing_is_missing(tmp_path: Path) -> None:
    """An ordinary workbook costs nothing; the program that stands in here would leave a trace."""
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n", encoding="utf-8")
    program.chmod(0o755)
    read(tmp_path, one('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'), Engine(program))
    assert not (tmp_path / "started").exists()


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for the program")
def test_a_program_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    """It gets a home of its own, none of our variables, and not the path of the workbook."""
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\nenv > {tmp_path}/env\necho "$@" > {tmp_path}/said\nsleep 60\n', encoding="utf-8")
    program.chmod(0o755)
    os.environ["HOUQIN_PASSWORD"] = "secret123"  # noqa: S105
    try:
        assert Engine(program).compute([workbook("=1+1")], 2) == [None]
    finally:
        del os.environ["HOUQIN_PASSWORD"]
    assert "secret123" not in (tmp_path / "env").read_text(encoding="utf-8")
    assert "表.xlsx" not in (tmp_path / "said").read_text(encoding="utf-8")


def test_the_program_can_be_named_or_switched_off(tmp_path: Path) -> None:
    """By the environment; a path that is not there is no program."""
    program = tmp_path / "soffice"
    program.touch()
    assert find_engine({"HOUQIN_ENGINE": str(program)}) == Engine(program)
    assert find_engine({"HOUQIN_ENGINE": "off"}) is None
    assert find_engine({"HOUQIN_ENGINE": str(tmp_path / "missing")}) is None
