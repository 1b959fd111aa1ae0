"""A sheet as read, its cells and their addresses; rows and columns count from 1, as Excel's do."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model.findings import Finding


class Kind(IntEnum):
    """What a cell holds."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3  # the number is the serial of the 1900 system, whatever the workbook uses
    BOOL = 4
    ERROR = 5


@cache
def column_letter(column: int) -> str:
    """Give the letters of a column, 28 -> AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Give the number of a column, AB -> 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def a1(row: int, column: int) -> str:
    """Give a cell's address, (13, 8) -> H13."""
    return f"{column_letter(column)}{row}"


class Range(NamedTuple):
    """A rectangle of cells, all four ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def a1(self) -> str:
        """The address as A4:N39, of one cell as A4."""
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"


class Cell(NamedTuple):
    """A view of one cell. `value` is None, str (text, error), float (number, date serial) or bool."""

    kind: Kind
    value: str | float | bool | None
    number_format: str = "General"


BLANK_CELL = Cell(Kind.BLANK, None)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as read: columnar buffers, row-major, cropped to the last cell that holds something.

    Offset of a cell: (row - 1) * columns + column - 1. `numbers` holds numbers, date serials and booleans,
    `string_ids` points into `strings` for texts and errors, `format_ids` into `formats`.
    `formulas` and `unstored` (formulas whose value the file does not hold) are sets of offsets.
    `bold` is a set of offsets too, as far as the format tells it. `lost_digits` are columns with numbers of more
    than 15 digits: their tails are gone, and nothing may be compared or joined by them. `filtered_rows` are the hidden
    rows of a sheet that is being filtered.
    """

    sheet: str
    rows: int
    columns: int
    kinds: bytes
    numbers: array[float]
    string_ids: array[int]
    strings: tuple[str, ...]
    format_ids: array[int]
    formats: tuple[str, ...] = ("General",)
    visible: bool = True
    formulas: frozenset[int] = frozenset()
    unstored: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()
    merges: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    lost_digits: frozenset[int] = frozenset()
    merges_by_row: dict[int, list[Range]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index the merges by row, as far as they lie within the grid."""
        for merge in self.merges:
            for row in range(merge.top, min(merge.bottom, self.rows) + 1):
                self.merges_by_row.setdefault(row, []).append(merge)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """Give the top left cell of the merge that covers a cell, else the cell itself."""
        for merge in self.merges_by_row.get(row, ()):
            if merge.left <= column <= merge.right:
                return merge.top, merge.left
        return row, column

    def merged_cell(self, row: int, column: int) -> Cell:
        """Give a cell as a person sees it: within a merge, the merge's one value."""
        return self.cell(*self.anchor(row, column))

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell, blank outside the grid; a cell covered by a merge is as blank as the file says."""
        if not (1 <= row <= self.rows and 1 <= column <= self.columns):
            return BLANK_CELL
        at = (row - 1) * self.columns + column - 1
        kind = self.kinds[at]
        if kind == Kind.BLANK:
            return BLANK_CELL
        style = self.formats[self.format_ids[at]]
        if kind in (Kind.TEXT, Kind.ERROR):
            return Cell(Kind(kind), self.strings[self.string_ids[at]], style)
        number = self.numbers[at]
        return Cell(Kind(kind), bool(number) if kind == Kind.BOOL else number, style)

    def kind(self, row: int, column: int) -> int:
        """Give the kind alone, without making a cell."""
        if not (1 <= row <= self.rows and 1 <= column <= self.columns):
            return 0
        return self.kinds[(row - 1) * self.columns + column - 1]

    def is_formula(self, row: int, column: int) -> bool:
        """Tell whether the cell holds a formula."""
        return (row - 1) * self.columns + column - 1 in self.formulas


def grid_of(rows: Sequence[Sequence[object]], sheet: str = "Sheet1", *, merges: Sequence[Range] = ()) -> Grid:
    """Build a grid from literal rows of None, str, int, float and bool (for csv files and for tests)."""
    width = max((len(row) for row in rows), default=0)
    kinds, numbers, ids = bytearray(), array("d"), array("I")
    index: dict[str, int] = {}
    for row in rows:
        for value in [*row, *[None] * (width - len(row))]:
            kind, number, text = Kind.BLANK, 0.0, ""
            if isinstance(value, bool):
                kind, number = Kind.BOOL, float(value)
            elif isinstance(value, int | float):
                kind, number = Kind.NUMBER, float(value)
            elif isinstance(value, str) and value:
                kind, text = Kind.TEXT, value
            kinds.append(kind)
            numbers.append(number)
            ids.append(index.setdefault(text, len(index)))
    return Grid(
        sheet=sheet, rows=len(rows), columns=width, kinds=bytes(kinds), numbers=numbers, string_ids=ids,
        strings=tuple(index), format_ids=array("H", bytes(2 * len(kinds))), merges=tuple(merges),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the inbox. `path` is relative to the inbox, with forward slashes; `grids` are its sheets in order."""

    path: str
    sha256: str
    status: str  # read, refused, skipped
    grids: tuple[Grid, ...] = ()
    code: str | None = None  # of a refusal
    reason: str | None = None  # the sentence of a refusal, or why a file was passed over
    same_as: str | None = None  # path of the byte-identical file that was used instead
    warnings: tuple[Finding, ...] = ()  # what the reader saw and a person should know, of a file that was read
    answer_sheets: tuple[Grid, ...] = ()  # sheets 问题清单 that an earlier run wrote into it: no part of its content
    ledger_sheets: tuple[Grid, ...] = ()  # sheets of a ledger workbook that a run of ours wrote, brought back
