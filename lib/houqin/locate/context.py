"""What a body's rows are by their neighbours: lone texts, totals amid records, totals without a label."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from houqin.locate.lines import is_day
from houqin.locate.rows import lone_text
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind, Range, RowKind

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView

_TOTALS = (RowKind.SUBTOTAL, RowKind.TOTAL)
_LEAST_FOR_SUM = 2
# Half a fen, as typed totals are rounded to the fen.
_SUM_GAP = 0.006
_SENTENCE_ENDS = ("。", "；", ";", "！", "）。")
_COLUMN_NUMBER_WORDS = frozenset(["栏次", "行次", "列次", "甲", "乙", "丙", "丁"])


def goes_on(kinds: dict[int, RowKind | None], row: int) -> bool:
    """Tell whether records or totals follow a row, before two blank rows."""
    blanks = 0
    for below in range(row + 1, next(reversed(kinds)) + 1):
        kind = kinds[below]
        if kind is None or kind in _TOTALS:
            return True
        blanks = blanks + 1 if kind is RowKind.BLANK else 0
        if blanks > 1:
            return False
    return False


def mark_signers(view: SheetView, kinds: dict[int, RowKind | None], area: Range) -> None:
    """Make posts without colons a note where 年 月 日 stands below each of them."""
    for row, kind in kinds.items():
        above = view.items(row - 1, area) if kind is RowKind.NOTE and kinds.get(row - 1, kind) is None else []
        if not above or not all(item.is_text for item in above):
            continue
        days = view.items(row, area)
        if all(item.words & Word.NO_DAY for item in days) and {i.column for i in days} <= {i.column for i in above}:
            kinds[row - 1] = RowKind.NOTE


def settle_lone_texts(view: SheetView, kinds: dict[int, RowKind | None], area: Range, serial: int | None) -> None:
    """Decide rows that hold one text alone: a category, a note, or a record of which only the name is filled in."""
    lone: dict[int, Item] = {}
    rows = range(next(iter(kinds), 1), next(reversed(kinds), 0) + 1)
    counts = view.counts(area._replace(top=rows.start, bottom=rows.stop - 1)) if rows else np.zeros(0, np.int64)
    for row in (np.flatnonzero(counts == 1) + rows.start).tolist():
        if kinds[row] is None:
            item = lone_text(view.items(row, area))
            if item is not None:
                lone[row] = item
            elif view.items(row, area)[0].kind == Kind.DATE and not goes_on(kinds, row):
                kinds[row] = RowKind.NOTE  # the day below the signatures
    if not lone or all(row in lone for row, kind in kinds.items() if kind is None):
        # A list of names that waits to be filled in has lone texts only.
        for row, item in lone.items():
            kinds[row] = RowKind.NOTE if _is_sentence(item) else None
        return
    for row in sorted(lone, reverse=True):
        kinds[row] = _lone_kind(view, kinds, lone[row], serial)


def _lone_kind(view: SheetView, kinds: dict[int, RowKind | None], item: Item, serial: int | None) -> RowKind | None:
    if _is_sentence(item):
        return RowKind.NOTE
    row = item.row
    if goes_on(kinds, row):
        numbered = view.grid.kind(row + 1, item.column) == Kind.NUMBER
        stands_out = view.is_bold(item) and not view.is_bold(view.item(row + 1, item.column))
        heads = item.column == serial or numbered or stands_out
        return RowKind.CATEGORY if heads else None
    if is_day(item.text):
        return RowKind.NOTE
    follows = row - 1 in kinds and kinds[row - 1] is None and view.grid.kind(row - 1, item.column) == Kind.TEXT
    return None if follows and item.column != serial and item.width == 1 else RowKind.NOTE


def _is_sentence(item: Item) -> bool:
    return bool(item.words & (Word.LONG | Word.NOTE)) or item.text.endswith(_SENTENCE_ENDS)


def settle_totals(skipped: dict[int, RowKind], first: int, last: int) -> None:
    """Make a total amid records a subtotal, and the one subtotal at the end, where there is no total, a total."""
    records = [row for row in range(first, last + 1) if row not in skipped]
    if not records:
        return
    for row, kind in skipped.items():
        if kind is RowKind.TOTAL and records[0] < row < records[-1]:
            skipped[row] = RowKind.SUBTOTAL
    totals = [row for row, kind in skipped.items() if kind in _TOTALS]
    if len(totals) == 1 and totals[0] > records[-1]:
        skipped[totals[0]] = RowKind.TOTAL


def find_unlabelled(view: SheetView, skipped: dict[int, RowKind], body: Range, serial: int | None) -> None:
    """Mark rows without any text whose numbers are the sums of records: at the end, at the top, or of a part."""
    records = [row for row in range(body.top, body.bottom + 1) if row not in skipped]
    if len(records) <= _LEAST_FOR_SUM:
        return
    named = [row for row in records[:50] if is_named(view, row, body)]
    if len(named) * 2 < len(records[:50]):
        return  # a table of numbers alone has no names to miss
    # Under a merged name a sum has no words of its own either, where the records have.
    worded = sum(int(Kind.TEXT) in view.kinds(row, body) for row in records[:50]) * 5 >= len(records[:50]) * 3
    start, wordless = 0, view.wordless_rows(body)
    for at, row in enumerate(records):
        if row not in wordless:
            continue
        if not is_nameless(view, row, body, serial) and not (worded and _is_wordless_below(view, row, body, serial)):
            continue
        if at == len(records) - 1:
            if _is_sum(view, row, records[:at], body, serial) or _is_sum(view, row, records[start:at], body, serial):
                skipped[row] = RowKind.TOTAL
        elif at == 0 and _is_sum(view, row, records[1:], body, serial):
            skipped[row] = RowKind.TOTAL
            start = 1
        elif _is_sum(view, row, records[start:at], body, serial):
            skipped[row] = RowKind.SUBTOTAL
            start = at + 1


def is_named(view: SheetView, row: int, body: Range) -> bool:
    """Tell a row that holds a text, or lies under a merge that does."""
    return int(Kind.TEXT) in view.kinds(row, body) or view.is_row_covered(row, body)


def is_nameless(view: SheetView, row: int, body: Range, serial: int | None = None) -> bool:
    """Tell a row of numbers alone; a running number names it."""
    kinds = view.kinds(row, body)
    if serial is not None and kinds[serial - body.left]:
        return False
    return is_wordless(kinds) and not view.is_row_covered(row, body)


def _is_wordless_below(view: SheetView, row: int, body: Range, serial: int | None) -> bool:
    """Tell a row of numbers alone that lies under merges from above."""
    kinds = view.kinds(row, body)
    return is_wordless(kinds) and not (serial is not None and kinds[serial - body.left])


def is_wordless(kinds: bytes) -> bool:
    """Tell the kinds of a row that holds something, and neither texts nor dates."""
    return kinds.count(int(Kind.TEXT)) + kinds.count(int(Kind.DATE)) == 0 and any(kinds)


def _is_sum(view: SheetView, row: int, records: list[int], body: Range, serial: int | None) -> bool:
    """Tell a row most of whose numbers are the sums above, one of them of two numbers at least."""
    columns = [column for column in view.columns(row, body) if column != serial]
    addends = [_addends(view, row, column, records) for column in columns]
    right = [count for count in addends if count]
    return len(right) * 2 >= len(columns) and max(right, default=0) >= _LEAST_FOR_SUM


def is_sum_of(view: SheetView, row: int, records: list[int], body: Range, serial: int | None) -> bool:
    """Tell a row of numbers alone, each the sum of those above it: a total below a gap."""
    return len(records) >= _LEAST_FOR_SUM and is_nameless(view, row, body) and _is_sum(view, row, records, body, serial)


def _addends(view: SheetView, row: int, column: int, records: list[int]) -> int:
    """Count the numbers whose sum a cell is, 0 where it is none."""
    value = view.number(row, column)
    numbers = [number for number in (view.number(r, column) for r in records) if number is not None]
    return len(numbers) if value and abs(sum(numbers) - value) < _SUM_GAP else 0


def mark_column_numbers(view: SheetView, skipped: dict[int, RowKind], first: int, area: Range) -> None:
    """Mark the row 栏次 1 2 3 … under a header."""
    items = view.items(first, area)
    numbers = [item.text for item in items if item.is_number]
    rest = {normal_text(item.text) for item in items if not item.is_number}
    start = int(numbers[0]) if numbers and numbers[0].isdecimal() else 0
    counted = numbers == [str(start + n) for n in range(len(numbers))]
    if start in (1, 2) and len(numbers) >= 4 and counted and rest <= _COLUMN_NUMBER_WORDS:
        skipped[first] = RowKind.HEADER
