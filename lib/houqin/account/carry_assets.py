"""The register of assets from one period to the next, card by card: nothing comes, goes or changes without a row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.rows import Row

FORM = "asset_register"
_BOOKED = ("book_date", "acquire_date", "use_date")
_VALUE = "价值调整"
_OUT = frozenset({"调出", "处置", "盘亏"})
_MONTH = len("2025-09")
# Registers whose cards mostly have no number of their own cannot be followed.
_NUMBERED = 0.8


class Broken(StrEnum):
    """How a card does not carry on."""

    GONE = "gone"
    APPEARED = "appeared"
    COST = "cost"
    DEPRECIATION = "depreciation"


@dataclass(frozen=True, slots=True)
class CardBreak:
    """A card that does not carry on: its rows of both periods (None: not there), and by how many fen."""

    kind: Broken
    now: Row | None
    before: Row | None
    amount: int


def card_breaks(
    now: Sequence[Row], before: Sequence[Row], moved: Mapping[str, Sequence[Row]], as_of: str
) -> Iterator[CardBreak]:
    """Give the cards that do not carry on from the register of ISO day `as_of`.

    `moved` has the rows of asset_change and asset_disposal: what left, and whose value was changed.
    """
    ours, theirs = _by_number(now), _by_number(before)
    if not ours or not theirs:
        return
    changes = moved.get("asset_change", ())
    left = {row.text("asset_no") for row in changes if row.text("change_type") in _OUT}
    left |= {row.text("asset_no") for row in moved.get("asset_disposal", ())}
    revalued = {row.text("asset_no") for row in changes if row.text("change_type") == _VALUE}
    for number, card in theirs.items():
        mine = ours.get(number)
        if mine is None:
            if number not in left:
                yield CardBreak(Broken.GONE, None, card, -(card.number("cost") or 0))
            continue
        yield from _changed(mine, card, is_revalued=number in revalued)
    for number, card in ours.items():
        booked = card.text(*_BOOKED)
        if number not in theirs and booked and booked[:_MONTH] < as_of[:_MONTH]:
            yield CardBreak(Broken.APPEARED, card, None, card.number("cost") or 0)


def _changed(mine: Row, other: Row, *, is_revalued: bool) -> Iterator[CardBreak]:
    cost, was = mine.number("cost"), other.number("cost")
    if cost is not None and was is not None and cost != was and not is_revalued:
        yield CardBreak(Broken.COST, mine, other, cost - was)
    booked, before = mine.number("acc_dep"), other.number("acc_dep")
    if booked is not None and before is not None and booked < before and not is_revalued:
        yield CardBreak(Broken.DEPRECIATION, mine, other, booked - before)


def _by_number(rows: Sequence[Row]) -> dict[str, Row]:
    """Give the cards by their numbers; none where too few have one of their own."""
    counts = Counter(row.text("asset_no") for row in rows)
    found = {row.text("asset_no"): row for row in rows if row.text("asset_no") and counts[row.text("asset_no")] == 1}
    return found if len(found) >= _NUMBERED * len(rows) else {}
