"""A table as rules see it: exact columns, words for messages, places for findings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import numpy as np

from houqin.check.wording import say_number
from houqin.exact import Exact, blanks, exact_column, total
from houqin.expression import Expression, parse
from houqin.model import Kind, Ledger, Place, Table
from houqin.school.keys import THRESHOLDS
from houqin.values import canonical_text, shown
from houqin.values.numbers import ZERO_LIKE

if TYPE_CHECKING:
    import pandas as pd

    from houqin.forms import Field, Form
    from houqin.model import Cell, Total
    from houqin.school import School

Array = np.ndarray[Any, Any]
DECIMALS = re.compile(r"\.(\d+)")


@dataclass(slots=True)
class View:
    """Records of a table or of a ledger with their form; columns are made once and kept."""

    source: Table | Ledger
    form: Form
    school: School | None
    # Right values that a rule found, by field and record.
    corrections: dict[tuple[str, int], int] = field(default_factory=dict)
    # What a number that a rule found too large may be at most, by field and record.
    limits: dict[tuple[str, int], int] = field(default_factory=dict)
    _numbers: dict[str, Exact] = field(default_factory=dict)
    _texts: dict[str, Array] = field(default_factory=dict)
    _unread: dict[str, Array] = field(default_factory=dict)
    _sums: dict[tuple[str, str | None, int], int] = field(default_factory=dict)

    @property
    def frame(self) -> pd.DataFrame:
        """The records."""
        return self.source.frame

    @property
    def waiting(self) -> frozenset[str]:
        """Fields that perhaps have a column, about which a person is asked."""
        return self.source.match.waiting if isinstance(self.source, Table) else frozenset()

    @property
    def length(self) -> int:
        """How many records there are."""
        return len(self.source.frame)

    @property
    def lost_fields(self) -> frozenset[str]:
        """Fields whose numbers have lost their last digits."""
        return self.source.lost_fields

    def has(self, *names: str) -> bool:
        """Tell whether the records have these fields, and the form knows them."""
        return all(name in self.frame.columns for name in names)

    def number(self, name: str) -> Exact:
        """Give a column of numbers; all blank where the records lack the field."""
        if name not in self._numbers:
            if name in self.frame.columns:
                self._numbers[name] = exact_column(self.frame[name], self.form.field(name).scale)
            else:
                self._numbers[name] = Exact(np.zeros(self.length, np.int64), np.ones(self.length, bool), 0)
        return self._numbers[name]

    def text(self, name: str) -> Array:
        """Give a column of texts, None for a blank and everywhere where the records lack the field."""
        if name not in self._texts:
            values = np.full(self.length, None, object)
            if name in self.frame.columns:
                column = self.frame[name]
                blank = blanks(column)
                values = column.to_numpy(dtype=object)
                if blank.any():
                    values = values.copy()
                    values[blank] = None
            self._texts[name] = values
        return self._texts[name]

    def has_cell(self, name: str, record: int) -> bool:
        """Tell whether the record's own table has the field at all, be its cell blank."""
        if not self.has(name):
            return False
        if isinstance(self.source, Table):
            return bool(self.source.address(name, record))
        addresses = self.source.cells.get(name)
        return addresses is None or addresses[record] is not None

    def unread(self, name: str) -> Array:
        """Tell the records whose cell says something that could not be read (若干, #REF!): it is no 0 and no blank."""
        if name not in self._unread:
            self._unread[name] = np.zeros(self.length, bool)
            if isinstance(self.source, Table) and name in self.source.cells and self.length:
                is_number = any(each.id == name and each.is_number for each in self.form.fields)
                blank = self.number(name).blank if is_number else blanks(self.frame[name])
                self._unread[name] = _unread_cells(self.source, name, blank)
        return self._unread[name]

    def numbers(self, rule: Expression) -> dict[str, Exact]:
        """Give the columns of numbers that a rule names."""
        known = {f.id: f for f in self.form.fields}
        return {name: self.number(name) for name in sorted(rule.fields) if name not in known or known[name].is_number}

    def select(self, condition: str | None) -> Array:
        """Give the records for which a condition holds; all where there is none, or an empty one."""
        if not condition:
            return np.ones(self.length, bool)
        rule = parse(condition)
        texts = {f.id: self.text(f.id) for f in self.form.fields if f.id in rule.fields and not f.is_number}
        return rule.select(self.numbers(rule), texts)

    def value(self, name: str, record: int) -> int | None:
        """Give a scaled number, None for a blank."""
        column = self.number(name)
        return None if column.blank[record] else int(column.values[record])

    def right_value(self, name: str, record: int) -> int | None:
        """Give a number as it should be, as far as a rule has found that, else as it is."""
        return self.corrections.get((name, record), self.value(name, record))

    def sum_of(self, name: str, line: Total) -> int:
        """Add up the records that a typed total stands for; blanks add nothing. A matrix has one a column."""
        key = (name, line.cells.get(name), line.row)
        if key not in self._sums:
            column, rows = self.number(name), list(line.records)
            added = total(Exact(column.values[rows], column.blank[rows], column.scale)) if rows else 0
            self._sums[key] = added or 0
        return self._sums[key]

    def word(self, name: str, record: int) -> str:
        """Give what a message writes for a field: a number as people write it, a text, nothing for a blank."""
        each = self._field(name)
        if each is None or not self.has(name):
            return ""
        if each.is_number:
            value = self.value(name, record)
            return "空" if value is None else say_number(value, each)
        text = self.text(name)[record]
        return "" if text is None else str(text)

    def label(self, record: int) -> str:
        """Name a record by the first words of its key: 粉笔, 七年级(3)班."""
        for name in (*self.form.key, *(f.id for f in self.form.fields if f.type in ("class", "text"))):
            each = self._field(name)
            if each is None or each.is_number or each.type == "date" or not self.has(name):
                continue
            if self.text(name)[record]:
                return str(self.text(name)[record])
        return ""

    def place(self, name: str, record: int) -> Place:
        """Give the place of a field of a record, in the user's own workbook."""
        if isinstance(self.source, Ledger):
            return ledger_place(self.source, name, record)
        return self.source.place(name, record)

    def cell(self, name: str, record: int) -> Cell | None:
        """Give the cell of a field of a record; None in a ledger, which has no cells."""
        if isinstance(self.source, Ledger) or name not in self.source.cells:
            return None
        rows, columns = self.source.cells[name]
        row, column = int(rows[record]), int(columns[record])
        return self.source.match.table.grid.cell(row, column) if row else None

    def found(self, name: str, record: int) -> str | None:
        """Give the text of a cell as Excel shows it, in a ledger that of the value."""
        cell = self.cell(name, record)
        if cell is not None:
            return shown(cell)
        return self.word(name, record) or None if self.has(name) else None

    def limit(self, tolerance: str) -> Fraction:
        """Give a tolerance as a number: written out, or a threshold of the settings (its default without a school)."""
        if tolerance not in THRESHOLDS:
            return Fraction(tolerance)
        chosen = self.school.thresholds if self.school else THRESHOLDS
        return Fraction(chosen.get(tolerance, THRESHOLDS[tolerance]))

    def shown_decimals(self, name: str, record: int) -> int:
        """Count the decimals that the cell of a price shows, as far as the field keeps them.

        -1 where it shows a whole number and holds one: then nothing was rounded.
        """
        scale = self.form.field(name).scale
        cell = self.cell(name, record)
        if cell is None:
            return scale
        decimals = min(_decimals(cell), scale)
        value = self.value(name, record) or 0
        return -1 if decimals == 0 and value % 10**scale == 0 else decimals

    def is_cut(self, name: str, record: int) -> bool:
        """Tell a cell that is written with more decimals than its field keeps."""
        cell = self.cell(name, record)
        return cell is not None and _decimals(cell) > self.form.field(name).scale

    def _field(self, name: str) -> Field | None:
        return next((f for f in self.form.fields if f.id == name), None)


def _unread_cells(table: Table, name: str, blank: Array) -> Array:
    """Find the blanks of a column whose cell is not blank."""
    grid, (rows, columns) = table.match.table.grid, table.cells[name]
    at = np.where(rows > 0, (rows - 1) * grid.columns + columns - 1, 0)
    unread = blank & (rows > 0) & (np.frombuffer(grid.kinds, np.uint8)[at] != Kind.BLANK)
    for record in np.flatnonzero(unread).tolist():
        text = canonical_text(shown(grid.cell(int(rows[record]), int(columns[record]))))
        unread[record] = bool(text) and text not in ZERO_LIKE
    return np.asarray(unread, bool)


def ledger_place(ledger: Ledger, name: str, record: int) -> Place:
    """Give the place of a field of a ledger's row.

    It is the row's main cell where the field has none, or has one outside the row (a date above a whole matrix).
    """
    addresses = ledger.cells.get(name)
    source = {name: ledger.sources[name].to_numpy()[record] for name in ("file", "sheet", "row", "cell")}
    cell = addresses[record] if addresses is not None else None
    if not cell or cell.lstrip(ascii_uppercase) != str(source["row"]):
        cell = source["cell"]
    return Place(str(source["file"]), str(source["sheet"]), cell)


@lru_cache(maxsize=4096)
def _decimals(cell: Cell) -> int:
    found = DECIMALS.search(shown(cell))
    return len(found[1]) if found else 0
