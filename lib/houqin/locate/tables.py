"""The flow of locating: blocks of the sheet, each to one table with its notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.locate.body import find_body
from houqin.locate.columns import make_columns, table_span
from houqin.locate.lines import is_line, line_notes, money_unit
from houqin.locate.split import Block, split_sheet
from houqin.locate.view import SheetView, whole_sheet
from houqin.model import RawTable

if TYPE_CHECKING:
    from houqin.model import Grid, Note, Range


def locate_tables(grid: Grid, path: str, *, visible_only: bool = False) -> tuple[RawTable, ...]:
    """Give the tables of a sheet, from the top and the left; a sheet without one gives none."""
    if visible_only and not grid.visible:
        return ()
    view = SheetView(grid)
    area = whole_sheet(grid)
    blocks = split_sheet(view, area) if grid.rows and grid.columns else []
    return tuple(_make_table(view, path, block, area) for block in blocks)


def _make_table(view: SheetView, path: str, block: Block, sheet: Range) -> RawTable:
    header, area = block.header, block.area
    rough = (header.bottom + 1, area.bottom)
    left, right = table_span(view, header, area, rough)
    body = find_body(view, header, area._replace(left=left, right=right), block.repeats)
    rows = (body.first, body.last)
    notes = _notes(view, block, body.last, sheet)
    above = [item for row in range(area.top, header.top) for item in view.items(row, sheet)]
    unit, unit_cell = money_unit(
        [note for note in notes if note.row < header.top], [(i.text, i.row, i.column) for i in above if i.is_text]
    )
    return RawTable(
        grid=view.grid, path=path, header_rows=header.rows, body=rows,
        columns=make_columns(view, header, (left, right), rows), skipped=body.skipped,
        notes=tuple(notes), unit=unit, unit_cell=unit_cell,
    )  # fmt: skip


def _notes(view: SheetView, block: Block, last: int, sheet: Range) -> list[Note]:
    """Give what the lines above and below say; a line that has nothing within the table's columns belongs to it too."""
    notes: list[Note] = []
    area = block.area
    for row in [*range(area.top, block.header.top), *range(max(last, block.header.bottom) + 1, area.bottom + 1)]:
        above = row < block.header.top
        items = view.items(row, area)
        if not items and above:
            # A title typed over the table to the left is this one's too.
            across = view.items(row, sheet)
            items = across if is_line(across) else []
        notes.extend(line_notes(items, above=above))
    return notes
