"""The pass in bulk gives what the pass cell by cell gives, or leaves the sheet to it."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from houqin.errors import RefusedFile
from houqin.read.limits import Limits
from houqin.read.xlsx import _read_tables
from houqin.read.xml_parts import Tables, find_workbook, read_shared_strings
from houqin.read.xml_rows import read_rows
from houqin.read.xml_sheet import SheetScan
from houqin.read.zip_check import Package

if TYPE_CHECKING:
    from houqin.model import Grid

values = st.one_of(
    st.none(),
    st.floats(-1e300, 1e300),
    st.integers(-(10**9), 10**9),
    st.booleans(),
    st.dates(dt.date(1900, 3, 1), dt.date(2100, 1, 1)),
    st.sampled_from(["粉笔", "0012", " ", "a&b<c>", "_x000D_", "=1+1", "#N/A", "行1\n行2"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=5),
)


def _workbook(rows: list[list[object]], *, formula: str, result: object, in_place: bool = False) -> bytes:
    """Write a workbook, its texts in a table of their own or `in_place` in their cells, as openpyxl and exports do."""
    stream = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": in_place}
    workbook = xlsxwriter.Workbook(stream, options)
    sheet = workbook.add_worksheet()
    sheet.set_row(1, None, None, {"hidden": True})
    day = workbook.add_format({"num_format": "yyyy-mm-dd", "bold": True})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), day)
            elif value is not None:
                sheet.write(r, c, value)
    sheet.write_formula(len(rows) + 1, 2, formula, None, result)
    sheet.write_blank(len(rows) + 3, 5, None, day)
    workbook.close()
    return stream.getvalue()


def _grids(data: bytes) -> tuple[Grid, Grid, bool]:
    limits = Limits()
    package = Package(data, limits)
    tables = _read_tables(package, find_workbook(package), limits, d1904=False)
    part = package.read("xl/worksheets/sheet1.xml")
    taken = SheetScan(limits, tables).run(package.pieces("xl/worksheets/sheet1.xml"))
    events = SheetScan(limits, tables).run_events(part).grid("表")
    return taken.grid("表") if taken else events, events, taken is not None


def _look(grid: Grid) -> tuple[object, ...]:
    cells = [[grid.cell(r, c) for c in range(1, grid.columns + 1)] for r in range(1, grid.rows + 1)]
    return cells, grid.formulas, grid.unstored, grid.bold, grid.hidden_rows, grid.merges


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(values, max_size=6), max_size=8),
    formula=st.sampled_from(["=A1+B1", '=A1&"x"', "=SUM(A1:B2)"]),
    result=st.sampled_from([0, 3.5, "文", "", True, "#DIV/0!"]),
    in_place=st.booleans(),
)
def test_both_passes_give_the_same_grid(
    *, rows: list[list[object]], formula: str, result: object, in_place: bool
) -> None:
    """Values, kinds, formats, formulas, bold and hidden rows agree cell by cell."""
    bulk, events, _ = _grids(_workbook(rows, formula=formula, result=result, in_place=in_place))
    assert _look(bulk) == _look(events)


def _long_rows(gap: int, count: int) -> list[list[object]]:
    """Give rows of one shape, with blanks and other kinds strewn in."""
    made: list[list[object]] = [["名称", "日期", "数量", "备注"]]
    for n in range(count):
        row: list[object] = [
            f"物品{n % 700}",
            dt.date(2025, 1, 1) + dt.timedelta(n % 300),
            n / 4,
            "好" if n % 3 else None,
        ]
        if gap and n % gap == 0:
            row[n // gap % 4] = (None, "文字", "=1+1", True)[n // gap % 4]
        made.append(row)
    return made


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("gap", [0, 7, 1_900, 4_999])
def test_long_stretches_give_what_single_cells_give(*, gap: int, in_place: bool) -> None:
    """Rows of one shape are taken together; a row that is not of it changes nothing for the others."""
    bulk, events, taken = _grids(_workbook(_long_rows(gap, 9_000), formula="=1+1", result=2, in_place=in_place))
    assert taken
    assert _look(bulk) == _look(events)


def _office_rows(count: int) -> bytes:
    """Write rows as an office keeps them: formulas, two styles a column, hidden rows, blank cells, gaps in the rows."""
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet = workbook.add_worksheet()
    plain, bold = workbook.add_format({"border": 1}), workbook.add_format({"bold": True, "num_format": "0.00"})
    for n in range(count):
        r, look = n + n // 1_000 * 3, bold if n % 50 == 0 else plain
        sheet.write_row(r, 0, [f"物品{n}_x", n % 7, f"{n}盒" if n % 10 == 3 else n / 8], look)
        sheet.write_formula(r, 3, f"=B{r + 1}*C{r + 1}", look, "文" if n % 10 == 3 else n % 7 * n / 8)
        if n % 3:
            sheet.write_blank(r, 4, None, look)
        if n % 400 == 399:
            sheet.set_row(r, None, None, {"hidden": True})
    workbook.close()
    return stream.getvalue()


def test_rows_of_an_office_are_taken_alike() -> None:
    """Formulas, changing styles and kinds, hidden rows and gaps are all as the pass cell by cell has them."""
    bulk, events, taken = _grids(_office_rows(6_000))
    assert taken
    assert _look(bulk) == _look(events)
    assert len(bulk.hidden_rows) == 15
    assert len(bulk.formulas) == 6_000


@pytest.mark.parametrize(("size", "rows"), [(1, 20), (7, 60), (50_000, 2_500)])
def test_the_part_may_come_in_pieces_of_any_size(size: int, rows: int) -> None:
    """Where the pieces are cut makes no difference."""
    limits, package = Limits(), Package(_office_rows(rows), Limits())
    tables = _read_tables(package, find_workbook(package), limits, d1904=False)
    part = package.read("xl/worksheets/sheet1.xml")
    whole = SheetScan(limits, tables).run([part])
    cut = SheetScan(limits, tables).run(part[at : at + size] for at in range(0, len(part), size))
    assert whole is not None
    assert cut is not None
    assert _look(cut.grid("表")) == _look(whole.grid("表"))


def test_a_part_that_is_not_what_the_directory_says_is_refused_at_its_end() -> None:
    """The rows are taken before the checksum is known; a wrong one refuses the file all the same."""
    data = bytearray(_office_rows(300))
    entry = data.find(b"PK\x01\x02")
    while b"sheet1.xml" not in data[entry + 46 : entry + 46 + data[entry + 28]]:
        entry = data.find(b"PK\x01\x02", entry + 4)
    data[entry + 16] ^= 1
    with pytest.raises(RefusedFile, match="内部校验不符"):
        list(Package(bytes(data), Limits()).pieces("xl/worksheets/sheet1.xml"))


def test_a_row_without_an_end_is_left_to_expat() -> None:
    """What never comes to an end is not held in hope of one."""
    head = b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData><row r="1">'
    endless = itertools.chain([head], itertools.repeat(b"<c/>" * 250_000, 100))
    assert read_rows(endless, Limits(), Tables([], [], ["General"], d1904=False)) is None
    assert len(list(endless)) > 50


@pytest.mark.parametrize("in_place", [False, True])
def test_plain_sheets_go_in_bulk(*, in_place: bool) -> None:
    """What usual programs write is taken by the fast way: else nobody would notice that it is never taken."""
    rows: list[list[object]] = [["名称", "数量"], ["粉笔_x0041_&<白>", 3], [" 留白 ", 1]]
    _, _, taken = _grids(_workbook(rows, formula="=1+1", result=2, in_place=in_place))
    assert taken


@pytest.mark.parametrize(
    "odd", ["<v>1</t></is>", "<is><t>文</v>", "<is><r><t>文</t></r></is>", "<is><t>&#65;</t></is>"]
)
def test_texts_written_otherwise_are_left_to_expat(odd: str) -> None:
    """A tag that closes another, rich text and entities of their own are no business of the patterns."""
    good = '<c r="A1" t="inlineStr"><is><t>好</t></is></c><c r="B1"><v>1</v></c>'
    rows = f'<row r="1">{good}</row><row r="2"><c r="A2" t="inlineStr">{odd}</c></row>'
    part = f'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>{rows}</sheetData></worksheet>'
    tables = Tables([], [], ["General"], d1904=False)
    assert read_rows([part.encode()], Limits(), tables) is None
    assert read_rows([part.replace(odd, "<is><t>文</t></is>").encode()], Limits(), tables) is not None


@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8), max_size=6))
def test_plain_strings_read_alike_in_bulk_and_by_events(texts: list[str]) -> None:
    """A rich string among them sends the whole table to expat; the plain ones must not change by it."""
    plain = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    head, rich = '<?xml version="1.0" encoding="UTF-8"?>\n<sst>', "<si><r><t>粗</t></r><r><t>细</t></r></si>"
    bulk = read_shared_strings(f"{head}{plain}</sst>".encode(), 1000)
    events = read_shared_strings(f"{head}{plain}{rich}</sst>".encode(), 1000)
    assert [*bulk, "粗细"] == events
