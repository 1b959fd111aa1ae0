"""The prices of issues against the school's one policy: told once a good and month, habits of a whole table once."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from houqin.account.depreciation import half_up
from houqin.account.issues import accounts_of, judge_issues
from houqin.account.stock import METHODS
from houqin.check.stock_value import MEMORANDUM
from houqin.check.view import ledger_place
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.goods import Good
    from houqin.account.issues import Month
    from houqin.model import Ledger, Place
    from houqin.school import School

_CODE = "issue-price"
_FEWEST, _SHARE, _MOST, _NAMED = 3, 0.8, 8, 5


def check_issue_prices(
    ledgers: Mapping[str, Ledger], school: School | None, goods: Sequence[Good] = ()
) -> list[Finding]:
    """Compare what issues say that they are worth with the method of the settings; nothing where they name none.

    `goods` are those of the store room, but for those whose closing value was told of: that is the same cause.
    """
    method = (school.inventory if school else {}).get("cost_method", "")
    if school is None or method not in METHODS:
        return []
    tables: dict[tuple[str, str], list[Month]] = defaultdict(list)
    for account in accounts_of(ledgers, goods):
        for month in judge_issues(account, method):
            move = month.issues[0].move
            tables[move.form, str(ledgers[move.form].sources["file"].iloc[move.row])].append(month)
    is_memorandum = school.inventory.get("accounting") == MEMORANDUM
    findings: list[Finding] = []
    for months in tables.values():
        findings += _told(ledgers, months, method, is_memorandum=is_memorandum)
    return findings


def _told(
    ledgers: Mapping[str, Ledger], months: Sequence[Month], method: str, *, is_memorandum: bool
) -> list[Finding]:
    """Tell of a table: what its months have in common once, many of them once, else each by itself."""
    if is_memorandum:
        said = f"{_named(months)}的出库单价和按{method}算的不同{_sum(months)}。库存只作备查，供参考。"
        return [_finding(ledgers, months, said, Level.INFO)]
    habits = Counter(name for each in months for name in each.habits)
    name, most = habits.most_common(1)[0] if habits else ("", 0)
    if most >= max(_FEWEST, _SHARE * len(months)):
        alike = [each for each in months if name in each.habits]
        said = (
            f"出库像是按{name}计价的（{_named(alike)}），学校设置里是{method}{_sum(alike)}。"
            "全校只用一种办法：请改出库单价，或与会计核对后改学校设置。"
        )
        rest = [each for each in months if name not in each.habits]
        return [_finding(ledgers, alike, said, Level.QUESTION), *(_one(ledgers, each, method) for each in rest)]
    if len(months) > _MOST:
        said = f"{_named(months)}的出库单价和按{method}算的不同{_sum(months)}。请核对出库单价是怎样定的。"
        return [_finding(ledgers, months, said, Level.QUESTION)]
    return [_one(ledgers, each, method) for each in months]


def _one(ledgers: Mapping[str, Ledger], each: Month, method: str) -> Finding:
    first = each.issues[0]
    stated, right = _price(first.stated.amount, first.move.qty), _price(first.right, first.move.qty)
    count = f"（共 {len(each.issues)} 笔）" if len(each.issues) > 1 else ""
    hint = f"和{'、'.join(sorted(each.habits))}算的一样。" if each.habits else ""
    said = (
        f"“{each.name}”{_month(each.month)}出库{count}单价约 {stated} 元，按{method}应约 {right} 元{_sum([each])}。"
        f"{hint}请核对出库单价。"
    )
    return _finding(ledgers, [each], said, Level.QUESTION)


def _finding(ledgers: Mapping[str, Ledger], months: Sequence[Month], message: str, level: Level) -> Finding:
    issues = [issue for each in months for issue in each.issues]
    places: list[Place] = [ledger_place(ledgers[i.move.form], i.stated.field, i.move.row) for i in issues]
    return Finding(
        _CODE, level, message, places[0], form=issues[0].move.form, field=issues[0].stated.field,
        related=tuple(places[1:]), count=len(months),
    )  # fmt: skip


def _named(months: Sequence[Month]) -> str:
    names = list(dict.fromkeys(each.name for each in months))
    more = f"等 {len(names)} 种" if len(names) > _NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_NAMED]) + more


def _sum(months: Sequence[Month]) -> str:
    """Say by how much the issues of some months are off, to one side."""
    apart = sum(issue.stated.amount - issue.right for each in months for issue in each.issues)
    return f"，出库金额合计{'多' if apart > 0 else '少'} {_money(abs(apart))} 元" if apart else ""


def _month(text: str) -> str:
    return f"{text[:4]} 年 {int(text[5:7])} 月" if len(text) >= len("2025-09") else ""


def _price(fen: int, qty: int) -> str:
    """Give a unit price, two decimals, half up; for reading alone."""
    return _money(half_up(fen * 1000, qty)) if qty > 0 else "0.00"


def _money(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
