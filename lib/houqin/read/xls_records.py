"""What xlrd does not tell of a legacy sheet: which cells hold a formula. One walk over the sheet's records."""

from __future__ import annotations

import struct

# [MS-XLS] 2.4.127; before BIFF5 the number of the record said the version.
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_STARTS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_END = 0x000A
_HEAD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")


def formula_places(stream: bytes, start: int) -> frozenset[tuple[int, int]]:
    """Give row and column, from 0, of each formula of the sheet that begins at an offset of the workbook's stream.

    A chart within the sheet has records of its own between a start and an end; they hold no cells.
    """
    found: set[tuple[int, int]] = set()
    at, depth = start, 0
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
        at += size
    return frozenset(found)
