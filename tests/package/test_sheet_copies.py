"""A sheet made into several: every copy has all that the sheet had, and nothing else in the workbook changes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from package.corpus import CORPUS, parts_of, png, sheet_parts
from recalculate import differences

from houqin.package import CannotEdit, Growth, fill_workbook

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ["七年级(1)班", "七年级(2)班", "O'Brien"]


def book(*, with_table: bool = False, summary: str = "") -> bytes:
    """Give a workbook with a cover, a slip with something of everything, and a sheet behind it."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    cover, slip, back = (book.add_worksheet(name) for name in ("封面", "分装单", "说明"))
    cover.write("A1", "封面")
    back.write("A1", "说明")
    if summary:
        back.write_formula("A2", summary, None, 0)
    box = book.add_format({"border": 1, "num_format": "0.00"})
    slip.merge_range("A1:D1", "分装单", box)
    slip.write_row("A2", ["姓名", "套数", "单价", "金额"], box)
    for row in (3, 4):
        slip.write_formula(f"D{row}", f"=B{row}*C{row}", box, 0)
    slip.write_formula("D5", "=SUM(分装单!D3:D4)", box, 0)
    slip.write_comment("A2", "批注在此")
    slip.insert_image("F1", "徽.png", {"image_data": io.BytesIO(png())})
    slip.insert_textbox("F8", "盖章处")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=分装单!$B$3:$B$4", "categories": "=分装单!$A$3:$A$4"})
    slip.insert_chart("F12", chart)
    slip.data_validation("B3:B4", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 9})
    slip.conditional_format("D3:D4", {"type": "cell", "criteria": ">", "value": 100, "format": box})
    slip.write_url("A7", "internal:'分装单'!D5", string="到合计")
    slip.write_url("A8", "https://example.com/", string="网页")
    slip.print_area("A1:D5")
    slip.repeat_rows(0, 1)
    slip.set_landscape()
    slip.activate()
    if with_table:
        slip.add_table("H20:I22")
    book.close()
    return made.getvalue()


def copied(data: bytes, *, rows: int = 2) -> bytes:
    """Copy the slip for three classes, fill each in, the table as long as asked for."""
    cells = {
        name: {(1, 1): name, **{(3 + at, column): value for at in range(rows)
               for column, value in ((1, f"学生{at}"), (2, number), (3, 10))}}
        for number, name in enumerate(NAMES, 1)
    }  # fmt: skip
    growths = [Growth(name, 3, 4, rows - 2) for name in NAMES]
    return fill_workbook(data, growths, cells, {"分装单": NAMES}).data


def test_copies_stand_where_the_sheet_stood_and_the_first_is_in_view() -> None:
    """The order of all others is kept; only one sheet is selected, or all would be written in at once."""
    workbook = openpyxl.load_workbook(io.BytesIO(copied(book())))
    assert workbook.sheetnames == ["封面", *NAMES, "说明"]
    assert workbook.active.title == NAMES[0]
    assert [sheet.title for sheet in workbook if sheet.sheet_view.tabSelected] == [NAMES[0]]


def test_each_copy_has_all_that_the_sheet_had() -> None:
    """Merges, limits, colours, notes, pictures, charts, links, print settings: one by one."""
    workbook = openpyxl.load_workbook(io.BytesIO(copied(book())))
    for name in NAMES:
        sheet = workbook[name]
        quoted = "'" + name.replace("'", "''") + "'"
        assert [str(each) for each in sheet.merged_cells.ranges] == ["A1:D1"]
        assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["B3:B4"]
        assert [str(each.sqref) for each in sheet.conditional_formatting] == ["D3:D4"]
        assert "批注在此" in sheet["A2"].comment.text
        (chart,) = sheet._charts
        (series,) = chart.series
        assert series.val.numRef.f == f"{quoted}!$B$3:$B$4"
        assert sheet["D5"].value == f"=SUM({quoted}!D3:D4)"
        assert sheet["A7"].hyperlink.location == f"{quoted}!D5"
        assert sheet["A8"].hyperlink.target == "https://example.com/"
        assert (sheet.print_area, sheet.print_title_rows) == (f"{quoted}!$A$1:$D$5", "$1:$2")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet["A1"].value == name


def test_parts_are_copied_or_shared_and_none_is_left_over() -> None:
    """Styles and the picture stay byte for byte; a drawing a copy; what was the sheet's alone is gone with it."""
    old, new = parts_of(book()), parts_of(copied(book()))
    for name in ("xl/styles.xml", "xl/theme/theme1.xml", "xl/media/image1.png", "xl/worksheets/sheet1.xml",
                 "xl/worksheets/sheet3.xml"):  # fmt: skip
        assert new[name] == old[name]
    assert "xl/worksheets/sheet2.xml" not in new
    assert sum("drawings/drawing" in name and "_rels" not in name for name in new) == 3
    assert all(b"media/image1.png" in data for name, data in new.items() if "drawings/_rels/drawing" in name)
    assert all(b"<xdr:pic>" in data for name, data in new.items() if "drawings/drawing" in name)
    assert sum("charts/chart" in name for name in new) == 3
    assert sum("/comments" in name for name in new) == 3
    types = new["[Content_Types].xml"].decode()
    named = [name for name in new if name.endswith(".xml") and f'PartName="/{name}"' not in types]
    assert named == ["[Content_Types].xml"]
    told = [part.split('"')[0] for part in types.split('PartName="/')[1:]]
    assert [name for name in told if name not in new] == []


def test_libreoffice_opens_the_copies_and_finds_their_values_right(tmp_path: Path) -> None:
    """Grown by different numbers of rows, each adds up its own."""
    (tmp_path / "copied.xlsx").write_bytes(copied(book(), rows=7))
    assert differences([tmp_path / "copied.xlsx"]) == []
    stored = openpyxl.load_workbook(tmp_path / "copied.xlsx", data_only=True)
    assert [stored[name]["D10"].value for name in NAMES] == [70, 140, 210]


def test_the_same_copies_are_the_same_bytes() -> None:
    """Whatever the time."""
    assert copied(book()) == copied(book())


@pytest.mark.parametrize(
    ("data", "told"),
    [(book(with_table=True), "表格对象"), (book(summary="=SUM(分装单!D3:D4)"), "“说明”的公式用到了“分装单”")],
)
def test_what_cannot_stand_twice_is_refused(data: bytes, told: str) -> None:
    """A table's name is the workbook's; a sum over a sheet that goes would be broken."""
    with pytest.raises(CannotEdit, match=told):
        copied(data)


@pytest.mark.parametrize("name", sorted(CORPUS))
def test_any_workbook_is_copied_whole_or_refused(name: str) -> None:
    """Nothing but the two: a workbook that a program can open, or a sentence."""
    data = CORPUS[name]() if callable(CORPUS[name]) else CORPUS[name]
    first = next(iter(sheet_parts(data)))
    try:
        made = fill_workbook(data, [], {}, {first: ["甲", "乙"]}).data
    except CannotEdit:
        return
    assert list(sheet_parts(made))[:2] == ["甲", "乙"]
