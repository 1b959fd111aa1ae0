"""A workbook made ready for the computing program: sheets, texts and styles alone, or the reason why it is not given.

What is given away must not reach out: no macro, no picture, no link to another file, no function that asks for one.
And it must give the same tomorrow: no function of the clock or of chance.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.xml_parts import find_workbook
from houqin.read.zip_check import Package

if TYPE_CHECKING:
    from houqin.read.limits import Limits

_KEPT = ("worksheet", "sharedStrings", "styles", "theme", "table", "officeDocument")
_PARTS = re.compile(r"xl/(workbook|styles|sharedstrings)\d*\.xml|xl/(worksheets|tables|theme)/[^/]+\.xml")
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*?/>")
_KIND = re.compile(rb"Type=[\"'][^\"']*/(\w+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?(?:f|definedName|calculatedColumnFormula)(?:\s[^>]*)?(?<!/)>([^<]*)(<..)")
_CHANGING = re.compile(r"\b(NOW|TODAY|RAND|RANDBETWEEN|RANDARRAY)\s*\(", re.IGNORECASE)
_REACHING = re.compile(
    r"\b(INDIRECT|WEBSERVICE|RTD|DDE|CALL|REGISTER(\.ID)?|CELL|INFO|IMAGE)\s*\(|\[\d+\]|://|\|", re.IGNORECASE
)


def calculable(data: bytes, limits: Limits) -> bytes:
    """Give the reduced workbook; RefusedFile `not-calculable` says in a phrase why there is none."""
    package = Package(data, limits)
    workbook = find_workbook(package)
    if workbook.lower() != "xl/workbook.xml" or workbook not in package:
        raise RefusedFile("not-calculable", "写法少见，没有代为计算")
    if any("/externallinks/" in name for name in package.names):
        raise RefusedFile("not-calculable", "公式引用了别的工作簿，没有代为计算")
    kept = [member for member in package.members if _is_kept(member.filename)]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as container:
        for member in kept:
            part = package.read(member.filename)
            if member.filename.lower().endswith(".rels"):
                part = _links(part)
            else:
                _check_formulas(part)
            container.writestr(zipfile.ZipInfo(member.filename), part)
    return made.getvalue()


def _is_kept(name: str) -> bool:
    lower = name.lower()
    links = lower.endswith(".rels") and lower.removesuffix(".rels").replace("_rels/", "") in {"", "xl/workbook.xml"}
    tables = lower.startswith("xl/worksheets/_rels/")
    return links or tables or lower == "[content_types].xml" or _PARTS.fullmatch(lower) is not None


def _links(part: bytes) -> bytes:
    """Keep the links between the parts that are kept."""
    links = [
        link
        for link in _LINK.findall(part)
        if b"TargetMode" not in link and (kind := _KIND.search(link)) and kind[1].decode() in _KEPT
    ]
    head = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return head + b"".join(links) + b"</Relationships>"


def _check_formulas(part: bytes) -> None:
    for text, after in _FORMULA.findall(part):
        formula = html.unescape(text.decode("utf-8", "replace"))
        if not after.startswith(b"</") or _REACHING.search(formula):
            raise RefusedFile("not-calculable", "公式可能去读别的文件，没有代为计算")
        if _CHANGING.search(formula):
            raise RefusedFile("not-calculable", "公式的结果随日期或随机数变化，没有代为计算")
