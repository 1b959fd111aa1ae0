"""What the sheets of a month's or a semester's workbook share: the period, the rows within it, the heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from houqin.report.data_sheets import Where
from houqin.report.records import read_records
from houqin.report.summary_case import BookCase, filled_ledgers
from houqin.report.summary_case import Outcome as Read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Table
    from houqin.report.records import Record
    from houqin.school import School
    from houqin.workbook import Area, Formula, Workbook

IN_PERIOD, IN_YEAR = "in_period", "in_year"
MONTH_LENGTH = 7  # of 2025-11


class Outcome(Read, Protocol):
    """What the pipeline gives, with the tables as they stood on their sheets."""

    @property
    def tables(self) -> Sequence[Table]:
        """The tables that a form took."""


class Period(NamedTuple):
    """The days that a workbook is about, both ends ISO dates and within; `since` is the first day of 本年累计."""

    title: str  # 2025年11月
    first: str
    last: str
    since: str

    def holds(self, day: str | None, *, from_since: bool = False) -> bool:
        """Tell whether a day (2025-11-03) or a month (2025-11) lies within; what has no date is of the period."""
        if not day:
            return True
        first = self.since if from_since else self.first
        return first[: len(day)] <= day <= self.last[: len(day)]


class Posted(NamedTuple):
    """A sheet that is to be posted, and why it may not be yet (none: it may)."""

    sheet: str
    reasons: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class PostCase(BookCase):
    """A workbook with sheets that get posted. `tables` are the located tables, for what no ledger keeps."""

    span: Period
    tables: Sequence[Table] = ()
    posted: list[Posted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what a person should know of how the figures were made
    whole_food: bool = True  # whether every quantity of food has its amount
    spending: list[tuple[str, Decimal]] = field(default_factory=list)  # what the month's money went to
    amounts: dict[str, Formula] = field(default_factory=dict)  # figure -> what stands in its cell

    def sum_of(self, form_id: str, field_id: str, *conditions: Where) -> Formula:
        """Add a field up over the rows of the period that meet the conditions."""
        return self.total(form_id, field_id, *conditions, THIS_PERIOD)

    def count_of(self, form_id: str, *conditions: Where) -> Formula:
        """Count the rows of the period that meet the conditions."""
        return self.count(form_id, *conditions, THIS_PERIOD)

    def own(self, form_id: str) -> list[Record]:
        """Give the rows of a data sheet that count in the period."""
        data = self.data.get(form_id)
        return [r for r in data.records if not r.pending and r.values.get(IN_PERIOD) == 1] if data else []

    def told(self, form_id: str, field_id: str) -> bool:
        """Tell whether a row of the period has a value in a field."""
        return any(r.values.get(field_id) is not None for r in self.own(form_id))

    def put(self, name: str, area: Area, formula: Formula) -> None:
        """Remember where a figure stands and what it is."""
        self.cells[name] = area
        self.amounts[name] = formula

    def amount(self, name: str) -> Decimal | None:
        """Give a figure's value, None where it is not there or is blank."""
        formula = self.amounts.get(name)
        return None if formula is None or isinstance(formula.value, str) else Decimal(formula.value)


THIS_PERIOD = Where(IN_PERIOD, "1", "1")


def open_posts(  # noqa: PLR0913  (all by keyword)
    book: Workbook, outcome: Outcome, forms: Forms, school: School, *, as_of: str, span: Period,
    run: Mapping[str, str] | None = None, copies: Mapping[str, str] | None = None,
) -> PostCase:  # fmt: skip
    """Read the ledgers once for all sheets of a workbook."""
    ledgers = filled_ledgers(outcome.ledgers)
    return PostCase(
        book=book, outcome=outcome, forms=forms, school=school, as_of=as_of, span=span, period=span.title,
        run=run or {}, copies=copies or {}, tables=outcome.tables,
        records={form_id: read_records(outcome.ledgers, form_id, forms) for form_id in ledgers},
    )  # fmt: skip
