"""The vouchers of the centre's journal: what each paid, which economic classes it shows, how it may be called; 元.

What a voucher paid is what it took from the money accounts, or drew on the treasury; of a journal that has the budget's
book alone, what that book took. A school cites a voucher as 记-5, 记5号 or 5: all three are one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.records import Record

ZERO = Decimal(0)
_MONEY_CODES, _MONEY_WORDS = ("1001", "1002", "1011", "1021", "1201", "4001"), re.compile(
    r"库存现金|银行存款|零余额|财政拨款收入|财政应返还"
)
_BUDGET_MONEY = ("8001", "6001")
# A debit of these is spending; 往来 passed on (1218, 2307) and money moved between accounts is none.
_SPENT_CODES = ("5", "7", "13", "16", "17", "1214", "2201", "2301", "2302")
_SPENT_WORDS = re.compile(r"费用|支出|固定资产|库存物品|应付账款|应付职工薪酬|预付账款")
_PAYROLL = re.compile(r"工资|社保|公积金|养老|职业年金|医疗保险|失业|津贴补贴|绩效|奖励性补贴")
_ECONOMIC = re.compile(r"(30[1-3]\d{2}|31[0-3]\d{2}|39\d{3})$")
_CLASSES = (("301", "工资福利"), ("302", "商品和服务"), ("303", "对个人和家庭"), ("310", "资本性"))
_CAPITAL = ("1601", "1611", "1613", "1701")
_PLAIN = re.compile(r"[\s\-—－_第号#.]|凭证|字")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Voucher:
    """A voucher of a month: its rows of the journal, what it paid, what else it may be compared with."""

    month: str
    name: str
    rows: list[Record] = field(default_factory=list)

    def sum(self, side: str, codes: tuple[str, ...] = ("",), words: re.Pattern[str] | None = None) -> Decimal:
        """Add up one side over accounts, by code, or by name where the journal has no codes."""
        return sum((each.number(side) or ZERO for each in self.rows if _is_of(each, codes, words)), ZERO)

    def paid(self, *, budget: bool = False) -> Decimal:
        """Give what it took from the money accounts."""
        codes, words = (_BUDGET_MONEY, None) if budget else (_MONEY_CODES, _MONEY_WORDS)
        return self.sum("credit", codes, words) - self.sum("debit", codes, words)

    def spent(self) -> Decimal:
        """Give its debits of costs, goods, assets and debts paid."""
        return self.sum("debit", _SPENT_CODES, _SPENT_WORDS)

    def amounts(self) -> list[Decimal]:
        """Give the amounts that a school may know it by, the surest first."""
        found = [self.paid(), self.spent(), self.paid(budget=True), self.sum("debit"), self.sum("credit")]
        return [each for each in dict.fromkeys(found) if each]

    @property
    def is_payroll(self) -> bool:
        """Tell pay, insurance and housing funds: paid by the treasury from its own lists, never claimed."""
        return any(_PAYROLL.search(each.text("summary")) for each in self.rows)

    @property
    def year(self) -> str:
        """The year of its month."""
        return self.month[:4]

    def economics(self) -> set[str]:
        """Give the economic codes that its debits show, or their classes (302); none where the journal shows none."""
        found: set[str] = set()
        for each in self.rows:
            if not each.number("debit"):
                continue
            code, name = each.text("code"), f"{each.text('subject')}{each.text('project')}"
            own = _ECONOMIC.search(code) if len(code) > len("30201") else None
            if own:
                found.add(own[1])
            elif code.startswith(_CAPITAL):
                found.add("310")
            else:
                found |= {kind for kind, word in _CLASSES if word in name}
        return found


class Vouchers:
    """All vouchers of a journal, found by what a school calls them."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Group the rows that count by month and voucher."""
        self.all: dict[tuple[str, str], Voucher] = {}
        self._by_number: dict[tuple[str, str], list[Voucher]] = defaultdict(list)
        for each in records:
            month, name = each.text("date")[:7], plain_voucher(each.text("voucher"))
            if each.pending or not name:
                continue
            if (month, name) not in self.all:
                self.all[month, name] = made = Voucher(month, name)
                for key in {name, digits_of(name)}:
                    self._by_number[month, key].append(made)
                    self._by_number["", key].append(made)
            self.all[month, name].rows.append(each)
        self.has_financial = any(each.text("code")[:1] in frozenset("12345") for each in records)

    def find(self, month: str, cited: str) -> Voucher | None:
        """Find what a school cites, of a month where it says one; None where there is none, or more than one."""
        name = plain_voucher(cited)
        for key in (month, "") if not month else (month,):
            exact = self.all.get((key, name))
            if exact is not None:
                return exact
            found = self._by_number.get((key, name if not name.isdigit() else digits_of(name)), [])
            own = [each for each in found if each.paid()] or found
            if len(own) == 1:
                return own[0]
        return None

    def paid(self, voucher: Voucher) -> Decimal:
        """Give what a voucher paid: by the budget's book only in a journal that has no other."""
        return voucher.paid(budget=not self.has_financial)


def plain_voucher(text: str) -> str:
    """Give a voucher's name without signs and leading zeros.

    >>> plain_voucher("记-0005"), plain_voucher("记5号"), plain_voucher(" 5 ")
    ('记5', '记5', '5')
    """
    bare = _PLAIN.sub("", unicodedata.normalize("NFKC", text))
    return _DIGITS.sub(lambda found: str(int(found[0])), bare)


def digits_of(name: str) -> str:
    """Give the number of a voucher's plain name."""
    found = _DIGITS.search(name)
    return found[0] if found else name


def _is_of(record: Record, codes: tuple[str, ...], words: re.Pattern[str] | None) -> bool:
    code = record.text("code")
    if code:
        return code.startswith(codes)
    return codes == ("",) or bool(words and words.search(record.text("subject")))
