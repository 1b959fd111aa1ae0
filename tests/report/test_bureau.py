"""局汇总.xlsx of more schools than a sheet is comfortable with: lists are cut with a word, sums are whole."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from houqin.report.bureau import COMFORTABLE, write_bureau
from houqin.report.bureau_data import write_data_file
from houqin.report.bureau_facts import Bureau, gather
from houqin.report.bureau_quota import due_of
from houqin.report.bureau_returns import write_return
from houqin.school.quotas import Quota
from houqin.school.roster import Roster, RosterSchool

if TYPE_CHECKING:
    from pathlib import Path

FORM = "班级桌椅统计表"


def many(count: int) -> Bureau:
    """Give so many schools: of ten one has not reported, one failed, one lacks its form, two must mend something."""
    roster = Roster(tuple(
        RosterSchool(n + 5, f"{n:010}", f"示例第{n}中学", stage="初中", system="六三制", boarding="走读",
                     canteen="自营", pupils=100 + n % 900, counted="2025-09-01", spending=Decimal(n), expected=(FORM,))
        for n in range(count)
    ))  # fmt: skip
    told = [told_of(n) for n in range(count) if n % 10]
    return gather("开学后勤汇总", told, roster, titles={"desks": FORM})


def told_of(n: int) -> dict[str, Any]:
    """Give what a school's run told."""
    named = {"name": f"示例第{n}中学", "code": f"{n:010}"}
    if n % 10 == 1:
        return {**named, "reason": "收件箱里的文件一个也没有读成"}
    errors = 2 if n % 10 in {2, 3} else 0
    return {
        **named, "as_of": "2025-09-12", "findings_by_level": {"error": errors, "question": 1, "warning": 0, "info": 0},
        "findings": [{"level": "error", "code": "duplicate", "count": errors}] if errors else [],
        "counts": {"records": {} if n % 10 == 4 else {"desks": 30}}, "link": f"../示例第{n}中学/开学后勤汇总.xlsx",
        "figures": [{"id": "desks", "title": "课桌", "unit": "张", "kind": "count", "value": "7"},
                    {"id": "pupils", "title": "在册学生", "unit": "人", "kind": "count", "value": "100"},
                    {"id": "cost", "title": "金额", "unit": "元", "kind": "money", "value": f"{n}.25"}],
    }  # fmt: skip


def texts(sheet: Any) -> list[str]:
    """Give all texts of a sheet."""
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]


def rows_below(sheet: Any, header: str) -> list[tuple[Any, ...]]:
    """Give the rows below the one that has a header."""
    rows = list(sheet.iter_rows(values_only=True))
    top = next(n for n, row in enumerate(rows) if header in row)
    return [row for row in rows[top + 1 :] if any(value is not None for value in row)]


LONG = pytest.mark.skipif(not os.environ.get("HOUQIN_LONG"), reason="the long one: python run.py test --all")


@pytest.mark.parametrize(
    ("count", "comfortable"), [(100, 40), pytest.param(COMFORTABLE + 1_000, COMFORTABLE, marks=LONG)]
)
def test_past_a_comfortable_number_lists_are_cut_with_a_word_and_sums_are_whole(
    tmp_path: Path, count: int, comfortable: int
) -> None:
    """Those that wait come first, each cut list says how many more there are and where; data are by group."""
    bureau, rest = many(count), count - comfortable
    write_bureau(tmp_path / "局汇总.xlsx", bureau, comfortable=comfortable)
    write_data_file(tmp_path / "局汇总.sqlite3", bureau)
    book = openpyxl.load_workbook(tmp_path / "局汇总.xlsx", data_only=True)
    states = [row[3] for row in rows_below(book["报送情况表"], "情况")]
    assert len(states) == comfortable
    waiting = count * 4 // 10
    assert sum(state != "✓ 已报" for state in states) == min(comfortable, waiting)
    for name in ("总览", "报送情况表", "分表报送情况", "问题按学校", "生均公用经费"):
        assert any(f"另有 {rest} 所" in text for text in texts(book[name])), name
    values = rows_below(book["各校数据"], "组")
    assert {row[1] for row in values} == {"未核实", "已核实"}
    assert sum(row[2] for row in values) == count * 8 // 10
    totals = {row[0]: row for row in rows_below(book["合计"], "项目")}
    whole = sum(Decimal(f"{n}.25") for n in range(count) if n % 10 not in {0, 1})
    assert Decimal(str(totals["金额"][2])) == whole
    told = count * 8 // 10
    assert (totals["课桌"][2], totals["课桌"][3], totals["课桌"][7]) == (told * 7, told, count // 5)
    with closing(sqlite3.connect(tmp_path / "局汇总.sqlite3")) as data:
        assert data.execute("SELECT count(*) FROM schools").fetchone() == (count,)


def test_the_lists_of_a_county_are_whole(tmp_path: Path) -> None:
    """Up to a comfortable number nothing is cut, in the comparison neither, which has a row a school and measure."""
    write_bureau(tmp_path / "局汇总.xlsx", many(60), comfortable=60)
    book = openpyxl.load_workbook(tmp_path / "局汇总.xlsx", data_only=True)
    assert not any("另有" in text for sheet in book for text in texts(sheet))
    assert len(rows_below(book["报送情况表"], "情况")) == 60
    compared = rows_below(book["组内比较"], "比什么")
    assert len(compared) == 60 + 2 * 48
    ranks = [row[5] for row in compared if row[1] == "生均公用经费（元）"]
    assert ranks[0] == "1/60"
    assert ranks[-1].startswith(("59/", "60/"))


def test_a_missing_list_that_is_cut_says_so(tmp_path: Path) -> None:
    """More schools have not reported than the sheet has room for."""
    write_bureau(tmp_path / "局汇总.xlsx", many(100), comfortable=10)
    book = openpyxl.load_workbook(tmp_path / "局汇总.xlsx", data_only=True)
    assert len(rows_below(book["未报送名单"], "缺什么")) == 10
    assert any("另有 10 所" in text for text in texts(book["未报送名单"]))
    assert any("行的数" in text for text in texts(book["组内比较"]))


def test_a_rule_leads_to_its_schools_and_no_code_is_shown(tmp_path: Path) -> None:
    """问题按规则 names the schools with most of it and leads to its first line in 问题明细; no English in any cell."""
    write_bureau(tmp_path / "局汇总.xlsx", many(60))
    book = openpyxl.load_workbook(tmp_path / "局汇总.xlsx", data_only=True)
    rule = rows_below(book["问题按规则"], "学校数")[0]
    assert rule[:4] == ("必须改", "重复登记", 12, 24)
    assert rule[4] == "示例第2中学 2、示例第3中学 2、示例第12中学 2 等 12 所"
    links = [cell for row in book["问题按规则"].iter_rows() for cell in row if cell.hyperlink]
    target = book["问题明细"][links[0].hyperlink.location.rpartition("!")[2]]
    assert [target.offset(0, n).value for n in range(4)] == ["必须改", "重复登记", "示例第2中学", 2]
    assert len(rows_below(book["问题明细"], "条数")) == 12
    words = {text for sheet in book for text in texts(sheet) if text.isascii() and text.strip("0123456789/-")}
    assert words == set()


QUOTAS = {
    "小学": Quota("小学", Decimal(720), small=100, heating=Decimal("45.5")),
    "初中": Quota("初中", Decimal(940), per_boarder=Decimal(300)),
}


@pytest.mark.parametrize(
    ("stage", "pupils", "boarding", "boarders", "due"),
    [
        ("小学", 60, "走读", None, (100, Decimal("74730.00"))),  # 720 x 100 + 45.5 x 60
        ("小学", 100, None, None, (100, Decimal("76550.00"))),
        ("小学", 0, "走读", None, (0, Decimal("0.00"))),  # a school without pupils is no small school
        ("初中", 501, "部分寄宿", 120, (501, Decimal("506940.00"))),
        ("初中", 501, "走读", None, (501, Decimal("470940.00"))),
        ("初中", 501, "寄宿", None, (None, None)),
        ("初中", None, "走读", None, (None, None)),
        ("高中", 501, "走读", None, (None, None)),
    ],
)
def test_what_a_school_is_due_is_worked_out_by_hand(
    stage: str, pupils: int | None, boarding: str | None, boarders: int | None, due: tuple[int | None, Decimal | None]
) -> None:
    """Quota, boarders, heating, small schools; where a number is missing nothing is worked out and it is said."""
    own = RosterSchool(5, "3701", "甲", stage=stage, boarding=boarding, pupils=pupils, boarders=boarders)
    found = due_of(own, QUOTAS)
    assert (found.counted, found.amount) == due
    assert bool(found.lacks) == (due[0] is None)


def test_the_sheet_of_what_is_due_is_live(tmp_path: Path) -> None:
    """Each amount is a formula over the quotas of the sheet itself, and there is no sheet without quotas."""
    schools = (RosterSchool(5, "3701", "甲小学", stage="小学", boarding="走读", pupils=60),
               RosterSchool(6, "3702", "乙中学", stage="初中", boarding="寄宿", pupils=500))  # fmt: skip
    roster = Roster(schools, quotas=tuple(QUOTAS.values()))
    write_bureau(tmp_path / "局汇总.xlsx", gather("开学后勤汇总", [], roster, titles={}))
    live = openpyxl.load_workbook(tmp_path / "局汇总.xlsx")["应拨公用经费"]
    stored = openpyxl.load_workbook(tmp_path / "局汇总.xlsx", data_only=True)["应拨公用经费"]
    first, second = rows_below(stored, "标识码")[:2]
    assert (first[5], first[7], first[8]) == (100, 74730, None)
    assert (second[5], second[7], second[8]) == (None, None, "没有填：寄宿生数")
    assert str(rows_below(live, "标识码")[0][7]).startswith("=ROUND($B$")
    write_bureau(tmp_path / "无.xlsx", gather("开学后勤汇总", [], Roster(schools), titles={}))
    assert "应拨公用经费" not in openpyxl.load_workbook(tmp_path / "无.xlsx").sheetnames


def test_a_school_that_sent_anothers_files_or_has_another_name_is_noted() -> None:
    """The same bytes at two schools are told at both; a name of the settings that is not the roster's as well."""
    roster = Roster(tuple(RosterSchool(n, f"370{n}", f"示例第{n}中学") for n in (1, 2, 3)))
    told = [{**told_of(n + 4), "name": f"示例第{n}中学", "code": f"370{n}", "files": files}
            for n, files in ((1, ["a", "b"]), (2, ["b", "c"]), (3, ["d"]))]  # fmt: skip
    told[2]["name"] = "示例实验学校"
    told[2]["findings"] = [{"level": "question", "code": "other-school", "count": 1}]
    first, second, third = gather("开学后勤汇总", told, roster, titles={}).schools
    assert first.notes == ("有 1 个文件和示例第2中学报的一字不差，请核对是不是放错了学校",)
    assert "示例第1中学" in second.said
    assert third.notes == (
        "学校设置里的校名是“示例实验学校”，和名册不同", "有的表写着别的学校的校名，见学校自己的问题清单",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "said", "rows"),
    [
        ("收件箱里的文件一个也没有读成：\n《甲.xlsx》已损坏。\n《乙.xlsx》是空文件。", "收件箱里的文件一个也没有读成",
         ["《甲.xlsx》已损坏。", "《乙.xlsx》是空文件。"]),
        ("《学校设置.xlsx》“基本信息”B6：没有填“学制”。\n“班级”：一个班也没有。", "没有做成",
         ["《学校设置.xlsx》“基本信息”B6：没有填“学制”。", "“班级”：一个班也没有。"]),
        ("内存不够。", "内存不够。", ["内存不够。"]),
    ],
)  # fmt: skip
def test_a_school_that_came_to_nothing_is_told_line_by_line(
    tmp_path: Path, reason: str, said: str, rows: list[str]
) -> None:
    """What is wrong stands in the table of its 退回单, a row each; the bureau's list has it in one line."""
    write_return(tmp_path / "退回单.xlsx", "甲中学", as_of="", reason=reason, findings=(), plain_sheets=())
    sheet = openpyxl.load_workbook(tmp_path / "退回单.xlsx").active
    assert f"退回原因：{said}" in texts(sheet)
    assert [row[4] for row in rows_below(sheet, "处数") if row[4]] == rows
    roster = Roster((RosterSchool(5, "3701", "甲中学"),))
    told = [{"name": "甲中学", "code": "3701", "reason": reason}]
    line = gather("开学后勤汇总", told, roster, titles={}).schools[0].said
    assert line == (f"{said}（{len(rows)} 条，见退回单）" if len(rows) > 1 else said)
