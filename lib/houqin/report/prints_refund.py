"""餐费退费签收表: a page a class with the pupils who get money back; for the house alone, never posted."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from houqin.report.prints_frame import CENTRED, MONEY_CELL, FormColumn, Frame
from houqin.report.prints_pages import by_class, in_words, write_pages
from houqin.report.records import Record, counted_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

REFUND, FORM = "餐费退费签收表", "meal_fee"
POSTS = ("班主任", "经办人", "会计", "食堂负责人")
INTERNAL = "内部使用，不得公示"
SIGN_HERE = "收款人签字"
BACK = "原路退回"
ROW = 17.0
COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("姓名", 13, CENTRED),
    FormColumn("预收（元）", 13, MONEY_CELL, total=True), FormColumn("应收（元）", 13, MONEY_CELL, total=True),
    FormColumn("应退（元）", 13, MONEY_CELL, total=True), FormColumn("退费方式", 13, CENTRED),
    FormColumn(SIGN_HERE, 19, CENTRED),
)  # fmt: skip


def has_refunds(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether a pupil gets money back."""
    return bool(_refunds(ledgers, forms))


def write_refunds(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a page a class; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare()
    refunds = _refunds(ledgers, forms)
    groups = by_class(refunds, school.class_order, lambda record: record.text("class"))
    slips: list[Callable[[int], int]] = [partial(_page, frame, name, own) for name, own in groups.items()]
    write_pages(frame, slips)
    return f"{len(groups)} 个班，{len(refunds)} 人；{INTERNAL}"


def _refunds(ledgers: Mapping[str, Ledger], forms: Forms) -> list[Record]:
    return [r for r in counted_records(ledgers, FORM, forms) if r.text("pupil") and (r.number("refund") or 0) > 0]


def _page(frame: Frame, name: str, own: list[Record], row: int) -> int:
    top = frame.head(f"{REFUND}　{name}", row=row, mark=INTERNAL, unit="元", left=f"班级：{name}")
    rows = [_row(number, record) for number, record in enumerate(own, 1)]
    placed = frame.table(top, COLUMNS, rows, total="合计", height=ROW)
    total = sum((r.number("refund") or Decimal(0) for r in own), Decimal(0))
    below = frame.boxed(placed.next_row, "应退合计（大写）", in_words(total, f"E{placed.total}"))
    return frame.sign(below, POSTS, height=30)


def _row(number: int, record: Record) -> list[CellValue]:
    way = record.text("refund_way")
    return [
        number, record.text("pupil"), record.number("prepaid"), record.number("due"), record.number("refund"),
        way or None, BACK if BACK in way else None,
    ]  # fmt: skip
