"""Days in the header of a table: 1日, 10.1, 10月1日, and the bare 1 to 31 of a month that the title names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from houqin.values.dates import parse_date
from houqin.values.text import canonical_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_DAY_ONLY = re.compile(r"^(?:0?[1-9]|[12]\d|3[01])[日号]?$")
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)?[一二三四五六日天][)\]]?$")
_MONTH = re.compile(r"(?:(20\d{2})\s*年\s*)?(?<!\d)(1[0-2]|0?[1-9])\s*月(?!\s*\d)")
_DAY_IN = re.compile(
    r"(?:(20\d{2})\s*[年.\-/]\s*|(?<![\d.\-/]))(1[0-2]|0?[1-9])\s*[月.\-/]\s*(3[01]|[12]\d|0?[1-9])(?![\d.])\s*[日号]?"
)
_SPAN = re.compile(
    r"(?:(20\d{2})\s*[年.\-/]\s*|(?<![\d.\-/]))(1[0-2]|0?[1-9])\s*[月./]\s*(3[01]|[12]\d|0?[1-9])\s*[日号]?"
    r"\s*[-—–~～至到]+\s*"
    r"(?:(20\d{2})\s*[年.\-/]\s*)?(?:(1[0-2]|0?[1-9])\s*[月./]\s*)?(3[01]|[12]\d|0?[1-9])(?![\d.])"
)
_WEEK = 7
_WEEKDAYS = {name: i for i, name in enumerate("一二三四五六日")} | {"天": 6}
_YEAR_MONTH = re.compile(r"(20\d{2})[.\-/](1[0-2]|0?[1-9])(?![\d.])")


def is_day(text: str) -> bool:
    """Tell a header that reads as one day; a month or a year is none.

    >>> [is_day(text) for text in ("1日", "10.12", "10月1日(周三)", "31", "32", "10月", "合计")]
    [True, True, True, True, False, False, False]
    """
    return day_alone(text) is not None or _full(text)


def day_alone(text: str) -> int | None:
    """Give the day of the month where a header says nothing else.

    >>> day_alone("1日"), day_alone("12号 周一"), day_alone("10.1")
    (1, 12, None)
    """
    bare = _WEEKDAY.sub("", canonical_text(text).replace(" ", "")) if text else ""
    return int(bare.rstrip("日号")) if _DAY_ONLY.match(bare) else None


def day_level(path: Sequence[str]) -> int | None:
    """Give which level of a header is the day, None where none is."""
    return next((i for i in range(len(path) - 1, -1, -1) if is_day(path[i])), None)


def month_in(texts: Sequence[str]) -> tuple[int | None, int] | None:
    """Give year (if said) and month of the first text that names a month, as a title does: 2025年10月, 10月份."""
    for text in map(canonical_text, texts):
        if found := _YEAR_MONTH.search(text) or _MONTH.search(text):
            return int(found[1]) if found[1] else None, int(found[2])
    return None


def day_or_month_in(text: str, year_of: Callable[[int], int] | None) -> str | None:
    """Give the day, else the month, that a title names: ISO text, None where it names none or several days.

    >>> day_or_month_in("食堂收发存月报表（2025年10月）", None), day_or_month_in("10月31日盘点表", lambda month: 2025)
    ('2025-10', '2025-10-31')
    """
    plain = canonical_text(text)
    days = list(_DAY_IN.finditer(plain))
    if len(days) == 1:
        year = days[0][1] or (str(year_of(int(days[0][2]))) if year_of else "")
        read = parse_date(f"{year}-{days[0][2]}-{days[0][3]}") if year else None
        return read.iso if read else None
    month = month_in([plain]) if not days else None
    year_number = month and (month[0] or (year_of(month[1]) if year_of else None))
    return f"{year_number}-{month[1]:02d}" if month and year_number else None


def _full(text: str) -> bool:
    found = parse_date(canonical_text(text), year_of=lambda _month: 2024) if text else None
    return found is not None and found.precision == "day"


def is_weekday(text: str) -> bool:
    """Tell a text that says the day of the week and nothing else.

    >>> [is_weekday(text) for text in ("周三", "(星期日)", "3日 周三", "三", "周")]
    [True, True, False, True, False]
    """
    return bool(_WEEKDAY.fullmatch(canonical_text(text).replace(" ", "")))


def weekday_level(path: Sequence[str]) -> int | None:
    """Give which level of a header is a day of the week, None where none is."""
    return next((i for i in range(len(path) - 1, -1, -1) if is_weekday(path[i])), None)


def week_in(texts: Sequence[str], year_of: Callable[[int], int] | None) -> dict[int, str] | None:
    """Give the days of a span of a week at most, as a title names it: weekday (0 Monday) -> ISO date.

    >>> week_in(["第5周午餐（9月29日—10月3日）"], lambda month: 2025)[4]
    '2025-10-03'
    """
    for text in map(canonical_text, texts):
        found = _SPAN.search(text)
        if found is None:
            continue
        year, month, day, last_year, last_month, last_day = (int(part) if part else 0 for part in found.groups())
        year = year or (year_of(month) if year_of else 0)
        last_month = last_month or month
        ends = f"{last_year or year + (last_month < month)}-{last_month}-{last_day}"
        first, last = parse_date(f"{year}-{month}-{day}"), parse_date(ends)
        if year and first and last and first.iso <= last.iso:
            return _week(date.fromisoformat(first.iso), date.fromisoformat(last.iso))
    return None


def _week(first: date, last: date) -> dict[int, str] | None:
    count = (last - first).days + 1
    days = [first + timedelta(days=n) for n in range(count)] if count <= _WEEK else []
    return {day.weekday(): day.isoformat() for day in days} or None


def weekday_of(text: str) -> int | None:
    """Give the day of the week that a text says and nothing else, 0 for Monday."""
    return _WEEKDAYS.get(canonical_text(text).strip("()[] ")[-1:]) if is_weekday(text) else None
