"""Blanks for the classes: what stands in them, what they let in, and that they come back without a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from recalculate import differences, recalculated
from small_tables import SCHOOL

from houqin.exact import unscaled
from houqin.forms import load_forms
from houqin.jobs.access import access_for
from houqin.model import Level
from houqin.package import fill_workbook
from houqin.pipeline import process_files
from houqin.report.blanks import write_class_book, write_form_book
from houqin.school import SchoolClass, Standard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from houqin.pipeline import Result

FORMS = load_forms()
OWN = [form for form in FORMS if form.blank]
ONE, TWO = (SchoolClass(f"七年级({n})班", "七年级", n, 3, f"老师{n}", "勤学楼", 1, f"10{n}") for n in (1, 2))
GOODS = (
    Standard("扫帚", "高粱苗", "把", "班", Decimal(4)),
    Standard("拖把", "棉线", "把", "班", Decimal(3)),
    Standard("作业本", "", "本", "生", Decimal(2)),
    Standard("A4复印纸", "70g", "包", "年级", Decimal(40)),
)
READY = replace(SCHOOL, classes=(ONE, TWO), standards=GOODS,
                uniform_prices={"夏装": Decimal(75), "春秋装": Decimal(95), "冬装": Decimal("145.5")})  # fmt: skip
# What a class's head types, at the cells of her own workbook
TYPED: Mapping[str, Mapping[str, Any]] = {
    "就餐人数": {"D6": 1, "E6": 2, "F6": 1, "G6": 2, "H6": 1, "I6": 1, "J6": "清真 1 人"},
    "桌椅统计": {"D6": 4, "E6": 4, "F6": 3, "G6": 4, "H6": 1, "I6": 0},
    "校服征订": {"B6": "学生甲", "C6": "2025001", "D6": "男", "E6": 160, "F6": 48, "G6": "165", "H6": 1,
             "K6": "165/88A", "L6": 2, "N6": "是", "B7": "学生乙",
             "C7": "0012", "D7": "女", "E7": 155, "F7": 45, "N7": "否",
             "B8": "学生丙", "C8": "2025003", "D8": "女", "E8": 158, "F8": 50, "I8": "特体", "J8": 1, "N8": "是",
             "P8": "腰围 90"},
    "物品领用": {"I3": date(2025, 9, 2), "F5": 4, "G5": "老师1", "F7": 6, "B8": "挂钩", "D8": "个", "F8": 2},
    "设施报修": {"B5": date(2025, 9, 3), "C5": "七年级(1)班", "D5": "灯管", "E5": 2, "F5": "不亮", "G5": "老师1"},
    "教室物品": {"B5": "课桌", "D5": "张", "E5": 3, "F5": "在用", "B6": "讲桌", "D6": "张", "E6": 1, "F6": "待修"},
    "住宿生": {"B5": "1号楼", "C5": "201", "D5": "1", "E5": "学生甲", "F5": "男"},
    "公物损坏": {"B5": date(2025, 9, 4), "C5": "学生乙", "D5": "玻璃", "E5": 1, "F5": "破碎", "G5": "自然损坏"},
}  # fmt: skip


def at(address: str) -> tuple[int, int]:
    """Give (row, column) of an address of one letter."""
    return int(address[1:]), ord(address[0]) - ord("A") + 1


def typed(path: Path, answers: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Give the workbook as it is once somebody typed into it and Excel computed its formulas."""
    cells = {sheet: {at(address): value for address, value in own.items()} for sheet, own in answers.items()}
    return fill_workbook(path.read_bytes(), (), cells).data


def flow(folder: Path, *classes: SchoolClass) -> Result:
    """Take a folder of workbooks through the ordinary flow, at a school of these classes."""
    files = access_for(READY).read(sorted(folder.glob("*.xlsx")), folder)
    return process_files(files, FORMS, replace(READY, classes=classes), "2025-09-05")


def rows_of(result: Result, form_id: str) -> list[dict[str, Any]]:
    """Give a ledger's records, blanks left out, numbers as they are read."""
    form, frame = FORMS[form_id], result.ledgers[form_id].frame
    made = []
    for record in frame.drop(columns="pending").to_dict("records"):
        values = {}
        for name, value in record.items():
            if value is None or value != value or str(value) == "<NA>":  # noqa: PLR0124  (NaN)
                continue
            field = form.field(str(name))
            values[str(name)] = unscaled(int(value), field.scale) if field.is_number else value
        made.append(values)
    return made


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first class's workbook of all forms."""
    path = tmp_path_factory.mktemp("blank") / "七年级(1)班填报表.xlsx"
    write_class_book(path, OWN, READY, ONE)
    return path


def test_filled_in_blanks_become_ledgers_without_a_question(book: Path, tmp_path: Path) -> None:
    """Each form is known, each record is what was typed, class and teacher come along; nothing is asked."""
    (tmp_path / book.name).write_bytes(typed(book, TYPED))
    result = flow(tmp_path, ONE)
    asked = [each.line for each in result.findings if each.level in {Level.ERROR, Level.QUESTION}]
    assert asked == []
    assert set(result.ledgers) == {form.id for form in OWN}
    assert rows_of(result, "meal_registration") == [
        {"class": ONE.name, "teacher": "老师1", "enrolled": 3, "boarders": 1, "day_pupils": 2, "breakfast": 1,
         "lunch": 2, "dinner": 1, "not_eat": 1, "special": "清真 1 人"}
    ]  # fmt: skip
    assert rows_of(result, "desks") == [
        {"class": ONE.name, "teacher": "老师1", "pupils": 3, "desk_have": 4, "chair_have": 4, "desk_ok": 3,
         "chair_ok": 4, "desk_bad": 1, "chair_bad": 0}
    ]  # fmt: skip
    uniforms = {each["pupil"]: each for each in rows_of(result, "uniform_order")}
    assert [uniforms[name].get("amount") for name in ("学生甲", "学生乙", "学生丙")] == [366, None, 95]
    assert {each["class"] for each in uniforms.values()} == {ONE.name}
    assert uniforms["学生乙"]["stu_no"] == "0012"
    assert (uniforms["学生甲"]["winter_size"], uniforms["学生丙"]["autumn_size"]) == ("165/88A", "特体")
    issued = rows_of(result, "stock_issue")
    assert [(each["name"], each["qty"]) for each in issued] == [("作业本", 6), ("扫帚", 4), ("挂钩", 2)]
    assert {(each["class"], each["out_date"]) for each in issued} == {(ONE.name, "2025-09-02")}
    assert [(each["room"], each["asset_name"], each["qty"]) for each in rows_of(result, "room_inventory")] == [
        (ONE.name, "讲桌", 1), (ONE.name, "课桌", 3)
    ]  # fmt: skip
    assert rows_of(result, "dorm")[0] == {"building": "1号楼", "room": "201", "bed_no": "1", "pupil": "学生甲",
                                          "sex": "男", "class": ONE.name, "teacher": "老师1"}  # fmt: skip
    assert rows_of(result, "repair")[0]["device"] == "灯管"
    assert rows_of(result, "damage")[0]["class"] == ONE.name


def test_what_libreoffice_saves_is_read_alike(book: Path, tmp_path: Path) -> None:
    """A clerk's office suite writes the file anew: the same records come out of it, its formulas computed."""
    filled, made = tmp_path / "filled" / book.name, tmp_path / "made"
    filled.parent.mkdir()
    made.mkdir()
    workbook = openpyxl.load_workbook(book)
    for sheet, answers in TYPED.items():
        for address, value in answers.items():
            workbook[sheet][address] = value
    workbook.save(filled)
    (saved,) = recalculated([filled], made)
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / book.name).write_bytes(saved.read_bytes())
    result = flow(tmp_path / "inbox", ONE)
    assert [each.line for each in result.findings if each.level in {Level.ERROR, Level.QUESTION}] == []
    assert {each["pupil"]: each.get("amount") for each in rows_of(result, "uniform_order")} == {
        "学生甲": 366, "学生乙": None, "学生丙": 95
    }  # fmt: skip


def test_an_untouched_blank_gives_no_record_but_what_was_given(book: Path, tmp_path: Path) -> None:
    """Nothing is asked of a class that sent its workbook back as it was: the list of the missing names it."""
    (tmp_path / book.name).write_bytes(book.read_bytes())
    result = flow(tmp_path, ONE)
    assert [each.line for each in result.findings if each.level in {Level.ERROR, Level.QUESTION}] == []
    assert {form: len(rows_of(result, form)) for form in result.ledgers if rows_of(result, form)} == {
        "desks": 1, "meal_registration": 1
    }  # fmt: skip


@pytest.mark.parametrize("form_id", [form.id for form in OWN])
def test_a_form_s_workbook_has_a_sheet_a_class(form_id: str, tmp_path: Path) -> None:
    """One workbook for the office to print: each class its own sheet, and all of them are known again."""
    path = tmp_path / "各班.xlsx"
    write_form_book(path, FORMS[form_id], READY)
    assert openpyxl.load_workbook(path).sheetnames == [ONE.name, TWO.name]
    assert {match.form for match in flow(tmp_path, ONE, TWO).matches} == {form_id}


def test_a_workbook_a_class_and_one_a_form_give_the_same_ledgers(tmp_path: Path) -> None:
    """How the office hands its blanks out makes no difference to what comes of them."""
    answers = {"就餐人数": TYPED["就餐人数"], "桌椅统计": TYPED["桌椅统计"], "物品领用": TYPED["物品领用"]}
    by_class, by_form = tmp_path / "class", tmp_path / "form"
    for folder in (by_class, by_form):
        folder.mkdir()
    for one in (ONE, TWO):
        path = by_class / f"{one.name}.xlsx"
        write_class_book(path, [FORMS[each] for each in ("meal_registration", "desks", "stock_issue")], READY, one)
        path.write_bytes(typed(path, answers))
    for form_id, sheet in (("meal_registration", "就餐人数"), ("desks", "桌椅统计"), ("stock_issue", "物品领用")):
        path = by_form / f"{form_id}.xlsx"
        write_form_book(path, FORMS[form_id], READY)
        path.write_bytes(typed(path, {one.name: answers[sheet] for one in (ONE, TWO)}))
    first, second = flow(by_class, ONE, TWO), flow(by_form, ONE, TWO)
    for form_id in ("meal_registration", "desks", "stock_issue"):
        alike = [[{**each, "grade": None} for each in rows_of(result, form_id)] for result in (first, second)]
        assert alike[0] == alike[1]  # a sheet that is called 七年级(1)班 says the grade as well
        assert {each["class"] for each in rows_of(first, form_id)} == {ONE.name, TWO.name}


def test_a_class_that_left_its_row_blank_is_asked_for(tmp_path: Path) -> None:
    """Its name and number are ours, not its answer: it counts among those that have not handed in."""
    path = tmp_path / "各班.xlsx"
    write_form_book(path, FORMS["meal_registration"], READY)
    path.write_bytes(typed(path, {ONE.name: TYPED["就餐人数"]}))
    (asked,) = [each.message for each in flow(tmp_path, ONE, TWO).findings if each.code == "class-missing"]
    assert "没有见到七年级(2)班（有这一行，没有填）" in asked


def rules(sheet: Any) -> dict[str, Any]:
    """Give the rule of each cell that has one."""
    return {f"{chr(64 + column)}{row}": rule for rule in sheet.data_validations.dataValidation
            for area in rule.sqref.ranges for cells in area.rows for row, column in cells}  # fmt: skip


def test_cells_let_in_only_what_the_form_takes(book: Path) -> None:
    """Lists, whole numbers with limits, dates of the semester, a limit that is another cell; advice in Chinese."""
    workbook = openpyxl.load_workbook(book)
    meals, uniforms, issue = (rules(workbook[name]) for name in ("就餐人数", "校服征订", "物品领用"))
    assert (meals["C6"].type, meals["C6"].formula1, meals["C6"].formula2) == ("whole", "0", "99")
    assert meals["G6"].formula2 == "$C6"
    assert "不超过“班级人数”" in meals["G6"].prompt
    assert meals["A6"].formula1 == f'"{ONE.name}"'
    assert uniforms["D6"].formula1 == '"男,女"'
    assert "165" in uniforms["G6"].formula1
    assert not uniforms["G6"].showErrorMessage  # 165/88A may be typed
    assert uniforms["H6"].formula2 == "9"
    assert (issue["I3"].type, issue["I3"].formula1, issue["I3"].formula2) == ("date", "45901", "46045")
    for sheet in workbook:
        for rule in rules(sheet).values():
            assert rule.prompt
            assert not any("a" <= letter.lower() <= "z" for letter in rule.prompt.replace("88A", ""))


def test_what_breaks_a_rule_of_the_form_turns_red_at_once(book: Path) -> None:
    """The sums that the pipeline would ask about are shown while the teacher still sits before the sheet."""
    sheet = openpyxl.load_workbook(book)["就餐人数"]
    formulas = {str(area.sqref): [rule.formula[0] for rule in own] for area, own in
                sheet.conditional_formatting._cf_rules.items()}  # fmt: skip
    assert any("$D6" in each and "$E6" in each for each in formulas["C6"])
    assert any("$G6" in each for each in formulas["I6"])


def test_only_a_blank_of_one_row_is_protected_and_its_answers_are_free(book: Path) -> None:
    """A list must take further rows; a single row needs its headers only. No password stands in the way."""
    workbook = openpyxl.load_workbook(book)
    assert {sheet.title: bool(sheet.protection.sheet) for sheet in workbook if sheet.protection.sheet} == {
        "桌椅统计": True, "就餐人数": True
    }  # fmt: skip
    meals = workbook["就餐人数"]
    assert not meals.protection.password
    assert [meals[f"{letter}6"].protection.locked for letter in "ABCDK"] == [True, False, False, False, False]
    assert meals["C4"].protection.locked


def test_every_sheet_prints_on_a4_one_page_wide(book: Path) -> None:
    """Paper, width, header rows again on each page."""
    for sheet in openpyxl.load_workbook(book):
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows
        assert sheet.print_area


@pytest.mark.office
def test_libreoffice_finds_every_stored_value_right(book: Path, tmp_path: Path) -> None:
    """Of a blank as it goes out, and of one in which sums and amounts have come to something."""
    (tmp_path / "filled.xlsx").write_bytes(typed(book, TYPED))
    assert differences([book, tmp_path / "filled.xlsx"]) == []


def test_a_long_name_makes_its_row_higher(tmp_path: Path) -> None:
    """What is printed before anybody writes must be readable on paper: no cut text."""
    long = replace(GOODS[0], name="大号加厚不锈钢脚踏分类垃圾桶（带盖）", spec="容量 100 升，四色，带投放口标识")
    write_class_book(tmp_path / "x.xlsx", [FORMS["stock_issue"]], replace(READY, standards=(GOODS[1], long)), ONE)
    heights = openpyxl.load_workbook(tmp_path / "x.xlsx")["物品领用"].row_dimensions
    assert heights[6].height >= 2 * heights[5].height


def test_the_same_settings_give_the_same_bytes(book: Path, tmp_path: Path) -> None:
    """Whatever the time, and whoever asks."""
    write_class_book(tmp_path / "again.xlsx", OWN, READY, ONE)
    assert (tmp_path / "again.xlsx").read_bytes() == book.read_bytes()


def test_without_standards_the_goods_are_free_lines(tmp_path: Path) -> None:
    """A school that has set none gets lines to write in, not an empty table."""
    write_class_book(tmp_path / "空.xlsx", [FORMS["stock_issue"]], replace(READY, standards=()), ONE)
    sheet = openpyxl.load_workbook(tmp_path / "空.xlsx")["物品领用"]
    assert [sheet.cell(row, 1).value for row in range(5, 17)] == list(range(1, 13))
