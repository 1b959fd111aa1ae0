"""食品安全记录一览: whether 陪餐, 留样 and the daily, weekly and monthly checks are complete; without names."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts import meals
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.summary_case import write_head, write_missing, write_note
from houqin.workbook import CENTER, COUNT, DATE, HEADING, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Placed, Sheet

NAME = "食品安全记录一览"
COMPANY, SAMPLES, CHECKS = "meal_companion", "food_sample", "food_safety_log"
DAILY, WEEKLY, MONTHLY = "日管控", "周排查", "月调度"
WIDTH = 7
WEEKDAYS = "一二三四五六日"
DATED = (flag(IN_PERIOD, "date"),)
CHECKED = (flag(IN_PERIOD, "check_date"), Added("kind", "哪一种记录", TEXT))
RECORDS = ((COMPANY, "陪餐", "date"), (SAMPLES, "留样", "date"), (CHECKS, "日管控", "check_date"))
SHORT = Decimal(125)  # grams of a sample, 学校食品安全与营养健康管理规定


def dated_records(case: PostCase, form_id: str) -> list[Record]:
    """Give the rows of 陪餐 or 留样, marked with the period."""
    return [dated(case, "date")(record) for record in case.records[form_id]]


def check_records(case: PostCase) -> list[Record]:
    """Give the checks, each with what it is: of a day, a week or a month."""
    mark = dated(case, "check_date")
    return [add(mark(record), kind=_kind(record)) for record in case.records[CHECKS]]


def _kind(record: Record) -> str:
    if any(record.text(field) for field in ("item", "result", "passed", "failed")):
        return DAILY
    return MONTHLY if any(record.text(field) for field in ("host", "report", "focus")) else WEEKLY


def write_safety(case: PostCase, sheet: Sheet) -> None:
    """Fill the overview: what is due, what is there, what lacks; then a line a day."""
    if write_missing(case, sheet, NAME, [COMPANY, SAMPLES, CHECKS], WIDTH):
        return
    days, why = _supply_days(case)
    top = write_head(case, sheet, NAME, WIDTH, [why], unit="", forms=[form for form, _, _ in RECORDS])
    sheet.widths({1: 14, 2: 8, 3: 12, 4: 12, 5: 16, 6: 12, 7: 30})
    sheet.text(top, 1, "一、齐不齐", HEADING)
    start = top + 9
    sheet.text(start - 1, 1, "二、每个供餐日", HEADING)
    placed = _by_day(case, sheet, start, days)
    _complete(case, sheet, top + 1, placed, days)
    sheet.page.repeat = (start, start)


def _supply_days(case: PostCase) -> tuple[list[str], str]:
    """Give the days on which meals were served, by the daily counts, else by the calendar."""
    eaten = sorted(
        {r.text("date") for r in case.own(meals.FORM) if r.values.get("meals") and len(r.text("date")) == meals.DAY}
    )
    if eaten:
        return eaten, "供餐日按《每日就餐人数统计表》里有人就餐的日子。"
    last = min(case.span.last, case.as_of)
    if last < case.span.first:
        return [], "本期还没有开始。"
    first, end = date.fromisoformat(case.span.first), date.fromisoformat(last)
    days = [day.isoformat() for day in case.school.calendar.school_days(first, end)]
    return days, "没有《每日就餐人数统计表》，供餐日按校历的上课日。"


def _by_day(case: PostCase, sheet: Sheet, top: int, days: Sequence[str]) -> Placed:
    there = [form for form, _, _ in RECORDS if case.has(form)]
    heads = (Col("日期", DATE), Col("星期", CENTER), Col("就餐人次", COUNT), *_record_heads(), Col("结论", WRAPPED))
    rows: list[list[CellValue]] = []
    for row, day in enumerate(days, top + 1):
        counts = [_count(case, form, field, day, row) for form, _, field in RECORDS]
        lacking = [
            title for (form, title, _), made in zip(RECORDS, counts, strict=True)
            if form in there and made is not None and not made.value
        ]  # fmt: skip
        rows.append([
            day, WEEKDAYS[date.fromisoformat(day).weekday()], _eaten(case, day, row), *counts,
            Formula(_verdict(case, row), "✗ 缺" + "、".join(lacking) if lacking else "✓ 齐全"),
        ])  # fmt: skip
    placed = sheet.table(top, 1, heads, rows, autofilter=False)
    if rows:
        area = placed.filter_area._replace(top=placed.first)
        sheet.highlight(area, f'LEFT($G{placed.first},1)="✗"', "bad-light")
    return placed


def _record_heads() -> list[Col]:
    return [Col(f"{title}\n（条）", COUNT) for _, title, _ in RECORDS]


def _eaten(case: PostCase, day: str, row: int) -> CellValue:
    return case.sum_of(meals.FORM, "meals", Where("date", day, f"$A{row}")) if case.has(meals.FORM) else None


def _count(case: PostCase, form: str, field: str, day: str, row: int) -> Formula | None:
    if not case.has(form) or field not in case.data[form].columns:
        return None
    kind = (Where("kind", DAILY, f'"{DAILY}"'),) if form == CHECKS else ()
    return case.count_of(form, Where(field, day, f"$A{row}"), *kind)


def _verdict(case: PostCase, row: int) -> str:
    """Give the formula that names what a day lacks."""
    parts = [
        (f"{letter}{row}", title)
        for letter, (form, title, field) in zip("DEF", RECORDS, strict=True)
        if case.has(form) and field in case.data[form].columns
    ]
    if not parts:
        return '"✓ 齐全"'
    lacking = "&".join(f'IF({cell}>0,"","、{title}")' for cell, title in parts)
    return f'IF(AND({",".join(f"{cell}>0" for cell, _ in parts)}),"✓ 齐全","✗ 缺"&MID({lacking},2,99))'


def _complete(case: PostCase, sheet: Sheet, top: int, placed: Placed, days: Sequence[str]) -> None:
    heads = (Col("记录", TEXT), Col("应有", COUNT), Col("实有", COUNT), Col("缺", COUNT), Col("说明", WRAPPED))
    columns = dict(zip((form for form, _, _ in RECORDS), (3, 4, 5), strict=True))
    rows: list[list[CellValue]] = []
    for form, title, field in RECORDS:
        row = top + 1 + len(rows)
        if not case.has(form) or field not in case.data[form].columns:
            rows.append([title, len(days), None, None, f"未见材料：《{case.title_of(form)}》"])
            continue
        area = placed.column(columns[form])
        have = sum(1 for day in days if any(r.text(field) == day and _daily(form, r) for r in case.own(form)))
        there = Formula(f'COUNTIFS({area.local},">0")' if days else "0", have)
        due = Formula(f"COUNT({placed.column(0).local})" if days else "0", len(days))
        lack = Formula(f"B{row}-C{row}", len(days) - have)
        rows.append([title, due, there, lack, "按供餐日"])
    rows += _longer(case, top + 1 + len(rows))
    sheet.table(top, 1, heads, rows, autofilter=False, freeze=False)
    short = sum(1 for r in case.own(SAMPLES) if (grams := r.number("grams")) is not None and grams < SHORT)
    said = "每餐次每个成品都要留样，不少于 125 克、48 小时。"
    if short:
        said = f"留样不足 125 克的 {short} 条，见问题清单。"
    write_note(sheet, top + 6, WIDTH, said)


def _daily(form: str, record: Record) -> bool:
    return form != CHECKS or record.text("kind") == DAILY


def _longer(case: PostCase, row: int) -> list[list[CellValue]]:
    """Give the lines of the weekly and the monthly records."""
    calendar = case.school.calendar
    first, last = date.fromisoformat(case.span.first), date.fromisoformat(min(case.span.last, case.as_of))
    weeks = {calendar.week_number(day) for day in calendar.school_days(first, last)} if first <= last else set()
    months = {day.isoformat()[:7] for day in calendar.school_days(first, last)} if first <= last else set()
    rows: list[list[CellValue]] = []
    for title, due, why in ((WEEKLY, len(weeks), "按教学周"), (MONTHLY, len(months), "每月一次")):
        if not case.has(CHECKS):
            rows.append([title, due, None, None, f"未见材料：《{case.title_of(CHECKS)}》"])
            continue
        there = case.count_of(CHECKS, Where("kind", title, f"$A{row + len(rows)}"))
        at = row + len(rows)
        rows.append([title, due, there, Formula(f"MAX(0,B{at}-C{at})", max(0, due - int(there.value))), why])
    return rows
