"""桌凳余缺 and 桌凳调拨建议: what each class has and lacks, and who could give to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.summary_case import INDENTED, NUMBER, Case, write_head, write_missing, write_note
from houqin.workbook import COUNT, INPUT, TEXT, Col, Formula

if TYPE_CHECKING:
    from houqin.report.desks import DeskPlace
    from houqin.workbook import CellValue, Placed, Sheet

SIGNED = COUNT.but(bold=True)
MOVES = (
    Col("序", NUMBER, 6), Col("调出", TEXT, 18), Col("调入", TEXT, 18), Col("课桌（张）", COUNT, 12, "sum"),
    Col("凳子（把）", COUNT, 12, "sum"), Col("理由", INDENTED, 14),
)  # fmt: skip
BALANCE = (
    Col("年级", TEXT, 9), Col("班级", TEXT, 13), Col("人数", COUNT, 7, "sum"), Col("应有", COUNT, 7, "sum"),
    Col("课桌\n完好", COUNT, 7, "sum"), Col("凳子\n完好", COUNT, 7, "sum"), Col("课桌\n余缺", SIGNED, 7, "sum"),
    Col("凳子\n余缺", SIGNED, 7, "sum"), Col("课桌\n调入", COUNT, 7, "sum"), Col("课桌\n调出", COUNT, 7, "sum"),
    Col("凳子\n调入", COUNT, 7, "sum"), Col("凳子\n调出", COUNT, 7, "sum"), Col("课桌\n调后", SIGNED, 7, "sum"),
    Col("凳子\n调后", SIGNED, 7, "sum"), Col("损坏\n课桌", COUNT, 7, "sum"), Col("损坏\n凳子", COUNT, 7, "sum"),
    Col("课桌\n修后缺", COUNT, 8, "sum"), Col("凳子\n修后缺", COUNT, 8, "sum"), Col("依据", INDENTED, 9),
)  # fmt: skip
DATA = "desks"
HOW_MOVES = (
    "先用库房里的，再在同年级或同楼层之间调，课桌和凳子尽量成套，次数尽量少；调出的班不低于应有数。"
    "这是建议，调整后请在《课桌凳调拨单》上签字。"
)
HOW_BALANCE = (
    "余缺＝完好－应有，应有＝人数（名册）＋每班备用；负数是缺，红字。"
    "调入调出见“桌凳调拨建议”，修后缺＝调后仍缺－本班损坏可修的。"
)


def write_moves(case: Case, sheet: Sheet) -> None:
    """Fill 桌凳调拨建议; the signed slips are among the printed forms."""
    title, moves = "桌凳调拨建议", case.made.plan.moves
    if write_missing(case, sheet, title, [DATA], 6):
        return
    top = write_head(case, sheet, title, len(MOVES), [HOW_MOVES], unit="", forms=["desks"])
    rows: list[list[CellValue]] = [[n, m.source, m.target, m.desks, m.chairs, m.why] for n, m in enumerate(moves, 1)]
    placed = sheet.table(top, 1, MOVES, rows)
    for name, column in (("from", 2), ("to", 3), ("desks", 4), ("chairs", 5)):
        case.cells[f"moves.{name}"] = sheet.area(placed.first, column, max(placed.first, placed.last), column)
    if placed.total:
        case.cells["moves.desks.total"] = sheet.area(placed.total, 4)
        case.cells["moves.chairs.total"] = sheet.area(placed.total, 5)


def write_balance(case: Case, sheet: Sheet) -> None:
    """Fill 桌凳余缺, store rooms first."""
    title = "桌凳余缺"
    if write_missing(case, sheet, title, [DATA]):
        return
    top = write_head(case, sheet, title, len(BALANCE), [HOW_BALANCE], unit="", forms=["desks"])
    spare = next((p.need - p.pupils for p in case.made.plan.places if not p.is_store), 0)
    sheet.write(top, 1, "每班备用", TEXT)
    sheet.write(top, 2, spare, INPUT.but(kind="count", align="center"))
    sheet.text(top, 3, "套（来自设置）", TEXT)
    case.cells["spare"] = sheet.area(top, 2)
    top += 2
    rows = [_row(case, top + n, place) for n, place in enumerate(case.made.plan.places, 1)]
    placed = sheet.table(top, 1, BALANCE, rows)
    sheet.freeze(top + 1, 3)
    for first, last in (("G", "H"), ("M", "N")):
        area = placed.column(ord(first) - 65)._replace(right=ord(last) - 64)
        sheet.highlight(area, f"{first}{placed.first}<0", "bad-light", colour="bad", bold=True)
    unknown = [p.name for p in case.made.plan.places if p.desk_ok is None or p.chair_ok is None]
    if unknown:
        text = f"{'、'.join(unknown)}没有可用的桌凳数（未报或待定），不参加调拨。"
        write_note(sheet, placed.next_row, len(BALANCE), text)
    _remember(case, sheet, placed)


def _remember(case: Case, sheet: Sheet, placed: Placed) -> None:
    stores = sum(1 for place in case.made.plan.places if place.is_store)
    for name, column in (("name", 2), ("desk", 7), ("chair", 8)):
        case.cells[f"balance.{name}"] = sheet.area(placed.first + stores, column, placed.last, column)
    if placed.total:
        case.cells["lack.desks"] = sheet.area(placed.total, 17)
        case.cells["lack.chairs"] = sheet.area(placed.total, 18)


def _row(case: Case, row: int, place: DeskPlace) -> list[CellValue]:
    settled = case.made.plan.settled[place.name]
    desks, chairs = place.desk_gap, place.chair_gap
    after = (desks + settled.desks_in - settled.desks_out, chairs + settled.chairs_in - settled.chairs_out)
    known = (place.desk_ok is not None, place.chair_ok is not None)
    return [
        place.grade, place.name, None if place.is_store else place.pupils,
        Formula(f'IF(C{row}="",0,C{row}+{case.cells["spare"].local})', place.need),
        _good(case, row, place, "desk"), _good(case, row, place, "chair"),
        Formula(f'IF(E{row}="","",E{row}-D{row})', desks if known[0] else ""),
        Formula(f'IF(F{row}="","",F{row}-D{row})', chairs if known[1] else ""),
        _moved(case, row, "to", "desks", settled.desks_in), _moved(case, row, "from", "desks", settled.desks_out),
        _moved(case, row, "to", "chairs", settled.chairs_in), _moved(case, row, "from", "chairs", settled.chairs_out),
        Formula(f'IF(G{row}="","",G{row}+I{row}-J{row})', after[0] if known[0] else ""),
        Formula(f'IF(H{row}="","",H{row}+K{row}-L{row})', after[1] if known[1] else ""),
        case.total(DATA, "desk_bad", Where("class", place.name, f"$B{row}")) if _has(case, "desk_bad") else None,
        case.total(DATA, "chair_bad", Where("class", place.name, f"$B{row}")) if _has(case, "chair_bad") else None,
        Formula(f'IF(M{row}="",0,MAX(0,-M{row}-O{row}))', settled.desks_buy),
        Formula(f'IF(N{row}="",0,MAX(0,-N{row}-P{row}))', settled.chairs_buy),
        case.data[DATA].link(place.rows),
    ]  # fmt: skip


def _has(case: Case, field: str) -> bool:
    return field in case.data[DATA].columns


def _good(case: Case, row: int, place: DeskPlace, thing: str) -> CellValue:
    """Add up the good ones; blank where nothing is known."""
    good = place.desk_ok if thing == "desk" else place.chair_ok
    if good is None:
        return None
    here = Where("class", place.name, f"$B{row}")
    return case.total(DATA, f"{thing}_good", here)


def _moved(case: Case, row: int, side: str, thing: str, value: int) -> Formula:
    names, amounts = case.cells[f"moves.{side}"], case.cells[f"moves.{thing}"]
    return Formula(f"SUMIFS({amounts.ref},{names.ref},$B{row})", value)
