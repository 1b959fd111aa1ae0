"""The process that parses: bytes in, grids or a refusal out; it never sees a path and ends with its parent."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from houqin.errors import RefusedFile
from houqin.read.frames import pack_grid, read_frame, write_frame
from houqin.read.limits import Limits, end_time, limit_memory, limit_time
from houqin.read.sniff import Container, sniff_container

if TYPE_CHECKING:
    from houqin.read.notes import Parsed


def main() -> None:
    """Serve one request after another until the parent closes the pipe."""
    requests, answers = _private_pipes()
    head, _ = read_frame(requests)
    limits = Limits(**head["limits"])
    limit_memory(limits.memory_bytes)
    # A sheet is millions of small objects in no cycle; looking for cycles among them costs a third of the time.
    gc.disable()
    while True:
        try:
            _, data = read_frame(requests)
        except EOFError:
            return
        limit_time(limits.seconds)
        head, parts = _answer(data, limits)
        end_time()
        write_frame(answers, head, parts)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves: whatever a parser prints must not end up between the frames."""
    answers = os.fdopen(os.dup(1), "wb")
    requests = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdout = sys.stderr
    return requests, answers


def _answer(data: bytes, limits: Limits) -> tuple[dict[str, Any], list[bytes]]:
    try:
        parsed = parse_workbook(data, limits)
        packed = [pack_grid(grid) for grid in parsed.grids]
    except RefusedFile as refusal:
        return {"refused": refusal.code, "detail": str(refusal)}, []
    except MemoryError:
        return {"refused": "too-large", "detail": "读取时内存不够"}, []
    except Exception as fault:  # noqa: BLE001  (whatever a file does to a parser is a refusal of that file)
        return {"refused": "corrupt", "detail": "", "fault": f"{type(fault).__name__}: {fault}"}, []
    head = {"format": parsed.format, "notes": parsed.notes, "grids": [head for head, _ in packed]}
    return head, [part for _, parts in packed for part in parts]


def parse_workbook(data: bytes, limits: Limits) -> Parsed:
    """Choose the reader by content; RefusedFile carries code and detail."""
    container = sniff_container(data)
    if container is Container.ZIP:
        from houqin.read.xlsx import read_zip  # noqa: PLC0415  (a child that reads csv needs no zip)

        return read_zip(data, limits)
    if container is Container.TEXT:
        from houqin.read.text import read_text  # noqa: PLC0415  (as above)

        return read_text(data, limits)
    if container is Container.HTML:
        from houqin.read.html import read_html  # noqa: PLC0415  (as above)

        return read_html(data, limits)
    if container is Container.XML_2003:
        from houqin.read.xml_2003 import read_xml_2003  # noqa: PLC0415  (as above)

        return read_xml_2003(data, limits)
    from houqin.read.xls import read_biff, read_ole  # noqa: PLC0415  (as above)

    return read_ole(data, limits) if container is Container.OLE else read_biff(data, limits)
