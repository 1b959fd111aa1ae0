"""Rows put into a package and cells written: what lies below, and all that points there, stays whole."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from package.compare import canonical
from package.corpus import CORPUS, parts_of, png, rich, sheet_parts
from recalculate import differences

from houqin.package import Growth, fill_workbook
from houqin.package.calculate import Calculator, Formula, NotPlain
from houqin.package.references import Insertion, shift_formula

if TYPE_CHECKING:
    from pathlib import Path

TOP, LAST = 4, 6  # the body's rows


def form() -> bytes:
    """Give a form with something of everything below, and beside, a body of three rows."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet, other = book.add_worksheet("明细"), book.add_worksheet("汇总")
    money = book.add_format({"num_format": "0.00", "border": 1})
    sheet.merge_range("A1:E1", "表", money)
    sheet.write_row("A3", ["名称", "数量", "单价", "金额", "累计"])
    for row in range(TOP, LAST + 1):
        for column in range(3):
            sheet.write_blank(row - 1, column, None, money)
        sheet.write_formula(f"D{row}", f"=ROUND(B{row}*C{row},2)", money, 0)
        sheet.write_formula(f"E{row}", f"=SUM(D${TOP}:D{row})", money, 0)
        sheet.set_row(row - 1, 30)
    sheet.write("A7", "合计")
    sheet.write_formula("D7", f"=SUM(D{TOP}:D{LAST})", money, 0)
    sheet.write_formula("B9", '=IF(D7>=0,"合计正常","看一看")', None, "合计正常")
    sheet.merge_range("A10:C11", "签字", money)
    sheet.write_comment("D10", "原有批注")
    sheet.insert_image("E10", "章.png", {"image_data": io.BytesIO(png())})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"=明细!$D${TOP}:$D${LAST}", "categories": f"=明细!$A${TOP}:$A${LAST}"})
    sheet.insert_chart("A14", chart)
    sheet.data_validation(f"B{TOP}:B{LAST}", {"validate": "decimal", "criteria": ">=", "value": 0})
    sheet.data_validation("B12", {"validate": "list", "source": "=$D$7:$D$9"})
    sheet.conditional_format(f"D{TOP}:D{LAST}", {"type": "cell", "criteria": ">", "value": "$D$7", "format": money})
    sheet.write_url("A12", "internal:'明细'!D7", string="到合计")
    sheet.set_row(9, 45)
    sheet.set_h_pagebreaks([8])
    sheet.print_area("A1:E12")
    sheet.repeat_rows(2)
    book.define_name("总额", "=明细!$D$7")
    other.write_formula("A1", "=明细!D7*2", None, 0)
    other.write_formula("A2", "=总额", None, 0)
    book.close()
    return made.getvalue()


def grown(data: bytes, rows: int) -> bytes:
    """Fill some rows in."""
    extra = max(0, rows - (LAST - TOP + 1))
    cells = {}
    for at in range(rows):
        cells |= {(TOP + at, 1): f"物品{at}", (TOP + at, 2): at + 1, (TOP + at, 3): Decimal("2.35")}
    return fill_workbook(data, [Growth("明细", TOP, LAST, extra)], {"明细": cells}).data


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 200))
def test_whatever_the_number_of_rows_all_below_stays_whole(rows: int) -> None:
    """0 to 200 rows: merges, heights, names, validations, notes, pictures, charts, links, sums lie where they must."""
    data = grown(form(), rows)
    by = max(0, rows - 3)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet, last = book["明细"], LAST + by
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:E1", f"A{10 + by}:C{11 + by}"}
    assert [sheet.cell(7 + by, 1).value, sheet.cell(10 + by, 1).value] == ["合计", "签字"]
    assert sheet.cell(7 + by, 4).value == f"=SUM(D{TOP}:D{last})"
    assert sheet.row_dimensions[10 + by].height == 45
    assert {sheet.row_dimensions[row].height for row in range(TOP, last + 1)} == {30}
    assert sheet.print_area == f"'明细'!$A$1:$E${12 + by}"
    assert book.defined_names["总额"].attr_text == f"明细!$D${7 + by}"
    assert sheet.cell(10 + by, 4).comment.text == "原有批注"
    assert [each.id for each in sheet.row_breaks.brk] == [8 + by]
    drawing = parts_of(data)["xl/drawings/drawing1.xml"].decode()
    assert [int(row) for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)<", drawing)] == [9 + by, 13 + by]
    assert f"明细!$D${TOP}:$D${last}<" in parts_of(data)["xl/charts/chart1.xml"].decode()
    assert {str(each.sqref) for each in sheet.data_validations.dataValidation} == {f"B{TOP}:B{last}", f"B{12 + by}"}
    assert [str(each.sqref) for each in sheet.conditional_formatting] == [f"D{TOP}:D{last}"]
    assert sheet.cell(12 + by, 1).hyperlink.location == f"'明细'!D{7 + by}"
    assert [sheet.cell(row, 5).value for row in (TOP, last)] == [f"=SUM(D${TOP}:D{TOP})", f"=SUM(D${TOP}:D{last})"]
    assert sheet.cell(last, 1).border.left.style == "thin"
    stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    total = sum(round((at + 1) * 235) for at in range(rows)) / 100
    assert stored["明细"].cell(7 + by, 4).value == pytest.approx(total)
    assert stored["汇总"]["A1"].value == pytest.approx(total * 2)


def test_one_sample_row_makes_the_sums_longer_too() -> None:
    """A form with a single sample row: Excel itself would leave the new rows out of the sum."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write("A2", None)
    sheet.merge_range("B2:C2", "")
    sheet.write_formula("D2", "=A2*2", None, 0)
    sheet.write_formula("A3", "=SUM(A2:A2)", None, 0)
    sheet.print_area("A1:D3")
    book.close()
    data = fill_workbook(made.getvalue(), [Growth("表", 2, 2, 2)], {"表": {(2, 1): 1, (3, 1): 2, (4, 1): 3}}).data
    filled = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert filled["A5"].value == "=SUM(A2:A4)"
    assert [filled[f"D{row}"].value for row in (2, 3, 4)] == ["=A2*2", "=A3*2", "=A4*2"]
    assert {str(each) for each in filled.merged_cells.ranges} == {"B2:C2", "B3:C3", "B4:C4"}
    assert openpyxl.load_workbook(io.BytesIO(data), data_only=True)["表"]["A5"].value == 6


@pytest.mark.parametrize("name", CORPUS)
def test_nothing_is_lost_from_any_package(name: str) -> None:
    """A cell written in the corpus of odd packages: every part is there, only the sheet itself and sums differ."""
    before = CORPUS[name]()
    sheet = next(iter(sheet_parts(before)))
    after = fill_workbook(before, [], {sheet: {(30, 6): "=1+1"}}).data
    old, new = parts_of(before), parts_of(after)
    assert [each for each in old if each not in new and "calcChain" not in each] == []
    touched = {each for each, data in old.items() if each in new and new[each] != data}
    allowed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", *sheet_parts(before).values()}
    assert touched <= allowed
    cell = openpyxl.load_workbook(io.BytesIO(after))[sheet]["F30"] if name != "strict" else None
    assert cell is None or (cell.data_type, cell.value) == ("s", "=1+1") or cell.data_type == "inlineStr"


def test_styles_and_media_are_byte_for_byte_the_same() -> None:
    """Rows put into the richest workbook touch neither styles, nor pictures, nor other sheets without references."""
    before = rich()
    after = fill_workbook(before, [Growth("9月", 3, 12, 7)], {"9月": {(3, 1): "甲"}}).data
    old, new = parts_of(before), parts_of(after)
    same = [each for each in old if each.startswith(("xl/media/", "xl/styles", "xl/theme", "xl/worksheets/sheet3"))]
    assert same
    assert all(new[each] == old[each] for each in same)
    book = openpyxl.load_workbook(io.BytesIO(after))
    assert book["9月"].cell(19, 4).value == "=B19*C19"
    assert book["9月"].auto_filter.ref == "A2:D19"


def test_filling_nothing_in_changes_nothing_that_is_seen() -> None:
    """A form without rows is the blank itself, but for stored values."""
    blank = grown(form(), 0)
    old, new = parts_of(blank), parts_of(fill_workbook(blank, [], {}).data)
    assert {name for name, data in old.items() if canonical_of(data) != canonical_of(new[name])} == set()


def canonical_of(data: bytes) -> str:
    """Give a part in one spelling, a picture as it is."""
    from lxml import etree  # noqa: PLC0415

    return canonical(etree.fromstring(data)) if data.lstrip().startswith(b"<") else data.hex()


def test_a_date_is_a_date_where_the_cell_shows_dates() -> None:
    """Else it is a text: a number such as 45901 would mean nothing to a reader."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_blank("A1", None, book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    sheet.write_blank("A2", None, book.add_format({"num_format": "0.00"}))
    book.close()
    day = date(2025, 9, 1)
    data = fill_workbook(made.getvalue(), [], {"表": {(1, 1): day, (2, 1): day}}).data
    filled = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert filled["A1"].value.date() == day
    assert filled["A2"].value == "2025-09-01"


def test_what_cannot_be_computed_is_left_to_excel_and_told() -> None:
    """A function that is not plain: no stale value stays, and Excel computes all when it opens the file."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_formula("B1", '=VLOOKUP("甲",A1:A9,1,FALSE)', None, "旧")
    sheet.write_formula("B2", "=B1&1", None, "旧1")
    book.close()
    filled = fill_workbook(made.getvalue(), [], {"表": {(1, 1): "甲"}})
    assert filled.left == (("表", "B1"), ("表", "B2"))
    assert b"fullCalcOnLoad" in parts_of(filled.data)["xl/workbook.xml"]
    assert openpyxl.load_workbook(io.BytesIO(filled.data), data_only=True)["表"]["B1"].value is None


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:A3)", Fraction(7, 2)), ("A1+A2*2-1", Fraction(5)), ("ROUND(2.675,2)", Fraction(268, 100)),
        ('IF(A4="","空","有")', "空"), ("IF(A4=0,1,VLOOKUP(1,2,3))", Fraction(1)), ("-A1^2", NotPlain),
        ("A5", NotPlain), ("A1/A4", NotPlain), ('"合计"&A1', "合计1"), ("A1>=0.5", True), ("TODAY()", NotPlain),
        ("AVERAGE(A1:A2)", Fraction(7, 4)), ("A1%", Fraction(1, 100)), ("'表'!A1", Fraction(1)), ("[1]表!A1", NotPlain),
    ],
)  # fmt: skip
def test_plain_formulas_are_computed(formula: str, expected: object) -> None:
    """Exactly, and nothing that is not surely what Excel would give."""
    cells = {("表", 1, 1): Fraction(1), ("表", 2, 1): Fraction(5, 2), ("表", 3, 1): "文字", ("表", 5, 1): Formula("#"),
             ("表", 9, 9): Formula(formula)}  # fmt: skip
    if expected is NotPlain:
        with pytest.raises(NotPlain):
            Calculator(cells).value(("表", 9, 9))
    else:
        assert Calculator(cells).value(("表", 9, 9)) == expected


def test_a_circle_is_not_computed() -> None:
    """Two formulas that need one another."""
    cells = {("表", 1, 1): Formula("A2"), ("表", 2, 1): Formula("A1+1")}
    with pytest.raises(NotPlain):
        Calculator(cells).value(("表", 1, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A8", "A10"), ("A4", "A4"), ("SUM(A1:A8)", "SUM(A1:A10)"), ('"A8"&A8', '"A8"&A10'),
        ("LOG10(A8)", "LOG10(A10)"),
        ("别的!A8", "别的!A8"), ("'表'!$A$8", "'表'!$A$10"), ("[1]表!A8", "[1]表!A8"), ("表1[A8]", "表1[A8]"),
        ("A:A", "A:A"), ("8:9", "10:11"), ("A1:A1048576", "A1:A1048576"), ("A8_x+B8", "A8_x+B10"),
        ("T8(1)", "T8(1)"),
    ],
)  # fmt: skip
def test_references_follow(before: str, after: str) -> None:
    """Only what is a reference into the sheet moves."""
    assert shift_formula(before, Insertion(6, 2), sheet="表", own=True) == after


@pytest.mark.office
def test_libreoffice_finds_every_stored_value_right(tmp_path: Path) -> None:
    """Recalculated, nothing differs."""
    paths = []
    for rows in (0, 3, 57):
        (tmp_path / f"{rows}.xlsx").write_bytes(grown(form(), rows))
        paths.append(tmp_path / f"{rows}.xlsx")
    assert differences(paths) == []
