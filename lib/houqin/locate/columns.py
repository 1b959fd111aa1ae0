"""Columns of a header: each with its labels from the top, merged and typed groups carried over their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Column, Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from houqin.locate.headers import Header
    from houqin.locate.view import SheetView

# A column without a header belongs to the table when this share of its rows holds something there.
_USED_SHARE = 0.5
_SAMPLE = 200
_WIDE_GAP = 2


def table_span(view: SheetView, header: Header, area: Range, body: tuple[int, int]) -> tuple[int, int]:
    """Give first and last column: those of the header, and neighbours that the records fill."""
    first, last = _header_span(view, header, area, body)
    rows = [r for r in range(body[0], min(body[1], body[0] + _SAMPLE) + 1) if not view.is_blank(r, area)]
    while first > area.left and _is_used(rows, first - 1, view.is_filled):
        first -= 1  # names to the left are often merged over their rows
    while last < area.right and _is_used(rows, last + 1, view.grid.kind):
        last += 1
    return first, last


def _header_span(view: SheetView, header: Header, area: Range, body: tuple[int, int]) -> tuple[int, int]:
    """Give the columns that the header fills; past two columns that hold nothing stands something else."""
    # Where there is no header, the first records say how wide the table is.
    rows = header.rows or range(body[0], min(body[1], body[0] + _SAMPLE) + 1)
    filled = {c for row in rows for c in range(area.left, area.right + 1) if view.is_filled(row, c)}
    first, last = min(filled), max(filled)
    gap = 0
    for column in range(first, last + 1):
        if column in filled or any(view.grid.kind(row, column) for row in range(body[0], body[1] + 1)):
            gap = 0
            continue
        gap += 1
        before = [c for c in filled if c < column]
        if gap >= _WIDE_GAP and len(before) > 1:
            return first, max(before)
    return first, last


def _is_used(rows: list[int], column: int, is_filled: Callable[[int, int], int]) -> bool:
    used = sum(1 for row in rows if is_filled(row, column))
    return used > len(rows) * _USED_SHARE and used > 1


def make_columns(
    view: SheetView, header: Header, span: tuple[int, int], body: tuple[int, int], *, height: int = 1
) -> tuple[Column, ...]:
    """Give the columns; one that a header's merge merely covers and no record fills is left out."""
    if height > 1:
        return tuple(_columns_on_lines(view, header, span, body, height))
    columns = []
    for column in range(span[0], span[1] + 1):
        if _is_mere_cover(view, header, column, body):
            continue
        places = _places(view, header, column, span[0])
        columns.append(Column(column, tuple(view.item(*place).text for place in places), places=places))
    return tuple(columns)


def _columns_on_lines(
    view: SheetView, header: Header, span: tuple[int, int], body: tuple[int, int], height: int
) -> Iterator[Column]:
    """Give the columns of records on several rows: each line has its own, with the label from its header row."""
    for index in range(span[0], span[1] + 1):
        seen: set[tuple[int, int]] = set()
        for line, row in enumerate(header.rows):
            anchor = view.grid.anchor(row, index)
            has_label = bool(view.grid.kind(*anchor)) and anchor not in seen
            covered = anchor[1] != index
            used = any(view.grid.kind(r, index) for r in range(body[0] + line, body[1] + 1, height))
            if (has_label and not covered) or (used and anchor not in seen and (covered or line == 0)):
                places = (anchor,) if has_label else ()
                yield Column(index, tuple(view.item(*place).text for place in places), line, places)
            seen.add(anchor)


def _is_mere_cover(view: SheetView, header: Header, column: int, body: tuple[int, int]) -> bool:
    row, left = view.grid.anchor(header.bottom, column)
    if left == column or not view.grid.kind(row, left):
        return False
    return not any(view.grid.kind(r, column) for r in range(body[0], body[1] + 1))


def _places(view: SheetView, header: Header, column: int, first: int) -> tuple[tuple[int, int], ...]:
    """Give the cells of the labels from the top; a vertical merge gives one, a typed group passes to the right."""
    places: dict[tuple[int, int], None] = {}
    for row in header.rows:
        anchor = view.grid.anchor(row, column)
        if not view.grid.kind(*anchor):
            anchor = _typed_group(view, header, row, column, first) or anchor
        if view.grid.kind(*anchor) and anchor[0] >= header.top:
            places[anchor] = None
    return tuple(places)


def _typed_group(view: SheetView, header: Header, row: int, column: int, first: int) -> tuple[int, int] | None:
    """Give the typed group label to the left that a blank cell of an upper row belongs to."""
    if row == header.bottom or not _has_label_below(view, header, row, column):
        return None
    for left in range(column - 1, first - 1, -1):
        anchor = view.grid.anchor(row, left)
        if view.grid.kind(*anchor):
            merged = anchor != (row, left) or view.item(*anchor).width > 1
            return anchor if not merged and _has_label_below(view, header, row, left) else None
    return None


def _has_label_below(view: SheetView, header: Header, row: int, column: int) -> bool:
    return any(view.grid.kind(r, column) for r in range(row + 1, header.bottom + 1))
