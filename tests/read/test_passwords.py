"""Workbooks with a password to open: recognised, opened with the right one, and the password is seen nowhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from read.hostile import Book
from read.locked import LEGACY, WORD, locked_2007, locked_xls, locked_xlsx

from houqin.errors import BadParameter
from houqin.read import Reader, read_files
from houqin.read.passwords import environment_passwords

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.model import SourceFile


def read(folder: Path, data: bytes, *words: str, name: str = "收发存.xlsx") -> SourceFile:
    """Read one file with passwords to try."""
    (folder / name).write_bytes(data)
    (file,) = read_files([folder / name], passwords=lambda _: words)
    return file


@pytest.mark.parametrize("data", [locked_xlsx(), locked_2007(), locked_xls()], ids=["agile", "2007", "xls"])
def test_a_locked_workbook_needs_its_password(tmp_path: Path, data: bytes) -> None:
    """Without one it is recognised, a wrong one has its own code, the right one opens it; no sentence repeats it."""
    assert read(tmp_path, data).code == "encrypted"
    wrong = read(tmp_path, data, "nichtgut")
    assert wrong.code == "wrong-password"
    assert wrong.reason is not None
    assert "nichtgut" not in wrong.reason
    opened = read(tmp_path, data, "nichtgut", WORD)
    assert opened.status == "read"
    assert opened.grids[0].rows > 2
    assert WORD not in repr(opened)
    assert (tmp_path / "收发存.xlsx").read_bytes() == data


def test_the_values_of_a_locked_legacy_workbook_are_those_of_the_open_one(tmp_path: Path) -> None:
    """Each record's body is unlocked, none of them twice."""
    (plain,) = read_files([LEGACY])
    locked = read(tmp_path, locked_xls(), WORD, name="旧.xls")
    assert [(g.sheet, g.kinds, g.numbers, g.strings) for g in locked.grids] == [
        (g.sheet, g.kinds, g.numbers, g.strings) for g in plain.grids
    ]


@pytest.mark.parametrize("make", [locked_xlsx, locked_2007, locked_xls])
def test_what_excel_locks_by_itself_opens_without_asking(tmp_path: Path, make: object) -> None:
    """A workbook whose structure alone is protected is locked with a word that Excel never asks for."""
    assert read(tmp_path, make("VelvetSweatshop")).status == "read"  # type: ignore[operator]


def test_nobody_is_asked_for_a_file_that_opens(tmp_path: Path) -> None:
    """And a lazy list of passwords is asked on only while none has fitted."""
    asked: list[str] = []

    def passwords(name: str) -> object:
        for word in ("a", WORD, "c"):
            asked.append(f"{name} {word}")
            yield word

    (tmp_path / "开.xlsx").write_bytes(Book().build())
    (tmp_path / "锁.xlsx").write_bytes(locked_xlsx())
    files = read_files([tmp_path / "开.xlsx", tmp_path / "锁.xlsx"], passwords=passwords)  # type: ignore[arg-type]
    assert [file.status for file in files] == ["read", "read"]
    assert asked == ["锁.xlsx a", f"锁.xlsx {WORD}"]


def test_nothing_unlocked_touches_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library would use a temporary file; where there is no place for one, the workbook opens all the same."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))
    reader = Reader()
    assert reader.read(locked_xls(), password=WORD).format == "xls"
    reader.close()


def test_the_environment_tells_one_password_for_all_and_one_for_each_name() -> None:
    """That of the path comes first, then that of the name, then that for all."""
    told = json.dumps({"七年级/就餐.xlsx": "a", "就餐.xlsx": "b"}, ensure_ascii=False)
    passwords = environment_passwords({"HOUQIN_PASSWORDS": told, "HOUQIN_PASSWORD": "c"})
    assert list(passwords("七年级/就餐.xlsx")) == ["a", "b", "c"]
    assert list(passwords("表.xlsx")) == ["c"]
    assert list(environment_passwords({})("表.xlsx")) == []


@pytest.mark.parametrize("written", ["secret123", "[1]", '{"表.xlsx": 3}'])
def test_a_list_of_passwords_that_is_none_is_a_fault_that_does_not_repeat_it(written: str) -> None:
    """It may hold a password."""
    with pytest.raises(BadParameter) as fault:
        environment_passwords({"HOUQIN_PASSWORDS": written})
    assert "secret123" not in str(fault.value)
