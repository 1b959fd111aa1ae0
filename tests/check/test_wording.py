"""How numbers and slips are put into words."""

from __future__ import annotations

import pytest

from houqin.check.wording import fill_template, likely_slip, say_number
from houqin.forms import Field


@pytest.mark.parametrize(
    ("kind", "value", "scale", "words"),
    [
        ("money", 1286000, 2, "12,860.00"),
        ("money", -5, 2, "−0.05"),
        ("price", 35000, 4, "3.50"),
        ("price", 3333, 4, "0.3333"),
        ("price", 30000, 4, "3.00"),
        ("quantity", 28640000, 3, "28,640"),
        ("quantity", -2500, 3, "−2.5"),
        ("count", 46, 0, "46"),
    ],
)
def test_numbers_are_written_as_their_kind_is(kind, value, scale, words):
    """Money has its fen, a price at least two decimals, a quantity no more than it needs; thousands stand apart."""
    assert say_number(value, Field("f", "数", kind, scale)) == words


@pytest.mark.parametrize(
    ("found", "right", "scale", "says"),
    [
        (35000, 3500, 2, "可能多打了一个 0"),
        (35, 3500, 0, "可能少打了两个 0"),
        (242400, 24240, 2, "小数点可能点错了位置"),
        (53, 35, 0, "像是两个数字写颠倒了"),
        (70, 7, 0, "可能多打了一个 0"),
        (12345, 12435, 2, "像是两个数字写颠倒了"),
        (-35, 35, 0, "正负号可能写反了"),
        (36, 35, 0, ""),
        (531, 135, 0, ""),
        (0, 35, 0, ""),
        (-53, 35, 0, ""),
    ],
)
def test_a_slip_of_the_hand_is_named_where_the_digits_show_it(found, right, scale, says):
    """A guess is offered only where the digits speak for it."""
    assert likely_slip(found, right, scale) == says


def test_a_hint_goes_into_the_first_sentence():
    """The template's author need not think of it; one who does says where."""
    words = {"found": "53", "hint": "，像是写颠倒了"}
    assert fill_template("填的是 {found}。请清点。", words.__getitem__) == "填的是 53，像是写颠倒了。请清点。"
    assert fill_template("填的是 {found}{hint}！", words.__getitem__) == "填的是 53，像是写颠倒了！"


def test_what_stands_in_the_data_is_no_template():
    """A cell that holds braces is quoted as it is."""
    assert fill_template("“{name}”重复。", {"name": "{found}", "hint": ""}.__getitem__) == "“{found}”重复。"
