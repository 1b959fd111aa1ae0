"""A sheet being written, cell by cell, together with the truth about it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from houqin.model import Kind, Range, RowKind, grid_of

if TYPE_CHECKING:
    from houqin.model import Grid


@dataclass(frozen=True, slots=True)
class Day:
    """A date cell: the serial of the 1900 system."""

    serial: float


@dataclass(slots=True)
class TrueTable:
    """A table as a person reads it; `columns` are headers as the contract writes them, by column number."""

    header_rows: tuple[int, ...]
    body: tuple[int, int]
    kinds: dict[int, RowKind]
    columns: dict[int, str]
    unit: str | None = None
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def totals(self) -> set[int]:
        """Rows of totals and subtotals."""
        return {row for row, kind in self.kinds.items() if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)}


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled sheet: its layout, the features mixed into it, the grid and its true tables in reading order."""

    layout: str
    features: frozenset[str]
    grid: Grid
    tables: tuple[TrueTable, ...]

    @property
    def is_dark(self) -> bool:
        """Tell a sheet about which a person must be asked, however it was taken."""
        return self.layout in {"没有表头", "一张表一条记录", "行列倒置"}


class Paper:
    """Cells, merges, bold and formulas of a sheet, as they are written."""

    def __init__(self) -> None:
        """Begin with a blank sheet."""
        self.cells: dict[tuple[int, int], object] = {}
        self.merges: list[Range] = []
        self.bold: set[tuple[int, int]] = set()
        self.formulas: set[tuple[int, int]] = set()
        self.unstored: set[tuple[int, int]] = set()

    def put(self, row: int, column: int, value: object, *, bold: bool = False) -> None:
        """Write one cell; None and the empty text leave it blank."""
        if value is None or value == "":
            return
        self.cells[row, column] = value
        if bold:
            self.bold.add((row, column))

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge cells; a merge of one cell is none."""
        if (top, left) != (bottom, right):
            self.merges.append(Range(top, left, bottom, right))

    def forget_values(self, rows: range, columns: set[int]) -> None:
        """Make number cells formulas whose value the file does not hold."""
        for place, value in list(self.cells.items()):
            if place[0] in rows and place[1] in columns and isinstance(value, float):
                del self.cells[place]
                self.unstored.add(place)
                self.formulas.add(place)

    @property
    def size(self) -> tuple[int, int]:
        """Last row and last column that hold something."""
        places = [*self.cells, *self.unstored]
        return max((row for row, _ in places), default=0), max((column for _, column in places), default=0)

    def grid(self) -> Grid:
        """Give the sheet as the reader would."""
        rows, columns = self.size
        filled = [[_plain(self.cells.get((r, c))) for c in range(1, columns + 1)] for r in range(1, rows + 1)]
        grid = grid_of(filled, "表", merges=self.merges)
        kinds, numbers = bytearray(grid.kinds), array("d", grid.numbers)
        for (row, column), value in self.cells.items():
            if isinstance(value, Day):
                at = (row - 1) * columns + column - 1
                kinds[at], numbers[at] = Kind.DATE, value.serial
        sets = {
            name: frozenset((row - 1) * columns + column - 1 for row, column in getattr(self, name))
            for name in ("bold", "formulas", "unstored")
        }
        return replace(grid, kinds=bytes(kinds), numbers=numbers, **sets)


def _plain(value: object) -> object:
    return value.serial if isinstance(value, Day) else value
