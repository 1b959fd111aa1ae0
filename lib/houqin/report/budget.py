"""Set the budget's execution against the time of the fiscal year that has passed: 预算执行与序时进度.

The fiscal year is the calendar year. Only the total and the rows of a project are judged: a subject may well be
seasonal (取暖).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record, add_up, counted_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

DEFAULT_GAP = Decimal(10)  # percentage points
PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One row: 全年预算, 累计支出 and what is left, 元. `parent`: its children are listed too, so no total takes it.

    `rate` is spent / budget as a ratio, None where the budget is blank or 0; `verdict` is 偏慢, 偏快, 正常, 超预算,
    or '' where the row is not judged.
    """

    row: int
    code: str
    subject: str
    project: str
    full: Decimal | None
    spent: Decimal | None
    left: Decimal | None
    rate: Decimal | None
    parent: bool
    verdict: str


@dataclass(frozen=True, slots=True)
class Budget:
    """The rows, their total without parents, and the share of the year that has passed at the date."""

    rows: tuple[BudgetRow, ...]
    full: Decimal
    spent: Decimal
    rate: Decimal | None
    elapsed: Decimal
    day: int  # of the year
    days: int  # in the year
    verdict: str

    @property
    def left(self) -> Decimal:
        """What is left in all."""
        return self.full - self.spent


def budget_progress(ledgers: Mapping[str, Ledger], school: School, forms: Forms, as_of: str) -> Budget | None:
    """Judge the budget at a date; None where there is no such ledger."""
    if "budget_execution" not in ledgers:
        return None
    gap = school.thresholds.get("progress_gap", DEFAULT_GAP) / PERCENT
    day, days = day_of_year(as_of)
    elapsed = Decimal(day) / Decimal(days)
    records = counted_records(ledgers, "budget_execution", forms)
    parents = _parents(records)
    rows = tuple(_row(record, parent=record.index in parents, elapsed=elapsed, gap=gap) for record in records)
    own = [each for each in rows if not each.parent]
    full = add_up(each.full for each in own) or Decimal(0)
    spent = add_up(each.spent for each in own) or Decimal(0)
    rate = spent / full if full else None
    return Budget(rows, full, spent, rate, elapsed, day, days, judge(rate, elapsed, gap))


def budget_left(budget: Budget | None, item: str) -> Decimal | None:
    """Give what is left for an item of the settings (30201 办公费); None where the budget has no such row."""
    return add_up(each.left for each in item_rows(budget, item))


def item_rows(budget: Budget | None, item: str) -> list[BudgetRow]:
    """Give the rows of an item of the settings, found by its code, else by its subject's name; no project's rows."""
    if budget is None or not item:
        return []
    code, name = _code_and_name(item)
    own = [each for each in budget.rows if not each.parent and not each.project]
    return [each for each in own if code and each.code == code] or [e for e in own if name and e.subject == name]


def _code_and_name(item: str) -> tuple[str, str]:
    """Split 30201 办公费; either part may be missing."""
    found = re.match(r"(\d*)\s*(.*)", item.strip())
    return (found[1], found[2]) if found else ("", item)


def day_of_year(as_of: str) -> tuple[int, int]:
    """Give the number of the day in its year, and the year's days; ('2025-09-05') -> (248, 365)."""
    when = date.fromisoformat(as_of)
    return when.timetuple().tm_yday, date(when.year, 12, 31).timetuple().tm_yday


def judge(rate: Decimal | None, elapsed: Decimal, gap: Decimal) -> str:
    """Say how a rate stands to the time passed; a gap just at the limit is still 正常."""
    if rate is None:
        return ""
    if rate > 1:
        return "超预算"
    if abs(rate - elapsed) <= gap:
        return "正常"
    return "偏慢" if rate < elapsed else "偏快"


def _row(record: Record, *, parent: bool, elapsed: Decimal, gap: Decimal) -> BudgetRow:
    full, spent = record.number("full"), record.number("total")
    if full is None:
        full = add_up([record.number("initial"), record.number("adjust")])
    rate = spent / full if full and spent is not None else None
    judged = bool(record.text("project")) and not parent
    verdict = judge(rate, elapsed, gap) if judged or (rate is not None and rate > 1) else ""
    left = None if full is None else full - (spent or Decimal(0))
    return BudgetRow(
        row=record.index, code=record.text("code"), subject=record.text("subject"), project=record.text("project"),
        full=full, spent=spent, left=left, rate=rate, parent=parent, verdict=verdict,
    )  # fmt: skip


def _parents(records: Sequence[Record]) -> set[int]:
    """Give the rows that others add up to: a code that begins longer ones, a subject whose projects follow in sum."""
    codes = {r.text("code") for r in records if r.text("code")}
    found = set()
    for record in records:
        code, full = record.text("code"), record.number("full")
        longer = code and any(other != code and other.startswith(code) for other in codes)
        projects = [r for r in records if r.text("code") == code and r.text("project")]
        split = code and not record.text("project") and projects and add_up(r.number("full") for r in projects) == full
        if longer or split:
            found.add(record.index)
    return found
