"""Rows that a blank came with and nobody filled in: the goods that a class was offered are none that it took."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.match.headers import squash
from houqin.model import Finding, Kind, Level, Place, RowKind, a1

if TYPE_CHECKING:
    from houqin.forms import Form
    from houqin.model import Match


def pass_over_offered(match: Match, form: Form) -> tuple[Match, list[Finding]]:
    """Mark the rows as blank in which nothing but what the form's blank offers is filled in, and say how many.

    Only a list is looked at, in which at least one such field has a column.
    """
    table = match.table
    offered = _offered_columns(match, form)
    if not offered or form.layout(match.layout or "").kind != "list":
        return match, []
    asked = [c.column for c in match.columns if c.column.index not in offered]
    rows = [row for row in table.record_rows if _is_left(match, row, [(c.line, c.index) for c in asked])]
    if not rows or not asked:
        return match, []
    kept = replace(table, skipped=dict(sorted({**table.skipped, **dict.fromkeys(rows, RowKind.BLANK)}.items())))
    place = Place(table.path, table.grid.sheet, a1(rows[0], min(offered)))
    message = f"有 {len(rows)} 行只印着名称，没有填，不计入（第 {rows[0]} 行起）。"
    return replace(match, table=kept), [Finding("not-filled", Level.INFO, message, place, form=form.id)]


def _offered_columns(match: Match, form: Form) -> set[int]:
    """Give the sheet's columns that say nothing of what was taken: row numbers, names, units, printed standards."""
    if form.blank is None or not form.blank.offered:
        return set()
    numbers = {each.id for each in form.fields if each.type == "row-number"}
    words = {squash(word) for word in form.blank.offered}
    found = {
        c.column.index for c in match.columns
        if c.field in form.blank.offered or squash(c.column.header) in words
    }  # fmt: skip
    return found | {c.column.index for c in match.columns if c.field in numbers} if found else found


def _is_left(match: Match, row: int, cells: list[tuple[int, int]]) -> bool:
    grid = match.table.grid
    return all(grid.kind(row + line, column) == Kind.BLANK for line, column in cells)
