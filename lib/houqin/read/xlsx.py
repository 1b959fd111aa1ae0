"""An OOXML workbook -> grids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.xml_parts import (
    SheetPart,
    Tables,
    find_part,
    find_workbook,
    read_shared_strings,
    read_sheet_list,
    read_styles,
)
from houqin.read.xml_sheet import SheetScan
from houqin.read.zip_check import Package

if TYPE_CHECKING:
    from houqin.model import Grid
    from houqin.read.limits import Limits

_OTHER_ZIPS = {"word/": "这是 Word 文档", "ppt/": "这是 PPT 演示文稿"}


def read_zip(data: bytes, limits: Limits) -> list[Grid]:
    """Read the sheets of a workbook in a zip container."""
    package = Package(data, limits)
    workbook = find_workbook(package)
    if workbook not in package:
        kinds = (text for start, text in _OTHER_ZIPS.items() if any(n.startswith(start) for n in package.names))
        raise RefusedFile("not-a-workbook", next(kinds, "压缩包里没有工作簿"))
    if not workbook.lower().endswith(".xml"):
        from houqin.read.other import read_by_calamine  # noqa: PLC0415  (a parser that most runs never need)

        return read_by_calamine(data, limits)
    if any(workbook.lower().startswith(start) for start in _OTHER_ZIPS):
        raise RefusedFile("not-a-workbook", _OTHER_ZIPS[workbook.lower().split("/")[0] + "/"])
    sheets, d1904 = read_sheet_list(package, workbook)
    tables = _read_tables(package, workbook, limits, d1904=d1904)
    return [_read_sheet(package, sheet, limits, tables) for sheet in sheets]


def _read_tables(package: Package, workbook: str, limits: Limits, *, d1904: bool) -> Tables:
    strings_part = find_part(package, workbook, "sharedStrings")
    styles_part = find_part(package, workbook, "styles")
    strings = read_shared_strings(package.read(strings_part), limits.string_chars) if strings_part else []
    styles, formats = read_styles(package.read(styles_part)) if styles_part else ([], ["General"])
    return Tables(strings, styles, formats, d1904)


def _read_sheet(package: Package, sheet: SheetPart, limits: Limits, tables: Tables) -> Grid:
    try:
        return SheetScan(limits, tables).run(package.read(sheet.part)).grid(sheet.name, visible=sheet.visible)
    except RefusedFile as fault:
        if fault.code == "bad-cell":
            raise RefusedFile(fault.code, f"“{sheet.name}”{fault}") from fault
        raise
