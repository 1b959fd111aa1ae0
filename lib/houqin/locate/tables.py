"""The flow of locating: blocks of the sheet, each to one table with its notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.locate.body import Body, find_body
from houqin.locate.columns import make_columns, table_span
from houqin.locate.doubts import with_doubts
from houqin.locate.halves import items_of_half
from houqin.locate.headless import holds_rows
from houqin.locate.lines import is_line, line_notes, money_unit
from houqin.locate.split import Block, preamble_top, split_sheet
from houqin.locate.supplies import part_supplies
from houqin.locate.view import SheetView, whole_sheet
from houqin.model import RawTable

if TYPE_CHECKING:
    from houqin.model import Grid, Note, Range

# Rows and columns that something must have to be a table of which no header was seen.
_LEAST = 3


def locate_tables(grid: Grid, path: str, *, visible_only: bool = False) -> tuple[RawTable, ...]:
    """Give the tables of a sheet, from the top and the left; a sheet without one gives none."""
    if visible_only and not grid.visible:
        return ()
    view = SheetView(grid)
    area = whole_sheet(grid)
    blocks = split_sheet(view, area) if grid.rows and grid.columns else []
    return with_doubts(view, [table for block in blocks for table in _tables_of(view, path, block, area)])


def may_hold_tables(grid: Grid) -> bool:
    """Tell a sheet with several wide rows, where finding no table is worth a question."""
    return bool(grid.rows and grid.columns) and holds_rows(SheetView(grid), whole_sheet(grid))


def _tables_of(view: SheetView, path: str, block: Block, sheet: Range) -> list[RawTable]:
    """Give a block's table, and those below its end whose headers were not likely enough to be seen before."""
    left, right = table_span(view, block.header, block.area, (block.header.bottom + 1, block.area.bottom))
    body = find_body(view, block.header, block.area._replace(left=left, right=right), block.repeats)
    if block.side:
        body = replace(body, skipped=items_of_half(view, body.skipped, block.area))
    rest = block.area._replace(top=max(body.last, block.header.bottom) + 1)
    more = split_sheet(view, rest) if _may_hold_table(view, rest) else []
    if more:
        head = preamble_top(view, more[0].header, rest, after=rest.top - 1)
        more[0] = replace(more[0], area=more[0].area._replace(top=head))
        block = replace(block, area=block.area._replace(bottom=head - 1))
    table = _make_table(view, path, block, body, (left, right), sheet)
    return [*part_supplies(table), *(found for other in more for found in _tables_of(view, path, other, sheet))]


def _may_hold_table(view: SheetView, area: Range) -> bool:
    rows = (view.items(row, area) for row in range(area.top, area.bottom + 1))
    return sum(1 for items in rows if len(items) >= _LEAST and not is_line(items)) >= _LEAST


def _make_table(  # noqa: PLR0913, PLR0917  (what was found of one table)
    view: SheetView, path: str, block: Block, body: Body, span: tuple[int, int], sheet: Range
) -> RawTable:
    header = block.header
    rows = (body.first, body.last)
    notes = _notes(view, block, body.last, sheet)
    above = [item for row in range(block.area.top, header.top) for item in view.items(row, sheet)]
    unit, unit_cell = money_unit(
        [note for note in notes if note.row < header.top], [(i.text, i.row, i.column) for i in above if i.is_text]
    )
    return RawTable(
        grid=view.grid, path=path, header_rows=header.rows, body=rows,
        columns=make_columns(view, header, span, rows, height=body.height), skipped=body.skipped,
        notes=tuple(notes), unit=unit, unit_cell=unit_cell, height=body.height, side=block.side,
    )  # fmt: skip


def _notes(view: SheetView, block: Block, last: int, sheet: Range) -> list[Note]:
    """Give what the lines above and below say; a line that has nothing within the table's columns belongs to it too.

    The lines above a statement of two halves are of both.
    """
    notes: list[Note] = []
    area = block.area
    lines = block.whole or area
    for row in [*range(area.top, block.header.top), *range(max(last, block.header.bottom) + 1, area.bottom + 1)]:
        above = row < block.header.top
        items = view.items(row, lines if above else area)
        if not items and above:
            # A title typed over the table to the left is this one's too.
            across = view.items(row, sheet)
            items = across if is_line(across) else []
        notes.extend(line_notes(items, above=above))
    return notes
