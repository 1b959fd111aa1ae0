"""The nouns of the year: what was spent, bought, issued, built, collected; every amount in fen, every quantity whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from example_year.accounts import Books

if TYPE_CHECKING:
    from datetime import date

    from example_year.accounts import Voucher

YEAR = 2025
NAMES = {
    "301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金", "30107": "绩效工资", "30108": "机关事业单位基本养老保险缴费",
    "30109": "职业年金缴费", "30110": "职工基本医疗保险缴费", "30112": "其他社会保障缴费", "30113": "住房公积金", "302": "商品和服务支出",
    "30201": "办公费", "30202": "印刷费", "30205": "水费", "30206": "电费", "30207": "邮电费", "30208": "取暖费", "30209": "物业管理费",
    "30211": "差旅费", "30213": "维修(护)费", "30216": "培训费", "30217": "公务接待费", "30226": "劳务费", "30227": "委托业务费",
    "30228": "工会经费", "30229": "福利费", "303": "对个人和家庭的补助", "30305": "生活补助", "30308": "助学金", "310": "资本性支出",
    "31002": "办公设备购置", "31003": "专用设备购置", "31005": "基础设施建设", "31006": "大型修缮", "31007": "信息网络及软件购置更新",
}  # fmt: skip
RENEWAL, UPKEEP, AID = "教学设备更新", "校舍维修改造", "家庭经济困难学生资助"
# 功能科目 by economic subject; the rest is 初中教育.
FUNCTIONS = {"30108": "2080505 机关事业单位基本养老保险缴费支出", "30109": "2080506 机关事业单位职业年金缴费支出",
             "30110": "2101102 事业单位医疗", "30113": "2210201 住房公积金"}  # fmt: skip
SCHOOLING = "2050203 初中教育"
DIRECT, CARD, TRANSFER = "财政直接支付", "公务卡", "财政授权支付"


def yuan(text: str | float) -> int:
    """Give fen of an amount in 元.

    >>> yuan("12.30"), yuan(5)
    (1230, 500)
    """
    return round(float(text) * 100)


def share(amount: int, part: int, whole: int) -> int:
    """Give part/whole of an amount (not negative), half up."""
    return (2 * amount * part + whole) // (2 * whole)


@dataclass
class Payment:
    """What was paid out of the budget: a row of the school's 收支明细账, and of 报账登记 where it was claimed."""

    day: date
    summary: str
    code: str
    amount: int
    payee: str
    project: str = ""
    how: str = TRANSFER
    invoice: str = ""
    voucher: Voucher | None = None
    claimed: date | None = None
    handler: str = ""

    @property
    def kind(self) -> str:
        """The account of 预算支出."""
        if self.project:
            return "720102"
        return "72010101" if self.code[:3] in {"301", "303"} else "72010102"


@dataclass
class Owed:
    """What was received in December and is paid in January: this year's cost, next year's spending."""

    day: date
    summary: str
    code: str
    amount: int
    payee: str
    invoice: str


@dataclass
class Good:
    """One good of the store room: opening, and its movements (day, quantity, fen) by hand of `stock`."""

    category: str
    name: str
    spec: str
    uom: str
    open_qty: int
    open_amount: int
    in_qty: int = 0
    in_amount: int = 0
    out_qty: int = 0
    out_amount: int = 0
    lost: int = 0
    lost_amount: int = 0

    @property
    def qty(self) -> int:
        """What is there by the books."""
        return self.open_qty + self.in_qty - self.out_qty

    @property
    def amount(self) -> int:
        """What that is worth."""
        return self.open_amount + self.in_amount - self.out_amount


@dataclass
class Receipt:
    """A row of 入库登记."""

    day: date
    doc: str
    good: Good
    qty: int
    price: int
    supplier: str
    invoice: str

    @property
    def amount(self) -> int:
        """Quantity by price."""
        return self.qty * self.price


@dataclass
class Issue:
    """A row of 领用登记; the amount is the moving average's."""

    day: date
    good: Good
    qty: int
    dept: str
    use: str
    amount: int = 0


@dataclass
class Card:
    """An asset card; years 0 where it is not depreciated."""

    number: str
    code: str
    kind: str
    name: str
    spec: str
    uom: str
    qty: int
    price: int
    years: int
    acquired: date
    place: str
    dept: str
    user: str
    how: str = "购置"
    invoice: str = ""
    supplier: str = ""
    voucher: Voucher | None = None
    gone: date | None = None

    @property
    def cost(self) -> int:
        """Quantity by price."""
        return self.qty * self.price


@dataclass
class Work:
    """A contract of works."""

    name: str
    contractor: str
    budget: int
    contract: int
    submitted: int
    approved: int | None
    paid: int
    retention: int
    start: date
    end: date | None
    pay_day: date


@dataclass
class Fee:
    """A fee item of a term: opening + collected - spent - refunded = left."""

    item: str
    payer: str
    basis: str
    persons: int
    standard: int
    waived: int
    spent: int
    refund: int
    opening: int = 0

    @property
    def collected(self) -> int:
        """What came in."""
        return self.persons * self.standard - self.waived

    @property
    def left(self) -> int:
        """What is still owed."""
        return self.opening + self.collected - self.spent - self.refund


@dataclass
class Debt:
    """A row of 往来款明细."""

    kind: str
    party: str
    reason: str
    day: date
    opening: int
    more: int
    less: int

    @property
    def balance(self) -> int:
        """What is left."""
        return self.opening + self.more - self.less


@dataclass
class Meter:
    """A month of a meter."""

    month: int
    kind: str
    number: str
    area: str
    factor: int
    before: int
    after: int
    price: int  # ten-thousandths of a 元

    @property
    def use(self) -> int:
        """What ran through it."""
        return (self.after - self.before) * self.factor

    @property
    def cost(self) -> int:
        """Use by price, fen, half up."""
        return (2 * self.use * self.price + 100) // 200


@dataclass
class BankRow:
    """What went over the school's own account: in positive. `cleared` is the bank's day: until then it is 未达."""

    day: date
    summary: str
    party: str
    amount: int

    @property
    def cleared(self) -> date:
        """The bank's day: what is paid out arrives some days later, interest comes before its slip; December is done."""
        if "结息" in self.summary:
            return self.day - timedelta(days=4)
        late = self.amount < 0 and self.day.month < 12
        return self.day + timedelta(days=4 if self.day.day >= 28 else 1 + self.day.day % 3) if late else self.day


@dataclass
class Year:
    """Everything that happened."""

    books: Books = field(default_factory=Books)
    payments: list[Payment] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)
    goods: list[Good] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    debts: list[Debt] = field(default_factory=list)
    meters: list[Meter] = field(default_factory=list)
    bank: list[BankRow] = field(default_factory=list)

    def spend(self, payment: Payment, debits: list[tuple[str, int]] | None = None) -> Payment:
        """Pay out of the budget: cost (or what it is instead) against 财政拨款收入, and the budget's own voucher."""
        cost = {"301": "500101", "302": "500102", "303": "500103"}.get(payment.code[:3], "")
        given = debits or [(cost, payment.amount)]
        income, budget = ("400102", "600102") if payment.project else ("400101", "600101")
        payment.voucher = self.books.post(payment.day, payment.summary, *given, (income, -payment.amount, payment.project))
        self.books.post(
            payment.day, payment.summary, (payment.kind, payment.amount, payment.project), (budget, -payment.amount)
        )
        self.payments.append(payment)
        return payment

    def over_the_bank(self, row: BankRow, account: str) -> None:
        """Move money of the school's own account, which is nobody's income unless `account` says so."""
        self.books.post(row.day, row.summary, ("1002", row.amount), (account, -row.amount))
        self.bank.append(row)
