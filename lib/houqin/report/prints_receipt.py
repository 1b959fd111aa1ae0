"""入库验收单 in three copies, a document a page: what came, from whom, at what price, and who looked at it."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from houqin.report.prints_frame import CENTRED, MONEY_CELL, NUMBER, FormColumn, Frame
from houqin.report.prints_pages import in_words, write_pages
from houqin.report.records import Record, counted_records
from houqin.report.words import chinese_date
from houqin.workbook import FORM_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

RECEIPT, FORM = "入库验收单", "stock_in"
COPIES = ("第一联　存根", "第二联　财务", "第三联　仓库")
POSTS = ("采购人", "验收人", "验收人", "保管员")
WHOLE_DAY = 10
FEW_ROWS = 3  # up to which the three copies share a page
COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("物品名称", 20), FormColumn("规格型号", 15),
    FormColumn("单位", 7, CENTRED), FormColumn("数量", 10, NUMBER),
    FormColumn("单价（元）", 11, FORM_CELL.but(kind="price", wrap=False)),
    FormColumn("金额（元）", 13, MONEY_CELL, total=True), FormColumn("验收情况", 13),
)  # fmt: skip


def has_receipts(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether anything came into the store."""
    return bool(counted_records(ledgers, FORM, forms))


def write_receipts(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write each document three times; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare()
    documents = _documents(counted_records(ledgers, FORM, forms))
    slips: list[Callable[[int], int]] = [
        partial(_copy, frame, mark, own) for own in documents.values() for mark in COPIES
    ]
    longest = max(len(own) for own in documents.values())
    left = write_pages(frame, slips, a_page=len(COPIES) if longest <= FEW_ROWS else 1)
    return f"{len(documents)} 张，三联" + (f"，太多，后面 {left} 页没有印" if left else "")


def _documents(records: list[Record]) -> dict[tuple[str, ...], list[Record]]:
    """Group the rows of one delivery: its number, else its day, supplier and invoice."""
    found: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        key = tuple(record.text(field) for field in ("in_date", "doc_no", "supplier", "invoice"))
        found.setdefault(key, []).append(record)
    return found


def _copy(frame: Frame, mark: str, own: list[Record], row: int) -> int:
    first = own[0]
    day = first.text("in_date")
    told = (("入库日期", chinese_date(day) if len(day) == WHOLE_DAY else day), ("单号", first.text("doc_no")),
            ("供货商", first.text("supplier")), ("发票号", first.text("invoice")))  # fmt: skip
    top = frame.head(RECEIPT, row=row, mark=mark, unit="元")
    top = frame.note(top, "　".join(f"{label}：{text or '＿＿＿＿＿'}" for label, text in told))
    rows = [_row(number, record) for number, record in enumerate(own, 1)]
    placed = frame.table(top, COLUMNS, rows, total="合计")
    total = sum((r.number("amount") or Decimal(0) for r in own), Decimal(0))
    below = frame.boxed(placed.next_row, "合计金额（大写）", in_words(total, f"G{placed.total}"))
    return frame.sign(below, POSTS)


def _row(number: int, record: Record) -> list[CellValue]:
    return [
        number, record.text("name"), record.text("spec") or None, record.text("uom") or None, record.number("qty"),
        record.number("price"), record.number("amount"), None,
    ]  # fmt: skip
