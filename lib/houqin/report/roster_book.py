"""A blank 学校名册.xlsx: columns with their explanation, drop-downs where there is a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.school.quotas import COLUMNS as QUOTA_COLUMNS
from houqin.school.quotas import SHEET as QUOTA_SHEET
from houqin.school.quotas import STAGES
from houqin.school.roster import COLUMNS, SHEET
from houqin.workbook import HEADER, INPUT, TEXT, WRAPPED, Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.school.typed_table import Column
    from houqin.workbook import Sheet

SPARE_ROWS = 400  # more schools than a county has
_KINDS = {"code": "code", "whole": "count", "money": "money", "date": "date"}
# Quotas differ by place and year, so none is filled in.
_QUOTA_LINES = (
    "要算“应拨公用经费”就填，不算就空着。各地、各年标准不同，照本地文件填；单位：元/人·年。",
    "应拨 ＝ 生均定额 × 计算人数 ＋ 寄宿生另加 × 寄宿生数 ＋ 取暖费 × 在校生数；不足小规模学校人数的按它计算。",
)
_WIDTHS = {"name": 26.0, "expected": 30.0, "none": 20.0, "zero": 20.0, "phone": 14.0}


def write_roster_book(path: Path, forms: Sequence[str]) -> None:
    """Write a blank roster; `forms` are the titles that 应报表 may name."""
    with Workbook(path, title="学校名册") as book:
        lines = ["一行一所学校，各列怎么填见“填写说明”。添了新学校，再运行一次 houqin init-schools，只会建新的。"]
        _table(book.sheet(SHEET, role="input", landscape=True), SHEET, COLUMNS, lines, SPARE_ROWS)
        _table(book.sheet(QUOTA_SHEET, role="input"), QUOTA_SHEET, QUOTA_COLUMNS, _QUOTA_LINES, len(STAGES))
        _guide(book.sheet("填写说明"), forms)


def _table(sheet: Sheet, title: str, columns: Sequence[Column], lines: Sequence[str], rows: int) -> None:
    top = sheet.head(title, len(columns), lines=lines)
    for at, column in enumerate(columns, 1):
        sheet.write(top, at, column.title, HEADER)
        style = INPUT.but(kind=_KINDS.get(column.kind, "code"))
        for row in range(top + 1, top + 1 + rows):
            sheet.write(row, at, None, style)
        if column.choices:
            area = sheet.area(top + 1, at, top + rows, at)
            sheet.choices(area, column.choices, f"{column.title}只能是：{'、'.join(column.choices)}")
        sheet.width(at, _WIDTHS.get(column.id, 12.0))
    sheet.freeze(top + 1, 3)
    sheet.page.repeat = (top, top)


def _guide(sheet: Sheet, forms: Sequence[str]) -> None:
    top = sheet.head("怎样填写学校名册", 4, lines=["填错的格子，运行时会一次全部指出来。"])
    for at, word in enumerate(("列", "必填", "可以填", "说明"), 1):
        sheet.write(top, at, word, HEADER)
    listed = [*COLUMNS, *QUOTA_COLUMNS]
    for row, column in enumerate(listed, top + 1):
        named = column.title if column in COLUMNS else f"{QUOTA_SHEET}：{column.title}"
        sheet.write(row, 1, named, WRAPPED.but(rule="row"))
        sheet.write(row, 2, "必填" if column.required else None, TEXT.but(rule="row", align="center"))
        sheet.write(row, 3, "、".join(column.choices) or None, WRAPPED.but(rule="row"))
        sheet.write(row, 4, column.help, WRAPPED.but(rule="row"))
    sheet.write(top + len(listed) + 2, 1, "应报表里可以写的表", TEXT.but(bold=True))
    for row, title in enumerate(forms, top + len(listed) + 3):
        sheet.write(row, 1, title, TEXT)
    sheet.widths({1: 20, 2: 7, 3: 30, 4: 50})
    sheet.freeze(top + 1)
