"""Cases about what a file is and what its cells hold: wrong names, text files, active content, odd values."""

from __future__ import annotations

import struct

from read.hostile import (
    DECLARED,
    MAIN,
    OFFICE,
    PLAIN,
    Book,
    Case,
    Member,
    container,
    down,
    number,
    one,
    rows,
    sheet,
    strings_part,
    styles,
    text,
)  # fmt: skip

READ = {"A1": "编号", "C3": 30.0}
TEXTS = {"A1": "编号", "A2": "0001", "A3": "110101201501011234", "B3": "二年级, 东区"}
CSV = '编号,单位,数量\r\n0001,一年级,12\r\n110101201501011234,"二年级, 东区","1,030"\r\n'
TSV = CSV.replace('"二年级, 东区"', "二年级").replace('"1,030"', "1030").replace(",", "\t")
PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=%s"></head><body><table><tr><th>编号</th>'
    "<th>单位</th></tr><tr><td>0001</td><td>一年级</td></tr><tr><td>110101201501011234</td><td>二年级, 东区</td></tr>"
    "</table></body></html>"
)
XML_2003 = (
    '<?xml version="1.0" encoding="UTF-8"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row><Cell>'
    '<Data ss:Type="String">编号</Data></Cell></Row><Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">12</Data>'
    '</Cell><Cell><Data ss:Type="String">0001</Data></Cell></Row></Table></Worksheet></Workbook>'
)
MACRO = f'<Relationship Id="vb" Type="{OFFICE}/vbaProject" Target="vbaProject.bin"/>'
ERRORS = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
NEW_ERRORS = ["#GETTING_DATA", "#SPILL!", "#CALC!", "#BLOCKED!", "#FIELD!", "#CONNECT!"]
FORMULA_LIKE = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", '=HYPERLINK("http://127.0.0.1")', "＝1+1", "-5"]
DATES_ZH = [*range(27, 37), *range(50, 59)]
SHOW_DATES = ["yyyy年m月d日", "[$-804]aaaa", "[DBNum1][$-804]m月d日", "yyyy/m/d;@", "e", "上午/下午 h时", "[Red]mm/dd"]
SHOW_NUMBERS = ['0"day"', "[Red]0", '#,##0"元"', "0.00%", "0.00E+00", "@", "[$¥-804]#,##0.00", "[>=100]0;0", "0_d"]


def _macro() -> bytes:
    return Book(relations=MACRO, more=[Member("xl/vbaProject.bin", b"nothing that runs")]).build()


def _external() -> bytes:
    part = f'{DECLARED}<externalLink xmlns="{MAIN}"/>'.encode()
    link = f'<Relationship Id="x" Type="{OFFICE}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    cell = '<row r="1"><c r="A1"><f>[1]甲!A1</f><v>42</v></c></row>'
    more = [Member("xl/externalLinks/externalLink1.xml", part)]
    return Book(sheets=[("表", sheet(cell))], relations=link, more=more).build()


def ole(streams: dict[str, bytes], *, loop: bool = False) -> bytes:
    """Write an OLE container of streams of at least 4,096 bytes each."""
    sectors: list[bytes] = []
    table, entries = [0xFFFFFFFD, 0xFFFFFFFE], []
    for name, data in streams.items():
        first, pieces = len(table), [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors += pieces
        table += [first + n + 1 for n in range(len(pieces) - 1)] + [first if loop else 0xFFFFFFFE]
        right = len(entries) + 2 if len(entries) + 1 < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(data), right))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0) + b"".join(entries)
    head = struct.pack("<8s16x5H6x", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    chains = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return head + chains + directory.ljust(512, b"\0") + b"".join(sectors)


def _entry(name: str, kind: int, first: int, size: int, right: int = 0xFFFFFFFF) -> bytes:
    wide = name.encode("utf-16-le")
    below = 1 if kind == 5 else 0xFFFFFFFF
    return wide.ljust(64, b"\0") + struct.pack("<HBB3I36xIII", len(wide) + 2, kind, 1, 0xFFFFFFFF, right, below, first, size, 0)  # fmt: skip


def biff5() -> bytes:
    """Write a bare workbook as Excel 5 and 95 did: one sheet with a text, a number and a boolean."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    words = "粉笔".encode("gbk")
    cells = [
        record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(words)) + words),
        record(0x0203, struct.pack("<HHHd", 1, 1, 0, 12.5)),
        record(0x0205, struct.pack("<HHHBB", 2, 0, 0, 1, 0)),
    ]
    inner = record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0)) + b"".join(cells) + record(0x0A, b"")
    begin = record(0x0809, struct.pack("<HHHH", 0x0500, 0x05, 0, 0)) + record(0x42, struct.pack("<H", 936))
    listed = 4 + 6 + 1 + 6
    at = len(begin) + listed + 4
    return begin + record(0x85, struct.pack("<IBBB", at, 0, 0, 6) + b"Sheet1") + record(0x0A, b"") + inner


def open_document(rows_part: str) -> bytes:
    """Write an OpenDocument sheet."""
    base = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{base}office:1.0" xmlns:table="{base}table:1.0" '
        f'xmlns:text="{base}text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{rows_part}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest xmlns:manifest="{base}manifest:1.0"/>'.encode()
    parts = [Member("META-INF/manifest.xml", manifest), Member("content.xml", content.encode())]
    return container([Member("mimetype", kind, stored=True), *parts])


NAMES = [
    Case("空.xlsx", "reject", "empty", bytes),
    Case("空.xls", "reject", "empty", bytes),
    Case("空.csv", "reject", "empty", bytes),
    Case("全零.xlsx", "reject", "not-a-workbook", lambda: bytes(65_536)),
    Case("~$开着.xlsx", "skip", "", lambda: b"\x06office".ljust(165, b" ")),
    Case("~$其实有数据.xlsx", "warn", "workbook-named-as-lock", lambda: Book().build()),
    Case("网页.xls", "warn", "other-format", lambda: (PAGE % "utf-8").encode(), TEXTS),
    Case("网页_国标.xls", "warn", "other-format", lambda: (PAGE % "gb2312").encode("gb18030"), TEXTS),
    Case("登录页.xls", "reject", "html-table", lambda: "<!DOCTYPE html><html><body>请登录</body></html>".encode()),
    Case("旧XML.xls", "warn", "other-format", XML_2003.encode, {"A1": "编号", "B3": 12.0, "C3": "0001"}),
    Case("文字改名.xls", "warn", "other-format", lambda: CSV.encode("gbk"), TEXTS),
    Case("宽字符改名.xls", "warn", "other-format", lambda: TSV.encode("utf-16"), {"A2": "0001", "C3": "1030"}),
    Case("新簿旧名.xls", "warn", "other-format", lambda: Book().build(), READ),
    Case("新簿文字名.csv", "warn", "other-format", lambda: Book().build(), READ),
    Case("没有后缀", "warn", "other-format", lambda: Book().build(), READ),
    Case("旧簿新名.xlsx", "warn", "other-format", biff5, {"A1": "粉笔", "B2": 12.5, "A3": True}),
    Case("九五版.et", "accept", "", biff5, {"A1": "粉笔", "B2": 12.5}),
    Case("重复炸弹.ods", "reject", "", lambda: open_document(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="float" office:value="1"/></table:table-row>')),
    Case("开放格式.ods", "accept", "", lambda: open_document(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>0012</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2.5"/></table:table-row>'), {"A1": "0012", "B1": 2.5}),
    Case("版式文件.xlsx", "reject", "not-a-workbook", lambda: b"%PDF-1.7\n%%EOF\n"),
    Case("复合文件乱.xls", "reject", "not-a-workbook", lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 4096),
    Case("复合文件环.xls", "reject", "corrupt", lambda: ole({"Workbook": bytes(4096)}, loop=True)),
    Case("密码.xlsx", "reject", "encrypted", lambda: ole({"EncryptionInfo": bytes(4096), "EncryptedPackage": bytes(8192)})),
    Case("计划 (终稿) 副本＃1 – 下.xlsx", "accept", "", lambda: Book().build(), READ),
    Case("-rf --help;$(id)`id`.xlsx", "accept", "", lambda: Book().build(), READ),
]  # fmt: skip

TEXT_FILES = [
    Case("国标.csv", "accept", "", lambda: CSV.encode("gbk"), TEXTS),
    Case("国标_生僻字.csv", "accept", "", lambda: "姓名,班\r\n\U00020087\u3402,一班\r\n".encode("gb18030"),
         {"A2": "\U00020087\u3402"}),
    Case("宽字符.csv", "accept", "", lambda: CSV.encode("utf-16"), TEXTS),
    Case("宽字符_无标记.csv", "warn", "guessed-encoding", lambda: CSV.encode("utf-16-le"), TEXTS),
    Case("带标记.csv", "accept", "", lambda: CSV.encode("utf-8-sig"), TEXTS),
    Case("两种编码.csv", "reject", "bad-encoding", lambda: "编号,单位\n1,一年级\n".encode() + "2,二年级\n".encode("gbk")),
    Case("分隔行.csv", "accept", "", lambda: "sep=;\r\n编号;单位\r\n0001;一年级\r\n".encode("utf-8-sig"),
         {"A1": "编号", "A2": "0001"}),
    Case("引号不成对.csv", "reject", "corrupt", lambda: b'a,b\r\n1,"open\r\n' + b"2,3\r\n" * 20_000),
    Case("长短不齐.csv", "warn", "ragged-rows", lambda: b"a,b,c\r\n1,2\r\n1,2,3,4,5\r\n7,8,9\r\n", {"E3": "5"}),
    Case("夹零.csv", "warn", "odd-characters", lambda: b"a,b\r\n1,x\0y\r\n", {"A2": "1"}),
    Case("一行到底.csv", "reject", "too-large", lambda: b"x" * (8 << 20)),
    Case("表头重名.csv", "warn", "duplicate-header", lambda: "编号,数量,数量,\r\nA1,1,2,3\r\n".encode(), {"D2": "3"}),
    Case("像公式.csv", "warn", "formula-like-text", lambda: ("项\r\n" + '"=1+1"\r\n"@SUM(1)"\r\n').encode(), {"A2": "=1+1"}),
]  # fmt: skip

ACTIVE = [
    Case("宏.xlsm", "warn", "macros", _macro, READ),
    Case("宏改名.xlsx", "warn", "macros", _macro, READ),
    Case("外链.xlsx", "warn", "external-links", _external, {"A1": 42.0}),
    Case("像公式.xlsx", "warn", "formula-like-text", lambda: one(rows([[t] for t in FORMULA_LIKE])),
         {"A1": "=1+1", "A5": "\t=1+1", "A8": "-5"}),
    Case("公式无值.xlsx", "warn", "unstored-formula", lambda: one(
        f'<row r="1">{number("A1", 1)}<c r="B1"><f>A1*2</f><v></v></c><c r="C1"><f>A1</f></c></row>'),
        {"A1": 1.0, "B1": None}),
    Case("公式有值.xlsx", "accept", "", lambda: one(
        '<row r="1"><c r="A1"><f>1+2</f><v>3</v></c><c r="B1" t="str"><f>"好"</f><v>好</v></c>'
        '<c r="C1" t="b"><f>TRUE</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1"><f t="shared" ref="E1:E2" si="0">3+4</f><v>7</v></c></row>'
        '<row r="2"><c r="E2"><f t="shared" si="0"/><v>7</v></c></row>'),
        {"A1": 3.0, "B1": "好", "C1": True, "D1": "#DIV/0!", "E2": 7.0}),
    *(Case(name, "warn", "error-cell", lambda errors=errors: one("".join(
        f'<row r="{n}"><c r="A{n}" t="e"><v>{e}</v></c>{text(f"B{n}", e)}{number(f"C{n}", n)}</row>'
        for n, e in enumerate(errors, 1))), {"A2": errors[1], "C6": 6.0})  # type: ignore[misc]
      for name, errors in (("错误值.xlsx", ERRORS), ("新错误值.xlsx", NEW_ERRORS))),
]  # fmt: skip

VALUES = [
    Case("身份证.xlsx", "accept", "", lambda: one(rows([["110101201501011234", "0012"], [None, "0013"]])),
         {"A1": "110101201501011234", "B2": "0013"}),
    Case("像空值.xlsx", "accept", "", lambda: one(rows([[w] for w in ("NA", "null", "nan", "None", "TRUE", "1e5", "-")])),
         {"A1": "NA", "A3": "nan", "A6": "1e5", "A7": "-"}),
    Case("日期两头.xlsx", "warn", "odd-date", lambda: one(
        down(["-1", "0", "0.5", "59", "60", "61", "2958465", "2958466", "1e300"], styles=True),
        styles=styles(["yyyy-mm-dd"] * 9)), {"A1": -1.0, "A4": 59.0}),
    Case("日期1904.xlsx", "accept", "", lambda: one(
        down(["0", "44257"], styles=True), head='<workbookPr date1904="1"/>', styles=styles(["yyyy-mm-dd"] * 2)),
        {"A1": 1462.0, "A2": 45719.0}),
    Case("日期文字型.xlsx", "accept", "", lambda: one(
        '<row r="1"><c r="A1" s="1" t="d"><v>2026-03-05</v></c><c r="B1" s="1" t="d"><v>2026-03-05T06:00:00</v></c></row>',
        styles=styles(["yyyy-mm-dd"])), {"A1": 46086.0, "B1": 46086.25}),
    Case("日期内置.xlsx", "accept", "", lambda: one(down([46086] * 19, styles=True), styles=styles(DATES_ZH)), {"A19": 46086.0}),
    Case("日期格式.xlsx", "accept", "", lambda: one(
        down([46086] * 16, styles=True), styles=styles([*SHOW_DATES, *SHOW_NUMBERS])), {"A1": 46086.0}),
    Case("时刻.xlsx", "accept", "", lambda: one(
        down(["0.75", "1.5"], styles=True), styles=styles(["h:mm", "[h]:mm"])), {"A1": 0.75, "A2": 1.5}),
    Case("长数字.xlsx", "warn", "lost-digits", lambda: one(
        down(["0.30000000000000004", "1.7E308", "1E400", "110101201501011234", "-0", "1E-320"])),
        {"A3": "1E400", "A1": 0.1 + 0.2}),
    Case("数字不成数.xlsx", "reject", "bad-cell", lambda: one(down(["1,234"]))),
    Case("数字不是数.xlsx", "reject", "bad-cell", lambda: one(down(["nan"]))),
    Case("数字带下划线.xlsx", "reject", "bad-cell", lambda: one(down(["1_000"]))),
    Case("各种类.xlsx", "accept", "", lambda: one(
        f'<row r="1">{number("A1", "0.05", 1)}<c r="B1" t="b"><v>1</v></c>{text("C1", "0012")}{text("D1", "TRUE")}</row>',
        styles=styles(["0%"])), {"A1": 0.05, "B1": True, "C1": "0012", "D1": "TRUE"}),
    Case("转义.xlsx", "accept", "", lambda: one(rows([["a_x000D_\nb"], ["_x005F_x000D_"], ["_x4E2D_"], ["_xZZZZ_"]])),
         {"A1": "a\r\nb", "A2": "_x000D_", "A3": "中", "A4": "_xZZZZ_"}),
    Case("半个字符.xlsx", "warn", "odd-characters", lambda: one(rows([["_xD83D__xDE00_"], ["a_xD800_b"], ["a_x0000_b"]])),
         {"A1": "\U0001f600", "A2": "a\N{REPLACEMENT CHARACTER}b"}),
    Case("控制字符.xlsx", "reject", "corrupt", lambda: one(PLAIN.replace("A001", "A\x01"))),
    Case("半个字符引用.xlsx", "reject", "corrupt", lambda: one(PLAIN.replace("A001", "&#xD800;"))),
    Case("编码谎报.xlsx", "reject", "corrupt", lambda: Book(sheets=[("表", sheet(PLAIN).encode("gbk"))]).build()),
    Case("编码国标.xlsx", "warn", "odd-package", lambda: Book(
        sheets=[("表", sheet(PLAIN).replace("UTF-8", "GBK").encode("gbk"))]).build(), READ),
    Case("编码宽字符.xlsx", "accept", "", lambda: Book(
        sheets=[("表", sheet(PLAIN).replace("UTF-8", "UTF-16").encode("utf-16"))]).build(), READ),
    Case("长文字.xlsx", "accept", "", lambda: one(rows([["长" * 32_767], ["y" * 40_000]])), {"A1": "长" * 32_767}),
    Case("富文本.xlsx", "accept", "", lambda: Book(
        sheets=[("表", sheet('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'))],
        strings=strings_part().replace("</sst>", "<si><r><t>粗</t></r><r><t>细</t></r></si><si><t>東京</t>"
        '<rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si></sst>')).build(), {"A1": "粗细", "B1": "東京"}),
]  # fmt: skip

CASES = [*NAMES, *TEXT_FILES, *ACTIVE, *VALUES]
