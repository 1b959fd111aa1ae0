"""Tables of one form, from however many files and sheets, as one ledger in one canonical order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.ledger.copies import Record, compare_copies
from houqin.ledger.order import order_rows, order_tables
from houqin.ledger.submissions import compare_submissions
from houqin.model import Addresses, Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import Field, Form
    from houqin.model import Finding, Table
    from houqin.school import School

Array = np.ndarray[Any, Any]


def join_tables(tables: Sequence[Table], form: Form, school: School | None) -> tuple[Ledger, list[Finding]]:
    """Join the tables of one form.

    Records that two tables have alike count once; records that they have unlike stay, `pending`, until a person says
    which one holds. The order is that of the classes of the settings where the key has a class, then `form.order`,
    then that of the files, sheets and rows: it does not depend on how the records were cut into files.
    """
    ordered = order_tables(tables)
    verdict = compare_copies(ordered, form)
    compare_submissions(ordered, form, verdict)
    columns = _columns(ordered, form)
    columns["pending"] = pd.Series(_flags(ordered, verdict.pending))
    dropped = _flags(ordered, verdict.repeated)
    rows = order_rows(columns, form, school)
    rows = rows[~dropped[rows]]
    ledger = Ledger(
        form=form.id,
        frame=_in_order(columns, rows),
        sources=_in_order(_sources(ordered, form), rows),
        cells={field.id: _addresses(ordered, field.id).at(rows) for field in _ledger_fields(form)},
        extra=_in_order(_extra(ordered), rows),
        lost_fields=frozenset[str]().union(*(table.lost_fields for table in ordered)),
    )
    return ledger, verdict.findings


def _ledger_fields(form: Form) -> tuple[Field, ...]:
    """Give the fields that a ledger has; serial numbers only where they tell records apart."""
    kept = {*form.key, *form.order}
    return tuple(f for f in form.fields if f.id in kept or (f.ledger and f.type != "row-number"))


def _in_order(columns: dict[str, pd.Series[Any]], rows: Array) -> pd.DataFrame:
    """Make a frame of some rows of columns; these are let go of on the way, for a ledger may be large."""
    frame = {}
    for name in list(columns):
        column = columns.pop(name)
        frame[name] = pd.Series(column.array.take(rows), dtype=column.dtype)
    return pd.DataFrame(frame, index=pd.RangeIndex(len(rows)), copy=False)


def _columns(tables: Sequence[Table], form: Form) -> dict[str, pd.Series[Any]]:
    """Put the records below one another, each field of the form a column, blank where a table lacks it."""
    columns: dict[str, pd.Series[Any]] = {}
    for field in _ledger_fields(form):
        dtype: Any = "Int64" if field.is_number else object
        parts = [_part(table, field.id, dtype) for table in tables]
        columns[field.id] = _joined(parts) if parts else pd.Series([], dtype=dtype)
    return columns


def _joined(parts: list[pd.Series[Any]]) -> pd.Series[Any]:
    if len(parts) == 1:
        return parts[0]
    joined: pd.Series[Any] = pd.concat(parts, ignore_index=True)
    return joined


def _part(table: Table, field: str, dtype: Any) -> pd.Series[Any]:  # noqa: ANN401  (pandas names no type for dtypes)
    if field in table.frame.columns:
        column = table.frame[field]
        return column if column.dtype == dtype else column.astype(dtype)
    count = len(table.frame)
    blanks: Any = np.full(count, None, object)
    if dtype == "Int64":
        blanks = pd.arrays.IntegerArray(np.zeros(count, np.int64), np.ones(count, bool))
    part: pd.Series[Any] = pd.Series(blanks, dtype=dtype)
    return part


def _sources(tables: Sequence[Table], form: Form) -> dict[str, pd.Series[Any]]:
    """Say of each record where it comes from."""
    counts = [len(table.frame) for table in tables]
    rows = [table.spans[:, 0] for table in tables if len(table.frame)]
    return {
        "file": pd.Series(np.repeat(np.array([table.path for table in tables], object), counts), dtype=object),
        "sheet": pd.Series(np.repeat(np.array([table.sheet for table in tables], object), counts), dtype=object),
        "row": pd.Series(np.concatenate(rows) if rows else [], dtype=np.int64),
        "cell": pd.Series([cell for table in tables for cell in _main_cells(table, form)], dtype=object),
    }


def _main_cells(table: Table, form: Form) -> list[str | None]:
    """Give the cell that a link to each record should open: a matrix's value, else the first cell of the key.

    Only a cell of the record's own rows will do: a class that a line above the table names is the same for all.
    """
    layout = next((each for each in form.layouts if each.id == table.match.layout), None)
    matrix = layout is not None and layout.kind == "matrix" and layout.value is not None
    wanted = [layout.value] if matrix and layout else []
    wanted += [*form.key, *table.frame.columns]
    if table.frame.empty:
        return []
    rows, columns = np.zeros(len(table.frame), np.int64), np.zeros(len(table.frame), np.int64)
    for field in wanted:
        if str(field) in table.cells:
            there, across = table.cells[str(field)]
            own = (rows == 0) & (there > 0) & (table.spans[:, 0] <= there) & (there <= table.spans[:, 1])
            rows[own], columns[own] = there[own], across[own]
            if rows.all():
                break
    nowhere = rows == 0
    rows[nowhere], columns[nowhere] = table.spans[nowhere, 0], table.match.table.columns[0].index
    return list(Addresses(rows, columns))


def _addresses(tables: Sequence[Table], field: str) -> Addresses:
    """Give the A1 address of a field of every record."""
    nowhere = [np.broadcast_to(np.int64(0), len(table.frame)) for table in tables]
    found = [table.cells.get(field, (none, none)) for table, none in zip(tables, nowhere, strict=True)]
    if len(found) == 1:
        return Addresses(*found[0])
    rows = np.concatenate([np.asarray(each[0], np.int64) for each in found]) if found else np.zeros(0, np.int64)
    columns = np.concatenate([np.asarray(each[1], np.int64) for each in found]) if found else np.zeros(0, np.int64)
    return Addresses(rows, columns)


def _extra(tables: Sequence[Table]) -> dict[str, pd.Series[Any]]:
    """Keep the columns that no field takes, by their headers."""
    headers = dict.fromkeys(str(header) for table in tables for header in table.extra.columns)
    columns: dict[str, pd.Series[Any]] = {}
    for header in headers:
        values: list[Any] = []
        for table in tables:
            has = header in table.extra.columns
            values += table.extra[header].tolist() if has else [None] * len(table.frame)
        columns[header] = pd.Series(values, dtype=object)
    return columns


def _flags(tables: Sequence[Table], records: set[Record]) -> Array:
    """Mark records, given as (position of the table, position in it), in the joined order."""
    starts = np.cumsum([0, *(len(table.frame) for table in tables)])
    flags = np.zeros(int(starts[-1]), bool)
    for table, record in records:
        flags[int(starts[table]) + record] = True
    return flags
