"""Desks and chairs of each class and of the store room, counted by the class teachers."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from paper import Paper, write_xlsx
from people import STAFF, Room, classes
from truth import As, Truth, a1, canonical, write_row

if TYPE_CHECKING:
    from pathlib import Path

FILE = "各班桌凳统计.xlsx"
SHEET = "桌凳统计"
COLUMNS = {
    "seq": 1, "grade": 2, "class": 3, "teacher": 4, "pupils": 5, "desk_have": 6, "chair_have": 7, "desk_ok": 8,
    "chair_ok": 9, "desk_bad": 10, "chair_bad": 11, "desk_extra": 12, "chair_extra": 13, "desk_lack": 14,
    "chair_lack": 15, "sign": 16, "remark": 17,
}  # fmt: skip
COUNTS = [name for name in COLUMNS if name.startswith(("desk", "chair", "pupils"))]
SPARE = 1
STORE = {"desk_have": 11, "chair_have": 12, "desk_ok": 5, "chair_ok": 6, "desk_bad": 6, "chair_bad": 6}
# Usable desks and chairs beyond class size + 1, by class in the settings' order: what makes the moves worth a look.
GAPS = ((3, 3), (-2, -2), (0, 0), (-3, -4), (1, 1), (0, 0), (-2, -2), (4, 4), (0, 0), (-1, -1), (2, 1), (0, 0),
        (-4, -4), (0, 0), (2, 2), (-3, -3), (0, 0), (-2, -1))  # fmt: skip
# Pupils counted in class against the roll: within the limit of 2.
COUNTED = {"六年级(2)班": 1, "七年级(5)班": -1, "八年级(2)班": 1, "九年级(3)班": -2}
BOTH = "七年级(4)班"  # 多余 and 缺少 both filled


def totals() -> dict[str, int]:
    """Give the sums over classes and store room, for the asset register."""
    rows = [*_rows(random.Random(1)).values(), STORE]  # noqa: S311
    return {name: sum(row.get(name, 0) for row in rows) for name in ("desk_have", "chair_have")}


def _rows(rng: random.Random) -> dict[str, dict[str, int]]:
    """Work out each class: what it needs, what is usable, what is broken, what is over or short."""
    found = {}
    for room, (desk_gap, chair_gap) in zip(classes(), GAPS, strict=True):
        pupils = room.pupils + COUNTED.get(room.name, 0)
        row = {"pupils": pupils}
        for thing, gap in (("desk", desk_gap), ("chair", chair_gap)):
            bad = rng.choice((0, 0, 1, 2))
            row[f"{thing}_ok"] = pupils + SPARE + gap
            row[f"{thing}_bad"] = bad
            row[f"{thing}_have"] = row[f"{thing}_ok"] + bad
            row[f"{thing}_extra"] = max(0, gap)
            row[f"{thing}_lack"] = max(0, -gap)
        found[room.name] = row
    return found


def write_desks(folder: Path, truth: Truth, _: random.Random) -> None:
    """Write the one sheet: merged grades, subtotals a grade, the store room, a grand total."""
    paper = Paper(SHEET, landscape=True)
    _head(paper)
    rows = _rows(random.Random(1))  # noqa: S311
    row, number, totals_at = 5, 1, []
    whole = dict.fromkeys(COUNTS, 0)
    for grade in dict.fromkeys(room.grade for room in classes()):
        first, part = row, dict.fromkeys(COUNTS, 0)
        for room in (r for r in classes() if r.grade == grade):
            _class_row(paper, truth, row, room, number, rows[room.name])
            typed = rows[room.name]
            for name in COUNTS:
                part[name] += typed.get(name, 0)
            row, number = row + 1, number + 1
        paper.merge((first, 2, row - 1, 2), grade, "body")
        for each in range(first, row):
            paper.frame(each, 17)
        _total(paper, row, "年级小计", part)
        totals_at.append(row)
        row += 1
        whole = {name: whole[name] + part[name] for name in COUNTS}
    clean, cells = write_row(paper, row, COLUMNS, {"seq": number, "class": "库房", **STORE, "remark": "实验楼一层"})
    truth.record("desks", (FILE, SHEET, row), clean, **cells)
    row += 1
    _total(paper, row, "合计", {name: whole[name] + STORE.get(name, 0) for name in COUNTS})
    paper.merge((row + 1, 1, row + 1, 17), "说明：应有数按班额加1套备用计算；“多余”“缺少”按完好数填写。", "foot")
    paper.merge((row + 2, 1, row + 2, 17), f"统计人：{STAFF['制表']}      后勤主任：          2025年9月4日", "foot")
    truth.table("desks", (FILE, SHEET), [3, 4], [5, row], layout="list", total_rows=[*totals_at, row])
    truth.changed(FILE, paper)
    truth.file(FILE, "read")
    # A second sheet that the office never used, as every new workbook of old had it.
    write_xlsx(folder / FILE, paper, Paper("Sheet3"))


def _head(paper: Paper) -> None:
    paper.merge((1, 1, 1, 17), "示例中学各班桌凳数量统计表", "title")
    paper.merge((2, 1, 2, 10), "填报单位：后勤服务中心        统计时间：2025年9月4日", "info")
    paper.merge((2, 11, 2, 17), "单位：张、把", "right")
    for column, word in (
        (1, "序号"),
        (2, "年级"),
        (3, "班级"),
        (4, "班主任"),
        (5, "班额"),
        (16, "班主任\n签字"),
        (17, "备注"),
    ):
        paper.merge((3, column, 4, column), word)
    for column, word in ((6, "现有"), (8, "完好"), (10, "损坏"), (12, "多余"), (14, "缺少")):
        paper.merge((3, column, 3, column + 1), word)
        paper.line(4, ["课桌", "凳子"], "head", column)
    paper.widths = {1: 5, 2: 9, 3: 13, 4: 9, **dict.fromkeys(range(5, 16), 6.5), 16: 10, 17: 16}
    paper.heights = {1: 30}


def _class_row(paper: Paper, truth: Truth, row: int, room: Room, number: int, counts: dict[str, int]) -> None:
    values: dict[str, object] = {"seq": number, "class": f"{room.number}班", "teacher": room.teacher, **counts}
    for name in ("desk_bad", "chair_bad", "desk_extra", "chair_extra", "desk_lack", "chair_lack"):
        values[name] = counts[name] or None
    values["class"] = As(values["class"], room.name)
    style = {}
    if room.name == "七年级(3)班":
        # Excel makes 3 July of 7-3 that a clerk types.
        values["class"], style = As(date(2025, 7, 3), room.name), {"class": "month-day"}
    if room.name == "六年级(5)班":
        values["pupils"] = As(f"{counts['pupils']}人", canonical(counts["pupils"]))
    if room.name == "八年级(1)班":
        values["desk_bad"] = values["chair_bad"] = As("—", "0") if not counts["desk_bad"] else counts["desk_bad"]
    if room.name == BOTH:
        counts |= {"desk_extra": 2, "desk_lack": 2}
        values |= {"desk_extra": 2, "desk_lack": 2}
        truth.defect("both-filled", "error", (FILE, SHEET, a1(row, COLUMNS["desk_lack"])), expected="",
                     why="同一个班课桌既多余又缺少")  # fmt: skip
    clean, cells = write_row(paper, row, COLUMNS, values, style)
    # The grade stands in the first row of its merge, a row for each class before this one above.
    clean["grade"], cells["grade"] = room.grade, a1(row - room.number + 1, COLUMNS["grade"])
    truth.record("desks", (FILE, SHEET, row), clean, **cells)


def _total(paper: Paper, row: int, label: str, sums: dict[str, int]) -> None:
    paper.merge((row, 1, row, 4), label, "total")
    for name in COUNTS:
        paper.put(row, COLUMNS[name], sums[name], "total")
    paper.frame(row, 17, "total")
