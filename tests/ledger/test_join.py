"""Tables of one form as one ledger: copies, order, sources."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from check.tables import make_form, make_school, make_table
from pandas.testing import assert_frame_equal

from houqin.forms import load_forms
from houqin.ledger import join_tables
from houqin.model import Level

MEALS = make_form(
    {
        "seq": "序号/row-number",
        "class": "班级/class",
        "enrolled": "班级人数/count",
        "lunch": "午餐/count",
        "remark": "备注",
    },
    id="meal_registration",
    title="就餐人数登记表",
    key=("class",),
    order=("class",),
)
ORDERS = make_form(
    {"class": "班级/class", "pupil": "姓名", "stu_no": "学号/code", "amount": "金额/money"},
    id="uniform_order",
    title="校服征订表",
    key=("class", "pupil", "stu_no"),
)
COLUMNS = "seq class enrolled lunch remark"
CLASSES = [f"{grade}年级({number})班" for grade in "七八九" for number in range(1, 7)]
SCHOOL = make_school(dict.fromkeys(CLASSES, 45))


def meals(rows, file="就餐.xlsx", sheet="七年级"):
    """Make a meal registration."""
    return make_table(MEALS, COLUMNS, rows, file=file, sheet=sheet)


def test_classes_stand_in_the_order_of_the_settings():
    """Not in that of characters, in which 九 comes before 八; places that are no classes come last."""
    rows = [[1, "库房", None, None, None], [2, "九年级(1)班", 44, 40, None], [3, "八年级(2)班", 45, 41, None],
            [4, "七年级(6)班", 46, 42, None]]  # fmt: skip
    ledger, findings = join_tables([meals(rows)], MEALS, SCHOOL)
    assert list(ledger.frame["class"]) == ["七年级(6)班", "八年级(2)班", "九年级(1)班", "库房"]
    assert findings == []


def test_each_row_knows_its_cells():
    """File, sheet, row, the cell to link to, and one address a field; serial numbers stay in the source."""
    rows = [[1, "七年级(2)班", 44, 40, None], [2, "七年级(1)班", 45, 41, "走读"]]
    ledger, _ = join_tables([meals(rows)], MEALS, SCHOOL)
    assert list(ledger.frame.columns) == ["class", "enrolled", "lunch", "remark", "pending"]
    assert ledger.sources.to_dict("records") == [
        {"file": "就餐.xlsx", "sheet": "七年级", "row": 5, "cell": "B5"},
        {"file": "就餐.xlsx", "sheet": "七年级", "row": 4, "cell": "B4"},
    ]
    assert list(ledger.cells["lunch"]) == ["D5", "D4"]
    assert str(ledger.frame["lunch"].dtype) == "Int64"
    assert ledger.frame["remark"].tolist() == ["走读", None]


def test_a_link_to_a_record_opens_a_cell_of_its_own_row():
    """A class that stands above the table is the same cell for all pupils: a link to it shows nobody's row."""
    table = make_table(
        ORDERS, "class pupil stu_no amount", [["七年级(1)班", "甲", "01", 10], ["七年级(1)班", "乙", "02", 20]]
    )
    above = replace(table, cells={**table.cells, "class": (np.array([2, 2]), np.array([1, 1]))})
    ledger, _ = join_tables([above], ORDERS, SCHOOL)
    assert list(ledger.cells["class"]) == ["A2", "A2"]
    assert list(ledger.sources["cell"]) == ["B4", "B5"]


def test_one_class_files_make_the_ledger_of_one_workbook():
    """Eighteen files of one class each, in whatever order they come, give the same records as eighteen sheets."""
    parts = [(name, [[name, f"学生{n}", f"{c}{n:02}", 10 * n] for n in range(1, 5)]) for c, name in enumerate(CLASSES)]
    columns = "class pupil stu_no amount"
    sheets = [make_table(ORDERS, columns, rows, file="校服.xlsx", sheet=name) for name, rows in parts]
    files = [make_table(ORDERS, columns, rows, file=f"{name}校服.xlsx", sheet="校服") for name, rows in parts]
    one, _ = join_tables(sheets, ORDERS, SCHOOL)
    many, findings = join_tables([*files[::-2], *files[::2]], ORDERS, SCHOOL)
    assert_frame_equal(one.frame, many.frame)
    assert findings == []
    assert {f: list(each) for f, each in many.cells.items()} == {f: list(each) for f, each in one.cells.items()}
    assert list(many.sources["row"]) == list(one.sources["row"])


def test_a_copy_with_the_same_values_counts_once():
    """The original is used, whatever its name sorts like, and the copy is listed as not used."""
    rows = [[1, "七年级(1)班", 45, 41, None], [2, "七年级(2)班", 44, 40, None]]
    ledger, (finding,) = join_tables([meals(rows, file="就餐(1).xlsx"), meals(rows)], MEALS, SCHOOL)
    assert len(ledger.frame) == 2
    assert set(ledger.sources["file"]) == {"就餐.xlsx"}
    assert finding.line == (
        "说明｜《就餐(1).xlsx》：有 2 条就餐人数登记表与《就餐.xlsx》里的完全相同，只计一次（重复未用）。"
    )
    assert (finding.code, finding.count) == ("duplicate-record", 2)


def test_a_copy_with_another_value_waits_for_a_person():
    """Both values, both cells; the class is pending and counts in no total, the others do."""
    rows = [[1, "七年级(1)班", 45, 41, None], [2, "七年级(2)班", 44, 40, None]]
    other = [[1, "七年级(1)班", 45, 41, None], [2, "七年级(2)班", 44, 38, None]]
    ledger, findings = join_tables([meals(rows), meals(other, file="就餐(1).xlsx")], MEALS, SCHOOL)
    conflict, repeated = findings
    assert conflict.line == (
        "请确认｜《就餐(1).xlsx》“七年级”D5：七年级(2)班的“午餐”在两份表里不同："
        "《就餐.xlsx》填 40，《就餐(1).xlsx》填 38。没有擅自取舍，这一条暂不计入汇总（待定）。请指定以哪一份为准。"
    )
    assert (conflict.code, conflict.level) == ("conflicting-copies", Level.QUESTION)
    assert [(place.file, place.cell) for place in conflict.related] == [("就餐.xlsx", "D5")]
    assert repeated.count == 1
    assert ledger.frame["pending"].tolist() == [False, True, True]
    assert ledger.counted["class"].tolist() == ["七年级(1)班"]


def test_a_remark_in_one_copy_alone_is_no_conflict():
    """A blank remark contradicts none; a blank number does."""
    rows, remarked = [[1, "七年级(1)班", 45, 41, None]], [[9, "七年级(1)班", 45, 41, "走读"]]
    _, (finding,) = join_tables([meals(rows), meals(remarked, file="就餐(1).xlsx")], MEALS, SCHOOL)
    assert finding.code == "duplicate-record"
    blank = [[1, "七年级(1)班", 45, None, None]]
    _, (finding,) = join_tables([meals(rows), meals(blank, file="就餐(1).xlsx")], MEALS, SCHOOL)
    assert finding.code == "conflicting-copies"
    assert "《就餐(1).xlsx》填 空白" in finding.message


def test_a_double_within_one_sheet_stays():
    """That is for the form's own check: the same goods may rightly be issued twice; a copy of such a list is one."""
    rows = [[1, "七年级(1)班", 45, 41, None], [2, "七年级(1)班", 45, 41, None]]
    ledger, findings = join_tables([meals(rows)], MEALS, SCHOOL)
    assert (len(ledger.frame), findings) == (2, [])
    ledger, (finding,) = join_tables([meals(rows), meals(rows, file="就餐 - 副本.xlsx")], MEALS, SCHOOL)
    assert (len(ledger.frame), finding.count) == (2, 2)


def test_records_without_a_key_are_never_joined():
    """Two rows that name nothing are two rows."""
    rows = [[1, None, 45, 41, None]]
    ledger, findings = join_tables([meals(rows), meals(rows, file="就餐(1).xlsx")], MEALS, SCHOOL)
    assert (len(ledger.frame), findings) == (2, [])


def test_text_stays_as_it_was_written():
    """Keys are compared in their normal form; the ledger keeps what the office wrote."""
    wide, narrow = [[1, "七年级(1)班", 45, 41, "ＡＢ"]], [[1, "七年级(1)班", 45, 41, "AB"]]
    ledger, (finding,) = join_tables([meals(wide), meals(narrow, file="就餐(1).xlsx")], MEALS, SCHOOL)
    assert ledger.frame["remark"].tolist() == ["ＡＢ"]
    assert finding.code == "duplicate-record"


def test_files_sort_as_people_count():
    """Without classes and without an order of its own, a form's records follow files, 9月 before 10月, and rows."""
    form = make_form({"name": "品名", "qty": "数量/quantity"}, key=("name",))
    tables = [make_table(form, "name qty", [[f"物{n}", n]], file=f"{n}月.xlsx") for n in (10, 9, 11)]
    ledger, _ = join_tables(tables, form, None)
    assert ledger.frame["name"].tolist() == ["物9", "物10", "物11"]


def test_an_order_of_numbers_goes_by_size():
    """Fields of `order` sort by their own kind, blanks last."""
    form = make_form({"room": "地点", "qty": "数量/quantity"}, key=("room",), order=("qty", "room"))
    rows = [["乙", None], ["101", 10], ["9", 10], ["丙", 2]]
    ledger, _ = join_tables([make_table(form, "room qty", rows)], form, None)
    assert ledger.frame["room"].tolist() == ["丙", "9", "101", "乙"]


def test_columns_that_no_field_takes_are_kept():
    """Nothing is lost: further columns go along under their headers."""
    one, two = meals([[1, "七年级(1)班", 45, 41, None]]), meals([[1, "七年级(2)班", 45, 41, None]], file="二.xlsx")
    object.__setattr__(one, "extra", pd.DataFrame({"电话": ["13800000001"]}, dtype=object))
    ledger, _ = join_tables([two, one], MEALS, SCHOOL)
    assert ledger.extra["电话"].tolist() == ["13800000001", None]


def test_an_empty_register_gives_an_empty_ledger():
    """A template without records has its columns and no rows."""
    ledger, findings = join_tables([meals([])], MEALS, SCHOOL)
    assert (len(ledger.frame), len(ledger.sources), findings) == (0, 0, [])
    assert not ledger.counted["pending"].any()


def test_many_differences_of_two_copies_are_one_question():
    """Refusal 3 of the office: which records differ, in what, and that neither copy was preferred."""
    rows = [[n, name, 45, 41, None] for n, name in enumerate(CLASSES, 1)]
    other = [[n, name, 45, 40 if n <= 5 else 41, None] for n, name in enumerate(CLASSES, 1)]
    ledger, (conflict, repeated) = join_tables([meals(rows), meals(other, file="就餐(1).xlsx")], MEALS, SCHOOL)
    assert conflict.message == (
        "就餐人数登记表收到两份，《就餐(1).xlsx》与《就餐.xlsx》有 5 条不同："
        "七年级(1)班、七年级(2)班、七年级(3)班、七年级(4)班、七年级(5)班（午餐）。"
        "没有擅自取舍，这 5 条暂不计入汇总（待定）。请指定以哪一份为准。"
    )
    assert (conflict.count, len(conflict.related), repeated.count) == (5, 9, 13)
    assert int(ledger.frame["pending"].sum()) == 10


def test_tables_that_say_two_things_of_one_key_are_no_copies() -> None:
    """A sheet of lunches and one of dinners have the same classes and days: both count, and nothing is asked."""
    form = load_forms()["meal_daily"]
    key = ["七年级(1)班", "2025-10-09"]
    lunches = make_table(form, "class date lunch", [[*key, 42]], file="午餐.xlsx")
    dinners = make_table(form, "class date dinner", [[*key, 9]], file="晚餐.xlsx")
    ledger, findings = join_tables([lunches, dinners], form, None)
    assert (len(ledger.frame), findings, ledger.frame["pending"].any()) == (2, [], False)


def test_parts_beside_the_whole_are_repeats_of_it() -> None:
    """The day's list has lunch and dinner; the months of lunches and of dinners say no more."""
    form = load_forms()["meal_daily"]
    key = ["七年级(1)班", "2025-10-09"]
    tables = [
        make_table(form, "class date lunch", [[*key, 42]], file="a午餐.xlsx"),
        make_table(form, "class date dinner", [[*key, 9]], file="b晚餐.xlsx"),
        make_table(form, "class date lunch dinner", [[*key, 42, 9]], file="c当日.xlsx"),
    ]
    ledger, findings = join_tables(tables, form, None)
    assert len(ledger.frame) == 1
    assert {finding.code for finding in findings} == {"duplicate-record"}
