"""Cells in any order -> Grid: placed, cropped to what holds something, its cost bounded before memory is taken."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Grid, Kind, Range, a1
from houqin.read.notes import Note, grid_notes, lost_digit_columns
from houqin.read.stretches import Buffers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.read.limits import Limits
    from houqin.read.stretches import Stretch

_FORMULA, _UNSTORED, _BOLD, ODD_DATE = 1, 2, 4, 8
_LONG_NUMBER = 1e15
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


class GridBuilder:
    """Takes cells as they come; `grid` gives the sheet.

    Cells lie in file order in flat buffers; a run is some of them that stand side by side in one row. Rows that are
    written alike come as stretches instead; what adds these sees to it that no cell comes twice.
    """

    def __init__(self, limits: Limits, formats: list[str]) -> None:
        """Start an empty sheet; `formats` is the workbook's list that format ids point into."""
        self.limits = limits
        self.formats = formats
        self.stretches: list[Stretch] = []
        self.runs: list[tuple[int, int, int]] = []  # row, first column, where it starts in the buffers
        self.kinds = bytearray()
        self.numbers, self.string_ids, self.format_ids = array("d"), array("I"), array("H")
        self.flags: dict[int, int] = {}
        self.string_index: dict[str, int] = {"": 0}
        self.merges: list[Range] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.filtered = False  # whether a filter is what hides rows
        self.unknown_style = False
        self.notes: list[Note] = []  # of the sheet, once `grid` has been called
        self._next = (0, 0)  # the cell that would go on with the last run

    def add(  # noqa: PLR0913, PLR0917  (once a cell: a record to carry them costs more than the cell)
        self, row: int, column: int, kind: int, number: float, text: str, style: int, flags: int
    ) -> None:
        """Add a cell that holds something; a formula without a stored value is BLANK with its flags."""
        if (row, column) != self._next:
            self.runs.append((row, column, len(self.kinds)))
        self._next = (row, column + 1)
        if flags:
            self.flags[len(self.kinds)] = flags
        self.kinds.append(kind)
        self.numbers.append(number)
        self.string_ids.append(self.string_id(text) if text else 0)
        self.format_ids.append(style)

    def string_id(self, text: str) -> int:
        """Give the id of a text of this sheet."""
        return self.string_index.setdefault(text, len(self.string_index))

    def ids_of(self, texts: list[str]) -> list[int]:
        """Give the ids of many texts."""
        index = self.string_index
        return [index.setdefault(text, len(index)) for text in texts]

    def add_merge(self, merge: Range) -> None:
        """Keep a merge; one beyond the sheet or over a whole sheet of cells is refused."""
        upright = 1 <= merge.top <= merge.bottom <= MAX_ROW and 1 <= merge.left <= merge.right <= MAX_COLUMN
        if not upright:
            raise RefusedFile("bad-cell", f"合并单元格 {merge.a1} 超出范围")
        area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
        if area > self.limits.merged_positions:
            raise RefusedFile("unsafe", f"合并单元格 {merge.a1} 过大")
        self.merges.append(merge)

    def grid(self, sheet: str, *, visible: bool = True) -> Grid:
        """Place all cells; they are no longer held here then."""
        ends = [start for _, _, start in self.runs[1:]] + [len(self.kinds)] * bool(self.runs)
        rows, columns = self._extent(ends)
        self._check_size(rows, columns)
        self._check_doubles(ends)
        self._check_merges(rows)
        cells = self._placed(rows, columns, ends)
        kinds = bytes(cells.kinds)
        made = Grid(
            sheet=sheet, rows=rows, columns=columns, visible=visible, kinds=kinds, numbers=cells.numbers,
            string_ids=cells.string_ids, strings=tuple(self.string_index), format_ids=cells.format_ids,
            formats=tuple(self.formats),
            formulas=frozenset(at for at, flag in cells.flags if flag & _FORMULA),
            unstored=frozenset(at for at, flag in cells.flags if flag & _UNSTORED),
            bold=frozenset(at for at, flag in cells.flags if flag & _BOLD and kinds[at]),
            merges=tuple(m for m in self.merges if m.top <= rows and m.left <= columns),
            hidden_rows=frozenset(r for r in self.hidden_rows if r <= rows),
            filtered_rows=frozenset(r for r in self.hidden_rows if r <= rows) if self.filtered else frozenset(),
            hidden_columns=frozenset(c for c in self.hidden_columns if c <= columns),
            lost_digits=self._lost_digits(cells.numbers, columns),
        )  # fmt: skip
        self.notes = grid_notes(made, [at for at, flag in cells.flags if flag & ODD_DATE])
        if self.unknown_style:
            self.notes.append(Note("unknown-style", sheet))
        return made

    def _placed(self, rows: int, columns: int, ends: list[int]) -> Buffers:
        """Give the cells of the sheet; those of stretches are let go of on the way."""
        cells = Buffers(rows, columns)
        while self.stretches:
            cells.lay(self.stretches.pop())
        for row, column, start, count in self._slabs(ends, columns):
            at = (row - 1) * columns + column - 1
            length = min(count, len(cells.kinds) - at)
            if length < 1:
                continue
            stop = start + length
            cells.kinds[at : at + length] = self.kinds[start:stop]
            cells.numbers[at : at + length] = self.numbers[start:stop]
            cells.string_ids[at : at + length] = self.string_ids[start:stop]
            cells.format_ids[at : at + length] = self.format_ids[start:stop]
            if self.flags:
                cells.flags.extend((at + n - start, self.flags[n]) for n in range(start, stop) if n in self.flags)
        return cells

    def _slabs(self, ends: list[int], columns: int) -> list[tuple[int, int, int, int]]:
        """Give the runs as row, column, start and length; full rows that follow one another are one."""
        slabs: list[tuple[int, int, int, int]] = []
        full = 0  # the row that would go on with the last slab
        for (row, column, start), end in zip(self.runs, ends, strict=True):
            whole = column == 1 and end - start == columns
            if whole and row == full:
                slabs[-1] = (*slabs[-1][:3], slabs[-1][3] + columns)
            else:
                slabs.append((row, column, start, min(end - start, columns - column + 1)))
            full = row + 1 if whole else 0
        return slabs

    @staticmethod
    def _lost_digits(numbers: array[float], columns: int) -> frozenset[int]:
        if not numbers or (max(numbers) < _LONG_NUMBER and min(numbers) > -_LONG_NUMBER):
            return frozenset()
        return lost_digit_columns(numbers, columns)

    def _extent(self, ends: list[int]) -> tuple[int, int]:
        """Give the last row and column that hold something."""
        ends_of_stretches = [stretch.extent(_FORMULA) for stretch in self.stretches]
        rows = max((row for row, _ in ends_of_stretches), default=0)
        columns, kinds = max((column for _, column in ends_of_stretches), default=0), self.kinds
        for (row, column, start), end in zip(self.runs, ends, strict=True):
            if row <= rows and column + end - start - 1 <= columns:
                continue
            last = end
            while last > start and not kinds[last - 1] and not self.flags.get(last - 1, 0) & _FORMULA:
                last -= 1
            if last > start:
                rows = max(rows, row)
                columns = max(columns, column + last - start - 1)
        return rows, columns

    def _check_size(self, rows: int, columns: int) -> None:
        size, limits = rows * columns, self.limits
        filled = len(self.kinds) - self.kinds.count(0) + len(self.flags)
        filled += sum(stretch.filled for stretch in self.stretches)
        sparse = size > limits.sparse_positions and size > filled * limits.sparse_ratio
        if sparse or size > limits.positions:
            reason = f"内容一直到 {a1(rows, columns)}，中间大多是空格子" if sparse else f"{rows} 行 {columns} 列"
            raise RefusedFile("too-large", reason)

    def _check_merges(self, rows: int) -> None:
        """Refuse merges that overlap by the thousand: whoever looks through them would never end."""
        heights = sum(max(0, min(merge.bottom, rows) - merge.top + 1) for merge in self.merges)
        if heights > self.limits.merged_positions:
            raise RefusedFile("unsafe", f"有 {len(self.merges)} 个合并单元格互相重叠")

    def _check_doubles(self, ends: list[int]) -> None:
        """Refuse a cell that comes twice: readers differ on which one counts."""
        if all(before < after for before, after in pairwise(self.runs)) and not self._overlaps(ends):
            return
        seen: set[tuple[int, int]] = set()
        for (row, column, start), end in zip(self.runs, ends, strict=True):
            for place in range(column, column + end - start):
                if (row, place) in seen:
                    raise RefusedFile("bad-cell", f"同一单元格出现两次：{a1(row, place)}")
                seen.add((row, place))

    def _overlaps(self, ends: list[int]) -> bool:
        return any(
            before[0] == after[0] and before[1] + end - before[2] > after[1]
            for (before, after), end in zip(pairwise(self.runs), ends, strict=False)
        )


def refuse_bad_names(names: Iterable[str]) -> None:
    """Refuse a workbook without sheets, and one with two sheets of one name: a place could mean either of them."""
    told = [name.lower() for name in names]
    if not told:
        raise RefusedFile("no-sheets", "")
    if len(set(told)) != len(told):
        raise RefusedFile("unsafe", "有两张工作表同名")


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
