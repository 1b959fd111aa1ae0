"""What python-calamine does not tell of a binary workbook: errors (it gives blanks), formulas, merges, what is hidden.

The records are those of MS-XLSB: number and size in groups of seven bits, then the data.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Range
from houqin.read.xml_parts import read_relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.read.zip_check import Package

_ROW, _COLUMN, _MERGE, _SHEET = 0, 60, 176, 156
_ERROR, _ERROR_FORMULA = 3, 11
_FORMULAS = frozenset({8, 9, 10, 11})
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x10, 0x01
_NO_TEXT = 0xFFFFFFFF


@dataclass(slots=True)
class SheetExtras:
    """Of one sheet: cells by row and column from 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_extras(package: Package, workbook: str) -> dict[str, SheetExtras]:
    """Give them by the sheet's name; RefusedFile where the records do not hold together."""
    parts = read_relations(package, workbook)
    try:
        sheets = _sheets(package.read(workbook))
        return {
            name: _extras(package.read(part))
            for name, relation in sheets
            for kind, part in [parts.get(relation, ("", ""))]
            if kind == "worksheet" and part in package
        }
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        raise RefusedFile("corrupt", "内部的记录断了，可能没有传完") from fault


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        number = part[at]
        at += 1
        if number > 0x7F:
            number = number & 0x7F | (part[at] & 0x7F) << 7
            at += 1
        size = 0
        for group in range(4):
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << 7 * group
            if byte < 0x80:
                break
        if at + size > len(part):
            raise IndexError
        yield number, part[at : at + size]
        at += size


def _sheets(part: bytes) -> list[tuple[str, str]]:
    """Give name and relation of each sheet."""
    found = []
    for number, data in _records(part):
        if number == _SHEET:
            relation, after = _text(data, 8)
            name, _ = _text(data, after)
            found.append((name, relation))
    return found


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    if length == _NO_TEXT:
        return "", at + 4
    stop = at + 4 + 2 * length
    if stop > len(data):
        raise IndexError
    return data[at + 4 : stop].decode("utf-16-le", "surrogatepass"), stop


def _extras(part: bytes) -> SheetExtras:
    made, row = SheetExtras(), 0
    for number, data in _records(part):
        if number == _ROW:
            row = int.from_bytes(data[:4], "little") + 1
            if len(data) > 11 and data[11] & _ROW_HIDDEN:
                made.hidden_rows.add(row)
        elif number == _ERROR or number in _FORMULAS:
            cell = (row, int.from_bytes(data[:4], "little") + 1)
            if number in {_ERROR, _ERROR_FORMULA}:
                made.errors[cell] = _ERRORS.get(data[8], "#N/A")
            if number in _FORMULAS:
                made.formulas.add(cell)
        elif number in _AROUND:
            _AROUND[number](made, data)
    return made


def _merge(made: SheetExtras, data: bytes) -> None:
    top, bottom, left, right = struct.unpack_from("<4I", data)
    if top <= bottom <= _LAST_ROW and left <= right <= _LAST_COLUMN:
        made.merges.append(Range(top + 1, left + 1, bottom + 1, right + 1))


def _columns(made: SheetExtras, data: bytes) -> None:
    first, last, _, _, flags = struct.unpack_from("<IIIIH", data)
    if flags & _COLUMN_HIDDEN and last <= _LAST_COLUMN:
        made.hidden_columns.update(range(first + 1, last + 2))


_AROUND = {_MERGE: _merge, _COLUMN: _columns}
