"""What was paid out of the budget but for goods, assets and works: pay, running costs, aid; what December left unpaid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from example_year.model import AID, CARD, DIRECT, YEAR, Meter, Owed, Payment, yuan

if TYPE_CHECKING:
    from random import Random

    from example_year.model import Year

# Monthly pay, 元; from July on a grade more.
PAY = {
    "30101": 412_360, "30102": 58_240, "30107": 186_420, "30108": 105_123.20, "30109": 52_561.60, "30110": 55_846.70,
    "30112": 4_599.14, "30113": 78_842.40,
}  # fmt: skip
RAISE = {"30101": 6_180, "30107": 3_200, "30108": 1_500.80, "30109": 750.40}
BONUS = {12: ("30103", 468_900)}
# code, summary, payee, 元, months
RUNNING = (
    ("30207", "付{month}月固定电话、宽带费", "示例通信有限公司营业厅", 1180, range(1, 13)),
    ("30209", "付{quarter}季度保洁、保安服务费", "安和物业服务有限公司", 36_000, (3, 6, 9, 12)),
    ("30226", "付{month}月临时用工劳务费", "惠民劳务服务有限公司", 6800, (1, 3, 4, 5, 6, 9, 10, 11, 12)),
    ("30228", "拨缴{quarter}季度工会经费", "学校工会委员会", 24_310.50, (3, 6, 9, 12)),
    ("30202", "试卷、学案印刷费", "文汇印务有限公司", 7360, (1, 4, 6, 11)),
    ("30208", "付2025-2026采暖季取暖费", "城市热力有限公司", 158_760, (11,)),
    ("30216", "教师业务培训费", "教师发展中心", 5200, (4, 8, 10)),
    ("30211", "赴外校教研差旅费", "教务处公务卡还款", 2486.50, (3, 5, 10, 12)),
    ("30217", "接待教研交流用餐", "和平路餐厅", 1390, (5, 11)),
    ("30227", "生活饮用水水质检测费", "正源检测技术有限公司", 2400, (2, 9)),
    ("30229", "教职工体检费", "市立健康体检中心", 38_760, (7,)),
    ("30213", "更换门锁、合页等零星维修", "宏达五金维修部", 2645.30, (2, 4, 6, 10, 12)),
    ("30201", "订阅报刊", "邮政报刊发行站", 4380, (1,)),
    ("30201", "购教学用光盘、图表", "新华书店", 1967.40, (3, 9)),
    ("30305", "发放遗属生活补助", "遗属人员", 5460, (3, 6, 9, 12)),
)  # fmt: skip
GRANTS = ((5, 62_500), (11, 66_250))
# kind, number, place, factor, first reading, uses by month, ten-thousandths of a 元
METERS = (
    ("电", "D-1001", "教学楼", 60, 10_862, (68, 22, 74, 66, 61, 70, 30, 18, 72, 66, 75, 82), 5469),
    ("电", "D-1002", "办公综合楼", 40, 5_120, (52, 20, 50, 44, 40, 58, 31, 26, 55, 44, 52, 60), 5469),
    ("水", "S-2001", "教学楼、操场", 1, 30_418, (420, 150, 510, 560, 590, 640, 260, 180, 660, 540, 470, 430), 41_500),
)  # fmt: skip
DECEMBER = (
    (26, "试卷印刷费（期末）", "30202", 3150, "文汇印务有限公司", "25372000000158800991"),
    (29, "暖气管道抢修费", "30213", 4280, "宏达五金维修部", "25372000000160022417"),
)  # fmt: skip


def spend_on_pay(year: Year) -> None:
    """Pay: owed to the staff and paid on one voucher a month, each subject a row."""
    for month in range(1, 13):
        day = date(YEAR, month, 10)
        sums = {c: yuan(a + (RAISE.get(c, 0) if month >= 7 else 0)) for c, a in PAY.items()}
        if month in BONUS:
            code, amount = BONUS[month]
            sums[code] = yuan(amount)
        whole = sum(sums.values())
        summary = f"发放{month}月工资、缴纳社保公积金"
        voucher = year.books.post(day, summary, ("500101", whole), ("2201", -whole), ("2201", whole), ("400101", -whole))
        year.books.post(day, summary, ("72010101", whole), ("600101", -whole))
        for code in sorted(sums):
            payee = "社会保险、公积金经办机构" if code in {"30108", "30109", "30110", "30112", "30113"} else "全体教职工"
            payment = Payment(day, f"{month}月{_word(code)}", code, sums[code], payee, how=DIRECT, voucher=voucher)
            year.payments.append(payment)


def _word(code: str) -> str:
    return {"30101": "基本工资", "30102": "津贴补贴", "30103": "年终一次性奖金", "30107": "绩效工资", "30108": "养老保险",
            "30109": "职业年金", "30110": "医疗保险", "30112": "失业、工伤保险", "30113": "住房公积金"}[code]  # fmt: skip


def spend_on_running(year: Year, rng: Random) -> None:
    """Pay running costs: those of a contract each time alike, the others a little different each time."""
    number = 158_000_000
    for code, summary, payee, amount, months in RUNNING:
        is_steady = code in {"30207", "30209", "30208", "30201", "30305"}
        for month in months:
            number += rng.randint(11, 977)
            fen = yuan(amount) if is_steady else yuan(amount) + rng.randint(-60, 60) * 50
            day = date(YEAR, month, rng.randint(13, 26))
            said = summary.format(month=month, quarter="一二三四"[(month - 1) // 3])
            invoice = "" if code in {"30228", "30305"} else f"25372000{number:012d}"
            claimed = None if code == "30305" else day - timedelta(days=rng.randint(2, 6))
            how = CARD if code in {"30211", "30217"} else DIRECT if code == "30305" else "财政授权支付"
            year.spend(Payment(day, said, code, fen, payee, how=how, invoice=invoice, claimed=claimed, handler="马志平"))


def spend_on_aid(year: Year) -> None:
    """Pay the aid of poor pupils, a project of its own."""
    for month, amount in GRANTS:
        term = "春" if month < 7 else "秋"
        day = date(YEAR, month, 28)
        year.spend(Payment(day, f"发放{term}季学期家庭经济困难学生生活补助", "30308", yuan(amount), "受助学生家长", AID, DIRECT))


def read_meters(year: Year) -> None:
    """Read the meters on the 20th, pay the suppliers within the month."""
    for kind, number, area, factor, first, uses, price in METERS:
        at = first
        for month, use in enumerate(uses, 1):
            year.meters.append(Meter(month, kind, number, area, factor, at, at + use, price))
            at += use
    for kind, code, payee in (("电", "30206", "国网示例供电公司"), ("水", "30205", "城市供水有限公司")):
        for month in range(1, 13):
            cost = sum(each.cost for each in year.meters if each.kind == kind and each.month == month)
            day = date(YEAR, month, 24)
            invoice = f"2537200{4 if kind == '电' else 6}000{month:02d}{cost % 10_000_000:07d}"
            said = f"付{month}月{kind}费"
            year.spend(Payment(day, said, code, cost, payee, invoice=invoice, claimed=date(YEAR, month, 22), handler="马志平"))


def owe_for_december(year: Year) -> None:
    """Take in services of December that January pays: cost now, spending then."""
    for day, summary, code, amount, payee, invoice in DECEMBER:
        fen = yuan(amount)
        year.owed.append(Owed(date(YEAR, 12, day), summary, code, fen, payee, invoice))
        year.books.post(date(YEAR, 12, 31), f"计提应付{payee}{summary}", ("500102", fen), ("2302", -fen))


