"""Text files: which rows are told as longer than the rest, and which are not."""

from __future__ import annotations

import pytest

from houqin.read.limits import Limits
from houqin.read.text import read_text

HEADER = "日期,地点,故障,备注\n"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (HEADER + "9月1日,一班,灯不亮,\n9月2日,二班,门坏,\n", ()),
        (HEADER + "9月1日,一班,灯不亮\n9月2日,二班,门坏\n9月3日,三班,窗坏\n", ()),
        ("报修登记\n" + HEADER + "9月1日,一班,灯不亮\n9月2日,二班,门坏\n", ()),
        (HEADER + "9月1日,一班,灯不亮,,急\n9月2日,二班,门坏,急\n", ("E2",)),
        (HEADER + "9月1日,一班,灯不亮,漏水,急\n9月2日,二班,门坏\n9月3日,三班,窗坏\n", ("E2",)),
    ],
    ids=["last column blank", "blank ends not written", "a title above", "a comma too many", "short rows beside"],
)
def test_only_a_row_wider_than_its_header_is_told(text, cells):
    """A comma within a field shifts what follows it; a last column that nobody fills in shifts nothing."""
    notes = [note for note in read_text(text.encode(), Limits()).notes if note.code == "ragged-rows"]
    assert tuple(cell for note in notes for cell in note.cells) == cells
