"""One sheet being written: cells, links, heads, page set-up; widths and heights are fitted at the end.

Rows and columns count from 1, as everywhere in houqin.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from numbers import Integral
from typing import TYPE_CHECKING, Any, NamedTuple

from houqin.errors import FailedRun
from houqin.model import a1
from houqin.workbook.address import Area
from houqin.workbook.cell import Formula, Link
from houqin.workbook.chart import Series, build_chart
from houqin.workbook.finished import SHORT, Looks, finished
from houqin.workbook.fitting import EPOCH, ISO_DATE, exact_of, url_of, width_of
from houqin.workbook.limits import Limit, validation
from houqin.workbook.look import (
    COLOURS,
    HEADING,
    LINK,
    NOTE,
    TEXT,
    TITLE,
    VERDICTS,
    Style,
    lines_needed,
)
from houqin.workbook.page import Page, set_page
from houqin.workbook.strict import known_functions, refused, strictly
from houqin.workbook.table import Col, Placed, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.workbook.book import Workbook
    from houqin.workbook.cell import CellValue, Stored

# Excel's limit of links a sheet; xlsxwriter drops what is beyond with a mere warning.
MAX_LINKS = 65_530
WIDEST, NARROWEST = 42.0, 5.0


class _Wrapped(NamedTuple):
    """A text that may need several lines, and the columns that it lies over."""

    row: int
    left: int
    right: int
    text: str
    size: int


class Sheet:
    """A sheet of a workbook; made by `Workbook.sheet`."""

    def __init__(self, book: Workbook, raw: Any, name: str, *, landscape: bool = False) -> None:  # noqa: ANN401
        self.book = book
        self.name = name
        self.page = Page(landscape=landscape, title=book.title)
        self.row_height = 18.0
        self._raw = raw
        self._links = 0
        self._fitted: dict[int, float] = {}
        self._fixed: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._wrapped: list[_Wrapped] = []
        raw.hide_gridlines(2)

    # ---- cells

    def write(self, row: int, column: int, value: CellValue, style: Style = TEXT) -> None:
        """Write a value by its type; text is never taken for a formula, an ISO date in a date style becomes a date."""
        kind = type(value)
        if kind is str:
            self.text(row, column, value, style)  # type: ignore[arg-type]
        elif kind is Decimal or kind is int:
            self.number(row, column, value, style)  # type: ignore[arg-type]
        elif value is None:
            self._done(self._raw.write_blank(row - 1, column - 1, None, self.book.format(style)), row, column)
        elif isinstance(value, Formula):
            self.formula(row, column, value.text, value.value, style)
        elif isinstance(value, Link):
            self.link(row, column, value.target, value.text, style)
        elif isinstance(value, bool):
            self.text(row, column, "是" if value else "否", style)
        elif isinstance(value, Integral):
            self.number(row, column, int(value), style)
        else:
            raise TypeError(f"{a1(row, column)}: {type(value).__name__} is no cell value")

    def column(self, top: int, column: int, values: Sequence[CellValue], style: Style) -> None:
        """Write values below one another in one style: the same as `write` for each, in less time."""
        whole, parts = self.book.format(style), self.book.format(style, decimals=style.kind == "quantity")
        text, number, plain = self._raw.put_text, self._raw.put_number, style.kind != "date"
        seen: set[str | int | Decimal] = set()
        if values and not self._raw.begin_column(top - 1, top + len(values) - 2, column - 1):
            self._done(-1, top, column)
        if len(values) >= self.book.long_from:
            self._long_column(top, column, values, style)
            return
        for row, value in enumerate(values, top):
            kind = type(value)
            if kind is str and plain and 0 < len(value) <= SHORT:  # type: ignore[arg-type]
                text(row - 1, column - 1, value, whole)
                seen.add(value)  # type: ignore[arg-type]
                if style.wrap and (len(value) > 4 or "\n" in value):  # type: ignore[arg-type, operator]
                    self._wrapped.append(_Wrapped(row, column, column, value, style.size or 11))  # type: ignore[arg-type]
            elif kind is Decimal or kind is int:
                exact = exact_of(value)  # type: ignore[arg-type]
                number(row - 1, column - 1, exact, whole if type(exact) is int else parts)
                seen.add(exact)
            else:
                self.write(row, column, value, style)
        if seen:
            widest = max(width_of(each, style) for each in seen)
            self._fitted[column] = max(self._fitted.get(column, 0.0), widest)

    def _long_column(self, top: int, column: int, values: Sequence[CellValue], style: Style) -> None:
        """Write a long column: each text or number is made into a finished cell; the rest as `write` does."""
        whole = self._raw.tails(self.book.format(style))
        parts = self._raw.tails(self.book.format(style, decimals=style.kind == "quantity"))
        tails, widest = finished(values, Looks(whole, parts, dated=style.kind == "date"))
        self._raw.put_column(top - 1, column - 1, tails)
        if "" in tails:
            for row, (value, tail) in enumerate(zip(values, tails, strict=True), top):
                if not tail:
                    self.write(row, column, value, style)
        if style.wrap:
            size = style.size or 11
            self._wrapped += [
                _Wrapped(row, column, column, value, size)
                for row, value in enumerate(values, top)
                if type(value) is str and (len(value) > 4 or "\n" in value)
            ]
        if widest:
            width = max(width_of(each, style) for each in widest)
            self._fitted[column] = max(self._fitted.get(column, 0.0), width)

    def text(self, row: int, column: int, value: str, style: Style = TEXT) -> None:
        """Write a string, whatever it looks like; only in a date style an ISO date becomes a date."""
        if style.kind == "date" and ISO_DATE.fullmatch(value):
            serial = (date.fromisoformat(value) - EPOCH).days
            self._done(self._raw.write_number(row - 1, column - 1, serial, self.book.format(style)), row, column)
        elif value == "":
            self._done(self._raw.write_blank(row - 1, column - 1, None, self.book.format(style)), row, column)
        else:
            self._done(self._raw.write_string(row - 1, column - 1, value, self.book.format(style)), row, column)
        self._fit(row, column, value, style)

    def mark(self, row: int, column: int, value: str) -> None:
        """Write a small pale text for programs, running to the left, for which no column is made wider."""
        style = NOTE.but(size=7, align="right", colour="rule")
        self._done(self._raw.write_string(row - 1, column - 1, value, self.book.format(style)), row, column)

    def number(self, row: int, column: int, value: int | Decimal, style: Style) -> None:
        """Write an exact number; a quantity shows decimals only where it has some."""
        exact = exact_of(value)
        decimals = style.kind == "quantity" and isinstance(exact, Decimal)
        form = self.book.format(style, decimals=decimals)
        self._done(self._raw.write_number(row - 1, column - 1, exact, form), row, column)
        self._fit(row, column, exact, style)

    def formula(self, row: int, column: int, formula: str, value: Stored, style: Style = TEXT) -> None:
        """Write a live formula with its value; FailedRun without one."""
        where = f"“{self.name}”{a1(row, column)}"
        if value is None or isinstance(value, float):
            raise FailedRun(f"{where}的公式没有给出精确的值：{formula}")
        shown = value if isinstance(value, str | bool) else exact_of(value)
        decimals = style.kind == "quantity" and isinstance(shown, Decimal)
        body = known_functions(formula, where)
        code = self._raw.write_formula(row - 1, column - 1, body, self.book.format(style, decimals=decimals), shown)
        self._done(code, row, column)
        self._fit(row, column, str(value) if isinstance(value, bool) else shown, style)

    def link(self, row: int, column: int, target: str, text: str, style: Style = LINK) -> None:
        """Write a text that leads to a target of `internal()` or `external()`."""
        if self._links >= MAX_LINKS:
            raise FailedRun(f"工作表“{self.name}”的链接超过 Excel 的上限 {MAX_LINKS:,} 个。")
        self._links += 1
        try:
            code = self._raw.write_url(row - 1, column - 1, url_of(target, text), self.book.format(style))
        except ValueError as fault:
            raise FailedRun(f"“{self.name}”{a1(row, column)}的链接没有写成：{fault}") from fault
        self._done(code, row, column)
        self._fit(row, column, text, style)

    def number_link(self, row: int, column: int, target: str, value: CellValue, style: Style) -> None:
        """Write a number or a formula that is a link as well: the figure leads to its rows."""
        self.link(row, column, target, "", style)
        self.write(row, column, value, style)

    def merge(self, area: tuple[int, int, int, int], value: CellValue, style: Style = TEXT) -> None:
        """Write one value over (top, left, bottom, right); for titles and forms, never in a ledger."""
        top, left, bottom, right = area
        if (top, left) != (bottom, right):
            with refused(f"“{self.name}”{a1(top, left)}的合并"):
                code = self._raw.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", self.book.format(style))
            self._done(code, top, left)
        if right == left:
            self.write(top, left, value, style)
            return
        if style.wrap:
            self._wrapped.append(_Wrapped(top, left, right, str(value or ""), style.size or 11))
        if style.wrap and isinstance(value, str) and value:
            self._done(self._raw.write_string(top - 1, left - 1, value, self.book.format(style)), top, left)
            return
        alone = self._fitted.pop(left, None)
        self.write(top, left, value, style.but(wrap=False))
        self._fitted.pop(left, None)  # a title is no reason for a wide first column
        if alone is not None:
            self._fitted[left] = alone

    def verdict(self, row: int, column: int, word: str, style: Style = TEXT) -> None:
        """Write a verdict (通过, 不符, 未核, 待答, or a level) with its symbol and colour."""
        symbol, colour = VERDICTS[word]
        self.text(row, column, f"{symbol} {word}", style.but(colour=colour, bold=True))

    # ---- blocks

    def head(self, title: str, columns: int, *, lines: Sequence[str] = (), verdict: str | None = None) -> int:
        """Write title, lines and the master verdict over a sheet's columns; give the next free row."""
        mark = "【示例】" if self.book.example else ""
        self.merge((1, 1, 1, columns), mark + title, TITLE)
        self.height(1, 30)
        row = 2
        for line in lines:
            self.merge((row, 1, row, columns), line, NOTE.but(wrap=True))
            row += 1
        if verdict is not None:
            symbol, colour = VERDICTS[verdict.split("：")[0].split("，")[0]]
            self.merge((row, 1, row, columns), f"{symbol} {verdict}", HEADING.but(colour=colour, size=11))
            row += 1
        return row + 1

    def table(  # noqa: PLR0913  (options by keyword)
        self,
        top: int,
        left: int,
        columns: Sequence[Col],
        rows: Sequence[Sequence[CellValue]],
        *,
        total_label: str = "合计",
        autofilter: bool = True,
        freeze: bool = True,
    ) -> Placed:
        """Write a table with one header row; a 合计 row of live formulas where a column asks for it."""
        placed = write_table(self, top, left, columns, rows, total_label=total_label)
        if autofilter:
            self.autofilter(placed.filter_area)
        if freeze:
            self.freeze(top + 1)
        self.page.repeat = (top, top)
        return placed

    def chart(  # noqa: PLR0913  (options by keyword)
        self,
        row: int,
        column: int,
        *,
        title: str,
        categories: Area,
        series: Sequence[Series],
        kind: str = "column",
        stacked: bool = False,
        size: tuple[int, int] = (640, 320),
    ) -> None:
        """Place a bar or column chart with labelled values; its title says what it shows."""
        chart = self.book.add_chart(kind, stacked=stacked)
        with strictly(f"图表“{title}”"):
            build_chart(chart, title=title, categories=categories, series=series, kind=kind, face=self.book.face)
            chart.set_size({"width": size[0], "height": size[1]})
            self._done(self._raw.insert_chart(row - 1, column - 1, chart, {"object_position": 2}), row, column)

    def highlight(self, area: Area, formula: str, fill: str, *, colour: str = "black", bold: bool = False) -> None:
        """Colour the cells of an area where a formula (written for its first cell) holds."""
        look = {"bg_color": COLOURS[fill], "font_color": COLOURS[colour], "bold": bold}
        options = {
            "type": "formula",
            "criteria": "=" + known_functions(formula, self.name),
            "format": self.book.plain_format(look),
        }
        with strictly(f"“{self.name}”的条件格式"):
            self._done(self._raw.conditional_format(area.local.replace("$", ""), options), area.top, area.left)

    # ---- shape

    def width(self, column: int, width: float) -> None:
        """Fix a column's width, in characters."""
        self._fixed[column] = width

    def widths(self, widths: Mapping[int, float]) -> None:
        """Fix the widths of several columns."""
        self._fixed.update(widths)

    def height(self, row: int, points: float) -> None:
        """Fix a row's height."""
        self._heights[row] = points

    def tall(self, first: int, last: int) -> float:
        """Give the points that rows take, both ends included, as far as their heights are fixed."""
        return sum(self._heights.get(row, self.row_height) for row in range(first, last + 1))

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep what is above the row and left of the column in view."""
        self._raw.freeze_panes(row - 1, column - 1)

    def autofilter(self, area: Area) -> None:
        """Put filter buttons on the first row of an area."""
        code = self._raw.autofilter(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        self._done(code, area.top, area.left)

    def choices(self, area: Area, words: Sequence[str], message: str) -> None:
        """Put a drop-down list on an area; another entry is refused with the message."""
        rule = {"validate": "list", "source": list(words), "error_title": "请重新填写", "error_message": message}
        code = self._raw.data_validation(area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, rule)
        self._done(code, area.top, area.left)

    def limit(self, area: Area, limit: Limit) -> None:
        """Say what the cells of an area may hold, and tell it where one is chosen."""
        with strictly(f"“{self.name}”{area.local.replace('$', '')}的数据有效性"):
            code = self._raw.data_validation(
                area.top - 1, area.left - 1, area.bottom - 1, area.right - 1, validation(limit)
            )
        self._done(code, area.top, area.left)

    def protect(self) -> None:
        """Guard all cells but those of a free style, without a password: a hint, which a click takes off."""
        self._raw.protect("", {"format_columns": True, "format_rows": True, "format_cells": True})

    def area(self, top: int, left: int, bottom: int | None = None, right: int | None = None) -> Area:
        """Give an area of this sheet; of one cell where only its row and column are given."""
        return Area(self.name, top, left, bottom or top, right or left)

    def lines(self, text: str, width: float) -> int:
        """Count the lines that a text takes in a cell of a width."""
        return lines_needed(text, width)

    def column_width(self, column: int) -> float:
        """Give the width that a column will have."""
        if column in self._fixed:
            return self._fixed[column]
        return min(WIDEST, max(NARROWEST, self._fitted.get(column, 8.0)))

    def finish(self) -> None:
        """Fit widths, row heights and page; called by the workbook when it closes."""
        used = sorted({*self._fitted, *self._fixed})
        for column in used:
            self._done(self._raw.set_column(column - 1, column - 1, self.column_width(column)), 1, column)
        for row, height in sorted(self._row_heights().items()):
            self._done(self._raw.set_row(row - 1, height), row, 1)
        self._raw.set_default_row(self.row_height)
        with strictly(f"“{self.name}”的页面设置"):
            set_page(self._raw, self.page, sum(self.column_width(c) for c in used), len(used))

    def _row_heights(self) -> dict[int, float]:
        heights: dict[int, float] = {}
        widths: dict[tuple[int, int], float] = {}
        for row, left, right, text, size in self._wrapped:
            if (left, right) not in widths:
                widths[left, right] = sum(self.column_width(c) for c in range(left, right + 1))
            lines = lines_needed(text, widths[left, right] * 11 / size)
            if lines > 1 or size > 11:
                heights[row] = min(409.0, max(heights.get(row, self.row_height), lines * size * 1.45 + 4))
        return heights | self._heights

    def _fit(self, row: int, column: int, value: str | int | Decimal, style: Style) -> None:
        width = width_of(value, style)
        if style.wrap and isinstance(value, str) and (width > 8 or "\n" in value):
            self._wrapped.append(_Wrapped(row, column, column, value, style.size or 11))
        if width > self._fitted.get(column, 0):
            self._fitted[column] = width

    def _done(self, code: int | None, row: int, column: int) -> None:
        if code:
            raise FailedRun(f"工作表“{self.name}”{a1(row, column)}没有写成（代码 {code}）。")
