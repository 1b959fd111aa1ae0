"""The school's papers (报账登记, 收支明细账) against the centre's vouchers: 已报未记, 已记未报, 金额不符, 科目不符.

By voucher first; a payment that cites none by its amount, where within a month one voucher alone has it. What was
handed back is out. An open claim that the books already owe (应付账款) is explained, not unbooked cost.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.records import plain_name
from houqin.report.settlement.dues import CODES, account_of
from houqin.report.settlement.vouchers import ZERO, Voucher, Vouchers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

CLAIMS, CASHBOOK, JOURNAL = "claim_register", "cashbook", "journal"
BOOKED, OPEN, UNCLAIMED, AMOUNT, SUBJECT, BACK, SEEN, OTHER_YEAR, PAYROLL = (
    "已记账", "已报未记", "已记未报", "金额不符", "科目不符", "已退回", "见报账登记", "不属于本年", "统发不报账",
)  # fmt: skip
_BACK = re.compile(r"退回|退单|作废|不予")
_NEAR = 31  # days between a payment without a voucher and its entry
_CENT = Decimal("0.004")


class Paper(NamedTuple):
    """A claim or a payment of the school: its form and row, its amount, the voucher and day that it cites."""

    form: str
    record: Record
    amount: Decimal
    voucher: str
    day: str  # of booking, else of payment


@dataclass(slots=True)
class Outcome:
    """What became of each paper and of each voucher, by form and row."""

    state: dict[tuple[str, int], str] = field(default_factory=dict)
    amount: dict[tuple[str, int], Decimal] = field(default_factory=dict)  # of the school, of what is not told twice
    gap: dict[tuple[str, int], Decimal] = field(default_factory=dict)  # centre less school
    owed: dict[int, Decimal] = field(default_factory=dict)  # of an open claim: what the books owe of it
    booked: dict[tuple[str, int], Voucher] = field(default_factory=dict)
    centre: dict[int, tuple[str, Decimal]] = field(default_factory=dict)  # first row of a voucher: state and amount


def match_of(case: Case) -> Outcome:
    """Match once for all sheets."""
    if "claims" not in case.kept:
        case.kept["claims"] = _match(case)
    made: Outcome = case.kept["claims"]
    return made


def with_claims(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give claims with `school_amt`, `match`, `gap`, `owed`."""
    return _with_papers(match_of(case), CLAIMS, records)


def with_payments(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give payments with `school_amt`, `match`, `gap`; what the claims tell already has no amount here."""
    return _with_papers(match_of(case), CASHBOOK, records)


def _with_papers(made: Outcome, form: str, records: Sequence[Record]) -> list[Record]:
    rows = []
    for each in records:
        key = form, each.index
        values: dict[str, object] = {
            "school_amt": made.amount.get(key), "match": made.state.get(key), "gap": made.gap.get(key),
        }  # fmt: skip
        if form == CLAIMS:
            values["owed"] = made.owed.get(each.index)
        rows.append(replace(each, values={**each.values, **values}))
    return rows


def with_centre(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the journal with `match` and `centre_amt` on the first row of each voucher that paid for something."""
    made = match_of(case)
    nothing: tuple[str | None, Decimal | None] = (None, None)
    return [
        replace(each, values={**each.values, "match": state, "centre_amt": amount})
        for each in records
        for state, amount in (made.centre.get(each.index, nothing),)
    ]


def _match(case: Case) -> Outcome:
    made = Outcome()
    vouchers = Vouchers(case.records.get(JOURNAL, ()))
    claims = [_claim(each) for each in case.records.get(CLAIMS, ()) if not each.pending]
    paid = (each for each in case.records.get(CASHBOOK, ()) if not each.pending and each.number("expense"))
    payments = [_payment(each) for each in paid]
    returned = [each for each in claims if _BACK.search(each.record.text("state")) and not each.voucher]
    made.state.update({(each.form, each.record.index): BACK for each in returned})
    others = [each for each in (*claims, *payments) if _is_of_another_year(each, str(case.year))]
    made.state.update({(each.form, each.record.index): OTHER_YEAR for each in others})
    standing, payments = (
        [each for each in papers if (each.form, each.record.index) not in made.state] for papers in (claims, payments)
    )
    if not case.records.get(JOURNAL):
        return made
    left = _by_voucher(made, vouchers, standing, payments)
    _by_amount(made, vouchers, [each for each in left if not each.voucher])
    _unclaimed(made, vouchers, case.year)
    _owed(case, made, [each for each in standing if made.state.get((each.form, each.record.index)) == OPEN])
    return made


def _claim(record: Record) -> Paper:
    approved = record.number("approved")
    amount = approved if approved is not None else record.number("amount") or ZERO
    return Paper(CLAIMS, record, amount, record.text("voucher"), record.text("book_date"))


def _payment(record: Record) -> Paper:
    return Paper(CASHBOOK, record, record.number("expense") or ZERO, record.text("voucher"), record.text("date"))


def _is_of_another_year(paper: Paper, year: str) -> bool:
    """Tell what was booked or paid in another year, or claimed after this one; an old open claim is this year's."""
    if paper.day:
        return paper.day[:4] != year
    return paper.record.text("date")[:4] > year


def _by_voucher(
    made: Outcome, vouchers: Vouchers, claims: Sequence[Paper], payments: Sequence[Paper]
) -> list[Paper]:
    """Compare what cites a voucher with it; give the papers that found none."""
    groups: dict[tuple[str, str], dict[str, list[Paper]]] = defaultdict(lambda: {CLAIMS: [], CASHBOOK: []})
    left = []
    for paper in (*claims, *payments):
        voucher = vouchers.find(paper.day[:7], paper.voucher) if paper.voucher else None
        if voucher is None:
            made.state[paper.form, paper.record.index] = OPEN
            made.amount[paper.form, paper.record.index] = paper.amount
            left.append(paper)
        else:
            groups[voucher.month, voucher.name][paper.form].append(paper)
    for key, group in groups.items():
        _judge(made, vouchers.all[key], group[CLAIMS], group[CASHBOOK])
    return left


def _judge(made: Outcome, voucher: Voucher, claims: Sequence[Paper], payments: Sequence[Paper]) -> None:
    """Judge the papers of one voucher: claims where there are some; payments beside them are told by the claims."""
    told, others = (claims, payments) if claims else (payments, ())
    amounts = voucher.amounts()
    paid = sum((each.amount for each in payments), ZERO)
    total = sum((each.amount for each in told), ZERO)
    # A voucher may pay for more than was claimed: then the payments say so, each claim being one of them.
    if claims and not _is_one(total, amounts) and _is_one(paid, amounts) and _are_among(claims, payments):
        told, others, total = payments, claims, paid
    centre = total if _is_one(total, amounts) else amounts[0] if amounts else ZERO
    agrees = abs(centre - total) <= _CENT
    for n, each in enumerate(told):
        key = each.form, each.record.index
        made.amount[key], made.booked[key] = each.amount, voucher
        wrong = not _fits(each.record, voucher)
        made.state[key] = AMOUNT if not agrees else SUBJECT if wrong else BOOKED
        if not agrees and n == 0:
            made.gap[key] = centre - total
    for each in others:
        key = each.form, each.record.index
        made.state[key] = SEEN if each.form == CASHBOOK else BOOKED
        made.booked[key] = voucher
        if each.form == CLAIMS and not _fits(each.record, voucher):
            made.state[key] = SUBJECT
    made.centre[voucher.rows[0].index] = BOOKED, centre


def _is_one(total: Decimal, amounts: Sequence[Decimal]) -> bool:
    return any(abs(total - each) <= _CENT for each in amounts)


def _are_among(claims: Sequence[Paper], payments: Sequence[Paper]) -> bool:
    left = Counter(each.amount for each in payments)
    left.subtract(each.amount for each in claims)
    return all(count >= 0 for count in left.values())


def _fits(record: Record, voucher: Voucher) -> bool:
    """Tell whether the voucher's economic classes hold the paper's; a journal that shows none says nothing."""
    code, shown = record.text("code")[:5], voucher.economics()
    if len(code) < len("302") or not code.startswith(("301", "302", "303", "310")) or not shown:
        return True
    return any(each.startswith(code) or code.startswith(each) for each in shown)


def _by_amount(made: Outcome, vouchers: Vouchers, papers: Sequence[Paper]) -> None:
    """Match payments that cite no voucher by their amount: one payment, one voucher, near enough in days."""
    free: dict[Decimal, list[Voucher]] = defaultdict(list)
    for each in vouchers.all.values():
        if each.rows[0].index not in made.centre and each.spent():
            free[vouchers.paid(each)].append(each)
    wanted = Counter(each.amount for each in papers)
    for paper in papers:
        found = [each for each in free.get(paper.amount, ()) if _near(paper, each)]
        if paper.form == CASHBOOK and wanted[paper.amount] == 1 and len(found) == 1 and paper.amount:
            _judge(made, found[0], [], [paper])


def _near(paper: Paper, voucher: Voucher) -> bool:
    days = [paper.day, voucher.rows[0].text("date")]
    if any(len(day) != len("2025-01-01") for day in days):
        return False
    one, other = (date.fromisoformat(day) for day in days)
    return abs((one - other).days) <= _NEAR


def _unclaimed(made: Outcome, vouchers: Vouchers, year: int) -> None:
    """Mark the vouchers of the year that paid for something of which the school has no paper; pay needs none."""
    for each in vouchers.all.values():
        paid = vouchers.paid(each)
        first = each.rows[0].index
        if first not in made.centre and each.year == str(year) and paid > 0 and each.spent():
            made.centre[first] = (PAYROLL if each.is_payroll else UNCLAIMED), paid


def _owed(case: Case, made: Outcome, claims: Sequence[Paper]) -> None:
    """Say of open claims what the books owe to the same party: a debt explains each fen once."""
    debts: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in case.records.get("payables", ()):
        account = CODES.get(account_of(row.text("kind")))
        if account is not None and account.side < 0 and not row.pending:
            debts[plain_name(row.text("party"))] += row.number("balance") or ZERO
    if not case.records.get("payables"):
        debts.update(_accrued(case.records.get(JOURNAL, ()), claims))
    for each in claims:
        name = plain_name(each.record.text("payee"))
        owed = min(debts.get(name, ZERO), each.amount)
        if owed > 0 and name:
            made.owed[each.record.index] = owed
            debts[name] -= owed


def _accrued(journal: Sequence[Record], claims: Sequence[Paper]) -> Mapping[str, Decimal]:
    """Give what the journal entered as owed, by the parties that its summaries or items name."""
    owed = [each for each in journal if each.text("code").startswith(("2301", "2302")) and each.number("credit")]
    names = {plain_name(each.record.text("payee")) for each in claims} - {""}
    return {
        name: sum(
            (row.number("credit") or ZERO for row in owed
             if name in plain_name(f"{row.text('summary')}{row.text('project')}{row.text('subject')}")), ZERO,
        )
        for name in sorted(names)
    }  # fmt: skip
