"""This period's opening against last period's closing, thing by thing: what a row opens and what a row closed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.rows import Row


@dataclass(frozen=True, slots=True)
class Carried:
    """What a form carries over: the fields that name a thing, (opening, closing) fields, a date that orders months.

    `less` is a field that may have gone off the closing before the next period opened: what was paid back. `in_year`:
    what is carried are sums of a year, which begin anew in January.
    """

    form: str
    names: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    date: str = ""
    less: str = ""
    in_year: bool = False


_STOCK = (("open_qty", "close_qty"), ("open_amt", "close_amt"))
_FOOD = Carried("food_stock", ("name", "spec", "uom"), _STOCK, "date")
_GOODS = Carried("stock_balance", ("name", "spec", "uom"), _STOCK)
MONTH = (_FOOD, Carried("canteen_statement", ("section", "item"), (("last_amt", "year_amt"),), "date", in_year=True))
# What opens with the year (往来, 资产增减, 代收费) is compared from year to year alone.
SEMESTER = (_GOODS, _FOOD, Carried("meal_fee", ("class", "pupil"), (("open", "carry"),)))
# Classes have moved up since: pupils are known by their names, and those of one name by nobody.
SCHOOL_YEAR = (_GOODS, _FOOD, Carried("meal_fee", ("pupil",), (("open", "carry"),)))
YEAR = (
    _GOODS, _FOOD,
    Carried("asset_change", ("class_name",), (("open_qty", "close_qty"), ("open_cost", "close_cost"))),
    Carried("payables", ("party", "reason"), (("open", "balance"),)),
    Carried("fee", ("fee_item", "grade", "class"), (("open", "left"),), less="refund"),
)  # fmt: skip


def carried_into(period: str) -> tuple[Carried, ...]:
    """Say what is carried into a period: 2025-2026-2 a semester, 2025-09 a month, 2025 a fiscal year."""
    parts = period.split("-")
    if len(parts) == 1 and period:
        return YEAR
    if len(parts) == 2:
        return MONTH
    return SCHOOL_YEAR if parts[-1] == "1" else SEMESTER


@dataclass(frozen=True, slots=True)
class Break:
    """One thing whose opening is not the last closing: the rows of both periods (None: not there), the fields."""

    form: str
    label: str
    opening: str
    closing: str
    now: Row | None
    before: Row | None
    now_value: int
    before_value: int


def breaks(carried: Carried, now: Sequence[Row], before: Sequence[Row]) -> Iterator[Break]:
    """Give the things that do not carry on, the first pair of fields that differs for each; blanks count as 0.

    Of several months it is the last one before, and the first one after that: what both periods have is compared with
    nothing. What stands in neither with a number is passed over; so is a form whose rows have no such fields at all.
    """
    now, before = _adjoining(carried, now, before)
    pairs = [(o, c) for o, c in carried.pairs if _filled(now, o) and _filled(before, c)]
    ours, theirs = _by_name(carried, now), _by_name(carried, before)
    for key in [*ours, *(key for key in theirs if key not in ours)]:
        mine, other = ours.get(key), theirs.get(key)
        for opening, closing in pairs:
            opened = (mine.number(opening) or 0) if mine else 0
            closed = (other.number(closing) or 0) if other else 0
            off = (other.number(carried.less) or 0) if other and carried.less else 0
            if opened not in {closed, closed - off}:
                some = mine or other
                label = " ".join(text for name in carried.names if (text := some.text(name))) if some else ""
                yield Break(carried.form, label, opening, closing, mine, other, opened, closed)
                break


def months_apart(carried: Carried, rows: Sequence[Row]) -> Iterator[Break]:
    """Give the things of one run that do not carry on from one of its months to the next."""
    months = sorted({row.text(carried.date)[:7] for row in rows if row.text(carried.date)})
    for earlier, later in pairwise(months):
        ours = [row for row in rows if row.text(carried.date)[:7] == later]
        yield from breaks(carried, ours, [row for row in rows if row.text(carried.date)[:7] == earlier])


def _adjoining(
    carried: Carried, now: Sequence[Row], before: Sequence[Row]
) -> tuple[Sequence[Row], Sequence[Row]]:
    """Take the last month before, and the first one after it; all rows where nothing is dated."""
    name = carried.date
    dated = [row.text(name) for row in before if row.text(name)] if name else []
    if not dated:
        return now, before
    last = max(dated)
    later = [row.text(name) for row in now if row.text(name) > last]
    if not later or (carried.in_year and min(later)[:4] != last[:4]):
        return (), ()
    first = min(later)
    return [row for row in now if row.text(name) == first], [row for row in before if row.text(name) == last]


def _filled(rows: Sequence[Row], field: str) -> bool:
    return any(row.number(field) is not None for row in rows)


def _by_name(carried: Carried, rows: Sequence[Row]) -> Mapping[tuple[str, ...], Row]:
    """Give each thing's row; one that is named twice is nobody's."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        key = tuple(_plain(row.text(name)) for name in carried.names)
        if any(key):
            groups.setdefault(key, []).append(row)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
