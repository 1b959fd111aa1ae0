"""This period's opening against last period's closing, good by good and in total."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.rows import Row


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form carries over: the fields that name a thing, (opening, closing) fields, a date that orders months."""

    form: str
    names: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    date: str = ""


_STOCK = (("open_qty", "close_qty"), ("open_amt", "close_amt"))
# From semester to semester. What opens with the year (往来, 资产增减) is compared from year to year alone.
SEMESTER = (
    Carried("stock_balance", ("name", "spec", "uom"), _STOCK),
    Carried("food_stock", ("name", "spec", "uom"), _STOCK, "date"),
)
YEAR = (
    *SEMESTER,
    Carried("asset_change", ("class_name",), (("open_qty", "close_qty"), ("open_cost", "close_cost"))),
    Carried("payables", ("party", "reason"), (("open", "balance"),)),
)


@dataclass(frozen=True, slots=True)
class Break:
    """One thing whose opening is not the last closing: the rows of both periods (None: not there), the fields."""

    carried: Carried
    label: str
    opening: str
    closing: str
    now: Row | None
    before: Row | None
    now_value: int
    before_value: int


def breaks(carried: Carried, now: Sequence[Row], before: Sequence[Row]) -> Iterator[Break]:
    """Give the things that do not carry on, the first pair of fields that differs for each; blanks count as 0.

    Of several months the first opens and the last closes. What stands in neither with a number is passed over; so is
    a form whose rows have no such fields at all.
    """
    pairs = [(o, c) for o, c in carried.pairs if _filled(now, o) and _filled(before, c)]
    ours, theirs = _by_name(carried, now, last=False), _by_name(carried, before, last=True)
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        mine, other = ours.get(key), theirs.get(key)
        for opening, closing in pairs:
            opened = (mine.number(opening) or 0) if mine else 0
            closed = (other.number(closing) or 0) if other else 0
            if opened != closed:
                some = mine or other
                label = " ".join(text for name in carried.names if (text := some.text(name))) if some else ""
                yield Break(carried, label, opening, closing, mine, other, opened, closed)
                break


def _filled(rows: Sequence[Row], field: str) -> bool:
    return any(row.number(field) is not None for row in rows)


def _by_name(carried: Carried, rows: Sequence[Row], *, last: bool) -> Mapping[tuple[str, ...], Row]:
    """Give each thing's row: of several months the first, or the last; one that is named twice on a day is nobody's."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(_plain(row.text(name)) for name in carried.names)
        if any(key):
            groups.setdefault(key, []).append(row)
    found = {}
    for key, group in groups.items():
        days = [row.text(carried.date) if carried.date else "" for row in group]
        chosen = max(days) if last else min(days)
        own = [row for row, day in zip(group, days, strict=True) if day == chosen]
        if len(own) == 1:
            found[key] = own[0]
    return found


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
