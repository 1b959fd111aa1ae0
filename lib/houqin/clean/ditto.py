"""Cells that say 同上 or 〃: the record's value is that of the record above."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.exact import plain
from houqin.model import Kind, Level
from houqin.values import canonical_text

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.clean.registry import Job

_MARKS = frozenset({"同上", "同前", "〃", "″", "“", "”", '"', "''", "‘’", "“”", "′′", "〃〃", ",,"})
_LONGEST_MARK = 4


def _marks_among(cells: Cells, job: Job) -> list[int]:
    """Give the ids of the marks among the texts of the cells, which the columns of a table share."""
    if id(cells.texts) not in job.marks:
        short = ((i, text) for i, text in enumerate(cells.texts) if len(text) <= _LONGEST_MARK)
        job.marks[id(cells.texts)] = cells.texts, [i for i, text in short if canonical_text(text) in _MARKS]
    return job.marks[id(cells.texts)][1]


def without_ditto(cells: Cells, job: Job) -> tuple[Cells, list[int]]:
    """Give the cells with those marks replaced by what stands above, and the positions of the marks.

    A mark in the first record has nothing above it and stays what it is.
    """
    ids = _marks_among(cells, job)
    if not ids:
        return cells, []
    marks = np.flatnonzero((cells.kinds == Kind.TEXT) & np.isin(cells.ids, ids))
    at = np.arange(len(cells))
    for i in marks.tolist():
        is_below = i and cells.columns[i] == cells.columns[i - 1] and cells.rows[i] > cells.rows[i - 1]
        at[i] = at[i - 1] if is_below else i
    told = [i for i in marks.tolist() if at[i] != i]
    if not told:
        return cells, []
    filled = cells.take(at)
    return replace(filled, rows=cells.rows, columns=cells.columns), told


def _said(value: Any, cells: Cells) -> str:  # noqa: ANN401  (a text, a whole number, None or pandas' NA)
    if value is None or value is pd.NA:
        return ""
    return plain(int(value), cells.field.scale) if cells.field.is_number else str(value)


def log_ditto(cells: Cells, marks: list[int], values: Any, job: Job) -> None:  # noqa: ANN401  (what a cleaner gave)
    """Record what each mark stood for; where it stands for a number, it is asked about as well."""
    places = {cells.place(i) for i in marks}
    job.log.changes[:] = [change for change in job.log.changes if change.place not in places]
    for i in marks:
        after = _said(values[i], cells)
        job.log.changed(cells, i, after, "ditto")
        if cells.field.is_number and after:
            job.log.find("doubtful-number", Level.QUESTION, cells, i, expected=after)
