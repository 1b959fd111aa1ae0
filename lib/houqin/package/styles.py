"""The styles part: cell formats are added at the end, never changed, so no other cell looks different."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from lxml import etree

from houqin.package.faults import CannotEdit
from houqin.package.marks import LOOKS, ground_of, mark_fill, marked_ground, plain_fill
from houqin.package.xml import append, child, parse, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from houqin.package.book import Book

# Excel itself ends at 65,490 cell formats.
_MOST_FORMATS = 65_000
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="{space}">'
    '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)
# What a format of our own sheet may say, in the schema's order.
FontSpec = tuple[tuple[str, str], ...]


class Styles:
    """The styles of a workbook; a workbook without any gets some."""

    def __init__(self, book: Book) -> None:
        """Find the part."""
        package = book.package
        found = package.related(book.part, "styles")
        if found is None:
            own = book.in_folder("styles.xml")
            found = own if own not in package else package.free_name(book.in_folder("styles{}.xml"))
            package.put(found, _EMPTY.format(space=book.space).encode())
            package.declare(found, _TYPE)
            package.relate(book.part, "styles", found, base=book.office)
        self._package, self._part = package, found
        self._root = package.tree(found)
        self._formats = self._list("cellXfs")
        self._fills = self._list("fills")
        self._known: dict[str, dict[str, int]] = {}
        self._marked: dict[tuple[int, str], int] = {}
        self._plain: dict[int, int | None] = {}

    @property
    def count(self) -> int:
        """The number of cell formats."""
        return len(self._formats)

    def marked(self, base: int, level: str) -> int:
        """Give the format that is another with a level's mark; the same where its own fill cannot be told again."""
        key = (base, level)
        if key not in self._marked:
            self._marked[key] = self._make_marked(base, level)
        return self._marked[key]

    def unmarked(self, number: int) -> int | None:
        """Give the format that a marked one was made from; None where it bears no mark of ours."""
        if number not in self._plain:
            self._plain[number] = self._make_unmarked(number)
        return self._plain[number]

    def all_marked(self) -> set[int]:
        """Give the formats that bear a mark of ours."""
        return {number for number in range(self.count) if self.unmarked(number) is not None}

    def look(self, *, font: FontSpec = (), fill: str = "", level: str = "", rule: str = "",
             alignment: Mapping[str, str] | None = None) -> int:  # fmt: skip
        """Give the format of a cell of our own sheet: font properties, a plain fill or a level's mark, a border.

        The number format is text, so that typing over `=1+1` leaves it a text.
        """
        made = self._formats.makeelement(self._name("xf"))
        for name, value in (("numFmtId", "49"), ("fontId", str(self._font(font)))):
            made.set(name, value)
        made.set("fillId", str(self._fill(level, fill)))
        made.set("borderId", str(self._border(rule)))
        made.set("xfId", "0")
        for name in ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment"):
            made.set(name, "1")
        append(made, "alignment", **dict(alignment or {}))
        return self._add_format(made)

    def _make_marked(self, base: int, level: str) -> int:
        original = self._format(base)
        ground = ground_of(self._fill_of(original))
        if ground is None:
            return base
        made = copy.deepcopy(original)
        made.set("fillId", str(self._add(self._fills, mark_fill(self._fills, LOOKS[level], ground))))
        made.set("applyFill", "1")
        return self._add_format(made)

    def _make_unmarked(self, number: int) -> int | None:
        marked = self._format(number)
        ground = marked_ground(self._fill_of(marked))
        if ground is None:
            return None
        # The format that it was made from is mostly still there.
        wanted = _told(marked)
        for at, each in enumerate(self._formats):
            if at != number and _told(each) == wanted and ground_of(self._fill_of(each)) == ground:
                return at
        made = copy.deepcopy(marked)
        if ground:
            made.set("fillId", str(self._add(self._fills, plain_fill(self._fills, ground))))
        else:
            made.set("fillId", "0")
        return self._add_format(made)

    def _format(self, number: int) -> Element:
        if number >= len(self._formats):
            raise CannotEdit("有单元格的格式在文件里查不到")
        return self._formats[number]

    def _fill_of(self, xf: Element) -> Element:
        number = int(xf.get("fillId", "0"))
        if number >= len(self._fills):
            raise CannotEdit("样式表不完整")
        return self._fills[number]

    def _fill(self, level: str, colour: str) -> int:
        if level:
            return self._add(self._fills, mark_fill(self._fills, LOOKS[level], ()))
        return self._add(self._fills, plain_fill(self._fills, (("rgb", colour),))) if colour else 0

    def _font(self, spec: FontSpec) -> int:
        fonts = self._list("fonts")
        made = fonts.makeelement(self._name("font"))
        for name, value in spec:
            each = append(made, name)
            if value:
                each.set("rgb" if name == "color" else "val", value)
        return self._add(fonts, made)

    def _border(self, rule: str) -> int:
        borders = self._list("borders")
        made = borders.makeelement(self._name("border"))
        for side in ("left", "right", "top", "bottom", "diagonal"):
            each = append(made, side)
            if rule and (side == "bottom" or (rule == "box" and side != "diagonal")):
                each.set("style", "thin")
                append(each, "color", rgb="FFBFBFBF")
        return self._add(borders, made)

    def _add_format(self, made: Element) -> int:
        if len(self._formats) >= _MOST_FORMATS:
            raise CannotEdit("单元格格式太多，再加就超过 Excel 的上限")
        return self._add(self._formats, made)

    def _add(self, holder: Element, made: Element) -> int:
        """Give the place of an element in a list, of an equal one where there is one."""
        known = self._known.get(holder.tag)
        if known is None:
            known = self._known[holder.tag] = {}
            for at, each in enumerate(holder):
                known.setdefault(_canonical(each), at)
        key = _canonical(made)
        if key not in known:
            self._package.edit(self._part)
            known[key] = len(holder)
            holder.append(made)
            holder.set("count", str(len(holder)))
        return known[key]

    def _list(self, name: str) -> Element:
        found = child(self._root, name)
        if found is None:
            self._package.edit(self._part)
            found = place(self._root, name, _ORDER)
            source = child(parse(_EMPTY.format(space=etree.QName(self._root).namespace).encode()), name)
            for each in source if source is not None else ():
                found.append(copy.deepcopy(each))
        return found

    def _name(self, name: str) -> str:
        return f"{{{etree.QName(self._root).namespace}}}{name}"


def _canonical(element: Element) -> str:
    """Give an element's text in one spelling, so that equal ones are equal."""
    inner = "".join(_canonical(each) for each in element)
    return f"<{element.tag} {sorted(element.attrib.items())}>{(element.text or '').strip()}{inner}"


def _told(xf: Element) -> tuple[Any, ...]:
    """Give all that a format says but its fill."""
    attributes = {name: value for name, value in xf.attrib.items() if name not in ("fillId", "applyFill")}
    return sorted(attributes.items()), "".join(_canonical(each) for each in xf)
