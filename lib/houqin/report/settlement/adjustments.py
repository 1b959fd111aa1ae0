"""调整事项: the entries that the other sheets proposed, to be decided, entered by who keeps the books, and signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.settlement.keyed import shown
from houqin.report.summary_case import INDENTED, NUMBER, place_link, write_head, write_note
from houqin.workbook import INPUT, MONEY, WRAPPED, Col

if TYPE_CHECKING:
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

SIGNERS = (("制单：", "审核：", "会计负责人："), ("学校报账员：", "后勤主任：", "核算中心会计："))
STATES = ("待办", "已入账", "不调整")
COLUMNS = (
    Col("序", NUMBER, 5), Col("事项", WRAPPED, 34), Col("借方科目", WRAPPED, 22), Col("贷方科目", WRAPPED, 22),
    Col("金额（元）", MONEY, 16, "sum"), Col("依据", WRAPPED, 28), Col("原表", INDENTED, 24),
    Col("办理人", INPUT, 9), Col("状态", INPUT, 9), Col("凭证号", INPUT, 10),
    Col("说明（不调整的写原因）", INPUT.but(wrap=True), 18),
)  # fmt: skip


def title_of(case: Case) -> str:
    """Give the title: who keeps the books enters, who reports proposes."""
    if case.is_central:
        return "建议调整事项（交核算中心）"
    return "调整分录" if case.school.accounting.get("mode") == "独立核算" else "调整事项"


def write_adjustments(case: Case, sheet: Sheet) -> None:
    """Fill 调整事项 from what the other sheets found; amounts are links to their figures."""
    says = "由前面各张底稿提出，只是建议：要不要调、调在哪一年，由会计决定。原表和账都没有改动。"
    if case.is_central:
        centre = str(case.school.accounting.get("centre") or "核算中心")
        says = f"由前面各张底稿提出，请{centre}核实后入账；学校不改账。办好的填凭证号。"
    top = write_head(case, sheet, title_of(case), len(COLUMNS), [says])
    rows: list[list[CellValue]] = [
        [n, each.reason, each.debit, each.credit, shown(each.amount), each.evidence, place_link(each.place),
         None, STATES[0], None, None]
        for n, each in enumerate(case.adjustments, 1)
    ]  # fmt: skip
    placed = sheet.table(top, 1, COLUMNS, rows, autofilter=False)
    row = placed.next_row
    if not rows:
        row = write_note(sheet, row, len(COLUMNS), "没有要调整的事项。")
    else:
        sheet.choices(placed.column(8), STATES, "请从下拉列表里选：待办、已入账、不调整。")
    for n, text in enumerate(SIGNERS[case.is_central]):
        sheet.text(row + n, 2, text)
        sheet.height(row + n, 30)
