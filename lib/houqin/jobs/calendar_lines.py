"""The school's calendar as lines: a week each, with the days off and the exchanged days and why."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from houqin.jobs.schedule import WEEKDAYS
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from houqin.school.calendar import Calendar, Semester


def calendar_lines(folder: Path) -> list[str]:
    """Tell the semesters of a school week by week; what is not known is said."""
    calendar = load_school(folder, read_settings).calendar
    return [line for semester in calendar.semesters for line in _semester(calendar, semester)]


def _semester(calendar: Calendar, semester: Semester) -> Iterator[str]:
    days = list(calendar.school_days(semester.first, semester.last))
    yield f"{semester.title}　{semester.first} 到 {semester.last}　上学 {len(days)} 天"
    unknown = "、".join(map(str, calendar.unknown_years(semester.first, semester.last)))
    if unknown:
        yield f"  {unknown} 年的法定节假日程序还不知道，请写进《学校设置》的“校历”；没写的只按周一至周五。"
    monday = semester.first - timedelta(days=semester.first.weekday())
    while monday <= semester.last:
        yield _week(calendar, semester, monday)
        monday += timedelta(days=7)


def _week(calendar: Calendar, semester: Semester, monday: date) -> str:
    days = [monday + timedelta(days=offset) for offset in range(7)]
    inside = [day for day in days if semester.first <= day <= semester.last]
    holds = "".join(WEEKDAYS[day.weekday()] for day in inside if calendar.is_school_day(day)) or "不上学"
    reasons = [
        f"{first:%m-%d}{'' if first == last else f' 到 {last:%m-%d}'} {reason}"
        for reason, first, last in _spans(calendar, inside)
    ]
    number = calendar.week_number(inside[-1])
    return f"  第 {number} 周　{inside[0]:%m-%d} 到 {inside[-1]:%m-%d}　{holds}　{'，'.join(reasons)}".rstrip()


def _spans(calendar: Calendar, days: list[date]) -> list[tuple[str, date, date]]:
    """Give the days that have a reason, those of one reason that follow one another as a span."""
    spans: list[tuple[str, date, date]] = []
    for day in days:
        reason = calendar.reason(day)
        if spans and spans[-1][0] == reason and spans[-1][2] == day - timedelta(days=1):
            spans[-1] = (reason, spans[-1][1], day)
        elif reason:
            spans.append((reason, day, day))
    return spans
