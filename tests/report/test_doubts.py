"""What stands open behind the figures is said beside them."""

from __future__ import annotations

from report import school_data as data

from houqin.model import Finding, Level, Place
from houqin.report.briefing import risks
from houqin.report.doubts import doubts_of, left_out, unread_files
from houqin.report.figures import calculate

FINDINGS = [
    Finding("amount-mismatch", Level.ERROR, "", Place("收发存.xlsx", "9月", "H12"), form="stock_balance"),
    Finding("tie-out-mismatch", Level.QUESTION, "", Place("领用.xlsx", "9月", "K4"), form="stock_issue"),
    Finding("encrypted", Level.ERROR, "", Place("名单.xlsx", "")),
    Finding("lock-file", Level.INFO, "", Place("~$名单.xlsx")),
    Finding("unknown-table", Level.WARNING, "", Place("值班表.xlsx", "9月", "A2")),
]


def test_a_sheet_says_what_stands_open_in_its_own_forms():
    """The wrong numbers are counted as they are, which a reader must know; other forms' findings are not his."""
    assert doubts_of(["stock_balance", "stock_issue"], FINDINGS, {}) == (
        "所据的原表：还有 1 项必须改、1 项请确认（见“问题清单”），改好以前暂按原数计算。"
    )
    assert doubts_of(["desks"], FINDINGS, {}) == ""


def test_rows_that_wait_are_told():
    """They are in no total."""
    meals = data.ledger("meal_registration", [{"class": "七年级(1)班"}, {"class": "七年级(2)班"}], pending=(1,))
    assert doubts_of(["meal_registration"], [], {"meal_registration": meals}) == "所据的原表：1 行待定，没有计入。"


def test_files_that_were_not_read_and_tables_that_were_not_known_are_named():
    """A file that was skipped on purpose is none of them."""
    assert unread_files(FINDINGS) == ["名单.xlsx"]
    assert left_out(FINDINGS) == (
        "没有读取的文件：《名单.xlsx》；没有认出的表：《值班表.xlsx》“9月”A2。里面的内容没有计入任何一张表。"
    )
    assert left_out([]) == ""


def test_the_head_teacher_is_told_of_a_file_that_was_not_read():
    """No total can say what it lacks of it."""
    ledgers = data.ledgers()
    made = calculate(ledgers, data.school(), data.forms(), data.AS_OF)
    first = risks(ledgers, FINDINGS, [], made, data.school())[0]
    assert first.startswith("材料中有 2 项必须改（其中《名单.xlsx》没有读取）")
