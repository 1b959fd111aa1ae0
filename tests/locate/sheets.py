"""Small sheets written as text: cells between bars, numbers as numbers, merges as addresses beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.locate import locate_tables
from houqin.model import Range, column_number, grid_of

if TYPE_CHECKING:
    from houqin.model import Grid, RawTable

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


def sheet(text: str, merges: str = "") -> Grid:
    r"""Build a grid from rows of text; a lone dot is a blank row, `'12` the text 12, `\\n` a line break."""
    rows = [[_cell(part.strip()) for part in line.split("|")] for line in text.strip("\n").splitlines()]
    return grid_of([[] if row == ["."] else row for row in rows], merges=[_range(merge) for merge in merges.split()])


def _cell(text: str) -> object:
    if not text:
        return None
    if _NUMBER.fullmatch(text):
        return float(text)
    return text.removeprefix("'").replace("\\n", "\n")


def _range(text: str) -> Range:
    (left, top), (right, bottom) = _ADDRESS.findall(text)
    return Range(int(top), column_number(left), int(bottom), column_number(right))


def found(grid: Grid) -> list[str]:
    """Say what was located: one line a table, `A3:F9 header 3-4 body 5-9 category 5 total 9`."""
    return [_described(table) for table in locate_tables(grid, "表.xlsx")]


def _described(table: RawTable) -> str:
    first, last = table.body
    words = [
        f"{table.range.a1} header {_rows(table.header_rows)} body {f'{first}-{last}' if last >= first else 'none'}"
    ]
    kinds = {kind: [row for row, k in table.skipped.items() if k is kind] for kind in table.skipped.values()}
    words += sorted(f"{kind} {','.join(map(str, sorted(rows)))}" for kind, rows in kinds.items())
    return " ".join(words)


def _rows(rows: tuple[int, ...]) -> str:
    if not rows:
        return "none"
    return str(rows[0]) if len(rows) == 1 else f"{rows[0]}-{rows[-1]}"


def headers(grid: Grid, number: int = 0) -> list[str]:
    """Give the headers of a located table."""
    return [column.header for column in locate_tables(grid, "表.xlsx")[number].columns]


def notes(grid: Grid, number: int = 0) -> dict[str, str]:
    """Give the labelled notes of a located table, the last one of a label."""
    return {note.label: note.text for note in locate_tables(grid, "表.xlsx")[number].notes}
