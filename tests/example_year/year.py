"""The fiscal year 2025 of the example school, from one seed: every event books all of its sides at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from example_year import assets, others, spending, stock
from example_year.budget import BudgetLine, plan_budget
from example_year.canteen import Canteen, run_canteen
from example_year.closing import close_books
from example_year.model import YEAR, Payment, Year, yuan

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
    close_books(year.books, date(YEAR, 12, 31))
    year.books.number()
    year.payments.sort(key=lambda each: each.day)
    year.bank.sort(key=lambda each: each.day)
    return year


def _pay_last_year(year: Year) -> None:
    payment = Payment(date(YEAR, 1, 15), "付上年12月购办公用品货款", "30201", LATE_GOODS, "文苑办公用品商行",
                      invoice="24372000000187330195", claimed=date(YEAR, 1, 9), handler="马志平")  # fmt: skip
    year.spend(payment, [("2302", LATE_GOODS)])
