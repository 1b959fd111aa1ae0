"""表外文字: what stands on the sheets beside the tables, and what became of it; nothing of a workbook goes unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.model import Kind, a1
from houqin.report.ledger_columns import ledger_title
from houqin.values import shown
from houqin.workbook import CODE, COUNT, TEXT, Col, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from houqin.forms import Form
    from houqin.model import Grid, Table
    from houqin.workbook import CellValue, Sheet

OUTSIDE = "表外文字"
NOTE = "表格上下左右的文字，一处一行：哪些读作了什么，其余只是看过，没有当作数据。点“单元格”打开原表。"
TITLE, UNIT, UNUSED = "标题", "金额单位", "没有当作数据"


class Outside(NamedTuple):
    """A text beside the tables of a sheet, and how it was used."""

    file: str
    sheet: str
    cell: str
    text: str
    use: str


def outside_texts(tables: Sequence[Table], form: Form) -> list[Outside]:
    """Give what stands beside the tables of a form, by sheet and cell, with how it was used."""
    sheets: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        sheets.setdefault((table.path, table.sheet), []).append(table)
    return [
        Outside(file, sheet, cell, text, _use(cell, own, form))
        for (file, sheet), own in sorted(sheets.items())
        if any(table.form == form.id for table in own)
        for cell, text in _beside(own[0].match.table.grid, own)
    ]


def _beside(grid: Grid, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    """Give address and text of each cell that is in no table."""
    areas = [table.match.table.range for table in tables]
    width, kinds = grid.columns, grid.kinds
    for row in range(1, grid.rows + 1):
        if not any(kinds[(row - 1) * width : row * width]):
            continue
        spans = [(area.left, area.right) for area in areas if area.top <= row <= area.bottom]
        for column in range(1, width + 1):
            if any(left <= column <= right for left, right in spans) or grid.kind(row, column) == Kind.BLANK:
                continue
            text = shown(grid.cell(row, column)).strip()
            if text:
                yield a1(row, column), text


def _use(cell: str, tables: Sequence[Table], form: Form) -> str:
    """Say what a text was read as: a title, the unit, a field of the form."""
    fields = [
        f"读作{form.field(name).title}"
        for table in tables
        if table.form == form.id
        for name, note in table.match.context.items()
        if a1(note.row, note.column) == cell
    ]
    notes = [note for table in tables for note in table.match.table.notes if a1(note.row, note.column) == cell]
    titles = [TITLE for note in notes if note.label == "title"]
    units = [UNIT for table in tables if table.match.table.unit_cell == cell]
    return "、".join(dict.fromkeys([*titles, *fields, *units])) or UNUSED


def write_outside(
    sheet: Sheet,
    form: Form,
    found: Sequence[Outside],
    link: Callable[[str, str, str | None], str],
    lines: Sequence[str],
) -> None:
    """Write the sheet."""
    top = sheet.head(f"{ledger_title(form)}　{OUTSIDE}", 6, lines=[*lines, NOTE])
    columns = [
        Col("序号", COUNT), Col("来源文件"), Col("来源工作表"), Col("单元格", TEXT.but(align="center")),
        Col("文字", CODE.but(wrap=True)), Col("怎样用的"),
    ]  # fmt: skip
    rows: list[list[CellValue]] = [
        [number, each.file, each.sheet, Link(link(each.file, each.sheet, each.cell), each.cell), each.text, each.use]
        for number, each in enumerate(found, 1)
    ]
    sheet.table(top, 1, columns, rows)
