"""学校设置.xlsx: a sheet a section, every key with its explanation, drop-downs where there is a choice."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.school import SECTIONS, THRESHOLDS
from houqin.workbook import HEADER, INPUT, TEXT, WRAPPED, Style, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from houqin.school.keys import Key, Section
    from houqin.workbook import CellValue, Sheet

    Rows: TypeAlias = Mapping[str, Sequence[Mapping[str, CellValue]]]

# Rows ready to be filled in a table that is still empty: more classes than any school here has.
SPARE_ROWS = 60
KINDS = {"date": "date", "integer": "count", "number": "quantity"}


def write_settings_book(path: Path, rows: Rows | None = None, *, example: bool = False) -> None:
    """Write the settings workbook; `rows` maps section id to its rows (key id -> value), left out for a blank one."""
    given: Rows = rows or {}
    with Workbook(path, title="学校设置", example=example) as book:
        _guide(book.sheet("填写说明"))
        for section in SECTIONS:
            sheet = book.sheet(section.title, role="input")
            content = given.get(section.id, ())
            if section.shape == "record":
                _record(sheet, section, content[0] if content else {})
            else:
                _table(sheet, section, content)


def _guide(sheet: Sheet) -> None:
    lines = ["黄色格子由学校填写，其余不用动。填错的格子，运行时会一次全部指出来。",
             "带“必填”的不能空；其余空着就按说明里的默认。"]  # fmt: skip
    top = sheet.head("怎样填写学校设置", 4, lines=lines)
    for column, word in enumerate(("工作表", "项目或列", "必填", "说明"), 1):
        sheet.write(top, column, word, HEADER)
    row = top + 1
    for section in SECTIONS:
        sheet.write(row, 1, section.title, TEXT.but(bold=True, rule="row"))
        sheet.write(row, 2, None, TEXT.but(rule="row"))
        sheet.write(row, 3, None, TEXT.but(rule="row"))
        sheet.write(row, 4, section.help, WRAPPED.but(bold=True, rule="row"))
        for below, key in enumerate(section.keys, 1):
            sheet.write(row + below, 2, key.title, TEXT.but(rule="row"))
            sheet.write(row + below, 3, "必填" if key.required else None, TEXT.but(rule="row", align="center"))
            sheet.write(row + below, 4, key.help, WRAPPED.but(rule="row"))
        row += len(section.keys) + 1
    sheet.widths({1: 14, 2: 20, 3: 7, 4: 62})
    sheet.freeze(top + 1)


def _record(sheet: Sheet, section: Section, values: Mapping[str, CellValue]) -> None:
    top = sheet.head(section.title, 3, lines=[section.help])
    for column, word in enumerate(("项目", "内容", "说明"), 1):
        sheet.write(top, column, word, HEADER)
    for row, key in enumerate(section.keys, top + 1):
        sheet.write(row, 1, key.title, TEXT.but(rule="row"))
        sheet.write(row, 2, values.get(key.id, THRESHOLDS.get(key.id)), _input(key))
        _choices(sheet, key, row, row, 2)
        sheet.write(row, 3, _explained(key), WRAPPED.but(rule="row", colour="muted"))
    sheet.widths({1: 20, 2: 24, 3: 60})
    sheet.freeze(top + 1)


def _table(sheet: Sheet, section: Section, rows: Sequence[Mapping[str, CellValue]]) -> None:
    top = sheet.head(section.title, max(5, len(section.keys)), lines=[section.help, "各列怎么填，见“填写说明”。"])
    for column, key in enumerate(section.keys, 1):
        sheet.write(top, column, key.title, HEADER)
    last = top + max(len(rows), SPARE_ROWS)
    for row in range(top + 1, last + 1):
        values = rows[row - top - 1] if row - top <= len(rows) else {}
        for column, key in enumerate(section.keys, 1):
            sheet.write(row, column, values.get(key.id), _input(key))
    for column, key in enumerate(section.keys, 1):
        _choices(sheet, key, top + 1, last, column)
        sheet.width(column, max(sheet.column_width(column), 14))
    sheet.freeze(top + 1)
    sheet.page.repeat = (top, top)


def _input(key: Key) -> Style:
    return INPUT.but(kind=KINDS.get(key.kind, "text"))


def _choices(sheet: Sheet, key: Key, first: int, last: int, column: int) -> None:
    words = ("是", "否") if key.kind == "yes-no" else key.choices
    if words:
        sheet.choices(sheet.area(first, column, last, column), words, f"{key.title}只能是：{'、'.join(words)}")


def _explained(key: Key) -> str:
    return f"{key.help}（必填）" if key.required else key.help


def default_rows() -> dict[str, list[dict[str, CellValue]]]:
    """Give what a new school finds filled in already: nothing that is the school's own to say."""
    return {"uniform_prices": [{"style": style, "price": None} for style in ("夏装", "春秋装", "冬装")],
            "thresholds": [{key: Decimal(value) for key, value in THRESHOLDS.items()}]}  # fmt: skip
