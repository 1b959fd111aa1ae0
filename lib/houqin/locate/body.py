"""Where a body ends and which of its rows are no records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.locate.rows import classify_row
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind, Range, RowKind

if TYPE_CHECKING:
    from houqin.locate.headers import Header
    from houqin.locate.view import SheetView

_TOTALS = (RowKind.SUBTOTAL, RowKind.TOTAL)
# Past so many blank rows another thing begins.
_WIDE_GAP = 30
_LEAST_FOR_SUM = 2


@dataclass(frozen=True, slots=True)
class Body:
    """First and last row, and the rows that are no records; (r + 1, r) where there is none."""

    first: int
    last: int
    skipped: dict[int, RowKind]


def find_body(view: SheetView, header: Header, area: Range, repeats: dict[int, RowKind]) -> Body:
    """Give the body below a header; `area` is the table's columns down to the last row that can be its own.

    `repeats` are rows already known as repeated headers or heads.
    """
    first = header.bottom + 1
    serial = serial_column(view, header, area)
    kinds = _classify(view, Range(first, area.left, area.bottom, area.right), serial, repeats)
    last = _last_row(view, kinds, first, area, serial)
    skipped = {row: kind for row, kind in kinds.items() if first <= row <= last and kind is not None}
    if last >= first:
        _settle_totals(skipped, first, last)
        _find_unlabelled(view, skipped, Range(first, area.left, last, area.right), serial)
        _mark_column_numbers(view, skipped, first, area)
    return Body(first, last, skipped)


def serial_column(view: SheetView, header: Header, area: Range) -> int | None:
    """Give the column headed 序号, if it is among the first two."""
    for row in header.rows:
        for item in view.items(row, area):
            if item.words & Word.SERIAL and item.column <= area.left + 1:
                return item.column
    return None


def _classify(
    view: SheetView, rows: Range, serial: int | None, repeats: dict[int, RowKind]
) -> dict[int, RowKind | None]:
    return {
        row: repeats[row] if row in repeats else classify_row(view, row, rows, serial)
        for row in range(rows.top, rows.bottom + 1)
    }


def _last_row(
    view: SheetView, kinds: dict[int, RowKind | None], first: int, area: Range, serial: int | None
) -> int:
    """Walk down until notes or something else begins; blank rows at the end are not of the body."""
    last, blanks, total_seen = first - 1, 0, False
    for row, kind in kinds.items():
        if kind is RowKind.BLANK:
            blanks += 1
            if not view.is_blank(row, area) and not _is_far(blanks):
                last = row
            continue
        if kind is RowKind.NOTE and not _goes_on(kinds, row):
            break
        if _is_far(blanks) or (blanks and kind is None and not _is_like_body(view, row, area, serial, total=total_seen)):
            break
        if kind is RowKind.CATEGORY and not _goes_on(kinds, row):
            break
        last, blanks = row, 0
        total_seen = total_seen or kind is RowKind.TOTAL
    return last


def _is_far(blanks: int) -> bool:
    return blanks > _WIDE_GAP


def _goes_on(kinds: dict[int, RowKind | None], row: int) -> bool:
    """Tell whether records or totals follow a row, before any wide gap."""
    blanks = 0
    for below in range(row + 1, max(kinds) + 1):
        kind = kinds[below]
        if kind in (None, *_TOTALS):
            return True
        blanks = blanks + 1 if kind is RowKind.BLANK else 0
        if blanks > 1:
            return False
    return False


def _is_like_body(view: SheetView, row: int, area: Range, serial: int | None, *, total: bool) -> bool:
    """Tell whether a row after a gap is a record of this table: wide enough, and numbered or not after the total."""
    columns = view.columns(row, area)
    if serial is not None and view.grid.kind(row, serial) == Kind.NUMBER:
        return True
    least = max(2, (area.right - area.left + 1) // (2 if total else 3))
    return len(columns) >= least and not (total and serial is not None)


def _settle_totals(skipped: dict[int, RowKind], first: int, last: int) -> None:
    """Make the last plain subtotal a total where there is none, and a total amid records a subtotal."""
    totals = [row for row, kind in skipped.items() if kind in _TOTALS]
    records_after = {
        row: any(below not in skipped for below in range(row + 1, last + 1)) for row in totals
    }
    for row in totals:
        before = any(above not in skipped for above in range(first, row))
        if skipped[row] is RowKind.TOTAL and records_after[row] and before:
            skipped[row] = RowKind.SUBTOTAL


def _find_unlabelled(view: SheetView, skipped: dict[int, RowKind], body: Range, serial: int | None) -> None:
    """Mark a last row without any name whose numbers are the sums of the records above it."""
    row = next((r for r in range(body.bottom, body.top - 1, -1) if skipped.get(r) is not RowKind.BLANK), None)
    if row is None or row in skipped:
        return
    columns = [c for c in view.columns(row, body) if c != serial]
    items = [view.item(row, c) for c in columns]
    if not items or any(item.is_text for item in items) or any(item.kind == Kind.DATE for item in items):
        return
    records = [r for r in range(body.top, row) if r not in skipped]
    if len(records) < _LEAST_FOR_SUM:
        return
    sums = [_is_sum(view, row, c, records) for c in columns]
    if sum(sums) * 2 >= len(sums) and any(sums):
        skipped[row] = RowKind.TOTAL


def _is_sum(view: SheetView, row: int, column: int, records: list[int]) -> bool:
    value = view.number(row, column)
    numbers = [n for n in (view.number(r, column) for r in records) if n is not None]
    return value is not None and value != 0 and len(numbers) >= _LEAST_FOR_SUM and abs(sum(numbers) - value) < 0.006


def _mark_column_numbers(view: SheetView, skipped: dict[int, RowKind], first: int, area: Range) -> None:
    """Mark the row 栏次 1 2 3 … under a header."""
    items = view.items(first, area)
    numbers = [item.text for item in items if item.is_number]
    rest = [normal_text(item.text) for item in items if not item.is_number]
    start = int(numbers[0]) if numbers and numbers[0].isdecimal() else None
    if start in (1, 2) and len(numbers) >= 4 and numbers == [str(start + n) for n in range(len(numbers))]:
        if all(text in ("栏次", "行次", "列次", "甲", "乙", "丙") for text in rest):
            skipped[first] = RowKind.HEADER
