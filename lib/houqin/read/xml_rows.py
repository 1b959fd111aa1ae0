"""The cells of a sheet as all usual programs write them, taken in bulk by patterns, three times as fast as by expat.

What is written in any other way gives None, and the sheet goes through `xml_sheet` cell by cell. Every tag is
accounted for: the number of `<` must be that of the tags that the patterns took.
"""

from __future__ import annotations

import itertools
import math
import re
from array import array
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.read.build import BLANK, BOOL, DATE, ERROR, NUMBER, ODD_DATE, TEXT, GridBuilder, flags_of, kept_text
from houqin.read.xml_blocks import Taken, take_block
from houqin.read.xml_parts import unescape
from houqin.read.xml_shape import Look, Shape, Writings
from houqin.read.xml_texts import SharedIds, WrittenIds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from houqin.read.limits import Limits
    from houqin.read.xml_parts import Tables

_ROW = re.compile(rb'\s*<row r="([1-9][0-9]{0,6})"((?: [a-zA-Z][a-zA-Z0-9:]*="[^"<>&\x00-\x1f]*")*+) ?(/?)>')
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]{1,7})"([^>/]*)(?:/>|>(<f[^>]*?(?:/>|>[^<]*</f>))?'
    rb'(?:(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>))?</c>)'
)
_ATTRIBUTES = re.compile(rb'(?: s="([0-9]{1,6})")?(?: t="(n|s|str|b|e|inlineStr)")? ?\Z')
_HIDDEN = re.compile(rb'\shidden="(1|true)"')
_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f&]")
_BATCH = 20_000
# What stands in the first rows is seldom of the shape of the rest, which some rows after them tell.
_HEAD, _SAMPLE, _FEW_ROWS = 1 << 10, 1 << 12, 1 << 16
# A sheet that keeps changing its shape is not worth learning; a few rows of another are.
_MOST_LESSONS, _FEW_OTHERS, _OTHERS_IN = 8, 16, 8
_CHUNK, _LONGEST_ROW = 1 << 18, 1 << 24
_ROWS, _END_OF_ROWS, _END_OF_ROW = b"<sheetData>", b"</sheetData>", b"</row>"
_MAX_ROW = 1_048_576
_END_OF_DATES = 2_958_466

# Codes of a cell's type, in one byte a cell so that whole batches are translated at once; _BOLD is added.
_NUMBER, _DATE, _SHARED, _STR, _BOOL, _ERROR, _INLINE, _BOLD = 0, 1, 2, 3, 4, 5, 6, 8
_KINDS = bytes([NUMBER, DATE, TEXT, TEXT, BOOL, ERROR, TEXT, 0] * 32)
_CODES = {b"s": _SHARED, b"str": _STR, b"b": _BOOL, b"e": _ERROR, b"inlineStr": _INLINE}
_INLINE_TAGS = 2  # of a text in its cell, more than of a value
_PLAIN = bytes(code % _BOLD for code in range(256))
_DENSE = [column_letter(n).encode() for n in range(1, 257)]


class _OtherWriting(Exception):
    """Something that the patterns do not cover; the slow pass judges it."""


def read_rows(pieces: Iterable[bytes], limits: Limits, tables: Tables) -> tuple[GridBuilder, bytes] | None:
    """Give the cells of a part, and the part without them; None where it is not written as usual.

    The part comes in pieces, so that it need not be held whole; where these end in a refusal it is passed on.
    """
    rows = _Rows(limits, tables)
    part = _Part(iter(pieces))
    try:
        if tables.d1904 or not part.starts():
            return None
        rows.take(part.chunks())
        rest = part.rest()
    except (_OtherWriting, ValueError, OverflowError):
        return None
    return None if b"<!" in rest or _ROWS in rest[part.head :] else (rows.builder, rest)


class _Part:
    """A sheet's part that comes in pieces: what stands before its rows, these in whole rows, what stands after."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces = pieces
        self.before = self.held = b""
        self.head = 0  # length of `before`

    def starts(self) -> bool:
        """Go to where the rows begin; False where there are none, or the encoding is another."""
        while _ROWS not in self.held:
            more = next(self.pieces, b"")
            if not more or len(self.held) > _LONGEST_ROW:
                return False
            self.held += more
        self.before, mark, self.held = self.held.partition(_ROWS)
        self.before += mark
        self.head = len(self.before)
        return _is_utf8(self.before[:200])

    def chunks(self) -> Iterator[bytes]:
        """Give the rows, so many at a time that all their cells are at hand and the part is not."""
        while True:
            end = self.held.find(_END_OF_ROWS)
            if end >= 0:
                rows, self.held = self.held[:end], self.held[end:]
                if rows:
                    yield rows
                return
            cut = self.held.rfind(_END_OF_ROW) + len(_END_OF_ROW)
            if len(self.held) >= _CHUNK and cut >= len(_END_OF_ROW):
                rows, self.held = self.held[:cut], self.held[cut:]
                yield rows
            more = next(self.pieces, b"")
            if not more or len(self.held) > _LONGEST_ROW:
                raise _OtherWriting
            self.held += more

    def rest(self) -> bytes:
        """Give what stands around the rows, which is never much."""
        while len(self.held) <= _LONGEST_ROW:
            more = next(self.pieces, b"")
            if not more:
                return self.before + self.held
            self.held += more
        raise _OtherWriting


def _is_utf8(head: bytes) -> bool:
    return head.startswith((b"<?xml", b"<worksheet")) and (b"encoding" not in head or b"utf-8" in head.lower())


class _Codes(dict[bytes, int]):
    """Attributes of a cell -> its code; `formats` gets its format id."""

    def __init__(self, tables: Tables, builder: GridBuilder) -> None:
        super().__init__()
        self.styles = tables.styles
        self.builder = builder
        self.formats: dict[bytes, int] = {}

    def __missing__(self, attributes: bytes) -> int:
        match = _ATTRIBUTES.match(attributes)
        if not match:
            raise _OtherWriting
        index = int(match[1] or 0)
        style = self.styles[index] if index < len(self.styles) else None
        kind = match[2] or b"n"
        code = _CODES.get(kind, _DATE if style and style.date else _NUMBER)
        self.formats[attributes] = style.format_id if style else 0
        self.builder.unknown_style = self.builder.unknown_style or (index > 0 and style is None)
        self[attributes] = code + (_BOLD if style and style.bold else 0)
        return self[attributes]


class _Rows:
    """The pass over the rows: together as far as they are written alike, all others in batches of cells."""

    def __init__(self, limits: Limits, tables: Tables) -> None:
        self.builder = GridBuilder(limits, tables.formats)
        self.codes = _Codes(tables, self.builder)
        self.shared = SharedIds(tables.strings, self.builder)
        self.written = WrittenIds(self.builder)
        self.writings = Writings(self.look)
        self.shape: Shape | None = None
        self._layouts: dict[tuple[bytes, ...], list[tuple[int, int]]] = {}
        self.tags = self.in_place = self.last = 0
        self.lessons = _MOST_LESSONS

    def take(self, chunks: Iterable[bytes]) -> None:
        """Take all rows, given in pieces of whole rows."""
        for n, chunk in enumerate(chunks):
            if n == 0:
                self.shared.take_all(chunk.count(b' t="s"'))
                start = _end_of_row(chunk, _HEAD)
                few = len(chunk) < _FEW_ROWS
                self.learn(chunk[start : _end_of_row(chunk, start) if few else start + _SAMPLE])
            if b"<!" in chunk:
                raise _OtherWriting
            if not self.take_alike(chunk):
                self.take_singly(chunk, self.last)

    def take_alike(self, chunk: bytes) -> bool:
        """Take rows by the pattern of a row, and the few that it does not fit cell by cell; False where all must be."""
        taken = self.take_block(chunk)
        if taken is not None and len(taken.others) > _FEW_OTHERS:
            few = len(taken.others) * _OTHERS_IN < len(taken.stretch.rows)
            # Learning costs as much as some dozen rows; what was learnt counts from here on.
            if self.learn(b"".join(taken.others)[:_SAMPLE]) and not few:
                taken = self.take_block(chunk)
                few = taken is not None and len(taken.others) * _OTHERS_IN < len(taken.stretch.rows)
            taken = taken if few else None
        if taken is None:
            return False
        before, rows = self.last, taken.stretch.rows
        if taken.others:
            self.take_singly(b"".join(taken.others), before)
        self.last = max(self.last, rows[-1])
        self.builder.stretches.append(taken.stretch)
        self.builder.hidden_rows.update(taken.hidden)
        return True

    def take_block(self, chunk: bytes) -> Taken | None:
        """Take what is of the shape; None where there is no shape, or something that is judged cell by cell."""
        if self.shape is None:
            return None
        try:
            return take_block(chunk, self.shape, (self.shared, self.written), self.last)
        except (ValueError, OverflowError):
            return None

    def learn(self, rows: bytes) -> bool:
        """Learn how some rows are written; tell whether there was anything new in them."""
        self.lessons -= 1
        if self.lessons < 0 or not self.writings.learn(rows):
            return False
        self.shape = self.writings.shape()
        return True

    def look(self, attributes: bytes) -> Look | None:
        """Give what a cell's attributes say, None for the kinds that are taken one by one."""
        code = self.codes[attributes]
        plain = code % _BOLD
        kind = {_NUMBER: NUMBER, _DATE: DATE, _SHARED: TEXT, _STR: TEXT, _INLINE: TEXT}.get(plain)
        if kind is None:
            return None
        style = self.codes.formats[attributes]
        return Look(kind, style, code >= _BOLD, shared=plain == _SHARED, in_place=plain == _INLINE)

    def take_singly(self, rows: bytes, last: int) -> None:
        """Take rows cell by cell; `last` is the row before."""
        self.last, self.tags, self.in_place = last, 0, 0
        self.take_rows(rows)
        # A text in its cell is closed as it was opened, or the counts of the tags would not tell.
        if rows.count(b"<") != self.tags or rows.count(b"</t></is></c>") != self.in_place:
            raise _OtherWriting

    def take_rows(self, body: bytes) -> None:
        """Take rows cell by cell."""
        last, cells, rows = self.last, [], []  # type: int, list[tuple[bytes, bytes, bytes, bytes]], list[tuple[int, int]]
        for piece in body.split(b"</row>"):
            position = 0
            while (head := _ROW.match(piece, position)) is not None:
                number, position = int(head[1]), head.end()
                if not last < number <= _MAX_ROW:
                    raise _OtherWriting
                last = number
                self.tags += 1
                if b"hidden" in head[2] and _HIDDEN.search(head[2]):
                    self.builder.hidden_rows.add(number)
                if not head[3]:
                    found = _CELL.findall(piece, position)
                    self.tags += 1
                    cells += found
                    rows.append((number, len(found)))
                    break
            else:
                if piece[position:].strip():
                    raise _OtherWriting
            if len(cells) >= _BATCH:
                self.batch(cells, rows)
                cells, rows = [], []
        if cells:
            self.batch(cells, rows)
        self.last = last

    def batch(self, cells: list[tuple[bytes, bytes, bytes, bytes]], rows: list[tuple[int, int]]) -> None:
        """Add a batch of cells, whole columns of the tuples at a time."""
        references, attributes, formulas, values = zip(*cells, strict=True)
        coded = bytes(map(self.codes.__getitem__, attributes))
        codes = coded.translate(_PLAIN)
        kinds = bytearray(codes.translate(_KINDS))
        numbers = array("d", [float(v) if c < _SHARED and v else 0.0 for v, c in zip(values, codes, strict=True)])
        strings = array("I", [self.shared[v] if c == _SHARED and v else 0 for v, c in zip(values, codes, strict=True)])
        formats = array("H", map(self.codes.formats.__getitem__, attributes))
        self.count_tags(attributes, formulas, values)
        if _INLINE in codes:
            self.take_texts(codes, values, kinds, strings)
        if not math.isfinite(math.fsum(numbers)) or self.has_odd_numeral(codes, values):
            raise _OtherWriting
        if any(code in codes for code in (_STR, _BOOL, _ERROR)):
            self.rare(codes, values, kinds, numbers, strings)
        if _DATE in codes and not (min(numbers) >= 0 and max(numbers) < _END_OF_DATES):
            for n in [n for n, c in enumerate(codes) if c == _DATE and not 0 <= numbers[n] < _END_OF_DATES]:
                kinds[n] = NUMBER
                flags = self.builder.flags
                flags[len(self.builder.kinds) + n] = flags.get(len(self.builder.kinds) + n, 0) | ODD_DATE
        for n in [n for n, v in enumerate(values) if not v] if b"" in values else []:
            kinds[n], formats[n] = BLANK, formats[n] if formulas[n] else 0
        if self.shared.blank:
            for n in [n for n, (s, c) in enumerate(zip(strings, codes, strict=True)) if not s and c == _SHARED]:
                kinds[n] = BLANK
        self.place(references, rows)
        self.flag(coded, formulas, values)
        self.builder.kinds += kinds
        self.builder.numbers += numbers
        self.builder.string_ids += strings
        self.builder.format_ids += formats

    @staticmethod
    def has_odd_numeral(codes: bytes, values: tuple[bytes, ...]) -> bool:
        """Tell a number written 1_000, which Python reads and no program writes."""
        if b"_" not in b"".join(values):
            return False
        return any(b"_" in value for value, code in zip(values, codes, strict=True) if code < _SHARED)

    def take_texts(self, codes: bytes, values: tuple[bytes, ...], kinds: bytearray, strings: array[int]) -> None:
        """Take the texts that stand in their cells."""
        for n in [n for n, code in enumerate(codes) if code == _INLINE and values[n]]:
            strings[n] = self.written[values[n]]
            kinds[n] = TEXT if strings[n] else BLANK
            self.tags += _INLINE_TAGS
            self.in_place += 1

    def count_tags(self, attributes: tuple[bytes, ...], formulas: tuple[bytes, ...], values: tuple[bytes, ...]) -> None:
        """Count the tags that the cells were made of; a cell without formula and value was closed in itself."""
        filled = len(values) - values.count(b"")
        with_formula = len(formulas) - formulas.count(b"")
        bare = sum(1 for f, v in zip(formulas, values, strict=True) if f and not v) if with_formula else 0
        self.tags += len(attributes) + filled * 3 + bare
        self.tags += sum(1 if f.endswith(b"/>") else 2 for f in formulas if f) if with_formula else 0

    def rare(
        self, codes: bytes, values: tuple[bytes, ...], kinds: bytearray, numbers: array[float], strings: array[int]
    ) -> None:
        """Take texts of formulas, booleans and errors."""
        for n, code in enumerate(codes):
            value = values[n]
            if code <= _SHARED or code == _INLINE or not value:
                continue
            if code == _BOOL:
                numbers[n] = float(value in (b"1", b"true"))
                continue
            if _CONTROL.search(value) or len(value) > self.builder.limits.string_chars:
                raise _OtherWriting
            text = unescape(value.decode()) if code == _STR else kept_text(value.decode())
            strings[n] = self.builder.string_id(text) if text else 0
            kinds[n] = kinds[n] if text else BLANK

    def place(self, references: tuple[bytes, ...], rows: list[tuple[int, int]]) -> None:
        """Make the runs of each row; references must be those of their row and rise."""
        at, base, runs = 0, len(self.builder.kinds), self.builder.runs
        for row, count in rows:
            if not count:
                continue
            written = references[at : at + count]
            suffix = b"%d" % row
            if count <= len(_DENSE) and b" ".join(written) == (suffix + b" ").join(_DENSE[:count]) + suffix:
                runs.append((row, 1, base + at))
            else:
                runs.extend((row, column, base + at + n) for column, n in self.layout(written, suffix))
            at += count

    def layout(self, written: tuple[bytes, ...], suffix: bytes) -> list[tuple[int, int]]:
        """Give the runs of a row with gaps: first column and offset of each."""
        if not all(reference.endswith(suffix) for reference in written):
            raise _OtherWriting
        letters = tuple(reference[: -len(suffix)] for reference in written)
        found = self._layouts.get(letters)
        if found is None:
            found = self._layouts[letters] = _runs_of(letters)
        return found

    def flag(self, coded: bytes, formulas: tuple[bytes, ...], values: tuple[bytes, ...]) -> None:
        """Note bold cells and formulas."""
        base, flags = len(self.builder.kinds), self.builder.flags
        if max(coded) >= _BOLD:
            bold = flags_of(formula=False, stored=True, bold=True)
            for n in [n for n, code in enumerate(coded) if code >= _BOLD and values[n]]:
                flags[base + n] = flags.get(base + n, 0) | bold
        if any(formulas):
            for n, formula in enumerate(formulas):
                if formula:
                    stored = bool(values[n])
                    flags[base + n] = flags.get(base + n, 0) | flags_of(formula=True, stored=stored, bold=False)


def _end_of_row(data: bytes, at: int) -> int:
    """Give where the row that a place lies in ends."""
    found = data.find(_END_OF_ROW, at)
    return len(data) if found < 0 else found + len(_END_OF_ROW)


def _runs_of(letters: tuple[bytes, ...]) -> list[tuple[int, int]]:
    columns = [_column(part) for part in letters]
    if any(after <= before for before, after in itertools.pairwise(columns)) or columns[-1] > 16_384:
        raise _OtherWriting
    return [(c, n) for n, c in enumerate(columns) if n == 0 or c != columns[n - 1] + 1]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        if not 65 <= letter <= 90:
            raise _OtherWriting
        number = number * 26 + letter - 64
    return number
