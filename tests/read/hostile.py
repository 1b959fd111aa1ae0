"""Workbooks built from bytes, rightly or wrongly: what the hostile cases are made of.

Nothing here runs or reaches a network, and the same bytes come out each time.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MIB = 1 << 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Case:
    """A file and what must become of it.

    `verdict` is reject, warn, accept or skip; `code` that of the refusal or of a warning; `cells` some of its values.
    """

    name: str
    verdict: str
    code: str
    build: Callable[[], bytes]
    cells: Mapping[str, object] = field(default_factory=dict)
    sheet: int = 0


@dataclass(frozen=True)
class Member:
    """A member of a container; what is None is told truly."""

    name: str
    data: bytes
    stored: bool = False
    packed: bytes | None = None
    size: int | None = None
    checksum: int | None = None
    flags: int = 0x800
    same_body_as: int | None = None  # index of the member whose body this one's entry points to


def container(members: Sequence[Member], *, directory_size: int = 0) -> bytes:
    """Write a zip container, lies and all."""
    body, entries, offsets = b"", b"", []
    for member in members:
        packed = member.packed
        if packed is None:
            packed = member.data if member.stored else _deflated(member.data)
        checksum = zlib.crc32(member.data) if member.checksum is None else member.checksum
        size = len(member.data) if member.size is None else member.size
        name = member.name.encode()
        method = 0 if member.stored else 8
        fields = struct.pack("<HHHHHIIIHH", 20, member.flags, method, 0, 33, checksum, len(packed), size, len(name), 0)
        if member.same_body_as is None:
            offsets.append(len(body))
            body += b"PK\x03\x04" + fields + name + packed
        else:
            offsets.append(offsets[member.same_body_as])
        entries += b"PK\x01\x02\x14\x00" + fields + bytes(10) + struct.pack("<I", offsets[-1]) + name
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, directory_size or len(entries), len(body), 0)
    return body + entries + b"PK\x05\x06" + end


def _deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def swollen(name: str, head: bytes, unit: bytes, mebibytes: int, tail: bytes) -> Member:
    """Give a member that inflates to head, so many MiB of a unit, and tail, without inflating it here."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    block = (unit * (MIB // len(unit) + 1))[: MIB // len(unit) * len(unit)]
    middle = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = start + middle * mebibytes + packer.compress(tail) + packer.flush()
    return Member(name, b"", packed=packed, size=len(head) + len(block) * mebibytes + len(tail), checksum=0)


def text(where: str, words: str, more: str = "") -> str:
    """Give a cell of inline text."""
    return f'<c r="{where}" t="inlineStr"{more}><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def number(where: str, written: object, style: int = 0) -> str:
    """Give a cell of a number as it is written."""
    return f'<c r="{where}"' + (f' s="{style}"' if style else "") + f"><v>{written}</v></c>"


def rows(table: Sequence[Sequence[object]]) -> str:
    """Give rows of texts and numbers, from A1."""
    made = ""
    for r, line in enumerate(table, 1):
        cells = [
            text(f"{chr(65 + c)}{r}", value) if isinstance(value, str) else number(f"{chr(65 + c)}{r}", value)
            for c, value in enumerate(line)
            if value is not None
        ]
        made += f'<row r="{r}">{"".join(cells)}</row>'
    return made


def down(values: Sequence[object], *, styles: bool = False) -> str:
    """Give values down column A as numbers, each in the style of its row, and their wording in B."""
    return "".join(
        f'<row r="{n}">{number(f"A{n}", value, n if styles else 0)}{text(f"B{n}", str(value))}</row>'
        for n, value in enumerate(values, 1)
    )


TABLE = [["编号", "单位", "数量"], ["A001", "一年级", 12], ["A002", "二年级", 30]]
PLAIN = rows(TABLE)


def sheet(body: str, *, before: str = "", after: str = "", doctype: str = "") -> str:
    """Give a sheet's part."""
    return (
        f'{DECLARED}{doctype}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheetData>{body}</sheetData>{after}'
        "</worksheet>"
    )


def styles(codes: Sequence[int | str] = (), *, repeat: int = 1) -> str:
    """Give a styles part: style 0 is General, style n shows the n-th code (a number is a built-in format)."""
    own = [(164 + n, code) for n, code in enumerate(codes) if isinstance(code, str)]
    ids = [code if isinstance(code, int) else 164 + n for n, code in enumerate(codes)]
    formats = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for n, code in own)
    cells = "".join(f'<xf numFmtId="{n}" fontId="0"/>' for n in [0, *ids]) * repeat
    return (
        f'{DECLARED}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts><font/></fonts>'
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    )


@dataclass
class Book:
    """A workbook in its smallest form; a case changes what it is about."""

    sheets: list[tuple[str, str | bytes]] = field(default_factory=lambda: [("表", sheet(PLAIN))])
    styles: str | None = field(default_factory=styles)
    strings: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)  # sheet name -> further attributes
    kinds: dict[str, str] = field(default_factory=dict)  # sheet name -> kind of the relation
    targets: list[str] | None = None
    head: str = "<workbookPr/>"
    tail: str = ""
    doctype: str = ""
    relations: str = ""
    more: list[Member] = field(default_factory=list)
    without: frozenset[str] = frozenset()
    stored: bool = False

    def members(self) -> list[Member]:
        """Give the parts."""
        targets = self.targets or [f"worksheets/sheet{n}.xml" for n in range(1, len(self.sheets) + 1)]
        names = [name for name, _ in self.sheets] + [f"表{n}" for n in range(len(self.sheets), len(targets))]
        listed = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{n}"{self.attributes.get(name, "")} r:id="r{n}"/>'
            for n, name in enumerate(names, 1)
        )
        links = "".join(
            f'<Relationship Id="r{n}" Type="{OFFICE}/{self.kinds.get(name, "worksheet")}" Target="{target}"/>'
            for n, (name, target) in enumerate(zip(names, targets, strict=True), 1)
        )
        links += f'<Relationship Id="st" Type="{OFFICE}/styles" Target="styles.xml"/>'
        if self.strings is not None:
            links += f'<Relationship Id="ss" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        whole = (
            f'{DECLARED}{self.doctype}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{self.head}'
            f"<sheets>{listed}</sheets>{self.tail}</workbook>"
        )
        parts: list[tuple[str, str | bytes | None]] = [
            ("[Content_Types].xml", f"{DECLARED}<Types/>"),
            ("_rels/.rels", _links(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>')),
            ("xl/workbook.xml", whole),
            ("xl/_rels/workbook.xml.rels", _links(links + self.relations)),
            ("xl/styles.xml", self.styles),
            ("xl/sharedStrings.xml", self.strings),
            *((f"xl/worksheets/sheet{n}.xml", part) for n, (_, part) in enumerate(self.sheets, 1)),
        ]
        made = [
            Member(name, part.encode() if isinstance(part, str) else part, stored=self.stored)
            for name, part in parts
            if part is not None and name not in self.without
        ]
        return made + self.more

    def build(self) -> bytes:
        """Give the file."""
        return container(self.members())


def _links(inner: str) -> str:
    return f'{DECLARED}<Relationships xmlns="{PACKAGE}">{inner}</Relationships>'


def one(body: str, *, before: str = "", after: str = "", doctype: str = "", **more: object) -> bytes:
    """Give a workbook of one sheet."""
    return Book(sheets=[("表", sheet(body, before=before, after=after, doctype=doctype))], **more).build()  # type: ignore[arg-type]


def strings_part(*texts: str) -> str:
    """Give a part of shared strings."""
    items = "".join(f'<si><t xml:space="preserve">{escape(words)}</t></si>' for words in texts)
    return f'{DECLARED}<sst xmlns="{MAIN}">{items}</sst>'


def with_swollen_sheet(member: Member) -> bytes:
    """Give a workbook whose sheet is a swollen member."""
    return container([m for m in Book().members() if m.name != member.name] + [member])


def changed(members: Sequence[Member], name: str, **more: object) -> bytes:
    """Give a container with one member told otherwise."""
    return container([replace(m, **more) if m.name == name else m for m in members])  # type: ignore[arg-type]
