"""各校数据.parquet: a row a school with all that is known of it, for more schools than a workbook comfortably holds."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.bureau_facts import FORM_DONE, FORM_EMPTY, FORM_MISSING, FORM_NONE, FORM_ZERO
from houqin.report.parquet import DECIMAL, SCALE, TEXT, WHOLE, Column, write_parquet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.report.bureau_facts import Bureau, FigureKind, SchoolFacts

    Value = str | int | Decimal | None

_STEP = Decimal(1).scaleb(-SCALE)
_LEVELS = {"error": "必须改", "question": "请确认", "warning": "提醒", "info": "说明"}
_TEXTS = (
    "标识码", "学校", "情况", "时限", "核实", "原因和提示", "学段", "学制", "寄宿", "食堂模式", "规模", "统计日期",
)  # fmt: skip
_COUNTS = ("在校生数", "应报", "已报", "零报告", "本校无此业务", "空表", "未报", *_LEVELS.values())


def write_columns(path: Path, bureau: Bureau) -> None:
    """Write the schools in the order of the workbook; what is missing is null, amounts and shares are decimals."""
    write_parquet(path, [*_plain(bureau.schools), *(_figure(bureau, kind) for kind in bureau.figures)])


def _plain(schools: Sequence[SchoolFacts]) -> list[Column]:
    kinds = [*[TEXT] * len(_TEXTS), *[WHOLE] * len(_COUNTS), DECIMAL]
    rows = [[*_texts(each), *_counts(each), each.roster.spending if each.roster else None] for each in schools]
    return [
        Column(name, kind, [row[at] for row in rows])
        for at, (name, kind) in enumerate(zip([*_TEXTS, *_COUNTS, "基本支出中公用经费"], kinds, strict=True))
    ]


def _texts(each: SchoolFacts) -> list[Value]:
    known = [each.code, each.name, each.state, each.punctual, each.verified, each.said, *each.group]
    return [*(text or None for text in known), each.roster.counted if each.roster else None]


def _counts(each: SchoolFacts) -> list[Value]:
    forms = Counter(each.forms.values())
    states = (FORM_DONE, FORM_ZERO, FORM_NONE, FORM_EMPTY, FORM_MISSING)
    of_forms = [sum(forms.values()), *(forms[state] for state in states)] if forms else [None] * (1 + len(states))
    pupils = each.roster.pupils if each.roster else None
    return [pupils, *of_forms, *(each.levels.get(level) for level in _LEVELS)]


def _figure(bureau: Bureau, kind: FigureKind) -> Column:
    values = [each.figures.get(kind.id) for each in bureau.schools]
    # A share has more decimals than anybody reads.
    rounded = [None if value is None else value.quantize(_STEP, ROUND_HALF_UP) for value in values]
    return Column(kind.head, DECIMAL, rounded)
