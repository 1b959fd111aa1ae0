"""催交名单: who has not handed in what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from fill.ledgers import ledgers_of
from recalculate import differences
from small_tables import SCHOOL

from houqin.cli import main
from houqin.forms import load_forms
from houqin.report.missing import EMPTY, HANDED, LACKING, handed_in, missing_classes, missing_text, write_missing
from houqin.school import SchoolClass

EXAMPLE = Path(__file__).parents[2] / "templates" / "示例中学"
CLASSES = tuple(SchoolClass(f"七年级({n})班", "七年级", n, 40, f"老师{n}") for n in (1, 2, 3))


def test_an_empty_blank_is_not_handed_in() -> None:
    """A row with class and teacher alone came back as it went out: the class is still asked."""
    school = replace(SCHOOL, classes=CLASSES)
    table: list[list[object]] = [
        ["班级桌椅统计表", *[None] * 6],
        ["序号", "班级", "班主任", "班额", "现有课桌", "完好课桌", "损坏课桌"],
        [1, "七年级(1)班", "老师1", 40, 41, 40, 1],
        [2, "七年级(2)班", "老师2", None, None, None, None],
        [3, "七年级(3)班", "老师3", 40, 40, 40, 0],
    ]
    forms = load_forms()
    found = missing_classes(ledgers_of(school, table), forms, school, ["desks"])
    assert [(each.name, each.teacher) for each in found] == [("七年级(2)班", "老师2")]
    text = missing_text(found, [forms["desks"].title], as_of="2025-09-05")
    assert "班级桌椅统计表：七年级(2)班（老师2，交的是空表）（共 1 个班）" in text


def test_the_example_says_who_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """The command gives one line a form, and names the forms there are where one is unknown."""
    assert main(["missing", "--school", str(EXAMPLE)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("【催交】截至")
    assert all(title in said for title in ("班级桌椅统计表", "就餐人数登记表", "校服征订登记表"))
    assert main(["missing", "--school", str(EXAMPLE), "--form", "没有的表"]) == 2
    assert "校服征订登记表" in capsys.readouterr().err


@pytest.mark.office
def test_the_sheet_counts_what_is_missing_with_live_formulas(tmp_path: Path) -> None:
    """A row a class, a column a form; stored counts are what LibreOffice makes of them; same bytes each time."""
    school = replace(SCHOOL, classes=CLASSES)
    table: list[list[object]] = [
        ["班级桌椅统计表", *[None] * 4],
        ["序号", "班级", "班主任", "现有课桌", "完好课桌"],
        [1, "七年级(1)班", "老师1", 41, 40],
        [2, "七年级(2)班", "老师2", None, None],
    ]
    forms, wanted = load_forms(), ["desks", "meal_registration"]
    states = handed_in(ledgers_of(school, table), forms, school, wanted)
    paths = [tmp_path / name for name in ("one.xlsx", "two.xlsx")]
    for path in paths:
        write_missing(path, states, forms, wanted, school=school, as_of="2025-09-05")
    sheet = openpyxl.load_workbook(paths[0], data_only=True).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=8, max_col=6)]
    assert rows == [
        [1, "七年级(1)班", "老师1", HANDED, LACKING, 1],
        [2, "七年级(2)班", "老师2", EMPTY, LACKING, 2],
        [3, "七年级(3)班", "老师3", LACKING, LACKING, 2],
        [None, None, "没交齐的班数", 2, 3, None],
    ]
    assert differences([paths[0]]) == []
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_command_writes_text_and_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text for the group as a file that old editors read, and the sheet beside it; no folder where a file is."""
    assert main(["missing", "--school", str(EXAMPLE), "--out", str(tmp_path / "out")]) == 0
    text = (tmp_path / "out" / "催交名单.txt").read_bytes()
    assert text.startswith("\ufeff【催交】截至".encode())
    assert (tmp_path / "out" / "催交名单.xlsx").exists()
    (tmp_path / "文件").write_text("", encoding="utf-8")
    capsys.readouterr()
    assert main(["missing", "--school", str(EXAMPLE), "--out", str(tmp_path / "文件")]) == 2
    assert "是一个文件" in capsys.readouterr().err
