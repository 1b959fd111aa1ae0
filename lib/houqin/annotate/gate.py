"""The last look: a copy whose cells, read again, differ from the clerk's own is never given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Kind, a1, is_answer_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Grid


def difference(own: Sequence[Grid], copy: Sequence[Grid]) -> str | None:
    """Say where a copy differs from the clerk's own sheets, None where every cell is the same.

    Compared are names and order of the sheets, which are hidden, and of each cell kind, value, number format and
    whether it is a formula; merges, hidden rows and columns. Lists of ours are left out.
    """
    left, right = ([grid for grid in grids if not is_answer_sheet(grid)] for grids in (own, copy))
    if [(grid.sheet, grid.visible) for grid in left] != [(grid.sheet, grid.visible) for grid in right]:
        return "工作表不同"
    for before, after in zip(left, right, strict=True):
        cell = _different_cell(before, after)
        if cell is not None:
            return f"“{before.sheet}”{cell}不同"
        if _around(before) != _around(after):
            return f"“{before.sheet}”的合并或隐藏不同"
    return None


def converted_difference(own: Sequence[Grid], copy: Sequence[Grid]) -> str | None:
    """Say where a workbook written from grids differs in a value, None where all values are the same."""
    left, right = list(own), [grid for grid in copy if not is_answer_sheet(grid)]
    if len(left) != len(right):
        return "工作表不同"
    for before, after in zip(left, right, strict=True):
        cell = _different_value(before, after)
        if cell is not None:
            return f"“{before.sheet}”{cell}不同"
    return None


def _different_cell(before: Grid, after: Grid) -> str | None:
    if (before.rows, before.columns) != (after.rows, after.columns):
        return f"大小（{before.rows} 行 {before.columns} 列）"
    value = _different_value(before, after)
    if value is not None:
        return value
    formats = after.formats[: len(before.formats)] == before.formats and before.format_ids == after.format_ids
    if formats and before.formulas == after.formulas and before.unstored == after.unstored:
        return None
    for at in range(len(before.kinds)):
        styles = before.formats[before.format_ids[at]], after.formats[after.format_ids[at]]
        if styles[0] != styles[1] or (at in before.formulas) != (at in after.formulas):
            return _address(before, at)
    return None


def _different_value(before: Grid, after: Grid) -> str | None:
    """Find the first cell with another kind or value; buffers are compared whole, cells only where these differ."""
    if (
        (before.rows, before.columns) == (after.rows, after.columns)
        and before.kinds == after.kinds
        and (
            before.numbers.tobytes() == after.numbers.tobytes()
            and before.string_ids == after.string_ids
            and before.strings == after.strings
        )
    ):
        return None
    for row in range(1, max(before.rows, after.rows) + 1):
        for column in range(1, max(before.columns, after.columns) + 1):
            left, right = before.cell(row, column), after.cell(row, column)
            if _kind(left.kind) != _kind(right.kind) or left.value != right.value:
                return a1(row, column)
    return None


def _kind(kind: Kind) -> Kind:
    """A date is a number with a format, which is compared apart."""
    return Kind.NUMBER if kind == Kind.DATE else kind


def _around(grid: Grid) -> tuple[object, ...]:
    return grid.merges, grid.hidden_rows, grid.hidden_columns, grid.bold


def _address(grid: Grid, at: int) -> str:
    return a1(at // grid.columns + 1, at % grid.columns + 1)
