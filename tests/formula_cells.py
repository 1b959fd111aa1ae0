"""The formulas of a workbook with their stored values, straight from its parts: all that a recalculation compares.

A spreadsheet library builds every cell with its style three times over for that; here one pass reads what is needed.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def formula_cells(path: Path) -> Iterator[tuple[str, str, str, object]]:
    """Give sheet, cell, formula and stored value of each cell with a formula; a value is text, number, bool or None."""
    with zipfile.ZipFile(path) as package:
        texts = shared_texts(package)
        for name, part in sheet_parts(package):
            for cell in cells_of(package, part):
                formula = cell.find(f"{MAIN}f")
                if formula is not None:
                    yield name, cell.get("r"), f"={formula.text or ''}", stored_value(cell, texts)


def values_at(path: Path, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], object]:
    """Give the stored values of cells, whether a formula stands there or not."""
    found = {}
    with zipfile.ZipFile(path) as package:
        texts = shared_texts(package)
        for name, part in sheet_parts(package):
            for cell in cells_of(package, part):
                if (name, cell.get("r")) in wanted:
                    found[name, cell.get("r")] = stored_value(cell, texts)
    return found


def sheet_parts(package: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Give each sheet's name and its part."""
    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target"))) for link in links}
    sheets = etree.fromstring(package.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
    return [(sheet.get("name"), targets[sheet.get(ID)].lstrip("/")) for sheet in sheets]


def cells_of(package: zipfile.ZipFile, part: str) -> Iterator[etree._Element]:
    """Give the cells of a sheet one by one, and forget them row by row."""
    with package.open(part) as stream:
        for _, row in etree.iterparse(stream, tag=f"{MAIN}row"):
            yield from row.iterchildren(f"{MAIN}c")
            row.clear()
            while row.getprevious() is not None:
                del row.getparent()[0]


def shared_texts(package: zipfile.ZipFile) -> list[str]:
    """Give the table of texts; Gnumeric keeps what formulas give there too."""
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    items = etree.fromstring(package.read("xl/sharedStrings.xml")).iterchildren(f"{MAIN}si")
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in items]


def stored_value(cell: etree._Element, texts: list[str]) -> object:
    """Give a cell's value as its type says; None where it has none."""
    text = cell.findtext(f"{MAIN}v")
    kind = cell.get("t", "n")
    if not text or kind in {"str", "e"}:  # an empty text is written without a type
        return text
    if kind == "b":
        return text == "1"
    return texts[int(text)] if kind == "s" else float(text)
