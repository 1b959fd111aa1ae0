"""What lies in an inbox and is no file to read: each thing is named with its reason, and nothing hangs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from houqin.cli import main
from houqin.read import list_folder, read_folder
from houqin.read.folder import readable_name

if TYPE_CHECKING:
    from pathlib import Path

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes, links and names of bytes are POSIX's")


def told(folder: Path) -> dict[str, tuple[str, str | None]]:
    """Give status and code of everything in a folder."""
    return {file.path: (file.status, file.code) for file in read_folder(folder)}


@POSIX
def test_what_is_no_file_is_refused_by_name(tmp_path: Path) -> None:
    """A pipe would hang whoever opens it, a link may lead nowhere, or to a folder that is not looked into."""
    (tmp_path / "好.csv").write_text("名称,数量\n粉笔,3\n", encoding="utf-8")
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "断.xlsx").symlink_to("哪里")
    (tmp_path / "圈").symlink_to(".")
    assert told(tmp_path) == {
        "圈": ("refused", "linked-folder"),
        "断.xlsx": ("refused", "broken-link"),
        "好.csv": ("read", None),
        "管道.xlsx": ("refused", "not-a-file"),
    }


def test_a_hidden_folder_is_passed_over_by_name(tmp_path: Path) -> None:
    """Programs keep their own things there; the clerk hears of it all the same."""
    (tmp_path / ".缓存").mkdir()
    (tmp_path / ".缓存" / "旧.csv").write_text("x", encoding="utf-8")
    (file,) = read_folder(tmp_path)
    assert (file.path, file.status) == (".缓存", "skipped")
    assert file.reason == "《.缓存》是隐藏的文件夹，里面的文件没有读取。"


def test_a_folder_named_as_a_workbook_is_a_folder(tmp_path: Path) -> None:
    """What lies in it is read under its path."""
    (tmp_path / "收发存.xlsx").mkdir()
    (tmp_path / "收发存.xlsx" / "表.csv").write_text("名称,数量\n粉笔,3\n", encoding="utf-8")
    assert told(tmp_path) == {"收发存.xlsx/表.csv": ("read", None)}


@POSIX
def test_a_name_that_is_no_text_is_refused_and_shown_as_it_was_meant(tmp_path: Path) -> None:
    """A zip of a Chinese Windows, unpacked on Linux: no workbook could link to it, but the others are read."""
    (tmp_path / os.fsdecode("报修.csv".encode("gbk"))).write_bytes(b"x")
    assert told(tmp_path) == {"报修.csv": ("refused", "bad-name")}
    assert readable_name(os.fsdecode(b"\xff\xff.csv")).endswith(".csv")


@POSIX
def test_a_folder_that_may_not_be_opened_is_refused_by_name(tmp_path: Path) -> None:
    """Its files are missing from the result, so that must be said."""
    (tmp_path / "锁").mkdir()
    (tmp_path / "锁").chmod(0)
    try:
        files, others = list_folder(tmp_path)
    finally:
        (tmp_path / "锁").chmod(0o700)
    assert files == []
    # An administrator may open everything.
    assert [(file.path, file.code) for file in others] == ([] if os.geteuid() == 0 else [("锁", "unreadable")])


def test_a_missing_folder_has_nothing(tmp_path: Path) -> None:
    """Neither files nor refusals."""
    assert list_folder(tmp_path / "没有") == ([], [])


@POSIX
def test_a_pipe_is_wrong_usage_and_does_not_hang(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named on the command line, it is refused before anything opens it."""
    os.mkfifo(tmp_path / "管道.xlsx")
    assert main(["inspect", str(tmp_path / "管道.xlsx")]) == 2
    assert "不是普通文件" in capsys.readouterr().err
