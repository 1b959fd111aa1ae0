"""Why each row of a table was taken as it was, said to a clerk: looked up again from the same evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from houqin.locate.rows import labelled_kind
from houqin.locate.scoring import reasons_for_header
from houqin.locate.view import SheetView, whole_sheet
from houqin.locate.vocabulary import Word
from houqin.model import Reading, RowKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.model import Range, RawTable

_SUMS = (RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.OPENING)
_LONGEST = 16  # characters quoted


def explain_rows(table: RawTable) -> tuple[Reading, ...]:
    """Give what each run of rows was taken as, and why, from the top: titles and lines, header, body, notes."""
    view, area = SheetView(table.grid), whole_sheet(table.grid)
    own = area._replace(left=table.range.left, right=table.range.right)
    found = [*_lines(table), *_header(view, table, own), *_body(view, table, own)]
    found.sort(key=lambda reading: reading.first)
    return tuple(_joined(found))


def _lines(table: RawTable) -> Iterator[Reading]:
    top = table.range.top
    for row, notes in groupby(sorted(table.notes, key=lambda note: note.row), key=lambda note: note.row):
        listed = list(notes)
        labels = "、".join(dict.fromkeys(note.label for note in listed if note.label not in {"title", "注"}))
        if row < top:
            why = f"读出{labels}" if labels else "表头上面的一行文字"
            yield Reading(row, row, "note" if labels else "title", why)
        else:
            yield Reading(row, row, "note", f"表下面的{labels or '一行文字'}")


def _header(view: SheetView, table: RawTable, area: Range) -> Iterator[Reading]:
    if not table.header_rows:
        return
    first, last = table.header_rows[0], table.header_rows[-1]
    reasons = list(dict.fromkeys(why for row in table.header_rows for why in reasons_for_header(view, row, area)))
    if any(view.grid.anchor(row, c.index) != (row, c.index) for row in table.header_rows for c in table.columns):
        reasons.append("有合并的分组")
    yield Reading(first, last, "header", "，".join(reasons) or "在记录上面")


def _body(view: SheetView, table: RawTable, area: Range) -> Iterator[Reading]:
    first, last = table.body
    for row in range(first, last + 1):
        kind = table.skipped.get(row)
        if kind is None:
            yield Reading(row, row, "record", "" if table.height == 1 else f"每 {table.height} 行一条")
        else:
            yield Reading(row, row, str(kind), _why(view, row, kind, area))


def _why(view: SheetView, row: int, kind: RowKind, area: Range) -> str:
    """Say what of a row that is no record told so."""
    items = view.items(row, area) if row <= view.grid.rows else []
    if kind is RowKind.BLANK:
        return "没有内容" if not items else "只有序号，或结果为 0 的公式"
    label = next((i.text for i in items if i.words & (Word.TOTAL | Word.SUBTOTAL | Word.OPENING)), None)
    if kind in _SUMS and label is not None and labelled_kind(items) is not None:
        return f"写着“{_short(label)}”"
    if kind in _SUMS:
        return "数字等于所属各行之和" if not any(item.is_text for item in items) else f"写着“{_short(items[0].text)}”"
    if kind is RowKind.CATEGORY:
        return "只有一个名目，管着下面各行"
    if kind is RowKind.HEADER:
        return "与表头相同" if any(item.is_text for item in items) else "表头下的栏号"
    return f"“{_short(items[0].text)}”" if items else ""


def _short(text: str) -> str:
    flat = "".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _joined(found: list[Reading]) -> Iterator[Reading]:
    """Join neighbouring rows of one kind and reason."""
    current: Reading | None = None
    for reading in found:
        if current and (current.kind, current.why) == (reading.kind, reading.why) and reading.first == current.last + 1:
            current = Reading(current.first, reading.last, current.kind, current.why)
            continue
        if current:
            yield current
        current = reading
    if current:
        yield current
