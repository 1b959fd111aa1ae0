"""Named rules about time: shelf life, hours that a sample is kept, certificates that run out."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from houqin.check.rules import ledger_rule, table_rule, tell
from houqin.values import canonical_text, parse_date, year_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_LIFE = re.compile(r"^(\d{1,4})\s*(个月|月|天|日|年|小时)")
_DAYS_OF = {"天": 1, "日": 1}
_CLOCK = re.compile(r"(上午|下午|中午|晚上|晚|早)?\s*(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*分?(?::\d{2})?\s*$")
_NOON, _HALF_DAY = 12, 12
_WHOLE_DAY = len("2025-09-01")
_DAY_HOURS = 24


@table_rule("shelf-life")
def check_shelf_life(view: View, check: Check) -> Iterator[Finding]:
    """Tell of goods that were past their date when they came; without `life`, of those made after they came.

    `made` is a date or a batch number that is one; `life` 12个月, 180天, or the last day itself.
    """
    made, received = str(check.args["made"]), str(check.args["received"])
    life = str(check.args.get("life", ""))
    if not view.has(made, received) or (life and not view.has(life)):
        return
    for record in range(view.length):
        born, came = _day(view, made, record), _day(view, received, record)
        if born is None or came is None:
            continue
        words = {"made": born.isoformat(), "received": came.isoformat(), "life": view.word(life, record)}
        if not life:
            if born > came:
                yield tell(view, check, record, words=words)
            continue
        until = _end_of_life(view, life, record, born)
        if until is not None and until < came:
            yield tell(view, check, record, words={**words, "until": until.isoformat()})


def _day(view: View, name: str, record: int) -> date | None:
    text = view.word(name, record)
    year_of = year_in(view.school.school_year) if view.school else None
    read = parse_date(text, year_of=year_of) if text else None
    return date.fromisoformat(read.iso) if read and read.precision == "day" and not read.doubtful else None


def _end_of_life(view: View, name: str, record: int, born: date) -> date | None:
    """Give the last day of what was made on a day: 180天 after it, or the day that is written."""
    text = canonical_text(view.word(name, record))
    unit = "" if view.source.__class__.__name__ == "Ledger" else _unit_of(view, name)
    found = _LIFE.match(f"{text}{unit}" if text.isdigit() else text)
    if not found:
        return _day(view, name, record)
    count, kind = int(found[1]), found[2]
    if kind in _DAYS_OF:
        return born + timedelta(days=count)
    if kind == "小时":
        return born + timedelta(days=-(-count // _DAY_HOURS))
    months = count * (12 if kind == "年" else 1)
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    return date(year, month + 1, min(born.day, monthrange(year, month + 1)[1]))


def _unit_of(view: View, name: str) -> str:
    match = getattr(view.source, "match", None)
    column = match.column_of(name) if match else None
    header = column.column.header if column else ""
    return next((unit for unit in ("个月", "天", "日", "年") if f"({unit}" in canonical_text(header)), "")


@table_rule("hours-apart")
def check_hours_apart(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records with fewer than `hours` between `start` and `end`; a clock alone is of the day in `day`.

    Where only days are known, those that are surely too near are told: a sample of the 9th thrown away on the 10th.
    """
    start, end, day = (str(check.args[name]) for name in ("start", "end", "day"))
    hours = int(str(check.args["hours"]))
    if not view.has(end) or not (view.has(start) or view.has(day)):
        return
    for record in range(view.length):
        base = _day(view, day, record) if view.has(day) else None
        first = _moment(view, start if view.has(start) else day, record, base)
        last = _moment(view, end, record, None)
        if first is None or last is None:
            continue
        exact = first[1] and last[1]
        apart = last[0] - first[0]
        at_most = apart if exact else timedelta(days=(last[0].date() - first[0].date()).days)
        if at_most < timedelta(hours=hours):
            length = f" {_said(apart)}" if exact else f" {at_most.days} 天"
            words = {"start": view.word(start if view.has(start) else day, record), "end": view.word(end, record)}
            yield tell(view, check, record, words={**words, "hours": str(hours), "length": length})


def _said(apart: timedelta) -> str:
    minutes = int(apart.total_seconds() // 60)
    whole, rest = divmod(abs(minutes), 60)
    return f"{'负 ' if minutes < 0 else ''}{whole} 小时" + (f" {rest} 分钟" if rest else "")


def _moment(view: View, name: str, record: int, base: date | None) -> tuple[datetime, bool] | None:
    """Read day and clock; the flag tells whether the clock is known. None where the day is not."""
    text = canonical_text(view.word(name, record))
    clock = _CLOCK.search(text)
    before = text[: clock.start()].strip() if clock else text
    year_of = year_in(view.school.school_year) if view.school else None
    read = parse_date(before, year_of=year_of) if before else None
    day = date.fromisoformat(read.iso) if read and read.precision == "day" else base if not before else None
    if day is None:
        return None
    if clock is None:
        return datetime(day.year, day.month, day.day), False  # noqa: DTZ001  (a canteen's clock has no zone)
    hour, minute = int(clock[2]), int(clock[3] or 0)
    late = clock[1] in {"下午", "晚上", "晚"} and hour < _NOON
    hour += _HALF_DAY if late else 0
    if hour >= _DAY_HOURS or minute >= 60:
        return None
    return datetime(day.year, day.month, day.day, hour, minute), True  # noqa: DTZ001


@ledger_rule("expires")
def check_expires(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of records whose `date` is before the day of judging (`when` past), or within `days` days of it (soon)."""
    name, is_past = str(check.args.get("date", check.cell)), check.args.get("when") == "past"
    if not view.has(name):
        return
    today, most = date.fromisoformat(as_of), int(str(check.args.get("days", "30")))
    for record, text in enumerate(view.text(name)):
        if not text or len(text) != _WHOLE_DAY:
            continue
        left = (date.fromisoformat(text) - today).days
        if left < 0 if is_past else 0 <= left <= most:
            yield tell(view, check, record, words={"days": str(abs(left))})
