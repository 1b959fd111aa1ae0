"""食材收发存与消耗 of a canteen that keeps slips and counts only: what came by receipts, what went by issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.summary_case import write_head, write_note
from houqin.workbook import HEADING, MONEY, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet, Style

RECEIPTS, ISSUES, COUNTS = "food_receipt", "food_issue", "food_stock"
PLAIN = "未写类别"
KIND = Added("kind", "归入类别", TEXT)
COLUMNS = (flag(IN_PERIOD, "out_date"), KIND)
WIDTH = 4


def issue_records(case: PostCase) -> list[Record]:
    """Give the issues of food, each with its category."""
    mark = dated(case, "out_date")
    return [of_kind(mark(record), "food_class") for record in case.records[ISSUES]]


def of_kind(record: Record, field_id: str) -> Record:
    """Give a record with the category that it is added up under."""
    return add(record, kind=record.text(field_id) or PLAIN)


def has_slips(case: PostCase) -> bool:
    """Tell whether receipts or issues of the period say amounts."""
    return case.told(RECEIPTS, "amount") or case.told(ISSUES, "amount")


def write_slips(case: PostCase, sheet: Sheet, name: str) -> None:
    """Fill the sheet from slips; food.used is what was issued, where issues say it."""
    present = [form_id for form_id in (RECEIPTS, ISSUES, COUNTS) if case.has(form_id)]
    lines = ["没有收到本期收发存的金额，按单据列：购进取采购验收（入库单），耗用取出库登记（出库单），盘存取最后一次。"]
    if not case.told(ISSUES, "amount"):
        lines.append("没有收到出库登记的金额，算不出本期耗用。")
    case.whole_food = case.told(ISSUES, "amount") and not _unpriced(case, [ISSUES])
    top = write_head(case, sheet, name, WIDTH, lines, forms=present)
    sheet.widths({1: 30, 2: 18, 3: 18, 4: 30})
    sheet.text(top, 1, "一、全部食材", HEADING)
    row = top + 1
    for form_id, title, figure in ((RECEIPTS, "本期购进", "food.in_amt"), (ISSUES, "本期耗用（出库）", "food.used")):
        if case.told(form_id, "amount"):
            bold = MONEY.but(bold=figure == "food.used")
            say(case, sheet, row, title, case.sum_of(form_id, "amount"), figure, style=bold)
            row += 1
    row = _counted(case, sheet, row)
    sheet.text(row + 1, 1, "二、按类别", HEADING)
    _by_kind(case, sheet, row + 2)
    sheet.page.repeat = None


def _counted(case: PostCase, sheet: Sheet, row: int) -> int:
    """Write what the last count of the period found."""
    days = sorted({r.text("date") for r in case.own(COUNTS) if r.text("date") and r.values.get("real_amt") is not None})
    if not days:
        return row
    there = case.sum_of(COUNTS, "real_amt", Where("date", days[-1], f'"{days[-1]}"'))
    say(case, sheet, row, f"盘存（{days[-1]}实盘）", there, "food.counted")
    return row + 1


def say(  # noqa: PLR0913, PLR0917  (a line's cells in their order)
    case: PostCase, sheet: Sheet, row: int, title: str, made: Formula, name: str, *, note: str = "",
    style: Style = MONEY,
) -> None:  # fmt: skip
    """Write a figure with its title and a note; it stands for others under its name."""
    sheet.text(row, 1, title, TEXT.but(rule="row", bold=style.bold))
    sheet.write(row, 2, made, style.but(rule="row"))
    sheet.text(row, 3, note, TEXT.but(colour="muted", rule="row"))
    case.put(name, sheet.area(row, 2), made)


def _by_kind(case: PostCase, sheet: Sheet, top: int) -> None:
    both = ((RECEIPTS, "本期购进"), (ISSUES, "本期耗用"))
    sides = [(form_id, title) for form_id, title in both if case.told(form_id, "amount")]
    said = dict.fromkeys(record.text("kind") for form_id, _ in sides for record in case.own(form_id))
    kinds = sorted(said, key=lambda kind: kind == PLAIN)
    rows: list[list[CellValue]] = [
        [kind, *(case.sum_of(form_id, "amount", Where("kind", kind, f"$A{row}")) for form_id, _ in sides)]
        for row, kind in enumerate(kinds, top + 1)
    ]
    columns = (Col("类别", WRAPPED), *(Col(title, MONEY, total="sum") for _, title in sides))
    placed = sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)
    if count := _unpriced(case, [RECEIPTS, ISSUES]):
        write_note(sheet, placed.next_row + 1, WIDTH, f"有 {count} 行只有数量、没有金额，没有算进来。")


def _unpriced(case: PostCase, forms: Sequence[str]) -> int:
    """Count the rows with a quantity and no amount: what they cost is in none of the sums."""
    own = (record for form_id in forms for record in case.own(form_id))
    return sum(1 for record in own if record.number("qty") and record.values.get("amount") is None)
