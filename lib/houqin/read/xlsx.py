"""An OOXML workbook -> grids and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.archive import archive_members
from houqin.read.notes import Note, Parsed
from houqin.read.ods import read_ods
from houqin.read.xlsb_parts import read_extras
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
# Excel itself ends at 65,490 cell formats.
_MANY_STYLES = 65_490


def read_zip(data: bytes, limits: Limits, password: str | None = None) -> Parsed:
    """Read the sheets of a workbook in a zip container, or give the files of an archive."""
    package = Package(data, limits, password)
    workbook = find_workbook(package)
    if workbook not in package:
        return _read_other_zip(package, limits)
    if not workbook.lower().endswith(".xml"):
        from houqin.read.other import read_by_calamine  # noqa: PLC0415  (a parser that most runs never need)

        binary = Parsed("xlsb", *read_by_calamine(data, limits, read_extras(package, workbook)))
        binary.notes[:0] = _package_notes(package)
        return binary
    if any(workbook.lower().startswith(start) for start in _OTHER_ZIPS):
        raise RefusedFile("not-a-workbook", _OTHER_ZIPS[workbook.lower().split("/")[0] + "/"])
    sheets, d1904 = read_sheet_list(package, workbook)
    tables = _read_tables(package, workbook, limits, d1904=d1904)
    notes: list[Note] = []
    grids = [_read_sheet(package, sheet, limits, tables, notes) for sheet in sheets]
    return Parsed("xlsx", grids, _package_notes(package) + notes)


def _read_other_zip(package: Package, limits: Limits) -> Parsed:
    if "content.xml" in package and b"opendocument.spreadsheet" in package.read("mimetype"):
        return read_ods(package, limits)
    members = archive_members(package, limits)
    if members is not None:
        return Parsed("zip", [], [], members)
    kinds = (text for start, text in _OTHER_ZIPS.items() if any(n.startswith(start) for n in package.names))
    raise RefusedFile("not-a-workbook", next(kinds, "压缩包里没有工作簿"))


def _package_notes(package: Package) -> list[Note]:
    """Tell of what the package holds beside its sheets."""
    names = package.names
    notes = []
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        notes.append(Note("macros"))
    if any("/externallinks/" in name and "/_rels/" not in name for name in names):
        notes.append(Note("external-links"))
    if "[content_types].xml" not in package:
        package.note("缺少内容类型表")
    return notes + package.notes


def _read_tables(package: Package, workbook: str, limits: Limits, *, d1904: bool) -> Tables:
    strings_part = find_part(package, workbook, "sharedStrings")
    styles_part = find_part(package, workbook, "styles")
    strings = read_shared_strings(package.read(strings_part), limits.string_chars) if strings_part else []
    styles, formats = read_styles(package.read(styles_part)) if styles_part else ([], ["General"])
    if not styles_part:
        package.notes.append(Note("no-styles"))
    if len(styles) > _MANY_STYLES:
        package.notes.append(Note("many-styles", detail=f"{len(styles):,}"))
    return Tables(strings, styles, formats, d1904)


def _read_sheet(package: Package, sheet: SheetPart, limits: Limits, tables: Tables, notes: list[Note]) -> Grid:
    try:
        builder = SheetScan(limits, tables).run(package.pieces(sheet.part))
        builder = builder or SheetScan(limits, tables).run_events(package.read(sheet.part))
        grid = builder.grid(sheet.name, visible=sheet.visible)
    except RefusedFile as fault:
        if fault.code == "bad-cell":
            raise RefusedFile(fault.code, f"“{sheet.name}”{fault}") from fault
        raise
    notes += builder.notes
    return grid
