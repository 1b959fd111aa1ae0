"""A table as Apache Parquet, the columnar file that pandas, DuckDB, R and Power BI read.

Written here because the libraries that write it weigh more than all of ours together, and a bureau needs three kinds of
columns: text, whole numbers, exact decimals. After the format's own pages (parquet.thrift of apache/parquet-format and
Thrift's compact protocol): one row group, one gzip page a column, plain values, null where there is none.
"""

from __future__ import annotations

import gzip
import struct
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TEXT, WHOLE, DECIMAL = "text", "whole", "decimal"
SCALE, _PRECISION = 6, 18  # of a decimal: 999,999,999,999.999999, as an integer of 64 bits
_MAGIC = b"PAR1"
_INT64, _BYTES = 2, 6  # physical types
_UTF8, _AS_DECIMAL = 0, 5  # converted types
_OPTIONAL, _PLAIN, _RLE, _GZIP, _DATA_PAGE = 1, 0, 3, 2, 0
# Thrift's compact types
_I32, _I64, _STRING, _LIST, _STRUCT = 5, 6, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `kind` is TEXT, WHOLE or DECIMAL (exact to six decimals), None is null."""

    name: str
    kind: str
    values: Sequence[str | int | Decimal | None]


def write_parquet(path: Path, columns: Sequence[Column]) -> None:
    """Write a file, the same bytes for the same columns; ValueError where the columns differ in length."""
    rows = len(columns[0].values) if columns else 0
    if any(len(each.values) != rows for each in columns):
        raise ValueError("columns of one file have as many values each")
    parts, chunks, at = [_MAGIC], [], len(_MAGIC)
    for column in columns:
        page, plain_size = _page(column)
        parts.append(page)
        chunks.append(_chunk(column, at, len(page), plain_size))
        at += len(page)
    footer = _footer(columns, chunks, rows, at - len(_MAGIC))
    path.write_bytes(b"".join([*parts, footer, struct.pack("<I", len(footer)), _MAGIC]))


def _page(column: Column) -> tuple[bytes, int]:
    """Give header and body of a column's one page, and the size of both before compression."""
    present = [value for value in column.values if value is not None]
    body = _levels(column.values) + b"".join(_plain(value, column.kind) for value in present)
    packed = gzip.compress(body, mtime=0)
    told = _struct([(1, _I32, len(column.values)), (2, _I32, _PLAIN), (3, _I32, _RLE), (4, _I32, _RLE)])
    header = _struct([(1, _I32, _DATA_PAGE), (2, _I32, len(body)), (3, _I32, len(packed)), (5, _STRUCT, told)])
    return header + packed, len(header) + len(body)


def _levels(values: Sequence[object]) -> bytes:
    """Say which values are there: runs of 1 and 0, with their length in front."""
    runs: list[tuple[int, bool]] = []
    for value in values:
        if runs and runs[-1][1] == (value is not None):
            runs[-1] = (runs[-1][0] + 1, runs[-1][1])
        else:
            runs.append((1, value is not None))
    body = b"".join(_varint(length << 1) + bytes([there]) for length, there in runs)
    return struct.pack("<I", len(body)) + body


def _plain(value: str | int | Decimal, kind: str) -> bytes:
    if kind == TEXT:
        text = str(value).encode()
        return struct.pack("<I", len(text)) + text
    scaled = Decimal(value).scaleb(SCALE) if kind == DECIMAL else Decimal(value)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{value} has more than {SCALE} decimals")
    return struct.pack("<q", int(scaled))


def _chunk(column: Column, at: int, size: int, plain_size: int) -> bytes:
    told = _struct([
        (1, _I32, _type(column)), (2, _LIST, (_I32, [_PLAIN, _RLE])), (3, _LIST, (_STRING, [column.name])),
        (4, _I32, _GZIP), (5, _I64, len(column.values)), (6, _I64, plain_size), (7, _I64, size), (9, _I64, at),
    ])  # fmt: skip
    return _struct([(2, _I64, at), (3, _STRUCT, told)])


def _footer(columns: Sequence[Column], chunks: Sequence[bytes], rows: int, size: int) -> bytes:
    root = _struct([(4, _STRING, "schema"), (5, _I32, len(columns))])
    group = _struct([(1, _LIST, (_STRUCT, chunks)), (2, _I64, size), (3, _I64, rows)])
    schema = [root, *map(_element, columns)]
    return _struct([
        (1, _I32, 1), (2, _LIST, (_STRUCT, schema)), (3, _I64, rows), (4, _LIST, (_STRUCT, [group])),
        (6, _STRING, "houqin"),
    ])  # fmt: skip


def _element(column: Column) -> bytes:
    fields: list[tuple[int, int, Any]] = [(1, _I32, _type(column)), (3, _I32, _OPTIONAL), (4, _STRING, column.name)]
    if column.kind == TEXT:
        fields.append((6, _I32, _UTF8))
    if column.kind == DECIMAL:
        fields += [(6, _I32, _AS_DECIMAL), (7, _I32, SCALE), (8, _I32, _PRECISION)]
    return _struct(fields)


def _type(column: Column) -> int:
    return _BYTES if column.kind == TEXT else _INT64


def _struct(fields: Sequence[tuple[int, int, Any]]) -> bytes:
    """Write a struct: each field by how far its number is from the one before, its type, its value."""
    parts, before = [], 0
    for number, kind, value in fields:
        parts.append(bytes([(number - before) << 4 | kind]) + _value(kind, value))
        before = number
    return b"".join([*parts, b"\0"])


def _value(kind: int, value: Any) -> bytes:  # noqa: ANN401  (by its kind)
    if kind in {_I32, _I64}:
        return _varint(value << 1)  # zigzag; none of ours is below 0
    if kind == _STRING:
        text = value.encode()
        return _varint(len(text)) + bytes(text)
    if kind == _LIST:
        inner, items = value
        head = bytes([len(items) << 4 | inner]) if len(items) < 15 else bytes([0xF0 | inner]) + _varint(len(items))
        return head + b"".join(_value(inner, item) for item in items)
    return bytes(value)


def _varint(number: int) -> bytes:
    parts = bytearray()
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])
