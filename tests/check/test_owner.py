"""Whose table it is: another school's name in the head is asked about, a short form of ours is not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from houqin.forms import load_forms
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.school import School, load_school

if TYPE_CHECKING:
    from pathlib import Path

HEAD = ["序号", "品名", "单位", "期初数量", "入库数量", "出库数量", "期末数量"]
ROW = [1, "粉笔", "盒", 3, 10, 4, 9]


@pytest.fixture(scope="module")
def school() -> School:
    """Give the example's settings under a name of its own."""
    return replace(load_school(EXAMPLE_SCHOOL, read_settings), name="山东省示例市第九中学", is_example=False)


def asked(folder: Path, school: School, *heads: tuple[str, str]) -> list[tuple[str, int, str | None]]:
    """Give what is asked about workbooks with a title and a second line each: the other school, in how many files."""
    for number, (title, line) in enumerate(heads):
        book = openpyxl.Workbook()
        for row in ([title], [line], HEAD, [number + 1, *ROW[1:]]):
            book.active.append(row)
        book.save(folder / f"收发存{number}.xlsx")
    result = run_pipeline(folder, load_forms(), school, "2025-09-12")
    found = [each for each in result.findings if each.code == "other-school"]
    return [(str(each.found), each.count, each.place and each.place.cell) for each in found]


@pytest.mark.parametrize(
    ("title", "line", "cell"),
    [
        ("示例市第八中学2025年9月物资收发存汇总表", "", "A1"),
        ("2025年示例市第八中学物资收发存汇总表", "", "A1"),
        ("物资收发存汇总表", "填报单位：示例市第八中学    单位：元", "A2"),
        ("物资收发存汇总表", "单位（盖章）：示例市第八中学", "A2"),
    ],
)
def test_another_schools_name_in_the_head_is_asked_about(
    tmp_path: Path, school: School, title: str, line: str, cell: str
) -> None:
    """In the title or after a label; the question stands at that cell."""
    assert asked(tmp_path, school, (title, line)) == [("示例市第八中学", 1, cell)]


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("示例九中学2025年物资收发存汇总表", "编制单位：示例市第9中学"),
        ("山东省示例市第九中学物资收发存汇总表", "填报单位：后勤服务中心"),
        ("全县中小学物资收发存汇总表", ""),
        ("山东省小学物资收发存汇总表", ""),
        ("初级中学物资收发存汇总表", ""),
        ("义务教育学校物资收发存汇总表", "单位：盒"),
        ("农村寄宿制小学物资收发存汇总表", ""),
        ("各小学物资收发存汇总表", "供货单位：示例市第八中学校办工厂"),
    ],
)
def test_short_forms_of_our_name_and_kinds_of_schools_are_nothing(
    tmp_path: Path, school: School, title: str, line: str
) -> None:
    """Titles of regulations and of whole counties name no school."""
    assert asked(tmp_path, school, (title, line)) == []


def test_one_question_for_all_files_of_another_school(tmp_path: Path, school: School) -> None:
    """A folder full of another school's files is one doubt."""
    title = ("示例市第八中学物资收发存汇总表", "")
    assert asked(tmp_path, school, title, title, ("物资收发存汇总表", "")) == [("示例市第八中学", 2, "A1")]


def test_the_example_and_a_school_without_a_name_are_asked_nothing(tmp_path: Path, school: School) -> None:
    """Whoever tries the program on files of her own gets no question about its name."""
    heads = ("示例市第八中学物资收发存汇总表", "")
    assert asked(tmp_path, replace(school, is_example=True), heads) == []
    assert asked(tmp_path, replace(school, name="我的学校"), heads) == []
