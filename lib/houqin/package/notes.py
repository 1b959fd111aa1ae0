"""Notes of a sheet: ours are added, or stand below the clerk's own in one note, and are taken off again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from houqin.model import a1
from houqin.package.boxes import anchor_of
from houqin.package.cells import cell_at
from houqin.package.marks import LOOKS
from houqin.package.vml import Box, blocks_of, with_boxes, without_boxes
from houqin.package.xml import append, child, children, local, place, relation_of, text_element, unescaped, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from houqin.package.book import Book
    from houqin.package.cells import Cells

AUTHOR = "houqin"
# A note of ours runs from its sign to this line; whatever stands before or after is the clerk's.
SIGNS: Mapping[str, str] = {"error": "✗", "question": "?", "warning": "!", "info": "·"}
HEAD, FOOT = "（houqin 标注）", "—— houqin 标注到此 ——"
_OURS = re.compile(rf"(?:\r?\n)*[✗?!·] [^\n（]{{1,6}}{HEAD}.*?{FOOT}", re.DOTALL)
# Excel's stand-in note for a conversation: the conversation itself lies in another part, and wins.
_CONVERSATION = "tc="
_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_DATA = (
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
Cell = tuple[int, int]


class Notes:
    """The notes of one sheet, changed in memory until `save`."""

    def __init__(self, book: Book, sheet: str, cells: Cells) -> None:
        """Find the parts; a sheet without notes gets them with its first."""
        self._book, self._package, self._sheet, self._cells = book, book.package, sheet, cells
        self._part = self._package.related(sheet, "comments")
        self._by_cell: dict[Cell, Element] = {}
        self._gone: set[Cell] = set()
        self._resized: dict[Cell, str] = {}
        self._new: list[Box] = []
        if self._part is not None:
            for each in self._list():
                at = cell_at(each.get("ref", ""))
                if at is not None:
                    self._by_cell[at] = each

    def take_off_ours(self) -> None:
        """Remove what an earlier run wrote, and nothing of the clerk's."""
        for at, comment in list(self._by_cell.items()):
            text = _text_of(comment)
            found = _OURS.search(text)
            if found is None:
                continue
            self._touch()
            while found is not None:
                _cut(comment, found.start(), found.end())
                found = _OURS.search(_text_of(comment))
            if not _text_of(comment).strip():
                comment.getparent().remove(comment)
                del self._by_cell[at]
                self._gone.add(at)

    def add(self, row: int, column: int, level: str, text: str) -> bool:
        """Write a note, below the clerk's own where there is one; False where a conversation holds the place."""
        known = self._by_cell.get((row, column))
        if known is None:
            self._add_new(row, column, level, text)
            return True
        if self._author(known).startswith(_CONVERSATION):
            return False
        self._touch()
        whole = f"{_text_of(known)}\n\n{text}"
        _add_run(known, f"\n\n{text}")
        self._resized[row, column] = anchor_of(self._cells, row, column, whole)
        return True

    def save(self) -> None:
        """Write the boxes to the drawing part."""
        if not (self._new or self._gone or self._resized):
            return
        root = self._package.tree(self._sheet)
        holder = child(root, "legacyDrawing")
        links = {each.id: each.target for each in self._package.relations(self._sheet)}
        part = links.get(relation_of(holder) or "") if holder is not None else None
        if part is not None and part not in self._package:
            part = None
        drawings = [name for name in self._package.names if name.lower().endswith(".vml")]
        taken = {number for name in drawings for number in blocks_of(self._package.read(name))}
        known = self._package.read(part) if part is not None else None
        if known is not None:
            known = without_boxes(known, self._gone, self._resized)
        if part is None:
            part = self._package.free_name(self._book.in_folder("drawings/vmlDrawingHouqin{}.vml"))
            self._package.declare_default("vml", _DRAWING)
            link = self._package.relate(self._sheet, "vmlDrawing", part, base=self._book.office)
            holder = place(self._package.edit(self._sheet), "legacyDrawing", _AFTER_DATA)
            holder.set(f"{{{self._book.office}}}id", link)
        self._package.put(part, with_boxes(known, self._new, taken))

    def _add_new(self, row: int, column: int, level: str, text: str) -> None:
        if self._part is None:
            self._part = self._make_part()
        self._touch()
        holder = self._list()
        made = append(holder, "comment", ref=a1(row, column), authorId=str(self._our_author()), shapeId="0")
        append(made, "text")
        _add_run(made, text)
        self._by_cell[row, column] = made
        colour = LOOKS[level].tint[2:]
        self._new.append(Box(row, column, anchor_of(self._cells, row, column, text), colour))

    def _make_part(self) -> str:
        part = self._package.free_name(self._book.in_folder("commentsHouqin{}.xml"))
        root = etree.Element(f"{{{self._book.space}}}comments", nsmap={None: self._book.space})
        append(root, "authors")
        append(root, "commentList")
        self._package.put(part, write(root))
        self._package.declare(part, _COMMENTS)
        self._package.relate(self._sheet, "comments", part, base=self._book.office)
        return part

    def _touch(self) -> None:
        if self._part is not None:
            self._package.edit(self._part)

    def _list(self) -> Element:
        return place(self._package.tree(self._part or ""), "commentList", ("authors", "commentList", "extLst"))

    def _authors(self) -> Element:
        return place(self._package.tree(self._part or ""), "authors", ("authors", "commentList", "extLst"))

    def _author(self, comment: Element) -> str:
        names = [each.text or "" for each in children(self._authors(), "author")]
        at = int(comment.get("authorId", "0"))
        return names[at] if at < len(names) else ""

    def _our_author(self) -> int:
        names = [each.text or "" for each in children(self._authors(), "author")]
        if AUTHOR not in names:
            append(self._authors(), "author").text = AUTHOR
            names.append(AUTHOR)
        return names.index(AUTHOR)


def _texts(comment: Element) -> list[Element]:
    """Give the elements that hold a note's text, phonetic hints left out."""
    holder = child(comment, "text")
    if holder is None:
        return []
    runs = [each for each in holder if local(each) in ("t", "r")]
    return [each if local(each) == "t" else t for each in runs for t in ([each] if local(each) == "t" else each)
            if local(t) == "t"]  # fmt: skip


def _text_of(comment: Element) -> str:
    return "".join(unescaped(each.text or "") for each in _texts(comment))


def _cut(comment: Element, start: int, end: int) -> None:
    """Take a stretch of a note's text away, whatever runs it lies in; a run of which nothing is left goes."""
    at = 0
    for each in _texts(comment):
        text = unescaped(each.text or "")
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first >= last:
            continue
        left = text[:first] + text[last:]
        holder = each.getparent()
        if left:
            each.text = left
        elif local(holder) == "r":
            holder.getparent().remove(holder)
        else:
            holder.remove(each)


def _add_run(comment: Element, text: str) -> None:
    """Add a run of text; a note of bare text is made one of runs first, as some programs show only either."""
    holder = place(comment, "text", ("text", "commentPr"))
    for bare in list(children(holder, "t")):
        run = holder.makeelement(f"{bare.tag[:-1]}r")
        holder.replace(bare, run)
        run.append(bare)
    run = append(holder, "r")
    look = append(run, "rPr")
    append(look, "sz", val="9")
    append(look, "color", rgb="FF000000")
    append(look, "rFont", val="宋体")
    append(look, "charset", val="134")
    text_element(run, "t", text)
