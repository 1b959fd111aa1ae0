"""The columns that classify ledger rows for the settlement: basis, last account below, net balances, the year's flow.

A trial balance comes before or after the year's closing entries, with one balance and its direction or with two sides,
with the last month or the whole year: here each row says the same things, debit positive, in 元.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.case import OWN_MONTH, OWN_YEAR
from houqin.report.settlement.periods import is_part_of_year

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record

FINANCIAL, BUDGETARY = "财务会计", "预算会计"
ZERO = Decimal(0)
# Kinds of accounts whose balance is normally a debit, by the first digit; 8001 资金结存 is one among credits.
_DEBIT_KINDS = frozenset("157")
_CONTRA = ("1602", "1702", "1802", "1832", "1022", "1219")  # accumulated depreciation, amortisation, bad debts
_DEBIT_ALTHOUGH = ("8001",)
_INCOME_KINDS, _EXPENSE_KINDS = frozenset("46"), frozenset("57")
_SPENDING = ("7101", "7201")  # what is divided into 基本支出 and 项目支出
_PARTS = ("基本支出", "项目支出")
_OF_THE_YEAR = frozenset({"open_net", "year_dr", "year_cr", "flow"})
_LEADING_CODE = re.compile(r"\d{3,}")
# Which date says to which year a row belongs
DATES: Mapping[str, tuple[str, ...]] = {
    "journal": ("date",),
    "cashbook": ("date",),
    "bank_statement": ("date",),
    "canteen_journal": ("date",),
    "claim_register": ("book_date", "date"),
    "receipt_book": ("date",),
    "stock_in": ("in_date",),
    "stock_issue": ("out_date",),
    "food_receipt": ("receipt_date",),
    "food_stock": ("date",),
    "canteen_statement": ("date",),
    "asset_change": ("change_date",),
    "meal_daily": ("date",),
    "quota": ("issue_date",),
}


def usual_side(code: str) -> int:
    """Give 1 where an account's balance is normally a debit, -1 where it is a credit.

    >>> usual_side("1002"), usual_side("160201"), usual_side("8001"), usual_side("2307")
    (1, -1, 1, -1)
    """
    if code.startswith(_DEBIT_ALTHOUGH):
        return 1
    return 1 if code[:1] in _DEBIT_KINDS and not code.startswith(_CONTRA) else -1


def with_accounts(records: Sequence[Record]) -> list[Record]:
    """Give a trial balance with `book`, `top`, `leaf`, `open_net`, `close_net`, `year_dr`, `year_cr`, `flow` a row.

    `leaf` is 1 where nothing stands below; only such rows are added up. `spend` is 基本支出 or 项目支出 by the names of
    the accounts, which each centre numbers its own way; no row has it where no name says so. `flow` is an income's or
    an expense's amount of the year, whether the year's closing entries are in the balance (then nothing is left over)
    or not. Where the table has the month's opening alone, the year's is the closing less the year's movement.
    A table of a part of the year, whose movement is no year's, has closings alone.
    """
    known = [(_book(each), each.text("code"), each.text("aux")) for each in records]
    parents, sums = _parents(known), _sum_rows(known, records)
    parts = _spending_parts(known, records)
    by_month = _opens_with_month(records)
    left_out = _OF_THE_YEAR if is_part_of_year(records) else frozenset[str]()
    made = []
    for number, (record, (book, code, aux)) in enumerate(zip(records, known, strict=True)):
        opening, closing = _net(record, _opening_of(record), code), _net(record, "close", code)
        if by_month and _has_year(record) and _opening_of(record) == "open":
            opening = closing - _moved(record, "ytd_")
        debit = record.number("ytd_dr") if record.number("ytd_dr") is not None else record.number("dr")
        credit = record.number("ytd_cr") if record.number("ytd_cr") is not None else record.number("cr")
        values = {
            **record.values,
            "book": book,
            "top": code[:4],
            "leaf": Decimal(0 if (book, code, aux) in parents or number in sums else 1),
            "open_net": opening,
            "year_dr": debit or ZERO,
            "year_cr": credit or ZERO,
            "close_net": closing,
            "flow": _flow(code, debit or ZERO, credit or ZERO, closing),
            **({"spend": parts.get((book, code, aux))} if parts else {}),
        }
        made.append(replace(record, values={k: v for k, v in values.items() if k not in left_out}))
    return made


def with_year(form: str, records: Sequence[Record], year: int) -> list[Record]:
    """Give rows with OWN_YEAR: 1 where their date lies in the year, 0 outside, blank without one; and OWN_MONTH."""
    dates = DATES[form]
    made = []
    for record in records:
        day = next((text for name in dates if (text := record.text(name))), "")
        own = Decimal(1 if day[:4] == str(year) else 0) if day else None
        month = Decimal(day[5:7]) if own and day[5:7] else None
        made.append(replace(record, values={**record.values, OWN_YEAR: own, OWN_MONTH: month}))
    return made


def _book(record: Record) -> str:
    said = record.text("basis")
    if said:
        return said
    return BUDGETARY if record.text("code")[:1] in frozenset("678") else FINANCIAL


def _parents(known: Sequence[tuple[str, str, str]]) -> set[tuple[str, str, str]]:
    """Give the accounts below which others stand: by a longer code, or by the items of the same code."""
    with_items = {(book, code) for book, code, aux in known if aux}
    found: set[tuple[str, str, str]] = set()
    codes: dict[str, list[str]] = {}
    for book, code, _ in known:
        codes.setdefault(book, []).append(code)
    above = {book: _above(sorted(set(each))) for book, each in codes.items()}
    items: dict[tuple[str, str], set[str]] = {}
    for book, code, aux in known:
        items.setdefault((book, code), set()).add(_item_code(aux))
    groups = {key: _above(sorted(each)) for key, each in items.items()}
    for book, code, aux in known:
        if code in above[book] or (not aux and (book, code) in with_items) or _item_code(aux) in groups[book, code]:
            found.add((book, code, aux))
    return found


def _sum_rows(known: Sequence[tuple[str, str, str]], records: Sequence[Record]) -> set[int]:
    """Give the rows that sum up the other rows of their account: it is divided by a column that no field takes."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for number, key in enumerate(known):
        groups.setdefault(key, []).append(number)
    found: set[int] = set()
    for numbers in (each for each in groups.values() if len(each) > 1):
        rows = {number: _figures(records[number]) for number in numbers}
        total = [sum(column) for column in zip(*rows.values(), strict=True)]
        twice = [number for number, row in rows.items() if any(row) and [2 * value for value in row] == total]
        found |= set(twice[:1])
    return found


def _figures(record: Record) -> list[Decimal]:
    code = record.text("code")
    nets = [_net(record, when, code) for when in ("year_open", "open", "close")]
    return [*nets, *(record.number(name) or ZERO for name in ("dr", "cr", "ytd_dr", "ytd_cr"))]


def _item_code(aux: str) -> str:
    """Give the number that an item begins with, as of an economic classification; else nothing."""
    found = _LEADING_CODE.match(aux)
    return found.group() if found else ""


def _spending_parts(
    known: Sequence[tuple[str, str, str]], records: Sequence[Record]
) -> dict[tuple[str, str, str], str]:
    """Give which spending accounts are 基本支出, which 项目支出: by their own name, else by the nearest one above."""
    said: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str, str], str] = {}
    spending = [(key, record) for key, record in zip(known, records, strict=True) if key[1].startswith(_SPENDING)]
    for (book, code, aux), record in spending:
        if not aux:
            said[book, code] = _part_named(record.text("subject"))
    for (book, code, aux), record in spending:
        above = (said.get((book, code[:end]), "") for end in range(len(code), 3, -1))
        part = _part_named(aux) or _part_named(record.text("subject")) or next((each for each in above if each), "")
        if part:
            found[book, code, aux] = part
    return found


def _part_named(name: str) -> str:
    last = max(_PARTS, key=name.rfind)
    return last if last in name else ""


def _has_year(record: Record) -> bool:
    return record.number("ytd_dr") is not None or record.number("ytd_cr") is not None


def _moved(record: Record, prefix: str) -> Decimal:
    return (record.number(f"{prefix}dr") or ZERO) - (record.number(f"{prefix}cr") or ZERO)


def _opening_of(record: Record) -> str:
    """Give which fields hold the opening of a row: the year's where it has that."""
    has_year = any(record.number(f"year_open_{part}") is not None for part in ("bal", "dr", "cr"))
    return "year_open" if has_year else "open"


def _opens_with_month(records: Sequence[Record]) -> bool:
    """Tell a balance of one month: its 期初 is the month's, and only closing less the year's movement is the year's."""
    month = year = 0
    for record in records:
        if _has_year(record) and _opening_of(record) == "open" and _moved(record, "") != _moved(record, "ytd_"):
            code = record.text("code")
            moved = _net(record, "close", code) - _net(record, "open", code)
            month += moved == _moved(record, "")
            year += moved == _moved(record, "ytd_")
    return month > year


def _above(codes: Sequence[str]) -> set[str]:
    """Give the codes that are the beginning of another; sorted, the first longer one comes next."""
    return {a for a, b in itertools.pairwise(codes) if a and b.startswith(a)}


def _net(record: Record, when: str, code: str) -> Decimal:
    debit, credit = record.number(f"{when}_dr"), record.number(f"{when}_cr")
    if debit is not None or credit is not None:
        return (debit or ZERO) - (credit or ZERO)
    balance = record.number(f"{when}_bal") or ZERO
    direction = record.text(f"{when}_dir")
    return balance * {"借": 1, "贷": -1}.get(direction, usual_side(code))


def _flow(code: str, debit: Decimal, credit: Decimal, closing: Decimal) -> Decimal | None:
    if code[:1] in _INCOME_KINDS:
        return credit if closing == 0 else credit - debit
    if code[:1] in _EXPENSE_KINDS:
        return debit if closing == 0 else debit - credit
    return None


def _net_cell(name: str, record: Record, letters: Mapping[str, str], row: int) -> str | None:
    def at(column: str) -> str:
        return f"{letters[column]}{row}"

    def filled(*columns: str) -> bool:
        return any(record.number(column) is not None and column in letters for column in columns)

    when = _opening_of(record) if name == "open_net" else "close"
    usual = usual_side(record.text("code"))
    made = None
    if name == "open_net" and record.values[name] != _net(record, when, record.text("code")):
        made = f"{at('close_net')}-{at('year_dr')}+{at('year_cr')}"  # the table opens with the month
    elif filled(f"{when}_dr", f"{when}_cr"):
        sides = [at(f"{when}_{side}") if f"{when}_{side}" in letters else "0" for side in ("dr", "cr")]
        made = f"{sides[0]}-{sides[1]}"
    elif filled(f"{when}_bal") and f"{when}_dir" not in letters:
        made = at(f"{when}_bal") if usual > 0 else f"-{at(f'{when}_bal')}"
    elif filled(f"{when}_bal"):
        otherwise = f'IF({at(f"{when}_dir")}="贷",-1,{usual})'
        made = f'IF({at(f"{when}_dir")}="借",1,{otherwise})*{at(f"{when}_bal")}'
    return made


def account_cell(name: str, record: Record, letters: Mapping[str, str], row: int) -> str | None:
    """Give the formula of a computed column over its own row, None where it is no calculation."""
    def at(column: str) -> str:
        return f"{letters[column]}{row}"

    def filled(*columns: str) -> bool:
        return any(record.number(column) is not None and column in letters for column in columns)

    if name in {"open_net", "close_net"}:
        return _net_cell(name, record, letters, row)
    if name in {"year_dr", "year_cr"}:
        side = name[-2:]
        return next((at(column) for column in (f"ytd_{side}", side) if filled(column)), None)
    if name == "flow" and record.values.get("flow") is not None:
        own, other = ("year_cr", "year_dr") if record.text("code")[:1] in _INCOME_KINDS else ("year_dr", "year_cr")
        return f"IF(ROUND({at('close_net')},2)=0,{at(own)},{at(own)}-{at(other)})"
    return None
