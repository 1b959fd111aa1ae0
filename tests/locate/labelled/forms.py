"""Further layouts: tables that touch, sizes under groups, forms of one record, parameters above, hidden rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from locate.labelled import vocabulary as words
from locate.labelled.layouts import Drawn, shortened
from locate.labelled.listing import Listing, Mix
from locate.labelled.paper import Paper, TrueTable
from locate.labelled.values import Writer

from houqin.model import RowKind

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


def touching(rng: random.Random) -> Drawn:
    """One list typed two or three times beside itself, or two lists with their own numbers; no blank column between."""
    paper, left, tables = Paper(), 1, []
    forms = [f for f in words.LISTS if f.heads[0].kind == "n"]
    form = shortened(rng.choice(forms), rng.randrange(3, 6))
    parts = [form] * rng.randrange(2, 4) if rng.random() < 0.6 else [form, shortened(rng.choice(forms), 4)]
    paper.put(1, 1, f"{words.SCHOOL}{form.title}")
    paper.merge(1, 1, 1, sum(len(part.heads) for part in parts))
    counts = sorted((rng.randrange(3, 12) for _ in parts), reverse=True)
    serial = 0
    for part, count in zip(parts, counts, strict=True):
        listing = Listing(paper, rng, part, Mix(titles=0, records=count), left)
        listing.serial = serial if part is form else 0
        tables.append(listing.write(2))
        left, serial = left + len(part.heads), serial + count
    return paper, tables


def sizes_twice(rng: random.Random) -> Drawn:
    """Classes by sizes, the same sizes under boys and under girls; now and then a third level above."""
    paper, writer = Paper(), Writer(rng)
    sizes = [float(n) for n in range(150, 150 + 5 * rng.randrange(3, 8), 5)]
    width, deep = 1 + 2 * len(sizes), rng.random() < 0.4
    paper.put(1, 1, f"{words.SCHOOL}校服尺码统计表")
    paper.merge(1, 1, 1, width)
    top = 2 + deep
    paper.put(2, 1, "班级")
    paper.merge(2, 1, top + 1, 1)
    if deep:
        paper.put(2, 2, "秋季运动服")
        paper.merge(2, 2, 2, width)
    columns = {1: "班级"}
    for at, sex in ((2, "男"), (2 + len(sizes), "女")):
        paper.put(top, at, sex)
        paper.merge(top, at, top, at + len(sizes) - 1)
        for n, size in enumerate(sizes, at):
            paper.put(top + 1, n, size)
            columns[n] = f"{'秋季运动服/' if deep else ''}{sex}/{size:g}"
    first, number = top + 2, rng.randrange(3, 14)
    rows = [[float(rng.randrange(0, 20)) for _ in range(width - 1)] for _ in range(number)]
    lines = [(writer.value("c"), row) for row in rows]
    lines.append((rng.choice(words.TOTALS), [sum(values) for values in zip(*rows, strict=True)]))
    for row, (label, values) in enumerate(lines, first):
        for column, value in enumerate([label, *values], 1):
            paper.put(row, column, value)
    last = first + number
    return paper, [TrueTable(tuple(range(2, first)), (first, last), {last: RowKind.TOTAL}, columns)]


def single_form(rng: random.Random) -> Drawn:
    """A form of one record: labels with their values beside them, line after line; no table."""
    paper = Paper()
    pairs = rng.sample(
        [
            ("姓名", "张三"), ("性别", "男"), ("班级", "七年级3班"), ("民族", "汉"), ("出生年月", "2012年3月"),
            ("籍贯", "山东"), ("学号", "070312"), ("联系电话", "13800001234"), ("职务", "班长"), ("家庭住址", "示例路12号"),
            ("报修人", "李四"), ("地点", "三楼"), ("单号", "WX001"), ("日期", "2025年9月1日"),
        ],
        rng.choice((6, 8, 12)),
    )  # fmt: skip
    paper.put(1, 1, rng.choice(("学生情况登记表", "维修派工单", "用车申请单", "资产报废申请表")))
    paper.merge(1, 1, 1, 4)
    for n, (label, value) in enumerate(pairs):
        paper.put(2 + n // 2, 1 + 2 * (n % 2), label)
        paper.put(2 + n // 2, 2 + 2 * (n % 2), value)
    row = 2 + len(pairs) // 2
    for label in ("部门意见", "领导审批")[: rng.randrange(0, 3)]:
        paper.put(row, 1, label)
        paper.merge(row, 2, row, 4)
        row += 1
    return paper, []


def parameters(rng: random.Random) -> Drawn:
    """Labels and values in cells of their own above the header, as numbers, days and words."""
    paper = Paper()
    form = rng.choice([f for f in words.LISTS if len(f.heads) >= 5])
    paper.put(1, 1, f"{words.SCHOOL}{form.title}")
    paper.merge(1, 1, 1, len(form.heads))
    given = rng.sample([("单价", "85", 85.0), ("人数", "46", 46.0), ("限额", "1200", 1200.0), ("天数", "21", 21.0)], 3)
    row = 2
    for label, _, value in given[:2]:
        paper.put(row, 1, label)
        paper.put(row, 2, value)
        row += rng.random() < 0.5 or label == given[0][0]
    row = max(place[0] for place in paper.cells) + 1
    paper.put(row, 1, "班级")
    paper.put(row, 2, "七(1)班")
    paper.put(row, 4, "班主任")
    paper.put(row, 5, "张三")
    mix = Mix(titles=0, total=rng.choice(("", "label")), records=rng.randrange(3, 12))
    table = Listing(paper, rng, form, mix, 1).write(row + 1)
    table.notes.update({"班级": "七(1)班", "班主任": "张三"} | {label: text for label, text, _ in given[:2]})
    return paper, [table]


def meals(rng: random.Random) -> Drawn:
    """Weekday matrices below one another whose header begins with the meal."""
    paper, tables, row = Paper(), [], 2
    days = rng.choice((("星期一", "星期二", "星期三", "星期四", "星期五"), ("周一", "周二", "周三", "周四", "周五")))
    paper.put(1, 1, f"{words.SCHOOL}一周食谱")
    paper.merge(1, 1, 1, 6)
    for meal in ("早餐", "午餐", "晚餐"):
        heads = (meal, *days)
        for at, label in enumerate(heads, 1):
            paper.put(row, at, label)
        top, row = row, row + 1
        for course in ("主食", "荤菜", "素菜", "汤粥")[: rng.randrange(2, 5)]:
            for at, dish in enumerate((course, *rng.choices(("馒头", "米饭", "红烧肉\n青菜", "豆浆、油条", "鸡块"), k=5)), 1):
                paper.put(row, at, dish)
            row += 1
        tables.append(TrueTable((top,), (top + 1, row - 1), {}, dict(enumerate(heads, 1))))
    return paper, tables


def on_three_rows(rng: random.Random) -> Drawn:
    """One record on three rows, typed without merges, or the middle label merged over two of them."""
    paper, writer = Paper(), Writer(rng)
    lines = (
        (("编号", "x"), ("资产名称", "N"), ("原值", "m"), ("存放地点", "w")),
        (None, ("规格型号", "s"), ("净值", "m"), ("使用人", "t")),
        (None, ("计量单位", "u"), ("数量", "i"), ("备注", "r")),
    )
    paper.put(1, 1, f"{words.SCHOOL}固定资产登记")
    for row, line in enumerate(lines, 2):
        for at, cell in enumerate(line, 1):
            paper.put(row, at, cell[0] if cell else None)
    columns = {1: "编号", **{at: "|".join(line[at - 1][0] for line in lines if line[at - 1]) for at in (2, 3, 4)}}
    number = rng.randrange(3, 10)
    for n in range(number):
        for row, line in enumerate(lines, 5 + 3 * n):
            for at, cell in enumerate(line, 1):
                paper.put(row, at, writer.value(cell[1]) if cell else None)
        paper.put(7 + 3 * n, 4, "在用")  # a record's last row is never blank at its end
    return paper, [TrueTable((2, 3, 4), (5, 4 + 3 * number), {}, columns)]


def transposed(rng: random.Random) -> Drawn:
    """Labels down the first column, a thing a column."""
    paper, writer = Paper(), Writer(rng)
    things = rng.sample(words.GOODS, rng.randrange(3, 7))
    heads = ["名称", *things]
    lines = [["规格", *(writer.value("s") for _ in things)], *([label, *(writer.value(k) for _ in things)] for label, k in
             (("单价", "m"), ("数量", "i"), ("金额", "m"), ("存放地点", "w")))]  # fmt: skip
    paper.put(1, 1, f"{words.SCHOOL}设备对照表")
    paper.merge(1, 1, 1, len(heads))
    for row, line in enumerate([heads, *lines], 2):
        for at, value in enumerate(line, 1):
            paper.put(row, at, value)
    return paper, [TrueTable((2,), (3, 2 + len(lines)), {}, dict(enumerate(heads, 1)))]


FORMS: dict[str, tuple[int, Callable[[random.Random], Drawn]]] = {
    "几张表紧挨着": (10, touching),
    "同样的尺码分男女": (8, sizes_twice),
    "一张表一条记录": (8, single_form),
    "表头上面有参数": (8, parameters),
    "餐次写在表头首格": (6, meals),
    "一条记录三行": (6, on_three_rows),
    "行列倒置": (6, transposed),
}
