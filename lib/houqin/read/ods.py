"""An OpenDocument spreadsheet -> grids, in one pass of expat over its content.

Source of the elements: OpenDocument 1.3 part 3, sections 9 (tables) and 19 (attributes).
"""

from __future__ import annotations

import re
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
    TEXT,
    GridBuilder,
    flags_of,
    kept_text,
    refuse_bad_names,
)
from houqin.read.notes import Note, Parsed, sheet_name_note
from houqin.read.xml_parts import guarded_parser, run_parser
from houqin.read.xml_sheet import iso_value

if TYPE_CHECKING:
    from houqin.model import Grid
    from houqin.read.limits import Limits
    from houqin.read.zip_check import Package

_GENERAL, _DAY, _MOMENT, _CLOCK, _DURATION, _PERCENT, _MONEY = range(7)
_FORMATS = ["General", "yyyy/m/d", "yyyy/m/d h:mm", "h:mm", "[h]:mm", "0.00%", "#,##0.00"]
_NUMBERS = {"float": _GENERAL, "percentage": _PERCENT, "currency": _MONEY}
_TIME = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2}(?:\.\d+)?)S")
_CELLS = frozenset({"table-cell", "covered-table-cell"})
_HIDDEN = frozenset({"collapse", "filter"})
# What stands below these is not the sheet's: notes, shapes and the tables in them, how a text is pronounced, the past.
_BESIDE = frozenset({"annotation", "ruby-text", "frame", "shapes", "note", "tracked-changes"})
_BLANKS = re.compile(r" *[\t\r\n][ \t\r\n]*")  # indentation; plain blanks are kept as LibreOffice writes them
_SPACE = "\0"  # a space that is meant, until white space is folded
_ERROR_TEXT = re.compile(r"#N/A|#[A-Z0-9/]+[!?]|Err:\d{3}")
_MAX_DEPTH = 200
_MOST_REPEATED = 2_000_000  # cells that a few bytes ask for


def read_ods(package: Package, limits: Limits) -> Parsed:
    """Read all sheets; what is locked or too deep is refused."""
    if "meta-inf/manifest.xml" in package and b"encryption-data" in package.read("meta-inf/manifest.xml"):
        raise RefusedFile("encrypted", "")
    book = _Book(limits)
    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler = book.start, book.end
    parser.CharacterDataHandler = book.text
    run_parser(parser, package.read("content.xml"))
    refuse_bad_names(name for name, _, _ in book.sheets)
    grids: list[Grid] = []
    notes: list[Note] = []
    for name, builder, style in book.sheets:
        grids.append(builder.grid(name, visible=style not in book.hidden_tables))
        odd = sheet_name_note(name)
        notes += [odd, *builder.notes] if odd else builder.notes
    return Parsed("ods", grids, notes)


class _Cell:
    """A cell of the row in hand, and how many times it stands there."""

    __slots__ = ("across", "column", "down", "flags", "kind", "number", "repeat", "style", "text")

    def __init__(self, column: int, own: dict[str, str]) -> None:
        self.column = column
        self.repeat = _count(own.get("number-columns-repeated"), MAX_COLUMN)
        self.across = _count(own.get("number-columns-spanned"), MAX_COLUMN)
        self.down = _count(own.get("number-rows-spanned"), MAX_ROW)
        self.kind, self.number, self.text, self.style, self.flags = BLANK, 0.0, "", _GENERAL, 0


class _Book:
    """The state of the pass."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sheets: list[tuple[str, GridBuilder, str]] = []
        self.hidden_tables: set[str] = set()
        self.bold_styles: set[str] = set()
        self.path: list[str] = []
        self.style = ""
        self.row = self.column = self.column_at = self.repeated = 0
        self.row_repeat = 1
        self.cells: list[_Cell] = []
        self.own: dict[str, str] | None = None  # attributes of the cell in hand
        self.cell_depth = self.beside = 0
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        tag = name.rpartition(":")[2]
        if self.beside or tag in _BESIDE:
            self.beside += 1
        elif self.own is not None:
            self.start_within_cell(tag, attributes)
        elif tag in _CELLS and self.row:
            self.own = {key.rpartition(":")[2]: value for key, value in attributes.items()}
            self.own["value-type"] = attributes.get("calcext:value-type", self.own.get("value-type", ""))
            self.cell_depth = len(self.path) + 1
            self.pieces.clear()
        elif tag in _STARTS:
            _STARTS[tag](self, {key.rpartition(":")[2]: value for key, value in attributes.items()})
        self.path.append(tag)
        if len(self.path) > _MAX_DEPTH:
            raise RefusedFile("unsafe", "内部嵌套过深")

    def start_within_cell(self, tag: str, attributes: dict[str, str]) -> None:
        """Take a tag within a cell: its paragraphs, and blanks that are written as tags."""
        if tag == "p" and self.pieces:
            self.pieces.append("\n")
        elif tag == "s":
            self.pieces.append(_SPACE * min(_count(attributes.get("text:c"), self.limits.string_chars), 1_000))
        elif tag in {"tab", "line-break"}:
            self.pieces.append("\t" if tag == "tab" else "\n")

    def end(self, _: str) -> None:
        """Take a closing tag."""
        tag = self.path.pop()
        if self.beside:
            self.beside -= 1
        elif self.own is not None:
            if len(self.path) + 1 == self.cell_depth:
                self.close_cell(self.own)
                self.own = None
        elif tag == "table-row" and self.row:
            self.close_row()

    def text(self, piece: str) -> None:
        """Take text, within a cell's paragraphs alone."""
        if self.own is not None and not self.beside and "p" in self.path[self.cell_depth :]:
            self.pieces.append(_BLANKS.sub(" ", piece))

    def take_style(self, own: dict[str, str]) -> None:
        """Note which style the properties that follow belong to."""
        self.style = own.get("name", "")

    def take_text_properties(self, own: dict[str, str]) -> None:
        """Keep a bold style of cells."""
        if own.get("font-weight") == "bold" and self.path[-1:] == ["style"]:
            self.bold_styles.add(self.style)

    def take_table_properties(self, own: dict[str, str]) -> None:
        """Keep a style of hidden tables."""
        if own.get("display") == "false":
            self.hidden_tables.add(self.style)

    def open_table(self, own: dict[str, str]) -> None:
        """Begin a sheet; a table that stands elsewhere is none."""
        if self.path[-1:] == ["spreadsheet"]:
            self.row = self.column_at = 0
            self.sheets.append((own.get("name", ""), GridBuilder(self.limits, _FORMATS), own.get("style-name", "")))

    def take_column(self, own: dict[str, str]) -> None:
        """Note hidden columns."""
        first = self.column_at + 1
        self.column_at = min(self.column_at + _count(own.get("number-columns-repeated"), MAX_COLUMN), MAX_COLUMN)
        if own.get("visibility") in _HIDDEN and self.sheets:
            self.builder.hidden_columns.update(range(first, self.column_at + 1))

    def open_row(self, own: dict[str, str]) -> None:
        """Note the row's number and how often it stands there."""
        if not self.sheets:
            return
        self.row += self.row_repeat if self.row else 1
        self.row_repeat = _count(own.get("number-rows-repeated"), MAX_ROW)
        self.column, self.cells = 0, []
        if own.get("visibility") in _HIDDEN:
            self.builder.filtered = self.builder.filtered or own["visibility"] == "filter"
            self.builder.hidden_rows.update(range(self.row, min(self.row + self.row_repeat, MAX_ROW + 1)))

    def close_cell(self, own: dict[str, str]) -> None:
        """Keep the cell for its row, if it holds or spans anything."""
        cell = _Cell(self.column + 1, own)
        self.column += cell.repeat
        text = "".join(self.pieces).replace(_SPACE, " ")
        if len(text) > self.limits.string_chars:
            raise RefusedFile("too-large", f"一个单元格里有 {len(text)} 个字")
        cell.kind, cell.number, cell.text, cell.style = self.value(own, text)
        formula = "formula" in own
        stored = cell.kind != BLANK or bool(own["value-type"])
        bold = cell.kind != BLANK and own.get("style-name") in self.bold_styles
        cell.flags = flags_of(formula=formula, stored=stored, bold=bold)
        if cell.kind != BLANK or formula or cell.across > 1 or cell.down > 1:
            if self.column > MAX_COLUMN:
                raise RefusedFile("bad-cell", f"第 {self.row} 行的列超出范围")
            self.cells.append(cell)

    def value(self, own: dict[str, str], shown: str) -> tuple[int, float, str, int]:
        """Give kind, number, text and format of the cell in hand."""
        kind = own["value-type"]
        if kind in _NUMBERS:
            return NUMBER, self.number(own.get("value", "")), "", _NUMBERS[kind]
        if kind == "boolean":
            return BOOL, float(own.get("boolean-value") == "true"), "", _GENERAL
        if kind == "date":
            return _moment(own.get("date-value", ""), shown)
        if kind == "time":
            return _clock(own.get("time-value", ""), shown)
        plain = kept_text(shown or own.get("string-value", ""))
        failed = kind == "error" or ("formula" in own and _ERROR_TEXT.fullmatch(plain))
        return (ERROR if failed else TEXT) if plain else BLANK, 0.0, plain, _GENERAL

    def number(self, written: str) -> float:
        """Read a number; what is none refuses the file."""
        try:
            number = float(written)
        except ValueError:
            number = float("nan")
        if number - number != 0 or "_" in written:
            raise RefusedFile("bad-cell", f"第 {self.row} 行有一格应是数字，实际是“{written[:20]}”")
        return number

    def close_row(self) -> None:
        """Add the row's cells as often as they stand there."""
        if not self.cells:
            return
        for cell in self.cells:
            self.repeated += self.row_repeat * cell.repeat
        if self.row + self.row_repeat - 1 > MAX_ROW:
            raise RefusedFile("bad-cell", f"第 {self.row} 行起超出范围")
        if self.repeated > max(_MOST_REPEATED, self.limits.positions // 8):
            raise RefusedFile("too-large", f"第 {self.row} 行起有大量重复的格子")
        builder = self.builder
        for row in range(self.row, self.row + self.row_repeat):
            for cell in self.cells:
                for column in range(cell.column, cell.column + cell.repeat):
                    if cell.kind != BLANK or cell.flags:
                        builder.add(row, column, cell.kind, cell.number, cell.text, cell.style, cell.flags)
                if cell.across > 1 or cell.down > 1:
                    bottom, right = min(row + cell.down - 1, MAX_ROW), min(cell.column + cell.across - 1, MAX_COLUMN)
                    builder.add_merge(Range(row, cell.column, bottom, right))

    @property
    def builder(self) -> GridBuilder:
        """The sheet in hand."""
        return self.sheets[-1][1]


_STARTS = {
    "style": _Book.take_style,
    "text-properties": _Book.take_text_properties,
    "table-properties": _Book.take_table_properties,
    "table": _Book.open_table,
    "table-column": _Book.take_column,
    "table-row": _Book.open_row,
}


def _count(written: str | None, most: int) -> int:
    """Give how often or how far, at least 1; nonsense refuses the file."""
    if written is None:
        return 1
    if not (written.isascii() and written.isdigit() and len(written) < 9):
        raise RefusedFile("bad-cell", f"重复次数“{written[:20]}”不对")
    return max(1, min(int(written), most))


def _moment(written: str, shown: str) -> tuple[int, float, str, int]:
    """Give a date's serial; one before the calendar of a workbook, or none, stays the text that is shown."""
    kind, number, text = iso_value(written)
    if kind != DATE or number < 0:
        plain = kept_text(shown or text or written)
        return TEXT if plain else BLANK, 0.0, plain, _GENERAL
    return DATE, number, "", _DAY if number.is_integer() and "T" not in written else _MOMENT


def _clock(written: str, shown: str) -> tuple[int, float, str, int]:
    """Give a time of day, or a duration where it is a day or longer; what is none stays text."""
    match = _TIME.fullmatch(written)
    if not match:
        plain = kept_text(shown or written)
        return TEXT if plain else BLANK, 0.0, plain, _GENERAL
    days = (int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3])) / 86_400
    return (DATE, days, "", _CLOCK) if days < 1 else (NUMBER, days, "", _DURATION)
