"""Depreciation by the government rule, exact to the fen.

Straight line without residual value, from the month of addition, not in the month of removal; the month's amount is
cost / months rounded half up, the last month takes the remainder (财会〔2017〕4号). What is fully depreciated and still
used is depreciated no more; what is removed early is not made up for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = np.ndarray[Any, Any]
MONTHS_A_YEAR = 12
_MONTH = len("2025-09")


@dataclass(frozen=True, slots=True)
class Revision:
    """A change of value or life: from `month` on, the cost is `cost` (fen) and the whole life `months`."""

    month: str  # 2025-09
    cost: int
    months: int


def month_number(text: str) -> int:
    """Give the number of an ISO date's month, counted so that months can be subtracted.

    >>> month_number("2026-01-15") - month_number("2025-09")
    4
    """
    return int(text[:4]) * MONTHS_A_YEAR + int(text[5:_MONTH]) - 1


def month_text(number: int) -> str:
    """Give a numbered month as 2025-09."""
    return f"{number // MONTHS_A_YEAR:04d}-{number % MONTHS_A_YEAR + 1:02d}"


def monthly_amounts(cost: Array, months: Array) -> Array:
    """Give what a month takes of each cost (fen, not negative): cost / months, half up.

    >>> monthly_amounts(np.array([1_800_000, 17_500]), np.array([72, 60])).tolist()
    [25000, 292]
    """
    amounts: Array = (2 * cost + months) // (2 * months)
    return amounts


def accumulated(cost: Array, months: Array, done: Array) -> Array:
    """Give the accumulated depreciation (fen) of costs after `done` months; never more than the cost.

    Where the rounded month uses the cost up before its time, the last months take nothing.

    >>> accumulated(np.array([17_500] * 3), np.array([60] * 3), np.array([1, 59, 60])).tolist()
    [292, 17228, 17500]
    """
    monthly = monthly_amounts(cost, months)
    # Half a century of months on a large cost stays far below 64 bits: the product is at most cost + months / 2.
    so_far = np.minimum(monthly * np.clip(done, 0, months), cost)
    return np.where(done >= months, cost, so_far)


def accumulated_of(cost: int, months: int, done: int) -> int:
    """Give the same for one cost, as a plain number."""
    return cost if done >= months else min(half_up(cost, months) * max(done, 0), cost)


def done_months(start: Array, end: int) -> Array:
    """Give how many months are depreciated from month `start` up to and with month `end`, 0 before it starts."""
    months: Array = np.maximum(end - start + 1, 0)
    return months


def instalments(
    cost: int, months: int, start: str, *, revisions: Sequence[Revision] = (), removed: str | None = None
) -> list[tuple[str, int]]:
    """Give (month, fen) for the life of one card, the months without an amount left out.

    After a revision the month takes (cost after - accumulated) / (months after - months done), and the last month the
    remainder. Where a revision brings the cost below what is accumulated, or the life below the months done, the rest
    (never negative) is taken in its own month and nothing after that.
    """
    # What was changed before the start is what it starts with.
    changes = {max(month_number(each.month), month_number(start)): each for each in revisions}
    month, last = month_number(start), month_number(removed) if removed else None
    taken, done, monthly = 0, 0, half_up(cost, months)
    made: list[tuple[str, int]] = []
    pending = sorted(changes)
    while last is None or month < last:
        if month in changes:
            cost, months = changes[month].cost, changes[month].months
            monthly = half_up(max(cost - taken, 0), max(months - done, 1))
            pending.remove(month)
        rest = max(cost - taken, 0)
        if not pending and not rest:
            break
        amount = rest if done + 1 >= months else min(monthly, rest)
        if amount:
            made.append((month_text(month), amount))
        taken, done, month = taken + amount, done + 1, month + 1
    return made


def half_up(amount: int, parts: int) -> int:
    """Share an amount (not negative) into equal parts, half up."""
    return (2 * amount + parts) // (2 * parts)
