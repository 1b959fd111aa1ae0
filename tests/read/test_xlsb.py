"""Binary workbooks (.xlsb): values, kinds and addresses as they stand; what is not seen in them is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from read.binary_workbook import Cell, workbook

from houqin.model import Kind
from houqin.read import read_files

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.model import SourceFile


def read(folder: Path, data: bytes, name: str = "收发存.xlsb") -> SourceFile:
    """Read one file."""
    (folder / name).write_bytes(data)
    (file,) = read_files([folder / name])
    return file


def test_values_of_all_kinds_keep_kind_and_address(tmp_path: Path) -> None:
    """A table that starts at C4: texts, whole numbers, fractions, dates, booleans, errors, formulas with values."""
    rows = {
        4: [Cell(3, "名称"), Cell(4, "数量"), Cell(5, "单价"), Cell(6, "日期"), Cell(7, "已领"), Cell(8, "备注")],
        5: [Cell(3, "粉笔"), Cell(4, 12), Cell(5, 3.5), Cell(6, 45901.0, 1), Cell(7, value=True), Cell(8, "#N/A")],
        7: [Cell(3, "007", 2), Cell(4, 42.0, formula=True), Cell(5, "甲乙", formula=True), Cell(7, value=False)],
    }
    file = read(tmp_path, workbook({"9月": rows}))
    assert (file.status, file.warnings and file.warnings[0].code) == ("read", "error-cell")
    (grid,) = file.grids
    assert (grid.sheet, grid.rows, grid.columns) == ("9月", 7, 8)
    assert [grid.cell(5, c).value for c in range(3, 8)] == ["粉笔", 12.0, 3.5, 45901.0, True]
    assert grid.cell(5, 6).kind == Kind.DATE
    assert (grid.cell(5, 8).kind, grid.cell(5, 8).value) == (Kind.ERROR, "#N/A")
    assert [grid.cell(7, c).value for c in (3, 4, 5, 7)] == ["007", 42.0, "甲乙", False]
    assert [grid.is_formula(7, c) for c in (3, 4, 5)] == [False, True, True]
    assert grid.cell(4, 1).kind == grid.cell(6, 3).kind == Kind.BLANK


@pytest.mark.parametrize("error", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_errors_are_errors_and_never_blank(tmp_path: Path, error: str) -> None:
    """A blank in their place would count as nothing."""
    file = read(tmp_path, workbook({"表": {1: [Cell(1, "金额")], 2: [Cell(1, error)], 3: [Cell(1, 2)]}}))
    assert (file.grids[0].cell(2, 1).kind, file.grids[0].cell(2, 1).value) == (Kind.ERROR, error)


def test_sheets_in_order_the_hidden_ones_known_as_such(tmp_path: Path) -> None:
    """A hidden sheet with contents is read and told of."""
    file = read(tmp_path, workbook({"七1": {1: [Cell(1, "甲")]}, "旧": {1: [Cell(1, "乙")]}}, hidden=frozenset({"旧"})))
    assert [(grid.sheet, grid.visible) for grid in file.grids] == [("七1", True), ("旧", False)]
    assert [finding.code for finding in file.warnings] == ["hidden-sheet"]


def test_dates_counted_from_1904_are_the_same_days(tmp_path: Path) -> None:
    """1904 began 1,462 days later."""
    file = read(tmp_path, workbook({"表": {1: [Cell(1, 45901.0 - 1462, 1)]}}, d1904=True))
    assert (file.grids[0].cell(1, 1).kind, file.grids[0].cell(1, 1).value) == (Kind.DATE, 45901.0)


def test_merged_cells(tmp_path: Path) -> None:
    """A title over four columns."""
    data = workbook({"表": {1: [Cell(1, "标题")], 2: [Cell(4, 1)]}}, merges={"表": [(1, 1, 1, 4)]})
    assert [merge.a1 for merge in read(tmp_path, data).grids[0].merges] == ["A1:D1"]


def test_one_named_otherwise_is_read_and_told_of(tmp_path: Path) -> None:
    """Content counts, not the name."""
    file = read(tmp_path, workbook({"表": {1: [Cell(1, "甲")]}}), "表.xlsx")
    assert [finding.code for finding in file.warnings] == ["other-format"]


def test_one_cut_off_is_refused(tmp_path: Path) -> None:
    """Half a sheet is none."""
    data = workbook({"表": {n: [Cell(1, f"物品{n}"), Cell(2, n)] for n in range(1, 500)}})
    assert read(tmp_path, data[:-300]).status == "refused"
