"""Tables of goods, assets, desks to be moved and uniforms, under the headers that schools give them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import raw_of, records

from houqin.clean import clean_table
from houqin.forms import load_forms
from houqin.match import match_table
from houqin.model import Note

FORMS = load_forms()


def form_of(title: str | None, headers: str, row: list[object]) -> str | None:
    """Match a table of three equal rows."""
    raw = raw_of(headers.split(), [row] * 3)
    if title:
        raw = replace(raw, notes=(Note("title", title, 1, 1),))
    return match_table(raw, FORMS, None)[0].form


@pytest.mark.parametrize(
    ("form", "title", "headers", "row"),
    [
        ("stock_in", None, "购入日期 品名 规格 单位 数量 单价 总价 供货商 经手人",
         ["2025-09-01", "粉笔", "白", "盒", 10, 2, 20, "甲店", "周一"]),
        ("stock_in", "入库登记表", "日期 品名 单位 数量 单价 金额 经手人", ["9.1", "粉笔", "盒", 3, 2, 6, "周一"]),
        ("stock_in", "办公用品验收单", "日期 名称 型号 单位 验收数量 单价 合计金额 验收人", ["9.1", "粉笔", "白",
         "盒", 3, 2, 6, "周一"]),
        ("purchase_plan", "物品申购单", "物品名称 规格 单位 数量 单价 金额 用途 申购人", ["粉笔", "白", "盒", 3, 2,
         6, "教学", "周一"]),
        ("purchase_plan", None, "品名 规格 单位 库存 需求数量 拟购数量 参考单价 预计金额", ["粉笔", "白", "盒", 3, 9,
         6, 2, 12]),
        ("stocktake", "期末盘点表", "物品名称 规格 单位 账面库存 实际库存 差异", ["粉笔", "白", "盒", 3, 2, -1]),
        ("stocktake", None, "名称 单位 帐存 实存 盈亏 原因", ["粉笔", "盒", 3, 2, -1, "领用漏记"]),
        ("stocktake", "仓库物资盘点表",
         "名称 单位 帐面数/数量 帐面数/金额 实盘数/数量 实盘数/金额 盈亏/数量 盈亏/金额",
         ["粉笔", "盒", 3, 6, 2, 4, -1, -2]),
        ("asset_stocktake", None, "资产编号 资产名称 规格型号 账面数量 实盘数量 盘盈 盘亏 存放地点 使用人",
         ["ZC1", "电脑", "A", 1, 1, 0, 0, "财务室", "周一"]),
        ("asset_stocktake", "资产盘点表", "资产编号 名称 原值 存放地点 盘点结果", ["ZC1", "电脑", 4000, "财务室",
         "相符"]),
        ("asset_disposal", "固定资产报废申请表", "资产编号 资产名称 规格 数量 单价 金额 购置时间 存放地点",
         ["ZC1", "电脑", "A", 1, 4000, 4000, "2010-01-01", "财务室"]),
        ("asset_disposal", None, "资产编号 资产名称 数量 原值 购置时间 使用年限 报废原因",
         ["ZC1", "电脑", 1, 4000, "2010-01-01", 6, "老化"]),
        ("asset_change", "固定资产调拨单", "资产编号 资产名称 单位 数量 调出部门 调入部门 交接人",
         ["ZC1", "电脑", "台", 1, "教务处", "政教处", "周一"]),
        ("asset_change", "固定资产增减表", "项目 年初数 本年增加 本年减少 年末数", ["设备", 10, 2, 1, 11]),
        ("room_inventory", "示例中学物理实验室物品清单", "序号 资产名称 规格 单位 数量 资产编号 状况 责任人",
         [1, "电脑", "A", "台", 1, "ZC1", "完好", "周一"]),
        ("room_inventory", None, "房间 名称 规格 数量 责任人", ["物理实验室", "电脑", "A", 2, "周一"]),
        ("asset_register", None, "资产分类号 财产名称 型号及规格 单位 数量 单价 金额 资产编号",
         ["017302", "电脑", "A", "台", 1, 4000, 4000, "ZC1"]),
        ("uniform_size_summary", None, "班级 夏装/男/150 夏装/男/155 夏装/女/150 夏装/女/155 合计", ["七(1)班", 1, 2,
         3, 4, 10]),
        ("uniform_size_summary", "校服尺码统计表", "尺码 七(1)班 七(2)班 合计", ["150", 1, 2, 3]),
        ("uniform_size_summary", "夏季校服尺码汇总", "号型 男生 女生", ["160/84A", 1, 2]),
        ("uniform_size_summary", "尺码汇总", "性别 S M L XL 合计", ["男", 1, 2, 3, 4, 10]),
        ("uniform_size_summary", None, "班级 性别 款式 尺码 套数", ["七(1)班", "男", "夏装", "150", 3]),
        ("uniform_issue", "校服发放签收表", "班级 姓名 尺码 上衣 裤子 领取日期 签字", ["七(1)班", "甲", 165, 1, 1,
         "9.1", None]),
        ("uniform_issue", "校服发放情况统计", "班级 应发套数 实发套数 调换套数 未领套数", ["七(1)班", 45, 40, 3, 2]),
        ("uniform_test", "校服送检登记表", "批次 款式 供货单位 送检方 检验机构 报告编号 结论",
         ["2025秋", "夏装", "示例服装厂", "企业", "示例质检院", "Z1", "合格"]),
        ("uniform_order", "校服征订登记表", "姓名 性别 夏装/尺码 夏装/套数 金额 家长签字", ["甲", "男", "165", 2,
         150, None]),
        ("desk_transfer", None, "日期 调出班级 调入班级 物品 数量 经办人 签收", ["9.1", "七(1)班", "七(2)班", "课桌",
         3, "甲", None]),
        ("desk_transfer", "桌椅调整表",
         "班级 原有/课桌 原有/凳子 调出/课桌 调出/凳子 调入/课桌 调入/凳子 调整后/课桌 调整后/凳子",
         ["七(1)班", 45, 45, 1, 1, 0, 0, 44, 44]),
        ("stock_issue", "开学物品发放表", "物品名称 单位 七(1)班 七(2)班 教务处 合计", ["扫帚", "把", 4, 4, 2, 10]),
        ("asset_stocktake", "固定资产盘点表", "序号 资产名称 规格型号 单位 账面数 实盘数 盘盈 盘亏 备注",
         [1, "电脑", "A", "台", 1, 1, 0, 0, None]),
        ("stock_in", "低值易耗品入库登记表", "序号 品名 型号 数量 单价 总价 购置日期 存放地点 保管人",
         [1, "扫帚", "A", 10, 2, 20, "2025-09-01", "一号库", "周一"]),
    ],
)  # fmt: skip
def test_a_form_is_found_under_its_many_headers(form: str, title: str | None, headers: str, row: list[object]) -> None:
    """Every school has its own words; what is meant is the same."""
    assert form_of(title, headers, row) == form


@pytest.mark.parametrize(
    ("title", "headers", "row"),
    [
        ("采购清单", "品名 规格型号 单位 数量 单价 金额", ["粉笔", "白", "盒", 10, 2, 20]),
        (
            "食堂食材入库登记",
            "日期 品名 单位 数量 单价 金额 供货商 验收人",
            ["9.1", "大米", "斤", 3, 2, 6, "甲店", "周一"],
        ),
        ("物品价格表", "名称 规格 单价", ["粉笔", "白", 2]),
        ("物资出入库明细账", "日期 品名 入库数量 出库数量 结存数量", ["9.1", "粉笔", 3, 1, 2]),
    ],
)
def test_what_only_resembles_them_is_not_taken(title: str, headers: str, row: list[object]) -> None:
    """What is bought, asked for and received have the same columns; without a word for it nobody can tell."""
    assert form_of(title, headers, row) not in {"stock_in", "purchase_plan", "stocktake"}


@pytest.mark.parametrize(
    ("title", "headers", "row"),
    [
        ("成绩表", "科目 七(1)班 七(2)班", ["语文", 90, 91]),
        ("课程表", "节次 七(1)班 七(2)班", [1, "语文", "数学"]),
        ("班级人数", "班级 男 女 合计", ["七(1)班", 20, 25, 45]),
        ("卫生评比", "项目 七(1)班 七(2)班", ["地面", 9, 8]),
    ],
)
def test_classes_or_sexes_across_are_not_enough(title: str, headers: str, row: list[object]) -> None:
    """Marks and timetables have classes across as well: something of the form must stand down the side."""
    assert form_of(title, headers, row) is None


def test_the_levels_above_the_sizes_say_style_and_sex() -> None:
    """夏装/男/150 is three fields; a total below 男 is none of the sizes."""
    headers = ["班级", "夏装/男/150", "夏装/男/小计", "冬装(女)/M", "冬装(女)/L"]
    raw = raw_of(headers, [["七(1)班", 1, 1, 2, 3]])
    match, _ = match_table(raw, FORMS, None)
    assert [c.role for c in match.columns] == ["axis", "value", "extra", "value", "value"]
    table, _, _ = clean_table(match, FORMS, None)
    assert records(table, FORMS["uniform_size_summary"]) == [
        "class=七年级(1)班 style=夏装 sex=男 size=150 sets=1",
        "class=七年级(1)班 style=冬装 sex=女 size=M sets=2",
        "class=七年级(1)班 style=冬装 sex=女 size=L sets=3",
    ]


@pytest.mark.parametrize(
    ("title", "size", "sets"),
    [
        ("七年级(1)班夏季校服尺码登记表", "summer_size", "summer_qty"),
        ("冲锋衣征订登记表", "winter_size", "winter_qty"),
        ("校服征订登记表", None, None),
        ("夏装、冬装征订登记表", None, None),
    ],
)
def test_in_a_list_of_one_style_the_title_says_whose_size_it_is(title: str, size: str | None,
 sets: str | None) -> None:
    """尺码 and 套数 alone are of the style in the title; of no style, or of two, they are nobody's."""
    raw = raw_of(["序号", "姓名", "性别", "尺码", "套数", "家长签字"], [[1, "甲", "男", "165", 2, None]] * 3)
    match, _ = match_table(replace(raw, notes=(Note("title", title, 1, 1),)), FORMS, None)
    assert match.form == ("uniform_order" if size else None)
    assert [c.field for c in match.columns][3:5] == [size, sets]
