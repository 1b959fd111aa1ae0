"""Rows that are written alike, kept by column until the size of their sheet is known, then laid into its buffers."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Column(NamedTuple):
    """One column of a stretch: each buffer has a value a row, None stands for one of zeros.

    `flags` has, for each flag that cells carry beside their value, the rows of the stretch (from 0) that have it.
    """

    number: int
    kinds: bytes
    numbers: array[float] | None
    string_ids: array[int] | None
    format_ids: array[int] | None
    flags: list[tuple[int, list[int]]]


class Stretch(NamedTuple):
    """Some rows of a sheet, by their numbers in rising order, and all cells in them that hold something."""

    rows: Sequence[int]
    columns: list[Column]

    def extent(self, formula: int) -> tuple[int, int]:
        """Give the last row and column that hold something; `formula` is the flag of cells that do without a value."""
        row = column = 0
        for each in self.columns:
            last = max([len(each.kinds.rstrip(b"\0")), *(rows[-1] + 1 for flag, rows in each.flags if flag & formula)])
            if last:
                row, column = max(row, self.rows[last - 1]), max(column, each.number)
        return row, column

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(len(each.kinds) - each.kinds.count(0) for each in self.columns)


class Buffers:
    """The cells of a whole sheet, row by row."""

    def __init__(self, rows: int, columns: int) -> None:
        """Start with a blank sheet."""
        size = rows * columns
        self.rows, self.columns = rows, columns
        self.kinds, self.numbers = bytearray(size), array("d", bytes(8 * size))
        self.string_ids, self.format_ids = array("I", bytes(4 * size)), array("H", bytes(2 * size))
        self.flags: list[tuple[int, int]] = []  # offset, flag

    def lay(self, stretch: Stretch) -> None:
        """Put the cells of a stretch to their places; what lies beyond the sheet is blank and left out."""
        for first, start, stop in _without_gaps(stretch.rows):
            count = min(stop - start, self.rows - first + 1)
            for column in stretch.columns:
                if count > 0 and column.number <= self.columns:
                    self._lay_column(column, first, slice(start, start + count))

    def _lay_column(self, column: Column, first: int, part: slice) -> None:
        at = (first - 1) * self.columns + column.number - 1
        cells = slice(at, at + (part.stop - part.start - 1) * self.columns + 1, self.columns)
        self.kinds[cells] = column.kinds[part]
        if column.numbers is not None:
            self.numbers[cells] = column.numbers[part]
        if column.string_ids is not None:
            self.string_ids[cells] = column.string_ids[part]
        if column.format_ids is not None:
            self.format_ids[cells] = column.format_ids[part]
        for flag, rows in column.flags:
            base = at - part.start * self.columns
            self.flags.extend((base + n * self.columns, flag) for n in rows if part.start <= n < part.stop)


def _without_gaps(rows: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Give the stretches of numbers without gaps: the first of each, and where it starts and stops among them."""
    start = 0
    while start < len(rows):
        stop = len(rows)
        if rows[-1] - rows[start] != stop - start - 1:
            stop = next(n for n in range(start + 1, len(rows)) if rows[n] != rows[n - 1] + 1)
        yield rows[start], start, stop
        start = stop
