"""Tables on a sheet: typed columns under one header row, and a 合计 row of live formulas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.workbook.address import Area
from houqin.workbook.cell import Formula, Link
from houqin.workbook.look import HEADER, NOTE, WRAPPED, Style, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.workbook.cell import CellValue
    from houqin.workbook.sheet import Sheet

# Beyond this many rows an address is text: Excel holds 65,530 links a sheet.
LINKED_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a table. `width` 0 is from the content; `total` is "" (none), "sum", or a formula with its value."""

    title: str
    style: Style = WRAPPED
    width: float = 0
    total: str | Formula = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a table stands: header row, first and last row of the body (last < first when empty), total row or None."""

    sheet: str
    header: int
    first: int
    last: int
    left: int
    right: int
    total: int | None = None

    @property
    def next_row(self) -> int:
        """The first free row below, one row kept blank."""
        return max(self.last, self.first, self.total or 0) + 2

    @property
    def filter_area(self) -> Area:
        """Header and body, without the total."""
        return Area(self.sheet, self.header, self.left, max(self.last, self.header), self.right)

    def column(self, number: int) -> Area:
        """The body of a column, counted from 0 as `columns` was given."""
        return Area(self.sheet, self.first, self.left + number, max(self.first, self.last), self.left + number)

    def cell(self, row: int, number: int) -> Area:
        """A cell of the body, row and column counted from 0."""
        return Area(self.sheet, self.first + row, self.left + number, self.first + row, self.left + number)


def write_table(  # noqa: PLR0913  (called by Sheet.table alone)
    sheet: Sheet, top: int, left: int, columns: Sequence[Col], rows: Sequence[Sequence[CellValue]], *, total_label: str
) -> Placed:
    """Write header, body and totals; an empty table says （无记录）.

    A total is a SUM, not a SUBTOTAL: other sheets read it, and a filter left on must not change their figures.
    """
    for number, column in enumerate(columns):
        sheet.write(top, left + number, column.title, HEADER)
        if column.width:
            sheet.width(left + number, column.width)
    first, right = top + 1, left + len(columns) - 1
    if not rows:
        sheet.write(first, left, "（无记录）", NOTE)
        return Placed(sheet.name, top, first, first - 1, left, right)
    if any(len(row) != len(columns) for row in rows):
        raise ValueError(f"{sheet.name}: a row has not as many values as there are {len(columns)} columns")
    for number, column in enumerate(columns):
        _write_column(sheet, first, left + number, [row[number] for row in rows], column.style.but(rule="row"))
    placed = Placed(sheet.name, top, first, first + len(rows) - 1, left, right)
    if not any(column.total for column in columns):
        return placed
    total = placed.last + 1
    _write_totals(sheet, placed, columns, rows, total_label)
    return Placed(sheet.name, top, first, placed.last, left, right, total)


def _write_column(sheet: Sheet, top: int, column: int, values: list[CellValue], style: Style) -> None:
    """Write a column; links look like links, and where they are too many for Excel their texts remain."""
    if Link in set(map(type, values)):
        if len(values) > LINKED_ROWS:
            values = [value.text if isinstance(value, Link) else value for value in values]
        else:
            linked = style.but(colour="accent", underline=True)
            for row, value in enumerate(values, top):
                sheet.write(row, column, value, linked if isinstance(value, Link) else style)
            return
    sheet.column(top, column, values, style)


def _write_totals(
    sheet: Sheet, placed: Placed, columns: Sequence[Col], rows: Sequence[Sequence[CellValue]], label: str
) -> None:
    row = placed.last + 1
    for number, column in enumerate(columns):
        at = placed.left + number
        style = column.style.but(rule="total", bold=True, fill="band")
        if column.total == "sum":
            letter = column_letter(at)
            formula = f"SUM({letter}{placed.first}:{letter}{placed.last})"
            sheet.formula(row, at, formula, column_sum(rows, number), style)
        elif column.total:
            sheet.write(row, at, column.total, style)
        else:
            sheet.write(row, at, label if number == 0 else None, style.but(kind="text", align="left", wrap=False))
    if text_width(label) > 8:
        return
    sheet.height(row, 21)


def column_sum(rows: Sequence[Sequence[CellValue]], number: int) -> Decimal:
    """Add up a column's numbers exactly; blanks and texts count nothing, a formula by its value."""
    total = Decimal(0)
    for row in rows:
        given = row[number]
        value = given.value if isinstance(given, Formula) else given
        if value is not None and not isinstance(value, str | bool | Link):
            total += Decimal(value)
    return total
