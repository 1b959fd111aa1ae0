"""A workbook in the XML of Excel 2003 -> grids: what some systems export under the name .xls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Range
from houqin.read.build import (
    BLANK,
    BOOL,
    DATE,
    ERROR,
    MAX_COLUMN,
    MAX_ROW,
    NUMBER,
    ODD_DATE,
    TEXT,
    GridBuilder,
    flags_of,
    kept_text,
    refuse_bad_names,
)
from houqin.read.notes import Note, Parsed
from houqin.read.number_formats import is_date_format
from houqin.read.xml_parts import parse_xml
from houqin.read.xml_sheet import END_OF_DATES, iso_value
from houqin.read.zip_check import as_utf8

if TYPE_CHECKING:
    from houqin.model import Grid
    from houqin.read.limits import Limits

_NAMED_FORMATS = {
    "General Date": "yyyy/m/d h:mm", "Long Date": 'yyyy"年"m"月"d"日"', "Medium Date": "yyyy/m/d",
    "Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm", "Short Time": "h:mm",
    "Currency": "¥#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
}  # fmt: skip
_DATE_TIME = "yyyy/m/d"
_HIDDEN = ("SheetHidden", "SheetVeryHidden")


def read_xml_2003(data: bytes, limits: Limits) -> Parsed:
    """Read all sheets; a DTD refuses the file."""
    book = _Book(limits)
    parse_xml(as_utf8(data), book.start, book.end, book.text)
    refuse_bad_names(name for name, _, _ in book.sheets)
    grids: list[Grid] = []
    notes: list[Note] = []
    for name, builder, visible in book.sheets:
        grids.append(builder.grid(name, visible=visible))
        notes += builder.notes
    return Parsed("xml-2003", grids, notes)


class _Book:
    """The state of the pass."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.formats = ["General"]
        self.styles: dict[str, tuple[int, bool, bool]] = {}  # id -> format, date, bold
        self.sheets: list[tuple[str, GridBuilder, bool]] = []
        self.path: list[str] = []
        self.row = self.column = self.across = self.column_at = 0
        self.style, self.cell_style, self.row_style, self.kind = "", "", "", ""
        self.formula = self.has_data = False
        self.pieces: list[str] = []
        self.visible: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.path.append(tag)
        own = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "Worksheet":
            self.sheets.append((own.get("Name", ""), GridBuilder(self.limits, self.formats), True))
            self.row = self.column_at = 0
        elif tag == "AutoFilterColumn" and self.sheets:
            self.builder.filtered = True
        elif tag == "Style":
            self.style = own.get("ID", "")
            self.styles[self.style] = (0, False, False)
        elif tag in {"NumberFormat", "Font"} and "Style" in self.path:
            self.take_style(tag, own)
        elif self.sheets and tag in {"Row", "Cell", "Column"} and self.path[-2:-1] in (["Table"], ["Row"]):
            {"Row": self.open_row, "Cell": self.open_cell, "Column": self.take_column}[tag](own)
        elif tag == "Data" and self.path[-2:-1] == ["Cell"]:
            self.kind, self.has_data = own.get("Type", "String"), True
            self.pieces.clear()

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        self.path.pop()
        if tag == "Cell" and self.path[-1:] == ["Row"] and self.sheets:
            self.close_cell()
        elif tag == "Visible" and self.sheets:
            name, builder, _ = self.sheets[-1]
            self.sheets[-1] = (name, builder, "".join(self.visible).strip() not in _HIDDEN)
            self.visible.clear()

    def text(self, piece: str) -> None:
        """Take text within a cell's data; a comment has data of its own."""
        if "Data" in self.path and "Comment" not in self.path:
            self.pieces.append(piece)
        elif self.path[-1:] == ["Visible"]:
            self.visible.append(piece)

    def take_style(self, tag: str, own: dict[str, str]) -> None:
        """Keep a style's number format or bold face."""
        number_format, date, bold = self.styles[self.style]
        if tag == "Font":
            self.styles[self.style] = (number_format, date, own.get("Bold") == "1")
            return
        code = _NAMED_FORMATS.get(own.get("Format", ""), own.get("Format", "General"))
        if code not in self.formats and len(self.formats) < 65_535:
            self.formats.append(code)
        known = self.formats.index(code) if code in self.formats else 0
        self.styles[self.style] = (known, is_date_format(code), bold)

    def open_row(self, own: dict[str, str]) -> None:
        """Note the row's number: its own, else the one after the last."""
        self.row = _number(own.get("Index"), self.row + 1, MAX_ROW)
        self.column, self.across, self.row_style = 0, 0, own.get("StyleID", "")
        if own.get("Hidden") == "1":
            self.builder.hidden_rows.add(self.row)
        self.row += _number(own.get("Span"), 0, MAX_ROW) if own.get("Span") else 0

    def open_cell(self, own: dict[str, str]) -> None:
        """Note the cell's place, style and merge."""
        self.column = _number(own.get("Index"), self.column + self.across + 1, MAX_COLUMN)
        self.across = _number(own.get("MergeAcross"), 0, MAX_COLUMN)
        down = _number(own.get("MergeDown"), 0, MAX_ROW)
        if self.across or down:
            bottom, right = min(self.row + down, MAX_ROW), min(self.column + self.across, MAX_COLUMN)
            self.builder.add_merge(Range(self.row, self.column, bottom, right))
        self.cell_style = own.get("StyleID", self.row_style)
        self.formula, self.has_data = "Formula" in own, False
        self.pieces.clear()

    def take_column(self, own: dict[str, str]) -> None:
        """Note hidden columns."""
        first = _number(own.get("Index"), self.column_at + 1, MAX_COLUMN)
        self.column_at = min(first + _number(own.get("Span"), 0, MAX_COLUMN), MAX_COLUMN)
        if own.get("Hidden") == "1":
            self.builder.hidden_columns.update(range(first, self.column_at + 1))

    def close_cell(self) -> None:
        """Add the cell, if it holds anything."""
        format_id, date, bold = self.styles.get(self.cell_style, (0, False, False))
        text = "".join(self.pieces)
        if len(text) > self.limits.string_chars:
            raise RefusedFile("too-large", f"一个单元格里有 {len(text)} 个字")
        kind, number, shown = self.value(text, date=date) if self.has_data else (BLANK, 0.0, "")
        if kind == BLANK and not self.formula:
            return
        if kind == DATE and not date:
            format_id = self.date_format()
        stored = self.has_data and (text != "" or self.kind == "String")
        flags = flags_of(formula=self.formula, stored=stored, bold=bold)
        flags |= ODD_DATE if date and kind == NUMBER else 0
        self.builder.add(self.row, self.column, kind, number, shown, format_id, flags)

    def value(self, text: str, *, date: bool) -> tuple[int, float, str]:
        """Give kind, number and text of a cell's data."""
        if self.kind == "Number" and text.strip():
            try:
                number = float(text)
            except ValueError:
                number = float("nan")
            if number - number != 0 or "_" in text:
                raise RefusedFile("bad-cell", f"第 {self.row} 行第 {self.column} 列应是数字，实际是“{text[:20]}”")
            return (DATE if date and 0 <= number < END_OF_DATES else NUMBER), number, ""
        if self.kind == "DateTime" and text.strip():
            return iso_value(text.strip())
        if self.kind == "Boolean" and text.strip():
            return BOOL, float(text.strip() == "1"), ""
        plain = kept_text(text)
        if not plain:
            return BLANK, 0.0, ""
        return (ERROR if self.kind == "Error" else TEXT), 0.0, plain

    def date_format(self) -> int:
        """Give a date format's id, for a date in a cell without one."""
        if _DATE_TIME not in self.formats:
            self.formats.append(_DATE_TIME)
        return self.formats.index(_DATE_TIME)

    @property
    def builder(self) -> GridBuilder:
        """The sheet in hand."""
        return self.sheets[-1][1]


def _number(written: str | None, otherwise: int, most: int) -> int:
    """Give an attribute's number within the sheet's bounds; nonsense refuses the file."""
    if written is None:
        number = otherwise
    elif written.isdecimal() and len(written) < 9:
        number = int(written)
    else:
        raise RefusedFile("bad-cell", f"行列号“{written[:20]}”不对")
    if number > most:
        raise RefusedFile("bad-cell", f"行列号 {number} 超出范围")
    return number
