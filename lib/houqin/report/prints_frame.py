"""The frame of a printed form: title, 填报单位(盖章), date and unit, boxed rows, 合计, cells to sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.report.words import chinese_date, term
from houqin.workbook import FORM_CELL, FORM_HEADER, FORM_LINE, FORM_TITLE, Formula, Style, column_sum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

ROW_HEIGHT = 22.0
SIGN_HEIGHT = 44.0  # room for a name by hand
EXAMPLE = "【示例】"
CENTRED = FORM_CELL.but(align="center")
NUMBER = FORM_CELL.but(kind="quantity", wrap=False, align="center")
MONEY_CELL = FORM_CELL.but(kind="money", wrap=False)


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column of a form: its header, its width in characters, its cells; `total` asks for a sum."""

    title: str
    width: float
    style: Style = FORM_CELL
    total: bool = False


@dataclass(frozen=True, slots=True)
class FormRows:
    """Where the rows of a form stand."""

    first: int
    last: int
    total: int | None

    @property
    def next_row(self) -> int:
        """The row below."""
        return max(self.last, self.total or 0) + 1


@dataclass(frozen=True, slots=True)
class Frame:
    """A form on a sheet: as many columns, for a school, at a date."""

    sheet: Sheet
    school: School
    as_of: str
    widths: tuple[float, ...]

    @property
    def columns(self) -> int:
        """How many columns the form has."""
        return len(self.widths)

    def prepare(self, *, landscape: bool = False) -> None:
        """Fix the columns' widths and turn the page."""
        self.sheet.widths(dict(enumerate(self.widths, 1)))
        self.sheet.page.landscape = landscape

    def head(self, title: str, *, row: int = 1, unit: str = "", mark: str = "", left: str = "") -> int:
        """Write title, term, and the line of 填报单位, date and unit; give the row below. `mark` is 第一联 存根."""
        name = (EXAMPLE if self.school.is_example else "") + self.school.name + title
        self._line(row, name, FORM_TITLE, 32)
        self._line(
            row + 1, f"（{term(self.school)}）" + (f"　{mark}" if mark else ""), FORM_LINE.but(align="center"), 20
        )
        right = chinese_date(self.as_of) + (f"　　单位：{unit}" if unit else "")
        cut = self.cut(0.55)
        self.sheet.merge((row + 2, 1, row + 2, cut), left or f"填报单位（盖章）：{self.school.name}", FORM_LINE)
        self.sheet.merge((row + 2, cut + 1, row + 2, self.columns), right, FORM_LINE.but(align="right"))
        self.sheet.height(row + 2, 24)
        return row + 3

    def table(
        self, top: int, columns: Sequence[FormColumn], rows: Sequence[Sequence[CellValue]], *,
        total: str | None = None, height: float = ROW_HEIGHT,
    ) -> FormRows:  # fmt: skip
        """Write header, rows and 合计 (live sums)."""
        for number, column in enumerate(columns, 1):
            self.sheet.write(top, number, column.title, FORM_HEADER)
        lines = max(self.sheet.lines(c.title, c.width) for c in columns)
        self.sheet.height(top, 24.0 if lines == 1 else lines * 15 + 8.0)
        return self.body(top + 1, columns, rows, total=total, height=height)

    def body(
        self, top: int, columns: Sequence[FormColumn], rows: Sequence[Sequence[CellValue]], *,
        total: str | None = None, height: float = ROW_HEIGHT,
    ) -> FormRows:  # fmt: skip
        """Write rows and 合计 below a header."""
        for offset, values in enumerate(rows):
            lines = 1
            for number, (value, column) in enumerate(zip(values, columns, strict=True), 1):
                self.sheet.write(top + offset, number, value, column.style)
                if isinstance(value, str) and column.style.wrap:
                    lines = max(lines, self.sheet.lines(value, column.width))
            self.sheet.height(top + offset, height if lines == 1 else max(height, lines * 15 + 6))
        last = top + len(rows) - 1
        if total is None or not rows:
            return FormRows(top, last, None)
        labelled = 1 if len(columns) == 1 or columns[1].total else 2
        for number, column in enumerate(columns, 1):
            style = column.style.but(bold=True)
            if column.total:
                self.sheet.formula(last + 1, number, sum_of(number, top, last), column_sum(rows, number - 1), style)
            else:
                label = total if number == labelled else None
                self.sheet.write(last + 1, number, label, style.but(kind="text", align="center", wrap=False))
        self.sheet.height(last + 1, max(height, ROW_HEIGHT))
        return FormRows(top, last, last + 1)

    def boxed(self, row: int, label: str, value: CellValue, *, height: float = 28) -> int:
        """Write a boxed line: a label over the first columns, a value over the rest; give the row below."""
        cut = self.cut(0.18)
        self.sheet.merge((row, 1, row, cut), label, CENTRED.but(bold=True))
        self.sheet.merge((row, cut + 1, row, self.columns), value, FORM_CELL.but(bold=True))
        self.sheet.height(row, height)
        return row + 1

    def note(self, row: int, text: str) -> int:
        """Write a line over the whole width, as high as it needs; give the row below."""
        lines = self.sheet.lines(text, sum(self.widths))
        self._line(row, text, FORM_LINE.but(wrap=True, size=10), max(18, lines * 15 + 4))
        return row + 1

    def sign(self, row: int, posts: Sequence[str], *, height: float = SIGN_HEIGHT) -> int:
        """Write boxed cells to sign in, a post each, by the school's own titles; give the row below."""
        first, lines = 1, 1
        for post, last in zip(posts, even_ends(self.widths, len(posts)), strict=True):
            title = self.school.posts.get(post, post)
            lines = max(lines, self.sheet.lines(title, sum(self.widths[first - 1 : last])))
            self.sheet.merge((row, first, row, last), title, CENTRED.but(bold=True))
            date = FORM_CELL.but(align="right", valign="bottom", size=9, wrap=False)
            self.sheet.merge((row + 1, first, row + 1, last), "年　月　日", date)
            first = last + 1
        self.sheet.height(row, 22.0 if lines == 1 else 18.0 * lines)
        self.sheet.height(row + 1, height)
        return row + 2

    def missing(self, title: str, form_titles: Sequence[str], reason: str = "") -> None:
        """Write a clean form that says what is missing instead of rows."""
        row = self.head(title)
        text = reason or f"本期无资料：缺{'、'.join(f'《{t}》' for t in form_titles)}。"
        self.sheet.merge((row, 1, row, self.columns), text, CENTRED.but(wrap=False))
        self.sheet.height(row, 60)
        if not reason:
            self.note(row + 1, "把该表放进“收件箱”后重新运行，即可生成本单据。")

    def cut(self, share: float) -> int:
        """Give the column at which about a share of the width ends; at least one column is left on either side."""
        goal, passed = sum(self.widths) * share, 0.0
        best, distance = 1, float("inf")
        for number, width in enumerate(self.widths[:-1], 1):
            passed += width
            if abs(passed - goal) < distance:
                best, distance = number, abs(passed - goal)
        return best

    def _line(self, row: int, text: str, style: Style, height: float) -> None:
        self.sheet.merge((row, 1, row, self.columns), text, style)
        self.sheet.height(row, height)


def even_ends(widths: Sequence[float], parts: int) -> list[int]:
    """Give the last column of each part, such that the parts are as even in width as columns allow.

    >>> even_ends([5, 15, 5, 15, 20], 3)
    [2, 4, 5]
    """
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for part in range(1, parts + 1):
        for end in range(part, len(widths) - (parts - part) + 1):
            ways = [
                (cost + sum(widths[start:end]) ** 2, [*ends, end])
                for (done, start), (cost, ends) in best.items()
                if done == part - 1 and start < end
            ]
            best[part, end] = min(ways)
    return best[parts, len(widths)][1]


def sum_of(column: int, first: int, last: int) -> str:
    """Give SUM(G5:G30)."""
    letter = column_letter(column)
    return f"SUM({letter}{first}:{letter}{last})"


__all__ = ["CENTRED", "MONEY_CELL", "NUMBER", "FormColumn", "FormRows", "Formula", "Frame", "sum_of"]
