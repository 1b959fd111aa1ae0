"""Which cell a failed check of sums is about: the month, the good, the entry at which its two sides part."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import plain_name
from houqin.report.settlement.canteen_rows import (
    BANK,
    BOOKS,
    CASH,
    EXPENSE,
    FOOD,
    FOODS,
    INCOME,
    JOURNAL,
    OWED_BY_CANTEEN,
    PUPILS,
    REPAID,
    STAFF,
    STATEMENT,
    STOCK,
    bank_rows,
)
from houqin.report.settlement.keyed import source_place
from houqin.report.settlement.spending import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from houqin.model import Place
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

ZERO, FEN = Decimal(0), Decimal("0.01")


def _by_month(records: Iterable[Record], field: str) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in records:
        sums[each.text("date")[:7]] += each.values.get(field) or ZERO
    return sums


def _months_apart(left: Mapping[str, Decimal], right: Mapping[str, Decimal], allowed: Decimal = FEN) -> list[str]:
    """Give the months in which two sides differ, the widest gap first."""
    gaps = {month: abs(left.get(month, ZERO) - right.get(month, ZERO)) for month in sorted({*left, *right})}
    return sorted((month for month, gap in gaps.items() if gap > allowed), key=lambda month: -gaps[month])


def _stated(case: Case, month: str, **where: str) -> Place | None:
    own = [each for each in case.chosen(STATEMENT, **where) if each.text("date")[:7] == month]
    return source_place(case, STATEMENT, own[0].index, "month_amt") if own else None


def _items(case: Case) -> Place | None:
    """Find the month whose head is not what its items add up to."""
    for role in (EXPENSE, INCOME):
        heads = _by_month(case.chosen(STATEMENT, head_role=role), "year_value")
        below = _by_month(case.chosen(STATEMENT, part_role=role), "year_value")
        for month in _months_apart(heads, below)[:1]:
            return _stated(case, month, head_role=role)
    return None


def _food_stocked(case: Case) -> Place | None:
    """Find the food and the month of which another amount came into stock than was received."""
    came, stocked = _by_food(case.chosen(FOOD), "food"), _by_food(case.chosen(STOCK), "name")
    gaps = {key: abs(came.get(key, ZERO) - stocked.get(key, ZERO)) for key in sorted({*came, *stocked})}
    wrong = max(gaps, key=lambda key: gaps[key], default=None)
    if wrong is None or gaps[wrong] <= FEN:
        return None
    own = [each for each in case.chosen(STOCK) if (plain_name(each.text("name")), each.text("date")[:7]) == wrong]
    return source_place(case, STOCK, own[0].index, "in_amt") if own else None


def _by_food(records: Iterable[Record], name: str) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for each in records:
        day = each.text("receipt_date") or each.text("date")
        sums[plain_name(each.text(name)), day[:7]] += each.values.get("year_in") or ZERO
    return sums


def _food_cost(case: Case) -> Place | None:
    """Find the month whose cost of food is not what was used."""
    used = _by_month(case.chosen(STOCK), "year_out")
    stated = _by_month(case.chosen(STATEMENT, part=FOODS, part_role=EXPENSE), "year_value")
    return next((_stated(case, m, part=FOODS, part_role=EXPENSE) for m in _months_apart(used, stated)[:1]), None)


def _staff(case: Case) -> Place | None:
    """Find the month in which the staff paid another amount than is stated."""
    paid = _by_month(case.chosen(CASH, part=STAFF), "cash_in")
    stated = _by_month(case.chosen(STATEMENT, part=STAFF, part_role=INCOME), "year_value")
    return next((_stated(case, m, part=STAFF, part_role=INCOME) for m in _months_apart(paid, stated)[:1]), None)


def _net(case: Case) -> Place | None:
    """Find the item of which just so much more is stated than was paid as the net is apart, and the month of it."""
    gap = case.lines_sum("canteen_profit - canteen_net_close + canteen_net_open").value
    for role, field in ((EXPENSE, "cash_out"), (INCOME, "cash_in")):
        rows = case.chosen(STATEMENT, part_role=role)
        for part in dict.fromkeys(each.text("part") for each in rows):
            stated = _by_month((each for each in rows if each.text("part") == part), "year_value")
            paid = _by_month(case.chosen(CASH, part=part), field)
            apart = sum(stated.values(), ZERO) - sum(paid.values(), ZERO)
            if gap and abs(apart) == abs(gap):
                for month in _months_apart(stated, paid)[:1]:
                    return _stated(case, month, part=part, part_role=role)
    return None


def _food_rolls(case: Case) -> Place | None:
    """Find the food and month whose closing is not opening, bought and used, the widest gap first."""
    widest, found = FEN, None
    for each in case.chosen(STOCK):
        opening, came, went, closing = (each.number(f"{name}_amt") or ZERO for name in ("open", "in", "out", "close"))
        if (gap := abs(opening + came - went - closing)) > widest:
            widest, found = gap, each
    return source_place(case, STOCK, found.index, "close_amt") if found else None


def _inner(case: Case) -> Place | None:
    """Find what one of school and canteen has as repaid and the other has not, or has as something else."""
    repaid = case.chosen(CASH, part=REPAID)
    accounts = {each.text("code") for each in case.chosen(BOOKS, inner=OWED_BY_CANTEEN)}
    got = [e for e in case.chosen(JOURNAL) if e.text("code") in accounts and e.number("credit")]
    left = Counter(each.number("expense") for each in repaid)
    left.subtract(each.number("credit") for each in got)
    extra = next((each for each in repaid if left[each.number("expense")] > 0), None)
    if extra is not None:
        return source_place(case, CASH, extra.index, "expense")
    lacking = next((each for each in got if left[each.number("credit")] < 0), None)
    if lacking is None:
        return None
    own = [each for each in case.chosen(CASH) if each.number("expense") == lacking.number("credit")]
    if own:
        return source_place(case, CASH, own[0].index, "expense")
    return source_place(case, JOURNAL, lacking.index, "credit")


def _without_line(case: Case) -> Place | None:
    """Find the account of income that no line of the summary takes."""
    codes = tuple(code for rule in case.rules.lines if rule.id.startswith("bi_") for code in rule.codes)
    rows = [each for each in case.chosen(BOOKS, code="6*", leaf=1) if not each.text("code").startswith(codes)]
    return _largest(case, BOOKS, rows, "flow")


def _of_neither(case: Case) -> Place | None:
    """Find the spending account that is called neither 基本支出 nor 项目支出."""
    rows = [each for code in ("7101*", "7201*") for each in case.chosen(BOOKS, code=code, leaf=1)]
    return _largest(case, BOOKS, [each for each in rows if not each.text("spend")], "flow")


def _of_no_kind(case: Case) -> Place | None:
    """Find the subject that is in none of the four kinds of spending."""
    rows = case.chosen("budget_execution", leaf=1)
    return _largest(case, "budget_execution", [e for e in rows if not e.text("code").startswith(tuple(KINDS))], "total")


def _cost(case: Case) -> Place | None:
    """Give the account with most of the year's cost: what is unexplained lies there as a rule."""
    return _largest(case, BOOKS, case.chosen(BOOKS, code="5*"), "flow")


def _largest(case: Case, form: str, records: Iterable[Record], field: str) -> Place | None:
    own = [each for each in records if each.values.get(field)]
    most = max(own, key=lambda each: abs(each.values[field]), default=None)
    return source_place(case, form, most.index, field) if most else None


def _unbanked(part: str, field: str) -> Callable[[Case], Place | None]:
    """Make what finds the first entry of a part of the canteen's journal that its bank has with no such amount."""

    def find(case: Case) -> Place | None:
        if BANK not in case.data or CASH not in case.data:
            return None
        left = Counter(_bank_moved(each) for each in bank_rows(case))
        left.subtract(_moved(each, "income", "expense") for each in case.chosen(CASH, own_year=1))
        for each in case.chosen(CASH, own_year=1, part=part):
            if each.number(field) and left[_moved(each, "income", "expense")] < 0:
                return source_place(case, CASH, each.index, field)
        return None

    return find


def _moved(record: Record, more: str, less: str) -> Decimal:
    return (record.number(more) or ZERO) - (record.number(less) or ZERO)


def _bank_moved(record: Record) -> Decimal:
    amount = record.number("amount")
    if amount is not None and record.text("side"):
        return amount if record.text("side").startswith("贷") else -amount
    return _moved(record, "credit", "debit") if amount is None else amount


def _december(case: Case) -> Place | None:
    """Give the largest payment of December."""
    return _largest(case, "cashbook", case.chosen("cashbook", own_month=12), "expense")


def _dues_open(case: Case) -> Place | None:
    """Find the party of the account whose openings are not the ledger's: the one that opens with most."""
    wrong: Sequence[str] = case.kept.get("dues-open-gaps", ())
    return _largest(case, "payables", (each for each in case.chosen("payables") if each.text("top") in wrong), "open")


LOCATE: Mapping[str, Callable[[Case], Place | None]] = {
    "canteen-items": _items,
    "canteen-food-stocked": _food_stocked,
    "canteen-food-cost": _food_cost,
    "canteen-staff-apart": _staff,
    "canteen-net-two-ways": _net,
    "canteen-food-rolls": _food_rolls,
    "canteen-inner": _inner,
    "income-by-account": _without_line,
    "basic-and-project": _of_neither,
    "expense-by-kinds": _of_no_kind,
    "surplus-reconciled": _cost,
    "canteen-food-paid": _unbanked(FOODS, "expense"),
    "canteen-prepaid-banked": _unbanked(PUPILS, "income"),
    "canteen-refunds-paid": _unbanked(PUPILS, "expense"),
    "december-rush": _december,
    "dues-open-as-booked": _dues_open,
}
