"""Which records a typed total may stand for, the likeliest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from houqin.model import Kind, RowKind
from houqin.values import normal

if TYPE_CHECKING:
    from houqin.model import RawTable

# A total that runs on from earlier sheets or months; what it should sum is not all here.
_RUNNING = re.compile("累计|结转|过次页|转下页")
_FROM_BEFORE = re.compile("承前|承上|上页")
# Beside 本月合计 stand a day and the side of the balance.
_NO_WORDS = re.compile(r"[\d一二三四五六七八九十./\-借贷平]")
_OF_A_PART = re.compile("本页|本月|本日|本周|本季")
_OF_ALL = re.compile("总计|总合计|全校|共计")
_SUMS = frozenset({RowKind.SUBTOTAL, RowKind.TOTAL})
_BREAKS = _SUMS | {RowKind.CATEGORY, RowKind.OPENING}
_LINES_ABOVE = 2  # the title, and the line that says which account it is
Limits = tuple[int, int]
NOTHING: Limits = (1, 0)


def records_within(rows: np.ndarray, limits: Limits) -> np.ndarray:
    """Give the positions of the records whose rows lie within limits, both included."""
    return np.flatnonzero((rows >= limits[0]) & (rows <= limits[1]))


def possible_ranges(table: RawTable, row: int) -> list[Limits]:
    """Give the ranges of rows that a total row may sum; the first is what its label and its place say."""
    label = label_of(table, row)
    first, last = table.body
    above, below = (first, row - 1), (row + 1, _next_sum(table, row) - 1)
    since_sum = _since(table, row, _SUMS)
    if _RUNNING.search(label):
        return [NOTHING, above]
    if table.skipped[row] == RowKind.SUBTOTAL or _OF_A_PART.search(label):
        # The first 本月合计 of a page sums records of the page before it too.
        unknown = [NOTHING] if _since_like(table, row, label)[0] == first and goes_on(table) else []
        return [*unknown, _since(table, row, _BREAKS), since_sum, _since_like(table, row, label), above, below]
    totals = [r for r, kind in table.skipped.items() if kind == RowKind.TOTAL]
    totals = [r for r in totals if not _RUNNING.search(label_of(table, r))]
    if not any(r < row for r in table.record_rows):
        return [(row + 1, last if row == max(totals) else below[1]), below, (row + 1, last)]
    earlier = [r for r in totals if r < row]
    since_total = (max(earlier) + 1, row - 1) if earlier else above
    likeliest = above if _OF_ALL.search(label) else since_total
    return [likeliest, above, since_total, since_sum, (first, last)]


def goes_on(table: RawTable) -> bool:
    """Tell a page that goes on from the one above: 承前页, or the same lines and header once more."""
    first = min(table.record_rows, default=table.body[1] + 1)
    opened = [row for row, kind in table.skipped.items() if kind == RowKind.OPENING and row < first]
    if opened:
        return bool(_FROM_BEFORE.search(label_of(table, opened[-1])))
    if not table.header_rows:
        return False
    top = max(1, table.header_rows[0] - _LINES_ABOVE)
    own = [_words(table, row) for row in range(top, table.header_rows[-1] + 1)]
    above = [_words(table, row) for row in range(1, top)]
    return any(above[at : at + len(own)] == own for at in range(len(above) - len(own) + 1))


def _words(table: RawTable, row: int) -> str:
    cells = (table.grid.cell(row, column.index) for column in table.columns)
    return "|".join(normal(str(cell.value)) for cell in cells if cell.kind != Kind.BLANK)


def label_of(table: RawTable, row: int) -> str:
    """Give the words of a total row."""
    cells = (table.grid.cell(row, column.index) for column in table.columns)
    return normal("".join(str(cell.value) for cell in cells if cell.kind == Kind.TEXT))


def _since(table: RawTable, row: int, breaks: frozenset[RowKind]) -> Limits:
    """From the last break above."""
    above = [r for r, kind in table.skipped.items() if r < row and kind in breaks]
    return max(above, default=table.body[0] - 1) + 1, row - 1


def _since_like(table: RawTable, row: int, label: str) -> Limits:
    """From the last subtotal of the same words: 年级小计 passes over the 小计 of its classes."""
    words = _NO_WORDS.sub("", label)
    above = [
        r
        for r, kind in table.skipped.items()
        if r < row and kind in _SUMS and _NO_WORDS.sub("", label_of(table, r)) == words
    ]
    return max(above, default=table.body[0] - 1) + 1, row - 1


def _next_sum(table: RawTable, row: int) -> int:
    return min((r for r, kind in table.skipped.items() if r > row and kind in _SUMS), default=table.body[1] + 1)
