"""03打印单据.xlsx: the forms that get signed, one A4 form a sheet, after a sheet of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.report.prints_count import (
    ASSETS_COUNT,
    ASSETS_GAPS,
    GOODS_COUNT,
    GOODS_GAPS,
    has_assets,
    has_goods,
    write_assets_count,
    write_assets_gaps,
    write_goods_count,
    write_goods_gaps,
)
from houqin.report.prints_desks import DESKS, write_desks
from houqin.report.prints_issue import ISSUE, OFFICES, office_records, write_issue, write_offices
from houqin.report.prints_meals import MEALS, write_meals
from houqin.report.prints_packing import PACKING, write_packing
from houqin.report.prints_payment import PAYMENT, has_dues, write_payments
from houqin.report.prints_property import PROPERTY, has_property, write_property
from houqin.report.prints_receipt import RECEIPT, has_receipts, write_receipts
from houqin.report.prints_refund import REFUND, has_refunds, write_refunds
from houqin.report.prints_repair import ORDER, has_repairs, write_orders
from houqin.report.prints_sizes import SIZES, write_sizes
from houqin.report.prints_stock import PURCHASE, write_purchase
from houqin.report.prints_uniforms import EXCHANGED, RECEIVED, has_uniforms, write_exchanged, write_received
from houqin.report.words import chinese_date, term
from houqin.workbook import FORM_CELL, FORM_HEADER, FORM_LINE, FORM_TITLE, Link, internal, print_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import Sheet

PRINTS_FILE = "03打印单据.xlsx"


class Print(NamedTuple):
    """A printed form: its sheet, its title, who writes it, and what tells whether there is anything to print.

    A form without `wanted` is always there, and says what is missing: those of the semester's start.
    """

    name: str
    title: str
    write: Callable[..., str]
    wanted: Callable[[Mapping[str, Ledger], Forms, School], object] | None = None


PRINTS = (
    Print("采购申请单", PURCHASE, write_purchase),
    Print("入库验收单", RECEIPT, write_receipts, has_receipts),
    Print("领用签收表", ISSUE, write_issue),
    Print("处室领用签收表", OFFICES, write_offices, office_records),
    Print("班级公物登记表", PROPERTY, write_property, has_property),
    Print("桌凳调拨单", DESKS, write_desks),
    Print("校服尺码汇总", SIZES, write_sizes),
    Print("班级分装单", PACKING, write_packing),
    Print("校服领用签收表", RECEIVED, write_received, has_uniforms),
    Print("尺码调换登记表", EXCHANGED, write_exchanged, has_uniforms),
    Print("就餐人数汇总", MEALS, write_meals),
    Print("餐费退费签收表", REFUND, write_refunds, has_refunds),
    Print("物资盘点表", GOODS_COUNT, write_goods_count, has_goods),
    Print("物资盘盈盘亏表", GOODS_GAPS, write_goods_gaps, has_goods),
    Print("资产盘点表", ASSETS_COUNT, write_assets_count, has_assets),
    Print("资产盘盈盘亏表", ASSETS_GAPS, write_assets_gaps, has_assets),
    Print("维修派工验收单", ORDER, write_orders, has_repairs),
    Print("收款通知单", PAYMENT, write_payments, has_dues),
)


# What the forms that are always there are made from
SOURCES = {
    "采购申请单": {"stock_balance"}, "领用签收表": {"stock_issue"}, "桌凳调拨单": {"desks"},
    "校服尺码汇总": {"uniform_order"}, "班级分装单": {"uniform_order"}, "就餐人数汇总": {"meal_registration"},
}  # fmt: skip


def write_prints(  # noqa: PLR0913  (by keyword)
    path: Path, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str, only_filled: bool = False
) -> Path:
    """Write all printed forms; one without data is a clean sheet that says what is missing.

    `only_filled` leaves those out instead: of a month or a semester's end, most have nothing to say.
    """
    with print_workbook(path, title="打印单据", example=school.is_example) as book:
        contents = book.sheet("目录", role="working")
        said = []
        for each in PRINTS:
            if each.wanted is not None and not each.wanted(ledgers, forms, school):
                continue
            if each.wanted is None and only_filled and not SOURCES[each.name] & set(ledgers):
                continue
            sheet = book.sheet(each.name, role="print")
            said.append((sheet.name, each.title, each.write(sheet, ledgers, forms, school=school, as_of=as_of)))
        _contents(contents, said, school, as_of)
    return path


def _contents(sheet: Sheet, said: list[tuple[str, str, str]], school: School, as_of: str) -> None:
    mark = "【示例】" if school.is_example else ""
    sheet.merge((1, 1, 1, 3), f"{mark}{school.name}打印单据", FORM_TITLE)
    sheet.height(1, 36)
    sheet.merge((2, 1, 2, 3), f"{term(school)}　截至 {chinese_date(as_of)}", FORM_LINE.but(align="center"))
    for column, head in enumerate(("序号", "单据（点击打开）", "内容"), 1):
        sheet.write(4, column, head, FORM_HEADER)
    for number, (name, title, content) in enumerate(said, 1):
        row = 4 + number
        sheet.write(row, 1, number, FORM_CELL.but(align="center", kind="count"))
        sheet.write(row, 2, Link(internal(name), title), FORM_CELL.but(colour="accent", underline=True))
        sheet.write(row, 3, content, FORM_CELL)
        sheet.height(row, 24)
    lines = (
        "每张单据单独打印：打开相应工作表，直接打印即可，纸张为 A4。",
        "合计是活的公式，改了数量会跟着变；大写金额不会，改动后请重写。",
        "签字栏的岗位名称在《学校设置》的“岗位”里改。",
    )
    for number, line in enumerate(lines, len(said) + 6):
        sheet.merge((number, 1, number, 3), line, FORM_LINE)
    sheet.widths({1: 6, 2: 34, 3: 40})
