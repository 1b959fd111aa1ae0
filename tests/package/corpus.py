"""Workbooks with everything that a mark must leave alone: by xlsxwriter, by openpyxl, and parts made by hand."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

if TYPE_CHECKING:
    from collections.abc import Callable

# Cells that every workbook of the corpus can be marked at: filled, blank within the used area, far outside it.
CELLS = ("B3", "C4", "A1", "D2", "F30")
_STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
)  # fmt: skip


def png() -> bytes:
    """Give a picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def rich() -> bytes:  # noqa: PLR0915  (one of each)
    """Charts, stamps, text boxes, validations, conditional formats, sparklines, tables, notes, names, print set-up."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("9月")
    other = book.add_worksheet("名册'甲'班")
    hidden = book.add_worksheet("旧数据")
    money = book.add_format({"num_format": "#,##0.00", "border": 1, "bg_color": "#FFF2CC"})
    striped = book.add_format({"pattern": 5, "fg_color": "#FF0000", "bg_color": "#00FF00"})
    unlocked = book.add_format({"locked": False, "font_color": "#C00000", "italic": True})
    sheet.write_row("A2", ["名称", "数量", "单价", "金额"])
    for row in range(2, 12):
        sheet.write_string(row, 0, f"物品{row}")
        sheet.write_number(row, 1, row)
        sheet.write_number(row, 2, 2.5, money)
        sheet.write_formula(row, 3, f"=B{row + 1}*C{row + 1}", money, row * 2.5)
    sheet.write("C5", 7, striped)
    sheet.merge_range("A1:D1", "物资收发存", money)
    sheet.write_rich_string("E3", "红", book.add_format({"color": "red"}), "字")
    sheet.write_url("E4", "https://example.com/", string="网址")
    sheet.write_url("E5", "internal:'名册''甲''班'!A1", string="名册")
    sheet.write_array_formula("E6:E7", "{=B3:B4*2}", None, 4)
    sheet.write_comment("B4", "李老师：这是原来的批注", {"author": "李老师", "x_scale": 2})
    sheet.write_comment("C4", "另一条原有批注")
    sheet.insert_image("G2", "章.png", {"image_data": io.BytesIO(png())})
    sheet.insert_textbox("G6", "此处盖章")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='9月'!$B$3:$B$12"})
    sheet.insert_chart("G10", chart)
    sheet.data_validation("B3:B12", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("D3:D12", {"type": "data_bar", "data_bar_2010": True})
    sheet.conditional_format("B3:B12", {"type": "cell", "criteria": ">", "value": 5, "format": unlocked})
    sheet.add_sparkline("F3", {"range": "'9月'!B3:B12"})
    sheet.insert_button("I2", {"caption": "按钮"})
    sheet.autofilter("A2:D12")
    sheet.repeat_rows(1)
    sheet.print_area("A1:E12")
    sheet.set_landscape()
    sheet.set_header("&C&G", {"image_center": "章.png", "image_data_center": io.BytesIO(png())})
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("F:F", 30, money)
    sheet.set_row(29, 25, unlocked)
    sheet.freeze_panes(2, 1)
    sheet.protect("密码", {"format_cells": False})
    other.add_table("A1:B4", {"columns": [{"header": "班级"}, {"header": "人数"}]})
    other.write_row("A2", ["七年级1班", 40])
    other.write("B3", True)
    other.set_first_sheet()
    other.activate()
    hidden.write("A1", "旧")
    hidden.hide()
    book.define_name("容差", "=0.01")
    book.define_name("'9月'!本表", "='9月'!$A$1")
    book.set_custom_property("部门", "后勤")
    book.close()
    return made.getvalue()


def by_openpyxl() -> bytes:
    """Write what another writer makes of notes, pictures left out: shared styles, fills, widths, grouped rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "问题清单"  # the clerk's own sheet of that name
    for row in range(1, 8):
        for column in range(1, 5):
            sheet.cell(row, column, row * column)
    sheet["B3"].fill = PatternFill("solid", fgColor="00B050")
    sheet["C4"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B3"].comment = Comment("原有\n两行", "张老师")
    sheet["A7"].comment = Comment("别处的批注", "张老师")
    sheet.row_dimensions.group(5, 6, hidden=True)
    sheet.merge_cells("A1:B2")
    rule = DataValidation(type="list", formula1='"甲,乙"')
    sheet.add_data_validation(rule)
    rule.add("D2")
    second = book.create_sheet("二")
    second["A1"] = "=SUM(问题清单!A1:A3)"
    book.defined_names["全校"] = openpyxl.workbook.defined_name.DefinedName("全校", attr_text="二!$A$1")
    second.print_title_rows = "1:1"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def strict() -> bytes:
    """Give a strict OOXML workbook: other namespaces throughout."""

    def recode(name: str, data: bytes) -> bytes:
        if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
            for before, after in _STRICT:
                data = data.replace(before.encode(), after.encode())
        return data

    return rewritten(small(), recode)


def transitional(data: bytes) -> bytes:
    """Undo `strict`, for a program that does not read it."""

    def recode(name: str, part: bytes) -> bytes:
        if name.endswith((".xml", ".rels")):
            for before, after in _STRICT:
                part = part.replace(after.encode(), before.encode())
        return part

    return rewritten(data, recode)


def bare() -> bytes:
    """Rows and cells without addresses, no dimension, no styles part, inline strings, one of rich text."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row><c t="inlineStr"><is><t>名称</t></is></c><c t="inlineStr"><is><t>数量</t></is></c></row>'
        '<row><c t="inlineStr"><is><r><t>粉</t></r><r><rPr><b/></rPr><t>笔</t></r></is></c><c><v>3</v></c></row>'
        '<row r="9"><c r="C9"><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>'
    )
    return package_of(
        {"xl/worksheets/sheet1.xml": sheet},
        '<sheet name="表" sheetId="7" r:id="rId1"/>',
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="worksheets/sheet1.xml"/>',
    )


def dates_of_1904() -> bytes:
    """Dates that count from 1904."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "date_1904": True})
    sheet = book.add_worksheet("日期")
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    for row in range(5):
        sheet.write_number(row, 1, 44_000 + row, date)
    book.close()
    return made.getvalue()


def small() -> bytes:
    """One sheet, a note and a chart."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表一")
    for row in range(6):
        sheet.write_row(row, 0, [row, "文字", row / 4])
    sheet.write_comment("A2", "原有批注")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=表一!$A$1:$A$6"})
    sheet.insert_chart("E2", chart)
    book.close()
    return made.getvalue()


def with_conversation() -> bytes:
    """Hold a threaded comment at B3, as newer Excel writes it: a stand-in note, the conversation, the person."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表一")
    sheet.write("B3", 5)
    sheet.write_comment("B3", "[Threaded comment]\n\nComment:\n请核对", {"author": "tc={0A}"})
    book.close()
    kind = "http://schemas.microsoft.com/office/2017/10/relationships"
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    thread = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B3" dT="2025-09-01T00:00:00.00" personId="{{01}}" '
        'id="{0A}"><text>请核对</text></threadedComment></ThreadedComments>'
    )
    person = f'<personList xmlns="{space}"><person displayName="王" id="{{01}}" userId="w"/></personList>'
    end = "</Relationships>"

    def add(name: str, data: bytes) -> bytes:
        if name == "xl/worksheets/_rels/sheet1.xml.rels":
            link = f'<Relationship Id="rId9" Type="{kind}/threadedComment" Target="../threadedComments/t1.xml"/>{end}'
            return data.replace(end.encode(), link.encode())
        if name == "xl/_rels/workbook.xml.rels":
            return data.replace(
                end.encode(), f'<Relationship Id="rId99" Type="{kind}/person" Target="persons/p.xml"/>{end}'.encode()
            )
        return data

    return rewritten(made.getvalue(), add, {"xl/threadedComments/t1.xml": thread, "xl/persons/p.xml": person})


def with_macros() -> bytes:
    """Hold a macro project and a signature of the whole file."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    book.add_worksheet("表一").write("B3", 1)
    book.add_vba_project(io.BytesIO(b"\xd0\xcf\x11\xe0 no project"), True)
    book.close()
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"

    def sign(name: str, data: bytes) -> bytes:
        if name == "_rels/.rels":
            link = f'<Relationship Id="rIdS" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
            return data.replace(b"</Relationships>", link.encode())
        return data

    parts = {"_xmlsignatures/origin.sigs": "", "_xmlsignatures/sig1.xml": "<Signature/>"}
    return rewritten(made.getvalue(), sign, parts)


def with_shared_formulas_and_views() -> bytes:
    """Shared formulas, a calculation chain, views of several people, an outside book, odd spacing, comments in XML."""
    sheet = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<!-- 由老程序写出 -->'
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">'
        '<x:dimension ref="A1:C4"/><x:sheetViews><x:sheetView tabSelected="1" workbookViewId="0"/></x:sheetViews>'
        '<x:sheetFormatPr defaultRowHeight="14" x14ac:dyDescent="0.2"/><x:sheetData>\n'
        '  <x:row r="1" spans="1:3" x14ac:dyDescent="0.2"><x:c r="A1"><x:v>1</x:v></x:c></x:row>\n'
        '  <x:row r="3" spans="1:3"><x:c r="A3"><x:v>2</x:v></x:c>'
        '<x:c r="B3"><x:f t="shared" ref="B3:B4" si="0">A3*2</x:f><x:v>4</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="A4"><x:v>3</x:v></x:c><x:c r="B4"><x:f t="shared" si="0"/><x:v>6</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/calcChain" Target="calcChain.xml"/>'
    )
    chain = '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B3" i="4"/></calcChain>'
    after = (
        '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">表!$A$1:$C$4</definedName></definedNames>'
        '<calcPr calcId="191029"/><customWorkbookViews><customWorkbookView name="甲" '
        'guid="{01234567-89AB-CDEF-0123-456789ABCDEF}" windowWidth="1" windowHeight="1" activeSheetId="4"/>'
        "</customWorkbookViews>"
    )
    return package_of(
        {"xl/worksheets/sheet1.xml": sheet, "xl/calcChain.xml": chain},
        '<sheet name="表" sheetId="4" r:id="rId1"/>', links,
        after=after,
    )  # fmt: skip


CORPUS: dict[str, Callable[[], bytes]] = {
    "rich": rich,
    "openpyxl": by_openpyxl,
    "strict": strict,
    "bare": bare,
    "1904": dates_of_1904,
    "small": small,
    "conversation": with_conversation,
    "macros": with_macros,
    "shared-formulas": with_shared_formulas_and_views,
}


def package_of(parts: dict[str, str], sheets: str, links: str, after: str = "") -> bytes:
    """Make a workbook of parts written by hand."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    whole = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}"><Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{office}"><sheets>{sheets}</sheets>{after}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{space}">{links}</Relationships>',
        **parts,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in whole.items():
            container.writestr(name, text)
    return made.getvalue()


def rewritten(data: bytes, change: Callable[[str, bytes], bytes], more: dict[str, str] | None = None) -> bytes:
    """Give a package with its parts changed and others added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return made.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """Give a package's parts, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def sheet_parts(data: bytes) -> dict[str, str]:
    """Give each sheet's part, by the sheet's name, found without our own code."""
    parts = parts_of(data)
    links = {
        re.search(r'\bId="([^"]+)"', each)[1]: re.search(r'\bTarget="([^"]+)"', each)[1]  # type: ignore[index]
        for each in re.findall(r"<Relationship [^>]+>", parts["xl/_rels/workbook.xml.rels"].decode())
    }
    found = {}
    for each in re.findall(r"<(?:\w+:)?sheet [^>]+>", parts["xl/workbook.xml"].decode()):
        name = re.search(r'\bname="([^"]*)"', each)[1]  # type: ignore[index]
        target = links[re.search(r'\b\w+:id="([^"]+)"', each)[1]]  # type: ignore[index]
        found[name.replace("&apos;", "'")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return found
