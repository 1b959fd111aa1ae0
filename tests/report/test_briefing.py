"""What the head teacher is asked and warned of: at most five each, money first."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from report import school_data as data

from houqin.model import Finding, Level, TieOutResult
from houqin.report.briefing import approvals, risks
from houqin.report.figures import calculate
from houqin.report.needs import total_to_buy


def made(ledgers=None, **settings):
    """Give the calculations of the made-up school."""
    ledgers = data.ledgers() if ledgers is None else ledgers
    return calculate(ledgers, data.school(**settings), data.forms(), data.AS_OF)


def test_purchases_are_asked_for_by_budget_item_with_what_is_left():
    """Brooms and paper come from 30201, of which 24,749.60 is left."""
    first = approvals(made())[0]
    assert first.title == "采购扫帚等 2 种物资"
    assert (first.amount, first.left) == (Decimal("2530.00"), Decimal("24749.60"))


def test_at_most_five_are_asked_and_five_told():
    """Nobody reads more on one page."""
    findings = [Finding("x", Level.ERROR, "")]
    ties = [TieOutResult("a", "名册与就餐", "不符")]
    assert len(approvals(made())) <= 5
    assert len(risks(data.ledgers(), findings, ties, made(), data.school())) == 5


def test_no_money_is_left_out_of_what_is_asked():
    """The purchases on the page add up to the sheet's total, and the uniforms, the largest sum, are there."""
    calculations = made()
    asked = approvals(calculations)
    bought = sum(each.amount for each in asked if each.id.startswith("buy:"))
    assert bought == total_to_buy(calculations.needs)
    assert "uniforms" in [each.id for each in asked]


def test_budget_items_beyond_the_room_are_asked_for_together():
    """Three items and two places: the largest alone, the others as one, with what each item says."""
    calculations = made()
    needs = [
        replace(need, budget_item=item, suggestion=Decimal(1), amount=Decimal(amount))
        for need, item, amount in zip(calculations.needs * 3, ("30201", "30213", ""), (30, 20, 10), strict=False)
    ]
    asked = [each for each in approvals(replace(calculations, needs=needs)) if each.id.startswith("buy:")]
    assert [each.amount for each in asked] == [Decimal(30), Decimal(30)]
    assert asked[1].title == "采购其余 2 种物资"
    assert "设置里没有写经费科目" in asked[1].note


def test_what_must_be_mended_is_told_first():
    """Figures that rest on wrong cells are the greatest risk."""
    told = risks(data.ledgers(), [Finding("x", Level.ERROR, "")], [], made(), data.school())
    assert told[0].startswith("材料中有 1 项必须改")


def test_a_budget_item_that_is_overspent_is_told_with_both_amounts():
    """260.00 for repairs, and 30213 is 1,000.00 over."""
    rows = [{"code": "30213", "subject": "维修(护)费", "full": "5000.00", "total": "6000.00"}]
    ledgers = {**data.ledgers(), "budget_execution": data.ledger("budget_execution", rows)}
    told = risks(ledgers, [], [], made(ledgers), data.school())
    assert "维修费用（未修的 3 项）需 260.00 元，经费科目已超支 1,000.00 元。" in told


def test_where_all_is_well_nothing_is_asked_or_told():
    """An empty inbox gives no advice."""
    assert approvals(made({})) == []
    assert risks({}, [], [], made({}), data.school()) == []
