"""One slip, one finding: what cannot be read is taken for no number, and what follows from a wrong cell is not told."""

from __future__ import annotations

from dataclasses import replace

from check.tables import make_form, make_table

from houqin.check import check_table, combine_findings
from houqin.forms import Check, load_forms
from houqin.model import Finding, Level, Place, RowKind, grid_of

STOCK = make_form(
    {"name": "物品名称", "open_qty": "期初/quantity", "in_qty": "入库/quantity", "close_qty": "结存/quantity"},
    (
        Check(
            id="balance", code="balance-mismatch", level="error", cell="close_qty", message="不平",
            rule="coalesce(open_qty, 0) + coalesce(in_qty, 0) == close_qty",
        ),
    ),
    totals=("in_qty",),
)  # fmt: skip


def test_a_word_where_a_number_is_due_is_not_taken_for_nought() -> None:
    """入库 若干 is told by cleaning; to say that the balance is off as well would be a false alarm."""
    table = make_table(
        STOCK,
        "name open_qty in_qty close_qty",
        [["粉笔", 1, None, 5], ["扫帚", 1, 2, 3], ["合计", None, 6, None]],
        totals={2: RowKind.TOTAL},
    )
    assert [f.code for f in check_table(table, STOCK, None)] == ["balance-mismatch", "total-mismatch"]
    lines = [["标题"], [], ["", "", "", ""], ["粉笔", 1, "若干", 5], ["扫帚", 1, 2, 3], ["合计", None, 6, None]]
    match = replace(table.match, table=replace(table.match.table, grid=grid_of(lines, "9月")))
    assert check_table(replace(table, match=match), STOCK, None) == []


def test_a_rate_that_follows_from_a_wrong_budget_is_not_told_too() -> None:
    """The budget breaks its own sum and the balance, so it is the wrong one; the rate was computed from the right."""
    form = load_forms()["budget_execution"]
    table = make_table(form, "subject initial adjust full total rate left", [["电费", 2100, 300, 2580, 1200, 50, 1200]])
    assert [(f.code, f.place.cell) for f in check_table(table, form, None) if f.place] == [("sum-mismatch", "D4")]


def test_a_word_that_is_not_allowed_is_asked_about_once() -> None:
    """Cleaning and the form's own rule see the same cell; the rule's sentence stays."""
    place = Place("校服.xlsx", "七1", "D5")
    cleaning = Finding("not-allowed", Level.QUESTION, "应是男、女之一", place)
    rule = Finding("unknown-word", Level.QUESTION, "性别填的是“南”", place)
    assert [f.code for f in combine_findings([cleaning, rule])] == ["unknown-word"]


def test_a_height_in_metres_is_kept_as_it_is_and_asked_about() -> None:
    """1.65 rounded to one decimal would be 1.7 centimetres, in silence."""
    form = load_forms()["uniform_order"]
    table = make_table(form, "pupil height", [["甲", 1.65], ["乙", 165]])
    assert [(f.code, f.place.cell) for f in check_table(table, form, None) if f.place] == [("bad-unit", "B4")]
    assert form.field("height").scale == 2


def test_a_total_over_a_number_that_is_known_to_be_wrong_is_not_told_too() -> None:
    """午餐 55 of 45 pupils is told; the total, typed from the right number, is no second mistake."""
    form = load_forms()["meal_registration"]
    table = make_table(
        form,
        "class enrolled lunch",
        [["七年级(1)班", 45, 55], ["七年级(2)班", 44, 40], ["合计", 89, 83]],
        totals={2: RowKind.TOTAL},
    )
    assert [(f.code, f.place.cell) for f in check_table(table, form, None) if f.place] == [("over-limit", "C4")]
