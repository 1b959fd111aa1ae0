"""课桌凳调拨单, in three copies (三联)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.moves import DeskPlan, Move, desk_moves
from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

DESKS = "课桌凳调拨单"
COPIES = ("第一联　存根", "第二联　调出", "第三联　调入")
POSTS = ("调出人", "调入人", "经办人", "后勤主任")
COLUMNS = (
    FormColumn("序号", 6, CENTRED),
    FormColumn("调出", 15, CENTRED),
    FormColumn("调入", 15, CENTRED),
    FormColumn("课桌（张）", 10, NUMBER, total=True),
    FormColumn("凳子（把）", 10, NUMBER, total=True),
    FormColumn("调出方签字", 14),
    FormColumn("调入方签字", 14),
)


def write_desks(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the proposed moves three times, a page each; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare()
    if "desks" not in ledgers:
        frame.missing(DESKS, [forms.by_id["desks"].title])
        return "缺资料"
    plan = desk_moves(ledgers, school, forms)
    if not plan.moves:
        frame.missing(DESKS, [], "没有可以调拨的桌凳。" + _lack(plan))
        return "不需调拨"
    row = 1
    for number, copy in enumerate(COPIES):
        row = _copy(frame, row, copy, plan)
        if number < len(COPIES) - 1:
            sheet.page.breaks.append(row - 1)
    return f"{len(plan.moves)} 笔，三联"


def _copy(frame: Frame, row: int, mark: str, plan: DeskPlan) -> int:
    top = frame.head(DESKS, row=row, mark=mark, unit="张、把")
    rows: list[list[CellValue]] = [_values(number, move) for number, move in enumerate(plan.moves, 1)]
    placed = frame.table(top, COLUMNS, rows, total="合计")
    row = frame.sign(placed.next_row, POSTS)
    lack = _lack(plan)
    return frame.note(row, lack) if lack else row


def _values(number: int, move: Move) -> list[CellValue]:
    return [number, move.source, move.target, move.desks, move.chairs, None, None]


def _lack(plan: DeskPlan) -> str:
    """Say what is still short after all moves."""
    settled = list(plan.settled.values())
    desks, chairs = sum(s.desks_lack for s in settled), sum(s.chairs_lack for s in settled)
    if not desks and not chairs:
        return ""
    mend_desks, mend_chairs = sum(s.desks_mend for s in settled), sum(s.chairs_mend for s in settled)
    text = f"注：调拨后全校还缺课桌 {desks} 张、凳子 {chairs} 把"
    if mend_desks or mend_chairs:
        text += f"，其中修好本班损坏的可补课桌 {mend_desks} 张、凳子 {mend_chairs} 把"
    return text + "。"
