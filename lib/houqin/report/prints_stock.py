"""物资采购申请单 and 班级物品领用签收表."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.needs import Need, stock_needs, total_to_buy
from houqin.report.prints_frame import CENTRED, MONEY_CELL, NUMBER, FormColumn, FormRows, Frame
from houqin.report.records import Record, counted_records, read_records
from houqin.values import amount_in_words
from houqin.workbook import FORM_CELL, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

PURCHASE = "物资采购申请单"
PURCHASE_POSTS = ("申请人", "后勤主任", "财务", "分管副校长", "校长")
PURCHASE_COLUMNS = (
    FormColumn("序号", 5, CENTRED),
    FormColumn("名称", 16),
    FormColumn("规格", 12),
    FormColumn("单位", 6, CENTRED),
    FormColumn("库存", 8, NUMBER),
    FormColumn("需求\n（含储备）", 10, NUMBER),
    FormColumn("申购", 8, NUMBER),
    FormColumn("单价（元）", 10, FORM_CELL.but(kind="price", wrap=False)),
    FormColumn("金额（元）", 12, MONEY_CELL, total=True),
    FormColumn("用途", 22),
    FormColumn("经费科目", 15),
)
ISSUE = "班级物品领用签收表"
ISSUE_POSTS = ("发放人", "保管员", "后勤主任")
GOODS_A_PAGE = 12
FEW_GOODS = 6
Good = tuple[str, str, str]  # name, spec, unit


def write_purchase(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the application to buy what is short; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in PURCHASE_COLUMNS))
    frame.prepare(landscape=True)
    if "stock_balance" not in ledgers:
        frame.missing(PURCHASE, [forms.by_id["stock_balance"].title])
        return "缺资料"
    wanted = [need for need in stock_needs(ledgers, school, forms) if need.suggestion]
    if not wanted:
        frame.missing(PURCHASE, [], "库存够用，本期不需申购。")
        return "不需申购"
    top = frame.head(PURCHASE, unit="元")
    sheet.page.repeat = (top, top)
    rows = [_purchase_row(number, need, top + number) for number, need in enumerate(wanted, 1)]
    placed = frame.table(top, PURCHASE_COLUMNS, rows, total="合计")
    row = frame.boxed(placed.next_row, "合计金额（大写）", _in_words(total_to_buy(wanted), placed))
    row = frame.sign(row, PURCHASE_POSTS)
    _purchase_notes(frame, row, wanted, school)
    return f"{len(wanted)} 种"


def _purchase_row(number: int, need: Need, row: int) -> list[CellValue]:
    amount = None if need.amount is None else Formula(f"ROUND(G{row}*H{row},2)", need.amount)
    return [
        number, need.name, need.spec or None, need.uom, need.stock, need.to_issue + need.minimum, need.suggestion,
        need.price, amount, _purpose(need), need.budget_item or None,
    ]  # fmt: skip


def _purpose(need: Need) -> str:
    if not need.per:
        return "补足最低库存"
    each = f"{need.each.normalize():f}" if need.each is not None else ""
    return f"按标准配备：{each} {need.uom}/{need.per}" + ("，单价待询" if need.price is None else "")


def _in_words(total: Decimal, placed: FormRows) -> CellValue:
    """Give the amount in official characters, which takes itself back when someone changes the figures."""
    cell = f"I{placed.total}"
    words = amount_in_words(total)
    return Formula(f'IF(ROUND({cell}-{total.normalize():f},2)=0,"{words}","（金额已改动，请重写大写）")', words)


def _purchase_notes(frame: Frame, row: int, wanted: list[Need], school: School) -> None:
    unpriced = [need.name for need in wanted if need.price is None]
    if unpriced:
        row = frame.note(row, f"注：{'、'.join(unpriced)} 没有参考单价，金额待询价后填写，未计入合计。")
    if not school.standards:
        row = frame.note(row, "注：学校设置里没有《配备标准》，本单只按最低库存计算。")
    frame.note(row, "需求 = 按配备标准还应发放的数量 + 最低库存；申购 = 需求 − 库存，不足一个单位的进一。")


def write_issue(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write who gets how much of which goods, with room to sign; many goods go on several pages."""
    records = counted_records(ledgers, "stock_issue", forms)
    takers = _takers(records, school)
    if not takers:
        frame = Frame(sheet, school, as_of, (5, 16, 10, 10, 10, 10, 14, 12))
        frame.prepare(landscape=True)
        frame.missing(ISSUE, [forms.by_id["stock_issue"].title])
        return "缺资料"
    goods = _goods(records, school)
    pages = [goods[i : i + GOODS_A_PAGE] for i in range(0, len(goods), GOODS_A_PAGE)]
    most = max(len(page) for page in pages)
    width = max(6.5, min(12.0, 84 / most))
    widths = (5.0, 15.0, *[width] * most, 20.0 if most < FEW_GOODS else 14.0, 12.0)
    frame = Frame(sheet, school, as_of, widths)
    frame.prepare(landscape=True)
    issue = _Issue(frame, takers, _quantities(records))
    row = 1
    waiting = sum(r.pending for r in read_records(ledgers, "stock_issue", forms))
    for number, page in enumerate(pages, 1):
        mark = f"第 {number} 页，共 {len(pages)} 页" if len(pages) > 1 else ""
        row = issue.page(row, [*page, *[None] * (most - len(page))], mark)
        if waiting:
            row = frame.note(row, f"注：另有 {waiting} 条领用记录待定，未列入。")
        if number < len(pages):
            sheet.page.breaks.append(row - 1)
    return f"{len(takers)} 个班级（处室），{len(goods)} 种"


@dataclass(frozen=True, slots=True)
class _Issue:
    """Who takes, and how much of which good."""

    frame: Frame
    takers: list[str]
    amounts: Mapping[tuple[str, Good], Decimal]

    def page(self, row: int, goods: list[Good | None], mark: str) -> int:
        """Write one page with some of the goods (None: an empty column); give the row below."""
        frame = self.frame
        top = frame.head(ISSUE, row=row, mark=mark, left=f"发放单位（盖章）：{frame.school.name}")
        columns = [
            FormColumn("序号", 5, CENTRED),
            FormColumn("班级（处室）", 15, CENTRED),
            *(FormColumn(_good_title(g), frame.widths[2], NUMBER, total=g is not None) for g in goods),
            FormColumn("班主任\n（领用人）签字", 14),
            FormColumn("日期", 11),
        ]
        rows: list[list[CellValue]] = [
            [n, taker, *(self.amounts.get((taker, g)) if g else None for g in goods), None, None]
            for n, taker in enumerate(self.takers, 1)
        ]
        placed = frame.table(top, columns, rows, total="合计")
        return frame.sign(placed.next_row, ISSUE_POSTS)


def _good_title(good: Good | None) -> str:
    if good is None:
        return ""
    name, spec, uom = good
    return name + (f" {spec}" if spec else "") + (f"\n（{uom}）" if uom else "")


def _taker(record: Record) -> str:
    return record.text("class") or record.text("dept")


def _takers(records: list[Record], school: School) -> list[str]:
    """Give the classes in the settings' order, then all others as the ledger has them."""
    names = dict.fromkeys(_taker(r) for r in records if _taker(r))
    order = school.class_order
    return sorted(names, key=lambda name: (order.get(name, len(order)), list(names).index(name)))


def _good(record: Record) -> Good:
    return record.text("name"), record.text("spec"), record.text("uom")


def _goods(records: list[Record], school: School) -> list[Good]:
    """Give the goods of the standards first, in their order, then all others as the ledger has them."""
    found = list(dict.fromkeys(_good(r) for r in records if _taker(r) and r.text("name")))
    order = {standard.name: i for i, standard in enumerate(school.standards)}
    return sorted(found, key=lambda good: (order.get(good[0], len(order)), found.index(good)))


def _quantities(records: list[Record]) -> dict[tuple[str, Good], Decimal]:
    amounts: dict[tuple[str, Good], Decimal] = {}
    for record in records:
        quantity = record.number("qty")
        if quantity is not None:
            key = (_taker(record), _good(record))
            amounts[key] = amounts.get(key, Decimal(0)) + quantity
    return amounts
