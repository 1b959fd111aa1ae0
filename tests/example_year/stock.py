"""The store room: bought in batches, drawn by the offices, counted on 31 December; moving weighted average."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from example_year.model import YEAR, Good, Issue, Owed, Payment, Receipt, share, yuan

if TYPE_CHECKING:
    from random import Random

    from example_year.model import Year

OFFICE, CLEANING, REPAIR = "办公用品", "卫生用品", "维修材料"
# category, name, spec, unit, opening, price in 元, bought at a time, drawn at a time
GOODS = (
    (OFFICE, "A4复印纸", "70g 500张", "包", 86, 22.50, 160, 6), (OFFICE, "A3复印纸", "80g 500张", "包", 14, 46, 20, 2),
    (OFFICE, "黑色中性笔", "0.5mm", "支", 240, 1.50, 300, 24), (OFFICE, "红色中性笔", "0.5mm", "支", 150, 1.50, 200, 12),
    (OFFICE, "笔芯", "0.5mm 20支", "盒", 18, 12, 30, 2), (OFFICE, "订书针", "24/6", "盒", 40, 2.50, 60, 3),
    (OFFICE, "长尾夹", "25mm 48只", "盒", 12, 9.60, 24, 1), (OFFICE, "档案盒", "55mm", "个", 65, 6.80, 80, 5),
    (OFFICE, "固体胶", "21g", "支", 44, 2.20, 60, 4), (OFFICE, "透明胶带", "48mm", "卷", 36, 3.60, 48, 3),
    (OFFICE, "备课本", "16K 60页", "本", 120, 3.20, 240, 20), (OFFICE, "白色粉笔", "普通", "盒", 180, 3.50, 400, 30),
    (OFFICE, "彩色粉笔", "普通", "盒", 46, 4.50, 60, 5), (OFFICE, "白板笔", "黑", "支", 90, 2, 120, 8),
    (OFFICE, "硒鼓", "通用型", "支", 6, 128, 10, 1),
    (CLEANING, "扫帚", "高粱苗", "把", 62, 9.50, 90, 7), (CLEANING, "拖把", "棉线", "把", 48, 12, 70, 5),
    (CLEANING, "簸箕", "塑料", "个", 30, 6, 40, 3), (CLEANING, "垃圾袋", "45*50", "卷", 150, 3.80, 300, 22),
    (CLEANING, "抹布", "30*30", "块", 110, 2.50, 160, 12), (CLEANING, "洗手液", "500ml", "瓶", 42, 9.80, 60, 4),
    (CLEANING, "84消毒液", "500ml", "瓶", 96, 4.20, 120, 9), (CLEANING, "洗衣粉", "1kg", "袋", 22, 8.50, 30, 2),
    (REPAIR, "LED灯管", "T8 18W", "支", 38, 16, 60, 5), (REPAIR, "五孔插座", "10A", "个", 20, 9.90, 30, 2),
    (REPAIR, "水龙头", "4分", "个", 16, 22, 24, 2), (REPAIR, "球形门锁", "不锈钢", "把", 9, 45, 12, 1),
    (REPAIR, "电工胶布", "18mm", "卷", 25, 2, 30, 2),
)  # fmt: skip
# day, categories, how much prices have moved (per cent), supplier, what is paid when; the last one is paid in January.
BATCHES = (
    ((2, 13), (OFFICE,), 0, "文苑办公用品商行"), ((2, 14), (CLEANING, REPAIR), 0, "洁美日用品经营部"),
    ((5, 15), (OFFICE, CLEANING), 2, "文苑办公用品商行"), ((8, 26), (OFFICE,), 3, "文苑办公用品商行"),
    ((8, 27), (CLEANING, REPAIR), -1, "洁美日用品经营部"), ((11, 6), (OFFICE,), 1, "文苑办公用品商行"),
    ((12, 18), (CLEANING, REPAIR), 2, "洁美日用品经营部"),
)  # fmt: skip
DEPARTMENTS = ("校长办公室", "教务处", "政教处", "后勤服务中心", "六年级组", "七年级组", "八年级组", "九年级组", "理化实验室", "医务室")
USES = {OFFICE: ("办公", "教学", "考务"), CLEANING: ("卫生清扫", "开学布置"), REPAIR: ("日常维修",)}
# Counted on 31 December: what was not there.
LOST = {"档案盒": 2, "垃圾袋": 3}
COUNT_DAY = date(YEAR, 12, 31)


def stock_the_room(year: Year) -> int:
    """Open the store room; give the value of its opening, fen."""
    for category, name, spec, uom, qty, price, _, _ in GOODS:
        year.goods.append(Good(category, name, spec, uom, qty, qty * yuan(price)))
    return sum(each.open_amount for each in year.goods)


def run_the_room(year: Year, rng: Random) -> None:
    """Let the year pass: batches and draws by the day, a voucher for what each month drew."""
    steps = [("in", date(YEAR, *day), number) for number, (day, *_) in enumerate(BATCHES)]
    steps += [("out", date(YEAR, month, day), 0) for month in range(1, 13) if month not in {7, 8} for day in (8, 21)]
    # Before school begins the stores are handed out in one go.
    steps += [("out", date(YEAR, 2, 17), 0), ("out", date(YEAR, 9, 1), 0)]
    for what, day, number in sorted(steps, key=lambda each: each[1]):
        if what == "in":
            _buy(year, rng, day, number)
        else:
            _draw(year, rng, day)
    for month in range(1, 13):
        drawn = sum(each.amount for each in year.issues if each.day.month == month)
        if drawn:
            last = date(YEAR, month, 28)
            year.books.post(last, f"结转{month}月领用物资成本", ("500102", drawn), ("1302", -drawn))


def _buy(year: Year, rng: Random, day: date, number: int) -> None:
    _, categories, moved, supplier = BATCHES[number]
    first = rng.randint(10**7, 10**8 - 10)
    made = []
    for good, (_, _, _, _, _, price, batch, _) in zip(year.goods, GOODS, strict=True):
        if good.category not in categories or rng.random() < 0.15:
            continue
        fen = max(yuan(price) * (100 + moved) // 100, 1)
        qty = batch // 2 if good.category == REPAIR else batch * (2 if good.name == "白色粉笔" else 3) // 4
        # What another subject pays for stands on an invoice of its own.
        invoice = f"2537200000{number + 1:02d}{first + (good.category == REPAIR)}"
        receipt = Receipt(day, f"RK{day:%m%d}{number + 1:02d}", good, qty, fen, supplier, invoice)
        good.in_qty, good.in_amount = good.in_qty + qty, good.in_amount + receipt.amount
        made.append(receipt)
    year.receipts += made
    for code, kept in (("30201", (OFFICE, CLEANING)), ("30213", (REPAIR,))):
        own = [each for each in made if each.good.category in kept]
        if not own:
            continue
        amount, invoice = sum(each.amount for each in own), own[0].invoice
        what = "维修材料" if code == "30213" else "、".join(c for c in categories if c in kept)
        said = f"购{what}一批（{made[0].doc}）"
        if day.month == 12:
            year.owed.append(Owed(date(YEAR, 12, 30), said, code, amount, supplier, invoice))
            year.books.post(day, f"{said}入库，货款未付", ("1302", amount), ("2302", -amount))
        else:
            paid = day + timedelta(days=6)
            payment = Payment(paid, said, code, amount, supplier, invoice=invoice, claimed=day + timedelta(days=2), handler="马志平")
            year.spend(payment, [("1302", amount)])


def _draw(year: Year, rng: Random, day: date) -> None:
    """Let about half of the goods be drawn, each by one office a day: so the day's order does not matter."""
    is_start = day in {date(YEAR, 2, 17), date(YEAR, 9, 1)}
    for good, (*_, usual) in zip(year.goods, GOODS, strict=True):
        if rng.random() < (0.2 if is_start else 0.45):
            continue
        dept = "后勤服务中心" if good.category == REPAIR else rng.choice(DEPARTMENTS)
        qty = min(usual * (3 if is_start else 1) + rng.randint(0, max(usual // 3, 1)), good.qty - usual)
        if qty <= 0:
            continue
        issue = Issue(day, good, qty, dept, rng.choice(USES[good.category]), share(good.amount, qty, good.qty))
        good.out_qty, good.out_amount = good.out_qty + qty, good.out_amount + issue.amount
        year.issues.append(issue)


def count_the_room(year: Year) -> None:
    """Count on 31 December; what is missing is put down with the head's consent."""
    for good in year.goods:
        if good.name in LOST:
            good.lost = LOST[good.name]
            good.lost_amount = share(good.amount, good.lost, good.qty)
    lost = sum(each.lost_amount for each in year.goods)
    year.books.post(COUNT_DAY, "年末盘点，库存物品盘亏", ("1902", lost), ("1302", -lost))
    year.books.post(COUNT_DAY, "库存物品盘亏经批准核销", ("5301", lost), ("1902", -lost))
