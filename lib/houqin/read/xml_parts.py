"""The small parts of an OOXML workbook: which sheets there are, shared strings, styles."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast
from xml.parsers import expat

from houqin.errors import RefusedFile
from houqin.read.build import kept_text
from houqin.read.notes import Note, sheet_name_note
from houqin.read.number_formats import BUILT_IN, is_date_format

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.read.zip_check import Package

_Reads = TypeVar("_Reads", bound="Callable[..., object]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_PLAIN_STRING = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_TAGS_OF_STRING = 4
# Control characters are no XML, a carriage return is read as a line end, other entities are left to expat.
NO_TEXT = re.compile(rb"[\x00-\x08\x0b-\x1f]|&(?!(?:amp|lt|gt|quot|apos);)")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_MAX_DEPTH = 200
_MAX_SHEETS = 1_000
_SMALL_PART = 1 << 18
_OTHER_SHEETS = {"dialogsheet": "对话框", "xlMacrosheet": "宏表", "xlIntlMacrosheet": "宏表"}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it; `part` is its name in the package."""

    name: str
    visible: bool
    part: str


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell style says: id into the workbook's list of formats, and whether it shows a date, a bold face."""

    format_id: int
    date: bool
    bold: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """What the cells of a workbook point into."""

    strings: list[str]
    styles: list[Style]
    formats: list[str]
    d1904: bool


def cached_if_small(size: int) -> Callable[[_Reads], _Reads]:
    """Keep what was read of the last small parts: workbooks of one office are alike to the byte in them."""

    def wrap(read: _Reads) -> _Reads:
        kept = lru_cache(maxsize=size)(read)

        @wraps(read)
        def call(data: bytes, *rest: str) -> object:
            return (kept if len(data) <= _SMALL_PART else read)(data, *rest)

        return cast("_Reads", call)

    return wrap


def parse_xml(data: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], None],
              text: Callable[[str], None] | None = None) -> None:  # fmt: skip
    """Run expat over a part; names come without prefix; a DTD, deep nesting or bad XML refuses the file."""
    parser = guarded_parser()
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise RefusedFile("unsafe", "内部嵌套过深")
        start(name.rpartition(":")[2], attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2])

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    if text is not None:
        parser.CharacterDataHandler = text
    run_parser(parser, data)


def guarded_parser() -> Any:  # noqa: ANN401  (expat's parser type has no public name in 3.11)
    """Give an expat parser that refuses any DTD, and so any entity."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise RefusedFile("unsafe", "内部带有 DTD 定义")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def run_parser(parser: Any, data: bytes) -> None:  # noqa: ANN401  (as above)
    """Parse to the end; what is no XML refuses the file."""
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, UnicodeDecodeError, LookupError) as fault:
        raise RefusedFile("corrupt", "内部的 XML 不完整") from fault


def unescape(text: str) -> str:
    r"""Decode _x000D_ and its kind, as Excel writes characters that XML cannot hold.

    >>> unescape("a_x000D_b")
    'a\rb'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return kept_text(text)


def read_relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Give the relations of a part: id -> (type's last word, target within the package); outside ones left out."""
    folder, _, name = part.rpartition("/")
    path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if path not in package.relations:
        package.relations[path] = _relations(package.read(path), folder) if path in package else {}
    return package.relations[path]


@cached_if_small(32)
def _relations(data: bytes, folder: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if whole.startswith("..") or ":" in whole:
            raise RefusedFile("unsafe", "内部的链接指向文件之外")
        found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)

    parse_xml(data, start, lambda _: None)
    return found


def find_workbook(package: Package) -> str:
    """Give the name of the workbook part."""
    for kind, target in read_relations(package, "").values():
        if kind == "officeDocument":
            return target
    return "xl/workbook.xml"


def read_sheet_list(package: Package, workbook: str) -> tuple[list[SheetPart], bool]:
    """Give the sheets in order (chart sheets left out) and whether dates count from 1904."""
    relations = read_relations(package, workbook)
    listed, d1904 = _listed_sheets(package.read(workbook))
    sheets: list[SheetPart] = []
    for name, state, relation in listed:
        kind, part = relations.get(relation, ("", ""))
        if not part or part not in package:
            raise RefusedFile("corrupt", f"工作表“{name}”的内容不在文件里")
        if kind == "worksheet":
            sheets.append(SheetPart(name, state == "visible", part))
            odd = sheet_name_note(name)
            package.notes += [odd] if odd else []
        else:
            package.notes.append(Note("chart-sheet", detail=f"{name}”是{_OTHER_SHEETS.get(kind, '图表')}"))
    parts = [sheet.part for sheet in sheets]
    if len(set(parts)) != len(parts):
        raise RefusedFile("unsafe", "几张工作表指向同一处内容")
    return sheets, d1904


@cached_if_small(8)
def _listed_sheets(data: bytes) -> tuple[list[tuple[str, str, str]], bool]:
    """Give name, state and relation of each sheet as the workbook lists them, and whether dates count from 1904."""
    listed: list[tuple[str, str, str]] = []
    names: set[str] = set()
    d1904 = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal d1904
        if tag == "workbookPr":
            d1904 = attributes.get("date1904", "0") in ("1", "true")
        if tag != "sheet":
            return
        name = attributes.get("name", "")
        if name.lower() in names or len(names) >= _MAX_SHEETS:
            raise RefusedFile("unsafe", f"两张工作表同名“{name}”" if name.lower() in names else "工作表过多")
        names.add(name.lower())
        relation = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        listed.append((name, attributes.get("state", "visible"), relation))

    parse_xml(data, start, lambda _: None)
    if not listed:
        raise RefusedFile("no-sheets", "")
    return listed, d1904


def find_part(package: Package, workbook: str, kind: str) -> str | None:
    """Give the part that the workbook relates to by a kind (sharedStrings, styles), None where it has none."""
    for found, target in read_relations(package, workbook).values():
        if found == kind and target in package:
            return target
    return None


def read_shared_strings(data: bytes, longest: int) -> list[str]:
    """Give the shared strings: runs of rich text joined, phonetic hints left out."""
    plain = _plain_strings(data)
    if plain is not None and b"_x" not in data and max(map(len, plain), default=0) <= longest:
        # Decoded from UTF-8 and without escapes, a text holds nothing else that is not kept.
        return ["" if text.isspace() else text for text in plain]
    if plain is not None:
        return [_bounded(text, longest) for text in plain]
    strings: list[str] = []
    pieces: list[str] = []
    path: list[str] = []

    def start(tag: str, _: dict[str, str]) -> None:
        path.append(tag)
        if tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        path.pop()
        if tag == "si":
            strings.append(_bounded("".join(pieces), longest))

    def text(piece: str) -> None:
        if path[-1] == "t" and "rPh" not in path:
            pieces.append(piece)

    parse_xml(data, start, end, text)
    return strings


def _plain_strings(data: bytes) -> list[str] | None:
    """Take a table of plain strings in bulk; None where it holds anything else, and expat judges it."""
    start, end = data.find(b"<si>"), data.rfind(b"</si>") + len(b"</si>")
    head = data[:start].lower()
    if start < 0 or not head.startswith(b"<?xml") or b"utf-8" not in head or b"<!" in data or NO_TEXT.search(data):
        return None
    found = _PLAIN_STRING.findall(data, start, end)
    if data.count(b"<", start, end) != len(found) * _TAGS_OF_STRING or data[end:].strip() != b"</sst>":
        return None
    try:
        text = b"\x00".join(found).decode()
    except UnicodeDecodeError:
        return None
    for entity, char in ENTITIES:
        text = text.replace(entity, char) if "&" in text else text
    return text.split("\x00")


def _bounded(text: str, longest: int) -> str:
    if len(text) > longest:
        raise RefusedFile("too-large", f"一个单元格里有 {len(text)} 个字")
    return unescape(text)


@cached_if_small(8)
def read_styles(data: bytes) -> tuple[list[Style], list[str]]:
    """Give the cell styles and the number formats that they point into."""
    codes, fonts, cells = dict(BUILT_IN), [], []  # type: dict[int, str], list[bool], list[tuple[int, int]]
    path: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        path.append(tag)
        if tag == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "General")
        elif tag == "font" and path[-2:-1] == ["fonts"]:
            fonts.append(False)
        elif tag == "b" and path[-3:-1] == ["fonts", "font"]:
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif tag == "xf" and path[-2:-1] == ["cellXfs"]:
            cells.append((int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))))

    def close(_: str) -> None:
        path.pop()

    try:
        parse_xml(data, start, close)
    except ValueError as fault:
        raise RefusedFile("corrupt", "样式表不完整") from fault
    formats: dict[str, int] = {"General": 0}
    styles = []
    for number_format, font in cells:
        code = codes.get(number_format, "General")
        bold = fonts[font] if font < len(fonts) else False
        styles.append(Style(formats.setdefault(code, min(len(formats), 65535)), is_date_format(code), bold))
    return styles, list(formats)
