"""Small files read several at a time give what each gives alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from houqin.errors import RefusedFile
from houqin.read import Reader, read_folder, reader
from houqin.read.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _workbook(value: object, rows: int = 3) -> bytes:
    workbook = openpyxl.Workbook()
    for n in range(rows):
        workbook.active.append([value, n])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_many_files_come_back_each_with_its_own(tmp_path: Path) -> None:
    """Sheets, refusals and a large file among small ones: nobody gets another's answer."""
    for n in range(40):
        (tmp_path / f"表{n}.xlsx").write_bytes(_workbook(f"物品{n}"))
    (tmp_path / "表7.xlsx").write_bytes(b"%PDF-1.7")
    (tmp_path / "表8.xlsx").write_bytes(b"")
    (tmp_path / "表9.xlsx").write_bytes(_workbook("物品9", 20_000))
    (tmp_path / "表10.xlsx").write_bytes(_workbook("物品10")[:-40])
    files = {file.path: file for file in read_folder(tmp_path)}
    read = {path: file.grids[0].cell(1, 1).value for path, file in files.items() if file.status == "read"}
    assert read == {f"表{n}.xlsx": f"物品{n}" for n in range(40) if n not in {7, 8, 10}}
    assert [files[f"表{n}.xlsx"].code for n in (7, 8, 10)] == ["not-a-workbook", "empty", "corrupt"]


_DEADLY = """
import os, sys, time; sys.path.extend(sys.argv[1:])
from houqin.read import child
inner = child.parse_workbook
def parse(data, limits, password=None):
    if b"deadly" in data:
        os.abort()
    if b"endless" in data:
        while True:
            pass
    return inner(data, limits, password)
child._ASKED["read"] = parse
child.main()
"""


def test_a_file_that_kills_the_child_costs_the_others_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the others is read; the guilty one is named, and one that never ends is told apart."""
    monkeypatch.setattr(reader, "_START", _DEADLY)
    made = Reader(Limits(seconds=1))
    files = [b"a,b\n1,2\n", b"deadly,b\n1,2\n", b"c,d\n1,2\n", b"endless,b\n1,2\n", b"e,f\n1,2\n"]
    answers = made.read_many(files)
    shown = [a.code if isinstance(a, RefusedFile) else a.grids[0].cell(1, 1).value for a in answers]
    assert shown == ["a", "reader-died", "c", "timeout", "e"]
    assert made.read_many([]) == []
    made.close()


def test_a_file_that_goes_while_its_folder_is_read_has_its_own_fault(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file that cannot be opened ahead is left to its turn, and then says why."""
    for n in range(3):
        (tmp_path / f"表{n}.csv").write_text(f"名称,数量\n粉笔,{n}\n", encoding="utf-8")
    inner = Reader.read_many

    def read_many(self: Reader, files: list[bytes]) -> object:
        (tmp_path / "表2.csv").unlink(missing_ok=True)
        return inner(self, files)

    monkeypatch.setattr(Reader, "read_many", read_many)
    statuses = [(file.path, file.status) for file in read_folder(tmp_path)]
    assert statuses == [("表0.csv", "read"), ("表1.csv", "read"), ("表2.csv", "read")]
