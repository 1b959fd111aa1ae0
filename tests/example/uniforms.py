"""Uniform orders: eighteen one-class files with a three-row header, as the class teachers handed them in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from paper import Paper, write_xlsx
from people import NUMERALS, Pupil, Room, classes, pupils
from settings import PRICES
from truth import As, Truth, a1, write_row

if TYPE_CHECKING:
    import random
    from pathlib import Path

COLUMNS = {
    "seq": 1, "pupil": 2, "stu_no": 3, "sex": 4, "height": 5, "weight": 6, "summer_size": 7, "summer_qty": 8,
    "autumn_size": 9, "autumn_qty": 10, "winter_size": 11, "winter_qty": 12, "amount": 13, "voluntary": 14, "sign": 15,
    "remark": 16,
}  # fmt: skip
SETS = {"summer_qty": "夏装", "autumn_qty": "春秋装", "winter_qty": "冬装"}
LETTERS = ((150, "S"), (160, "M"), (168, "L"), (175, "XL"), (182, "2XL"), (999, "3XL"))
WRONG_AMOUNT, DOUBLE, BAD_SIZE = "七年级(2)班", "八年级(1)班", "九年级(3)班"
FIRST = 7
NUMBERED, SPARE_ROWS = "七年级(5)班", 3


def write_uniforms(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write 校服/ with a file a class."""
    for file, paper in uniform_papers(truth, rng):
        write_xlsx(folder / file, paper)


def uniform_papers(truth: Truth, rng: random.Random) -> list[tuple[str, Paper]]:
    """Give the file name and the sheet of each class."""
    found = []
    for i, room in enumerate(classes()):
        # 七年级(1)班, and as other teachers name their files.
        names = (f"{room.grade}({room.number})班校服.xlsx", f"{NUMERALS[room.grade]}{room.number}班校服征订.xlsx")
        file = f"校服/{names[i % 5 == 4]}"
        found.append((file, _paper(truth, file, room, rng)))
    return found


def _paper(truth: Truth, file: str, room: Room, rng: random.Random) -> Paper:
    paper = Paper("校服", landscape=True)
    _head(paper, room)
    people = pupils(room, rng)
    if room.name == "六年级(3)班":
        people = people[:-1]
    if room.name == DOUBLE:
        people.insert(30, people[11])
    sums: dict[str, Decimal] = dict.fromkeys((*SETS, "amount"), Decimal(0))
    spelling = rng.randrange(3)
    orders: dict[str, dict[str, object]] = {}
    for number, pupil in enumerate(people, 1):
        row = FIRST - 1 + number
        order = orders.setdefault(pupil.number, _order(pupil, spelling, rng))
        order = _plant(truth, (file, paper.name, row), room, number, dict(order))
        if room.name == DOUBLE and pupil.number in [p.number for p in people[: number - 1]]:
            truth.defect("duplicate", "question", (file, paper.name, a1(row, 2)), expected="", key=pupil.name,
                         why=f"{pupil.name}在第 {FIRST + 11} 行已经登记")  # fmt: skip
        number_as = int(pupil.number) if room.name == "八年级(4)班" else pupil.number
        height: object = pupil.height if number % 17 else As(f"{pupil.height}cm", str(pupil.height))
        values = {"seq": number, "pupil": pupil.name, "stu_no": number_as, "sex": pupil.sex, "height": height,
                  "weight": pupil.weight, **order}  # fmt: skip
        clean, cells = write_row(paper, row, COLUMNS, values, {"amount": "money"})
        truth.record("uniform_order", (file, paper.name, row), {**clean, "class": room.name}, **cells)
        for name in sums:
            sums[name] += Decimal(clean[name] or 0)
    last = FIRST - 1 + len(people)
    for spare in range(SPARE_ROWS if room.name == NUMBERED else 0):
        # Numbered in advance and never filled in.
        last += 1
        paper.put(last, 1, len(people) + spare + 1)
        paper.frame(last, 16)
    _foot(paper, last + 1, len(people), sums)
    truth.table("uniform_order", (file, paper.name), [4, 5, 6], [FIRST, last + 1], layout="list", total_rows=[last + 1])
    truth.changed(file, paper)
    truth.file(file, "read")
    return paper


def _head(paper: Paper, room: Room) -> None:
    paper.merge((1, 1, 1, 16), "示例中学2025年秋季学生校服征订登记表", "title")
    label = room.name if room.number % 2 else f"{NUMERALS[room.grade]}（{room.number}）班"
    paper.merge((2, 1, 2, 8), f"班级：{label}        班主任：{room.teacher}", "info")
    paper.merge((2, 9, 2, 16), "填报日期：2025年9月5日      单位：元", "right")
    prices = "，".join(f"{style}{price}元/套" for style, price in PRICES.items())
    paper.merge((3, 1, 3, 16), f"价格：{prices}；自愿订购，不订的在“是否自愿订购”栏填“否”。", "info")
    for column, word in ((1, "序号"), (2, "姓名"), (3, "学号"), (4, "性别"), (5, "身高\n(cm)"), (6, "体重\n(kg)"), (13, "金额\n（元）"),
                         (14, "是否自\n愿订购"), (15, "家长签字"), (16, "备注")):  # fmt: skip
        paper.merge((4, column, 6, column), word)
    paper.merge((4, 7, 4, 12), "校服尺码及套数")
    for column, word in ((7, "夏装"), (9, "春秋装"), (11, "冬装")):
        paper.merge((5, column, 5, column + 1), word)
        paper.line(6, ["尺码", "套数"], "head", column)
    paper.widths = {
        1: 5,
        2: 10,
        3: 12,
        4: 5,
        5: 7,
        6: 7,
        **dict.fromkeys(range(7, 13), 9),
        13: 10,
        14: 8,
        15: 10,
        16: 12,
    }
    paper.heights = {1: 30}


def _order(pupil: Pupil, spelling: int, rng: random.Random) -> dict[str, object]:
    """Choose sizes and sets: the next size up, spelt as the parent spells."""
    if rng.random() < 0.05:
        return {"voluntary": "否", "remark": "旧校服够穿" if rng.random() < 0.3 else None}
    size = -(-pupil.height // 5) * 5
    letter = next(word for limit, word in LETTERS if size <= limit)
    sets = {"summer_qty": rng.choice((1, 2, 2)), "autumn_qty": rng.choice((1, 1, 2)), "winter_qty": 1}
    amount = sum(count * PRICES[SETS[name]] for name, count in sets.items())
    order: dict[str, object] = {**sets, "amount": amount, "voluntary": "是"}
    order["summer_size"] = _spelt(size, letter, spelling, rng)
    order["autumn_size"] = _spelt(size, letter, spelling, rng)
    order["winter_size"] = _spelt(size + 5, letter, spelling, rng)
    return order


def _spelt(size: int, letter: str, spelling: int, rng: random.Random) -> object:
    if spelling == 1 and rng.random() < 0.8:
        typed = rng.choice((letter, letter, letter.lower(), {"2XL": "XXL", "3XL": "XXXL"}.get(letter, letter)))
        return As(typed, letter)
    if spelling == 2 and rng.random() < 0.5:
        return As(f"{size}码", str(size))
    if rng.random() < 0.04:
        chest = size // 2 + 4
        return f"{size}/{chest}A"
    return rng.choice((size, As(str(size), str(size)), As(f"{size}#", str(size)), size))


def _plant(
    truth: Truth, place: tuple[str, str, int], room: Room, number: int, order: dict[str, object]
) -> dict[str, object]:
    file, sheet, row = place
    if room.name == WRONG_AMOUNT and number == 9:
        order |= {"voluntary": "是", "summer_size": 160, "autumn_size": 160, "winter_size": 165, "summer_qty": 2,
                  "autumn_qty": 1, "winter_qty": 1, "amount": Decimal(350)}  # fmt: skip
        truth.defect("amount-mismatch", "error", (file, sheet, a1(row, 13)), expected="390", why="套数乘价格是 390 元")
    if room.name == BAD_SIZE and number == 20:
        order |= {"voluntary": "是", "summer_size": As("1650", "1650"), "autumn_size": 165, "winter_size": 170, "summer_qty": 1,
                  "autumn_qty": 1, "winter_qty": 1, "amount": Decimal(315)}  # fmt: skip
        truth.defect("bad-size", "question", (file, sheet, a1(row, 7)), expected="165", why="多打了一个 0")
    return order


def _foot(paper: Paper, row: int, count: int, sums: dict[str, Decimal]) -> None:
    paper.merge((row, 1, row, 4), f"合计（{count}人）", "total")
    for name, total in sums.items():
        paper.put(row, COLUMNS[name], total, "total-money" if name == "amount" else "total")
    paper.frame(row, 16, "total")
    paper.merge(
        (row + 2, 1, row + 2, 16), "班主任签字：              家委会代表：              日期：    年   月   日", "foot"
    )
