"""A matrix unfolded: one record for each inner cell that says something."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from houqin.clean.axis import level_word
from houqin.clean.cells import Cells, cells_at
from houqin.clean.days import clean_days, day_cells
from houqin.model import Kind, Level
from houqin.school.axes import TYPED
from houqin.values import canonical_text, normal, parse_number, parse_tick, split_unit
from houqin.values.text import UNITS, without_question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.clean.log import Log
    from houqin.clean.registry import Job
    from houqin.forms import Field, Form, Layout
    from houqin.model import Match, MatchedColumn

# A device that is well is no repair.
_FINE = frozenset({"完好", "正常", "好", "良好", "完好无损", "无损坏", "ok", "有"})


class Word(NamedTuple):
    """A word of the across axis: canonical text, unit, and the header cell in which it stands."""

    text: str
    unit: str | None
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Inner:
    """The inner cells that are records, row by row and from left to right, with the across word of each."""

    match: Match
    layout: Layout
    rows: np.ndarray
    columns: np.ndarray
    words: Mapping[int, Word]  # by column index
    above: Mapping[str, Mapping[int, Word]]  # field -> what the levels above say of it, by column index

    def sources(self, fields: Mapping[str, Field], have: Mapping[str, Cells]) -> dict[str, Cells]:
        """Give the cells of the value field, of the across field, and of the unit and the count that go with them."""
        grid, path = self.match.table.grid, self.match.table.path
        value, across = fields[self.layout.value or ""], fields[self.layout.across or ""]
        inner = cells_at(grid, self.rows, self.columns, field=value, path=path, header=value.title)
        found = {across.id: self._headers(across, self.words)}
        for name, columns in self.columns_of().items():
            cells = inner if name == value.id else replace(inner, field=fields[name])
            mine = [column in columns for column in self.columns.tolist()]
            found[name] = cells if all(mine) else cells.only(mine)
        found |= {f: self._headers(fields[f], words) for f, words in self.above.items() if f not in have}
        units = {index: word._replace(text=word.unit or "") for index, word in self.words.items()}
        if "uom" in fields and "uom" not in have and any(word.text for word in units.values()):
            found["uom"] = self._headers(fields["uom"], units)
        if "qty" in fields and "qty" not in have and value.id != "qty":
            counted = cells_at(grid, self.rows, self.columns, field=fields["qty"], path=path, header=value.title)
            found["qty"] = counted.only([_count_in(counted, i) for i in range(len(counted))])
        return found

    def columns_of(self) -> dict[str, set[int]]:
        """Give the columns of each field that the inner cells are of: mostly one field has them all."""
        found: dict[str, set[int]] = {}
        for column in self.match.columns:
            if column.role == "value":
                found.setdefault(column.field or self.layout.value or "", set()).add(column.column.index)
        return found or {self.layout.value or "": set()}

    def _headers(self, field: Field, by_column: Mapping[int, Word]) -> Cells:
        """Give header cells, said in the words of the axis."""
        order = {index: i for i, index in enumerate(by_column)}
        which = np.array([order[c] for c in self.columns.tolist()], np.int64)
        words = list(by_column.values())
        texts = [word.text for word in words]
        rows = np.array([w.row for w in words], np.int64)[which] if words else np.zeros(0, np.int64)
        columns = np.array([w.column for w in words], np.int64)[which] if words else np.zeros(0, np.int64)
        grid, path = self.match.table.grid, self.match.table.path
        return cells_at(grid, rows, columns, field=field, path=path, header=field.title).saying(texts, which).spread()


def inner_cells(match: Match, form: Form, job: Job) -> Inner:
    """Find the inner cells that are records: not blank, not zero, and of a repair matrix not well."""
    layout = form.layout(match.layout or "")
    value = form.field(layout.value or "")
    across = [column for column in match.columns if column.role == "value"]
    axis = form.field(layout.across or "")
    words = {column.column.index: _word(match, column, layout) for column in across}
    if axis.type == "date":
        at = day_cells(match, [column.column for column in across], axis)
        days = clean_days(match, at, job)
        words = {
            column.column.index: Word(day, None, int(row), int(index))
            for column, day, row, index in zip(across, days, at.rows.tolist(), at.columns.tolist(), strict=True)
        }
    elif axis.type in TYPED:
        words |= _level_words(match, axis, job)
    above = {f: found for f in layout.above if (found := _level_words(match, form.field(f), job))}
    rows = np.array(match.table.record_rows, np.int64)
    grid_rows = np.repeat(rows, len(across))
    columns = np.tile(np.array(list(words), np.int64), len(rows))
    cells = cells_at(match.table.grid, grid_rows, columns, field=value, path=match.table.path, header=value.title)
    keep = np.asarray(cells.kinds) != Kind.BLANK
    for i in np.flatnonzero(keep).tolist():
        keep[i] = _says(cells, i, job.log)
    # What only some columns say, the others leave blank.
    blank = {index: Word("", None, word.row, word.column) for index, word in words.items()}
    return Inner(match, layout, grid_rows[keep], columns[keep], words, {f: blank | w for f, w in above.items()})


def _level_words(match: Match, field: Field, job: Job) -> dict[int, Word]:
    """Give what the header says of a field, by column index, for the columns where it says anything."""
    found = {}
    for column in (each.column for each in match.columns if each.role == "value"):
        if said := level_word(match, column, field, job.namings):
            found[column.index] = Word(said[0], None, said[1], said[2])
    return found


def _says(cells: Cells, i: int, log: Log) -> bool:
    """Tell whether an inner cell, no blank one, is a record; an error in it is reported here, for it becomes none."""
    kind = cells.kinds[i]
    if kind == Kind.ERROR:
        log.find("error-cell", Level.ERROR, cells, i)
        return False
    if kind == Kind.NUMBER:
        return bool(cells.numbers[i] != 0)
    text = canonical_text(cells.shown(i))
    read = parse_number(text)
    if not text or (read is not None and read.value == 0):
        return False
    if cells.field.is_number:
        return True
    tick = parse_tick(text)
    return normal(text) not in _FINE and not (tick is not None and tick.text == "是" and not text.isdigit())


def _count_in(cells: Cells, i: int) -> bool:
    """Tell whether an inner cell of words holds a count: 2, or 2 个."""
    if cells.kinds[i] == Kind.NUMBER:
        return True
    read = parse_number(cells.shown(i))
    return read is not None and not read.doubtful


def _word(match: Match, column: MatchedColumn, layout: Layout) -> Word:
    """Give an across column's word and the header cell that says it; a unit on a level of its own is not the word."""
    unit = column.unit
    levels = [without_question(level) for level in column.column.path if level.strip()]
    whole = _known("".join(levels), layout)
    for level, place in reversed(column.column.levels):
        text, at = without_question(level), place or (0, 0)
        if not text:
            continue
        if normal(text).strip("()") in UNITS and at[0] != match.table.header_rows[0]:
            unit = normal(text).strip("()")
            continue
        return Word(whole or _canonical(text, layout), unit, *at)
    return Word(whole or _canonical(levels[-1] if levels else "", layout), unit, 0, 0)


def _known(text: str, layout: Layout) -> str | None:
    """Give the layout's canonical word of a whole header: 收入/其他 is 其他收入."""
    plain = normal(text).replace("/", "")
    spelt = ((word, [word, *aliases]) for word, aliases in layout.across_values.items())
    return next((word for word, names in spelt if plain in {normal(name).replace("/", "") for name in names}), None)


def _canonical(text: str, layout: Layout) -> str:
    """Give a header's word: the layout's canonical one, else the text without blanks and without its unit."""
    name, unit = split_unit(text)
    for canonical, aliases in layout.across_values.items():
        if {name, normal(text)} & {normal(canonical), *map(normal, aliases)}:
            return canonical
    if unit:
        return name
    return "".join(text.split())
