"""The process that parses: bytes in, grids or a refusal out; it never sees a path and ends with its parent."""

from __future__ import annotations

import codecs
import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import Any, BinaryIO

from houqin.errors import RefusedFile
from houqin.read.archive import archive_members
from houqin.read.calculable import calculable
from houqin.read.confinement import confine
from houqin.read.frames import NEEDS_DECRYPTION, cut, pack_grid, read_frame, write_frame
from houqin.read.html import read_html
from houqin.read.limits import Limits, end_time, limit_memory, limit_time
from houqin.read.locked import is_locked, unlock
from houqin.read.notes import Member, Parsed
from houqin.read.sniff import Container, sniff_container
from houqin.read.text import read_text
from houqin.read.xls import read_biff, read_ole
from houqin.read.xlsx import read_zip
from houqin.read.xml_2003 import read_xml_2003
from houqin.read.zip_check import Package

# What our readers import when they need it.
_PARSERS = ("python_calamine", "xlrd", "_strptime")
# Takes as long to load as all else together, and hardly a file needs it: a child with it is started when one does.
_DECRYPTION = (
    "msoffcrypto", "msoffcrypto.format.ooxml", "msoffcrypto.format.xls97", "xml.dom.expatbuilder",
    "cryptography.hazmat.backends.openssl.backend",
)  # fmt: skip
# What a code page record of an old workbook may name (xlrd's table), and what we decode ourselves.
_ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "ascii", "gb18030", "gbk", "gb2312", "big5",
    "mac_roman", "mac_greek", "mac_cyrillic", "mac_latin2", "mac_iceland", "mac_turkish",
    *(f"cp{page}" for page in (437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869,
                               874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 1361)),
)  # fmt: skip
# So many bytes of small answers wait for one another: each write wakes the parent.
_ANSWERS_AT_ONCE = 1 << 18
# Small files that are sent together take a moment; one that does not is sent again by itself, with all its time.
_SECONDS_AMONG_MANY = 5
_LEFT_OBJECTS = 20_000

def main() -> None:
    """Serve one request after another until the parent closes the pipe."""
    requests, answers = _private_pipes()
    head, _ = read_frame(requests)
    limits = Limits(**head["limits"])
    limit_memory(limits.memory_bytes)
    load_parsers(decryption=head["decryption"])
    confine()
    # A sheet is millions of small objects in no cycle; looking for cycles among them costs a third of the time.
    gc.disable()
    gc.freeze()
    while True:
        try:
            asked, body = read_frame(requests)
        except EOFError:
            return
        sizes = asked["sizes"]
        seconds = limits.seconds if len(sizes) == 1 else min(limits.seconds, _SECONDS_AMONG_MANY)
        for data in cut(body, sizes):
            limit_time(seconds)
            answer, parts = _answer(data, limits, asked)
            end_time()
            write_frame(answers, answer, parts)
            del answer, parts
            if gc.get_count()[0] > _LEFT_OBJECTS:
                gc.collect()  # xlrd's books are cycles: left alone they fill the memory, and innocent files are refused
        answers.flush()


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves: whatever a parser prints must not end up between the frames."""
    answers = os.fdopen(os.dup(1), "wb", _ANSWERS_AT_ONCE)
    requests = os.fdopen(os.dup(0), "rb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdout = sys.stderr
    return requests, answers


def _answer(data: bytes, limits: Limits, asked: dict[str, Any]) -> tuple[dict[str, Any], list[bytes | memoryview]]:
    try:
        parsed = _ASKED[asked.get("what", "read")](data, limits, asked.get("password"))
        packed = [pack_grid(grid) for grid in parsed.grids]
    except RefusedFile as refusal:
        return {"refused": refusal.code, "detail": str(refusal)}, []
    except MemoryError:
        return {"refused": "too-large", "detail": "读取时内存不够"}, []
    except Exception as fault:  # noqa: BLE001  (whatever a file does to a parser is a refusal of that file)
        if isinstance(fault, ModuleNotFoundError) and fault.name == _DECRYPTION[0]:
            return {"refused": NEEDS_DECRYPTION, "detail": ""}, []
        return {"refused": "corrupt", "detail": "", "fault": f"{type(fault).__name__}: {fault}"}, []
    members = [(member.name, member.problem, len(member.data)) for member in parsed.members]
    head = {
        "format": parsed.format, "notes": parsed.notes, "grids": [head for head, _ in packed], "members": members,
    }  # fmt: skip
    return head, [*(part for _, parts in packed for part in parts), *(member.data for member in parsed.members)]


def look_inside(data: bytes, limits: Limits, password: str | None) -> Parsed:
    """Unpack an archive, or see that a workbook opens; its sheets are not parsed."""
    container = sniff_container(data)
    if container is Container.ZIP:
        return Parsed("zip", [], [], archive_members(Package(data, limits, password), limits) or ())
    if container is Container.OLE and is_locked(data):
        unlock(data, password)
    return Parsed("", [], [])


def reduce(data: bytes, limits: Limits, _: str | None) -> Parsed:
    """Give a workbook as the computing program may have it, as the one member of an archive."""
    return Parsed("xlsx", [], [], (Member("", calculable(data, limits)),))


def parse_workbook(data: bytes, limits: Limits, password: str | None = None) -> Parsed:
    """Choose the reader by content; RefusedFile carries code and detail."""
    try:
        return _parse(data, limits, password)
    except RefusedFile as refusal:
        if refusal.code != "encrypted" or sniff_container(data) is not Container.OLE:
            raise
    return _parse(unlock(data, password), limits, None)


def _parse(data: bytes, limits: Limits, password: str | None) -> Parsed:
    container = sniff_container(data)
    if container is Container.ZIP:
        return read_zip(data, limits, password)
    if container is Container.TEXT:
        return read_text(data, limits)
    if container is Container.HTML:
        return read_html(data, limits)
    if container is Container.XML_2003:
        return read_xml_2003(data, limits)
    return read_ole(data, limits) if container is Container.OLE else read_biff(data, limits)


def load_parsers(*, decryption: bool = False) -> None:
    """Import what a file may need on its way: nothing can be imported later."""
    for name in (*_PARSERS, *(_DECRYPTION if decryption else ())):
        with contextlib.suppress(ImportError):  # another version may have it elsewhere
            import_module(name)
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)


_ASKED = {"read": parse_workbook, "look-inside": look_inside, "reduce": reduce}
