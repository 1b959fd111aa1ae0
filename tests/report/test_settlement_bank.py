"""What stands at the year's end in one book alone is found, said, adjusted for, and never guessed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from recalculate import differences
from report.settlement_year import BALANCE, CANTEEN, EXAMPLE, JOURNAL, check, figure, settle, verdicts

from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.report.settlement import Written

BANK, CANTEEN_BANK = "基本户对账单2025.xlsx", "食堂专户交易明细2025.xlsx"
SHEET = "银行余额调节表"
HEAD = 3
Row = list[Any]


def day(text: str) -> datetime:
    """Give a day as a cell holds it."""
    return datetime.fromisoformat(text)


JANUARY: Row = [day("2026-01-05"), "202601053701000001", "代垫12月水费", 1826, None, None, "城市供水有限公司", "1"]
FEE: Row = [day("2025-12-30"), "202512303701000045", "账户管理费", 36, None, None, None, None]
GIFT: Row = [day("2025-12-31"), "202512313701000046", "往来款", None, 500, None, "示例建材有限公司", "2"]


def statement(folder: Path, change: Any, *files: str) -> None:
    """Copy the year's books and its bank statement, whose rows are changed and whose balances follow."""
    target = folder / "收件箱"
    target.mkdir(parents=True)
    for file in (BALANCE, JOURNAL, BANK, *files):
        (target / file).write_bytes((EXAMPLE / "收件箱" / file).read_bytes())
    write(target / BANK, change)


def write(path: Path, change: Any, *, opening: float | None = None) -> None:
    """Change the rows of a statement; the balances run on from the one that was brought forward."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    balance = rows[0][5] if opening is None else opening
    moved = change([row for row in rows[1:] if row[0]])
    sheet.delete_rows(HEAD + 1, sheet.max_row)
    if opening is None:
        sheet.append(rows[0])
    for row in moved:
        balance = round(balance + (row[4] or 0) - (row[3] or 0), 2)
        sheet.append([*row[:5], balance, *row[6:]])
    book.save(path)


def january(folder: Path, rows: Sequence[Row]) -> None:
    """Add the statement of the next January."""
    path = folder / "收件箱" / "基本户对账单2026年1月.xlsx"
    path.write_bytes((EXAMPLE / "收件箱" / BANK).read_bytes())
    write(path, lambda _: rows, opening=75_472.61 - 36 + 500)


def items(path: Path) -> list[list[Any]]:
    """Give the rows of what was found, as they are read."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows) if row[0] == "类别")
    body = rows[at + 1 :]
    return body[: next(n for n, row in enumerate(body) if row[0] is None)]


def told(written: Written) -> list[tuple[Level, str]]:
    """Give what was told of outstanding items."""
    return [(each.level, each.message) for each in written.findings if each.code == "bank-outstanding"]


def test_the_year_as_it_is_has_nothing_outstanding(tmp_path: Path) -> None:
    """Payments that the bank makes some days later are no difference; both sides adjusted are the same."""
    statement(tmp_path, lambda rows: rows)
    path, written = settle(tmp_path)
    assert figure(written, "bank_outstanding") == "0.00"
    assert verdicts(written, ["bank-as-booked", "bank-adjusted"]) == {"bank-as-booked": "通过", "bank-adjusted": "通过"}
    assert told(written) == []
    assert differences([path]) == []


def test_the_four_kinds_are_found_and_the_balances_meet(tmp_path: Path) -> None:
    """A payment on its way that January's statement has, a fee and a receipt that nobody booked: each with its cell."""
    statement(tmp_path, lambda rows: [*rows[:-1], FEE, GIFT])
    january(tmp_path, [JANUARY])
    path, written = settle(tmp_path)
    assert [(row[0], row[1], row[3], row[6]) for row in items(path)] == [
        ("银行已收、学校未收", 500, "2025-12-31", None),
        ("银行已付、学校未付", 36, "2025-12-30", None),
        ("学校已付、银行未付", 1826, "2025-12-28", "2026-01-05"),
    ]
    assert figure(written, "bank_statement_close") == "75936.61"
    assert figure(written, "bank_outstanding") == "2290.00"
    made = check(written, "bank-as-booked")
    assert made.explained is not None
    assert (made.verdict, made.difference, made.explained.value) == ("✓ 通过", 2290, 2290)
    assert check(written, "bank-adjusted").verdict == "✓ 通过"
    levels = [level for level, _ in told(written)]
    assert sorted(levels) == [Level.INFO, Level.QUESTION]
    (unbooked,) = [text for level, text in told(written) if level == Level.QUESTION]
    assert "2 笔、536.00 元" in unbooked
    assert "报核算中心补记" in unbooked
    assert differences([path]) == []


def test_a_balance_that_no_movement_explains_fails(tmp_path: Path) -> None:
    """What the rows do not show is not put down to 未达."""
    statement(tmp_path, lambda rows: rows)
    book = openpyxl.load_workbook(tmp_path / "收件箱" / BANK)
    book.active.cell(book.active.max_row, 6).value = 73_000
    book.save(tmp_path / "收件箱" / BANK)
    path, written = settle(tmp_path)
    assert check(written, "bank-as-booked").verdict == "✗ 不符"
    assert check(written, "bank-adjusted").verdict == "✗ 不符"
    assert differences([path]) == []


def test_of_two_alike_it_is_asked_which_one(tmp_path: Path) -> None:
    """The bank has one of two like receipts of the same days: how much is sure, which one is asked."""
    twin = [day("2025-12-30"), "a1", "存入", None, 77, None, None, None]
    other = [day("2025-12-31"), "a2", "存入", None, 77, None, None, None]
    statement(tmp_path, lambda rows: [*rows, twin, other])
    journal = tmp_path / "收件箱" / JOURNAL
    book = openpyxl.load_workbook(journal)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[2].value == "12月结息" and row[3].value == "1002")
    receipt = (day("2025-12-29"), "记-19", "收款", "1002", "银行存款", None, 77, None)
    for cell, value in zip(row, receipt, strict=False):
        cell.value = value
    book.save(journal)
    path, written = settle(tmp_path)
    (question,) = [text for level, text in told(written) if "不能断定" in text]
    assert "1 笔、77.00 元" in question
    assert "? 同额的还有" in next(row[7] for row in items(path) if row[1] == 77)


def test_what_the_year_before_left_outstanding_is_no_item_of_this_year(tmp_path: Path) -> None:
    """The bank pays in January what was booked in December before: it explains the openings, to the fen."""
    late = [day("2025-01-06"), "202501063701000099", "付上年书报费", 800, None, None, "新华书店", None]
    statement(tmp_path, lambda rows: [late, *rows])
    path = tmp_path / "收件箱" / BANK
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=HEAD + 1):
        row[5].value = round(row[5].value + 800, 2)
    book.save(path)
    path, written = settle(tmp_path)
    assert figure(written, "bank_outstanding") == "0.00"
    assert check(written, "bank-as-booked").verdict == "✓ 通过"
    texts = [str(cell.value) for row in openpyxl.load_workbook(path)[SHEET].iter_rows() for cell in row if cell.value]
    assert "上年未达、本年到账的" in texts


def test_a_statement_of_december_alone_says_nothing_of_the_months_before(tmp_path: Path) -> None:
    """What our book has of months without a statement is no item."""
    statement(tmp_path, lambda rows: [*rows[:-1], FEE])
    path = tmp_path / "收件箱" / BANK
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for number in range(sheet.max_row, HEAD, -1):
        if not isinstance(sheet.cell(number, 1).value, datetime) or sheet.cell(number, 1).value.month < 12:
            sheet.delete_rows(number)
    book.save(path)
    path, written = settle(tmp_path)
    assert [(row[0], row[1]) for row in items(path)] == [("银行已付、学校未付", 36), ("学校已付、银行未付", 1826)]
    assert check(written, "bank-as-booked").verdict == "✓ 通过"


def test_the_statement_of_another_account_is_asked_about_and_not_listed(tmp_path: Path) -> None:
    """Nothing of it is in the book: not hundreds of items, one question."""
    def other(row: Row) -> Row:
        return [*row[:3], row[3] and row[3] + 1, row[4] and row[4] + 2, *row[5:]]

    statement(tmp_path, lambda rows: [other(row) for row in rows])
    path, written = settle(tmp_path)
    assert check(written, "bank-adjusted").verdict == "? 未核"
    assert [level for level, _ in told(written)] == [Level.QUESTION]
    assert "不像同一个账户" in told(written)[0][1]
    assert differences([path]) == []


def test_what_is_typed_counts_and_what_is_typed_twice_is_told_at_once(tmp_path: Path) -> None:
    """Room below the found items: LibreOffice works the sheet out anew with what a person enters."""
    statement(tmp_path, lambda rows: [*rows[:-1], FEE])
    path, _ = settle(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    rows = [row for row in sheet.iter_rows() if row[4].value and str(row[4].value).startswith("=IF(A")]
    assert len(rows) == 5
    assert "COUNTIFS" in rows[0][4].value
    total = next(row for row in sheet.iter_rows() if row[0].value == "减：银行已付、学校未付")
    assert total[1].value.count("SUMIFS") == 2


@pytest.mark.parametrize("file", [CANTEEN_BANK])
def test_the_canteens_own_account_is_held_against_its_own_journal(tmp_path: Path, file: str) -> None:
    """A payment that the bank has not made yet is told, and explains the check."""
    statement(tmp_path, lambda rows: rows, *CANTEEN, file)
    path = tmp_path / "收件箱" / file
    book = openpyxl.load_workbook(path)
    sheet = book.active
    last = max(row[0].row for row in sheet.iter_rows() if isinstance(row[0].value, datetime))
    sheet.delete_rows(last)
    book.save(path)
    path, written = settle(tmp_path)
    assert check(written, "canteen-bank").verdict == "✓ 通过"
    assert figure(written, "canteen_outstanding") != "0.00"
    assert differences([path]) == []
