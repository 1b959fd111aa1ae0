"""校长一页纸: one A4 portrait that the head teacher reads and signs; no run id, no hash, no cell address on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.briefing import Approval, approvals, risks
from houqin.report.budget import item_rows
from houqin.report.figures import FIRST_USE, Figure
from houqin.report.plan import DONE, OPEN, UNSEEN, PlanItem, plan_items
from houqin.report.summary_case import VERDICT_COLOURS, Case
from houqin.report.summary_overview import KINDS
from houqin.report.words import term
from houqin.workbook import CENTER, HEADING, MONEY, NOTE, TEXT, Formula, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.workbook import CellValue, Sheet

# Twelve narrow columns, so that each block can have its own
COLUMNS = 12
WIDTH = 8.0
BOX = Style(rule="grid", indent=1)
HEAD = Style(bold=True, align="center", rule="grid", fill="accent-light", colour="accent")
STATE_COLOURS = {DONE: "good", OPEN: "bad", UNSEEN: "muted"}
LINE, SIGNING = 24.0, 110.0  # points: a row, and room for an opinion


def write_page(case: Case, sheet: Sheet) -> None:
    """Fill the page from top to bottom."""
    sheet.widths(dict.fromkeys(range(1, COLUMNS + 1), WIDTH))
    sheet.row_height = LINE
    sheet.page.one_page = True
    sheet.page.footer = ""
    mark = "【示例】" if case.book.example else ""
    title = f"{mark}{case.school.name}开学后勤工作一页纸"
    sheet.merge((1, 1, 1, COLUMNS), title, Style(bold=True, size=20, align="center", colour="accent"))
    sheet.height(1, 36)
    text, kind = case.verdict
    sheet.merge((2, 1, 2, 8), f"{term(case.school)}　截至 {case.as_of}", TEXT)
    verdict = TEXT.but(align="right", bold=True, colour=VERDICT_COLOURS[kind])
    sheet.merge((2, 9, 2, COLUMNS), Formula(case.cells["verdict"].ref, text), verdict)
    row = _plan(case, sheet, 3)
    row = _figures(case, sheet, row)
    row = _approvals(case, sheet, row)
    row = _risks(case, sheet, row)
    _signatures(case, sheet, row)
    sheet.page.area = (1, 1, row + 4, COLUMNS)


def _heading(sheet: Sheet, row: int, text: str, aside: str = "") -> int:
    sheet.height(row, 24)
    sheet.merge((row, 1, row, 6), text, HEADING.but(valign="bottom"))
    if aside:
        sheet.merge((row, 7, row, COLUMNS), aside, NOTE.but(align="right", valign="bottom"))
    return row + 1


def _row(sheet: Sheet, row: int, cells: list[tuple[int, int, CellValue, Style]]) -> None:
    for left, right, value, style in cells:
        sheet.merge((row, left, row, right), value, style)


def _plan(case: Case, sheet: Sheet, row: int) -> int:
    items = plan_items(case.ledgers, case.outcome.findings, case.made, case.school)
    row = _heading(sheet, row, "一、重点工作", "✓ 已完成　✗ 有未完成或必须改的")
    _row(sheet, row, [(1, 2, "计划", HEAD), (3, 7, "工作", HEAD), (8, 8, "状态", HEAD), (9, 12, "情况", HEAD)])
    for n, each in enumerate(items, 1):
        _plan_row(sheet, row + n, each)
    return row + len(items) + 1


def _plan_row(sheet: Sheet, row: int, each: PlanItem) -> None:
    state = CENTER.but(rule="grid", bold=True, colour=STATE_COLOURS[each.state])
    small = BOX.but(size=10, wrap=True)
    shown = each.state if each.state != UNSEEN else "—"
    note = each.note if each.state != UNSEEN else UNSEEN
    _row(sheet, row, [(1, 2, each.number, CENTER.but(rule="grid")), (3, 7, each.title, BOX), (8, 8, shown, state),
                      (9, 12, note, small)])  # fmt: skip


def _figures(case: Case, sheet: Sheet, row: int) -> int:
    row = _heading(sheet, row, "二、关键数字", f"与上学期相比：{FIRST_USE}")
    for n, each in enumerate(case.figures):
        top, left = row + 3 * (n // 4), 1 + 3 * (n % 4)
        _card(case, sheet, top, left, each)
    rows = 3 * (1 + (len(case.figures) - 1) // 4)
    return row + rows


def _card(case: Case, sheet: Sheet, top: int, left: int, each: Figure) -> None:
    right = left + 2
    unit = f"（{each.unit}）" if each.unit else ""
    sheet.merge((top, left, top, right), each.title + unit, CENTER.but(rule="grid", size=10, colour="muted"))
    sheet.height(top + 1, 27)
    if each.value is None:
        sheet.merge((top + 1, left, top + 1, right), each.note, CENTER.but(rule="grid", colour="muted"))
    else:
        value = case.cells[f"figure.{each.id}"]
        style = KINDS[each.kind].but(align="center", rule="grid", bold=True, size=16, colour="accent")
        sheet.merge((top + 1, left, top + 1, right), Formula(value.ref, each.value), style)
    note = each.note if each.value is not None else ""
    sheet.merge((top + 2, left, top + 2, right), note, CENTER.but(rule="grid", size=9, wrap=True))


def _approvals(case: Case, sheet: Sheet, row: int) -> int:
    row = _heading(sheet, row, "三、请您审批", "金额单位：元")
    _row(sheet, row, [(1, 1, "序", HEAD), (2, 4, "事项", HEAD), (5, 6, "金额", HEAD), (7, 8, "可用余额", HEAD),
                      (9, 11, "经费与说明", HEAD), (12, 12, "审批", HEAD)])  # fmt: skip
    found = approvals(case.made)
    bought = [row + n for n, each in enumerate(found, 1) if each.id.startswith("buy:")]
    for n, each in enumerate(found, 1):
        _approval(case, sheet, row + n, n, each, _amount(case, each, [r for r in bought if r < row + n]))
    if not found:
        sheet.merge((row + 1, 1, row + 1, COLUMNS), "没有需要审批的事项。", BOX)
    return row + max(1, len(found)) + 1


def _approval(  # noqa: PLR0913, PLR0917  (a row of the page)
    case: Case, sheet: Sheet, row: int, number: int, each: Approval, amount: CellValue
) -> None:
    money, small = MONEY.but(rule="grid"), BOX.but(size=10, wrap=True)
    _row(sheet, row, [
        (1, 1, number, CENTER.but(rule="grid")),
        (2, 4, each.title, small),
        (5, 6, "—" if amount is None else amount, money),
        (7, 8, "—" if each.left is None else _left(case, each), money),
        (9, 11, each.note, small.but(size=9)),
        (12, 12, "□同意", CENTER.but(rule="grid", size=10)),
    ])  # fmt: skip


def _amount(case: Case, each: Approval, others: Sequence[int]) -> CellValue:
    """Give the amount as a formula over its sheet; the last purchase is what the others leave of the sheet's total."""
    amount = each.amount
    if amount is None:
        return None
    if each.id.startswith("buy:") and "buy.items" in case.cells:
        items, amounts = case.cells["buy.items"], case.cells["buy.amounts"]
        if wanted := each.item.replace('"', '""'):
            return Formula(f'SUMIFS({amounts.ref},{items.ref},"{wanted}")', amount)
        total = case.cells.get("buy")
        bought = sum(1 for found in approvals(case.made) if found.id.startswith("buy:"))
        if total and bought == len(others) + 1:
            return Formula("-".join([total.ref, *(f"E{row}" for row in others)]), amount)
        return amount
    area = case.cells.get({"uniforms": "uniforms.amount"}.get(each.id, each.id))
    return Formula(area.ref, amount) if area else amount


def _left(case: Case, each: Approval) -> CellValue:
    """Give what the budget item has left as the cells of 预算执行."""
    lefts, budget = case.cells.get("budget.lefts"), case.made.budget
    if each.left is None or lefts is None or budget is None:
        return each.left
    rows = [budget.rows.index(row) for row in item_rows(budget, each.item)]
    cells = [lefts._replace(top=lefts.top + row, bottom=lefts.top + row).ref for row in rows]
    return Formula("+".join(cells), each.left)


def _risks(case: Case, sheet: Sheet, row: int) -> int:
    outcome = case.outcome
    found = risks(case.ledgers, outcome.findings, outcome.tie_outs, case.made, case.school)
    row = _heading(sheet, row, "四、风险提示")
    for n, text in enumerate(found or ["没有需要提示的风险。"], 1):
        line = f"{n}. {text}" if found else text
        sheet.merge((row, 1, row, COLUMNS), line, TEXT.but(wrap=True))
        row += 1
    return row


def _signatures(case: Case, sheet: Sheet, row: int) -> None:
    row = _heading(sheet, row, "五、签批")
    for n, post in enumerate(("后勤主任", "分管副校长", "校长")):
        left, right = 1 + 4 * n, 4 + 4 * n
        sheet.merge((row, left, row, right), case.school.posts.get(post, post) + "意见", HEAD)
        sheet.merge((row + 1, left, row + 1, right), "", BOX)
        sheet.merge((row + 2, left, row + 2, right), "签字：　　　　　　　年　月　日", BOX.but(size=10))
    sheet.height(row + 1, SIGNING)
    sheet.height(row + 2, 24)
