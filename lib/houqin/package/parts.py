"""A package of parts: kept as bytes and in order, only what was touched is written anew, with fixed times."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from houqin.package.faults import CannotEdit, NoPackage
from houqin.package.rows import split_rows
from houqin.package.xml import children, local, parse, write

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element as Element

    from houqin.package.rows import Rows

CONTENT_TYPES = "[Content_Types].xml"
_CONTENT_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATION_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
# The first time that a zip can say: same input, same bytes.
_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 4  # of compression: a third of the usual one's time for a file that is a tenth larger
_ZIP_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, NotImplementedError, OSError, ValueError,
               EOFError, RuntimeError)  # fmt: skip


class Relation(NamedTuple):
    """A link from one part to another; `kind` is its type's last word, `target` a part's name."""

    id: str
    kind: str
    target: str
    element: Element


class Package:
    """The parts of a workbook, by name without a leading slash. Names are found whatever their case."""

    def __init__(self, data: bytes, large: int) -> None:
        """Open a file that the reader accepted; NoPackage where it is no zip. Past `large` bytes a sheet is large."""
        self.large = large
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as container:
                members = [(each.filename.replace("\\", "/"), container.read(each)) for each in container.infolist()]
        except _ZIP_FAULTS as fault:
            raise NoPackage("不是 Excel 工作簿（.xlsx）") from fault
        self._parts: dict[str, bytes] = dict(members)
        self._names = {name.lower(): name for name in self._parts}
        if len(self._names) != len(members):
            raise CannotEdit("内部有重名的部分")
        self._trees: dict[str, Element] = {}
        self._touched: set[str] = set()
        self._cut: dict[str, Rows] = {}

    def __contains__(self, name: str) -> bool:
        """Tell whether a part is there."""
        return name.lower() in self._names

    @property
    def names(self) -> list[str]:
        """All parts in order."""
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """Give a part's bytes as they were."""
        return self._parts[self._own(name)]

    def tree(self, name: str) -> Element:
        """Give a part's root to look at."""
        own = self._own(name)
        if own not in self._trees:
            self._trees[own] = parse(self._parts[own])
        return self._trees[own]

    def edit(self, name: str) -> Element:
        """Give a part's root to change."""
        self._touched.add(self._own(name))
        return self.tree(name)

    def cut(self, name: str, rows: Rows, wanted: Collection[int]) -> None:
        """Look at and change some rows of a sheet alone; the others come back when it is written."""
        own = self._own(name)
        self._trees[own] = parse(rows.only(wanted))
        self._cut[own] = rows

    def settle(self, name: str) -> None:
        """Write a part that was changed, so that it can be cut anew."""
        own = self._own(name)
        if own in self._touched:
            self._parts[own] = self._written(own)
            self._touched.discard(own)
        self._trees.pop(own, None)
        self._cut.pop(own, None)

    def put(self, name: str, data: bytes) -> None:
        """Add a part, or replace its bytes."""
        own = self._names.setdefault(name.lower(), name)
        self._parts[own] = data
        self._trees.pop(own, None)
        self._touched.discard(own)

    def drop(self, name: str) -> None:
        """Take a part away, with its links and its content type."""
        for each in (name, links_of(name)):
            own = self._names.pop(each.lower(), None)
            if own is not None:
                del self._parts[own]
                self._trees.pop(own, None)
                self._touched.discard(own)
        for override in list(children(self.tree(CONTENT_TYPES), "Override")):
            if override.get("PartName", "").lower() == f"/{name}".lower():
                self.edit(CONTENT_TYPES).remove(override)

    def free_name(self, pattern: str) -> str:
        """Give the first name of a pattern with a number ({}) that no part has."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def save(self) -> bytes:
        """Give the file's bytes: parts in order, new ones last."""
        for name in self._touched:
            self._parts[name] = self._written(name)
        self._touched.clear()
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as container:
            for name, data in self._parts.items():
                info = zipfile.ZipInfo(name, _TIME)
                info.compress_type = zipfile.ZIP_STORED if name.endswith("/") else zipfile.ZIP_DEFLATED
                info.create_system = 0
                container.writestr(info, data, compresslevel=_LEVEL)
        return written.getvalue()

    # ---- links between parts

    def relations(self, part: str) -> list[Relation]:
        """Give the links of a part to others ('' is the package itself); those that lead outside are left out."""
        path = links_of(part)
        if path not in self:
            return []
        found = []
        for each in self.tree(path):
            if local(each) == "Relationship" and each.get("TargetMode") != "External":
                target = _resolved(part, each.get("Target", ""))
                found.append(Relation(each.get("Id", ""), each.get("Type", "").rpartition("/")[2], target, each))
        return found

    def related(self, part: str, kind: str) -> str | None:
        """Give the part that a part links to by a kind, None where there is none."""
        found = (each.target for each in self.relations(part) if each.kind == kind and each.target in self)
        return next(found, None)

    def relate(self, part: str, kind: str, target: str, *, base: str = OFFICE) -> str:
        """Link a part to another; give the link's id."""
        path = links_of(part)
        if path not in self:
            self.put(path, write(etree.Element(f"{{{_RELATION_SPACE}}}Relationships", nsmap={None: _RELATION_SPACE})))
        root = self.edit(path)
        taken = {each.get("Id", "") for each in root}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        shown = posixpath.relpath(target, posixpath.dirname(part) or ".")
        attributes = {"Id": f"rId{number}", "Type": f"{base}/{kind}", "Target": shown}
        etree.SubElement(root, f"{{{_RELATION_SPACE}}}Relationship", attributes)
        return f"rId{number}"

    def unrelate(self, part: str, relation: Relation) -> None:
        """Take a link away."""
        self.edit(links_of(part)).remove(relation.element)

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a new part is."""
        root = self.edit(CONTENT_TYPES)
        attributes = {"PartName": f"/{part}", "ContentType": content_type}
        etree.SubElement(root, f"{{{_CONTENT_SPACE}}}Override", attributes)

    def declare_default(self, ending: str, content_type: str) -> None:
        """Say of what type parts of an ending are, where nothing says it yet."""
        root = self.tree(CONTENT_TYPES)
        if any(each.get("Extension", "").lower() == ending for each in children(root, "Default")):
            return
        made = self.edit(CONTENT_TYPES).makeelement(f"{{{_CONTENT_SPACE}}}Default")
        made.set("Extension", ending)
        made.set("ContentType", content_type)
        root.insert(0, made)

    def content_type(self, part: str) -> str:
        """Give a part's declared type, '' where there is none."""
        for each in children(self.tree(CONTENT_TYPES), "Override"):
            if each.get("PartName", "").lower() == f"/{part}".lower():
                return str(each.get("ContentType", ""))
        return ""

    def _written(self, name: str) -> bytes:
        data = write(self._trees[name])
        if name not in self._cut:
            return data
        changed = split_rows(data)
        if changed is None:
            raise CannotEdit("工作表的内容不完整")
        return self._cut[name].joined(changed)

    def _own(self, name: str) -> str:
        try:
            return self._names[name.lower()]
        except KeyError as fault:
            raise CannotEdit("缺少内部的一部分") from fault


def links_of(part: str) -> str:
    """Give the name of the part that holds a part's links.

    >>> links_of("xl/workbook.xml"), links_of("")
    ('xl/_rels/workbook.xml.rels', '_rels/.rels')
    """
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _resolved(part: str, target: str) -> str:
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
