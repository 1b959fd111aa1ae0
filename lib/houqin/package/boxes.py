"""Where a note's box stands and how large it is, from its text and the sheet's own widths and heights."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.package.cells import Cells

# Of 9-point type: half a Chinese character, a line, and the box's own margins.
_HALF, _LINE, _MARGIN = 6.6, 17.0, 14.0
_NARROW, _WIDE = 40, 64  # characters a line, a Chinese one counts two
_MANY_LINES = 14
_FARTHEST = 250  # columns or rows that are hidden to the end of the sheet are not walked over
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


def anchor_of(cells: Cells, row: int, column: int, text: str) -> str:
    """Give the box as VML says it: left column and offset, top row and offset, right, bottom; counted from 0."""
    width, height = box_size(text)
    left = min(column, _LAST_COLUMN - 12)
    top = max(row - 2, 0)
    right, right_offset = _reach(cells.widths, left, 15 + width, _LAST_COLUMN)
    bottom, bottom_offset = _reach(cells.heights, top, 4 + height, _LAST_ROW)
    return f"{left}, 15, {top}, 4, {right}, {right_offset}, {bottom}, {bottom_offset}"


def box_size(text: str) -> tuple[float, float]:
    """Give width and height in pixels that hold a text."""
    room = _NARROW if _lines(text, _NARROW) <= _MANY_LINES else _WIDE
    return room * _HALF + _MARGIN, _lines(text, room) * _LINE + _MARGIN


def _lines(text: str, room: int) -> int:
    widths = (len(line) + sum(char > "\x7f" for char in line) for line in text.split("\n"))
    return sum(max(1, -(-width // (room - 1))) for width in widths)


def _reach(size: Callable[[int], float], start: int, length: float, last: int) -> tuple[int, int]:
    """Walk over columns or rows (from 0) until a length is used up; give the one that is reached, and the rest."""
    at = start
    while at < min(last - 1, start + _FARTHEST):
        here = size(at + 1)
        if length <= here:
            break
        length -= here
        at += 1
    return at, int(length)
