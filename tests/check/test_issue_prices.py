"""The prices of issues, against the school's one policy: rounding is let pass, one wrong price is told once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from account.ledgers import make_ledger
from check.tables import make_school
from hypothesis import given
from hypothesis import strategies as st

from houqin.account.stock import AVERAGE, FIFO
from houqin.check.issue_prices import check_issue_prices
from houqin.check.running_stock import store_goods

if TYPE_CHECKING:
    from houqin.model import Finding

YUAN = 10_000  # of a price of four decimals


def out(day: str, qty: int, price: float, name: str = "复印纸") -> dict[str, Any]:
    """Give an issue of whole pieces at a price in 元."""
    return {"date": day, "name": name, "out_qty": qty * 1000, "out_price": round(price * YUAN)}


def came(day: str, qty: int, price: float, name: str = "复印纸") -> dict[str, Any]:
    """Give a receipt."""
    return {"date": day, "name": name, "in_qty": qty * 1000, "in_price": round(price * YUAN)}


def opened(qty: int, amount: int, name: str = "复印纸") -> dict[str, Any]:
    """Give what a page brought forward, 元."""
    left = {"close_qty": qty * 1000, "close_amt": amount * 100}
    return {"date": "2025-09-01", "name": name, "summary": "上年结转", **left}


def check(rows: list[dict[str, Any]], method: str = AVERAGE, accounting: str = "存货核算") -> list[Finding]:
    """Check cards by a school's policy."""
    school = replace(make_school({}), inventory={"cost_method": method, "accounting": accounting} if method else {})
    return check_issue_prices({"stock_card": make_ledger("stock_card", rows)}, school)


# 10 at 20.00; 10 more at 22.00: 21.00 each.
PAGE = [opened(10, 200), came("2025-09-03", 10, 22)]


def test_prices_by_the_policy_are_silent() -> None:
    """By each method its own; without a method in the settings nothing is judged."""
    assert check([*PAGE, out("2025-09-05", 15, 21)]) == []
    assert check([opened(0, 0), came("2025-09-02", 10, 20), *PAGE[1:], out("2025-09-05", 15, 20.67)], FIFO) == []
    assert check([*PAGE, out("2025-09-05", 15, 30)], "") == []


def test_another_price_is_told_once_a_month_at_its_cells() -> None:
    """Two issues of September are one line with both cells and what they are off in all; October begins anew."""
    october = came("2025-10-03", 10, 20), out("2025-10-09", 5, 20)
    (found,) = check([*PAGE, out("2025-09-05", 5, 22), out("2025-09-08", 5, 22), *october])
    assert (found.code, found.level, len(found.related)) == ("issue-price", "question", 1)
    assert found.place is not None
    assert found.place.cell is not None
    assert "“复印纸”2025 年 9 月出库（共 2 笔）单价约 22.00 元，按移动加权平均应约 21.00 元" in found.message
    assert "合计多 10.00 元" in found.message
    assert "最后一次进价" in found.message


def test_one_wrong_price_is_not_told_month_after_month() -> None:
    """What September left too little goes on into October's average, as the office's own book has it."""
    # 20 for 420.00; at 22.00 there are 10 for 200.00 left, by the policy 210.00; with 10 at 20.00: 20.00, or 20.50.
    for price in (20, 20.5):
        later = [came("2025-10-03", 10, 20), out("2025-10-09", 10, price), out("2025-11-09", 5, price)]
        assert len(check([*PAGE, out("2025-09-05", 10, 22), *later])) == 1


@given(st.lists(st.tuples(st.integers(1, 400), st.integers(1, 99_99), st.integers(1, 400)), min_size=1, max_size=20))
def test_what_prices_of_two_decimals_make_is_let_pass(moves: list[tuple[int, int, int]]) -> None:
    """An office that rounds the average price each time, and keeps the amount that is left, is never told."""
    rows, qty, fen = [opened(0, 0)], 0, 0
    for n, (bought, cents, drawn) in enumerate(moves):
        month, day = 1 + n // 4, 1 + 6 * (n % 4)
        rows.append(came(f"2025-{month:02d}-{day:02d}", bought, cents / 100))
        qty, fen = qty + bought, fen + bought * cents
        taken = min(drawn, qty)
        price = (2 * fen + qty) // (2 * qty)
        rows.append(out(f"2025-{month:02d}-{day + 2:02d}", taken, price / 100))
        qty, fen = qty - taken, fen - taken * price
        if qty == 0 or fen < 0:
            fen = max(fen, 0) if qty else 0
    assert check(rows) == []


def test_the_order_of_a_day_is_left_open() -> None:
    """An issue of the day of a receipt may have been before it or after it."""
    assert check([*PAGE, out("2025-09-03", 5, 20)]) == []
    assert check([*PAGE, out("2025-09-03", 5, 21)]) == []
    assert len(check([*PAGE, out("2025-09-03", 5, 25)])) == 1


def test_the_habit_of_a_whole_table_is_one_question() -> None:
    """Four goods at the newest price: one line, which names the habit."""
    goods = ("粉笔", "扫帚", "拖把", "抹布")
    rows = [
        row for name in goods
        for row in (opened(10, 200, name), came("2025-09-03", 10, 22, name), out("2025-09-05", 15, 22, name))
    ]  # fmt: skip
    (found,) = check(rows)
    assert found.count == 4
    assert "像是按最后一次进价计价的" in found.message
    assert [f.level for f in check(rows, accounting="购入即列支")] == ["info"]


def test_many_without_a_habit_are_one_line() -> None:
    """A table whose prices follow nothing is one question with its cells, not twenty."""
    names = [f"物品{n}" for n in range(10)]
    rows = [
        row for n, name in enumerate(names)
        for row in (opened(10, 200, name), came("2025-09-03", 10, 22, name), out("2025-09-05", 15, 30 + n, name))
    ]  # fmt: skip
    (found,) = check(rows)
    assert (found.count, len(found.related)) == (10, 9)


@pytest.mark.parametrize("rows", [
    [{"date": "2025-09-03", "name": "复印纸", "in_qty": 10_000}, out("2025-09-05", 5, 9)],
    [opened(2, 40), out("2025-09-05", 5, 9)],
    [{"date": "2025-09-05", "name": "复印纸", "out_qty": 5_000, "out_price": 90_000}],
], ids=["no price of a receipt", "more than was there", "no opening"])  # fmt: skip
def test_where_the_movements_leave_it_open_nothing_is_said(rows: list[dict[str, Any]]) -> None:
    """A guess would be worse than silence."""
    assert check(rows) == []


def test_food_is_judged_by_months_whose_receipts_and_issues_add_up() -> None:
    """A month's issues at the price of its opening alone are told; where rows are missing nothing is."""
    stock = {"name": "大米", "date": "2025-09", "open_qty": 10_000, "open_amt": 4_000, "in_qty": 10_000}
    stock["out_qty"] = 15_000
    receipt = {"receipt_date": "2025-09-03", "food": "大米", "qty": 10_000, "price": 6 * YUAN}
    issue = {"out_date": "2025-09-10", "food": "大米", "qty": 15_000, "price": 4 * YUAN}
    school = replace(make_school({}), inventory={"cost_method": AVERAGE, "accounting": "存货核算"})

    def told(**changed: Any) -> list[Finding]:
        rows = {"food_stock": stock, "food_receipt": receipt, "food_issue": {**issue, **changed}}
        return check_issue_prices({form: make_ledger(form, [row]) for form, row in rows.items()}, school)

    (found,) = told()
    assert "“大米”2025 年 9 月出库单价约 4.00 元，按移动加权平均应约 5.00 元，出库金额合计少 15.00 元" in found.message
    assert told(price=5 * YUAN) == []
    assert told(qty=14_000) == []


def test_a_register_of_issues_may_say_its_price_in_a_column_of_its_own() -> None:
    """No field takes it: it is read from beside the record, for goods whose movements are complete."""
    balance = {"name": "粉笔", "open_qty": 10_000, "open_amt": 20_000, "in_qty": 10_000, "out_qty": 15_000}
    receipt = {"in_date": "2025-09-03", "name": "粉笔", "qty": 10_000, "amount": 22_000}
    issue = {"out_date": "2025-09-05", "name": "粉笔", "qty": 15_000}
    school = replace(make_school({}), inventory={"cost_method": AVERAGE, "accounting": "存货核算"})

    def told(price: str | None, drawn: int = 15_000) -> list[Finding]:
        forms = {"stock_balance": {**balance, "out_qty": drawn}, "stock_in": receipt, "stock_issue": issue}
        ledgers = {form: make_ledger(form, [row]) for form, row in forms.items()}
        extra = pd.DataFrame({"单价（元）": [price]})
        ledgers["stock_issue"] = replace(ledgers["stock_issue"], extra=extra)
        return check_issue_prices(ledgers, school, store_goods(ledgers, school))

    (found,) = told("22")
    assert "“粉笔”2025 年 9 月出库单价约 22.00 元，按移动加权平均应约 21.00 元" in found.message
    assert told("21.00元") == told(None) == told("见合同") == told("22", drawn=14_000) == []
