"""The layouts that are no single list: stacked, side by side, crossed, two by two, and sheets without a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from locate.labelled import vocabulary as words
from locate.labelled.listing import Listing, Mix, header_text
from locate.labelled.paper import Paper, TrueTable
from locate.labelled.values import Writer

from houqin.model import RowKind

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from locate.labelled.vocabulary import Paperwork

Drawn = tuple[Paper, list[TrueTable]]


def shortened(form: Paperwork, columns: int) -> Paperwork:
    """Give a form with its first columns only."""
    return replace(form, heads=form.heads[:columns])


def with_sums(rng: random.Random, forms: tuple[Paperwork, ...], least: int = 1) -> Paperwork:
    """Give a form that has something to sum."""
    return rng.choice([f for f in forms if sum(head.kind in "im" for head in f.heads) >= least])


def receipts(rng: random.Random) -> Drawn:
    """Many forms that look alike, each with date and number above its header."""
    paper, tables, row = Paper(), [], 1
    form = with_sums(rng, words.LISTS)
    total = rng.choice(("label", "words", "label", ""))
    gap, reserved, signs = rng.randrange(0, 3), rng.random() < 0.5, rng.random() < 0.6
    for number in range(rng.randrange(3, 12)):
        mix = Mix(
            titles=1, merged=True, total=total, reserved=reserved, records=rng.randrange(1, 6), signs=signs,
            bold=number >= 0 and gap == 1,
        )  # fmt: skip
        listing = Listing(paper, rng, form, mix, 1)
        at = row + 1
        day = f"2025年{9 + number // 28}月{number % 28 + 1}日"
        paper.put(at, 1, f"单号：RK{number + 1:03d}")
        paper.put(at, len(form.heads) - 1, f"日期：{day}")
        listing.titles = [f"{form.title}"]
        paper.put(row, 1, listing.titles[0])
        paper.merge(row, 1, row, len(form.heads))
        listing.mix = replace(mix, titles=0)
        table = listing.write(at + 1)
        table.notes.update({"单号": f"RK{number + 1:03d}", "日期": day})
        tables.append(table)
        row = listing.row + gap
    return paper, tables


def months(rng: random.Random) -> Drawn:
    """Monthly ledgers without a gap, each with an opening row and two totals."""
    paper, tables, row = Paper(), [], 1
    form = rng.choice([f for f in words.LISTS if f.title in {"食堂日记账", "收支明细账"}])
    for _ in range(rng.randrange(3, 13)):
        mix = Mix(titles=0, opening=True, total="double", records=rng.randrange(2, 9))
        listing = Listing(paper, rng, form, mix, 1)
        tables.append(listing.write(row))
        row = listing.row
    return paper, tables


def beside(rng: random.Random) -> Drawn:
    """Two or three independent lists side by side, of unequal length."""
    paper, tables, left, top = Paper(), [], 1, rng.randrange(1, 3)
    count = rng.randrange(2, 4)
    bare = rng.randrange(0, count)
    for number in range(count):
        form = with_sums(rng, tuple(f for f in words.LISTS if "N" in [h.kind for h in f.heads[:3]]))
        form = shortened(
            form, max(next(n for n, h in enumerate(form.heads) if h.kind in "im") + 1, rng.randrange(3, 7))
        )
        mix = Mix(titles=1, total="bare" if number == bare else "", records=4 + 3 * number + rng.randrange(0, 2))
        listing = Listing(paper, rng, form, mix, left)
        tables.append(listing.write(top))
        left += len(form.heads) + rng.randrange(1, 3)
    return paper, tables


def crossed(rng: random.Random) -> Drawn:
    """Items as columns, days or classes as rows; now and then the remainder at the top, the header again below."""
    paper, writer = Paper(), Writer(rng)
    items = rng.sample(words.GOODS, rng.randrange(4, 12)) if rng.random() < 0.6 else list(words.LETTERS)
    heads = [rng.choice(("日期", "班级", "", "领用部门", "存处")), *items]
    header, kinds = 1, {}
    if rng.random() < 0.7:
        paper.put(1, 1, f"{words.SCHOOL}{rng.choice(('开学物资发放表', '食堂原料出库', '校服尺码统计'))}")
        paper.merge(1, 1, 1, len(heads))
        header = 2
    again, total = rng.random() < 0.4, rng.random() < 0.6
    records = [
        _row(rng, writer.value("d" if heads[0] == "日期" else "c"), len(items)) for _ in range(rng.randrange(4, 25))
    ]
    lines = [(heads, None), *([(_row(rng, "上月结存", len(items)), RowKind.OPENING)] if again else [])]
    lines += [(record, None) for record in records]
    if total:
        sums = [sum(values) for values in zip(*[record[1:] for record in records], strict=True)]
        lines.append(([rng.choice(words.TOTALS), *sums], RowKind.TOTAL))
    if again:
        lines.append((heads, RowKind.HEADER))
    for row, (values, kind) in enumerate(lines, header):
        for column, value in enumerate(values, 1):
            paper.put(row, column, value)
        if kind:
            kinds[row] = kind
    columns = dict(enumerate(heads, 1))
    return paper, [TrueTable((header,), (header + 1, header + len(lines) - 1), kinds, columns)]


def _row(rng: random.Random, label: object, width: int) -> list:
    return [label, *(float(rng.randrange(1, 40)) for _ in range(width))]


_DISHES = (
    "馒头 小米粥",
    "花卷",
    "豆浆、油条",
    "米饭",
    "红烧肉",
    "西红柿炒鸡蛋\n青菜",
    "鸡块土豆",
    "面条",
    "凉拌黄瓜",
    "包子",
)


def menus(rng: random.Random) -> Drawn:
    """Weekday matrices for breakfast, lunch and dinner below one another, several dishes a cell."""
    paper, tables, row = Paper(), [], 1
    paper.put(row, 1, f"{words.SCHOOL}第{rng.randrange(1, 20)}周食谱")
    paper.merge(row, 1, row, 6)
    row += 1
    days = rng.choice((("星期一", "星期二", "星期三", "星期四", "星期五"), ("周一", "周二", "周三", "周四", "周五")))
    for meal in ("早餐", "午餐", "晚餐"):
        paper.put(row, 1, meal)
        paper.merge(row, 1, row, 6)
        row += 1
        heads = ("餐别", *days)
        for at, label in enumerate(heads, 1):
            paper.put(row, at, label)
        header, row = row, row + 1
        for course in ("主食", "副食", "汤粥")[: rng.randrange(2, 4)]:
            paper.put(row, 1, course)
            for at in range(2, 7):
                paper.put(row, at, rng.choice(_DISHES))
            row += 1
        tables.append(TrueTable((header,), (header + 1, row - 1), {}, dict(enumerate(heads, 1))))
        row += rng.choice((0, 0, 1))
    return paper, tables


def two_by_two(rng: random.Random) -> Drawn:
    """Every logical cell a merge of two rows and two columns."""
    paper, writer, row = Paper(), Writer(rng), 1
    form = shortened(with_sums(rng, words.LISTS), rng.randrange(4, 7))
    width = len(form.heads) * 2
    paper.put(row, 1, form.title)
    paper.merge(row, 1, row + 1, width)
    row += 2
    top, kinds = row, {}
    for number in range(rng.randrange(4, 9)):
        for at, head in enumerate(form.heads):
            left = 1 + at * 2
            value = head.path[-1] if number == 0 else float(number) if head.kind == "n" else writer.value(head.kind)
            paper.put(row, left, value)
            paper.merge(row, left, row + 1, left + 1)
        if number:
            kinds[row + 1] = RowKind.BLANK
        row += 2
    columns = {1 + at * 2: header_text(head.path) for at, head in enumerate(form.heads)}
    return paper, [TrueTable((top, top + 1), (top + 2, row - 1), kinds, columns)]


def halves(rng: random.Random) -> Drawn:
    """One list typed in two halves beside each other, the same header over each."""
    paper = Paper()
    form = shortened(rng.choice([f for f in words.LISTS if f.heads[0].kind == "n"]), rng.randrange(3, 6))
    number = rng.randrange(4, 12)
    tables, width = [], len(form.heads)
    for left in (1, width + 2):
        listing = Listing(paper, rng, form, Mix(titles=0, records=number), left)
        listing.serial = number * (left > 1)
        tables.append(listing.write(2))
    paper.put(1, 1, f"{words.SCHOOL}{form.title}")
    paper.merge(1, 1, 1, width * 2 + 1)
    return paper, tables


def months_across(rng: random.Random) -> Drawn:
    """Months or years as columns with sums at the right and below."""
    paper = Paper()
    years = rng.random() < 0.4
    labels: list[object] = [2023.0, 2024.0, 2025.0] if years else [f"{n}月" for n in range(1, rng.randrange(4, 13))]
    heads = [rng.choice(("项目", "部门", "楼号", "班级")), *labels, rng.choice(("合计", "小计", "平均"))]
    paper.put(1, 1, f"{words.SCHOOL}水电费用对比")
    paper.merge(1, 1, 1, len(heads))
    names = rng.sample(words.PLACES, rng.randrange(3, 9))
    rows: list[list] = [_row(rng, name, len(labels)) for name in names]
    rows = [[*row, sum(row[1:])] for row in rows]
    rows.append([rng.choice(words.TOTALS), *(sum(values) for values in zip(*[row[1:] for row in rows], strict=True))])
    for row, values in enumerate([heads, *rows], 2):
        for column, value in enumerate(values, 1):
            paper.put(row, column, value)
    columns = {at: str(int(head)) if isinstance(head, float) else str(head) for at, head in enumerate(heads, 1)}
    last = 2 + len(rows)
    return paper, [TrueTable((2,), (3, last), {last: RowKind.TOTAL}, columns)]


def template(rng: random.Random) -> Drawn:
    """A form with a header and no records, or with numbers only."""
    paper = Paper()
    form = rng.choice(words.LISTS + words.DEEP)
    mix = Mix(
        titles=1, info=rng.random() < 0.6, unit=rng.choice(("", "corner")), merged=True, records=0,
        reserved=form.heads[0].kind == "n" and rng.random() < 0.5, signs=rng.random() < 0.5, bold=rng.random() < 0.3,
    )  # fmt: skip
    return paper, [Listing(paper, rng, form, mix, rng.randrange(1, 3)).write(rng.randrange(1, 3))]


def no_table(rng: random.Random) -> Drawn:
    """A cover, paragraphs, or a page of labels with their values."""
    paper, kind = Paper(), rng.randrange(0, 3)
    if kind == 0:
        lines = [
            words.SCHOOL,
            "后勤服务中心",
            rng.choice(words.LISTS).title,
            "2025-2026学年度第一学期",
            "二〇二五年九月",
        ]
        for row, text in enumerate(lines):
            paper.put(3 + row * rng.randrange(1, 4), 2, text)
    elif kind == 1:
        paper.put(1, 1, "填写要求")
        for row, text in enumerate(rng.sample(words.PARAGRAPHS, 3), 2):
            paper.put(row, 1, f"{'一二三四'[row - 2]}、{text}")
    else:
        pairs = [
            ("单位名称", words.SCHOOL),
            ("地址", "示例路1号"),
            ("联系人", "张三"),
            ("电话", "13800001234"),
            ("学制", "五四"),
        ]
        for row, (label, value) in enumerate(pairs[: rng.randrange(3, 6)], 1):
            paper.put(row, 1, label)
            paper.put(row, 2, value)
    return paper, []


def stacked(rng: random.Random) -> Drawn:
    """Different lists below one another, each under its own title."""
    paper, tables, row = Paper(), [], 1
    for _ in range(rng.randrange(2, 4)):
        form = rng.choice(words.LISTS)
        mix = Mix(
            titles=1, total=rng.choice(("", "label")), signs=rng.random() < 0.3, info=rng.random() < 0.3,
            records=rng.randrange(3, 9),
        )  # fmt: skip
        listing = Listing(paper, rng, form, mix, 1)
        tables.append(listing.write(row))
        row = listing.row + rng.randrange(1, 4)
    return paper, tables


def thrice(rng: random.Random) -> Drawn:
    """The same header three times in one list that runs on, an unlabelled grand total at its end."""
    paper = Paper()
    form = with_sums(rng, tuple(f for f in words.LISTS if f.heads[0].kind == "n"))
    mix = Mix(titles=1, page_break="header", total="bare", records=12)
    listing = Listing(paper, rng, form, mix, 1)
    listing.part_sizes = lambda: [4, 4, 4]  # type: ignore[method-assign]
    plain = listing.part

    def part(number: int, size: int) -> None:
        plain(number, size)
        if number == 1:
            listing.page_break()

    listing.part = part  # type: ignore[method-assign]
    return paper, [listing.write(1)]


def wide(rng: random.Random) -> Drawn:
    """A three-row header over many columns, the grand total first, a look-up list beside, idle formulas below."""
    paper, row = Paper(), 3
    groups, leaves = (
        rng.sample(("人员经费", "公用经费", "项目支出", "基建", "捐赠", "代收"), 4),
        ("预算", "调整", "支出", "余额"),
    )
    paper.put(1, 1, f"{words.SCHOOL}2025年经费总表")
    width = 1 + len(groups) * len(leaves)
    paper.merge(1, 1, 2, width)
    paper.put(row, 1, "部门")
    paper.merge(row, 1, row + 2, 1)
    paper.put(row, 2, "金额（元）")
    paper.merge(row, 2, row, width)
    columns = {1: "部门"}
    for g, group in enumerate(groups):
        left = 2 + g * len(leaves)
        paper.put(row + 1, left, group)
        paper.merge(row + 1, left, row + 1, left + len(leaves) - 1)
        for n, leaf in enumerate(leaves):
            paper.put(row + 2, left + n, leaf)
            columns[left + n] = f"金额（元）/{group}/{leaf}"
    number = rng.randrange(5, 14)
    first = row + 3
    for at in range(2, width + 1):
        values = [round(rng.randrange(100, 99999) / 100, 2) for _ in range(number)]
        for n, value in enumerate([round(sum(values), 2), *values]):
            paper.put(first + n, at, value)
    paper.put(first, 1, rng.choice(("合计", "总计", "全校合计")))
    for n in range(number):
        paper.put(first + 1 + n, 1, f"{rng.choice(('教务', '总务', '德育', '办公', '体卫', '团委'))}{n + 1}组")
    for n, text in enumerate(("30201", "30202", "30205", "30206"), first):
        paper.put(n, width + 3, text)
    last = first + number
    for idle in range(last + 1, last + rng.choice((1, 60, 200))):
        paper.put(idle, width, 0.0)
        paper.formulas.add((idle, width))
    return paper, [TrueTable((row, row + 1, row + 2), (first, last), {first: RowKind.TOTAL}, columns)]


def headless(rng: random.Random) -> Drawn:
    """Records from the first row on, no header at all."""
    paper, writer = Paper(), Writer(rng)
    kinds = rng.choice(("nNsuim", "tcyii", "dNuiw", "xNsmw", "ctiii"))
    number = rng.randrange(5, 20)
    for row in range(1, number + 1):
        for column, kind in enumerate(kinds, 1):
            paper.put(row, column, float(row) if kind == "n" else writer.value(kind))
    filled = {c for _, c in paper.cells}
    return paper, [TrueTable((), (1, number), {}, dict.fromkeys(sorted(filled), ""))]


def on_rows(rng: random.Random) -> Drawn:
    """One record on two rows: a header of two rows, of which each has labels of its own."""
    paper, writer = Paper(), Writer(rng)
    upper = (("序号", "n"), ("姓名", "t"), ("性别", "y"), ("班级", "c"), ("尺码", "z"), ("金额", "m"))
    lower = (None, None, ("学号", "x"), ("家长姓名", "t"), ("件数", "i"), ("备注", "r"))
    paper.put(1, 1, f"{words.SCHOOL}校服登记")
    paper.merge(1, 1, 1, len(upper))
    columns = {}
    for at, (one, two) in enumerate(zip(upper, lower, strict=True), 1):
        paper.put(2, at, one[0])
        if two is None:
            paper.merge(2, at, 3, at)
            columns[at] = one[0]
        else:
            paper.put(3, at, two[0])
            columns[at] = f"{one[0]}|{two[0]}"
    row = 4
    for number in range(1, rng.randrange(4, 12)):
        for at, (one, two) in enumerate(zip(upper, lower, strict=True), 1):
            paper.put(row, at, float(number) if one[1] == "n" else writer.value(one[1]))
            if two is None:
                paper.merge(row, at, row + 1, at)
            else:
                paper.put(row + 1, at, writer.value(two[1]))
        row += 2
    return paper, [TrueTable((2, 3), (4, row - 1), {}, columns)]


LAYOUTS: dict[str, tuple[int, Callable[[random.Random], Drawn]]] = {
    "多张单据上下排": (16, receipts),
    "逐月账连着排": (8, months),
    "几张表左右排": (14, beside),
    "交叉表": (16, crossed),
    "一个名单分左右两半": (6, halves),
    "月份或年份作列": (10, months_across),
    "一周食谱": (6, menus),
    "两行两列一格": (6, two_by_two),
    "空白模板": (10, template),
    "没有表格": (8, no_table),
    "不同的表上下排": (12, stacked),
    "同一表头三次": (6, thrice),
    "三行宽表头": (8, wide),
    "没有表头": (6, headless),
    "一条记录两行": (6, on_rows),
}
