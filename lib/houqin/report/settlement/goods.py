"""物资收发存及盘点 and 工程项目: the store room's goods, valued and counted; the works and their payments."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.account.goods import goods_of
from houqin.account.stock import METHODS, value_stock
from houqin.report.records import plain_name
from houqin.report.settlement.amount import Amount
from houqin.report.settlement.lines import sheet_head
from houqin.report.settlement.unset import unset
from houqin.report.summary_case import INDENTED, NUMBER, write_note
from houqin.workbook import CENTER, HEADING, MONEY, QUANTITY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

BALANCE, COUNT = "stock_balance", "stocktake"
MOVEMENTS = ("stock_in", "stock_issue")
FEN = Decimal("0.01")
# The columns of amounts, and the lines that their totals are
AMOUNTS: Mapping[str, str] = {"open_amt": "gd_open", "in_amt": "gd_in", "out_amt": "gd_out", "close_amt": "gd_close"}


def write_goods(case: Case, sheet: Sheet) -> None:
    """Fill 物资收发存及盘点: a row a good, what came and went, what is there by the books and by valuation."""
    method = case.school.inventory.get("cost_method", "")
    accounting = case.school.inventory.get("accounting", "")
    says = f"发出计价：{method or '没有填'}；核算方式：{accounting or '没有填'}。"
    if accounting == "购入即列支":
        says += "购入即列支的，库存只是备查账，金额供参考，不与账上的存货核对。"
    top = sheet_head(case, sheet, "物资收发存及盘点", says, (BALANCE, "stock_in", "stock_issue", COUNT))
    if not case.has(BALANCE):
        for line in (*AMOUNTS.values(), "gd_valued"):
            case.missing_line(line, BALANCE)
    else:
        top = _balances(case, sheet, top, method)
    _counts(case, sheet, top)


def _balances(case: Case, sheet: Sheet, top: int, method: str) -> int:
    columns = (
        Col("序", NUMBER, 5), Col("物品", WRAPPED, 18), Col("规格", WRAPPED, 12), Col("单位", CENTER, 6),
        Col("年初数量", QUANTITY, 9), Col("年初金额", MONEY, 13, "sum"), Col("入库数量", QUANTITY, 9),
        Col("入库金额", MONEY, 13, "sum"), Col("出库数量", QUANTITY, 9), Col("出库金额", MONEY, 13, "sum"),
        Col("年末数量", QUANTITY, 9), Col("年末金额", MONEY, 13, "sum"), Col("应结存金额", MONEY, 13, "sum"),
        Col("差额", MONEY, 11, "sum"), Col("按计价办法", MONEY, 13, "sum"), Col("取数", INDENTED, 10),
    )  # fmt: skip
    valued = _valued(case, method)
    rows: list[list[CellValue]] = []
    for number, record in enumerate(case.chosen(BALANCE), 1):
        row = top + number

        def cell(name: str, record: Record = record) -> CellValue:
            return case.cell_of(BALANCE, record, name)

        opening, came, went, closing = (record.number(name) or Decimal(0) for name in AMOUNTS)
        due = opening + came - went
        rows.append([
            number, record.text("name"), record.text("spec") or None, record.text("uom") or None,
            cell("open_qty"), cell("open_amt"), cell("in_qty"), cell("in_amt"), cell("out_qty"), cell("out_amt"),
            cell("close_qty"), cell("close_amt"), Formula(f"ROUND(SUM(F{row})+SUM(H{row})-SUM(J{row}),2)", due),
            Formula(f"ROUND(SUM(L{row})-M{row},2)", closing - due), valued.get(record.index),
            case.link(BALANCE, [record]),
        ])  # fmt: skip
        if closing != due and "goods-roll" not in case.suspects:
            case.suspects["goods-roll"] = case.place_of(BALANCE, record.index, "close_amt")
        if closing != valued.get(record.index, closing) and "goods-as-valued" not in case.suspects:
            case.suspects["goods-as-valued"] = case.place_of(BALANCE, record.index, "close_amt")
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    for line, column in zip(AMOUNTS.values(), (5, 7, 9, 11), strict=True):
        case.keep_total(line, placed, column, rows)
    lacks = _not_valued(case, method, len(rows) - len(valued))
    if valued:
        case.keep_total("gd_valued", placed, 14, rows, lacks=lacks)
    else:
        case.missing_line("gd_valued", *lacks)
    return placed.next_row


def _valued(case: Case, method: str) -> dict[int, Decimal]:
    """Give the closing value of each good whose movements are all known, by the school's one method."""
    if method not in METHODS or not all(case.has(form) for form in MOVEMENTS):
        return {}
    return {
        good.balance.index: value_stock(good.movements, method).closing[1] * FEN
        for good in goods_of(case.ledgers, case.school.goods_aliases)
        if good.balance is not None and good.is_complete
    }


def _not_valued(case: Case, method: str, count: int) -> list[str]:
    """Say why goods are not valued: a setting, a ledger, or movements that are not those of the balance."""
    if method not in METHODS:
        return [unset("cost_method")]
    missing = [form for form in MOVEMENTS if not case.has(form)]
    if missing or not count:
        return missing
    titles = "、".join(f"《{case.title_of(form)}》" for form in MOVEMENTS)
    return [f"{titles}里有 {count} 种物品的数量和收发存对不上，没有逐笔计价"]


def _counts(case: Case, sheet: Sheet, top: int) -> None:
    """Write what the count of the store room found; gains and losses wait for their entry."""
    sheet.text(top, 1, "年末盘点", HEADING)
    if not case.has(COUNT):
        for line in ("ct_book", "ct_real", "ct_gap"):
            case.missing_line(line, COUNT)
        write_note(sheet, top + 1, 16, "? 未核（缺资料）：收件箱里没有《库存物资盘点表》。")
        return
    columns = (
        Col("序", NUMBER), Col("物品", WRAPPED), Col("规格", WRAPPED), Col("单位", CENTER),
        Col("账面数量", QUANTITY), Col("账面金额", MONEY, 0, "sum"), Col("实盘数量", QUANTITY),
        Col("实盘金额", MONEY, 0, "sum"), Col("差", QUANTITY),
        Col("盈亏金额", MONEY, 0, "sum"), Col("原因", WRAPPED), Col("取数", INDENTED),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    balances = {_named(each): each for each in case.chosen(BALANCE)}
    gaps: list[tuple[Record, Decimal]] = []
    for number, record in enumerate(case.chosen(COUNT), 1):
        row = top + 1 + number
        book, real = (_worth(record, side, balances.get(_named(record))) for side in ("book", "real"))
        counted = (record.number("real_qty") or Decimal(0)) - (record.number("book_qty") or Decimal(0))
        rows.append([
            number, record.text("name"), record.text("spec") or None, record.text("uom") or None,
            record.number("book_qty"), book, record.number("real_qty"), real,
            Formula(f"SUM(G{row})-SUM(E{row})", counted), Formula(f"ROUND(H{row}-F{row},2)", real - book),
            record.text("reason") or None, case.link(COUNT, [record]),
        ])  # fmt: skip
        gaps.append((record, real - book))
        if real != book and "count-settled" not in case.suspects:
            case.suspects["count-settled"] = case.place_of(COUNT, record.index, "real_qty")
    placed = sheet.table(top + 1, 1, columns, rows, autofilter=False, freeze=False)
    for line, column in (("ct_book", 5), ("ct_real", 7), ("ct_gap", 9)):
        case.keep_total(line, placed, column, rows)
    case.kept["count_gaps"] = [
        (record, Amount(placed.cell(n, 9).ref, gap)) for n, (record, gap) in enumerate(gaps)
    ]  # fmt: skip


def _named(record: Record) -> tuple[str, ...]:
    return tuple(plain_name(record.text(name)) for name in ("name", "spec", "uom"))


def _worth(record: Record, side: str, balance: Record | None) -> Decimal:
    """Give the amount of what the books, or the count, say: as it is written, else quantity x price.

    Without a price the good's average in stock_balance is taken, half up at the fen.
    """
    amount, qty, price = (record.number(name) for name in (f"{side}_amt", f"{side}_qty", "price"))
    if amount is not None or qty is None:
        return amount or Decimal(0)
    if price is not None:
        return (qty * price).quantize(FEN, ROUND_HALF_UP)
    held = balance.number("close_qty") if balance else None
    worth = (balance.number("close_amt") if balance else None) or Decimal(0)
    return (worth * qty / held).quantize(FEN, ROUND_HALF_UP) if held else Decimal(0)


def write_works(case: Case, sheet: Sheet) -> None:
    """Fill 工程项目: contract, settlement as audited, paid, what may be paid at most, and what is over it."""
    says = "最多可付 = 合同与审定中较小的一个 − 质保金（还没审定的按合同）。多付的一分也要追回。"
    top = sheet_head(case, sheet, "工程项目", says, ("works",))
    lines = ("wk_contract", "wk_approved", "wk_paid", "wk_over")
    if not case.has("works"):
        for line in lines:
            case.missing_line(line, "works")
        return
    columns = (
        Col("序", NUMBER, 5), Col("项目", WRAPPED, 26), Col("施工单位", WRAPPED, 22), Col("合同金额", MONEY, 14, "sum"),
        Col("审定价", MONEY, 14, "sum"), Col("质保金", MONEY, 12, "sum"), Col("最多可付", MONEY, 14, "sum"),
        Col("已付款", MONEY, 14, "sum"), Col("多付", MONEY, 12, "sum"), Col("竣工日期", CENTER, 12),
        Col("取数", INDENTED, 10),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    for number, record in enumerate((r for r in case.chosen("works") if r.number("contract")), 1):
        row = top + number

        def cell(name: str, record: Record = record) -> CellValue:
            return case.cell_of("works", record, name)

        most, over = _most(record)
        limit = f"MIN(SUM(D{row}),IF(ISNUMBER(E{row}),E{row},SUM(D{row})))-SUM(F{row})"
        rows.append([
            number, record.text("work_item"), record.text("contractor") or None, cell("contract"), cell("approved"),
            cell("retention"), Formula(f"ROUND({limit},2)", most), cell("paid"),
            Formula(f"MAX(0,ROUND(SUM(H{row})-G{row},2))", over), record.text("end_date") or None,
            case.link("works", [record]),
        ])  # fmt: skip
        if over and "works-not-overpaid" not in case.suspects:
            case.suspects["works-not-overpaid"] = case.place_of("works", record.index, "paid")
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    for line, column in zip(lines, (3, 4, 7, 8), strict=True):
        case.keep_total(line, placed, column, rows)


def _most(record: Record) -> tuple[Decimal, Decimal]:
    """Give what may be paid at most, and what was paid beyond it."""
    contract, approved = record.number("contract") or Decimal(0), record.number("approved")
    retention, paid = record.number("retention") or Decimal(0), record.number("paid") or Decimal(0)
    most = min(contract, contract if approved is None else approved) - retention
    return most, max(Decimal(0), paid - most)

