"""The days that lie across a matrix: header cells to ISO dates, the month of a bare 1日 taken from the title."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from houqin.clean.cells import cells_at
from houqin.clean.dates import clean_dates
from houqin.model import Kind
from houqin.values import parse_date
from houqin.values.days import day_alone, day_level, month_in, week_in, weekday_level, weekday_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.clean.cells import Cells
    from houqin.clean.registry import Job
    from houqin.forms import Field
    from houqin.model import Column, Match


def day_cells(match: Match, columns: Sequence[Column], field: Field) -> Cells:
    """Give the header cells in which the days of some columns stand."""
    grid = match.table.grid
    found = [_anchor(match, column) for column in columns]
    rows, at = (np.array([place[i] for place in found], np.int64) for i in (0, 1))
    return cells_at(grid, rows, at, field=field, path=match.table.path, header=field.title)


def clean_days(match: Match, cells: Cells, job: Job) -> list[str]:
    """Give ISO dates; empty where a header says none, or a day alone whose month nothing tells.

    A day merged over several columns is read, and its change recorded, once.
    """
    places = list(zip(cells.rows.tolist(), cells.columns.tolist(), strict=True))
    once = {place: i for i, place in reversed(list(enumerate(places)))}
    first = sorted(once.values())
    days = dict(zip((places[i] for i in first), _read_days(match, cells.take(np.array(first)), job), strict=True))
    return [days[place] for place in places]


def _read_days(match: Match, cells: Cells, job: Job) -> list[str]:
    week = week_in([*(note.text for note in match.table.notes), match.table.grid.sheet], job.year_of) or {}
    named = [weekday_of(cells.shown(i)) for i in range(len(cells))]
    if any(weekday in week for weekday in named):
        days = [week.get(weekday, "") if weekday is not None else "" for weekday in named]
        return [_logged(cells, i, day, job) for i, day in enumerate(days)]
    alone = [day_alone(cells.shown(i)) for i in range(len(cells))]
    if not any(alone):
        return [day or "" for day in clean_dates(cells, job).tolist()]
    texts = [note.text for note in match.table.notes]
    month = month_in([*texts, match.table.grid.sheet, match.table.path])
    days = []
    for i, day in enumerate(alone):
        year = month and (month[0] or (job.year_of(month[1]) if job.year_of else None))
        read = parse_date(f"{year}-{month[1]}-{day}") if month and year and day else None
        if read is None:
            days += [one or "" for one in clean_dates(cells.take(np.array([i])), job).tolist()]
            continue
        job.log.changed(cells, i, read.iso, "month-of-title")
        days.append(read.iso)
    return days


def complete_days(match: Match, cells: Cells, job: Job) -> Cells:
    """Give the cells of a date column of bare days (8, 9日) with the month that a line above or the sheet names.

    Most of what the column holds must be days, else a number among dates is a mistake and stays one.
    """
    shown = [cells.shown(i) if cells.kinds[i] in (Kind.TEXT, Kind.NUMBER) else "" for i in range(len(cells))]
    alone = [day_alone(text) for text in shown]
    if sum(day is not None for day in alone) * 2 <= np.count_nonzero(cells.kinds):
        return cells
    month = month_in([*(note.text for note in match.table.notes), match.table.grid.sheet])
    year = month and (month[0] or (job.year_of(month[1]) if job.year_of else None))
    if not month or not year:
        return cells
    said: dict[int, str] = {}
    told: set[tuple[int, int]] = set()
    for i, day in enumerate(alone):
        read = parse_date(f"{year}-{month[1]}-{day}") if day else None
        if read is None:
            continue
        said[i] = read.iso
        place = (int(cells.rows[i]), int(cells.columns[i]))
        if place not in told:
            job.log.changed(cells, i, read.iso, "month-of-title")
            told.add(place)
    return cells.with_texts(said)


def _logged(cells: Cells, i: int, day: str, job: Job) -> str:
    """Record the day that a weekday became; one outside the title's days is asked about as any bad date."""
    if not day:
        return clean_dates(cells.take(np.array([i])), job).tolist()[0] or ""
    job.log.changed(cells, i, day, "week-of-title")
    return day


def _anchor(match: Match, column: Column) -> tuple[int, int]:
    """Give the cell of the header level that is a day, or of the lowest level where none is."""
    level = day_level(column.path)
    level = weekday_level(column.path) if level is None else level
    place = column.levels[-1 if level is None else level][1] if column.path else None
    return place or (match.table.header_rows[-1], column.index)
