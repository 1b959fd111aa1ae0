"""Cases about the container and the sheet's structure: bombs, XML attacks, broken zips, odd parts."""

from __future__ import annotations

import zlib
from dataclasses import replace

from read.hostile import (
    MAIN,
    OFFICE,
    PLAIN,
    Book,
    Case,
    Member,
    changed,
    container,
    number,
    one,
    rows,
    sheet,
    strings_part,
    styles,
    swollen,
    text,
    with_swollen_sheet,
)  # fmt: skip

SHEET = "xl/worksheets/sheet1.xml"
OPEN = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'.encode()
CLOSE = b"</sheetData></worksheet>"
ZEROS = b"<row>" + b"<c><v>0</v></c>" * 32 + b"</row>"
NAMED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
DEEP = "<extLst>" + "<a>" * 200_000 + "</a>" * 200_000 + "</extLst>"
STYLED_ROWS = "".join(f'<row r="{r}"><c r="A{r}" s="1"/><c r="B{r}" s="1"/></row>' for r in range(4, 40_004))
NESTED = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
OUTSIDE = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'
READ = {"A1": "编号", "C3": 30.0}


def _with_entity(doctype: str, uses: int) -> bytes:
    return Book(sheets=[("表", sheet(text("A1", "@@"), doctype=doctype).replace("@@", "&i;" * uses))]).build()


def _lying() -> bytes:
    member = swollen(SHEET, OPEN, ZEROS, 64, CLOSE)
    return with_swollen_sheet(replace(member, size=4096))


def _one_part_for_many() -> bytes:
    member = swollen(SHEET, OPEN, ZEROS, 16, CLOSE)
    book = Book(targets=["worksheets/sheet1.xml"] * 100)
    return container([m for m in book.members() if m.name != SHEET] + [member])


def _overlapping() -> bytes:
    names = [f"xl/worksheets/sheet{n}.xml" for n in range(1, 41)]
    parts = [m for m in Book(sheets=[(n[14:-4], "") for n in names]).members() if not m.name.startswith(SHEET[:13])]
    body = swollen(SHEET, OPEN, ZEROS, 4, CLOSE)
    return container([*parts, body, *(replace(body, name=n, same_body_as=len(parts)) for n in names[1:])])


def _hole() -> bytes:
    part = sheet(rows([[f"名{n}", n * 7919 % 100_003] for n in range(2_000)])).encode()
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = bytearray(packer.compress(part) + packer.flush())
    packed[len(packed) // 2 : len(packed) // 2 + 100] = bytes(100)
    return changed(Book(sheets=[("表", part)]).members(), SHEET, packed=bytes(packed))


def _wrong_digit(after: str = "") -> bytes:
    whole = one(PLAIN, after=after, stored=True)
    return whole.replace(b"<v>12</v>", b"<v>92</v>")


def _document() -> bytes:
    relation = f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    return container(
        [Member("_rels/.rels", f"<Relationships>{relation}</Relationships>".encode()), Member("word/document.xml", b"<w/>")]
    )


def _strict() -> bytes:
    old = (MAIN.encode(), OFFICE.encode())
    new = (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    members = [replace(m, data=m.data.replace(old[0], new[0]).replace(old[1], new[1])) for m in Book().members()]
    return container(members)


def _merged(*ranges: str) -> str:
    return "<mergeCells>" + "".join(f'<mergeCell ref="{where}"/>' for where in ranges) + "</mergeCells>"


BOMBS = [
    Case("炸弹_一个数.xlsx", "reject", "too-large", lambda: with_swollen_sheet(
        swollen(SHEET, OPEN + b'<row r="1"><c r="A1"><v>', b"0" * 1024, 1024, b"</v></c></row>" + CLOSE))),
    Case("炸弹_行.xlsx", "reject", "too-large", lambda: with_swollen_sheet(swollen(SHEET, OPEN, ZEROS, 1024, CLOSE))),
    Case("炸弹_空白.xlsx", "reject", "too-large", lambda: with_swollen_sheet(
        swollen(SHEET, OPEN + ZEROS, b" " * 1024, 1024, ZEROS + CLOSE))),
    Case("炸弹_谎报大小.xlsx", "reject", "corrupt", _lying),
    Case("炸弹_一份多用.xlsx", "reject", "unsafe", _one_part_for_many),
    Case("炸弹_成员重叠.xlsx", "reject", "unsafe", _overlapping),
    Case("炸弹_远处一格.xlsx", "reject", "too-large", lambda: one(
        f'<row r="1">{number("A1", 1)}</row><row r="1048576">{number("XFD1048576", 2)}</row>')),
    Case("远而稀.xlsx", "reject", "too-large", lambda: one(
        "".join(f'<row r="{r}">{number(f"A{r}", r)}</row>' for r in range(1, 2000, 40))
        + f'<row r="2001">{number("ALL2001", 2)}</row>')),
    Case("尺寸说大.xlsx", "accept", "", lambda: one(PLAIN, before='<dimension ref="A1:XFD1048576"/>'), READ),
    Case("尺寸说小.xlsx", "accept", "", lambda: one(PLAIN, before='<dimension ref="A1"/>'), READ),
    Case("炸弹_长文字.xlsx", "reject", "too-large", lambda: Book(
        sheets=[("表", sheet("".join(f'<row r="{r}"><c r="A{r}" t="s"><v>0</v></c></row>' for r in range(1, 20_001))))],
        strings=strings_part("长" * 400_000)).build()),
    Case("炸弹_文字表.xlsx", "reject", "too-large", lambda: container([
        *Book(sheets=[("表", sheet(NAMED))], strings="").members()[:-2],
        swollen("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">'.encode(), b"<si><t>0</t></si>", 512, b"</sst>")])),
    Case("文字数说大.xlsx", "accept", "", lambda: Book(sheets=[("表", sheet(NAMED))], strings=strings_part("好").replace(
        "<sst ", '<sst count="4294967295" uniqueCount="4294967295" ')).build(), {"A1": "好"}),
    Case("炸弹_合并.xlsx", "reject", "unsafe", lambda: one(PLAIN, after=_merged("A1:XFD1048576"))),
    Case("炸弹_链接.xlsx", "reject", "unsafe", lambda: one(
        PLAIN, after='<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>')),
    Case("炸弹_嵌套表.xlsx", "reject", "unsafe", lambda: one("", after=DEEP)),
    Case("炸弹_嵌套簿.xlsx", "reject", "unsafe", lambda: Book(tail=DEEP).build()),
    Case("炸弹_表多.xlsx", "reject", "unsafe", lambda: Book(
        sheets=[(f"表{n}", "<worksheet/>") for n in range(5_000)]).build()),
    Case("格式多.xlsx", "warn", "many-styles", lambda: Book(styles=styles(repeat=100_000)).build(), READ),
    Case("空行带格式.xlsx", "accept", "", lambda: one(PLAIN + STYLED_ROWS, styles=styles(["@"])), READ),
    Case("末行带格式.xlsx", "accept", "", lambda: one(
        PLAIN + '<row r="1048576"><c r="A1048576" s="1"/></row>', styles=styles(["@"])), READ),
]  # fmt: skip

XML = [
    Case("实体_表.xlsx", "reject", "unsafe", lambda: _with_entity(NESTED, 1)),
    Case("实体_平方.xlsx", "reject", "unsafe", lambda: _with_entity(
        f'<!DOCTYPE x [<!ENTITY i "{"A" * 50_000}">]>', 10_000)),
    Case("实体_文字表.xlsx", "reject", "unsafe", lambda: Book(
        sheets=[("表", sheet(NAMED))], strings=NESTED + strings_part("@").replace("@", "&i;")[55:]).build()),
    Case("实体_簿.xlsx", "reject", "unsafe", lambda: Book(doctype=NESTED, tail="<x>&i;</x>").build()),
    Case("实体_外部_表.xlsx", "reject", "unsafe", lambda: _with_entity(OUTSIDE, 1)),
    Case("实体_外部_文字表.xlsx", "reject", "unsafe", lambda: Book(
        sheets=[("表", sheet(NAMED))], strings=OUTSIDE + strings_part("@").replace("@", "&i;")[55:]).build()),
    Case("外部定义.xlsx", "reject", "unsafe", lambda: one(PLAIN, doctype=REMOTE)),
    Case("实体_无害.xlsx", "reject", "unsafe", lambda: _with_entity('<!DOCTYPE x [<!ENTITY i "好">]>', 1)),
    Case("实体_2003.xls", "reject", "unsafe", lambda: (
        f'<?xml version="1.0"?>{NESTED}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>'
        "<Row><Cell><Data>&i;</Data></Cell></Row></Table></Worksheet></Workbook>").encode()),
]  # fmt: skip

ZIPS = [
    Case("名称向上.xlsx", "reject", "unsafe", lambda: Book(more=[
        Member("../../outside.txt", b"x"), Member("/outside.txt", b"x"), Member("xl\\..\\..\\outside.txt", b"x")]).build()),
    Case("关系向上.xlsx", "reject", "unsafe", lambda: Book(targets=["../../../../etc/passwd"]).build()),
    Case("截断.xlsx", "reject", "corrupt", lambda: Book().build()[:1_000]),
    Case("中间抹零.xlsx", "reject", "corrupt", _hole),
    Case("校验不符.xlsx", "reject", "corrupt", _wrong_digit),
    Case("校验不符_尾巴长.xlsx", "reject", "corrupt", lambda: _wrong_digit("<extLst>" + "<!--填充-->" * 5_000 + "</extLst>")),
    Case("成员重名.xlsx", "reject", "unsafe", lambda: Book(more=[Member(SHEET, sheet(rows([["二"]])).encode())]).build()),
    Case("成员加密.xlsx", "reject", "encrypted", lambda: changed(Book().members(), SHEET, flags=1)),
    Case("反斜杠名.xlsx", "warn", "odd-package", lambda: container(
        [replace(m, name=m.name.replace("/", "\\")) for m in Book().members()]), READ),
    Case("前有杂物.xlsx", "warn", "odd-package", lambda: bytes(512) + Book().build(), READ),
    Case("不是工作簿.xlsx", "reject", "not-a-workbook", lambda: container([Member("readme.bin", b"hello")])),
    Case("文档改名.xlsx", "reject", "not-a-workbook", _document),
    Case("缺内容类型.xlsx", "warn", "odd-package", lambda: Book(without=frozenset({"[Content_Types].xml"})).build(), READ),
]  # fmt: skip

SHEETS = [
    Case("重名.xlsx", "reject", "unsafe", lambda: Book(sheets=[("数据", sheet(PLAIN)), ("数据", sheet(rows([["二"]])))]).build()),
    Case("隐藏.xlsx", "warn", "hidden-sheet", lambda: Book(
        sheets=[(n, sheet(rows([[n]]))) for n in ("明", "暗", "深")],
        attributes={"暗": ' state="hidden"', "深": ' state="veryHidden"'}).build(), {"A1": "暗"}, 1),
    Case("怪名.xlsx", "warn", "odd-sheet-name", lambda: Book(
        sheets=[(n, sheet(rows([[1]]))) for n in ("长" * 40, "../x", " ", "=1+1", "a/b:c")]).build(), {"A1": 1.0}, 3),
    Case("缺一张.xlsx", "reject", "corrupt", lambda: Book(
        sheets=[("甲", sheet(PLAIN)), ("乙", sheet(PLAIN))], without=frozenset({"xl/worksheets/sheet2.xml"})).build()),
    Case("断在中间.xlsx", "reject", "corrupt", lambda: Book(sheets=[("表", sheet(PLAIN).partition("A002")[0])]).build()),
    Case("没有表.xlsx", "reject", "no-sheets", lambda: Book(sheets=[]).build()),
    Case("图表页.xlsx", "warn", "chart-sheet", lambda: Book(
        sheets=[("表", sheet(PLAIN)), ("图", f'<chartsheet xmlns="{MAIN}"/>')], kinds={"图": "chartsheet"}).build(), READ),
    Case("缺文字表.xlsx", "reject", "bad-cell", lambda: one(NAMED)),
    Case("文字号越界.xlsx", "reject", "bad-cell", lambda: Book(
        sheets=[("表", sheet(NAMED.replace(">0<", ">7<")))], strings=strings_part("一")).build()),
    Case("格式号越界.xlsx", "warn", "unknown-style", lambda: one(f'<row r="1">{number("A1", 46086, 999)}</row>'),
         {"A1": 46086.0}),
    Case("缺格式.xlsx", "warn", "no-styles", lambda: Book(without=frozenset({"xl/styles.xml"})).build(), READ),
    Case("单元格重复.xlsx", "reject", "bad-cell", lambda: one(f'<row r="1">{number("B1", 1)}{number("B1", 2)}</row>')),
    Case("次序乱.xlsx", "accept", "", lambda: one(
        f'<row r="3">{number("C3", 33)}{number("A3", 31)}</row><row r="1">{number("B1", 12)}{number("A1", 11)}</row>'),
        {"A1": 11.0, "B1": 12.0, "A3": 31.0, "C3": 33.0}),
    Case("没有地址.xlsx", "accept", "", lambda: one(
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), {"A1": 1.0, "B1": 2.0, "A2": 3.0}),
    Case("地址错.xlsx", "reject", "bad-cell", lambda: one(f'<row r="1">{number("ZZZZ1", 1)}</row>')),
    Case("地址越界.xlsx", "reject", "bad-cell", lambda: one(f'<row r="1048577">{number("A1048577", 1)}</row>')),
    Case("列越界.xlsx", "reject", "bad-cell", lambda: one(f'<row r="1">{number("XFE1", 1)}</row>')),
    Case("行号矛盾.xlsx", "reject", "bad-cell", lambda: one(f'<row r="5">{number("A1", 1)}</row>')),
    Case("不从头起.xlsx", "accept", "", lambda: one(f'<row r="5">{number("C5", 1)}</row><row r="6">{number("D6", 2)}</row>'),
         {"A1": None, "C5": 1.0, "D6": 2.0}),
    Case("合并重叠.xlsx", "warn", "merge-overlap", lambda: one(
        f'<row r="1">{number("A1", 1)}</row><row r="2">{number("B2", 5)}</row><row r="3">{number("C3", 9)}</row>',
        after=_merged("A1:B2", "B2:C3")), {"B2": 5.0}),
    Case("合并盖住.xlsx", "warn", "covered-cells", lambda: one(PLAIN, after=_merged("A1:B1")), {"B1": "单位"}),
    Case("合并表头.xlsx", "accept", "", lambda: one(
        rows([["学校", "数量", None], [None, "小学", "中学"], ["一", 1, 2]]), after=_merged("A1:A2", "B1:C1")), {"C3": 2.0}),
    Case("前缀.xlsx", "accept", "", lambda: Book(sheets=[("表", sheet(PLAIN).replace("<", "<x:").replace(
        "<x:/", "</x:").replace("<x:?", "<?").replace('xmlns="', 'xmlns:x="'))]).build(), READ),
    Case("严格.xlsx", "accept", "", _strict, READ),
    Case("保护.xlsx", "accept", "", lambda: one(PLAIN, after='<sheetProtection sheet="1" password="CC1A"/>'), READ),
    Case("空格有链接.xlsx", "accept", "", lambda: one(
        f'<row r="1">{number("A1", 1)}</row>', after='<hyperlinks><hyperlink ref="B1" location="A1"/></hyperlinks>'),
        {"A1": 1.0, "B1": None}),
]  # fmt: skip

CASES = [*BOMBS, *XML, *ZIPS, *SHEETS]
