"""The settings of the example school at the end of the year: those of its other example, and what a settlement needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from example.people import classes

from houqin.report.settings_book import write_settings_book

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.workbook import CellValue

Line = dict[str, object]
POSTS = {"校长": "校长", "分管副校长": "分管副校长", "后勤主任": "后勤服务中心主任", "财务": "报账员", "保管员": "仓库保管员",
         "经办人": "经办人", "验收人": "验收人", "发放人": "发放人", "年级主任": "级部主任", "食堂负责人": "食堂管理员"}  # fmt: skip
FEES = (("作业本费", "代收代付", 46), ("校服费", "代收代付", 315), ("社会实践活动费", "代收代付", 85), ("伙食费", "食堂", None))


def content() -> dict[str, list[Line]]:
    """Give the rows of every section, by the ids of houqin.school.keys."""
    return {
        "basics": [{"name": "示例中学", "system": "五四制", "school_year": "2025-2026", "semester": "第一学期", "term_start": date(2025, 9, 1),
                    "term_end": date(2026, 1, 30), "example": "是"}],
        "classes": [{"grade": c.grade, "number": c.number, "pupils": c.pupils, "teacher": c.teacher, "building": c.building, "floor": c.floor, "room": c.room} for c in classes()],
        "posts": [{"post": post, "title": title} for post, title in POSTS.items()],
        "goods_aliases": [{"alias": "A4纸", "name": "A4复印纸"}, {"alias": "粉笔", "name": "白色粉笔"}],
        "thresholds": [{"class_size_gap": 2, "progress_gap": 10, "capitalise": 1000, "price_gap": 30, "split_limit": 5000, "first_page_findings": 20}],
        "calendar": [
            {"kind": "第一学期", "first": date(2024, 9, 2), "last": date(2025, 1, 17), "name": "上学年第一学期"},
            {"kind": "第二学期", "first": date(2025, 2, 17), "last": date(2025, 7, 4), "name": "上学年第二学期"},
            {"kind": "放假", "first": date(2025, 10, 30), "last": date(2025, 10, 31), "name": "校运会"},
        ],
        "inventory": [{"cost_method": "移动加权平均", "accounting": "存货核算"}],
        "accounting": [{"mode": "集中记账", "consolidation": "年末并账", "centre": "示例区教育会计核算中心"}],
        "fee_items": [{"item": item, "treatment": treatment, "standard": standard, "refund": "多退少补"} for item, treatment, standard in FEES],
        "publicity": [{"phone": "12345", "days": 7, "place": "校门口公示栏", "canteen_kind": "自营"}],
        "notices": [{"when": "失败时"}],
    }  # fmt: skip


def write_settings(path: Path, *, last_year: bool = False) -> None:
    """Write 学校设置.xlsx as `houqin init` writes it, filled in; `last_year` of the school year before."""
    given = content()
    if last_year:
        given["basics"][0] |= {"school_year": "2024-2025", "term_start": date(2024, 9, 2), "term_end": date(2025, 1, 17)}
        given["calendar"] = []
    rows = {
        section: [{name: _cell(value) for name, value in line.items()} for line in lines]
        for section, lines in given.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    write_settings_book(path, rows, example=True)


def _cell(value: object) -> CellValue:
    return value.isoformat() if isinstance(value, date) else cast("CellValue", value)
