"""Compare a marked package with the clerk's own, part by part, by means of its own: what else changed?"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from lxml import etree
from package.corpus import parts_of, sheet_parts

from houqin.model import a1, column_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    Formats = tuple[list[dict[str, str]], list[dict[str, str]]]

# Parts that a mark may touch, beside the marked sheets, their notes and drawings.
SHARED = {
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/custom.xml", "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels", "xl/styles.xml",
}  # fmt: skip


def unexpected_changes(before: bytes, after: bytes, marked: dict[str, set[str]]) -> list[str]:
    """List what changed beside the marks: `marked` are cells (merge anchors) by sheet."""
    old, new = parts_of(before), parts_of(after)
    formats = _formats(old), _formats(new)
    sheets = sheet_parts(before)
    wrong = [f"{name}: gone" for name in old if name not in new and not name.startswith("_xmlsignatures/")]
    for name, data in old.items():
        if name not in new or new[name] == data:
            continue
        sheet = next((each for each, part in sheets.items() if part == name), None)
        if sheet is not None and marked.get(sheet):
            wrong += _sheet_changes(name, (data, new[name]), marked[sheet], formats)
        elif name.endswith(".vml") or "comments" in name:
            wrong += _note_changes(name, data, new[name])
        elif name not in SHARED and not name.startswith("xl/worksheets/_rels/"):
            wrong.append(f"{name}: touched")
    wrong += _link_changes(old, new)
    wrong += _style_changes(old.get("xl/styles.xml"), new.get("xl/styles.xml"))
    return wrong + _workbook_changes(old["xl/workbook.xml"], new["xl/workbook.xml"])


def canonical(element: Element) -> str:
    """Give an element in one spelling."""
    return ET.canonicalize(etree.tostring(element, with_tail=False), rewrite_prefixes=True)


def _sheet_changes(name: str, data: tuple[bytes, bytes], cells: set[str], formats: Formats) -> list[str]:
    left, right = etree.fromstring(data[0]), etree.fromstring(data[1])
    for root in (left, right):
        _number(root)
    known = {each.get("r"): each for each in left.iter("{*}c")}
    wrong = []
    for cell in [each for each in right.iter("{*}c") if each.get("r") in cells]:
        own = known.get(cell.get("r"))
        if own is None:
            wrong += [f"{name} {cell.get('r')}: content from nowhere"] if len(cell) else []
            cell.getparent().remove(cell)
        else:
            looks = [look[int(each.get("s", "0"))] for look, each in zip(formats, (own, cell), strict=True)]
            if looks[0] != looks[1]:
                wrong.append(f"{name} {cell.get('r')}: more than the fill differs")
            cell.attrib.pop("s", None)
            own.attrib.pop("s", None)
    if _rest(left) != _rest(right):
        wrong.append(f"{name}: more than marks changed")
    return wrong


def _rest(root: Element) -> str:
    """Give a sheet without what may change beside marked cells: its extent, rows made for them, the link to notes."""
    for row in list(root.iter("{*}row")):
        row.attrib.pop("spans", None)
        row.tail = row.text = None
        if not len(row) and set(row.attrib) <= {"r"}:
            row.getparent().remove(row)
    for data in root.iter("{*}sheetData"):
        data.text = None
    for each in [*root.iter("{*}dimension"), *root.iter("{*}legacyDrawing")]:
        root.remove(each)
    return canonical(root)


def _number(root: Element) -> None:
    """Give every row and cell the address that it has by its place."""
    row_number = 0
    for row in root.iter("{*}row"):
        row_number = int(row.get("r") or row_number + 1)
        row.set("r", str(row_number))
        column = 0
        for cell in row:
            told = re.match("[A-Z]+", cell.get("r", ""))
            column = column_number(told[0]) if told else column + 1
            cell.set("r", a1(row_number, column))


def _formats(parts: dict[str, bytes]) -> list[dict[str, str]]:
    """Give what each cell format says, but its fill; of a workbook without styles the one that all cells have."""
    data = parts.get("xl/styles.xml")
    if data is None:
        return [{"inner": "", "numFmtId": "0", "fontId": "0", "borderId": "0", "xfId": "0"}]
    formats = etree.fromstring(data).find("{*}cellXfs")
    return [
        {key: value for key, value in each.attrib.items() if "ill" not in key}
        | {"inner": "".join(canonical(inner) for inner in each)}
        for each in formats
    ]


def _note_changes(name: str, before: bytes, after: bytes) -> list[str]:
    """Every note and shape that was there is there, its text at the beginning of the new one."""
    if name.endswith(".vml"):
        shapes = [re.findall(rb'<v:shape [^>]*?\bid="([^"]+)"', data) for data in (before, after)]
        return [] if shapes[1][: len(shapes[0])] == shapes[0] else [f"{name}: a shape is gone"]
    texts = []
    for data in (before, after):
        comments = etree.fromstring(data).iter("{*}comment")
        texts.append({each.get("ref"): "".join(each.itertext()) for each in comments})
    return [f"{name} {ref}: note" for ref, text in texts[0].items() if not texts[1].get(ref, "").startswith(text)]


def _link_changes(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    wrong = []
    for name in (each for each in old if each.endswith(".rels")):
        before, after = ([dict(each.attrib) for each in etree.fromstring(p[name])] for p in (old, new))
        wrong += [f"{name}: {each}" for each in before if each not in after and "signature" not in each["Type"]]
    return wrong


def _style_changes(before: bytes | None, after: bytes | None) -> list[str]:
    if before is None or after is None or before == after:
        return []
    left, right = etree.fromstring(before), etree.fromstring(after)
    wrong = []
    for one, two in zip(left, right, strict=True):
        own, more = [canonical(each) for each in one], [canonical(each) for each in two]
        if one.tag != two.tag or more[: len(own)] != own:
            wrong.append(f"styles {one.tag}")
        if two.get("count") not in (None, str(len(two))):
            wrong.append(f"styles {one.tag}: count")
    return wrong


def _workbook_changes(before: bytes, after: bytes) -> list[str]:
    """Beside the new sheet and names only numbers of sheets by position changed, each by one."""
    left, right = etree.fromstring(before), etree.fromstring(after)
    wrong = []
    names = [[each.get("name") for each in root.iter("{*}sheet")] for root in (left, right)]
    if names[1][1:] != names[0]:
        wrong.append("sheets")
    ids = [each.get("sheetId") for each in right.iter("{*}sheet")]
    if len(set(ids)) != len(ids):
        wrong.append("sheetId")
    defined = [
        {(e.get("name"), e.get("localSheetId"), e.text) for e in root.iter("{*}definedName")} for root in (left, right)
    ]
    shifted = {(name, None if at is None else str(int(at) + 1), text) for name, at, text in defined[0]}
    wrong += [f"name {each}" for each in shifted - defined[1]]
    views = [next((e for e in root.iter("{*}workbookView")), None) for root in (left, right)]
    if views[0] is not None and views[1] is not None:
        active = [int(view.get("activeTab", "0")) for view in views if view is not None]
        if active[1] != active[0] + 1:
            wrong.append("activeTab")
    rest = [
        [canonical(e) for e in root if not str(e.tag).endswith(("}sheets", "}definedNames", "}bookViews"))]
        for root in (left, right)
    ]
    return wrong if rest[0] == rest[1] else [*wrong, "workbook: something else"]
