"""The booked value of what is left, against the school's one policy of pricing what goes out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from account.ledgers import make_ledger
from check.tables import make_school
from hypothesis import given
from hypothesis import strategies as st

from houqin.account.rows import rows_of
from houqin.account.stock import AVERAGE, FIFO
from houqin.check import stock_value
from houqin.check.running_stock import store_goods
from houqin.check.stock_value import check_stock_value
from houqin.model import Ledger

if TYPE_CHECKING:
    from houqin.model import Finding

PAPER = {"name": "复印纸", "spec": "A4", "uom": "包", "open_qty": 10_000, "open_amt": 20_000,
         "in_qty": 30_000, "in_amt": 72_000, "out_qty": 25_000, "close_qty": 15_000}  # fmt: skip
RECEIPTS = [("2025-09-03", 10_000, 22_000), ("2025-09-20", 20_000, 50_000)]
ISSUES = [("2025-09-05", 15_000), ("2025-09-25", 10_000)]
# 10 at 20.00 and 10 at 22.00: 21.00; 15 go, 5 are left for 105.00; with 20 at 25.00: 605.00 for 25, 10 go for 242.00.
BY_AVERAGE, BY_FIFO, AT_LAST = 36_300, 37_500, 37_500
# All of the period as one average: 920.00 for 40, 15 are left.
PERIODIC = 34_500


def books(rows: list[dict[str, Any]], *, moves: bool = True) -> dict[str, Any]:
    """Give the stock balance of some goods, and the movements of each."""
    made = {"stock_balance": make_ledger("stock_balance", rows)}
    if moves:
        names = [row["name"] for row in rows]
        made["stock_in"] = make_ledger(
            "stock_in", [{"in_date": d, "name": n, "qty": q, "amount": a} for n in names for d, q, a in RECEIPTS]
        )
        made["stock_issue"] = make_ledger(
            "stock_issue", [{"out_date": d, "name": n, "qty": q} for n in names for d, q in ISSUES]
        )
    return made


def left(amount: int, **more: Any) -> dict[str, Any]:
    """Give the paper with a closing value, and what went out to match."""
    return {**PAPER, "close_amt": amount, "out_amt": 92_000 - amount, **more}


def check(made: dict[str, Any], method: str = AVERAGE, accounting: str = "存货核算") -> list[Finding]:
    """Check by a school's policy."""
    school = replace(make_school({}), inventory={"cost_method": method, "accounting": accounting} if method else {})
    return check_stock_value(made, school, store_goods(made, school))


@pytest.mark.parametrize(("amount", "method"), [(BY_AVERAGE, AVERAGE), (BY_FIFO, FIFO), (BY_FIFO, ""), (1, "")])
def test_what_the_policy_gives_is_right_to_the_fen(amount: int, method: str) -> None:
    """And where the settings name no policy nothing is judged."""
    assert check(books([left(amount)]), method) == []


@pytest.mark.parametrize("drift", [-14, 14])
def test_what_rounded_prices_make_is_let_pass(drift: int) -> None:
    """Half a fen for each of the pieces that moved."""
    assert check(books([left(BY_AVERAGE + drift)])) == []


def test_another_value_is_asked_about_at_its_cell() -> None:
    """With what it should be, and which way of pricing would have given it."""
    (found,) = check(books([left(BY_FIFO)]))
    assert (found.code, found.level, found.found, found.expected) == ("stock-value", "question", "375", "363")
    assert found.place is not None
    assert found.place.cell is not None
    words = "“复印纸”按移动加权平均，期末结存金额应为 363.00 元，填的是 375.00 元，多 12.00 元。和先进先出算的一样"
    assert words in found.message
    (found,) = check(books([left(33_000)]), FIFO)
    assert "按先进先出，期末结存金额应为 375.00 元，填的是 330.00 元，少 45.00 元。请核对" in found.message


def test_a_habit_of_a_whole_sheet_is_one_question() -> None:
    """Four goods priced by one average of the period: one line with all cells; a fifth that differs is told apart."""
    rows = [left(PERIODIC, name=name) for name in ("纸", "笔", "尺", "本")] + [left(30_000, name="夹")]
    habit, one = check(books(rows))
    assert "这张表像是按期末一次加权平均计价的（“纸”、“笔”、“尺”、“本”，共核对 5 种）" in habit.message
    assert (habit.count, len(habit.related)) == (4, 3)
    assert "合计少 72.00 元" in habit.message
    assert "“夹”" in one.message


def test_a_stock_book_for_information_is_one_note() -> None:
    """Purchases are expensed at once: its value ties to nothing."""
    (note,) = check(books([left(PERIODIC, name="纸"), left(30_000, name="笔")]), accounting="购入即列支")
    assert (note.level, note.count) == ("info", 2)
    assert "只作备查" in note.message


def test_issues_that_nobody_dated_leave_room() -> None:
    """The receipts are known, the issues only in sum: as late or as early as they can have been, and some more."""
    def only_receipts(amount: int) -> dict[str, Any]:
        return {name: each for name, each in books([left(amount)]).items() if name != "stock_issue"}

    # All of it last: 23.00 a pack. All of it first: 10 of the opening, then 5 of the first receipt, and so on.
    for amount in (PERIODIC, 36_000, BY_FIFO):
        assert check(only_receipts(amount)) == []
    (found,) = check(only_receipts(27_000))
    assert "应为 345.00 至 375.00 元（看先领还是先进），填的是 270.00 元，少 75.00 元" in found.message
    assert found.expected is None


def test_a_balance_without_its_receipts_is_judged_only_where_nothing_came() -> None:
    """The sum of receipts says nothing of when they came, and at what price."""
    assert check(books([left(30_000)], moves=False)) == []
    row = PAPER | {"in_qty": None, "in_amt": None, "out_qty": 4_000, "close_qty": 6_000, "out_amt": 8_000}
    assert check(books([row | {"close_amt": 12_000}], moves=False)) == []
    (found,) = check(books([row | {"close_amt": 10_000, "out_amt": 10_000}], moves=False))
    assert found.expected == "120"


@pytest.mark.parametrize(
    "change",
    [
        {"open_amt": None}, {"out_amt": 50_000}, {"close_price": 990_000}, {"close_qty": 14_000}, {"in_amt": None},
        {"close_amt": None}, {"out_qty": 45_000, "close_qty": -5_000},
    ],
)  # fmt: skip
def test_a_row_that_does_not_add_up_by_itself_is_told_elsewhere(change: dict[str, Any]) -> None:
    """One cause, one line."""
    assert check(books([left(20_000)])) != []
    assert check(books([left(20_000) | change])) == []


def test_first_in_first_out_needs_to_know_what_the_opening_is_made_of() -> None:
    """Where part of the opening is still there its layers are not known: nothing is said."""
    assert check(books([left(30_000, out_qty=8_000, close_qty=32_000, in_qty=30_000)], moves=False), FIFO) == []


def test_food_is_valued_month_by_month() -> None:
    """The receipts of the month where they are those of the row; a stocktake's difference leaves it to the person."""
    row = {"name": "大米", "date": "2025-09", "open_qty": 10_000, "open_amt": 5_000, "in_qty": 10_000, "in_amt": 7_000,
           "out_qty": 10_000, "out_amt": 6_000, "close_qty": 10_000, "close_amt": 6_000}  # fmt: skip
    receipt = {"receipt_date": "2025-09-02", "food": "大米", "qty": 10_000, "amount": 7_000}
    made = {"food_receipt": make_ledger("food_receipt", [receipt])}
    assert check(made | {"food_stock": make_ledger("food_stock", [row])}) == []
    wrong = row | {"out_amt": 2_000, "close_amt": 10_000}
    (found,) = check(made | {"food_stock": make_ledger("food_stock", [wrong])})
    assert "“大米”按移动加权平均" in found.message
    assert check(made | {"food_stock": make_ledger("food_stock", [wrong | {"loss_qty": 1_000}])}) == []


FIELDS = [f"{side}_{what}" for what in ("qty", "amt") for side in ("open", "in", "out", "close")]
FEW = st.one_of(st.none(), st.integers(0, 2), st.sampled_from([-1, 10**9, 2**62]))


@given(st.lists(st.tuples(*[FEW] * len(FIELDS), st.sampled_from([None, 0, 1])), max_size=12))
def test_rows_that_are_passed_over_together_are_not_sound_one_by_one(rows: list[tuple[int | None, ...]]) -> None:
    """The look at all rows at once is quick, and never leaves out one that would be judged."""
    columns = [*FIELDS, "gain_qty"]
    frame = pd.DataFrame({
        name: pd.array([row[n] for row in rows], dtype="Int64") for n, name in enumerate(columns)
    })  # fmt: skip
    frame["pending"] = False
    ledger = Ledger("stock_balance", frame, frame, {}, frame)
    kept = set(stock_value._may_be_sound(ledger).tolist())
    for row in rows_of({"stock_balance": ledger}, "stock_balance"):
        is_judged = stock_value._is_sound(row) and row.number("close_amt") is not None
        assert not is_judged or row.index in kept
    chosen = rows_of({"stock_balance": ledger}, "stock_balance", only=np.array(sorted(kept), np.int64))
    assert [row.index for row in chosen] == sorted(kept)
