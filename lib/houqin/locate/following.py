"""The next header below one: known already, like one but for its first label, or a sure one amid records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from houqin.locate.headers import Header, find_header, grow_header
from houqin.locate.lines import is_footer, is_head, is_labelled_line
from houqin.locate.repeats import look_of
from houqin.locate.scoring import LIKELY, SURE, score_row
from houqin.locate.vocabulary import Word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.locate.repeats import Look
    from houqin.locate.view import SheetView
    from houqin.model import Range

# Header words that make a row within a body worth scoring.
_LEAST_WORDS = 3
_LOOK_ABOVE = 60
# A title line has no more cells.
_MOST_OF_HEAD = 2


@dataclass(frozen=True, slots=True)
class _Known:
    """Headers so far with their depth; the ids of their first labels by column, and of their second ones."""

    looks: Mapping[Look, int]
    firsts: Mapping[int, set[int]]
    seconds: frozenset[int]


def next_header(view: SheetView, looks: Mapping[Look, int], area: Range, last: int) -> Header | None:
    """Give the next header below: one that is known already, or a sure one; plain records are passed at low cost.

    `looks` are the headers so far with their depth, `last` the row where the last one begins.
    """
    known = _known(view, looks)
    worded = view.rows_with_header_words(area, _LEAST_WORDS)
    for row in _worth_looking(view, known, area, worded):
        above = view.columns(row - 1, area) if row > area.top else ()
        found = _seen_before(view, known, row, area, above) or _new_one(
            view, row, area, above, last, is_worded=row in worded
        )
        if found is not None:
            return found
    return None


def _worth_looking(view: SheetView, known: _Known, area: Range, worded: frozenset[int]) -> list[int]:
    """Give the rows that hold a known label or header words, or more cells than the row above them; no others count."""
    if area.bottom < area.top:
        return []
    counts = view.counts(area)
    more = np.zeros(len(counts), bool)
    more[1:] = (counts[:-1] > 0) & (counts[1:] > counts[:-1])
    more |= view.rows_of_ids(area, known.seconds.union(*known.firsts.values()))
    more[[row - area.top for row in worded]] = True
    return (np.flatnonzero(more & (counts > 1)) + area.top).tolist()


def _known(view: SheetView, looks: Mapping[Look, int]) -> _Known:
    firsts: dict[int, set[int]] = {}
    for look in looks:
        if look[0]:
            firsts.setdefault(look[0][0][0], set()).update(view.ids_of(look[0][0][1]))
    seconds = {i for look in looks if look[0][1:] for i in view.ids_of(look[0][1][1])}
    return _Known(looks, firsts, frozenset(seconds) - {0})


def _seen_before(
    view: SheetView, known: _Known, row: int, area: Range, above: tuple[int, ...]
) -> Header | None:
    """Give a header at a row that is known, or begins as one below a blank row, or is one but for its first label."""
    columns = view.columns(row, area)
    ids = known.firsts.get(columns[0])
    if ids and view.string_id(row, columns[0]) in ids:
        found = _known_header(view, known.looks, row, area)
        if found is not None:
            return found
        if row > area.top and not above and len(columns) > _MOST_OF_HEAD:
            return grow_header(view, row, area)  # other columns under the same first label
    if view.string_id(row, columns[1]) in known.seconds and row > area.top:
        return _like_header(view, known.looks, row, area)
    return None


def _new_one(  # noqa: PLR0913  (what is known of the row)
    view: SheetView, row: int, area: Range, above: tuple[int, ...], last: int, *, is_worded: bool
) -> Header | None:
    begins = 0 < len(above) < len(view.columns(row, area)) and _is_below_head(view, row, above, area)
    if not begins and not is_worded:
        return None
    whole = area._replace(top=last)
    worded = is_worded and view.header_words(row, area) >= _LEAST_WORDS
    if worded and score_row(view, row, whole) >= SURE and not _repeats_values(view, row, area):
        return find_header(view, area._replace(top=row), least=SURE)
    if begins and score_row(view, row, whole) >= LIKELY:
        return find_header(view, area._replace(top=row), least=LIKELY)
    return None


def _repeats_values(view: SheetView, row: int, area: Range) -> bool:
    """Tell a row most of whose texts stand in the records above it: subjects of a timetable are labels elsewhere."""
    texts = {view.string_id(row, column) for column in view.columns(row, area)}
    seen: set[int] = set()
    for above in range(max(area.top, row - _LOOK_ABOVE), row):
        seen |= texts & {view.string_id(above, column) for column in view.columns(above, area)}
    return len(seen) * 2 >= len(texts)


def _like_header(view: SheetView, looks: Mapping[Look, int], row: int, area: Range) -> Header | None:
    """Give a header that says the same as one before but for its first label: 早餐 周一 …, then 午餐 周一 …."""
    look = look_of(view, Header(row, row), area)
    if len(look[0]) <= _LEAST_WORDS:
        return None
    first, *others = look[0]
    alike = any(
        depth == 1 and list(known[0][1:]) == others and known[0][0][0] == first[0]
        for known, depth in looks.items()
    )
    return Header(row, row) if alike else None


def _known_header(view: SheetView, looks: Mapping[Look, int], row: int, area: Range) -> Header | None:
    """Give a header at a row if it looks like one before."""
    for depth in sorted(set(looks.values()), reverse=True):
        found = Header(row, row + depth - 1)
        look = look_of(view, found, area) if found.bottom <= area.bottom else ()
        if look in looks or any(_begins_look(look, known) for known in looks):
            return found
    return None


def _begins_look(look: Look, known: Look) -> bool:
    """Tell whether a known header looks like this one and has only more of something beside it, past a blank column."""
    last = max((column for row in look for column, _ in row), default=0)
    pairs = zip(look, known, strict=False)
    alike = all(row and old[: len(row)] == row and all(c > last + 1 for c, _ in old[len(row) :]) for row, old in pairs)
    return bool(look) and len(look) == len(known) and alike


def _is_below_head(view: SheetView, row: int, columns: tuple[int, ...], area: Range) -> bool:
    """Tell whether the row above, which fills fewer `columns`, is a form's title or its labelled line."""
    if len(columns) > _MOST_OF_HEAD and not view.item(row - 1, columns[0]).words & Word.LABEL:
        return False  # told by one cell: this is asked at every record that fills more than the one before
    above = view.items(row - 1, area)
    return not is_footer(above) and (is_head(above) or is_labelled_line(above))
