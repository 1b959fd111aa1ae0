"""Literal tables for tests: a grid, where it matched, and the typed records, without the steps before."""

from __future__ import annotations

from array import array
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from houqin.exact import scaled
from houqin.forms import Check, Field, Form, Layout
from houqin.model import (
    Column,
    Match,
    MatchedColumn,
    RawTable,
    RowKind,
    Table,
    Total,
    a1,
    grid_of,
)
from houqin.school import School, SchoolClass

HEADER_ROW = 3


def make_form(fields: dict[str, str], checks: tuple[Check, ...] = (), **more: object) -> Form:
    """Make a form from `field id: 中文名/type`, with the default scales of the types."""
    scales = {"quantity": 3, "money": 2, "price": 4, "percent": 4}
    made = []
    for name, text in fields.items():
        title, _, kind = text.partition("/")
        made.append(Field(id=name, title=title, type=kind or "text", scale=scales.get(kind, 0)))
    options: dict[str, object] = {"id": "stock_balance", "title": "物资收发存汇总表", "grain": "一行一种物品", **more}
    return Form(fields=tuple(made), layouts=(Layout("list"),), checks=checks, **options)  # type: ignore[arg-type]


def make_table(
    form: Form,
    columns: str,
    rows: list[list[object]],
    *,
    totals: dict[int, RowKind] | None = None,
    file: str = "收发存.xlsx",
    sheet: str = "9月",
    formats: dict[str, str] | None = None,
) -> Table:
    """Make a table whose header stands in row 3 and whose records follow; `totals` marks rows of `rows` by position.

    A total stands for all records above it, a subtotal for those since the one before.
    """
    names = columns.split()
    marked = totals or {}
    lines: list[list[object]] = [["标题"], [], [form.field(name).title for name in names], *rows]
    grid = grid_of([[_stored(v) for v in line] for line in lines], sheet)
    if formats:
        grid = replace(grid, **_formatted(grid.rows, grid.columns, names, formats))
    first, last = HEADER_ROW + 1, HEADER_ROW + len(rows)
    raw = RawTable(
        grid=grid,
        path=file,
        header_rows=(HEADER_ROW,),
        body=(first, last),
        columns=tuple(Column(i + 1, (form.field(n).title,)) for i, n in enumerate(names)),
        skipped={first + i: kind for i, kind in marked.items()},
    )
    matched = tuple(MatchedColumn(c, "field", n) for c, n in zip(raw.columns, names, strict=True))
    records = [i for i in range(len(rows)) if i not in marked]
    frame = pd.DataFrame({n: _series(form, n, [rows[i][c] for i in records]) for c, n in enumerate(names)})
    at = np.array([first + i for i in records], np.int64)
    return Table(
        form=form.id,
        match=Match(raw, form.id, "list", 1.0, matched),
        frame=frame,
        cells={n: (at, np.full(len(records), c + 1)) for c, n in enumerate(names)},
        spans=np.stack([at, at], axis=1) if records else np.empty((0, 2), np.int64),
        extra=pd.DataFrame(index=pd.RangeIndex(len(records))),
        totals=tuple(_totals(form, names, rows, marked)),
    )


def make_school(classes: dict[str, int], **thresholds: int) -> School:
    """Make a school with classes of 七年级 and so on, by their names and sizes."""
    made = tuple(
        SchoolClass(name, name[: name.index("(")], int(name[name.index("(") + 1 : name.index(")")]), pupils)
        for name, pupils in classes.items()
    )
    limits = {"class_size_gap": 2, "price_gap": 30, "capitalise": 1000, "repair_open_days": 7, "progress_gap": 10}
    return School(
        folder=Path(),
        name="示例中学",
        system="five_four",
        school_year="2025-2026",
        semester=1,
        term_start="2025-09-01",
        term_end="2026-01-23",
        classes=made,
        posts={},
        thresholds={k: Decimal(v) for k, v in {**limits, **thresholds}.items()},
        uniform_prices={"夏装": Decimal(75), "冬装": Decimal(145)},
    )


def _stored(value: object) -> object:
    """Give what a workbook stores: a number as a double."""
    return float(value) if isinstance(value, int | float | Decimal) else value


def _series(form: Form, name: str, values: list[object]) -> pd.Series:
    field = form.field(name)
    if not field.is_number:
        return pd.Series([None if v is None else str(v) for v in values], dtype=object)
    numbers = [pd.NA if v is None else scaled(Decimal(str(v)), field.scale) for v in values]
    return pd.Series(pd.array(numbers, dtype="Int64"))


def _totals(form: Form, names: list[str], rows: list[list[object]], marked: dict[int, RowKind]) -> list[Total]:
    found = []
    start = 0
    positions = {row: n for n, row in enumerate(i for i in range(len(rows)) if i not in marked)}
    for row in sorted(marked):
        numeric = [(c, n) for c, n in enumerate(names) if form.field(n).is_number and rows[row][c] is not None]
        begin = start if marked[row] == RowKind.SUBTOTAL else 0
        found.append(
            Total(
                row=HEADER_ROW + 1 + row,
                kind=marked[row],
                values={n: scaled(Decimal(str(rows[row][c])), form.field(n).scale) for c, n in numeric},
                cells={n: a1(HEADER_ROW + 1 + row, c + 1) for c, n in numeric},
                records=tuple(positions[i] for i in range(begin, row) if i in positions),
            )
        )
        start = row + 1
    return found


def _formatted(rows: int, columns: int, names: list[str], formats: dict[str, str]) -> dict[str, object]:
    """Give every cell of a column a number format."""
    styles = ["General", *formats.values()]
    by_column = {names.index(name): styles.index(style) for name, style in formats.items()}
    ids = [by_column.get(at % columns, 0) for at in range(rows * columns)]
    return {"format_ids": array("H", ids), "formats": tuple(styles)}
