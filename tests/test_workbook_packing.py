"""The parts that we pack ourselves are the library's own, in its order; only their compression is another."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from houqin.errors import FailedRun
from houqin.workbook import Workbook, packing
from houqin.workbook.book import CREATED
from houqin.workbook.packing import QuickBook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLAIN = [f"粉笔{number}" for number in range(7)]
ODD = {
    "markup": "<b>&\"'", "rich": "<r><t>甲</t></r>", "leading": " 前", "trailing": "后　",
    "lines": "一行\n两行", "control": "a\x01b", "nought": "a\x00b", "return": "a\rb", "escape": "_x000D_",
    "no character": "a\uffffb", "": "甲",
}  # fmt: skip
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)


def _write(make: Callable[[io.BytesIO, dict[str, Any]], Any], texts: list[str]) -> list[tuple[str, bytes]]:
    """Write texts, a chart and a picture; give the parts in order."""
    made = io.BytesIO()
    book = make(made, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("表")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
        sheet.write_number(row, 1, row)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=表!$B$1:$B$5"})
    sheet.insert_chart("D2", chart)
    sheet.insert_image("K2", "点.png", {"image_data": io.BytesIO(PIXEL)})
    book.set_properties({"created": CREATED})
    book.close()
    with ZipFile(made) as package:
        return [(each, package.read(each)) for each in package.namelist()]


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
@pytest.mark.parametrize("place", [0, 3, 7])
def test_the_parts_are_the_librarys_own(monkeypatch: pytest.MonkeyPatch, odd: str, place: int) -> None:
    """Pictures, charts and texts of every kind, at either end of what is written at once and between."""
    monkeypatch.setattr(packing, "_STRINGS", 4)
    texts = [*PLAIN[:place], odd, *PLAIN[place:]]
    assert _write(QuickBook, texts) == _write(xlsxwriter.Workbook, texts)


def test_each_part_is_compressed_and_has_no_time_or_system(tmp_path: Path) -> None:
    """The same input gives the same bytes, on Windows and Linux."""
    with Workbook(tmp_path / "a.xlsx", title="台账") as book:
        book.sheet("表").text(1, 1, "粉笔")
    with ZipFile(tmp_path / "a.xlsx") as package:
        told = {(each.compress_type, each.date_time, each.create_system) for each in package.infolist()}
    assert told == {(ZIP_DEFLATED, (1980, 1, 1, 0, 0, 0), 0)}


def test_a_file_that_cannot_be_made_fails_the_run(tmp_path: Path) -> None:
    """A folder stands where the file should go."""
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(FailedRun, match="没有写成"), Workbook(tmp_path / "a.xlsx", title="台账") as book:
        book.sheet("表").text(1, 1, "粉笔")
