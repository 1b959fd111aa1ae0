"""How a level looks in a cell, so that a mark is told from the clerk's own colours and can be taken off again.

A mark is a fill: a pattern of its own for each level (a black and white print shows it), in a colour that stays apart
for the colour-blind. The pattern's ground is the colour that the cell had, else a tint of ours; so the mark itself
tells what stood there before, however often Excel or WPS has saved the file and numbered its styles anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.package.xml import child, local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Look:
    """Pattern, its colour, the tint under it where the cell had no colour, as Excel writes them (ARGB)."""

    pattern: str
    colour: str
    tint: str


# Vermilion, blue, amber and grey: apart for every kind of colour blindness; the values are odd on purpose.
LOOKS: Mapping[str, Look] = {
    "error": Look("lightUp", "FFE4572D", "FFFDE7E1"),
    "question": Look("lightDown", "FF3A86C9", "FFE3F0FB"),
    "warning": Look("gray125", "FFD9A405", "FFFFF6D7"),
    "info": Look("gray0625", "FF8A8D92", "FFF0F0F2"),
}
# LibreOffice knows no patterns: what it saves of a mark over no colour is one colour, mixed of pattern and tint.
_MIXED = frozenset({"FFF7C3B4", "FFB9D6EF", "FFFBECBD", "FFEAEAEC"})
_COLOUR = ("rgb", "theme", "tint", "indexed", "auto")
Colour = tuple[tuple[str, str], ...]


def ground_of(fill: Element) -> Colour | None:
    """Give the colour of a plain fill, () of none; None where it is a pattern or a gradient, which cannot be told."""
    pattern = child(fill, "patternFill")
    if pattern is None:
        return None if len(fill) else ()
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return ()
    colour = child(pattern, "fgColor") if kind == "solid" else None
    return None if colour is None else _colour(colour)


def marked_ground(fill: Element) -> Colour | None:
    """Give the colour under a mark of ours, () where there was none; None where the fill is no mark of ours."""
    pattern = child(fill, "patternFill")
    front = child(pattern, "fgColor") if pattern is not None else None
    back = child(pattern, "bgColor") if pattern is not None else None
    if pattern is None or front is None:
        return None
    if pattern.get("patternType") == "solid" and front.get("rgb", "").upper() in _MIXED:
        return ()
    if back is None:
        return None
    for look in LOOKS.values():
        if pattern.get("patternType") == look.pattern and front.get("rgb", "").upper() == look.colour:
            ground = _colour(back)
            return () if ground == (("rgb", look.tint),) else ground
    return None


def mark_fill(fills: Element, look: Look, ground: Colour) -> Element:
    """Make a mark over a ground; the caller places it."""
    fill = fills.makeelement(fills.tag.replace("fills", "fill"))
    space = fills.tag.partition("}")[0] + "}"
    pattern = fill.makeelement(f"{space}patternFill", {"patternType": look.pattern})
    pattern.append(pattern.makeelement(f"{space}fgColor", {"rgb": look.colour}))
    pattern.append(pattern.makeelement(f"{space}bgColor", dict(ground or (("rgb", look.tint),))))
    fill.append(pattern)
    return fill


def plain_fill(fills: Element, ground: Colour) -> Element:
    """Make a plain fill of a colour; the caller places it."""
    fill = fills.makeelement(fills.tag.replace("fills", "fill"))
    space = fills.tag.partition("}")[0] + "}"
    pattern = fill.makeelement(f"{space}patternFill", {"patternType": "solid"})
    pattern.append(pattern.makeelement(f"{space}fgColor", dict(ground)))
    pattern.append(pattern.makeelement(f"{space}bgColor", {"indexed": "64"}))
    fill.append(pattern)
    return fill


def _colour(element: Element) -> Colour:
    return tuple((name, element.get(name)) for name in _COLOUR if local(element) and element.get(name) is not None)
