"""Dates as offices type them, to ISO text; where only the month or the year is known, only that."""

from __future__ import annotations

import re
from collections.abc import Callable  # noqa: TC003  (the table of readers is annotated at run time)
from dataclasses import dataclass
from datetime import date, timedelta

from houqin.values.chinese import chinese_integer
from houqin.values.shown import number_of
from houqin.values.text import canonical_text

# Excel counts days from 1899-12-30; serials of the years 1954 to 2119 are taken for dates in a date column.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 80_500)
_WEEKDAY = re.compile(r"[(\[]?(?:星期|周|礼拜)([一二三四五六日天])[)\]]?")
_TIME = re.compile(r"[T\s]*(?:上午|下午)?\d{1,2}[:时]\d{1,2}(?:分|:\d{1,2}(?:\.\d+)?秒?)?$")
_CHINESE_DAY = re.compile(
    r"^(?:([〇○Oo零一二三四五六七八九]{2,4})年)?(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十廿卅]{1,3})[日号])?$"
)
_SEPARATED = r"[.\-/年月日号、,—–]"
_FULL = re.compile(rf"^((?:19|20)?\d{{2}}){_SEPARATED}(\d{{1,2}}){_SEPARATED}(\d{{1,2}})[日号.]?$")
_COMPACT = re.compile(r"^((?:19|20)\d{2})(\d{2})(\d{2})?$")
_MONTH = re.compile(r"^((?:19|20)\d{2})[.\-/年](\d{1,2})[月.]?$")
_SHORT_MONTH = re.compile(r"^(\d{2})年(\d{1,2})月$")
_DAY = re.compile(r"^(\d{1,2})[.\-/月](\d{1,2})[日号.]?$")
_ONLY_MONTH = re.compile(r"^(\d{1,2})月份?([初中底末]|上旬|中旬|下旬)?$")
_ONLY_YEAR = re.compile(r"^((?:19|20)\d{2})年?$")
_TERM = re.compile(r"^((?:19|20)?\d{2})年?([春夏秋冬])季?(?:学期)?$")
_YEAR_LAST = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d{2})$")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A date: `iso` is 2025-09-01, 2025-09 or 2025 by its `precision` (day, month, year)."""

    iso: str
    precision: str = "day"
    rules: tuple[str, ...] = ()
    doubtful: bool = False


def year_in(school_year: str) -> Callable[[int], int]:
    """Give the year of a month within a school year 2025-2026: August to December lie in the first."""
    first = int(re.findall(r"\d{4}", school_year)[0])
    return lambda month: first if month >= 8 else first + 1


def date_of_serial(serial: float) -> str:
    """Give the ISO date of a serial of the 1900 system; the time of day is dropped."""
    days = int(serial)
    # Excel counts a 29 February 1900 that never was.
    return (_DAY_ZERO + timedelta(days=days + (1 if days < 60 else 0))).isoformat()


def serial_of_date(iso: str) -> int:
    """Give the serial of an ISO date in the 1900 system; a month stands for its first day."""
    year, month, day = [*map(int, iso.split("-")), 1, 1][:3]
    return (date(year, month, day) - _DAY_ZERO).days


def parse_date(value: str | float, *, year_of: Callable[[int], int] | None = None) -> ParsedDate | None:
    """Read a date from text or from a bare number (a cell of kind DATE is `date_of_serial`'s).

    `year_of` gives the year of a month for dates without one; without it those are None.
    A number M.D is doubtful, for 9.10 is stored as 9.1: 9.1 is read as day 1 with the rule `month-day-number`.
    """
    if not isinstance(value, str):
        return _from_number(value, year_of)
    plain = _tidy(value)
    weekday = _WEEKDAY.search(plain)
    plain = _TIME.sub("", _WEEKDAY.sub("", plain)) if len(plain) > 3 else plain
    found = _from_text(plain, year_of)
    if found is None and re.fullmatch(r"\d{5}(\.\d+)?", plain):
        return _from_number(float(plain), year_of)
    if found and weekday and found.precision == "day":
        said = "一二三四五六日".index(weekday[1].replace("天", "日"))
        if date.fromisoformat(found.iso).weekday() != said:
            return ParsedDate(found.iso, "day", ("weekday-mismatch", *found.rules), doubtful=True)
    return found


def _tidy(text: str) -> str:
    plain = canonical_text(text)
    plain = re.sub(r"\s*([.\-/年月日号、])\s*", r"\1", plain)
    plain = re.sub(r"^(\d{2,4})\s+(\d{1,2})\s+(\d{1,2})$", r"\1-\2-\3", plain)
    return re.sub(r"(上午|下午|中午|早上|晚上)$", "", plain.replace("。", "."))


def _from_number(value: float, year_of: Callable[[int], int] | None) -> ParsedDate | None:
    number = number_of(value)
    if int(number) in _SERIALS:
        return ParsedDate(date_of_serial(value), rules=("excel-serial",))
    if number == int(number):
        return _from_text(str(int(number)), year_of)
    text = format(number, "f")
    found = _from_text(text, year_of)
    if found is None:
        return None
    lost_zero = len(text.split(".")[1]) == 1 and text.endswith((".1", ".2", ".3"))
    if found.precision == "month":
        return ParsedDate(found.iso, "month", found.rules, doubtful=text.endswith(".1"))
    return ParsedDate(found.iso, found.precision, ("month-day-number",), doubtful=lost_zero)


def _from_text(text: str, year_of: Callable[[int], int] | None) -> ParsedDate | None:
    return _with_year(text) or (_without_year(text, year_of) if year_of else None) or _chinese(text, year_of)


def _with_year(text: str) -> ParsedDate | None:
    for pattern, reader in _YEAR_READERS:
        found = pattern.match(text)
        if found:
            return reader(found)
    return None


def _full_date(found: re.Match[str]) -> ParsedDate | None:
    rule = "date-text" if len(found[1]) == 4 else "two-digit-year"
    iso = _day(found[1], found[2], found[3])
    # 25.9.1 begins with a year; 08.09.01 may as well end with one.
    return _whole(iso, () if iso == found[0] else (rule,), doubtful=int(found[1]) <= 12)


def _compact_date(found: re.Match[str]) -> ParsedDate | None:
    if not found[3]:
        return _month(found[1], found[2], ("date-text",))
    return _whole(_day(found[1], found[2], found[3]), ("date-text",))


def _month_date(found: re.Match[str]) -> ParsedDate | None:
    return _month(found[1], found[2], () if re.fullmatch(r"\d{4}-\d{2}", found[0]) else ("month-only",))


def _short_month(found: re.Match[str]) -> ParsedDate | None:
    return _month(found[1], found[2], ("two-digit-year", "month-only"))


def _only_year(found: re.Match[str]) -> ParsedDate | None:
    return ParsedDate(found[1], "year", ("year-only",))


def _season(found: re.Match[str]) -> ParsedDate | None:
    return _month(found[1], {"春": 3, "夏": 6, "秋": 9, "冬": 12}[found[2]], ("season",), doubtful=True)


def _year_last(found: re.Match[str]) -> ParsedDate | None:
    first, second = int(found[1]), int(found[2])
    month, day = (second, first) if first > 12 else (first, second)
    return _whole(_day(found[3], month, day), ("date-text",), doubtful=max(first, second) <= 12)


_YEAR_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], ParsedDate | None]], ...] = (
    (_FULL, _full_date),
    (_COMPACT, _compact_date),
    (_MONTH, _month_date),
    (_SHORT_MONTH, _short_month),
    (_ONLY_YEAR, _only_year),
    (_TERM, _season),
    (_YEAR_LAST, _year_last),
)


def _without_year(text: str, year_of: Callable[[int], int]) -> ParsedDate | None:
    if found := _DAY.match(text):
        month = int(found[1])
        iso = _day(year_of(month), month, found[2]) if 1 <= month <= 12 else None
        return _whole(iso, ("year-from-term",))
    if (found := _ONLY_MONTH.match(text)) and 1 <= int(found[1]) <= 12:
        return _month(year_of(int(found[1])), found[1], ("year-from-term", "month-only"), doubtful=bool(found[2]))
    return None


def _chinese(text: str, year_of: Callable[[int], int] | None) -> ParsedDate | None:
    found = _CHINESE_DAY.match(text)
    if not found or not any(found.groups()):
        return None
    year, month, day = (chinese_integer(part) if part else None for part in found.groups())
    rules: tuple[str, ...] = ("chinese-date",)
    if year is None and month is not None and year_of is not None:
        year, rules = year_of(month), (*rules, "year-from-term")
    if year is None or (month is None and day is not None):
        return None
    if month is None:
        return ParsedDate(str(_year(year)), "year", rules)
    if day is None:
        return _month(year, month, rules)
    return _whole(_day(year, month, day), rules)


def _year(year: str | int) -> int:
    number = int(year)
    return number if number >= 100 else 2000 + number


def _month(year: str | int, month: str | int, rules: tuple[str, ...], *, doubtful: bool = False) -> ParsedDate | None:
    if not 1 <= int(month) <= 12:
        return None
    return ParsedDate(f"{_year(year)}-{int(month):02d}", "month", rules, doubtful)


def _whole(iso: str | None, rules: tuple[str, ...], *, doubtful: bool = False) -> ParsedDate | None:
    return None if iso is None else ParsedDate(iso, "day", rules, doubtful)


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return date(_year(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
