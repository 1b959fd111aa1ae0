"""Goods under two spellings."""

from __future__ import annotations

from itertools import combinations

import pytest
from check.tables import make_form, make_school, make_table
from hypothesis import given
from hypothesis import strategies as st

from houqin.check import check_ledgers
from houqin.forms import Forms
from houqin.ledger import join_tables
from houqin.values import alike_names, may_be_same
from houqin.values.goods import key_of_good

STOCK = make_form(
    {"name": "物品名称", "spec": "规格", "uom": "单位", "close_qty": "结存/quantity"}, key=("name", "spec", "uom")
)


@given(st.lists(st.text("A4B 纸07１.帚箒大办公用", min_size=1, max_size=5), unique=True, max_size=12))
def test_names_taken_together_meet_as_each_with_each(names: list[str]) -> None:
    """That names differing in one number alone are passed over early loses no pair."""
    groups = alike_names(names)
    together = {name: n for n, group in enumerate(groups) for name in group}
    for one, other in combinations(names, 2):
        meet = one in together and other in together and together[one] == together[other]
        keys = [key_of_good(name) for name in (one, other)]
        assert meet == (keys[0] == keys[1])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A4复印纸", "复印纸 A4"), ("A4纸", "A4打印纸"), ("大扫帚", "大笤帚"), ("垃圾桶", "垃圾筒"),
        ("中性笔(黑色)", "黑色中性笔"), ("普通粉笔", "粉笔"), ("订书针", "订书钉"), ("A4纸（70g）", "A4纸70克"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_good_meet(one: str, other: str) -> None:
    """Order, marks, idle words, characters written for one another, and an office's own synonyms."""
    assert may_be_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A4复印纸", "A3复印纸"), ("5号电池", "7号电池"), ("大扫帚", "小扫帚"),
        ("订书机", "订书钉"), ("档案盒", "档案袋"),
        ("洗手液", "洗衣液"), ("中性笔", "红中性笔"), ("打印机", "复印机"), ("办公桌", "课桌"), ("水桶", "塑料水桶"),
    ],
)  # fmt: skip
def test_two_goods_do_not_meet(one: str, other: str) -> None:
    """Sizes, colours and materials make another good."""
    assert not may_be_same(one, other)


def test_two_spellings_are_one_question_that_proposes_the_schools_word() -> None:
    """The question stands at the rarer spelling, names both cells, and merges nothing."""
    rows = [
        ["A4复印纸", "70g", "包", 5], ["A4复印纸", "80g", "包", 2], ["复印纸A4", None, "包", 3],
        ["A4打印纸", "70g", "箱", 1],
    ]  # fmt: skip
    ledger, _ = join_tables([make_table(STOCK, "name spec uom close_qty", rows)], STOCK, None)
    (finding,) = check_ledgers({STOCK.id: ledger}, Forms({STOCK.id: STOCK}, (), ""), make_school({}), "2025-09-08")
    assert (finding.code, finding.found, finding.suggestion) == ("similar-names", "复印纸A4", "A4复印纸")
    assert "没有擅自合并" in finding.message
    assert [place.cell for place in (finding.place, *finding.related)] == ["A6", "A4"]
