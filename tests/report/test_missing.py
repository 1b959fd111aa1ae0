"""催交名单: who has not handed in what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from fill.ledgers import ledgers_of
from small_tables import SCHOOL

from houqin.cli import main
from houqin.forms import load_forms
from houqin.report.missing import missing_classes, missing_text
from houqin.school import SchoolClass

if TYPE_CHECKING:
    import pytest

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
