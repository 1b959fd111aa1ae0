"""What floats over a sheet and is anchored to rows: pictures, charts, stamps, notes, form controls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.package.references import shift_area
from houqin.package.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from houqin.package.book import Book, SheetRef
    from houqin.package.references import Insertion

_ROW = re.compile(rb"(<(?:[\w.-]+:)?Row>\s*)(\d+)(\s*</)")
_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([^<]*)(</)")


def shift_shapes(book: Book, sheet: SheetRef, insertion: Insertion) -> None:
    """Move all that is anchored below; what begins above and ends below grows, as in Excel."""
    package = book.package
    for link in package.relations(sheet.part):
        if link.target not in package:
            continue
        if link.kind == "drawing":
            _shift_anchors(book, link.target, insertion)
        elif link.kind == "vmlDrawing":
            _shift_boxes(book, link.target, insertion)
        elif link.kind in ("comments", "threadedComment"):
            for each in package.edit(link.target).iter():
                if each.get("ref") and local(each) in ("comment", "threadedComment"):
                    each.set("ref", shift_area(each.get("ref", ""), insertion, single=True))
    root = package.edit(sheet.part)
    for holder in root.iter():
        # of embedded objects and controls the sheet itself says where they stand
        if local(holder) == "anchor":
            _shift_rows(holder, insertion)


def _shift_boxes(book: Book, part: str, insertion: Insertion) -> None:
    """Move the boxes of notes and controls; the part may be no good XML, and is left as it is beside them."""
    data = book.package.read(part)
    changed = _ANCHOR.sub(lambda found: found[1] + _anchor(found[2], insertion) + found[3], data)
    changed = _ROW.sub(lambda found: found[1] + _row(found[2], insertion) + found[3], changed)
    if changed != data:
        book.package.put(part, changed)


def _shift_anchors(book: Book, part: str, insertion: Insertion) -> None:
    for each in book.package.edit(part).iter():
        if local(each) in ("twoCellAnchor", "oneCellAnchor"):
            _shift_rows(each, insertion, each.get("editAs", "twoCell"))


def _shift_rows(anchor: Element, insertion: Insertion, moves: str = "twoCell") -> None:
    """Move the corners of an anchor; rows count from 0 there."""
    ends = {local(each): each for each in anchor if local(each) in ("from", "to")}
    rows = {name: next((each for each in end if local(each) == "row"), None) for name, end in ends.items()}
    start, end = rows.get("from"), rows.get("to")
    if moves == "absolute" or start is None:
        return
    before = int(start.text or 0)
    after = insertion.row(before + 1) - 1
    start.text = str(after)
    if end is None or (after == before and moves == "oneCell"):
        return  # what moves and does not grow keeps its size
    at = int(end.text or 0)
    end.text = str(at + after - before if after != before else insertion.row(at + 1) - 1)


def _row(text: bytes, insertion: Insertion) -> bytes:
    return str(insertion.row(int(text) + 1) - 1).encode()


def _anchor(text: bytes, insertion: Insertion) -> bytes:
    """Move a note's box: left, offset, top, offset, right, offset, bottom, offset."""
    parts = [each.strip() for each in text.decode().split(",")]
    if len(parts) != 8 or not all(each.lstrip("-").isdigit() for each in parts):
        return text
    top, bottom = int(parts[2]), int(parts[6])
    moved = insertion.row(top + 1) - 1 - top
    parts[2], parts[6] = str(top + moved), str(bottom + moved)
    return ", ".join(parts).encode()
