"""The writer: one look, exact numbers, nothing lost, the same bytes each time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from houqin.errors import FailedRun
from houqin.workbook import (
    DATE,
    MONEY,
    QUANTITY,
    TEXT,
    Area,
    Col,
    Formula,
    Link,
    Series,
    Workbook,
    external,
    internal,
    print_workbook,
)
from houqin.workbook.quick import QuickSheet

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ["粉笔", Decimal("12.50"), Decimal("3.10"), "2025-09-01"],
    ["=1+1", Decimal(3), Decimal("9.95"), "2019-09"],
    ["无签字", None, None, None],
]
COLUMNS = [Col("物品"), Col("数量", QUANTITY, total="sum"), Col("金额（元）", MONEY, total="sum"), Col("日期", DATE)]


def _book(path: Path, *, example: bool = False) -> Path:
    with Workbook(path, title="物资台账", example=example) as book:
        sheet = book.sheet("台账")
        top = sheet.head("物资台账", 4, lines=["单位：元"], verdict="通过")
        placed = sheet.table(top, 1, COLUMNS, ROWS)
        amounts = [Series("金额", placed.column(2))]
        sheet.chart(placed.next_row, 1, title="金额（元）", categories=placed.column(0), series=amounts)
        sheet.highlight(placed.column(2), f"C{placed.first}>5", "bad-light")
        book.define_name("容差", sheet.area(top, 2))
    return path


def test_two_builds_give_the_same_bytes(tmp_path: Path) -> None:
    """A run's identity rests on it: no time and no order of chance may reach the file."""
    assert _book(tmp_path / "甲.xlsx").read_bytes() == _book(tmp_path / "乙.xlsx").read_bytes()


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """What a clerk typed is never run."""
    sheet = openpyxl.load_workbook(_book(tmp_path / "a.xlsx"))["台账"]
    cell = next(c for row in sheet.iter_rows() for c in row if c.value == "=1+1")
    assert cell.data_type == "s"


def test_numbers_stand_in_the_file_as_their_shortest_decimals(tmp_path: Path) -> None:
    """9.95 is written as 9.95 and not as the sixteen digits of its nearest double."""
    with ZipFile(_book(tmp_path / "a.xlsx")) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>9.95</v>" in xml
    assert "<v>12.5</v>" in xml


def test_a_total_is_a_live_formula_with_its_exact_value(tmp_path: Path) -> None:
    """Previews and phones show the stored value; Excel recalculates, and a filter does not change what others read."""
    path = _book(tmp_path / "a.xlsx")
    formulas = openpyxl.load_workbook(path)["台账"]
    values = openpyxl.load_workbook(path, data_only=True)["台账"]
    at = {c.value: c.coordinate for row in formulas.iter_rows() for c in row if str(c.value).startswith("=SUM")}
    assert {k: values[v].value for k, v in at.items()} == {
        "=SUM(B6:B8)": 15.5,
        "=SUM(C6:C8)": 13.05,
    }


def test_whole_dates_become_dates_and_months_stay_text(tmp_path: Path) -> None:
    """2019-09 has no day, and none is made up."""
    sheet = openpyxl.load_workbook(_book(tmp_path / "a.xlsx"))["台账"]
    shown = [sheet.cell(row, 4).value for row in (6, 7)]
    assert str(shown[0]) == "2025-09-01 00:00:00"
    assert shown[1] == "2019-09"


def test_a_formula_without_its_value_is_refused(tmp_path: Path) -> None:
    """Else it would read 0 wherever nothing recalculates."""
    book = Workbook(tmp_path / "a.xlsx", title="台账")
    sheet = book.sheet("台账")
    for value in (None, 1.5):
        with pytest.raises(FailedRun, match="没有给出精确的值"):
            sheet.formula(1, 1, "=1+1", value)


def test_a_function_that_wps_lacks_is_refused(tmp_path: Path) -> None:
    """Excel 2010 and WPS must calculate whatever we write."""
    sheet = Workbook(tmp_path / "a.xlsx", title="台账").sheet("台账")
    with pytest.raises(FailedRun, match="XLOOKUP"):
        sheet.formula(1, 1, "=XLOOKUP(1,A:A,B:B)", 1)
    sheet.formula(1, 1, 'SUMIFS(B:B,A:A,"XLOOKUP(1)")', 1)


@pytest.mark.parametrize("value", [1.5, object(), b"x"])
def test_inexact_and_foreign_values_are_refused(tmp_path: Path, value: object) -> None:
    """No float holds money, and nothing is written by its repr."""
    sheet = Workbook(tmp_path / "a.xlsx", title="台账").sheet("台账")
    with pytest.raises(TypeError, match="no cell value"):
        sheet.write(1, 1, value)


def test_what_lies_outside_the_grid_fails_the_run(tmp_path: Path) -> None:
    """The writer only returns a code for it."""
    sheet = Workbook(tmp_path / "a.xlsx", title="台账").sheet("台账")
    with pytest.raises(FailedRun, match="没有写成"):
        sheet.text(1_048_577, 1, "末行之后")


def test_links_beyond_the_limit_fail_the_run(tmp_path: Path) -> None:
    """The writer drops them with a warning."""
    sheet = Workbook(tmp_path / "a.xlsx", title="台账").sheet("台账")
    sheet._links = 65_530
    with pytest.raises(FailedRun, match="65,530"):
        sheet.link(1, 1, internal("台账"), "台账")


@pytest.mark.parametrize(
    ("wanted", "legal"),
    [
        ("七年级(3)班", "七年级(3)班"),
        ("台账[2025]/秋", "台账 2025 秋"),
        ("'引号'", "引号"),
        ("", "表"),
        ("history", "history表"),
        ("长" * 40, "长" * 31),
    ],
)
def test_sheet_names_are_made_legal(tmp_path: Path, wanted: str, legal: str) -> None:
    """Excel refuses brackets, slashes, quotes at the ends, the word history and more than 31 characters."""
    assert Workbook(tmp_path / "a.xlsx", title="台账").sheet(wanted).name == legal


def test_sheet_names_are_made_unique_without_regard_to_case(tmp_path: Path) -> None:
    """Excel takes abc and ABC for one name."""
    book = Workbook(tmp_path / "a.xlsx", title="台账")
    assert [book.sheet(n).name for n in ("abc", "ABC", "长" * 31, "长" * 32)] == [
        "abc",
        "ABC(2)",
        "长" * 31,
        "长" * 28 + "(2)",
    ]


def test_links_lead_to_the_cell_that_they_name(tmp_path: Path) -> None:
    """A blank, a # and a quote in names must not lead elsewhere; relative paths keep forward slashes."""
    path = tmp_path / "a.xlsx"
    with Workbook(path, title="台账") as book:
        sheet = book.sheet("台'账")
        sheet.link(1, 1, external("../../来源/收 发#存%41.xlsx", "九月's", "H13"), "H13")
        sheet.write(2, 1, Link(internal("台'账", "B2"), "去 B2"))
        sheet.number_link(3, 1, internal("台'账", "B3"), Formula("1+1", 2), MONEY)
    sheet = openpyxl.load_workbook(path)["台'账"]
    assert sheet["A1"].hyperlink.target == "../../来源/收%20发%23存%2541.xlsx"
    assert sheet["A1"].hyperlink.location == "'九月''s'!H13"
    assert sheet["A1"].value == "H13"
    assert sheet["A2"].hyperlink.location == "'台''账'!B2"
    assert sheet["A2"].value == "去 B2"
    assert sheet["A3"].hyperlink.location == "'台''账'!B3"
    assert sheet["A3"].value == "=1+1"


def test_columns_are_wide_enough_for_their_content(tmp_path: Path) -> None:
    """A Chinese character counts two; no number is cut into ####."""
    sheet = openpyxl.load_workbook(_book(tmp_path / "a.xlsx"))["台账"]
    widths = {c: sheet.column_dimensions[c].width for c in "ABCD"}
    assert widths["C"] >= len("金额（元）") * 2
    assert widths["D"] >= 11


def test_each_sheet_prints_on_a4_one_page_wide(tmp_path: Path) -> None:
    """Header rows repeat and pages are counted."""
    sheet = openpyxl.load_workbook(_book(tmp_path / "a.xlsx"))["台账"]
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$5:$5"
    assert "第 &P 页 共 &N 页" in sheet.oddFooter.right.text.replace("&[Page]", "&P")


def test_an_example_says_so_in_title_and_head(tmp_path: Path) -> None:
    """Nobody shall sign an example by mistake."""
    book = openpyxl.load_workbook(_book(tmp_path / "a.xlsx", example=True))
    assert book.properties.title == "【示例】物资台账"
    assert book["台账"]["A1"].value == "【示例】物资台账"


def test_signed_forms_are_set_in_song(tmp_path: Path) -> None:
    """Office forms demand 宋体, screens 等线."""
    with print_workbook(tmp_path / "p.xlsx", title="单据") as book:
        book.sheet("单据").text(1, 1, "甲")
    assert openpyxl.load_workbook(tmp_path / "p.xlsx")["单据"]["A1"].font.name == "宋体"
    assert openpyxl.load_workbook(_book(tmp_path / "a.xlsx"))["台账"]["A6"].font.name == "等线"


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    """A blank sheet leaves a reader wondering."""
    with Workbook(tmp_path / "a.xlsx", title="台账") as book:
        placed = book.sheet("台账").table(1, 1, COLUMNS, [])
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"]["A2"].value == "（无记录）"
    assert placed.total is None
    assert placed.next_row == 4


def test_areas_quote_their_sheet() -> None:
    """A quote in a sheet's name is doubled in formulas."""
    assert Area("台'账", 2, 1, 9, 28).ref == "'台''账'!$A$2:$AB$9"
    assert Area("台账", 2, 1, 2, 1).local == "$A$2"


def test_a_workbook_left_by_an_error_is_not_saved(tmp_path: Path) -> None:
    """Half a workbook is worse than none."""
    with pytest.raises(TypeError), Workbook(tmp_path / "a.xlsx", title="台账") as book:
        book.sheet("台账").write(1, 1, 1.5)
    assert not (tmp_path / "a.xlsx").exists()


def test_a_column_is_written_as_its_cells_would_be(tmp_path: Path) -> None:
    """The fast way must give what the plain way gives, cell for cell."""
    values = ["粉笔", None, "", Decimal("12.50"), 3, "2025-09-01", "2019-09", Formula("1+1", 2), True, "长" * 40]
    for style in (TEXT.but(wrap=True), QUANTITY, DATE, MONEY):
        for name in ("快", "慢"):
            with Workbook(tmp_path / f"{name}.xlsx", title="同") as book:
                sheet = book.sheet("表")
                if name == "快":
                    sheet.column(2, 3, values, style)
                else:
                    for row, value in enumerate(values, 2):
                        sheet.write(row, 3, value, style)
        parts = [ZipFile(tmp_path / f"{name}.xlsx") for name in ("快", "慢")]
        members = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml")
        assert [parts[0].read(m) for m in members] == [parts[1].read(m) for m in members]


def test_our_own_sheet_writes_what_the_librarys_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the quick sheet leaves out is work, and never a sign of the file; a text may name any function."""
    made = {}
    for name, kind in (("快", QuickSheet), ("慢", Plain)):
        monkeypatch.setattr("houqin.workbook.book.QuickSheet", kind)
        with Workbook(tmp_path / f"{name}.xlsx", title="同") as book:
            sheet = book.sheet("表")
            sheet.table(1, 1, COLUMNS, ROWS)
            formulas = (Formula("=SUM(B2:B4)", Decimal("15.5")), Formula('IF(B2>0,"多","")', "多"),
                        Formula("SUMPRODUCT({1,2}*{3,4})", 11), Formula("SUM({1,2}", 3))  # fmt: skip
            for row, formula in enumerate(formulas, 8):
                sheet.write(row, 2, formula)
            sheet.merge((16, 1, 17, 3), "合并", TEXT)
            sheet.choices(sheet.area(20, 1), ["甲", "乙"], "请选一个")
            sheet.highlight(sheet.area(2, 1, 4, 1), 'A2="粉笔"', "bad-light")
        parts = ZipFile(tmp_path / f"{name}.xlsx")
        made[name] = {each: parts.read(each) for each in parts.namelist()}
    assert made["快"] == made["慢"]


class Plain(Worksheet):
    """The library's own sheet, which the quick way of a column asks through its public methods."""

    def begin_column(self, _first: int, _last: int, _column: int) -> bool:
        """Make no room: each cell does."""
        return True

    def put_text(self, row: int, column: int, text: str, look: object) -> None:
        """Write a text."""
        assert self.write_string(row, column, text, look) == 0

    def put_number(self, row: int, column: int, number: int | Decimal, look: object) -> None:
        """Write a number."""
        assert self.write_number(row, column, number, look) == 0


@pytest.mark.parametrize("value", ["文", 1])
def test_a_column_beyond_the_sheet_is_refused(tmp_path: Path, value: str | int) -> None:
    """Excel has 1,048,576 rows; what would be dropped is a fault instead."""
    sheet = Workbook(tmp_path / "a.xlsx", title="长").sheet("表")
    with pytest.raises(FailedRun, match="没有写成"):
        sheet.column(1_048_576, 1, [value, value], TEXT)


def test_beyond_what_excel_links_the_addresses_stay_as_text(tmp_path: Path) -> None:
    """Excel holds 65,530 links a sheet: a table of more than 50,000 rows keeps its texts and is not refused."""
    rows = [[number, Link(internal("表", f"A{number}"), f"A{number}")] for number in range(1, 50_002)]
    book = Workbook(tmp_path / "a.xlsx", title="多")
    sheet = book.sheet("表")
    sheet.table(1, 1, [Col("序号"), Col("单元格")], rows)
    assert sheet._links == 0
    assert sheet._fitted[2] >= len("A50001")


def test_a_row_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    """A missing value would shift nothing and lose something."""
    sheet = Workbook(tmp_path / "a.xlsx", title="错").sheet("表")
    with pytest.raises(ValueError, match="as many values"):
        sheet.table(1, 1, [Col("甲"), Col("乙")], [["一"]])
