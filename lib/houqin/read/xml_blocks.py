"""Stretches of rows that are all written alike, a column at a time: one pattern a row instead of one a cell.

A stretch is taken whole or not at all; what is written otherwise is left to `xml_rows`.
"""

from __future__ import annotations

import math
import re
from array import array
from functools import lru_cache
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, NamedTuple

from houqin.read.build import BLANK, DATE, TEXT, flags_of
from houqin.read.xml_parts import ENTITIES, NO_TEXT, unescape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.read.build import GridBuilder

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^>/]*)'
    rb'(?:/>|><v>[^<]+</v></c>|><is><t(?: xml:space="preserve")?>[^<]+</t></is></c>)'
)
_END_OF_DATES = 2_958_466
_MAX_ROW = 1_048_576
_MOST_COLUMNS = 200  # a pattern of more groups than this gains nothing
_VALUE_TAGS, _INLINE_TAGS, _ROW_TAGS = 3, 5, 2
_NEXT_ROW = b"</row><row "
_TYPE = re.compile(rb' t="(?:s|n|inlineStr)"')
_VALUE, _IN_PLACE = rb"><v>([^<]+)</v></c>", rb'><is><t(?: xml:space="preserve")?>([^<]+)</t></is></c>'


class Look(NamedTuple):
    """What the attributes of a cell say: kind of a number, or None for a text; format id; bold face; text in place."""

    kind: int | None
    format_id: int
    bold: bool
    inline: bool = False


class InlineIds(dict[bytes, int]):
    """Text that stands in its cell, as written -> id in the sheet; 0 for one that is blank."""

    def __init__(self, builder: GridBuilder) -> None:
        """Start without any."""
        super().__init__()
        self.builder = builder

    def __missing__(self, written: bytes) -> int:
        """Take a text on first sight; ValueError where only expat can say what it is."""
        if NO_TEXT.search(written):
            raise ValueError("a control character or an entity of its own")
        text = written.decode()
        if len(text) > self.builder.limits.string_chars:
            raise ValueError("a text that is too long")
        for entity, char in ENTITIES if "&" in text else ():
            text = text.replace(entity, char)
        # Decoded from UTF-8 and without escapes, a text holds nothing else that is not kept.
        text = unescape(text) if "_x" in text else "" if text.isspace() else text
        self[written] = self.builder.string_id(text) if text else 0
        return self[written]


class Shape(NamedTuple):
    """How a row is written: its pattern, where its runs begin (column, offset), and each cell's look."""

    pattern: re.Pattern[bytes]
    runs: list[tuple[int, int]]
    looks: list[Look]


def learn_shape(
    row: bytes,
    look: Callable[[bytes], Look | None],
    runs: Callable[[tuple[bytes, ...]], list[tuple[int, int]]],
) -> Shape | None:
    """Give the shape of a row of plain cells; None where a cell holds a formula or a rare kind."""
    cells = _CELL.findall(row)
    if not 0 < len(cells) <= _MOST_COLUMNS or row.count(b"<c ") != len(cells):
        return None
    looks = [look(attributes) for _, attributes in cells]
    plain = [each for each in looks if each is not None]
    if len(plain) != len(looks):
        return None
    return Shape(_pattern(tuple(cells)), runs(tuple(letters for letters, _ in cells)), plain)


# The workbooks of one form have rows of one shape.
@lru_cache(maxsize=64)
def _pattern(cells: tuple[tuple[bytes, bytes], ...]) -> re.Pattern[bytes]:
    pattern = rb'<row r="([1-9][0-9]{0,6})"[^>/]*>'
    for letters, attributes in cells:
        style = re.escape(_TYPE.sub(b"", attributes))
        filled = re.escape(attributes) + (_IN_PLACE if b't="inlineStr"' in attributes else _VALUE)
        # The cell may be blank, or not there at all.
        pattern += rb'(?:<c r="' + letters + rb'\1"(?:' + filled + rb"|" + style + rb"/>))?"
    return re.compile(pattern + b"</row>")


def take_block(
    chunk: bytes, shape: Shape, builder: GridBuilder, texts: tuple[Mapping[bytes, int], Mapping[bytes, int]], last: int
) -> int | None:
    """Add a stretch of rows and give its last row; None where something in it is not of the shape.

    `texts` give the ids of shared strings and of texts in their cells.
    Raises ValueError and OverflowError for numbers that are none: another pass judges the sheet then.
    """
    found = shape.pattern.findall(chunk)
    joined = chunk.count(_NEXT_ROW) == len(found) - 1 and chunk.startswith(b"<row ") and chunk.endswith(b"</row>")
    if not found or not joined or b" hidden" in chunk:
        return None
    numbers_of_rows, *columns = zip(*found, strict=True)
    rows = list(map(int, numbers_of_rows))
    filled = [len(column) - column.count(b"") for column in columns]
    inline = sum(count for count, look in zip(filled, shape.looks, strict=True) if look.inline)
    values = sum(filled) - inline
    expected = _ROW_TAGS * len(rows) + chunk.count(b"<c ") + _VALUE_TAGS * values + _INLINE_TAGS * inline
    in_order = last < rows[0] and rows[-1] <= _MAX_ROW and all(before < after for before, after in pairwise(rows))
    if not in_order or chunk.count(b"<") != expected or values != chunk.count(b"<v>"):
        return None
    block = _Block(len(rows), len(columns))
    for n, (column, look) in enumerate(zip(columns, shape.looks, strict=True)):
        if not block.fill(n, column, look, texts[look.inline]):
            return None
    _append(builder, block, shape, rows)
    return rows[-1]


class _Block:
    """Buffers of a stretch, row by row."""

    def __init__(self, rows: int, width: int) -> None:
        size = rows * width
        self.rows, self.width = rows, width
        self.kinds, self.numbers = bytearray(size), array("d", bytes(8 * size))
        self.string_ids, self.format_ids = array("I", bytes(4 * size)), array("H", bytes(2 * size))

    def fill(self, n: int, column: tuple[bytes, ...], look: Look, texts: Mapping[bytes, int]) -> bool:
        """Fill a column; False where its numbers need another look."""
        gaps = b"" in column
        if look.kind is None:
            ids = [texts[value] if value else 0 for value in column] if gaps else [texts[value] for value in column]
            self.string_ids[n :: self.width] = array("I", ids)
            kinds = bytes(TEXT if each else BLANK for each in ids) if 0 in ids else bytes([TEXT]) * self.rows
        else:
            numbers = array("d", [float(value or 0) for value in column] if gaps else map(float, column))
            in_calendar = look.kind != DATE or (min(numbers) >= 0 and max(numbers) < _END_OF_DATES)
            # Python reads 1_000 as a number, no program writes it.
            if not in_calendar or not math.isfinite(sum(numbers)) or b"_" in b"".join(column):
                return False
            self.numbers[n :: self.width] = numbers
            kind = look.kind
            kinds = bytes(kind if value else BLANK for value in column) if gaps else bytes([kind]) * self.rows
        self.kinds[n :: self.width] = kinds
        self.format_ids[n :: self.width] = array("H", [look.format_id]) * self.rows
        return True


def _append(builder: GridBuilder, block: _Block, shape: Shape, rows: list[int]) -> None:
    base, width = len(builder.kinds), block.width
    if len(shape.runs) == 1:
        builder.runs.extend(zip(rows, repeat(shape.runs[0][0]), range(base, base + len(block.kinds), width)))
    else:
        starts = range(base, base + len(block.kinds), width)
        builder.runs.extend((row, c, at + n) for row, at in zip(rows, starts, strict=True) for c, n in shape.runs)
    bold = flags_of(formula=False, stored=True, bold=True)
    for n in [n for n, look in enumerate(shape.looks) if look.bold]:
        builder.flags.update((base + at, bold) for at in range(n, len(block.kinds), width) if block.kinds[at])
    builder.kinds += block.kinds
    builder.numbers += block.numbers
    builder.string_ids += block.string_ids
    builder.format_ids += block.format_ids
