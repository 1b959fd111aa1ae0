"""Workbooks of each format, and ways to spoil them: whole bytes, members of a container, and the XML within."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from read.hostile_contents import biff5, open_document

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_ODD_BYTES = (
    b"\x00",
    b"\xff",
    b"<",
    b">",
    b"&",
    b'"',
    b"-1",
    b"99999999999",
    b"1e999",
    b"\xef\xbf\xbe",
    b"A1:XFD1048576",
)
_ODD_TEXTS = (
    "<!DOCTYPE a>", "<row>", "</row>", "<c>", "</c>", "<v>nan</v>", "&#0;", "&x;", "<mergeCell ref='A1:A9'/>",
    "]]>", "<is><t>x</t></is>", ' r="0"', ' t="s"', "<f/>", "<table:table>", 'office:value="x"', "</Cell>",
    "<td rowspan=9999>",
)  # fmt: skip


def workbook() -> bytes:
    """Give an xlsx with a little of everything."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet, day = book.add_worksheet("收发存"), book.add_format({"num_format": 31, "bold": True})
    sheet.merge_range("A1:D1", "示例中学", book.add_format({"bold": True}))
    for n in range(2, 14):
        sheet.write_row(n, 0, [f"物品{n % 5}", n, n / 4, None, n % 2 == 0])
        sheet.write_number(n, 5, 45_000 + n, day)
        sheet.write_formula(n, 6, f"=B{n + 1}*2", None, n * 2)
    sheet.set_row(4, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    sheet.write_rich_string(20, 3, day, "粗", "细")
    sheet.autofilter("A2:G14")
    book.add_worksheet("空")
    book.close()
    return stream.getvalue()


_ROWS = "".join(
    f'<Row ss:Index="{n}"><Cell ss:MergeAcross="1"><Data ss:Type="String">物品{n}</Data></Cell>'
    f'<Cell ss:Formula="=1"><Data ss:Type="Number">{n}</Data></Cell></Row>'
    for n in range(1, 9)
)
XML_2003 = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Column ss:Hidden="1"/>'
    f"{_ROWS}</Table></Worksheet></Workbook>"
).encode()
HTML = (
    "<html><head><meta charset=utf-8></head><body><table><tr><th rowspan=2>名称<th colspan=2>数量</tr>"
    + "".join(f"<tr><td>物品{n}<td>{n}<td>&nbsp;</tr>" for n in range(9))
    + "</table></body></html>"
).encode()
CSV = '名称,编号,数量\n粉笔,0012,3\n"课桌,椅",0013,4\n'.encode("gb18030") * 5
ODS = open_document(
    '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="3" '
    'table:number-columns-spanned="2" table:formula="of:=1"><text:p>3</text:p></table:table-cell>'
    '<table:covered-table-cell/><table:table-cell office:value-type="date" office:date-value="2025-09-01"/>'
    "</table:table-row>"
)
BASES: dict[str, Callable[[], bytes]] = {
    "xlsx": workbook,
    "xls": (Path(__file__).parent / "legacy.xls").read_bytes,
    "biff5": biff5,
    "ods": lambda: ODS,
    "xml-2003": lambda: XML_2003,
    "html": lambda: HTML,
    "csv": lambda: CSV,
}


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Spoil a file in one to three places."""
    for _ in range(chance.randint(1, 3)):
        inner = zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.8
        data = _spoil_member(data, chance) if inner else _spoil_bytes(data, chance)
    return data


def _spoil_bytes(data: bytes, chance: random.Random) -> bytes:
    at, size = chance.randrange(len(data) + 1), chance.choice((1, 1, 2, 8, 100))
    return chance.choice(
        (
            lambda: data[:at],
            lambda: data[:at] + data[at + size :],
            lambda: data[:at] + chance.randbytes(size) + data[at + size :],
            lambda: data[:at] + chance.choice(_ODD_BYTES) + data[at:],
            lambda: data[:at] + data[at : at + size] * chance.choice((2, 50)) + data[at:],
            lambda: data[:at] + chance.choice(_ODD_TEXTS).encode() + data[at:],
        )
    )()


def _spoil_member(data: bytes, chance: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            members = [(name, source.read(name)) for name in source.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error, RuntimeError):
        return _spoil_bytes(data, chance)
    if not members:
        return data
    at = chance.randrange(len(members))
    name, content = members[at]
    act = chance.randrange(6)
    if act == 0:
        del members[at]
    elif act == 1:
        members[at] = (name, chance.choice(members)[1])
    elif act == 2:
        members[at] = (chance.choice(("../" + name, name.upper(), "xl/" + name, name + "/")), content)
    else:
        members[at] = (name, _spoil_bytes(content, chance))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for each, part in members:
            target.writestr(each, part)
    return stream.getvalue()
