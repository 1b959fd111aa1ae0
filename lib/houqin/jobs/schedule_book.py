"""定时.xlsx in a school's folder: a row a schedule, for the clerk to read and to change, and for the commands."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.errors import BadDescription, BadParameter, FailedRun, system_reason
from houqin.jobs.parameters import job_named, job_title
from houqin.jobs.places import job_names, notebook_of
from houqin.jobs.runs import patiently
from houqin.jobs.schedule import WORDS, Schedule, When, parse_time, parse_when
from houqin.read import read_settings
from houqin.school.settings import Entry, entry_of, nearest
from houqin.values import canonical_text
from houqin.workbook import HEADER, INPUT, Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.model import Grid

BOOK, SHEET = "定时.xlsx", "定时"
COLUMNS = ("编号", "作业", "何时", "时刻", "从哪天起", "停用", "说明")
_NEEDED = ("编号", "作业", "何时", "时刻", "从哪天起")
_WIDTHS = (8, 26, 16, 10, 14, 8, 40)
_LINES = (
    "一行一个定时运行。何时：学期首日、每个上学日、每周一……每周日、月末、年末基准日；哪天上学看《学校设置》的“校历”。",
    "时刻写成 07:30。暂时不要它运行，在“停用”里写“是”；不再要，删去那一行。电脑关着错过的，开机后补上。",
)
_SPARE = 10
_HEADER_SEARCH = 8
_LAST_YEAR = 2099
_DAY_MINUTES = 24 * 60


def load_schedules(school: Path) -> tuple[Schedule, ...]:
    """Give a school's schedules in the order of the sheet; none where there is no book.

    BadDescription lists all mistakes with their cells; RefusedFile where the book cannot be read.
    """
    path = school / BOOK
    if not path.is_file():
        return ()
    problems: list[str] = []
    found: list[Schedule] = []
    sheets = [grid for grid in read_settings(path) if grid.sheet.strip() == SHEET]
    if not sheets:
        problems.append(f"《{BOOK}》：没有叫“{SHEET}”的工作表。")
    for grid in sheets:
        found += _schedules(grid, problems)
    if problems:
        raise BadDescription(problems)
    return tuple(found)


def write_schedules(school: Path, schedules: Sequence[Schedule]) -> Path:
    """Write the book anew, aside and then in one step; FailedRun where it is open in Excel. Give its path."""
    target, beside = school / BOOK, school / f".{BOOK}.{os.getpid()}"
    try:
        _write(beside, schedules)
        patiently(lambda: beside.replace(target))
    except OSError as fault:
        beside.unlink(missing_ok=True)
        reason = system_reason(fault)
        raise FailedRun(f"《{BOOK}》没有写成（{reason}）。它若正在 Excel 里开着，请先关闭，再来一次。") from fault
    return target


def with_new(schedules: Sequence[Schedule], new: Schedule) -> tuple[Schedule, ...]:
    """Add a schedule under the next number; BadParameter where the same one is there already."""
    notebook_of(new.job)
    for each in schedules:
        if replace(new, number=each.number, since=each.since, remark=each.remark) == replace(each, is_paused=False):
            raise BadParameter(f"同样的定时已经有了：{each.line}。")
    number = max((each.number for each in schedules), default=0) + 1
    return (*schedules, replace(new, number=number))


def without(schedules: Sequence[Schedule], number: int) -> tuple[Schedule, ...]:
    """Leave a schedule out; BadParameter where there is none of that number."""
    if all(each.number != number for each in schedules):
        known = "、".join(str(each.number) for each in schedules) or "还一个也没有"
        raise BadParameter(f"没有编号是 {number} 的定时（现有：{known}）。")
    return tuple(each for each in schedules if each.number != number)


def _schedules(grid: Grid, problems: list[str]) -> list[Schedule]:
    header, columns = _header(grid)
    lacking = [name for name in _NEEDED if name not in columns]
    if lacking:
        problems.append(f"《{BOOK}》“{SHEET}”：表头里缺少 {'、'.join(lacking)}。应有：{'、'.join(COLUMNS)}。")
        return []
    found: list[Schedule] = []
    for row in range(header + 1, grid.rows + 1):
        entries = {name: _entry(grid, row, column, name) for name, column in columns.items()}
        if any(entry.value is not None for entry in entries.values()):
            before = len(problems)
            made = _schedule(entries, problems)
            if any(each.number == made.number for each in found) and before == len(problems):
                problems.append(f"{entries['编号'].place}：编号 {made.number} 写了两次。")
            found.append(made)
    return found


def _header(grid: Grid) -> tuple[int, dict[str, int]]:
    best: tuple[int, dict[str, int]] = (0, {})
    for row in range(1, min(_HEADER_SEARCH, grid.rows) + 1):
        words = {str(grid.cell(row, c).value or "").strip(): c for c in range(1, grid.columns + 1)}
        found = {name: words[name] for name in COLUMNS if name in words}
        best = max(best, (row, found), key=lambda each: len(each[1]))
    return best


def _entry(grid: Grid, row: int, column: int, name: str) -> Entry:
    """Read a cell; a time of day that Excel made a fraction of a day of becomes text again."""
    entry = entry_of(grid, row, column, f"《{BOOK}》")
    value = grid.cell(row, column).value
    if name == "时刻" and isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1:
        minutes = round(value * _DAY_MINUTES) % _DAY_MINUTES
        return Entry(f"{minutes // 60:02d}:{minutes % 60:02d}", entry.place)
    return entry


def _schedule(entries: dict[str, Entry], problems: list[str]) -> Schedule:
    """Make a schedule of a row; where a cell is wrong it is told and something stands in its place."""
    texts = {name: canonical_text(_text(entry)) for name, entry in entries.items()}
    here = next(entry.place for entry in entries.values() if entry.value is not None)

    def wrong(name: str, sentence: str) -> None:
        problems.append(f"{entries[name].place}：{sentence}" if texts[name] else f"{here}：这一行没有填“{name}”。")

    number = int(texts["编号"]) if texts["编号"].isascii() and texts["编号"].isdecimal() else 0
    if not number:
        wrong("编号", f"编号“{texts['编号']}”不是正整数。")
    job = job_named(texts["作业"])
    if job is None:
        titles = [job_title(name) for name in job_names()]
        hint = nearest(texts["作业"], [*titles, *job_names()])
        wrong("作业", f"没有叫“{texts['作业']}”的作业{hint}。现有的作业：{'、'.join(titles)}。")
    when, weekday, at = When.MONTH_END, None, time()
    try:
        when, weekday = parse_when(texts["何时"])
    except BadParameter as fault:
        wrong("何时", str(fault))
    try:
        at = parse_time(texts["时刻"])
    except BadParameter as fault:
        wrong("时刻", str(fault))
    since = _date(texts["从哪天起"])
    if since is None:
        wrong("从哪天起", f"“{texts['从哪天起']}”不是日期，请写成 2025-09-01。")
    if texts.get("停用", "") not in {"", "是", "否"}:
        wrong("停用", f"停用“{texts['停用']}”不认识，请写“是”或空着。")
    return Schedule(
        number, job or "", when, at, since or date.min, weekday, texts.get("停用") == "是", texts.get("说明", "")
    )


def _text(entry: Entry) -> str:
    value = entry.value
    if isinstance(value, bool):
        return "是" if value else "否"
    return format(value, "f") if isinstance(value, Decimal) else value or ""


def _date(text: str) -> date | None:
    parts = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day) if year <= _LAST_YEAR else None
    except ValueError:
        return None


def _write(path: Path, schedules: Sequence[Schedule]) -> None:
    with Workbook(path, title="定时运行") as book:
        sheet = book.sheet(SHEET, role="input", landscape=True)
        top = sheet.head("定时运行", len(COLUMNS), lines=list(_LINES))
        for column, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
            sheet.write(top, column, title, HEADER)
            sheet.width(column, width)
        rows = [_cells(each) for each in schedules] + [[None] * len(COLUMNS)] * _SPARE
        for row, values in enumerate(rows, top + 1):
            for column, value in enumerate(values, 1):
                sheet.write(row, column, value, INPUT.but(kind="text"))
        last = top + len(rows)
        jobs = tuple(map(job_title, job_names()))
        for title, words in (("作业", jobs), ("何时", WORDS), ("停用", ("是", "否"))):
            column = COLUMNS.index(title) + 1
            sheet.choices(sheet.area(top + 1, column, last, column), tuple(map(str, words)), f"{title}请从列表里选")
        sheet.freeze(top + 1)


def _cells(schedule: Schedule) -> list[str | None]:
    return [
        str(schedule.number), job_title(schedule.job), schedule.days, f"{schedule.at:%H:%M}",
        schedule.since.isoformat(), "是" if schedule.is_paused else None, schedule.remark or None,
    ]  # fmt: skip
