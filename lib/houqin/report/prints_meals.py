"""就餐人数汇总表: grade by meal; 清真 and 过敏 as counts, never as names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.report.counts import MealTotal, meal_totals
from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame
from houqin.report.records import counted_records, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

MEALS = "就餐人数汇总表"
POSTS = ("年级主任", "食堂负责人", "后勤主任", "分管副校长")
COLUMNS = (
    FormColumn("年级", 12, CENTRED),
    FormColumn("班级数", 9, NUMBER, total=True),
    FormColumn("班级人数", 10, NUMBER, total=True),
    FormColumn("早餐", 9, NUMBER, total=True),
    FormColumn("午餐", 9, NUMBER, total=True),
    FormColumn("晚餐", 9, NUMBER, total=True),
    FormColumn("不就餐", 9, NUMBER, total=True),
    FormColumn("清真", 8, NUMBER, total=True),
    FormColumn("过敏", 8, NUMBER, total=True),
    FormColumn("其他忌口", 9, NUMBER, total=True),
)
KINDS = (("清真", re.compile("清真|民族|回族")), ("过敏", re.compile("过敏")))
OTHER = "其他"
NOTHING = re.compile(r"^(无|没有|否|0|-|—|/)?$")
PART = re.compile(r"[、，,;；/\n]|\s+")
COUNT = re.compile(r"\d+")


def write_meals(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the meals by grade; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare(landscape=True)
    if "meal_registration" not in ledgers:
        frame.missing(MEALS, [forms.by_id["meal_registration"].title])
        return "缺资料"
    totals = meal_totals(ledgers, school, forms)
    special = _special(ledgers, forms)
    rows = [_row(total, special) for total in totals]
    top = frame.head(MEALS, unit="人")
    placed = frame.table(top, COLUMNS, rows, total="合计", height=28)
    row = frame.sign(placed.next_row, POSTS)
    waiting = {r.text("class"): "" for r in read_records(ledgers, "meal_registration", forms) if r.pending}
    missing = [name for total in totals for name in total.missing if name not in waiting]
    if missing:
        row = frame.note(row, f"注：{'、'.join(missing)} 没有报送，未计入。")
    if waiting:
        row = frame.note(row, f"注：{'、'.join(waiting)} 两份登记不一致，待定，未计入。")
    frame.note(row, "特殊饮食按登记的人数统计，没有写人数的一处按 1 人；名单由班主任直接告知食堂。")
    return f"{len(rows)} 个年级"


def _row(total: MealTotal, special: Mapping[tuple[str, str], int]) -> list[CellValue]:
    counted = [total.sums[field] for field in ("enrolled", "breakfast", "lunch", "dinner", "not_eat")]
    kinds = [sum(special.get((str(row), kind), 0) for row in total.rows) or None for kind in ("清真", "过敏", OTHER)]
    return [total.grade or "未写年级", total.classes, *counted, *kinds]


def _special(ledgers: Mapping[str, Ledger], forms: Forms) -> dict[tuple[str, str], int]:
    """Count special meals by row of the ledger and kind."""
    found: dict[tuple[str, str], int] = {}
    for record in counted_records(ledgers, "meal_registration", forms):
        for kind, count in count_special(record.text("special")).items():
            found[str(record.index), kind] = count
    return found


def count_special(text: str) -> dict[str, int]:
    """Count 清真 and 过敏 in what a class wrote: a number where there is one, else the names in brackets, else one.

    >>> count_special("清真2人，过敏1人")
    {'清真': 2, '过敏': 1}
    >>> count_special("花生过敏（甲、乙）")
    {'过敏': 2}
    """
    counts: dict[str, int] = {}
    closed = re.sub(
        r"[（(]([^）)]*)[）)]", lambda m: f"#{len(PART.split(m[1]))}" if not COUNT.search(m[1]) else m[1], text
    )
    for part in PART.split(closed):
        if NOTHING.match(part.strip()):
            continue
        kind = next((name for name, pattern in KINDS if pattern.search(part)), OTHER)
        number = COUNT.search(part)
        counts[kind] = counts.get(kind, 0) + (int(number[0]) if number else 1)
    return counts
