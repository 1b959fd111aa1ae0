"""Amounts in Chinese characters against the figures beside them."""

from __future__ import annotations

import pytest
from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.model import RowKind

FORM = make_form({"name": "物品名称", "amount": "金额/money"}, totals=("amount",))
TOTAL, NOTE = RowKind.TOTAL, RowKind.NOTE


def told(*rows: list[object], marked: dict[int, RowKind]) -> list[tuple[str | None, str | None]]:
    """Give cell and right words of what is said of 大写."""
    table = make_table(FORM, "name amount", list(rows), totals=marked)
    found = [each for each in check_table(table, FORM, None) if each.code == "words-mismatch"]
    return [(each.place.cell if each.place else None, each.expected) for each in found]


@pytest.mark.parametrize("words", ["人民币壹佰贰拾元伍角整", "大写：壹佰贰拾圆伍角", "合计（大写）：壹佰贰拾元零伍角"])
def test_words_that_say_the_total_are_right(words: str):
    """Both spellings of zeros, 圆 for 元, with or without a label."""
    assert told(["粉笔", 100], ["笔", 20.5], ["合计", 120.5], [words, None], marked={2: TOTAL, 3: NOTE}) == []


def test_words_that_say_another_number_are_told_with_the_right_ones():
    """A voucher whose words and figures differ is not valid."""
    rows = (["粉笔", 100], ["笔", 20.5], ["合计", 120.5], ["大写：壹佰零贰元伍角整", None])
    assert told(*rows, marked={2: TOTAL, 3: NOTE}) == [("A7", "人民币壹佰贰拾元零伍角")]
    table = make_table(FORM, "name amount", list(rows), totals={2: TOTAL, 3: NOTE})
    (finding,) = check_table(table, FORM, None)
    assert finding.message == (
        "大写“壹佰零贰元伍角整”是 102.50 元，小写是 120.50 元，相差 18.00 元。"
        "大小写不一致的单据不能入账，请核对；如小写无误，大写应为“人民币壹佰贰拾元零伍角”。"
    )


def test_the_figure_in_the_same_line_counts_before_the_total():
    """合计（大写）：壹佰元整 小写：￥100.00 speaks of itself."""
    rows = (["粉笔", 100], ["合计", 120], ["大写：壹佰元整 小写：￥100.00", None])
    assert told(*rows, marked={1: TOTAL, 2: NOTE}) == []
    rows = (["粉笔", 100], ["大写：壹佰元整", 101])
    assert told(*rows, marked={1: TOTAL}) == []  # the records say 100: it is the figure that is wrong, and told as such


def test_words_that_are_the_sum_of_the_rows_are_not_told_beside_a_wrong_total():
    """One cause, one line: the typed total is wrong."""
    rows = (["粉笔", 100], ["笔", 20], ["合计", 102], ["大写：壹佰贰拾元整", None])
    assert told(*rows, marked={2: TOTAL, 3: NOTE}) == []


def test_words_that_cannot_be_read_are_asked_about():
    """壹拾拾元整 says no number."""
    rows = (["粉笔", 100], ["合计", 100], ["大写：壹佰佰元佰整", None])
    assert told(*rows, marked={1: TOTAL, 2: NOTE}) == [("A6", None)]


@pytest.mark.parametrize("text", ["一、办公用品", "共三百元", "以上物品已于九月十日发放", "万元"])
def test_other_texts_are_no_amounts_in_words(text: str):
    """Only the formal characters make an amount in words."""
    assert told(["粉笔", 100], ["合计", 100], [text, None], marked={1: TOTAL, 2: NOTE}) == []


def test_words_in_yuan_agree_with_a_figure_in_ten_thousands():
    """A table in 万元 still writes its words in 元."""
    assert told(["粉笔", 12], ["合计", 12], ["大写：壹拾贰万元整", 12], marked={1: TOTAL, 2: NOTE}) == []
