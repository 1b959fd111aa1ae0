"""Rules on columns: every row judged at once, exact, in 64-bit integers or where these end in Python's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from houqin.exact import Exact, absolute, add, choose, constant, divide, multiply, negative, rescale, widened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.exact import Array
    from houqin.expression.grammar import Node


OPERATIONS: dict[str, Callable[..., Exact]] = {
    "+": add,
    "-": lambda left, right: add(left, right, sign=-1),
    "*": multiply,
    "/": divide,
    "negative": negative,
    "abs": absolute,
    "coalesce": lambda value, other: choose(value.blank, other, value),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A comparison judged row by row.

    Where `applicable` is False (a blank operand, a division by 0) nothing is said and `holds` is True;
    `overflow` marks rows whose numbers are too large to be judged. For `and` the sides are those of the first
    comparison that does not hold in the row.
    """

    left: Exact
    right: Exact
    applicable: Array
    holds: Array
    overflow: Array


def judge(node: Node, columns: Mapping[str, Exact], tolerance: Exact | None) -> Verdict:
    """Judge a comparison; rows that overflow 64 bits are judged once more in Python integers."""
    verdict, lost = _judged(node, columns, tolerance)
    rows = np.flatnonzero(lost)
    if not len(rows):
        return verdict
    whole = tolerance if tolerance is None or len(tolerance.values) > 1 else Exact(
        np.resize(tolerance.values, len(lost)), np.resize(tolerance.blank, len(lost)), tolerance.scale
    )  # fmt: skip
    exact, _ = _judged(
        node, {name: widened(column, rows) for name, column in columns.items()}, whole and widened(whole, rows)
    )
    applicable, holds = verdict.applicable.copy(), verdict.holds.copy()
    applicable[rows], holds[rows] = exact.applicable, exact.holds
    # The verdict is exact whatever the size; `overflow` says only that the sides cannot be shown in 64 bits.
    return Verdict(verdict.left, verdict.right, applicable, holds, lost)


def join_verdicts(first: Verdict, second: Verdict) -> Verdict:
    """Join two verdicts by `and`."""
    shown = first.holds & ~second.holds
    return Verdict(
        choose(shown, second.left, first.left),
        choose(shown, second.right, first.right),
        first.applicable | second.applicable,
        first.holds & second.holds,
        first.overflow | second.overflow,
    )


def choose_rows(node: Node, columns: Mapping[str, Exact], texts: Mapping[str, Array]) -> Array:
    """Say for which rows a comparison of numbers or of text holds."""
    if node.kind in ("contains", "lacks"):
        parts = [part.value for part in node.parts[1:]]
        found = np.array([any(p in (text or "") for p in parts) for text in texts[node.parts[0].value]], bool)
        return found if node.kind == "contains" else ~found
    if node.kind == "starts":
        first = tuple(part.value for part in node.parts[1:])
        return np.array([(text or "").startswith(first) for text in texts[node.parts[0].value]], bool)
    kinds = [part.kind for part in node.parts]
    if "text" not in kinds:
        verdict, _ = _judged(node, columns, None)
        return verdict.holds & verdict.applicable
    wanted = node.parts[kinds.index("text")].value
    name = node.parts[1 - kinds.index("text")].value
    same = np.array([(text or "") == wanted for text in texts[name]], bool)
    return same if node.kind == "==" else ~same


def compute(node: Node, columns: Mapping[str, Exact]) -> Exact:
    """Compute a part on whole columns."""
    if not node.parts:
        return columns[node.value] if node.kind == "field" else _everywhere(node.value, columns)
    if node.kind == "round":
        inner, decimals = compute(node.parts[0], columns), int(node.parts[1].value)
        return rescale(inner, decimals) if inner.scale > decimals else inner
    values = [compute(part, columns) for part in node.parts]
    if node.kind in ("max", "min"):
        return _extreme(values, most=node.kind == "max")
    return OPERATIONS[node.kind](*values)


def _everywhere(number: str, columns: Mapping[str, Exact]) -> Exact:
    length = len(next(iter(columns.values())).values) if columns else 1
    return constant(Decimal(number), length)


def _extreme(values: list[Exact], *, most: bool) -> Exact:
    """Give the largest or the smallest of each row; blank where one is blank."""
    best = values[0]
    for other in values[1:]:
        ahead = add(other, best, sign=-1).values > 0
        chosen = choose(ahead == most, other, best)
        best = Exact(chosen.values, best.blank | other.blank, chosen.scale, chosen.overflow)
    return best


def _judged(node: Node, columns: Mapping[str, Exact], tolerance: Exact | None) -> tuple[Verdict, Array]:
    """Judge a comparison as far as the columns' own width goes, and say which rows it lost."""
    left, right = (compute(part, columns) for part in node.parts)
    sign = node.kind
    ahead = add(right, left, sign=-1) if sign in (">", ">=") else add(left, right, sign=-1)
    distance = absolute(ahead) if sign in ("==", "!=") else ahead
    if tolerance is not None:
        distance = add(distance, tolerance, sign=-1)
    near = distance.values <= 0 if sign in ("==", "!=", "<=", ">=") else distance.values < 0
    holds = ~near if sign == "!=" else near
    none = np.zeros(len(holds), bool)
    lost = none if distance.overflow is None else distance.overflow
    applicable = ~distance.blank
    return Verdict(left, right, applicable, holds.astype(bool) | ~applicable, lost), lost
