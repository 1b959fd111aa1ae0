"""Which months a ledger seems to lack: those in which another ledger shows that something happened.

A month without rows is no fault by itself: in a holiday nobody eats, in some months nothing is bought. It is one where
the centre paid and the school has no payment, where pupils ate and no statement was made.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from houqin.report.settlement.books import DATES
from houqin.report.settlement.canteen_rows import OWN_ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

    Shows = Callable[[Record], bool]

BANK, BOOK = "bank_statement", "canteen_journal"
_SEVERAL = 3  # payments of goods and services in a month of which none was claimed: fewer may be paid without a claim
_BANKED = ("1002",)


def _any(_: Record) -> bool:
    return True


def _spent(record: Record) -> bool:
    code, summary = record.text("code"), record.text("summary")
    return bool(record.number("debit")) and code.startswith(("5", "7")) and not summary.startswith("计提")


def _has(*fields: str) -> Shows:
    return lambda record: any(record.number(name) for name in fields)


def _claimable(record: Record) -> bool:
    return bool(record.number("expense")) and record.text("code").startswith("302")


# Of a form: which other form shows by which rows, and how many of them in a month, that it must have some too
EVIDENCE: Mapping[str, Sequence[tuple[str, Shows, int]]] = {
    "journal": (("cashbook", _has("expense"), 1), ("claim_register", lambda each: bool(each.text("voucher")), 1)),
    "cashbook": (("journal", _spent, 1),),
    "claim_register": (("cashbook", _claimable, _SEVERAL),),
    "canteen_journal": (
        ("canteen_statement", _has("month_amt"), 1), ("food_receipt", _any, 1), ("meal_daily", _any, 1),
    ),
    "canteen_statement": (("meal_daily", _any, 1), ("food_stock", _has("out_amt", "out_qty"), 1)),
    "food_stock": (("food_receipt", _any, 1), ("meal_daily", _any, 1)),
    "food_receipt": (("food_stock", _has("in_amt", "in_qty"), 1),),
}


def doubts_of(case: Case) -> dict[str, list[str]]:
    """Say of each ledger which months of the year it seems to lack, and what shows it."""
    found: dict[str, list[str]] = {}
    for form, shown in EVIDENCE.items():
        own = months_of(case, form)
        if not own:
            continue
        for other, shows, least in shown:
            counts = Counter(month for month in _months(case, other, shows))
            lacks = sorted(month for month, count in counts.items() if count >= least and month not in own)
            if form == "canteen_statement" and _is_whole(case):
                lacks = [month for month in lacks if month > max(own)]
            if lacks:
                found[form] = [f"《{case.title_of(form)}》没有 {_said(lacks)}的记录，《{case.title_of(other)}》有"]
                break
    if late := bank_is_late(case, canteen=False):
        found[BANK] = [late]
    return found


def months_of(case: Case, form: str) -> set[str]:
    """Give the months of the year in which a ledger has rows."""
    return set(_months(case, form, _any))


def bank_is_late(case: Case, *, canteen: bool) -> str:
    """Say that a bank statement ends before the book that it is held against; '' where it does not.

    A statement says nothing of an account in which nothing moved: only a later entry shows that some of it is missing.
    """
    there, moved = _at_bank(case, canteen=canteen)
    later = sorted(month for month in moved if there and month > max(there))
    return _lacking(case, f"只到 {_said([max(there)])}", later, canteen=canteen) if later else ""


def bank_skips(case: Case, *, canteen: bool) -> str:
    """Say which months between its first and last row a bank statement lacks though the book has entries."""
    there, moved = _at_bank(case, canteen=canteen)
    between = sorted(month for month in moved - there if there and min(there) < month < max(there))
    return _lacking(case, f"没有 {_said(between)}的流水", between, canteen=canteen) if between else ""


def _at_bank(case: Case, *, canteen: bool) -> tuple[set[str], set[str]]:
    """Give the months of the statements, and those in which the book moves the account."""
    own = [each for each in case.records.get(BANK, ()) if bool(OWN_ACCOUNT.search(_owner(case, each))) == canteen]
    there = {month for each in own if (month := _month(BANK, each))[:4] == str(case.year)}
    if canteen:
        return there, set(_months(case, BOOK, _any))
    return there, set(_months(case, "journal", lambda each: each.text("code").startswith(_BANKED)))


def _lacking(case: Case, what: str, months: Sequence[str], *, canteen: bool) -> str:
    whose, book = ("食堂专户", BOOK) if canteen else ("学校账户", "journal")
    return f"{whose}的《{case.title_of(BANK)}》{what}，《{case.title_of(book)}》里 {_said(months)}有"


def _owner(case: Case, record: Record) -> str:
    if BANK in case.large:
        return record.text("owner")
    source = case.ledgers[BANK].sources.iloc[record.index]
    return "".join((record.text("owner"), record.text("account"), str(source["file"]), str(source["sheet"])))


def _is_whole(case: Case) -> bool:
    """Tell statements whose last month has the year's sums: then a month between is no loss."""
    own = [each for each in case.records.get("canteen_statement", ()) if not each.pending]
    last = max((_month("canteen_statement", each) for each in own), default="")
    return any(each.number("year_amt") is not None for each in own if _month("canteen_statement", each) == last)


def _months(case: Case, form: str, shows: Shows) -> Iterable[str]:
    year = str(case.year)
    for each in case.records.get(form, ()):
        month = _month(form, each)
        if month[:4] == year and len(month) == len("2025-01") and not each.pending and shows(each):
            yield month


def _month(form: str, record: Record) -> str:
    return next((text[:7] for name in DATES.get(form, ("date",)) if (text := record.text(name))), "")


def _said(months: Sequence[str]) -> str:
    return "、".join(str(int(month[5:7])) for month in months) + " 月"
