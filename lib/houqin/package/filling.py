"""Fill a workbook in: rows added, cells written, formulas computed; everything else in the package stays."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from houqin.model import a1, column_letter
from houqin.package.book import Book
from houqin.package.calculate import Calculator, Formula, NotPlain, written
from houqin.package.cells import Cells
from houqin.package.faults import CannotEdit
from houqin.package.fitting import fit_rows, looks_of, narrow_columns
from houqin.package.grow import all_cells, grow_table, normalise
from houqin.package.looks import look_like, settle_totals
from houqin.package.parts import Package
from houqin.package.sheet_copies import copy_sheets
from houqin.package.xml import append, child, children, local, place, text_element, unescaped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element as Element

    from houqin.package.book import SheetRef
    from houqin.package.calculate import Place, Value
    from houqin.package.fitting import Look
    from houqin.package.growth import Growth

_LARGE = 1 << 62  # a form is parsed whole
_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_CALCULATION = (
    "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip


class Live(NamedTuple):
    """A formula for a cell, without its =, written for the row where the cell stands in the end."""

    text: str


CellValue = str | int | Decimal | date | Live | None


class Filled(NamedTuple):
    """The workbook's bytes, and the cells (sheet, address) whose formula is left to Excel to compute.

    `totals` are those whose SUM over subtotals became a SUBTOTAL, `doubled` those that may count them twice; `narrow`
    are the columns (sheet, letters) in which a number shows as ####.
    """

    data: bytes
    left: tuple[tuple[str, str], ...]
    totals: tuple[tuple[str, str], ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()
    narrow: tuple[tuple[str, str], ...] = ()


def fill_workbook(
    data: bytes,
    growths: Sequence[Growth],
    cells: Mapping[str, Mapping[tuple[int, int], CellValue]],
    copies: Mapping[str, Sequence[str]] | None = None,
) -> Filled:
    """Fill a blank workbook in: `cells` by sheet, at the rows that they have once all tables are as long as needed.

    `copies` are sheets that become several first, by the names of these. A text is written as text whatever it looks
    like, a date as a date where the cell shows dates, None empties a cell.
    NoPackage where the file is no OOXML workbook, CannotEdit where it is not safely changed.
    """
    try:
        return _fill(Package(data, _LARGE), growths, cells, copies or {})
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, etree.LxmlError) as fault:
        raise CannotEdit("内部的写法不合规范") from fault


def _fill(
    package: Package,
    growths: Sequence[Growth],
    cells: Mapping[str, Mapping[tuple[int, int], CellValue]],
    copies: Mapping[str, Sequence[str]],
) -> Filled:
    book = Book(package)
    for name, names in copies.items():
        copy_sheets(book, next(each for each in book.sheets() if each.name == name), names)
    sheets = {each.name: each for each in book.sheets() if each.part}
    for growth in sorted(growths, key=lambda each: (each.sheet, -each.first)):
        grow_table(book, sheets[growth.sheet], growth.first, growth.last, growth.lacking)
        if growth.looks:
            root = package.edit(sheets[growth.sheet].part)
            normalise(root)
            look_like(root, growth)
    totals, doubled = _settle(package, sheets, growths)
    shows_date, looks = _date_formats(book), looks_of(book)
    base = date(1904, 1, 1) if _counts_from_1904(book) else date(1899, 12, 30)
    for name, wanted in cells.items():
        root = package.edit(sheets[name].part)
        normalise(root)
        own = Cells(root)
        for (row, column), value in wanted.items():
            _write(own, row, column, value, dates=(shows_date, base))
        fit_rows(own, {at: value for at, value in wanted.items() if isinstance(value, str)}, looks)
    left = _compute(book)
    _drop_chain(book)
    narrow = _narrow(package, [sheets[name] for name in cells], looks)
    return Filled(book.package.save(), left, totals, doubled, narrow)


def _narrow(package: Package, sheets: Sequence[SheetRef], looks: list[Look]) -> tuple[tuple[str, str], ...]:
    """Give the columns (sheet, letters) that are too narrow for a number in them."""
    found = []
    for sheet in sheets:
        root = package.tree(sheet.part)
        found += [(sheet.name, column_letter(column)) for column in narrow_columns(root, Cells(root), looks)]
    return tuple(found)


def _settle(
    package: Package, sheets: Mapping[str, SheetRef], growths: Sequence[Growth]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Keep the totals of tables with subtotals right; the tables stand where they stand in the end."""
    totals: list[tuple[str, str]] = []
    doubled: list[tuple[str, str]] = []
    for growth in growths:
        if not growth.sums:
            continue
        above = sum(each.lacking for each in growths if each.sheet == growth.sheet and each.last < growth.first)
        first = growth.first + above
        changed, asked = settle_totals(
            package.edit(sheets[growth.sheet].part), first, first + len(growth.looks) - 1, growth.sums
        )
        totals += [(growth.sheet, cell) for cell in changed]
        doubled += [(growth.sheet, cell) for cell in asked]
    return tuple(totals), tuple(doubled)


def _write(
    cells: Cells, row: int, column: int, value: CellValue, *, dates: tuple[frozenset[int], date]
) -> None:
    style = cells.style(row, column)
    cell = cells.cell(row, column)
    if style and not cell.get("s"):
        cell.set("s", str(style))
    for each in list(cell):
        cell.remove(each)
    cell.attrib.pop("t", None)
    if isinstance(value, date):
        serial = (value - dates[1]).days
        value = serial if style in dates[0] else value.isoformat()
    if value is None or value == "":
        return
    if isinstance(value, Live):
        append(cell, "f").text = value.text
    elif isinstance(value, str):
        cell.set("t", "inlineStr")
        text_element(append(cell, "is"), "t", value)
    else:
        append(cell, "v").text = written(Fraction(value))


def _compute(book: Book) -> tuple[tuple[str, str], ...]:
    """Store the value of every formula; give those that are left to Excel."""
    calculator, formulas = _calculator(book)
    left = []
    for sheet in book.sheets():
        for row, column, cell in formulas.get(sheet.name, ()):
            book.package.edit(sheet.part)
            for each in [each for each in cell if local(each) != "f"]:
                cell.remove(each)
            cell.attrib.pop("t", None)
            try:
                _store(cell, calculator.value((sheet.name.lower(), row, column)))
            except NotPlain:
                left.append((sheet.name, a1(row, column)))
    if left:
        root = book.package.edit(book.part)
        setting = place(root, "calcPr", _CALCULATION)
        setting.set("fullCalcOnLoad", "1")
    return tuple(left)


def _store(cell: Element, value: Value) -> None:
    if isinstance(value, bool):
        cell.set("t", "b")
        append(cell, "v").text = str(int(value))
    elif isinstance(value, str):
        cell.set("t", "str")
        append(cell, "v").text = value
    elif value is not None:
        append(cell, "v").text = written(value)


def _calculator(book: Book) -> tuple[Calculator, dict[str, list[tuple[int, int, Element]]]]:
    held: dict[Place, Value | Formula] = {}
    formulas: dict[str, list[tuple[int, int, Element]]] = {}
    texts = _shared_texts(book)
    for sheet in book.sheets():
        if not sheet.part:
            continue
        name, root = sheet.name.lower(), book.package.tree(sheet.part)
        if any(local(each) == "f" and each.get("t") == "shared" for each in root.iter()):
            normalise(book.package.edit(sheet.part))
        for row, column, cell in all_cells(root):
            formula = child(cell, "f")
            if formula is not None:
                plain = formula.get("t") in (None, "normal")
                held[name, row, column] = Formula((formula.text or "") if plain else "#")
                formulas.setdefault(sheet.name, []).append((row, column, cell))
            else:
                value = _value(cell, texts)
                if value is not None:
                    held[name, row, column] = value
    return Calculator(held, _names(book)), formulas


def _names(book: Book) -> dict[str, str]:
    """Give the names of the whole workbook; one that a sheet has of its own is left out, whose it is must be known."""
    holder = child(book.package.tree(book.part), "definedNames")
    elements = list(children(holder, "definedName")) if holder is not None else []
    own = {each.get("name", "").lower() for each in elements if each.get("localSheetId") is not None}
    return {each.get("name", "").lower(): each.text or "" for each in elements} | dict.fromkeys(own, "")


def _value(cell: Element, texts: Sequence[str]) -> Value | Formula:
    kind, inner = str(cell.get("t", "n")), child(cell, "v")
    if kind == "inlineStr":
        return "".join(str(each.text or "") for each in cell.iter() if local(each) == "t")
    if inner is None or inner.text is None:
        return None
    if kind in ("s", "str"):
        return texts[int(inner.text)] if kind == "s" else unescaped(str(inner.text))
    if kind == "b":
        return bool(inner.text == "1")
    return Fraction(str(inner.text)) if kind == "n" else Formula("#")  # what depends on an error is not plain


def _shared_texts(book: Book) -> list[str]:
    part = book.package.related(book.part, "sharedStrings")
    if part is None:
        return []
    found = []
    for each in children(book.package.tree(part), "si"):
        runs = [text for text in each.iter() if local(text) == "t" and not _is_reading(text)]
        found.append(unescaped("".join(text.text or "" for text in runs)))
    return found


def _is_reading(text: Element) -> bool:
    """Tell a text that says how others are read aloud."""
    parent = text.getparent()
    return parent is not None and local(parent) == "rPh"


def _drop_chain(book: Book) -> None:
    """Drop the list of formulas in the order of their last calculation: Excel makes it anew."""
    for link in book.package.relations(book.part):
        if link.kind == "calcChain":
            book.package.drop(link.target)
            book.package.unrelate(book.part, link)


def _date_formats(book: Book) -> frozenset[int]:
    """Give the cell formats that show a number as a date."""
    part = book.package.related(book.part, "styles")
    if part is None:
        return frozenset()
    root = book.package.tree(part)
    own = child(root, "numFmts")
    codes = {int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in (own if own is not None else ())}
    dates = {number for number, code in codes.items() if re.search("[yYdD年]|m月", _NOT_CODE.sub("", code))}
    formats = child(root, "cellXfs")
    return frozenset(
        at for at, each in enumerate(formats if formats is not None else ())
        if int(each.get("numFmtId", "0")) in (_DATES | dates)
    )  # fmt: skip


def _counts_from_1904(book: Book) -> bool:
    settings = child(book.package.tree(book.part), "workbookPr")
    return settings is not None and settings.get("date1904") in ("1", "true")
