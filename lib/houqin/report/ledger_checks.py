"""A form's expressions as live formulas beside each row of the ledger: ✓, ✗, or nothing where an operand is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from houqin.exact import Exact, absolute, add, choose, constant, exact_column, multiply
from houqin.expression import Expression, parse
from houqin.model import column_letter
from houqin.school import THRESHOLDS
from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.exact import Array
    from houqin.forms import Check, Form
    from houqin.model import Ledger
    from houqin.report.ledger_columns import LedgerColumn

HOLDS, FAILS = "✓", "✗"
# A price is written to the fen: what a product may be off by, a piece: half of its last decimal
PRICE_STEP = Decimal("0.005")
PRICE_SLACK = Decimal("0.01")
PRICE_STEP_NAME = "单价尾差"
SIGNS = {"==": " = ", "<=": " ≤ ", ">=": " ≥ ", "!=": " ≠ ", "*": " × ", "-": " − ", "+": " + ", "/": " ÷ "}
BLANK_IS_ZERO = re.compile(r"coalesce\((\w+), 0\)")
# What a function of the rules' language is called by people
SPOKEN = (
    (re.compile(r"coalesce\((\w+), (\w+)\)"), r"\1（没填的用 \2）"),
    (re.compile(r"round\((.+), (\d)\)"), r"\1（保留 \2 位小数）"),
    (re.compile(r"max\(([^(),]+), 0\)"), r"\1（小于 0 按 0）"),
    (re.compile(r"abs\(([^()]+)\)"), r"\1（不计正负）"),
    (re.compile(r"min\(((?:[^(),]|\([^()]*\))+), ([^,()]+)\)"), r"\1 与 \2 中较小的"),
    (re.compile(r"max\(((?:[^(),]|\([^()]*\))+), ([^,()]+)\)"), r"\1 与 \2 中较大的"),
)


@dataclass(frozen=True, slots=True)
class ByPrice:
    """A quantity times a price that was written to the fen: what it may be off by grows with the quantity."""

    quantity: str
    price: str


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """An equation of the form on the ledger's rows. `name` is the named cell of its tolerance.

    `results` are the stored values: ✓, ✗, "" where an operand is blank, None where a row is not judged at all (its
    table lacked a column that the rule needs, or a division by 0) and gets no formula.
    """

    check: Check
    rule: Expression
    title: str
    said: str
    name: str
    tolerance: Decimal
    by_price: ByPrice | None
    columns: Mapping[str, str]
    scale: int
    results: tuple[str | None, ...]

    def formulas(self, first: int) -> list[Formula | None]:
        """Give the formula of each row, the same from top to bottom, with the value that it has."""
        return [
            None if value is None else Formula(self._formula(first + number), value)
            for number, value in enumerate(self.results)
        ]

    def _formula(self, row: int) -> str:
        limit = self.name
        if self.by_price:
            price, quantity = (f"{self.columns[f]}{row}" for f in (self.by_price.price, self.by_price.quantity))
            limit = f"(IF({price}=INT({price}),0,ABS({quantity})*{PRICE_STEP_NAME})+{self.name})"
        needed = [f"{self.columns[f]}{row}" for f in sorted(self.rule.fields - self.rule.optional)]
        condition = self.rule.to_excel(self.columns.__getitem__, row, limit, scale=self.scale)
        verdict = f'IF({condition},"{HOLDS}","{FAILS}")'
        return f'IF(COUNT({",".join(needed)})<{len(needed)},"",{verdict})' if needed else verdict


def equations(form: Form) -> list[tuple[Check, Expression]]:
    """Give the checks of a form that are equations over numbers: those can be computed again beside each row.

    One that judges chosen records only is left to the list of findings: its formula would say ✗ where nothing is asked.
    """
    found = []
    for check in form.checks:
        rule = parse(check.rule) if check.rule else None
        if rule is None or check.where or not all(node.kind == "==" for node in rule.comparisons):
            continue
        if rule.fields and all(form.field(f).is_number for f in rule.fields):
            found.append((check, rule))
    return found


def live_checks(
    ledger: Ledger, form: Form, columns: Sequence[LedgerColumn], thresholds: Mapping[str, Decimal]
) -> list[LiveCheck]:
    """Give the equations whose fields the ledger shows; their titles are told apart by numbers."""
    shown = {c.field.id: c for c in columns if c.field is not None}
    found: list[LiveCheck] = []
    for check, rule in equations(form):
        if rule.fields <= set(shown):
            made = _live(check, rule, ledger, form, thresholds)
            named = {f: column_letter(shown[f].number) for f in rule.fields}
            same = sum(each.title.startswith(made.title) for each in found)
            title = made.title + ("" if not same else f"{same + 1}")
            found.append(replace(made, columns=named, title=title))
    return found


def _live(check: Check, rule: Expression, ledger: Ledger, form: Form, thresholds: Mapping[str, Decimal]) -> LiveCheck:
    scales = {f: form.field(f).scale for f in rule.fields}
    exact = {f: exact_column(ledger.frame[f], scales[f]) for f in sorted(rule.fields)}
    by_price = _by_price(rule, form) if check.tolerance == "price" else None
    slack = _slack(check.tolerance, thresholds)
    verdict = rule.evaluate(exact, _tolerance(slack, exact, by_price, len(ledger.frame)))
    blank = np.zeros(len(ledger.frame), bool)
    for name in rule.fields - rule.optional:
        blank |= exact[name].blank
    judged = _has_columns(check, rule, ledger) & (verdict.applicable | blank)
    words = np.where(verdict.holds, HOLDS, FAILS).tolist()
    results = [
        None if not known else "" if empty else word for known, empty, word in zip(judged, blank, words, strict=True)
    ]
    return LiveCheck(
        check=check, rule=rule, title="复算\n" + form.field(check.cell).title.replace("/", ""),
        said=spoken(rule, form), name="容差_" + check.id.replace("-", "_"), tolerance=slack, by_price=by_price,
        columns={}, scale=rule.scale(scales), results=tuple(results),
    )  # fmt: skip


def _slack(tolerance: str, thresholds: Mapping[str, Decimal]) -> Decimal:
    """Give the tolerance that all rows share: a number, a threshold of the settings, or the fen beside a price's."""
    if tolerance == "price":
        return PRICE_SLACK
    if tolerance in THRESHOLDS:
        return thresholds.get(tolerance, THRESHOLDS[tolerance])
    return Decimal(tolerance)


def _has_columns(check: Check, rule: Expression, ledger: Ledger) -> Array:
    """Say of each row whether the table that it is from has the columns without which the rule does not judge."""
    known = np.ones(len(ledger.frame), bool)
    for name in check.needs:
        cells = ledger.cells.get(name)
        if cells is not None and name not in rule.fields - rule.optional:
            known &= np.array([cell is not None for cell in cells], bool)
    return known


def _tolerance(slack: Decimal, exact: Mapping[str, Exact], by_price: ByPrice | None, rows: int) -> Exact:
    if by_price is None:
        return constant(slack, rows)
    price = exact[by_price.price]
    whole = Exact(price.values % 10**price.scale == 0, price.blank, 0)
    more = multiply(absolute(exact[by_price.quantity]), constant(PRICE_STEP, rows))
    return add(choose(whole.values, constant(Decimal(0), rows), more), constant(slack, rows))


def _by_price(rule: Expression, form: Form) -> ByPrice | None:
    types = {f: form.field(f).type for f in sorted(rule.fields)}
    price = next((f for f, kind in types.items() if kind == "price"), None)
    quantity = next((f for f, kind in types.items() if kind in ("quantity", "count")), None)
    return ByPrice(quantity, price) if price and quantity else None


def spoken(rule: Expression, form: Form) -> str:
    """Say a rule with the titles of its fields: 期初数量 + 入库数量 − 出库数量 = 结存数量（空白按 0 算）."""
    titles = {f: form.field(f).title.replace("/", "") for f in rule.fields}
    text, blanks = BLANK_IS_ZERO.subn(r"\1", rule.text)
    for function, words in SPOKEN:
        text = function.sub(words, text)
    text = re.sub(r"\s*(==|<=|>=|!=|[*/+-])\s*", lambda m: SIGNS[m[1]], text)
    text = re.sub(r"[A-Za-z_]\w*", lambda m: titles.get(m[0], m[0]), text)
    return f"{text}（空白按 0 算）" if blanks else text
