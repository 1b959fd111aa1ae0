"""A semester's end as plain workbooks: fees, uniforms, purchases, the meal's price, a survey, a stocktake."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from report.posts.canteen_month import CLASSES, sheet

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = "2026-01-28"
PUPILS = 6


def pupils() -> list[tuple[str, str, str]]:
    """Give class, an invented name and the sex of each pupil."""
    return [
        (c.name, f"学生{n}{'甲乙丙丁戊己'[k]}", "男女"[k % 2]) for n, c in enumerate(CLASSES, 1) for k in range(PUPILS)
    ]


def write_semester(inbox: Path, *, tests: bool = True) -> None:
    """Write the workbooks of the semester's end."""
    _fees(inbox)
    heads = "班级 姓名 学号 性别 身高 体重 夏装尺码 夏装套数 春秋装尺码 春秋装套数 金额 是否自愿订购".split()  # noqa: SIM905  (words)
    rows = [
        [c, name, f"2025{n:04}", sex, 160, 50, "165", 1, "170", 1, 170, "是"] if n % 6 else
        [c, name, f"2025{n:04}", sex, 160, 50, None, 0, None, 0, 0, "否"]
        for n, (c, name, sex) in enumerate(pupils())
    ]  # fmt: skip
    sheet(inbox, "校服征订.xlsx", "校服", [["校服征订登记表"], heads, *rows])
    if tests:
        heads = "批次 款式 供货单位 送检方 检验机构 报告编号 报告日期 结论".split()  # noqa: SIM905  (words)
        day = date(2025, 10, 8)
        rows = [["2025秋", style, "示例服装厂", party, "示例纤维检验所", f"SJ-{style}-{party}", day, "合格"]
                for style in ("夏装", "春秋装") for party in ("企业", "学校")]  # fmt: skip
        sheet(inbox, "校服送检.xlsx", "送检", [["校服送检登记表"], heads, *rows])
    heads = "入库日期 入库单号 物品名称 规格型号 单位 数量 单价 金额 供应商 发票号码 验收人".split()  # noqa: SIM905  (words)
    rows = [
        [date(2025, 9, 3), "RK-001", "A4复印纸", "70g", "包", 100, 21, 2100, "示例文具店", "01234567", "甲某"],
        [date(2025, 11, 3), "RK-007", "A4复印纸", "70g", "包", 50, 22, 1100, "示例文具店", "01234580", "甲某"],
        [date(2025, 9, 3), "RK-001", "粉笔", None, "盒", 60, "3.5", 210, "示例文具店", "01234567", "甲某"],
        [date(2025, 8, 3), "RK-000", "拖把", None, "把", 10, 12, 120, "示例百货", "01234500", "甲某"],
    ]
    sheet(inbox, "入库登记.xlsx", "入库", [["物资入库登记表"], heads, *rows])
    sheet(inbox, "餐标.xlsx", "餐标", [["餐标成本测算表"], ["成本项目", "每餐成本", "核定餐标"], ["食材", "4.2", "6.5"],
                                       ["人工", "1.5", None], ["水电燃气", "0.8", None]])  # fmt: skip
    heads = "班级 题目 发放 回收 非常满意 满意 基本满意 不满意".split()  # noqa: SIM905  (words)
    rows = [[c.name, question, 45, 44, 20, 14, 8, 2] for c in CLASSES for question in ("饭菜质量", "卫生状况")]
    sheet(inbox, "满意度.xlsx", "满意度", [["食堂满意度测评汇总表"], heads, *rows])
    _stocktake(inbox)


def _fees(inbox: Path) -> None:
    heads = "班级 姓名 就餐类型 餐标 计划餐数 预收金额 实际就餐餐数 应收金额 应退金额 应补金额 退费方式".split()  # noqa: SIM905  (words)
    rows: list[list[object]] = []
    for n, (c, name, _) in enumerate(pupils()):
        eaten = 100 - n % 4
        gap = 650 - eaten * 6.5
        refund = (gap, None, "原路退回") if gap else (None, None, None)
        rows.append([c, name, "午餐", "6.5", 100, 650, eaten, eaten * 6.5, *refund])
    sheet(inbox, "餐费.xlsx", "餐费", [["餐费收退费表"], heads, *rows])
    heads = "收费项目 年级 收费标准 收取人数 收取金额 支出金额 结余金额 人均应退 退费金额 收费依据".split()  # noqa: SIM905  (words)
    rows = [["作业本费", "六年级", "9.2", 90, 828, "790.2", "37.8", "0.42", "37.8", "示例文〔2025〕1号"],
            ["作业本费", "七年级", "9.2", 90, 828, 792, 36, "0.4", 20, "示例文〔2025〕1号"],
            ["校车费", None, 200, 30, 6000, 6000, 0, 0, 0, "示例文〔2025〕2号"]]  # fmt: skip
    sheet(inbox, "代收费.xlsx", "代收费", [["代收费结算表"], heads, *rows])


def _stocktake(inbox: Path) -> None:
    heads = [
        "资产编号",
        "资产分类",
        "资产名称",
        "规格型号",
        "单位",
        "账面数量",
        "账面原值",
        "清查数量",
        "盘盈数量",
        "盘亏数量",
        "盘点结果",
        "存放地点",
        "差异原因",
        "处理意见",
    ]
    rows = [
        ["ZC0001", "通用设备", "台式计算机", "i5", "台", 1, 4200, 1, 0, 0, "相符", "微机室", None, None],
        ["ZC0002", "通用设备", "打印机", "M104", "台", 1, 1500, 0, 0, 1, "盘亏", "文印室", "外借未还", "追回"],
        ["ZC0003", "家具", "学生课桌", "单人", "张", 200, 36000, 198, 0, 2, "盘亏", "库房", "报废未下账", "补办手续"],
        [None, "家具", "文件柜", None, "个", 0, 0, 1, 1, 0, "盘盈", "档案室", "捐赠未入账", "补登"],
    ]
    title = [["固定资产清查盘点表"], ["清查基准日：2025年12月31日"]]
    sheet(inbox, "资产盘点.xlsx", "盘点", [*title, heads, *rows])
    heads = "资产编号 资产名称 规格型号 单位 数量 账面原值 累计折旧 账面净值 取得日期 使用状况 存放地点".split()  # noqa: SIM905  (words)
    rows = [["ZC0001", "台式计算机", "i5", "台", 1, 4200, 1400, 2800, date(2023, 9, 1), "在用", "微机室"],
            ["ZC0002", "打印机", "M104", "台", 1, 1500, 300, 1200, date(2024, 9, 1), "在用", "文印室"],
            ["ZC0003", "学生课桌", "单人", "张", 200, 36000, 7200, 28800, date(2024, 9, 1), "在用", "库房"],
            ["ZC0009", "投影仪", "X1", "台", 1, 5000, 1000, 4000, date(2024, 9, 1), "在用", "会议室"]]  # fmt: skip
    sheet(inbox, "固定资产台账.xlsx", "台账", [["固定资产台账"], heads, *rows])
