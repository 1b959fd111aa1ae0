"""Mark a workbook: cells, notes and a first sheet; what was marked before is taken off first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from houqin.package.book import Book
from houqin.package.cells import Cells, cell_at
from houqin.package.faults import CannotEdit
from houqin.package.first_sheet import Listing, printed_names, sheet_bytes
from houqin.package.notes import Notes
from houqin.package.parts import Package
from houqin.package.rows import split_rows
from houqin.package.stamp import stamp_book, stamp_of
from houqin.package.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from houqin.package.book import SheetRef
    from houqin.package.rows import Rows

# A sheet part past so many bytes is not parsed whole: a tree of 100,000 rows takes a gigabyte.
LARGE = 1 << 21
_MERGE = re.compile(rb"mergeCell\b[^<>]*?\bref\s*=\s*[\"']([A-Z0-9:$]+)[\"']")


class Mark(NamedTuple):
    """A cell to mark: its address, the level (error, question, warning, info) and the text of its note."""

    cell: str
    level: str
    note: str


class Outcome(NamedTuple):
    """What an edit did: cells (sheet, address) whose note could not be written, and whether a signature was dropped."""

    without_note: tuple[tuple[str, str], ...]
    signature_dropped: bool


class Marked(NamedTuple):
    """The bytes of a marked workbook, and the name that the first sheet got."""

    data: bytes
    sheet: str


def mark_workbook(
    data: bytes,
    marks: Mapping[str, Sequence[Mark]],
    listing: Callable[[Outcome], Listing],
    *,
    earlier: Collection[str] = (),
    large: int = LARGE,
) -> Marked:
    """Give a copy of a workbook with marks, by sheet, and a list as its first sheet.

    `listing` makes the list once it is known what could not be done; `earlier` are sheets that an earlier run wrote; of
    sheets of more than `large` bytes only the marked rows are parsed.
    Nothing else changes. NoPackage where the file is no OOXML workbook, CannotEdit where it is not safely changed.
    """
    try:
        return _mark(Package(data, large), marks, listing, earlier)
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, etree.LxmlError) as fault:
        # A number that is none, a list shorter than it says: readers are lenient there, an edit must not be.
        raise CannotEdit("内部的写法不合规范") from fault


def _mark(
    package: Package,
    marks: Mapping[str, Sequence[Mark]],
    listing: Callable[[Outcome], Listing],
    earlier: Collection[str],
) -> Marked:
    book = Book(package)
    styles = Styles(book)
    if earlier or stamp_of(book) is not None:
        _take_off(book, styles, earlier)
    without_note: list[tuple[str, str]] = []
    for sheet in book.sheets():
        if sheet.part and marks.get(sheet.name):
            without_note += _mark_sheet(book, styles, sheet, marks[sheet.name])
    made = listing(Outcome(tuple(without_note), _drop_signature(book)))
    name = book.insert_first(made.name, sheet_bytes(book, styles, made), names=printed_names(made))
    stamp_book(book, made.stamp)
    return Marked(book.package.save(), name)


def _mark_sheet(book: Book, styles: Styles, sheet: SheetRef, marks: Sequence[Mark]) -> list[tuple[str, str]]:
    tops = {at[0] for mark in marks if (at := cell_at(mark.cell)) is not None}
    cells = _open_sheet(book, sheet.part, lambda rows: tops | _anchor_rows(rows, tops))
    book.package.edit(sheet.part)
    notes = Notes(book, sheet.part, cells)
    missed = []
    for mark in marks:
        at = cell_at(mark.cell)
        if at is None:
            continue
        row, column = cells.anchor(*at)
        cells.set_style(row, column, styles.marked(cells.style(row, column), mark.level))
        if not notes.add(row, column, mark.level, mark.note):
            missed.append((sheet.name, mark.cell))
    notes.save()
    return missed


def _open_sheet(book: Book, part: str, wanted: Callable[[Rows], Collection[int]]) -> Cells:
    """Open a sheet's cells; of a large one only the rows that are wanted."""
    data = book.package.read(part)
    rows = split_rows(data) if len(data) > book.package.large else None
    if rows is None:
        return Cells(book.package.tree(part))
    book.package.cut(part, rows, wanted(rows))
    return Cells(book.package.tree(part), rows.heights())


def _anchor_rows(rows: Rows, tops: Collection[int]) -> set[int]:
    """Give the rows where merges over some rows begin: the mark stands there."""
    merges = (
        cell_at(end) for found in _MERGE.finditer(rows.tail) for end in found[1].decode("ascii", "ignore").split(":")
    )
    corners = [corner[0] for corner in merges if corner is not None]
    pairs = zip(corners[::2], corners[1::2], strict=False)
    return {top for top, bottom in pairs if any(top <= row <= bottom for row in tops)}


def _take_off(book: Book, styles: Styles, earlier: Collection[str]) -> None:
    """Remove marks, notes and lists of an earlier run."""
    for sheet in book.sheets():
        if not sheet.part:
            continue
        if sheet.name in earlier:
            book.remove(sheet)
            continue
        cells = _open_sheet(book, sheet.part, lambda rows: rows.with_styles(styles.all_marked()))
        for cell in cells.all_styled():
            plain = styles.unmarked(int(cell.get("s", "0")))
            if plain is not None:
                book.package.edit(sheet.part)
                if plain:
                    cell.set("s", str(plain))
                else:
                    del cell.attrib["s"]
        notes = Notes(book, sheet.part, cells)
        notes.take_off_ours()
        notes.save()
        book.package.settle(sheet.part)


def _drop_signature(book: Book) -> bool:
    """Drop a signature of the file, which no longer holds; tell whether there was one."""
    package = book.package
    links = [each for each in package.relations("") if each.kind == "origin"]
    for link in links:
        for name in [name for name in package.names if name.startswith("_xmlsignatures/")]:
            package.drop(name)
        package.unrelate("", link)
    return bool(links)
