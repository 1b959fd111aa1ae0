"""The last balance of each account in a ledger of books: on its last day, the row with which the book ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.check.view import View


def closing_rows(
    view: View, balance: str, records: list[int], keys: Sequence[tuple[str, ...]] = (), *, as_of: str = ""
) -> list[int]:
    """Give one record an account, that of its last balance; a book that is not kept by accounts is all of one.

    With `keys`, a key a record (a good's name), each key has accounts of its own. What a book has after ISO day
    `as_of` is passed over, unless it has nothing before.

    Of several on the last day it is the lowest of its sheet, or the highest where the sheet runs from the newest on.
    """
    if not view.has("date", balance):
        return records[-1:]
    accounts: dict[tuple[str, ...], list[int]] = {}
    for record in records:
        if view.value(balance, record) is not None and view.text("date")[record]:
            key = keys[record] if keys else ()
            # What a canteen's journal calls 科目 is a field of this name too, and parts no book.
            account = view.word("account", record) if "account" in view.form.order else ""
            accounts.setdefault((account, *key), []).append(record)
    days = view.text("date")
    by_then = [[record for record in own if as_of and str(days[record])[:10] <= as_of] for own in accounts.values()]
    return [_last(view, before or own) for before, own in zip(by_then, accounts.values(), strict=True)]


def _last(view: View, records: list[int]) -> int:
    days = {record: str(view.text("date")[record]) for record in records}
    latest = max(days.values())
    where = {record: _sheet_row(view, record) for record in records}
    ending = [record for record in records if days[record] == latest]
    same = [record for record in records if where[record][0] == where[ending[-1]][0]]
    ordered = sorted(same, key=lambda record: where[record][1])
    is_downward = days[ordered[0]] <= days[ordered[-1]]
    own = [record for record in ordered if days[record] == latest]
    return own[-1] if is_downward else own[0]


def _sheet_row(view: View, record: int) -> tuple[tuple[str, str], int]:
    """Give file and sheet of a record, and its row."""
    if not isinstance(view.source, Ledger):
        return ("", ""), record
    source = view.source.sources.iloc[record]
    return (str(source["file"]), str(source["sheet"])), int(source["row"])
