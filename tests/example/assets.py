"""The asset register: a card a row, batch cards for desks and chairs, a forgotten hidden sheet, a small table beside."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from desks import totals
from paper import Paper, write_xlsx
from people import STAFF, TEACHERS, classes
from truth import As, Truth, a1, canonical, write_row

if TYPE_CHECKING:
    import random
    from pathlib import Path

FILE = "固定资产台账.xlsx"
SHEET = "固定资产台账"
COLUMNS = {
    "seq": 1, "asset_no": 2, "class_code": 3, "class_name": 4, "asset_name": 5, "spec": 6, "brand": 7, "uom": 8, "qty": 9,
    "price": 10, "cost": 11, "acc_dep": 12, "net": 13, "life_years": 14, "acquire_how": 15, "acquire_date": 16,
    "book_date": 17, "status": 18, "place": 19, "dept": 20, "user": 21, "fund_source": 22, "voucher": 23, "remark": 24,
}  # fmt: skip
HEADER = ["序号", "资产编号", "分类代码", "资产分类", "*资产名称", "规格型号", "品牌", "计量\n单位", "数量", "单价", "帐面原值", "累计折旧",
          "帐面净值", "折旧年限\n（年）", "取得方式", "取得日期", "入账日期", "使用状况", "存放地点", "使用部门", "使用人", "经费来源",
          "会计凭证号", "备注"]  # fmt: skip
FEN = Decimal("0.01")
UNTIL = (2025, 8)
# name, codes (2022; 2010 for old cards), class, spec, brand, unit, price, years, cards
KINDS = (
    ("台式计算机", "A02010105", "2010104", "台式计算机", "i5/8G/512G", "联想", "台", "4280.00", 6, 26),
    ("便携式计算机", "A02010108", "2010105", "便携式计算机", "14英寸", "联想", "台", "5600.00", 6, 8),
    ("触控一体机", "A02020800", "2020000", "触控一体机", "86英寸", "希沃", "台", "18000.00", 6, 20),
    ("A4黑白打印机", "A02021003", "2020000", "打印机", "激光", "惠普", "台", "1480.00", 6, 12),
    ("复印机", "A02020100", "2020000", "复印机", "A3数码", "理光", "台", "16500.00", 6, 3),
    ("空调机", "A02061804", "2060000", "空调机", "3匹柜机", "格力", "台", "6980.00", 5, 18),
    ("饮水机", "A02061818", "2060000", "饮水器", "步进式", "碧涞", "台", "3650.00", 5, 8),
    ("电冰箱", "A02061801", "2060000", "电冰箱", "留样柜", "海尔", "台", "2680.00", 5, 2),
    ("办公桌", "A05010201", "6010000", "办公桌", "1.4m", "本地定制", "张", "860.00", 15, 6),
    ("文件柜", "A05010502", "6010000", "文件柜", "铁皮双门", "本地定制", "组", "1120.00", 15, 8),
)  # fmt: skip
DESK_EXTRA, CHAIR_EXTRA = 6, 9  # beyond the counted desks: what the planted tie-out shows
BATCHED = ("学生课桌", "学生凳")
BATCHES = (("2014-07", "4"), ("2019-08", "5"), ("2022-08", None))


def write_assets(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the register with its three sheets."""
    paper = Paper(SHEET, landscape=True)
    paper.merge((1, 1, 1, 24), "示例中学固定资产台账", "title")
    paper.merge((2, 1, 2, 12), "填报单位：示例中学          清查基准日：2025年8月31日", "info")
    paper.merge((2, 13, 2, 24), "金额单位：元", "right")
    paper.line(3, list(HEADER), "head")
    cards = _cards(rng)
    sums = dict.fromkeys(("cost", "acc_dep", "net"), Decimal(0))
    money = dict.fromkeys(("price", "cost", "acc_dep", "net"), "money")
    for number, card in enumerate(cards, 1):
        row = 3 + number
        card["seq"] = number
        style = money | ({"acquire_date": "date"} if isinstance(_raw(card["acquire_date"]), date) else {})
        _plant(truth, row, number, card, cards)
        clean, cells = write_row(paper, row, COLUMNS, card, style | {"asset_name": "left", "spec": "left"})
        truth.record("asset_register", (FILE, SHEET, row), clean, **cells)
        for name in sums:
            sums[name] += Decimal(str(card[name]))
    last = 3 + len(cards)
    paper.merge((last + 1, 1, last + 1, 8), "合计", "total")
    for name, total in sums.items():
        paper.put(last + 1, COLUMNS[name], total, "total-money")
    paper.frame(last + 1, 24, "total")
    foot = f"制表人：{STAFF['制表']}      资产管理员：{STAFF['保管']}      后勤主任：          校长：          日期：2025年9月1日"
    paper.merge((last + 2, 1, last + 2, 24), foot, "foot")
    _side_table(paper, truth, cards)
    paper.widths = {1: 5, 2: 14, 3: 12, 4: 13, 5: 15, 6: 14, 7: 10, 8: 5, 9: 7, 10: 11, 11: 13, 12: 13, 13: 13, 14: 8, 15: 8,
                    16: 12, 17: 12, 18: 8, 19: 14, 20: 12, 21: 9, 22: 10, 23: 12, 24: 12, 25: 3, 26: 14, 27: 8}  # fmt: skip
    paper.heights = {1: 30, 3: 30}
    # Somebody hid what was in the way; it counts all the same.
    paper.hidden_row, paper.hidden_column = 30, COLUMNS["fund_source"]
    truth.table("asset_register", (FILE, SHEET), [3], [4, last + 1], layout="list", total_rows=[last + 1], unit="元")
    truth.changed(FILE, paper)
    truth.file(FILE, "read")
    write_xlsx(folder / FILE, paper, _hidden(), Paper("Sheet3"))


def _raw(value: object) -> object:
    return value.raw if isinstance(value, As) else value


def _cards(rng: random.Random) -> list[dict[str, object]]:
    rooms = classes()
    cards = []
    for name, code, old_code, kind, spec, brand, uom, price, years, count in KINDS:
        for i in range(count):
            year, month = rng.randint(2014, 2025), rng.randint(1, 8)
            day = date(year, month, rng.randint(1, 28))
            # 触控一体机 hang in the classrooms, the rest stands in offices.
            place = f"{rooms[i % 18].building}{rooms[i % 18].room}" if name == "触控一体机" else rng.choice(
                ("教务处", "政教处", "后勤服务中心", "微机室", "图书室", "食堂", "校长办公室", "会议室", "七年级办公室"))  # fmt: skip
            # What was carded before the 2022 edition kept its old code.
            code_as = code if year >= 2023 else (old_code if year < 2018 else code)
            card = _card(rng, name, 1, Decimal(price), years, day)
            card |= {
                "class_code": code_as,
                "class_name": kind,
                "spec": spec,
                "brand": brand,
                "uom": uom,
                "place": place,
            }
            cards.append(card)
    cards += _batches(rng)
    cards.sort(key=lambda card: str(card["sort"]))
    for i, card in enumerate(cards, 1):
        card["asset_no"] = f"{str(card['sort'])[:4]}{i:05d}"
    return cards


def _batches(rng: random.Random) -> list[dict[str, object]]:
    """Make the batch cards: all desks of a purchase on one, and their sum a little above what was counted."""
    counted = totals()
    found = []
    for name, code, kind, price, whole in (
        ("学生课桌", "A05010203", "教学、实验用桌", "175.00", counted["desk_have"] + DESK_EXTRA),
        ("学生凳", "A05010304", "教学、实验椅凳", "68.00", counted["chair_have"] + CHAIR_EXTRA),
    ):
        left = whole
        for month, tenths in BATCHES:
            qty = left if tenths is None else whole * int(tenths) // 10 // 10 * 10
            left -= qty
            card = _card(rng, name, qty, Decimal(price), 5, date(int(month[:4]), int(month[5:]), 15))
            card |= {"class_code": code, "class_name": kind, "spec": "单人 升降", "brand": None, "uom": "张", "place": "各班教室",
                     "dept": "各班级", "user": STAFF["保管"], "remark": "批量入账"}  # fmt: skip
            found.append(card)
    return found


def _card(rng: random.Random, name: str, qty: int, price: Decimal, years: int, day: date) -> dict[str, object]:
    cost = qty * price
    months = (UNTIL[0] - day.year) * 12 + UNTIL[1] - day.month + 1
    monthly = (cost / (years * 12)).quantize(FEN, ROUND_HALF_UP)
    acc_dep = cost if months >= years * 12 else monthly * max(months, 0)
    written = rng.random()
    shown: object = day if written < 0.7 else As(f"{day.year}.{day.month:02d}", f"{day.year}-{day.month:02d}")
    if written > 0.85:
        shown = As(f"{day.year}年{day.month}月{day.day}日", day.isoformat())
    if isinstance(shown, date):
        shown = As(shown, day.isoformat())
    status = "在用" if months < years * 12 + 30 or rng.random() < 0.7 else rng.choice(("待报废", "闲置", "待修"))
    return {
        "sort": day.isoformat(), "asset_name": name, "qty": qty, "price": price, "cost": cost, "acc_dep": acc_dep,
        "net": cost - acc_dep, "life_years": years, "acquire_how": "调拨" if rng.random() < 0.1 else "购置",
        "acquire_date": shown, "book_date": As(day.isoformat(), day.isoformat()), "status": status,
        "dept": rng.choice(("教务处", "政教处", "后勤服务中心", "办公室")), "user": rng.choice(TEACHERS),
        "fund_source": "财政拨款", "voucher": f"记-{day.month:02d}-{rng.randint(1, 160):03d}", "remark": None,
    }  # fmt: skip


def _plant(truth: Truth, row: int, number: int, card: dict[str, object], cards: list[dict[str, object]]) -> None:
    name = card["asset_name"]
    if name in BATCHED and next(c for c in cards if c["asset_name"] == name) is card:
        more = DESK_EXTRA if name == "学生课桌" else CHAIR_EXTRA
        truth.defect("tie-out-mismatch", "warning", (FILE, SHEET, a1(row, COLUMNS["qty"])), expected="", key=str(name),
                     why=f"台账上的{name}比各班和库房实有的多 {more}")  # fmt: skip
    if number == 48:
        card["asset_no"] = cards[46]["asset_no"]
        truth.defect("duplicate", "error", (FILE, SHEET, a1(row, 2)), expected="", key=str(card["asset_no"]),
                     why=f"资产编号与第 {row - 1} 行相同")  # fmt: skip
    if number == 66:
        right = Decimal(str(card["net"]))
        card["net"] = right + 900
        truth.defect("sum-mismatch", "error", (FILE, SHEET, a1(row, COLUMNS["net"])), expected=canonical(right) or "",
                     why="净值不等于原值减累计折旧")  # fmt: skip


def _side_table(paper: Paper, truth: Truth, cards: list[dict[str, object]]) -> None:
    """Put a small count beside the register, as clerks do for themselves."""
    counts: dict[str, int] = {}
    for card in cards:
        counts[str(card["status"])] = counts.get(str(card["status"]), 0) + 1
    paper.line(5, ["使用情况", "卡片数"], "head", 26)
    for row, (status, count) in enumerate(sorted(counts.items()), 6):
        paper.line(row, [status, count], "body", 26)
    truth.defect("unknown-table", "warning", (FILE, SHEET, "Z5"), expected="", why="台账右边的小统计表不是任何一种表单")


def _hidden() -> Paper:
    paper = Paper("Sheet2", hidden=True)
    for row, word in enumerate(("在用", "闲置", "待修", "待报废", "出租", "出借"), 1):
        paper.put(row, 1, word)
    return paper
