"""Meals by grade, uniforms by style, sex and size, repairs that are open."""

from __future__ import annotations

from decimal import Decimal

from report import school_data as data

from houqin.report.counts import meal_totals, open_repairs, size_order, style_totals, uniform_sizes


def test_meals_add_up_by_grade_and_name_the_classes_that_are_missing():
    """九年级 has two of its three classes; breakfast is the boarders' 16 + 17."""
    last = meal_totals(data.ledgers(), data.school(), data.forms())[-1]
    assert (last.grade, last.classes, last.missing) == ("九年级", 2, ("九年级(3)班",))
    assert last.sums["breakfast"] == 33


def test_a_meal_that_nobody_filled_in_is_blank_and_not_zero():
    """A form without dinners says nothing of dinners."""
    ledgers = {"meal_registration": data.ledger("meal_registration", [{"class": "七年级(1)班", "lunch": 40}])}
    first = meal_totals(ledgers, data.school(), data.forms())[0]
    assert (first.sums["lunch"], first.sums["dinner"]) == (40, None)


def test_uniform_sizes_add_up_to_the_sets_and_their_price():
    """Each style's sizes by sex come to its sets, and sets x price to what the pupils owe."""
    sizes = uniform_sizes(data.ledgers(), data.forms())
    totals = style_totals(sizes, data.school())
    assert [each.style for each in totals] == ["夏装", "春秋装", "冬装"]
    frame = data.ledgers()["uniform_order"].frame
    assert totals[0].sets == int(frame["summer_qty"].sum())
    assert sum(each.amount for each in totals) == Decimal(int(frame["amount"].sum())) / 100


def test_sizes_go_from_small_to_large():
    """Numbers by number, then letters as a tailor counts them, then what is neither."""
    assert sorted(["XL", "165", "S", "150", "未填", "2XL", "165/88A"], key=size_order) == [
        "150", "165", "165/88A", "S", "XL", "2XL", "未填",
    ]  # fmt: skip


def test_a_repair_is_open_until_it_is_said_to_be_mended():
    """待修 since 25 August is late on 5 September; 待料 is open; a matrix's × has no date."""
    found = open_repairs(data.ledgers(), data.school(), data.forms(), data.AS_OF)
    assert [(each.device, each.days, each.late) for each in found] == [
        ("空调", 11, True), ("门锁", 2, False), ("风扇", None, False),
    ]  # fmt: skip
    assert found[0].amount == Decimal("260.00")


def test_words_for_not_mended_are_not_taken_for_mended():
    """未完成 and 不正常 hold the words 完成 and 正常."""
    words = ["已完成", "修复", "未完成", "不正常", "待更换", "已更换"]
    rows = [{"device": word, "state": word, "report_date": "2025-09-01"} for word in words]
    found = open_repairs({"repair": data.ledger("repair", rows)}, data.school(), data.forms(), data.AS_OF)
    assert [each.device for each in found] == ["未完成", "不正常", "待更换"]
