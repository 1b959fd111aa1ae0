"""What a row of 往来款明细 is: its account, its balance on the account's own side, how old, whose; 元, days.

A balance is on the wrong side where the account is a debt and the other owes, or the reverse. Age counts from the day
of the business to the base date; of a month alone its last days count, as in the form's own check.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.account.persons import is_person, speaks_of_a_loan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.rows import Row
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case


class Account(NamedTuple):
    """An account of 往来: its code, its name, 1 where its balance is normally a debit and -1 a credit, its words."""

    code: str
    name: str
    side: int
    words: tuple[str, ...]


# The more exact words first: 其他应收款 is no 应收账款.
ACCOUNTS = (
    Account("1218", "其他应收款", 1, ("其他应收", "暂付", "备用金", "借款")),
    Account("2307", "其他应付款", -1, ("其他应付", "暂存", "代收", "押金", "保证金")),
    Account("2502", "长期应付款", -1, ("长期应付",)),
    Account("1214", "预付账款", 1, ("预付",)),
    Account("2305", "预收账款", -1, ("预收",)),
    Account("1211", "应收票据", 1, ("应收票据",)),
    Account("2301", "应付票据", -1, ("应付票据",)),
    Account("1212", "应收账款", 1, ("应收",)),
    Account("2302", "应付账款", -1, ("应付", "质保金")),
)
CODES = {each.code: each for each in ACCOUNTS}
UNNAMED = "没有写科目"
BANDS = ("1年以内", "1至2年", "2至3年", "3年以上")
UNKNOWN_AGE = "账龄不明"
YEAR = 365
_MONTH = len("2025-09")
_CODE = re.compile(r"(?<!\d)(1211|1212|1214|1218|2301|2302|2305|2307|2502)")
_YEARS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[-至~－—到]\s*\d+(?:\.\d+)?)?\s*(年|个月|月|天|日)")
_WITHIN = re.compile(r"以内|以下|不足|未满|不到")
_LENGTH = {"年": YEAR, "个月": 30, "月": 30, "天": 1, "日": 1}


def account_of(kind: str) -> str:
    """Give the code of the account that a row's 往来科目 names, '' where it names none.

    >>> account_of("其他应付款-作业本费"), account_of("2302 应付账款"), account_of("往来")
    ('2307', '2302', '')
    """
    if found := _CODE.search(kind):
        return found[1]
    return next((each.code for each in ACCOUNTS if any(word in kind for word in each.words)), "")


def label_of(code: str) -> str:
    """Give code and name, as the column 总账科目 has them: no plain number, which a sum would take for one.

    >>> label_of("2307"), label_of("")
    ('2307 其他应付款', '没有写科目')
    """
    return f"{code} {CODES[code].name}" if code else UNNAMED


def age_of(day: str, said: str, as_of: str) -> int | None:
    """Give the age in days: from the date, else from what is written (1-2年, 13个月, 1年以内); None where neither is.

    >>> age_of("2024-05", "", "2025-12-31"), age_of("", "2-3年", "2025-12-31"), age_of("", "1年以内", "2025-12-31")
    (612, 731, 1)
    """
    if day:
        text = f"{day}-28" if len(day) == _MONTH else day
        return (date.fromisoformat(as_of) - date.fromisoformat(text)).days if len(text) == len(as_of) else None
    found = _YEARS.search(said)
    if not found:
        return None
    if _WITHIN.search(said):
        return 1
    return int(Decimal(found[1]) * _LENGTH[found[2]]) + 1


def band_of(days: int | None) -> str:
    """Give the band of an age: a year has 365 days, and 365 days are within it."""
    if days is None:
        return UNKNOWN_AGE
    return BANDS[min(max(days - 1, 0) // YEAR, 3)]


def with_dues(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the rows with `top`, `net`, `age_days`, `age_band`, `old`, `loan`, `wrong`."""
    return [replace(each, values={**each.values, **_columns(each, case.as_of)}) for each in records]


def _columns(record: Record, as_of: str) -> Mapping[str, object]:
    code = account_of(record.text("kind"))
    balance = record.number("balance")
    net = net_balance(code, record.text("side"), balance)
    days = age_of(record.text("date"), record.text("age"), as_of) if balance else None
    band = band_of(days) if balance else None
    is_loan = is_person(record.text("party")) and speaks_of_a_loan(f"{record.text('reason')}{record.text('kind')}")
    owed = net is not None and net > 0 and (not code or CODES[code].side > 0)
    return {
        "top": label_of(code),
        "net": net,
        "age_days": None if days is None else Decimal(days),
        "age_band": band,
        "old": abs(net) if net and days is not None and days > YEAR else None,
        "loan": net if is_loan and owed else None,
        "wrong": -net if net is not None and net < 0 else None,
    }


def net_balance(code: str, side: str, balance: Decimal | None) -> Decimal | None:
    """Give a balance as positive on its account's own side; what stands on the other side is negative."""
    if balance is None or side not in {"借", "贷"} or not code:
        return balance
    return balance if (side == "借") == (CODES[code].side > 0) else -balance


def closings(rows: Sequence[Row]) -> dict[tuple[str, str], Decimal]:
    """Give last year's closing by account and party, in 元, from its ledger's rows."""
    found: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        code, fen = account_of(row.text("kind")), row.number("balance")
        net = net_balance(code, row.text("side"), None if fen is None else Decimal(fen).scaleb(-2))
        if net is not None:
            key = code, row.text("party").lower()
            found[key] = found.get(key, Decimal(0)) + net
    return found
