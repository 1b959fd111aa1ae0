"""Ledgers too long for a sheet that people read: totals by month there, row by row in the typed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from houqin.exact import unscaled
from houqin.report.ledger_database import FILE
from houqin.report.records import Record

if TYPE_CHECKING:
    from houqin.forms import Form
    from houqin.model import Ledger

# A sheet ends at 1,048,576 rows; Excel and WPS become slow long before.
MOST_ROWS = 200_000
ROWS, MONTH = "行数", "月份"
# What a total is kept apart by, where the form has it
_NAMES = ("name", "food", "spec", "uom", "category", "food_class", "code", "subject", "project", "class")
_SUMMED = frozenset({"quantity", "count", "money"})


def said_of(ledger: Ledger) -> str:
    """Say where the rows are."""
    return f"共 {len(ledger.frame):,} 行，一张工作表里看不过来，这里是按月的合计；全部的行在 99技术文件/{FILE}。"


def summed_fields(ledger: Ledger, form: Form) -> list[str]:
    """Give the fields that a month adds up: quantities and amounts that somebody filled in; no prices, no percents."""
    frame = ledger.frame
    return [f.id for f in form.fields if f.type in _SUMMED and f.id in frame.columns and frame[f.id].notna().any()]


def name_fields(ledger: Ledger, form: Form) -> list[str]:
    """Give the fields that a month's totals are kept apart by."""
    frame = ledger.frame
    own = {f.id for f in form.fields}
    return [name for name in _NAMES if name in own and name in frame.columns and frame[name].notna().any()]


def month_records(ledger: Ledger, form: Form) -> list[Record]:
    """Give the rows that count as one record a month and name, in order; sums are exact, pending rows stay out.

    The date of a record is its month (2025-09), ROWS how many rows it stands for.
    """
    frame = ledger.counted
    date = next((f.id for f in form.fields if f.type == "date" and f.id in frame.columns), None)
    names, sums = name_fields(ledger, form), summed_fields(ledger, form)
    keys = pd.DataFrame({name: frame[name].astype(object).where(frame[name].notna(), "") for name in names})
    keys[MONTH] = frame[date].fillna("").str[:7] if date else ""
    values = pd.concat([frame[sums], pd.Series(1, index=frame.index, name=ROWS)], axis=1)
    groups = values.groupby([keys[name] for name in (MONTH, *names)], sort=True)
    totals = groups.sum(min_count=1)
    scales = {f.id: f.scale for f in form.fields}
    made = []
    for index, (key, row) in enumerate(zip(totals.index.tolist(), totals.itertuples(index=False), strict=True)):
        parts = key if isinstance(key, tuple) else (key,)
        said = {name: str(part) or None for name, part in zip((MONTH, *names), parts, strict=True)}
        numbers = {
            name: None if pd.isna(value) else unscaled(int(value), scales.get(name, 0))
            for name, value in zip(totals.columns, row, strict=True)
        }
        if date:
            said[date] = said[MONTH]
        made.append(Record(index, False, {**said, **numbers}))
    return made


