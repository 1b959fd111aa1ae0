"""The plan's items and the forms that show them."""

from __future__ import annotations

from houqin.forms import load_forms
from houqin.report.plan import ITEMS
from houqin.report.plan_table import PLAN


def test_each_item_of_the_plan_has_its_forms() -> None:
    """三(一)1 to 四17, each with the forms of the domain page; none is without, none is said twice."""
    assert [entry.number for entry in PLAN if not entry.forms] == []
    assert len({entry.number for entry in PLAN}) == len(PLAN) == 4 + 2 + 4 + 2 + 3 + 6 + 17
    known = set(load_forms().by_id)
    assert {form for entry in PLAN for form in entry.forms} <= known


def test_a_form_says_the_same_of_its_items_as_the_table() -> None:
    """The `plan` of a form file is what a person reads there; the table is what the page and the overview lean on."""
    said = {(item, form.id) for form in load_forms() for item in form.plan}
    assert said == {(entry.number, form) for entry in PLAN for form in entry.forms}


def test_the_start_of_the_semester_speaks_of_items_that_there_are() -> None:
    """A number that the plan does not have would point nowhere."""
    numbers = {entry.number for entry in PLAN}
    assert {each for number, _, _ in ITEMS for each in number.split("、")} <= numbers
