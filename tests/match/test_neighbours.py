"""Tables that stand near a form of ours and are another: not forced; and names made of parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import raw_of

from houqin.forms import load_forms
from houqin.match import match_table
from houqin.model import Note

FORMS = load_forms()
CLASS_ROWS = [["七(1)班", 1, 2, 3], ["七(2)班", 4, 5, 6], ["七(3)班", 7, 8, 9]]


def _form(headers: list[str], rows: list[list[object]], title: str | None = None) -> str | None:
    raw = raw_of(headers, rows)
    if title:
        raw = replace(raw, notes=(Note("title", title, 1, 1),))
    return match_table(raw, FORMS, None)[0].form


@pytest.mark.parametrize(
    ("title", "headers", "row"),
    [
        ("库存清单", "物品名称 规格 单位 库存数量 存放地点", ["粉笔", "白", "盒", 3, "一号库"]),
        ("学生体检表", "序号 班级 姓名 性别 身高 体重 视力", [1, "七(1)班", "甲", "女", 160, 50, 5]),
        ("卫生评比表", "班级 门窗 黑板 讲台 总分", ["七(1)班", 9, 8, 9, 26]),
        ("教室设备数量", "教室 灯管 风扇 空调 门锁", ["101", 9, 4, 1, 1]),
    ],
)
def test_a_neighbour_is_not_forced(title: str, headers: str, row: list[object]) -> None:
    """A wrong form gives wrong figures in silence, an unknown table is told."""
    assert _form(headers.split(), [row, row, row], title) is None


def test_the_title_tells_what_the_columns_leave_open() -> None:
    """日期, 品名, 数量 and 经手人 stand in every goods list; a title of 领用 makes them an issue."""
    headers, row = ["日期", "品名", "单位", "数量", "经手人"], ["9.1", "粉笔", "盒", 3, "周某"]
    assert _form(headers, [row, row], "办公用品领用登记表") == "stock_issue"
    assert _form(headers, [row, row]) is None


def test_columns_of_another_form_are_no_goods() -> None:
    """现有课桌（张） has the unit of a good; a table of desks is no issue of desks to classes."""
    headers = ["班级", "现有课桌（张）", "现有椅子（把）", "缺少课桌（张）"]
    assert _form(headers, CLASS_ROWS) == "desks"  # type: ignore[arg-type]


def test_a_column_of_ticks_beside_known_devices_is_one_more_device() -> None:
    """The office checks what the form has not heard of."""
    row = ["101", "√", "×", "√"]
    match, _ = match_table(raw_of(["教室", "风扇", "空调", "热水宝"], [row, row, row]), FORMS, None)
    assert [c.role for c in match.columns] == ["axis", "value", "value", "value"]


@pytest.mark.parametrize(
    ("form", "header", "field"),
    [
        ("班级 班额 课桌 凳子", "富余/桌子", "desk_extra"),
        ("班级 班额 课桌 凳子", "需补数量/方凳", "chair_lack"),
        ("姓名 夏装/尺码 冬装/尺码", "秋季校服/号型", "autumn_size"),
        ("姓名 夏装/尺码 冬装/尺码", "冲锋衣/数量", "winter_qty"),
        ("物品名称 期初结存 结存数量", "本学期新购/金额", "in_amt"),
    ],
)
def test_a_name_of_two_parts_is_known_by_its_parts(form: str, header: str, field: str) -> None:
    """No list of aliases holds all pairs of a word for the group and one for the column."""
    headers = [*form.split(), header]
    raw = raw_of(headers, [["x", *range(len(headers) - 1)]] * 2)
    match, _ = match_table(raw, FORMS, None)
    assert match.columns[-1].field == field


def test_a_shared_leaf_under_an_unknown_parent_is_asked_about() -> None:
    """损毁情况/桌子 alone must not become the desks that a class has."""
    raw = raw_of(["班级", "班额", "暂存走廊/桌子", "完好/凳子"], [["七(1)班", 45, 3, 40]] * 3)
    match, findings = match_table(raw, FORMS, None)
    assert match.columns[2].field is None
    assert [(f.code, f.level.value) for f in findings] == [("near-column", "question")]


def test_words_in_a_date_column_do_not_take_its_name_away() -> None:
    """登记日期 above words is a date column with mistakes, each told at its cell."""
    raw = raw_of(["登记日期", "地点", "设备名称", "故障情况"], [["开学初", "101", "灯", "不亮"]] * 3)
    match, _ = match_table(raw, FORMS, None)
    assert match.columns[0].field == "report_date"


def _columns(headers: str, row: list[object]) -> dict[str, str | None]:
    match, _ = match_table(raw_of(headers.split(), [row, row, row]), FORMS, None)
    return {column.column.header: column.field for column in match.columns}


def test_a_name_that_two_fields_have_goes_to_the_other_where_the_first_has_its_own_column() -> None:
    """领用人签字 is the receiver, but beside 领用人 the signature; 编号 beside 资产编号 is the running number."""
    assert _columns("物品名称 领用数量 领用人 领用人签字", ["粉笔", 1, "甲", "甲"])["领用人签字"] == "sign"
    found = _columns("编号 资产编号 资产名称 账面原值", [1, "ZC1", "电脑", 4000])
    assert (found["编号"], found["资产编号"]) == ("seq", "asset_no")


def test_the_very_title_of_a_field_of_words_beats_its_other_names() -> None:
    """The state's asset export has 取得日期 and 投入使用日期; the date of acquisition is not lost over it."""
    row = ["ZC1", "电脑", 4000, "2020-09-01", "2020-10-01"]
    found = _columns("资产编号 资产名称 账面原值 取得日期 投入使用日期", row)
    assert (found["取得日期"], found["投入使用日期"]) == ("acquire_date", "use_date")


def test_columns_that_no_field_keeps_are_not_taken_for_one_that_is_spelt_like_them() -> None:
    """折旧方法 is no 折旧年限, 领用单号 no 领用单位; a size is never taken on a likeness."""
    assert _columns("资产编号 资产名称 账面原值 折旧方法", ["ZC1", "电脑", 4000, "直线"])["折旧方法"] is None
    assert _columns("物品名称 领用数量 领用人 领用单号", ["粉笔", 1, "甲", "L1"])["领用单号"] is None
    found = _columns("姓名 夏装/尺码 夏装/套数 冬装/尺码 尺码", ["甲", "165", 1, "165", "170"])
    assert found["尺码"] is None


def test_numbers_that_are_days_suit_a_date_column_as_dates_do() -> None:
    """20180105 under 取得日期 is a date, and 投入使用日期 beside it does not take its place for being formatted."""
    row = ["ZC1", "电脑", 4000, 20180105, "2018-02-01"]
    found = _columns("资产编号 资产名称 账面原值 取得日期 投入使用日期", row)
    assert (found["取得日期"], found["投入使用日期"]) == ("acquire_date", "use_date")
    assert _columns("资产编号 资产名称 账面原值 投入使用日期", [*row[:3], 43105])["投入使用日期"] == "use_date"
