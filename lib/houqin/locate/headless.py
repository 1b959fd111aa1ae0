"""Tables of which no header shows: records from the first row on, and templates whose labels nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.locate.headers import Header, grow_header
from houqin.locate.lines import is_footer, is_head, is_line
from houqin.locate.rows import labelled_kind
from houqin.locate.view import clipped
from houqin.locate.vocabulary import Word

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

_LEAST_ROWS = 4
_LEAST_ASKED = 2
_LEAST_COLUMNS = 3
# Enough rows to tell that they are alike.
_LOOKED_AT = 40


def find_records(view: SheetView, area: Range) -> Header | None:
    """Give a header of no rows above the first of many rows that hold numbers, or anything, in the same columns."""
    wide = _wide_rows(view, area, _LOOKED_AT)
    if len(wide) < _LEAST_ROWS:
        return None
    first = wide[0]
    rows = [{item.column for item in view.items(row, area) if not item.is_text} for row in wide]
    alike = [column for column in rows[0] if sum(column in row for row in rows) > 0.8 * len(rows)]
    lines = [view.items(row, area) for row in wide]
    # A form of labels with their values beside them begins each row with a label.
    labels = sum(1 for items in lines if items[0].words & Word.HEADER) + sum(
        1 for items in lines for item in items if item.words & Word.LABEL
    )
    shapes = [tuple(item.column for item in items) for items in lines]
    alike_texts = len(shapes) > _LEAST_ROWS and shapes.count(shapes[0]) * 5 > len(shapes) * 4
    if not (alike or alike_texts) or labels * 3 > len(lines):
        return None
    return Header(first, first - 1)


def holds_rows(view: SheetView, area: Range) -> bool:
    """Tell a wide row with more below it: what holds them and gives no table should be looked at by a person."""
    if _is_named_column(view, area):
        return True
    wide = _wide_rows(view, area, _LEAST_ASKED)
    below = range(wide[0] + 1, area.bottom + 1) if wide else ()
    return len(wide) >= _LEAST_ASKED or any(len(view.columns(r, area)) > 1 for r in below)


def _is_named_column(view: SheetView, area: Range) -> bool:
    """Tell one column of short texts below a header word: a list of names."""
    rows = [view.items(row, area) for row in range(area.top, min(area.bottom, area.top + _LOOKED_AT) + 1)]
    alone = [items[0] for items in rows if len(items) == 1]
    head = next((n for n, item in enumerate(alone) if item.words & Word.HEADER and not item.words & Word.TITLE), None)
    if head is None or len(alone) < len([items for items in rows if items]):
        return False
    below = alone[head + 1 :]
    said = Word.LONG | Word.CATEGORY | Word.NOTE | Word.TITLE
    same = all(item.column == alone[head].column and not item.words & said for item in below)
    return len(below) >= _LEAST_COLUMNS and same


def find_template(view: SheetView, area: Range) -> Header | None:
    """Give the one row of short labels below a title, where a form waits to be filled in or holds a record or two."""
    wide = _wide_rows(view, area, _LEAST_ROWS)
    if not wide or len(wide) == _LEAST_ROWS or any(_is_all_text(view, row, area) for row in wide[1:]):
        return None
    row = wide[0]
    items = [clipped(item, area) for item in view.items(row, area)]
    together = items[-1].right - items[0].column + 1 == sum(item.width for item in items)
    if not together or len({item.text for item in items}) < len(items) or not all(map(_may_label, items)):
        return None
    above = [view.items(r, area) for r in range(area.top, row)]
    titled = any(is_head(line) or (len(line) == 1 and line[0].width >= len(items)) for line in above)
    below = (view.items(r, area) for r in range(row + 1, area.bottom + 1) if r not in wide)
    if not titled or not all(_waits(line) for line in below):
        return None
    return grow_header(view, row, area)


def _wide_rows(view: SheetView, area: Range, most: int) -> list[int]:
    rows = []
    for row in range(area.top, area.bottom + 1):
        if len(view.columns(row, area)) >= _LEAST_COLUMNS and not is_line(view.items(row, area)):
            rows.append(row)
            if len(rows) >= most:
                break
    return rows


def _is_all_text(view: SheetView, row: int, area: Range) -> bool:
    return all(item.is_text for item in view.items(row, area))


def _may_label(item: Item) -> bool:
    return item.is_text and not item.words & (Word.LABEL | Word.LONG | Word.NOTE | Word.TOTAL | Word.CATEGORY)


def _waits(items: list[Item]) -> bool:
    """Tell a row below a template's header: blank, its number alone, a total, a note."""
    return len(items) < 2 or is_line(items) or is_footer(items) or labelled_kind(items) is not None
