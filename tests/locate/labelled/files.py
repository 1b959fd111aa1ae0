"""A labelled sheet as the workbook that an office would have sent."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from houqin.model import Kind

if TYPE_CHECKING:
    from houqin.model import Grid

_FAR_ROW, _FAR_COLUMN = 400, 16383


def workbook_of(grid: Grid, *, far: bool = False) -> bytes:
    """Give the bytes of an xlsx; with `far` its used range reaches the last column by blank cells with borders."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        bold, day, bordered = (book.add_format(style) for style in ({"bold": True}, {"num_format": 14}, {"border": 1}))
        for merge in grid.merges:
            sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
        for row in range(1, grid.rows + 1):
            for column in range(1, grid.columns + 1):
                cell = grid.cell(row, column)
                at = (row - 1) * grid.columns + column - 1
                if at in grid.formulas:
                    value = "" if at in grid.unstored else cell.value
                    sheet.write_formula(row - 1, column - 1, "=0", None, value)
                elif cell.kind == Kind.TEXT:
                    sheet.write_string(row - 1, column - 1, str(cell.value), bold if at in grid.bold else None)
                elif cell.kind != Kind.BLANK:
                    sheet.write_number(row - 1, column - 1, float(cell.value), day if cell.kind == Kind.DATE else None)
        for row in sorted(grid.hidden_rows):
            sheet.set_row(row - 1, None, None, {"hidden": True})
        if far:
            sheet.write_blank(0, _FAR_COLUMN, None, bordered)
            sheet.write_blank(grid.rows + _FAR_ROW, 0, None, bordered)
    return data.getvalue()
