"""A school's calendar: semesters, school days, weeks, month ends, the base date of the year.

What the school wrote in 校历 comes first; then the state's holidays and exchanged days, for the years of which they are
known; then Monday to Friday. A day outside every known semester is no school day: when the next one starts is never
guessed.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from houqin.school.national_days import HOLIDAYS, WORKING_DAYS, YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SATURDAY = 5
_FIRST_AUTUMN_MONTH = 7  # a first semester starts in the second half of a calendar year, a second one in the first


class Kind(StrEnum):
    """What a row of 校历 says; the value is the word in the workbook."""

    FIRST = "第一学期"
    SECOND = "第二学期"
    OFF = "放假"
    ON = "上课"
    BASE = "年末基准日"


SEMESTERS = (Kind.FIRST, Kind.SECOND)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A row of 校历: days from `first` to `last`, both within, and what they are called."""

    first: date
    last: date
    kind: Kind
    name: str = ""

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies within."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Semester:
    """A semester by its first and last teaching day; `school_year` is 2025-2026, `number` 1 or 2."""

    school_year: str
    number: int
    first: date
    last: date

    @property
    def title(self) -> str:
        """Say which it is."""
        return f"{self.school_year} 学年{SEMESTERS[self.number - 1]}"


@dataclass(frozen=True)
class Calendar:
    """The calendar of a school: its semesters in order, and the rows of 校历 about single days."""

    semesters: tuple[Semester, ...]
    spans: tuple[Span, ...] = ()
    _own: dict[date, Span] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the days that the school decided about; of two rows about a day the shorter one is the exact one."""
        singles = [span for span in self.spans if span.kind in {Kind.OFF, Kind.ON}]
        for span in sorted(singles, key=lambda each: each.first - each.last):
            self._own.update(dict.fromkeys(_days(span), span))

    def semester_of(self, day: date) -> Semester | None:
        """Give the semester in which a day lies."""
        return next((each for each in self.semesters if each.first <= day <= each.last), None)

    def is_school_day(self, day: date) -> bool:
        """Tell whether there is teaching on a day; never outside a semester that is known."""
        if self.semester_of(day) is None:
            return False
        own = self._own.get(day)
        if own is not None:
            return own.kind == Kind.ON
        return day in WORKING_DAYS or (day not in HOLIDAYS and day.weekday() < _SATURDAY)

    def reason(self, day: date) -> str:
        """Say why a day is not what its weekday says: 国庆节, 本校放假; empty where it is as usual."""
        own = self._own.get(day)
        if own is not None:
            return own.name or f"本校{own.kind}"
        return HOLIDAYS.get(day, "") or ("调休上课" if day in WORKING_DAYS else "")

    def first_school_day(self, semester: Semester) -> date | None:
        """Give the first day of a semester on which there is teaching."""
        return next((day for day in _between(semester.first, semester.last) if self.is_school_day(day)), None)

    def week_number(self, day: date) -> int | None:
        """Give the school week, 1 for the week (from Monday) of the first school day; None outside a semester."""
        semester = self.semester_of(day)
        first = self.first_school_day(semester) if semester is not None else None
        if first is None:
            return None
        # A Sunday before the first Monday, when pupils only register, belongs to the first week.
        return max(1, (_monday(day) - _monday(first)).days // 7 + 1)

    def school_days(self, first: date, last: date) -> Iterator[date]:
        """Give the school days from one day to another, both within."""
        return (day for day in _between(first, last) if self.is_school_day(day))

    @cached_property
    def _bases(self) -> dict[int, date]:
        return {span.first.year: span.first for span in self.spans if span.kind == Kind.BASE}

    def base_date(self, year: int) -> date:
        """Give the day as of which a year's books and stocks are counted: 31 December unless 校历 says another."""
        return self._bases.get(year, date(year, 12, 31))

    def unknown_years(self, first: date, last: date) -> tuple[int, ...]:
        """Give the years of a span whose holidays are known neither from the state nor from the school's rows."""
        said = {day.year for day, span in self._own.items() if span.kind == Kind.OFF}
        return tuple(year for year in range(first.year, last.year + 1) if year not in YEARS and year not in said)


def month_end(year: int, month: int) -> date:
    """Give the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def make_calendar(current: Semester, spans: Sequence[Span]) -> Calendar:
    """Make the calendar from the semester of 基本信息 and the rows of 校历, where a semester's own row comes first."""
    listed = {(each.school_year, each.number): each for each in map(semester_of_span, spans) if each is not None}
    known = {(current.school_year, current.number): current} | listed
    return Calendar(tuple(sorted(known.values(), key=lambda each: each.first)), tuple(spans))


def semester_of_span(span: Span) -> Semester | None:
    """Give the semester that a row tells; its school year follows from its first day."""
    if span.kind not in SEMESTERS:
        return None
    autumn = span.first.year if span.first.month >= _FIRST_AUTUMN_MONTH else span.first.year - 1
    return Semester(f"{autumn}-{autumn + 1}", SEMESTERS.index(span.kind) + 1, span.first, span.last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(span: Span) -> Iterator[date]:
    return _between(span.first, span.last)


def _between(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))
