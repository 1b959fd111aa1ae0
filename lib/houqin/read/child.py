"""The process that parses: bytes in, grids or a refusal out; it never sees a path and ends with its parent."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any, BinaryIO

from houqin.errors import RefusedFile
from houqin.read.frames import pack_grid, read_frame, write_frame
from houqin.read.limits import Limits, end_time, limit_memory, limit_time
from houqin.read.notes import Parsed
from houqin.read.sniff import Container, sniff_container


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
            asked, data = read_frame(requests)
        except EOFError:
            return
        limit_time(limits.seconds)
        head, parts = _answer(data, limits, asked)
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


def _answer(data: bytes, limits: Limits, asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    password = asked.get("password")
    try:
        parsed = (look_inside if asked.get("unpack") else parse_workbook)(data, limits, password)
        packed = [pack_grid(grid) for grid in parsed.grids]
    except RefusedFile as refusal:
        return {"refused": refusal.code, "detail": str(refusal)}, []
    except MemoryError:
        return {"refused": "too-large", "detail": "读取时内存不够"}, []
    except Exception as fault:  # noqa: BLE001  (whatever a file does to a parser is a refusal of that file)
        return {"refused": "corrupt", "detail": "", "fault": f"{type(fault).__name__}: {fault}"}, []
    members = [(member.name, member.problem, len(member.data)) for member in parsed.members]
    head = {
        "format": parsed.format, "notes": parsed.notes, "grids": [head for head, _ in packed], "members": members,
    }  # fmt: skip
    return head, [part for _, parts in packed for part in parts] + [member.data for member in parsed.members]


def look_inside(data: bytes, limits: Limits, password: str | None) -> Parsed:
    """Unpack an archive, or see that a workbook opens; its sheets are not parsed."""
    container = sniff_container(data)
    if container is Container.ZIP:
        from houqin.read.archive import archive_members  # noqa: PLC0415  (as below)
        from houqin.read.zip_check import Package  # noqa: PLC0415  (as below)

        return Parsed("zip", [], [], archive_members(Package(data, limits, password), limits) or ())
    if container is Container.OLE:
        from houqin.read.locked import is_locked, unlock  # noqa: PLC0415  (as below)

        if is_locked(data):
            unlock(data, password)
    return Parsed("", [], [])


def parse_workbook(data: bytes, limits: Limits, password: str | None = None) -> Parsed:
    """Choose the reader by content; RefusedFile carries code and detail."""
    try:
        return _parse(data, limits, password)
    except RefusedFile as refusal:
        if refusal.code != "encrypted" or sniff_container(data) is not Container.OLE:
            raise
    from houqin.read.locked import unlock  # noqa: PLC0415  (a library that most runs never need)

    return _parse(unlock(data, password), limits, None)


def _parse(data: bytes, limits: Limits, password: str | None) -> Parsed:
    container = sniff_container(data)
    if container is Container.ZIP:
        from houqin.read.xlsx import read_zip  # noqa: PLC0415  (a child that reads csv needs no zip)

        return read_zip(data, limits, password)
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
