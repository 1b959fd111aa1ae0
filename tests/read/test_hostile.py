"""Each hostile file gets the verdict that it deserves, and the reader lives on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from read.write_hostile import CASES

from houqin.model import column_number
from houqin.read import Reader, read_files
from houqin.read.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from read.hostile import Case

    from houqin.model import Grid, SourceFile


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, held to 5 s and 1 GiB a file."""
    made = Reader(Limits(seconds=5))
    made._decrypts = True  # else the first locked file replaces the child by one that can open it
    yield made
    made.close()


def _verdict(file: SourceFile) -> str:
    if file.status == "skipped":
        return "warn" if file.code else "skip"
    return "reject" if file.status == "refused" else "warn" if file.warnings else "accept"


def _value(grid: Grid, address: str) -> object:
    match = re.fullmatch(r"([A-Z]+)(\d+)", address)
    assert match is not None
    return grid.cell(int(match[2]), column_number(match[1])).value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hostile_file_gets_its_verdict(tmp_path: Path, reader: Reader, case: Case) -> None:
    """Refused under its code, read with its warning, or read in silence; the values are those of the file."""
    path = tmp_path / case.name
    path.write_bytes(case.build())
    reader.read(b"a,b\n1,2\n")
    child = reader._child
    (file,) = read_files([path], reader=reader)
    assert _verdict(file) == case.verdict
    codes = {file.code} if file.status != "read" else {finding.code for finding in file.warnings}
    assert not case.code or case.code in codes
    assert {where: _value(file.grids[case.sheet], where) for where in case.cells if file.grids} == (
        dict(case.cells) if file.grids else {}
    )
    assert reader._child is child, "the reading process died of it"
    assert "root:" not in str([grid.strings for grid in file.grids])
    assert list(tmp_path.iterdir()) == [path]
