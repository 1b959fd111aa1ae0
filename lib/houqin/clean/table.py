"""One located table to a clean one: where each field's cells lie, each cleaned by its type, the totals beside."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.clean import classes, dates, numbers, places, texts
from houqin.clean.cells import Cells, cells_at, cells_of_note
from houqin.clean.date_parts import cells_of_parts
from houqin.clean.days import complete_days
from houqin.clean.ditto import log_ditto, without_ditto
from houqin.clean.extra import extra_columns
from houqin.clean.log import Log
from houqin.clean.matrix import Inner, inner_cells
from houqin.clean.rates import part_rates
from houqin.clean.registry import CLEANERS, Job
from houqin.clean.sides import part_results
from houqin.clean.split import split_codes, split_spans
from houqin.clean.totals import totals_of
from houqin.clean.years import year_of_table
from houqin.forms import Field
from houqin.model import Kind, RowKind, Table
from houqin.school.axes import axis_part
from houqin.school.naming import find_class_in, find_grade_in, namings_of
from houqin.values import canonical_text, find_room, normal, shown
from houqin.values.days import day_or_month_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Form, Forms
    from houqin.model import Change, Finding, Match, MatchedColumn, Note
    from houqin.school import School

# Importing them registers them.
_TYPES = (numbers, texts, dates, classes, places)
# What others ask for comes first: a class its grade, a quantity its unit of measure and what is counted.
_FIRST = ("grade", "uom", "name", "food")
_GRADE_HEADERS = frozenset({"年级", "级部", "学段"})
_NUMBERED = re.compile(r"^\s*(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*")


def clean_table(match: Match, forms: Forms, school: School | None) -> tuple[Table, list[Change], list[Finding]]:
    """Clean a matched table; ValueError where its form is unknown."""
    if match.form is None:
        raise ValueError("a table without a form cannot be cleaned")
    form = forms.by_id[match.form]
    log = Log(form.id, match.table.header_rows[-1] if match.table.header_rows else 0)
    job = Job(log, school, namings_of(school), year_of_table(match.table, school))
    inner = inner_cells(match, form, job) if form.layout(match.layout or "").kind == "matrix" else None
    rows = inner.rows if inner else np.array(match.table.record_rows, np.int64)
    sources = _sources(match, form, rows, inner, job)
    if inner is None:
        sources |= cells_of_parts(match, form, rows, job)
    if "class" in sources and "grade" not in sources:
        _note_grade(match, form, rows, job)
    for field_id in sorted(sources, key=lambda f: f not in _FIRST):
        job.done[field_id] = _cleaned(sources[field_id], len(rows), job)
    sources |= split_codes(sources, form, job.done, log) | split_spans(sources, form, job.done, log)
    cells = {f: _where(source, len(rows)) for f, source in sources.items()}
    order = [each.id for each in form.fields if each.id in sources]
    table = Table(
        form=form.id,
        match=match,
        frame=pd.DataFrame({f: _series(job.done[f]) for f in order}, index=pd.RangeIndex(len(rows))),
        cells={f: cells[f] for f in order},
        spans=_spans(match, rows),
        extra=extra_columns(match, rows),
        totals=totals_of(match, form, rows, inner, job),
    )
    return table, log.changes, log.findings


def _sources(match: Match, form: Form, rows: np.ndarray, inner: Inner | None, job: Job) -> dict[str, Cells]:
    """Say for each field that the table has where its cells lie: columns first, then matrix, context, category rows."""
    fields = {each.id: each for each in form.fields}
    sources: dict[str, Cells] = {}
    for column in match.columns:
        if column.field is None or column.role in {"extra", "value"} or column.field not in fields:
            continue
        field = fields[column.field]
        cells = _column_cells(match, column, field, rows)
        sources[field.id] = complete_days(match, cells, job) if field.type == "date" else cells
    if inner:
        sources |= inner.sources(fields, sources)
    for field_id, note in match.context.items():
        if field_id in fields and field_id not in sources:
            text = _said(note, fields[field_id], job)
            sources[field_id] = cells_of_note(
                match.table.grid, note, text, field=fields[field_id], path=match.table.path
            )
    if "category" in fields and "category" not in sources:
        sources |= _categories(match, fields, rows)
    sources = part_results(match, sources, fields)
    return part_rates(sources, form.layout(match.layout or ""), fields)


def _column_cells(match: Match, column: MatchedColumn, field: Field, rows: np.ndarray) -> Cells:
    """Give a column's cells: for words, a cell merged downward counts for all its rows."""
    grid, index = match.table.grid, column.column.index
    rows = rows + column.column.line if column.column.line else rows
    first = match.table.body[0]
    downward = [m for m in grid.merges if m.left == index and m.bottom > m.top >= first and not field.is_number]
    at = rows.copy() if downward else rows
    for merge in downward:
        at[(rows > merge.top) & (rows <= merge.bottom)] = merge.top
    cells = cells_at(
        grid, at, np.broadcast_to(np.int64(index), len(rows)),
        field=field, path=match.table.path, header=column.column.header, unit=column.unit,
    )  # fmt: skip
    return cells.spread() if downward or _repeats(rows) else cells


def _repeats(rows: np.ndarray) -> bool:
    return len(rows) > 1 and bool((rows[1:] == rows[:-1]).any())


def _note_grade(match: Match, form: Form, rows: np.ndarray, job: Job) -> None:
    """Find the grade of bare classes where the form has no such field: a 年级 column, the title, the sheet's name."""
    column = next((c for c in match.columns if normal(c.column.header) in _GRADE_HEADERS and c.role == "extra"), None)
    quiet = replace(job, log=Log(form.id))
    if column is not None:
        job.done["grade"] = _cleaned(
            _column_cells(match, column, Field("grade", "年级", "grade"), rows), len(rows), quiet
        )
        return
    said = [note.text for note in match.table.notes if note.label == "title"]
    grades = [find_grade_in(text, job.namings) for text in (match.table.grid.sheet, *said)]
    found = next((grade.text for grade in grades if grade), None)
    if found:
        job.done["grade"] = np.full(len(rows), found, object)


def _said(note: Note, field: Field, job: Job) -> str:
    """Give the part of a note that speaks of the field: a title says more than a class."""
    kind = field.type
    if kind in {"sex", "choice"} and note.label.startswith("@"):
        return axis_part(note.text, kind, field.values, job.namings) or note.text
    if kind == "class" and note.label.startswith("@"):
        found = find_class_in(note.text, job.namings)
        return found.text if found else note.text
    if kind == "date" and note.label.startswith("@"):
        return day_or_month_in(note.text, job.year_of) or note.text
    if kind == "place" and note.label.startswith("@"):
        return find_room(note.text) or note.text
    if kind == "grade":
        grade = find_grade_in(note.text, job.namings)
        return grade.text if grade else note.text
    return note.text


def _spans(match: Match, rows: np.ndarray) -> np.ndarray:
    """Give first and last row of each record: it may have several rows, or its cells be merged over the row below."""
    table, last = match.table, np.minimum(rows + match.table.height - 1, match.table.body[1])
    for merge in table.grid.merges:
        covered = range(merge.top + 1, merge.bottom + 1)
        if covered and merge.top >= table.body[0] and all(table.skipped.get(r) == RowKind.BLANK for r in covered):
            last[rows == merge.top] = np.maximum(last[rows == merge.top], merge.bottom)
    return np.column_stack([rows, last])


def _categories(match: Match, fields: Mapping[str, Any], rows: np.ndarray) -> dict[str, Cells]:
    """Give each record the category row above it: 一、办公用品 is 办公用品."""
    grid, table = match.table.grid, match.table
    heads: dict[int, tuple[int, str]] = {}
    for row, kind in sorted(table.skipped.items()):
        if kind == RowKind.CATEGORY:
            filled = [c.index for c in table.columns if grid.kind(row, c.index) != Kind.BLANK]
            if filled:
                text = canonical_text(shown(grid.cell(row, filled[0])))
                heads[row] = (filled[0], _NUMBERED.sub("", text) or text)
    if not heads or not len(rows):
        return {}
    starts = np.array(list(heads), np.int64)
    which = np.searchsorted(starts, rows) - 1
    words = ["", *(text for _, text in heads.values())]
    at = np.where(which >= 0, starts[which], 0)
    columns = np.where(which >= 0, np.array([c for c, _ in heads.values()], np.int64)[which], 0)
    base = cells_at(grid, at, columns, field=fields["category"], path=table.path, header="类别")
    return {"category": base.saying(words, which + 1).spread()}


def _cleaned(source: Cells, length: int, job: Job) -> Any:  # noqa: ANN401  (an object array, or nullable integers)
    """Clean a field's cells; a cell that several records share is cleaned, and its change recorded, once."""
    if len(source) == length and (marks := (told := without_ditto(source, job))[1]):
        values = _cleaned(told[0], length, job)
        log_ditto(source, marks, values, job)
        return values
    clean = CLEANERS[source.field.type]
    if not length:  # a form that nobody filled in: what stands above it belongs to no record
        return clean(source.take(np.zeros(0, np.int64)), job)
    if len(source) != length:
        return clean(source, job).take(np.zeros(length, np.int64))
    if not source.shared:
        return clean(source, job)
    at = source.rows * (source.columns.max(initial=0) + 1) + source.columns
    _, first, which = np.unique(at, return_index=True, return_inverse=True)
    done = {f: values[first] for f, values in job.done.items() if len(values) == length}
    return clean(source.take(first), replace(job, done=done)).take(which)


def _series(values: Any) -> pd.Series:  # noqa: ANN401  (what a cleaner gave)
    """Make a column of a frame; pandas would make texts its own string type, and None NaN."""
    return pd.Series(values, dtype=object) if values.dtype == object else pd.Series(values)


def _where(source: Cells, length: int) -> tuple[np.ndarray, np.ndarray]:
    if len(source) == length:
        return source.rows, source.columns
    return np.broadcast_to(source.rows[0], length), np.broadcast_to(source.columns[0], length)
