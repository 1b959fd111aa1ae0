"""`houqin blanks`: what is written where, and that nothing that a person filled in is ever written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from recalculate import recalculated

from houqin.cli import main

EXAMPLE = Path(__file__).parents[2] / "templates" / "示例中学"
NAME = "七年级(1)班填报表.xlsx"
ASIDE = "七年级(1)班填报表（新）.xlsx"


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A school of its own: the example's settings, as text, so that a test can change them."""
    folder = tmp_path / "学校"
    folder.mkdir()
    shutil.copyfile(EXAMPLE / "school.toml", folder / "school.toml")
    return folder


def blanks(school: Path, out: Path, *words: str) -> int:
    """Write the blanks of one class."""
    return main(["blanks", "--school", str(school), "--out", str(out), "--class", "七年级(1)班", *words])


def fill(path: Path) -> None:
    """Type a number, as a class's teacher does."""
    workbook = openpyxl.load_workbook(path)
    workbook["就餐人数"]["D6"] = 20
    workbook.save(path)


def test_one_workbook_a_class_with_all_its_forms(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file a class, a sheet a form, those that are due first; the terminal says where, and what comes next."""
    assert main(["blanks", "--school", str(school), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr().out
    assert "新写 18 本" in told
    assert "收件箱" in told
    assert len(list((tmp_path / "out").iterdir())) == 18
    sheets = openpyxl.load_workbook(tmp_path / "out" / NAME).sheetnames
    assert sheets[:3] == ["桌椅统计", "就餐人数", "校服征订"]


def test_one_workbook_a_form_with_a_sheet_a_class(school: Path, tmp_path: Path) -> None:
    """Forms are named by id or by title; a form's workbook has all classes."""
    out = tmp_path / "out"
    assert main(["blanks", "desks", "就餐人数登记表", "--by", "form", "--school", str(school), "--out", str(out)]) == 0
    assert sorted(path.name for path in out.iterdir()) == ["就餐人数登记表（各班）.xlsx", "班级桌椅统计表（各班）.xlsx"]
    assert len(openpyxl.load_workbook(out / "就餐人数登记表（各班）.xlsx").sheetnames) == 18


def test_a_second_time_changes_nothing(school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same settings give the same bytes: the file is left alone, even its time."""
    blanks(school, tmp_path)
    before = (tmp_path / NAME).stat().st_mtime_ns
    capsys.readouterr()
    assert blanks(school, tmp_path) == 0
    assert "没有变化 1 本" in capsys.readouterr().out
    assert (tmp_path / NAME).stat().st_mtime_ns == before


def test_a_filled_in_blank_is_never_written_over(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Hours of a teacher's work: the new blank goes beside it, and the terminal says so; twice gives no third file."""
    blanks(school, tmp_path)
    fill(tmp_path / NAME)
    filled = (tmp_path / NAME).read_bytes()
    for _ in range(2):
        capsys.readouterr()
        assert blanks(school, tmp_path) == 0
        assert f"已经有人填过，没有动它；新的空白表写在旁边：{ASIDE}" in capsys.readouterr().out
    assert (tmp_path / NAME).read_bytes() == filled
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == sorted([NAME, ASIDE])
    fill(tmp_path / ASIDE)
    blanks(school, tmp_path)
    assert (tmp_path / "七年级(1)班填报表（新2）.xlsx").exists()


def test_a_blank_that_was_only_opened_and_saved_is_renewed(school: Path, tmp_path: Path) -> None:
    """An office suite writes every byte anew; what stands in the cells is the same, so nobody's work is lost."""
    blanks(school, tmp_path)
    (tmp_path / "made").mkdir()
    (saved,) = recalculated([tmp_path / NAME], tmp_path / "made")
    shutil.copyfile(saved, tmp_path / NAME)
    settings = school / "school.toml"
    text = settings.read_text(encoding="utf-8").replace("杨桂芳", "新来的")
    settings.write_text(text, encoding="utf-8")
    blanks(school, tmp_path)
    assert openpyxl.load_workbook(tmp_path / NAME)["就餐人数"]["B6"].value == "新来的"
    assert not (tmp_path / ASIDE).exists()


def test_a_file_that_is_none_of_ours_is_left_alone(school: Path, tmp_path: Path) -> None:
    """Whatever a person put there under this name, workbook or not."""
    (tmp_path / NAME).write_bytes("班主任自己的".encode())
    assert blanks(school, tmp_path) == 0
    assert (tmp_path / NAME).read_bytes() == "班主任自己的".encode()
    assert (tmp_path / ASIDE).exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["就餐人数登记"], "没有“就餐人数登记”这种发给各班填的表。是不是“就餐人数登记表”？"),
        (["固定资产台账"], "可用的有：班级桌椅统计表"),
        (["--class", "七年级(11)班"], "学校设置里没有“七年级(11)班”这个班。是不是"),
        (["--by", "school"], "没有“school”，可用的有 class、form"),
    ],
)
def test_wrong_words_are_told_with_the_nearest(
    words: list[str], said: str, school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong usage is status 2 and names what there is; nothing is written."""
    assert main(["blanks", *words, "--school", str(school), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
