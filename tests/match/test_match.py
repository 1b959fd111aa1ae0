"""Which form a table is, and which column is which field."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import SCHOOL, forms_of, raw_of

from houqin.forms import Field, Form, Layout, load_forms
from houqin.match import match_table
from houqin.match.assign import best_assignment
from houqin.model import Note

FORMS = load_forms()


def _fields(headers: list[str], row: list[object], forms: object = FORMS) -> dict[str, str | None]:
    match, _ = match_table(raw_of(headers, [row, row]), forms, None)  # type: ignore[arg-type]
    return {column.column.header: column.field for column in match.columns}


def test_quantities_and_amounts_under_one_word_are_told_apart_by_the_path() -> None:
    """期末结存 alone is a quantity, 期末结存/金额 an amount."""
    headers = [
        "物品名称",
        "单位",
        "期初结存/数量",
        "期初结存/金额（元）",
        "本期入库",
        "本期出库",
        "期末结存/数量",
        "期末结存/金额",
    ]
    assert list(_fields(headers, ["粉笔", "盒", 1, 1, 1, 1, 1, 1]).values()) == [
        "name", "uom", "open_qty", "open_amt", "in_qty", "out_qty", "close_qty", "close_amt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("规 格\n型号", "spec"),
        ("＊资产名称", "asset_name"),
        ("帐面原值", "cost"),
        ("單價（元）", "price"),
        ("3.存放地点（必填）", "place"),
    ],
)
def test_a_header_is_known_in_every_dress(header: str, field: str) -> None:
    """Blanks, line breaks, stars, traditional characters, 帐, units and survey numbers say nothing."""
    headers = [header, "资产编号", "累计折旧", "折旧年限", "使用状况"]
    if field != "asset_name":
        headers.append("资产名称")
    assert _fields(headers, ["x", "1", 1, 1, "在用", "桌"])["".join(header.split())] == field


def test_a_file_of_another_form_is_unknown_and_says_so() -> None:
    """Never forced: a duty roster is no form of the office; the message names file, sheet, range and headers."""
    match, findings = match_table(raw_of(["周次", "周一", "周二"], [[1, "甲", "乙"]]), FORMS, None)
    assert (match.form, match.rivals) == (None, ())
    assert [f.line for f in findings] == [
        "提醒｜《表.xlsx》“Sheet1”A1：没有认出 A1:C2 这张表是哪种表单（表头：周次、周一、周二），暂未计入。"
    ]


def test_a_table_that_is_nearly_a_form_is_a_question_with_what_to_do() -> None:
    """A stock list without its closing column stays out of all totals: that is more than a hint."""
    headers = ["品名", "单位", "期初数量", "入库数量", "出库数量", "天气"]
    match, (finding,) = match_table(raw_of(headers, [["粉笔", "盒", 1, 1, 1, "甲"]]), FORMS, None)
    assert match.form is None
    assert finding.level.title == "请确认"
    assert "最像“物资收发存汇总表”，但没有“期末结存/数量”列。如果就是这种表，请补上这一列" in finding.message


@pytest.mark.parametrize(
    "headers",
    [
        "班级 语文 数学 英语 总分",
        "班级 男生 女生 合计",
        "序号 班级 姓名 性别 身份证号 家长电话",
    ],
)
def test_a_form_that_we_have_not_is_not_taken_for_one_that_we_have(headers: str) -> None:
    """It shares columns with ours; that is not enough."""
    names = headers.split()
    match, findings = match_table(raw_of(names, [[1] * len(names)] * 3), FORMS, None)
    assert (match.form, [f.code for f in findings]) == (None, ["unknown-table"])


def _rivals() -> object:
    shared = (Field("day", "日期", "date"), Field("name", "物品名称"), Field("qty", "数量", "quantity", 3))
    return forms_of(
        Form("received", "入库登记表", "", (*shared, Field("supplier", "供货商")), (Layout("list"),),
             required=("name", "qty"), distinctive=("supplier",)),
        Form("issued", "领用登记表", "", (*shared, Field("receiver", "领用人")), (Layout("list"),),
             required=("name", "qty"), distinctive=("receiver",)),
    )  # fmt: skip


def test_two_forms_that_fit_alike_are_a_question_that_names_what_would_tell() -> None:
    """The tool does not choose for the clerk; the file's name does not count."""
    match, findings = match_table(raw_of(["日期", "物品名称", "数量"], [["9.1", "粉笔", 1]]), _rivals(), None)  # type: ignore[arg-type]
    assert (match.form, match.rivals) == (None, ("issued", "received"))
    assert findings[0].line == (
        "请确认｜《表.xlsx》“Sheet1”A1：A1:C2 这张表既像“领用登记表”又像“入库登记表”"
        "（没有“领用人”列，也没有“供货商”列），不敢替您判断，暂未计入。请选择是哪一种，下次会记住。"
    )


def test_a_table_of_names_that_any_form_has_is_a_question_too() -> None:
    """With a date, goods and a quantity it may be what was bought as well as what was handed out."""
    match, findings = match_table(
        raw_of(["日期", "物品名称", "规格", "单位", "数量", "备注"], [["9.1", "粉笔", "白", "盒", 1, None]]),
        FORMS,
        None,
    )
    assert (match.form, match.rivals, [f.code for f in findings]) == (
        None,
        ("stock_in", "stock_issue"),
        ["form-tie"],
    )


def test_one_telling_column_ends_a_tie() -> None:
    """With 领用人 there is no doubt."""
    match, findings = match_table(
        raw_of(["日期", "物品名称", "数量", "领用人"], [["9.1", "粉笔", 1, "甲"]]), _rivals(), None
    )  # type: ignore[arg-type]
    assert (match.form, findings) == ("issued", [])


BALANCE = ["物品名称", "单位", "期初数量", "入库数量", "出库数量", "结存数量"]


def test_two_columns_for_one_field_are_asked_about_and_neither_is_taken() -> None:
    """Which 出库数量 counts is the clerk's to say."""
    match, findings = match_table(raw_of([*BALANCE, "出库数量"], [["粉笔", "盒", 1, 1, 1, 1, 2]]), FORMS, None)
    assert match.form == "stock_balance"
    assert match.column_of("out_qty") is None
    assert [(f.code, f.level, f.field) for f in findings] == [("two-columns", "question", "out_qty")]


def test_an_empty_second_column_is_no_rival() -> None:
    """A header repeated above nothing claims nothing."""
    match, findings = match_table(raw_of([*BALANCE, "出库数量"], [["粉笔", "盒", 1, 1, 1, 1, None]]), FORMS, None)
    assert (match.column_of("out_qty") is not None, findings) == (True, [])


def test_two_remarks_are_no_question() -> None:
    """The first is the remark, the second is kept."""
    match, findings = match_table(
        raw_of([*BALANCE, "备注", "备注"], [["粉笔", "盒", 1, 1, 1, 1, "a", "b"]]), FORMS, None
    )
    assert ([c.role for c in match.columns[-2:]], findings) == (["field", "extra"], [])


def test_a_likeness_is_taken_for_words_and_only_asked_about_for_numbers() -> None:
    """物品规格型号 is the spec; 最低库存量 may be the minimum, but a number is never taken on a guess."""
    match, findings = match_table(
        raw_of([*BALANCE, "物品规格型号", "最低库存限"], [["粉笔", "盒", 1, 1, 1, 1, "白", 5]]), FORMS, None
    )
    assert match.column_of("spec") is not None
    assert match.column_of("min_qty") is None
    assert sorted((f.code, f.level, f.field) for f in findings) == [
        ("near-column", "info", "spec"),
        ("near-column", "question", "min_qty"),
    ]


@pytest.mark.parametrize(
    ("headers", "row", "fields"),
    [
        (["经济科目", "科目名称"], ["30201", "办公费"], ["code", "subject"]),
        (["经济科目"], ["办公费"], ["subject"]),
        (["经济科目"], ["30201 办公费"], ["subject"]),
    ],
)
def test_a_name_of_two_fields_goes_to_the_one_that_its_cells_suit(
    headers: list[str], row: list[object], fields: list[str]
) -> None:
    """经济科目 holds the code where the name stands beside it, else the name: the budget needs a name."""
    found = _fields([*headers, "全年预算数", "累计支出", "余额", "执行率"], [*row, 100, 50, 50, "50%"])
    assert list(found.values())[: len(fields)] == fields


def test_a_stock_list_with_one_price_has_the_price_of_what_is_there() -> None:
    """The plainest stock list has one 单价 and one 金额: they are of the stock, as its last columns say."""
    headers = ["品名", "单位", "上期结余", "本期购入", "本期发出", "现存", "单价（元）", "金额"]
    assert list(_fields(headers, ["粉笔", "盒", 1, 1, 1, 1, 3.5, 3.5]).values())[2:] == [
        "open_qty", "in_qty", "out_qty", "close_qty", "close_price", "close_amt",
    ]  # fmt: skip


def test_columns_that_no_field_takes_are_extra() -> None:
    """They are kept with the records."""
    match, findings = match_table(raw_of([*BALANCE, "颜色"], [["粉笔", "盒", 1, 1, 1, 1, "白"]]), FORMS, None)
    assert (match.columns[-1].role, match.columns[-1].field, findings) == ("extra", None, [])


def test_goods_across_and_classes_down_are_a_matrix() -> None:
    """Known goods speak for it; unknown words with numbers below belong to the axis too."""
    raw = raw_of(["序号", "班级", "扫帚", "拖把", "彩旗", "班主任签字", "合计"], [[1, "七(1)班", 1, 2, 3, None, 6]])
    match, findings = match_table(raw, FORMS, None)
    assert (match.form, match.layout) == ("stock_issue", "matrix")
    assert [c.role for c in match.columns] == ["field", "axis", "value", "value", "value", "field", "extra"]
    assert findings == []


def test_the_title_may_speak_for_a_matrix_of_unknown_goods() -> None:
    """Of 彩旗 and 气球 nobody knows, but the title says that they are handed out."""
    raw = raw_of(["班级", "彩旗", "气球"], [["七(1)班", 1, 2]], notes=[Note("title", "运动会物品发放表", 1, 1)])
    assert match_table(raw, FORMS, None)[0].layout == "matrix"
    assert match_table(raw_of(["班级", "彩旗", "气球"], [["七(1)班", 1, 2]]), FORMS, None)[0].form is None


def test_a_note_above_the_table_or_the_sheets_name_gives_a_field_without_a_column() -> None:
    """The grade of a sheet a grade; a column beats them."""
    headers = ["班级", "班级人数", "早餐", "午餐", "晚餐", "不就餐人数"]
    match, _ = match_table(raw_of(headers, [["1班", 45, 1, 44, 1, 1]], sheet="七年级"), FORMS, SCHOOL)
    assert match.context["grade"].text == "七年级"
    match, _ = match_table(
        raw_of(["年级", *headers], [["七年级", "1班", 45, 1, 44, 1, 1]], sheet="七年级"), FORMS, SCHOOL
    )
    assert "grade" not in match.context


def test_a_one_class_file_may_name_its_class_in_title_sheet_or_file_name() -> None:
    """The form says where to look, and in which order; a name that speaks of no class gives none."""
    headers = ["姓名", "性别", "身高", "夏装尺码", "夏装套数"]
    row = ["甲", "男", 165, "165", 1]
    titled = raw_of(headers, [row], notes=[Note("title", "七年级(3)班校服征订表", 1, 1)])
    assert match_table(titled, FORMS, SCHOOL)[0].context["class"].label == "@title"
    named = replace(raw_of(headers, [row]), path="校服/七5班校服.xlsx")
    assert match_table(named, FORMS, SCHOOL)[0].context["class"].text == "七5班校服"
    assert "class" not in match_table(raw_of(headers, [row]), FORMS, SCHOOL)[0].context


def test_the_sheets_unit_holds_for_its_amounts() -> None:
    """单位：万元 above a table speaks of the amounts; a header's own unit beats it."""
    raw = raw_of(
        ["科目编码", "科目名称", "全年预算数", "累计支出（元）", "执行率"], [["30201", "办公费", 1, 1, 1]], unit="万元"
    )
    match, _ = match_table(raw, FORMS, None)
    assert [c.unit for c in match.columns] == [None, None, "万元", "元", None]


def test_the_best_assignment_is_of_all_columns_together() -> None:
    """The first column gives way where that makes the whole better."""
    assert best_assignment({(0, 7): 1.0, (0, 8): 0.9, (1, 7): 0.95}) == {0: 8, 1: 7}
    assert best_assignment({(0, 1): 0.6, (1, 1): 0.9}) == {1: 1}
    assert best_assignment({}) == {}


def test_a_field_that_waits_for_an_answer_is_known_to_wait() -> None:
    """A column like 调整数 is asked about: checks about it must not take it for nothing."""
    headers = ["科目编码", "科目名称", "年初预算数", "调整数(万)元)", "全年预算数", "累计支出", "可用余额"]
    match, findings = match_table(raw_of(headers, [["30201", "办公费", 60, 5, 65, 40, 25]]), FORMS, None)
    assert (match.form, [f.code for f in findings]) == ("budget_execution", ["near-column"])
    assert match.waiting == {"adjust"}
