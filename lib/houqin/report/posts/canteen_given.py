"""The lines of a statement that the office filled in itself, its sums, surplus and rates as formulas again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.account.outline import RATE, Line, children_of, depth_of, heads_of, is_income, is_result, is_surplus
from houqin.model import Kind, RowKind
from houqin.report.posts import statement
from houqin.values import canonical_text, shown
from houqin.workbook import Formula, Link, internal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue

FORM = "canteen_statement"
MONTH = 7


def given_months(case: PostCase) -> set[str]:
    """Give the months of which the office has filled in a statement."""
    data = case.data.get(FORM)
    return {r.text("date")[:MONTH] for r in data.records if not r.pending and r.text("date")} if data else set()


def given_lines(case: PostCase, month: str) -> tuple[list[statement.Line], int, int | None, list[str]]:
    """Give the lines of a month's statement, the positions of its income and its surplus, and reasons to hold it back.

    Where the income or the surplus is no line of its own, a line is added for it.
    """
    records = [r for r in case.data[FORM].records if not r.pending and r.text("date")[:MONTH] == month]
    texts = _outline(case, records)
    lines = [_line(case, texts, at) for at in range(len(texts))]
    numbered = any(line.plus for line in lines)
    heads = [_position(texts, each) for each in heads_of(texts)]
    incomes = [n for n, each in zip(heads, heads_of(texts), strict=True) if is_income(each)]
    costs = sorted([*(n for n in heads if n not in incomes), *_blank_heads(texts)])
    income = incomes[0] if len(incomes) == 1 else _added(lines, "收入合计", incomes)
    if len(incomes) != 1:
        _added(lines, "支出合计", costs)
    surplus = next((at for at, each in enumerate(texts) if is_surplus(each.text) and each.record is not None), None)
    if surplus is None and heads:
        lines.append(statement.Line("收支结余", plus=tuple(incomes), minus=tuple(costs), bold=True))
        surplus = len(lines) - 1
    elif surplus is not None and heads:
        old = lines[surplus]
        lines[surplus] = statement.Line(old.text, plus=tuple(incomes), minus=tuple(costs), bold=True, link=old.link)
    for at, each in enumerate(texts):
        if RATE.search(each.text) and "利润率" in each.text and surplus is not None:
            lines[at] = statement.Line(each.text, over=(surplus, income), bold=True)
    if surplus is not None and not any(line.over for line in lines):
        lines.append(statement.Line("盈亏率（收支差额÷收入）", over=(surplus, income), bold=True))
    if heads and len(incomes) != 1 and not numbered:
        lines, moved = _arranged(lines, [*incomes, income, *costs, income + 1])
        income, surplus = moved[income], moved[surplus] if surplus is not None else None
    reasons = [] if heads else ["看不出公示表的收入和支出各是哪几项"]
    sheets = {(s[0], s[1]) for s in _sources(case, records)}
    if len(sheets) > 1:
        reasons.append(f"{month} 的公示表收到 {len(sheets)} 份，请只留一份")
    return lines, income, surplus, reasons


def _arranged(lines: list[statement.Line], first: Sequence[int]) -> tuple[list[statement.Line], dict[int, int]]:
    """Put some lines before all others, so that a sum stands below what it adds up; give where each line went."""
    order = [*first, *(n for n in range(len(lines)) if n not in first)]
    moved = {old: new for new, old in enumerate(order)}
    return [_moved(lines[old], moved) for old in order], moved


def _moved(line: statement.Line, to: dict[int, int]) -> statement.Line:
    over = (to[line.over[0]], to[line.over[1]]) if line.over else None
    return replace(line, plus=tuple(to[n] for n in line.plus), minus=tuple(to[n] for n in line.minus), over=over)


def _blank_heads(texts: Sequence[Line]) -> list[int]:
    """Give the costs without any amount, 三、税金及附加: once somebody fills them in they count."""
    end = next((at for at, each in enumerate(texts) if is_surplus(each.text)), 0)
    return [
        at for at, each in enumerate(texts[:end])
        if each.record is None and not each.depth and not is_income(each) and not children_of(texts, at)
    ]  # fmt: skip


def _added(lines: list[statement.Line], text: str, parts: Sequence[int]) -> int:
    lines.append(statement.Line(text, plus=tuple(parts), bold=True))
    return len(lines) - 1


def _outline(case: PostCase, records: Sequence[Record]) -> list[Line]:
    """Give the items in the order of their sheet, with the heads that have no amount of their own among them."""
    sources = _sources(case, records)
    found: dict[tuple[str, str, int, int], Line] = {}
    for number, (record, (file, sheet, row)) in enumerate(zip(records, sources, strict=True)):
        text = canonical_text(record.text("item"))
        found[file, sheet, row, number] = Line(record.index, text, depth_of(text), record.text("section"))
    places = {(file, sheet) for file, sheet, _ in sources}
    for table in case.tables:
        raw = table.match.table
        if table.form != FORM or (table.path, table.sheet) not in places or len(_months_of(case, table.path)) > 1:
            continue
        for row, kind in raw.skipped.items():
            filled = [c.index for c in raw.columns if raw.grid.kind(row, c.index) != Kind.BLANK]
            if kind == RowKind.CATEGORY and filled:
                text = canonical_text(shown(raw.grid.cell(row, filled[0])))
                found[table.path, table.sheet, row, -1] = Line(None, text, depth_of(text), "")
    return [found[key] for key in sorted(found)]


def _months_of(case: PostCase, file: str) -> set[str]:
    ledger = case.ledgers[FORM]
    own = [r for r, f in zip(case.data[FORM].records, ledger.sources["file"], strict=True) if f == file]
    return {r.text("date")[:MONTH] for r in own}


def _sources(case: PostCase, records: Sequence[Record]) -> list[tuple[str, str, int]]:
    sources = case.ledgers[FORM].sources
    rows = [r.index for r in records]
    return [(str(sources["file"].iloc[n]), str(sources["sheet"].iloc[n]), int(sources["row"].iloc[n])) for n in rows]


def _line(case: PostCase, texts: Sequence[Line], at: int) -> statement.Line:
    """Give a line: its cells in the data sheet, or the sum of the items below it."""
    each = texts[at]
    below = [] if is_result(each.text) else children_of(texts, at)
    inside = tuple(_position(texts, child) for child in below)
    bold, indent = each.depth == 0 or bool(inside), 0 if each.depth == 0 or each.depth > 3 else 2
    if each.record is None:
        return statement.Line(each.text, plus=inside, bold=bold)
    link = _link(case, each.record)
    if inside:
        return statement.Line(each.text, plus=inside, bold=bold, indent=indent, link=link)
    own = tuple(_cell(case, each.record, field) for field in ("month_amt", "year_amt"))
    return statement.Line(each.text, own=own, bold=bold, indent=indent, link=link)


def _position(texts: Sequence[Line], wanted: Line) -> int:
    return next(n for n, each in enumerate(texts) if each.record == wanted.record and each.text == wanted.text)


def _link(case: PostCase, record: int) -> Link:
    row = case.data[FORM].placed.first + record
    return Link(internal(case.data[FORM].placed.sheet, f"A{row}"), "")


def _cell(case: PostCase, record: int, field: str) -> CellValue:
    """Give the ledger's cell as a formula; None where it is blank: a blank is no 0."""
    data = case.data[FORM]
    value = data.records[record].values.get(field)
    if value is None:
        return None
    return Formula(data.placed.cell(record, data.columns[field]).ref, value)
