"""From what was spent on capital goods (310xx) to the new cards of the register, line by line; fen.

A bridge, no equality (office.md): each line that the rows themselves give evidence of is explained; payments without a
card and cards without a payment are candidates, for a person to explain; what they net to is the unexplained rest.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.account.rows import Row, is_within, rows_in, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.model import Ledger

    Way = Callable[[Row, str], str]

CAPITAL, OFFICE = "310", "302"
# 31001 buildings, 31005 infrastructure, 31006 large repairs are works until they are handed over; 31007 is software.
_WORKS = ("31001", "31005", "31006")
_SOFTWARE = "31007"
_GIVEN = {
    "调拨": "调拨", "接受捐赠": "捐赠", "统一配备": "统一配备", "盘盈": "盘盈", "置换": "置换", "自建": "自建转入",
}  # fmt: skip
Pair = tuple[list[Row], list[Row]]
_BOOKED = ("book_date", "acquire_date", "use_date")


@dataclass(frozen=True, slots=True)
class BridgeLine:
    """One line: what it adds to the spending on the way to the cards, the rows it rests on, whether they prove it."""

    title: str
    amount: int
    rows: tuple[tuple[str, int], ...]
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Bridge:
    """spent + the amounts of all lines = cards; `unexplained` is what nothing proves, a person's to explain."""

    spent: int
    spent_rows: tuple[tuple[str, int], ...]
    cards: int
    card_rows: tuple[tuple[str, int], ...]
    lines: tuple[BridgeLine, ...]

    @property
    def unexplained(self) -> int:
        """The lines without proof, added up."""
        return sum(line.amount for line in self.lines if not line.is_explained)


def bridge_spending(ledgers: Mapping[str, Ledger], first: str, last: str) -> Bridge | None:
    """Lead from the spending of a period to its new cards; None where a side is missing (未核)."""
    cards = [row for row in rows_of(ledgers, "asset_register") if _is_booked(row, first, last)]
    payments = [row for row in rows_in(rows_of(ledgers, "cashbook"), ("date",), first, last) if row.number("expense")]
    if "asset_register" not in ledgers:
        return None
    if payments:
        return _by_payments(payments, cards, ledgers, first)
    totals = _leaves([r for r in rows_of(ledgers, "budget_execution") if r.text("code").startswith(CAPITAL)])
    return _by_totals(totals, cards, first) if totals else None


def _is_booked(row: Row, first: str, last: str) -> bool:
    return is_within(row.text(*_BOOKED), first, last)


def _by_payments(
    payments: Sequence[Row], cards: Sequence[Row], ledgers: Mapping[str, Ledger], first: str
) -> Bridge:
    capital = [row for row in payments if row.text("code").startswith(CAPITAL)]
    office = [row for row in payments if row.text("code").startswith(OFFICE)]
    lines: list[BridgeLine] = []
    given, bought = _parted(cards, lambda row: row.text("acquire_how") in _GIVEN)
    lines += _given(given)
    pairs, paid_left, cards_left = _match(capital, bought)
    lines += [_difference(paid, got) for paid, got in pairs if _sum(paid, "expense") != _sum(got, "cost")]
    in_302, _, cards_left = _match(office, cards_left, _PAPERS)
    lines += [_line("302 中达到标准", got, "cost", 1) for _, got in in_302]
    earlier = [r for r in rows_of(ledgers, "asset_register") if r.text(*_BOOKED) and r.text(*_BOOKED) < first]
    old, paid_left, _ = _match(paid_left, earlier, _PAPERS)
    lines += [_line("以前年度建卡本年付款", paid, "expense", -1) for paid, _ in old]
    before, cards_left = _parted(cards_left, lambda row: "" < row.text("acquire_date") < first)
    lines += _some("以前年度取得本年建卡", before, "cost", 1)
    works, paid_left = _parted(paid_left, lambda row: row.text("code").startswith(_WORKS))
    lines += _some("在建工程", works, "expense", -1)
    software, paid_left = _parted(paid_left, lambda row: row.text("code").startswith(_SOFTWARE))
    lines += _some("软件等无形资产", software, "expense", -1)
    lines += _some("付款未建卡", paid_left, "expense", -1, is_explained=False)
    lines += _some("建卡未付款", cards_left, "cost", 1, is_explained=False)
    return _bridge(capital, "expense", cards, lines)


def _by_totals(totals: Sequence[Row], cards: Sequence[Row], first: str) -> Bridge:
    """Lead from totals by subject: no payment can be told from another, so little is proved."""
    given, bought = _parted(cards, lambda row: row.text("acquire_how") in _GIVEN)
    before, bought = _parted(bought, lambda row: "" < row.text("acquire_date") < first)
    works = [row for row in totals if row.text("code").startswith(_WORKS)]
    software = [row for row in totals if row.text("code").startswith(_SOFTWARE)]
    lines = [*_given(given), *_some("以前年度取得本年建卡", before, "cost", 1)]
    lines += _some("在建工程", works, "total", -1) + _some("软件等无形资产", software, "total", -1)
    rest = [row for row in totals if row not in works and row not in software]
    amount = _sum(bought, "cost") - _sum(rest, "total")
    if amount:
        lines.append(BridgeLine("付款与建卡的差额", amount, _refs([*rest, *bought]), is_explained=False))
    return _bridge(totals, "total", cards, lines)


def _bridge(spent: Sequence[Row], field: str, cards: Sequence[Row], lines: Sequence[BridgeLine]) -> Bridge:
    return Bridge(_sum(spent, field), _refs(spent), _sum(cards, "cost"), _refs(cards), tuple(lines))


def _match(
    payments: Sequence[Row], cards: Sequence[Row], ways: Sequence[Way] | None = None
) -> tuple[list[Pair], list[Row], list[Row]]:
    """Pair payments with cards by invoice, by voucher, then by an amount that only one of each has."""
    pairs: list[Pair] = []
    left, right = list(payments), list(cards)
    for keys in ways or (*_PAPERS, _by_amount):
        ours, theirs = _grouped(left, keys, "expense"), _grouped(right, keys, "cost")
        for key in [key for key in ours if key in theirs]:
            if keys is _by_amount and (len(ours[key]) > 1 or len(theirs[key]) > 1):
                continue
            pairs.append((ours[key], theirs[key]))
        used = {(row.form, row.index) for pair in pairs for side in pair for row in side}
        left = [row for row in left if (row.form, row.index) not in used]
        right = [row for row in right if (row.form, row.index) not in used]
    return pairs, left, right


def _by_invoice(row: Row, _: str) -> str:
    return row.text("invoice")


def _by_voucher(row: Row, _: str) -> str:
    """Give the voucher with its month: the numbers begin again each month."""
    voucher, day = row.text("voucher"), row.text("date", *_BOOKED)
    return f"{day[:7]} {voucher}" if voucher and day else ""


def _by_amount(row: Row, amount: str) -> str:
    return str(row.number(amount) or "")


# What a paper proves; an amount alone proves nothing against office costs or earlier years.
_PAPERS = (_by_invoice, _by_voucher)


def _grouped(rows: Sequence[Row], key: Way, amount: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if text := key(row, amount):
            groups[text].append(row)
    return groups


def _given(cards: Sequence[Row]) -> list[BridgeLine]:
    groups = _grouped(cards, lambda row, _: _GIVEN[row.text("acquire_how")], "cost")
    return [_line(title, rows, "cost", 1) for title, rows in groups.items()]


def _difference(paid: Sequence[Row], got: Sequence[Row]) -> BridgeLine:
    amount = _sum(got, "cost") - _sum(paid, "expense")
    return BridgeLine("付款与卡片金额不符", amount, _refs([*paid, *got]), is_explained=False)


def _some(title: str, rows: Sequence[Row], field: str, sign: int, *, is_explained: bool = True) -> list[BridgeLine]:
    return [_line(title, rows, field, sign, is_explained=is_explained)] if rows else []


def _line(title: str, rows: Sequence[Row], field: str, sign: int, *, is_explained: bool = True) -> BridgeLine:
    return BridgeLine(title, sign * _sum(rows, field), _refs(rows), is_explained)


def _leaves(rows: Sequence[Row]) -> list[Row]:
    """Give the rows below which there is no other: 310 is the sum of 31001, 31002."""
    codes = {row.text("code") for row in rows}
    return [row for row in rows if not any(c != row.text("code") and c.startswith(row.text("code")) for c in codes)]


def _parted(rows: Sequence[Row], is_one: Callable[[Row], bool]) -> tuple[list[Row], list[Row]]:
    return [row for row in rows if is_one(row)], [row for row in rows if not is_one(row)]



def _sum(rows: Sequence[Row], field: str) -> int:
    return sum(row.number(field) or 0 for row in rows)


def _refs(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    return tuple((row.form, row.index) for row in rows)
