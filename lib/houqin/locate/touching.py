"""Tables side by side with no blank column between them: told by what their headers repeat, number anew or title."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.lines import are_titles
from houqin.locate.vocabulary import Word, normal_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.locate.headers import Header
    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

_LEAST_COLUMNS = 2
_LEAST_COUNTED = 2
_LOOKED_AT = 40
_TITLE_ROWS = 4


def touching_cuts(view: SheetView, header: Header, area: Range) -> list[int]:
    """Give the columns where a further table begins, from the left; none where the header is of one table."""
    labels = leaf_labels(view, header, area)
    if len(labels) < 2 * _LEAST_COLUMNS or _is_grouped(view, header, area, labels):
        return []
    cuts = _repeats(view, header, area, labels) or _counts_anew(view, header, area, labels)
    return cuts or _grouped_apart(view, header, area, labels) or _titled_apart(view, header, area, labels)


def repeated_label(view: SheetView, header: Header, area: Range) -> str | None:
    """Give the naming label that stands twice in a header of one row: perhaps there are two tables."""
    labels = leaf_labels(view, header, area)
    if len(header.rows) > 1 or len(labels) < 2 * _LEAST_COLUMNS:
        return None
    naming = next((item for item in labels if not item.words & Word.SERIAL), labels[0])
    again = [item for item in labels[_LEAST_COLUMNS:] if _same(item, naming) and has_texts(view, header, area, item)]
    return normal_text(naming.text) if again and has_texts(view, header, area, naming) else None


def leaf_labels(view: SheetView, header: Header, area: Range) -> list[Item]:
    """Give the lowest label of each column that has one."""
    labels = []
    for column in range(area.left, area.right + 1):
        for row in reversed(header.rows):
            if view.grid.kind(row, column):
                labels.append(view.item(row, column))
                break
    return labels


def _is_grouped(view: SheetView, header: Header, area: Range, labels: Sequence[Item]) -> bool:
    """Tell groups over a part of the columns: what repeats under them are their sub-labels."""
    if len(header.rows) == 1:
        return False
    wide = [item for row in header.rows[:-1] for item in view.items(row, area) if item.width > 1]
    alone = [item for item in labels if not any(g.column <= item.column <= g.right for g in wide)]
    return bool(wide) and bool(alone)


def _repeats(view: SheetView, header: Header, area: Range, labels: Sequence[Item]) -> list[int]:
    """Cut where the whole sequence of labels comes again, 序号 姓名 金额 序号 姓名 金额."""
    texts = [normal_text(item.text) for item in labels]
    for period in range(_LEAST_COLUMNS, len(texts) // 2 + 1):
        whole = len(texts) // period
        if whole * period + 1 < len(texts) or texts[: whole * period] != texts[:period] * whole:
            continue
        starts = [labels[n * period] for n in range(1, whole)]
        named = any(has_texts(view, header, area, item) for item in labels[:period])
        return [item.column for item in starts] if named else []
    return []


def _counts_anew(view: SheetView, header: Header, area: Range, labels: Sequence[Item]) -> list[int]:
    """Cut at a further 序号 below which numbers count on."""
    cuts, left = [], labels[0].column
    for item in labels[1:]:
        far = item.column - left >= _LEAST_COLUMNS and area.right > item.column
        if item.words & Word.SERIAL and far and _counts(view, header, area, item.column):
            cuts.append(item.column)
            left = item.column
    return cuts if labels[0].words & Word.SERIAL or has_texts(view, header, area, labels[0]) else []


def _grouped_apart(view: SheetView, header: Header, area: Range, labels: Sequence[Item]) -> list[int]:
    """Cut between groups over all columns each of which begins with the same naming label: 收入 and 支出 by 项目."""
    groups = [item for item in view.items(header.top, area) if item.width > 1] if len(header.rows) > 1 else []
    by_column = {item.column: item for item in labels}
    firsts = [by_column[group.column] for group in groups if group.column in by_column]
    if len(groups) < 2 or len(firsts) < len(groups) or not all(_same(item, firsts[0]) for item in firsts):
        return []
    return [i.column for i in firsts[1:]] if all(has_texts(view, header, area, i) for i in firsts) else []


def _titled_apart(view: SheetView, header: Header, area: Range, labels: Sequence[Item]) -> list[int]:
    """Cut where titles of two tables, side by side in one row above the header, meet."""
    starts = {item.column for item in labels}
    for row in range(header.top - 1, max(area.top, header.top - _TITLE_ROWS) - 1, -1):
        titles = view.items(row, area)
        if not are_titles(titles):
            continue
        cuts = [item.column for item in titles[1:]]
        wide = all(item.width > 1 for item in titles)
        apart = all(b.column - a.column >= _LEAST_COLUMNS for a, b in pairwise(titles))
        if apart and set(cuts) <= starts and area.right > cuts[-1] and (wide or _end_apart(view, header, area, cuts)):
            return cuts
    return []


def _end_apart(view: SheetView, header: Header, area: Range, cuts: Sequence[int]) -> bool:
    """Tell parts whose last rows differ."""
    lefts = [area.left, *cuts]
    parts = [area._replace(left=a, right=b - 1) for a, b in zip(lefts, [*cuts, area.right + 1], strict=True)]
    ends = {
        max((r for r in range(header.bottom + 1, area.bottom + 1) if not view.is_blank(r, part)), default=0)
        for part in parts
    }
    return len(ends) > 1


def _counts(view: SheetView, header: Header, area: Range, column: int) -> bool:
    rows = range(header.bottom + 1, min(area.bottom, header.bottom + _LOOKED_AT) + 1)
    numbers = [number for row in rows if (number := view.number(row, column)) is not None]
    steps = [after - before for before, after in pairwise(numbers)]
    return len(numbers) >= _LEAST_COUNTED and all(step == 1 for step in steps)


def has_texts(view: SheetView, header: Header, area: Range, item: Item) -> bool:
    """Tell a column that names its records: a serial number, words or days below its label."""
    rows = range(header.bottom + 1, min(area.bottom, header.bottom + _LOOKED_AT) + 1)
    below = [view.item(row, item.column) for row in rows if view.grid.kind(row, item.column)]
    return bool(below) and sum(not cell.is_number for cell in below) * 2 > len(below)


def _same(one: Item, other: Item) -> bool:
    return normal_text(one.text) == normal_text(other.text)
