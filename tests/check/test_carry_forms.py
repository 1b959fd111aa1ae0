"""Continuity of every form that carries something over: months, books that run on, subjects, pupils, fees, cards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from account.ledgers import make_ledger

from houqin.account.rows import rows_of
from houqin.check import Earlier, check_carry
from houqin.forms import load_forms
from houqin.model import Place

if TYPE_CHECKING:
    from houqin.model import Finding

FORMS = load_forms()
Rows = list[dict[str, Any]]


def carry(
    form: str, now: Rows, before: Rows, period: str = "2026", earlier: str = "2025", **more: Rows
) -> list[Finding]:
    """Compare the rows of a form in two periods; `more` are further ledgers of the later one."""
    rows = {form: rows_of({form: make_ledger(form, before)}, form)}
    places = {(form, n, ""): Place("上期.xlsx", "表", f"A{n + 4}") for n in range(len(before))}
    run = Earlier("abc", earlier, rows, places, as_of=f"{earlier[:4]}-12-31", next_period=period)
    ledgers = {name: make_ledger(name, each) for name, each in {form: now, **more}.items()}
    return check_carry(ledgers, FORMS, run)


def texts(found: list[Finding]) -> list[str]:
    """Give what is asked; what it comes to in total is left out."""
    return [each.message for each in found if each.level == "question"]


RICE = {"name": "大米", "uom": "斤"}


def test_months_of_one_run_carry_on_from_one_to_the_next() -> None:
    """September closes with 20, October opens with 18; November opens as October closed."""
    months = [
        {**RICE, "date": "2025-09", "open_qty": 0, "close_qty": 20_000},
        {**RICE, "date": "2025-10", "open_qty": 18_000, "close_qty": 5_000},
        {**RICE, "date": "2025-11", "open_qty": 5_000, "close_qty": 0},
    ]
    (found,) = carry("food_stock", months, [], "2025-11", "2025-10")
    assert found.message.startswith("“大米 斤”本期期初 18 斤，上月期末 20 斤（《食材收发存盘点表.xlsx》“台账”")
    assert (found.found, found.expected) == ("18", "20")


def test_what_both_periods_have_is_compared_with_nothing() -> None:
    """The later run has September too, as the earlier one had: October goes on from it."""
    before = [{**RICE, "date": "2025-09", "open_qty": 0, "close_qty": 20_000}]
    now = [*before, {**RICE, "date": "2025-10", "open_qty": 20_000, "close_qty": 1_000}]
    assert carry("food_stock", now, before, "2025-10", "2025-09") == []
    assert carry("food_stock", before, before, "2025-10", "2025-09") == []
    now[1]["open_qty"] = 21_000
    (one, *more) = carry("food_stock", now, before, "2025-10", "2025-09")
    assert "期初 21 斤" in one.message
    assert len(more) == 1  # within the run, and from the run before


@pytest.mark.parametrize(("month", "count"), [("2025-10", 1), ("2026-01", 0)])
def test_the_sums_of_a_year_begin_anew_in_january(month: str, count: int) -> None:
    """上月累计 is the last statement's 本年累计."""
    item = {"section": "收入", "item": "伙食费"}
    now, before = {**item, "date": month, "last_amt": 100_00}, {**item, "date": "2025-09", "year_amt": 90_00}
    assert len(carry("canteen_statement", [now], [before], month, "2025-09")) == count


def line(day: str, income: int = 0, expense: int = 0, balance: int | None = None, **more: Any) -> dict[str, Any]:
    """Give a line of the cash book, in yuan."""
    amounts = {"income": income * 100 or None, "expense": expense * 100 or None}
    return {"date": day, **amounts, "balance": None if balance is None else balance * 100, **more}


@pytest.mark.parametrize(
    ("period", "earlier"), [("2026", "2025"), ("2025-2026-2", "2025-2026-1"), ("2026-01", "2025-12")]
)
def test_a_book_runs_on_whichever_way_the_year_is_cut(period: str, earlier: str) -> None:
    """School year, fiscal year and month are views of the same rows by their dates."""
    before = [line("2025-12-30", 50, 0, 150), line("2025-12-31", 0, 30, 120)]
    assert carry("cashbook", [line("2026-01-05", 10, 0, 130)], before, period, earlier) == []
    (said,) = texts(carry("cashbook", [line("2026-01-05", 10, 0, 135)], before, period, earlier))
    assert said == (
        f"收支明细账本期第一笔（2026-01-05）以前的余额是 125.00 元，上期（{earlier}）最后一笔（2025-12-31）的余额是 "
        "120.00 元（《上期.xlsx》“表”A5），多 5.00 元。请说明原因，或更正期初数。"
    )


def test_a_book_that_repeats_earlier_rows_is_cut_by_its_first_day() -> None:
    """The later file begins in November: of the earlier rows those before it count."""
    before = [line("2025-10-31", 0, 0, 100), line("2025-11-03", 20, 0, 120), line("2025-12-31", 0, 30, 90)]
    now = [*before[1:], line("2026-01-05", 10, 0, 100)]
    assert carry("cashbook", now, before) == []


def test_a_book_with_months_missing_between_is_not_judged() -> None:
    """Nobody knows what moved in them; nor is an account that the period before has not."""
    assert carry("cashbook", [line("2026-03-05", 10, 0, 999)], [line("2025-12-31", 0, 0, 1)]) == []
    assert carry("cashbook", [line("2026-01-05", 10, 0, 999, account="新户")], [line("2025-12-31", 0, 0, 1)]) == []


def test_accounts_of_a_bank_are_told_apart_and_either_side_may_be_income() -> None:
    """One account runs on, by the bank's own sides; the other does not."""
    before = [
        {"account": "甲", "date": "2025-12-31", "balance": 100_00},
        {"account": "乙", "date": "2025-12-31", "balance": 70_00},
    ]
    now = [
        {"account": "甲", "date": "2026-01-02", "debit": 30_00, "balance": 130_00},
        {"account": "乙", "date": "2026-01-02", "credit": 30_00, "balance": 130_00},
    ]
    (said,) = texts(carry("bank_statement", now, before))
    assert said.startswith("“乙”本期第一笔（2026-01-02）以前的余额是 100.00 元")


def test_a_book_from_the_newest_on_is_read_upwards() -> None:
    """Two rows of the first day: the lower one came first."""
    before = [line("2025-12-31", 0, 0, 100)]
    now = [line("2026-01-06", 1, 0, 112), line("2026-01-05", 1, 0, 111), line("2026-01-05", 10, 0, 110)]
    assert carry("cashbook", now, before) == []


def subject(code: str, name: str, **more: int) -> dict[str, Any]:
    """Give a subject."""
    return {"code": code, "subject": name, **more}


def test_a_subject_opens_with_what_it_closed_with() -> None:
    """Assets by their debit, liabilities by their credit; a subject that is gone had a balance."""
    before = [
        subject("1002", "银行存款", close_dr=500_00), subject("1302", "库存物品", close_dr=80_00),
        subject("2307", "其他应付款", close_cr=90_00), subject("3001", "累计盈余", close_cr=490_00),
    ]  # fmt: skip
    now = [
        subject("1002", "银行存款", open_dr=500_00), subject("2307", "其他应付款", open_cr=100_00),
        subject("3001", "累计盈余", open_cr=490_00),
    ]  # fmt: skip
    one, two = texts(carry("trial_balance", now, before))
    assert one.startswith("“2307 其他应付款”本期期初 100.00 元，上期（2025）期末 90.00 元（《上期.xlsx》“表”A6）")
    assert two.startswith("“1302 库存物品”本期没有这一项，上期（2025）期末 80.00 元")


def test_net_assets_take_up_the_years_income_and_expense() -> None:
    """Before they were closed: 490 + 200 − 150 is 540, in total; after that by subject."""
    before = [
        subject("3001", "累计盈余", close_cr=490_00), subject("4001", "财政拨款收入", close_cr=200_00),
        subject("5001", "业务活动费用", close_dr=150_00),
    ]  # fmt: skip
    assert carry("trial_balance", [subject("3001", "累计盈余", open_cr=540_00)], before) == []
    (said,) = texts(carry("trial_balance", [subject("3001", "累计盈余", open_cr=530_00)], before))
    assert said.startswith("“净资产合计（含未结转的收入、费用）”本期期初 530.00 元，上期（2025）期末 540.00 元")
    (said,) = texts(carry("trial_balance", [subject("3001", "累计盈余", open_cr=530_00)], before[:1]))
    assert said.startswith("“3001 累计盈余”本期期初 530.00 元，上期（2025）期末 490.00 元")


def test_a_month_of_a_year_opens_the_year_by_its_movements() -> None:
    """December opens with 470, moved 30; the year moved 120: it began with 380. A parent is not told with its child."""
    before = [subject("1002", "银行存款", close_dr=370_00), subject("100201", "基本户", close_dr=370_00)]
    row = {"open_dr": 470_00, "dr": 30_00, "ytd_dr": 120_00, "close_dr": 500_00}
    now = [subject("1002", "银行存款", **row), subject("100201", "基本户", **row)]
    (said,) = texts(carry("trial_balance", now, before))
    assert said.startswith("“100201 基本户”本期期初 380.00 元，上期（2025）期末 370.00 元")


def test_within_a_year_trial_balances_are_not_compared() -> None:
    """What a semester's or a month's opens with is another cut of time."""
    before = [subject("1002", "银行存款", close_dr=370_00)]
    assert carry("trial_balance", [subject("1002", "银行存款", open_dr=1)], before, "2025-2026-2", "2025-2026-1") == []


PUPIL = {"class": "七年级(1)班", "pupil": "王一"}
OTHERS = [
    ("payables", {"party": "某商贸", "reason": "货款"}, "open", "balance", "2026"),
    ("meal_fee", PUPIL, "open", "carry", "2025-2026-2"),
    ("fee", {"fee_item": "作业本费"}, "open", "left", "2026"),
    ("asset_change", {"class_name": "家具"}, "open_cost", "close_cost", "2026"),
]


@pytest.mark.parametrize(("form", "thing", "opening", "closing", "period"), OTHERS)
def test_each_other_form_carries_on(form: str, thing: dict[str, Any], opening: str, closing: str, period: str) -> None:
    """Debts, prepaid meals, fees for others, the summary of assets: asked where they differ, silent where not."""
    before = [{**thing, closing: 60_00}]
    (said,) = texts(carry(form, [{**thing, opening: 50_00}], before, period))
    assert said.startswith(f"“{' '.join(thing.values())}”本期期初 50.00 元，上期（2025）期末 60.00 元")
    assert carry(form, [{**thing, opening: 60_00}], before, period) == []


def test_what_was_paid_back_may_have_gone_off() -> None:
    """8.00 were left of a fee, 8.00 were paid back: the next year opens with nothing."""
    before = {"fee_item": "作业本费", "left": 8_00, "refund": 8_00}
    now = [{"fee_item": "作业本费", "open": 0}, {"fee_item": "班费", "open": 0}]
    assert carry("fee", now, [before]) == []


def test_pupils_move_up_and_keep_their_money() -> None:
    """In autumn the class is another one; a name that two pupils have is nobody's."""
    before = [{"class": "七年级(1)班", "pupil": "王一", "carry": 15_00}]
    now = [{"class": "八年级(1)班", "pupil": "王一", "open": 15_00}]
    assert carry("meal_fee", now, before, "2026-2027-1", "2025-2026-2") == []


def test_much_that_differs_at_once_is_one_question() -> None:
    """Thirty goods of another cut of time: the first cells are named, the total is told."""
    now = [{"name": f"物品{n}", "open_amt": 100} for n in range(30)]
    before = [{"name": f"物品{n}", "close_amt": 200} for n in range(30)]
    one, total = carry("stock_balance", now, before, "2025-2026-2", "2025-2026-1")
    assert "物资收发存汇总表有 30 项期初和上期（2025-2026-1）期末不符（“物品0”、" in one.message
    assert one.count == 30
    assert (total.level, "“期初结存/金额”少 30.00 元" in total.message) == ("info", True)


CARD = {"asset_no": "Z1", "asset_name": "打印机", "cost": 1_480_00, "acc_dep": 100_00, "book_date": "2024-03-05"}


def test_cards_are_followed_one_by_one() -> None:
    """Gone without a row, from nowhere, of another value, depreciated backwards: a question each, with its sum."""
    before = [CARD, {**CARD, "asset_no": "Z2"}, {**CARD, "asset_no": "Z3"}]
    now = [
        {**CARD, "acc_dep": 90_00}, {**CARD, "asset_no": "Z2", "cost": 1_500_00},
        {**CARD, "asset_no": "Z8"}, {**CARD, "asset_no": "Z9", "book_date": "2026-02-01"},
    ]  # fmt: skip
    gone, came, cost, dep = texts(carry("asset_register", now, before))
    assert gone.startswith("上期（2025）台账里有、本期没有的卡片 1 张（Z3 打印机，《上期.xlsx》“表”A6）")
    assert "却没有的卡片 1 张（Z8 打印机），原值共 1,480.00 元" in came
    assert "Z2 打印机：1,480.00→1,500.00" in cost
    assert "合计多 20.00 元" in cost
    assert "累计折旧比上期（2025）还少的卡片 1 张（Z1 打印机：100.00→90.00" in dep


def test_cards_whose_way_is_written_down_are_not_asked_about() -> None:
    """Scrapped by the list, moved out, revalued: each has its row."""
    before = [CARD, {**CARD, "asset_no": "Z2"}, {**CARD, "asset_no": "Z3"}]
    changes = [
        {"asset_no": "Z2", "change_type": "调出", "change_date": "2026-05-01"},
        {"asset_no": "Z1", "change_type": "价值调整", "change_date": "2026-05-01"},
    ]
    moved = {"asset_change": changes, "asset_disposal": [{"asset_no": "Z3", "asset_name": "打印机"}]}
    assert carry("asset_register", [{**CARD, "cost": 1_500_00}], before, **moved) == []
