"""Days across a matrix: read from headers of every kind, the month of bare days from the title; each is a change."""

from __future__ import annotations

import pytest
from small_tables import SCHOOL, raw_of

from houqin.clean import clean_table
from houqin.forms import load_forms
from houqin.match import match_table
from houqin.model import Note
from houqin.values.days import day_or_month_in, is_day, week_in

FORMS = load_forms()


def days_of(headers: list[str], title: str) -> tuple[list[str], list[str], list[str]]:
    """Give the days of a month of lunches, the rules of the changes in its header, and the codes of its findings."""
    row = ["七年级(1)班", *range(40, 40 + len(headers))]
    raw = raw_of(["班级", *headers], [row] * 3, notes=(Note("title", title, 1, 1),))
    match, _ = match_table(raw, FORMS, SCHOOL)
    table, changes, findings = clean_table(match, FORMS, SCHOOL)
    rules = [change.rule for change in changes if change.place.cell and change.place.cell.endswith("1")]
    return list(table.frame["date"][: len(headers)]), rules, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("headers", "title", "days"),
    [
        (["9日", "10日"], "2025年10月午餐就餐人数", ["2025-10-09", "2025-10-10"]),
        (["9", "10", "13"], "10月份午餐就餐人数", ["2025-10-09", "2025-10-10", "2025-10-13"]),
        (["10.9", "10.10"], "午餐就餐人数", ["2025-10-09", "2025-10-10"]),
        (["1月5日", "1月6日(周二)"], "午餐就餐人数", ["2026-01-05", "2026-01-06"]),
        (["2025-10-09", "2025.10.10"], "午餐就餐人数", ["2025-10-09", "2025-10-10"]),
    ],
)
def test_a_header_says_a_day(headers: list[str], title: str, days: list[str]) -> None:
    """The year is the semester's, the month of a bare day the title's."""
    assert days_of(headers, title)[0] == days


def test_a_bare_day_without_a_month_is_reported_and_not_guessed() -> None:
    """1日 of which month nobody knows."""
    found, _, codes = days_of(["9日", "10日"], "午餐就餐人数")
    assert not any(found)
    assert set(codes) == {"bad-date"}


def test_weekdays_are_days_where_the_title_names_the_week() -> None:
    """周三 of 9月29日—10月3日 is the 1st of October; each is a recorded change."""
    found, rules, codes = days_of(["周一", "周三", "周五"], "第5周午餐就餐人数（9月29日—10月3日）")
    assert found == ["2025-09-29", "2025-10-01", "2025-10-03"]
    assert rules == ["week-of-title"] * 3
    assert "bad-date" not in codes


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("10.13-10.17", 5), ("2025年10月13日至17日", 5), ("12月29日—1月2日", 5), ("9月1日—9月30日", 0), ("10月份", 0),
        ("10月17日—13日", 0),
    ],
)  # fmt: skip
def test_a_title_may_name_the_days_of_a_week(title: str, days: int) -> None:
    """A month is no week, nor is a span that runs backward."""
    assert len(week_in([title], lambda month: 2025 if month > 7 else 2026) or {}) == days


def test_the_completed_day_is_a_recorded_change() -> None:
    """From 9日 to 2025-10-09, by the month of the title."""
    assert days_of(["9日", "10日"], "2025年10月午餐就餐人数")[1] == ["month-of-title"] * 2


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("2025年2月午餐就餐人数", ["2025-02-17", "2025-02-18"]),
        ("2025年度午餐就餐人数", ["2025-02-17", "2025-02-18"]),
        ("2025年12月午餐就餐人数", ["2026-02-17", "2026-02-18"]),
        ("午餐就餐人数（填报日期：2025年9月1日）", ["2026-02-17", "2026-02-18"]),
    ],
)
def test_a_title_of_a_calendar_month_or_year_says_the_year(title: str, days: list[str]) -> None:
    """The spring of last school year is not the one to come; a day of writing says nothing of it."""
    assert days_of(["2月17日", "2月18日"], title)[0] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("食堂收发存月报表（2025年10月）", "2025-10"),
        ("2025.10.31盘点表", "2025-10-31"),
        ("10月31日盘点表", "2025-10-31"),
        ("10月1日至10月31日汇总", None),
        ("食材收发存", None),
    ],
)
def test_a_title_may_name_a_day_or_a_month(text: str, day: str | None) -> None:
    """Two days are a span, and say no day."""
    assert day_or_month_in(text, lambda _month: 2025) == day


def test_what_is_no_day() -> None:
    """A total, a month, a class and a number past 31."""
    assert not any(is_day(text) for text in ("合计", "10月", "七(1)班", "32", "周一", ""))
