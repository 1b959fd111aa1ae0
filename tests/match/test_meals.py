"""The canteen's forms are found under many headers, and take no neighbour's table."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import raw_of

from houqin.forms import load_forms
from houqin.match import match_table
from houqin.model import Note

FORMS = load_forms()


def _form(headers: str, row: list[object], title: str | None = None, sheet: str = "Sheet1") -> str | None:
    raw = raw_of(headers.split(), [row, row, row], sheet=sheet)
    if title:
        raw = replace(raw, notes=(Note("title", title, 1, 1),))
    return match_table(raw, FORMS, None)[0].form


@pytest.mark.parametrize(
    ("form", "headers", "row", "title"),
    [
        ("meal_daily", "日期 星期 班级 应到 实到 早 午 晚 请假", ["10.9", "四", "七(1)班", 44, 42, 10, 42, 9, 2], None),
        ("meal_daily", "就餐日期 班级 应到人数 实到人数 就餐人数", ["10.9", "七(1)班", 44, 42, 42], "报餐统计"),
        ("meal_daily", "班级 1日 2日 3日 合计", ["七(1)班", 42, 41, 40, 123], "10月午餐就餐人数"),
        ("meal_daily", "班级 10.8 10.9 10.10", ["七(1)班", 42, 41, 40], "各班用餐人数统计"),
        ("meal_fee", "姓名 单价 预收 实际天数 应收 退款", ["甲", 6.5, 780, 100, 650, 130], "退餐费明细"),
        ("meal_fee", "班级 预交餐费 实际就餐次数 实际餐费 应退 应补", ["七(1)班", 780, 100, 650, 130, None], None),
        ("meal_price", "成本项目 月用量 单价 月金额 每餐成本 占比", ["大米", 100, 2, 200, 1.3, 20], None),
        ("meal_price", "项目 每餐成本 备注", ["大米", 1.3, None], "午餐餐标测算"),
        (
            "food_receipt",
            "日期 食材 数量 单价 金额 保质期 供应商 验收人",
            ["10.9", "大米", 1, 2, 2, "1年", "甲", "乙"],
            None,
        ),
        (
            "food_receipt",
            "日期 品名 单位 数量 单价 金额 供货商 验收人",
            ["10.9", "猪肉", "斤", 1, 2, 2, "甲", "乙"],
            None,
        ),
        (
            "food_receipt",
            "日期 品名 单位 数量 单价 金额 经手人",
            ["9.1", "粉笔", "盒", 3, 2, 6, "周某"],
            "食材入库登记表",
        ),
        ("food_stock", "品名 单位 上月结存 本月购进 本月领用 本月结存", ["大米", "斤", 1, 3, 2, 2], None),
        ("food_stock", "品名 单位 期初 入库 出库 结存", ["洗洁精", "瓶", 1, 3, 2, 2], "食堂物资收发存表"),
        ("food_stock", "日期 品名 入库数量 出库数量 结存数量", ["9.1", "大米", 3, 2, 1], "食材出入库台账"),
        ("food_stock", "品名 单位 账面数量 实盘数量 盘盈 盘亏", ["面粉", "袋", 3, 2, None, 1], None),
        ("food_sample", "日期 餐次 菜品名称 留样量 留样时间 留样人", ["10.9", "午", "鱼", 125, "11:30", "甲"], None),
        ("food_sample", "日期 餐别 留样品种 克数 温度 销毁时间", ["10.9", "午", "鱼", 125, 4, "10.11"], None),
        ("meal_companion", "日期 餐次 陪餐领导 职务 饭菜质量 意见建议", ["9.1", "午", "甲", "校长", "优", None], None),
        (
            "meal_companion",
            "日期 食堂卫生状况 学生就餐秩序 食堂员工工作 家长签字",
            ["9.1", "优", "优", "优", None],
            None,
        ),
        ("canteen_journal", "日期 凭证号 摘要 收入 支出 余额", ["9.1", "1", "收学生餐费", 1, None, 1], None),
        ("canteen_journal", "日期 摘要 借方 贷方 余额", ["9.1", "购办公用品", None, 1, 1], "食堂专户日记账"),
        ("canteen_statement", "项目 本月金额 本年累计金额", ["一、伙食费收入", 1, 1], None),
        ("canteen_statement", "收支项目 金额", ["水电费", 1], "2025年9月食堂收支公示表"),
        ("food_safety_log", "序号 检查事项 检查结果 问题 处置情况", [1, "食品留样", "是", None, None], None),
        ("food_safety_log", "周次 排查时间 风险隐患 整改措施 责任人", ["1", "9.5", "食品过期", "清理", "甲"], None),
        ("staff_health", "姓名 岗位 健康证号 发证日期 有效期至", ["甲", "厨师", "J1", "2025.1.1", "2026.1.1"], None),
        ("survey", "题目 发放份数 回收份数 满意 基本满意 不满意 满意率", ["口味", 10, 10, 8, 1, 1, 90], None),
    ],
)
def test_a_form_is_known_by_its_columns_and_what_they_hold(
    form: str, headers: str, row: list[object], title: str | None
) -> None:
    """Offices name the columns in many ways; where all goods have them, foods or the title tell."""
    assert _form(headers, row, title) == form


@pytest.mark.parametrize(
    ("headers", "row", "title", "form"),
    [
        ("品名 单位 上月结存 本月购进 本月领用 本月结存", ["粉笔", "盒", 1, 3, 2, 2], None, "stock_balance"),
        ("班级 班级人数 住校生 早餐 午餐 晚餐 不就餐人数", ["七(1)班", 44, 9, 9, 42, 9, 2], None, "meal_registration"),
        ("日期 摘要 收入 支出 余额", ["9.1", "购办公用品", None, 1, 1], None, "cashbook"),
        ("日期 姓名 星期 体温 备注", ["9.1", "甲", "一", 36.5, None], "食堂晨检记录", None),
        ("班级 1日 2日 3日", ["七(1)班", 9, 8, 9], "卫生评比", None),
        ("班级 1日 2日 3日", ["七(1)班", 42, 41, 40], "学生出勤统计", None),
        ("项目 本月金额 本年累计", ["办公费", 1, 1], None, None),
        ("姓名 身份证号 健康状况 备注", ["甲", "1", "良好", None], "学生健康状况登记表", None),
        ("序号 检查事项 检查结果 问题 处置情况", [1, "灭火器压力正常", "是", None, None], "消防检查记录", None),
        ("题目 A B C D 得分", ["第1题", 10, 5, 3, 2, 90], None, None),
    ],
)
def test_a_neighbour_of_the_canteen_is_not_taken(
    headers: str, row: list[object], title: str | None, form: str | None
) -> None:
    """What is not of the canteen stays what it is, or unknown."""
    assert _form(headers, row, title) == form


@pytest.mark.parametrize(
    ("title", "sheet", "field"),
    [
        ("10月午餐就餐人数统计表", "Sheet1", "lunch"),
        ("10月就餐人数统计表", "晚餐", "dinner"),
        ("10月早餐人数统计表", "Sheet1", "breakfast"),
        ("10月三餐就餐人次统计表", "Sheet1", "eat_total"),
        ("10月午餐、晚餐就餐人次统计表", "Sheet1", "eat_total"),
    ],
)
def test_the_title_or_the_sheet_says_which_meal_a_month_of_numbers_is(title: str, sheet: str, field: str) -> None:
    """The numbers alone do not; where two meals are named, they are the persons of both."""
    raw = raw_of(["班级", "1日", "2日"], [["七(1)班", 42, 41]] * 3, sheet=sheet, notes=(Note("title", title, 1, 1),))
    match, _ = match_table(raw, FORMS, None)
    assert [column.field for column in match.columns] == ["class", field, field]


def test_a_day_over_three_meals_gives_each_column_its_meal() -> None:
    """1日/早, 1日/中, 1日/晚 are three numbers of one class and day."""
    headers = ["班级", "1日/早", "1日/中", "1日/晚", "2日/早餐", "2日/午餐", "2日/晚餐"]
    raw = raw_of(headers, [["七(1)班", 1, 2, 3, 4, 5, 6]] * 3, notes=(Note("title", "10月就餐人数", 1, 1),))
    match, _ = match_table(raw, FORMS, None)
    assert [column.field for column in match.columns] == ["class", *["breakfast", "lunch", "dinner"] * 2]


@pytest.mark.parametrize(("title", "field"), [("10月午餐就餐人数统计", "lunch"), ("10月用餐人数统计", "eat_total")])
def test_days_may_stand_down_the_rows_and_classes_across(title: str, field: str) -> None:
    """The canteen keeps a line a day."""
    headers = ["日期", "七(1)", "七(2)", "八(1)", "合计"]
    raw = raw_of(headers, [["10月8日", 42, 41, 40, 123]] * 3, notes=(Note("title", title, 1, 1),))
    match, _ = match_table(raw, FORMS, None)
    assert [column.field for column in match.columns] == ["date", field, field, field, None]


def test_a_statement_may_lie_across() -> None:
    """The items under 收入 and 支出, a month a row; what people counted is no amount."""
    headers = ["月份", "就餐人数/三餐搭餐", "收入/学生伙食费", "收入/其他", "支出/原材料成本", "支出/其他", "收支两抵"]
    row = ["9月", 100, 100, 3, 80, 1, 22]
    raw = raw_of(headers, [row] * 2, notes=(Note("title", "食堂成本核算（收支结余）公示报表", 1, 1),))
    match, _ = match_table(raw, FORMS, None)
    assert (match.form, match.layout) == ("canteen_statement", "wide")
    assert [column.field for column in match.columns] == ["date", None, *["month_amt"] * 5]


@pytest.mark.parametrize(
    ("headers", "row", "title", "form"),
    [
        ("序号 食材名称 单位 计划数量 单价 金额 要求到货时间", [1, "大米", "斤", 9, 2, 18, "10.9"],
            "食堂采购计划表", None),
        ("日期 餐次 菜名 食材 每人用量(g)", ["10.9", "午餐", "红烧肉", "猪肉", 80], "带量食谱", None),
        ("日期 餐次 消毒物品 数量 消毒方式 时间 操作人", ["10.9", "午", "餐盘", 9, "蒸汽", "30", "甲"],
                                       "消毒记录", None),
        ("序号 食材名称 单位 单价 供货商", [1, "大米", "斤", 2.6, "甲"], "食材价格公示", None),
    ],
)
def test_other_papers_of_the_canteen_are_told_as_unknown(
    headers: str, row: list[object], title: str, form: str | None
) -> None:
    """Plans, menus and disinfection are no receipts, though foods stand in them."""
    assert _form(headers, row, title) == form
