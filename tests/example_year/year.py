"""The fiscal year 2025 of the example school, from one seed: every event books all of its sides at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from example_year import assets, others, spending, stock
from example_year.accounts import BUDGET, FINANCIAL
from example_year.budget import BudgetLine, plan_budget
from example_year.canteen import Canteen, run_canteen
from example_year.model import YEAR, Payment, Year, yuan

if TYPE_CHECKING:
    from example_year.accounts import Books

SEED = 20251231
LATE_GOODS = yuan(9_846)  # office goods of December 2024, paid in January


@dataclass
class School(Year):
    """The year with the canteen's and the budget beside it."""

    canteen: Canteen = field(default_factory=Canteen)
    budget: list[BudgetLine] = field(default_factory=list)


def build_year(seed: int = SEED) -> School:
    """Let the year pass; the same seed gives the same year."""
    year = School()
    rng = [Random(seed + n) for n in range(5)]
    opening = stock.stock_the_room(year)
    assets.put_old_cards(year)
    late = sum(card.cost for card in year.cards if card.invoice)
    known = [("1302", opening), *assets.open_assets(year), ("2302", -late - LATE_GOODS), *others.open_others()]
    year.books.open([*known, ("3001", -sum(amount for _, amount in known))])
    year.books.open([("800102", others.FREE), ("8202", -others.FREE)])
    _pay_last_year(year)
    spending.spend_on_pay(year)
    spending.spend_on_running(year, rng[0])
    spending.spend_on_aid(year)
    spending.read_meters(year)
    stock.run_the_room(year, rng[1])
    assets.scrap_assets(year, rng[2])
    assets.buy_assets(year)
    assets.build_works(year)
    assets.receive_assets(year)
    others.collect_fees(year)
    others.pass_through(year)
    stock.count_the_room(year)
    spending.owe_for_december(year)
    assets.depreciate(year)
    track, lavatories, _ = year.works
    others.list_debts(year, track.retention, lavatories.retention, late, LATE_GOODS)
    year.canteen = run_canteen(rng[3])
    year.budget = plan_budget(year)
    _close(year.books)
    year.books.number()
    year.payments.sort(key=lambda each: each.day)
    year.bank.sort(key=lambda each: each.day)
    return year


def _pay_last_year(year: Year) -> None:
    payment = Payment(date(YEAR, 1, 15), "付上年12月购办公用品货款", "30201", LATE_GOODS, "文苑办公用品商行",
                      invoice="24372000000187330195", claimed=date(YEAR, 1, 9), handler="马志平")  # fmt: skip
    year.spend(payment, [("2302", LATE_GOODS)])


def _close(books: Books) -> None:
    """Carry the year's income and cost into the surplus, and that into 累计盈余; the budget's into what is carried on."""
    day = date(YEAR, 12, 31)
    income = [(c, -books.balance(c)) for c in ("400101", "400102", "4603", "4604")]
    cost = [(c, -books.balance(c)) for c in books.accounts(FINANCIAL) if c[0] == "5" and c != "5001"]
    books.post(day, "结转本年收入", *income, ("3301", -sum(n for _, n in income)))
    books.post(day, "结转本年费用", *cost, ("3301", -sum(n for _, n in cost)))
    surplus = books.balance("3301")
    books.post(day, "本期盈余转入本年盈余分配", ("3301", -surplus), ("3302", surplus))
    books.post(day, "本年盈余分配转入累计盈余", ("3302", -surplus), ("3001", surplus))
    given = books.balance("3401")
    books.post(day, "无偿调拨净资产转入累计盈余", ("3401", -given), ("3001", given))
    paid = [(c, -books.balance(c)) for c in ("600101", "600102")]
    spent = [(c, -books.balance(c)) for c in books.accounts(BUDGET) if c in {"72010101", "72010102", "720102"}]
    books.post(day, "结转财政拨款预算收入", *paid, ("8101", -sum(n for _, n in paid)))
    books.post(day, "结转财政拨款事业支出", *spent, ("8101", -sum(n for _, n in spent)))
    interest = books.balance("6602")
    books.post(day, "结转利息预算收入", ("6602", -interest), ("8202", interest))
