"""班级人数对照表: the class sizes of all forms beside one another."""

from __future__ import annotations

from decimal import Decimal

from report import school_data as data

from houqin.report.headcount import headcount


def test_each_class_of_the_settings_has_a_row_with_the_size_by_each_form():
    """The roll, the desks, the meals and the number of pupils in the uniform list stand side by side."""
    rows = headcount(data.ledgers(), data.school(), data.forms())
    assert [row.name for row in rows] == [each.name for each in data.school().classes]
    first = rows[0]
    assert (first.roll, first.desks, first.meals, first.uniforms) == (45, 45, 45, 45)
    assert len(first.uniform_rows) == 45


def test_only_a_gap_past_the_limit_asks():
    """八年级(2)班 has 3 more at the desks than on the roll; one fewer in 七年级(3)班 is nothing."""
    rows = {row.name: row for row in headcount(data.ledgers(), data.school(), data.forms())}
    assert rows["八年级(2)班"].gap == 3
    assert rows["八年级(2)班"].asks
    assert rows["七年级(3)班"].gap == 1
    assert not rows["七年级(3)班"].asks
    wide = data.school(thresholds={"class_size_gap": Decimal(3)})
    assert not any(row.asks for row in headcount(data.ledgers(), wide, data.forms()))


def test_a_pending_row_and_a_missing_form_are_blank_and_not_zero():
    """八年级(3)班 stands in two files with different values; 九年级(3)班 sent no meals."""
    rows = {row.name: row for row in headcount(data.ledgers(), data.school(), data.forms())}
    assert rows["八年级(3)班"].desks is None
    assert rows["九年级(3)班"].meals is None
    assert rows["九年级(3)班"].uniforms is None


def test_a_class_that_the_settings_do_not_know_stands_at_the_end():
    """It is shown, without a roll."""
    ledgers = {"desks": data.ledger("desks", [{"class": "七年级(9)班", "grade": "七年级", "pupils": 40}])}
    last = headcount(ledgers, data.school(), data.forms())[-1]
    assert (last.name, last.grade, last.roll, last.desks) == ("七年级(9)班", "七年级", None, 40)
