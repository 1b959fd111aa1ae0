"""Goods: the stock balance, what classes got at the start of term, what offices drew."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from paper import Paper, write_xls, write_xlsx
from people import STAFF, TEACHERS, classes
from truth import As, Truth, a1, canonical, note_change, write_row

if TYPE_CHECKING:
    import random
    from pathlib import Path

BALANCE = "办公用品收发存2025年8-9月.xlsx"
MATRIX = "开学物资发放表.xlsx"
LIST = "处室领用登记.xls"
FEN = Decimal("0.01")

# name, spec, unit, price, minimum; in the order of the sheet, None starts a category.
GOODS: list[tuple[str, str | None, str, str | None, int | None] | str] = [
    "一、办公用品",
    ("A4复印纸", "70g 500张", "包", "22.50", 40), ("A3复印纸", "80g 500张", "包", "46.00", 6),
    ("中性笔", "0.5mm 黑", "支", "1.50", 100), ("中性笔", "0.5mm 红", "支", "1.50", 60),
    ("笔芯", "0.5mm 黑 20支", "盒", "12.00", 10), ("订书机", "12号", "个", "14.00", 3),
    ("订书针", "24/6", "盒", "2.50", 20), ("回形针", "29mm", "盒", "2.80", 10), ("长尾夹", "25mm 48只", "盒", "9.60", 6),
    ("档案盒", "55mm", "个", "6.80", 30), ("文件夹", "A4 双夹", "个", "5.50", 20), ("牛皮纸档案袋", "A4", "个", "0.85", 100),
    ("固体胶", "21g", "支", "2.20", 20), ("透明胶带", "48mm", "卷", "3.60", 20), ("双面胶", "24mm", "卷", "2.40", 10),
    ("笔记本", "A5 80页", "本", "4.50", 40), ("备课本", "16K 60页", "本", "3.20", 60), ("粉笔", "白色", "盒", "3.50", 60),
    ("彩色粉笔", None, "盒", "4.50", 20), ("黑板擦", "磁性", "个", "5.00", 20), ("白板笔", "黑", "支", "2.00", 40),
    ("U盘", "32GB", "个", "39.00", 4), ("碎纸机", "10L", "台", "1280.00", None), ("5号电池", "碱性", "节", "1.80", 40),
    "二、卫生用品",
    ("扫帚", "高粱苗", "把", "9.50", 20), ("拖把", "棉线", "把", "12.00", 20), ("簸箕", "塑料", "个", "6.00", 10),
    ("垃圾桶", "12L", "个", "15.00", 6), ("抹布", "30*30", "块", "2.50", 40), ("水桶", "15L", "个", "13.00", 6),
    ("垃圾袋", "45*50", "卷", "3.80", 60), ("洗手液", "500ml", "瓶", "9.80", 20), ("84消毒液", "500ml", "瓶", "4.20", 40),
    ("洗衣粉", "1kg", "袋", "8.50", 10), ("卫生纸", None, "提", "16.00", 10), ("旧报纸", "擦玻璃用", "捆", None, None),
    "三、维修及其他",
    ("LED灯管", "T8 18W", "支", "16.00", 20), ("球形门锁", None, "把", "45.00", 5), ("五孔插座", "10A", "个", "9.90", 10),
    ("水龙头", "4分", "个", "22.00", 5), ("电工胶布", "18mm", "卷", "2.00", 10), ("合页", "4寸", "付", "6.50", 6),
    ("玻璃胶", "300ml", "瓶", "11.00", 5), ("墙壁开关", "86型", "个", "7.80", 8), ("挂锁", "40mm", "把", "13.50", 4),
    ("生料带", None, "卷", "1.00", 20),
]  # fmt: skip
# What each class gets: name, header word, quantity.
ISSUED = (("扫帚", "笤帚\n（把）", 4), ("拖把", "拖把\n（把）", 3), ("簸箕", "簸箕\n（个）", 2), ("垃圾桶", "垃圾桶\n（个）", 1),
          ("抹布", "抹布\n（块）", 6), ("水桶", "水桶\n（个）", 1), ("垃圾袋", "垃圾袋\n（卷）", 5), ("粉笔", "粉笔\n（盒）", 8),
          ("黑板擦", "黑板擦\n（个）", 2))  # fmt: skip
STANDARDS = [
    ("扫帚", "高粱苗", "把", "班", 4, 20, Decimal("9.5"), "30201 办公费"),
    ("拖把", "棉线", "把", "班", 3, 20, Decimal(12), "30201 办公费"),
    ("簸箕", "塑料", "个", "班", 2, 10, Decimal(6), "30201 办公费"),
    ("垃圾桶", "12L", "个", "班", 1, 6, Decimal(15), "30201 办公费"),
    ("抹布", "30*30", "块", "班", 6, 40, Decimal("2.5"), "30201 办公费"),
    ("水桶", "15L", "个", "班", 1, 6, Decimal(13), "30201 办公费"),
    ("垃圾袋", "45*50", "卷", "班", 10, 60, Decimal("3.8"), "30201 办公费"),
    ("粉笔", "白色", "盒", "班", 12, 60, Decimal("3.5"), "30201 办公费"),
    ("黑板擦", "磁性", "个", "班", 2, 20, Decimal(5), "30201 办公费"),
    ("A4复印纸", "70g 500张", "包", "年级", 40, 40, Decimal("22.5"), "30201 办公费"),
    ("84消毒液", "500ml", "瓶", "校", 60, 40, Decimal("4.2"), "30201 办公费"),
    ("LED灯管", "T8 18W", "支", "校", 40, 20, Decimal(16), "30213 维修(护)费"),
]
DEPARTMENTS = ("校长办公室", "教务处", "政教处", "后勤服务中心", "六年级组", "七年级组", "八年级组", "九年级组", "团委", "财务室",
               "图书室", "理化实验室", "体育组", "医务室", "食堂")  # fmt: skip
USES = ("办公", "教学", "考务", "卫生清扫", "维修", "开学布置", "集体备课", None)
# What the office typed wrong on purpose.
TENFOLD, TRANSPOSED, NEGATIVE, LATE = ("笔芯", "0.5mm 黑 20支"), ("旧报纸", "擦玻璃用"), ("5号电池", "碱性"), "手套"
DURABLE = ("碎纸机", "10L")  # 1,000 元 and more: no consumable
OUT_ADJUST = {("黑板擦", "磁性"): 2, ("84消毒液", "500ml"): -1}


@dataclass
class Issue:
    """One line that an office drew."""

    date: As
    name: str
    spec: str | None
    uom: str
    qty: int
    dept: str


def write_goods(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the three workbooks; what was given out is what the balance says, but for the planted goods."""
    out: dict[tuple[str, str | None], int] = {}
    _write_matrix(folder, truth, rng, out)
    _write_list(folder, truth, rng, out)
    _write_balance(folder, truth, rng, out)


def _good(name: str) -> tuple[str, str | None, str, str | None, int | None]:
    return next(g for g in GOODS if not isinstance(g, str) and g[0] == name)


# --- classes by goods -------------------------------------------------------------------------------------------------
SPELLINGS = ("六(1)班", "六年级（2）班", Decimal("6.3"), "六年级四班", "6-5班", "七（1）班", "七.2", "七(3)班", "4班",
             "初二(5)班", Decimal("8.1"), "八年级2班", "八（三）班", "804", "九(1)班", "九年级二班", "2022级3班", "九.4")  # fmt: skip


def _write_matrix(folder: Path, truth: Truth, rng: random.Random, out: dict[tuple[str, str | None], int]) -> None:
    paper = Paper("开学发放", landscape=True)
    last = 2 + len(ISSUED) + 2
    paper.merge((1, 1, 1, last), "示例中学2025-2026学年度第一学期开学物资发放表", "title")
    paper.merge((2, 1, 2, 6), "发放单位：后勤服务中心", "info")
    paper.merge((2, 7, 2, last), "发放日期：2025年9月1日", "right")
    paper.line(3, ["年级", "班级", *(header for _, header, _ in ISSUED), "班主任签字", "备注"], "head")
    first = row = 4
    sums = [0] * len(ISSUED)
    for room, spelling in zip(classes(), SPELLINGS, strict=True):
        paper.put(row, 2, spelling)
        note_change(paper, a1(row, 2), spelling, room.name)
        for i, (name, _, usual) in enumerate(ISSUED):
            qty = max(0, usual + rng.choice((0, 0, 0, 0, 0, 1, -1)) * (usual > 1))
            typed = _typed_quantity(room.name, name, qty)
            cell = a1(row, 3 + i)
            paper.put(row, 3 + i, typed)
            note_change(paper, cell, typed, canonical(qty) if qty else None)
            if qty:
                good = _good(name)
                key = (good[0], good[1])
                out[key] = out.get(key, 0) + qty
                sums[i] += qty
                values = {
                    "class": room.name,
                    "name": name,
                    "qty": str(qty),
                    "out_date": "2025-09-01",
                }
                truth.record("stock_issue", (MATRIX, paper.name, row), values, qty=cell)
        paper.frame(row, last)
        row += 1
    top = first
    for grade in dict.fromkeys(r.grade for r in classes()):
        count = sum(r.grade == grade for r in classes())
        paper.merge((top, 1, top + count - 1, 1), grade, "body")
        top += count
    paper.merge((row, 1, row, 2), "合  计", "total")
    paper.line(row, list(sums), "total", 3)
    paper.frame(row, last, "total")
    paper.merge((row + 1, 1, row + 1, last), "注：粉笔按每班8盒、抹布按每班6块发放，缺少的到仓库补领。", "foot")
    paper.merge((row + 2, 1, row + 2, last), f"制表人：{STAFF['制表']}    发放人：    后勤主任：    日期：", "foot")
    paper.widths = {1: 9, 2: 15, **dict.fromkeys(range(3, 3 + len(ISSUED)), 8), last - 1: 13, last: 12}
    paper.heights = {1: 30, 3: 34}
    truth.table("stock_issue", (MATRIX, paper.name), [3], [first, row], layout="matrix", total_rows=[row])
    truth.changed(MATRIX, paper)
    truth.file(MATRIX, "read")
    write_xlsx(folder / MATRIX, paper)


def _typed_quantity(room: str, name: str, qty: int) -> object:
    """Type some quantities as people do."""
    if not qty:
        return None
    if (room, name) == ("七年级(2)班", "扫帚"):
        return f"{qty}把"
    if (room, name) == ("八年级(4)班", "抹布"):
        return "".join(chr(0xFF10 + int(c)) for c in str(qty))
    return qty


# --- what offices drew ------------------------------------------------------------------------------------------------
REPEATED_HEADER = 31
LIST_COLUMNS = {"seq": 1, "out_date": 2, "name": 3, "spec": 4, "uom": 5, "qty": 6, "dept": 7, "use": 8, "receiver": 9,
                "issuer": 10, "remark": 11}  # fmt: skip
LIST_HEADER = [
    "序号",
    "领用日期",
    "物品名称",
    "规格",
    "单位",
    "数量",
    "领用部门",
    "用途",
    "领用人签字",
    "发放人",
    "备注",
]
DAYS = (
    As("2025.8.25", "2025-08-25"), As("8月26日", "2025-08-26"), As("8.27", "2025-08-27"), As("2025-08-28", "2025-08-28"),
    As("8月29日", "2025-08-29"), As("2025年8月30日", "2025-08-30"), As("9.1", "2025-09-01"), As("9月2日", "2025-09-02"),
    As("9月3日", "2025-09-03"), As("2025.9.4", "2025-09-04"), As("9/5", "2025-09-05"), As("9月8日", "2025-09-08"),
    As(Decimal("9.9"), "2025-09-09"), As(Decimal("9.1"), "2025-09-10"), As(Decimal("9.11"), "2025-09-11"),
)  # fmt: skip


def _draws(rng: random.Random) -> list[Issue]:
    matrix = {name for name, _, _ in ISSUED}
    goods = [g for g in GOODS if not isinstance(g, str) and g[0] not in matrix and g[:2] != DURABLE]
    picks = goods + rng.choices(goods[:20], k=64 - len(goods))
    rng.shuffle(picks)
    issues = []
    seen: set[tuple[object, ...]] = set()
    for i, (name, spec, uom, price, _) in enumerate(picks):
        cheap = price is not None and Decimal(price) < Decimal(5)
        qty = rng.choice((10, 12, 20, 5)) if cheap else rng.choice((1, 2, 3, 4, 6))
        day = DAYS[min(i * 13 // 62, 12)] if i < 62 else DAYS[i - 49]
        # An office draws a good once a day: a second line would rightly be asked about.
        dept = next(d for d in rng.sample(DEPARTMENTS, len(DEPARTMENTS)) if (day, name, spec, d) not in seen)
        seen.add((day, name, spec, dept))
        issues.append(Issue(day, name, spec, uom, qty, dept))
    return issues


def _write_list(folder: Path, truth: Truth, rng: random.Random, out: dict[tuple[str, str | None], int]) -> None:
    paper = Paper("Sheet1", landscape=True)
    paper.merge((1, 1, 1, 11), "处室物品领用登记表", "title")
    paper.merge((2, 1, 2, 11), "单位（盖章）：示例中学后勤服务中心          2025—2026学年第一学期", "info")
    paper.line(3, list(LIST_HEADER), "head")
    row, number = 4, 1
    issues = _draws(rng)
    for issue in issues:
        if row == REPEATED_HEADER:
            paper.line(row, list(LIST_HEADER), "head")
            row += 1
        key = (issue.name, issue.spec)
        out[key] = out.get(key, 0) + issue.qty
        typed: object = issue.qty
        if number in (8, 41):
            typed = As(f"{issue.qty}{issue.uom}", canonical(issue.qty))
        values: dict[str, object] = {
            "seq": number, "out_date": issue.date, "name": issue.name, "spec": issue.spec, "uom": issue.uom, "qty": typed,
            "dept": issue.dept, "use": rng.choice(USES), "receiver": rng.choice(TEACHERS) if number % 3 else None,
            "issuer": STAFF["保管"], "remark": "以旧换新" if issue.name in ("U盘", "球形门锁") else None,
        }  # fmt: skip
        if issue.date.raw == Decimal("9.1"):
            truth.defect("ambiguous-date", "question", (LIST, paper.name, a1(row, 2)), expected="2025-09-10",
                         why="9.10 存成了数字 9.1，上一行 9.9、下一行 9.11")  # fmt: skip
        clean, cells = write_row(paper, row, LIST_COLUMNS, values, {"name": "left", "spec": "left"})
        truth.record("stock_issue", (LIST, paper.name, row), clean, **cells)
        row, number = row + 1, number + 1
    paper.merge((row + 1, 1, row + 1, 11), f"保管员：{STAFF['保管']}        后勤主任：            分管校长：", "foot")
    paper.widths = {1: 6, 2: 13, 3: 14, 4: 15, 5: 6, 6: 8, 7: 13, 8: 10, 9: 11, 10: 9, 11: 10}
    truth.table("stock_issue", (LIST, paper.name), [3], [4, row - 1], layout="list", repeated_headers=[REPEATED_HEADER])
    truth.changed(LIST, paper)
    truth.file(LIST, "read")
    write_xls(folder / LIST, paper)


# --- opening, in, out, closing ----------------------------------------------------------------------------------------
BALANCE_COLUMNS = {
    "seq": 1, "name": 2, "spec": 3, "uom": 4, "open_qty": 5, "open_price": 6, "open_amt": 7, "in_qty": 8, "in_price": 9,
    "in_amt": 10, "out_qty": 11, "out_price": 12, "out_amt": 13, "close_qty": 14, "close_price": 15, "close_amt": 16,
    "min_qty": 17, "remark": 18,
}  # fmt: skip
AMOUNTS = ("open_amt", "in_amt", "out_amt", "close_amt")


def _write_balance(folder: Path, truth: Truth, rng: random.Random, out: dict[tuple[str, str | None], int]) -> None:
    paper = Paper("8-9月", landscape=True)
    _balance_head(paper)
    row, number = 5, 1
    typed_sum = dict.fromkeys(AMOUNTS, Decimal(0))
    categories = []
    category = ""
    for good in GOODS:
        if isinstance(good, str):
            if categories:
                paper.frame(row, 18)  # an empty row before the next kind of goods
                row += 1
            paper.merge((row, 1, row, 18), good, "category")
            categories.append(row)
            category = good.partition("、")[2]
            row += 1
            continue
        if good[0] == "垃圾袋":
            late = (LATE, "乳胶 中号", "付", "12.00", None)
            values = _balance_values(late, 0, rng, opening=0, bought=10)
            _balance_row(paper, truth, row, category, late, values, number=None)
            row += 1
        issued = out.get((good[0], good[1]), 0)
        values = _balance_values(good, issued + OUT_ADJUST.get((good[0], good[1]), 0), rng)
        if good[:2] in OUT_ADJUST:
            side = str(issued)
            truth.defect("tie-out-mismatch", "question", (BALANCE, paper.name, a1(row, 11)), expected=side,
                         key=good[0], why=f"领用签收合计 {side}，收发存出库 {values['out_qty']}")  # fmt: skip
        _plant(truth, paper.name, row, good, values)
        for name in AMOUNTS:
            typed_sum[name] += Decimal(str(values.get(name) or 0))
        _balance_row(paper, truth, row, category, good, values, number=number)
        row, number = row + 1, number + 1
    _balance_foot(paper, truth, row, typed_sum)
    truth.table("stock_balance", (BALANCE, paper.name), [3, 4], [5, row], layout="list", total_rows=[row],
                category_rows=categories, unit="元")  # fmt: skip
    truth.changed(BALANCE, paper)
    truth.file(BALANCE, "read")
    write_xlsx(folder / BALANCE, paper)


def _balance_head(paper: Paper) -> None:
    paper.merge((1, 1, 1, 18), "示例中学2025年秋季开学办公用品收发存汇总表", "title")
    paper.merge((2, 1, 2, 6), "编制单位：示例中学后勤服务中心", "info")
    paper.merge((2, 7, 2, 14), "2025年8月25日至9月11日", "info")
    paper.merge((2, 15, 2, 18), "单位：元", "right")
    for column, word in ((1, "序号"), (2, "物品名称"), (3, "规格型号"), (4, "单位"), (17, "最低\n库存"), (18, "备 注")):
        paper.merge((3, column, 4, column), word)
    for column, word in ((5, "期初结存"), (8, "本期入库"), (11, "本期出库"), (14, "期末结存")):
        paper.merge((3, column, 3, column + 2), word)
        paper.line(4, ["数 量", "单价", "金额"], "head", column)
    paper.widths = {1: 5, 2: 14, 3: 15, 4: 5, **dict.fromkeys(range(5, 17), 9), 17: 6, 18: 14}
    paper.heights = {1: 30}


def _balance_values(
    good: tuple[str, str | None, str, str | None, int | None], issued: int, rng: random.Random,
    *, opening: int | None = None, bought: int | None = None,
) -> dict[str, object]:  # fmt: skip
    """Make one row: average price out, the closing amount what is left."""
    price = Decimal(good[3]) if good[3] else None
    buys = rng.random() < 0.6
    if opening is None:
        opening = rng.randint(0, 6) * 5 if buys else issued + rng.randint(1, 30)
    if bought is None:
        bought = max(0, issued - opening) + rng.randint(2, 12) * 5 if buys else 0
    if good[:2] == NEGATIVE:
        opening, bought = issued - 4, 0
    if good[:2] == DURABLE:
        opening, bought = 0, 1
    if good[:2] == TRANSPOSED:
        opening, bought = issued + 35, 0
    close = opening + bought - issued
    values: dict[str, object] = {"close_qty": close, "min_qty": good[4]}
    if price is None:
        return values | {"open_qty": opening, "in_qty": bought or None, "out_qty": issued or None}
    later = (price * Decimal(rng.choice(("1", "1", "1", "1.02", "1.04")))).quantize(FEN, ROUND_HALF_UP)
    if good[0] == LATE or good[:2] == DURABLE:
        later = price
    open_amt, in_amt = opening * price, bought * later
    average = ((open_amt + in_amt) / (opening + bought)).quantize(FEN, ROUND_HALF_UP)
    out_amt = issued * average
    rest = open_amt + in_amt - out_amt
    if close and abs(rest - close * average) > abs(close) * Decimal("0.005"):
        later, in_amt, average = price, bought * price, price
        out_amt, rest = issued * price, open_amt + in_amt - issued * price
    values |= _block("open", opening, price, open_amt) | _block("in", bought, later, in_amt)
    values |= _block("out", issued, average, out_amt)
    return values | {"close_price": average if close else None, "close_amt": rest if close else None}


def _block(name: str, qty: int, price: Decimal, amount: Decimal) -> dict[str, object]:
    if not qty:
        return {}
    return {f"{name}_qty": qty, f"{name}_price": price, f"{name}_amt": amount}


def _plant(
    truth: Truth,
    sheet: str,
    row: int,
    good: tuple[str, str | None, str, str | None, int | None],
    values: dict[str, object],
) -> None:
    if good[:2] == TENFOLD:
        right = Decimal(str(values["close_amt"]))
        values["close_amt"] = right * 10
        truth.defect("amount-mismatch", "error", (BALANCE, sheet, a1(row, 16)), expected=canonical(right) or "",
                     or_code="balance-mismatch", why="金额多打了一个 0")  # fmt: skip
    if good[:2] == TRANSPOSED:
        right = str(values["close_qty"])
        values["close_qty"] = int(right[::-1])
        truth.defect("balance-mismatch", "error", (BALANCE, sheet, a1(row, 14)), expected=right,
                     why="两个数字写颠倒了")  # fmt: skip
    if good[:2] == DURABLE:
        truth.defect("capitalise", "warning", (BALANCE, sheet, a1(row, 9)), expected="", why="单价 1280 元，够固定资产")
    if good[:2] == NEGATIVE:
        truth.defect("negative", "error", (BALANCE, sheet, a1(row, 14)), expected="", why="结存成了负数")


TYPED = {("A4复印纸", "out_qty"): "{}包", ("中性笔", "open_qty"): "wide", ("洗手液", "out_qty"): " {} "}


def _balance_row(
    paper: Paper, truth: Truth, row: int, category: str, good: tuple[str, str | None, str, str | None, int | None],
    values: dict[str, object], *, number: int | None,
) -> None:  # fmt: skip
    line = {"seq": number, "name": good[0], "spec": good[1], "uom": good[2], **values}
    if good[0] == LATE:
        line["remark"] = "9月8日补购"
    for (name, column), how in TYPED.items():
        if good[0] == name and line.get(column) and (name != "中性笔" or "黑" in str(good[1])):
            text = str(line[column])
            wide = "".join(chr(0xFF10 + int(c)) for c in text)
            line[column] = As(wide if how == "wide" else how.format(text), text)
    money = dict.fromkeys((*AMOUNTS, "open_price", "in_price", "out_price", "close_price"), "money")
    clean, cells = write_row(paper, row, BALANCE_COLUMNS, line, {"name": "left", "spec": "left", **money})
    truth.record("stock_balance", (BALANCE, paper.name, row), {**clean, "category": category}, **cells)


def _balance_foot(paper: Paper, truth: Truth, row: int, typed_sum: dict[str, Decimal]) -> None:
    paper.merge((row, 1, row, 4), "合    计", "total")
    for name in AMOUNTS:
        paper.put(row, BALANCE_COLUMNS[name], typed_sum[name], "total-money")
        if name in ("in_amt", "close_amt"):
            truth.defect("total-mismatch", "error", (BALANCE, paper.name, a1(row, BALANCE_COLUMNS[name])),
                         expected=canonical(typed_sum[name] + 120) or "", why=f"后插入的“{LATE}”120 元没有进合计")  # fmt: skip
    paper.frame(row, 18, "total")
    foot = f"制表人：{STAFF['制表']}      保管员：{STAFF['保管']}      审核人：            负责人：            日期：2025年9月11日"
    paper.merge((row + 2, 1, row + 2, 18), foot, "foot")
    paper.merge((row + 3, 1, row + 3, 18), "注：本表与实物盘点帐实相符后签字。", "foot")
