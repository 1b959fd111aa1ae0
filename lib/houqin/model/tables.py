"""Tables on their way from a sheet to a ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from houqin.model.findings import Place
from houqin.model.grid import Grid, Range, a1, column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    import pandas as pd


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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a located table: its number, the header's levels from the top, the line of the record it stands on.

    A level may stand over other columns too, merged or typed once for all of them: `places` says in which cell.
    Where a record takes several rows, one column of the sheet is a column of the table for each of its lines.
    """

    index: int
    path: tuple[str, ...]
    line: int = 0  # 0 for the record's first row
    places: tuple[tuple[int, int], ...] = ()  # row and column of the cell in which each level stands

    @property
    def header(self) -> str:
        """The levels joined with / and without white space, as the contract gives it."""
        levels = ["".join(level.split()) for level in self.path]
        return "/".join(level for level in levels if level)

    @property
    def levels(self) -> tuple[tuple[str, tuple[int, int] | None], ...]:
        """The header's levels from the top, each with its cell where that is known."""
        places = self.places or (None,) * len(self.path)
        return tuple(zip(self.path, places, strict=True))


@dataclass(frozen=True, slots=True)
class Note:
    """A label and its text found in the lines around a table, with its cell; label `title` for a title line."""

    label: str
    text: str
    row: int
    column: int


class Reading(NamedTuple):
    """What a run of rows was taken as: title, note, header, record or a RowKind, and why, a Chinese phrase."""

    first: int
    last: int
    kind: str
    why: str


# Below this a person is asked: one strong doubt, or several weak ones.
_SURE = 0.7


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
    confidence: float = 1.0  # that the table lies where it was taken to lie; below _SURE a person is asked
    doubts: tuple[str, ...] = ()  # why it is less than 1, a Chinese sentence each
    height: int = 1  # rows of the sheet that each record takes
    side: Note | None = None  # of a statement of two halves: which one this is, 收入 or 支出, and where that stands

    @property
    def is_unsure(self) -> bool:
        """Tell a table that may lie otherwise than it was taken."""
        return self.confidence < _SURE

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
        """First rows of the records."""
        first, last = self.body
        ends = [*sorted(row for row in self.skipped if first <= row <= last), last + 1]
        starts_of_runs = [first, *(row + 1 for row in ends)]
        rows = tuple(chain.from_iterable(map(range, starts_of_runs, ends)))
        if self.height == 1:
            return rows
        starts: list[int] = []
        for row in rows:
            if not starts or row >= starts[-1] + self.height:
                starts.append(row)
        return tuple(starts)


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
    waiting: frozenset[str] = frozenset()  # fields that perhaps have a column, about which a person is asked

    def column_of(self, field_id: str) -> MatchedColumn | None:
        """Give the column that a field takes, if any."""
        return next((c for c in self.columns if c.field == field_id and c.role != "extra"), None)


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

    @property
    def lost_fields(self) -> frozenset[str]:
        """Fields whose column was stored as numbers of more than 15 digits: not to be compared, joined or added up."""
        lost = self.match.table.grid.lost_digits
        return frozenset(c.field for c in self.match.columns if c.field is not None and c.column.index in lost)

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
    label: str = ""  # its words, blanks taken out


@dataclass(frozen=True, slots=True)
class Addresses:
    """The A1 addresses of a field's cells, record by record, made when asked for; None where the row is 0.

    `order` says which of the cells are meant, by position; None stands for all. The fields of a ledger share it.
    """

    rows: np.ndarray
    columns: np.ndarray
    order: np.ndarray | None = None

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.rows if self.order is None else self.order)

    def __getitem__(self, record: int) -> str | None:
        """Give the address of a record's cell."""
        at = record if self.order is None else int(self.order[record])
        row = int(self.rows[at])
        return a1(row, int(self.columns[at])) if row else None

    def __iter__(self) -> Iterator[str | None]:
        """Give the addresses in order."""
        letters: dict[int, str] = {}
        which = slice(None) if self.order is None else self.order
        rows, columns = self.rows[which], self.columns[which]
        if len(rows) and rows.all() and (columns == columns[0]).all():
            yield from map(column_letter(int(columns[0])).__add__, map(str, rows.tolist()))
            return
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            letter = letters.get(column) or letters.setdefault(column, column_letter(column) if column else "")
            yield f"{letter}{row}" if row else None

    def at(self, records: np.ndarray) -> Addresses:
        """Give those of some records."""
        return Addresses(self.rows, self.columns, records if self.order is None else self.order[records])


@dataclass(frozen=True, slots=True)
class Ledger:
    """All records of one form, joined, in a canonical order that does not depend on how the files were cut.

    `frame` has the form's fields as in Table, and `pending` (bool: the key stands in two files with different values,
    and stays out of totals until answered). `sources` has, row by row, file, sheet, row and the cell to link to.
    `cells[field]` holds the A1 address of each value in its source sheet, None where there is none.
    `lost_fields` are those that lost their last digits in any of the tables: not to be compared, joined or added up.
    """

    form: str
    frame: pd.DataFrame
    sources: pd.DataFrame
    cells: Mapping[str, Addresses]
    extra: pd.DataFrame
    lost_fields: frozenset[str] = frozenset()

    @property
    def counted(self) -> pd.DataFrame:
        """The rows that count in totals."""
        return self.frame[~self.frame["pending"]]
