"""csv and tsv in the encodings that Chinese offices meet -> one grid of texts (0001 and 9.10 stay what they are)."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import a1
from houqin.read.build import TEXT, GridBuilder, kept_text
from houqin.read.notes import Note, Parsed
from houqin.read.sniff import looks_utf16

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.model import Grid
    from houqin.read.limits import Limits

_DELIMITERS = ",\t;|"
_SAMPLE_LINES = 30
_MOST_CELLS = 200


def read_text(data: bytes, limits: Limits, sheet: str = "Sheet1") -> Parsed:
    """Read a text file as one sheet."""
    _check_lines(data, limits)
    text = decode_text(data)
    delimiter, text = _delimiter(text)
    csv.field_size_limit(limits.string_chars)
    builder = GridBuilder(limits, ["General"])
    row_number = 0
    lengths: dict[int, tuple[int, int]] = {}
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row_number, row in enumerate(lines, 1):
            for column, value in enumerate(row, 1):
                plain = kept_text(value)
                if plain:
                    lengths[row_number] = (len(row), column)
                    builder.add(row_number, column, TEXT, 0.0, plain, 0, 0)
    except csv.Error as fault:
        raise RefusedFile("corrupt", f"第 {row_number + 1} 行起读不下去，可能引号没有成对") from fault
    grid = builder.grid(sheet)
    notes = [*builder.notes, *_ragged(lengths, sheet), *_duplicate_header(grid)]
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and looks_utf16(data):
        notes.append(Note("guessed-encoding", detail="UTF-16"))
    return Parsed("csv", [grid], notes)


def _check_lines(data: bytes, limits: Limits) -> None:
    """Refuse a line that no table has, before it is decoded."""
    if len(data) > limits.line_bytes and max(map(len, data.splitlines()), default=0) > limits.line_bytes:
        raise RefusedFile("too-large", "有一行文字过长")


def _ragged(lengths: Mapping[int, tuple[int, int]], sheet: str) -> list[Note]:
    """Tell of rows wider than the rest: a comma within a field shifts what follows it.

    `lengths` gives of each row that holds something its fields as written, blank ones too, and its last filled one:
    a header whose last column nobody fills in is no wider than its rows.
    """
    written = Counter(fields for fields, _ in lengths.values() if fields > 1)
    if not written:
        return []
    usual = max(written, key=lambda fields: (written[fields], fields))
    header = next(filled for fields, filled in lengths.values() if fields >= usual)
    limit = max(usual, header)  # some programs leave out the blank fields at a row's end
    wide = [a1(row, limit + 1) for row, (_, filled) in lengths.items() if filled > limit]
    return [Note("ragged-rows", sheet, tuple(wide[:_MOST_CELLS]), total=len(wide))] if wide else []


def _duplicate_header(grid: Grid) -> list[Note]:
    """Tell of names that come twice in the first row that is filled like a header."""
    for row in range(1, min(grid.rows, _SAMPLE_LINES) + 1):
        texts = [str(grid.cell(row, column).value or "").strip() for column in range(1, grid.columns + 1)]
        named = Counter(text for text in texts if text)
        if sum(named.values()) * 2 > grid.columns and sum(named.values()) > 1:
            twice = [text for text, count in named.items() if count > 1]
            cells = tuple(a1(row, column) for column, text in enumerate(texts, 1) if text in twice)
            return [Note("duplicate-header", grid.sheet, cells, "、".join(twice), len(cells))] if twice else []
    return []


def decode_text(data: bytes) -> str:
    """Decode by mark, else UTF-16 by its NULs, else UTF-8, else GB18030; what fits none names its line."""
    if data.startswith(codecs.BOM_UTF8):
        return _decode(data[3:], "utf-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decode(data, "utf-16")
    wide = looks_utf16(data)
    if wide:
        return _decode(data, wide)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        if _is_utf8(data[: fault.start]):
            raise RefusedFile("bad-encoding", f"第 {_line_of(data, fault.start)} 行") from fault
        return _decode_gb18030(data)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise RefusedFile("bad-encoding", f"第 {_line_of(data, fault.start)} 行") from fault


def _decode_gb18030(data: bytes) -> str:
    """Decode GB18030; a line that is good UTF-8 beyond ASCII among GB18030 lines means two encodings in one file."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            line.decode("gb18030")
        except UnicodeDecodeError as fault:
            raise RefusedFile("bad-encoding", f"第 {number} 行") from fault
    text = _decode(data, "gb18030")
    mixed = [n for n, line in enumerate(data.split(b"\n"), 1) if _is_utf8(line)]
    if mixed:
        raise RefusedFile("bad-encoding", f"第 {mixed[0]} 行")
    return text


def _is_utf8(line: bytes) -> bool:
    """Tell a line of at least two Chinese characters in UTF-8: GB18030 text is that by chance almost never."""
    try:
        decoded = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum("一" <= char <= "鿿" for char in decoded) >= 2


def _line_of(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _delimiter(text: str) -> tuple[str, str]:
    """Choose the separator: a sep= line says it, else the one that cuts most lines into equally many fields."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest  # Excel does not show the line, so it has no row
    lines = [line for line in text[:20_000].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, best_score = ",", 0
    for delimiter in _DELIMITERS:
        counts = [_count_outside_quotes(line, delimiter) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n), n), default=0)
        score = usual and counts.count(usual) * 100 + usual
        if score > best_score:
            best, best_score = delimiter, score
    return best, text


def _count_outside_quotes(line: str, delimiter: str) -> int:
    return sum(part.count(delimiter) for part in line.split('"')[0::2])
