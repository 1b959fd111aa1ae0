"""预算执行与序时进度: totals without double counting, judged in total and by project only."""

from __future__ import annotations

from decimal import Decimal

from report import school_data as data

from houqin.report.budget import budget_left, budget_progress, day_of_year, judge


def progress(ledgers=None, **settings):
    """Give the made-up school's budget on 5 September."""
    return budget_progress(ledgers or data.ledgers(), data.school(**settings), data.forms(), data.AS_OF)


def test_the_total_is_judged_against_the_days_passed():
    """281,170.40 of 560,000.00 on day 248 of 365: 50.2 % against 67.9 %."""
    budget = progress()
    assert (budget.full, budget.spent) == (Decimal("560000.00"), Decimal("281170.40"))
    assert (budget.day, budget.days) == (248, 365)
    assert budget.verdict == "偏慢"


def test_a_seasonal_subject_is_not_judged_but_a_project_is():
    """取暖费 stands at 40 % as it should in September; 课桌椅更新 at 30 % is slow."""
    verdicts = {row.project or row.subject: row.verdict for row in progress().rows}
    assert verdicts["取暖费"] == ""
    assert verdicts["课桌椅更新"] == "偏慢"
    assert verdicts["实验室设备"] == "正常"


def test_a_subject_and_its_children_are_not_added_twice():
    """302 is 30201 and 30205 together; 31002 is its two projects."""
    rows = [
        {"code": "302", "subject": "商品和服务支出", "full": "110.00", "total": "50.00"},
        {"code": "30201", "subject": "办公费", "full": "80.00", "total": "40.00"},
        {"code": "30205", "subject": "水费", "full": "30.00", "total": "10.00"},
        {"code": "31002", "subject": "办公设备购置", "full": "100.00", "total": "20.00"},
        {"code": "31002", "subject": "办公设备购置", "project": "桌", "full": "60.00", "total": "20.00"},
        {"code": "31002", "subject": "办公设备购置", "project": "椅", "full": "40.00", "total": "0.00"},
    ]
    budget = progress({"budget_execution": data.ledger("budget_execution", rows)})
    assert (budget.full, budget.spent) == (Decimal("210.00"), Decimal("70.00"))
    assert [row.parent for row in budget.rows] == [True, False, False, True, False, False]


def test_what_is_left_is_found_by_code_or_by_name():
    """30201 办公费 of the settings is the row 30201, also without its code."""
    assert budget_left(progress(), "30201 办公费") == Decimal("24749.60")
    assert budget_left(progress(), "办公费") == Decimal("24749.60")
    assert budget_left(progress(), "30299 其他") is None


def test_a_gap_at_the_limit_is_still_normal():
    """Ten points are ten points."""
    assert judge(Decimal("0.58"), Decimal("0.68"), Decimal("0.10")) == "正常"
    assert judge(Decimal("0.57"), Decimal("0.68"), Decimal("0.10")) == "偏慢"
    assert judge(Decimal("1.01"), Decimal("0.99"), Decimal("0.10")) == "超预算"
    assert day_of_year("2024-12-31") == (366, 366)
