"""The total rows that the clerk typed: what they say, and which records they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from houqin.clean.cells import cells_at
from houqin.clean.numbers import clean_numbers
from houqin.clean.registry import Job
from houqin.model import Kind, RowKind, Total, a1
from houqin.values import normal, parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.clean.matrix import Inner
    from houqin.forms import Field, Form
    from houqin.model import Match

# A total that runs on from earlier sheets or months; what it should sum is not all here.
_RUNNING = re.compile("累计|结转|总累")
_OF_A_PART = re.compile("本页|本月|本日|本周|本季")
_OF_ALL = re.compile("总计|总合计|全校|共计")


def totals_of(match: Match, form: Form, rows: np.ndarray, inner: Inner | None, job: Job) -> tuple[Total, ...]:
    """Read the subtotal and total rows, a Total each; of a matrix, one for each column."""
    table = match.table
    kinds = {r: k for r, k in sorted(table.skipped.items()) if k in (RowKind.SUBTOTAL, RowKind.TOTAL)}
    if not kinds:
        return ()
    fields = {each.id: each for each in form.fields if each.is_number and each.type != "row-number"}
    ranges = _ranges(match, list(kinds))
    if inner:
        return _of_matrix(match, fields, kinds, ranges, inner, job)
    said: dict[int, tuple[dict[str, int], dict[str, str]]] = {row: ({}, {}) for row in kinds}
    for column in match.columns:
        field = fields.get(column.field or "")
        if field is None or column.role == "extra":
            continue
        for row, value in _numbers(match, field, column.column.index, list(kinds), column.unit, job):
            said[row][0][field.id] = value
            said[row][1][field.id] = a1(row, column.column.index)
    return tuple(
        Total(row, kind, values, cells, tuple(np.flatnonzero(_within(rows, ranges[row])).tolist()))
        for (row, kind), (values, cells) in zip(kinds.items(), said.values(), strict=True)
        if values
    )


def _of_matrix(  # noqa: PLR0913, PLR0917
    match: Match,
    fields: dict[str, Field],
    kinds: Mapping[int, RowKind],
    ranges: dict[int, tuple[int, int]],
    inner: Inner,
    job: Job,
) -> tuple[Total, ...]:
    field = fields.get(inner.layout.value or "")
    if field is None:
        return ()
    totals = []
    for index in inner.words:
        for row, value in _numbers(match, field, index, list(kinds), None, job):
            mine = _within(inner.rows, ranges[row]) & (inner.columns == index)
            records = tuple(np.flatnonzero(mine).tolist())
            totals.append(Total(row, kinds[row], {field.id: value}, {field.id: a1(row, index)}, records))
    return tuple(totals)


def _numbers(  # noqa: PLR0913, PLR0917
    match: Match, field: Field, index: int, rows: Sequence[int], unit: str | None, job: Job
) -> list[tuple[int, int]]:
    """Give row and value of the total cells of a column that hold numbers; their words are labels, not mistakes."""
    grid = match.table.grid
    plain = [
        row for row in rows
        if grid.kind(row, index) != Kind.TEXT or parse_number(str(grid.cell(row, index).value)) is not None
    ]  # fmt: skip
    if not plain:
        return []
    at = np.array(plain, np.int64)
    cells = cells_at(
        grid, at, np.full(len(at), index, np.int64), field=field, path=match.table.path, header=field.title, unit=unit
    )
    values = clean_numbers(cells, Job(job.log, job.school, job.namings, job.year_of))
    return [(row, int(value)) for row, value in zip(plain, values, strict=True) if value is not pd.NA]


def _within(rows: np.ndarray, limits: tuple[int, int]) -> np.ndarray:
    return (rows >= limits[0]) & (rows <= limits[1])


def _ranges(match: Match, rows: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Say which rows each total stands for; none where that is not clear."""
    table = match.table
    ranges: dict[int, tuple[int, int]] = {}
    totals = [row for row in rows if table.skipped[row] == RowKind.TOTAL]
    for row in rows:
        label = _label(match, row)
        if _RUNNING.search(label):
            ranges[row] = (1, 0)
        elif table.skipped[row] == RowKind.SUBTOTAL or _OF_A_PART.search(label):
            ranges[row] = _since_last_break(match, row)
        else:
            ranges[row] = _of_total(match, row, totals, label)
    return ranges


def _since_last_break(match: Match, row: int) -> tuple[int, int]:
    """From the last subtotal, total or category above; a subtotal without rows of its own above is not clear."""
    breaks = {RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.CATEGORY, RowKind.OPENING, RowKind.HEADER}
    above = [r for r, kind in match.table.skipped.items() if r < row and kind in breaks]
    return max(above, default=match.table.body[0] - 1) + 1, row - 1


def _of_total(match: Match, row: int, totals: Sequence[int], label: str) -> tuple[int, int]:
    """All records above; below where it stands first; between two totals only what lies between them."""
    first, last = match.table.body
    if row == totals[0] and not any(r < row for r in match.table.record_rows):
        return row + 1, (totals[1] - 1 if len(totals) > 1 else last)
    earlier = [r for r in totals if r < row and not _RUNNING.search(_label(match, r))]
    if not earlier or _OF_ALL.search(label):
        return first, row - 1
    return earlier[-1] + 1, row - 1


def _label(match: Match, row: int) -> str:
    """Give the words of a total row."""
    grid = match.table.grid
    texts = (grid.cell(row, column.index) for column in match.table.columns)
    return normal("".join(str(cell.value) for cell in texts if cell.kind == Kind.TEXT))
