"""Stretches of rows that are all written alike, a column at a time: one pattern a row instead of one a cell.

What is written otherwise is left to `xml_rows`.
"""

from __future__ import annotations

import math
import re
from array import array
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import TYPE_CHECKING, NamedTuple, Protocol

from houqin.read.build import DATE, NUMBER, TEXT, flags_of
from houqin.read.stretches import Column, Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.read.xml_shape import Look, Shape

_Group = tuple[tuple[bytes, ...], "Look"]  # the values of the cells that are written in one way
_END_OF_DATES = 2_958_466
_MAX_ROW = 1_048_576
_ROW, _END_OF_ROW, _NEXT_ROW = b"<row ", b"</row>", b"</row><row "
_OF_KIND = {kind: bytes((0, kind)) + bytes(254) for kind in (NUMBER, DATE)}
_ROW_NUMBER = re.compile(rb'<row r="([1-9][0-9]{0,6})"')
_HIDDEN_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"[^<>/]*\shidden="(?:1|true)"')


class Ids(Protocol):
    """Gives the ids of texts as they are written, 0 for one that is blank or not there."""

    def of(self, written: Sequence[bytes]) -> list[int]:
        """Give an id each; ValueError where another pass must say what one is."""


class Taken(NamedTuple):
    """What was taken of some rows: the cells of those of the shape, and the text of the others, whole rows too."""

    stretch: Stretch
    hidden: list[int]
    others: list[bytes]


def take_block(chunk: bytes, shape: Shape, texts: tuple[Ids, Ids], last: int) -> Taken | None:
    """Take the rows of a piece of the part; None where it is more or other than rows, or they are out of order.

    `texts` give the ids of shared strings and of other texts, `last` is the row before.
    Raises ValueError and OverflowError for numbers that are none: another pass judges the piece then.
    """
    found = shape.pattern.findall(chunk)
    count = chunk.count(_ROW)
    # So many rows with nothing between them: each of them is one that was found, or one of the others.
    whole = chunk.startswith(_ROW) and chunk.endswith(_END_OF_ROW) and count == chunk.count(_END_OF_ROW)
    if not found or not whole or chunk.count(_NEXT_ROW) != count - 1:
        return None
    columns: list[tuple[bytes, ...]] = list(zip(*found, strict=True)) if isinstance(found[0], tuple) else [tuple(found)]
    rows = list(map(int, columns[0]))
    every = rows if len(rows) == count else list(map(int, _ROW_NUMBER.findall(chunk)))
    in_order = last < every[0] and every[-1] <= _MAX_ROW and all(before < after for before, after in pairwise(every))
    if not in_order or len(every) != count:
        return None
    others = _others(chunk, every, rows) if every is not rows else []
    hidden = list(map(int, _HIDDEN_ROW.findall(chunk))) if b" hidden=" in chunk else []
    cells, start, odd = [], 1, b"_" in chunk
    for number, looks in shape.columns:
        groups = columns[start : start + len(looks)]
        start += len(looks)
        if groups:
            cells.append(_column(number, list(zip(groups, looks, strict=True)), texts, odd=odd))
    return Taken(Stretch(rows, cells), hidden, others)


def _others(chunk: bytes, every: list[int], rows: list[int]) -> list[bytes]:
    """Give the text of the rows that are not among those found."""
    found, at, others = set(rows), 0, []
    for number in every:
        if number not in found:
            start = chunk.index(b'<row r="%d"' % number, at)
            at = chunk.index(_END_OF_ROW, start) + len(_END_OF_ROW)
            others.append(chunk[start:at])
    return others


def _column(number: int, groups: list[_Group], texts: tuple[Ids, Ids], *, odd: bool) -> Column:
    """Make a column of the values that its cells have in each way of writing; at most one of these has a cell."""
    ids: list[int] | None = None
    kinds: list[bytes] = []
    flags: list[tuple[int, list[int]]] = []
    for values, look in groups:
        if look.kind == TEXT:
            own = texts[not look.shared].of(values)
            ids = own if ids is None else list(map(or_, ids, own))
            kinds.append(bytes(map(bool, own)))
        else:
            kinds.append(bytes(map(bool, values)).translate(_OF_KIND[look.kind]))
        flags += _flags(values, kinds[-1], look)
    numerals = [values for values, look in groups if look.kind != TEXT]
    numbers = _numbers(numerals, odd=odd) if numerals else None
    together = bytes(reduce(_either, kinds))
    if numbers is not None and DATE in together:
        serials = [serial for serial, kind in zip(numbers, together, strict=True) if kind == DATE]
        if min(serials) < 0 or max(serials) >= _END_OF_DATES:
            raise ValueError("a date outside the calendar")
    string_ids = array("I", ids) if ids is not None else None
    return Column(number, together, numbers, string_ids, _formats(groups, kinds), flags)


def _either(left: bytes, right: bytes) -> bytes:
    return bytes(map(or_, left, right))


def _numbers(groups: list[tuple[bytes, ...]], *, odd: bool) -> array[float]:
    values: Sequence[bytes] = groups[0]
    for more in groups[1:]:
        values = [value or other for value, other in zip(values, more, strict=True)]
    numbers = array("d", map(float, [value or b"0" for value in values] if b"" in values else values))
    # Python reads 1_000 as a number, no program writes it.
    if not math.isfinite(sum(numbers)) or (odd and b"_" in b"".join(values)):
        raise ValueError("a number that is none")
    return numbers


def _flags(values: tuple[bytes, ...], kinds: bytes, look: Look) -> list[tuple[int, list[int]]]:
    """Give the rows of what is bold and holds something, and of what is a formula."""
    flags = []
    if look.bold:
        flags.append((flags_of(formula=False, stored=True, bold=True), [n for n, kind in enumerate(kinds) if kind]))
    if look.formula:
        flags.append((flags_of(formula=True, stored=True, bold=False), [n for n, value in enumerate(values) if value]))
    return [(flag, rows) for flag, rows in flags if rows]


def _formats(groups: list[_Group], kinds: list[bytes]) -> array[int] | None:
    """Give the format id of each cell; 0 for one that is blank, unless it has a formula."""
    formats: array[int] | None = None
    for (values, look), kind in zip(groups, kinds, strict=True):
        if look.format_id:
            there: Sequence[object] = values if look.formula else kind
            own = array("H", [look.format_id if each else 0 for each in there])
            formats = own if formats is None else array("H", map(or_, formats, own))
    return formats
