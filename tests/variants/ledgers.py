"""The year's vouchers as a journal, and as the ledger of one account: sums of months, pages, balances with their side."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
from variants.books import NAMES, OPENING, YEAR, Entry, Voucher, above, vouchers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

Rows = list[list[object]]
PAGE = 12
# What was booked twice in May is taken back in red, on both sides
RED = Voucher(
    f"{YEAR}-05-20", "记-7", "红字冲销：重复报销的办公费",
    tuple(Entry(code, *(Decimal(-200 if side == own else 0) for side in "dc"))
          for code, own in (("50010201", "d"), ("100201", "c"), ("720101", "d"), ("8001", "c"))),
)  # fmt: skip
BOOKED = sorted([*vouchers(), RED], key=lambda each: (each.day, int(each.number[2:])))


def as_number(amount: Decimal) -> object:
    """Give an amount as a number; red is below zero."""
    return float(amount) if amount else None


def in_brackets(amount: Decimal) -> object:
    """Give an amount as text, red in brackets."""
    return None if not amount else f"({-amount:,.2f})" if amount < 0 else f"{amount:,.2f}"


def with_wide_minus(amount: Decimal) -> object:
    """Give an amount as text, red with a full-width minus."""
    return None if not amount else f"－{-amount:.2f}" if amount < 0 else f"{amount:.2f}"


def journal(show: Callable[[Decimal], object] = as_number, own: Sequence[Voucher] = BOOKED) -> Rows:
    """Give 序时账: whole vouchers, account names with their paths."""
    rows: Rows = [["2025年序时账"], ["日期", "凭证号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额"]]
    for each in own:
        for code, debit, credit in each.entries:
            name = "\\".join(NAMES[part] for part in above(code))
            rows.append([each.day, each.number, each.summary, code, name, show(debit), show(credit)])
    return rows


def account(code: str, *, pages: str = "", sides: bool = True) -> Rows:
    """Give 明细账 of one account; `pages`: 承前页 alone, or with the printed head once more."""
    title = [["明细账"], [f"科目：{code} {NAMES[code]}"]]
    header: list[object] = ["日期", "凭证号", "摘要", "借方", "贷方", *(["方向"] if sides else []), "余额"]
    held = Decimal(sum(amount for leaf, amount in OPENING.items() if leaf.startswith(code)))
    rows: Rows = [*title, header, ["2025-01-01", None, "上年结转", None, None, *_held(held, sides=sides)]]
    year, month = [Decimal(0), Decimal(0)], [Decimal(0), Decimal(0)]
    own = [(each, entry) for each in BOOKED for entry in each.entries if entry.code.startswith(code)]
    for number, (each, (_, debit, credit)) in enumerate(own, 1):
        held += debit - credit
        year, month = [year[0] + debit, year[1] + credit], [month[0] + debit, month[1] + credit]
        shown = [as_number(debit), as_number(credit), *_held(held, sides=sides)]
        rows.append([each.day, each.number, each.summary, *shown])
        if pages and number % PAGE == 0:
            carried = [*map(float, year), *_held(held, sides=sides)]
            rows.append([None, None, "过次页", *carried])
            rows += [*title, header] if pages == "head" else []
            rows.append([None, None, "承前页", *carried])
        if number == len(own) or own[number][0].day[:7] != each.day[:7]:
            for label, sums in (("本月合计", month), ("本年累计", year)):
                rows.append([f"{each.day[:8]}28", None, label, *map(float, sums), *_held(held, sides=sides)])
            month = [Decimal(0), Decimal(0)]
    return rows


def _held(amount: Decimal, *, sides: bool) -> list[object]:
    if not sides:
        return [float(amount)]
    return ["平" if not amount else "借" if amount > 0 else "贷", float(abs(amount))]


def write(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path
