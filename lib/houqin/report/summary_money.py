"""维修 and 预算执行."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.budget import DEFAULT_GAP, BudgetRow
from houqin.report.counts import DEFAULT_OPEN_DAYS, OpenRepair
from houqin.report.summary_case import Case, Where, write_head, write_missing, write_note
from houqin.workbook import CENTER, COUNT, DATE, HEADING, INPUT, MONEY, PERCENT, POINTS, QUANTITY, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from houqin.report.budget import Budget
    from houqin.workbook import CellValue, Sheet

OPEN = (
    Col("序", COUNT, 5), Col("报修日期", DATE, 12), Col("地点", WRAPPED, 15), Col("设备", WRAPPED, 12), Col("数量", QUANTITY, 7),
    Col("故障情况", WRAPPED, 20), Col("进展", WRAPPED, 10), Col("已过天数", COUNT, 9), Col("是否超期", CENTER, 10),
    Col("费用", MONEY, 12, "sum"), Col("台账\n行号", COUNT, 7), Col("依据", TEXT, 8),
)  # fmt: skip
BUDGET = (
    Col("科目编码", TEXT, 10), Col("科目", WRAPPED, 18), Col("项目", WRAPPED, 16), Col("全年预算", MONEY, 14),
    Col("累计支出", MONEY, 14), Col("余额", MONEY, 14), Col("执行率", PERCENT, 10), Col("与序时相差\n（百分点）", POINTS, 12),
    Col("结论", CENTER, 10), Col("台账\n行号", COUNT, 7), Col("依据", TEXT, 8),
)  # fmt: skip
LATE, IN_TIME = "✗ 超期", "未超期"
JUDGEMENTS = {"偏慢": "! 偏慢", "偏快": "! 偏快", "正常": "✓ 正常", "超预算": "✗ 超预算", "": ""}


def write_repairs(case: Case, sheet: Sheet) -> None:
    """Fill 维修: what is open, longest first, then the count by device."""
    title, form = "维修", "repair"
    if write_missing(case, sheet, title, [form]):
        return
    lines = ["没有写“已修”、也没有维修日期的，算作未修。费用按登记的金额，没有登记的空着。"]
    top = write_head(case, sheet, title, len(OPEN), lines)
    limit = case.school.thresholds.get("repair_open_days", DEFAULT_OPEN_DAYS)
    sheet.write(top, 1, "截至", TEXT)
    sheet.write(top, 2, case.as_of, INPUT.but(kind="date"))
    sheet.write(top, 3, "超期限度（天）", TEXT.but(align="right"))
    sheet.write(top, 4, limit, INPUT.but(kind="count"))
    cells = (sheet.area(top, 2).local, sheet.area(top, 4).local)
    sheet.text(top + 2, 1, "一、未修的", HEADING)
    rows = [_repair_row(case, top + 3 + n, n, each, cells) for n, each in enumerate(case.made.repairs, 1)]
    placed = sheet.table(top + 3, 1, OPEN, rows, freeze=False)
    sheet.highlight(placed.filter_area._replace(top=placed.first), f'$I{placed.first}="{LATE}"', "bad-light")
    case.cells["repairs.late"] = placed.column(8)
    row = placed.next_row
    if placed.total:
        case.cells["repair_cost"] = sheet.area(placed.total, 10)
    _by_device(case, sheet, row)


def _repair_row(case: Case, row: int, number: int, each: OpenRepair, cells: tuple[str, str]) -> list[CellValue]:
    cost = case.data["repair"].area("cost").ref
    dated = each.days is not None
    return [
        number, each.reported or None, each.room, each.device, each.quantity, each.fault, each.state,
        Formula(f'IF(ISNUMBER(B{row}),MAX(0,{cells[0]}-B{row}),"")', each.days if dated else ""),
        Formula(
            f'IF(H{row}="","无日期",IF(H{row}>{cells[1]},"{LATE}","{IN_TIME}"))',
            (LATE if each.late else IN_TIME) if dated else "无日期",
        ),
        Formula(f'IF(INDEX({cost},K{row})="","",INDEX({cost},K{row}))', "" if each.amount is None else each.amount),
        each.row + 1, case.data["repair"].link([each.row]),
    ]  # fmt: skip


def _by_device(case: Case, sheet: Sheet, row: int) -> None:
    devices = list(dict.fromkeys(r.text("device") for r in case.data["repair"].records if r.text("device")))
    sheet.text(row, 1, "二、按设备", HEADING)
    titles = ("设备", "报修（条）", "已修（条）", "未修（条）")
    columns = (Col(titles[0], WRAPPED), Col(titles[1], COUNT), Col(titles[2], COUNT), Col(titles[3], COUNT))
    rows: list[list[CellValue]] = []
    for n, device in enumerate(devices, 1):
        at = row + 1 + n
        here = Where("device", device, f"$C{at}")
        every, unmended = case.count("repair", here), case.count("repair", here, Where("open", "1", "1"))
        rows.append([device, every, Formula(f"D{at}-F{at}", int(str(every.value)) - int(str(unmended.value))), unmended])
    placed = sheet.table(row + 1, 3, [_sum(column, n) for n, column in enumerate(columns)], rows, autofilter=False, freeze=False)
    if placed.total:
        case.cells["repairs"] = sheet.area(placed.total, 6)


def _sum(column: Col, number: int) -> Col:
    return Col(column.title, column.style, 0, "sum" if number else "")


def write_budget(case: Case, sheet: Sheet) -> None:
    """Fill 预算执行: each row, the total of the last level, and the time of the year that has passed."""
    title, form, budget = "预算执行", "budget_execution", case.made.budget
    if write_missing(case, sheet, title, [form]) or budget is None:
        return
    lines = ["执行率＝累计支出÷全年预算。只对合计和有项目的行与序时进度比较；取暖等季节性支出不比较。"]
    top = write_head(case, sheet, title, len(BUDGET), lines)
    _elapsed(case, sheet, top, budget)
    gap = case.school.thresholds.get("progress_gap", DEFAULT_GAP)
    sheet.write(top + 1, 1, "允许相差", TEXT)
    sheet.write(top + 1, 2, gap, INPUT.but(kind="count", align="left"))
    sheet.text(top + 1, 3, "个百分点以内（来自设置）", TEXT)
    cells = (case.cells["elapsed"].local, sheet.area(top + 1, 2).local)
    top += 3
    rows = [_budget_row(case, top + n, each, cells) for n, each in enumerate(budget.rows, 1)]
    placed = sheet.table(top, 1, BUDGET, rows)
    _budget_total(case, sheet, placed.last + 1, cells, budget)
    case.cells["budget.rows"] = placed.column(6)
    if any(each.parent for each in budget.rows):
        write_note(sheet, placed.last + 3, len(BUDGET), "有下级明细的科目是汇总行，不再计入合计。")


def _elapsed(case: Case, sheet: Sheet, row: int, budget: Budget) -> None:
    """Show the time passed as a formula of the date."""
    sheet.write(row, 1, "截至", TEXT)
    sheet.write(row, 2, case.as_of, INPUT.but(kind="date", align="left"))
    at = sheet.area(row, 2).local
    sheet.text(row, 3, "序时进度", TEXT.but(align="right"))
    text = f"({at}-DATE(YEAR({at}),1,1)+1)/(DATE(YEAR({at}),12,31)-DATE(YEAR({at}),1,1)+1)"
    sheet.formula(row, 4, text, _short(budget.elapsed), PERCENT.but(bold=True))
    year = date.fromisoformat(case.as_of).year
    sheet.text(row, 5, f"{year} 年的第 {budget.day} 天，全年 {budget.days} 天", TEXT)
    case.cells["elapsed"] = sheet.area(row, 4)


def _budget_row(case: Case, row: int, each: BudgetRow, cells: tuple[str, str]) -> list[CellValue]:
    data = case.data["budget_execution"]
    full, spent = data.area("full").ref, data.area("total").ref
    elapsed = case.made.budget.elapsed if case.made.budget else Decimal(0)
    return [
        each.code, each.subject, each.project,
        Formula(f"INDEX({full},J{row})", each.full or Decimal(0)),
        Formula(f"INDEX({spent},J{row})", each.spent or Decimal(0)),
        Formula(f"D{row}-E{row}", each.left or Decimal(0)),
        Formula(f'IF(D{row}=0,"",E{row}/D{row})', "" if each.rate is None else _short(each.rate)),
        Formula(f'IF(G{row}="","",(G{row}-{cells[0]})*100)', "" if each.rate is None else _short((each.rate - elapsed) * 100)),
        _judgement(row, each.verdict, cells, judged=bool(each.project) and not each.parent),
        each.row + 1, data.link([each.row]),
    ]  # fmt: skip


def _judgement(row: int, verdict: str, cells: tuple[str, str], *, judged: bool) -> Formula:
    slow = f'IF(ABS(ROUND(H{row},6))<={cells[1]},"✓ 正常",IF(H{row}<0,"! 偏慢","! 偏快"))' if judged else '""'
    return Formula(f'IF(G{row}="","",IF(ROUND(G{row},6)>1,"✗ 超预算",{slow}))', JUDGEMENTS[verdict])


def _budget_total(case: Case, sheet: Sheet, row: int, cells: tuple[str, str], budget: Budget) -> None:
    look = {"bold": True, "rule": "total", "fill": "band"}
    leaf = Where("leaf", "1", "1")
    values: list[tuple[CellValue, object]] = [
        ("合计", TEXT), (None, TEXT), (None, TEXT),
        (case.total("budget_execution", "full", leaf), MONEY),
        (case.total("budget_execution", "total", leaf), MONEY),
        (Formula(f"D{row}-E{row}", budget.left), MONEY),
        (Formula(f'IF(D{row}=0,"",E{row}/D{row})', "" if budget.rate is None else _short(budget.rate)), PERCENT),
        (Formula(f'IF(G{row}="","",(G{row}-{cells[0]})*100)',
                 "" if budget.rate is None else _short((budget.rate - budget.elapsed) * 100)), POINTS),
        (_judgement(row, budget.verdict, cells, judged=True), CENTER), (None, TEXT), (None, TEXT),
    ]  # fmt: skip
    for column, (value, style) in enumerate(values, 1):
        sheet.write(row, column, value, style.but(**look))  # type: ignore[attr-defined]
    case.cells["budget"] = sheet.area(row, 7)
    case.cells["budget.left"] = sheet.area(row, 6)
    case.cells["budget.verdict"] = sheet.area(row, 9)


def _short(ratio: Decimal) -> Decimal:
    """Keep as many digits as a cell of Excel holds."""
    return ratio if not ratio else Decimal(f"{ratio:.15g}")
