"""What xlrd does not tell of a legacy sheet: its formulas and its filter. One walk over the sheet's records."""

from __future__ import annotations

import struct
from typing import NamedTuple

# [MS-XLS] 2.4.127; before BIFF5 the number of the record said the version.
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_STARTS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_END = 0x000A
_FILTER_MODE = 0x009B
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")


class Records(NamedTuple):
    """What the walk found: row and column, from 0, of each formula, and whether a filter hides rows."""

    formulas: frozenset[tuple[int, int]] = frozenset()
    filtered: bool = False


def walk_records(stream: bytes, start: int) -> Records:
    """Walk through the sheet that begins at an offset of the workbook's stream.

    A chart within the sheet has records of its own between a start and an end; they hold no cells.
    """
    found: set[tuple[int, int]] = set()
    at, depth, filtered = start, 0, False
    while 0 <= at <= len(stream) - _HEAD.size:
        kind, size = _HEAD.unpack_from(stream, at)
        at += _HEAD.size
        if kind in _STARTS:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif kind in _FORMULAS and depth == 1 and size >= _PLACE.size and at + size <= len(stream):
            found.add(_PLACE.unpack_from(stream, at))
        elif kind == _FILTER_MODE and depth == 1:
            filtered = True
        at += size
    return Records(frozenset(found), filtered)
