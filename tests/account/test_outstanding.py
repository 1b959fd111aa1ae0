"""Movements of two books paired one by one; how much is outstanding is always certain, which one is never guessed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from houqin.account.outstanding import Move, match_moves, reconcile

FIRST, LAST = "2025-01-01", "2025-12-31"


def ours(index: int, day: str, amount: int, name: str = "", number: str = "", *, group: str = "") -> Move:
    """Give a movement of the school's book."""
    return Move("journal", index, day, amount, (name,) if name else (), (number,) if number else (), group)


def theirs(index: int, day: str, amount: int, name: str = "", number: str = "", *, group: str = "") -> Move:
    """Give a movement of the bank's."""
    return Move("bank_statement", index, day, amount, (name,) if name else (), (number,) if number else (), group)


def left(made) -> tuple[list[int], list[int]]:
    """Give the positions of what is left of both."""
    return [each.index for each in made.ours], [each.index for each in made.theirs]


def test_a_number_goes_before_a_name_and_a_name_before_the_day() -> None:
    """The nearest day would pair them the other way round."""
    book = [ours(0, "2025-03-01", -500, "付书款", "100200"), ours(1, "2025-03-20", -500, "付水费")]
    bank = [theirs(0, "2025-03-02", -500, "水费"), theirs(1, "2025-03-21", -500, "转账", "100200")]
    assert {(a.index, b.index) for a, b in match_moves(book, bank).pairs} == {(0, 1), (1, 0)}


def test_the_same_amount_the_other_way_or_too_long_ago_is_another_movement() -> None:
    """In is not out; a payment of March is not that of September."""
    assert left(match_moves([ours(0, "2025-03-01", 500)], [theirs(0, "2025-03-01", -500)])) == ([0], [0])
    assert left(match_moves([ours(0, "2025-03-01", 500)], [theirs(0, "2025-09-01", 500)])) == ([0], [0])


def test_a_monthly_payment_leaves_the_last_one_and_asks_nothing() -> None:
    """Twelve alike, eleven at the bank: the days tell that it is December's."""
    book = [ours(n, f"2025-{n:02d}-28", -500) for n in range(1, 13)]
    bank = [theirs(n, f"2025-{n + 1:02d}-02", -500) for n in range(1, 12)]
    made = match_moves(book, bank)
    assert left(made) == ([12], [])
    assert made.alike == {}


def test_of_two_of_the_same_days_it_is_told_that_it_may_be_either() -> None:
    """One is outstanding for sure."""
    book = [ours(0, "2025-12-29", -500), ours(1, "2025-12-30", -500)]
    made = match_moves(book, [theirs(0, "2025-12-31", -500)])
    assert len(made.ours) == 1
    assert list(made.alike) == made.ours
    named = [ours(0, "2025-12-29", -500, "自来水公司"), ours(1, "2025-12-30", -500, "供电公司")]
    sure = match_moves(named, [theirs(0, "2025-12-31", -500, "某市供电公司")])
    assert (left(sure), sure.alike) == (([0], []), {})


def test_a_whole_voucher_and_a_partys_payments_of_a_day_are_one_sum() -> None:
    """One payment of a voucher of three lines; two receipts of a party that the book entered together."""
    book = [ours(n, "2025-05-06", -100 * n, group="记-5") for n in (1, 2, 3)] + [ours(9, "2025-05-08", 700)]
    bank = [theirs(0, "2025-05-07", -600), *(theirs(n, "2025-05-08", 350, group="家长") for n in (1, 2))]
    assert left(match_moves(book, bank)) == ([], [])


def test_what_a_book_took_back_itself_is_outstanding_nowhere() -> None:
    """A red entry that says so; without words both stay."""
    book = [ours(0, "2025-05-06", -100, "付款"), ours(1, "2025-05-09", 100, "冲销5月6日付款")]
    assert left(match_moves(book, [])) == ([], [])
    assert left(match_moves([book[0], ours(1, "2025-05-09", 100, "收款")], [])) == ([0, 1], [])


def test_what_clears_the_year_before_is_known_by_the_openings() -> None:
    """Only where it comes to just their difference, and only one way."""
    bank = [theirs(0, "2025-01-05", -800), theirs(1, "2025-01-09", -300)]
    made = reconcile([], bank, FIRST, LAST, opened=-800)
    assert ([each.index for each, _ in made.cleared_opening], [each.move.index for each in made.items]) == ([0], [1])
    both = reconcile([], bank, FIRST, LAST, opened=-1100)
    assert (len(both.cleared_opening), both.items) == (2, [])
    unclear = reconcile([], [*bank, theirs(2, "2025-01-10", -800)], FIRST, LAST, opened=-800)
    assert (unclear.cleared_opening, len(unclear.items)) == ([], 3)


def test_the_next_january_only_tells_when_it_was_cleared() -> None:
    """It is outstanding at the end all the same."""
    bank = [theirs(0, "2025-12-01", -100), theirs(1, "2026-01-04", -250)]
    book = [ours(0, "2025-12-01", -100), ours(1, "2025-12-30", -250)]
    (item,) = reconcile(book, bank, FIRST, LAST, opened=0).items
    assert (item.move.index, item.is_ours, item.cleared) == (1, True, "2026-01-04")


MOVES = st.lists(st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(-5, 5)), max_size=40)


@settings(max_examples=60)
@given(MOVES, MOVES)
def test_what_is_left_is_always_just_the_difference_of_the_two_books(
    one: list[tuple[int, int, int]], other: list[tuple[int, int, int]]
) -> None:
    """Nothing is lost, nothing is taken twice."""
    book = [ours(n, f"2025-{m:02d}-{d:02d}", a) for n, (d, m, a) in enumerate(one)]
    bank = [theirs(n, f"2025-{m:02d}-{d:02d}", a) for n, (d, m, a) in enumerate(other)]
    made = match_moves(book, bank)
    gap = sum(each.amount for each in book) - sum(each.amount for each in bank)
    assert sum(each.amount for each in made.ours) - sum(each.amount for each in made.theirs) == gap
    kept = [*made.ours, *(pair[0] for pair in made.pairs)]
    assert len(kept) == len(set(kept)) == sum(each.amount != 0 for each in book)
