"""A stamp that outlives what Excel and WPS do on saving: a property of the document, and a hidden name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from houqin.package.xml import children, local, parse, write

if TYPE_CHECKING:
    from houqin.package.book import Book

PROPERTY, NAME = "houqin", "_houqin"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# The class of properties that people and programs add.
_FMTID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_LONGEST_CONSTANT = 250  # Excel ends a text in a formula at 255 characters


def stamp_book(book: Book, text: str) -> None:
    """Write the stamp, in place of an earlier one."""
    package = book.package
    part = _part(book)
    base = book.office.removesuffix("/relationships")
    if part is None:
        part = package.free_name("docProps/custom{}.xml") if "docProps/custom.xml" in package else "docProps/custom.xml"
        space, values = f"{base}/custom-properties", f"{base}/docPropsVTypes"
        if book.strict:
            space, values = f"{base}/customProperties", f"{base}/docPropsVTypes"
        package.put(part, write(etree.Element(f"{{{space}}}Properties", nsmap={None: space, "vt": values})))
        package.declare(part, _TYPE)
        package.relate("", "customProperties" if book.strict else "custom-properties", part, base=book.office)
    root = package.edit(part)
    values = root.nsmap.get("vt") or f"{base}/docPropsVTypes"
    for each in list(root):
        if each.get("name") == PROPERTY:
            root.remove(each)
    number = max((int(each.get("pid", "1")) for each in children(root, "property")), default=1) + 1
    made = etree.SubElement(root, f"{{{etree.QName(root).namespace}}}property")
    for name, value in (("fmtid", _FMTID), ("pid", str(number)), ("name", PROPERTY)):
        made.set(name, value)
    etree.SubElement(made, f"{{{values}}}lpwstr").text = text
    short = text[:_LONGEST_CONSTANT].replace('"', '""')
    book.define(NAME, f'"{short}"', hidden=True)


def stamp_of(book: Book) -> str | None:
    """Give the stamp of a copy that we marked, whichever of the two is left of it."""
    part = _part(book)
    if part is not None:
        for each in parse(book.package.read(part)):
            if local(each) == "property" and each.get("name") == PROPERTY:
                return "".join(each.itertext())
    name = book.name_text(NAME)
    return name.strip('"').replace('""', '"') if name is not None else None


def _part(book: Book) -> str | None:
    """Find the part of further properties; a strict file spells its link otherwise."""
    return book.package.related("", "custom-properties") or book.package.related("", "customProperties")
