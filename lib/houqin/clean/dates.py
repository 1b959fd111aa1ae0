"""Cells that should hold dates, to ISO text; 9.10 that Excel stored as 9.1 is mended from its neighbours, or asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from houqin.clean.registry import Job, cleans
from houqin.model import Kind, Level
from houqin.values import ParsedDate, canonical_text, date_of_serial, parse_date
from houqin.values.numbers import ZERO_LIKE

if TYPE_CHECKING:
    from houqin.clean.cells import Cells

# Any year, to tell a date that lacks only its year from words that are no date.
_SPAN = re.compile(
    r"^(20\d{2}[.\-/年]\d{1,2}[.\-/月]\d{1,2}日?)\s*[至到~—–-]+\s*(20\d{2}[.\-/年]\d{1,2}[.\-/月]\d{1,2}日?)$"
)
# Days without years are of one work or event; 2025.3.1-2026.2.28 is how long a paper holds.
_DAY = r"\d{1,2}\s*[月./]\s*\d{1,2}\s*[日号]?"
_FIRST_OF_SPAN = re.compile(rf"^({_DAY})\s*[至到~—–-]+\s*(?:{_DAY}|\d{{1,2}}\s*[日号])$")
_ABOUT = re.compile(r"(以前|之前|前|左右|起|以后|之后)$")
_SOME_DAYS = re.compile(r"^\d{1,2}\s*[日号]?\s*[至到~—–、-]+\s*\d{1,2}\s*[日号]$")
_SOME_YEAR = 2025


@cleans("date")
def clean_dates(cells: Cells, job: Job) -> np.ndarray:
    """Give dates as 2025-09-01, or as 2019-09 where only the month is known."""
    values = np.full(len(cells), None, object)
    at = cells.where(Kind.DATE)
    if len(at):
        serials, inverse = np.unique(cells.numbers[at], return_inverse=True)
        values[at] = np.array([_date_of(serial) for serial in serials.tolist()], object)[inverse]
    for i in (i for i in at.tolist() if values[i] is None):
        job.log.find("bad-date", Level.ERROR, cells, i)
    _typed(cells, job, values)
    _numbers(cells, job, values)
    for i in cells.where(Kind.ERROR).tolist():
        job.log.find("error-cell", Level.ERROR, cells, i)
    for i in cells.where(Kind.BOOL).tolist():
        job.log.find("bad-date", Level.QUESTION, cells, i)
    return values


def _date_of(serial: float) -> str | None:
    # Below 1900 and beyond 9999 Excel itself shows ####.
    return date_of_serial(serial) if 1 <= serial < 2_958_466 else None


def _typed(cells: Cells, job: Job, values: np.ndarray) -> None:
    """Read the texts, each distinct one once."""
    readings: dict[int, tuple[str, ParsedDate | None]] = {}
    at = cells.where(Kind.TEXT)
    changed: list[tuple[int, str, str]] = []
    for i, text_id in zip(at.tolist(), cells.ids[at].tolist(), strict=True):
        if text_id not in readings:
            text = canonical_text(cells.texts[text_id])
            readings[text_id] = (
                text,
                (parse_date(text, year_of=job.year_of) or _end_of_span(cells, text) or _beginning(text, job))
                if text else None,
            )
        text, read = readings[text_id]
        if not text:
            continue
        if read is None:
            values[i] = _unread(cells, job, i, text)
            continue
        values[i] = read.iso
        if read.iso != text:
            changed.append((i, read.iso, read.rules[0] if read.rules else "date-text"))
        if read.doubtful:
            message = "date-weekday" if "weekday-mismatch" in read.rules else "doubtful-date"
            job.log.find("ambiguous-date", Level.QUESTION, cells, i, message=message, expected=read.iso)
    job.log.changed_texts(cells, changed)


def _end_of_span(cells: Cells, text: str) -> ParsedDate | None:
    """Give the last day of 2025.3.1-2026.2.28 where the field is an end: 有效期至."""
    if not cells.field.title.endswith("至") or not (found := _SPAN.match(text)):
        return None
    first, last = parse_date(found[1]), parse_date(found[2])
    days = first is not None and last is not None and first.precision == last.precision == "day"
    return ParsedDate(last.iso, "day", ("span-end",)) if days and last is not None else None


def _beginning(text: str, job: Job) -> ParsedDate | None:
    """Give the day of 10月15日7:30前, and the first of 1月25日—1月30日."""
    found = _FIRST_OF_SPAN.match(text)
    read = parse_date(found[1], year_of=job.year_of) if found else None
    if read is not None and read.precision == "day":
        return ParsedDate(read.iso, "day", ("span-start",))
    return parse_date(_ABOUT.sub("", text), year_of=job.year_of) if _ABOUT.search(text) else None


def _unread(cells: Cells, job: Job, i: int, text: str) -> str | None:
    """Judge a text that is no date: a dash is a blank, a date without its year stays, all else is reported."""
    if text in ZERO_LIKE:
        job.log.changed(cells, i, "", "no-value")
        return None
    if job.year_of is None and parse_date(text, year_of=lambda _: _SOME_YEAR):
        job.log.find("ambiguous-date", Level.QUESTION, cells, i, message="date-without-year")
        return text
    # Some days (15—16日) are no slip of the pen.
    meant = any(c.isdigit() for c in text) and not _SOME_DAYS.match(text)
    job.log.find("bad-date", Level.ERROR if meant else Level.QUESTION, cells, i)
    return None


@dataclass(frozen=True, slots=True)
class _Day:
    """A number M.D: the cell's position, the day that it says, and the day that it was if a 0 was lost."""

    at: int
    said: str
    tenfold: str


def _numbers(cells: Cells, job: Job, values: np.ndarray) -> None:
    """Read bare numbers: serials, 20250901, and M.D, whose lost zero comes last, when the neighbours are known."""
    unsure: list[_Day] = []
    for i in cells.where(Kind.NUMBER).tolist():
        number = float(cells.numbers[i])
        read = parse_date(number, year_of=job.year_of)
        if read is None:
            shown = cells.shown(i)
            lacks_year = job.year_of is None and parse_date(number, year_of=lambda _: _SOME_YEAR)
            values[i] = shown if lacks_year else None
            message = "date-without-year" if lacks_year else "bad-date"
            code, level = ("ambiguous-date", Level.QUESTION) if lacks_year else ("bad-date", Level.ERROR)
            job.log.find(code, level, cells, i, message=message)
            continue
        shown_read = parse_date(cells.shown(i), year_of=job.year_of) if read.doubtful else read
        if shown_read is not None and shown_read.iso != read.iso:
            # The cell shows 9.10: then that is what was meant.
            read = ParsedDate(shown_read.iso, read.precision, read.rules)
        values[i] = read.iso
        if read.doubtful and read.precision == "day":
            unsure.append(_Day(i, read.iso, f"{read.iso[:-2]}{int(read.iso[-2:]) * 10}"))
        elif read.doubtful:
            job.log.find("ambiguous-date", Level.QUESTION, cells, i, message="doubtful-date", expected=read.iso)
        job.log.changed(cells, i, read.iso, read.rules[0] if read.rules else "date-number")
    for day in unsure:
        _settle(cells, job, values, day, {each.at for each in unsure if each.at > day.at})


def _settle(cells: Cells, job: Job, values: np.ndarray, day: _Day, open_ones: set[int]) -> None:
    """Choose between 9 月 1 日 and 9 月 10 日 by the dates above and below, where these rise."""
    before = next((j for j in range(day.at - 1, -1, -1) if values[j]), None)
    after = next((j for j in range(day.at + 1, len(values)) if values[j] and j not in open_ones), None)
    above = values[before] if before is not None else ""
    below = values[after] if after is not None else "9999"
    is_date = _is_day(day.tenfold)
    if is_date and day.said < above <= day.tenfold <= below:
        _mend(cells, job, values, day, before, after)
        return
    rises = above <= day.said <= below
    if rises and (not is_date or day.tenfold > below):
        return
    if rises and before is None and after is None and not is_date:
        return
    words = _words(day)
    job.log.find(
        "ambiguous-date", Level.QUESTION, cells, day.at, message="date-one-or-ten", expected=day.said, words=words
    )


def _mend(  # noqa: PLR0913, PLR0917  (a date between two others)
    cells: Cells, job: Job, values: np.ndarray, day: _Day, before: int | None, after: int | None
) -> None:
    values[day.at] = day.tenfold
    near = [f"上一行 {cells.shown(before)}"] if before is not None else []
    near += [f"下一行 {cells.shown(after)}"] if after is not None else []
    change = job.log.changes
    place = cells.place(day.at)
    for position in range(len(change) - 1, -1, -1):
        if change[position].place == place:
            del change[position]
            break
    job.log.changed(cells, day.at, day.tenfold, "lost-zero")
    words = _words(day)
    job.log.find(
        "ambiguous-date",
        Level.QUESTION,
        cells,
        day.at,
        message="date-ten",
        expected=day.tenfold,
        suggestion=day.tenfold,
        words={"neighbours": "、".join(near), "day": words["tenth"], "ten": words["ten"]},
    )


def _words(day: _Day) -> dict[str, str]:
    month, said, tenth = int(day.said[5:7]), int(day.said[8:]), int(day.tenfold[8:])
    return {"first": f"{month} 月 {said} 日", "tenth": f"{month} 月 {tenth} 日", "ten": f"{month}.{tenth}"}


def _is_day(iso: str) -> bool:
    return parse_date(iso) is not None
