"""The two halves of one statement, 收入 | 支出, as one table: what is left over is judged from both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Table


def join_halves(tables: Sequence[Table]) -> list[Table]:
    """Give the tables in their order, two halves of one statement and of one form as one; the left one's place counts.

    Their records stand one behind the other, each with its own cells.
    """
    joined: list[Table] = []
    for table in tables:
        if joined and _are_halves(joined[-1], table):
            joined[-1] = _join(joined[-1], table)
        else:
            joined.append(table)
    return joined


def _are_halves(one: Table, other: Table) -> bool:
    left, right = one.match.table, other.match.table
    if left.side is None or right.side is None or left.side.text == right.side.text or one.form != other.form:
        return False
    return left.grid is right.grid and left.path == right.path and left.header_rows == right.header_rows


def _join(one: Table, other: Table) -> Table:
    offset = len(one.frame)
    totals = tuple(replace(t, records=tuple(record + offset for record in t.records)) for t in other.totals)
    names = [*one.frame.columns, *(name for name in other.frame.columns if name not in one.frame.columns)]
    return replace(
        one,
        frame=pd.DataFrame({name: _column(one, other, name) for name in names}),
        cells={name: _cells(one, other, name) for name in names},
        spans=np.concatenate([one.spans, other.spans]),
        extra=pd.concat([one.extra, other.extra], ignore_index=True),
        totals=(*one.totals, *totals),
    )


def _column(one: Table, other: Table, name: str) -> pd.Series:
    """Give a field of both; blank where a half lacks it."""
    have = next(table.frame[name] for table in (one, other) if name in table.frame)
    parts = [
        table.frame[name] if name in table.frame else pd.Series([None] * len(table.frame), dtype=have.dtype)
        for table in (one, other)
    ]
    return pd.concat(parts, ignore_index=True).astype(have.dtype)


def _cells(one: Table, other: Table, name: str) -> tuple[np.ndarray, np.ndarray]:
    nothing = [(np.zeros(len(t.frame), np.int64), np.zeros(len(t.frame), np.int64)) for t in (one, other)]
    parts = [table.cells.get(name, blank) for table, blank in zip((one, other), nothing, strict=True)]
    return np.concatenate([rows for rows, _ in parts]), np.concatenate([columns for _, columns in parts])
