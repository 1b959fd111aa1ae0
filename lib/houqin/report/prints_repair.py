"""维修派工验收单: two slips a page, one for each fault that is not mended yet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from houqin.report.counts import OpenRepair, open_repairs
from houqin.report.prints_frame import CENTRED, Frame
from houqin.report.prints_pages import write_pages
from houqin.workbook import FORM_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

ORDER = "维修派工验收单"
POSTS = ("报修人", "维修人", "验收人", "后勤主任")
WIDTHS = (13.0, 17.0, 13.0, 17.0, 13.0, 17.0)
BLANK = "　　　　"


def has_repairs(ledgers: Mapping[str, Ledger], forms: Forms, school: School) -> bool:
    """Tell whether anything is still to be mended."""
    return bool(open_repairs(ledgers, school, forms, "9999-12-31"))


def write_orders(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a slip a fault; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, WIDTHS)
    frame.prepare()
    repairs = open_repairs(ledgers, school, forms, as_of)
    slips: list[Callable[[int], int]] = [partial(_slip, frame, n, each) for n, each in enumerate(repairs, 1)]
    left = write_pages(frame, slips, a_page=2)
    return f"{len(repairs)} 张" + (f"，后面 {left} 张没有印" if left else "")


def _slip(frame: Frame, number: int, each: OpenRepair, row: int) -> int:
    row = frame.head(ORDER, row=row, mark=f"第 {number} 号")
    quantity = "" if each.quantity is None else f"{each.quantity.normalize():f}"
    row = _line(frame, row, (("报修日期", each.reported), ("地点", each.room), ("设备", each.device)))
    row = _line(frame, row, (("数量", quantity), ("故障情况", each.fault)))
    row = _line(frame, row, (("派工日期", BLANK), ("完成日期", BLANK), ("费用（元）", BLANK)))
    row = _line(frame, row, (("更换配件", BLANK),))
    row = _line(frame, row, (("验收意见", BLANK),))
    return frame.sign(row, POSTS, height=36)


def _line(frame: Frame, row: int, pairs: tuple[tuple[str, CellValue], ...]) -> int:
    """Write labels and values over the whole width; the last value takes what is left."""
    sheet, lines = frame.sheet, 1
    for number, (label, value) in enumerate(pairs):
        at = 2 * number + 1
        last = frame.columns if number == len(pairs) - 1 else at + 1
        sheet.write(row, at, label, CENTRED.but(bold=True))
        sheet.merge((row, at + 1, row, last), value or None, FORM_CELL)
        lines = max(lines, sheet.lines(str(value or ""), sum(frame.widths[at:last])))
    sheet.height(row, max(26.0, lines * 15 + 8.0))
    return row + 1
