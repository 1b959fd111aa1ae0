"""Stock valued over its movements, exact to the fen: moving weighted average, or first in, first out.

Amounts are carried, unit prices never: what goes out takes its share of the amount that is there (half up at the fen),
the last unit takes the remainder. So opening + in = out + closing holds for quantity and amount after every movement,
and a year of movements does not drift.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from houqin.account.depreciation import half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

AVERAGE, FIFO = "移动加权平均", "先进先出"
METHODS = (AVERAGE, FIFO)
OPENING, IN, OUT = "期初", "入库", "出库"
_RANKS = {OPENING: 0, IN: 1, OUT: 2}
_ISSUES_FIRST = {OPENING: 0, OUT: 1, IN: 2}
_DAY, _MONTH = len("2025-09-01"), len("2025-09")


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement of one good: an ISO day (or month, or ''), thousandths of a unit, fen, and the row that says it.

    `amount` is what was paid for what came in; what goes out has none, its value is worked out. A negative receipt is
    goods sent back, a negative issue goods brought back.
    """

    day: str
    kind: str
    qty: int
    amount: int | None = None
    form: str = ""
    row: int = 0


@dataclass(slots=True)
class Valued:
    """A movement with its value (fen) and what is there after it; `short` tells how much was not there to go out."""

    movement: Movement
    qty: int  # in positive, out negative
    amount: int  # in positive, out negative; an issue that was short is charged when goods come
    qty_after: int = 0
    amount_after: int = 0
    short: int = 0


@dataclass(frozen=True, slots=True)
class Valuation:
    """One good valued: sums of opening, in and out (out as it left, positive), closing; fen and thousandths.

    opening + came = gone + closing, for both. `unpriced` are receipts without an amount, valued at 0.
    """

    lines: tuple[Valued, ...]
    opening: tuple[int, int]
    came: tuple[int, int]
    gone: tuple[int, int]
    closing: tuple[int, int]
    unpriced: tuple[Movement, ...]

    @property
    def shortages(self) -> tuple[Valued, ...]:
        """The issues for which there was not enough at the end of their day."""
        last = {line.movement.day: n for n, line in enumerate(self.lines)}
        return tuple(
            line for line in self.lines if line.short and self.lines[last[line.movement.day]].qty_after < 0
        )  # fmt: skip


class Outcome(NamedTuple):
    """What is kept of a valuation once its lines are done with: quantities and fen, and what makes it doubtful."""

    opening: tuple[int, int]
    gone: tuple[int, int]
    closing: tuple[int, int]
    shortages: tuple[Valued, ...]
    is_priced: bool


def outcome_of(movements: Sequence[Movement], method: str) -> Outcome:
    """Value movements as `value_stock` does and keep the sums."""
    made = value_stock(movements, method)
    return Outcome(made.opening, made.gone, made.closing, made.shortages, not made.unpriced)


def in_date_order(movements: Iterable[Movement], *, issues_first: bool = False) -> list[Movement]:
    """Sort movements: by day; on one day the opening, what came, what went, each in the order of its ledger.

    What is dated by its month alone, or not at all, is given the benefit of the doubt: it came as early and went as
    late as it can have; with `issues_first` the other way round.
    """
    ranks = _ISSUES_FIRST if issues_first else _RANKS
    return sorted(
        movements, key=lambda each: (_sort_day(each, issues_first=issues_first), ranks[each.kind], each.form, each.row)
    )


def _sort_day(movement: Movement, *, issues_first: bool) -> str:
    if movement.kind == OPENING:
        return ""
    late = ((movement.kind == OUT) == (movement.qty >= 0)) != issues_first
    if len(movement.day) == _DAY:
        return movement.day
    if len(movement.day) == _MONTH:
        return f"{movement.day}-{'99' if late else '00'}"
    return "9999" if late else "0000"


def value_stock(movements: Sequence[Movement], method: str, *, issues_first: bool = False) -> Valuation:
    """Value the movements of one good by one of METHODS, in the order of `in_date_order`.

    Goods sent back go out at the stock's value, goods brought back come in at that of the last issue; what goes out
    before it came is charged with what comes next.
    """
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}")
    stock = _Stock(method)
    lines: list[Valued] = []
    unpriced: list[Movement] = []
    last_out = (0, 0)
    for each in in_date_order(movements, issues_first=issues_first):
        comes = (each.kind != OUT) == (each.qty >= 0)
        size = abs(each.qty)
        if comes:
            if each.kind == OUT:
                amount = half_up(last_out[1] * size, last_out[0]) if last_out[0] else 0
            else:
                amount = max(each.amount or 0, 0)
                unpriced += [each] if each.amount is None and size else []
            line = Valued(each, size, amount)
            stock.take_in(size, amount)
        else:
            amount, short = stock.take_out(size)
            line = Valued(each, -size, -amount, short=short)
            if short:
                stock.owe(line, short)
            last_out = (size - short, amount) if size > short else last_out
        line.qty_after, line.amount_after = stock.qty, stock.amount
        lines.append(line)
    return _summed(lines, stock, tuple(unpriced))


def _summed(lines: Sequence[Valued], stock: _Stock, unpriced: tuple[Movement, ...]) -> Valuation:
    def add_up(chosen: Iterable[Valued]) -> tuple[int, int]:
        kept = list(chosen)
        return sum(each.qty for each in kept), sum(each.amount for each in kept)

    gone = add_up(each for each in lines if each.qty < 0 or (each.qty == 0 and each.amount < 0))
    return Valuation(
        lines=tuple(lines),
        opening=add_up(each for each in lines if each.movement.kind == OPENING and each.qty >= 0),
        came=add_up(each for each in lines if each.movement.kind != OPENING and each.qty >= 0),
        gone=(-gone[0], -gone[1]),
        closing=(stock.qty, stock.amount),
        unpriced=unpriced,
    )


class _Stock:
    """What is there: layers of (quantity, amount), one under the average, and what went before it came."""

    def __init__(self, method: str) -> None:
        self._is_average = method == AVERAGE
        self._layers: deque[tuple[int, int]] = deque()
        self._owing: deque[tuple[Valued, int]] = deque()
        self.qty = 0  # thousandths of a unit; negative where more went than came
        self.amount = 0  # fen; 0 where nothing is there

    def owe(self, line: Valued, short: int) -> None:
        """Note an issue part of which has no value yet."""
        self._owing.append((line, short))

    def take_in(self, qty: int, amount: int) -> None:
        """Put goods in; what had gone before they came is charged first, the earliest first."""
        self.qty += qty
        while self._owing and qty:
            line, short = self._owing.popleft()
            covered = min(short, qty)
            charged = half_up(amount * covered, qty)
            line.amount -= charged
            qty, amount = qty - covered, amount - charged
            if short > covered:
                self._owing.appendleft((line, short - covered))
        if qty or amount:
            self._put(qty, amount)

    def take_out(self, qty: int) -> tuple[int, int]:
        """Take goods out; give their amount, and how much of them was not there."""
        self.qty -= qty
        taken = 0
        while qty and self._layers:
            held, amount = self._layers.popleft()
            if qty >= held:
                taken, qty = taken + amount, qty - held
            else:
                part = half_up(amount * qty, held)
                self._layers.appendleft((held - qty, amount - part))
                taken, qty = taken + part, 0
        self.amount -= taken
        return taken, qty

    def _put(self, qty: int, amount: int) -> None:
        self.amount += amount
        if self._is_average and self._layers:
            held, before = self._layers.pop()
            qty, amount = qty + held, amount + before
        self._layers.append((qty, amount))
