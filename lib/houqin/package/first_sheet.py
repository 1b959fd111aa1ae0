"""A sheet of texts to stand before the clerk's own: links, a drop-down, print set-up; written as XML of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from houqin.model import a1, column_letter
from houqin.package.xml import append, text_element, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from houqin.package.book import Book
    from houqin.package.styles import Styles

_FACE = (("name", "微软雅黑"), ("charset", "134"))
_WRAP = {"vertical": "center", "wrapText": "1"}
_MIDDLE = {"vertical": "center", "horizontal": "center", "wrapText": "1"}
_LINE = 16.5  # points of a line of 10-point type
_HIGHEST = 409.0
_WIDE = 20  # a column of sentences


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list: texts by column, the level, where its link leads (sheet and cell), None where nowhere."""

    texts: Sequence[str]
    level: str
    sheet: str | None = None
    cell: str | None = None
    has_suggestion: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """What the first sheet says. `stamp` stands small above the last column, whose texts are small and grey too.

    `answers` are the words of the drop-down, the first of them offered only where there is a suggestion;
    `link`, `answer`, `level` are the columns (from 0) of the link, the drop-down and the level.
    """

    name: str
    title: str
    lines: Sequence[str]
    legend: Sequence[tuple[str, str]]  # level, words
    columns: Sequence[tuple[str, float]]  # header, width in characters
    rows: Sequence[Row]
    stamp: str
    answers: Sequence[str]
    link: int
    answer: int
    level: int
    prompt: str = ""
    free: Sequence[int] = field(default=())  # further columns that a person fills in


def printed_names(listing: Listing) -> dict[str, str]:
    """Give the names by which a sheet prints its columns but the last, its header on each page."""
    header = head_rows(listing)
    letter, last = column_letter(len(listing.columns) - 1), header + max(1, len(listing.rows))
    return {"_xlnm.Print_Area": f"$A$1:${letter}${last}", "_xlnm.Print_Titles": f"${header}:${header}"}


def head_rows(listing: Listing) -> int:
    """Give the row of the headers: title, lines, legend above it."""
    return len(listing.lines) + 3


def sheet_bytes(book: Book, styles: Styles, listing: Listing) -> bytes:
    """Write the sheet."""
    root = etree.Element(f"{{{book.space}}}worksheet", nsmap={None: book.space, "r": book.office})
    setup = append(root, "sheetPr")
    append(setup, "tabColor", rgb="FFE4572D")
    append(setup, "pageSetUpPr", fitToPage="1")
    header = head_rows(listing)
    _views(root, header)
    append(root, "sheetFormatPr", defaultRowHeight="16.5")
    columns = append(root, "cols")
    for number, (_, width) in enumerate(listing.columns, 1):
        append(columns, "col", min=str(number), max=str(number), width=f"{width:g}", customWidth="1")
    looks = _Looks(styles)
    data = append(root, "sheetData")
    _head(data, listing, looks)
    for number, row in enumerate(listing.rows, header + 1):
        _row(data, number, row, listing, looks)
    _ranges(root, listing)
    _print_setup(root)
    return write(root)


class _Looks:
    """The formats of the sheet."""

    def __init__(self, styles: Styles) -> None:
        ink, blue, grey = ("color", "FF222222"), ("color", "FF1F4E79"), ("color", "FF9A9A9A")
        ten, bold = ("sz", "10"), ("b", "")
        self._styles = styles
        self.title = styles.look(font=(bold, ("sz", "16"), blue, *_FACE), alignment={"vertical": "center"})
        self.line = styles.look(font=(ten, ("color", "FF595959"), *_FACE), alignment=_WRAP)
        self.header = styles.look(font=(bold, ten, blue, *_FACE), fill="FFDDEBF7", rule="box", alignment=_MIDDLE)
        self.body = styles.look(font=(ten, ink, *_FACE), rule="row", alignment=_WRAP)
        self.middle = styles.look(font=(ten, ink, *_FACE), rule="row", alignment=_MIDDLE)
        self.link = styles.look(font=(("u", ""), ten, blue, *_FACE), rule="row", alignment=_MIDDLE)
        self.input = styles.look(font=(ten, ink, *_FACE), fill="FFFFF8E1", rule="box", alignment=_WRAP)
        # "fill" keeps a text within its cell: it does not run over into the next ones, nor onto a further page.
        small = {"horizontal": "fill", "vertical": "center"}
        self.small = styles.look(font=(("sz", "6"), grey, *_FACE), alignment=small)
        self._font = (bold, ten, ink, *_FACE)

    def level(self, level: str) -> int:
        """Give the format of a level's word: the mark itself."""
        return self._styles.look(font=self._font, level=level, rule="box", alignment=_MIDDLE)


def _head(data: Element, listing: Listing, looks: _Looks) -> None:
    last = len(listing.columns)
    title = append(data, "row", r="1", ht="30", customHeight="1")
    _cell(title, 1, 1, listing.title, looks.title)
    _cell(title, 1, last, listing.stamp, looks.small)
    room = sum(width for _, width in listing.columns[:-1])
    for number, line in enumerate(listing.lines, 2):
        row = append(data, "row", r=str(number), ht=_height(line, room), customHeight="1")
        _cell(row, number, 1, line, looks.line)
    number = len(listing.lines) + 2
    legend = append(data, "row", r=str(number), ht="20", customHeight="1")
    _cell(legend, number, 1, "标记", looks.line)
    narrow = [at for at, (_, width) in enumerate(listing.columns, 1) if 1 < at < last and width < _WIDE]
    for at, (level, words) in zip(narrow, listing.legend, strict=False):
        _cell(legend, number, at, words, looks.level(level))
    row = append(data, "row", r=str(number + 1), ht="24", customHeight="1")
    for at, (header, _) in enumerate(listing.columns, 1):
        _cell(row, number + 1, at, header, looks.small if at == last else looks.header)


def _row(data: Element, number: int, row: Row, listing: Listing, looks: _Looks) -> None:
    needed = max(
        float(_height(text, width)) for text, (_, width) in zip(row.texts[:-1], listing.columns[:-1], strict=True)
    )
    element = append(data, "row", r=str(number), ht=f"{needed:g}", customHeight="1")
    last = len(listing.columns) - 1
    for at, text in enumerate(row.texts):
        look = looks.body if listing.columns[at][1] >= _WIDE else looks.middle
        if at == listing.level:
            look = looks.level(row.level)
        elif at == listing.link and row.sheet is not None:
            look = looks.link
        elif at == listing.answer or at in listing.free:
            look = looks.input
        elif at == last:
            look = looks.small
        _cell(element, number, at + 1, text, look)


def _cell(row: Element, number: int, column: int, text: str, style: int) -> None:
    """Write a text as text, whatever it looks like."""
    made = append(row, "c", r=a1(number, column), s=str(style))
    if text:
        made.set("t", "inlineStr")
        text_element(append(made, "is"), "t", text)


def _views(root: Element, header: int) -> None:
    view = append(append(root, "sheetViews"), "sheetView", showGridLines="0", workbookViewId="0")
    top = a1(header + 1, 1)
    append(view, "pane", ySplit=str(header), topLeftCell=top, activePane="bottomLeft", state="frozen")
    append(view, "selection", pane="bottomLeft", activeCell=top, sqref=top)


def _ranges(root: Element, listing: Listing) -> None:
    """Write merges, the drop-down and the links, in the schema's order."""
    merges = append(root, "mergeCells", count=str(len(listing.lines)))
    for number in range(2, len(listing.lines) + 2):
        append(merges, "mergeCell", ref=f"{a1(number, 1)}:{a1(number, len(listing.columns) - 1)}")
    if not listing.lines:
        root.remove(merges)
    first = head_rows(listing) + 1
    with_one = [first + n for n, row in enumerate(listing.rows) if row.has_suggestion]
    without = [first + n for n, row in enumerate(listing.rows) if not row.has_suggestion]
    choices = [(with_one, listing.answers), (without, listing.answers[1:])]
    holder = append(root, "dataValidations", count=str(sum(bool(rows) for rows, _ in choices)))
    for rows, words in choices:
        if rows:
            _drop_down(holder, rows, words, listing)
    if not len(holder):
        root.remove(holder)
    links = append(root, "hyperlinks")
    for number, row in enumerate(listing.rows, first):
        if row.sheet is not None:
            target = f"{_quoted(row.sheet)}!{row.cell or 'A1'}"
            append(links, "hyperlink", ref=a1(number, listing.link + 1), location=target)
    if not len(links):
        root.remove(links)


def _drop_down(holder: Element, rows: Sequence[int], words: Sequence[str], listing: Listing) -> None:
    letter = column_letter(listing.answer + 1)
    made = append(
        holder, "dataValidation", type="list", allowBlank="1", showInputMessage="1", showErrorMessage="1",
        errorTitle="处理意见", error=f"请从列表里选：{'、'.join(words)}。别的话请写在“说明”里。",
        prompt=listing.prompt, sqref=" ".join(f"{letter}{a}:{letter}{b}" for a, b in _runs(rows)),
    )  # fmt: skip
    append(made, "formula1").text = f'"{",".join(words)}"'


def _print_setup(root: Element) -> None:
    append(root, "printOptions", horizontalCentered="1")
    append(root, "pageMargins", left="0.4", right="0.4", top="0.5", bottom="0.6", header="0.3", footer="0.3")
    append(root, "pageSetup", paperSize="9", orientation="landscape", fitToWidth="1", fitToHeight="0")
    footer = append(root, "headerFooter")
    append(footer, "oddFooter").text = "&L&9&A&R&9第 &P 页 共 &N 页"


def _height(text: str, width: float) -> str:
    room = max(2, int(width) - 1)
    lines = sum(max(1, -(-_width(line) // room)) for line in text.split("\n"))
    return f"{min(_HIGHEST, max(1, lines) * _LINE + 4):g}"


def _width(line: str) -> int:
    return len(line) + sum(char > "\x7f" for char in line)


def _quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Give rows as stretches, first and last.

    >>> _runs([3, 4, 5, 8])
    [(3, 5), (8, 8)]
    """
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
