"""Days typed or merged over the same few labels, 3 | 4 | 5 over 早 中 晚: a header's upper row, though of numbers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind
from houqin.values.days import is_day, is_weekday

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

_LEAST_LABELS = 2
_LONGEST_LABEL = 8


def labels_below_days(view: SheetView, row: int, area: Range) -> int | None:
    """Give the row of the labels that a row of days stands over, None where it is none.

    Each day has the same two labels or more below it; a row of weekdays may lie between. Over one day alone, the label
    must be words that head columns. Beside the days stand texts that reach down or are alone in their column.
    """
    days = [item for item in view.items(row, area) if _is_day(item)]
    others = [item for item in view.items(row, area) if item not in days]
    if not days or not all(item.is_text and not item.words & (Word.LONG | Word.LABEL) for item in others):
        return None
    at = row + 2 if _are_weekdays(view, row + 1, days, area) else row + 1
    if at > area.bottom:
        return None
    spans = [_labels(view, at, item, after, area) for item, after in _with_next(view, row, days, area)]
    if any(span is None or span != spans[0] for span in spans):
        return None
    return at if len(days) > 1 or _are_known(view, at, days[0], others) else None


def _is_day(item: Item) -> bool:
    return item.kind == Kind.DATE or ((item.is_number or item.is_text) and is_day(item.text))


def _are_weekdays(view: SheetView, row: int, days: list[Item], area: Range) -> bool:
    """Tell a row that says of each day above it which day of the week it is."""
    items = view.items(row, area) if row <= area.bottom else []
    said = {item.column for item in items if is_weekday(item.text)}
    return bool(said) and said == {day.column for day in days}


def _with_next(view: SheetView, row: int, days: list[Item], area: Range) -> list[tuple[Item, int]]:
    """Give each day with the column where what stands next to it begins."""
    starts = [item.column for item in view.items(row, area)]
    after = dict(pairwise([*starts, area.right + 1]))
    return [(day, after[day.column]) for day in days]


def _labels(view: SheetView, row: int, day: Item, after: int, area: Range) -> tuple[str, ...] | None:
    """Give the labels below one day: below its merge, else up to the next text; None where they are no labels."""
    last = min(day.right if day.width > 1 else after - 1, area.right)
    items = [item for item in view.items(row, area) if day.column <= item.column <= last]
    texts = tuple(normal_text(item.text) for item in items)
    short = all(item.is_text and len(text) <= _LONGEST_LABEL for item, text in zip(items, texts, strict=True))
    whole = [item.column for item in items] == list(range(day.column, day.column + len(items)))
    return texts if short and whole and len(set(texts)) == len(texts) >= _LEAST_LABELS else None


def _are_known(view: SheetView, row: int, day: Item, others: list[Item]) -> bool:
    """Tell one day over labels beside texts that reach down to them, or that the labels leave room for."""
    if day.width > 1 and any(item.bottom >= row for item in others):
        return True
    last = day.right if day.width > 1 else day.column + _LEAST_LABELS - 1
    labels = [view.item(row, column) for column in range(day.column, last + 1)]
    apart = not any(view.grid.kind(row, item.column) for item in others)
    return bool(others) and apart and all(item.words & Word.HEADER for item in [*others, *labels])
