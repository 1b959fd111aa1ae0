"""Write 学校设置.xlsx and school.toml: one content, each key explained in both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from goods import STANDARDS
from paper import Paper, write_xlsx
from people import classes

from houqin.school.keys import SECTIONS, Section

if TYPE_CHECKING:
    from pathlib import Path

Line = dict[str, object]
POSTS = {"校长": "校长", "分管副校长": "分管副校长", "后勤主任": "后勤服务中心主任", "财务": "报账员", "保管员": "仓库保管员",
         "经办人": "经办人", "验收人": "验收人", "发放人": "发放人", "年级主任": "级部主任", "食堂负责人": "食堂管理员"}  # fmt: skip
ALIASES = {"笤帚": "扫帚", "扫把": "扫帚", "A4纸": "A4复印纸", "撮子": "簸箕"}
CONVERSIONS = [("A4复印纸", "箱", 8, "包"), ("粉笔", "箱", 50, "盒"), ("垃圾袋", "箱", 60, "卷")]
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
                        "capitalise": 1000, "price_gap": 30, "first_page_findings": 20}],
    }  # fmt: skip


def write_settings_workbook(path: Path) -> None:
    """Write the workbook: 填写说明 first, then a sheet a section with a line that says what it is for."""
    rows = content()
    papers = [_guide()]
    for section in SECTIONS:
        paper = Paper(section.title)
        width = 3 if section.shape == "record" else len(section.keys)
        paper.merge((1, 1, 1, max(width, 2)), section.title, "title")
        paper.merge((2, 1, 2, max(width, 2)), section.help, "info")
        if section.shape == "record":
            _record_sheet(paper, section, rows[section.id][0])
        else:
            _table_sheet(paper, section, rows[section.id])
        paper.heights = {1: 28, 2: 20}
        papers.append(paper)
    write_xlsx(path, *papers)


def _guide() -> Paper:
    paper = Paper("填写说明")
    paper.merge((1, 1, 1, 5), "学校设置 填写说明", "title")
    paper.merge((2, 1, 2, 5), "只改各表里的内容，不改表名和表头；填错的单元格，运行时会一次全部指出来。", "info")
    paper.line(3, ["工作表", "项目", "必填", "怎样填", "school.toml 中的名称"], "head")
    row = 4
    for section in SECTIONS:
        for key in section.keys:
            must = "必填" if key.required else "可不填"
            paper.line(row, [section.title, key.title, must, key.help, f"{section.id}.{key.id}"], "wrap")
            row += 1
    paper.widths = {1: 12, 2: 20, 3: 8, 4: 60, 5: 28}
    return paper


def _record_sheet(paper: Paper, section: Section, values: Line) -> None:
    paper.line(3, ["项目", "内容", "说明"], "head")
    for row, key in enumerate(section.keys, 4):
        paper.put(row, 1, key.title, "key")
        paper.put(row, 2, values[key.id], "date" if key.kind == "date" else "body")
        paper.put(row, 3, key.help, "wrap")
    paper.widths = {1: 20, 2: 20, 3: 60}


def _table_sheet(paper: Paper, section: Section, rows: list[Line]) -> None:
    paper.line(3, [key.title for key in section.keys], "head")
    for row, values in enumerate(rows, 4):
        for column, key in enumerate(section.keys, 1):
            paper.put(row, column, values[key.id])
    paper.widths = {column: 18 if key.kind == "text" else 12 for column, key in enumerate(section.keys, 1)}


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
