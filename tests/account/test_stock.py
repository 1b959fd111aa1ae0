"""Stock valued to the fen: nothing is lost or made, whatever the order and the method."""

from __future__ import annotations

from typing import Any

import pytest
from account.ledgers import make_ledger
from hypothesis import given
from hypothesis import strategies as st

from houqin.account.goods import food_of, goods_of
from houqin.account.stock import AVERAGE, FIFO, IN, METHODS, OPENING, OUT, Movement, value_stock
from houqin.check.running_stock import check_running_stock, store_goods

DAYS = st.sampled_from(["2025-09-01", "2025-09-02", "2025-10-15", "2025-09", ""])
QUANTITIES = st.integers(-20_000, 20_000)
MOVES = st.lists(st.tuples(DAYS, st.sampled_from([IN, OUT]), QUANTITIES, st.integers(0, 10**9)), max_size=30)


def movements(moves: list[tuple[str, str, int, int]], opening: tuple[int, int]) -> list[Movement]:
    """Make movements, the opening first."""
    made = [Movement("", OPENING, *opening)]
    return made + [
        Movement(day, kind, qty, amount if kind == IN else None, "stock", row)
        for row, (day, kind, qty, amount) in enumerate(moves)
    ]


@pytest.mark.parametrize("method", METHODS)
@given(moves=MOVES, opening=st.tuples(st.integers(0, 50_000), st.integers(0, 10**8)))
def test_opening_and_what_came_are_what_went_and_what_is_left(
    method: str, moves: list[tuple[str, str, int, int]], opening: tuple[int, int]
) -> None:
    """In quantity and to the fen, goods sent back and brought back included; no value without goods once all went."""
    made = value_stock(movements(moves, opening), method)
    for side in (0, 1):
        assert made.opening[side] + made.came[side] == made.gone[side] + made.closing[side]
    assert made.closing[1] >= 0
    qty = amount = 0
    for line in made.lines:
        qty += line.qty
        assert line.qty_after == qty
        amount += line.amount
    assert (qty, amount) == made.closing


@pytest.mark.parametrize("method", METHODS)
@given(moves=MOVES, seed=st.randoms())
def test_the_order_in_which_rows_are_given_changes_nothing(
    method: str, moves: list[tuple[str, str, int, int]], seed: Any
) -> None:
    """The order is that of days, and within a day that of the ledger."""
    first = movements(moves, (5_000, 777))
    other = list(first)
    seed.shuffle(other)
    assert value_stock(first, method) == value_stock(other, method)


@given(moves=st.lists(st.tuples(st.integers(1, 9_999), st.integers(1, 10**6)), min_size=1, max_size=20))
def test_when_all_is_gone_all_its_value_is_gone(moves: list[tuple[int, int]]) -> None:
    """The remainder goes with the last unit: nothing is left at 0 units."""
    made = [Movement("2025-09-01", IN, qty, amount, "stock_in", n) for n, (qty, amount) in enumerate(moves)]
    made += [Movement("2025-09-02", OUT, qty, None, "stock_issue", n) for n, (qty, _) in enumerate(moves)]
    for method in METHODS:
        assert value_stock(made, method).closing == (0, 0)


def test_the_average_moves_with_each_receipt_and_fifo_takes_the_oldest() -> None:
    """10 boxes for 30.00 yuan, 10 for 50.00; 15 go: 60.00 by average, 30.00 + 25.00 by first in, first out."""
    made = [
        Movement("2025-09-01", IN, 10_000, 3_000), Movement("2025-09-05", IN, 10_000, 5_000),
        Movement("2025-09-09", OUT, 15_000),
    ]  # fmt: skip
    assert [value_stock(made, method).gone[1] for method in (AVERAGE, FIFO)] == [6_000, 5_500]


def test_a_year_of_thirds_does_not_drift() -> None:
    """300 pieces for 100.00 yuan go one a day: each 33 or 34 fen, together 100.00."""
    made = [Movement("", OPENING, 300_000, 10_000)]
    made += [Movement(f"2025-{n // 28 + 1:02d}-{n % 28 + 1:02d}", OUT, 1_000, None, "o", n) for n in range(300)]
    for method in METHODS:
        valued = value_stock(made, method)
        assert {-line.amount for line in valued.lines[1:]} == {33, 34}
        assert (valued.gone, valued.closing) == ((300_000, 10_000), (0, 0))


def test_what_went_before_it_came_is_charged_when_it_comes() -> None:
    """5 went of 2 that were there (1.00 yuan); 6 come for 12.00: the 3 that were short are charged 6.00."""
    moves = [
        Movement("", OPENING, 2_000, 100), Movement("2025-09-02", OUT, 5_000), Movement("2025-09-03", IN, 6_000, 1_200),
    ]  # fmt: skip
    made = value_stock(moves, FIFO)
    assert (made.lines[1].amount, made.lines[1].short, made.closing) == (-700, 3_000, (3_000, 600))
    assert [line.movement.day for line in made.shortages] == ["2025-09-02"]


def test_a_receipt_of_the_same_day_covers_an_issue() -> None:
    """Nobody notes the hour; a month without its day came on the first and went on the last."""
    made = [Movement("2025-09-03", OUT, 5_000), Movement("2025-09-03", IN, 5_000, 10)]
    assert value_stock(made, AVERAGE).shortages == ()
    made = [Movement("2025-09", OUT, 5_000), Movement("2025-09-30", IN, 5_000, 10), Movement("2025-10", IN, 1, None)]
    valued = value_stock(made, AVERAGE)
    assert (valued.shortages, [each.qty for each in valued.unpriced]) == ((), [1])


def ledgers(issues: list[tuple[str, int]], **balance: int) -> dict[str, Any]:
    """Give the books of chalk: 10 boxes at the start, 20 on the 10th."""
    row = {"name": "粉笔", "spec": "白", "uom": "盒", "open_qty": 10_000, "open_amt": 3_500, "in_qty": 20_000}
    return {
        "stock_balance": make_ledger("stock_balance", [row | {"out_qty": sum(q for _, q in issues)} | balance]),
        "stock_in": make_ledger(
            "stock_in", [{"in_date": "2025-09-10", "name": "粉 笔", "qty": 20_000, "price": 35_000}]
        ),
        "stock_issue": make_ledger("stock_issue", [{"out_date": d, "name": "白粉笔", "qty": q} for d, q in issues]),
    }  # fmt: skip


def test_a_good_is_gathered_from_its_three_ledgers() -> None:
    """By name, white space and the settings' aliases aside; a price without an amount is multiplied."""
    (chalk,) = goods_of(ledgers([("2025-09-11", 12_000)]), {"白粉笔": "粉笔"})
    assert [(m.kind, m.qty, m.amount) for m in chalk.movements] == [
        (OPENING, 10_000, 3_500), (IN, 20_000, 7_000), (OUT, 12_000, None),
    ]  # fmt: skip
    assert (chalk.is_complete, value_stock(chalk.movements, FIFO).gone) == (True, (12_000, 4_200))


def test_an_issue_before_the_receipt_is_asked_about_with_its_cell() -> None:
    """12 boxes on the 3rd, of 10; the closing is right, the order is not."""
    books = ledgers([("2025-09-03", 12_000), ("2025-09-20", 3_000)])
    for name in ("stock_issue", "stock_in"):
        books[name].frame["name"] = "粉笔"
    (found,) = check_running_stock(books, store_goods(books, None))
    assert (found.code, found.place and found.place.cell) == ("stock-negative", "D4")
    assert "2025-09-03 领出 12 时，按日期顺序库里只有 10，少 2" in found.message


def test_rows_that_are_not_those_of_the_balance_say_nothing() -> None:
    """The issue register of a whole year against the balance of a month: the tie-outs tell it."""
    books = ledgers([("2025-09-03", 12_000)], out_qty=5_000)
    for name in ("stock_issue", "stock_in"):
        books[name].frame["name"] = "粉笔"
    assert check_running_stock(books, store_goods(books, None)) == []


def test_food_goes_month_by_month() -> None:
    """Receipts as they came where they add up to the month's, else the month's own; what went goes at its end."""
    books = {
        "food_stock": make_ledger("food_stock", [
            {"name": "大米", "date": "2025-10", "open_qty": 5_000, "in_qty": 1_000, "in_amt": 900, "out_qty": 6_000},
            {"name": "大米", "date": "2025-09", "open_qty": 2_000, "open_amt": 1_000, "in_qty": 8_000,
             "out_qty": 5_000},
        ]),
        "food_receipt": make_ledger("food_receipt", [
            {"receipt_date": "2025-09-04", "food": "大米", "qty": 8_000, "amount": 4_800},
        ]),
    }  # fmt: skip
    (rice,) = food_of(books)
    valued = value_stock(rice.movements, AVERAGE)
    assert (valued.opening, valued.came, valued.closing) == ((2_000, 1_000), (9_000, 5_700), (0, 0))
    assert check_running_stock(books, store_goods(books, None)) == []
