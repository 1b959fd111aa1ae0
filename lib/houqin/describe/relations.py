"""Relations among the columns of numbers that hold in all or nearly all rows: a × b = c, a + b − c = d, sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from houqin.describe.columns import Proposed

# A relation is proposed where so many rows can be judged, and so many of them hold.
FEWEST_ROWS = 5
MOSTLY = Decimal("0.95")
# Rows in which the operands could not say otherwise (a + 0, a × 1) prove nothing; so many must.
FEWEST_TELLING = 3
MOST_ROWS, MOST_COLUMNS = 300, 24
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Relation:
    """An equation that holds: kind product, balance or sum; `left` with the operands, `right` the field it gives.

    `broken` are the positions of the records that break it, with what it should be.
    """

    kind: str
    plus: tuple[str, ...]
    minus: tuple[str, ...]
    right: str
    broken: tuple[tuple[int, Decimal], ...] = ()
    has_blanks: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """All fields that it names."""
        return frozenset((*self.plus, *self.minus, self.right))


def find_relations(columns: Sequence[Proposed]) -> list[Relation]:
    """Give the relations, the plainest first; one that says no more than those before it is left out."""
    numbers = [each for each in columns if each.is_number and any(v is not None for v in each.values)][:MOST_COLUMNS]
    found: list[Relation] = []
    for candidate in (*_products(numbers), *_differences(numbers), *_sums(numbers)):
        if not any(candidate.fields <= other.fields or other.fields <= candidate.fields for other in found):
            found.append(candidate)
    return found


def _products(numbers: Sequence[Proposed]) -> Iterator[Relation]:
    for one, two in combinations(numbers, 2):
        for right in numbers:
            if right in (one, two) or "percent" in {one.type, two.type, right.type}:
                continue
            held = _judge((one, two), right, _times, lambda values: not {Decimal(0), Decimal(1)} & set(values))
            if held is not None:
                yield Relation("product", (one.id, two.id), (), right.id, held)


def _differences(numbers: Sequence[Proposed]) -> Iterator[Relation]:
    """A + b − c = d, then a + b = c and a − b = c: the result stands behind what it comes from."""
    for d, right in enumerate(numbers):
        before = numbers[:d]
        for one, two in combinations(before, 2):
            for out in before:
                if out not in (one, two):
                    yield from _sum((one, two), (out,), right, "balance")
    for d, right in enumerate(numbers):
        for one, two in combinations(numbers[:d], 2):
            yield from _sum((one, two), (), right, "sum")
            yield from _sum((one,), (two,), right, "sum")


def _sums(numbers: Sequence[Proposed]) -> Iterator[Relation]:
    """A total of three or more neighbours, before or behind them."""
    for start in range(len(numbers)):
        for end in range(len(numbers), start + 2, -1):
            run = tuple(numbers[start:end])
            for right in (*numbers[end : end + 1], *numbers[max(0, start - 1) : start]):
                yield from _sum(run, (), right, "sum")


def _sum(plus: tuple[Proposed, ...], minus: tuple[Proposed, ...], right: Proposed, kind: str) -> Iterator[Relation]:
    operands = (*plus, *minus)
    if len({each.type in {"money", "price"} for each in (*operands, right)}) > 1:
        return

    def add(values: Sequence[Decimal]) -> Decimal:
        return sum(values[: len(plus)], Decimal(0)) - sum(values[len(plus) :], Decimal(0))

    held = _judge(operands, right, add, all, blanks_count=True)
    if held is not None:
        has_blanks = any(None in each.values for each in operands)
        yield Relation(kind, tuple(p.id for p in plus), tuple(m.id for m in minus), right.id, held, has_blanks)


def _times(values: Sequence[Decimal]) -> Decimal:
    return values[0] * values[1]


def _judge(
    operands: Sequence[Proposed],
    right: Proposed,
    compute: Callable[[Sequence[Decimal]], Decimal],
    is_telling: Callable[[Sequence[Decimal]], bool],
    *,
    blanks_count: bool = False,
) -> tuple[tuple[int, Decimal], ...] | None:
    """Give the rows that break a relation, None where too few rows say that it holds.

    With `blanks_count` a blank operand is 0 beside others that are not.
    """
    judged = telling = 0
    broken: list[tuple[int, Decimal]] = []
    columns = (*operands, right)
    length = min(len(right.values), MOST_ROWS)
    for row in range(length):
        *values, result = (each.values[row] for each in columns)
        given = [value for value in values if isinstance(value, Decimal)]
        if not isinstance(result, Decimal) or not given or (len(given) < len(values) and not blanks_count):
            continue
        whole = [value if isinstance(value, Decimal) else Decimal(0) for value in values]
        judged += 1
        should = compute(whole)
        if abs(should - result) <= (_CENT if should != should.to_integral_value() else 0):
            telling += is_telling(whole)
        else:
            broken.append((row, should.quantize(_CENT, ROUND_HALF_UP).normalize()))
            if len(broken) > (1 - MOSTLY) * length:
                return None
    holds = judged >= FEWEST_ROWS and telling >= FEWEST_TELLING and len(broken) <= (1 - MOSTLY) * judged
    return tuple(broken) if holds else None
