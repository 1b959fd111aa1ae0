"""Which period a trial balance is of, whether its movement is the whole year's, and whether the year is closed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.account.carry_trial import net_of
from houqin.values import canonical_text
from houqin.values.periods import Period, period_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.account.rows import Row
    from houqin.model import Table

PART = "一部分月份"
_LABELS = ("会计期间", "期间", "所属期间", "所属期", "会计年月", "年月", "截止日期", "统计期间", "查询期间")
_NUMBER = re.compile(r"第?\s*(1[0-2]|0?[1-9])\s*[月期]?份?")
_BEFORE, _AFTER = re.compile(r"结转前|未结转"), re.compile(r"结转后|已结转")
_OWNERS = ("账套", "账套名称", "核算单位", "单位", "单位名称", "编制单位", "会计主体", "账簿", "账簿名称", "核算账簿")
_BODY = re.compile(r"(?<![含并及和与])(食堂|伙食|膳食|餐厅|工会|党费|党支部)(?!款|费用|专户|收入|支出|往来)")
_MONTH_WORDS = re.compile(r"本月|当月|月发生")
_FLOWS, _CLOSED_BY_YEAR = frozenset("4567"), frozenset("67")


def period_of(table: Table, text: str | None, as_of: str) -> Period | None:
    """Give the period that a row's cell says, else a line above the table, its title, its sheet or its file."""
    if text:
        alone = _NUMBER.fullmatch(canonical_text(text))
        own = _texts(table)
        if alone:
            year = next((found.last[:4] for found in map(period_in, own) if found), as_of[:4])
            month = f"{year}-{int(alone[1]):02d}"
            return Period(month, month)
        return period_in(text)
    return next((found for found in map(period_in, _texts(table)) if found), None)


def _texts(table: Table) -> list[str]:
    notes = table.match.table.notes
    said = [note.text for note in notes if canonical_text(note.label).replace(" ", "") in _LABELS]
    said += [note.text for note in notes if note.label == "title"]
    return [*said, table.sheet, table.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]]


def other_body(table: Table) -> str:
    """Give whose books a table is of, where that is not the school: 食堂, 工会; empty of the school's own.

    A canteen, a trade union, a party branch keep books of their own, with accounts of the same codes.
    """
    notes = [note.text for note in table.match.table.notes if note.label == "title" or note.label in _OWNERS]
    texts = [*notes, table.sheet, table.path.rsplit("/", 1)[-1]]
    found = (_BODY.search(canonical_text(text).replace(" ", "")) for text in texts)
    return next((each[1] for each in found if each), "")


def is_after_closing(table: Table) -> int:
    """Give 1 for a table called 结转后, -1 for 结转前, 0 where nothing is said."""
    texts = [note.text for note in table.match.table.notes if note.label == "title"]
    texts += [table.sheet, table.path.rsplit("/", 1)[-1]]
    return int(any(map(_AFTER.search, texts))) - int(any(map(_BEFORE.search, texts)))


def movement_of(table: Table, period: Period | None, rows: Sequence[Row]) -> str:
    """Say which part of the year the movement is of, where it is not the whole: 2025-12, 一部分月份; else nothing.

    Income and expense begin with the year: where they open with something, the table begins within it; where those of
    the budget, which are closed by the year alone, open with nothing, it begins with the year, whatever its title says.
    Else the title says it, and without one the header 本月发生.
    """
    names = {name for name in ("ytd_dr", "ytd_cr") if name in table.frame.columns}
    if any(row.number(name) is not None for row in rows for name in names):
        return ""
    if not any(name in table.frame.columns for name in ("dr", "cr")):
        return ""
    said = period.text if period and period.first and not period.is_year_to_date else ""
    flows = [row for row in rows if row.text("code")[:1] in _FLOWS]
    if any(net_of(row, "open") for row in flows):
        return said or PART
    if any(row.text("code")[:1] in _CLOSED_BY_YEAR and (row.number("dr") or row.number("cr")) for row in flows):
        return ""
    if said or (period and period.first):
        return said
    column = table.match.column_of("dr") or table.match.column_of("cr")
    return PART if column and _MONTH_WORDS.search(column.column.header) else ""
