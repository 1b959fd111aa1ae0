"""03打印单据.xlsx: the forms that get signed, one A4 form a sheet, after a sheet of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.prints_desks import DESKS, write_desks
from houqin.report.prints_issue import ISSUE, OFFICES, office_records, write_issue, write_offices
from houqin.report.prints_meals import MEALS, write_meals
from houqin.report.prints_packing import PACKING, write_packing
from houqin.report.prints_sizes import SIZES, write_sizes
from houqin.report.prints_stock import PURCHASE, write_purchase
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
# sheet name, form title, who writes it
PRINTS: tuple[tuple[str, str, Callable[..., str]], ...] = (
    ("采购申请单", PURCHASE, write_purchase),
    ("领用签收表", ISSUE, write_issue),
    ("处室领用签收表", OFFICES, write_offices),
    ("桌凳调拨单", DESKS, write_desks),
    ("校服尺码汇总", SIZES, write_sizes),
    ("班级分装单", PACKING, write_packing),
    ("就餐人数汇总", MEALS, write_meals),
)


def write_prints(path: Path, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> Path:
    """Write all printed forms; one without data is a clean sheet that says what is missing."""
    with print_workbook(path, title="打印单据", example=school.is_example) as book:
        contents = book.sheet("目录", role="working")
        said = []
        for name, title, write in PRINTS:
            if write is write_offices and not office_records(ledgers, forms, school):
                continue  # a second part of the form before it, only where offices took something
            sheet = book.sheet(name, role="print")
            said.append((sheet.name, title, write(sheet, ledgers, forms, school=school, as_of=as_of)))
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
