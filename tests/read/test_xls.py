"""Legacy workbooks, byte by byte: Excel 95 and 97 and WPS's own .et, whatever page their texts were written in."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from read.hostile_contents import ole

from houqin.errors import RefusedFile
from houqin.model import Range
from houqin.read import Reader, read_files

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, as a run has."""
    made = Reader()
    yield made
    made.close()


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))


def _formula(row: int, column: int, value: float) -> bytes:
    """Give =1+1 with a stored value."""
    tokens = bytes([0x1E, 1, 0, 0x1E, 1, 0, 0x03])
    return _record(0x0006, struct.pack("<HHHdHIH", row, column, 0, value, 0, 0, len(tokens)) + tokens)


def _merge(*ends: int) -> bytes:
    return _record(0x00E5, struct.pack("<HHHHH", 1, *ends))


def biff8(*cells: bytes, name: str = "收发存") -> bytes:
    """Write a workbook of one sheet as Excel 97 does; a text is written as WPS writes it, two bytes a character."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x05, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    wide = name.encode("utf-16-le")
    listed = struct.pack("<BBBB", 0, 0, len(name), 1) + wide
    at = len(begin) + 4 + 4 + len(listed) + 4
    inner = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0)) + b"".join(cells) + _record(0x0A)
    return begin + _record(0x85, struct.pack("<I", at) + listed) + _record(0x0A) + inner


def _text(row: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def biff5(text: bytes, page: int | None, name: bytes = b"Sheet1") -> bytes:
    """Write a workbook as Excel 95 and old export programs do: texts in some code page, or in none that is named."""
    begin = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x05, 0, 0))
    begin += _record(0x42, struct.pack("<H", page)) if page is not None else b""
    at = len(begin) + 4 + 7 + len(name) + 4
    inner = _record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0))
    inner += _record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text) + _record(0x0A)
    return begin + _record(0x85, struct.pack("<IBBB", at, 0, 0, len(name)) + name) + _record(0x0A) + inner


BOOK = biff8(
    _text(0, 0, "粉笔"), _number(1, 0, 1), _formula(1, 1, 2.0), _merge(0, 0, 0, 1),
)  # fmt: skip


@pytest.mark.parametrize("name", ["表.et", "表.ett", "表.xls", "表.xlt"])
def test_wps_and_excel_97_write_alike(tmp_path: Path, name: str) -> None:
    """A template of WPS is a workbook like any other; nothing is told of a name that fits."""
    (tmp_path / name).write_bytes(ole({"Workbook": BOOK.ljust(4096, b"\0")}))
    (file,) = read_files([tmp_path / name])
    assert (file.status, file.warnings) == ("read", ())
    (grid,) = file.grids
    assert (grid.sheet, grid.cell(1, 1).value, grid.cell(2, 2).value) == ("收发存", "粉笔", 2.0)


def test_formulas_and_merges_are_kept(reader: Reader) -> None:
    """A total that is calculated is told from one that was typed."""
    (grid,) = reader.parse(BOOK)
    assert grid.formulas == {3}
    assert grid.merges == (Range(1, 1, 1, 2),)


def test_a_chart_within_a_sheet_holds_no_formulas_of_it(reader: Reader) -> None:
    """Records between a chart's start and end are the chart's; those after it are the sheet's again."""
    chart = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x20, 0, 0, 0, 0)) + _formula(0, 0, 1.0) + _record(0x0A)
    (grid,) = reader.parse(biff8(_number(0, 0, 1), _number(0, 1, 2), chart, _formula(1, 1, 3.0)))
    assert grid.formulas == {3}


def test_rows_that_a_filter_hides_are_told(reader: Reader) -> None:
    """They are read all the same, which whoever looks at the sheet does not expect."""
    hidden = _record(0x0208, struct.pack("<HHHHHHI", 1, 0, 1, 255, 0, 0, 0x20 | 0x100))
    cells = (_text(0, 0, "名称"), _text(1, 0, "粉笔"), _text(2, 0, "抹布"))
    for mode, expected in ((_record(0x009B), ["A2"]), (b"", [])):
        parsed = reader.read(biff8(hidden, mode, *cells))
        assert parsed.grids[0].hidden_rows == {2}
        assert [cell for note in parsed.notes if note.code == "filtered-rows" for cell in note.cells] == expected


@pytest.mark.parametrize("ends", [(0, 0, 0, 40_000), (3, 1, 0, 0)])
def test_a_merge_beyond_the_sheet_is_refused(reader: Reader, ends: tuple[int, ...]) -> None:
    """No program writes one."""
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(biff8(_text(0, 0, "粉笔"), _merge(*ends)))
    assert refusal.value.code == "bad-cell"


@pytest.mark.parametrize(
    ("text", "encoding", "page", "codes"),
    [
        ("粉笔", "gbk", 936, []),
        ("镕", "gbk", 936, []),
        ("粉筆", "big5", 950, []),
        ("粉笔", "gbk", None, ["guessed-encoding"]),
        ("粉笔3盒", "gbk", 1252, ["guessed-encoding"]),
        ("chalk", "ascii", None, []),
        ("café crème", "cp1252", 1252, []),
    ],
)
def test_texts_of_before_unicode_are_read_in_their_page(
    reader: Reader, text: str, encoding: str, page: int | None, codes: list[str]
) -> None:
    """Where no page or a western one is named and all is Chinese, it is read as Chinese, and that is said."""
    parsed = reader.read(biff5(text.encode(encoding), page))
    assert parsed.grids[0].cell(1, 1).value == text
    assert [note.code for note in parsed.notes] == codes


def test_a_sheets_name_counts_as_a_text(reader: Reader) -> None:
    """The sheets of an export without a page are named in Chinese too."""
    (grid,) = reader.parse(biff5(b"1", None, "收发存".encode("gbk")))
    assert grid.sheet == "收发存"


def test_a_small_streams_loop_is_seen_before_it_is_followed(reader: Reader) -> None:
    """Streams below 4,096 bytes have a table of their own, which xlrd would follow for ever."""
    data = bytearray(ole({"Workbook": BOOK.ljust(4096, b"\0")}))
    for at in range(512, len(data) - 128, 128):
        if data[at : at + 16] == "Workbook".encode("utf-16-le"):
            struct.pack_into("<II", data, at + 116, 0, 1000)
    root = data.find("Root Entry".encode("utf-16-le"))
    struct.pack_into("<II", data, root + 116, 2, 4096)
    small = (len(data) - 512) // 512
    struct.pack_into("<II", data, 60, small, 1)
    struct.pack_into("<I", data, 512 + 4 * small, 0xFFFFFFFE)
    data += struct.pack("<I", 0) * 128
    with pytest.raises(RefusedFile) as refusal:
        reader.parse(bytes(data))
    assert refusal.value.code == "corrupt"


def test_reading_many_legacy_workbooks_does_not_fill_the_memory(reader: Reader) -> None:
    """The library's books are cycles; left alone they would, and the next file would be refused for it."""
    if reader._child is None:
        reader.parse(BOOK)
    status = Path(f"/proc/{reader._running_child().pid}/status")

    def resident() -> int:
        try:
            lines = status.read_text(encoding="ascii").splitlines()
        except OSError:
            return 0  # not on this system
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))

    for _ in range(50):
        reader.parse(BOOK)
    before = resident()
    for _ in range(400):
        reader.parse(BOOK)
    assert resident() - before < 4_000
