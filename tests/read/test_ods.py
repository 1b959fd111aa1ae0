"""OpenDocument spreadsheets: what LibreOffice and some WPS versions write, kept as of an xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from read.hostile_contents import open_document

from houqin.errors import RefusedFile
from houqin.model import Kind, Range
from houqin.read import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.model import Grid

WIDE = 'table:number-columns-repeated="16384"'


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, as a run has."""
    made = Reader()
    yield made
    made.close()


def _row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def _cell(text: str = "", kind: str = "string", more: str = "", tag: str = "table-cell") -> str:
    shown = "".join(f"<text:p>{line}</text:p>" for line in text.split("\n")) if text else ""
    kind = f'office:value-type="{kind}"' if kind else ""
    return f"<table:{tag} {kind} {more}>{shown}</table:{tag}>"


def _values(grid: Grid) -> list[list[object]]:
    return [[grid.cell(row, column).value for column in range(1, grid.columns + 1)] for row in range(1, grid.rows + 1)]


def test_values_keep_their_kinds(reader: Reader) -> None:
    """Numbers, shares, dates, times, booleans and texts; a number that is stored as text stays text."""
    row = _row(
        _cell("3", "float", 'office:value="3"'), _cell("78.03%", "percentage", 'office:value="0.7803"'),
        _cell("2025年9月1日", "date", 'office:date-value="2025-09-01"'),
        _cell("x", "date", 'office:date-value="2025-09-01T12:00:00"'),
        _cell("8:30", "time", 'office:time-value="PT08H30M00S"'),
        _cell("30:00", "time", 'office:time-value="PT30H00M00S"'),
        _cell("TRUE", "boolean", 'office:boolean-value="true"'), _cell("007"),
    )  # fmt: skip
    (grid,) = reader.parse(open_document(row))
    assert _values(grid) == [[3.0, 0.7803, 45901.0, 45901.5, 8.5 / 24, 1.25, True, "007"]]
    kinds = [grid.cell(1, column).kind.name for column in range(1, 9)]
    assert kinds == ["NUMBER", "NUMBER", "DATE", "DATE", "DATE", "NUMBER", "BOOL", "TEXT"]
    assert [grid.cell(1, column).number_format for column in (2, 3, 6)] == ["0.00%", "yyyy/m/d", "[h]:mm"]


def test_merges_hidden_parts_and_repeats_are_kept(reader: Reader) -> None:
    """Cells written once for several stand in each; what is hidden, also by a filter, is told."""
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    title = _cell("标题", more='table:number-columns-spanned="3" table:number-rows-spanned="1"')
    head = _row(title, '<table:covered-table-cell table:number-columns-repeated="2"/>')
    twice = _row(_cell("粉笔", more='table:number-columns-repeated="2"'), attributes='table:number-rows-repeated="2"')
    hidden = _row(_cell("藏"), attributes='table:visibility="filter"')
    blank = _row(
        '<table:table-cell table:number-columns-repeated="16384"/>', attributes='table:number-rows-repeated="1048572"'
    )
    (grid,) = reader.parse(open_document(columns + head + twice + hidden + blank))
    assert _values(grid) == [["标题", None], ["粉笔", "粉笔"], ["粉笔", "粉笔"], ["藏", None]]
    assert grid.merges == (Range(1, 1, 1, 3),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({4}, {2})


def test_formulas_are_told_apart_by_whether_their_value_is_stored(reader: Reader) -> None:
    """One that was never calculated is neither blank nor 0; one that fails is an error."""
    row = _row(
        _cell("2", "float", 'office:value="2" table:formula="of:=1+1"'),
        _cell("", "", 'table:formula="of:=1+1"'),
        _cell("#DIV/0!", "string", 'table:formula="of:=1/0"'),
        _cell("Err:502", "string", 'table:formula="of:=A()"'),
        _cell("#号"),
    )
    (grid,) = reader.parse(open_document(row))
    assert (grid.formulas, grid.unstored) == ({0, 1, 2, 3}, {1})
    assert [grid.cell(1, c).kind for c in (3, 4, 5)] == [Kind.ERROR, Kind.ERROR, Kind.TEXT]


def test_a_cells_text_is_what_stands_in_it(reader: Reader) -> None:
    """Lines, blanks and spans are its own; notes, shapes and how a word is pronounced are not."""
    inner = (
        "<office:annotation><text:p>批注</text:p></office:annotation><text:p>行<text:span>一</text:span>"
        '<text:s text:c="2"/>完</text:p><text:p><text:ruby><text:ruby-base>二</text:ruby-base>'
        "<text:ruby-text>èr</text:ruby-text></text:ruby></text:p>"
    )
    shape = "<table:shapes><draw:frame xmlns:draw='d'><table:table><table:table-row><table:table-cell><text:p>图</text:p></table:table-cell></table:table-row></table:table></draw:frame></table:shapes>"  # noqa: E501
    row = _row(f'<table:table-cell office:value-type="string">{inner}</table:table-cell>')
    (grid,) = reader.parse(open_document(shape + row))
    assert _values(grid) == [["行一  完\n二"]]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (_row(_cell("x", "float", 'office:value="1_0"')), "bad-cell"),
        (_row(_cell("x", "float", 'office:value="nan"')), "bad-cell"),
        (_row(_cell("x", more='table:number-columns-repeated="-1"')), "bad-cell"),
        (_row(_cell("x", more=WIDE), attributes='table:number-rows-repeated="999"'), "too-large"),
        (_row(_cell(more='table:number-columns-spanned="16384" table:number-rows-spanned="1048576"')), "unsafe"),
        ("<a>" * 300 + "</a>" * 300, "unsafe"),
    ],
)  # fmt: skip
def test_what_no_office_writes_is_refused(reader: Reader, row: str, code: str) -> None:
    """A few bytes cannot ask for millions of cells, and a number is a number."""
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(open_document(row))
    assert refusal.value.code == code
