"""Books that run on: what an account held before its first row of a period, and after its last row of the one before.

Both views, school year and fiscal year, come from the same rows by their dates: of the earlier rows those before the
first day of the later ones count.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.account.carry import Break
from houqin.account.depreciation import month_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from houqin.account.rows import Row

    Where = Callable[[Row], tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Book:
    """A book with a running balance: the fields that name its account, what adds to it and what takes from it."""

    form: str
    account: tuple[str, ...]
    plus: str
    minus: str


BOOKS = (
    Book("cashbook", ("account",), "income", "expense"),
    Book("canteen_journal", (), "income", "expense"),
    Book("bank_statement", ("account",), "credit", "debit"),
)
_DAY = len("2025-09-01")


def book_breaks(
    book: Book, now: Sequence[Row], before: Sequence[Row], now_at: Where, before_at: Where
) -> Iterator[Break]:
    """Give the accounts whose balance does not run on; `now_at`, `before_at` give sheet and line of a row.

    Judged where the earlier rows end in the month of the first later one or the month before: what is missing between
    them nobody knows. An account that the period before has not is new.
    """
    theirs = _accounts(book, before)
    for account, rows in _accounts(book, now).items():
        earlier = theirs.get(account, [])
        first_day = min(row.text("date") for row in rows)
        held = [row for row in earlier if row.text("date") < first_day]
        if not held or month_number(first_day) - month_number(max(row.text("date") for row in held)) > 1:
            continue
        opened, last = _opening(book, _in_order(rows, now_at)), _closing(_in_order(held, before_at))
        if opened is None or last is None:
            continue
        first, candidates = opened
        closed = last.number("balance") or 0
        if closed not in candidates:
            yield Break(book.form, account, "balance", "balance", first, last, candidates[0], closed)


def _accounts(book: Book, rows: Sequence[Row]) -> dict[str, list[Row]]:
    accounts: dict[str, list[Row]] = {}
    for row in rows:
        if len(row.text("date")) == _DAY:
            accounts.setdefault(row.text(*book.account) if book.account else "", []).append(row)
    return accounts


def _in_order(rows: Sequence[Row], where: Where) -> list[Row]:
    """Put rows in the order of their days; on one day as their sheet runs, from the oldest on or from the newest on."""
    lines = sorted(rows, key=where)
    is_downward = lines[0].text("date") <= lines[-1].text("date")
    ordered = lines if is_downward else lines[::-1]
    return sorted(ordered, key=lambda row: row.text("date"))


def _opening(book: Book, rows: Sequence[Row]) -> tuple[Row, tuple[int, int]] | None:
    """Give the first row with a balance, and what was there before: as we read the sides, and the other way round.

    Some banks print the school's side of the account, others their own.
    """
    moved = 0
    for row in rows:
        moved += (row.number(book.plus) or 0) - (row.number(book.minus) or 0)
        balance = row.number("balance")
        if balance is not None:
            return row, (balance - moved, balance + moved)
    return None


def _closing(rows: Sequence[Row]) -> Row | None:
    """Give the last row with a balance, where nothing moved after it."""
    return rows[-1] if rows[-1].number("balance") is not None else None
