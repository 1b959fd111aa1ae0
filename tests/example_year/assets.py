"""The cards: what was there, what came by purchase, works, transfer and gift, what was scrapped; depreciation by the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from example_year.model import RENEWAL, UPKEEP, YEAR, Card, Payment, Work, yuan

from houqin.account.depreciation import accumulated_of, month_number

if TYPE_CHECKING:
    from random import Random

    from example_year.model import Year

BUILDING, DEVICE, BOOKS, FURNITURE = "房屋和构筑物", "设备", "图书和档案", "家具和用具"
ACCOUNTS = {BUILDING: "160101", DEVICE: "160102", BOOKS: "160103", FURNITURE: "160104"}
# name, code, kind, spec, unit, price, years, (year, month, day), number of cards, quantity of each, place, office
OLD = (
    ("勤学楼教学楼", "A01010200", BUILDING, "钢筋混凝土框架", "栋", 6_820_000, 50, (2011, 8, 20), 1, 1, "校园东侧", "后勤服务中心"),
    ("笃行楼教学楼", "A01010200", BUILDING, "钢筋混凝土框架", "栋", 5_460_000, 50, (2014, 8, 16), 1, 1, "校园西侧", "后勤服务中心"),
    ("学生食堂楼", "A01010200", BUILDING, "钢筋混凝土框架", "栋", 2_380_000, 50, (2016, 6, 30), 1, 1, "校园北侧", "后勤服务中心"),
    ("学生课桌", "A05010203", FURNITURE, "可升降", "张", 175, 5, (2022, 8, 22), 1, 420, "各班教室", "后勤服务中心"),
    ("学生课椅", "A05010304", FURNITURE, "可升降", "把", 118, 5, (2022, 8, 22), 1, 420, "各班教室", "后勤服务中心"),
    ("学生课桌", "A05010203", FURNITURE, "可升降", "张", 182, 5, (2024, 8, 19), 1, 400, "各班教室", "后勤服务中心"),
    ("学生课椅", "A05010304", FURNITURE, "可升降", "把", 121, 5, (2024, 8, 19), 1, 400, "各班教室", "后勤服务中心"),
    ("台式计算机", "A02010105", DEVICE, "i5/8G/256G", "台", 4150, 6, (2018, 5, 17), 7, 1, "信息楼机房", "教务处"),
    ("台式计算机", "A02010105", DEVICE, "i5/8G/512G", "台", 4280, 6, (2021, 9, 9), 16, 1, "信息楼机房", "教务处"),
    ("触控一体机", "A02020800", DEVICE, "86英寸", "台", 18_000, 6, (2022, 3, 11), 14, 1, "各班教室", "教务处"),
    ("A4黑白打印机", "A02021003", DEVICE, "激光", "台", 1480, 6, (2023, 4, 6), 5, 1, "各办公室", "校长办公室"),
    ("A4黑白打印机", "A02021003", DEVICE, "激光", "台", 1350, 6, (2017, 10, 12), 2, 1, "各办公室", "校长办公室"),
    ("复印机", "A02020100", DEVICE, "A3数码", "台", 16_500, 6, (2020, 11, 5), 2, 1, "文印室", "教务处"),
    ("空调机", "A02061804", DEVICE, "3匹柜机", "台", 6980, 5, (2023, 6, 14), 6, 1, "各办公室", "后勤服务中心"),
    ("饮水机", "A02061818", DEVICE, "步进式", "台", 3650, 5, (2021, 8, 25), 8, 1, "各楼层", "后勤服务中心"),
    ("文件柜", "A05010502", FURNITURE, "铁皮双门", "组", 1120, 15, (2019, 3, 21), 8, 1, "各办公室", "校长办公室"),
    ("图书", "A04010000", BOOKS, "馆藏", "册", 21, 0, (2020, 12, 10), 1, 18_600, "图书室", "图书室"),
)  # fmt: skip
USERS = {"后勤服务中心": "周正国", "教务处": "陈晓东", "校长办公室": "王建国", "图书室": "何卫民"}
LATE = "以前年度"  # came in December 2024, was paid in January
SOFTWARE, SOFTWARE_MONTHS = yuan(36_000), 60
GIVEN_BOOKS, MOVED_IN = 320, yuan(17_500)
SCRAPPED = date(YEAR, 10, 22)
PROCEEDS = yuan(460)


def put_old_cards(year: Year) -> None:
    """Put the cards of the end of last year; the last air conditioners came in December and were not paid."""
    for row in OLD:
        for _ in range(row[8]):
            _add(year, row)
    for _ in range(2):
        row = ("空调机", "A02061804", DEVICE, "3匹柜机", "台", 7100, 5, (2024, 12, 20), 1, 1, "图书室", "图书室")
        _add(year, row, invoice="24372000000188206614", supplier="美凯家电商场")


def _add(year: Year, row: tuple, **more: object) -> Card:
    name, code, kind, spec, uom, price, years, day, _, qty, place, dept = row
    day = date(*day) if isinstance(day, tuple) else day
    number = f"ZC{day.year}{len(year.cards) + 1:05d}"
    card = Card(number, code, kind, name, spec, uom, qty, yuan(price), years, day, place, dept, USERS[dept], **more)
    year.cards.append(card)
    return card


def accumulated_by(card: Card, day: str) -> int:
    """Give what is accumulated at the end of a month (2024-12); the month of removal takes nothing."""
    if not card.years:
        return 0
    end = month_number(day)
    if card.gone is not None:
        end = min(end, month_number(card.gone.isoformat()) - 1)
    return accumulated_of(card.cost, card.years * 12, max(end - month_number(card.acquired.isoformat()) + 1, 0))


def open_assets(year: Year) -> list[tuple[str, int]]:
    """Give the openings of 1601 and 1602."""
    lines = [(ACCOUNTS[card.kind], card.cost) for card in year.cards]
    return [*lines, ("1602", -sum(accumulated_by(card, "2024-12") for card in year.cards))]


def buy_assets(year: Year) -> None:
    """Buy what the project and the running costs pay: cards, each purchase on one invoice; and software."""
    owed = [card for card in year.cards if card.invoice]
    amount = sum(card.cost for card in owed)
    payment = Payment(date(YEAR, 1, 14), "付上年12月购图书室空调机2台货款", "31002", amount, "美凯家电商场", RENEWAL,
                      invoice=owed[0].invoice, claimed=date(YEAR, 1, 8), handler="马志平")  # fmt: skip
    year.spend(payment, [("2302", amount)])
    _buy(year, date(YEAR, 5, 20), "31002", "购台式计算机12台、打印机2台", "联创信息技术有限公司", "25372000000121440837", (
        ("台式计算机", "A02010105", DEVICE, "i5/16G/512G", "台", 4380, 6, None, 12, 1, "信息楼机房", "教务处"),
        ("A4黑白打印机", "A02021003", DEVICE, "激光双面", "台", 1560, 6, None, 2, 1, "各办公室", "校长办公室"),
    ))  # fmt: skip
    _buy(year, date(YEAR, 6, 12), "31003", "购生物显微镜10台", "博实教学仪器厂", "25372000000129075521", (
        ("生物显微镜", "A02100300", DEVICE, "双目", "台", 1380, 5, None, 10, 1, "生物实验室", "教务处"),
    ))  # fmt: skip
    _buy(year, date(YEAR, 9, 18), "31002", "购教室空调机6台", "美凯家电商场", "25372000000143810265", (
        ("空调机", "A02061804", DEVICE, "3匹柜机", "台", 7080, 5, None, 6, 1, "九年级教室", "后勤服务中心"),
    ))  # fmt: skip
    payment = Payment(date(YEAR, 4, 22), "购校园办公软件（OA）使用权", "31007", SOFTWARE, "联创信息技术有限公司", RENEWAL,
                      invoice="25372000000115530094", claimed=date(YEAR, 4, 17), handler="马志平")  # fmt: skip
    year.spend(payment, [("1701", SOFTWARE)])


def _buy(year: Year, day: date, code: str, summary: str, supplier: str, invoice: str, rows: tuple) -> None:
    cards = [
        _add(year, (*row[:7], day, *row[8:]), invoice=invoice, supplier=supplier) for row in rows for _ in range(row[8])
    ]
    amount = sum(card.cost for card in cards)
    claimed = day.replace(day=day.day - 5)
    payment = Payment(day, summary, code, amount, supplier, RENEWAL, invoice=invoice, claimed=claimed, handler="马志平")
    year.spend(payment, [(ACCOUNTS[kind], sum(c.cost for c in cards if c.kind == kind)) for kind in {c.kind for c in cards}])
    for card in cards:
        card.voucher = payment.voucher


def build_works(year: Year) -> None:
    """Build: a track that becomes a card, lavatories that are repairs, a roof that is not finished."""
    track = Work("运动场塑胶跑道铺设工程", "鲁筑市政工程有限公司", yuan(305_000), yuan(298_000), yuan(292_400), yuan(286_500), 0,
                 yuan(8_595), date(YEAR, 7, 6), date(YEAR, 8, 24), date(YEAR, 9, 26))  # fmt: skip
    for day, amount, what in ((date(YEAR, 7, 18), 149_000, "进度款"), (date(YEAR, 9, 26), 128_905, "结算款（扣质保金）")):
        _pay(year, track, day, "31005", yuan(amount), f"付{track.name}{what}", "1613")
    year.books.post(date(YEAR, 9, 26), f"{track.name}质保金", ("1613", track.retention), ("2302", -track.retention))
    row = ("塑胶跑道", "A01020000", BUILDING, "400米", "项", 286_500, 8, date(YEAR, 9, 28), 1, 1, "运动场", "后勤服务中心")
    card = _add(year, row, how="自建")
    card.voucher = year.books.post(card.acquired, f"{track.name}竣工转固", ("160101", card.cost), ("1613", -card.cost))
    lavatories = Work("笃行楼厕所改造维修工程", "恒泰建筑安装有限公司", yuan(49_800), yuan(48_600), yuan(47_920), yuan(46_980), 0,
                      yuan(1_409.40), date(YEAR, 7, 10), date(YEAR, 8, 12), date(YEAR, 9, 11))  # fmt: skip
    paid = lavatories.approved - lavatories.retention
    _pay(year, lavatories, date(YEAR, 9, 11), "30213", paid, f"付{lavatories.name}款（扣质保金）", "500102")
    year.books.post(
        date(YEAR, 9, 11), f"{lavatories.name}质保金", ("500102", lavatories.retention), ("2302", -lavatories.retention)
    )
    roof = Work("学生食堂屋面防水工程", "海川防水工程有限公司", yuan(128_000), yuan(126_000), 0, None, 0, 0, date(YEAR, 11, 15), None,
                date(YEAR, 12, 16))  # fmt: skip
    for day, amount in ((date(YEAR, 11, 20), 37_800), (date(YEAR, 12, 16), 37_800)):
        _pay(year, roof, day, "31006", yuan(amount), f"付{roof.name}进度款", "1613")
    year.works += [track, lavatories, roof]


def _pay(year: Year, work: Work, day: date, code: str, amount: int, said: str, debit: str) -> None:
    invoice = f"253720000001{day:%m%d}{amount % 10_000:04d}"
    claimed = day.replace(day=day.day - 4)
    year.spend(Payment(day, said, code, amount, work.contractor, UPKEEP, invoice=invoice, claimed=claimed, handler="周正国"),
               [(debit, amount)])  # fmt: skip
    work.paid += amount


def receive_assets(year: Year) -> None:
    """Take what was given: a screen by the bureau (no income), books by an old pupils' union (a gift)."""
    row = ("触控一体机", "A02020800", DEVICE, "75英寸", "台", MOVED_IN / 100, 6, date(YEAR, 3, 12), 1, 1, "录播教室", "教务处")
    card = _add(year, row, how="调拨")
    card.voucher = year.books.post(card.acquired, "教体局无偿调入触控一体机", ("160102", card.cost), ("3401", -card.cost))
    row = ("图书", "A04010000", BOOKS, "捐赠", "册", 25, 0, date(YEAR, 4, 23), 1, GIVEN_BOOKS, "图书室", "图书室")
    card = _add(year, row, how="接受捐赠")
    card.voucher = year.books.post(card.acquired, "接受校友会捐赠图书320册", ("160103", card.cost), ("4603", -card.cost))


def scrap_assets(year: Year, rng: Random) -> None:
    """Scrap what was fully depreciated before the year began."""
    old = [card for card in year.cards if card.name in {"台式计算机", "A4黑白打印机"} and card.acquired.year < 2019]
    for card in sorted(rng.sample(old, 7), key=lambda each: each.number):
        card.gone = SCRAPPED
    cost = sum(card.cost for card in year.cards if card.gone)
    year.books.post(SCRAPPED, "经批准报废台式计算机、打印机", ("1602", cost), ("160102", -cost))


def depreciate(year: Year) -> None:
    """Charge each month what the cards take, and the software's share."""
    for month in range(1, 13):
        before = f"{YEAR}-{month - 1:02d}" if month > 1 else f"{YEAR - 1}-12"
        kept = [card for card in year.cards if card.gone is None or card.gone.month > month]
        now = sum(accumulated_by(card, f"{YEAR}-{month:02d}") - accumulated_by(card, before) for card in kept)
        last = date(YEAR, month, 28)
        year.books.post(last, f"计提{month}月固定资产折旧", ("500104", now), ("1602", -now))
        if month >= 4:
            part = SOFTWARE // SOFTWARE_MONTHS
            year.books.post(last, f"摊销{month}月软件使用权", ("500105", part), ("1702", -part))
