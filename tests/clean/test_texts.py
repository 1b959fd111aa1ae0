"""Cells that hold words."""

from __future__ import annotations

import pytest
from small_tables import cleaned, column_text, form_of, match_of, raw_of

from houqin.forms import Field

STATUS = Field("status", "使用状况", "choice", values={"在用": ("使用中", "正常"), "闲置": ()})
ID = Field("id_no", "身份证号", "id-number")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (Field("spec", "规格"), "Ａ４　纸 ", "A4 纸"),
        (Field("spec", "规格"), 70, "70"),
        (Field("spec", "规格"), " ", "·"),
        (Field("name", "名称"), "笤帚", "扫帚 goods-alias"),
        (Field("no", "编号", "code"), "0012", "0012"),
        (Field("no", "编号", "code"), 13800001234, "13800001234"),
        (Field("no", "编号", "code"), 3.70303200801011e17, "370303200801011000 lost-digits!"),
        (STATUS, "使用中", "在用 listed-word"),
        (STATUS, "坏了", "坏了 not-allowed?"),
        (STATUS, "—", "· no-value"),
        (Field("sex", "性别", "sex"), "女生", "女 sex-word"),
        (Field("sex", "性别", "sex"), 1, "男 sex-code not-allowed?"),
        (Field("size", "尺码", "size"), "165#", "165 size-word"),
        (Field("size", "尺码", "size"), "xxl", "2XL size-word"),
        (Field("size", "尺码", "size"), "1650", "1650 bad-size?"),
        (Field("size", "尺码", "size"), "/", "· no-value"),
        (Field("tick", "自愿", "tick"), "√", "是 tick"),
        (ID, " 11010519491231002x", "11010519491231002X id-number"),
        (ID, "110105 19491231 002X", "11010519491231002X id-number"),
        (ID, "110105491231002", "110105491231002"),
        (ID, "110105194912310021", "110105194912310021 bad-id-number?"),
        (ID, "11010519491331002X", "11010519491331002X bad-id-number?"),
        (ID, "1101051949123100", "1101051949123100 bad-id-number?"),
        (ID, "110105194912310000", "110105194912310000 lost-digits!"),
        (ID, 1.10105194912310e17, "110105194912310000 lost-digits!"),
        (ID, "无", "· no-value"),
        (Field("tick", "自愿", "tick"), None, "·"),
    ],
)
def test_words_come_in_one_spelling(field: Field, value: object, said: str) -> None:
    """NFKC alone is no change; a word that is not allowed stays as it is and is asked about."""
    assert column_text(field, [value]) == [said]


def test_a_column_of_damaged_numbers_is_one_finding() -> None:
    """Every long number of a column is damaged the same way."""
    form = form_of(Field("invoice", "发票号码", "code"))
    _, _, findings = cleaned(match_of(raw_of(["发票号码"], [[1e18], [2e18], ["25372000000123456789"]]), form), form)
    assert [(f.code, f.count, f.place and f.place.cell) for f in findings] == [("lost-digits", 2, "A2")]


@pytest.mark.parametrize(
    "field",
    [
        Field("qty", "数量", "quantity", 3),
        Field("day", "日期", "date"),
        Field("class", "班级", "class"),
        Field("size", "尺码", "size"),
        Field("tick", "自愿", "tick"),
        Field("sex", "性别", "sex"),
        Field("name", "名称"),
        STATUS,
    ],
    ids=lambda field: field.type,
)
def test_cleaning_clean_text_changes_nothing(field: Field) -> None:
    """What cleaning gave, cleaned again, is the same, without a change and without a question."""
    values = ["１２盒", "2025.9.1", "七（３）班", "165#", "√", "女生", "笤帚", "使用中", "中", "—", " a "]
    once = [said.split()[0] for said in column_text(field, values) if "!" not in said and "?" not in said]
    kept = [text for text in once if text != "·"]
    numbers = [float(text) for text in kept] if field.is_number else kept
    assert column_text(field, numbers) == kept


@pytest.mark.parametrize(
    ("field", "values", "said"),
    [
        (Field("dept", "部门"), ["教务处", "同上", "〃", "务"], ["教务处", "教务处 ditto", "教务处 ditto", "务"]),
        (Field("day", "日期", "date"), ["9月1日", " 〃 "], ["2025-09-01 year-from-term", "2025-09-01 ditto"]),
        (Field("class", "班级", "class"), ["七.3", "同上"], ["七年级(3)班 class-name", "七年级(3)班 ditto"]),
        (Field("price", "单价", "price", 4), [3.5, "同上"], ["3.5", "3.5 ditto doubtful-number?"]),
        (Field("qty", "数量", "quantity", 3), ["同上", 5], ["· bad-number!", "5"]),
    ],
)
def test_what_says_ditto_has_the_value_above(field: Field, values: list[object], said: list[str]) -> None:
    """同上 and 〃 are words for the value above: taken and recorded; a number is asked about, too."""
    assert column_text(field, values) == said


def test_the_number_of_a_pupil_is_masked_in_the_sentence() -> None:
    """The cell is named; nobody needs the whole number in a list."""
    form = form_of(ID)
    _, _, (finding,) = cleaned(match_of(raw_of(["身份证号"], [["110105194912310021"]]), form), form)
    assert "110105********0021" in finding.message
    assert "110105194912310021" not in finding.message
