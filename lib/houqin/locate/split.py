"""One sheet into its tables: side by side at blank columns, stacked at headers, repeated headers told from new ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from houqin.locate.following import next_header
from houqin.locate.halves import halves_cut, side_of
from houqin.locate.headers import Header, find_header, guess_header
from houqin.locate.headless import find_records, find_template
from houqin.locate.lines import is_footer, is_head, is_line, is_parameters
from houqin.locate.repeats import Look, is_page_break, look_of, repeated_heads
from houqin.locate.rows import labelled_kind
from houqin.locate.touching import touching_cuts
from houqin.locate.vocabulary import Word, normal_text
from houqin.locate.words import ATTRIBUTES
from houqin.model import Kind, Note, Range, RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.locate.view import Item, SheetView


_MEASURES = ("数", "数量", "量", "价", "额", "率", "费", "款", "元")


@dataclass(frozen=True, slots=True)
class Block:
    """A header with the rows around it: lines above from `area.top`, the last row that can be its own `area.bottom`.

    Of a statement of two halves each is a block; `side` says which, and `whole` how wide both are.
    """

    header: Header
    area: Range
    repeats: dict[int, RowKind] = field(default_factory=dict)
    side: Note | None = None
    whole: Range | None = None


def split_sheet(view: SheetView, area: Range) -> list[Block]:
    """Give the blocks of an area, each with one header of its own, from the top and the left."""
    parts = _side_by_side(view, area)
    if len(parts) > 1:
        return [block for part in parts for block in split_sheet(view, part)]
    blocks = _stacked(view, area)
    if not blocks:
        records = find_records(view, area)
        return [Block(records, area)] if records else []
    found = []
    for block in blocks:
        parts = _side_by_side(view, block.area) if len(blocks) > 1 else [area]
        if len(parts) < 2 and (column := halves_cut(view, block.header, block.area)):
            found.extend(_halves(view, block, column))
            continue
        if len(parts) < 2:
            parts = _cut_at(block.area, touching_cuts(view, block.header, block.area))
        found.extend([block] if len(parts) < 2 else [b for part in parts for b in split_sheet(view, part)])
    return found


def _halves(view: SheetView, block: Block, column: int) -> list[Block]:
    """Give both halves of a statement with the whole header above each, and what is below one of them alone."""
    found: list[Block] = []
    for part in _cut_at(block.area, [column]):
        sides = (side_of(view, block.header, c, part) for c in range(part.left, part.right + 1))
        said = next((side for side in sides if side), None)
        side = Note("@side", said[0], said[1].row, said[1].column) if said else None
        more = [other for other in split_sheet(view, part) if other.header.top > block.header.bottom]
        bottom = more[0].area.top - 1 if more else part.bottom
        own = part._replace(bottom=bottom)
        found += [Block(block.header, own, block.repeats, side, block.area), *more]
    return found


def _cut_at(area: Range, cuts: Sequence[int]) -> list[Range]:
    lefts = [area.left, *cuts]
    rights = [*(column - 1 for column in cuts), area.right]
    return [area._replace(left=left, right=right) for left, right in zip(lefts, rights, strict=True)]


def _stacked(view: SheetView, area: Range) -> list[Block]:
    """Give the blocks below one another."""
    headers = _find_headers(view, area)
    blocks: list[Block] = []
    for number, header in enumerate(headers):
        next_top = headers[number + 1].top if number + 1 < len(headers) else area.bottom + 1
        head = preamble_top(view, header, area, after=headers[number - 1].bottom) if number else area.top
        if blocks and is_page_break(view, (blocks[-1].header, blocks[-1].area.top), header, head, area):
            rows = repeated_heads(
                view, range(blocks[-1].area.top, blocks[-1].header.top), range(head, header.top), area
            ) | dict.fromkeys(header.rows, RowKind.HEADER)
            blocks[-1] = Block(
                blocks[-1].header, blocks[-1].area._replace(bottom=next_top - 1), blocks[-1].repeats | rows
            )
            continue
        if blocks:
            blocks[-1] = Block(blocks[-1].header, blocks[-1].area._replace(bottom=head - 1), blocks[-1].repeats)
        blocks.append(Block(header, area._replace(top=head, bottom=next_top - 1)))
    return blocks


def _find_headers(view: SheetView, area: Range) -> list[Header]:
    header = find_header(view, area)
    above = area._replace(bottom=header.top - 1) if header else area
    header = guess_header(view, above) or header or find_template(view, area)
    headers: list[Header] = []
    looks: dict[Look, int] = {}
    while header is not None:
        headers.append(header)
        looks.setdefault(look_of(view, header, area), len(header.rows))
        header = next_header(view, looks, area._replace(top=header.bottom + 1), header.top)
    return headers


def preamble_top(view: SheetView, header: Header, area: Range, *, after: int) -> int:
    """Give the first of the lines that belong to a header: its title, else up to a signature or a blank row."""
    top, signed = header.top, False
    for row in range(header.top - 1, after, -1):
        items = view.items(row, area)
        if not items:
            # Past a blank row only a head goes on.
            if row - 1 > after and is_head(view.items(row - 1, area)):
                continue
            break
        if not (is_line(items) or is_parameters(items)) or labelled_kind(items) is not None:
            break
        if is_head(items):
            return _title_top(view, row, area, after)
        # Signatures belong above, unless a head above them shows that they are this form's.
        signed = signed or is_footer(items)
        top = top if signed else row
    return top


def _title_top(view: SheetView, row: int, area: Range, after: int) -> int:
    """Give the first of the title lines: the school's name may stand above the form's."""
    while row - 1 > after:
        items = view.items(row - 1, area)
        if len(items) != 1 or not items[0].is_text or is_footer(items) or items[0].width == 1:
            break
        if items[0].words & Word.LABEL:
            break  # 日期：… below the signatures of the form above
        row -= 1
    return row


def _side_by_side(view: SheetView, area: Range) -> list[Range]:
    """Cut an area at columns that no row of a table fills, where both sides are tables of their own."""
    gaps = _blank_columns(view, area)
    if not gaps:
        return [area]
    parts, left = [], area.left
    for start, end in gaps:
        one, other = area._replace(left=left, right=start - 1), area._replace(left=end + 1)
        if _is_own_table(view, one) and _is_own_table(view, other) and _is_new_start(view, one, other):
            parts.append(one)
            left = end + 1
    return [*parts, area._replace(left=left)]


def _blank_columns(view: SheetView, area: Range) -> list[tuple[int, int]]:
    """Give the runs of columns, inside the area, that hold nothing but lines across."""
    used: set[int] = set()
    seen: set[tuple[int, ...]] = set()
    alike: set[bytes] = set()  # kinds of rows that fill columns seen before
    rows = (np.flatnonzero(view.counts(area) > 1) + area.top).tolist()
    for row, kinds in zip(rows, view.kinds_of_rows(rows, area), strict=True):
        if kinds in alike:
            continue
        columns = view.columns(row, area)
        if not columns or columns in seen:
            alike.add(kinds)
            continue
        items = view.items(row, area)
        if not is_line(items):
            used.update(c for item in items for c in range(item.column, item.right + 1))
            seen.add(columns)
    if not used:
        return []
    gaps, column = [], min(used)
    while column <= max(used):
        end = column
        while end not in used and end <= max(used):
            end += 1
        if end > column:
            gaps.append((column, end - 1))
        column = max(end, column + 1)
    return gaps


def _is_own_table(view: SheetView, area: Range) -> bool:
    return area.right > area.left and find_header(view, area) is not None


def _is_new_start(view: SheetView, left: Range, right: Range) -> bool:
    """Tell whether the part right of a gap begins a table: other rows, the same labels, or a naming column."""
    one, other = find_header(view, left), find_header(view, right)
    if one is None or other is None or one != other:
        return True
    labels = {normal_text(i.text) for row in one.rows for i in view.items(row, left)}
    items = [i for row in other.rows for i in view.items(row, right)]
    again = sum(1 for i in items if normal_text(i.text) in labels)
    if again * 2 >= len(items) or _last_filled(view, left) != _last_filled(view, right):
        return True
    return _names_records(view, items[0], other, right)


def _names_records(view: SheetView, head: Item, header: Header, area: Range) -> bool:
    """Tell whether a column says what its rows are about: a serial number, or texts that are no mere attribute."""
    if head.words & Word.SERIAL:
        return True
    label = normal_text(head.text)
    if label.startswith(tuple(ATTRIBUTES)) or label.endswith(_MEASURES):
        return False
    below = [view.item(row, head.column) for row in range(header.bottom + 1, area.bottom + 1)]
    return any(item.kind == Kind.TEXT for item in below)


def _last_filled(view: SheetView, area: Range) -> int:
    return next((r for r in range(area.bottom, area.top, -1) if len(view.columns(r, area)) > 1), 0)
