"""Where headers are: each row scored by words, types, what lies below it; then grown up and down by merges and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.locate.lines import is_footer, is_line
from houqin.locate.view import clipped
from houqin.locate.vocabulary import LONG_TEXT, Word, normal_text
from houqin.model import Kind, Range

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView

THRESHOLD = 3.0
# A header within a body must be sure: a list of words (品名, 规格) also stands in plain records.
STRONG = 5.0
_LOOK_BELOW = 8
_MAX_DEPTH = 4
_NO_HEADER = Word.TOTAL | Word.OPENING | Word.NOTE


@dataclass(frozen=True, slots=True)
class Header:
    """First and last row of a header."""

    top: int
    bottom: int

    @property
    def rows(self) -> tuple[int, ...]:
        """All its rows."""
        return tuple(range(self.top, self.bottom + 1))


def find_header(view: SheetView, area: Range, *, least: float = THRESHOLD) -> Header | None:
    """Give the first header within an area."""
    start = 0
    for row in range(area.top, area.bottom + 1):
        if view.is_blank(row, area):
            start = 0
            continue
        start += 1
        score = score_row(view, row, area)
        if score >= least:
            rival = score_row(view, row + 1, area) if row < area.bottom else 0.0
            best = row + 1 if rival > score + 2 and not _is_group_row(view, row, area) else row
            return grow_header(view, best, area)
    return None


def score_row(view: SheetView, row: int, area: Range) -> float:
    """Score a row as the first row of a header; 3 is likely, 5 is sure."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if len(items) < 2 or is_line(items) or any(item.words & _NO_HEADER for item in items[:2]):
        return 0.0
    texts = [item for item in items if item.is_text]
    if len(texts) * 2 < len(items) and not _is_series(items):
        return 0.0
    words = sum(1 for item in texts if item.words & Word.HEADER)
    numbers = len(items) - len(texts)
    score = 4.0 * words / len(items) + min(words, 4) * 0.5
    score -= 0.0 if _is_series(items) else 4.0 * numbers / len(items)
    score -= sum(1.0 for item in texts if len(normal_text(item.text)) > LONG_TEXT or item.words & Word.LABEL)
    labels = [normal_text(item.text) for item in texts]
    score += 0.5 if len(set(labels)) == len(labels) else 0.0
    score += 0.5 if all(view.is_bold(item) for item in texts) else 0.0
    score += 0.5 if any(item.words & Word.SERIAL for item in texts[:1]) else 0.0
    return score + _contrast(view, row, area, items)


def _contrast(view: SheetView, row: int, area: Range, items: list[Item]) -> float:
    """Add for columns whose head is text and whose cells below are numbers; take off where nothing changes."""
    below = [r for r in range(row + 1, min(row + _LOOK_BELOW + 3, area.bottom) + 1) if not view.is_blank(r, area)]
    below = below[:_LOOK_BELOW]
    if not below:
        return 0.0
    changed = same = 0
    for item in items:
        if not item.is_text:
            continue
        cells = [view.item(r, item.column) for r in below if view.grid.kind(r, item.column)]
        numeric = sum(1 for cell in cells if not cell.is_text)
        if cells and numeric * 2 > len(cells):
            changed += 1
        elif cells and normal_text(cells[0].text) == normal_text(item.text):
            same += 1
    return 2.5 * changed / len(items) - 1.5 * same / len(items)


def _is_series(items: list[Item]) -> bool:
    """Tell numbers that head columns: days 1 to 31, sizes 150 to 190, years, dates."""
    numbers = [float(item.text) for item in items if item.kind == Kind.NUMBER or item.is_number and _is_plain(item.text)]
    dates = sum(1 for item in items if item.kind == Kind.DATE)
    if dates * 2 > len(items) and dates >= 3:
        return True
    if len(numbers) < 3 or len(numbers) * 2 < len(items) - 2:
        return False
    steps = {round(b - a, 6) for a, b in zip(numbers, numbers[1:], strict=False)}
    return len(steps) == 1 and next(iter(steps)) > 0 and len(numbers) < len(items)


def _is_plain(text: str) -> bool:
    return text.replace(".", "", 1).isdecimal()


def _is_group_row(view: SheetView, row: int, area: Range) -> bool:
    """Tell a row with horizontal merges under which further labels stand, or vertical ones that reach the next row."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if any(item.bottom > item.row for item in items):
        return True
    return any(
        item.width > 1 and sum(1 for c in range(item.column, item.right + 1) if view.grid.kind(row + 1, c)) > 1
        for item in items
    )


def grow_header(view: SheetView, row: int, area: Range) -> Header:
    """Give the whole header around a row."""
    top = row
    while top > area.top and row - top < _MAX_DEPTH - 1 and _belongs_above(view, top - 1, area):
        top -= 1
    bottom = top
    while bottom < area.bottom and bottom - top < _MAX_DEPTH - 1 and (
        bottom < row or _belongs_below(view, top, bottom, area)
    ):  # fmt: skip
        bottom += 1
    return Header(top, bottom)


def _belongs_above(view: SheetView, row: int, area: Range) -> bool:
    """Tell whether the row above a header row is its group row."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if len(items) < 2 or is_line(items) or is_footer(items) or not all(item.is_text for item in items):
        return False
    if any(item.words & _NO_HEADER or len(normal_text(item.text)) > LONG_TEXT for item in items):
        return False
    if any(item.bottom > row for item in items):
        return True
    spans = [item for item in items if item.width > 1]
    return bool(spans) and len(spans) * 2 >= len(items)


def _belongs_below(view: SheetView, top: int, last: int, area: Range) -> bool:
    """Tell whether the row below the header so far is a further row of it."""
    row = last + 1
    covered = any(
        item.row >= top and item.bottom >= row for r in range(top, row) for item in view.items(r, area) if item.bottom > r
    )
    items = [clipped(item, area) for item in view.items(row, area)]
    if not items:
        return covered
    if is_footer(items) or any(item.words & (Word.TOTAL | Word.OPENING) and item.column <= area.left + 1 for item in items):
        return covered and not _has_numbers(items)
    if _has_numbers(items) and not _is_series_below(items):
        return False
    if covered:
        return True
    return _fits_under(view, last, items, area)


def _has_numbers(items: list[Item]) -> bool:
    return any(not item.is_text for item in items)


def _is_series_below(items: list[Item]) -> bool:
    """Tell sub-labels that are sizes or days: an even series, no other number among them."""
    numbers = [item for item in items if not item.is_text]
    return len(numbers) >= 3 and _is_series([*items, items[0]])


def _fits_under(view: SheetView, last: int, items: list[Item], area: Range) -> bool:
    """Tell sub-labels by place: under a wide merge, or in the gaps that a typed group row leaves."""
    upper = [clipped(item, area) for item in view.items(last, area)]
    words = sum(1 for item in items if item.words & Word.HEADER)
    wide = [item for item in upper if item.width > 1]
    under_wide = [item for item in items if any(w.column <= item.column <= w.right for w in wide)]
    if wide and len(under_wide) == len(items) and len(items) > len({_owner(i, wide) for i in items}):
        return True
    gaps = [item for item in items if not view.is_filled(last, item.column)]
    return len(gaps) >= 1 and words * 3 >= len(items) * 2 and len(items) > 1 and _has_groups(upper, items)


def _owner(item: Item, wide: list[Item]) -> int:
    return next((w.column for w in wide if w.column <= item.column <= w.right), 0)


def _has_groups(upper: list[Item], items: list[Item]) -> bool:
    """Tell that most filled cells of the lower row stand under a group: at a filled upper cell or right of one."""
    lower = {item.column for item in items}
    alone = sum(1 for item in upper if item.column not in lower and item.width == 1)
    return alone + len(lower) >= len(upper)
