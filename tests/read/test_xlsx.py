"""What the grid keeps of a workbook's cells, made by the writers that offices' files come from."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from houqin.errors import RefusedFile
from houqin.model import Kind, Range
from houqin.read import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.model import Grid


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, as a run has."""
    made = Reader()
    yield made
    made.close()


def _openpyxl(fill: object) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)  # type: ignore[operator]
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _xlsxwriter(fill: object, **options: object) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, options)
    fill(workbook)  # type: ignore[operator]
    workbook.close()
    return stream.getvalue()


def _values(grid: Grid) -> list[list[object]]:
    return [[grid.cell(row, column).value for column in range(1, grid.columns + 1)] for row in range(1, grid.rows + 1)]


def test_kinds_are_kept_apart(reader: Reader) -> None:
    """A number stored as text stays text; booleans, errors and dates are what they are."""

    def fill(workbook: openpyxl.Workbook) -> None:
        workbook.active.append(["007", 7, 3.5, True, "#N/A", dt.date(2025, 9, 1), "110101201501011234"])

    (grid,) = reader.parse(_openpyxl(fill))
    kinds = [grid.cell(1, column).kind for column in range(1, 8)]
    assert kinds == [Kind.TEXT, Kind.NUMBER, Kind.NUMBER, Kind.BOOL, Kind.ERROR, Kind.DATE, Kind.TEXT]
    assert _values(grid) == [["007", 7.0, 3.5, True, "#N/A", 45901.0, "110101201501011234"]]


@pytest.mark.parametrize(
    ("number_format", "kind"),
    [
        (14, Kind.DATE),
        (27, Kind.DATE),
        (31, Kind.DATE),
        (57, Kind.DATE),
        ('yyyy"年"m"月"d"日"', Kind.DATE),
        ("[$-804]aaaa", Kind.DATE),
        ("[DBNum1][$-804]yyyy年m月d日", Kind.DATE),
        ("h:mm", Kind.DATE),
        ("[h]:mm", Kind.NUMBER),
        ("0.00", Kind.NUMBER),
        ("G/通用格式", Kind.NUMBER),
        ('0"天"', Kind.NUMBER),
        ("[Red]0.00", Kind.NUMBER),
        ("0.00E+00", Kind.NUMBER),
        ("#,##0.00_);[Red]\\(#,##0.00\\)", Kind.NUMBER),
        ('"day" 0', Kind.NUMBER),
        ("@", Kind.NUMBER),
    ],
)
def test_dates_are_told_by_their_format(reader: Reader, number_format: int | str, kind: Kind) -> None:
    """Chinese built-in formats, locales and weekdays are dates; units in quotes, colours and exponents are not."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_number(0, 0, 45901, workbook.add_format({"num_format": number_format}))

    (grid,) = reader.parse(_xlsxwriter(fill))
    assert grid.cell(1, 1).kind is kind
    assert grid.cell(1, 1).value == 45901.0


def test_the_1904_system_is_brought_to_1900(reader: Reader) -> None:
    """Serials are those of the 1900 system whatever the workbook uses."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.add_worksheet().write_datetime(0, 0, dt.datetime(2025, 9, 1), day)  # noqa: DTZ001

    (grid,) = reader.parse(_xlsxwriter(fill, date_1904=True))
    assert grid.cell(1, 1).value == 45901.0


def test_formulas_are_marked_and_so_are_those_without_a_value(reader: Reader) -> None:
    """A formula that was never calculated is neither blank nor 0 silently."""

    def stored(workbook: xlsxwriter.Workbook) -> None:
        workbook.add_worksheet().write_formula("B2", "=1+1", None, 2)

    def unstored(workbook: openpyxl.Workbook) -> None:
        workbook.active["B2"] = "=1+1"

    (kept,) = reader.parse(_xlsxwriter(stored))
    (bare,) = reader.parse(_openpyxl(unstored))
    assert (kept.cell(2, 2).value, kept.is_formula(2, 2), len(kept.unstored)) == (2.0, True, 0)
    assert (bare.cell(2, 2).value, bare.is_formula(2, 2), len(bare.unstored)) == (None, True, 1)


def test_merges_hidden_parts_and_bold_are_kept(reader: Reader) -> None:
    """What locating and marking need of a sheet beside its values."""

    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        sheet["A1"] = "标题"
        sheet["A1"].font = Font(bold=True)
        sheet["C3"] = 1
        sheet.merge_cells("A1:C1")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        workbook.create_sheet("隐藏").sheet_state = "hidden"

    first, second = reader.parse(_openpyxl(fill))
    assert first.merges == (Range(1, 1, 1, 3),)
    assert (first.hidden_rows, first.hidden_columns, first.bold) == ({2}, {2}, {0})
    assert (first.visible, second.visible, second.sheet) == (True, False, "隐藏")


@pytest.mark.parametrize("memory", [False, True])
def test_rows_that_a_filter_hides_are_told(reader: Reader, *, memory: bool) -> None:
    """A filter that hides nothing is no news, nor are rows that somebody hid."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name in ("筛选", "只有按钮", "手工隐藏"):
            sheet = workbook.add_worksheet(name)
            for n, value in enumerate(["名称", "粉笔", "抹布"]):
                sheet.write(n, 0, value)
                if n == 1 and name != "只有按钮":
                    sheet.set_row(n, None, None, {"hidden": True})
            if name != "手工隐藏":
                sheet.autofilter(0, 0, 2, 0)
            if name == "筛选":
                sheet.filter_column(0, "x == 抹布")

    parsed = reader.read(_xlsxwriter(fill, constant_memory=memory))
    assert [grid.filtered_rows for grid in parsed.grids] == [{2}, set(), set()]
    assert [(note.code, note.sheet, note.cells) for note in parsed.notes] == [("filtered-rows", "筛选", ("A2",))]


def test_a_grid_ends_at_the_last_cell_that_holds_something(reader: Reader) -> None:
    """Formatted empty cells, blanks alone and a used range that lies cost nothing."""

    def fill(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.active
        sheet["B2"] = "粉笔"
        sheet["D9"] = "   "
        sheet.cell(1_000_000, 200).font = Font(bold=True)

    (grid,) = reader.parse(_openpyxl(fill))
    assert (grid.rows, grid.columns) == (2, 2)


def test_strings_shared_inline_and_rich_read_alike(reader: Reader) -> None:
    """Runs are joined, escapes decoded, outer blanks kept."""

    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_rich_string(0, 0, workbook.add_format({"bold": True}), "粗", "细")
        sheet.write_string(0, 1, " 前后 ")
        sheet.write_string(0, 2, "行1\n行2")

    shared = reader.parse(_xlsxwriter(fill))[0]
    inline = reader.parse(_xlsxwriter(fill, constant_memory=True))[0]
    assert _values(shared) == _values(inline) == [["粗细", " 前后 ", "行1\n行2"]]


def _rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """Change a part of a workbook, for what no writer writes."""
    source, stream = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == part else content)
    return stream.getvalue()


def _plain(workbook: openpyxl.Workbook) -> None:
    workbook.active.append([1, 2])
    workbook.active.append([3, 4])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<v>2</v>", b"<v>1,234</v>", "bad-cell"),
        (b"<v>2</v>", b"<v>nan</v>", "bad-cell"),
        (b'r="B1"', b'r="A1"', "bad-cell"),
        (b'r="B1"', b'r="B7"', "bad-cell"),
        (b'r="B1"', b'r="ZZZZ1"', "bad-cell"),
        (b"</sheetData>", b"", "corrupt"),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY e "y">]><worksheet', "unsafe"),
        (b"<sheetData>", b"<sheetData>\x01", "corrupt"),
    ],
)
def test_what_cannot_be_judged_is_refused(reader: Reader, old: bytes, new: bytes, code: str) -> None:
    """A cell that is read in two ways by two programs is not read in one way by us."""
    data = _rewritten(_openpyxl(_plain), "xl/worksheets/sheet1.xml", old, new)
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(data)
    assert refusal.value.code == code


def test_a_stored_number_that_is_wide_of_its_row_keeps_its_place(reader: Reader) -> None:
    """Rows out of order and left out cells stay where their references say."""
    data = _rewritten(_openpyxl(_plain), "xl/worksheets/sheet1.xml", b'r="B2"', b'r="D2"')
    assert _values(reader.parse(data)[0]) == [[1.0, 2.0, None, None], [3.0, None, None, 4.0]]
