"""Records on two or three rows: header rows whose labels are fields of their own, told by the beat of the body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.locate.lines import is_footer
from houqin.locate.rows import labelled_kind
from houqin.locate.vocabulary import Word, normal_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.locate.headers import Header
    from houqin.locate.view import SheetView
    from houqin.model import Range

_HIGHEST = 3
_LEAST_RECORDS = 2
_LEAST_LABELS = 2
_LOOKED_AT = 60  # rows


def record_height(view: SheetView, header: Header, area: Range) -> int:
    """Give how many rows each record takes: as many as the header where each of its rows has labels of its own."""
    height = len(header.rows)
    if not 1 < height <= _HIGHEST or not _has_own_labels(view, header, area):
        return 1
    keys = _key_columns(view, header, area)
    starts = list(_starts(view, area._replace(top=header.bottom + 1), keys, height)) if keys else []
    merged = bool(starts) and any(view.grid.anchor(starts[0] + height - 1, c) == (starts[0], c) for c in keys)
    if len(starts) < (1 if merged else _LEAST_RECORDS):
        return 1
    lower = [any(_is_own(view, row + n, c) for c in _columns(area)) for row in starts for n in range(1, height)]
    return height if sum(lower) * 2 > len(lower) else 1


def continuation_rows(view: SheetView, header: Header, area: Range, height: int) -> frozenset[int]:
    """Give the rows that go on with the record above them."""
    keys = _key_columns(view, header, area)
    rows = area._replace(top=header.bottom + 1)
    return frozenset(row + n for row in _starts(view, rows, keys, height, strict=False) for n in range(1, height))


def further_labels(view: SheetView, row: int, area: Range) -> int:
    """Count the rows below a header row that hold labels of their own, typed without merges.

    They leave the first column blank, and the body fills it once in as many rows.
    """
    first = view.items(row, area)[0].column
    count = 0
    while row + count < area.bottom and count < _HIGHEST - 1 and _are_labels(view, row + count + 1, first, area):
        count += 1
        if _keeps_beat(view, row + count + 1, first, area, count + 1):
            return count
    return 0


def _are_labels(view: SheetView, row: int, first: int, area: Range) -> bool:
    items = view.items(row, area)
    if len(items) < _LEAST_LABELS or items[0].column <= first or not all(item.is_text for item in items):
        return False
    if labelled_kind(items) is not None or is_footer(items):
        return False
    own = all(normal_text(item.text) != view.text(row - 1, item.column) for item in items)
    return own and sum(1 for item in items if item.words & Word.HEADER) * 3 >= len(items) * 2


def _keeps_beat(view: SheetView, top: int, first: int, area: Range, height: int) -> bool:
    """Tell rows that fill the first column once in `height`, at least for the first two records."""
    rows = range(top, min(top + height * _LEAST_RECORDS, area.bottom + 1))
    beat = [view.is_filled(row, first) for row in rows]
    return beat == [True, *[False] * (height - 1)] * _LEAST_RECORDS and not any(view.is_blank(r, area) for r in rows)


def _has_own_labels(view: SheetView, header: Header, area: Range) -> bool:
    """Tell that half of the columns have a label of their own in each row, none of them a group over others."""
    own = shared = 0
    for column in _columns(area):
        anchors = {view.grid.anchor(row, column) for row in header.rows}
        labels = [at for at in anchors if view.grid.kind(*at) and at[0] >= header.top]
        if len(anchors) == 1:
            continue  # one label over all rows
        is_group = any(view.item(*at).width > 1 for at in labels if at[0] < header.bottom)
        if len(labels) == len(header.rows) and not is_group:
            own += 1
        else:
            shared += 1
    return own > 0 and own * 2 >= own + shared


def _key_columns(view: SheetView, header: Header, area: Range) -> tuple[int, ...]:
    """Give the columns with one label for all rows of a record: their cells are filled once a record."""
    return tuple(
        column
        for column in _columns(area)
        if view.is_filled(header.top, column)
        and all(
            view.grid.anchor(row, column) == view.grid.anchor(header.top, column) or not view.grid.kind(row, column)
            for row in header.rows[1:]
        )
    )[:2]


def _starts(
    view: SheetView, rows: Range, keys: Sequence[int], height: int, *, strict: bool = True
) -> Iterator[int]:
    """Give the first rows of records; none at all where one of those looked at breaks the beat and `strict` holds."""
    row, found = rows.top, []
    last = min(rows.bottom, rows.top + _LOOKED_AT) if strict else rows.bottom
    while row <= last:
        items = view.items(row, rows)
        if not items or labelled_kind(items) is not None or is_footer(items) or len(items) == 1:
            row += 1
            continue
        if _is_record(view, row, keys, height):
            found.append(row)
            row += height
            continue
        if strict and row + height <= rows.bottom and view.is_filled(row, keys[0]):
            return
        row += 1
    yield from found


def _is_record(view: SheetView, row: int, keys: Sequence[int], height: int) -> bool:
    """Tell that the key columns say something in a row and nothing of their own in those below it."""
    if not _is_own(view, row, keys[0]):
        return False
    return not any(_is_own(view, row + n, column) for n in range(1, height) for column in keys)


def _is_own(view: SheetView, row: int, column: int) -> bool:
    return bool(view.grid.kind(row, column))


def _columns(area: Range) -> range:
    return range(area.left, area.right + 1)
