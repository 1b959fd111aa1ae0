"""A header that comes again: a page break within one table, or the next of many forms that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.locate.lines import is_footer, is_line
from houqin.locate.rows import labelled_kind
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import RowKind

if TYPE_CHECKING:
    from houqin.locate.headers import Header
    from houqin.locate.view import SheetView
    from houqin.model import Range

Look = tuple[tuple[tuple[int, str], ...], ...]


def look_of(view: SheetView, header: Header, area: Range) -> Look:
    """Give what the rows of a header look like: columns and normal texts."""
    return tuple(_row_look(view, row, area) for row in header.rows)


def _row_look(view: SheetView, row: int, area: Range) -> tuple[tuple[int, str], ...]:
    return tuple((item.column, normal_text(item.text)) for item in view.items(row, area))


def is_page_break(view: SheetView, first: tuple[Header, int], header: Header, head: int, area: Range) -> bool:
    """Tell a repeated header within one table from that of a new table that looks alike.

    `first` is the table's header with the first row of the lines above it, `head` the first of those above `header`.
    """
    known, top = first
    if look_of(view, known, _own_width(view, known, header, area)) != look_of(view, header, area):
        return False
    heads = [row for row in range(head, header.top) if not view.is_blank(row, area)]
    if not any(not view.is_blank(row, area) for row in range(header.bottom + 1, area.bottom + 1)):
        return not heads
    step = _serial_step(view, known, header, head, area)
    if step is not None:
        return step == 1
    if _opens(view, header, area) or (heads and not _are_known_heads(view, range(top, known.top), heads, area)):
        return False
    return _goes_on_above(view, known, head, area, titled=bool(heads))


def _own_width(view: SheetView, known: Header, header: Header, area: Range) -> Range:
    """Cut an area at the repeated header's last column, if a blank one parts it from what stands beside the first."""
    last = max((item.right for row in header.rows for item in view.items(row, area)), default=area.right)
    parted = last < area.right and not any(view.is_filled(row, last + 1) for row in known.rows)
    return area._replace(right=last) if parted else area


def repeated_heads(view: SheetView, known: range, rows: range, area: Range) -> dict[int, RowKind]:
    """Give the lines of a repeated head, those above the first header or labelled ones; a category row stays one."""
    first = {_row_look(view, row, area) for row in known}
    found = {}
    for row in rows:
        items = view.items(row, area)
        if items and (_row_look(view, row, area) in first or items[0].words & (Word.LABEL | Word.TITLE)):
            found[row] = RowKind.FORM_HEAD
    return found


def _serial_step(view: SheetView, known: Header, header: Header, head: int, area: Range) -> int | None:
    """Give how much the serial number rises over the break; None where there is no serial to tell by."""
    serial = next((i.column for r in known.rows for i in view.items(r, area) if i.words & Word.SERIAL), None)
    before = min((items[0].column for r in known.rows if (items := view.items(r, area))), default=0) - 1
    if serial is None and before >= area.left and view.number(known.bottom + 1, before) is not None:
        serial = before  # numbers before the first label
    if serial is None or header.bottom + 1 > area.bottom:
        return None
    below = next(
        (n for r in range(header.bottom + 1, area.bottom + 1) if (n := view.number(r, serial)) is not None), None
    )
    above = next((n for r in range(head - 1, known.bottom, -1) if (n := view.number(r, serial)) is not None), None)
    return None if below is None or above is None else int(below - above)


def _first_number(view: SheetView, rows: range, column: int) -> float | None:
    return next((number for row in rows if (number := view.number(row, column)) is not None), None)


def _opens(view: SheetView, header: Header, area: Range) -> bool:
    """Tell whether an opening row follows a header."""
    items = view.items(header.bottom + 1, area) if header.bottom < area.bottom else []
    return bool(items) and labelled_kind(items) is RowKind.OPENING


def _are_known_heads(view: SheetView, known: range, rows: list[int], area: Range) -> bool:
    """Tell whether lines are among those above the first header: often the title alone comes again."""
    first = [_row_look(view, row, area) for row in known if not view.is_blank(row, area)]
    return all(_row_look(view, row, area) in first for row in rows)


def _goes_on_above(view: SheetView, known: Header, head: int, area: Range, *, titled: bool) -> bool:
    """Tell whether what stands above a repeated header leaves the table open: no signatures, no total but a page's."""
    if head - 1 <= known.bottom or (titled and view.is_blank(head - 1, area)):
        return False
    last = next((items for r in range(head - 1, known.bottom, -1) if (items := view.items(r, area))), [])
    if last and is_footer(last) and is_line(last):
        return False
    kind = labelled_kind(last) if last else None
    return kind is not RowKind.TOTAL or any("页" in item.text for item in last[:3])
