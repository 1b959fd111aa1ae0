"""Put rows into a sheet as Excel does: all that lies below moves, whatever points there follows."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from houqin.model import a1
from houqin.package.cells import cell_at
from houqin.package.faults import CannotEdit
from houqin.package.references import Insertion, move_formula, shift_area, shift_formula
from houqin.package.shapes import shift_shapes
from houqin.package.xml import append, child, children, local, place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element as Element

    from houqin.package.book import Book, SheetRef

_LAST_ROW = 1_048_576
MERGE_ORDER = (
    "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations",
    "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks",
    "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF",
    "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
# Elements of a sheet whose text is a formula, or an area, or several of them
_FORMULAS = ("f", "formula", "formula1", "formula2")
_AREAS = ("ref", "sqref", "topLeftCell", "activeCell", "r1", "r2")


def grow_table(book: Book, sheet: SheetRef, first: int, last: int, count: int) -> None:
    """Make a body of rows `first` to `last` longer by `count` rows that look like those it has.

    Its formulas are repeated, what it holds otherwise is not; all below moves down, whatever points there follows.
    """
    if count <= 0:
        return
    root = book.package.edit(sheet.part)
    normalise(root)
    inner = last > first
    insertion = Insertion(last if inner else last + 1, count, grows=not inner)
    sample = last - 1 if inner else last
    _check_room(root, insertion)
    tail = _repeated(root, sample, last) if inner else {}
    copies = _samples(root, sample, insertion)
    _move_rows(root, insertion, (first, last), sheet.name)
    _place_rows(root, copies)
    for column, formula in tail.items():
        _set_formula(root, last + count, column, move_formula(formula, last + count - sample))
    _shift_sheet(root, insertion, sheet.name)
    _repeat_merges(root, sample, insertion)
    shift_shapes(book, sheet, insertion)
    _shift_elsewhere(book, sheet, insertion)


def normalise(root: Element) -> None:
    """Give each row and cell its address, and each formula of a shared one its own text."""
    shared: dict[str, tuple[int, int, str]] = {}
    for row, column, cell in all_cells(root):
        cell.set("r", a1(row, column))
        formula = child(cell, "f")
        if formula is None or formula.get("t") != "shared":
            continue
        index = formula.get("si", "")
        if formula.text:
            shared[index] = row, column, formula.text
        elif index in shared:
            top, left, text = shared[index]
            formula.text = move_formula(text, row - top, column - left)
        for name in ("t", "si", "ref"):
            formula.attrib.pop(name, None)


def all_cells(root: Element) -> Iterable[tuple[int, int, Element]]:
    """Give row, column and element of each cell; rows and cells without an address follow the one before."""
    data = child(root, "sheetData")
    number = 0
    for row in children(data, "row") if data is not None else ():
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        column = 0
        for cell in children(row, "c"):
            at = cell_at(cell.get("r", ""))
            column = at[1] if at else column + 1
            yield number, column, cell


def row_elements(root: Element) -> dict[int, Element]:
    """Give the rows of a sheet by number."""
    data = child(root, "sheetData")
    if data is None:
        raise CannotEdit("工作表的内容不完整")
    return {int(row.get("r", "0")): row for row in children(data, "row")}


def _check_room(root: Element, insertion: Insertion) -> None:
    if max(row_elements(root), default=0) + insertion.count > _LAST_ROW:
        raise CannotEdit("加了行以后超过 Excel 一张表的行数")


def _samples(root: Element, sample: int, insertion: Insertion) -> list[Element]:
    """Make the new rows: the sample's look and formulas."""
    own = row_elements(root).get(sample)
    if own is None:
        return []
    made = []
    for row in range(insertion.at, insertion.at + insertion.count):
        element = copy.deepcopy(own)
        element.set("r", str(row))
        for cell in children(element, "c"):
            at = cell_at(cell.get("r", ""))
            column = at[1] if at else 1
            cell.set("r", a1(row, column))
            formula = child(cell, "f")
            for each in list(cell):
                if local(each) != "f":
                    cell.remove(each)
            cell.attrib.pop("t", None)
            if formula is not None and formula.get("t") is None:
                formula.text = move_formula(formula.text or "", row - sample)
            elif formula is not None:
                cell.remove(formula)  # of an array formula each row has its own, or none
        made.append(element)
    return made


def _repeated(root: Element, sample: int, last: int) -> dict[int, str]:
    """Give the sample's formulas, by column, that the body's last row repeats."""
    by_row: dict[int, dict[int, str]] = {row: {} for row in (sample, last)}
    for row, column, cell in all_cells(root):
        formula = child(cell, "f")
        if row in by_row and formula is not None and formula.get("t") is None:
            by_row[row][column] = formula.text or ""
    same = by_row[last]
    return {at: text for at, text in by_row[sample].items() if same.get(at) == move_formula(text, last - sample)}


def _set_formula(root: Element, row: int, column: int, text: str) -> None:
    for cell in children(row_elements(root)[row], "c"):
        formula = child(cell, "f")
        if cell.get("r") == a1(row, column) and formula is not None:
            formula.text = text


def _move_rows(root: Element, insertion: Insertion, body: tuple[int, int], name: str) -> None:
    """Number the rows below anew and change all formulas; those of the body itself do not take in the new rows."""
    for row, column, cell in list(all_cells(root)):
        formula = child(cell, "f")
        if formula is not None:
            within = body[0] <= row <= body[1]
            if formula.text:
                grows = False if within else None
                formula.text = shift_formula(formula.text, insertion, sheet=name, own=True, grows=grows)
            for word in ("ref", "r1", "r2"):
                if formula.get(word):
                    formula.set(word, shift_area(formula.get(word), insertion, grows=False))
        cell.set("r", a1(insertion.row(row), column))
    for row in row_elements(root).values():
        row.set("r", str(insertion.row(int(row.get("r", "0")))))


def _place_rows(root: Element, made: list[Element]) -> None:
    data = child(root, "sheetData")
    if data is None or not made:
        return
    first = int(made[0].get("r", "0"))
    later = next((n for n, row in enumerate(data) if local(row) == "row" and int(row.get("r", "0")) > first), len(data))
    for offset, element in enumerate(made):
        data.insert(later + offset, element)


def _shift_sheet(root: Element, insertion: Insertion, name: str) -> None:
    """Change all areas and formulas of a sheet beside its cells, in extensions too."""
    for part in root:
        if local(part) == "sheetData":
            continue
        for each in part.iter():
            _shift_element(each, insertion, name)
    dimension = child(root, "dimension")
    if dimension is not None:
        dimension.set("ref", shift_area(dimension.get("ref", ""), insertion))
    breaks = child(root, "rowBreaks")
    for each in children(breaks, "brk") if breaks is not None else ():
        each.set("id", str(insertion.row(int(each.get("id", "0")) + 1) - 1))


def _shift_element(each: Element, insertion: Insertion, name: str) -> None:
    word = local(each)
    if word == "pane":
        # What is frozen stays; only what is scrolled to moves.
        return
    grows = False if word in ("mergeCell", "selection", "hyperlink") else None
    for attribute in _AREAS:
        value = each.get(attribute)
        if value and word != "dimension" and not (attribute == "topLeftCell" and word == "sheetView"):
            each.set(attribute, " ".join(_shifted(area, insertion, grows=grows) for area in value.split()))
    if word == "inputCells" and each.get("r"):
        each.set("r", shift_area(each.get("r", ""), insertion, grows=False))
    if word in _FORMULAS and each.text:
        each.text = shift_formula(each.text, insertion, sheet=name, own=True)
    elif word == "sqref" and each.text:
        each.text = " ".join(_shifted(area, insertion, grows=None) for area in each.text.split())
    elif word == "hyperlink" and each.get("location"):
        each.set("location", shift_formula(each.get("location", ""), insertion, sheet=name, own=True))


def _shifted(area: str, insertion: Insertion, *, grows: bool | None) -> str:
    return shift_area(area, insertion, grows=grows)


def _repeat_merges(root: Element, sample: int, insertion: Insertion) -> None:
    """Give the new rows the merges within the sample row; one that ends with a sample of several rows is left."""
    holder = child(root, "mergeCells")
    if holder is None:
        return
    for each in list(children(holder, "mergeCell")):
        first, _, last = each.get("ref", "").partition(":")
        start, end = cell_at(first), cell_at(last or first)
        if start is None or end is None or not start[0] == end[0] == sample:
            continue
        for row in range(insertion.at, insertion.at + insertion.count):
            append(place(root, "mergeCells", MERGE_ORDER), "mergeCell", ref=f"{a1(row, start[1])}:{a1(row, end[1])}")
    holder.set("count", str(sum(1 for _ in children(holder, "mergeCell"))))


def _shift_elsewhere(book: Book, sheet: SheetRef, insertion: Insertion) -> None:
    """Change what other parts say of the sheet: names, formulas of other sheets, charts, tables, pivot sources."""
    package = book.package
    _shift_names(book, sheet, insertion)
    for other in book.sheets():
        if other.part and other.part != sheet.part and _is_mentioned(book, other.part, sheet.name):
            _shift_texts(book, other.part, sheet.name, insertion, _FORMULAS)
            _shift_links(book, other.part, sheet.name, insertion)
    for name in list(package.names):
        low = name.lower()
        if low.endswith(".xml") and ("/charts/chart" in low or "/chartex/" in low):
            _shift_texts(book, name, sheet.name, insertion, ("f",))
        elif low.endswith(".xml") and "/pivotcachedefinition" in low:
            _shift_pivot(book, name, sheet.name, insertion)
    for link in package.relations(sheet.part):
        if link.kind == "table" and link.target in package:
            for each in package.edit(link.target).iter():
                if each.get("ref") and local(each) in ("table", "autoFilter", "sortState", "sortCondition"):
                    each.set("ref", shift_area(each.get("ref", ""), insertion))


def _is_mentioned(book: Book, part: str, name: str) -> bool:
    """Tell whether a sheet's formulas or links may lead into another: of many sheets hardly any does."""
    if part not in book.mentions:
        root = book.package.tree(part)
        texts = [each.text or "" for each in root.iter(etree.Element) if local(each) in _FORMULAS]
        texts += [each.get("location", "") for each in root.iter(etree.Element) if local(each) == "hyperlink"]
        book.mentions[part] = "\n".join(text for text in texts if "!" in text).casefold()
    return name.replace("'", "''").casefold() in book.mentions[part]


def _shift_names(book: Book, sheet: SheetRef, insertion: Insertion) -> None:
    names = child(book.package.tree(book.part), "definedNames")
    for each in children(names, "definedName") if names is not None else ():
        if each.text:
            changed = shift_formula(each.text, insertion, sheet=sheet.name, own=False)
            if changed != each.text:
                book.package.edit(book.part)
                each.text = changed


def _shift_texts(book: Book, part: str, name: str, insertion: Insertion, words: tuple[str, ...]) -> None:
    root = book.package.tree(part)
    if any(local(each) == "f" and each.get("t") == "shared" for each in root.iter()):
        normalise(root)
        book.package.edit(part)
    for each in root.iter():
        if local(each) in words and each.text:
            changed = shift_formula(each.text, insertion, sheet=name, own=False)
            if changed != each.text:
                book.package.edit(part)
                each.text = changed


def _shift_links(book: Book, part: str, name: str, insertion: Insertion) -> None:
    for each in book.package.tree(part).iter():
        if local(each) == "hyperlink" and each.get("location"):
            changed = shift_formula(each.get("location", ""), insertion, sheet=name, own=False)
            if changed != each.get("location"):
                book.package.edit(part)
                each.set("location", changed)


def _shift_pivot(book: Book, part: str, name: str, insertion: Insertion) -> None:
    for each in book.package.tree(part).iter():
        if local(each) == "worksheetSource" and each.get("sheet") == name and each.get("ref"):
            book.package.edit(part)
            each.set("ref", shift_area(each.get("ref", ""), insertion))
