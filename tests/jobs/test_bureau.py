"""The bureau's results: every school has its state, totals are live, and no pupil is in any of it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from many_schools import AS_OF, make_school

from houqin.errors import BadDescription
from houqin.jobs.batch import Order, run_batch
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.roster import ROSTER, init_schools, read_roster, write_blank_roster
from houqin.jobs.runs import RECORD
from houqin.school.roster import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

PERSONAL = ("pupil", "who", "student", "id_no", "stu_no", "id_card", "phone", "parent_phone")


def write_roster(path: Path, *rows: dict[str, object]) -> Path:
    """Fill in a blank roster, as a clerk does."""
    write_blank_roster(path)
    book = openpyxl.load_workbook(path)
    sheet = book["学校名册"]
    header = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "标识码")
    for number, values in enumerate(rows, header + 1):
        for at, column in enumerate(COLUMNS, 1):
            sheet.cell(number, at).value = values.get(column.title)
    book.save(path)
    return path


def batch(schools: Path, out: Path) -> Path:
    """Run the batch and give the bureau's folder."""
    return run_batch(Order("semester-start", str(schools), out, parameters={"as_of": AS_OF}, workers=2)).bureau


def rows_of(bureau: Path, sheet: str) -> list[dict[str, Any]]:
    """Give a sheet's table, header -> value as stored."""
    book = openpyxl.load_workbook(bureau / "局汇总.xlsx", data_only=True)
    cells = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    at = next(n for n, row in enumerate(cells) if sum(value is not None for value in row) > 4)
    head = [str(word).replace("\n", "") for word in cells[at]]
    return [dict(zip(head, row, strict=True)) for row in cells[at + 1 :] if any(v is not None for v in row)]


def test_a_blank_roster_makes_all_schools_and_a_second_run_only_the_new(tmp_path: Path) -> None:
    """Codes stay text, settings know name and system; what is there is not touched."""
    first = {"标识码": "0137010001", "学校名称": "示例第1中学", "学制": "五四制"}
    second = {"标识码": "0137010002", "学校名称": "示例第2中学"}
    roster = write_roster(tmp_path / ROSTER, first)
    made = init_schools(roster, tmp_path / "学校")
    assert (made.made, made.kept) == (("示例第1中学",), ())
    home = tmp_path / "学校" / "示例第1中学"
    before = (home / "学校设置.xlsx").read_bytes()
    assert (home / "收件箱").is_dir()
    assert (home / "决定" / "决定登记.xlsx").is_file()
    assert (home / "标识码.txt").read_text(encoding="utf-8").strip() == "0137010001"
    renamed = {**first, "学校名称": "示例第一中学"}
    again = init_schools(write_roster(tmp_path / ROSTER, renamed, second), tmp_path / "学校")
    assert (again.made, again.kept) == (("示例第2中学",), ("示例第一中学",))
    assert "还叫“示例第1中学”" in again.notes[0]
    assert (home / "学校设置.xlsx").read_bytes() == before


def test_the_mistakes_of_a_roster_are_told_all_at_once_with_their_cells(tmp_path: Path) -> None:
    """A number for a code, an unknown form, a word that is no choice, two schools of one name; nothing is made."""
    path = write_roster(
        tmp_path / ROSTER,
        {"标识码": 3701000001, "学校名称": "甲", "应报表": "桌登记"},
        {"标识码": "3701000002", "学校名称": "乙", "学段": "大学", "截止日期": "2025-02-30"},
        {"标识码": "3701000003", "学校名称": "乙", "在校生数": "很多"},
        {"标识码": "3701000004"},
    )
    with pytest.raises(BadDescription) as told:
        init_schools(path, tmp_path / "学校")
    said = "\n".join(told.value.problems)
    pieces = ("开头的 0 会丢", "不认识的表", "“大学”不在可选", "没有这一天", "“很多”不是整数", "学校名称没有填", "相同")
    for piece in pieces:
        assert piece in said
    assert all("《学校名册.xlsx》“学校名册”" in problem for problem in told.value.problems)
    assert not (tmp_path / "学校").exists()


def test_one_mistake_in_many_cells_is_told_once_and_the_likely_form_is_named(tmp_path: Path) -> None:
    """Thirty schools with the same word for a form are one sentence with the range, and what to write instead."""
    rows = [{"标识码": f"37010001{n:02}", "学校名称": f"示例第{n}中学", "应报表": "报修登记表"} for n in range(1, 31)]
    rows[3]["应报表"] = None
    with pytest.raises(BadDescription) as told:
        init_schools(write_roster(tmp_path / ROSTER, *rows), tmp_path / "学校")
    assert len(told.value.problems) == 1
    assert "等 29 格：应报表里有不认识的表：“报修登记表”，是不是“设施报修登记表”？" in told.value.problems[0]


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run four schools with what schools really send, one of them the whole example with its pupils."""
    place = tmp_path_factory.mktemp("局")
    schools = place / "学校"
    for number, books in ((1, 1), (2, 2), (3, 0)):
        make_school(schools, number, books=books)
    whole = make_school(schools, 4, books=0)
    shutil.copytree(EXAMPLE_SCHOOL / "收件箱", whole / "收件箱", dirs_exist_ok=True)
    group = {"学段": "初中", "学制": "五四制", "寄宿": "走读", "食堂模式": "自营",
             "在校生数": 800, "统计日期": "2025-09-01"}  # fmt: skip
    forms = {"应报表": "、".join(expected_titles()), "截止日期": "2025-09-10"}
    write_roster(
        schools / ROSTER,
        {"标识码": "3701000001", "学校名称": "示例第1中学", **group, **forms, "基本支出中公用经费": 1000000.5,
         "本校无此业务": expected_titles()[1], "报送日期": "2025-09-12"},
        {"标识码": "3701000002", "学校名称": "示例第2中学", **group, **forms, "零报告": expected_titles()[1]},
        {"标识码": "3701000003", "学校名称": "示例第3中学", **group, **forms,
         "联系人": "示例员", "电话": "13800001111"},
        {"标识码": "3701000004", "学校名称": "示例第4中学", **group},
        {"标识码": "3701000005", "学校名称": "示例第5中学"},
    )  # fmt: skip
    return batch(schools, place / "结果")


def expected_titles() -> list[str]:
    """Give the titles of two forms: desks, which most send, and assets, which only the whole example does."""
    from houqin.forms import load_forms  # noqa: PLC0415

    forms = load_forms().by_id
    return [forms["desks"].title, forms["asset_register"].title]


def test_every_school_of_the_roster_has_its_state(bureau: Path) -> None:
    """未报送 without a folder or with an empty inbox, 逾期 by the roster's dates, forms by what became of them."""
    rows = {row["学校"]: row for row in rows_of(bureau, "报送情况表")}
    assert [rows[f"示例第{n}中学"]["情况"][2:] for n in (3, 4, 5)] == ["未报送", "退回", "未报送"]
    assert rows["示例第1中学"]["时限"] == "逾期"
    assert rows["示例第3中学"]["时限"] == "逾期"
    assert rows["示例第2中学"]["时限"] is None
    counts = ("应报", "已报", "零报告", "本校无此业务", "未报")
    assert [rows["示例第1中学"][word] for word in counts] == [2, 1, 0, 1, 0]
    assert [rows["示例第2中学"][word] for word in counts] == [2, 1, 1, 0, 0]
    missing = {row["学校"]: row for row in rows_of(bureau, "未报送名单")}
    assert sorted(missing) == ["示例第3中学", "示例第5中学"]
    assert (missing["示例第3中学"]["联系人"], missing["示例第3中学"]["电话"]) == ("示例员", "13800001111")


def test_totals_are_live_with_and_without_the_schools_unverified(bureau: Path) -> None:
    """The stored values are what the runs told; a school without a workbook adds nothing, not 0."""
    live = openpyxl.load_workbook(bureau / "局汇总.xlsx")["合计"]
    formulas = [cell.value for row in live.iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert any("SUM(" in text for text in formulas)
    assert any("已核实" in text for text in formulas)
    told = [json.loads(path.read_text(encoding="utf-8")) for path in bureau.parents[2].glob(f"示例*/*/*/*/{RECORD}")]
    costs = [f["value"] for record in told for f in record["figures"] if f["id"] == "repair_cost"]
    row = next(row for row in rows_of(bureau, "合计") if row["项目"] == "维修费用")
    assert row["全部学校（含未核实）"] == sum(float(cost) for cost in costs if cost is not None)
    assert row["报了的学校"] == sum(cost is not None for cost in costs)
    assert row["没有材料的学校"] == 5 - row["报了的学校"]
    assert (row["其中已核实"], row["已核实的学校"]) == (None, 0)
    assert row["全部学校（含未核实）"] == row["未核实的部分"]


def test_spending_a_pupil_is_a_formula_with_its_date_and_nothing_where_a_number_is_missing(bureau: Path) -> None:
    """1,000,000.50 ÷ 800 = 1,250.00; a school without its numbers has no 0."""
    rows = {row["学校"]: row for row in rows_of(bureau, "生均公用经费")}
    assert rows["示例第1中学"]["生均公用经费（元/人）"] == 1250.0
    assert str(rows["示例第1中学"]["统计日期"])[:10] == "2025-09-01"
    assert rows["示例第5中学"]["生均公用经费（元/人）"] is None
    assert "名册没有填" in rows["示例第5中学"]["说明"]


def test_schools_are_compared_with_their_group_only(bureau: Path) -> None:
    """Three of one group are compared, a school whose group is not known is not."""
    rows = rows_of(bureau, "组内比较")
    assert rows
    assert "示例第5中学" not in {row["学校"] for row in rows}
    assert {row["组（学段·学制·寄宿·食堂·规模）"] for row in rows} == {"初中·五四制·走读·自营·301—1000 人"}


def test_a_school_gets_only_its_own_findings_back(bureau: Path) -> None:
    """One workbook a school that has to mend something; no other school is named in it."""
    for path in (bureau / "退回单").iterdir():
        texts = " ".join(texts_of(path))
        assert path.stem in texts
        others = {f"示例第{n}中学" for n in range(1, 6)} - {path.stem}
        assert not [name for name in others if name in texts]
    assert (bureau / "退回单" / "示例第4中学.xlsx").is_file()


def test_links_lead_to_the_schools_own_runs(bureau: Path) -> None:
    """Relative links, which hold when the whole folder is moved."""
    sheet = openpyxl.load_workbook(bureau / "局汇总.xlsx")["报送情况表"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 3 + 3  # a summary and a 退回单 each
    assert all((bureau / link).resolve().is_file() for link in links)


def test_no_pupil_is_in_anything_that_the_bureau_gets(bureau: Path) -> None:
    """Each personal value of the whole example's pupils is looked for in all cells, the data file and the record."""
    clean = next(bureau.parents[2].glob("示例第4中学/*/*/*/99技术文件/clean.json"))
    pupils = personal_values(json.loads(clean.read_text(encoding="utf-8")))
    assert len(pupils) > 100
    texts = [text for path in bureau.rglob("*.xlsx") for text in texts_of(path)]
    with closing(sqlite3.connect(bureau / "99技术文件" / "局汇总.sqlite3")) as data:
        texts += ["\n".join(data.iterdump())]
    texts.append((bureau / RECORD).read_text(encoding="utf-8"))
    everything = "\n".join(texts)
    assert [value for value in sorted(pupils) if value in everything] == []


def texts_of(path: Path) -> list[str]:
    """Give all that stands in a workbook's cells."""
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def personal_values(clean: dict[str, Any]) -> set[str]:
    """Give the names and numbers of pupils in a run's records."""
    tables = [table for file in clean["files"] for sheet in file["sheets"] for table in sheet["tables"]]
    uniforms = [table for table in tables if table["form"] == "uniform_order"]
    records = [record["values"] for table in uniforms for record in table["records"]]
    return {str(values[name]) for values in records for name in PERSONAL if values.get(name)}


def test_the_same_outcomes_are_the_same_folder(bureau: Path) -> None:
    """A second batch makes nothing new, though this time every school was made before."""
    out = bureau.parents[2]
    assert batch(out.parent / "学校", out) == bureau
    assert [path.name for path in bureau.parent.iterdir() if path.is_dir()] == [bureau.name]
    assert read_roster(out.parent / "学校" / ROSTER).schools[0].code == "3701000001"
