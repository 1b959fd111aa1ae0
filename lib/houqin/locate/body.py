"""Where a body ends and which of its rows are no records."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from houqin.locate.context import (
    find_unlabelled,
    goes_on,
    is_sum_of,
    is_wordless,
    mark_column_numbers,
    mark_signers,
    settle_lone_texts,
    settle_totals,
)
from houqin.locate.lines import is_head
from houqin.locate.rows import classify_row
from houqin.locate.tiers import continuation_rows, record_height
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind, Range, RowKind

if TYPE_CHECKING:
    from houqin.locate.headers import Header
    from houqin.locate.view import Item, SheetView

# Past so many blank rows another thing begins.
_WIDE_GAP = 30
_LONGEST_CODE = 12
_LEAST_COUNTED = 3
_CLASSES = ("类别", "类型", "分类", "大类", "品类", "种类")


@dataclass(frozen=True, slots=True)
class Body:
    """First and last row, the rows that are no records, and how many rows a record takes; (r + 1, r) for no rows."""

    first: int
    last: int
    skipped: dict[int, RowKind]
    height: int = 1


def find_body(view: SheetView, header: Header, area: Range, repeats: dict[int, RowKind]) -> Body:
    """Give the body below a header; `area` is the table's columns down to the last row that can be its own.

    `repeats` are rows already known as repeated headers or heads.
    """
    first = header.bottom + 1
    serial = serial_column(view, header, area)
    rows = area._replace(top=first)
    height = record_height(view, header, area)
    further = continuation_rows(view, header, area, height) if height > 1 else frozenset()
    kinds = _classify(view, rows, (serial, printed_columns(view, header, area)), repeats, further)
    if height > 1:
        _mark_high_totals(view, kinds, rows, height)
    mark_signers(view, kinds, rows)
    settle_lone_texts(view, kinds, rows, serial)
    last = _last_row(view, kinds, rows, serial)
    skipped = {row: kind for row, kind in kinds.items() if first <= row <= last and kind is not None}
    if last >= first:
        below = range(last + 1, _merged_end(view, last, area) + 1)
        skipped.update(dict.fromkeys(below, RowKind.BLANK))
        last += len(below)
        mark_column_numbers(view, skipped, first, area)
        settle_totals(skipped, first, last)
        if height == 1:
            find_unlabelled(view, skipped, rows._replace(bottom=last), serial)
    return Body(first, last, skipped, height)


def serial_column(view: SheetView, header: Header, area: Range) -> int | None:
    """Give the column headed 序号, if it is among the first two; 编号 over codes (YSJ-03) numbers no rows."""
    for row in header.rows:
        for item in view.items(row, area):
            if item.words & Word.SERIAL and item.column <= area.left + 1 and not _has_codes(view, header, area, item):
                return item.column
    return _unlabelled_serial(view, header, area)


def printed_columns(view: SheetView, header: Header, area: Range) -> frozenset[int]:
    """Give the columns that printed forms fill themselves: the class of the goods, the month beside its day."""
    labels = {
        item.column: normal_text(item.text)
        for row in header.rows
        for item in view.items(row, area)
        if item.width == 1 and item.bottom >= header.bottom
    }
    months = {column for column, label in labels.items() if label == "月" and labels.get(column + 1) == "日"}
    return frozenset(months | {column for column, label in labels.items() if label.endswith(_CLASSES)})


def _has_codes(view: SheetView, header: Header, area: Range, item: Item) -> bool:
    """Tell a column of short texts with digits that are no numbers; what stands below a table there is none of them."""
    rows = range(header.bottom + 1, min(header.bottom + _WIDE_GAP, area.bottom) + 1)
    filled = [row for row in rows if view.grid.kind(row, item.column)]
    numbers = sum(view.number(row, item.column) is not None for row in filled)
    codes = sum(_is_code(view.text(row, item.column)) for row in filled if view.number(row, item.column) is None)
    return codes > numbers


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST_CODE and any(letter.isdigit() for letter in text)


def _unlabelled_serial(view: SheetView, header: Header, area: Range) -> int | None:
    """Give the first column if it has no label and counts on from row to row."""
    column = area.left
    if not header.rows or any(view.is_filled(row, column) for row in header.rows):
        return None
    rows = range(header.bottom + 1, min(header.bottom + _WIDE_GAP, area.bottom) + 1)
    numbers = [number for row in rows if (number := view.number(row, column)) is not None]
    counts = all(after - before == 1 for before, after in pairwise(numbers))
    return column if len(numbers) >= _LEAST_COUNTED and counts else None


def _classify(
    view: SheetView,
    rows: Range,
    given: tuple[int | None, frozenset[int]],
    repeats: dict[int, RowKind],
    further: frozenset[int],
) -> dict[int, RowKind | None]:
    """Give each row's kind; the `further` rows of a record are of the record, whatever they hold.

    `given` are the column of 序号 and those that printed forms fill themselves.
    """
    serial, printed = given
    kinds: dict[int, RowKind | None] = dict.fromkeys(range(rows.top, rows.bottom + 1))
    if not kinds:
        return kinds
    for row in (np.flatnonzero(~view.plain_rows(rows, serial, printed)) + rows.top).tolist():
        if row not in further and row not in repeats:
            kinds[row] = classify_row(view, row, rows, serial, printed)
    kinds.update((row, kind) for row, kind in repeats.items() if row in kinds and row not in further)
    return kinds


def _mark_high_totals(view: SheetView, kinds: dict[int, RowKind | None], rows: Range, height: int) -> None:
    """Make the further rows of a total total rows, where records take several."""
    for row in [row for row, kind in kinds.items() if kind in (RowKind.TOTAL, RowKind.SUBTOTAL)]:
        for further in range(row + 1, min(row + height, rows.bottom + 1)):
            if kinds[further] is not None or not is_wordless(view.kinds(further, rows)):
                break
            kinds[further] = kinds[row]


def _last_row(view: SheetView, kinds: dict[int, RowKind | None], area: Range, serial: int | None) -> int:
    """Walk down until notes or something else begins; blank rows at the end are not of the body, numbered ones are."""
    last, blanks, total_seen = area.top - 1, 0, False
    spare: list[int] = []  # rows of formulas that give 0, since the last record
    for row, kind in kinds.items():
        if kind is None and not blanks and not spare:
            last = row  # most rows are records below records
            continue
        if kind is RowKind.BLANK:
            columns = view.columns(row, area)
            if columns == (serial,) or view.is_row_covered(row, area):
                last, blanks = row, 0
            elif columns:
                spare.append(row)
            else:
                blanks += 1
            continue
        if _ends_before(view, kinds, row, area, total=total_seen) or blanks > _WIDE_GAP:
            break
        if blanks and kind is RowKind.OPENING and last >= area.top:
            break  # what is carried forward stands before records, not below a gap after them
        if blanks and kind is None and not _is_like_body(view, row, area, serial, total=total_seen):
            records = [above for above, each in kinds.items() if above < row and each is None]
            if total_seen or not is_sum_of(view, row, records, area, serial):
                break
        last, blanks, spare = row, 0, []
        total_seen = total_seen or kind is RowKind.TOTAL
    # A few rows that wait to be filled in are the table's; hundreds are only formulas that were copied down.
    return max(last, spare[-1]) if 0 < len(spare) <= _WIDE_GAP else last


def _ends_before(view: SheetView, kinds: dict[int, RowKind | None], row: int, area: Range, *, total: bool) -> bool:
    """Tell a note below everything, and a category that heads nothing or is the title of the next form."""
    if kinds[row] is RowKind.NOTE:
        return total or not goes_on(kinds, row)
    if kinds[row] is RowKind.CATEGORY:
        return not goes_on(kinds, row) or _begins_form(view, kinds, row, area)
    return False


def _begins_form(view: SheetView, kinds: dict[int, RowKind | None], row: int, area: Range) -> bool:
    """Tell a title across the table, below a gap, a note or a total, from a category."""
    closed = kinds.get(row - 1) in (RowKind.BLANK, RowKind.NOTE, RowKind.TOTAL)
    return closed and is_head(view.items(row, area))


def _merged_end(view: SheetView, last: int, area: Range) -> int:
    """Give the last row of merges that reach from the sheet's last row past what the sheet holds."""
    if last < view.grid.rows:
        return last
    ends = [item.bottom for item in view.items(last, area)]
    return max((end for end in ends if end - last <= _WIDE_GAP), default=last)


def _is_like_body(view: SheetView, row: int, area: Range, serial: int | None, *, total: bool) -> bool:
    """Tell whether a row after a gap is a record of this table: wide enough, and numbered or not after the total."""
    columns = view.columns(row, area)
    if serial is not None and view.grid.kind(row, serial) == Kind.NUMBER:
        return True
    if serial is not None and view.grid.kind(row, serial) == Kind.TEXT and view.number(row, serial) is None:
        return False
    least = max(2, (area.right - area.left + 1) // (2 if total else 3))
    if len(columns) >= least:
        return not (total and serial is not None)
    return not total and len(columns) > 1 and _is_sparse(view, row, area)


def _is_sparse(view: SheetView, row: int, area: Range) -> bool:
    """Tell one more record of a list of faults, below one blank row: named as the others, hardly filled either."""
    above = [columns for each in range(area.top, row - 1) if len(columns := view.columns(each, area)) > 1]
    width = area.right - area.left + 1
    if len(above) < 2 or not view.columns(row - 2, area) or sum(map(len, above)) * 2 > len(above) * width:
        return False
    first = view.columns(row, area)[0]
    return all(columns[0] == first and view.grid.kind(row, first) == Kind.TEXT for columns in above)
