"""物资采购申请单."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.needs import Need, stock_needs, total_to_buy
from houqin.report.prints_frame import CENTRED, MONEY_CELL, NUMBER, ROW_HEIGHT, FormColumn, Frame
from houqin.report.prints_pages import in_words
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
    FormColumn("规格", 13),
    FormColumn("单位", 6, CENTRED),
    FormColumn("库存", 8, NUMBER),
    FormColumn("需求\n（含储备）", 12, NUMBER),
    FormColumn("申购", 8, NUMBER),
    FormColumn("单价（元）", 10, FORM_CELL.but(kind="price", wrap=False)),
    FormColumn("金额（元）", 12, MONEY_CELL, total=True),
    FormColumn("用途", 24),
    FormColumn("经费科目", 17),
)
FEWEST_LAST = 4  # rows that go with the signatures on the last page
ONE_PAGE_ROWS, LOW_ROWS, LOW_HEIGHT, ROWS_A_PAGE = 24, 15, 19.0, 20


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
    height = ROW_HEIGHT if len(rows) <= LOW_ROWS else LOW_HEIGHT
    placed = frame.table(top, PURCHASE_COLUMNS, rows, total="合计", height=height)
    sheet.page.one_page = len(rows) <= ONE_PAGE_ROWS
    if not sheet.page.one_page:
        pages = range(ROWS_A_PAGE, len(rows) - FEWEST_LAST, ROWS_A_PAGE)
        sheet.page.breaks += [top + number for number in pages]
    row = frame.boxed(placed.next_row, "合计金额（大写）", in_words(total_to_buy(wanted), f"I{placed.total}"))
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


def _purchase_notes(frame: Frame, row: int, wanted: list[Need], school: School) -> None:
    unpriced = [need.name for need in wanted if need.price is None]
    if unpriced:
        row = frame.note(row, f"注：{'、'.join(unpriced)} 没有参考单价，金额待询价后填写，未计入合计。")
    if not school.standards:
        row = frame.note(row, "注：学校设置里没有《配备标准》，本单只按最低库存计算。")
    frame.note(row, "需求 = 按配备标准还应发放的数量 + 最低库存；申购 = 需求 − 库存，不足一个单位的进一。")
