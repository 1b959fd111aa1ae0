"""xlsxwriter's sheet without the work that our own checks have made needless; what it writes is the same."""

from __future__ import annotations

from io import StringIO
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple

from houqin.model import column_letter
from houqin.workbook.finished import Tails
from houqin.workbook.light import SPAN, LightSheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

LONG = 2_000  # rows from which a column is kept as its finished cells
_AT_ONCE = 1_000  # rows that are put together at once


class Block(NamedTuple):
    """A long column: its first row and its number, from 0, and each cell's XML after the row's number; "" is none."""

    first: int
    column: int
    tails: Sequence[str]

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.tails) - 1


class QuickSheet(LightSheet):
    """A sheet that takes columns as a whole, long ones as their finished cells."""

    def begin_column(self, first: int, last: int, column: int) -> bool:
        """Make room for `put_text` and `put_number` in the rows from first to last (from 0); False beyond the sheet."""
        return not self._check_dimensions(first, column) and not self._check_dimensions(last, column)

    def put_text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401  (a Format of xlsxwriter)
        """Write a text of at most SHORT characters where room was made."""
        self.table[row][column] = CellStringTuple(self.str_table._get_shared_string_index(text), look)  # noqa: SLF001

    def put_number(self, row: int, column: int, number: int | Decimal, look: Any) -> None:  # noqa: ANN401  (as above)
        """Write an exact number where room was made."""
        self.table[row][column] = CellNumberTuple(number, look)

    def put_column(self, first: int, column: int, tails: Sequence[str]) -> None:
        """Write a long column of finished cells (see `tails`) where room was made; "" leaves one out.

        What is written into one of its cells by other means stands in its place.
        """
        self.blocks.append(Block(first, column, tails))

    def tails(self, look: Any) -> Tails:  # noqa: ANN401  (a Format of xlsxwriter)
        """Give what makes finished cells of a format."""
        return Tails(self.str_table, look._get_xf_index())  # noqa: SLF001

    @property
    def blocks(self) -> list[Block]:
        """The long columns."""
        blocks: list[Block] = self.__dict__.setdefault("_blocks", [])
        return blocks

    def _calculate_spans(self) -> None:
        if self.__dict__.get("_spans_known"):
            return
        super()._calculate_spans()
        wide: dict[tuple[int, int], list[int]] = {}  # the columns of blocks that lie in the same groups of rows
        for block in self.blocks:
            wide.setdefault((block.first // SPAN, block.last // SPAN), []).append(block.column + 1)
        for (first, last), columns in wide.items():
            low, high = min(columns), max(columns)
            for group in range(first, last + 1):
                known = self.row_spans.get(group)
                start, end = map(int, known.split(":")) if known else (low, high)
                self.row_spans[group] = f"{min(start, low)}:{max(end, high)}"

    def _write_rows(self) -> None:
        """Write the rows; those of long columns are put together from their finished cells."""
        if not self.blocks:
            super()._write_rows()
            return
        self._calculate_spans()
        self._spans_known = True
        done = self.dim_rowmin - 1
        for first, last, blocks in _bands(self.blocks):
            self._write_some_rows(done + 1, first - 1)
            self._write_band(first, last, blocks)
            done = last
        self._write_some_rows(done + 1, self.dim_rowmax)

    def _write_band(self, first: int, last: int, blocks: Sequence[Block]) -> None:
        """Write the rows of long columns that lie side by side, as many together as hold nothing else."""
        columns = [(block.column, block.tails[first - block.first : last - block.first + 1]) for block in blocks]
        other = {row for row in self.table if first <= row <= last and self.table[row]}
        other |= {row for row in self.row_info if first <= row <= last}
        for _, tails in columns:
            if "" in tails:
                other |= {row for row, tail in enumerate(tails, first) if not tail}
        end, bounds = self._row_end(), [first - 1, *sorted(other), last + 1]
        starts = {span: f'" spans="{span}"{end}{_start(columns[0][0])}' for span in set(self.row_spans.values())}
        follow = [_start(column) for column, _ in columns[1:]] + ["</row>"]
        for before, after in pairwise(bounds):
            for begin in range(before + 1, after, _AT_ONCE):
                some = range(begin, min(begin + _AT_ONCE, after))
                heads = [starts[self.row_spans[row // SPAN]] for row in some]
                own = [tails[some.start - first : some.stop - first] for _, tails in columns]
                self.fh.write(_joined(some, heads, own, follow))
            if after <= last:
                ready = {column: tails[after - first] for column, tails in columns if tails[after - first]}
                self._write_mixed(after, ready, end)

    def _row_end(self) -> str:
        """Give what a row without a look of its own says after its number and spans."""
        kept, self.fh = self.fh, StringIO()
        self._write_row(0, None)
        text, self.fh = self.fh.getvalue(), kept
        return str(text).removeprefix('<row r="1"')

    def _write_some_rows(self, first: int, last: int) -> None:
        """Let the library write the rows between two, both included."""
        whole: tuple[int, int] = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmin, self.dim_rowmax = first, last
        super()._write_rows()
        self.dim_rowmin, self.dim_rowmax = whole

    def _write_mixed(self, row: int, ready: dict[int, str], end: str) -> None:
        """Write a row some of whose cells were written by other means: these stand in the place of the column's."""
        others = self.table.get(row) or {}
        if not ready and not others:
            self._write_some_rows(row, row)
            return
        if row in self.row_info:
            self._write_row(row, self.row_spans.get(row // SPAN), self.row_info[row])
        else:
            self.fh.write(f'<row r="{row + 1}" spans="{self.row_spans[row // SPAN]}"{end}')
        for column in sorted({*ready, *others}):
            if column in others:
                self._write_cell(row, column, others[column])
            else:
                self.fh.write(f"{_start(column)}{row + 1}{ready[column]}")
        self.fh.write("</row>")


def _start(column: int) -> str:
    """Give a cell's beginning up to the letters of its address."""
    return f'<c r="{column_letter(column + 1)}'


def _joined(rows: range, heads: Sequence[str], tails: Sequence[Sequence[str]], follow: Sequence[str]) -> str:
    """Join whole rows: a row's number stands between the pieces, in its own start and after each address's letters."""
    pieces = [[tail + then for tail in own] for own, then in zip(tails, follow, strict=True)]
    numbers = map(str, range(rows.start + 1, rows.stop + 1))
    return "".join(map(str.join, numbers, zip(repeat('<row r="'), heads, *pieces, strict=False)))


def _bands(blocks: Sequence[Block]) -> Iterator[tuple[int, int, list[Block]]]:
    """Cut long columns into bands of rows that the same columns run through: first row, last row, columns in order."""
    edges = sorted({edge for block in blocks for edge in (block.first, block.last + 1)})
    for first, after in pairwise(edges):
        through = {block.column: block for block in blocks if block.first <= first <= block.last}
        if through:
            yield first, after - 1, [through[column] for column in sorted(through)]
