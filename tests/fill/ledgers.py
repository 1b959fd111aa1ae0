"""Ledgers for forms, made by the ordinary flow from small tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.forms import load_forms
from houqin.model import SourceFile, grid_of
from houqin.pipeline import process_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Ledger
    from houqin.school import School


def ledgers_of(school: School, *tables: Sequence[Sequence[object]]) -> Mapping[str, Ledger]:
    """Take tables, each with its title row, through the flow."""
    files = [
        SourceFile(f"表{number}.xlsx", "0" * 64, "read", grids=(grid_of([list(row) for row in table]),))
        for number, table in enumerate(tables, 1)
    ]
    return process_files(files, load_forms(), school, "2025-12-31").ledgers


def stocktake(rows: int) -> list[list[object]]:
    """Give a stocktake of some goods, one of which is named like a formula."""
    head = ["序号", "物品名称", "规格型号", "单位", "单价", "账面数量", "实盘数量", "差异原因", "盘点日期"]
    body = [[n, f"物品{n:03}" if n > 1 else "=1+1", "大", "个", 2.35 + n, 10 + n, 10 + n - n % 2,
             "破损" if n % 2 else None, "2025-12-31"] for n in range(1, rows + 1)]  # fmt: skip
    return [["库存物资盘点表", *[None] * 8], head, *body]


CANTEEN: list[list[object]] = [
    ["示例中学食堂收支公示表（2025年10月）", None, None],
    ["项目", "本月金额", "本年累计"],
    ["学生伙食费收入", 186160.0, 560000.5],
    ["教师餐费", 3250.0, 9000.0],
    ["财政补助", 12000.0, 36000.0],
    ["原材料成本", 150000.25, 450000.0],
    ["人工成本", 30000.0, 90000.0],
    ["水电气", 8000.0, 24000.0],
    ["垃圾清运费", 500.0, 1500.0],
]
