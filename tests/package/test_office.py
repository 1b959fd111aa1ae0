"""LibreOffice on both sides: workbooks that it wrote are marked, marked copies are opened and saved by it."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest
from package.compare import unexpected_changes
from package.corpus import CELLS, CORPUS, sheet_parts
from package.test_edit import anchored, listing, marks
from recalculate import office

from houqin.package import mark_workbook
from houqin.read import content_of
from houqin.read.reader import shared_reader

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office
SECONDS = 120


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Have LibreOffice save each workbook of the corpus, and each marked copy (named `marked-…`), in one call."""
    folder = tmp_path_factory.mktemp("office")
    given, made = folder / "given", folder / "made"
    given.mkdir()
    for name, build in CORPUS.items():
        data = build()
        (given / f"{name}.xlsx").write_bytes(data)
        copy = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing).data
        (given / f"marked-{name}.xlsx").write_bytes(copy)
    convert([*sorted(given.iterdir())], made, folder / "profile")
    return {path.stem: path.read_bytes() for path in sorted(made.iterdir())}


def convert(paths: list[Path], made: Path, profile: Path) -> None:
    """Convert files in one call."""
    command = [office(), "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(made), *map(str, paths)], check=True, capture_output=True, timeout=SECONDS
    )


def test_it_opens_every_copy_and_keeps_notes_and_list(saved: dict[str, bytes]) -> None:
    """All cells are as in the original; each mark's note is there; the list is known as ours after its saving."""
    assert set(saved) == {*CORPUS, *(f"marked-{name}" for name in CORPUS)}
    for name in CORPUS:
        own, lists = content_of(shared_reader().parse(saved[f"marked-{name}"]))
        assert [grid.sheet for grid in lists] == [listing_name(name)]
        before = shared_reader().parse(saved[name])
        assert [(g.sheet, g.rows, g.columns, g.kinds) for g in own] == [
            (g.sheet, g.rows, g.columns, g.kinds) for g in before
        ]
        book = openpyxl.load_workbook(io.BytesIO(saved[f"marked-{name}"]))
        notes = [cell.comment.text for row in book.worksheets[1] for cell in row if cell.comment is not None]
        ours = [text for text in notes if "（houqin 标注）" in text]
        assert len(ours) == len(CELLS) - (name == "conversation"), name


def listing_name(name: str) -> str:
    """Give the name that our list got: one workbook has a sheet of that name of its own."""
    return "问题清单(2)" if name == "openpyxl" else "问题清单"


@pytest.mark.parametrize("name", CORPUS)
def test_marks_that_it_saved_come_off(saved: dict[str, bytes], name: str) -> None:
    """It makes patterns one colour and forgets authors: our fills over no colour and all our notes are known again."""
    data = saved[f"marked-{name}"]
    clean = mark_workbook(data, {}, listing, earlier=[listing_name(name)]).data
    book = openpyxl.load_workbook(io.BytesIO(clean))
    assert book.sheetnames[0].startswith("问题清单")
    for sheet in book.worksheets[1:]:
        cells = [cell for row in sheet for cell in row]
        assert not [c.coordinate for c in cells if c.comment is not None and "houqin" in c.comment.text]
        assert not [c.coordinate for c in cells if c.fill.patternType == "solid" and c.fill.fgColor.rgb == "FFF7C3B4"]


@pytest.mark.parametrize("name", CORPUS)
def test_workbooks_that_it_wrote_change_only_where_they_are_marked(saved: dict[str, bytes], name: str) -> None:
    """Another writer's ways with parts, names, notes and styles: compared part by part as well."""
    data = saved[name]
    copy = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing).data
    at = {sheet: anchored(data, sheet) for sheet in sheet_parts(data)}
    assert unexpected_changes(data, copy, at) == []
