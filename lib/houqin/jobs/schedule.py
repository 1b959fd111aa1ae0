"""When a job runs by itself: what a row of 定时.xlsx means, and on which days it falls in the school's calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.parameters import job_title
from houqin.school.calendar import month_end
from houqin.school.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.school.calendar import Calendar

WEEKDAYS = "一二三四五六日"
# Further ahead no calendar reaches: the base date of a year comes once in it.
HORIZON = timedelta(days=400)
_TIME = re.compile(r"(\d{1,2})[:：](\d{2})")
_WEEKLY = re.compile(rf"(?:每?周|每?星期)([{WEEKDAYS}天])")


class When(StrEnum):
    """The kinds of days; `WEEKLY` goes with a weekday: 每周五."""

    FIRST_DAY = "学期首日"
    SCHOOL_DAY = "每个上学日"
    WEEKLY = "每周"
    MONTH_END = "月末"
    YEAR_BASE = "年末基准日"


WORDS = (
    When.FIRST_DAY, When.SCHOOL_DAY, *(f"{When.WEEKLY}{day}" for day in WEEKDAYS), When.MONTH_END, When.YEAR_BASE,
)  # fmt: skip
# Each of their days is a report of its own; of the other kinds only the newest missed day is worth a run.
EACH_COUNTS = frozenset({When.FIRST_DAY, When.MONTH_END, When.YEAR_BASE})
NEEDS_SEMESTERS = frozenset({When.FIRST_DAY, When.SCHOOL_DAY})


@dataclass(frozen=True, slots=True)
class Schedule:
    """One row of 定时.xlsx; days before `since` do not count, a paused one never runs."""

    number: int
    job: str
    when: When
    at: time
    since: date
    weekday: int | None = None
    is_paused: bool = False
    remark: str = ""

    @property
    def days(self) -> str:
        """The days as people say them: 每周五."""
        return f"{self.when}{WEEKDAYS[self.weekday]}" if self.weekday is not None else self.when.value

    @property
    def line(self) -> str:
        """Say it in a line."""
        paused = "（已停用）" if self.is_paused else ""
        remark = self.remark and f"　{self.remark}"
        return f"{self.number}　{job_title(self.job)}　{self.days} {self.at:%H:%M}{paused}{remark}"


def parse_when(word: str) -> tuple[When, int | None]:
    """Read the days: the kind, and the weekday from 0 for Monday; BadParameter names the nearest."""
    plain = "".join(word.split())
    weekly = _WEEKLY.fullmatch(plain)
    if weekly:
        return When.WEEKLY, WEEKDAYS.index(weekly[1].replace("天", "日"))
    if plain in WORDS:
        return When(plain), None
    raise BadParameter(f"“{word}”不是可以定的日子{nearest(plain, WORDS)}。可以写：{'、'.join(WORDS)}。")


def parse_time(word: str) -> time:
    """Read a time of day, 07:30."""
    match = _TIME.fullmatch("".join(word.split()))
    try:
        return time(int(match[1]), int(match[2])) if match else _no_time(word)
    except ValueError:
        return _no_time(word)


def _no_time(word: str) -> time:
    raise BadParameter(f"“{word}”不是时刻，请写成 07:30 这样（24 小时制）。")


def slots_between(schedule: Schedule, calendar: Calendar, first: datetime, last: datetime) -> list[datetime]:
    """Give the times at which a schedule falls due from `first` to `last`, both within, in order; local time."""
    start = max(first.date(), schedule.since)
    days = sorted(day for day in _days(schedule, calendar, start, last.date()) if day >= schedule.since)
    slots = (datetime.combine(day, schedule.at) for day in days)
    return [slot for slot in slots if first <= slot <= last]


def next_slot(schedule: Schedule, calendar: Calendar, after: datetime) -> datetime | None:
    """Give the next time after a moment; None where the calendar knows of none."""
    ahead = slots_between(schedule, calendar, after + timedelta(seconds=1), after + HORIZON)
    return ahead[0] if ahead and not schedule.is_paused else None


def _days(schedule: Schedule, calendar: Calendar, first: date, last: date) -> Iterator[date]:
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    if schedule.when == When.SCHOOL_DAY:
        return calendar.school_days(first, last)
    if schedule.when == When.FIRST_DAY:
        starts = {calendar.first_school_day(each) for each in calendar.semesters}
        return (day for day in days if day in starts)
    if schedule.when == When.MONTH_END:
        return (day for day in days if day == month_end(day.year, day.month))
    if schedule.when == When.YEAR_BASE:
        return (day for day in days if day == calendar.base_date(day.year))
    return (day for day in days if day.weekday() == schedule.weekday)
