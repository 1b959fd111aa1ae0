"""The movements of goods and of food, gathered from their ledgers: opening, receipts, issues, one group a good."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.account.depreciation import half_up
from houqin.account.rows import Row, rows_of
from houqin.account.stock import IN, OPENING, OUT, Movement, Outcome, outcome_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Ledger

# A price has four decimals and a quantity three: their product in fen is five too many.
_TO_FEN = 10**5
GOODS = ("stock_balance", "stock_in", "stock_issue")


@dataclass(slots=True)
class Good:
    """One good: its name as first written, its movements, and the row of stock_balance that it is in (None: none)."""

    name: str
    movements: list[Movement] = field(default_factory=list)
    balance: Row | None = None
    _valued: dict[str, Outcome] = field(default_factory=dict, init=False, compare=False, repr=False)

    def valued(self, method: str) -> Outcome:
        """Give what a method makes of the movements, which are complete by now; worked out once."""
        if method not in self._valued:
            self._valued[method] = outcome_of(self.movements, method)
        return self._valued[method]

    def moved(self, kind: str) -> int:
        """Give the quantity of all movements of a kind."""
        return sum(each.qty for each in self.movements if each.kind == kind)

    @property
    def moved_in_all(self) -> int:
        """Give the quantity that is there after all movements."""
        return self.moved(OPENING) + self.moved(IN) - self.moved(OUT)

    @property
    def is_complete(self) -> bool:
        """Tell whether receipts and issues, row by row, are those that the balance sums up: then each one is known."""
        if self.balance is None:
            return False
        summed = (self.balance.number("in_qty") or 0, self.balance.number("out_qty") or 0)
        return summed == (self.moved(IN), self.moved(OUT))


def goods_of(ledgers: Mapping[str, Ledger], aliases: Mapping[str, str]) -> list[Good]:
    """Gather the goods of the store room; `aliases` leads from a spelling to the official name.

    Goods go by name; where stock_balance has several rows of one name (specs, units) by name, spec and unit, and what
    does not say them belongs to none.
    """
    balances = rows_of(ledgers, "stock_balance")
    official = {_plain(alias): _plain(name) for alias, name in aliases.items()}
    names = [official.get(_plain(row.text("name")), _plain(row.text("name"))) for row in balances]
    several = {name for name, count in Counter(names).items() if count > 1}
    goods: dict[tuple[str, ...], Good] = {}
    for row in balances:
        good = goods.setdefault(_key(row, official, several), Good(row.text("name")))
        good.balance = row
        good.movements.append(_opening(row))
    for form, kind, day in (("stock_in", IN, "in_date"), ("stock_issue", OUT, "out_date")):
        for row in rows_of(ledgers, form):
            qty = row.number("qty")
            if qty is None or not row.text("name"):
                continue
            good = goods.setdefault(_key(row, official, several), Good(row.text("name")))
            good.movements.append(Movement(row.text(day), kind, qty, _amount(row, kind), form, row.index))
    return list(goods.values())


def food_of(ledgers: Mapping[str, Ledger]) -> list[Good]:
    """Gather the food of the canteen: the opening of the first month, receipts as they came, issues month by month."""
    goods: dict[str, Good] = {}
    months: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(ledgers, "food_stock"):
        if row.text("name") and row.text("date"):
            months[_plain(row.text("name"))].append(row)
    moved = _moved_food(ledgers)
    for name, rows in months.items():
        ordered = sorted(rows, key=lambda row: (row.text("date"), row.index))
        good = goods.setdefault(name, Good(ordered[0].text("name"), balance=ordered[0]))
        good.movements.append(_opening(ordered[0]))
        for row in ordered:
            good.movements += _month(row, moved[name])
    return list(goods.values())


def food_months_of(ledgers: Mapping[str, Ledger]) -> list[Good]:
    """Gather the food of each month by itself, from the opening that its row has."""
    moved = _moved_food(ledgers)
    return [
        Good(row.text("name"), [_opening(row), *_month(row, moved[_plain(row.text("name"))])], row)
        for row in rows_of(ledgers, "food_stock")
        if row.text("name") and row.text("date")
    ]


def issued_at_once(row: Row, receipts: Sequence[Movement] = ()) -> Good:
    """Give a good by its balance and its receipts: what went out as one movement that nobody dated."""
    went = Movement("", OUT, row.number("out_qty") or 0, None, row.form, row.index)
    return Good(row.text("name"), [_opening(row), *receipts, *([went] if went.qty else [])], row)


def _moved_food(ledgers: Mapping[str, Ledger]) -> dict[str, list[Movement]]:
    """Give what came and went of each food, row by row."""
    moved = defaultdict(list)
    for form, kind, day in (("food_receipt", IN, "receipt_date"), ("food_issue", OUT, "out_date")):
        for row in rows_of(ledgers, form):
            qty = row.number("qty")
            if qty is not None:
                made = Movement(row.text(day), kind, qty, _amount(row, kind), form, row.index)
                moved[_plain(row.text("food"))].append(made)
    return moved


def _month(row: Row, moved: Sequence[Movement]) -> list[Movement]:
    """Give a month's movements: those known one by one where they add up to what the month says, else that as one."""
    month = row.text("date")[:7]
    own = [each for each in moved if each.day[:7] == month]
    found: list[Movement] = []
    for kind, field_id, amount in ((IN, "in_qty", row.number("in_amt")), (OUT, "out_qty", None)):
        said, made = row.number(field_id) or 0, [each for each in own if each.kind == kind]
        if sum(each.qty for each in made) != said:
            made = [Movement(month, kind, said, amount, row.form, row.index)] if said else []
        found += made
    return found


def _opening(row: Row) -> Movement:
    return Movement("", OPENING, row.number("open_qty") or 0, row.number("open_amt") or 0, row.form, row.index)


def _amount(row: Row, kind: str) -> int | None:
    """Give what was paid for a receipt, fen: as it says, else quantity x price."""
    amount, price, qty = row.number("amount"), row.number("price"), row.number("qty")
    if kind == OUT or amount is not None or price is None or qty is None:
        return amount if kind == IN else None
    return half_up(max(price * qty, 0), _TO_FEN)


def _key(row: Row, official: Mapping[str, str], several: set[str]) -> tuple[str, ...]:
    name = _plain(row.text("name"))
    name = official.get(name, name)
    return (name, _plain(row.text("spec")), _plain(row.text("uom"))) if name in several else (name,)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
