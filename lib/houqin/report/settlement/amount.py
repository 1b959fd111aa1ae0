"""A figure of the settlement: its formula and its exact value, kept together through every sum; 元."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.expression import parse
from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from houqin.expression import Node
    from houqin.workbook import CellValue

UNCHECKED = "未核（缺资料）"
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: `text` is its formula without =, `value` what it comes to.

    A value of None says that a source is missing: then `needs` names the forms that would fill it, and the cell says
    未核, never 0.
    """

    text: str
    value: Decimal | None
    needs: tuple[str, ...] = ()

    def __add__(self, other: Amount) -> Amount:
        """Add; what lacks a source makes the sum lack it."""
        return self._with(other, "+", other.text, 1)

    def __sub__(self, other: Amount) -> Amount:
        """Subtract; the right side is taken in parentheses where it is a sum."""
        return self._with(other, "-", _tight(other.text), -1)

    def __neg__(self) -> Amount:
        """Turn the sign."""
        return Amount(f"-{_tight(self.text)}", None if self.value is None else -self.value, self.needs)

    def _with(self, other: Amount, sign: str, text: str, factor: int) -> Amount:
        needs = tuple(dict.fromkeys((*self.needs, *other.needs)))
        if self.value is None or other.value is None:
            return Amount("", None, needs)
        return Amount(f"{self.text}{sign}{text}", self.value + factor * other.value, needs)

    @property
    def cell(self) -> CellValue:
        """What stands in the cell: the live formula, or 未核."""
        if self.value is None:
            return UNCHECKED
        return Formula(f"ROUND({self.text},2)", self.value.quantize(FEN, ROUND_HALF_UP))

    @property
    def rounded(self) -> Amount:
        """The figure as its cell shows it, to the fen, half up."""
        return self if self.value is None else Amount(self.text, self.value.quantize(FEN, ROUND_HALF_UP), self.needs)


NOTHING = Amount("0", Decimal(0))


def add_amounts(amounts: Iterable[Amount]) -> Amount:
    """Add up figures; none gives 0."""
    total: Amount | None = None
    for each in amounts:
        total = each if total is None else total + each
    return NOTHING if total is None else total


def lacking(*forms: str) -> Amount:
    """Give a figure that has no source."""
    return Amount("", None, forms)


def computed(text: str, known: Callable[[str], Amount]) -> Amount:
    """Work a sum of lines out, as a formula over their cells and as a value; without one of them it has none."""
    rule = parse(text)
    parts = {name: known(name) for name in sorted(rule.fields)}
    needs = tuple(dict.fromkeys(need for part in parts.values() for need in part.needs if part.value is None))
    if any(part.value is None for name, part in parts.items() if name not in rule.optional):
        return Amount("", None, needs)
    values = {name: part.value for name, part in parts.items()}
    # An optional line without a source is no cell to refer to, but the 0 that coalesce puts in its place.
    formula = rule.value_to_excel(lambda name: _tight(parts[name].text) if parts[name].value is not None else '""')
    return Amount(formula, _value(rule.root, values))


def _value(node: Node, values: dict[str, Decimal | None]) -> Decimal:
    if node.kind == "number":
        return Decimal(node.value)
    if node.kind == "field":
        return values[node.value] or Decimal(0)
    if node.kind == "coalesce":
        first = node.parts[0]
        missing = first.kind == "field" and values[first.value] is None
        return _value(node.parts[1 if missing else 0], values)
    if node.kind == "round":
        return _value(node.parts[0], values).quantize(Decimal(1).scaleb(-int(node.parts[1].value)), ROUND_HALF_UP)
    return _OPERATIONS[node.kind](*(_value(part, values) for part in node.parts))


_OPERATIONS: Mapping[str, Callable[..., Decimal]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "negative": operator.neg, "max": max, "min": min,
    "abs": abs,
}  # fmt: skip


def _tight(text: str) -> str:
    """Put a sum into parentheses; a single call or address stays as it is."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign in "+-*/":
            return f"({text})"
    return text
