"""The flow as a whole: what it says of files that give no table."""

from __future__ import annotations

import gc

import pytest

from houqin.forms import load_forms
from houqin.model import Level, SourceFile
from houqin.pipeline import process_files


def test_the_collector_of_cycles_is_left_as_it_was() -> None:
    """The flow puts it off for its own time alone."""
    forms = load_forms()
    process_files([], forms, None, "2025-09-12")
    assert gc.isenabled()
    gc.disable()
    try:
        process_files([], forms, None, "2025-09-12")
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("开学通知.docx", "not-a-workbook", Level.WARNING),
        ("合影.JPG", "not-a-workbook", Level.WARNING),
        ("收发存.xlsx", "not-a-workbook", Level.ERROR),
        ("收发存.xlsx", "encrypted", Level.ERROR),
    ],
)
def test_only_a_file_that_should_be_a_table_must_be_mended(name: str, code: str, level: Level) -> None:
    """A notice or a photo left in the inbox is no reason to call the whole result unfit; a lost table is."""
    file = SourceFile(name, "0" * 64, "refused", code=code, reason=f"《{name}》没有读取。")
    assert [each.level for each in process_files([file], load_forms(), None, "2025-09-12").findings] == [level]
