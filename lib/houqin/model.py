"""The nouns that travel between the steps; rows and columns count from 1, as Excel's do.

Nothing here imports pandas or numpy: the reading child loads this module.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd


class Kind(IntEnum):
    """What a cell holds."""

    BLANK = 0
    TEXT = 1
    NUMBER = 2
    DATE = 3  # the number is the serial of the 1900 system, whatever the workbook uses
    BOOL = 4
    ERROR = 5


class Level(StrEnum):
    """How much a finding matters; the order is the order of lists."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    INFO = "info"

    @property
    def title(self) -> str:
        """The word that a clerk reads."""
        return {"error": "必须改", "question": "请确认", "warning": "提醒", "info": "说明"}[self.value]

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return list(Level).index(self)


class RowKind(StrEnum):
    """A row within a body, or beside it, that is no record."""

    CATEGORY = "category"
    BLANK = "blank"
    HEADER = "header"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    OPENING = "opening"
    NOTE = "note"
    FORM_HEAD = "form-head"


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
    `bold` is a set of offsets too, as far as the format tells it.
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
    hidden_columns: frozenset[int] = frozenset()
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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a located table: its number, the header's levels from the top, unit split off the header."""

    index: int
    path: tuple[str, ...]

    @property
    def header(self) -> str:
        """The levels joined with / and without white space, as the contract gives it."""
        levels = ["".join(level.split()) for level in self.path]
        return "/".join(level for level in levels if level)


@dataclass(frozen=True, slots=True)
class Note:
    """A label and its text found in the lines around a table, with its cell; label `title` for a title line."""

    label: str
    text: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table where it lies. The body includes its total rows; `skipped` tells rows of it that are no records."""

    grid: Grid
    path: str  # of the file
    header_rows: tuple[int, ...]
    body: tuple[int, int]  # first and last row; (r + 1, r) where the table has no records
    columns: tuple[Column, ...]
    skipped: Mapping[int, RowKind] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    unit: str | None = None  # money unit of a 单位：元 line: 元 or 万元
    unit_cell: str | None = None

    @property
    def range(self) -> Range:
        """Header and body."""
        first, last = self.columns[0].index, self.columns[-1].index
        top = self.header_rows[0] if self.header_rows else self.body[0]
        return Range(top, first, max(self.body[1], top), last)

    @property
    def total_rows(self) -> tuple[int, ...]:
        """Rows of subtotals and totals."""
        return tuple(r for r, k in self.skipped.items() if k in (RowKind.SUBTOTAL, RowKind.TOTAL))

    @property
    def record_rows(self) -> tuple[int, ...]:
        """Rows of the body that are records."""
        return tuple(r for r in range(self.body[0], self.body[1] + 1) if r not in self.skipped)


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """What a column is: `role` is field, axis, value or extra; `unit` what its header says (元, 万元, 斤 …)."""

    column: Column
    role: str
    field: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A located table and the form that it is; `form` is None where none fits, or where two fit alike (`rivals`)."""

    table: RawTable
    form: str | None
    layout: str | None
    confidence: float
    columns: tuple[MatchedColumn, ...]
    rivals: tuple[str, ...] = ()
    context: Mapping[str, Note] = field(default_factory=dict)  # field -> the note that gives its value

    def column_of(self, field_id: str) -> MatchedColumn | None:
        """Give the column that a field takes, if any."""
        return next((c for c in self.columns if c.field == field_id and c.role != "extra"), None)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a user's own workbook. `cell` is None where the whole sheet or file is meant."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    @property
    def text(self) -> str:
        """《file》“sheet”cell, as messages write it."""
        sheet = f"“{self.sheet}”" if self.sheet else ""
        return f"《{self.file}》{sheet}{self.cell or ''}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the data that a person should look at; never raised.

    `message` is the sentence after level and place; `found` is the cell's text as shown, `expected` and
    `suggestion` are canonical text. Findings of one cause are one finding with `count` and `related` places.
    """

    code: str
    level: Level
    message: str
    place: Place | None = None
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    form: str | None = None
    field: str | None = None
    related: tuple[Place, ...] = ()
    count: int = 1

    @property
    def line(self) -> str:
        """Give the whole line for lists and plain text, 必须改｜《收发存.xlsx》“9月”H12：… ."""
        where = f"{self.place.text}：" if self.place else ""
        return f"{self.level.title}｜{where}{self.message}"


@dataclass(frozen=True, slots=True)
class Change:
    """What cleaning changed in one cell; NFKC and outer blanks alone are no change."""

    place: Place
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Table:
    """Cleaned records of one located table, one row a record.

    `frame` has a column for each field that the table has: numbers as scaled integers (`Int64`, scale by field),
    all else as `object` (str or None); dates are ISO text (`2025-09-01`, or `2019-09` where only the month is known).
    `cells[field]` is a pair of integer arrays, row and column of each record's source cell (0 where there is none).
    `spans` holds first and last source row of each record.
    `extra` holds the columns that no field takes, as text by header.
    `totals` are the typed total rows: row -> field -> scaled integer, with the range of rows they should sum.
    """

    form: str
    match: Match
    frame: pd.DataFrame
    cells: Mapping[str, tuple[np.ndarray, np.ndarray]]
    spans: np.ndarray
    extra: pd.DataFrame
    totals: tuple[Total, ...] = ()

    @property
    def path(self) -> str:
        """The file, as SourceFile has it."""
        return self.match.table.path

    @property
    def sheet(self) -> str:
        """The sheet's name."""
        return self.match.table.grid.sheet

    def address(self, field_id: str, record: int) -> str | None:
        """Give the A1 address of a field of the record at a position, None where it has no cell."""
        if field_id not in self.cells:
            return None
        rows, columns = self.cells[field_id]
        return a1(int(rows[record]), int(columns[record])) if rows[record] else None

    def place(self, field_id: str, record: int) -> Place:
        """Give the place of a field of a record; the first cell of its row where the field has none."""
        first = self.match.table.columns[0].index
        cell = self.address(field_id, record) or a1(int(self.spans[record][0]), first)
        return Place(self.path, self.sheet, cell)


@dataclass(frozen=True, slots=True)
class Total:
    """A typed total or subtotal row: what it says by field (scaled), and which records (positions) it stands for."""

    row: int
    kind: RowKind
    values: Mapping[str, int]
    cells: Mapping[str, str]
    records: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records of one form, joined, in a canonical order that does not depend on how the files were cut.

    `frame` has the form's fields as in Table, and `pending` (bool: the key stands in two files with different values,
    and stays out of totals until answered). `sources` has, row by row, file, sheet, row and the cell to link to.
    `cells[field]` holds the A1 address of each value in its source sheet, None where there is none.
    """

    form: str
    frame: pd.DataFrame
    sources: pd.DataFrame
    cells: Mapping[str, Sequence[str | None]]
    extra: pd.DataFrame

    @property
    def counted(self) -> pd.DataFrame:
        """The rows that count in totals."""
        return self.frame[~self.frame["pending"]]


@dataclass(frozen=True, slots=True)
class TieOutRow:
    """One line of a tie-out: the key (a class, a good, a device), both sides as canonical text, the difference."""

    key: tuple[str, ...]
    left: str | None
    right: str | None
    difference: str | None
    agrees: bool
    left_place: Place | None = None
    right_place: Place | None = None


@dataclass(frozen=True, slots=True)
class TieOutResult:
    """A tie-out made, or 未核 with its reason (`reason` says which workbook is missing)."""

    id: str
    title: str
    verdict: str  # 通过, 不符, 未核
    rows: tuple[TieOutRow, ...] = ()
    reason: str | None = None
