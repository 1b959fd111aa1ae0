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
    return gather("semester-start", told, roster, titles={"desks": FORM}, codes={"duplicate": "重复登记"})


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
