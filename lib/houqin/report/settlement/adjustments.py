"""调整事项: the entries that the working papers propose, to be decided, entered by who keeps the books, and signed.

Nothing of it is made, and no figure of the settlement changes. Each entry is shown line by line, its amounts live, in
the book and at the time that it belongs to; what asks for no entry stands below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.settlement.keyed import shown
from houqin.report.settlement.propose_books import propose_additions, propose_bank, propose_depreciation
from houqin.report.settlement.propose_counts import propose_assets, propose_goods
from houqin.report.summary_case import INDENTED, NUMBER, place_link, write_head, write_note
from houqin.workbook import CENTER, HEADING, INPUT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

SIGNERS = (("制单：", "审核：", "会计负责人："), ("学校报账员：", "后勤主任：", "核算中心会计："))
STATES = ("待办", "已入账", "不调整")
COLUMNS = (
    Col("号", NUMBER, 5), Col("事项", WRAPPED, 30), Col("账", CENTER, 10), Col("什么时候", CENTER, 10),
    Col("科目", WRAPPED, 34), Col("借方（元）", MONEY, 15, "sum"), Col("贷方（元）", MONEY, 15, "sum"),
    Col("借贷", CENTER, 7), Col("依据", WRAPPED, 38), Col("原表", INDENTED, 32), Col("交给", WRAPPED, 15),
    Col("状态", INPUT, 9), Col("凭证号", INPUT, 10), Col("说明（不调整的写原因）", INPUT.but(wrap=True), 24),
)  # fmt: skip
TASKS = (
    Col("序", NUMBER), Col("要办的事", WRAPPED), Col("交给", CENTER), Col("状态", INPUT), Col("怎样办、依据", WRAPPED),
    Col("金额（元）", MONEY), Col("原表", INDENTED),
)  # fmt: skip
PROPOSALS = (propose_goods, propose_assets, propose_depreciation, propose_additions, propose_bank)
EVEN, UNEVEN = "平", "✗ 不平"


def title_of(case: Case) -> str:
    """Give the title: who keeps the books enters, who reports proposes."""
    if case.is_central:
        return "建议调整事项（交核算中心）"
    return "调整分录" if case.school.accounting.get("mode") == "独立核算" else "调整事项"


def keeper_of(case: Case) -> str:
    """Give who is to enter it."""
    if case.is_central:
        return str(case.school.accounting.get("centre") or "核算中心")
    return "学校会计" if case.school.accounting.get("mode") == "独立核算" else "记账的会计"


def write_adjustments(case: Case, sheet: Sheet) -> None:
    """Fill 调整事项 from what the working papers found; amounts are links to their figures."""
    for propose in PROPOSALS:
        propose(case)
    says = "由前面各张底稿提出，只是建议：要不要调、调在哪一年，由会计决定。原表、账和本底稿的数都没有改动。"
    if case.is_central:
        says = f"由前面各张底稿提出，请{keeper_of(case)}核实后入账；学校不改账，本底稿的数也没有改动。办好的填凭证号。"
    top = write_head(case, sheet, title_of(case), len(COLUMNS), [says])
    rows = _rows(case, top + 1)
    placed = sheet.table(top, 1, COLUMNS, rows, autofilter=False)
    case.keep_total("adj_debit", placed, 5, rows)
    case.keep_total("adj_credit", placed, 6, rows)
    row = placed.next_row
    if not rows:
        row = write_note(sheet, row, len(COLUMNS), "没有要调整的事项。")
    else:
        sheet.choices(placed.column(11), STATES, "请从下拉列表里选：待办、已入账、不调整。")
        even = placed.column(7)
        sheet.highlight(even, f'LEFT(H{even.top},1)="✗"', "bad-light", colour="bad", bold=True)
    row = _write_tasks(case, sheet, row)
    for n, text in enumerate(SIGNERS[case.is_central]):
        sheet.text(row + n, 2, text)
        sheet.height(row + n, 30)


def _rows(case: Case, first: int) -> list[list[CellValue]]:
    """Give a row a line of an entry; the entry's number is on each of them, what it is for on the first."""
    last = first + sum(len(each.sides) for each in case.adjustments) - 1
    rows: list[list[CellValue]] = []
    for number, each in enumerate(case.adjustments, 1):
        for n, side in enumerate(each.sides):
            row = first + len(rows)
            sums = [f"SUMIFS({c}${first}:{c}${last},A${first}:A${last},A{row})" for c in "FG"]
            even = Formula(f'IF(ABS(ROUND({sums[0]}-{sums[1]},2))<0.005,"{EVEN}","{UNEVEN}")', EVEN)
            head: list[CellValue] = [number, each.reason if n == 0 else None, each.book, each.when]
            lead = "借：" if side.debit is not None else "　贷："
            amounts = [None if each is None else shown(each) for each in (side.debit, side.credit)]
            rest: list[CellValue] = [each.evidence, place_link(each.place), keeper_of(case), STATES[0], None, None]
            rows.append([*head, f"{lead}{side.account}", *amounts, even, *(rest if n == 0 else [None] * len(rest))])
    return rows


def _write_tasks(case: Case, sheet: Sheet, top: int) -> int:
    if not case.tasks:
        return top
    sheet.text(top, 1, "不用记账、或记账以前先要办的", HEADING)
    rows: list[list[CellValue]] = [
        [n, each.reason, keeper_of(case), STATES[0], each.evidence, shown(each.amount), place_link(each.place)]
        for n, each in enumerate(case.tasks, 1)
    ]
    placed = sheet.table(top + 1, 1, TASKS, rows, autofilter=False, freeze=False)
    sheet.choices(placed.column(3), STATES, "请从下拉列表里选：待办、已入账、不调整。")
    return placed.next_row
