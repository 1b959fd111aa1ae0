"""维修: the count by device, then what is open, longest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.counts import DEFAULT_OPEN_DAYS, OpenRepair
from houqin.report.data_sheets import Where
from houqin.report.summary_case import INDENTED, NUMBER, Case, write_head, write_missing
from houqin.workbook import CENTER, COUNT, DATE, HEADING, INPUT, MONEY, QUANTITY, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from houqin.workbook import CellValue, Placed, Sheet

DATA = "repair"
OPEN = (
    Col("序", NUMBER, 6), Col("报修日期", DATE, 12), Col("地点", WRAPPED, 16), Col("设备", WRAPPED, 12),
    Col("数量", QUANTITY, 8), Col("故障情况", INDENTED, 22), Col("进展", WRAPPED, 12), Col("已过天数", COUNT, 9),
    Col("是否超期", CENTER, 10), Col("费用", MONEY, 12, "sum"), Col("台账\n行号", NUMBER, 7), Col("依据", TEXT, 8),
)  # fmt: skip
BY_DEVICE = (
    Col("设备", WRAPPED), Col("报修", COUNT, 0, "sum"), Col("已修", COUNT, 0, "sum"), Col("未修", COUNT, 0, "sum"),
    Col("费用", MONEY, 0, "sum"),
)  # fmt: skip
LATE, IN_TIME, UNDATED = "✗ 超期", "未超期", "无日期"


def write_repairs(case: Case, sheet: Sheet) -> None:
    """Fill 维修."""
    title = "维修"
    if write_missing(case, sheet, title, [DATA]):
        return
    lines = ["没有写“已修”、也没有维修日期的，算作未修。费用按登记的金额，没有登记的空着。"]
    top = write_head(case, sheet, title, len(OPEN), lines, forms=["repair"])
    limit = case.school.thresholds.get("repair_open_days", DEFAULT_OPEN_DAYS)
    sheet.write(top, 1, "截至", TEXT)
    sheet.write(top, 2, case.as_of, INPUT.but(kind="date"))
    sheet.write(top, 3, "超期限度（天）", TEXT.but(align="right"))
    sheet.write(top, 4, limit, INPUT.but(kind="count", align="center"))
    cells = (sheet.area(top, 2).local, sheet.area(top, 4).local)
    sheet.text(top + 2, 1, "一、按设备（条）", HEADING)
    row = _by_device(case, sheet, top + 3).next_row
    sheet.text(row, 1, f"二、未修的 {len(case.made.repairs)} 项", HEADING)
    rows = [_row(case, row + 1 + n, n, each, cells) for n, each in enumerate(case.made.repairs, 1)]
    placed = sheet.table(row + 1, 1, OPEN, rows, freeze=False)
    sheet.highlight(placed.filter_area._replace(top=placed.first), f'$I{placed.first}="{LATE}"', "bad-light")
    if placed.total:
        case.cells["repairs.open_cost"] = sheet.area(placed.total, 10)


def _row(case: Case, row: int, number: int, each: OpenRepair, cells: tuple[str, str]) -> list[CellValue]:
    cost = case.data[DATA].area("repair_cost").ref
    days: str | int = "" if each.days is None else each.days
    late = UNDATED if each.days is None else LATE if each.late else IN_TIME
    return [
        number, each.reported or None, each.room, each.device, each.quantity, each.fault, each.state,
        Formula(f'IF(ISNUMBER(B{row}),MAX(0,{cells[0]}-B{row}),"")', days),
        Formula(f'IF(H{row}="","{UNDATED}",IF(H{row}>{cells[1]},"{LATE}","{IN_TIME}"))', late),
        Formula(f'IF(INDEX({cost},K{row})="","",INDEX({cost},K{row}))', "" if each.amount is None else each.amount),
        each.row + 1, case.data[DATA].link([each.row]),
    ]  # fmt: skip


def _by_device(case: Case, sheet: Sheet, top: int) -> Placed:
    """Count by device from column C on, below the columns that suit."""
    records = case.data[DATA].records
    named = {r.text("device").lower(): r.text("device") for r in reversed(records) if not r.pending}
    devices = [name for name in reversed(named.values()) if name]
    rows: list[list[CellValue]] = []
    for row, device in enumerate(devices, top + 1):
        here = Where("device", device, f"$C{row}")
        every, unmended = case.count(DATA, here), case.count(DATA, here, Where("open", "1", "1"))
        mended = Formula(f"D{row}-F{row}", int(str(every.value)) - int(str(unmended.value)))
        rows.append([device, every, mended, unmended, case.total(DATA, "repair_cost", here)])
    placed = sheet.table(top, 3, BY_DEVICE, rows, autofilter=False, freeze=False)
    if placed.total:
        case.cells["repairs"] = sheet.area(placed.total, 6)
        case.cells["repair_cost"] = sheet.area(placed.total, 7)
    return placed
