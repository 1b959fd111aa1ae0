"""What a person answers in the 问题清单 of a marked copy, and how such a sheet is told from the clerk's own.

The sheet says itself what it is, in cells, so that it outlives any program's saving, a sorting of its rows and being
copied alone into another workbook:

- the stamp, one cell above the table: `houqin-list/1 run=<run id> sha256=<of the source> file=<its path>`;
- a header row that holds 处理意见, 说明 and 编号 (all columns are found by their header, in any order);
- in the column 编号 of each row `<code>#<key>`, where the key is `finding_key` of the finding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.model.grid import Cell, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from houqin.model.findings import Finding
    from houqin.model.grid import Grid

LIST_SHEET = "问题清单"
# The columns of the sheet, in our order.
LIST_COLUMNS = (
    "序", "级别", "工作表", "单元格", "问题", "现在的值", "应为", "建议", "处理意见", "说明", "编号",
)  # fmt: skip
ADOPT, MENDED, IGNORE = "采纳建议", "已改", "忽略并说明"
ANSWER_WORDS = (ADOPT, MENDED, IGNORE)
_STAMP = re.compile(r"houqin-list/1 run=(\S*) sha256=([0-9a-f]*) file=(.*)", re.DOTALL)
_KEY = re.compile(r"([a-z0-9-]+)#([0-9a-f]{12})")
_NEEDED = ("处理意见", "编号")
# A person may put lines above the table, not a page of them.
_HEAD_ROWS = 30
_HEAD_TEXTS = 100


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where a list comes from: the run, the SHA-256 and the path (as SourceFile has it) of the marked file."""

    run: str
    sha256: str
    file: str

    @property
    def text(self) -> str:
        """The stamp as it is written into a cell."""
        return f"houqin-list/1 run={self.run} sha256={self.sha256} file={self.file}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a 问题清单 that a person filled in.

    `key` and `code` tell the finding; `choice` is what stands under 处理意见 (one of ANSWER_WORDS, other words as they
    were typed, None where only a reason was given), `reason` what stands under 说明. `sheet`, `cell`, `found` and
    `suggestion` are the row's own words, for the case that no finding has the key any more. `row` counts from 1.
    """

    key: str
    code: str
    choice: str | None
    reason: str | None
    sheet: str | None
    cell: str | None
    found: str | None
    suggestion: str | None
    stamp: Stamp | None
    row: int


def finding_key(finding: Finding, raw: Cell | None) -> str:
    """Give the key of a finding: 12 hex digits of code, file, sheet, cell and the raw value of that cell.

    A finding about many cells goes by its first place. While nobody changes the value, the key stays.
    """
    import hashlib  # noqa: PLC0415  (the reading child loads this module and hashes nothing)

    place = finding.place
    where = (place.file, place.sheet, place.cell) if place else (None, None, None)
    told = "\x1f".join([finding.code, *(part or "" for part in where), raw_text(raw)])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def raw_text(raw: Cell | None) -> str:
    """Give a cell's stored value as text with its kind, '' where it is blank.

    >>> raw_text(Cell(Kind.NUMBER, 9.1)), raw_text(Cell(Kind.TEXT, "9.1"))
    ('2:9.1', '1:9.1')
    """
    return "" if raw is None or raw.kind == Kind.BLANK else f"{int(raw.kind)}:{raw.value}"


def is_answer_sheet(grid: Grid) -> bool:
    """Tell whether a sheet is a 问题清单 that we wrote: by its stamp, or where that is gone by its keys."""
    # Cheap for the clerk's own: texts stand in the order of the cells, so a stamp is among the first.
    stamped = any(text.lstrip().startswith("houqin-list/") for text in grid.strings[:_HEAD_TEXTS])
    if not stamped and not all(name in grid.strings for name in _NEEDED):
        return False
    return stamp_of(grid) is not None or _keyed_header(grid) is not None


def stamp_of(grid: Grid) -> Stamp | None:
    """Give the stamp that a sheet bears."""
    for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
        for column in range(grid.columns, 0, -1):
            match = _STAMP.fullmatch(_text(grid, row, column) or "")
            if match:
                return Stamp(match[1], match[2], match[3])
    return None


def read_answers(grids: Iterable[Grid]) -> list[Answer]:
    """Give what people filled in on sheets of ours, in the order of the rows; other sheets and open rows give none."""
    return [answer for grid in grids for answer in _answers_of(grid)]


def _answers_of(grid: Grid) -> list[Answer]:
    header = _header(grid)
    if header is None:
        return []
    top, columns = header
    stamp = stamp_of(grid)
    answers = []
    for row in range(top + 1, grid.rows + 1):
        told = {name: _text(grid, row, column) for name, column in columns.items()}
        match = _KEY.fullmatch(told.get("编号") or "")
        if match is None or not (told.get("处理意见") or told.get("说明")):
            continue
        answers.append(
            Answer(
                key=match[2], code=match[1], choice=told.get("处理意见"), reason=told.get("说明"),
                sheet=told.get("工作表"), cell=told.get("单元格"), found=told.get("现在的值"),
                suggestion=told.get("建议"), stamp=stamp, row=row,
            )
        )  # fmt: skip
    return answers


def _header(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """Find the header row: its number, and where each of our columns lies."""
    for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
        told = {_text(grid, row, column): column for column in range(grid.columns, 0, -1)}
        if all(name in told for name in _NEEDED):
            return row, {name: told[name] for name in LIST_COLUMNS if name in told}
    return None


def _keyed_header(grid: Grid) -> int | None:
    """Give the header row of a list that has lost its stamp and still has its keys."""
    header = _header(grid)
    if header is None:
        return None
    top, columns = header
    texts = (_text(grid, row, columns["编号"]) or "" for row in range(top + 1, grid.rows + 1))
    return top if any(_KEY.fullmatch(text) for text in texts) else None


def _text(grid: Grid, row: int, column: int) -> str | None:
    """Give a cell's text without blanks around it; a number that a person typed as text as well, None of a blank."""
    cell = grid.cell(row, column)
    if cell.kind == Kind.BLANK:
        return None
    value = cell.value
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.strip() or None
