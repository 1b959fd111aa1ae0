"""The workbook part: its sheets, a new first one, and what counts sheets by their position."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.package.faults import CannotEdit, NoPackage
from houqin.package.parts import CONTENT_TYPES, OFFICE, STRICT_OFFICE
from houqin.package.xml import MAIN, STRICT_MAIN, append, child, children, like, local, place, relation_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    from houqin.package.parts import Package

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# The schema's order of a workbook's children.
_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection",
    "bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip


class SheetRef(NamedTuple):
    """A sheet as the workbook lists it; `part` is '' for one that is no sheet of cells."""

    name: str
    part: str
    element: Element


class Book:
    """The workbook part of a package."""

    def __init__(self, package: Package) -> None:
        """Find it; NoPackage where the file is no workbook of XML parts."""
        self.package = package
        self.part = package.related("", "officeDocument") or "xl/workbook.xml"
        if CONTENT_TYPES not in package or self.part not in package or not self.part.lower().endswith(".xml"):
            raise NoPackage("不是 Excel 工作簿（.xlsx）")
        root = package.tree(self.part)
        if local(root) != "workbook":
            raise NoPackage("不是 Excel 工作簿（.xlsx）")
        if root.tag not in (f"{{{MAIN}}}workbook", f"{{{STRICT_MAIN}}}workbook"):
            raise CannotEdit("内部的写法不合规范")
        self.strict = root.tag == f"{{{STRICT_MAIN}}}workbook"
        self.office = STRICT_OFFICE if self.strict else OFFICE
        self.space = STRICT_MAIN if self.strict else MAIN
        # Part -> what its formulas and links say of sheets, in small letters; to put rows in changes no sheet's name.
        self.mentions: dict[str, str] = {}

    @property
    def folder(self) -> str:
        """The folder of the workbook part, where its sheets' folder lies."""
        return self.part.rpartition("/")[0]

    def in_folder(self, name: str) -> str:
        """Give the name of a part beside the workbook part."""
        return f"{self.folder}/{name}" if self.folder else name

    def sheets(self) -> list[SheetRef]:
        """Give all sheets in order, those of charts too."""
        links = {each.id: each for each in self.package.relations(self.part)}
        found = []
        for element in self._list():
            link = links.get(relation_of(element) or "")
            part = link.target if link is not None and link.kind == "worksheet" else ""
            found.append(SheetRef(element.get("name", ""), part, element))
        return found

    def insert_first(self, wanted: str, data: bytes, *, names: Mapping[str, str]) -> str:
        """Put a sheet before all others; give the name that it got. `names` are its own names and their areas.

        What counts sheets by position counts one more: names of one sheet, the active and the first tab shown.
        """
        sheets = self.sheets()
        name = _free(wanted, {each.name.lower() for each in sheets})
        part = self.package.free_name(self.in_folder("worksheets/houqin{}.xml"))
        self.package.put(part, data)
        self.package.declare(part, _SHEET_TYPE)
        link = self.package.relate(self.part, "worksheet", part, base=self.office)
        self.package.edit(self.part)
        self._shift(0, 1)
        holder = self._list()
        made = holder.makeelement(like(holder, "sheet"))
        made.set("name", name)
        made.set("sheetId", str(max((int(each.element.get("sheetId", "0")) for each in sheets), default=0) + 1))
        made.set(f"{{{self.office}}}id", link)
        holder.insert(0, made)
        quoted = name.replace("'", "''")
        for own, area in names.items():
            self.define(own, f"'{quoted}'!{area}", sheet=0)
        self._count_titles(name, 1, sheets[0].name if sheets else "")
        return name

    def insert(self, name: str, part: str, position: int) -> None:
        """List a part that is there as a sheet at a position."""
        sheets = self.sheets()
        link = self.package.relate(self.part, "worksheet", part, base=self.office)
        self.package.edit(self.part)
        self._shift(position, 1)
        holder = self._list()
        made = holder.makeelement(like(holder, "sheet"))
        made.set("name", name)
        made.set("sheetId", str(max((int(each.element.get("sheetId", "0")) for each in sheets), default=0) + 1))
        made.set(f"{{{self.office}}}id", link)
        holder.insert(position, made)
        self._count_titles(name, 1, sheets[position].name if position < len(sheets) else "")

    def show(self, position: int) -> None:
        """Make a sheet the one that is in view when the workbook opens, where none before it is."""
        views = place(self.package.edit(self.part), "bookViews", _ORDER)
        for view in children(views, "workbookView"):
            if int(view.get("activeTab", "0")) >= position:
                view.set("activeTab", str(position))

    def remove(self, sheet: SheetRef) -> None:
        """Take a sheet of our own away, with what belongs to it alone."""
        sheets = self.sheets()
        at = next(n for n, each in enumerate(sheets) if each.element is sheet.element)
        if len(sheets) == 1:
            raise CannotEdit("工作簿里只剩下问题清单")
        for link in self.package.relations(self.part):
            if link.id == relation_of(sheet.element):
                self.package.unrelate(self.part, link)
        for link in self.package.relations(sheet.part):
            if link.target in self.package and not self._is_shared(link.target, sheet.part):
                self.package.drop(link.target)
        self.package.drop(sheet.part)
        self.package.edit(self.part)
        names = child(self.package.tree(self.part), "definedNames")
        for each in list(names) if names is not None else []:
            if each.get("localSheetId") == str(at):
                names.remove(each)  # type: ignore[union-attr]  # there are names
        if names is not None and not len(names):
            self.package.tree(self.part).remove(names)  # an empty list is no valid XML of a workbook
        self._list().remove(sheet.element)
        self._shift(at, -1)
        self._count_titles(sheet.name, -1, "")

    def define(self, name: str, text: str, *, sheet: int | None = None, hidden: bool = False) -> None:
        """Define a name, in place of one of the same name and scope."""
        holder = place(self.package.edit(self.part), "definedNames", _ORDER)
        scope = None if sheet is None else str(sheet)
        for each in list(children(holder, "definedName")):
            if each.get("name") == name and each.get("localSheetId") == scope:
                holder.remove(each)
        made = append(holder, "definedName", name=name)
        if scope is not None:
            made.set("localSheetId", scope)
        if hidden:
            made.set("hidden", "1")
        made.text = text

    def name_text(self, name: str) -> str | None:
        """Give what a name of the whole workbook stands for."""
        holder = child(self.package.tree(self.part), "definedNames")
        for each in children(holder, "definedName") if holder is not None else ():
            if each.get("name") == name and each.get("localSheetId") is None:
                return str(each.text or "")
        return None

    def _list(self) -> Element:
        found = child(self.package.tree(self.part), "sheets")
        if found is None:
            raise CannotEdit("工作簿里没有工作表")
        return found

    def _is_shared(self, target: str, owner: str) -> bool:
        """Tell whether another part than the sheet links to a part."""
        parts = ["", *(n for n in self.package.names if "/_rels/" not in f"/{n}" and n != owner)]
        return any(link.target == target for part in parts for link in self.package.relations(part))

    def _shift(self, position: int, by: int) -> None:
        """Count a sheet more or less from a position on."""
        root = self.package.tree(self.part)
        names = child(root, "definedNames")
        for each in children(names, "definedName") if names is not None else ():
            at = each.get("localSheetId")
            if at is not None and at.isdigit() and int(at) >= position:
                each.set("localSheetId", str(int(at) + by))
        # Without a view the first sheet is the active one; beside a sheet that says it is selected the two would be
        # edited together.
        views = place(root, "bookViews", _ORDER)
        if not len(views):
            append(views, "workbookView")
        for view in children(views, "workbookView"):
            # No attribute is sheet 0; the first tab shown stays the first, so that our sheet's tab is in sight.
            active, first = int(view.get("activeTab", "0")), int(view.get("firstSheet", "0"))
            if active >= position:
                view.set("activeTab", str(max(0, active + by)))
            if first > position or (by < 0 and first == position and first > 0):
                view.set("firstSheet", str(first + by))

    def _count_titles(self, name: str, by: int, before: str) -> None:
        """Keep docProps/app.xml's list of sheets in step, where it has the usual shape; it is for information only."""
        links = (self.package.related("", kind) for kind in ("extended-properties", "extendedProperties"))
        part = next((each for each in links if each is not None), None)
        if part is None:
            return
        root = self.package.tree(part)
        pairs, titles = child(root, "HeadingPairs"), child(root, "TitlesOfParts")
        if pairs is None or titles is None or not len(pairs) or not len(titles):
            return
        vector = titles[0]
        counts = [each for each in pairs.iter() if local(each) in ("i4", "int")]
        shown = [each.text or "" for each in vector]
        wanted = before if by > 0 else name
        if wanted not in shown or sum(int(each.text or 0) for each in counts) != len(shown):
            return
        at, end = shown.index(wanted), 0
        for count in counts:
            end += int(count.text or 0)
            if at < end:
                self.package.edit(part)
                count.text = str(int(count.text) + by)
                break
        if by > 0:
            made = vector.makeelement(vector[at].tag)
            made.text = name
            vector.insert(at, made)
        else:
            vector.remove(vector[at])
        vector.set("size", str(len(vector)))


def _free(wanted: str, taken: set[str]) -> str:
    """Give a sheet's name that is not taken.

    >>> _free("问题清单", {"问题清单"})
    '问题清单(2)'
    """
    name, number = wanted, 1
    while name.lower() in taken:
        number += 1
        name = f"{wanted}({number})"
    return name
