"""A figure of the settlement: its formula and its exact value, kept together through every sum; 元."""

from __future__ import annotations

import itertools
import operator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.expression import parse
from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from houqin.expression import Node
    from houqin.workbook import CellValue

UNCHECKED, UNSET, UNTOLD = "未核（缺资料）", "未核（缺设置）", "未核（资料不全）"
SETTINGS = "学校设置"  # what a need begins with that a setting would fill, no file
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: `text` is its formula without =, `value` what it comes to.

    A value of None says that a source is missing: then `needs` names the forms that would fill it (or says in words
    what is lacking), and the cell says 未核, never 0. With a value, `needs` says that it is only a part of the figure,
    and `doubts` why it may be: sentences, of a month that a ledger lacks. No check may pass or fail by such a figure.
    """

    text: str
    value: Decimal | None
    needs: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell a figure that lacks nothing."""
        return self.value is not None and not self.needs and not self.doubts

    def resting(self, needs: Iterable[str] = (), doubts: Iterable[str] = ()) -> Amount:
        """Give the figure as one that lacks these too."""
        return replace(self, needs=_joined(self.needs, needs), doubts=_joined(self.doubts, doubts))

    def __add__(self, other: Amount) -> Amount:
        """Add; what lacks a source makes the sum lack it."""
        return self._with(other, "+", other.text, 1)

    def __sub__(self, other: Amount) -> Amount:
        """Subtract; the right side is taken in parentheses where it is a sum."""
        return self._with(other, "-", _tight(other.text), -1)

    def __neg__(self) -> Amount:
        """Turn the sign."""
        return replace(self, text=f"-{_tight(self.text)}", value=None if self.value is None else -self.value)

    def _with(self, other: Amount, sign: str, text: str, factor: int) -> Amount:
        lacks = _joined(self.needs, other.needs), _joined(self.doubts, other.doubts)
        if self.value is None or other.value is None:
            return Amount("", None, *lacks)
        return Amount(f"{self.text}{sign}{text}", self.value + factor * other.value, *lacks)

    @property
    def cell(self) -> CellValue:
        """What stands in the cell: the live formula, or 未核."""
        if self.value is None:
            return self.unknown
        return Formula(f"ROUND({self.text},2)", self.value.quantize(FEN, ROUND_HALF_UP))

    @property
    def rounded(self) -> Amount:
        """The figure as its cell shows it, to the fen, half up."""
        return self if self.value is None else replace(self, value=self.value.quantize(FEN, ROUND_HALF_UP))

    @property
    def unknown(self) -> str:
        """Say 未核 and of what kind it lacks something: a workbook, a setting, or what a workbook leaves untold."""
        if not self.needs or any(is_form(each) for each in self.needs):
            return UNCHECKED
        return UNSET if all(each.startswith(SETTINGS) for each in self.needs) else UNTOLD


NOTHING = Amount("0", Decimal(0))


def add_amounts(amounts: Iterable[Amount]) -> Amount:
    """Add up figures; none gives 0."""
    total: Amount | None = None
    for each in amounts:
        total = each if total is None else total + each
    return NOTHING if total is None else total


def lacking(*needs: str) -> Amount:
    """Give a figure that has no source: forms, or what is lacking in words."""
    return Amount("", None, needs)


def is_form(need: str) -> bool:
    """Tell a form's id from words: words are Chinese.

    >>> is_form("trial_balance"), is_form("学校设置里没有填“财务”的“记账方式”")
    (True, False)
    """
    return need.isascii()


def _joined(*texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(itertools.chain(*texts)))


def computed(text: str, known: Callable[[str], Amount]) -> Amount:
    """Work a sum of lines out, as a formula over their cells and as a value; without one of them it has none."""
    rule = parse(text)
    parts = {name: known(name) for name in sorted(rule.fields)}
    lacks = [_joined(*each) for each in zip(*((part.needs, part.doubts) for part in parts.values()), strict=True)]
    if any(part.value is None for name, part in parts.items() if name not in rule.optional):
        return Amount("", None, *lacks)
    values = {name: part.value for name, part in parts.items()}
    # An optional line without a source is no cell to refer to, but the 0 that coalesce puts in its place.
    formula = rule.value_to_excel(lambda name: _tight(parts[name].text) if parts[name].value is not None else '""')
    return Amount(formula, _value(rule.root, values), *lacks)


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
