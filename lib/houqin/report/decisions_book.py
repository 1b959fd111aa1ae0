"""决定登记.xlsx: what people decided, a row a decision; all cells are text, which Excel and WPS leave as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.school.decisions import COLUMNS, SHEET, DecisionKind
from houqin.workbook import HEADER, INPUT, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from houqin.school import Decision

_LINES = (
    (
        "程序按这里的决定处理以后的每一次运行：“更正”按“决定”一列的值用，“忽略”的问题不再提醒，“认列”“认表”以后直接认得；"
        "“结账”的期间（决定写 2025-2026-1）不再改动，确需更正的填“调整事项”，写明日期、经办人、说明和依据（来自）。"
    ),
    "“更正”和“忽略”只在原表那个格子的内容没有变时有效；变了会再问。要收回一条决定，删去那一行即可。",
)
_WIDTHS = {"日期": 11, "经办人": 10, "种类": 8, "文件": 26, "工作表": 14, "单元格": 9, "原值": 22, "决定": 18,
           "问题代码": 20, "说明": 30, "来自": 26}  # fmt: skip
_SPARE = 20
_KIND = list(COLUMNS).index("种类") + 1


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the register anew, in the order in which the decisions were taken; some empty rows follow for more."""
    with Workbook(path, title="决定登记") as book:
        sheet = book.sheet(SHEET, role="input", landscape=True)
        top = sheet.head("决定登记", len(COLUMNS), lines=list(_LINES))
        for column, title in enumerate(COLUMNS, 1):
            sheet.write(top, column, title, HEADER)
            sheet.width(column, _WIDTHS[title])
        style = INPUT.but(kind="text", wrap=True)
        rows = [[getattr(each, name) or None for name in COLUMNS.values()] for each in decisions]
        rows += [[None] * len(COLUMNS)] * _SPARE
        for row, values in enumerate(rows, top + 1):
            for column, value in enumerate(values, 1):
                sheet.write(row, column, value if value is None else str(value), style)
        words = tuple(kind.value for kind in DecisionKind)
        area = sheet.area(top + 1, _KIND, top + len(rows), _KIND)
        sheet.choices(area, words, f"种类只能是：{'、'.join(words)}")
        sheet.freeze(top + 1)
        sheet.page.repeat = (top, top)
