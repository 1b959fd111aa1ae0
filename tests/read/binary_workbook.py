"""An xlsb workbook in its smallest form (MS-XLSB), because no free program writes one."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from read.hostile import DECLARED, OFFICE, PACKAGE, Member, container

if TYPE_CHECKING:
    from collections.abc import Sequence

CONTENT = "http://schemas.openxmlformats.org/package/2006/content-types"
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}


def record(number: int, data: bytes = b"") -> bytes:
    """Give a record: number and size in groups of seven bits."""
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    size, sizes = len(data), b""
    while True:
        sizes += bytes([size & 0x7F | (0x80 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + sizes + data


def wide(text: str) -> bytes:
    """Give a text with its length."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


class Cell:
    """A cell of a sheet: value, style (0 General, 1 a date, 2 text), and whether it is a formula."""

    def __init__(self, column: int, value: object, style: int = 0, *, formula: bool = False) -> None:
        self.column, self.value, self.style, self.formula = column, value, style, formula

    def build(self, strings: list[str]) -> bytes:
        """Give its record; texts go to the shared strings."""
        head, tail = struct.pack("<II", self.column - 1, self.style), b""
        if self.formula:
            tail = struct.pack("<HI", 0, 1) + b"\x1c" + struct.pack("<I", 0)
        if isinstance(self.value, bool):
            return record(10 if self.formula else 4, head + bytes([self.value]) + tail)
        if isinstance(self.value, int | float):
            if isinstance(self.value, int) and not self.formula:
                return record(2, head + struct.pack("<I", (self.value << 2) | 2))  # a whole number in 30 bits
            return record(9 if self.formula else 5, head + struct.pack("<d", self.value) + tail)
        text = str(self.value)
        if text in ERRORS:
            return record(11 if self.formula else 3, head + bytes([ERRORS[text]]) + tail)
        if self.formula:
            return record(8, head + wide(text) + tail)
        if text not in strings:
            strings.append(text)
        return record(7, head + struct.pack("<I", strings.index(text)))


def sheet(rows: dict[int, Sequence[Cell]], strings: list[str], merges: Sequence[tuple[int, int, int, int]]) -> bytes:
    """Give a sheet's part; merges are top, left, bottom, right from 1."""
    last = max((cell.column for cells in rows.values() for cell in cells), default=1)
    body = record(129) + record(148, struct.pack("<4I", 0, max(rows, default=1) - 1, 0, last - 1)) + record(145)
    for number, cells in sorted(rows.items()):
        body += record(0, struct.pack("<IIHBBBI", number - 1, 0, 300, 0, 0, 0, 0))
        body += b"".join(cell.build(strings) for cell in cells)
    body += record(146)
    if merges:
        body += record(177, struct.pack("<I", len(merges)))
        body += b"".join(record(176, struct.pack("<4I", t - 1, b - 1, le - 1, r - 1)) for t, le, b, r in merges)
        body += record(178)
    return body + record(130)


def workbook(
    sheets: dict[str, dict[int, Sequence[Cell]]],
    *,
    hidden: frozenset[str] = frozenset(),
    merges: dict[str, Sequence[tuple[int, int, int, int]]] | None = None,
    d1904: bool = False,
) -> bytes:
    """Give the file."""
    strings: list[str] = []
    parts = [sheet(rows, strings, (merges or {}).get(name, ())) for name, rows in sheets.items()]
    listed = b"".join(
        record(156, struct.pack("<II", 1 if name in hidden else 0, n) + wide(f"r{n}") + wide(name))
        for n, name in enumerate(sheets, 1)
    )
    book = record(131) + record(153, struct.pack("<II", int(d1904), 0) + wide("")) + record(143) + listed
    book += record(144) + record(132)
    formats = record(615, struct.pack("<I", 0)) + record(616)
    looks = b"".join(record(47, struct.pack("<HHHHHBBHH", 0, f, 0, 0, 0, 0, 0, 0, 0)) for f in (0, 14, 49))
    styles = record(278) + formats + record(617, struct.pack("<I", 3)) + looks + record(618) + record(279)
    table = record(159, struct.pack("<II", len(strings), len(strings)))
    table += b"".join(record(19, b"\0" + wide(text)) for text in strings) + record(160)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    links += f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.bin"/>'
    links += f'<Relationship Id="ss" Type="{OFFICE}/sharedStrings" Target="sharedStrings.bin"/>'
    root = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = (
        f'{DECLARED}<Types xmlns="{CONTENT}"><Default Extension="bin" ContentType="{kind}"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    members = [
        Member("[Content_Types].xml", types.encode()),
        Member("_rels/.rels", _links(root)),
        Member("xl/workbook.bin", book),
        Member("xl/_rels/workbook.bin.rels", _links(links)),
        Member("xl/styles.bin", styles),
        Member("xl/sharedStrings.bin", table),
        *(Member(f"xl/worksheets/sheet{n}.bin", part) for n, part in enumerate(parts, 1)),
    ]
    return container(members)


def _links(inner: str) -> bytes:
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'.encode()
