"""What the closing stock of a good may be worth by a method, where its movements leave the order open; fen.

An issue of a day may have been before or after that day's receipt, one of a month anywhere in it: the value lies
between issues as late and issues as early as they can have been. Under first in, first out the prices that the opening
is made of are not known: only where all of it has gone the closing is determined.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.account.depreciation import half_up
from houqin.account.stock import AVERAGE, FIFO, IN, OPENING, Movement, value_stock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.account.goods import Good

PERIODIC, NEWEST = "期末一次加权平均", "最后一次进价"
_FEN_A_UNIT = 1_000  # quantities are thousandths of a unit


class Possible(NamedTuple):
    """The least and the most that a closing may be worth, and what the usual order of a day gives."""

    least: int
    most: int
    usual: int

    def agrees(self, booked: int, slack: int) -> bool:
        """Tell whether a booked value lies within, give or take what rounded prices make.

        An order between the two ends may lie somewhat beyond them: as much as they are apart is let pass on each side.
        """
        room = slack + self.most - self.least
        return self.least - room <= booked <= self.most + room


def is_determined(good: Good, method: str) -> bool:
    """Tell whether a method says what is left is worth: all has a price, nothing is short, the opening is known."""
    valued = good.valued(method)
    if not valued.is_priced or valued.shortages or valued.closing[0] < 0:
        return False
    return method != FIFO or valued.opening[0] <= max(valued.gone[0], 0)


def closing_by(good: Good, method: str) -> Possible | None:
    """Give what the closing may be worth; None where it is not determined."""
    if not is_determined(good, method):
        return None
    late = good.valued(method).closing[1]
    low, high = sorted((late, value_stock(good.movements, method, issues_first=True).closing[1]))
    return Possible(low, high, late)


def closing_by_habit(good: Good, method: str) -> dict[str, Possible]:
    """Give what other ways of pricing would make of the same movements, by name: the other method, and two habits."""
    other = FIFO if method == AVERAGE else AVERAGE
    there = [each for each in good.movements if each.kind in {OPENING, IN} and each.qty > 0]
    whole = (sum(each.qty for each in there), sum(each.amount or 0 for each in there))
    left = good.valued(AVERAGE).closing[0]
    found = {other: closing_by(good, other), PERIODIC: _exactly(_share(left, whole))}
    last = max(there, key=lambda each: (each.kind == IN, each.day, each.row), default=None)
    if last is not None:
        found[NEWEST] = _exactly(_share(left, (last.qty, last.amount or 0)))
    return {name: possible for name, possible in found.items() if possible is not None}


def slack_of(movements: Sequence[Movement], closing: int, *, four_decimals: bool) -> int:
    """Give by how many fen rounded unit prices may shift a closing: half of their last decimal, a unit, and a fen."""
    moved = sum(abs(each.qty) for each in movements if each.kind != OPENING) + abs(closing)
    return moved // (2 * _FEN_A_UNIT * (100 if four_decimals else 1)) + 1


def _share(qty: int, of: tuple[int, int]) -> int | None:
    return half_up(of[1] * qty, of[0]) if of[0] > 0 and qty >= 0 else None


def _exactly(value: int | None) -> Possible | None:
    return None if value is None else Possible(value, value, value)
