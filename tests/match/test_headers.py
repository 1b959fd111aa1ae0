"""Headers taken apart and compared."""

from __future__ import annotations

import pytest
from small_tables import forms_of, raw_of

from houqin.forms import Field, Form, Layout
from houqin.match import match_table
from houqin.match.headers import heading_of, near
from houqin.model import Column

FORM = Form(
    "balance", "收发存", "", required=("name", "in_qty"), layouts=(Layout("list"),),
    fields=(
        Field("name", "物品名称"),
        Field("in_qty", "入库数量", "quantity", 3),
        Field("close_amt", "结存/金额", "money", 2),
        Field("close_qty", "结存/数量", "quantity", 3, aliases=("结存",)),
    ),
)  # fmt: skip


def test_a_heading_is_looked_up_whole_then_by_its_tails() -> None:
    """The path first, the leaf last and weakest."""
    heading = heading_of(Column(1, ("课桌", "其中：完好（张）")))
    keys = dict(heading.keys)
    assert heading.unit == "张"
    assert (keys["课桌完好"], keys["完好课桌"], keys["完好"]) == (1.0, 0.9, 0.72)


@pytest.mark.parametrize(
    ("left", "right", "is_near"),
    [
        ("规格型号", "物品规格型号", True),
        ("领用人签字", "领用人签名", True),
        ("班级", "年级", False),
        ("数量", "数量", False),
    ],
)
def test_nearness_is_one_edit_or_containment(left: str, right: str, *, is_near: bool) -> None:
    """Two characters with one of them wrong is half another word."""
    assert bool(near(left, right)) is is_near


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("入库数", "in_qty"),
        ("入库总量", "in_qty"),
        ("结存数", "close_qty"),
        ("结存/数量", "close_qty"),
        ("数量/结存", "close_qty"),
        ("9月/结存/数量", "close_qty"),
        ("金额/结存", "close_amt"),
    ],
)
def test_a_quantity_is_one_with_or_without_the_word_quantity(header: str, field: str) -> None:
    """入库数 is 入库数量, and under a parent the order of the levels does not matter."""
    headers = ["物品名称", header] if field == "in_qty" else ["物品名称", "入库数量", header]
    match, _ = match_table(raw_of(headers, [["粉笔", *[1] * (len(headers) - 1)]]), forms_of(FORM), None)
    assert (match.form, match.columns[-1].field) == ("balance", field)
