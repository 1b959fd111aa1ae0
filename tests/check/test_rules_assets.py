"""Rules over cards of fixed assets: codes of three generations, vague names, results of a count in words."""

from __future__ import annotations

import pytest
from check.tables import make_form, make_table

from houqin.check import check_table
from houqin.forms import Check

FIELDS = {
    "asset_no": "资产编号/code", "class_code": "分类代码/code", "asset_name": "资产名称",
     "book_qty": "账面数量/quantity",
    "real_qty": "清查数量/quantity", "pl_type": "盘点结果",
}  # fmt: skip
CODE = Check(
    id="code", code="bad-code", level="question", cell="class_code", use="asset-code", message="{found} {why}",
    args={"code": "class_code", "name": "asset_name", "families": {"A02": ["空调", "电脑桌上机"], "A05": ["电脑桌",
     "柜"]}},
)  # fmt: skip


def told(check: Check, columns: str, rows: list[list[object]]) -> list[tuple[str | None, str]]:
    """Judge rows by one rule; give cell and message."""
    form = make_form(FIELDS, (check,), key=("asset_no",))
    found = check_table(make_table(form, columns, rows), form, None)
    return [(f.place.cell if f.place else None, f.message) for f in found]


def test_codes_of_all_three_editions_are_codes() -> None:
    """1994 six digits, 2010 seven, 2022 a letter and eight; exports cut zeros off the end."""
    rows = [["025203", "教学楼"], ["2010104", "台式机"], ["A02010105", "台式机"], ["A0201", "台式机"], [None, "绳"]]
    assert told(CODE, "class_code asset_name", rows) == []


@pytest.mark.parametrize("code", ["20101", "A2010105X", "B02010105", "A020101055", "无"])
def test_what_no_edition_has_is_asked_about(code: str) -> None:
    """A digit too many or too few sends the card into another class."""
    ((cell, message),) = told(CODE, "class_code asset_name", [[code, "台式机"]])
    assert (cell, message) == ("A4", f"{code} 不像分类代码（应为 6 位、7 位数字，或 A 加 8 位数字）")


@pytest.mark.parametrize("code", ["A05010202", "6010202"])
def test_a_name_of_another_family_than_its_code_is_asked_about(code: str) -> None:
    """空调 booked as furniture; a 电脑桌 is furniture for all that it says 电脑."""
    found = told(CODE, "class_code asset_name", [[code, "空调机"], [code, "电脑桌"]])
    assert found == [("A4", f"{code} 是 A05 类，看名称应是 A02 类")]


def test_a_name_that_says_too_little_is_asked_about() -> None:
    """电脑 may be on or under the desk; 台式电脑 says which."""
    check = Check(id="vague", code="vague-name", level="question", cell="asset_name", use="vague-name",
                  args={"field": "asset_name", "words": ["电脑", "柜子"]}, message="{found}")  # fmt: skip
    assert told(check, "asset_name", [["电脑"], ["台式电脑"], ["柜 子"]]) == [("A4", "电脑"), ("A6", "柜 子")]


RESULT = Check(
    id="result", code="stocktake-mismatch", level="error", cell="pl_type", use="stocktake-word",
    args={"word": "pl_type", "book": "book_qty", "real": "real_qty"}, message="应为{expected}，填的是{found}",
)  # fmt: skip


def test_a_result_in_words_goes_with_its_numbers() -> None:
    """What stands elsewhere is there; what was not counted is 未盘; a word that nobody knows is told elsewhere."""
    rows = [[1, 1, "相符"], [1, 1, "位置不符"], [1, 0, "盘亏"], [None, 1, "盘盈"], [1, None, "未盘"], [1, 1, "好"]]
    assert told(RESULT, "book_qty real_qty pl_type", rows) == []


def test_a_result_that_its_numbers_contradict_is_an_error() -> None:
    """相符 with nothing found, 盘亏 with one too many, 相符 without a count."""
    rows = [[1, 0, "相符"], [1, 2, "盘亏"], [1, None, "相符"]]
    assert told(RESULT, "book_qty real_qty pl_type", rows) == [
        ("C4", "应为盘亏，填的是相符"), ("C5", "应为盘盈，填的是盘亏"), ("C6", "应为未盘，填的是相符"),
    ]  # fmt: skip
