"""A sheet of a workbook made into several: each copy has its own pictures, notes, names and print settings."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from houqin.package.faults import CannotEdit
from houqin.package.parts import links_of
from houqin.package.references import rename_sheet
from houqin.package.xml import child, children, local, parse, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from houqin.package.book import Book, SheetRef
    from houqin.package.parts import Package

# Parts that belong to one sheet alone; what else a sheet links to (a picture) may be shared.
_OWN = {"drawing", "comments", "vmlDrawing", "printerSettings", "chart", "chartStyle", "chartColorStyle",
        "themeOverride", "chartUserShapes"}  # fmt: skip
_SHARED = {"image", "hyperlink"}
_TOLD = {
    "table": "表格对象（超级表）", "pivotTable": "数据透视表", "ctrlProp": "控件", "control": "控件",
    "oleObject": "嵌入对象", "package": "嵌入对象", "threadedComment": "会话式批注", "slicer": "切片器",
    "queryTable": "外部数据",
}  # fmt: skip
_FORMULAS = ("f", "formula", "formula1", "formula2")
_NUMBER = re.compile(r"\d*(\.\w+)$")


def copy_sheets(book: Book, sheet: SheetRef, names: Sequence[str]) -> None:
    """Put copies of a sheet, in order, in its place; the sheet itself goes.

    CannotEdit where something in it cannot stand twice in a workbook, or other sheets compute with it.
    """
    _check(book, sheet)
    at = next(n for n, each in enumerate(book.sheets()) if each.element is sheet.element)
    own_names = _local_names(book, at)
    for number, name in enumerate(names):
        part = _copy_part(book.package, sheet.part, sheet.name, name)
        book.insert(name, part, at + number)
        for element in own_names:
            text = rename_sheet(element.text or "", sheet.name, name)
            book.define(element.get("name", ""), text, sheet=at + number, hidden=element.get("hidden") == "1")
    left = list(_own_parts(book.package, sheet.part))
    book.remove(next(each for each in book.sheets() if each.part == sheet.part))
    _drop_unlinked(book.package, left)
    book.show(at)
    _settle_views(book, at)


def _check(book: Book, sheet: SheetRef) -> None:
    for link in book.package.relations(sheet.part):
        if link.kind not in _OWN | _SHARED:
            raise CannotEdit(f"工作表“{sheet.name}”里有{_TOLD.get(link.kind, link.kind)}，不能一组一张")
    for other in book.sheets():
        if other.part and other.part != sheet.part and _speaks_of(book.package.tree(other.part), sheet.name):
            raise CannotEdit(f"工作表“{other.name}”的公式用到了“{sheet.name}”，不能一组一张")


def _speaks_of(root: Element, name: str) -> bool:
    marks = (f"{name}!".casefold(), f"'{name.replace(chr(39), chr(39) * 2)}'!".casefold())
    return any(local(each) in _FORMULAS and any(mark in (each.text or "").casefold() for mark in marks)
               for each in root.iter())  # fmt: skip


def _local_names(book: Book, at: int) -> list[Element]:
    """Give the names that belong to a sheet: its print area, its titles, its filter."""
    holder = child(book.package.tree(book.part), "definedNames")
    if holder is None:
        return []
    return [each for each in children(holder, "definedName") if each.get("localSheetId") == str(at)]


def _own_parts(package: Package, part: str) -> Iterator[str]:
    """Give what belongs to a part alone, and to that in turn."""
    for link in package.relations(part):
        if link.kind in _OWN and link.target in package:
            yield link.target
            yield from _own_parts(package, link.target)


def _drop_unlinked(package: Package, parts: Iterable[str]) -> None:
    """Take parts away to which nothing leads any more."""
    for part in parts:
        owners = ["", *(name for name in package.names if "_rels/" not in name)]
        if part in package and not any(link.target == part for each in owners for link in package.relations(each)):
            package.drop(part)


def _copy_part(package: Package, part: str, old: str, new: str) -> str:
    """Copy a part with all that belongs to it; give the copy's name."""
    made = package.free_name(_NUMBER.sub(r"_copy{}\1", part))
    data = package.read(part)
    low = part.lower()
    package.put(made, data)
    kind = package.content_type(part)
    if kind:
        package.declare(made, kind)
    if low.endswith(".xml"):
        _rename(package, made, old, new)
    links = links_of(part)
    if links in package:
        package.put(links_of(made), _copied_links(package, part, made, old, new))
    return made


def _copied_links(package: Package, part: str, made: str, old: str, new: str) -> bytes:
    """Give the links of a copy: to copies of what is the part's own, to the same picture where it is shared."""
    root = parse(package.read(links_of(part)))
    own = {each.id: each for each in package.relations(part)}
    for element in root:
        link = own.get(element.get("Id", ""))
        if link is None or link.target not in package:
            continue
        target = _copy_part(package, link.target, old, new) if link.kind in _OWN else link.target
        element.set("Target", posixpath.relpath(target, posixpath.dirname(made)))
    return write(root)


def _rename(package: Package, part: str, old: str, new: str) -> None:
    """Let what a copy says of its own sheet speak of the copy."""
    root = package.edit(part)
    for each in _texts(root):
        changed = rename_sheet(each.text or "", old, new)
        if changed != each.text:
            each.text = changed
    for each in root.iter():
        if local(each) == "hyperlink" and each.get("location"):
            each.set("location", rename_sheet(each.get("location", ""), old, new))
        if local(each) == "sheetPr":
            each.attrib.pop("codeName", None)  # one name of a program's module a sheet


def _texts(root: Element) -> Iterable[Element]:
    return (each for each in root.iter() if local(each) in _FORMULAS and each.text)


def _settle_views(book: Book, at: int) -> None:
    """Only one sheet is in view: several that say so would be written in together."""
    for number, sheet in enumerate(book.sheets()):
        views = child(book.package.tree(sheet.part), "sheetViews") if sheet.part else None
        for view in children(views, "sheetView") if views is not None else ():
            if number == at or view.get("tabSelected") is not None:
                book.package.edit(sheet.part)
                view.attrib.pop("tabSelected", None)
                if number == at:
                    view.set("tabSelected", "1")
