"""Answers handed in twice through a form on the web."""

from __future__ import annotations

from dataclasses import replace

from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.forms import Check
from houqin.ledger import join_tables
from houqin.model import Column, MatchedColumn, Table

MESSAGE = "{class}出现了 {count} 次。"
TWICE = Check("twice", "duplicate", "error", "class", MESSAGE, use="unique", args={"fields": ["class"]})
FORM = make_form({"class": "班级", "lunch": "午餐/count", "seq": "序号/row-number"}, (TWICE,), key=("class", "seq"))


def export(rows: list[list[object]]) -> Table:
    """Make an export: class, lunch, and the time of submission as a column that no field takes."""
    form = make_form({"class": "班级", "lunch": "午餐/count", "time": "提交时间"})
    table = make_table(form, "class lunch time", rows, file="问卷.xlsx")
    columns = (*table.match.columns[:2], MatchedColumn(Column(3, ("提交时间",)), "extra"))
    return replace(table, match=replace(table.match, columns=columns), frame=table.frame[["class", "lunch"]])


def test_of_two_answers_the_later_is_proposed_and_neither_is_counted() -> None:
    """The time of submission says which is the later, not the row; the question stands at the earlier one."""
    table = export([["甲", 42, "2025-09-02 08:00"], ["乙", 40, "2025-09-01 08:00"], ["甲", 44, "2025/9/1 7:30"]])
    ledger, (finding,) = join_tables([table], FORM, None)
    assert sorted(ledger.frame["pending"]) == [False, True, True]
    assert (finding.code, finding.place.cell) == ("submitted-twice", "B6")
    assert (finding.found, finding.suggestion) == ("44", "42")
    assert finding.message == (
        "甲提交了两次（2025/9/1 7:30、2025-09-02 08:00），“午餐”先填 44，后填 42。"
        "一般以后提交的为准；没有擅自取舍，这两条暂不计入汇总（待定）。请确认。"
    )


def test_the_same_answer_twice_counts_once_and_says_so() -> None:
    """Who presses the button twice has said nothing new."""
    table = export([["甲", 42, "2025-09-01 08:00"], ["甲", 42, "2025-09-01 08:01"]])
    ledger, (finding,) = join_tables([table], FORM, None)
    assert len(ledger.frame) == 1
    assert finding.line == "说明｜《问卷.xlsx》“9月”：有 1 条物资收发存汇总表重复提交，内容完全相同，只计一次。"


def test_answers_without_a_key_are_nobodys() -> None:
    """Two answers that leave the class blank are not of one class."""
    table = export([[None, 42, "2025-09-01 08:00"], [None, 43, "2025-09-01 08:01"]])
    assert join_tables([table], FORM, None)[1] == []


def test_the_check_for_doubles_leaves_them_to_this_question() -> None:
    """One cause, one line; a table that was not exported is still told of its doubles."""
    rows: list[list[object]] = [["甲", 42, "2025-09-01 08:00"], ["甲", 43, "2025-09-01 08:01"]]
    assert check_table(export(rows), FORM, None) == []
    plain = make_table(FORM, "class lunch", [row[:2] for row in rows])
    assert [f.code for f in check_table(plain, FORM, None)] == ["duplicate"]
