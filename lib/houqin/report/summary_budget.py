"""预算执行: each row, the total of the last level, and the time of the year that has passed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.budget import DEFAULT_GAP, BudgetRow
from houqin.report.data_sheets import Where
from houqin.report.summary_case import NUMBER, Case, write_head, write_missing, write_note
from houqin.workbook import CENTER, HEADING, INPUT, MONEY, PERCENT, POINTS, TEXT, WRAPPED, Col, Formula, Style

if TYPE_CHECKING:
    from houqin.report.budget import Budget
    from houqin.workbook import CellValue, Sheet

DATA = "budget_execution"
BUDGET = (
    Col("科目编码", TEXT, 10), Col("科目", WRAPPED, 28), Col("项目", WRAPPED, 22),
    Col("全年预算", MONEY, 15), Col("累计支出", MONEY, 15), Col("余额", MONEY, 15),
    Col("执行率", PERCENT, 10),
    Col("与序时相差\n（百分点）", POINTS, 12), Col("结论", CENTER, 10),
    Col("台账\n行号", NUMBER, 7), Col("依据", TEXT, 8),
)  # fmt: skip
ONE_PAGE_ROWS = 36  # so many items, and the comparison below them, can still be read on one landscape page
JUDGED = (Col("合计和项目", WRAPPED), Col("执行率", PERCENT), Col("序时进度", PERCENT), Col("结论", CENTER))
JUDGEMENTS = {"偏慢": "! 偏慢", "偏快": "! 偏快", "正常": "✓ 正常", "超预算": "✗ 超预算", "": ""}


def write_budget(case: Case, sheet: Sheet) -> None:
    """Fill 预算执行."""
    title, budget = "预算执行", case.made.budget
    if write_missing(case, sheet, title, [DATA]) or budget is None:
        return
    lines = ["执行率＝累计支出÷全年预算。只对合计和有项目的行与序时进度比较；取暖等季节性支出不比较。"]
    top = write_head(case, sheet, title, len(BUDGET), lines, forms=[DATA])
    _elapsed(case, sheet, top, budget)
    gap = case.school.thresholds.get("progress_gap", DEFAULT_GAP)
    sheet.write(top + 1, 1, "允许相差", TEXT)
    sheet.write(top + 1, 2, gap, INPUT.but(kind="count", align="center"))
    sheet.text(top + 1, 3, "个百分点以内（来自设置）", TEXT)
    cells = (case.cells["elapsed"].local, sheet.area(top + 1, 2).local)
    top += 3
    rows = [_row(case, top + n, each, cells) for n, each in enumerate(budget.rows, 1)]
    placed = sheet.table(top, 1, BUDGET, rows)
    case.cells["budget.lefts"] = placed.column(5)
    sheet.page.one_page = len(rows) <= ONE_PAGE_ROWS
    total = placed.last + 1
    _total(case, sheet, total, cells, budget)
    row = total + 2
    if any(each.parent for each in budget.rows):
        row = write_note(sheet, row, len(BUDGET), "有下级明细的科目是汇总行，不再计入合计。") + 1
    _judged(case, sheet, row, [total, *_project_rows(budget, placed.first)])


def _project_rows(budget: Budget, first: int) -> list[int]:
    """Give the rows of the sheet that hold a project."""
    judged = [each.project and not each.parent and each.rate is not None for each in budget.rows]
    return [first + n for n, each in enumerate(judged) if each]


def _judged(case: Case, sheet: Sheet, top: int, rows: list[int]) -> None:
    """Set the total and the projects beside the time passed; the chart of 总览 shows this."""
    budget = case.made.budget
    if budget is None or budget.rate is None:
        return
    projects = [each for each in budget.rows if each.project and not each.parent and each.rate is not None]
    names = ["合计", *(each.project for each in projects)]
    rates = [budget.rate, *(each.rate or Decimal(0) for each in projects)]
    verdicts = [budget.verdict, *(each.verdict for each in projects)]
    sheet.text(top, 1, "合计和项目，与序时进度比较", HEADING)
    elapsed = Formula(case.cells["elapsed"].local, _short(budget.elapsed))
    table: list[list[CellValue]] = [
        [name, Formula(f"G{row}", _short(rate)), elapsed, Formula(f"I{row}", JUDGEMENTS[verdict])]
        for name, row, rate, verdict in zip(names, rows, rates, verdicts, strict=True)
    ]
    placed = sheet.table(top + 1, 3, JUDGED, table, autofilter=False, freeze=False)
    sheet.page.repeat = None
    case.cells["judged.names"], case.cells["judged.rates"] = placed.column(0), placed.column(1)
    case.cells["judged.elapsed"] = placed.column(2)


def _elapsed(case: Case, sheet: Sheet, row: int, budget: Budget) -> None:
    """Show the time passed as a formula of the date."""
    sheet.write(row, 1, "截至", TEXT)
    sheet.write(row, 2, case.as_of, INPUT.but(kind="date"))
    at = sheet.area(row, 2).local
    sheet.text(row, 3, "序时进度", TEXT.but(align="right"))
    text = f"({at}-DATE(YEAR({at}),1,1)+1)/(DATE(YEAR({at}),12,31)-DATE(YEAR({at}),1,1)+1)"
    sheet.formula(row, 4, text, _short(budget.elapsed), PERCENT.but(bold=True))
    year = date.fromisoformat(case.as_of).year
    sheet.text(row, 5, f"{year} 年的第 {budget.day} 天，全年 {budget.days} 天", TEXT)
    case.cells["elapsed"] = sheet.area(row, 4)


def _row(case: Case, row: int, each: BudgetRow, cells: tuple[str, str]) -> list[CellValue]:
    data = case.data[DATA]
    full, spent = data.area("full").ref, data.area("total").ref
    elapsed = case.made.budget.elapsed if case.made.budget else Decimal(0)
    return [
        each.code, each.subject, each.project,
        Formula(f"INDEX({full},J{row})", each.full or Decimal(0)),
        Formula(f"INDEX({spent},J{row})", each.spent or Decimal(0)),
        Formula(f"D{row}-E{row}", each.left or Decimal(0)),
        Formula(f'IF(D{row}=0,"",E{row}/D{row})', "" if each.rate is None else _short(each.rate)),
        Formula(f'IF(G{row}="","",(G{row}-{cells[0]})*100)', _gap(each.rate, elapsed)),
        _judgement(row, each.verdict, cells, judged=bool(each.project) and not each.parent),
        each.row + 1, data.link([each.row]),
    ]  # fmt: skip


def _judgement(row: int, verdict: str, cells: tuple[str, str], *, judged: bool) -> Formula:
    slow = f'IF(ABS(ROUND(H{row},6))<={cells[1]},"✓ 正常",IF(H{row}<0,"! 偏慢","! 偏快"))' if judged else '""'
    return Formula(f'IF(G{row}="","",IF(ROUND(G{row},6)>1,"✗ 超预算",{slow}))', JUDGEMENTS[verdict])


def _total(case: Case, sheet: Sheet, row: int, cells: tuple[str, str], budget: Budget) -> None:
    leaf = Where("leaf", "1", "1")
    values: list[tuple[CellValue, Style]] = [
        ("合计", TEXT), (None, TEXT), (None, TEXT),
        (case.total(DATA, "full", leaf), MONEY),
        (case.total(DATA, "total", leaf), MONEY),
        (Formula(f"D{row}-E{row}", budget.left), MONEY),
        (Formula(f'IF(D{row}=0,"",E{row}/D{row})', "" if budget.rate is None else _short(budget.rate)), PERCENT),
        (Formula(f'IF(G{row}="","",(G{row}-{cells[0]})*100)', _gap(budget.rate, budget.elapsed)), POINTS),
        (_judgement(row, budget.verdict, cells, judged=True), CENTER), (None, TEXT), (None, TEXT),
    ]  # fmt: skip
    for column, (value, style) in enumerate(values, 1):
        sheet.write(row, column, value, style.but(bold=True, rule="total", fill="band"))
    case.cells["budget"] = sheet.area(row, 7)
    case.cells["budget.left"] = sheet.area(row, 6)
    case.cells["budget.verdict"] = sheet.area(row, 9)


def _gap(rate: Decimal | None, elapsed: Decimal) -> Decimal | str:
    return "" if rate is None else _short((rate - elapsed) * 100)


def _short(ratio: Decimal) -> Decimal:
    """Keep as many digits as a cell of Excel holds."""
    return ratio if not ratio else Decimal(f"{ratio:.15g}")
