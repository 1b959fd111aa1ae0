"""盘点表 and 盘盈盘亏表 of the store's goods and of the fixed assets, to be signed by those who counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.prints_frame import CENTRED, MONEY_CELL, NUMBER, FormColumn, Frame
from houqin.report.records import Record, counted_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

GOODS_COUNT, GOODS_GAPS = "库存物资盘点表", "库存物资盘盈盘亏表"
ASSETS_COUNT, ASSETS_GAPS = "固定资产盘点表", "固定资产盘盈盘亏表"
POSTS = ("盘点人", "监盘人", "保管员", "后勤主任")
CENT = Decimal("0.01")
ROW = 18.0
NOT_COUNTED = "未盘"
COUNT_COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("编号、类别", 15), FormColumn("名称", 19), FormColumn("规格型号", 15),
    FormColumn("单位", 7, CENTRED), FormColumn("账面数量", 10, NUMBER), FormColumn("实盘数量", 10, NUMBER),
    FormColumn("盘盈", 8, NUMBER), FormColumn("盘亏", 8, NUMBER), FormColumn("存放地点", 14), FormColumn("备注", 14),
)  # fmt: skip
GAP_COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("编号、类别", 15), FormColumn("名称", 19),
    FormColumn("单位", 7, CENTRED), FormColumn("盘盈数量", 10, NUMBER),
    FormColumn("盘盈金额（元）", 13, MONEY_CELL, total=True),
    FormColumn("盘亏数量", 10, NUMBER), FormColumn("盘亏金额（元）", 13, MONEY_CELL, total=True),
    FormColumn("差异原因", 20), FormColumn("处理意见", 18),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Counted:
    """A row of a stocktake, goods or assets alike; `gained` and `lost` are None where nothing was counted."""

    record: Record
    name: str
    code: str
    gained: Decimal | None
    lost: Decimal | None

    @property
    def differs(self) -> bool:
        return bool(self.gained or self.lost)

    def amount(self, field: str, quantity: Decimal | None) -> Decimal | None:
        """Give the amount told; else quantity by price, or the share of the cost."""
        told, price = self.record.number(field), self.record.number("price")
        if told is not None or not quantity:
            return told if quantity else None
        cost, book = self.record.number("book_cost") or self.record.number("book_amt"), self.record.number("book_qty")
        if price is not None:
            return (price * quantity).quantize(CENT, ROUND_HALF_UP)
        return (cost * quantity / book).quantize(CENT, ROUND_HALF_UP) if cost and book else None


def has_goods(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether the store was counted."""
    return bool(counted_records(ledgers, "stocktake", forms))


def has_assets(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether the assets were counted."""
    return bool(counted_records(ledgers, "asset_stocktake", forms))


def write_goods_count(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the count of the store's goods; give a word for the table of contents."""
    return _count(Frame(sheet, school, as_of, _widths(COUNT_COLUMNS)), GOODS_COUNT, _goods(ledgers, forms))


def write_goods_gaps(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the goods' gains and losses; give a word for the table of contents."""
    return _gaps(Frame(sheet, school, as_of, _widths(GAP_COLUMNS)), GOODS_GAPS, _goods(ledgers, forms))


def write_assets_count(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the count of the assets; give a word for the table of contents."""
    return _count(Frame(sheet, school, as_of, _widths(COUNT_COLUMNS)), ASSETS_COUNT, _assets(ledgers, forms))


def write_assets_gaps(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the assets' gains and losses; give a word for the table of contents."""
    return _gaps(Frame(sheet, school, as_of, _widths(GAP_COLUMNS)), ASSETS_GAPS, _assets(ledgers, forms))


def _widths(columns: tuple[FormColumn, ...]) -> tuple[float, ...]:
    return tuple(column.width for column in columns)


def _goods(ledgers: Mapping[str, Ledger], forms: Forms) -> list[_Counted]:
    return [_judged(r, r.text("name"), r.text("category")) for r in counted_records(ledgers, "stocktake", forms)]


def _assets(ledgers: Mapping[str, Ledger], forms: Forms) -> list[_Counted]:
    records = counted_records(ledgers, "asset_stocktake", forms)
    return [_judged(r, r.text("asset_name"), r.text("asset_no") or r.text("class_name")) for r in records]


def _judged(record: Record, name: str, code: str) -> _Counted:
    """Take gain and loss as they were written; where both are blank, from the two quantities."""
    gained, lost = record.number("gain_qty"), record.number("loss_qty")
    book, real = record.number("book_qty"), record.number("real_qty")
    if gained is None and lost is None and real is not None:
        gap = real - (book or Decimal(0))
        gained, lost = max(gap, Decimal(0)), max(-gap, Decimal(0))
    return _Counted(record, name, code, gained or None, lost or None)


def _count(frame: Frame, title: str, counted: list[_Counted]) -> str:
    frame.prepare(landscape=True)
    top = frame.head(title)
    frame.sheet.page.repeat = (top, top)
    rows = [_count_row(number, each) for number, each in enumerate(counted, 1)]
    placed = frame.table(top, COUNT_COLUMNS, rows, height=ROW)
    row = frame.sign(placed.next_row, POSTS)
    uncounted = sum(1 for each in counted if each.record.number("real_qty") is None)
    if uncounted:
        frame.note(row, f"注：有 {uncounted} 行没有填实盘数量，记作未盘，不算盘亏。")
    return f"{len(counted)} 行"


def _count_row(number: int, each: _Counted) -> list[CellValue]:
    r = each.record
    note = r.text("reason") or r.text("remark") or (NOT_COUNTED if r.number("real_qty") is None else "")
    place = r.text("real_place") or r.text("place")
    return [
        number, each.code or None, each.name, r.text("spec") or None, r.text("uom") or None, r.number("book_qty"),
        r.number("real_qty"), each.gained, each.lost, place or None, note or None,
    ]  # fmt: skip


def _gaps(frame: Frame, title: str, counted: list[_Counted]) -> str:
    frame.prepare(landscape=True)
    differing = [each for each in counted if each.differs]
    if not differing:
        frame.missing(title, [], "账实相符，没有盘盈盘亏。")
        return "账实相符"
    top = frame.head(title, unit="元")
    frame.sheet.page.repeat = (top, top)
    rows = [_gap_row(number, each) for number, each in enumerate(differing, 1)]
    placed = frame.table(top, GAP_COLUMNS, rows, total="合计")
    row = frame.sign(placed.next_row, (*POSTS, "财务", "校长"))
    unvalued = sum(1 for line in rows if (line[4] and line[5] is None) or (line[6] and line[7] is None))
    if unvalued:
        frame.note(row, f"注：有 {unvalued} 项没有金额依据，金额空着，没有计入合计。")
    return f"{len(differing)} 项"


def _gap_row(number: int, each: _Counted) -> list[CellValue]:
    r = each.record
    return [
        number, each.code or None, each.name, r.text("uom") or None,
        each.gained, each.amount("gain_amt", each.gained), each.lost, each.amount("loss_amt", each.lost),
        r.text("reason") or None, r.text("opinion") or None,
    ]  # fmt: skip
