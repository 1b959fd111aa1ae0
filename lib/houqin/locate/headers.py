"""Where headers are: each row scored by words, types and what is below; then grown up and down by merges and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.days import labels_below_days
from houqin.locate.lines import are_titles, is_footer, is_line
from houqin.locate.scoring import LIKELY, POSSIBLE, is_even_series, is_too_long, names_no_header, score_row
from houqin.locate.tiers import further_labels
from houqin.locate.view import clipped
from houqin.locate.vocabulary import Word, normal_text

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

_MAX_DEPTH = 4
_UNIT_ALONE = re.compile(r"^[(].{1,8}[)]$")
_ENGLISH = re.compile(r"^[A-Za-z][A-Za-z .()/'-]{2,}$")
_SIZE = re.compile(r"^(?:1\d[05]|20[05])$")
_WIDE_GAP = 2
_LOOK_BELOW = 4


@dataclass(frozen=True, slots=True)
class Header:
    """First and last row of a header."""

    top: int
    bottom: int

    @property
    def rows(self) -> tuple[int, ...]:
        """All its rows."""
        return tuple(range(self.top, self.bottom + 1))


def find_header(view: SheetView, area: Range, *, least: float = LIKELY) -> Header | None:
    """Give the first header within an area."""
    for row in range(area.top, area.bottom + 1):
        score = score_row(view, row, area)
        if score >= least:
            rival = score_row(view, row + 1, area) if row < area.bottom else 0.0
            better = rival > score + 2 and not _is_group_row(view, row, area)
            # A typed group row scores less than its sub-labels; grown downward it takes them in.
            return grow_header(view, row + 1 if better and not _grows_down(view, row, area) else row, area)
    return None


def _is_group_row(view: SheetView, row: int, area: Range) -> bool:
    """Tell a row with horizontal merges under which further labels stand, or vertical ones that reach the next row."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if any(item.bottom > item.row for item in items):
        return True
    return any(
        item.width > 1 and sum(1 for c in range(item.column, item.right + 1) if view.grid.kind(row + 1, c)) > 1
        for item in items
    )


def guess_header(view: SheetView, area: Range) -> Header | None:
    """Give the header of an area in which none is likely: of three columns at least, with two rows below."""
    for row in range(area.top, area.bottom - 1):
        columns = view.columns(row, area)
        rows = range(row + 1, min(row + _LOOK_BELOW, area.bottom) + 1)
        below = [r for r in rows if len(view.columns(r, area)) * 2 >= len(columns)]
        if len(columns) > 2 and len(below) > 1 and score_row(view, row, area) >= POSSIBLE:
            return grow_header(view, row, area)
    return None


def grow_header(view: SheetView, row: int, area: Range) -> Header:
    """Give the whole header around a row."""
    area = _own_columns(view, row, area)
    top = row
    while top > area.top and row - top < _MAX_DEPTH - 1 and _belongs_above(view, top - 1, area):
        top -= 1
    if not labels_below_days(view, top, area):
        top = _row_of_days(view, top, area)
    bottom = top
    while bottom < area.bottom and bottom - top < _MAX_DEPTH - 1 and (
        bottom < row or _belongs_below(view, top, bottom, area)
    ):  # fmt: skip
        bottom += 1
    return Header(top, bottom + (further_labels(view, bottom, area) if top == bottom else 0))


def _row_of_days(view: SheetView, top: int, area: Range) -> int:
    """Give the row of days above the labels in which a header begins, the same row where there is none."""
    above = range(top - 1, max(area.top, top - 2) - 1, -1)
    return next((row for row in above if (labels_below_days(view, row, area) or 0) >= top), top)


def _grows_down(view: SheetView, row: int, area: Range) -> bool:
    return _belongs_below(view, row, row, _own_columns(view, row, area))


def _own_columns(view: SheetView, row: int, area: Range) -> Range:
    """Cut an area where two columns are blank in a header row and the two below: there something else stands beside."""
    rows = range(row, min(row + 2, area.bottom) + 1)
    filled = [c for c in range(area.left, area.right + 1) if any(view.is_filled(r, c) for r in rows)]
    for at, (column, following) in enumerate(pairwise(filled)):
        if following - column > _WIDE_GAP and at:
            return area._replace(right=column)
    return area


def _belongs_above(view: SheetView, row: int, area: Range) -> bool:
    """Tell whether the row above a header row is its group row."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if len(items) < 2 or is_line(items) or is_footer(items) or not all(item.is_text for item in items):
        return False
    if any(item.words & Word.NOTE or is_too_long(item) for item in items) or are_titles(items):
        return False
    if any(item.bottom > row for item in items):
        return True
    spans = [item for item in items if item.width > 1]
    return bool(spans) and len(spans) * 2 >= len(items)


def _belongs_below(view: SheetView, top: int, last: int, area: Range) -> bool:
    """Tell whether the row below the header so far is a further row of it."""
    row = last + 1
    if any((labels_below_days(view, r, area) or 0) >= row for r in range(top, row)):
        return True
    covered = any(
        item.row >= top and item.bottom >= row
        for r in range(top, row)
        for item in view.items(r, area)
        if item.bottom > r
    )
    items = [clipped(item, area) for item in view.items(row, area)]
    if not items:
        return covered
    if is_footer(items) or names_no_header(items):
        return False
    if _has_numbers(items) and not (_are_sublabels(items) or _are_sizes(items)):
        return False
    if covered or _says_again(view, last, items, area):
        return True
    return _fits_under(view, last, items, area)


def _says_again(view: SheetView, last: int, items: list[Item], area: Range) -> bool:
    """Tell a row that says of the labels above it their units in brackets, or the same in English."""
    upper = {item.column: item for item in view.items(last, area)}
    if len(items) < 2 or not all(item.is_text and item.column in upper for item in items):
        return False
    if all(_UNIT_ALONE.match(normal_text(item.text)) for item in items):
        return True
    below = view.items(items[0].row + 1, area) if items[0].row < area.bottom else []
    chinese = not any(item.text.isascii() for item in upper.values())
    english = all(_ENGLISH.match(item.text) for item in items) and len(items) * 2 > len(upper)
    return chinese and english and not all(cell.text.isascii() and cell.is_text for cell in below)


def _has_numbers(items: list[Item]) -> bool:
    return any(not item.is_text for item in items)


def _are_sublabels(items: list[Item]) -> bool:
    """Tell sub-labels that are sizes or days: an even series, or the same one under each group; no other number."""
    numbers = [item for item in items if not item.is_text]
    return is_even_series(numbers)


def _are_sizes(items: list[Item]) -> bool:
    """Tell numbers that are sizes of clothes, whether or not the groups have the same ones."""
    return all(_SIZE.match(item.text) for item in items if not item.is_text)


def heads_sizes(view: SheetView, row: int, area: Range) -> bool:
    """Tell a header row whose numbers are sizes of clothes: they look like records and are none."""
    items = [clipped(item, area) for item in view.items(row, area)]
    return _has_numbers(items) and _are_sizes(items)


def _fits_under(view: SheetView, last: int, items: list[Item], area: Range) -> bool:
    """Tell sub-labels by place: under a wide merge, or in the gaps that a typed group row leaves."""
    upper = [clipped(item, area) for item in view.items(last, area)]
    words = sum(1 for item in items if item.words & Word.HEADER)
    wide = [item for item in upper if item.width > 1]
    under_wide = [item for item in items if any(w.column <= item.column <= w.right for w in wide)]
    if wide and len(under_wide) == len(items) and len(items) > len({_owner(i, wide) for i in items}):
        return True
    gaps = [item for item in items if not view.is_filled(last, item.column)]
    if not gaps or len(items) < 2 or not _has_groups(upper, items):
        return False
    return words * 3 >= len(items) * 2 or _heads_numbers(view, items, area) or _leaves_names(view, upper, items, area)


def _leaves_names(view: SheetView, upper: list[Item], items: list[Item], area: Range) -> bool:
    """Tell labels that leave blank the first column, which the rows below fill: records would name what they are of."""
    first, row = upper[0].column, items[0].row
    if items[0].column <= first or not all(item.is_text for item in items):
        return False
    rows = [r for r in range(row + 1, min(row + _LOOK_BELOW, area.bottom) + 1) if not view.is_blank(r, area)]
    named = sum(1 for below in rows if view.is_filled(below, first))
    again = any(view.text(below, item.column) == normal_text(item.text) for below in rows for item in items)
    return len(rows) > 1 and named == len(rows) and not again


def _heads_numbers(view: SheetView, items: list[Item], area: Range) -> bool:
    """Tell labels with numbers below most of them: sub-labels of whatever words."""
    rows = range(items[0].row + 1, min(items[0].row + _LOOK_BELOW, area.bottom) + 1)
    numeric = sum(1 for item in items if any(view.number(row, item.column) is not None for row in rows))
    return all(item.is_text for item in items) and numeric * 2 > len(items)


def _owner(item: Item, wide: list[Item]) -> int:
    return next((w.column for w in wide if w.column <= item.column <= w.right), 0)


def _has_groups(upper: list[Item], items: list[Item]) -> bool:
    """Tell that most filled cells of the lower row stand under a group: at a filled upper cell or right of one."""
    lower = {item.column for item in items}
    alone = sum(1 for item in upper if item.column not in lower and item.width == 1)
    return alone + len(lower) >= len(upper)
