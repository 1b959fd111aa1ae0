"""The entries of 31 December that close both books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from example_year.accounts import BUDGET, FINANCIAL

if TYPE_CHECKING:
    from datetime import date

    from example_year.accounts import Books


def close_books(books: Books, day: date) -> None:
    """Carry the year's income and cost into the surplus, and that into 累计盈余; the budget's into what is carried on."""
    income = [(c, -books.balance(c)) for c in ("400101", "400102", "4603", "4604")]
    cost = [(c, -books.balance(c)) for c in books.accounts(FINANCIAL) if c[0] == "5" and c != "5001"]
    books.post(day, "结转本年收入", *income, ("3301", -sum(n for _, n in income)))
    books.post(day, "结转本年费用", *cost, ("3301", -sum(n for _, n in cost)))
    surplus = books.balance("3301")
    books.post(day, "本期盈余转入本年盈余分配", ("3301", -surplus), ("3302", surplus))
    books.post(day, "本年盈余分配转入累计盈余", ("3302", -surplus), ("3001", surplus))
    if given := books.balance("3401"):
        books.post(day, "无偿调拨净资产转入累计盈余", ("3401", -given), ("3001", given))
    paid = [(c, -books.balance(c)) for c in ("600101", "600102")]
    spent = [(c, -books.balance(c)) for c in books.accounts(BUDGET) if c in {"72010101", "72010102", "720102"}]
    books.post(day, "结转财政拨款预算收入", *paid, ("8101", -sum(n for _, n in paid)))
    books.post(day, "结转财政拨款事业支出", *spent, ("8101", -sum(n for _, n in spent)))
    interest = books.balance("6602")
    books.post(day, "结转利息预算收入", ("6602", -interest), ("8202", interest))
