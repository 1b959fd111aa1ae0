"""A form's expressions as live formulas beside each row of the ledger: ✓, ✗, or nothing where an operand is blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.exact import Exact, absolute, add, constant, exact_column, multiply
from houqin.expression import Expression, parse
from houqin.model import column_letter
from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Check, Form
    from houqin.model import Ledger
    from houqin.report.ledger_columns import LedgerColumn

HOLDS, FAILS = "✓", "✗"
# A price is written to the fen: what a product may be off by, a piece (office.md: half of its last decimal)
PRICE_STEP = Decimal("0.005")
PRICE_SLACK = Decimal("0.01")
PRICE_STEP_NAME = "单价尾差"
SIGNS = {"==": " = ", "<=": " ≤ ", ">=": " ≥ ", "!=": " ≠ ", "*": " × ", "-": " − ", "+": " + ", "/": " ÷ "}


@dataclass(frozen=True, slots=True)
class LiveCheck:
    """A check of the form on the ledger's rows. `name` is the named cell of its tolerance."""

    check: Check
    rule: Expression
    title: str
    said: str
    name: str
    tolerance: Decimal
    by_price: str | None
    columns: Mapping[str, str]
    scale: int
    results: tuple[str, ...]

    def formulas(self, first: int) -> list[Formula]:
        """Give the formula of each row, the same from top to bottom, with the value that it has."""
        return [Formula(self._formula(first + n), value) for n, value in enumerate(self.results)]

    def _formula(self, row: int) -> str:
        limit = self.name
        if self.by_price:
            limit = f"(ABS({self.columns[self.by_price]}{row})*{PRICE_STEP_NAME}+{self.name})"
        cells = ",".join(f"{self.columns[f]}{row}" for f in sorted(self.rule.fields - self.rule.optional))
        count = len(self.rule.fields - self.rule.optional)
        condition = self.rule.to_excel(self.columns.__getitem__, row, limit, scale=self.scale)
        return f'IF(COUNT({cells})<{count},"",IF({condition},"{HOLDS}","{FAILS}"))'


def live_checks(ledger: Ledger, form: Form, columns: Sequence[LedgerColumn]) -> list[LiveCheck]:
    """Give the checks of a form that are expressions over number columns which the ledger shows."""
    shown = {c.field.id: c for c in columns if c.field is not None and c.field.is_number}
    found = []
    for check in form.checks:
        rule = parse(check.rule) if check.rule else None
        if rule is not None and rule.comparisons and rule.fields <= set(shown):
            found.append(_live(check, rule, ledger, form, {f: shown[f] for f in sorted(rule.fields)}))
    return found


def _live(check: Check, rule: Expression, ledger: Ledger, form: Form, shown: Mapping[str, LedgerColumn]) -> LiveCheck:
    scales = {f: form.field(f).scale for f in shown}
    exact = {f: exact_column(ledger.frame[f], scales[f]) for f in shown}
    by_price = _quantity_of(rule, form) if check.tolerance == "price" else None
    slack = PRICE_SLACK if check.tolerance == "price" else Decimal(check.tolerance)
    verdict = rule.evaluate(exact, _tolerance(slack, exact, by_price, len(ledger.frame)))
    # where the formula looks at blanks, so does the stored value
    needed = [exact[f].blank for f in sorted(rule.fields - rule.optional)]
    results = []
    for row in range(len(ledger.frame)):
        if any(blank[row] for blank in needed):
            results.append("")
        else:
            results.append(HOLDS if verdict.holds[row] else FAILS)
    said = spoken(rule, form)
    return LiveCheck(
        check=check, rule=rule, title="复算\n" + _short(check, form), said=said,
        name="容差_" + check.id.replace("-", "_"), tolerance=slack, by_price=by_price,
        columns={f: column_letter(c.number) for f, c in shown.items()}, scale=rule.scale(scales),
        results=tuple(results),
    )  # fmt: skip


def _tolerance(slack: Decimal, exact: Mapping[str, Exact], by_price: str | None, rows: int) -> Exact:
    if by_price is None:
        return constant(slack, rows)
    return add(multiply(absolute(exact[by_price]), constant(PRICE_STEP, rows)), constant(slack, rows))


def _quantity_of(rule: Expression, form: Form) -> str | None:
    """Give the field that is multiplied by a price."""
    return next((f for f in sorted(rule.fields) if form.field(f).type in ("quantity", "count")), None)


def _short(check: Check, form: Form) -> str:
    return form.field(check.cell).title.replace("/", "") if check.cell else check.id


def spoken(rule: Expression, form: Form) -> str:
    """Say a rule with the titles of its fields: 期初数量 + 入库数量 − 出库数量 = 结存数量."""
    titles = {f: form.field(f).title.replace("/", "") for f in rule.fields}
    text = re.sub(r"[A-Za-z_]\w*", lambda m: titles.get(m[0], m[0]), rule.text)
    return re.sub(r"\s*(==|<=|>=|!=|[*/+-])\s*", lambda m: SIGNS[m[1]], text)
