"""The year before, as the ledgers of its own run have it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record
from houqin.report.settlement.books import with_accounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.account.rows import Row
    from houqin.forms import LineRule
    from houqin.report.settlement.case import Case

FORM = "trial_balance"


def no_last_year(case: Case, form: str) -> str:
    """Say what of the year before is not there: its run, or a ledger of it."""
    if not case.before:
        return f"首次使用：没有 {case.year - 1} 年决算的结果，年初数没有可对照的"
    return f"{case.year - 1} 年决算的结果里没有《{case.title_of(form)}》"


def last_year(case: Case) -> list[Record] | None:
    """Give last year's trial balance with its computed columns, None where there is none."""
    rows = case.before.get(FORM)
    if not rows:
        return None
    return with_accounts([Record(row.index, False, _decimals(case, row)) for row in rows])


def _decimals(case: Case, row: Row) -> dict[str, object]:
    scales = {each.id: each.scale for each in case.forms.by_id[row.form].fields if each.is_number}
    return {
        name: Decimal(int(value)).scaleb(-scales[name]) if name in scales and value is not None else value
        for name, value in row.values.items()
    }


def sum_before(rule: LineRule, records: Sequence[Record]) -> Decimal | None:
    """Give what a line of accounts came to in last year's trial balance, 元; None where it does not tell."""
    if records and rule.field not in records[0].values:
        return None
    own = [
        each.values.get(rule.field) or Decimal(0)
        for each in records
        if each.values["leaf"]
        and each.text("code").startswith(tuple(rule.codes) or ("",))
        and all(each.values.get(name) == value for name, value in rule.where.items())
    ]
    return rule.sign * sum(own, Decimal(0))
