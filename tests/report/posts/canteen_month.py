"""A month of a canteen as plain workbooks, right in every figure, and the result of the real pipeline over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl

from houqin.forms import load_forms
from houqin.pipeline import Result, run_pipeline
from houqin.school import School, SchoolClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

AS_OF = "2025-12-08"
MONTH = "2025-11"
PUBLICITY = {
    "phone": "0000-0000000", "days": 7, "place": "校门口公示栏", "canteen_kind": "自营", "balance_limit": Decimal(2),
}  # fmt: skip
CLASSES = tuple(SchoolClass(f"{grade}({n})班", grade, n, 45) for grade in ("六年级", "七年级") for n in (1, 2))
# The statement that a school posted for November 2025 (domain.md 6.4); the items of the year so far are made up
# such that its posted results, -7455.39 and -1.06 %, follow.
VECTOR: tuple[tuple[str, object, object], ...] = (
    ("一、伙食费收入", "218003.72", "703338.68"),
    ("二、伙食费支出", "162886.52", "523794.07"),
    ("1菜品", 78000, 260000), ("2米/油", "31000.52", "90000.07"), ("3调味品", 6000, 18000),
    ("4其他物料", 2886, 9794), ("5燃气", 9000, 30000), ("6水电", 4000, 20000), ("7工资", 32000, 96000),
    ("三、税金及附加", None, None),
    ("四、管理费用", "62179.5", "187000"),
    ("1办公费", 500, 1500), ("2工资", 40000, 120000), ("3社保", 15000, 45000), ("4维修", "3679.5", 11500),
    ("5折旧", 2000, 6000), ("6其他", 1000, 3000),
    ("五、财务费用", 0, 0), ("1利息收入", 0, 0), ("2手续费", 0, 0),
    ("六、营业利润", "-7062.3", "-7455.39"),
    ("八、净利润", "-7062.3", "-7455.39"),
    ("九、营业利润率", "-3.24%", "-1.06%"),
)  # fmt: skip


def school(folder: Path, **changes: object) -> School:
    """Give a school of four classes with the settings of 公示."""
    known = School(
        folder=folder, name="示例中学", system="five_four", school_year="2025-2026", semester=1,
        term_start="2025-09-01", term_end="2026-01-30", classes=CLASSES, posts={"校长": "校长"},
        uniform_prices={"夏装": Decimal(75), "春秋装": Decimal(95)}, publicity=PUBLICITY, is_example=True,
    )  # fmt: skip
    return replace(known, **changes)  # type: ignore[arg-type]


def sheet(folder: Path, name: str, tab: str, rows: Sequence[Sequence[object]]) -> None:
    """Write one workbook of one sheet; decimal texts become numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = tab
    for row in rows:
        page.append([_number(value) for value in row])
    book.save(folder / name)


def _number(value: object) -> object:
    if isinstance(value, str) and value.lstrip("-").replace(".", "", 1).isdigit() and "." in value:
        return float(value)
    return float(value) if isinstance(value, Decimal) else value


def days() -> list[date]:
    """Give the school days of the month."""
    first = date(2025, 11, 1)
    return [day for n in range(30) if (day := first + timedelta(n)).weekday() < 5]


def journal_rows() -> list[Sequence[object]]:
    """Give a journal of the year from January on, its balance right on every line."""
    entries: list[tuple[str, str, object, object]] = [
        ("2025-01-06", "收学生餐费", 20000, None), ("2025-01-10", "付蔬菜款", None, "9000.50"),
        ("2025-10-09", "收学生餐费", 180000, None), ("2025-10-20", "付猪肉款", None, 96000),
        ("2025-10-28", "付厨师工资", None, 32000), ("2025-11-03", "收六、七年级餐费", 150000, None),
        ("2025-11-04", "收教职工伙食费", "8000.25", None), ("2025-11-05", "付蔬菜款", None, "41000.25"),
        ("2025-11-05", "付猪肉款", None, 30000), ("2025-11-06", "购大米、花生油", None, 24000),
        ("2025-11-07", "购酱油、食盐", None, "1800.10"), ("2025-11-10", "购餐具、洗洁精", None, 2200),
        ("2025-11-12", "付燃气费", None, 7000), ("2025-11-13", "付10月水电费", None, 5200),
        ("2025-11-20", "付厨师工资", None, 33000), ("2025-11-20", "付食堂管理人员工资", None, 6000),
        ("2025-11-21", "付社保", None, 4100), ("2025-11-24", "消毒柜维修", None, 860),
        ("2025-11-25", "退转学生餐费", None, 390), ("2025-11-28", "存款利息", "36.40", None),
        ("2025-11-28", "付账户手续费", None, 15), ("2025-11-28", "收财政补助", 3000, None),
    ]  # fmt: skip
    balance = Decimal(50000)
    rows: list[Sequence[object]] = [["2025年食堂日记账"], ["单位：元"],
                                    ["日期", "凭证号", "摘要", "收入", "支出", "余额", "经手人"]]  # fmt: skip
    for number, (day, summary, income, expense) in enumerate(entries, 1):
        balance += Decimal(str(income or 0)) - Decimal(str(expense or 0))
        rows.append([date.fromisoformat(day), f"记-{number:03}", summary, income, expense, balance, "甲某"])
    return rows


def write_month(inbox: Path, *, statement: bool = False) -> None:
    """Write the workbooks of the month: journal (or the posted statement), food, receipts, meals, records."""
    if statement:
        rows = [["食堂经营情况公示表"], ["2025年11月"], ["项目", "本月金额", "本年累计金额"], *VECTOR]
        sheet(inbox, "食堂公示表11月.xlsx", "11月", rows)
    else:
        sheet(inbox, "食堂日记账.xlsx", "日记账", journal_rows())
    sheet(inbox, "食材收发存11月.xlsx", "11月", food_rows())
    sheet(inbox, "食材采购验收台账.xlsx", "11月", receipt_rows())
    heads = [["每日就餐人数统计表"], ["2025年11月"], ["日期", "班级", "早餐", "午餐", "晚餐"]]
    rows = [[day, c.name, 10, 40 - c.number, 12] for day in days() for c in CLASSES]
    sheet(inbox, "每日就餐.xlsx", "11月", [*heads, *rows])
    sheet(inbox, "餐标.xlsx", "餐标", [["餐标成本测算表"], ["成本项目", "每餐成本", "核定餐标"],
                                       ["食材", "21.0", "32.5"],
                                       ["人工", "7.5", None], ["水电燃气", "4.0", None]])  # fmt: skip
    sheet(inbox, "陪餐记录.xlsx", "11月", [["陪餐记录表"], ["日期", "餐次", "陪餐人", "职务", "饭菜质量", "卫生状况"],
          *[[day, "午餐", "乙某", "副校长", "良", "优"] for day in days() if day.day != 14]])  # fmt: skip
    sheet(inbox, "留样记录.xlsx", "11月", [["食品留样记录表"],
          ["日期", "餐次", "食品名称", "留样量(g)", "留样时间", "留样人", "处理时间", "处理人"],
          *[[day, "午餐", dish, 130, f"{day} 11:30", "丙某", f"{day + timedelta(3)} 12:00", "丁某"]
            for day in days() for dish in ("土豆炖肉", "炒青菜")]])  # fmt: skip
    sheet(inbox, "日管控记录.xlsx", "11月", [["每日食品安全检查记录"],
          ["检查日期", "检查事项", "检查情况", "存在主要问题", "处置结果", "检查人"],
          *[[day, "从业人员晨检", "是", None, None, "戊某"] for day in days() if day.day != 20]])  # fmt: skip


def food_rows() -> list[Sequence[object]]:
    """Give a stock of food that balances in quantity and amount."""
    goods = [("米面油", "大米", "公斤", 200, 5, 1500, 1400), ("米面油", "花生油", "公斤", 60, 15, 1100, 1050),
             ("肉禽蛋", "猪肉", "公斤", 20, 24, 1250, 1262), ("蔬菜", "土豆", "公斤", 80, 3, 4000, 3990),
             ("蔬菜", "白菜", "公斤", 50, 2, 6000, 6035)]  # fmt: skip
    rows: list[Sequence[object]] = [
        ["食堂食材收发存盘点表"], ["2025年11月　单位：元"],
        ["类别", "食材名称", "单位", "期初数量", "期初金额", "入库数量", "入库金额", "出库数量", "出库金额",
         "期末数量", "期末金额"],
    ]  # fmt: skip
    for kind, name, unit, opening, price, taken_in, out in goods:
        close = opening + taken_in - out
        rows.append([kind, name, unit, opening, opening * price, taken_in, taken_in * price, out, out * price, close,
                     close * price])  # fmt: skip
    return rows


def receipt_rows() -> list[Sequence[object]]:
    """Give the receipts of the same goods, from two suppliers at two prices."""
    bought: Mapping[str, tuple[int, int, str]] = {
        "大米": (1500, 5, "示例粮油店"), "花生油": (1100, 15, "示例粮油店"), "猪肉": (1250, 24, "示例肉铺"),
        "土豆": (4000, 3, "示例菜行"), "白菜": (6000, 2, "示例菜行"),
    }  # fmt: skip
    rows: list[Sequence[object]] = [
        ["食材采购验收台账"],
        ["进货日期", "食品名称", "规格", "单位", "数量", "单价", "金额", "供货者", "索证索票", "验收人1", "验收人2"],
    ]
    for name, (quantity, price, supplier) in bought.items():
        half = quantity // 2
        for day, part, more in ((4, half, "0.2"), (18, quantity - half, "-0.2")):
            each = Decimal(price) + Decimal(more)
            money = (each, each * part)
            rows.append([date(2025, 11, day), name, None, "公斤", part, *money, supplier, "齐全", "甲某", "乙某"])
    return rows


def result(folder: Path, **changes: object) -> tuple[Result, School]:
    """Run the pipeline over a school folder's inbox."""
    own = school(folder, **changes)
    return run_pipeline(folder / "收件箱", load_forms(), own, AS_OF), own
