"""Cells that should hold dates."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import SCHOOL, cleaned, column_text, form_of, match_of, raw_of, records

from houqin.forms import Field
from houqin.model import Note, grid_of

DAY = Field("day", "日期", "date")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2025-09-01", "2025-09-01"),
        ("2025.9.1", "2025-09-01 date-text"),
        ("9月1日", "2025-09-01 year-from-term"),
        ("3月1日", "2026-03-01 year-from-term"),
        ("2019.9", "2019-09 month-only"),
        (45901, "2025-09-01 excel-serial"),
        (20250901, "2025-09-01 date-text"),
        ("2025年13月1日", "· bad-date!"),
        ("10月15日7:30前", "2025-10-15 year-from-term"),
        ("1月25日—1月30日", "2026-01-25 span-start"),
        ("10月15日-16日", "2025-10-15 span-start"),
        ("15—16日", "· bad-date?"),
        ("未修", "· bad-date?"),
        ("—", "· no-value"),
        (None, "·"),
    ],
)
def test_a_date_is_read_in_every_spelling(value: object, said: str) -> None:
    """The year comes from the school year; what has digits and is no date is a mistake."""
    assert column_text(DAY, [value]) == [said]


@pytest.mark.parametrize(
    ("days", "title", "said"),
    [
        (["8", 9, "10日"], "2025年10月食品留样", ["2025-10-08", "2025-10-09", "2025-10-10"]),
        (["8", None, 31], "9月留样", ["2025-09-08", None, None]),
        ([8, 9], "食品留样", [None, None]),
        (["10.8", "10.9", 9], "2025年10月留样", ["2025-10-08", "2025-10-09", None]),
    ],
)
def test_bare_days_are_of_the_month_that_the_title_names(
    days: list[object], title: str, said: list[str | None]
) -> None:
    """Not where most of the column are whole dates: there a 9 is a mistake."""
    form = form_of(DAY)
    raw = raw_of(["日期"], [[day] for day in days], notes=(Note("title", title, 1, 1),))
    table, _, _ = cleaned(match_of(raw, form), form)
    assert list(table.frame["day"]) == said


def test_a_date_cell_is_no_change() -> None:
    """A cell that Excel knows to be a date says its day whatever its format."""
    form = form_of(DAY)
    grid = replace(grid_of([["日期"], [45901.5]]), kinds=bytes([1, 3]))
    table, changes, _ = cleaned(match_of(raw_of(["日期"], [[45901.5]], grid=grid), form), form)
    assert (records(table, form), changes) == (["day=2025-09-01"], [])


def test_a_lost_zero_is_mended_from_its_neighbours_and_asked_about() -> None:
    """Excel stores 9.10 as 9.1; between 9.9 and 9.11 it is the tenth."""
    said = column_text(DAY, [9.9, 9.1, 9.11])
    assert said[1] == "2025-09-10 lost-zero ambiguous-date?"
    form = form_of(DAY)
    _, _, findings = cleaned(match_of(raw_of(["日期"], [[9.9], [9.1], [9.11]]), form), form)
    assert findings[0].line == (
        "请确认｜《表.xlsx》“Sheet1”A3：这里是数字 9.1，上一行 9.9、下一行 9.11，应是 9 月 10 日"
        "（Excel 把 9.10 存成了 9.1）。已暂按 9 月 10 日处理。"
    )


def test_a_first_day_that_its_neighbours_confirm_is_not_asked_about() -> None:
    """Before 9.4 the number 9.1 can only be the first."""
    assert column_text(DAY, [9.1, 9.2, 9.3, 9.4]) == [
        "2025-09-01 month-day-number",
        "2025-09-02 month-day-number",
        "2025-09-03 month-day-number",
        "2025-09-04 month-day-number",
    ]


def test_a_number_that_nothing_settles_is_a_question() -> None:
    """Alone, 9.1 may be the first or the tenth."""
    assert column_text(DAY, [9.1]) == ["2025-09-01 month-day-number ambiguous-date?"]


def test_a_number_shown_as_9_10_is_the_tenth() -> None:
    """The format 0.00 shows the zero that the number lost."""
    form = form_of(DAY)
    grid = replace(grid_of([["日期"], [9.1]]), formats=("0.00",))
    table, _, findings = cleaned(match_of(raw_of(["日期"], [[9.1]], grid=grid), form), form)
    assert (records(table, form), findings) == (["day=2025-09-10"], [])


def test_without_a_school_a_date_without_a_year_stays_and_is_asked_about() -> None:
    """Nothing says which year."""
    assert column_text(DAY, ["9月1日", "2025.9.2"], None) == ["9月1日 ambiguous-date?", "2025-09-02 date-text"]


def test_the_school_year_in_the_title_gives_the_year() -> None:
    """A table says itself which year it speaks of, even where the settings are a year further."""
    form = form_of(DAY)
    raw = raw_of(["日期"], [["9月1日"], ["1月5日"]], notes=[Note("title", "2024-2025学年度第一学期领用表", 1, 1)])
    for school in (None, SCHOOL):
        table, _, _ = cleaned(match_of(raw, form), form, school)
        assert records(table, form) == ["day=2024-09-01", "day=2025-01-05"]


def test_a_span_says_its_end_where_the_field_is_an_end() -> None:
    """有效期至 2025.3.1-2026.2.28 is the last day; in a plain date it is none."""
    until = Field("until", "有效期至", "date")
    assert column_text(until, ["2025.3.1-2026.2.28"]) == ["2026-02-28 span-end"]
    assert column_text(until, ["2025年3月1日至2026年2月28日"]) == ["2026-02-28 span-end"]
    assert column_text(DAY, ["2025.3.1-2026.2.28"]) == ["· bad-date!"]
