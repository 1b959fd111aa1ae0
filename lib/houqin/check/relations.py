"""The rules that a form states as expressions: judged on whole columns, told at the cell most likely wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from houqin.check.rules import is_due
from houqin.check.suspect import Equation, find_suspects, holds, row_of, value_of
from houqin.check.wording import fill_template, say_number
from houqin.exact import constant, divide_half_up, plain, unscaled
from houqin.expression import Expression, Node, parse
from houqin.expression.judge import judge
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from houqin.check.suspect import Suspect
    from houqin.check.view import View
    from houqin.expression import Verdict
    from houqin.forms import Check

# 0.01 元: what rounding each amount to the fen may leave.
FEN = Fraction(1, 100)
# Beyond so many broken rows the cause is no slip of the hand, and looking at each row's digits says nothing.
MOST_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding with what it knows: which cell is wrong, its right value, whether the rule is written for that cell."""

    finding: Finding
    field: str
    record: int
    right: int | None
    own: bool
    equation: Equation | None = None
    weight: int = 0  # how much speaks for this cell being the wrong one


class Broken(NamedTuple):
    """A comparison that does not hold, the field most likely wrong, and the field that the rule is written for."""

    node: Node
    verdict: Verdict
    best: Suspect | None
    result: Suspect | None


def check_relations(view: View) -> list[Fault]:
    """Judge every rule of the form that the records have the columns for; one fault for one wrong cell."""
    checks = [c for c in view.form.checks if c.rule]
    equations = {(c.id, i): e for c in checks for i, e in _equations(c, view)}
    faults: list[Fault] = []
    for check in checks:
        for number, node in enumerate(_rule(check).comparisons):
            if _has_columns(check, view):
                others = [e for key, e in equations.items() if key != (check.id, number)]
                faults += _judge_check(check, node, others, view)
    return _one_a_cause(_one_a_cell(faults), view)


@lru_cache(maxsize=512)
def _parsed(text: str) -> Expression:
    return parse(text)


def _rule(check: Check) -> Expression:
    return _parsed(check.rule or "")


def _has_columns(check: Check, view: View) -> bool:
    rule = _rule(check)
    return is_due(view, check) and view.has(*(rule.fields - rule.optional))


def _equations(check: Check, view: View) -> Iterator[tuple[int, Equation]]:
    """Give the equations of a check that other rules may be weighed against."""
    if not _has_columns(check, view):
        return
    for number, node in enumerate(_rule(check).comparisons):
        if node.kind == "==":
            yield number, Equation(node, parse_fields(node), tolerance_of(check, node, view))


def parse_fields(node: Node) -> frozenset[str]:
    """Give the fields that a part of a rule names."""
    own = {node.value} if node.kind == "field" else set()
    return frozenset(own.union(*(parse_fields(part) for part in node.parts)))


def tolerance_of(check: Check, node: Node, view: View) -> Callable[[int], Fraction]:
    """Give the tolerance of a record: a number, or |quantity| x half of the price's last shown decimal + 0.01.

    A price that is shown as a whole number and is one has no last decimal: nothing was rounded. Of a quantity that is
    written with more decimals than are kept (36.9242 t), half of the last kept one x the price is added.
    """
    if check.tolerance != "price":
        fixed = view.limit(check.tolerance)
        return lambda _: fixed
    kinds = {f.id: f.type for f in view.form.fields}
    names = sorted(name for name in parse_fields(node) if view.has(name))
    prices = [name for name in names if kinds[name] == "price"]
    amounts = [name for name in names if kinds[name] in ("quantity", "count")]

    def tolerance(record: int) -> Fraction:
        allowed = FEN
        for price, amount in zip(prices, amounts, strict=False):
            decimals = view.shown_decimals(price, record)
            many, scale = abs(view.value(amount, record) or 0), view.number(amount).scale
            if decimals >= 0:
                allowed += Fraction(many, 10**scale) / (2 * 10**decimals)
            if view.is_cut(amount, record):
                each = abs(view.value(price, record) or 0)
                allowed += Fraction(each, 10 ** view.number(price).scale) / (2 * 10**scale)
        return allowed

    return tolerance


def fixed_tolerance(text: str, view: View) -> Fraction:
    """Read a tolerance that is the same for all records: a number, or the name of a threshold of the settings."""
    try:
        return Fraction(text)
    except ValueError:
        return Fraction(view.school.thresholds.get(text, Decimal(0))) if view.school else Fraction(0)


def _judge_check(check: Check, node: Node, others: list[Equation], view: View) -> Iterator[Fault]:
    """Judge one comparison on all records."""
    least = FEN if check.tolerance == "price" else view.limit(check.tolerance)
    columns = {name: view.number(name) for name in parse_fields(node)}
    if not columns or not view.length:
        return
    verdict = judge(node, columns, constant(unscaled(int(least * 10**6), 6), view.length))
    unread = np.logical_or.reduce([view.unread(name) for name in columns])
    broken = np.flatnonzero(verdict.applicable & ~verdict.holds & ~unread & view.select(check.where)).tolist()
    tolerance = tolerance_of(check, node, view)
    if check.tolerance == "price":
        broken = [r for r in broken if abs(_distance(node, verdict, view, r)) > tolerance(r)]
    equation = Equation(node, frozenset(columns), tolerance)
    for record in broken:
        best: Suspect | None = None
        result: Suspect | None = None
        own = replace(check, cell=_filled(check, node, view, record))
        if node.kind == "==" and len(broken) <= MOST_LOOKED_AT:
            best, result = find_suspects(equation, others, view, record, result=own.cell)
        fault = _fault(own, view, record, Broken(node, verdict, best, result))
        yield replace(fault, equation=equation if node.kind == "==" else None, weight=best.score if best else 0)


def _filled(check: Check, node: Node, view: View, record: int) -> str:
    """Give the cell of a rule, or the one filled in beside it: of a balance in two columns, the side that it is on."""
    optional = _rule(check).optional
    if check.cell not in optional or view.value(check.cell, record) is not None:
        return check.cell
    side = next((part for part in node.parts if check.cell in parse_fields(part)), node)
    beside = [name for name in parse_fields(side) if name in optional and view.value(name, record) is not None]
    return beside[0] if len(beside) == 1 else check.cell


def _distance(node: Node, verdict: Verdict, view: View, record: int) -> Fraction:
    left, right = _sides(node, verdict, view, record)
    return left - right


def _fault(check: Check, view: View, record: int, broken: Broken) -> Fault:
    """Make the finding for one broken record, at the cell most likely wrong."""
    words, best = _words(check, view, record, broken), broken.best

    def word(name: str) -> str:
        # What a rule takes as 0 where it is blank is written so: 期初 39 + 入库 0 − 出库 4 = 35.
        if name in _rule(check).optional and view.value(name, record) is None:
            return "0"
        return words[name] if name in words else view.word(name, record)

    message = fill_template(check.message, word)
    field = check.cell
    if best is not None and best.field != check.cell:
        field = best.field
        each = view.form.field(field)
        slip = f"，{best.slip}" if best.slip else ""
        message += (
            f"对照本行其他数字和合计，更像是“{each.title}”填错了：填的是 {view.word(field, record)}，"
            f"应为 {say_number(best.right, each)}{slip}。"
        )
    right = best.right if best else None
    text = plain(right, view.form.field(field).scale) if right is not None else None
    finding = Finding(
        code=check.code,
        level=Level(check.level),
        message=message,
        place=view.place(field, record),
        found=view.found(field, record),
        expected=text,
        suggestion=text if check.suggest and field == check.cell else None,
        form=view.form.id,
        field=field,
    )
    return Fault(finding, field, record, right, field == check.cell)


def _words(check: Check, view: View, record: int, broken: Broken) -> dict[str, str]:
    """Give the words of a message that are no fields: {left}, {right}, {diff}, {expected}, {found}, {hint}."""
    node, verdict, best, result = broken
    each = next((f for f in view.form.fields if f.id == check.cell and f.is_number), None)
    scale = each.scale if each else 6

    def say(number: Fraction) -> str:
        scaled = number * 10**scale
        value = divide_half_up(scaled.numerator, scaled.denominator)
        return say_number(value, each) if each else plain(value, scale)

    left, right = _sides(node, verdict, view, record)
    found = view.value(check.cell, record) if each else None
    # Where the rule cannot be solved for its cell, the side on which the cell does not stand is what it should reach.
    other = right if found is not None and Fraction(found, 10**scale) == left else left
    return {
        "left": say(left),
        "right": say(right),
        "diff": say(abs(left - right)),
        "found": view.word(check.cell, record),
        "expected": say(Fraction(result.right, 10**scale)) if result else say(other),
        "hint": f"，{best.slip}" if best and best.slip and best.field == check.cell else "",
    }


def _sides(node: Node, verdict: Verdict, view: View, record: int) -> tuple[Fraction, Fraction]:
    """Give both sides of a comparison for one record, of any size."""
    if verdict.overflow[record]:
        row = row_of(view, record, sorted(parse_fields(node)), ())
        left, right = (value_of(part, row) for part in node.parts)
        return left or Fraction(0), right or Fraction(0)
    sides = (verdict.left, verdict.right)
    left, right = (Fraction(int(side.values[record]), 10**side.scale) for side in sides)
    return left, right


def _one_a_cell(faults: list[Fault]) -> list[Fault]:
    """Keep one fault where several rules find the same right value for a cell: that of the rule written for it."""
    kept: dict[tuple[str, int, int | None, str], Fault] = {}
    for fault in faults:
        alone = "" if fault.right is not None else fault.finding.message
        key = (fault.field, fault.record, fault.right, alone)
        if key not in kept or (fault.own and not kept[key].own):
            kept[key] = fault
        elif kept[key].finding.suggestion is None and fault.finding.suggestion is not None:
            kept[key] = replace(kept[key], finding=replace(kept[key].finding, suggestion=fault.finding.suggestion))
    return list(kept.values())


def _one_a_cause(faults: list[Fault], view: View) -> list[Fault]:
    """Leave out what holds once another cell of the record is put right, the surest cells first.

    A budget typed wrong breaks the rate as well; the rate is right as soon as the budget is.
    """
    of_record: dict[int, list[Fault]] = {}
    for fault in faults:
        of_record.setdefault(fault.record, []).append(fault)
    dropped: set[int] = set()
    for record, group in of_record.items():
        mended: dict[str, Fraction | None] = {}
        for fault in sorted(group, key=lambda each: -each.weight) if len(group) > 1 else ():
            if fault.equation and mended.keys() & fault.equation.fields - {fault.field}:
                row = row_of(view, record, (), (fault.equation,))
                if holds(fault.equation, record, row | mended):
                    dropped.add(id(fault))
                    continue
            if fault.right is not None:
                mended.setdefault(fault.field, Fraction(fault.right, 10 ** view.form.field(fault.field).scale))
    return [fault for fault in faults if id(fault) not in dropped]
