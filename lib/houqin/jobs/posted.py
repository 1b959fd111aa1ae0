"""The key figures of a workbook with postings, as notebooks and run.json show them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.figures import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.posts.overview import Key


def figures_of(case: PostCase, keys: Sequence[Key]) -> tuple[Figure, ...]:
    """Give the figures of a workbook, without a value where their source is missing, and how much may be posted."""
    figures = [
        Figure(key.id, key.title, value, key.unit, key.kind, "未见材料" if value is None else key.note, "")
        for key in keys
        for value in (case.amount(key.id),)
    ]
    held = [each.sheet for each in case.posted if each.reasons]
    if case.posted:
        note = f"暂不可公示：{'、'.join(held)}" if held else "都可以公示"
        count = Decimal(len(case.posted) - len(held))
        figures.append(Figure("posted", "可以公示的表", count, "张", "count", f"共 {len(case.posted)} 张，{note}", ""))
    return tuple(figures)
