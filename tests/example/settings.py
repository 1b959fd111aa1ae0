"""Write 学校设置.xlsx and school.toml: one content, each key explained in both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from goods import STANDARDS
from people import classes

from houqin.report.settings_book import write_settings_book
from houqin.school.keys import SECTIONS, Section

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.workbook import CellValue

Line = dict[str, object]
POSTS = {"校长": "校长", "分管副校长": "分管副校长", "后勤主任": "后勤服务中心主任", "财务": "报账员", "保管员": "仓库保管员",
         "经办人": "经办人", "验收人": "验收人", "发放人": "发放人", "年级主任": "级部主任", "食堂负责人": "食堂管理员"}  # fmt: skip
ALIASES = {"笤帚": "扫帚", "扫把": "扫帚", "A4纸": "A4复印纸", "撮子": "簸箕"}
CONVERSIONS = [("A4复印纸", "箱", 8, "包"), ("粉笔", "箱", 50, "盒"), ("垃圾袋", "箱", 60, "卷")]
FEES = (("作业本费", "代收代付", 46), ("伙食费", "食堂", None), ("校服费", "代收代付", None))
PRICES = {"夏装": Decimal(75), "春秋装": Decimal(95), "冬装": Decimal(145)}


def content() -> dict[str, list[Line]]:
    """Give the rows of every section, by the ids of houqin.school.keys."""
    return {
        "basics": [{"name": "示例中学", "system": "五四制", "school_year": "2025-2026", "semester": "第一学期",
                    "term_start": date(2025, 9, 1), "term_end": date(2026, 1, 30), "example": "是"}],
        "classes": [{"grade": c.grade, "number": c.number, "pupils": c.pupils, "teacher": c.teacher,
                     "building": c.building, "floor": c.floor, "room": c.room} for c in classes()],
        "posts": [{"post": post, "title": title} for post, title in POSTS.items()],
        "standards": [dict(zip(("name", "spec", "uom", "per", "quantity", "minimum", "price", "budget_item"), row,
                               strict=True)) for row in STANDARDS],
        "goods_aliases": [{"alias": alias, "name": name} for alias, name in ALIASES.items()],
        "conversions": [dict(zip(("name", "unit", "factor", "base"), row, strict=True)) for row in CONVERSIONS],
        "uniform_prices": [{"style": style, "price": price} for style, price in PRICES.items()],
        "thresholds": [{"spare_desks": 1, "class_size_gap": 2, "progress_gap": 10, "repair_open_days": 7,
                        "capitalise": 1000, "price_gap": 30, "split_limit": 5000, "first_page_findings": 20}],
        "tolerances": [{"form": "物资收发存汇总表", "check": "balance-amt", "tolerance": Decimal("0.05"),
                        "reason": "加权平均单价的尾差，几分钱"}],
        "read": [{"seconds": 60, "memory_mb": 1024, "file_mb": 128, "inflated_mb": 768, "archive_files": 1000,
                  "positions": 24_000_000, "compute": "是"}],
        "calendar": [{"kind": "第一学期", "first": date(2025, 9, 1), "last": date(2026, 1, 30)},
                     {"kind": "第二学期", "first": date(2026, 3, 2), "last": date(2026, 7, 10)},
                     {"kind": "放假", "first": date(2025, 10, 30), "last": date(2025, 10, 31), "name": "校运会"}],
        "inventory": [{"cost_method": "移动加权平均", "accounting": "购入即列支"}],
        "notices": [{"when": "失败时"}],
        "accounting": [{"mode": "集中记账", "consolidation": "年末并账", "centre": "示例区教育会计核算中心",
                        "fund_base": 850}],
        "fee_items": [{"item": item, "treatment": treatment, "standard": standard, "refund": "多退少补"}
                      for item, treatment, standard in FEES],
        "publicity": [{"phone": "12345", "days": 7, "place": "校门口公示栏", "canteen_kind": "自营",
                       "balance_limit": 2}],
    }  # fmt: skip


def write_settings_workbook(path: Path) -> None:
    """Write the workbook as `houqin init` writes it, filled in."""
    rows = {
        section: [{name: _cell(value) for name, value in line.items()} for line in lines]
        for section, lines in content().items()
    }
    write_settings_book(path, rows, example=True)


def _cell(value: object) -> CellValue:
    return value.isoformat() if isinstance(value, date) else cast("CellValue", value)


def write_settings_toml(path: Path) -> None:
    """Write the same as TOML, a comment above or beside each key."""
    lines = ["# 示例中学的设置，与《学校设置.xlsx》内容相同；两份都在时以工作簿为准。", ""]
    for section in SECTIONS:
        lines.append(f"# {section.title}：{section.help}")
        writer = {"record": _record_toml, "table": _table_toml, "pairs": _pairs_toml}[section.shape]
        lines += [*writer(section, content()[section.id]), ""]
    # A TOML table swallows every key below it, hence arrays are written as array tables at the end of their section.
    path.write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _record_toml(section: Section, rows: list[Line]) -> list[str]:
    lines = [f"[{section.id}]"]
    for key in section.keys:
        if key.id not in rows[0]:
            lines += [f"# {key.title}：{key.help}", f"# {key.id} ="]
            continue
        value = True if rows[0][key.id] == "是" else rows[0][key.id]
        lines += [f"# {key.title}：{key.help}", f"{key.id} = {_toml(value)}"]
    return lines


def _table_toml(section: Section, rows: list[Line]) -> list[str]:
    lines = [f"# {key.id}（{key.title}）：{key.help}" for key in section.keys]
    for row in rows:
        lines.append(f"[[{section.id}]]")
        lines += [f"{name} = {_toml(value)}" for name, value in row.items() if value is not None]
    return lines


def _pairs_toml(section: Section, rows: list[Line]) -> list[str]:
    first, second = section.keys
    lines = [
        f"# 等号左边：{first.title}，{first.help}",
        f"# 等号右边：{second.title}，{second.help}",
        f"[{section.id}]",
    ]
    return lines + [f'"{row[first.id]}" = {_toml(row[second.id])}' for row in rows]


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal | date):
        return str(value)
    return f'"{value}"'
