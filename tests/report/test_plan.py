"""The items of the plan: ✓, ✗ or 未见材料, and why."""

from __future__ import annotations

from report import school_data as data

from houqin.model import Finding, Level
from houqin.report.figures import calculate
from houqin.report.plan import plan_items


def items(ledgers=None, findings=()):
    """Give the items of the made-up school by form."""
    ledgers = data.ledgers() if ledgers is None else ledgers
    made = calculate(ledgers, data.school(), data.forms(), data.AS_OF)
    return {each.form: each for each in plan_items(ledgers, findings, made, data.school())}


def test_what_is_not_done_is_said_in_a_few_words():
    """九年级(3)班 sent no meals; 八年级(3)班 of the desks waits for an answer; three repairs are open."""
    found = items()
    assert (found["meal_registration"].state, found["meal_registration"].note) == ("✗", "九年级(3)班未报")
    assert "八年级(3)班待定" in found["desks"].note
    assert found["repair"].note == "未修 3 项，超期 1 项"


def test_what_is_done_has_a_tick():
    """All nine classes took their goods, and uniforms are a matter of choice."""
    found = items()
    assert (found["stock_issue"].state, found["stock_issue"].note) == ("✓", "各班已领")
    assert found["uniform_order"].state == "✓"


def test_an_open_error_takes_the_tick_away():
    """A form with something that must be mended is not done, whatever else it says."""
    found = items(findings=[Finding("duplicate", Level.ERROR, "", form="asset_register")])
    assert (found["asset_register"].state, found["asset_register"].note) == ("✗", "有 1 项必须改；2 张卡片")


def test_a_form_that_did_not_come_is_neither_done_nor_undone():
    """未见材料 is no reproach: the work may be done and the form lie elsewhere."""
    found = items(ledgers={})
    assert {each.state for each in found.values()} == {"未见材料"}
