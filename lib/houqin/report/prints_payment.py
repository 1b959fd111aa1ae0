"""收款通知单, two a page: what somebody is to pay and where; never a receipt, which is a 财政票据 of its own system."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.prints_frame import CENTRED, MONEY_CELL, Frame
from houqin.report.prints_pages import in_words, write_pages
from houqin.report.records import Record, counted_records
from houqin.workbook import FORM_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

PAYMENT = "收款通知单"
POSTS = ("经办人", "财务", "交款人")
WIDTHS = (14.0, 26.0, 14.0, 26.0)
NOTE = "本单只作通知，不是收据。请凭本单到财务交款，领取财政票据；不得以现金交给个人。"


class _Due(NamedTuple):
    payer: str
    reason: str
    basis: str
    amount: Decimal


def has_dues(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether anybody has to pay."""
    return bool(_dues(ledgers, forms))


def write_payments(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a notice a sum that is due; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, WIDTHS)
    frame.prepare()
    dues = _dues(ledgers, forms)
    slips: list[Callable[[int], int]] = [partial(_slip, frame, n, each) for n, each in enumerate(dues, 1)]
    left = write_pages(frame, slips, a_page=2)
    return f"{len(dues)} 张" + (f"，后面 {left} 张没有印" if left else "")


def _slip(frame: Frame, number: int, each: _Due, row: int) -> int:
    row = frame.head(PAYMENT, row=row, mark=f"第 {number} 号", unit="元")
    _line(frame, row, ("交款单位、人", each.payer), ("收款依据", each.basis))
    _line(frame, row + 1, ("事由", each.reason), None)
    sheet = frame.sheet
    sheet.write(row + 2, 1, "金额（元）", CENTRED.but(bold=True))
    sheet.write(row + 2, 2, each.amount, MONEY_CELL.but(bold=True))
    sheet.write(row + 2, 3, "大写", CENTRED.but(bold=True))
    sheet.write(row + 2, 4, in_words(each.amount, f"B{row + 2}"), FORM_CELL.but(bold=True))
    sheet.height(row + 2, 36)
    below = frame.sign(row + 3, POSTS)
    return frame.note(below, NOTE)


def _line(frame: Frame, row: int, first: tuple[str, CellValue], second: tuple[str, CellValue] | None) -> None:
    sheet = frame.sheet
    sheet.write(row, 1, first[0], CENTRED.but(bold=True))
    sheet.merge((row, 2, row, 2 if second else 4), first[1], FORM_CELL)
    lines = sheet.lines(str(first[1] or ""), frame.widths[1] if second else sum(frame.widths[1:]))
    if second:
        sheet.write(row, 3, second[0], CENTRED.but(bold=True))
        sheet.write(row, 4, second[1] or None, FORM_CELL)
        lines = max(lines, sheet.lines(str(second[1] or ""), frame.widths[3]))
    sheet.height(row, max(28.0, lines * 15 + 8.0))


def _dues(ledgers: Mapping[str, Ledger], forms: Forms) -> list[_Due]:
    """Give what is to be paid: damage without a receipt, fees of which less than due was collected."""
    damages = [_of_damage(r) for r in counted_records(ledgers, "damage", forms)]
    fees = [_of_fee(r) for r in counted_records(ledgers, "fee", forms)]
    return [each for each in (*damages, *fees) if each is not None]


def _of_damage(record: Record) -> _Due | None:
    amount = record.number("comp")
    if not amount or amount < 0 or record.text("receipt"):
        return None
    payer = " ".join(part for part in (record.text("class"), record.text("who")) if part)
    what = "，".join(part for part in (record.text("item"), record.text("state"), record.text("cause")) if part)
    return _Due(payer or "＿＿＿＿", f"公物损坏赔偿：{what}", record.text("comp_std") or "公物损坏赔偿制度", amount)


def _of_fee(record: Record) -> _Due | None:
    due, collected = record.number("due"), record.number("collected")
    if due is None or collected is None or due <= collected:
        return None
    payer = record.text("class") or record.text("grade") or record.text("payer")
    return _Due(payer or "＿＿＿＿", f"{record.text('fee_item')}（未收部分）", record.text("basis"), due - collected)
