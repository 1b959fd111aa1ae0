"""This period's opening is last period's closing: what is not is asked about, with both cells."""

from __future__ import annotations

from typing import Any

from account.ledgers import make_ledger

from houqin.account.carry import YEAR
from houqin.account.rows import rows_of
from houqin.check import Earlier, check_carry
from houqin.forms import load_forms
from houqin.model import Place

FORMS = load_forms()


def carry(now: list[dict[str, Any]], before: list[dict[str, Any]], form: str = "stock_balance") -> list[Any]:
    """Compare the rows of two periods."""
    rows = {form: rows_of({form: make_ledger(form, before)}, form)}
    places = {(form, n, ""): Place("上学期.xlsx", "6月", f"A{n + 4}") for n in range(len(before))}
    places |= {(form, n, "close_qty"): Place("上学期.xlsx", "6月", f"N{n + 4}") for n in range(len(before))}
    return check_carry({form: make_ledger(form, now)}, FORMS, Earlier("abc", "2024-2025-2", rows, places), YEAR)


PAPER = {"name": "A4复印纸", "uom": "包"}
CHALK = {"name": "粉笔", "uom": "盒"}


def test_an_opening_that_is_the_last_closing_is_not_spoken_of() -> None:
    """White space and full-width letters make no other good; a blank is 0 here."""
    before = [{**PAPER, "name": "Ａ4 复印纸", "close_qty": 36_000, "close_amt": 90_000}, {**CHALK, "close_qty": 0}]
    assert carry([{**PAPER, "open_qty": 36_000, "open_amt": 90_000}], before) == []


def test_a_difference_is_asked_about_with_both_cells() -> None:
    """As the office says it (office.md, finding 6); the amount that goes with it is not told again."""
    (found,) = carry(
        [{**PAPER, "open_qty": 30_000, "open_amt": 75_000}], [{**PAPER, "close_qty": 36_000, "close_amt": 90_000}]
    )
    assert found.message == (
        "“A4复印纸 包”本期期初 30 包，上期（2024-2025-2）期末 36 包（《上学期.xlsx》“6月”N4），少 6 包。"
        "假期领用的请补登记，盘亏的请附盘点表。"
    )
    assert (found.code, found.place.cell, found.found, found.expected) == ("carry-mismatch", "D4", "30", "36")


def test_an_amount_alone_is_asked_about_too() -> None:
    """The quantity carries on, the money does not."""
    (found,) = carry(
        [{**PAPER, "open_qty": 1_000, "open_amt": 250}], [{**PAPER, "close_qty": 1_000, "close_amt": 260}]
    )
    assert (found.field, "少 0.10 元" in found.message) == ("open_amt", True)


def test_what_is_gone_and_what_is_new_are_asked_about_and_the_total_is_told() -> None:
    """A good that left without a trace; one that comes from nowhere; what they come to."""
    now = [{**CHALK, "open_qty": 5_000, "open_amt": 500}]
    new, gone = carry(now, [{**PAPER, "close_qty": 36_000, "close_amt": 90_000}])
    assert "上期没有这一项，多 5 盒" in new.message
    assert ("本期没有这一项" in gone.message, gone.place.cell) == (True, None)
    *_, total = carry([{**CHALK, "open_amt": 500}], [{**PAPER, "close_amt": 90_000}])
    assert total.message.endswith("共 2 项期初与上期（2024-2025-2）期末不符，合计“期初结存/金额”少 895.00 元。")


def test_the_first_month_opens_and_the_last_one_closes() -> None:
    """Food is kept month by month."""
    rice = {"name": "大米", "uom": "斤"}
    now = [{**rice, "date": "2025-10", "open_qty": 9_000}, {**rice, "date": "2025-09", "open_qty": 7_000}]
    before = [{**rice, "date": "2025-06", "close_qty": 7_000}, {**rice, "date": "2025-05", "close_qty": 1_000}]
    assert carry(now, before, "food_stock") == []


def test_the_first_time_there_is_nothing_to_compare_with_and_that_is_said() -> None:
    """Only where something has an opening."""
    now = {"stock_balance": make_ledger("stock_balance", [{**PAPER, "open_qty": 1_000}])}
    (found,) = check_carry(now, FORMS, Earlier())
    assert found.code == "carry-unchecked"
    assert found.message.startswith("首次使用，未核对期初：物资收发存汇总表")
    assert check_carry({"stock_balance": make_ledger("stock_balance", [PAPER])}, FORMS, Earlier()) == []
