"""Cells of a sheet part: found, or made where there is none yet; only their style is ever set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.model import a1, column_number
from houqin.package.faults import CannotEdit
from houqin.package.xml import child, children, like

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_DEFAULT_WIDTH, _DEFAULT_HEIGHT = 8.43, 15.0
_TRUE = ("1", "true")


class Cells:
    """The cells of one sheet. Rows and columns count from 1."""

    def __init__(self, root: Element, heights: Mapping[int, float] | None = None) -> None:
        """Index the rows; those without a number follow the row before. `heights` are of rows that were cut away."""
        self._heights = heights or {}
        data = child(root, "sheetData")
        if data is None:
            raise CannotEdit("工作表的内容不完整")
        self._root, self._data = root, data
        self._rows: dict[int, Element] = {}
        number = 0
        for row in children(data, "row"):
            number = int(row.get("r") or number + 1)
            self._rows[number] = row
        self._columns = self._read_columns()
        self._merges = list(self._read_merges())
        self._extents = {(top, left): (bottom, right) for top, left, bottom, right in self._merges}
        self._touched: dict[int, dict[int, Element]] = {}

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Give the top left cell of the merge over a cell, else the cell itself."""
        for top, left, bottom, right in self._merges:
            if top <= row <= bottom and left <= column <= right:
                return top, left
        return row, column

    def extent(self, row: int, column: int) -> tuple[int, int]:
        """Give the last row and column of the merge that begins at a cell, else its own."""
        return self._extents.get((row, column), (row, column))

    def style(self, row: int, column: int) -> int:
        """Give the number of a cell's format: its own, else its row's, else its column's."""
        cell = self._cells(row).get(column) if row in self._rows else None
        if cell is not None:
            return int(cell.get("s", "0"))
        element = self._rows.get(row)
        if element is not None and element.get("customFormat") in _TRUE:
            return int(element.get("s", "0"))
        return next((style for first, last, style, _ in self._columns if first <= column <= last), 0)

    def set_style(self, row: int, column: int, style: int) -> None:
        """Set a cell's format; the cell, and its row, are made where there are none."""
        cell = self.cell(row, column)
        if style:
            cell.set("s", str(style))
        else:
            cell.attrib.pop("s", None)

    def cell(self, row: int, column: int) -> Element:
        """Give a cell's element; the cell, and its row, are made where there are none."""
        cells = self._cells(row)
        if column not in cells:
            cells[column] = self._new_cell(row, column, cells)
        return cells[column]

    def all_styled(self) -> Iterator[Element]:
        """Give every cell that has a format of its own."""
        for row in self._rows.values():
            for cell in children(row, "c"):
                if cell.get("s"):
                    yield cell

    def widths(self, column: int) -> float:
        """Give a column's width in pixels, 0 where it is hidden."""
        width = next((width for first, last, _, width in self._columns if first <= column <= last), None)
        if width is None:
            told = self._told("defaultColWidth")
            width = told if told is not None else _DEFAULT_WIDTH + 0.71
        return width * 7 + 1 if width else 0.0

    def heights(self, row: int) -> float:
        """Give a row's height in pixels, 0 where it is hidden."""
        element = self._rows.get(row)
        if element is not None and element.get("hidden") in _TRUE:
            return 0.0
        if element is None and row in self._heights:
            return self._heights[row] * 96 / 72
        told = element.get("ht") if element is not None else None
        points = float(told) if told else self._told("defaultRowHeight") or _DEFAULT_HEIGHT
        return points * 96 / 72

    def _cells(self, row: int) -> dict[int, Element]:
        if row not in self._touched:
            element = self._rows.get(row)
            if element is None:
                element = self._new_row(row)
            cells, number = {}, 0
            for cell in children(element, "c"):
                match = _ADDRESS.fullmatch(cell.get("r", ""))
                number = column_number(match[1]) if match else number + 1
                cells[number] = cell
            self._touched[row] = cells
        return self._touched[row]

    def _new_row(self, row: int) -> Element:
        made = self._data.makeelement(like(self._data, "row"))
        made.set("r", str(row))
        if self._flag("zeroHeight"):
            made.set("hidden", "1")  # where rows that are not there are hidden, this one stays so
        after = [number for number in self._rows if number < row]
        if after:
            self._rows[max(after)].addnext(made)
        else:
            self._data.insert(0, made)
        self._rows[row] = made
        return made

    def _new_cell(self, row: int, column: int, cells: dict[int, Element]) -> Element:
        element = self._rows[row]
        made = element.makeelement(like(element, "c"))
        made.set("r", a1(row, column))
        after = [number for number in cells if number < column]
        if after:
            cells[max(after)].addnext(made)
        else:
            element.insert(0, made)
        self._widen(element, row, column)
        return made

    def _widen(self, element: Element, row: int, column: int) -> None:
        """Keep what the row and the sheet say of their extent true."""
        first, _, last = element.get("spans", "").partition(":")
        if first.isdigit() and last.isdigit() and not int(first) <= column <= int(last):
            element.set("spans", f"{min(int(first), column)}:{max(int(last), column)}")
        dimension = child(self._root, "dimension")
        area = _area(dimension.get("ref", "")) if dimension is not None else None
        if dimension is not None and area is not None:
            top, left, bottom, right = area
            wider = min(top, row), min(left, column), max(bottom, row), max(right, column)
            if wider != area:
                dimension.set("ref", f"{a1(*wider[:2])}:{a1(*wider[2:])}")

    def _read_columns(self) -> list[tuple[int, int, int, float]]:
        """Give first and last column, style and width in characters of what the sheet says of its columns."""
        found = []
        for holder in children(self._root, "cols"):
            for each in children(holder, "col"):
                width = 0.0 if each.get("hidden") in _TRUE else float(each.get("width", _DEFAULT_WIDTH))
                found.append((int(each.get("min", "1")), int(each.get("max", "1")), int(each.get("style", "0")), width))
        return found

    def _read_merges(self) -> Iterator[tuple[int, int, int, int]]:
        holder = child(self._root, "mergeCells")
        for each in children(holder, "mergeCell") if holder is not None else ():
            area = _area(each.get("ref", ""))
            if area is not None:
                yield area

    def _told(self, name: str) -> float | None:
        formats = child(self._root, "sheetFormatPr")
        told = formats.get(name) if formats is not None else None
        return float(told) if told else None

    def _flag(self, name: str) -> bool:
        formats = child(self._root, "sheetFormatPr")
        return formats is not None and formats.get(name) in _TRUE


def cell_at(address: str) -> tuple[int, int] | None:
    """Give row and column of an A1 address, None where it is none.

    >>> cell_at("H13")
    (13, 8)
    """
    match = _ADDRESS.fullmatch(address.replace("$", ""))
    return (int(match[2]), column_number(match[1])) if match else None


def _area(ref: str) -> tuple[int, int, int, int] | None:
    first, _, last = ref.partition(":")
    start, end = cell_at(first), cell_at(last or first)
    return (*start, *end) if start and end else None
