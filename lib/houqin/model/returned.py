"""How a sheet of a ledger workbook that we wrote is told from the clerk's own, and what stands in its rows.

Each sheet of such a workbook says itself what it is, in a cell above its table, so that it outlives any program's
saving, a sorting of its rows and being copied alone into another workbook. Where the stamp is gone, the headers that
only we write still tell the sheet; which run wrote it is not known then.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from houqin.model.grid import Cell, Grid, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NUMBER, SOURCE_FILE, SOURCE_SHEET, SOURCE_CELL = "序号", "来源文件", "来源工作表", "来源单元格"
# Above the columns that a check computes again beside each row; other names would be taken for the office's own.
COMPUTED, STATUS, TOTAL = "复算", "状态", "合计"
CORRECTED_BY, CORRECTED_WHY = "更正人", "更正原因"
_STAMP = re.compile(r"houqin-ledger/1 run=(\S+) form=(\S+) school=([0-9a-f]*) part=(\w+)")
_RUN = re.compile(r"[0-9a-f]{12}")
_HEAD_ROWS = 30
_HEAD_TEXTS = 150


class Part(StrEnum):
    """A sheet of a ledger workbook."""

    LEDGER = "ledger"
    GUIDE = "guide"
    CHANGES = "changes"
    OUTSIDE = "outside"


# Texts that all stand on one of our sheets, and hardly on one of the clerk's.
_SIGNATURES = {
    Part.LEDGER: (SOURCE_FILE, SOURCE_SHEET, SOURCE_CELL),
    Part.CHANGES: (SOURCE_FILE, SOURCE_SHEET, "原来的内容", "整理后", "怎样改的"),
    Part.OUTSIDE: (SOURCE_FILE, SOURCE_SHEET, "怎样用的"),
    Part.GUIDE: ("一行是", "打开台账", "怎样读", CORRECTED_BY),
}


@dataclass(frozen=True, slots=True)
class LedgerStamp:
    """Which run wrote a ledger, of which form and school (8 hex digits of its name's SHA-256), and which sheet."""

    run: str
    form: str
    school: str
    part: Part = Part.LEDGER

    @property
    def text(self) -> str:
        """The stamp as it is written into a cell."""
        return f"houqin-ledger/1 run={self.run} form={self.form} school={self.school} part={self.part}"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A row of the sheet 台账: its row, its 序号 and its source (file, sheet, cell) as they stand there."""

    row: int
    number: str
    source: tuple[str, str, str]


def squeezed(header: str) -> str:
    r"""Give a header without white space and strokes, as headers are compared.

    >>> squeezed("期初结存\n金额（元）") == squeezed("期初结存/金额（元）")
    True
    """
    return "".join(header.split()).replace("/", "")


def is_run_id(text: str) -> bool:
    """Tell what may be the name of a run's folder."""
    return _RUN.fullmatch(text) is not None


def school_mark(name: str) -> str:
    """Give the eight digits that stand for a school's name in a stamp."""
    import hashlib  # noqa: PLC0415  (the reading child loads this module and hashes nothing)

    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def is_ledger_sheet(grid: Grid) -> bool:
    """Tell a sheet of a ledger workbook that we wrote: by its stamp, or where that is gone by its headers."""
    return ledger_part(grid) is not None


def ledger_part(grid: Grid) -> Part | None:
    """Say which sheet of a ledger workbook this is, None for any other sheet."""
    # Cheap for the clerk's own: texts stand in the order of the cells, so a stamp is among the first.
    stamp = ledger_stamp(grid) if _may_be_stamped(grid) else None
    if stamp is not None:
        return stamp.part
    for part, words in _SIGNATURES.items():
        if all(word in grid.strings for word in words) and (part != Part.LEDGER or ledger_header(grid)):
            return part
    return None


def _may_be_stamped(grid: Grid) -> bool:
    return any(text.lstrip().startswith("houqin-ledger/") for text in grid.strings[:_HEAD_TEXTS])


def ledger_stamp(grid: Grid) -> LedgerStamp | None:
    """Give the stamp that a sheet bears."""
    for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
        for column in range(grid.columns, 0, -1):
            match = _STAMP.fullmatch(text_at(grid, row, column))
            if match and match[4] in set(Part):
                return LedgerStamp(match[1], match[2], match[3], Part(match[4]))
    return None


def ledger_header(grid: Grid) -> tuple[int, dict[str, list[int]]] | None:
    """Find the header row of the sheet 台账: its number, and the columns of each squeezed header, from the left.

    A column of the office's own may be called as a field is; it stands to the right of that.
    """
    for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
        named: dict[str, list[int]] = {}
        for column in range(1, grid.columns + 1):
            named.setdefault(squeezed(text_at(grid, row, column)), []).append(column)
        if {SOURCE_FILE, SOURCE_SHEET, SOURCE_CELL} <= set(named):
            named.pop("", None)
            return row, named
    return None


def ledger_lines(grid: Grid, header: int, columns: Mapping[str, Sequence[int]]) -> list[LedgerLine]:
    """Give the rows below the header that hold something."""
    lines = []
    places = [columns[name][-1] for name in (SOURCE_FILE, SOURCE_SHEET, SOURCE_CELL)]
    for row in range(header + 1, grid.rows + 1):
        start = (row - 1) * grid.columns
        if any(grid.kinds[start : start + grid.columns]):
            file, sheet, cell = (text_at(grid, row, column) for column in places)
            lines.append(LedgerLine(row, text_at(grid, row, columns.get(NUMBER, [0])[0]), (file, sheet, cell)))
    return lines


def corrected_by(grids: tuple[Grid, ...]) -> tuple[str, str]:
    """Give who corrected a ledger, and why, from the cells beside those words on its first sheet; '' where blank."""
    said = {CORRECTED_BY: "", CORRECTED_WHY: ""}
    for grid in grids:
        for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
            label = text_at(grid, row, 1)
            if label in said and not said[label]:
                said[label] = text_at(grid, row, 2)
    return said[CORRECTED_BY], said[CORRECTED_WHY]


def text_at(grid: Grid, row: int, column: int) -> str:
    """Give a cell's text without blanks around it, a whole number as it is typed; '' of a blank."""
    cell: Cell = grid.cell(row, column)
    if cell.kind == Kind.BLANK:
        return ""
    return (f"{cell.value:.15g}" if isinstance(cell.value, float) else str(cell.value)).strip()
