"""食材价格公示: what the month's food cost, by goods and supplier."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import COUNTED, Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.groups import LINE, key_of, lines_of, numbered
from houqin.report.posts.notice import close_notice, open_notice
from houqin.report.posts.rows import dated, flag
from houqin.report.posts.slips import KIND, of_kind
from houqin.report.summary_case import write_missing
from houqin.workbook import CENTER, COUNT, PRICE, QUANTITY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet

NAME, TITLE, FORM = "食材价格公示", "食材采购价格公示表", "food_receipt"
CENT = Decimal("0.01")
COLUMNS = (flag(IN_PERIOD, "receipt_date"), LINE, KIND)
WIDTH = 9
HEADS = (
    Col("序号", COUNT.but(align="center"), 6), Col("食材", WRAPPED, 16), Col("规格", WRAPPED, 12),
    Col("单位", CENTER, 7), Col("供货单位", WRAPPED, 26), Col("进货\n次数", COUNT, 8), Col("数量", QUANTITY, 11),
    Col("最低—最高\n单价（元）", CENTER, 16), Col("平均单价\n（元）", PRICE, 11),
)  # fmt: skip


def receipt_records(case: PostCase) -> list[Record]:
    """Give the receipts, each with the line of the posted sheet that it belongs to."""
    mark = dated(case, "receipt_date")
    key = key_of("food_class", "food", "spec", "uom", "supplier")
    return numbered([of_kind(mark(record), "food_class") for record in case.records[FORM]], key)


def write_prices(case: PostCase, sheet: Sheet) -> None:
    """Fill 食材价格公示."""
    if write_missing(case, sheet, NAME, [FORM], WIDTH):
        return
    groups = lines_of(case, FORM)
    unpriced = sum(1 for own in groups.values() if not any(r.number("price") for r in own))
    top = open_notice(case, sheet, TITLE, WIDTH, forms=[FORM], unit="元")
    rows = [_row(case, top + n, n, own) for n, own in groups.items()]
    placed = sheet.table(top, 1, HEADS, rows, autofilter=False, freeze=False)
    notes = ["平均单价＝本期采购金额÷数量；同一食材不同供货单位分行列出。"]
    if unpriced:
        notes.append(f"有 {unpriced} 种没有登记单价。")
    close_notice(case, sheet, placed.next_row, WIDTH, notes=notes, posts=("食堂负责人", "后勤主任"))
    sheet.page.repeat = (top, top)


def _row(case: PostCase, row: int, number: int, own: Sequence[Record]) -> list[CellValue]:
    first, here = own[0], Where("line", str(number), f"$A{row}")
    columns = case.data[FORM].columns
    amount = case.sum_of(FORM, "amount", here) if "amount" in columns else None
    quantity = case.sum_of(FORM, "qty", here) if "qty" in columns else None
    return [
        number, first.text("food"), first.text("spec") or None, first.text("uom") or None,
        first.text("supplier") or None, case.count_of(FORM, here), quantity,
        _range(case, row, own), _average(row, amount, quantity, own),
    ]  # fmt: skip


def _average(row: int, amount: Formula | None, quantity: Formula | None, own: Sequence[Record]) -> CellValue:
    """Give amount by quantity of the rows; nothing where a row lacks one of them, which would make it wrong."""
    if amount is None or quantity is None or any(not r.number("qty") or r.number("amount") is None for r in own):
        return None
    value = (Decimal(str(amount.value)) / Decimal(str(quantity.value))).quantize(CENT, ROUND_HALF_UP)
    return Formula(f'IF(G{row}=0,"",ROUND({amount.text}/G{row},2))', value)


def _range(case: PostCase, row: int, own: Sequence[Record]) -> CellValue:
    """Give the lowest and the highest price as one text, 3.50—4.20, live without array formulas."""
    prices = [price for r in own if (price := r.number("price"))]
    if not prices or "price" not in case.data[FORM].columns:
        return None
    data = case.data[FORM]
    lines, counted, cells = (data.area(each).ref for each in ("line", COUNTED, "price"))
    each = f"({lines}=$A{row})*({counted}=1)*{cells}"
    many = f'COUNTIFS({lines},$A{row},{counted},1,{cells},">0")'
    low, high = f"SUMPRODUCT(LARGE({each},{many}))", f"SUMPRODUCT(MAX({each}))"
    shown = f'TEXT({low},"0.00")&IF({low}={high},"","—"&TEXT({high},"0.00"))'
    least, most = _shown(min(prices)), _shown(max(prices))
    text = least if min(prices) == max(prices) else f"{least}—{most}"
    return Formula(f'IF({many}=0,"",{shown})', text)


def _shown(price: Decimal) -> str:
    return f"{price.quantize(CENT, ROUND_HALF_UP):f}"
