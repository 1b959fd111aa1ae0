"""A large sheet without the rows that nobody changes: they keep their bytes, and no tree is built of all cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ENCODING = re.compile(rb'\A\xef\xbb\xbf?<\?xml[^>]*\bencoding\s*=\s*["\']([^"\']+)["\']|\A<\?xml[^>]*\bencoding\s*='
                       rb'\s*["\']([^"\']+)["\']')  # fmt: skip
_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData(?:\s[^<>]*)?>")
_NUMBER = re.compile(rb'\sr\s*=\s*["\'](\d+)["\']')
_HEIGHT = re.compile(rb'\sht\s*=\s*["\']([\d.]+)["\']')
_HIDDEN = re.compile(rb'\shidden\s*=\s*["\'](?:1|true)["\']')
_STYLE = re.compile(rb'\ss\s*=\s*["\'](\d+)["\']')


@dataclass(frozen=True, slots=True)
class Rows:
    """A sheet part in three: what stands before its rows, each row's bytes by number in their order, the rest."""

    head: bytes
    rows: Mapping[int, bytes]
    tail: bytes

    def only(self, wanted: Collection[int]) -> bytes:
        """Give the part with some of its rows alone; the first is always one, so that there are rows at all."""
        first = next(iter(self.rows))
        kept = [data for number, data in self.rows.items() if number in wanted or number == first]
        return b"".join([self.head, *kept, self.tail])

    def joined(self, changed: Rows) -> bytes:
        """Give the whole part with rows changed or new, and with what stands around them as it is now."""
        rows = {**self.rows, **changed.rows}
        order = rows if len(rows) == len(self.rows) else sorted(rows)
        return b"".join([changed.head, *(rows[number] for number in order), changed.tail])

    def heights(self) -> dict[int, float]:
        """Give the heights in points that rows say, 0 of hidden ones."""
        found = {}
        for number, data in self.rows.items():
            start = data[: data.find(b">")]
            height = _HEIGHT.search(start)
            if _HIDDEN.search(start):
                found[number] = 0.0
            elif height:
                found[number] = float(height[1])
        return found

    def with_styles(self, styles: Collection[int]) -> set[int]:
        """Give the rows in which a cell has one of some formats."""
        wanted = {str(number).encode() for number in styles}
        return {number for number, data in self.rows.items() if not wanted.isdisjoint(_STYLE.findall(data))}


def split_rows(data: bytes) -> Rows | None:
    """Cut a sheet part into its rows; None where it is written in a way that only a parser should judge."""
    encoding = _ENCODING.match(data[:200])
    told = b"".join(each or b"" for each in encoding.groups()) if encoding else b"utf-8"
    start = _DATA.search(data)
    if told.lower() != b"utf-8" or start is None or b"<!" in data or data[start.end() - 2 : start.end()] == b"/>":
        return None
    prefix = start[1]
    end = data.rfind(b"</" + prefix + b"sheetData")
    starts = [found.start() for found in re.finditer(rb"<" + prefix + rb"row[\s>/]", data[: max(end, 0)])]
    if end < start.end() or not starts or starts[0] < start.end():
        return None
    rows: dict[int, bytes] = {}
    last = 0
    for at, stop in zip(starts, [*starts[1:], end], strict=True):
        number = _NUMBER.search(data, at, data.find(b">", at))
        if number is None or int(number[1]) <= last:
            return None  # a row without a number, or out of order, is counted by its neighbours
        last = int(number[1])
        rows[last] = data[at:stop]
    return Rows(data[: starts[0]], rows, data[end:])
