"""A date whose month and day have columns of their own, as printed ledgers have it."""

from __future__ import annotations

from dataclasses import replace

from small_tables import cleaned, form_of, match_of, raw_of, records

from houqin.forms import Field
from houqin.model import MatchedColumn

FORM = form_of(Field("date", "日期", "date"), Field("summary", "摘要"))


def dates(headers: list[str], rows: list[list[object]]) -> list[str]:
    """Clean a table whose last column is the summary and whose others are unknown."""
    raw = raw_of(headers, rows)
    match = match_of(raw, FORM)
    columns = [MatchedColumn(column, "extra") for column in raw.columns]
    columns[-1] = MatchedColumn(raw.columns[-1], "field", "summary")
    return records(cleaned(replace(match, columns=tuple(columns)), FORM)[0], FORM)


def test_the_year_of_the_header_month_and_day_make_a_date() -> None:
    """2025年 stands over 月 and 日; what is not written again is that of the row above."""
    rows = [[1, 5, "收款"], [None, 9, "付电费"], [None, None, "付水费"], [2, 6, "付邮费"]]
    assert dates(["2025年/月", "2025年/日", "摘要"], rows) == [
        "date=2025-01-05 summary=收款", "date=2025-01-09 summary=付电费", "date=2025-01-09 summary=付水费",
        "date=2025-02-06 summary=付邮费",
    ]  # fmt: skip


def test_a_column_of_years_counts_and_else_the_semester() -> None:
    """年, 月, 日 each in a column; without any year the settings' semester says it."""
    assert dates(["年", "月", "日", "摘要"], [[2024, "3", "7", "甲"]]) == ["date=2024-03-07 summary=甲"]
    both = dates(["月", "日", "摘要"], [[9, 3, "甲"], [1, 5, "乙"]])
    assert both == ["date=2025-09-03 summary=甲", "date=2026-01-05 summary=乙"]


def test_a_month_alone_makes_no_date() -> None:
    """月 without 日 is another thing: 3月 of a meter."""
    assert dates(["月", "摘要"], [[3, "甲"]]) == ["summary=甲"]
