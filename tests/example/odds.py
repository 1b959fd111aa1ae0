"""What lies in every inbox besides: a duty roster that no form describes, a workbook behind a password."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from paper import Paper, write_xlsx
from people import TEACHERS

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from truth import Truth

ROSTER = "值班表.xlsx"
LOCKED = "助学金发放名单(有密码).xlsx"
SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_odds(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the roster (weeks down, weekdays across, names inside) and the protected workbook."""
    paper = Paper("9月值班")
    paper.merge((1, 1, 1, 6), "示例中学2025年9月行政值班表", "title")
    paper.line(2, ["周次", "周一", "周二", "周三", "周四", "周五"], "head")
    for week in range(1, 5):
        paper.line(2 + week, [f"第{week}周", *(rng.choice(TEACHERS) for _ in range(5))])
    paper.merge((7, 1, 7, 6), "值班时间：7:20—17:40；因事调班请提前告知办公室。", "foot")
    paper.widths = {1: 10, **dict.fromkeys(range(2, 7), 12)}
    truth.defect("unknown-table", "warning", (ROSTER, paper.name, "A2"), expected="", why="不是已有的任何一种表单")
    truth.file(ROSTER, "read")
    write_xlsx(folder / ROSTER, paper)
    (folder / LOCKED).write_bytes(_compound({"EncryptionInfo": _info(), "EncryptedPackage": rng.randbytes(8192)}))
    truth.file(LOCKED, "refused", "encrypted")
    truth.defect("encrypted", "error", (LOCKED, "", ""), expected="", why="设有打开密码")


def _info() -> bytes:
    """Give the stream that says how a workbook is encrypted: version 4.4 and a description in XML."""
    text = b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData cipherAlgorithm="AES"/></encryption>'
    return (struct.pack("<HHI", 4, 4, 0x40) + text).ljust(4096, b"\0")


def _compound(streams: dict[str, bytes]) -> bytes:
    """Wrap streams of whole sectors in a compound file, as Office does with what it encrypts; no lengths below 4096."""
    chains, start = [FAT, END], 2
    entries = [_entry("Root Entry", 5, END, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        count = len(data) // SECTOR
        # Names are a search tree; a list to the right is one too.
        right = number + 1 if number < len(streams) else FREE
        entries.append(_entry(name, 2, start, len(data), right=right))
        chains += [*range(start + 1, start + count), END]
        start += count
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    head = head.ljust(SECTOR, b"\xff")
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(SECTOR, b"\xff")
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    return head + table + directory + b"".join(streams.values())


def _entry(name: str, kind: int, start: int, size: int, *, right: int = FREE, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", FREE, right, child)
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB", len(text), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
