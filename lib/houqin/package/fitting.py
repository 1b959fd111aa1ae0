"""What was filled in must be readable: rows of a fixed height grow with wrapped text, columns too narrow are told."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from houqin.package.grow import all_cells
from houqin.package.xml import child, children

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from houqin.package.book import Book
    from houqin.package.cells import Cells

_LINE = 1.35  # of a type's size, from line to line
_MARGIN = 4.0  # points above and below
_TALLEST = 409.0  # Excel's own end
_PIXELS, _PADDING = 7.0, 5.0  # of a digit, and beside the text
_USUAL_SIZE = 11.0
_PLAIN = frozenset({"", "General", "@"})
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0",
             39: "#,##0.00", 40: "#,##0.00"}  # fmt: skip
_NOT_DIGITS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATES = re.compile("[ymdhs年月日]", re.IGNORECASE)


class Look(NamedTuple):
    """How a cell format shows: whether its text wraps, its size in points, its number format."""

    wraps: bool
    size: float
    code: str


def looks_of(book: Book) -> list[Look]:
    """Give the cell formats of a workbook in order."""
    part = book.package.related(book.part, "styles")
    if part is None:
        return []
    root = book.package.tree(part)
    sizes = [_size(font) for font in _children(root, "fonts")]
    codes = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in _children(root, "numFmts")}
    found = []
    for each in _children(root, "cellXfs"):
        alignment, number = child(each, "alignment"), int(each.get("numFmtId", "0"))
        wraps = alignment is not None and alignment.get("wrapText") in ("1", "true")
        font = int(each.get("fontId", "0"))
        size = sizes[font] if font < len(sizes) else _USUAL_SIZE
        found.append(Look(wraps, size, codes.get(number, _BUILT_IN.get(number, ""))))
    return found


def fit_rows(cells: Cells, texts: Mapping[tuple[int, int], str], looks: list[Look]) -> None:
    """Make rows as high as their wrapped texts need; a row without a height of its own is fitted by Excel itself."""
    for (row, column), text in texts.items():
        style = cells.style(row, column)
        bottom, right = cells.extent(row, column)
        if style >= len(looks) or not looks[style].wraps or bottom > row:
            continue
        element = cells.cell(row, column).getparent()
        if element is None or not element.get("ht"):
            continue
        pixels = sum(cells.widths(each) for each in range(column, right + 1)) - _PADDING
        needed = _lines(text, pixels / _PIXELS * _USUAL_SIZE / looks[style].size) * looks[style].size * _LINE + _MARGIN
        if needed > float(element.get("ht", "0")):
            element.set("ht", f"{min(needed, _TALLEST):g}")
            element.set("customHeight", "1")


def narrow_columns(root: Element, cells: Cells, looks: list[Look]) -> list[int]:
    """Give the columns in which a number as its format shows it is wider than the column: it shows as ####."""
    found = set()
    for row, column, cell in all_cells(root):
        inner = child(cell, "v")
        if inner is None or not inner.text or cell.get("t", "n") != "n" or column in found:
            continue
        style = int(cell.get("s", "0"))
        shown = _shown(Fraction(inner.text), looks[style].code) if style < len(looks) else 0
        right = cells.extent(row, column)[1]
        pixels = sum(cells.widths(each) for each in range(column, right + 1))
        if shown and pixels and shown * _PIXELS * looks[style].size / _USUAL_SIZE > pixels:
            found.add(column)
    return sorted(found)


def _shown(value: Fraction, code: str) -> int:
    """Count the characters of a number in its format, 0 where the format fits any width or is a date's."""
    first = _NOT_DIGITS.sub("", code.partition(";")[0])
    if code in _PLAIN or "General" in first or _DATES.search(first) or not re.search("[0#]", first):
        return 0
    if "%" in first:
        value *= 100
    decimals = first.partition(".")[2].count("0") if "." in first else 0
    grouped = "," in first
    text = f"{abs(float(value)):{',' if grouped else ''}.{decimals}f}"
    return len(text) + (value < 0) + first.count("%")


def _lines(text: str, room: float) -> int:
    """Count the lines of a text where so many half-width characters fit in one."""
    room = max(2.0, room)
    return sum(max(1, -(-int(_width(line) * 1000) // int(room * 1000))) for line in text.split("\n"))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def _size(font: Element) -> float:
    size = child(font, "sz")
    return float(size.get("val", _USUAL_SIZE)) if size is not None else _USUAL_SIZE


def _children(root: Element, name: str) -> list[Element]:
    holder = child(root, name)
    inner = {"fonts": "font", "numFmts": "numFmt", "cellXfs": "xf"}[name]
    return list(children(holder, inner)) if holder is not None else []
