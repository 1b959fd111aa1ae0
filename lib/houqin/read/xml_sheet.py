"""One pass of expat over a sheet's part: values, formats, formulas, merges, what is hidden."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Range, column_number
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
)
from houqin.read.number_formats import shows_day
from houqin.read.xml_parts import Style, Tables, guarded_parser, run_parser, unescape
from houqin.read.xml_rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.read.limits import Limits

# Days between the epochs: serial 0 of the 1904 system is 1,462 of the 1900 system.
EPOCH_GAP = 1462
# The day after 9999-12-31; past it, and before 0, Excel shows no date.
END_OF_DATES = 2_958_466
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})\Z")
_PLAIN_STYLE = Style(0, date=False, bold=False)
_DAY_ONE = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (a serial has no zone)
_MAX_DEPTH = 200
_TRUE = ("1", "true")
_SMALL_REST = 1 << 16
_TOO_LARGE = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?[Ee]\+?[0-9]{3,4}")


class SheetScan:
    """The state of the pass; `builder` holds what was found."""

    def __init__(self, limits: Limits, tables: Tables) -> None:
        """Start; `tables` are the workbook's."""
        self.builder = GridBuilder(limits, tables.formats)
        self.tables = tables
        self.strings, self.styles, self.formats, self.d1904 = (
            tables.strings,
            tables.styles,
            tables.formats,
            tables.d1904,
        )
        self.letters: dict[str, int] = {}
        self.row = self.column = self.style = 0
        self.row_text = ""
        self.kind: str | None = None
        self.value: list[str] = []
        self.taking = self.has_value = self.formula = self.has_text = False
        self.phonetic = self.depth = self.columns_so_far = 0
        self.in_cell = False

    def run(self, pieces: Iterable[bytes]) -> GridBuilder | None:
        """Take a part that comes in pieces, its cells in bulk; None where they are not written as usual."""
        bulk = read_rows(pieces, self.builder.limits, self.tables)
        if bulk is None:
            return None
        self.builder, rest = bulk
        if len(rest) > _SMALL_REST:
            return self.run_events(rest)
        merges, hidden_columns, filtered = _outside_cells(rest, self.builder.limits)
        self.builder.merges += merges
        self.builder.hidden_columns |= hidden_columns
        self.builder.filtered = filtered
        return self.builder

    def run_events(self, data: bytes) -> GridBuilder:
        """Parse the part cell by cell."""
        parser = guarded_parser()
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.text
        run_parser(parser, data)
        return self.builder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take an opening tag."""
        self.depth += 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self.open_cell(attributes)
        elif name == "v":
            self.value.clear()
            self.taking = self.has_value = True
        elif name == "row":
            self.open_row(attributes)
        elif name == "f":
            self.formula = True
        elif self.in_cell:
            if name == "t" and not self.phonetic:
                self.taking = self.has_text = True
            elif name == "rPh":
                self.phonetic += 1
        else:
            self.outside(name, attributes)
        if self.depth > _MAX_DEPTH:
            raise RefusedFile("unsafe", "内部嵌套过深")

    def outside(self, name: str, attributes: dict[str, str]) -> None:
        """Take what stands outside the cells: merges, hidden columns, links."""
        if name == "mergeCell":
            self.builder.add_merge(parse_range(attributes.get("ref", "")))
        elif name == "col" and attributes.get("hidden", "0") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.builder.hidden_columns.update(range(int(first), min(int(last), MAX_COLUMN) + 1))
        elif name == "filterColumn" or (name == "sheetPr" and attributes.get("filterMode", "0") in _TRUE):
            self.builder.filtered = True  # of a table's own filter only the mode stands here
        elif name == "hyperlink":
            self.check_link(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        """Take a closing tag."""
        self.depth -= 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self.close_cell()
        elif name in {"v", "t"}:
            self.taking = False
        elif name == "rPh":
            self.phonetic -= 1

    def text(self, piece: str) -> None:
        """Take text, within a value alone."""
        if self.taking:
            self.value.append(piece)

    def open_row(self, attributes: dict[str, str]) -> None:
        """Note the row's number: its own, else the one after the last."""
        given = attributes.get("r")
        self.row = int(given) if given and given.isdigit() else self.row + 1
        if not 1 <= self.row <= MAX_ROW:
            raise RefusedFile("bad-cell", f"第 {self.row} 行超出范围")
        self.row_text = str(self.row)
        self.columns_so_far = 0
        if attributes.get("hidden", "0") in _TRUE:
            self.builder.hidden_rows.add(self.row)

    def open_cell(self, attributes: dict[str, str]) -> None:
        """Note the cell's place, type and style."""
        reference = attributes.get("r")
        if reference is None:
            self.column = self.columns_so_far + 1
        else:
            letters = reference[: -len(self.row_text)]
            column = self.letters.get(letters) if reference.endswith(self.row_text) else None
            self.column = column or self.new_column(reference)
        self.columns_so_far = self.column
        self.kind = attributes.get("t")
        style = attributes.get("s")
        self.style = int(style) if style and style.isdigit() else 0
        self.value.clear()
        self.has_value = self.formula = self.has_text = False
        self.in_cell = True

    def new_column(self, reference: str) -> int:
        """Check a reference whose letters are new."""
        match = _REFERENCE.match(reference)
        if not match or int(match[2]) != self.row or column_number(match[1]) > MAX_COLUMN:
            raise RefusedFile("bad-cell", f"单元格地址 {reference[:20]} 不对")
        self.letters[match[1]] = column_number(match[1])
        return self.letters[match[1]]

    def close_cell(self) -> None:
        """Add the cell, if it holds anything."""
        self.in_cell = False
        if not (self.has_value or self.has_text or self.formula):
            return
        text = "".join(self.value)
        style = self.styles[self.style] if self.style < len(self.styles) else self.unknown_style()
        kind, number, shown = self.cell_value(text, style)
        if kind == BLANK and not self.formula:
            return
        stored = self.has_value and (text != "" or self.kind == "str")
        flags = flags_of(formula=self.formula, stored=stored, bold=style.bold)
        if style.date and kind == NUMBER:
            flags |= ODD_DATE
        self.builder.add(self.row, self.column, kind, number, shown, style.format_id, flags)

    def unknown_style(self) -> Style:
        """Take a style that is not defined as plain; style 0 without any styles is plain by right."""
        self.builder.unknown_style = self.builder.unknown_style or self.style > 0
        return _PLAIN_STYLE

    def cell_value(self, text: str, style: Style) -> tuple[int, float, str]:
        """Give kind, number and text of the cell."""
        kind = self.kind
        if kind is None or kind == "n":
            return self.number_value(text, style)
        if kind == "s":
            shared = self.shared(text)
            return (TEXT, 0.0, shared) if shared else (BLANK, 0.0, "")
        if kind in ("str", "inlineStr"):
            if len(text) > self.builder.limits.string_chars:
                raise RefusedFile("too-large", f"{self.address} 的文字过长")
            plain = unescape(text)
            return (TEXT, 0.0, plain) if plain else (BLANK, 0.0, "")
        return self.rare_value(kind, text)

    def rare_value(self, kind: str, text: str) -> tuple[int, float, str]:
        """Give a boolean, an error or a date typed as ISO text."""
        if text == "":
            return BLANK, 0.0, ""
        if kind == "b":
            return BOOL, float(text.strip() in _TRUE), ""
        if kind == "e":
            return ERROR, 0.0, kept_text(text)
        if kind == "d":
            return iso_value(text)
        raise RefusedFile("bad-cell", f"{self.address} 的类型“{kind[:10]}”不认识")

    def number_value(self, text: str, style: Style) -> tuple[int, float, str]:
        """Give a number or a date; a number that is none refuses the file."""
        if not text:
            if self.has_value and not self.formula:
                raise RefusedFile("bad-cell", f"{self.address} 应是数字，实际是空的")
            return BLANK, 0.0, ""
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if number - number != 0 and _TOO_LARGE.fullmatch(text):
            return TEXT, 0.0, text  # past what a stored number can be: kept as it is written
        # Python reads nan, inf and 1_000 too; no program writes those into a number cell.
        if number - number != 0 or "_" in text:
            raise RefusedFile("bad-cell", f"{self.address} 应是数字，实际是“{text[:20]}”")
        if not style.date:
            return NUMBER, number, ""
        if self.d1904 and shows_day(self.formats[style.format_id]):
            number += EPOCH_GAP
        return (DATE if 0 <= number < END_OF_DATES else NUMBER), number, ""

    def shared(self, text: str) -> str:
        """Look a shared string up."""
        index = int(text) if text.strip().isdecimal() else len(self.strings)
        if index >= len(self.strings):
            raise RefusedFile("bad-cell", f"{self.address} 指向不存在的文字")
        return self.strings[index]

    def check_link(self, reference: str) -> None:
        """Refuse a link spread over a whole sheet."""
        where = parse_range(reference)
        if (where.bottom - where.top + 1) * (where.right - where.left + 1) > self.builder.limits.merged_positions:
            raise RefusedFile("unsafe", f"超链接 {where.a1} 过大")

    @property
    def address(self) -> str:
        """Where the pass is."""
        return Range(self.row, self.column, self.row, self.column).a1


# Workbooks of one form are alike around their cells.
@lru_cache(maxsize=64)
def _outside_cells(data: bytes, limits: Limits) -> tuple[list[Range], set[int], bool]:
    """Give merges, hidden columns and whether there is a filter, of a part whose cells have been taken out."""
    scan = SheetScan(limits, Tables([], [], ["General"], d1904=False))
    builder = scan.run_events(data)
    return builder.merges, builder.hidden_columns, builder.filtered


def parse_range(text: str) -> Range:
    """Read A1:B2 (or A1) within the sheet's bounds."""
    first, _, last = text.partition(":")
    ends = [_REFERENCE.match(part) for part in (first, last or first)]
    if not ends[0] or not ends[1]:
        raise RefusedFile("bad-cell", f"区域地址 {text[:20]} 不对")
    (top, left), (bottom, right) = ((int(e[2]), column_number(e[1])) for e in ends if e)
    if bottom > MAX_ROW or right > MAX_COLUMN or top > bottom or left > right:
        raise RefusedFile("bad-cell", f"区域地址 {text[:20]} 不对")
    return Range(top, left, bottom, right)


def iso_value(text: str) -> tuple[int, float, str]:
    """Give the serial of an ISO date, date and time, or time; other text stays text."""
    try:
        if "T" in text.lstrip("T") or not text.startswith("T"):
            moment = dt.datetime.fromisoformat(text)
        else:
            clock = dt.time.fromisoformat(text[1:])
            moment = dt.datetime.combine(_DAY_ONE.date(), clock)
    except ValueError:
        return TEXT, 0.0, kept_text(text)
    gap = moment.replace(tzinfo=None) - _DAY_ONE
    return DATE, gap.days + gap.seconds / 86400, ""
