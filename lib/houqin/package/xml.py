"""XML of a package's parts: parsed safely, changed in place, written back with everything else as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from houqin.package.faults import CannotEdit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What XML 1.0 cannot hold is written as _xHHHH_; what already looks so has its underscore written so.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def parse(data: bytes) -> Element:
    """Parse a part of a file that the reader accepted; CannotEdit where it is no XML. No entity, no network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False, strip_cdata=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise CannotEdit("内部的 XML 不合规范") from fault
    if root.getroottree().docinfo.doctype:
        raise CannotEdit("内部带有 DTD 定义")
    return root


def write(root: Element) -> bytes:
    """Give a part's bytes."""
    tree = root.getroottree()
    if tree.getroot() is not root:
        raise ValueError("an element made within another part is no part")
    standalone = tree.docinfo.standalone
    written = etree.tostring(
        tree, xml_declaration=True, encoding="UTF-8", standalone=True if standalone is None else standalone
    )
    return bytes(written)


def local(element: Element) -> str:
    """Give an element's name without its namespace, '' for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def like(element: Element, name: str) -> str:
    """Give a name in the namespace of an element: transitional and strict files then need no two ways."""
    tag = element.tag
    if not isinstance(tag, str):
        raise ValueError("a comment has no name")  # noqa: TRY004  (a part that is not as it should be, as others are)
    space, brace, _ = tag.rpartition("}")
    return f"{space}{brace}{name}"


def children(element: Element, name: str) -> Iterator[Element]:
    """Give the children of a name, in the element's own namespace."""
    found: Iterator[Element] = element.iterchildren(like(element, name))
    return found


def child(element: Element, name: str) -> Element | None:
    """Give the first child of a name."""
    return next(children(element, name), None)


def append(element: Element, name: str, /, **attributes: str) -> Element:
    """Add a child in the element's own namespace."""
    return etree.SubElement(element, like(element, name), attributes)


def place(element: Element, name: str, order: Sequence[str]) -> Element:
    """Give the child of a name; a new one goes where the schema's order wants it."""
    found = child(element, name)
    if found is not None:
        return found
    made = element.makeelement(like(element, name))
    later = set(order[order.index(name) + 1 :])
    for at, each in enumerate(element):
        if local(each) in later:
            element.insert(at, made)
            return made
    element.append(made)
    return made


def text_element(parent: Element, name: str, text: str) -> Element:
    """Add a child that holds a text, blanks and line ends kept."""
    made = append(parent, name)
    made.text = escaped(text)
    made.set(_XML_SPACE, "preserve")
    return made


def escaped(text: str) -> str:
    r"""Write what XML cannot hold as workbooks do.

    >>> escaped("a\x01b_x0041_")
    'a_x0001_b_x005F_x0041_'
    """
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Undo `escaped`."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def relation_of(element: Element) -> str | None:
    """Give an element's r:id, in either spelling of the namespace."""
    for name, value in element.attrib.items():
        space, _, word = str(name).rpartition("}")
        if word == "id" and space.endswith("/relationships"):
            return str(value)
    return None
