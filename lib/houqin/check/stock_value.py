"""The booked value of what is left in store against the school's one policy of pricing what goes out.

Judged only where the row's own sums hold and every movement has a price; what rounded unit prices make is let pass.
What most goods of a sheet have in common (another method, the newest price) is one question about the sheet.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from houqin.account.closings import Possible, closing_by, closing_by_habit, is_determined, slack_of
from houqin.account.goods import Good, food_months_of, issued_at_once
from houqin.account.rows import rows_of
from houqin.account.stock import IN, METHODS
from houqin.check.view import ledger_place
from houqin.exact import Exact, exact_column, plain
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.rows import Row
    from houqin.account.stock import Movement
    from houqin.model import Ledger
    from houqin.school import School

_CODE = "stock-value"
_MONEY = 2
# A price has four decimals and a quantity three: their product in fen is five too many.
_TO_FEN = 10**5
_HUGE = 1 << 60
_CENT_PRICE = 100  # a price of four decimals that has no more than two
_FEWEST, _SHARE, _MOST_NAMED = 3, 0.8, 5
MEMORANDUM = "购入即列支"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A good whose booked closing is not what the policy gives; `habits` are the other ways that would give it."""

    good: Good
    row: Row
    booked: int
    possible: Possible
    habits: tuple[str, ...]

    @property
    def right(self) -> int:
        """The end of what is possible that is nearest to what is booked."""
        return min(max(self.booked, self.possible.least), self.possible.most)


def check_stock_value(ledgers: Mapping[str, Ledger], school: School | None, goods: Sequence[Good]) -> list[Finding]:
    """Compare booked closing values with the policy of the settings; nothing where they name none.

    `goods` are those of the store room with their movements, as far as these are known; each is valued by its own.
    Where purchases are expensed at once the stock book is for information (备查): then it is one note.
    """
    method = (school.inventory if school else {}).get("cost_method", "")
    if school is None or method not in METHODS:
        return []
    sheets: dict[tuple[str, str, str], list[_Judged]] = defaultdict(list)
    told = Counter[tuple[str, str, str]]()
    for good in _goods(ledgers, goods):
        row = good.balance
        if row is None or not _is_sound(row):
            continue
        booked = row.number("close_amt")
        if booked is None or not is_determined(good, method):
            continue
        sources = ledgers[row.form].sources
        sheet = (row.form, str(sources["file"].iloc[row.index]), str(sources["sheet"].iloc[row.index]))
        told[sheet] += 1
        slack = slack_of(good.movements, row.number("close_qty") or 0, four_decimals=_has_four_decimals(row))
        # Most agree with the usual order of a day; only for the others every order is looked at.
        if abs(good.valued(method).closing[1] - booked) <= slack:
            continue
        possible = closing_by(good, method)
        if possible is not None and not possible.agrees(booked, slack):
            ways = closing_by_habit(good, method)
            habits = tuple(name for name, way in ways.items() if way.agrees(booked, slack))
            sheets[sheet].append(_Judged(good, row, booked, possible, habits))
    is_memorandum = school.inventory.get("accounting") == MEMORANDUM
    findings: list[Finding] = []
    for sheet, judged in sheets.items():
        findings += _told(ledgers, judged, method, told[sheet], is_memorandum=is_memorandum)
    return findings


def _goods(ledgers: Mapping[str, Ledger], goods: Sequence[Good]) -> Iterator[Good]:
    """Give the goods whose receipts are known one by one; issues that are not count as one without a date.

    The sum of several receipts says nothing of the order and the prices in which they came: without them a good is
    judged only where nothing came.
    """
    known = {good.balance.index: good for good in goods if good.balance is not None}
    for row in rows_of(ledgers, "stock_balance", only=_may_be_sound(ledgers.get("stock_balance"))):
        receipts = [each for each in known[row.index].movements if each.kind == IN] if row.index in known else []
        if _are_those_of(row, receipts):
            good = known.get(row.index)
            yield good if good is not None and good.is_complete else issued_at_once(row, receipts)
    for good in food_months_of(ledgers):
        receipts = [each for each in good.movements if each.kind == IN]
        if good.balance is not None and _are_those_of(good.balance, receipts):
            yield good


def _are_those_of(row: Row, receipts: Sequence[Movement]) -> bool:
    """Tell whether receipts are, in quantity and money, what the balance says came in; its own sum is none."""
    if any(each.form == row.form for each in receipts):
        return False
    booked = row.number("in_amt")
    is_all = sum(each.qty for each in receipts) == (row.number("in_qty") or 0)
    return is_all and (booked is None or abs(sum(each.amount or 0 for each in receipts) - booked) <= len(receipts))


def _may_be_sound(ledger: Ledger | None) -> np.ndarray | None:
    """Give the positions of the rows that may be sound, all looked at together; the others surely are not."""
    if ledger is None:
        return None
    count, frame = len(ledger.frame), ledger.frame
    nothing = Exact(np.zeros(count, np.int64), np.ones(count, bool), 0)
    names = [f"{side}_{what}" for what in ("qty", "amt") for side in ("open", "in", "out", "close", "gain", "loss")]
    cells = {name: exact_column(frame[name], 0) if name in frame.columns else nothing for name in names}
    # Past this, sums are left to Python's own integers.
    huge = np.logical_or.reduce([np.abs(each.values) > _HUGE for each in cells.values()])
    opened, came, went, left = (cells[f"{side}_qty"].values for side in ("open", "in", "out", "close"))
    sound = (opened + came - went == left) & (np.minimum.reduce([opened, came, went, left]) >= 0)
    for side, qty in (("open", opened), ("in", came)):
        sound &= ~(cells[f"{side}_amt"].blank & (qty != 0))
    for name in ("gain_amt", "loss_amt", "gain_qty", "loss_qty"):
        sound &= cells[name].values == 0
    sums = [cells[f"{side}_amt"].values for side in ("open", "in", "out", "close")]
    sound &= cells["out_amt"].blank | (np.abs(sums[0] + sums[1] - sums[2] - sums[3]) <= 1)
    return np.flatnonzero((sound & ~cells["close_amt"].blank) | huge)


def _is_sound(row: Row) -> bool:
    """Tell whether the row adds up by itself; where it does not, that is told, and is why its value is off."""
    number = row.number
    quantities = [number(name) or 0 for name in ("open_qty", "in_qty", "out_qty", "close_qty")]
    if quantities[0] + quantities[1] - quantities[2] != quantities[3] or min(quantities) < 0:
        return False
    amounts = [number(name) for name in ("open_amt", "in_amt", "out_amt", "close_amt")]
    if any(amount is None and qty for amount, qty in zip(amounts[:2], quantities[:2], strict=True)):
        return False
    if any(number(name) for name in ("gain_amt", "loss_amt", "gain_qty", "loss_qty")):
        return False
    opened, came, went, left = (amount or 0 for amount in amounts)
    if amounts[2] is not None and abs(opened + came - went - left) > 1:
        return False
    return all(
        price is None or amount is None or abs(price * qty - amount * _TO_FEN) <= _slack(qty)
        for price, amount, qty in zip(
            (number(name) for name in ("open_price", "in_price", "out_price", "close_price")),
            amounts, quantities, strict=True,
        )
    )  # fmt: skip


def _slack(qty: int) -> int:
    """Half a fen a unit, and a fen."""
    return qty * _CENT_PRICE // 2 + _TO_FEN


def _has_four_decimals(row: Row) -> bool:
    prices = [row.number(name) for name in ("out_price", "close_price")]
    return any(price is not None and price % _CENT_PRICE for price in prices)


def _told(
    ledgers: Mapping[str, Ledger], judged: Sequence[_Judged], method: str, count: int, *, is_memorandum: bool
) -> list[Finding]:
    """Tell of a sheet's goods: what they have in common once, the others one by one."""
    if is_memorandum:
        total = sum(each.booked - each.right for each in judged)
        message = (
            f"{_named(judged)}的期末结存金额和按{method}算的不同，合计相差 {_money(abs(total))} 元。"
            f"学校设置里是{MEMORANDUM}，库存金额只作备查，供参考。"
        )
        return [_finding(ledgers, judged, message, Level.INFO)]
    habits = Counter(name for each in judged for name in each.habits)
    name, most = habits.most_common(1)[0] if habits else ("", 0)
    if most < max(_FEWEST, _SHARE * len(judged)):
        return [_one(ledgers, each, method) for each in judged]
    alike = [each for each in judged if name in each.habits]
    total = sum(each.booked - each.right for each in alike)
    message = (
        f"这张表像是按{name}计价的（{_named(alike)}，共核对 {count} 种），学校设置里是{method}；"
        f"期末结存金额合计{'多' if total > 0 else '少'} {_money(abs(total))} 元。"
        "全校只用一种办法：请改表，或与会计核对后改学校设置。"
    )
    rest = [_one(ledgers, each, method) for each in judged if each not in alike]
    return [_finding(ledgers, alike, message, Level.QUESTION), *rest]


def _one(ledgers: Mapping[str, Ledger], each: _Judged, method: str) -> Finding:
    least, most = each.possible.least, each.possible.most
    right = f"{_money(least)} 元" if least == most else f"{_money(least)} 至 {_money(most)} 元（看先领还是先进）"
    hint = f"和{each.habits[0]}算的一样，" if each.habits else ""
    message = (
        f"“{each.good.name}”按{method}，期末结存金额应为 {right}，填的是 {_money(each.booked)} 元，"
        f"{'多' if each.booked > each.right else '少'} {_money(abs(each.booked - each.right))} 元。{hint}"
        "请核对领用的单价。"
    )
    exact = plain(each.right, _MONEY) if least == most else None
    made = _finding(ledgers, [each], message, Level.QUESTION)
    return replace(made, found=plain(each.booked, _MONEY), expected=exact)


def _finding(ledgers: Mapping[str, Ledger], judged: Sequence[_Judged], message: str, level: Level) -> Finding:
    places = [ledger_place(ledgers[each.row.form], "close_amt", each.row.index) for each in judged]
    return Finding(
        _CODE, level, message, places[0], form=judged[0].row.form, field="close_amt", related=tuple(places[1:]),
        count=len(places),
    )  # fmt: skip


def _named(judged: Sequence[_Judged]) -> str:
    names = list(dict.fromkeys(each.good.name for each in judged))
    more = f"等 {len(names)} 种" if len(names) > _MOST_NAMED else ""
    return "、".join(f"“{name}”" for name in names[:_MOST_NAMED]) + more


def _money(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"
