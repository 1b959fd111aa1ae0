"""The eight key figures, and the one verdict over all."""

from __future__ import annotations

from decimal import Decimal

from report import school_data as data

from houqin.model import Finding, Level
from houqin.report.figures import calculate, key_figures, percent, verdict_of


def figures(ledgers=None):
    """Give the figures of the made-up school by id."""
    ledgers = data.ledgers() if ledgers is None else ledgers
    made = calculate(ledgers, data.school(), data.forms(), data.AS_OF)
    return {each.id: each for each in key_figures(made, ledgers, data.school())}


def test_there_are_eight_and_each_says_what_it_stands_for():
    """No more than eight fit the head teacher's page; each has a note in a few words."""
    found = figures()
    assert len(found) == 8
    assert found["pupils"].value == 412
    assert found["lunch"].note == "8 个班"
    assert found["repair_cost"].value == Decimal("296.00")
    assert found["budget"].note == "序时进度 67.9%"


def test_a_missing_workbook_gives_no_value_and_not_zero():
    """Zero pupils at lunch and no form about lunch are two things; an empty form says as little as none."""
    empty = {"repair": data.ledger("repair", [])}
    for ledgers in ({}, empty):
        found = figures(ledgers)
        assert found["repairs"].value is None
        assert found["lunch"].value is None
        assert found["lunch"].note == "未见材料"


def test_a_class_that_waits_for_an_answer_is_named_with_the_lunches():
    """Its lunches are not in the figure, and the figure says so."""
    ledgers = data.ledgers()
    ledgers["meal_registration"].frame.loc[0, "pending"] = True
    assert figures(ledgers)["lunch"].note == "7 个班，1 个班待定"


def test_the_verdict_counts_what_must_be_mended_before_what_is_asked():
    """One verdict, with a symbol that a black and white print keeps."""
    error, question = Finding("a", Level.ERROR, ""), Finding("b", Level.QUESTION, "")
    assert verdict_of([question, error, error]) == ("✗ 有 2 项必须改", "必须改")
    assert verdict_of([question]) == ("? 有 1 项待确认", "请确认")
    assert verdict_of([]) == ("✓ 通过", "通过")


def test_a_ratio_is_shown_to_a_tenth_of_a_percent():
    """248 of 365 days are 67.9 %."""
    assert percent(Decimal(248) / Decimal(365)) == "67.9%"
    assert percent(Decimal("0.6985")) == "69.9%"  # half up, not to the even 69.8
