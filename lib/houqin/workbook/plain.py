"""A workbook of bare sheets: the values of grids with their kinds, number formats, merges and widths, nothing else."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from houqin.errors import FailedRun
from houqin.model import Kind
from houqin.workbook.address import legal_name
from houqin.workbook.book import CREATED
from houqin.workbook.look import SCREEN_FACE, text_width
from houqin.workbook.packing import QuickBook
from houqin.workbook.strict import strictly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Grid

# Excel's own ends.
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NARROWEST, _WIDEST = 5, 50
_MEASURED_ROWS = 500  # a column's width is taken from its first rows


def plain_workbook(grids: Sequence[Grid]) -> tuple[bytes, tuple[str, ...]]:
    """Give a workbook's bytes and its sheets' names, in order; a name that Excel refuses is made legal.

    Every text is written as text, whatever it looks like. FailedRun where a sheet is larger than Excel's.
    """
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False,
               "default_format_properties": {"font_name": SCREEN_FACE, "font_size": 11}}  # fmt: skip
    book = QuickBook(made, options)
    book.set_properties({"author": "houqin", "created": CREATED})
    names: list[str] = []
    formats: dict[tuple[str, bool], Any] = {}
    shown = False
    for grid in grids:
        name = legal_name(grid.sheet, {each.lower() for each in names})
        names.append(name)
        with strictly(f"工作表“{name}”"):
            sheet = book.add_worksheet(name)
            _write_sheet(book, sheet, grid, formats)
        if grid.visible and not shown:
            sheet.activate()
            sheet.set_first_sheet()
            shown = True
        elif not grid.visible:
            sheet.hide()
    with strictly("转换成的工作簿"):
        book.close()
    return made.getvalue(), tuple(names)


def _write_sheet(book: Any, sheet: Any, grid: Grid, formats: dict[tuple[str, bool], Any]) -> None:  # noqa: ANN401
    """Write a sheet; book and sheet are xlsxwriter's."""
    if grid.rows > _MOST_ROWS or grid.columns > _MOST_COLUMNS:
        raise FailedRun(f"“{grid.sheet}”有 {grid.rows} 行 {grid.columns} 列，超过 Excel 一张表的大小。")
    for column in range(1, grid.columns + 1):
        sheet.set_column(column - 1, column - 1, _width(grid, column),
                         None, {"hidden": column in grid.hidden_columns})  # fmt: skip
    for row in sorted(grid.hidden_rows):
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for merge in _apart(grid):
        sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
    for row in range(1, grid.rows + 1):
        for column in range(1, grid.columns + 1):
            if grid.kind(row, column):
                _write_cell(book, sheet, grid, (row, column), formats)


def _write_cell(book: Any, sheet: Any, grid: Grid, at: tuple[int, int], formats: dict[tuple[str, bool], Any]) -> None:  # noqa: ANN401
    """Write a cell; each kind has its own writer."""
    cell, (row, column) = grid.cell(*at), at
    bold = (row - 1) * grid.columns + column - 1 in grid.bold
    key = (cell.number_format, bold)
    if key not in formats:
        formats[key] = book.add_format({"num_format": cell.number_format, "bold": bold})
    place = (row - 1, column - 1)
    if cell.kind == Kind.TEXT:
        failed = sheet.write_string(*place, str(cell.value), formats[key])
    elif cell.kind == Kind.BOOL:
        failed = sheet.write_boolean(*place, bool(cell.value), formats[key])
    elif cell.kind == Kind.ERROR:
        # The writer knows no error value but as a formula's result.
        failed = sheet.write_formula(*place, f"={cell.value}", formats[key], str(cell.value))
    else:
        failed = sheet.write_number(*place, cell.value, formats[key])
    if failed:
        raise FailedRun(f"“{grid.sheet}”里有单元格写不进 Excel（文字太长）。")


def _apart(grid: Grid) -> list[Any]:
    """Give the merges of more than one cell that do not overlap one before."""
    taken: set[tuple[int, int]] = set()
    kept = []
    for merge in grid.merges:
        cells = {(r, c) for r in range(merge.top, min(merge.bottom, grid.rows + 1) + 1)
                 for c in range(merge.left, min(merge.right, grid.columns + 1) + 1)}  # fmt: skip
        if (merge.top, merge.left) != (merge.bottom, merge.right) and not cells & taken:
            kept.append(merge)
            taken |= cells
    return kept


def _width(grid: Grid, column: int) -> int:
    rows = range(1, min(grid.rows, _MEASURED_ROWS) + 1)
    texts = (str(grid.cell(row, column).value) for row in rows if grid.kind(row, column)
             and grid.anchor(row, column) == (row, column) and not _is_merged(grid, row, column))  # fmt: skip
    widest = max((text_width(text) for text in texts), default=_NARROWEST)
    return max(_NARROWEST, min(_WIDEST, widest + 2))


def _is_merged(grid: Grid, row: int, column: int) -> bool:
    """Tell a cell under a title's merge: it is no reason for a wide column."""
    return any(m.left <= column <= m.right and m.right > m.left for m in grid.merges_by_row.get(row, ()))
