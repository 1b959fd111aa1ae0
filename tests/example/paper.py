"""Sheets of an office as they look: cells with styles, merges, widths; written as .xlsx or as legacy .xls."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

CREATED = datetime(2025, 9, 12)  # noqa: DTZ001  (a workbook's date has no zone)
SONG = {"font_name": "宋体", "font_size": 10.5, "valign": "vcenter"}
BOX = {**SONG, "border": 1, "align": "center"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {**SONG, "font_size": 16, "bold": True, "align": "center"},
    "info": {**SONG, "align": "left"},
    "right": {**SONG, "align": "right"},
    "head": {**BOX, "bold": True, "text_wrap": True},
    "body": BOX,
    "left": {**BOX, "align": "left"},
    "wrap": {**BOX, "align": "left", "text_wrap": True},
    "category": {**BOX, "align": "left", "bold": True},
    "money": {**BOX, "align": "right", "num_format": "#,##0.00"},
    "number": {**BOX, "align": "right"},
    "percent": {**BOX, "align": "right", "num_format": "0.00"},
    "date": {**BOX, "num_format": "yyyy/m/d"},
    "month-day": {**BOX, "num_format": 'm"月"d"日"'},
    "total": {**BOX, "bold": True},
    "total-money": {**BOX, "bold": True, "align": "right", "num_format": "#,##0.00"},
    "foot": {**SONG, "align": "left"},
    "key": {**BOX, "align": "left", "bg_color": "#F2F2F2"},
}


@dataclass(frozen=True)
class Formula:
    """A formula with the value that Excel stored for it."""

    text: str
    value: object


@dataclass
class Paper:
    """One sheet; rows and columns count from 1."""

    name: str
    cells: dict[tuple[int, int], tuple[object, str]] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden: bool = False
    hidden_row: int = 0
    hidden_column: int = 0
    landscape: bool = False
    typed: dict[str, tuple[str | None, str]] = field(default_factory=dict)  # cell -> as typed, what it should become

    def put(self, row: int, column: int, value: object, style: str = "body") -> None:
        """Write a cell."""
        self.cells[row, column] = (value, style)

    def merge(self, area: tuple[int, int, int, int], value: object, style: str = "head") -> None:
        """Merge top, left, bottom, right and write the one value; a single cell is only written."""
        top, left, bottom, right = area
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self.cells[row, column] = (None, style)
        self.cells[top, left] = (value, style)
        if (top, left) != (bottom, right):
            self.merges.append(area)

    def line(self, row: int, values: list[object], style: str = "body", start: int = 1) -> None:
        """Write values side by side."""
        for column, value in enumerate(values, start):
            self.put(row, column, value, style)

    def frame(self, row: int, last: int, style: str = "body") -> None:
        """Draw the borders of a row's empty cells."""
        for column in range(1, last + 1):
            self.cells.setdefault((row, column), (None, style))


def write_xlsx(path: Path, *papers: Paper) -> None:
    """Write sheets as .xlsx, with the same bytes each time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    book.set_properties({"author": "", "created": CREATED})
    formats = {name: book.add_format(props) for name, props in STYLES.items()}
    for paper in papers:
        sheet = book.add_worksheet(paper.name)
        _lay_out(sheet, paper)
        for (row, column), (value, style) in sorted(paper.cells.items()):
            _write(sheet, row - 1, column - 1, value, formats[style])
        for area in paper.merges:
            _merge(sheet, paper, area, formats)
    book.close()


def _lay_out(sheet: Any, paper: Paper) -> None:
    for column, width in paper.widths.items():
        sheet.set_column(column - 1, column - 1, width)
    for row, height in paper.heights.items():
        sheet.set_row(row - 1, height)
    sheet.set_default_row(18)
    if paper.hidden_row:
        sheet.set_row(paper.hidden_row - 1, None, None, {"hidden": True})
    if paper.hidden_column:
        sheet.set_column(paper.hidden_column - 1, paper.hidden_column - 1, 10, None, {"hidden": True})
    if paper.hidden:
        sheet.hide()
    if paper.landscape:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, Formula):
        stored = value.value
        sheet.write_formula(row, column, value.text, style, float(stored) if isinstance(stored, Decimal) else stored)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
    else:
        sheet.write_number(row, column, float(value), style)


def _merge(sheet: Any, paper: Paper, area: tuple[int, int, int, int], formats: dict[str, Any]) -> None:
    top, left, bottom, right = area
    value, style = paper.cells[top, left]
    sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats[style])
    _write(sheet, top - 1, left - 1, value, formats[style])


def write_xls(path: Path, *papers: Paper) -> None:
    """Write sheets as BIFF8 .xls by xlwt, which only this file needs: pip install --target DIR xlwt, on PYTHONPATH.

    Without xlwt the committed file stays as it is: it is the reference.
    """
    try:
        import xlwt  # noqa: PLC0415
    except ImportError:
        sys.stdout.write(f"{path.name}: 没有安装 xlwt，保留原来的文件。\n")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlwt.Workbook(encoding="utf-8")
    styles = {name: _xls_style(xlwt, props) for name, props in STYLES.items()}
    for paper in papers:
        sheet = book.add_sheet(paper.name, cell_overwrite_ok=True)
        for column, width in paper.widths.items():
            sheet.col(column - 1).width = int(width * 256)
        covered = {(r, c) for t, le, b, ri in paper.merges for r in range(t, b + 1) for c in range(le, ri + 1)}
        for (row, column), (value, style) in sorted(paper.cells.items()):
            if (row, column) not in covered:
                stored = float(value) if isinstance(value, Decimal) else value
                sheet.write(row - 1, column - 1, "" if stored is None else stored, styles[style])
        for top, left, bottom, right in paper.merges:
            value, style = paper.cells[top, left]
            sheet.write_merge(top - 1, bottom - 1, left - 1, right - 1, value, styles[style])
    book.save(str(path))


def _xls_style(xlwt: Any, props: dict[str, Any]) -> Any:
    box = "borders: left thin, right thin, top thin, bottom thin;" if props.get("border") else ""
    bold = "on" if props.get("bold") else "off"
    style = xlwt.easyxf(
        f"font: name 宋体, height {int(props['font_size'] * 20)}, bold {bold};"
        f"align: horiz {props.get('align', 'left')}, vert centre, wrap on; {box}"
    )
    style.num_format_str = props.get("num_format", "General")
    return style
