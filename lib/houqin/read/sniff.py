"""What a file is, by its bytes alone."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from houqin.errors import RefusedFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta)[\s>]", re.IGNORECASE)
_XML_2003 = b"urn:schemas-microsoft-com:office:spreadsheet"
# A BOF record: its number, the version, a length of 4, 6, 8 or 16.
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_HEAD = 4096
_LEAST_NULS = 2
_USUAL = re.compile("[\r\n\t -~\u3000-\u9fff\uff00-\uffef]")
# Signatures of what lands in an inbox by mistake.
_OTHERS = {
    b"%PDF": "这是 PDF",
    b"\x89PNG": "这是图片",
    b"\xff\xd8\xff": "这是图片",
    b"GIF8": "这是图片",
    b"Rar!": "这是压缩包",
    b"7z\xbc\xaf": "这是压缩包",
    b"\x1f\x8b": "这是压缩包",
    b"{\\rtf": "这是文档",
}
_PROBE = 65536


class Container(StrEnum):
    """How the bytes are wrapped."""

    ZIP = "zip"
    OLE = "ole"
    BIFF = "biff"  # a bare stream, as old exports write it
    TEXT = "text"
    HTML = "html"  # a page, as many systems export it under the name .xls
    XML_2003 = "xml-2003"


def sniff_container(data: bytes) -> Container:
    """Tell the container, or refuse what is none of ours."""
    if not data:
        raise RefusedFile("empty", "")
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return Container.OLE
    if head.startswith(_ZIP) or (_ZIP in head and b"PK\x05\x06" in data[-66_000:]):
        return Container.ZIP
    if _BIFF.match(head):
        return Container.BIFF
    for signature, what in _OTHERS.items():
        if head.startswith(signature):
            raise RefusedFile("not-a-workbook", what)
    return _text_or_refuse(data, head)


def _text_or_refuse(data: bytes, head: bytes) -> Container:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or looks_utf16(head):
        return Container.TEXT
    if _XML_2003 in head:
        return Container.XML_2003
    if _HTML.search(head):
        return Container.HTML
    probe = data[:_PROBE]
    controls = sum(1 for byte in probe if byte < 32 and byte not in (9, 10, 12, 13))
    if controls > 1 + len(probe) // 1000:
        raise RefusedFile("not-a-workbook", "内容不是文字")
    return Container.TEXT


def looks_utf16(data: bytes) -> str | None:
    """Give the byte order of UTF-16 without a mark: NULs on one side only, and plain text with separators results."""
    head = data[: _HEAD & ~1]
    head = head[: len(head) & ~1]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 4 > max(even, odd) or max(even, odd) < _LEAST_NULS:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = head.decode(encoding, "replace")
    usual = sum(1 for char in text if _USUAL.match(char))
    return encoding if usual * 20 >= len(text) * 19 and any(char in text for char in "\n\t,") else None
