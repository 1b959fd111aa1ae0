"""Grids as bytes and back: a JSON head and raw buffers, so that a sheet crosses the pipe without an object a cell."""

from __future__ import annotations

import json
import struct
from array import array
from typing import TYPE_CHECKING, Any, BinaryIO

from houqin.model import Grid, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# The one refusal that no person sees: it asks for another child.
NEEDS_DECRYPTION = "needs-decryption"
_SIZES = struct.Struct(">IQ")
_MAX_HEAD = 1 << 30
_ONE_WRITE = 1 << 18
_END_OF_STRING = "\0"  # no string of a grid holds one


def write_frame(stream: BinaryIO, head: dict[str, Any], parts: Iterable[bytes | memoryview] = ()) -> None:
    """Write one message: sizes, head, body; flushing is left to the caller."""
    text = json.dumps(head).encode()
    body = list(parts)
    size = sum(map(len, body))
    head_bytes = _SIZES.pack(len(text), size) + text
    if size < _ONE_WRITE:
        # Each write wakes the other side.
        stream.write(b"".join([head_bytes, *body]))
    else:
        stream.write(head_bytes)
        stream.writelines(body)


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Read one message; EOFError where the other side is gone."""
    head_size, body_size = _SIZES.unpack(_exactly(stream, _SIZES.size))
    if head_size > _MAX_HEAD:
        raise EOFError
    head = json.loads(_exactly(stream, head_size))
    return head, _exactly(stream, body_size)


def cut(body: bytes, sizes: Sequence[int]) -> Iterator[bytes]:
    """Cut a body into its pieces; one alone is the body itself."""
    if len(sizes) == 1:
        yield body
        return
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) != size:
        raise EOFError
    return data


def pack_grid(grid: Grid) -> tuple[dict[str, Any], list[bytes | memoryview]]:
    """Give a grid's head and its buffers."""
    parts: list[bytes | memoryview] = [
        grid.kinds, *(memoryview(buffer).cast("B") for buffer in (grid.numbers, grid.string_ids, grid.format_ids)),
        *(array("I", sorted(offsets)).tobytes() for offsets in (grid.formulas, grid.unstored, grid.bold)),
        _END_OF_STRING.join(grid.strings).encode("utf-8", "surrogatepass"),
    ]  # fmt: skip
    head = {
        "sheet": grid.sheet, "rows": grid.rows, "columns": grid.columns, "visible": grid.visible,
        "formats": grid.formats, "merges": grid.merges,
        "hidden_rows": sorted(grid.hidden_rows), "filtered_rows": sorted(grid.filtered_rows),
        "hidden_columns": sorted(grid.hidden_columns),
        "lost_digits": sorted(grid.lost_digits), "sizes": [len(part) for part in parts],
    }  # fmt: skip
    return head, parts


def unpack_grid(head: dict[str, Any], body: memoryview) -> Grid:
    """Build the grid from its head and its stretch of the body."""
    parts, start = [], 0
    for size in head["sizes"]:
        parts.append(body[start : start + size])
        start += size
    numbers, string_ids, format_ids = array("d"), array("I"), array("H")
    numbers.frombytes(parts[1])
    string_ids.frombytes(parts[2])
    format_ids.frombytes(parts[3])
    formulas, unstored, bold = (frozenset(part.cast("I")) for part in parts[4:7])
    strings = str(parts[7], "utf-8", "surrogatepass").split(_END_OF_STRING)
    return Grid(
        sheet=head["sheet"], rows=head["rows"], columns=head["columns"], visible=head["visible"],
        kinds=bytes(parts[0]), numbers=numbers, string_ids=string_ids, strings=tuple(strings),
        format_ids=format_ids, formats=tuple(head["formats"]), formulas=formulas, unstored=unstored, bold=bold,
        merges=tuple(Range(*merge) for merge in head["merges"]),
        hidden_rows=frozenset(head["hidden_rows"]), filtered_rows=frozenset(head["filtered_rows"]),
        hidden_columns=frozenset(head["hidden_columns"]),
        lost_digits=frozenset(head["lost_digits"]),
    )  # fmt: skip
