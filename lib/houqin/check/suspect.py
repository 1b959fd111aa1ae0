"""Which cell of an equation is most likely the wrong one, and what it should be.

When 数量×单价 is not 金额, any of the three may be wrong. Each is solved for. A solution that also mends another rule
of the row or a typed total speaks for its cell, and so do digits that look like a slip; a rule or a total that the
solution would break speaks against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from houqin.check.wording import likely_slip
from houqin.exact import divide_half_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from houqin.check.view import View
    from houqin.expression import Node

Row = dict[str, Fraction | None]
# Weights: another rule that the solution mends says most; the typed totals next; digits alone can deceive.
MENDS_RULE, MENDS_TOTAL, LOOKS_LIKE_A_SLIP, IS_A_PRICE_BESIDE, IS_THE_RESULT = 6, 8, 2, 2, 1
BREAKS_RULE, BREAKS_TOTAL, UNLIKELY = -4, -6, -3


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation of the form that a table has the columns for, with the tolerance of a row."""

    node: Node
    fields: frozenset[str]
    tolerance: Callable[[int], Fraction]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A field, its right value at the field's scale, and what speaks for it."""

    field: str
    right: int
    score: int
    slip: str


def find_suspects(
    equation: Equation, others: Sequence[Equation], view: View, record: int, *, result: str
) -> tuple[Suspect | None, Suspect | None]:
    """Give the most likely wrong field of a failed equation, and the one that the equation is written for (`result`).

    Either is None where no value of it would mend the equation.
    """
    names = [name for name in _leaves(equation.node) if view.has(name)]
    names = [name for name in dict.fromkeys(names) if names.count(name) == 1]
    row = row_of(view, record, names, others)
    suspects: list[Suspect] = []
    for name in names:
        right = _solved(equation, view, record, row, name)
        if right is not None:
            suspects.append(_judged(Candidate(name, right, is_result=name == result), others, view, record, row))
    # max keeps the first of equals, and the result is looked at first.
    suspects.sort(key=lambda s: s.field != result)
    best = max(suspects, key=lambda s: s.score, default=None)
    own = next((s for s in suspects if s.field == result), None)
    # Another cell than the result is blamed for a reason: something speaks for it, or against the result.
    contradicted = own is not None and own.score < 0 and best is not None and best.score >= 0
    if best is not None and best.field != result and best.score <= 0 and not contradicted:
        best = own
    return best, own


def row_of(view: View, record: int, names: Sequence[str], others: Sequence[Equation]) -> Row:
    """Give the numbers of one record, for all fields that the equations name."""
    wanted = {*names, *(name for other in others for name in other.fields)}
    row: Row = {}
    for name in wanted:
        value = view.value(name, record)
        row[name] = None if value is None else Fraction(value, 10 ** view.number(name).scale)
    return row


def solve(node: Node, name: str, row: Mapping[str, Fraction | None]) -> Fraction | None:
    """Solve an equation for a field that stands in it once; None where that cannot be done."""
    left, right = node.parts
    part, target = (left, value_of(right, row)) if name in _leaves(left) else (right, value_of(left, row))
    while target is not None and part.kind != "field":
        part, target = _step(part, name, target, row)
    return target


def holds(equation: Equation, record: int, row: Mapping[str, Fraction | None]) -> bool | None:
    """Tell whether an equation holds for a row, None where an operand is blank."""
    left, right = (value_of(part, row) for part in equation.node.parts)
    return None if left is None or right is None else abs(left - right) <= equation.tolerance(record)


def value_of(node: Node, row: Mapping[str, Fraction | None]) -> Fraction | None:
    """Compute a part of a rule for one row."""
    if node.kind == "field":
        return row.get(node.value)
    if node.kind == "number":
        return Fraction(node.value)
    values = [value_of(part, row) for part in node.parts]
    if node.kind == "coalesce":
        return values[1] if values[0] is None else values[0]
    numbers = [value for value in values if value is not None]
    return _operate(node.kind, numbers) if len(numbers) == len(values) else None


def _operate(kind: str, numbers: list[Fraction]) -> Fraction | None:
    if kind == "round":
        step = 10 ** int(numbers[1])
        scaled = numbers[0] * step
        return Fraction(divide_half_up(scaled.numerator, scaled.denominator), step)
    if kind in ("max", "min"):
        return max(numbers) if kind == "max" else min(numbers)
    if kind in ("negative", "abs"):
        return -numbers[0] if kind == "negative" else abs(numbers[0])
    left, right = numbers
    if kind == "/":
        return left / right if right else None
    return {"+": left + right, "-": left - right, "*": left * right}[kind]


def _leaves(node: Node) -> Iterator[str]:
    if node.kind == "field":
        yield node.value
    for part in node.parts:
        yield from _leaves(part)


def _step(part: Node, name: str, target: Fraction, row: Mapping[str, Fraction | None]) -> tuple[Node, Fraction | None]:
    """Undo the outermost operation of the side that holds the field."""
    if part.kind in ("coalesce", "round") and name in _leaves(part.parts[0]):
        return part.parts[0], target
    if part.kind == "negative":
        return part.parts[0], -target
    if part.kind not in ("+", "-", "*", "/"):
        return part, None
    left, right = part.parts
    on_left = name in _leaves(left)
    inner, known = (left, value_of(right, row)) if on_left else (right, value_of(left, row))
    if known is None or (part.kind == "*" and not known) or (part.kind == "/" and not on_left and not target):
        return inner, None
    undone = {
        "+": lambda: target - known,
        "-": lambda: target + known if on_left else known - target,
        "*": lambda: target / known,
        "/": lambda: target * known if on_left else known / target,
    }
    return inner, undone[part.kind]()


def _solved(equation: Equation, view: View, record: int, row: Row, name: str) -> int | None:
    """Give the value that mends the equation, at the field's own scale; None where none does."""
    exact = solve(equation.node, name, row)
    if exact is None:
        return None
    each = view.form.field(name)
    # A price is written with the decimals that it shows, and a count of things in whole numbers.
    decimals = max(2, view.shown_decimals(name, record)) if each.type == "price" else each.scale
    step = 10 ** min(decimals, each.scale)
    scaled = exact * step
    rounded = divide_half_up(scaled.numerator, scaled.denominator)
    mended = {**row, name: Fraction(rounded, step)}
    if not holds(equation, record, mended) or (rounded < 0 and (row[name] or 0) >= 0):
        return None
    return int(rounded * 10**each.scale // step)


class Candidate(NamedTuple):
    """A field with the value that would mend the equation."""

    field: str
    right: int
    is_result: bool


def _judged(candidate: Candidate, others: Sequence[Equation], view: View, record: int, row: Row) -> Suspect:
    """Weigh what speaks for a field being the wrong one."""
    name, right, is_result = candidate
    scale, found = view.number(name).scale, view.value(name, record)
    slip = likely_slip(found, right, scale) if found is not None else ""
    score = (LOOKS_LIKE_A_SLIP if slip else 0) + (IS_THE_RESULT if is_result else 0)
    if not is_result and found is not None and found % 10**scale == 0 and right % 10**scale:
        score += UNLIKELY
    mended = {**row, name: Fraction(right, 10**scale)}
    if _is_price_beside(view, record, name, mended[name]):
        score += IS_A_PRICE_BESIDE
    for other in others:
        if name in other.fields:
            score += _weigh(holds(other, record, row), holds(other, record, mended), MENDS_RULE, BREAKS_RULE)
    if found is not None:
        for each in getattr(view.source, "totals", ()):
            if record in each.records and name in each.values and name in view.form.totals:
                added, typed = view.sum_of(name, each), each.values[name]
                score += _weigh(added == typed, added + right - found == typed, MENDS_TOTAL, BREAKS_TOTAL)
    return Suspect(name, right, score, slip)


def _is_price_beside(view: View, record: int, name: str, right: Fraction | None) -> bool:
    """Tell whether the right price is one that stands beside it: 入库单价 and 出库单价 of the same goods."""
    if view.form.field(name).type != "price":
        return False
    beside = [f.id for f in view.form.fields if f.type == "price" and f.id != name and view.has(f.id)]
    values = ((view.value(other, record), view.number(other).scale) for other in beside)
    return any(value is not None and Fraction(value, 10**scale) == right for value, scale in values)


def _weigh(now: bool | None, then: bool | None, mends: int, breaks: int) -> int:  # noqa: FBT001  (what it weighs)
    """Weigh whether something held before and holds after the field was put right."""
    if now is None or then is None or now == then:
        return 0
    return mends if then else breaks
