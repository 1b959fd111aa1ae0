"""The accounts of the two books (财会〔2017〕25号): financial on accruals, budget on cash; fen, debit positive."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

FINANCIAL, BUDGET = "财务会计", "预算会计"
# A code's first digits are those of the account above it.
CHART = {
    "1002": "银行存款", "1218": "其他应收款", "121801": "学校食堂", "121802": "职工借款", "1302": "库存物品", "1601": "固定资产",
    "160101": "房屋和构筑物", "160102": "设备", "160103": "图书和档案", "160104": "家具和用具", "1602": "固定资产累计折旧",
    "1613": "在建工程", "1701": "无形资产", "1702": "无形资产累计摊销", "1902": "待处理财产损溢", "2103": "应缴财政款", "2201": "应付职工薪酬",
    "2302": "应付账款", "2307": "其他应付款", "230701": "代收费", "23070101": "作业本费", "23070102": "校服费", "23070103": "社会实践活动费", "230702": "保证金", "3001": "累计盈余", "3301": "本期盈余",
    "3302": "本年盈余分配", "3401": "无偿调拨净资产", "4001": "财政拨款收入", "400101": "基本支出拨款", "400102": "项目支出拨款",
    "4603": "捐赠收入", "4604": "利息收入", "5001": "业务活动费用", "500101": "工资福利费用", "500102": "商品和服务费用",
    "500103": "对个人和家庭的补助费用", "500104": "固定资产折旧费", "500105": "无形资产摊销费", "5301": "资产处置费用",
    "6001": "财政拨款预算收入", "600101": "基本支出拨款", "600102": "项目支出拨款", "6602": "利息预算收入", "7201": "事业支出",
    "720101": "基本支出", "72010101": "人员经费", "72010102": "公用经费", "720102": "项目支出", "8001": "资金结存",
    "800101": "零余额账户用款额度", "800102": "货币资金", "8101": "财政拨款结转", "8202": "非财政拨款结余", "8701": "非财政拨款结余分配",
}  # fmt: skip
_BUDGET_DIGITS = "678"


def basis_of(code: str) -> str:
    """Say of which of the two books an account is."""
    return BUDGET if code[0] in _BUDGET_DIGITS else FINANCIAL


@dataclass(frozen=True)
class Line:
    """One line of a voucher: an account without others below it, debit positive, fen."""

    code: str
    amount: int
    project: str = ""


@dataclass
class Voucher:
    """One voucher of one book; the number (记-5, 预-5, anew each month) is given when all are known."""

    day: date
    summary: str
    lines: list[Line]
    number: str = ""

    @property
    def basis(self) -> str:
        """The book it is of."""
        return basis_of(self.lines[0].code)

    @property
    def debit(self) -> int:
        """What its debits add up to."""
        return sum(line.amount for line in self.lines if line.amount > 0)


@dataclass
class Books:
    """Openings and vouchers; what was posted always balances."""

    opening: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    vouchers: list[Voucher] = field(default_factory=list)

    def open(self, amounts: Iterable[tuple[str, int]]) -> None:
        """Add openings; together they must add up to nothing."""
        given = list(amounts)
        if sum(amount for _, amount in given):
            raise ValueError(f"openings do not balance: {given}")
        for code, amount in given:
            self.opening[code] += amount

    def post(self, day: date, summary: str, *lines: tuple[str, int] | tuple[str, int, str]) -> Voucher:
        """Enter a voucher; lines of no amount are left out."""
        kept = [Line(*line) for line in lines if line[1]]
        if sum(line.amount for line in kept) or len({basis_of(line.code) for line in kept}) != 1:
            raise ValueError(f"{day} {summary} does not balance: {kept}")
        voucher = Voucher(day, summary, kept)
        self.vouchers.append(voucher)
        return voucher

    def number(self) -> None:
        """Put the vouchers into the order of their days and number them, each book and each month anew."""
        self.vouchers.sort(key=lambda each: (each.basis != FINANCIAL, each.day))
        last: dict[tuple[str, str], int] = defaultdict(int)
        for each in self.vouchers:
            key = (each.basis, each.day.isoformat()[:7])
            last[key] += 1
            each.number = f"{'记' if each.basis == FINANCIAL else '预'}-{last[key]}"

    def of(self, basis: str) -> list[Voucher]:
        """Give the vouchers of one book."""
        return [each for each in self.vouchers if each.basis == basis]

    def moved(self, code: str) -> tuple[int, int]:
        """Give debits and credits of an account and those below it."""
        amounts = [line.amount for each in self.vouchers for line in each.lines if line.code.startswith(code)]
        return sum(a for a in amounts if a > 0), -sum(a for a in amounts if a < 0)

    def opened(self, code: str) -> int:
        """Give the opening of an account and those below it."""
        return sum(amount for other, amount in self.opening.items() if other.startswith(code))

    def balance(self, code: str) -> int:
        """Give the balance of an account and those below it, debit positive."""
        debit, credit = self.moved(code)
        return self.opened(code) + debit - credit

    def accounts(self, basis: str) -> Iterator[str]:
        """Give the accounts of a book that were ever used, with those above them, in the order of the chart."""
        used = {line.code for each in self.vouchers for line in each.lines} | {c for c, a in self.opening.items() if a}
        yield from (c for c in CHART if basis_of(c) == basis and any(other.startswith(c) for other in used))
