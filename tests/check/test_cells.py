"""Required cells and negative numbers."""

from __future__ import annotations

from dataclasses import replace

from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.forms import Check
from houqin.model import Level

PLAIN = make_form({"name": "物品名称", "qty": "数量/quantity", "adjust": "调整数/money"}, key=("name",))
FORM = replace(PLAIN, fields=(replace(PLAIN.fields[0], required=True), *PLAIN.fields[1:]))


def test_a_required_cell_that_is_empty_is_told_at_that_cell():
    """The clerk is sent to the empty cell itself."""
    (finding,) = check_table(make_table(FORM, "name qty", [["粉笔", 1], [None, 2]]), FORM, None)
    assert finding.line == "必须改｜《收发存.xlsx》“9月”A5：这一行的“物品名称”没有填。"
    assert finding.code == "missing"


def test_a_negative_quantity_is_asked_about_and_a_negative_adjustment_is_not():
    """A budget is cut by a minus; a minus of goods wants a reason."""
    (finding,) = check_table(make_table(FORM, "name qty adjust", [["粉笔", -3, -100]]), FORM, None)
    assert finding.level == Level.QUESTION
    assert (finding.place.cell, finding.found) == ("B4", "-3")
    assert "“粉笔”的“数量”是负数 −3" in finding.message


def test_a_form_with_its_own_rule_tells_it_once():
    """Where the form says what a negative number means, the general question stays away."""
    message = "“{name}”结存是负数 {found}。"
    own = Check(id="n", code="negative", level="error", cell="qty", rule="qty >= 0", message=message)
    form = replace(FORM, checks=(own,))
    (finding,) = check_table(make_table(form, "name qty", [["粉笔", -3]]), form, None)
    assert (finding.level, finding.message) == (Level.ERROR, "“粉笔”结存是负数 −3。")
