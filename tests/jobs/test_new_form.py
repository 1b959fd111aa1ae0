"""`houqin new-form`: a workbook in, a file beside it, nothing overwritten."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from houqin.cli import main
from houqin.errors import BadParameter
from houqin.jobs.new_form import draft_form

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Give a copy of a golden workbook."""
    return Path(shutil.copy(GOLDEN / "utility" / "workbooks" / "水电.xlsx", tmp_path / "水电.xlsx"))


def test_a_draft_is_written_beside_the_workbook_and_never_over_a_file(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second time it says that the file is there."""
    before = workbook.read_bytes()
    assert main(["new-form", str(workbook), "--id", "meters"]) == 0
    said = capsys.readouterr().out
    assert f"写好了：{workbook.parent / 'meters.toml'}" in said
    assert "12 个字段" in said
    assert main(["new-form", str(workbook), "--id", "meters"]) == 2
    assert "已经有了，没有覆盖" in capsys.readouterr().err
    assert workbook.read_bytes() == before


def test_a_draft_may_only_be_shown(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the sheet that was asked for; nothing is written."""
    assert main(["new-form", str(workbook), "--stdout", "--sheet", "10月"]) == 0
    assert "“10月”A3:H6 起草（3 条记录）" in capsys.readouterr().out
    assert list(workbook.parent.iterdir()) == [workbook]


@pytest.mark.parametrize(
    ("sheet", "form_id", "said"),
    [("11月", "", "没有工作表“11月”，有 “9月”、“10月”"), ("", "水电", "要用小写英文字母")],
)
def test_what_is_asked_wrongly_is_told(workbook: Path, sheet: str, form_id: str, said: str) -> None:
    """The sentence names what there is."""
    with pytest.raises(BadParameter, match=said):
        draft_form(workbook, sheet=sheet, form_id=form_id)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(BadParameter, match=r"没有“.*无\.xlsx”这个文件"):
        draft_form(tmp_path / "无.xlsx")
