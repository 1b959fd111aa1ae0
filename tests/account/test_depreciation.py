"""Depreciation by the government rule: straight line, whole cost, exact to the fen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from houqin.account.depreciation import Revision, accumulated, accumulated_of, done_months, instalments, month_number

COSTS = st.integers(1, 10**12)
MONTHS = st.integers(1, 600)


def test_a_board_of_18000_yuan_takes_250_a_month_for_six_years() -> None:
    """In 2025-09 and at once; the last month is 2031-08 (domain 4.1)."""
    made = instalments(1_800_000, 72, "2025-09")
    assert (len(made), made[0], made[-1]) == (72, ("2025-09", 25_000), ("2031-08", 25_000))


def test_a_desk_of_175_yuan_takes_what_is_left_in_the_last_month() -> None:
    """59 months of 2.92 (172.28) and a last of 2.72 (domain 4.1)."""
    amounts = [fen for _, fen in instalments(17_500, 60, "2025-09")]
    assert (set(amounts[:59]), sum(amounts[:59]), amounts[59], len(amounts)) == ({292}, 17_228, 272, 60)


def test_the_month_of_removal_takes_nothing() -> None:
    """In-month start, out-month stop; what is left is not made up for."""
    assert [month for month, _ in instalments(17_500, 60, "2025-09", removed="2025-12")] == [
        "2025-09", "2025-10", "2025-11",
    ]  # fmt: skip


def test_a_change_of_value_spreads_what_is_left_over_the_months_that_are_left() -> None:
    """(7,200 + 1,800 - 1,200) / (72 - 12) = 130 a month from the month of the change."""
    made = instalments(720_000, 72, "2025-01", revisions=[Revision("2026-01", 900_000, 72)])
    assert (made[11], made[12], made[-1], sum(f for _, f in made)) == (
        ("2025-12", 10_000), ("2026-01", 13_000), ("2030-12", 13_000), 900_000,
    )  # fmt: skip


def test_a_longer_life_lowers_the_month() -> None:
    """(7,200 - 3,600) / (108 - 36) = 50."""
    made = dict(instalments(720_000, 72, "2025-01", revisions=[Revision("2028-01", 720_000, 108)]))
    assert (made["2027-12"], made["2028-01"], max(made)) == (10_000, 5_000, "2033-12")


def test_what_is_used_up_and_mended_later_takes_the_mending_at_once() -> None:
    """Its life is over; the months between take nothing."""
    made = instalments(12_000, 12, "2025-01", revisions=[Revision("2027-06", 15_000, 12)])
    assert made[-2:] == [("2025-12", 1_000), ("2027-06", 3_000)]


def test_a_value_cut_below_what_is_taken_takes_no_more() -> None:
    """Nothing is given back: depreciation is never negative."""
    made = instalments(12_000, 12, "2025-01", revisions=[Revision("2025-11", 5_000, 12)])
    assert (made[-1], sum(fen for _, fen in made)) == (("2025-10", 1_000), 10_000)


@given(COSTS, MONTHS)
def test_the_instalments_of_a_life_add_up_to_the_cost(cost: int, months: int) -> None:
    """No residual value, nothing negative, no month past the life."""
    made = instalments(cost, months, "2001-05")
    assert sum(fen for _, fen in made) == cost
    assert all(fen > 0 for _, fen in made)
    assert month_number(made[-1][0]) - month_number("2001-05") < months


@given(COSTS, MONTHS)
def test_accumulated_depreciation_rises_month_by_month_to_the_cost(cost: int, months: int) -> None:
    """Vectorised, one by one and as a running sum of instalments it is the same."""
    done = np.arange(months + 3)
    whole = accumulated(np.full(len(done), cost), np.full(len(done), months), done)
    assert (np.diff(whole) >= 0).all()
    assert (int(whole[0]), int(whole[months]), int(whole[-1])) == (0, cost, cost)
    by_month = dict(instalments(cost, months, "2001-05"))
    start, taken = month_number("2001-05"), 0
    for n in range(months):
        taken += by_month.get(f"{(start + n) // 12:04d}-{(start + n) % 12 + 1:02d}", 0)
        assert taken == int(whole[n + 1]) == accumulated_of(cost, months, n + 1)


@given(COSTS, st.integers(2, 240), st.integers(1, 200), st.integers(0, 10**9), st.integers(1, 480))
def test_after_a_change_the_life_still_adds_up(cost: int, months: int, after: int, more: int, life: int) -> None:
    """Whatever the new value and life, the sum is the new value, or what was taken before where that is more."""
    month = month_number("2001-05") + after
    text = f"{month // 12:04d}-{month % 12 + 1:02d}"
    made = instalments(cost, months, "2001-05", revisions=[Revision(text, more, life)])
    before = accumulated_of(cost, months, after)
    assert sum(fen for _, fen in made) == max(more, before)
    assert all(fen > 0 for _, fen in made)


def test_nothing_is_done_before_the_start() -> None:
    """A card of next month has no months yet."""
    starts = np.array([month_number("2025-09"), month_number("2025-11")])
    assert done_months(starts, month_number("2025-10")).tolist() == [2, 0]
