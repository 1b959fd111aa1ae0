"""Two schools' books in one inbox: what is another school's stays out and is asked about, never mixed silently."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from variants.books import DECEMBER, Look, lines, write
from variants.settled import FORMS, LAST_DAY, SCHOOL, settle

from houqin.pipeline import run_pipeline
from houqin.school import Decision, DecisionKind
from houqin.values.school_names import is_like_school, is_same_school, school_names_in

BOTH = (("年初余额", "year_open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close"))
INCOME = Decimal("727818.34")
REAL = replace(SCHOOL, is_example=False)
OWN, OTHER = "示例中学", "示例小学"


def test_the_same_name_with_another_number_is_another_school(tmp_path):
    """示例中学 beside 示例市第二中学: the signs of one stand in the other, and yet they are two."""
    own, other = (Look(f"{name}科目余额表", BOTH) for name in (OWN, "示例市第二中学"))
    settled = settle(inbox(tmp_path / "收件箱", own, other))
    assert settled.figure("t_income") == INCOME
    assert settled.codes == ["other-school"]


def inbox(folder, own: Look, other: Look, names=("甲.xlsx", "乙.xlsx")):
    """Write the own school's books, and the other's, whose figures are not the same."""
    write(folder / names[0], own, lines(DECEMBER))
    write(folder / names[1], other, [each._replace(year_open=each.year_open * 2, close=each.close + each.year_open)
                                     for each in lines(DECEMBER)])  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (Look(f"{OWN}2025年12月科目余额表", BOTH), Look(f"{OTHER}2025年12月科目余额表", BOTH)),
        (Look("科目余额表", BOTH, notes=(f"核算单位：{OWN}",)), Look("科目余额表", BOTH, notes=(f"核算单位：{OTHER}",))),
        (Look(f"{OWN}科目余额表", BOTH, extra={"单位名称": OWN}), Look("科目余额表", BOTH, extra={"单位名称": OTHER})),
    ],
    ids=["titles", "lines above", "columns"],
)
def test_another_schools_table_beside_the_own_stays_out(own, other, tmp_path):
    """The settlement is the own school's to the fen, and the other's file is named."""
    settled = settle(inbox(tmp_path / "收件箱", own, other))
    assert settled.figure("t_income") == INCOME
    assert settled.codes == ["other-school"]
    assert OTHER in settled.said("other-school")


def test_the_name_of_a_file_or_folder_tells_a_school_too(tmp_path):
    """Neither sheet says whose it is."""
    look = Look("2025年12月科目余额表", BOTH)
    names = (f"{OWN}科目余额表.xlsx", f"{OTHER}/科目余额表.xlsx")
    settled = settle(inbox(tmp_path / "收件箱", look, look, names))
    assert settled.figure("t_income") == INCOME
    assert settled.codes == ["other-school"]


def test_rows_of_two_schools_in_one_table_are_parted_by_the_column(tmp_path):
    """An export of the whole centre: each row says whose it is."""
    first = write(tmp_path / "收件箱" / "余额表.xlsx", Look("科目余额表", BOTH, extra={"核算单位": OWN}), lines(DECEMBER))
    second = write(tmp_path / "别处.xlsx", Look("科目余额表", BOTH, extra={"核算单位": OTHER}), lines(DECEMBER, closed=False))
    book = openpyxl.load_workbook(first)
    for row in openpyxl.load_workbook(second).active.iter_rows(min_row=4, values_only=True):
        book.active.append(row)
    book.save(first)
    settled = settle(tmp_path / "收件箱")
    assert settled.figure("t_income") == INCOME
    assert settled.codes == ["other-school"]
    assert "有 25 行" in settled.said("other-school")


def test_two_schools_neither_of_which_is_in_the_settings_are_not_mixed(tmp_path):
    """Then there is no trial balance, and the settlement says so; the example's settings are no school's."""
    own, other = (Look(f"{name}科目余额表", BOTH) for name in ("样板小学", "样板第二小学"))
    folder = inbox(tmp_path / "收件箱", own, other)
    settled = settle(folder, REAL)
    assert settled.figure("t_income") is None
    assert settled.codes == ["other-school"]
    assert "other-school" not in settle(folder).codes


def test_one_other_name_alone_counts_and_is_asked_about_once(tmp_path):
    """The settings may have the wrong name; nothing is mixed, but it is told."""
    look = Look("样板小学科目余额表", BOTH)
    write(tmp_path / "收件箱" / "余额表.xlsx", look, lines(DECEMBER))
    settled = settle(tmp_path / "收件箱", REAL)
    assert settled.figure("t_income") == INCOME
    assert "学校设置里是“示例中学”" in settled.said("other-school")


@pytest.mark.parametrize("name", ["示例市示例中学", "示例中学（南校区）", "示例镇初级中学", "", "某某教育集团"])
def test_another_way_to_write_the_own_name_is_no_other_school(name, tmp_path):
    """Towns, campuses and 初级 are written or not."""
    write(tmp_path / "收件箱" / "余额表.xlsx", Look(f"{name}科目余额表", BOTH), lines(DECEMBER))
    assert settle(tmp_path / "收件箱").codes == []


def test_an_answer_that_it_belongs_here_brings_it_in(tmp_path):
    """A school that was renamed: its old name's table counts once a person has said so."""
    folder = inbox(tmp_path, Look(f"{OWN}固定科目余额表", BOTH), Look(f"{OTHER}科目余额表", BOTH))
    answer = Decision(DecisionKind.SILENCE, file="乙.xlsx", sheet="Sheet1", code="other-school", raw=OTHER, reason="原校名")
    school = replace(SCHOOL, decisions=SCHOOL.decisions.with_more([answer]))
    rows = len(run_pipeline(folder, FORMS, SCHOOL, LAST_DAY).ledgers["trial_balance"].frame)
    both = run_pipeline(folder, FORMS, school, LAST_DAY)
    assert [each.code for each in both.findings if each.code == "other-school"] == []
    assert [each.finding.code for each in both.silenced] == ["other-school"]
    assert len(both.ledgers["trial_balance"].frame) > rows


def test_guests_from_another_school_are_no_other_schools_books(tmp_path):
    """A meeting's list has a column 单位; whoever came from another school stays in it."""
    write(tmp_path / "收件箱" / "余额表.xlsx", Look(f"{OWN}科目余额表", BOTH), lines(DECEMBER))
    book = openpyxl.Workbook()
    for row in (["会议签到表"], ["序号", "姓名", "单位", "职务", "签到时间", "会议名称"],
                [1, "张三", OTHER, "教师", "2025-03-01", "教研会"], [2, "李四", OWN, "教师", "2025-03-01", "教研会"]):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "收件箱" / "签到.xlsx")
    settled = settle(tmp_path / "收件箱")
    assert "other-school" not in settled.codes
    assert len(settled.result.ledgers["meeting"].frame) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2025年示例中学科目余额表", ["示例中学"]), ("示例市第一小学12月余额表", ["示例市第一小学"]),
        ("义务教育学校公用经费", []), ("小学生校服", []), ("中小学教辅", []), ("初中部就餐", []), ("学校固定资产台账", []),
        ("2024年秋季示例中学班级桌椅统计", ["示例中学"]),
    ],
)  # fmt: skip
def test_names_of_schools_are_told_from_words_about_schools(text, names):
    """Only what names one school is a name."""
    assert school_names_in(text) == names


def test_names_of_one_school_are_known_as_one():
    """The town before it or the campus behind it makes no other school; another kind of school does."""
    assert is_same_school("示例中学", "示例市示例中学")
    assert not is_same_school("示例中学", "示例小学")
    assert is_like_school("示例镇初级中学", "示例中学")
    assert not is_like_school("示例镇小学", "示例中学")
    assert is_like_school("示例九中学", "示例市第九中学")
