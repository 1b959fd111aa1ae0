"""Number formats that Chinese programs write, and sheets, rows and texts as some programs write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from read.hostile import DECLARED, MAIN, Book, number, one, rows, sheet, styles, text

from houqin.errors import RefusedFile
from houqin.model import Kind
from houqin.read import Reader
from houqin.read.number_formats import BUILT_IN, is_date_format, shows_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.model import Grid

CHINESE_DATES = [*range(27, 37), *range(50, 59)]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, as a run has."""
    made = Reader()
    yield made
    made.close()


def _values(grid: Grid) -> list[list[object]]:
    return [[grid.cell(row, column).value for column in range(1, grid.columns + 1)] for row in range(1, grid.rows + 1)]


def test_all_chinese_built_in_formats_show_dates(reader: Reader) -> None:
    """27 to 36 and 50 to 58 stand in no file: a program that does not know them shows 45901."""
    cells = "".join(number(f"A{n}", 45901.5, n) for n in range(1, len(CHINESE_DATES) + 1))
    body = "".join(f'<row r="{n}">{cell}</row>' for n, cell in enumerate(cells.split("</c>")[:-1], 1)).replace(
        "</v>", "</v></c>"
    )
    (grid,) = reader.parse(one(body, styles=styles(CHINESE_DATES)))
    read = [grid.cell(n, 1) for n in range(1, len(CHINESE_DATES) + 1)]
    assert {cell.kind for cell in read} == {Kind.DATE}
    assert [cell.number_format for cell in read] == [BUILT_IN[code] for code in CHINESE_DATES]


@pytest.mark.parametrize(
    "code",
    [
        'yyyy"年"m"月";@', "[$-F800]dddd, mmmm dd, yyyy", "[$-804]aaaa;@", 'yyyy"年"m"月"d"日" [$-804]aaaa',
        "yyyy\\-mm\\-dd",
        "[DBNum1][$-804]yyyy年m月d日", 'm"月"d"日"', "[$-411]ge.m.d", "mm:ss.0", "h:mm AM/PM", '上午/下午h"时"mm"分"',
        "[ENG][$-409]d\\-mmm\\-yy", "yyyy.mm.dd", "yyyy年m月", "[红色]yyyy/m/d", "d-mmm", "YYYY/MM/DD",
    ],
)  # fmt: skip
def test_a_date_is_told_by_its_format(code: str) -> None:
    """Locales, weekdays, Chinese numerals, colours and literal words do not hide the date."""
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    [
        "[DBNum1][$-804]General", '"第"0"周"', "[<=9999999]###-####;(###) ###-####",
        '[h]"小时"', "[mm]:ss", '#,##0"元"',
        '0.0"h"',
        "0.00_);\\(0.00\\)", "#\\ ?/?", ";;;", "[红色]0.00", "[$¥-804]#,##0.00", 'G/通用格式"人"', "General\\人", "@",
        "0000-00-00",
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0!月", '0"年"', "[DBNum2][$-804]0", "0.00E+00", "00000",
    ],
)  # fmt: skip
def test_a_number_is_told_by_its_format(code: str) -> None:
    """Units, durations, money, numbers of documents and numerals written in Chinese are numbers."""
    assert not is_date_format(code)


@pytest.mark.parametrize(("code", "day"), [("h:mm", False), ("mm:ss", False), ("yyyy/m/d h:mm", True), ("m/d", True)])
def test_a_time_of_day_has_no_day(code: str, *, day: bool) -> None:
    """The 1904 system moves days, and 8:30 stays 8:30."""
    assert shows_day(code) is day


def test_a_1904_workbook_moves_its_days_and_not_its_hours(reader: Reader) -> None:
    """A serial of that system is 1,462 less."""
    body = f'<row r="1">{number("A1", 45901 - 1462, 1)}{number("B1", 0.5, 2)}{number("C1", 3)}</row>'
    book = Book(sheets=[("表", sheet(body))], styles=styles(["yyyy/m/d", "h:mm"]), head='<workbookPr date1904="1"/>')
    assert _values(reader.parse(book.build())[0]) == [[45901.0, 0.5, 3.0]]


def test_cells_and_rows_stand_where_they_are_counted_to(reader: Reader) -> None:
    """Without an address a cell is the next one; rows may come in any order."""
    body = (
        f'<row r="3">{text("A3", "三")}</row><row r="1"><c><v>1</v></c><c r="C1"><v>3</v></c><c><v>4</v></c></row>'
        "<row><c><v>2</v></c></row>"
    )
    (grid,) = reader.parse(one(body))
    assert _values(grid) == [[1.0, None, 3.0, 4.0], [2.0, None, None, None], ["三", None, None, None]]


def test_how_a_word_is_pronounced_is_not_its_text(reader: Reader) -> None:
    """Also of a text that stands in the cell itself; runs are joined."""
    inline = "<is><r><t>东</t></r><r><t>京</t></r><rPh sb='0' eb='1'><t>dōng</t></rPh></is>"
    body = f'<row r="1"><c r="A1" t="inlineStr">{inline}</c></row>'
    assert _values(reader.parse(one(body))[0]) == [["东京"]]


@pytest.mark.parametrize("name", ["A'B", "一 班", "2025-9", "收!发", "a.b", "(1)", "=不是公式"])
def test_a_sheets_name_is_kept_as_it_is(reader: Reader, name: str) -> None:
    """What a formula would have to quote is only a name here."""
    parsed = reader.read(Book(sheets=[(name, sheet(rows([["粉笔"]])))]).build())
    assert [grid.sheet for grid in parsed.grids] == [name]


def test_sheets_without_cells_are_told_by_what_they_are(reader: Reader) -> None:
    """Charts, dialogues and macro sheets are passed over, each with its word; two hidden kinds are hidden."""
    kinds = {"图": "chartsheet", "框": "dialogsheet", "宏": "xlMacrosheet"}
    other = f'<chartsheet xmlns="{MAIN}"/>'
    sheets = [("表", sheet(rows([["粉笔"]]))), *((name, other) for name in kinds), ("深", sheet(rows([["x"]])))]
    parsed = reader.read(Book(sheets=sheets, kinds=kinds, attributes={"深": ' state="veryHidden"'}).build())
    assert [(grid.sheet, grid.visible) for grid in parsed.grids] == [("表", True), ("深", False)]
    told = [note.detail for note in parsed.notes if note.code == "chart-sheet"]
    assert told == ["图”是图表", "框”是对话框", "宏”是宏表"]


@pytest.mark.parametrize("strings", [None, f'{DECLARED}<sst xmlns="{MAIN}"/>'])
def test_a_text_that_is_not_in_the_file_is_no_blank(reader: Reader, strings: str | None) -> None:
    """A cell that points at a missing text refuses the file: what stood there cannot be known."""
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(one('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings))
    assert refusal.value.code == "bad-cell"


def test_two_sheets_of_one_name_are_refused(reader: Reader) -> None:
    """By capitals alone they are not told apart, and Excel would not open them."""
    book = Book(sheets=[("Sheet1", sheet(rows([["a"]]))), ("SHEET1", sheet(rows([["b"]])))])
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(book.build())
    assert refusal.value.code == "unsafe"
