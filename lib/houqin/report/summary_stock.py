"""应购物资: what to buy, each quantity a formula over the ledger rows that it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.figures import FIRST_USE
from houqin.report.needs import Need, total_to_buy
from houqin.report.summary_case import INDENTED, NUMBER, Case, write_head, write_missing, write_note
from houqin.workbook import COUNT, MONEY, PRICE, QUANTITY, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from houqin.workbook import CellValue, Sheet

COLUMNS = (
    Col("序", NUMBER, 5), Col("物品名称", WRAPPED, 13), Col("规格", WRAPPED, 14), Col("单位", TEXT, 5.5),
    Col("每份\n标准", QUANTITY, 7), Col("份数", COUNT, 6), Col("标准\n需求", QUANTITY, 7.5),
    Col("本学期\n已发", QUANTITY, 8),
    Col("尚需\n发放", QUANTITY, 7.5), Col("最低\n库存", QUANTITY, 7), Col("现有\n库存", QUANTITY, 8),
    Col("建议\n申购", QUANTITY.but(bold=True), 8), Col("参考\n单价", PRICE, 9), Col("金额", MONEY, 12, "sum"),
    Col("经费科目", INDENTED, 18), Col("说明", WRAPPED, 32), Col("库存\n依据", TEXT, 8),
)  # fmt: skip
HOW = (
    "怎样算：标准需求＝每份标准×份数；尚需发放＝标准需求－本学期已发（按班配的只算发到班级的，不小于 0）；"
    "建议申购＝尚需发放＋最低库存－现有库存（不小于 0，不足一个单位的按一个计）。"
)
NO_STANDARDS = (
    "设置里没有班级配备标准，无从计算需求，这里只把库存与最低库存相比。填好“学校设置”的“配备标准”后再运行一次。"
)


def write_stock(case: Case, sheet: Sheet) -> None:
    """Fill 应购物资."""
    title, needs = "应购物资", case.made.needs
    if write_missing(case, sheet, title, ["stock_balance"]):
        return
    lines = [HOW if case.school.standards else NO_STANDARDS]
    if not case.has("stock_issue") and case.school.standards:
        lines.append("没有收到班级领用签收表，“本学期已发”按没有发放计算。")
    top = write_head(case, sheet, title, len(COLUMNS), lines, forms=["stock_balance", "stock_issue"])
    rows = [_row(case, top + number, number, need) for number, need in enumerate(needs, 1)]
    placed = sheet.table(top, 1, COLUMNS, rows)
    if not needs:
        return
    case.cells["buy.items"], case.cells["buy.amounts"] = placed.column(14), placed.column(13)
    if placed.total:
        case.cells["buy"] = sheet.area(placed.total, 14)
        sheet.formula(
            placed.total, 14, f"SUM(N{placed.first}:N{placed.last})", total_to_buy(needs),
            MONEY.but(bold=True, rule="total", fill="band"),
        )  # fmt: skip
    sheet.highlight(placed.filter_area._replace(top=placed.first), f"$L{placed.first}>0", "doubt-light")
    row = write_note(sheet, placed.next_row, len(COLUMNS), f"带底色的行需要申购。{FIRST_USE}。")
    unpriced = [need.name for need in needs if need.suggestion and need.price is None]
    if unpriced:
        write_note(sheet, row, len(COLUMNS), f"{'、'.join(unpriced)}没有参考单价，金额未计入合计。")


def _row(case: Case, row: int, number: int, need: Need) -> list[CellValue]:
    here = Where("need", str(number), f"$A{row}")
    issued: CellValue = case.total("stock_issue", "base_qty", here) if case.has("stock_issue") else None
    standard = need.each is not None
    price_formula = f'IF(M{row}="","",ROUND(L{row}*M{row},2))'
    return [
        number, need.name, need.spec, need.uom,
        need.each, need.units if standard else None,
        Formula(f"E{row}*F{row}", need.need),
        issued,
        Formula(f"MAX(0,G{row}-H{row})", need.to_issue),
        _minimum(case, need, here),
        case.total("stock_balance", "base_qty", here),
        Formula(f"ROUNDUP(ROUND(MAX(0,I{row}+J{row}-K{row}),3),0)", need.suggestion),
        _price(case, need),
        Formula(price_formula, "" if need.amount is None else need.amount),
        need.budget_item, need.reason, case.data["stock_balance"].link(need.rows),
    ]  # fmt: skip


def _minimum(case: Case, need: Need, here: Where) -> CellValue:
    """Give the minimum from the ledger rows where it stands there in the same unit, else as the settings have it."""
    data = case.data["stock_balance"]
    if not need.minimum_kept or "min_qty" not in data.columns:
        return need.minimum
    kept = case.total("stock_balance", "min_qty", here)
    return kept if kept.value == need.minimum else need.minimum


def _price(case: Case, need: Need) -> CellValue:
    """Give the price as the cell of the ledger that it is from, else the settings' own."""
    data = case.data["stock_balance"]
    if need.price is None or need.price_cell is None or need.price_cell[1] not in data.columns:
        return need.price
    row, field = need.price_cell
    return Formula(data.placed.cell(row, data.columns[field]).ref, need.price)
