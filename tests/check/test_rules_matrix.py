"""Totals beside the rows of a matrix, and moves in which nothing may be lost."""

from __future__ import annotations

from check.tables import make_form, make_table
from small_tables import raw_of

from houqin.check import check_table
from houqin.clean import clean_table
from houqin.forms import Check, load_forms
from houqin.match import match_table

FORMS = load_forms()
SIZES = "班级 夏装/男/150 夏装/男/155 夏装/男/小计 夏装/女/150 夏装/女/小计 合计"


def sizes(headers: str, rows: list[list[object]]) -> list[tuple[str | None, str | None, str | None]]:
    """Judge a summary of sizes; give cell, found and expected of its wrong sums."""
    match, _ = match_table(raw_of(headers.split(), rows), FORMS, None)
    table, _, _ = clean_table(match, FORMS, None)
    found = check_table(table, FORMS[match.form or ""], None)
    return [(f.place.cell, f.found, f.expected) for f in found if f.place and f.code == "sum-mismatch"]


def test_a_total_below_a_common_header_stands_for_the_columns_below_it() -> None:
    """夏装/男/小计 is of the boys' sizes alone, 合计 of all, blanks are none."""
    assert sizes(SIZES, [["七(1)班", 3, 10, 13, 11, 11, 24], ["七(2)班", 2, None, 2, None, None, 2]]) == []


def test_a_wrong_total_is_told_at_its_own_cell() -> None:
    """Not at the sizes: which of them is wrong nobody knows."""
    assert sizes(SIZES, [["七(1)班", 3, 10, 14, 11, 11, 25]]) == [("D4", "14", "13"), ("G4", "25", "24")]


def test_lone_subtotals_stand_for_what_is_since_the_one_before() -> None:
    """One header row: 150 155 小计 M L 小计 合计."""
    rows: list[list[object]] = [["七(1)班", 1, 2, 3, 4, 5, 8, 12]]
    assert sizes("班级 150 155 小计 M L 小计 合计", rows) == [("G2", "8", "9")]


CONSERVED = Check(
    id="kept", code="not-conserved", level="question", cell="in_desk", use="conserved",
    args={"out": "out_desk", "in": "in_desk"}, message="调出 {out} 调入 {in} 差 {diff}",
)  # fmt: skip
DESKS = make_form(
    {"class": "班级/class", "out_desk": "调出/count", "in_desk": "调入/count"}, (CONSERVED,), key=("class",)
)


def test_what_goes_out_comes_in() -> None:
    """Whatever the rows, in total; told once, at the last number that came in."""
    even = make_table(
        DESKS, "class out_desk in_desk", [["七年级(1)班", 4, None], ["七年级(2)班", None, 3], ["库房", None, 1]]
    )
    assert check_table(even, DESKS, None) == []
    odd = make_table(
        DESKS, "class out_desk in_desk", [["七年级(1)班", 4, None], ["七年级(2)班", None, 3], ["库房", None, None]]
    )
    (finding,) = check_table(odd, DESKS, None)
    assert (finding.place and finding.place.cell, finding.message) == ("C5", "调出 4 调入 3 差 1")
