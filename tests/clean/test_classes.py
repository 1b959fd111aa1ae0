"""Cells that should hold a class or a grade."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import cleaned, column_text, form_of, match_of, raw_of, records

from houqin.forms import Field
from houqin.model import Note, Range, grid_of

CLASS = Field("class", "班级", "class")
GRADE = Field("grade", "年级", "grade")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("七年级(3)班", "七年级(3)班"),
        ("七（３）班", "七年级(3)班 class-name"),
        ("7.3", "七年级(3)班 class-name"),
        (7.3, "七年级(3)班 class-number"),
        ("七年级三班", "七年级(3)班 class-name"),
        ("初二4班", "七年级(4)班 class-name"),
        ("2024级5班", "七年级(5)班 class-name"),
        ("703", "七年级(3)班 class-code"),
        ("库房", "库房"),
        ("后勤处", "后勤处"),
        ("教职工", "教职工"),
        ("七(13)班", "七年级(13)班 class-name unknown-class?"),
        ("3班", "3班 bad-class?"),
        ("张三", "张三 bad-class?"),
        ("—", "· no-value"),
        (None, "·"),
    ],
)
def test_a_class_is_read_in_every_spelling(value: object, said: str) -> None:
    """By the school's system; store rooms and offices stay, what is no class of the settings is asked about."""
    assert column_text(CLASS, [value]) == [said]


def test_seven_point_one_between_nine_and_eleven_is_class_ten() -> None:
    """Excel lost the zero of 7.10; the rows of one class are settled together."""
    said = column_text(CLASS, [7.9, 7.1, 7.1, 7.11])
    assert said[1:3] == ["七年级(10)班 class-ten", "七年级(10)班 class-ten"]


def test_seven_point_one_before_seven_point_two_is_class_one() -> None:
    """The head of an ordered list."""
    assert column_text(CLASS, [7.1, 7.2])[0] == "七年级(1)班 class-number"


def test_seven_point_one_alone_is_a_question() -> None:
    """The school has both a first and a tenth class."""
    assert column_text(CLASS, [7.1]) == ["七年级(1)班 class-number ambiguous-class?"]


def test_a_class_that_excel_made_a_date_is_the_class() -> None:
    """7-3 became the third of July; the settings know the class."""
    form = form_of(CLASS)
    grid = replace(grid_of([["班级"], [45841]]), kinds=bytes([1, 3]))
    table, changes, findings = cleaned(match_of(raw_of(["班级"], [[45841]], grid=grid), form), form)
    assert records(table, form) == ["class=七年级(3)班"]
    assert ([c.rule for c in changes], findings) == (["class-as-date"], [])


def test_without_a_school_only_what_all_schools_read_alike_is_read() -> None:
    """初二 is 七年级 in one system and 八年级 in the other; 六(1)班 and 初四 are in one system only."""
    said = column_text(CLASS, ["七(1)班", "六(1)班", "初四2班", "初二4班", "2024级3班", "2026届3班"], None)
    assert said == [
        "七年级(1)班 class-name",
        "六年级(1)班 class-name",
        "九年级(2)班 class-name",
        "初二4班 bad-class?",
        "2024级3班 bad-class?",
        "2026届3班 bad-class?",
    ]


def test_a_merged_grade_cell_holds_for_all_its_rows() -> None:
    """Its one cell is the source of each, and its change is recorded once."""
    form = form_of(GRADE, CLASS)
    raw = raw_of(["年级", "班级"], [["初二", "1班"], [None, "2班"], [None, "3班"]], merges=[Range(2, 1, 4, 1)])
    table, changes, findings = cleaned(match_of(raw, form), form)
    assert records(table, form) == [
        "grade=七年级 class=七年级(1)班",
        "grade=七年级 class=七年级(2)班",
        "grade=七年级 class=七年级(3)班",
    ]
    assert [(c.place.cell, c.rule) for c in changes] == [
        ("A2", "grade-name"),
        ("B2", "class-in-grade"),
        ("B3", "class-in-grade"),
        ("B4", "class-in-grade"),
    ]
    assert (table.address("grade", 2), findings) == ("A2", [])


def test_a_grade_written_once_above_its_classes_is_the_grade_of_them_all() -> None:
    """As a person reads the list; the blank grade cells stay blank."""
    form = form_of(GRADE, CLASS)
    raw = raw_of(["年级", "班级"], [["七年级", "1班"], [None, "2班"]])
    table, _, _ = cleaned(match_of(raw, form), form)
    assert records(table, form) == ["grade=七年级 class=七年级(1)班", "class=七年级(2)班"]


def test_the_sheets_name_gives_the_grade_of_bare_classes() -> None:
    """A sheet a grade, and a form without a grade field."""
    form = form_of(CLASS)
    table, _, _ = cleaned(match_of(raw_of(["班级"], [["3班"]], sheet="七年级"), form), form)
    assert records(table, form) == ["class=七年级(3)班"]


def test_a_class_above_the_table_is_the_class_of_all_records_with_one_change() -> None:
    """班级：7.3班 stands once, so it changes once."""
    form = form_of(Field("pupil", "姓名"), CLASS)
    note = Note("班级", "7.3班", 1, 2)
    raw = raw_of(["姓名"], [["甲"], ["乙"]], notes=[note])
    table, changes, _ = cleaned(match_of(raw, form, **{"class": note}), form)
    assert records(table, form) == ["pupil=甲 class=七年级(3)班", "pupil=乙 class=七年级(3)班"]
    assert [(c.place.cell, c.before) for c in changes] == [("B1", "7.3班")]
    assert table.address("class", 1) == "B1"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("七年级", "七年级"),
        ("初二", "七年级 grade-name"),
        (7, "七年级 grade-name"),
        ("教职工", "教职工"),
        ("甲", "甲 bad-grade?"),
        ("/", "· no-value"),
    ],
)
def test_a_grade_is_read_in_every_spelling(value: object, said: str) -> None:
    """A row of the staff keeps its word."""
    assert column_text(GRADE, [value]) == [said]
