"""A statement as lines that add one another up, written with live formulas; what stands in it is its user's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.workbook import FORM_CELL, FORM_HEADER, Formula, Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.workbook import CellValue, Sheet

RATIO = Decimal("0.0001")  # 3.24 %
ITEM = FORM_CELL
AMOUNT = FORM_CELL.but(kind="money", wrap=False)
RATE = FORM_CELL.but(kind="percent", wrap=False)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its own amounts (a cell or a sum, one a column), or lines added and taken away, or one over another.

    `plus`, `minus` and `over` are positions of lines in the statement. `link` leads to the rows of the amounts.
    """

    text: str
    own: tuple[CellValue, ...] = ()
    plus: tuple[int, ...] = ()
    minus: tuple[int, ...] = ()
    over: tuple[int, int] | None = None
    link: Link | None = None
    bold: bool = False
    indent: int = 0
    note: str = ""


def write_statement(sheet: Sheet, top: int, heads: Sequence[str], lines: Sequence[Line]) -> list[list[CellValue]]:
    """Write header and lines from a row on, 项目 first and 备注 last; give the cells of each line's amounts."""
    for column, head in enumerate(("项目", *heads, "备注"), 1):
        sheet.write(top, column, head, FORM_HEADER)
    sheet.height(top, 26)
    made = [[_amount(lines, number, at, top + 1) for at in range(len(heads))] for number in range(len(lines))]
    for number, (line, cells) in enumerate(zip(lines, made, strict=True)):
        row = top + 1 + number
        sheet.write(row, 1, line.text, ITEM.but(bold=line.bold, indent=line.indent))
        for column, cell in enumerate(cells, 2):
            style = (RATE if line.over else AMOUNT).but(bold=line.bold)
            if line.link is not None and cell is not None:
                sheet.number_link(row, column, line.link.target, cell, style)
            else:
                sheet.write(row, column, cell, style)
        sheet.write(row, len(heads) + 2, line.note or None, ITEM.but(size=9))
        sheet.height(row, 21 if len(lines) > 20 else 24)
    return made


def _amount(lines: Sequence[Line], number: int, at: int, first: int) -> CellValue:
    """Give the cell of a line in a column, as a formula over the cells of the lines that make it up."""
    line = lines[number]
    letter = column_letter(at + 2)
    if line.over is not None:
        above, below = (f"{letter}{first + each}" for each in line.over)
        value = ratio(value_of(lines, line.over[0], at), value_of(lines, line.over[1], at))
        return Formula(f'IF(N({below})=0,"",ROUND({above}/{below},4))', "" if value is None else value)
    if not line.plus and not line.minus:
        return line.own[at] if line.own else None
    value = value_of(lines, number, at)
    if value is None:
        return None
    inner = "+".join(f"N({letter}{first + each})" for each in line.plus) or "0"
    if len(line.plus) > 2 and list(line.plus) == list(range(line.plus[0], line.plus[-1] + 1)):
        inner = f"SUM({letter}{first + line.plus[0]}:{letter}{first + line.plus[-1]})"
    inner += "".join(f"-N({letter}{first + each})" for each in line.minus)
    return Formula(f"ROUND({inner},2)", value)


def value_of(lines: Sequence[Line], number: int, at: int) -> Decimal | None:
    """Give a line's amount in a column; None where it and all that makes it up is blank."""
    line = lines[number]
    if not line.plus and not line.minus:
        cell = line.own[at] if line.own else None
        value = cell.value if isinstance(cell, Formula) else cell
        return Decimal(value) if isinstance(value, int | Decimal) else None
    added = [value_of(lines, each, at) for each in line.plus]
    taken = [value_of(lines, each, at) for each in line.minus]
    if all(each is None for each in (*added, *taken)):
        return None
    return sum((each or Decimal(0) for each in added), Decimal(0)) - sum(
        (each or Decimal(0) for each in taken), Decimal(0)
    )


def ratio(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """Divide to four places, half away from zero as Excel's ROUND does; None where nothing is to be divided by."""
    if not below:
        return None
    return ((above or Decimal(0)) / below).quantize(RATIO, ROUND_HALF_UP)
