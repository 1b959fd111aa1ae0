"""What `inspect` found, told: lines for a terminal, and a picture of each sheet for a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from houqin.display import TITLES, PicturedTable, SheetPicture, grouped, show_sheets
from houqin.jobs.inspection import inspect_files
from houqin.locate import explain_rows
from houqin.model import column_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.display import Shown
    from houqin.jobs.inspection import Inspection
    from houqin.model import Grid, Match, MatchedColumn


class Line(NamedTuple):
    """A line for the terminal and what it tells of: file, table, error, question, column or a kind of rows."""

    text: str
    tone: str


def summary_lines(found: Inspection) -> list[Line]:
    """Tell what was found: each file, each table with its doubts, rows and columns."""
    lines: list[Line] = []
    for file in found.result.files:
        if file.status != "read":
            lines.append(Line(file.reason or f"《{file.path}》没有读取。", "error"))
            continue
        lines.append(Line(f"《{file.path}》", "file"))
        for grid in file.grids:
            own = _tables_of(found, file.path, grid)
            lines += [line for match in own for line in _table_lines(match, found)]
            if not own and any(grid.kinds):
                lines.append(Line(f"  “{grid.sheet}”没有认出表格", "question"))
    return lines


def show_workbook(path: str | Path, school: str | Path | None = None) -> Shown:
    """Show each sheet of a workbook as a picture, its rows coloured by what they were taken as, with the reasons."""
    found = inspect_files([Path(path)], Path(school) if school is not None else None)
    sheets = [
        SheetPicture(file.path, grid, tuple(
            PicturedTable(match.table, _form_title(match, found), explain_rows(match.table))
            for match in _tables_of(found, file.path, grid)
        ))
        for file in found.result.files for grid in file.grids
    ]  # fmt: skip
    return show_sheets(sheets, [file.reason for file in found.result.files if file.status != "read" and file.reason])


def _tables_of(found: Inspection, path: str, grid: Grid) -> list[Match]:
    return [match for match in found.result.matches if match.table.path == path and match.table.grid is grid]


def _table_lines(match: Match, found: Inspection) -> Iterator[Line]:
    """Tell of one table: where and what it is, why a person should look, what its rows were taken as, its columns."""
    raw = match.table
    sure = f"（{match.form}，把握 {match.confidence:.0%}）" if match.form else ""
    unit = f"，单位：{raw.unit}" if raw.unit else ""
    rows = f"{len(raw.record_rows)} 条记录"
    yield Line(f"  “{raw.grid.sheet}”{raw.range.a1}  {_form_title(match, found)}{sure}，{rows}{unit}", "table")
    for doubt in raw.doubts:
        yield Line(f"    {'? 请核对' if raw.is_unsure else '· 说明'}：{doubt}", "question" if raw.is_unsure else "note")
    for group in grouped(explain_rows(raw)):
        yield Line(f"    {TITLES[group.kind]}  {group.rows}{f'  {group.why}' if group.why else ''}", group.kind)
    for column in match.columns:
        yield Line(_column_line(column, found, match.form), "column")


def _form_title(match: Match, found: Inspection) -> str:
    return found.forms.by_id[match.form].title if match.form else "不认识的表"


def _column_line(matched: MatchedColumn, found: Inspection, form: str | None) -> str:
    header = f"    {column_letter(matched.column.index)}  {matched.column.header or '（无表头）'}"
    if form is None:
        return header
    if matched.field is None:
        return f"{header} → 台账里没有这一项，照原样留着"
    role = {"axis": "，行的名目", "value": "，表中间的值"}.get(matched.role, "")
    return f"{header} → {found.forms.by_id[form].field(matched.field).title}（{matched.field}{role}）"
