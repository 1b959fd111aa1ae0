"""What the head teacher is asked and warned of: at most five each, money first."""

from __future__ import annotations

from decimal import Decimal

from report import school_data as data

from houqin.model import Finding, Level, TieOutResult
from houqin.report.briefing import approvals, risks
from houqin.report.figures import calculate


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
    """The sixth, the uniforms, has its own sheet; nobody reads more on one page."""
    findings = [Finding("x", Level.ERROR, "")]
    ties = [TieOutResult("a", "名册与就餐", "不符")]
    assert len(approvals(made())) == 5
    assert len(risks(data.ledgers(), findings, ties, made(), data.school())) == 5


def test_what_must_be_mended_is_told_first():
    """Figures that rest on wrong cells are the greatest risk."""
    told = risks(data.ledgers(), [Finding("x", Level.ERROR, "")], [], made(), data.school())
    assert told[0].startswith("材料中有 1 项必须改")


def test_a_budget_item_that_is_overspent_is_told_with_both_amounts():
    """260.00 for repairs, and 30213 is 1,000.00 over."""
    rows = [{"code": "30213", "subject": "维修(护)费", "full": "5000.00", "total": "6000.00"}]
    ledgers = {**data.ledgers(), "budget_execution": data.ledger("budget_execution", rows)}
    told = risks(ledgers, [], [], made(ledgers), data.school())
    assert "维修未修的 3 项需 260.00 元，经费科目已超支 1,000.00 元。" in told


def test_where_all_is_well_nothing_is_asked_or_told():
    """An empty inbox gives no advice."""
    assert approvals(made({})) == []
    assert risks({}, [], [], made({}), data.school()) == []
