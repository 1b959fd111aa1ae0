"""The sheet 台账: typed columns, live checks, a live 合计, and each row's source as a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.exact import exact_column, listed, total, unscaled
from houqin.model import column_letter
from houqin.report.ledger_columns import HEADER_ROW, LedgerColumn, ledger_title
from houqin.workbook import CENTER, COUNT, Area, Col, Formula, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from houqin.forms import Form
    from houqin.model import Ledger
    from houqin.report.ledger_checks import LiveCheck
    from houqin.workbook import CellValue, Placed, Sheet

PENDING = "待定"
# Characters that a landscape page holds at a size that can be read; beyond, checks and sources stay off the paper.
WIDEST_ON_PAPER = 150


@dataclass(frozen=True, slots=True)
class Written:
    """Where the ledger stands, and its live checks with the cells of each."""

    placed: Placed
    checks: Sequence[tuple[LiveCheck, Area]]


def write_ledger_sheet(  # noqa: PLR0913  (by keyword)
    sheet: Sheet, form: Form, ledger: Ledger, columns: Sequence[LedgerColumn], checks: Sequence[LiveCheck], *,
    lines: Sequence[str], verdict: str, link: Callable[[str, str, str | None], str],
) -> Written:  # fmt: skip
    """Write all records; pending ones are marked and stay out of 合计."""
    sheet.page.landscape = len(columns) > 7
    has_pending = bool(ledger.frame["pending"].any())
    width = len(columns) + len(checks) + has_pending + 4
    top = sheet.head(ledger_title(form), min(width, 12), lines=lines, verdict=verdict)
    if top != HEADER_ROW:
        sheet.height(HEADER_ROW - 1, 6)
    status = len(columns) + 2 if has_pending else 0  # the column 状态
    before = len(columns) + 1 + has_pending  # columns before the checks
    numbers: list[CellValue] = list(range(1, len(ledger.frame) + 1))
    state = [[PENDING if p else None for p in ledger.frame["pending"].tolist()]] if has_pending else []
    body = [_values(ledger, column) for column in columns]
    formulas = [check.formulas(HEADER_ROW + 1) for check in checks]
    rows = list(zip(numbers, *body, *state, *formulas, *_source_columns(ledger, link), strict=True))
    specs = [
        Col("序号", COUNT),
        *(_spec(column, ledger, form, status) for column in columns),
        *([Col("状态", CENTER, width=7)] if has_pending else []),
        *(Col(check.title, CENTER, width=9) for check in checks),
        Col("来源文件"), Col("来源工作表"), Col("来源单元格", CENTER),
    ]  # fmt: skip
    placed = sheet.table(HEADER_ROW, 1, specs, rows)
    sheet.freeze(HEADER_ROW + 1, _frozen_columns(form, columns))
    if rows:
        _highlight(sheet, placed, before, len(checks), status)
    if sum(sheet.column_width(c) for c in range(1, placed.right + 1)) > WIDEST_ON_PAPER:
        sheet.page.area = (1, 1, placed.total or max(placed.last, placed.first), before)
    areas = [(check, placed.column(before + number)) for number, check in enumerate(checks)]
    return Written(placed, areas)


def _values(ledger: Ledger, column: LedgerColumn) -> list[CellValue]:
    series: pd.Series = ledger.frame[column.field.id] if column.field else ledger.extra[column.extra]
    values = listed(series)
    if column.field is not None and column.field.is_number:
        scale = column.field.scale
        return [None if value is None else unscaled(value, scale) for value in values]
    return [None if value is None else str(value) for value in values]


def _source_columns(ledger: Ledger, link: Callable[[str, str, str | None], str]) -> list[list[CellValue]]:
    files, sheets = ledger.sources["file"].tolist(), ledger.sources["sheet"].tolist()
    cells = ledger.sources["cell"].tolist()
    links: list[CellValue] = [
        Link(link(file, sheet, cell), str(cell)) for file, sheet, cell in zip(files, sheets, cells, strict=True)
    ]
    return [files, sheets, links]


def _spec(column: LedgerColumn, ledger: Ledger, form: Form, status: int) -> Col:
    """Describe a column; its total leaves pending rows out and follows the filter where there are none."""
    if column.field is None or column.field.id not in form.totals:
        return Col(column.title.replace("/", "\n"), column.style)
    letter, last = column_letter(column.number), HEADER_ROW + len(ledger.frame)
    counted = total(exact_column(ledger.frame[column.field.id][~ledger.frame["pending"]], column.field.scale)) or 0
    area = f"{letter}{HEADER_ROW + 1}:{letter}{last}"
    formula = f"SUBTOTAL(109,{area})"
    if status:
        state = column_letter(status)
        formula = f'SUMIFS({area},{state}{HEADER_ROW + 1}:{state}{last},"<>{PENDING}")'
    value = Formula(formula, unscaled(counted, column.field.scale))
    return Col(column.title.replace("/", "\n"), column.style, total=value)


def _frozen_columns(form: Form, columns: Sequence[LedgerColumn]) -> int:
    """Keep the row's number and its first key column in view."""
    first = next((c.number for c in columns if c.field and c.field.id in form.key), 1)
    return first + 1 if first <= 3 else 2


def _highlight(sheet: Sheet, placed: Placed, before: int, checks: int, status: int) -> None:
    for number in range(checks):
        area = placed.column(before + number)
        first = f"{column_letter(area.left)}{area.top}"
        sheet.highlight(area, f'LEFT({first},1)="✗"', "bad-light", colour="bad", bold=True)
    if status:
        whole = Area(sheet.name, placed.first, placed.left, placed.last, placed.right)
        sheet.highlight(whole, f'${column_letter(status)}{placed.first}="{PENDING}"', "doubt-light", colour="doubt")
