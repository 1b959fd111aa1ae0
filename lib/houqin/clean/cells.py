"""The source cells of one field, record by record, as arrays over the sheet's buffers; no object a cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from houqin.model import Cell, Kind, Place, a1, column_letter
from houqin.values import number_of, shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Field
    from houqin.model import Grid, Note


@dataclass(frozen=True, slots=True)
class Cells:
    """One source cell a record: `rows` and `columns` tell where, `kinds`, `numbers` and `ids` (into `texts`) what.

    `header` is what the clerk calls the column, `unit` what its header says.
    """

    field: Field
    header: str
    path: str
    grid: Grid
    rows: np.ndarray
    columns: np.ndarray
    kinds: np.ndarray
    numbers: np.ndarray
    ids: np.ndarray
    formats: np.ndarray
    texts: Sequence[str]
    unit: str | None = None
    shared: bool = False  # whether several records have one cell

    def __len__(self) -> int:
        """How many records there are."""
        return len(self.rows)

    def where(self, kind: Kind) -> np.ndarray:
        """Give the positions of the cells of a kind."""
        return np.flatnonzero(self.kinds == kind)

    def cell(self, i: int) -> Cell:
        """Make a view of one cell."""
        kind = Kind(self.kinds[i])
        if kind in (Kind.TEXT, Kind.ERROR):
            return Cell(kind, self.texts[self.ids[i]])
        number = float(self.numbers[i])
        style = self.grid.formats[self.formats[i]]
        return Cell(kind, None if kind == Kind.BLANK else bool(number) if kind == Kind.BOOL else number, style)

    def shown(self, i: int) -> str:
        """Give a cell's text as Excel shows it; a whole number is written out where Excel would show 1.1E+11."""
        kind = self.kinds[i]
        if kind == Kind.TEXT or kind == Kind.ERROR:  # noqa: PLR1714  (a set of two costs more than the loop can bear)
            return str(self.texts[self.ids[i]])
        text = shown(self.cell(i))
        if kind == Kind.NUMBER and "E+" in text:
            return format(number_of(float(self.numbers[i])), "f")
        return text

    def address(self, i: int) -> str:
        """Give the A1 address of a cell, empty where the value comes from no cell."""
        return a1(int(self.rows[i]), int(self.columns[i])) if self.rows[i] else ""

    def place(self, i: int) -> Place:
        """Give the place of a cell."""
        return Place(self.path, self.grid.sheet, self.address(i) or None)

    def saying(self, texts: Sequence[str], which: np.ndarray) -> Cells:
        """Give cells at the same places that say other texts; an empty one is a blank."""
        kinds = np.array([int(bool(text)) for text in texts] or [0], np.uint8)[which]
        return replace(self, texts=texts, ids=which.astype(np.uint32), kinds=kinds)

    def with_texts(self, said: Mapping[int, str]) -> Cells:
        """Give the same cells, some of them saying another text."""
        kinds, ids = self.kinds.copy(), self.ids.copy()
        for n, i in enumerate(said):
            kinds[i], ids[i] = int(Kind.TEXT), len(self.texts) + n
        return replace(self, kinds=kinds, ids=ids, texts=[*self.texts, *said.values()])

    def spread(self) -> Cells:
        """Give the same cells, marked as standing for several records each."""
        return replace(self, shared=True)

    def take(self, at: np.ndarray) -> Cells:
        """Give the cells at some positions."""
        return replace(
            self,
            rows=self.rows[at],
            columns=self.columns[at],
            kinds=self.kinds[at],
            numbers=self.numbers[at],
            ids=self.ids[at],
            formats=self.formats[at],
        )

    def only(self, keep: Sequence[bool]) -> Cells:
        """Give the same cells, those not kept blank and without a place."""
        mask = np.array(keep, bool)
        return replace(
            self,
            kinds=np.where(mask, self.kinds, 0),
            rows=np.where(mask, self.rows, 0),
            columns=np.where(mask, self.columns, 0),
        )

    @property
    def letter(self) -> str | None:
        """The letters of the column where all cells lie in one, and all lie somewhere."""
        if not len(self) or self.columns[0] == 0 or (self.columns != self.columns[0]).any() or not self.rows.all():
            return None
        return column_letter(int(self.columns[0]))


def cells_at(  # noqa: PLR0913  (where, what and for which field)
    grid: Grid, rows: np.ndarray, columns: np.ndarray, *, field: Field, path: str, header: str, unit: str | None = None
) -> Cells:
    """Gather cells from a sheet's buffers; a cell outside the sheet is blank."""
    inside = (rows >= 1) & (rows <= grid.rows) & (columns >= 1) & (columns <= grid.columns)
    at = np.where(inside, (rows - 1) * grid.columns + columns - 1, 0)
    if not grid.kinds:
        return _none(grid, rows, columns, field, path, header)
    kinds = np.where(inside, np.frombuffer(grid.kinds, np.uint8)[at], 0)
    return Cells(
        field=field,
        header=header,
        path=path,
        grid=grid,
        rows=rows,
        columns=columns,
        kinds=kinds,
        numbers=np.frombuffer(grid.numbers, np.float64)[at],
        ids=np.frombuffer(grid.string_ids, np.uint32)[at],
        formats=np.frombuffer(grid.format_ids, np.uint16)[at],
        texts=grid.strings,
        unit=unit,
    )


def cells_of_note(grid: Grid, note: Note, text: str, *, field: Field, path: str) -> Cells:
    """Give a note's text as the one cell of a field."""
    one = np.ones(1, np.int64)
    return Cells(
        field=field,
        header=note.label if not note.label.startswith("@") else field.title,
        path=path,
        grid=grid,
        rows=one * note.row,
        columns=one * note.column,
        kinds=np.full(1, int(Kind.TEXT) if text else 0, np.uint8),
        numbers=np.zeros(1),
        ids=np.zeros(1, np.uint32),
        formats=np.zeros(1, np.uint16),
        texts=(text,),
    )


def _none(grid: Grid, rows: np.ndarray, columns: np.ndarray, field: Field, path: str, header: str) -> Cells:  # noqa: PLR0913, PLR0917
    nothing = np.zeros(len(rows), np.int64)
    return Cells(field, header, path, grid, rows, columns, nothing, nothing * 0.0, nothing, nothing, ("",))
