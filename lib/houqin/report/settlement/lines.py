"""Lines of the working papers: a title, a figure as a live formula, its basis, and the way back to the ledger rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import add_amounts, is_form, lacking
from houqin.report.settlement.case import NOWHERE, Line
from houqin.report.summary_case import INDENTED, NUMBER, write_head, write_note
from houqin.workbook import CENTER, HEADING, MONEY, NOTE, WRAPPED, Area, Col, Formula, Link, internal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import LineRule
    from houqin.report.records import Record
    from houqin.report.settlement.amount import Amount
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

TEN_THOUSAND, HUNDREDTH = "万元", Decimal("0.01")
TITLE_COLUMN, FIGURE_COLUMN = 2, 3


def write_lines(  # noqa: PLR0913  (the last by keyword)
    case: Case, sheet: Sheet, top: int, rules: Sequence[LineRule], heading: str = "", *, fitted: bool = True,
    noted: bool = True,
) -> int:  # fmt: skip
    """Write lines one below another from a row; give the row at which the sheet goes on.

    A line that sums others must stand below them, or on a sheet written before. `fitted`: the columns get the widths
    that lines want; not below another table. `noted`: with their notes, for which others may have a wider place.
    """
    if heading:
        sheet.text(top, 1, heading, HEADING)
        top += 1
    columns = _columns(case) if fitted else [replace(each, width=0) for each in _columns(case)]
    body = [line_row(case, sheet, top + n, n, rule) for n, rule in enumerate(rules, 1)]
    rows = [row if noted else [*row[:-1], None] for row, _ in body]
    placed = sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)
    for n, (rule, (_, amount)) in enumerate(zip(rules, body, strict=True)):
        _mark(sheet, placed.first + n, rule, amount)
    return placed.next_row


def line_row(
    case: Case, sheet: Sheet, row: int, number: int, rule: LineRule
) -> tuple[list[CellValue], Amount]:
    """Give the cells of a line, and keep the line for those that refer to it."""
    amount, link = figure_of(case, rule)
    case.lines[rule.id] = Line(rule, Area(sheet.name, row, FIGURE_COLUMN, row, FIGURE_COLUMN), amount, link)
    cells: list[CellValue] = [number, "　" * max(0, rule.level - 1) + rule.title, amount.cell]
    if case.unit == TEN_THOUSAND:
        cells.append(None if amount.value is None else in_ten_thousand(f"C{row}", amount.value))
    how = link or ("上面各行相加减" if rule.sum else None)
    shown = how if amount.value is not None else said_lacking(case, amount) or "缺资料"
    return [*cells, rule.basis, shown, note_of(case, rule, amount) or None], amount


def figure_of(case: Case, rule: LineRule) -> tuple[Amount, Link | None]:
    """Work a line's figure out: what its sheet's code made of it, a sum of lines, or a sum of ledger rows."""
    if rule.made:
        made = case.made.get(rule.id)
        return (case.rests_on(rule.of, made.amount), made.link) if made else (lacking(), None)
    if rule.sum:
        return case.lines_sum(rule.sum), None
    wheres: list[dict[str, str | int]] = [
        {**rule.where, **({"code": f"{code}*"} if code else {}), **_leaf(case, rule.form)}
        for code in rule.codes or ("",)
    ]
    amount = add_amounts(case.sum(rule.form, rule.field, **where) for where in wheres)
    records = [each for where in wheres for each in case.chosen(rule.form, **where)]
    return (amount if rule.sign > 0 else -amount), case.link(rule.form, _that_count(records, rule.field))


def _leaf(case: Case, form: str) -> dict[str, int]:
    data = case.data.get(form)
    return {"leaf": 1} if data is not None and "leaf" in data.columns else {}


def _that_count(records: Sequence[Record], field: str) -> list[Record]:
    return [each for each in records if each.values.get(field)]


def _columns(case: Case) -> list[Col]:
    columns = [Col("行次", NUMBER, 6), Col("项目", WRAPPED, 34), Col("金额（元）", MONEY, 18)]
    if case.unit == TEN_THOUSAND:
        columns.append(Col("金额（万元）", MONEY, 13))
    return [*columns, Col("口径", CENTER, 12), Col("取数（点开看台账的行）", INDENTED, 22), Col("说明", WRAPPED, 30)]


def in_ten_thousand(cell: str, value: Decimal) -> Formula:
    """Give what a figure in 元 is in 万元, for showing alone: sums are made in 元."""
    return Formula(f"ROUND({cell}/10000,2)", (value / 10000).quantize(HUNDREDTH, ROUND_HALF_UP))


def said_lacking(case: Case, amount: Amount) -> str:
    """Say what a figure lacks: the workbooks by their titles, then all else in its own words; '' where nothing."""
    titles = "、".join(case.wanted(need) for need in amount.needs if is_form(need))
    words = [each.rstrip("。") for each in (*amount.needs, *amount.doubts) if not is_form(each)]
    return "；".join([f"缺{titles}" if titles else "", *words]).strip("；")


def note_of(case: Case, rule: LineRule, amount: Amount) -> str:
    """Give a line's note; of a figure that is only a part, first what it lacks."""
    if amount.value is None or amount.is_whole:
        return rule.note
    return f"? 不全：{said_lacking(case, amount)}。{rule.note}"


def _mark(sheet: Sheet, row: int, rule: LineRule, amount: Amount) -> None:
    """Show totals in bold, and what lacks a source in its colour."""
    if rule.level == 0:
        style = MONEY.but(bold=True, rule="row")
        sheet.text(row, TITLE_COLUMN, rule.title, WRAPPED.but(bold=True, rule="row"))
        if amount.value is not None:
            sheet.write(row, FIGURE_COLUMN, amount.cell, style)
    if amount.value is None:
        sheet.text(row, FIGURE_COLUMN, amount.unknown, NOTE.but(rule="row", colour="doubt", align="right"))
    elif not amount.is_whole:
        sheet.write(row, FIGURE_COLUMN, amount.cell, MONEY.but(rule="row", colour="doubt", bold=rule.level == 0))


def sheet_head(case: Case, sheet: Sheet, title: str, says: str, forms: Sequence[str] = ()) -> int:
    """Write the head of a working paper; say under it which forms are missing. Give the row at which it goes on."""
    columns = len(_columns(case))
    row = write_head(case, sheet, title, columns, [says] if says else [], forms=forms)
    missing = [form for form in forms if not case.has(form)]
    partly = [f"《{case.title_of(form)}》{case.partly[form]}" for form in forms if form in case.partly]
    if partly:
        row = write_note(sheet, row, columns, f"? 未核：{'；'.join(partly)}。补上再运行，用到它们的行就会填好。") + 1
    doubts = [doubt for form in forms for doubt in case.doubts.get(form, ())]
    if doubts:
        text = f"? 可能缺一部分：{'；'.join(doubts)}。用到它的数写“不全”，补上再运行。"
        row = write_note(sheet, row, columns, text) + 1
    if missing:
        names = "、".join(f"《{case.title_of(form)}》" for form in missing)
        text = f"? 未核（缺资料）：收件箱里没有{names}，放进去再运行，用到它们的行就会填好。"
        row = write_note(sheet, row, columns, text) + 1
    return row


def line_link(case: Case, line_id: str) -> Link | None:
    """Give a link to the cell of a line."""
    line = case.lines.get(line_id)
    if line is None or line.area == NOWHERE:
        return None
    return Link(internal(line.area.sheet, line.area.local.replace("$", "")), f"{line.area.sheet} {line.rule.title}")

