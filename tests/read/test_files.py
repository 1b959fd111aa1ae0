"""Files by content: what is read, refused with a sentence, or passed over."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from houqin.errors import RefusedFile
from houqin.read import Reader, read_files, read_folder, read_settings
from houqin.read.limits import Limits

CSV = '名称,编号,数量\n粉笔,0012,3\n"课桌,椅",0013,4\n'


def _workbook(value: object = "粉笔") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = value
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("name", ["表.csv", "表.xls", "表.xlsx"])
def test_csv_is_read_in_any_usual_encoding_and_under_any_name(tmp_path: Path, encoding: str, name: str) -> None:
    """Texts stay texts, 0012 keeps its zeros, quotes hold their commas."""
    text = CSV * 3 if encoding == "utf-16-le" else CSV
    (tmp_path / name).write_bytes(text.encode(encoding))
    (file,) = read_folder(tmp_path)
    assert (file.status, file.path) == ("read", name)
    (grid,) = file.grids
    assert [grid.cell(2, c).value for c in (1, 2, 3)] == ["粉笔", "0012", "3"]
    assert grid.cell(3, 1).value == "课桌,椅"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not-a-workbook"),
        (bytes(4096), "not-a-workbook"),
        (b"<html><body><form>1</form></body></html>", "html-table"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "no-sheets"),
        (_workbook()[:2000], "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "not-a-workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        ("名称\n粉笔\n".encode() + "本子\n".encode("gb18030"), "bad-encoding"),
        (b'a,b\n"c,d\n', "corrupt"),
    ],
)
def test_a_refusal_has_a_code_and_says_what_to_do(tmp_path: Path, data: bytes, code: str) -> None:
    """The sentence names the file, asks for something and says that the file is as it was."""
    (tmp_path / "统计.xlsx").write_bytes(data)
    (file,) = read_folder(tmp_path)
    assert (file.status, file.code) == ("refused", code)
    assert file.reason is not None
    assert file.reason.startswith("《统计.xlsx》")
    assert "请" in file.reason
    assert file.reason.endswith("原文件没有改动。")
    assert (tmp_path / "统计.xlsx").read_bytes() == data


def test_byte_identical_files_count_once(tmp_path: Path) -> None:
    """The file named as the original counts, the copies name it; a changed copy is a file of its own."""
    data = _workbook()
    for name in ("就餐(1).xlsx", "就餐 - 副本.xlsx", "就餐.xlsx", "子/就餐.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (tmp_path / "就餐(2).xlsx").write_bytes(_workbook("抹布"))
    files = {file.path: file for file in read_folder(tmp_path)}
    assert {path: file.status for path, file in files.items()} == {
        "子/就餐.xlsx": "skipped", "就餐 - 副本.xlsx": "skipped", "就餐(1).xlsx": "skipped",
        "就餐(2).xlsx": "read", "就餐.xlsx": "read",
    }  # fmt: skip
    assert files["就餐(1).xlsx"].same_as == "就餐.xlsx"
    assert "重复未用" in (files["就餐(1).xlsx"].reason or "")


def test_lock_files_are_passed_over(tmp_path: Path) -> None:
    """What Excel leaves behind while a workbook is open is listed as skipped."""
    (tmp_path / "~$就餐.xlsx").write_bytes(b"x" * 165)
    (file,) = read_folder(tmp_path)
    assert (file.status, file.grids) == ("skipped", ())


def test_files_come_in_natural_order(tmp_path: Path) -> None:
    """表2 stands before 表10, whatever the file system says."""
    for number in (10, 2, 1):
        (tmp_path / f"表{number}.xlsx").write_bytes(_workbook(number))
    assert [file.path for file in read_folder(tmp_path)] == ["表1.xlsx", "表2.xlsx", "表10.xlsx"]


def test_settings_come_as_grids_or_as_a_refusal(tmp_path: Path) -> None:
    """Settings go through the same machinery; a workbook that cannot be read says why."""
    good, bad = tmp_path / "学校设置.xlsx", tmp_path / "坏.xlsx"
    good.write_bytes(_workbook())
    bad.write_bytes(b"")
    assert [grid.sheet for grid in read_settings(good)] == ["Sheet"]
    with pytest.raises(RefusedFile, match="空文件"):
        read_settings(bad)


def test_a_legacy_workbook_keeps_formats_and_merges() -> None:
    """BIFF comes through xlrd: dates, merges, hidden rows, text numbers."""
    (file,) = read_files([Path(__file__).parent / "legacy.xls"])
    grid = file.grids[0]
    assert grid.cell(1, 1).value == "标题"
    assert grid.merges[0] == (1, 1, 1, 4)
    assert grid.cell(3, 3).kind.name == "DATE"
    assert grid.cell(3, 3).value == 45901.0
    assert grid.cell(4, 2).value == "007"
    assert grid.hidden_rows == {4}


@pytest.mark.parametrize(("name", "told"), [("旧.csv", True), ("旧.et", False), ("旧.xls", False), ("旧.xlsx", True)])
def test_a_legacy_workbook_is_known_by_its_content(tmp_path: Path, name: str, *, told: bool) -> None:
    """WPS writes the same under .et; under a name of another kind it is read and said."""
    (tmp_path / name).write_bytes((Path(__file__).parent / "legacy.xls").read_bytes())
    (file,) = read_folder(tmp_path)
    assert file.grids[0].cell(1, 1).value == "标题"
    assert ("other-format" in {finding.code for finding in file.warnings}) == told


@pytest.mark.parametrize(("name", "told"), [("表.xltx", False), ("表.xlsm", False), ("表.csv", True), ("表.xls", True)])
def test_a_workbook_is_known_by_its_content(tmp_path: Path, name: str, *, told: bool) -> None:
    """A template and one for macros are workbooks as well."""
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    workbook.template = name.endswith(".xltx")
    workbook.active["A1"] = "粉笔"
    workbook.save(stream)
    (tmp_path / name).write_bytes(stream.getvalue())
    (file,) = read_folder(tmp_path)
    assert file.grids[0].cell(1, 1).value == "粉笔"
    assert [finding.code for finding in file.warnings] == (["other-format"] if told else [])


def test_one_child_reads_all_files_and_is_replaced_when_it_dies() -> None:
    """A file that kills or stalls its reader is refused, and the next file is read."""
    reader = Reader()
    reader.parse(_workbook())
    first = reader._child
    reader.parse(_workbook())
    assert reader._child is first
    assert first is not None
    first.kill()
    first.wait()
    assert reader.parse(_workbook())[0].cell(1, 1).value == "粉笔"
    reader.close()
    assert reader._child is None


def test_a_fork_reads_with_a_child_of_its_own(tmp_path: Path) -> None:
    """A forked kernel must not speak on its parent's pipes; where there is no fork there is nothing to hold."""
    if not hasattr(os, "fork"):
        return
    path = tmp_path / "表.xlsx"
    path.write_bytes(_workbook())
    read_files([path])
    pid = os.fork()
    if pid == 0:
        (file,) = read_files([path])
        os._exit(0 if file.grids[0].cell(1, 1).value == "粉笔" else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert read_files([path])[0].status == "read"


def test_a_file_past_the_limits_is_refused() -> None:
    """The child's memory and the clock are bounded."""
    reader = Reader(Limits(seconds=0))
    reader.parse(b"a,b\n1,2\n")
    reader.close()
    small = Reader(Limits(inflated_bytes=1000))
    with pytest.raises(RefusedFile) as refusal:
        small.parse(_workbook())
    assert refusal.value.code == "too-large"
    small.close()


@pytest.mark.parametrize("module", ["python_calamine", "xlrd", "openpyxl", "pandas", "numpy"])
def test_the_parent_imports_no_parser(module: str) -> None:
    """Whoever reads workbooks loads none of the libraries that parse them."""
    code = f"import sys, houqin.read; sys.exit({module!r} in sys.modules)"
    library = str(Path(__file__).resolve().parents[2] / "lib")
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": library}, check=False)
    assert done.returncode == 0


def test_a_file_that_takes_too_long_is_refused_as_such_and_the_next_one_is_read() -> None:
    """A child out of time is ended, and its end is told apart from a crash."""
    reader = Reader(Limits(seconds=1))
    endless = b"<html><table>" + b"<b></b>" * 8_000_000
    with pytest.raises(RefusedFile) as refusal:
        reader.read(endless)
    assert refusal.value.code == "timeout"
    reader.close()
