"""What matching says to the clerk: unknown tables, ties, columns that are doubled or only alike."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.match.candidates import COVERS
from houqin.match.evidence import is_plain
from houqin.model import Finding, Kind, Level, Place, a1

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form
    from houqin.match.candidates import Candidate
    from houqin.model import RawTable

_FIRST_HEADERS = 6
# With so few known columns a table is like any form.
_FEW = 2


def unknown_table(table: RawTable, closest: Candidate | None) -> Finding:
    """Say that no form fits, and which comes closest."""
    headers = [column.header for column in table.columns if column.header]
    named = "、".join(headers[:_FIRST_HEADERS]) + ("…" if len(headers) > _FIRST_HEADERS else "")
    message = f"没有认出 {table.range.a1} 这张表是哪种表单（表头：{named or '没有表头'}），暂未计入。"
    level = Level.WARNING
    if closest and closest.missing and closest.coverage >= COVERS and len(closest.fields) > _FEW:
        lacking = "、".join(f"“{_title(closest.form, f)}”" for f in dict.fromkeys(closest.missing))
        message += f"最像“{closest.form.title}”，但没有{lacking}列。"
        message += "如果就是这种表，请补上这一列，或把表头改成这个名称，再运行一次。"
        level = Level.QUESTION  # a whole workbook that the totals lack is no mere hint
    return Finding("unknown-table", level, message, _place(table), found=named)


def is_unfilled(table: RawTable) -> bool:
    """Tell a printed form in which nobody has written yet: no record, and totals of nothing."""
    if table.record_rows:
        return False
    beside = [column.index for column in table.columns[1:]]  # the first may number the rows
    cells = (table.grid.cell(row, column) for row in table.skipped for column in beside)
    return not any(cell.kind == Kind.NUMBER and cell.value for cell in cells)


def unfilled_table(table: RawTable) -> Finding:
    """Mention it, as nothing of it counts."""
    message = f"{table.range.a1} 这张表只有表头，没有填内容，没有使用。"
    return Finding("unknown-table", Level.INFO, message, _place(table))


def unsure_table(table: RawTable) -> Finding:
    """Ask about a table that may lie otherwise than it was taken, with the reasons."""
    reasons = "；".join(table.doubts)
    message = f"{table.range.a1} 这张表的位置没有十分把握：{reasons}。请核对表头、记录和合计是不是这样。"
    return Finding("unsure-table", Level.QUESTION, message, _place(table))


def form_tie(table: RawTable, best: Sequence[Candidate]) -> Finding:
    """Say which forms fit alike, and which columns would tell them apart."""
    titles = "又像".join(f"“{each.form.title}”" for each in best)
    likes = f"既像{titles}" if len(best) > 1 else f"像{titles}，但没有一列是这种表单特有的"
    telling = [_telling(each, [o for o in best if o is not each]) for each in best]
    lacking = "，也".join(f"没有“{title}”列" for title in telling if title)
    why = f"（{lacking}）" if lacking else ""
    message = f"{table.range.a1} 这张表{likes}{why}，不敢替您判断，暂未计入。请选择是哪一种，下次会记住。"
    headers = "、".join(column.header for column in table.columns if column.header)
    only = best[0].form.title if len(best) == 1 else None
    return Finding("form-tie", Level.QUESTION, message, _place(table), found=headers, suggestion=only)


def column_findings(table: RawTable, candidate: Candidate) -> list[Finding]:
    """Say what is doubtful about single columns of a table whose form is known."""
    found = [_two_columns(table, candidate, f, columns) for f, columns in (candidate.doubled or {}).items()]
    for c, field_id in (candidate.proposed or {}).items():
        header, title = table.columns[c].header, _title(candidate.form, field_id)
        message = f"表头“{header}”按“{title}”处理。如果不对，请改用标准名称“{title}”或告诉管理员。"
        found.append(_finding("near-column", Level.INFO, message, table, c, candidate, field_id))
    for c, field_ids in (candidate.asked or {}).items():
        likes = "或".join(f"“{_title(candidate.form, f)}”" for f in field_ids)
        message = f"表头“{table.columns[c].header}”像是{likes}，不敢替您认定，暂未使用。请确认它是哪一列。"
        asked = _finding("near-column", Level.QUESTION, message, table, c, candidate, field_ids[0])
        only = _title(candidate.form, field_ids[0]) if len(field_ids) == 1 else None
        found.append(replace(asked, suggestion=only))
    if candidate.unknown_words and candidate.layout.across:
        axis = _title(candidate.form, candidate.layout.across)
        for c in candidate.unknown_words:
            message = f"表头“{table.columns[c].header}”不在已知的“{axis}”之中，这一列暂未使用。请确认它是什么。"
            found.append(_finding("near-column", Level.QUESTION, message, table, c, candidate, candidate.layout.across))
    return found


def _two_columns(table: RawTable, candidate: Candidate, field_id: str, columns: Sequence[int]) -> Finding:
    cells = [a1(_header_row(table, c), table.columns[c].index) for c in columns]
    named = "、".join(f"{cell}“{table.columns[c].header}”" for cell, c in zip(cells, columns, strict=True))
    title = _title(candidate.form, field_id)
    message = f"{named}都像是“{title}”，没有擅自取舍，这几列暂未使用。请指定以哪一列为准。"
    return _finding("two-columns", Level.QUESTION, message, table, columns[-1], candidate, field_id)


def _finding(  # noqa: PLR0913, PLR0917  (a finding has that many sides)
    code: str, level: Level, message: str, table: RawTable, c: int, candidate: Candidate, field_id: str
) -> Finding:
    column = table.columns[c]
    place = Place(table.path, table.grid.sheet, a1(_header_row(table, c), column.index))
    return Finding(code, level, message, place, found=column.header, form=candidate.form.id, field=field_id)


def _telling(candidate: Candidate, others: Sequence[Candidate]) -> str | None:
    """Give the title of a field that this form has, its rivals have not, and the table lacks."""
    theirs = {each.title for other in others for each in other.form.fields}
    have = set(candidate.fields.values()) | set(candidate.context)
    order = {f: i for i, f in enumerate(candidate.form.distinctive)}
    lacking = [
        each
        for f, each in enumerate(candidate.form.fields)
        if each.id not in have and each.title not in theirs and not is_plain(candidate.form, f)
    ]
    lacking.sort(key=lambda each: order.get(each.id, len(order)))
    return lacking[0].title if lacking else None


def _title(form: Form, field_id: str) -> str:
    titles: Mapping[str, str] = {each.id: each.title for each in form.fields}
    return titles.get(field_id, field_id)


def _header_row(table: RawTable, c: int) -> int:
    """Give the row of a column's own label: where records take several rows, each line has its header row."""
    if table.height > 1:
        return table.header_rows[table.columns[c].line]
    return table.header_rows[-1] if table.header_rows else table.body[0]


def _place(table: RawTable) -> Place:
    return Place(table.path, table.grid.sheet, a1(table.range.top, table.range.left))
