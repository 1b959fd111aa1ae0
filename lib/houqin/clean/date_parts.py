"""The date of a ledger that has a column for the month and one for the day, under the year: 2025年 | 月 | 日."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from houqin.clean.cells import Cells, cells_at
from houqin.model import Kind
from houqin.values import normal, parse_number, shown

if TYPE_CHECKING:
    from houqin.clean.registry import Job
    from houqin.forms import Form
    from houqin.model import Match, MatchedColumn

_YEAR = re.compile(r"20\d\d")


def cells_of_parts(match: Match, form: Form, rows: np.ndarray, job: Job) -> dict[str, Cells]:
    """Give the cells of the form's date, put together from its parts; none where the table has no such columns.

    A part that is not written again is that of the row above. The year stands in a column of its own or in the header,
    else it is that of the table.
    """
    # The form's own date is its first: 报修日期 before 完成日期.
    field = next((each for each in form.fields if each.type == "date"), None)
    parts = {normal(c.column.path[-1]): c for c in match.columns if c.role == "extra" and c.column.path}
    if field is None or match.column_of(field.id) or "月" not in parts or "日" not in parts or not len(rows):
        return {}
    months, days = _numbers(match, parts["月"], rows), _numbers(match, parts["日"], rows)
    years = _numbers(match, parts["年"], rows) if "年" in parts else [_year_above(match)] * len(rows)
    texts: list[str] = []
    for year, month, day in zip(years, months, days, strict=True):
        known = year or (job.year_of(month) if job.year_of and 1 <= month <= 12 else 0)
        texts.append(f"{known:04d}-{month:02d}-{day:02d}" if known and month and day else "")
    at = parts["日"].column.index
    base = cells_at(
        match.table.grid, rows, np.full(len(rows), at, np.int64), field=field, path=match.table.path, header="月日"
    )
    return {field.id: base.saying(texts, np.arange(len(rows)))}


def _numbers(match: Match, column: MatchedColumn, rows: np.ndarray) -> list[int]:
    """Read a column of whole numbers, blanks as the one above, 0 for what is none.

    The one above may stand in a row that is no record: 9 | 1 | 上月结转.
    """
    grid, found, last = match.table.grid, dict[int, int](), 0
    for row in range(match.table.body[0], int(rows[-1]) + 1):
        if grid.kind(row, column.column.index) != Kind.BLANK:
            read = parse_number(shown(grid.cell(row, column.column.index)))
            last = int(read.value) if read and read.value == read.value.to_integral_value() else 0
        found[row] = last
    return [found[row] for row in rows.tolist()]


def _year_above(match: Match) -> int:
    """Find the year in the headers of the columns."""
    said = (_YEAR.search(level) for c in match.columns for level in c.column.path[:-1])
    return next((int(year[0]) for year in said if year), 0)
