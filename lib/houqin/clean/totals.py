"""The total rows that the clerk typed: what they say, and which records they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from houqin.clean.cells import cells_at
from houqin.clean.numbers import clean_numbers
from houqin.clean.ranges import NOTHING, goes_on, label_of, possible_ranges, records_within
from houqin.clean.registry import Job
from houqin.model import Kind, RowKind, Total, a1
from houqin.values import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.clean.matrix import Inner
    from houqin.forms import Field, Form
    from houqin.model import Match, RawTable


def totals_of(match: Match, form: Form, rows: np.ndarray, inner: Inner | None, job: Job) -> tuple[Total, ...]:
    """Read the subtotal and total rows, a Total each; of a matrix, one for each column."""
    table = match.table
    kinds = {r: k for r, k in sorted(table.skipped.items()) if k in (RowKind.SUBTOTAL, RowKind.TOTAL)}
    if not kinds:
        return ()
    fields = {each.id: each for each in form.fields if each.is_number and each.type != "row-number"}
    if inner:
        return _of_matrix(match, fields, kinds, inner, job)
    said: dict[int, tuple[dict[str, int], dict[str, str]]] = {row: ({}, {}) for row in kinds}
    for column in match.columns:
        field = fields.get(column.field or "")
        if field is None or column.role == "extra":
            continue
        own = [row for row in kinds if _line_of(match.table, row) == column.column.line]
        for row, value in _numbers(match, field, column.column.index, own, column.unit, job):
            said[row][0][field.id] = value
            said[row][1][field.id] = a1(row, column.column.index)
    return tuple(
        Total(row, kind, values, cells, _records(match, row, rows, _added(values, form), job), _label(table, row))
        for (row, kind), (values, cells) in zip(kinds.items(), said.values(), strict=True)
        if values
    )


def _added(values: Mapping[str, int], form: Form) -> Mapping[str, int]:
    """Give what a total adds up: beside 借方 and 贷方 its 余额 is the last one, and no sum."""
    return {name: value for name, value in values.items() if name in form.totals} or values


def _label(table: RawTable, row: int) -> str:
    """Give a total's words, of half a statement with its side: 合计 under 收入 is 收入合计."""
    label, side = label_of(table, row), table.side.text if table.side else ""
    return label if side in label else side + label


def _line_of(table: RawTable, row: int) -> int:
    """Give which line of the records a total row sums: where they take several rows, totals without words go on."""
    line = 0
    while line + 1 < table.height and row - line - 1 in table.total_rows and not _has_words(table, row - line):
        line += 1
    return line


def _has_words(table: RawTable, row: int) -> bool:
    return any(table.grid.kind(row, column.index) == Kind.TEXT for column in table.columns)


def _records(match: Match, row: int, rows: np.ndarray, values: Mapping[str, int], job: Job) -> tuple[int, ...]:
    """Choose among the ranges that a total may stand for the one whose sums agree best, else the likeliest.

    That 0 are 0 tells nothing. Of a total that may begin on the page before, all or none must agree.
    """
    limits_of = possible_ranges(match.table, row)
    ranges = [records_within(rows, limits) for limits in limits_of]
    known = {f: job.done[f] for f in values if f in job.done and len(job.done[f]) == len(rows)}
    columns = {f: column.to_numpy(np.int64, na_value=0) for f, column in known.items()}

    def agreeing(records: np.ndarray) -> int:
        return sum(bool(len(records)) and int(columns[f][records].sum()) == values[f] for f in told)

    told = [f for f in columns if values[f]] or list(columns)
    best = max(ranges, key=agreeing)
    is_unknown = limits_of[0] == NOTHING and goes_on(match.table) and agreeing(best) < len(told)
    return () if is_unknown else tuple(best.tolist())


def _of_matrix(
    match: Match,
    fields: dict[str, Field],
    kinds: Mapping[int, RowKind],
    inner: Inner,
    job: Job,
) -> tuple[Total, ...]:
    of_column = {index: name for name, columns in inner.columns_of().items() for index in columns}
    totals = []
    for index in inner.words:
        field = fields.get(of_column.get(index, ""))
        if field is None:
            continue
        for row, value in _numbers(match, field, index, list(kinds), None, job):
            below = _records(match, row, inner.rows, {}, job)
            records = tuple(i for i in below if inner.columns[i] == index)
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
