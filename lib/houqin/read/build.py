"""Cells in any order -> Grid: placed, cropped to what holds something, its cost bounded before memory is taken."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Grid, Kind, Range, a1

if TYPE_CHECKING:
    from houqin.read.limits import Limits

_FORMULA, _UNSTORED, _BOLD = 1, 2, 4


class GridBuilder:
    """Takes cells one by one; `grid` gives the sheet."""

    def __init__(self, limits: Limits, formats: list[str]) -> None:
        """Start an empty sheet; `formats` is the workbook's list that format ids point into."""
        self.limits = limits
        self.formats = formats
        self.rows, self.columns = array("I"), array("H")
        self.kinds, self.flags = bytearray(), bytearray()
        self.numbers, self.string_ids, self.format_ids = array("d"), array("I"), array("H")
        self.string_index: dict[str, int] = {"": 0}
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def add(  # noqa: PLR0913, PLR0917  (once a cell: a record to carry them costs more than the cell)
        self, row: int, column: int, kind: int, number: float, text: str, style: int, flags: int
    ) -> None:
        """Add a cell that holds something; a formula without a stored value is BLANK with its flags."""
        self.rows.append(row)
        self.columns.append(column)
        self.kinds.append(kind)
        self.numbers.append(number)
        self.string_ids.append(self.string_index.setdefault(text, len(self.string_index)) if text else 0)
        self.format_ids.append(style)
        self.flags.append(flags)

    def add_merge(self, merge: Range) -> None:
        """Keep a merge; one over a whole sheet of cells is refused."""
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area > self.limits.merged_positions:
            raise RefusedFile("unsafe", f"合并单元格 {merge.a1} 过大")
        self.merges.append(merge)

    def grid(self, sheet: str, *, visible: bool = True) -> Grid:
        """Place all cells."""
        rows, columns = max(self.rows, default=0), max(self.columns, default=0)
        self._check_size(rows, columns)
        size = rows * columns
        kinds, numbers = bytearray(size), array("d", bytes(8 * size))
        string_ids, format_ids = array("I", bytes(4 * size)), array("H", bytes(2 * size))
        offsets = [(row - 1) * columns + column - 1 for row, column in zip(self.rows, self.columns, strict=True)]
        if len(set(offsets)) != len(offsets):
            raise RefusedFile("bad-cell", f"同一单元格出现两次：{self._first_double(offsets)}")
        for at, kind, number, string_id, style in zip(
            offsets, self.kinds, self.numbers, self.string_ids, self.format_ids, strict=True
        ):
            kinds[at], numbers[at], string_ids[at], format_ids[at] = kind, number, string_id, style
        flagged = [(at, flags) for at, flags in zip(offsets, self.flags, strict=True) if flags]
        return Grid(
            sheet=sheet, rows=rows, columns=columns, visible=visible, kinds=bytes(kinds), numbers=numbers,
            string_ids=string_ids, strings=tuple(self.string_index), format_ids=format_ids,
            formats=tuple(self.formats),
            formulas=frozenset(at for at, flags in flagged if flags & _FORMULA),
            unstored=frozenset(at for at, flags in flagged if flags & _UNSTORED),
            bold=frozenset(at for at, flags in flagged if flags & _BOLD),
            merges=tuple(m for m in self.merges if m.top <= rows and m.left <= columns),
            hidden_rows=frozenset(r for r in self.hidden_rows if r <= rows),
            hidden_columns=frozenset(c for c in self.hidden_columns if c <= columns),
        )  # fmt: skip

    def _check_size(self, rows: int, columns: int) -> None:
        size, limits = rows * columns, self.limits
        sparse = size > limits.sparse_positions and size > len(self.kinds) * limits.sparse_ratio
        if sparse or size > limits.positions:
            reason = f"内容一直到 {a1(rows, columns)}，中间大多是空格子" if sparse else f"{rows} 行 {columns} 列"
            raise RefusedFile("too-large", reason)

    def _first_double(self, offsets: list[int]) -> str:
        seen: set[int] = set()
        for at, row, column in zip(offsets, self.rows, self.columns, strict=True):
            if at in seen:
                return a1(row, column)
            seen.add(at)
        return ""


def flags_of(*, formula: bool, stored: bool, bold: bool) -> int:
    """Pack what `add` keeps of a cell beside its value."""
    return (_FORMULA if formula else 0) | (_UNSTORED if formula and not stored else 0) | (_BOLD if bold else 0)


def kept_text(text: str) -> str:
    """Give a text as the grid keeps it: blanks alone are nothing, half surrogates and NULs cannot be written."""
    if not text or text.isspace():
        return ""
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}") if "\x00" in text else text


TEXT, NUMBER, DATE, BOOL, ERROR, BLANK = (
    int(k) for k in (Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOL, Kind.ERROR, Kind.BLANK)
)
