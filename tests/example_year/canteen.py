"""The canteen, a book of its own: prepaid meals, meals by the day, food by the week, costs by the month; fen, kg."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from example.people import classes
from example_year.model import YEAR, share, yuan
from example_year.others import CANTEEN_WATER, WATER_BEFORE

from houqin.school.national_days import HOLIDAYS, WORKING_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

PRICE, STAFF_PRICE = yuan(6.50), yuan(10)
TERMS = ((date(2024, 9, 2), date(2025, 1, 17)), (date(2025, 2, 17), date(2025, 7, 4)), (date(2025, 9, 1), date(2026, 1, 30)))
OFF = {date(2025, 10, 30), date(2025, 10, 31)}
DISH, STAPLE, SPICE = "菜品", "米/油", "调味品"
# name, class, spec, 元/kg, grams a meal, supplier, shelf life, papers
FOODS = (
    ("大米", STAPLE, "25kg/袋", 5.20, 110, "丰年粮油配送中心", "12个月", "合格证、检验报告"),
    ("面粉", STAPLE, "25kg/袋", 4.40, 40, "丰年粮油配送中心", "12个月", "合格证、检验报告"),
    ("花生油", STAPLE, "5L/桶", 15.50, 18, "丰年粮油配送中心", "18个月", "合格证、检验报告"),
    ("猪后腿肉", DISH, "鲜", 24.00, 45, "康源肉食有限公司", "2天", "检疫合格证明"),
    ("鸡胸肉", DISH, "冷鲜", 16.00, 30, "康源肉食有限公司", "3天", "检疫合格证明"),
    ("鲜鸡蛋", DISH, "散装", 9.60, 35, "康源肉食有限公司", "30天", "检疫合格证明"),
    ("卤水豆腐", DISH, "散装", 4.60, 30, "绿园蔬菜配送中心", "2天", "合格证"),
    ("土豆", DISH, "散装", 2.80, 60, "绿园蔬菜配送中心", "15天", "检测合格单"),
    ("大白菜", DISH, "散装", 2.20, 60, "绿园蔬菜配送中心", "7天", "检测合格单"),
    ("西红柿", DISH, "散装", 4.80, 50, "绿园蔬菜配送中心", "7天", "检测合格单"),
    ("加碘食盐", SPICE, "400g/袋", 3.00, 4, "丰年粮油配送中心", "36个月", "合格证、检验报告"),
    ("酱油", SPICE, "桶装", 7.00, 6, "丰年粮油配送中心", "18个月", "合格证、检验报告"),
)  # fmt: skip
PAID_AS = {"丰年粮油配送中心": "付{month}月粮油、调料款", "康源肉食有限公司": "付{month}月猪肉、鸡蛋等肉蛋款", "绿园蔬菜配送中心": "付{month}月蔬菜、豆制品款"}
WAGES, GAS, POWER, SUPPLIES = yuan(28_600), 27, 19, 4  # the last three in fen a meal
REPAIRS = {3: yuan(1_860), 10: yuan(2_340)}
TESTS = {2: yuan(1_200), 8: yuan(1_200)}
INTEREST = {3: yuan(218.46), 6: yuan(243.17), 9: yuan(236.90), 12: yuan(251.08)}
FEES = yuan(15)
BANK_BEFORE = yuan(286_415.37)


def meal_days(first: date, last: date) -> Iterator[date]:
    """Give the days of a term with lunch: no holidays, no sports days, but the exchanged Saturdays."""
    day = first
    while day <= last:
        if day not in OFF and (day in WORKING_DAYS or (day not in HOLIDAYS and day.weekday() < 5)):
            yield day
        day += timedelta(days=1)


@dataclass
class Prepaid:
    """What one class paid ahead over the year; meals are counted, the amounts follow from them."""

    name: str
    grade: str
    registered: int
    opening: int
    paid: int = 0
    meals: int = 0
    refund: int = 0

    @property
    def due(self) -> int:
        """Meals by price: income."""
        return self.meals * PRICE

    @property
    def carry(self) -> int:
        """What is still prepaid at the end: a liability."""
        return self.opening + self.paid - self.due - self.refund


@dataclass
class FoodReceipt:
    """One food received."""

    day: date
    food: tuple
    qty: int
    price: int

    @property
    def amount(self) -> int:
        """Quantity by price."""
        return self.qty * self.price


@dataclass
class FoodMonth:
    """A food over a month: kg and fen."""

    month: int
    food: tuple
    open_qty: int
    open_amount: int
    in_qty: int = 0
    in_amount: int = 0
    out_qty: int = 0
    out_amount: int = 0

    @property
    def qty(self) -> int:
        """What is there."""
        return self.open_qty + self.in_qty - self.out_qty

    @property
    def amount(self) -> int:
        """What it is worth."""
        return self.open_amount + self.in_amount - self.out_amount


@dataclass
class CashRow:
    """A row of 食堂日记账: in positive."""

    day: date
    summary: str
    account: str
    amount: int


@dataclass
class Canteen:
    """The canteen's year; `counts` are (day, class) -> lunches of pupils, `staff` lunches of staff by month."""

    prepaid: dict[str, Prepaid] = field(default_factory=dict)
    counts: dict[tuple[date, str], int] = field(default_factory=dict)
    staff: dict[int, int] = field(default_factory=dict)
    receipts: list[FoodReceipt] = field(default_factory=list)
    months: list[FoodMonth] = field(default_factory=list)
    cash: list[CashRow] = field(default_factory=list)
    statement: list[dict[str, int]] = field(default_factory=list)

    def meals(self, month: int) -> int:
        """Give the pupils' lunches of a month."""
        return sum(n for (day, _), n in self.counts.items() if day.month == month)

    @property
    def closing(self) -> int:
        """What the account holds at the end."""
        return BANK_BEFORE + sum(each.amount for each in self.cash)

    @property
    def net(self) -> int:
        """食堂净收入: income less cost on accruals."""
        return sum(each["profit"] for each in self.statement)


def run_canteen(rng: Random) -> Canteen:
    """Let the year pass in the canteen."""
    canteen = Canteen()
    _count_meals(canteen, rng)
    _collect(canteen)
    _feed(canteen, rng)
    _spend(canteen)
    canteen.cash.sort(key=lambda each: (each.day, each.amount < 0))
    _state(canteen)
    return canteen


def _count_meals(canteen: Canteen, rng: Random) -> None:
    days = [day for first, last in TERMS for day in meal_days(max(first, date(YEAR, 1, 2)), min(last, date(YEAR, 12, 31)))]
    january = sum(day.month == 1 for day in days)
    for room in classes():
        registered = room.pupils - rng.randint(2, 6)
        # Some of the autumn's uneaten meals are still to be given back.
        opening = (registered * january + rng.randint(20, 60)) * PRICE
        canteen.prepaid[room.name] = Prepaid(room.name, room.grade, registered, opening)
        for day in days:
            canteen.counts[day, room.name] = registered - rng.choice((0, 0, 0, 1, 1, 2, 3))
    for month in range(1, 13):
        own = sum(day.month == month for day in days)
        canteen.staff[month] = own * 52 + rng.randint(-30, 30) if own else 0


def _collect(canteen: Canteen) -> None:
    """Collect by grade at the start of a term, give back by grade at its end what was not eaten."""
    spring, autumn = (sum(1 for _ in meal_days(*term)) for term in TERMS[1:])
    for each in canteen.prepaid.values():
        each.paid = each.registered * (spring + autumn) * PRICE
        each.meals = sum(n for (_, name), n in canteen.counts.items() if name == each.name)
    for grade in dict.fromkeys(each.grade for each in canteen.prepaid.values()):
        own = [each for each in canteen.prepaid.values() if each.grade == grade]
        for day, days, term in ((date(YEAR, 2, 17), spring, "2024-2025学年第二学期"), (date(YEAR, 9, 1), autumn, "2025-2026学年第一学期")):
            amount = sum(each.registered for each in own) * days * PRICE
            canteen.cash.append(CashRow(day, f"收{term}学生餐费（{grade}）", "预收餐费", amount))
        for day, months, paid, term in ((date(YEAR, 1, 20), {1}, 0, "2024-2025学年第一学期"), (date(YEAR, 7, 8), range(2, 8), spring, "2024-2025学年第二学期")):
            back = 0
            for each in own:
                eaten = sum(n for (d, name), n in canteen.counts.items() if name == each.name and d.month in months)
                had = each.opening if not paid else each.registered * paid * PRICE
                refund = had - eaten * PRICE
                each.refund += refund
                back += refund
            canteen.cash.append(CashRow(day, f"退{term}未就餐款（{grade}）", "预收餐费", -back))


def _feed(canteen: Canteen, rng: Random) -> None:
    """Buy food for a week at a time, use it by the meals; what is left at the end of a month is counted."""
    left = {food[0]: (round(food[4] * 1.5) + 6, 0) for food in FOODS}
    left = {food[0]: (left[food[0]][0], left[food[0]][0] * yuan(food[3])) for food in FOODS}
    for month in range(1, 13):
        days = sorted({day for day, _ in canteen.counts if day.month == month})
        eaten = canteen.meals(month) + canteen.staff[month]
        for food in FOODS:
            name, price, grams = food[0], food[3], food[4]
            made = FoodMonth(month, food, *left[name])
            for monday in sorted({day - timedelta(days=day.weekday()) for day in days}):
                first = next(day for day in days if day >= monday)
                week = [day for day in days if monday <= day < monday + timedelta(days=7)]
                meals = sum(n for (day, _), n in canteen.counts.items() if day in week) + 52 * len(week)
                moved = 1 + rng.randint(-6, 6) / 100
                qty = max(round(meals * grams / 1000 * (1 + rng.randint(-3, 4) / 100)), 1)
                receipt = FoodReceipt(first, food, qty, round(yuan(price) * moved / 10) * 10 if price > 3 else yuan(price))
                canteen.receipts.append(receipt)
                made.in_qty, made.in_amount = made.in_qty + qty, made.in_amount + receipt.amount
            use = min(round(eaten * grams / 1000), made.open_qty + made.in_qty - 2)
            made.out_qty = max(use, 0)
            made.out_amount = share(made.open_amount + made.in_amount, made.out_qty, made.open_qty + made.in_qty)
            canteen.months.append(made)
            left[name] = (made.qty, made.amount)


def _spend(canteen: Canteen) -> None:
    """Pay: food within its month, gas, power and help by the month, the school's water a month later."""
    before = WATER_BEFORE
    for month in range(1, 13):
        eaten, row = canteen.meals(month) + canteen.staff[month], []
        for supplier, said in PAID_AS.items():
            due = sum(r.amount for r in canteen.receipts if r.day.month == month and r.food[5] == supplier)
            row.append((28, said.format(month=month), "食材", -due))
        row += [
            (25, f"付{month}月燃气费", "燃气", -eaten * GAS), (26, f"付{month}月食堂用电", "水电", -eaten * POWER),
            (27, f"付{month}月洗涤用品、厨房用纸款", "其他物料", -eaten * SUPPLIES),
            (29 if month != 2 else 28, f"付{month}月厨工劳务费", "工资", -_wages(canteen, month)),
            (12, f"还学校代垫{(month - 2) % 12 + 1}月水费", "应付学校", -before),
            (30 if month != 2 else 28, f"收教职工{month}月就餐款", "教职工就餐", canteen.staff[month] * STAFF_PRICE),
            (16, "灶具、排烟罩维修", "维修", -REPAIRS.get(month, 0)), (20, "餐具消毒效果检测", "检测", -TESTS.get(month, 0)),
            (21, f"{month}月结息", "利息", INTEREST.get(month, 0)), (22, "账户管理费", "手续费", -FEES if month % 3 == 0 else 0),
        ]  # fmt: skip
        before = yuan(CANTEEN_WATER[month - 1])
        canteen.cash += [CashRow(date(YEAR, month, day), said, account, n) for day, said, account, n in row if n]


def _wages(canteen: Canteen, month: int) -> int:
    return WAGES if canteen.meals(month) else 0


def _state(canteen: Canteen) -> None:
    """State each month: income by meals eaten, food by what was used, the rest as it fell due."""
    for month in range(1, 13):
        eaten = canteen.meals(month) + canteen.staff[month]
        used = {kind: sum(m.out_amount for m in canteen.months if m.month == month and m.food[1] == kind)
                for kind in (DISH, STAPLE, SPICE)}  # fmt: skip
        line = {
            "pupils": canteen.meals(month) * PRICE, "staff": canteen.staff[month] * STAFF_PRICE, "dish": used[DISH],
            "staple": used[STAPLE], "spice": used[SPICE], "supplies": eaten * SUPPLIES, "gas": eaten * GAS,
            "water": eaten * POWER + yuan(CANTEEN_WATER[month - 1]), "wages": _wages(canteen, month), "tax": 0,
            "repairs": REPAIRS.get(month, 0), "tests": TESTS.get(month, 0), "interest": -INTEREST.get(month, 0),
            "fees": FEES if month % 3 == 0 else 0,
        }  # fmt: skip
        line["income"] = line["pupils"] + line["staff"]
        line["cost"] = sum(line[n] for n in ("dish", "staple", "spice", "supplies", "gas", "water", "wages"))
        line["office"], line["finance"] = line["repairs"] + line["tests"], line["interest"] + line["fees"]
        line["profit"] = line["income"] - line["cost"] - line["tax"] - line["office"] - line["finance"]
        canteen.statement.append(line)
