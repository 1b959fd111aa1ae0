"""总览: what this is, the key figures with links to their sheets, charts, and what each sheet holds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import a1
from houqin.report.doubts import left_out
from houqin.report.figures import FIRST_USE, Figure, percent
from houqin.report.summary_case import VERDICT_COLOURS, BookCase, Case
from houqin.report.words import term
from houqin.workbook import COUNT, HEADING, MONEY, NOTE, PERCENT, TEXT, WRAPPED, Col, Formula, Link, Series, internal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.workbook import CellValue, Sheet, Style

WIDTH = 6
SIZE, ROWS = (800, 250), 11  # of a chart: pixels, as wide as the columns, and the rows that it covers
KINDS: dict[str, Style] = {"count": COUNT, "money": MONEY, "percent": PERCENT}
SHEETS = {
    "pupils": "班级人数对照表", "buy": "应购物资", "desks": "桌凳余缺", "lunch": "就餐统计", "uniforms": "校服统计",
    "repairs": "维修", "repair_cost": "维修", "budget": "预算执行",
}  # fmt: skip
CELLS = {"lunch": "meals.lunch.total", "desks": "balance.desk"}  # where a figure stands, if not under its own name
WIDTHS = {1: 16, 2: 15, 3: 7, 4: 40, 5: 22, 6: 14}


def figure_formula(case: Case, figure: Figure) -> Formula | None:
    """Give the figure as a formula over the cell or the rows where it stands; None without its workbook."""
    if figure.value is None:
        return None
    short = [case.cells.get(f"balance.{thing}") for thing in ("desk", "chair")]
    if figure.id == "desks" and short[0] and short[1]:
        both = f"({short[0].ref}<0)+({short[1].ref}<0)>0"
        return Formula(f"SUMPRODUCT(--({both}))", figure.value)
    area = case.cells.get(CELLS.get(figure.id, figure.id))
    if area is None:
        return Formula("0", figure.value) if figure.value == 0 else None
    value = Decimal(f"{figure.value:.15g}") if figure.kind == "percent" else figure.value
    return Formula(area.ref, value)


def write_overview(case: Case, sheet: Sheet, index: Sequence[tuple[str, str, str]]) -> None:
    """Fill 总览; `index` is sheet, what it says, the form that fills it."""
    sheet.widths(WIDTHS)
    sheet.page.one_page = True
    period = f"{case.school.name}　{term(case.school)}　截至 {case.as_of}　金额单位：元"
    row = sheet.head("开学后勤汇总：总览", WIDTH, lines=[period]) - 1
    write_verdict(case, sheet, row, WIDTH)
    read = sum(1 for each in case.outcome.files if each.status == "read")
    about = (
        f"这份汇总由收件箱里的 {len(case.outcome.files)} 个文件（已读 {read} 个）自动生成。每个数字都是公式，"
        "点带下划线的字可以一路查到台账的行和原表的单元格。蓝色标签是结果，灰色标签是台账。"
    )
    sheet.merge((row + 1, 1, row + 1, WIDTH), about, NOTE.but(wrap=True))
    if absent := left_out(case.outcome.findings):
        sheet.merge((row + 2, 1, row + 2, WIDTH), absent, NOTE.but(wrap=True, colour="bad"))
    sheet.text(row + 3, 1, "一、关键数字", HEADING)
    row = _figures(case, sheet, row + 4)
    sheet.text(row, 1, "二、图", HEADING)
    row = _charts(case, sheet, row + 1)
    sheet.text(row, 1, "三、各表说了什么", HEADING)
    _index(case, sheet, row + 1, index)


def write_verdict(case: BookCase, sheet: Sheet, row: int, width: int) -> None:
    """Write the master verdict as a formula over 问题清单; all other sheets repeat this cell."""
    text, kind = case.verdict
    levels = case.cells["findings.level"].ref
    errors, questions = f'COUNTIF({levels},"✗ 必须改")', f'COUNTIF({levels},"? 请确认")'
    formula = f'IF({errors}>0,"✗ 有 "&{errors}&" 项必须改",IF({questions}>0,"? 有 "&{questions}&" 项待确认","✓ 通过"))'
    style = HEADING.but(colour=VERDICT_COLOURS[kind], size=11)
    sheet.merge((row, 1, row, width), Formula(formula, text), style)


def _figures(case: Case, sheet: Sheet, top: int) -> int:
    columns = (
        Col("指标", TEXT), Col("数值", COUNT), Col("单位", TEXT), Col("说明", WRAPPED), Col("上学期", WRAPPED),
        Col("出处", TEXT),
    )  # fmt: skip
    rows: list[list[CellValue]] = [
        [each.title, None, each.unit, each.note, None if each.id == "pupils" else FIRST_USE, _where(each)]
        for each in case.figures
    ]
    placed = sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)
    for n, each in enumerate(case.figures):
        formula = figure_formula(case, each)
        if formula is not None:
            style = KINDS[each.kind].but(bold=True, rule="row", colour="accent")
            target = case.cells.get(CELLS.get(each.id, each.id))
            cell = a1(target.top, target.left) if target else "A1"
            sheet.number_link(placed.first + n, 2, internal(SHEETS[each.id], cell), formula, style)
        else:
            sheet.text(placed.first + n, 2, each.note, NOTE.but(rule="row", align="right"))
        case.cells[f"figure.{each.id}"] = sheet.area(placed.first + n, 2)
    sheet.page.repeat = None
    return placed.next_row


def _where(figure: Figure) -> Link:
    return Link(internal(SHEETS[figure.id]), SHEETS[figure.id])


def _charts(case: Case, sheet: Sheet, row: int) -> int:
    drawn = 0
    charts: tuple[Callable[[Case, Sheet, int], bool], ...] = (_meal_chart, _desk_chart, _budget_chart)
    for chart in charts:
        if chart(case, sheet, row + drawn * ROWS):
            drawn += 1
    if not drawn:
        sheet.text(row, 1, "没有可画图的材料。", NOTE)
        return row + 2
    return row + drawn * ROWS + 1


def _meal_chart(case: Case, sheet: Sheet, row: int) -> bool:
    meals = [("早餐", "breakfast"), ("午餐", "lunch"), ("晚餐", "dinner")]
    given = [(name, field) for name, field in meals if case.filled("meal_registration", field)]
    if not case.made.meals or not given or not case.has("meal_registration"):
        return False
    totals = {each.grade: each.sums["lunch"] or Decimal(0) for each in case.made.meals}
    most = max(totals, key=lambda grade: totals[grade])
    series = [Series(name, case.cells[f"meals.{field}"]) for name, field in given]
    left_over = sum(len(each.pending) + len(each.missing) for each in case.made.meals)
    lacking = f"，缺 {left_over} 个班" if left_over else ""
    title = f"午餐 {sum(totals.values())} 人，{most}最多（各年级就餐人数{lacking}）"
    sheet.chart(row, 1, title=title, categories=case.cells["meals.grades"], series=series, size=SIZE)
    return True


def _desk_chart(case: Case, sheet: Sheet, row: int) -> bool:
    if "balance.desk" not in case.cells:
        return False
    short = sum(1 for place in case.made.plan.places if min(place.desk_gap, place.chair_gap) < 0)
    title = f"{short} 个班缺桌凳，其余班够用或有余（每班余缺，负数是缺）" if short else "各班桌凳都够（每班余缺）"
    series = [Series("课桌", case.cells["balance.desk"]), Series("凳子", case.cells["balance.chair"])]
    sheet.chart(row, 1, title=title, categories=case.cells["balance.name"], series=series, size=SIZE)
    return True


def _budget_chart(case: Case, sheet: Sheet, row: int) -> bool:
    budget = case.made.budget
    if budget is None or budget.rate is None:
        return False
    title = f"预算执行 {percent(budget.rate)}，序时进度 {percent(budget.elapsed)}"
    cells = case.cells
    series = [Series("执行率", cells["judged.rates"], "0%"), Series("序时进度", cells["judged.elapsed"], "0%")]
    sheet.chart(row, 1, title=title + "（合计和项目）", categories=cells["judged.names"], series=series, size=SIZE)
    return True


def _index(case: Case, sheet: Sheet, top: int, index: Sequence[tuple[str, str, str]]) -> None:
    """List the result sheets a line each, then the data sheets side by side."""
    data = [each.placed.sheet for each in case.data.values()]
    lines = [each for each in index if each[0] not in data]
    for n, (name, says, form) in enumerate(lines):
        sheet.link(top + n, 1, internal(name), name)
        missing = bool(form) and not case.has(form)
        sheet.text(top + n, 2, f"未见材料：{says}" if missing else says, NOTE)
    row = top + len(lines)
    for n, name in enumerate(data):
        columns = (1, 2, 4, 5)  # wide enough for a name
        sheet.link(row + n // len(columns), columns[n % len(columns)], internal(name), name)
