"""What the office says that its issues are worth, beside what the school's method gives, good by good; fen.

A card's own movements, or those of a month of food, are valued. Under the moving average a month may also begin with
what the office itself had left: one wrong price is not told month after month.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from houqin.account.depreciation import half_up
from houqin.account.rows import Row, rows_of
from houqin.account.stock import AVERAGE, FIFO, IN, OPENING, OUT, Movement, value_stock
from houqin.exact import scaled
from houqin.values import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.goods import Good
    from houqin.model import Ledger

MONTHLY, NEWEST = "月末一次加权平均", "最后一次进价"
_TO_FEN = 10**5  # a price has four decimals and a quantity three
_CENT_PRICE, _FEN_A_UNIT = 100, 1_000
_MONTH = len("2025-09")
_CARDS, _ISSUES = ("stock_card", "food_card"), "stock_issue"
_PRICE, _PRICE_SCALE = re.compile(r"(?:^|/)(?:出库|领用|发放|发出)?单价(?:[(（]元[)）])?$"), 4
Key = tuple[str, int]


class Stated(NamedTuple):
    """What an issue says: fen, and the field that says it; `is_fine` where its price has four decimals."""

    amount: int
    field: str
    is_fine: bool


@dataclass(slots=True)
class Account:
    """One good with its movements in the order of its rows, and what its issues say; keys are form and row."""

    name: str
    moves: list[Movement]
    stated: dict[Key, Stated]


class Judged(NamedTuple):
    """One issue that is not priced by the method: what it says, and the least and the most that the method gives."""

    move: Movement
    stated: Stated
    least: int
    most: int

    @property
    def right(self) -> int:
        """The nearer end of what the method gives."""
        return min(max(self.stated.amount, self.least), self.most)


class Month(NamedTuple):
    """A good's issues of one month that are not priced by the method, and the other ways that would give them."""

    name: str
    month: str
    issues: tuple[Judged, ...]
    habits: frozenset[str]


def accounts_of(ledgers: Mapping[str, Ledger], goods: Sequence[Good] = ()) -> list[Account]:
    """Gather the goods whose issues say a price: cards, months of food, and goods of the store room.

    `goods` are those of the store room with their movements; of them those count whose movements are complete.
    """
    return [*_cards(ledgers), *_food(ledgers), *_store(ledgers, goods)]


def judge_issues(account: Account, method: str) -> list[Month]:
    """Give the months in which issues are not priced by the method; none where the movements leave it open."""
    if not account.stated or any(each.amount is None and each.kind != OUT and each.qty for each in account.moves):
        return []
    whole = value_stock(account.moves, method)
    if whole.shortages or (method == FIFO and whole.opening[0]):
        return []
    months: dict[str, list[Movement]] = defaultdict(list)
    for each in account.moves:
        if each.kind != OPENING:
            months[each.day[:_MONTH]].append(each)
    found = []
    base, pure = whole.opening, _both_orders(account.moves, method)
    for month in sorted(months):
        own = [Movement("", OPENING, base[0], base[1]), *months[month]]
        due = pure if method == FIFO else _both_orders(own, method)
        wrong = [each for each in _wrong(account, months[month], due) if not _is_near(each, *pure[_key(each.move)])]
        if wrong:
            found.append(Month(account.name, month, tuple(wrong), _habits(account, own, month, wrong, method)))
        base = _left(base, months[month], account, due)
    return found


def _wrong(account: Account, moves: Sequence[Movement], due: Mapping[Key, tuple[int, int]]) -> list[Judged]:
    """Give the issues beyond what rounded prices make: half of the price's last decimal for each unit, and a fen."""
    wrong, slack = [], 0
    for each in moves:
        stated = account.stated.get((each.form, each.row))
        if each.kind != OUT or each.qty <= 0 or stated is None:
            continue
        # An average that was rounded stays in what is left: the next issue has it too.
        slack += each.qty // (2 * _FEN_A_UNIT * (_CENT_PRICE if stated.is_fine else 1)) + 1
        least, most = due[each.form, each.row]
        if not least - slack <= stated.amount <= most + slack:
            wrong.append(Judged(each, stated, least, most))
    return wrong


def _both_orders(moves: Sequence[Movement], method: str) -> dict[Key, tuple[int, int]]:
    """Value issues as late and as early as their day leaves open."""
    found: dict[Key, tuple[int, int]] = {}
    for issues_first in (False, True):
        for line in value_stock(moves, method, issues_first=issues_first).lines:
            if line.movement.kind == OUT:
                key, amount = (line.movement.form, line.movement.row), -line.amount
                least, most = found.get(key, (amount, amount))
                found[key] = min(least, amount), max(most, amount)
    return found


def _left(
    base: tuple[int, int], moves: Sequence[Movement], account: Account, due: Mapping[Key, tuple[int, int]]
) -> tuple[int, int]:
    """Give what the office has left after a month, by its own prices."""
    qty, amount = base
    for each in moves:
        if each.kind == OUT:
            stated = account.stated.get((each.form, each.row))
            qty, amount = qty - each.qty, amount - (stated.amount if stated else due[each.form, each.row][0])
        else:
            qty, amount = qty + each.qty, amount + (each.amount or 0)
    return qty, max(amount, 0) if qty else 0


def _habits(
    account: Account, own: Sequence[Movement], month: str, wrong: Sequence[Judged], method: str
) -> frozenset[str]:
    """Give the other ways of pricing that would give all of a month's issues."""
    there = [each for each in own if each.kind != OUT and each.qty > 0]
    came = [each for each in account.moves if each.kind == IN and each.qty > 0 and each.day[:_MONTH] <= month]
    whole = sum(each.qty for each in there), sum(each.amount or 0 for each in there)
    last = max(came, key=lambda each: (each.day, each.row), default=None)
    ways = {MONTHLY: whole, NEWEST: (last.qty, last.amount or 0) if last else (0, 0)}
    found = {
        name for name, (qty, amount) in ways.items()
        if qty and all(_is_near(each, half_up(amount * each.move.qty, qty)) for each in wrong)
    }  # fmt: skip
    other = FIFO if method == AVERAGE else AVERAGE
    due = _both_orders(account.moves, other)
    if all(_is_near(each, *due[_key(each.move)]) for each in wrong):
        found.add(other)
    return frozenset(found)


def _key(move: Movement) -> Key:
    return move.form, move.row


def _is_near(each: Judged, least: int, most: int | None = None) -> bool:
    slack = each.move.qty // (2 * _FEN_A_UNIT) + 1
    return least - slack <= each.stated.amount <= (least if most is None else most) + slack


def _cards(ledgers: Mapping[str, Ledger]) -> list[Account]:
    found = []
    for form in _CARDS:
        pages: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for row in rows_of(ledgers, form):
            if row.text("name"):
                pages[row.text("name"), row.text("spec"), row.text("uom")].append(row)
        found += [account for rows in pages.values() if (account := _card(form, rows)) is not None]
    return found


def _card(form: str, rows: Sequence[Row]) -> Account | None:
    """Read one page: what was brought forward, then what came and went; None where its opening is not known."""
    opening: Movement | None = None
    account = Account(rows[0].text("name"), [], {})
    for row in rows:
        moved = _moved(form, row)
        if not moved:
            if opening is None and not account.moves and row.number("close_qty") is not None:
                opening = Movement("", OPENING, row.number("close_qty") or 0, row.number("close_amt"), form, row.index)
            continue
        if opening is None and not account.moves:
            opening = _before(form, row, moved)
            if opening is None:
                return None
        for move, stated in moved:
            account.moves.append(move)
            if stated is not None:
                account.stated[move.form, move.row] = stated
    if opening is None or (opening.qty and opening.amount is None):
        return None
    account.moves.insert(0, opening)
    return account


def _before(form: str, row: Row, moved: Sequence[tuple[Movement, Stated | None]]) -> Movement | None:
    """Give what was there before the first row, by its balance; None where that is not said."""
    left, worth = row.number("close_qty"), row.number("close_amt")
    if left is None:
        return None
    qty = left - sum(move.qty if move.kind == IN else -move.qty for move, _ in moved)
    if qty == 0:
        return Movement("", OPENING, 0, 0, form, row.index)
    amounts = [move.amount if move.kind == IN else stated and -stated.amount for move, stated in moved]
    if worth is None or any(amount is None for amount in amounts):
        return None
    return Movement("", OPENING, qty, worth - sum(amount or 0 for amount in amounts), form, row.index)


def _moved(form: str, row: Row) -> list[tuple[Movement, Stated | None]]:
    """Give what a card's row says came and went, in two columns or in one with its kind."""
    names = [(IN, "in_qty", "in_amt", "in_price"), (OUT, "out_qty", "out_amt", "out_price")]
    if row.text("kind") in {IN, OUT}:
        names = [(row.text("kind"), "qty", "amount", "price")]
    found: list[tuple[Movement, Stated | None]] = []
    for kind, qty_name, amount_name, price_name in names:
        qty = row.number(qty_name)
        if qty:
            paid = _paid(row, qty, amount_name, price_name) if kind == IN else None
            move = Movement(row.text("date"), kind, qty, paid, form, row.index)
            found.append((move, _stated(row, qty, amount_name, price_name) if kind == OUT else None))
    return found


def _stated(row: Row, qty: int, amount_name: str, price_name: str) -> Stated | None:
    """Give what an issue says: by its price, for an amount that is not quantity x price is told by itself."""
    amount, price = row.number(amount_name), row.number(price_name)
    if price is not None and price * qty >= 0:
        return Stated(half_up(price * qty, _TO_FEN), price_name, price % _CENT_PRICE != 0)
    return None if amount is None else Stated(amount, amount_name, is_fine=False)


def _paid(row: Row, qty: int, amount_name: str, price_name: str) -> int | None:
    """Give what was paid for a receipt: the amount, else quantity x price."""
    amount, price = row.number(amount_name), row.number(price_name)
    if amount is not None or price is None or price * qty < 0:
        return amount
    return half_up(price * qty, _TO_FEN)


def _food(ledgers: Mapping[str, Ledger]) -> list[Account]:
    """Gather the food of each month by itself, where receipts and issues are those that the month sums up."""
    came, went = defaultdict(list), defaultdict(list)
    for row in rows_of(ledgers, "food_receipt"):
        came[row.text("food"), row.text("receipt_date")[:_MONTH]].append(row)
    for row in rows_of(ledgers, "food_issue"):
        went[row.text("food"), row.text("out_date")[:_MONTH]].append(row)
    found = []
    for row in rows_of(ledgers, "food_stock"):
        key = row.text("name"), row.text("date")[:_MONTH]
        sums = [sum(each.number("qty") or 0 for each in own[key]) for own in (came, went)]
        if not went[key] or sums != [row.number("in_qty") or 0, row.number("out_qty") or 0]:
            continue
        account = Account(row.text("name"), [_opening(row)], {})
        for each in came[key]:
            day, qty = each.text("receipt_date"), each.number("qty") or 0
            account.moves.append(Movement(day, IN, qty, _paid(each, qty, "amount", "price"), each.form, each.index))
        for each in went[key]:
            qty = each.number("qty") or 0
            account.moves.append(Movement(each.text("out_date"), OUT, qty, None, each.form, each.index))
            if stated := _stated(each, qty, "amount", "price"):
                account.stated[each.form, each.index] = stated
        found.append(account)
    return found


def _store(ledgers: Mapping[str, Ledger], goods: Sequence[Good]) -> list[Account]:
    """Gather what an issue register says in a column of its own that no field takes: 单价."""
    ledger = ledgers.get(_ISSUES)
    names = [name for name in ledger.extra.columns if _PRICE.search(str(name))] if ledger is not None else []
    if ledger is None or not names:
        return []
    prices = [ledger.extra[name].tolist() for name in names]
    found = []
    for good in goods:
        if not good.is_complete:
            continue
        account = Account(good.name, list(good.movements), {})
        for move in good.movements:
            price = _read_price(prices, move.row) if move.form == _ISSUES else None
            if price is not None and move.qty > 0:
                stated = Stated(half_up(price * move.qty, _TO_FEN), "qty", price % _CENT_PRICE != 0)
                account.stated[move.form, move.row] = stated
        found.append(account)
    return found


def _read_price(columns: Sequence[Sequence[object]], row: int) -> int | None:
    """Read a price of four decimals; None where there is none, or none that is sure."""
    for column in columns:
        read = parse_number(column[row], zero_like=False) if isinstance(column[row], str) else None
        if read is not None and not read.doubtful and read.value >= 0:
            return scaled(round(read.value, _PRICE_SCALE), _PRICE_SCALE)
    return None


def _opening(row: Row) -> Movement:
    return Movement("", OPENING, row.number("open_qty") or 0, row.number("open_amt") or 0, row.form, row.index)
