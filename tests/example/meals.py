"""Who eats at school: one workbook with a sheet a grade, its (1) copy with one other value, and a true copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper import Formula, Paper, write_xlsx
from people import Room, classes
from truth import As, Truth, a1, canonical, write_row

if TYPE_CHECKING:
    import random
    from pathlib import Path

FILE = "就餐登记.xlsx"
OTHER = "就餐登记(1).xlsx"
COPY = "就餐登记 - 副本.xlsx"
LOCK = "~$就餐登记.xlsx"
COLUMNS = {
    "seq": 1, "class": 2, "teacher": 3, "enrolled": 4, "boarders": 5, "day_pupils": 6, "breakfast": 7, "lunch": 8,
    "dinner": 9, "not_eat": 10, "special": 11, "sign": 12, "remark": 13,
}  # fmt: skip
COUNTS = ("enrolled", "boarders", "day_pupils", "breakfast", "lunch", "dinner", "not_eat")
BLANK_NOT_EAT = ("六年级(5)班", "九年级(4)班")
OVER = "九年级(4)班"  # lunch beyond the class
CHANGED = "七年级(2)班"  # dinner differs in the (1) copy
FAR = "八年级(3)班"  # enrolled far from the roll
COUNTED = {"六年级(1)班": 1, "七年级(5)班": -1, "九年级(1)班": 2}


def write_meals(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the workbook, both copies and the lock file that Excel left."""
    rows = {room.name: _counts(room, rng) for room in classes()}
    _write(folder / FILE, truth, rows)
    (folder / COPY).write_bytes((folder / FILE).read_bytes())
    changed = {**rows, CHANGED: {**rows[CHANGED], "dinner": rows[CHANGED]["dinner"] + 2}}
    _write(folder / OTHER, truth, changed)
    (folder / LOCK).write_bytes(b"\x05admin" + b"\x00" * 48 + b"a\x00d\x00m\x00i\x00n\x00" + b" \x00" * 50)
    truth.file(COPY, "skipped", f"same as {FILE}")
    truth.file(LOCK, "skipped", "lock file")


def _counts(room: Room, rng: random.Random) -> dict[str, int]:
    enrolled = room.pupils + COUNTED.get(room.name, 0) + (4 if room.name == FAR else 0)
    boarders = rng.randint(8, 16)
    not_eat = rng.choice((0, 1, 1, 2, 3))
    lunch = enrolled - not_eat
    if room.name in BLANK_NOT_EAT:
        not_eat = 0
        lunch = enrolled - 2
    if room.name == FAR:
        not_eat, lunch = 5, enrolled - 5
    if room.name == OVER:
        lunch = enrolled + 3
    breakfast = boarders + rng.randint(0, 4)
    dinner = boarders + rng.randint(1, 8)
    return {"enrolled": enrolled, "boarders": boarders, "day_pupils": enrolled - boarders, "breakfast": breakfast,
            "lunch": lunch, "dinner": dinner, "not_eat": not_eat}  # fmt: skip


def _write(path: Path, truth: Truth, rows: dict[str, dict[str, int]]) -> None:
    papers = []
    for grade in dict.fromkeys(room.grade for room in classes()):
        paper = Paper(grade)
        _head(paper, grade)
        rooms = [room for room in classes() if room.grade == grade]
        for row, room in enumerate(rooms, 5):
            _class_row(paper, truth, (path.name, row), room, rows[room.name])
        last = 4 + len(rooms)
        _total(paper, last + 1, {name: sum(rows[room.name][name] for room in rooms) for name in COUNTS})
        paper.merge((last + 2, 1, last + 2, 13), "备注栏请注明清真、过敏学生人数；不就餐的由班主任说明去向。", "foot")
        paper.merge(
            (last + 3, 1, last + 3, 13), f"级部主任：            填表人：{rooms[0].teacher}      食堂管理员：", "foot"
        )
        truth.table(
            "meal_registration", (path.name, grade), [3, 4], [5, last + 1], layout="list", total_rows=[last + 1]
        )
        truth.changed(path.name, paper)
        papers.append(paper)
    truth.file(path.name, "read")
    write_xlsx(path, *papers)


def _head(paper: Paper, grade: str) -> None:
    paper.merge((1, 1, 1, 13), f"示例中学2025-2026学年第一学期{grade}就餐人数登记表", "title")
    paper.merge((2, 1, 2, 7), f"年级：{grade}（级部盖章）", "info")
    paper.merge((2, 8, 2, 13), "填报日期：2025年9月3日   单位：人", "right")
    for column, word in ((1, "序号"), (2, "班级"), (3, "班主任"), (4, "班级\n人数"), (5, "住校生"), (6, "走读生"),
                         (10, "不就餐\n人数"), (11, "清真/过敏"), (12, "班主任签字"), (13, "备  注")):  # fmt: skip
        paper.merge((3, column, 4, column), word)
    paper.merge((3, 7, 3, 9), "就餐人数")
    paper.line(4, ["早餐", "午餐", "晚餐"], "head", 7)
    paper.widths = {1: 5, 2: 10, 3: 10, **dict.fromkeys(range(4, 11), 8), 11: 10, 12: 11, 13: 14}
    paper.heights = {1: 30}


def _class_row(paper: Paper, truth: Truth, place: tuple[str, int], room: Room, counts: dict[str, int]) -> None:
    file, row = place
    values: dict[str, object] = {"seq": room.number, "class": As(f"{room.number}班", room.name), "teacher": room.teacher,
                                 **counts}  # fmt: skip
    if room.name in BLANK_NOT_EAT:
        values["not_eat"] = None
    if room.name == "六年级(3)班":
        values["special"] = "清真2人"
    if room.name == "八年级(2)班":
        values["remark"] = "1人海鲜过敏"
    if room.name == "七年级(1)班":
        values["lunch"] = As(f" {counts['lunch']} 人", canonical(counts["lunch"]))
    clean, cells = write_row(paper, row, COLUMNS, values)
    clean["grade"] = room.grade
    truth.record("meal_registration", (file, room.grade, row), clean, **cells)
    cell = {name: a1(row, COLUMNS[name]) for name in COLUMNS}
    if room.name == OVER:
        truth.defect("over-limit", "error", (file, room.grade, cell["lunch"]), expected="", why="午餐人数比班级人数多")
    if file != FILE and room.name == CHANGED:
        truth.defect("conflicting-copies", "question", (file, room.grade, cell["dinner"]), key=room.name,
                     expected=str(counts["dinner"] - 2), why="两份就餐登记只有这一格不同")  # fmt: skip
    if file == FILE and room.name == FAR:
        truth.defect("class-size-mismatch", "question", (file, room.grade, cell["enrolled"]), key=room.name,
                     expected=str(room.pupils), why="就餐登记的班级人数比名册多 4 人")  # fmt: skip


def _total(paper: Paper, row: int, sums: dict[str, int]) -> None:
    paper.merge((row, 1, row, 3), "年级合计", "total")
    for name in COUNTS:
        column = COLUMNS[name]
        letter = a1(5, column)[:-1]
        paper.put(row, column, Formula(f"=SUM({letter}5:{letter}{row - 1})", sums[name]), "total")
    paper.frame(row, 13, "total")
