"""The old drawing part that holds the boxes of notes, and also form controls, which are left alone."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from houqin.package.faults import CannotEdit
from houqin.package.xml import local, parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from lxml.etree import _Element as Element

_X = "urn:schemas-microsoft-com:office:excel"
_SPACES = f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="{_X}"'
_EMPTY = f'<xml {_SPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
_TYPE = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape {spaces} id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:200pt;height:80pt;z-index:1;visibility:hidden" '
    'fillcolor="#{colour}" o:insetmode="auto"><v:fill color2="#{colour}"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_IDMAP = re.compile(rb'(<(?:[\w.-]+:)?idmap\b[^>]*?\bdata=")([^"]*)(")')
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_END = re.compile(rb"</(?:[A-Za-z]+:)?xml\s*>\s*\Z")
# Shapes are numbered in blocks of 1,024; a drawing says which blocks are its own.
_BLOCK = 1_024


class Box(NamedTuple):
    """A note's box: its cell (from 1), its anchor and its colour (RRGGBB)."""

    row: int
    column: int
    anchor: str
    colour: str


def blocks_of(data: bytes) -> set[int]:
    """Give the blocks of numbers that a drawing has, by what it says and by what it uses."""
    said = {int(each) for found in _IDMAP.findall(data) for each in re.findall(rb"\d+", found[1])}
    return said | {int(each) // _BLOCK for each in _NUMBER.findall(data)}


def without_boxes(data: bytes, cells: Collection[tuple[int, int]], anchors: Mapping[tuple[int, int], str]) -> bytes:
    """Take the boxes of some cells away and give others a new anchor; a part that is no XML stays as it is."""
    if not cells and not anchors:
        return data
    try:
        root = parse(data)
    except CannotEdit:
        return data  # form controls of old programs hold <br> that no one closes
    for shape in [each for each in root if local(each) == "shape"]:
        found = _note_cell(shape)
        if found is None:
            continue
        if found in cells:
            root.remove(shape)
        elif found in anchors:
            for element in shape.iter(f"{{{_X}}}Anchor"):
                element.text = anchors[found]
    return bytes(etree.tostring(root, encoding="UTF-8"))


def with_boxes(data: bytes | None, boxes: Sequence[Box], taken: Collection[int]) -> bytes:
    """Add boxes at the end, all before them byte for byte as it was; `taken` are the blocks of the whole package."""
    if not boxes:
        return data or _EMPTY.encode()
    data = data or _EMPTY.encode()
    free = (number for number in count(1) if number not in taken)
    blocks = [next(free) for _ in range(-(-len(boxes) // (_BLOCK - 1)))]
    numbers = (block * _BLOCK + at for block in blocks for at in range(1, _BLOCK))
    shapes = "".join(
        _SHAPE.format(spaces=_SPACES, number=number, colour=box.colour, anchor=box.anchor,
                      row=box.row - 1, column=box.column - 1)
        for number, box in zip(numbers, boxes, strict=False)
    )  # fmt: skip
    if b"_x0000_t202" not in data:
        shapes = _TYPE + shapes
    data = _IDMAP.sub(lambda found: found[1] + _joined(found[2], blocks) + found[3], data, count=1)
    end = _END.search(data)
    if end is None:
        raise CannotEdit("原有批注的图形部分不合规范")
    return data[: end.start()] + shapes.encode() + data[end.start() :]


def _joined(known: bytes, blocks: Sequence[int]) -> bytes:
    return ",".join([*([known.decode()] if known else []), *map(str, blocks)]).encode()


def _note_cell(shape: Element) -> tuple[int, int] | None:
    """Give the cell of a note's box, None of any other shape."""
    told: dict[str, str] = {}
    for data in shape.iter(f"{{{_X}}}ClientData"):
        if data.get("ObjectType") == "Note":
            told = {local(each): (each.text or "").strip() for each in data}
    row, column = told.get("Row", ""), told.get("Column", "")
    return (int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else None
