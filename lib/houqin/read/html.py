"""A web page's tables -> one grid of texts: what many Chinese systems export under the name .xls.

Nothing that the page names is opened; scripts and styles are passed over.
"""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Range
from houqin.read.build import TEXT, GridBuilder, flags_of, kept_text
from houqin.read.notes import Parsed
from houqin.read.text import decode_text

if TYPE_CHECKING:
    from houqin.read.limits import Limits

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*(gbk|gb2312|gb18030|utf-8)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>")
_HEAD = 4096
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_SILENT = frozenset({"script", "style", "title", "noscript"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_CELLS = frozenset({"td", "th"})
_BLANKS = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, limits: Limits) -> Parsed:
    """Read all tables of a page, one below the other with a blank row between, as Excel shows them."""
    text = _decode(data)
    page = _Page(limits)
    page.feed(text)
    page.close()
    page.end_table()
    if not page.builder.kinds:
        raise RefusedFile("html-table", "用框架分成了几个文件，表格不在这个文件里" if page.framed else "里面没有表格")
    named = _SHEET_NAME.search(text[:_HEAD])
    grid = page.builder.grid(named[1] if named else "Sheet1")
    return Parsed("html", [grid], page.builder.notes)


def _decode(data: bytes) -> str:
    """Decode by mark, else by what the page says of itself, else as any text."""
    told = _CHARSET.search(data[:_HEAD])
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or not told:
        return decode_text(data)
    # Pages that say gb2312 hold characters of its larger successors.
    encoding = "utf-8" if told[1].lower() == b"utf-8" else "gb18030"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return decode_text(data)


class _Page(HTMLParser):
    """Takes the cells as they come; a table within a cell is flattened into the rows that follow."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = GridBuilder(limits, ["General"])
        self.limits = limits
        self.row, self.column = 0, 0
        self.cell: list[str] | None = None
        self.span = (1, 1)
        self.header = self.framed = False
        self.silent = self.depth = self.reached = 0
        self.taken: dict[int, set[int]] = {}  # row -> columns that a cell above or beside reaches into

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an opening tag."""
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.end_cell()
            self.depth += 1
            self.row += 1 if self.builder.kinds else 0
        elif tag == "tr" and self.depth:
            self.end_cell()
            self.row, self.column = self.row + 1, 0
        elif tag in _CELLS and self.depth:
            self.open_cell(dict(attrs), header=tag == "th")
        elif tag in _BREAKS and self.cell is not None:
            self.cell.append("\0")
        elif tag in {"frame", "frameset", "iframe"}:
            self.framed = True

    def handle_endtag(self, tag: str) -> None:
        """Take a closing tag; many pages leave them out."""
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in _CELLS or tag == "tr":
            self.end_cell()
        elif tag == "table":
            self.end_table()

    def handle_data(self, data: str) -> None:
        """Take text within a cell."""
        if self.cell is not None and not self.silent:
            self.cell.append(data)

    def open_cell(self, attributes: dict[str, str | None], *, header: bool) -> None:
        """Find the cell's place: after the last one, past what spans reach into."""
        self.end_cell()
        if not self.row:
            self.row = 1
        self.column += 1
        while self.column in self.taken.get(self.row, ()):
            self.column += 1
        if self.column > _MOST_COLUMNS or self.row > _MOST_ROWS:
            raise RefusedFile("too-large", "网页里的表格超出 Excel 的行列")
        self.cell, self.header = [], header
        self.span = (_span(attributes.get("rowspan")), _span(attributes.get("colspan")))

    def end_cell(self) -> None:
        """Add the cell: white space as a browser shows it, a merge where it spans."""
        if self.cell is None:
            return
        pieces = _BLANKS.sub(" ", "".join(self.cell)).split("\0")
        text = kept_text("\n".join(piece.strip(" ") for piece in pieces).strip("\n"))
        self.cell = None
        if len(text) > self.limits.string_chars:
            raise RefusedFile("too-large", f"一个单元格里有 {len(text)} 个字")
        down, across = self.span
        if text:
            flags = flags_of(formula=False, stored=True, bold=self.header)
            self.builder.add(self.row, self.column, TEXT, 0.0, text, 0, flags)
        right = min(self.column + across - 1, _MOST_COLUMNS)
        if down > 1 or across > 1:
            self.builder.add_merge(Range(self.row, self.column, min(self.row + down - 1, _MOST_ROWS), right))
            self.take(self.row + 1, down - 1, right)
        self.column = right

    def take(self, first: int, count: int, right: int) -> None:
        """Note the places below that the cell reaches into."""
        for row in range(first, first + count):
            self.taken.setdefault(row, set()).update(range(self.column, right + 1))
        self.reached += count * (right - self.column + 1)
        if self.reached > self.limits.merged_positions:
            raise RefusedFile("unsafe", "网页里的合并单元格过大")

    def end_table(self) -> None:
        """End the innermost table; spans past its last row are cut off by the next table's rows."""
        self.end_cell()
        self.depth = max(0, self.depth - 1)
        if not self.depth:
            self.taken.clear()


def _span(written: str | None) -> int:
    """Give a span as browsers read it: at least 1, within reason."""
    text = (written or "").strip()
    return max(1, min(int(text), 1_000)) if text.isdecimal() and len(text) < 9 else 1
