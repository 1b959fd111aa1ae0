"""xlsxwriter's sheet without the work that our own checks have made needless; what it writes is the same."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, Worksheet

from houqin.model import column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

SHORT = 16_000  # characters: below half of what a cell holds no text is too long, whatever signs it is made of
_IN_ONE_PIECE = frozenset({CellStringTuple, CellNumberTuple, CellBlankTuple})


LONG = 2_000  # rows from which a column is kept as its finished cells
_DIGITS = 15
_SPAN = 16  # rows that share the attribute `spans`


class Block(NamedTuple):
    """A long column: its first row and its number, from 0, and each cell's XML after the row's number; "" is none."""

    first: int
    column: int
    tails: Sequence[str]

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.tails) - 1


class Tails:
    """Makes finished cells of one format, but for their addresses; in the digits that the library writes."""

    def __init__(self, sheet: QuickSheet, look: int) -> None:
        self._index = sheet.str_table._get_shared_string_index  # noqa: SLF001
        self._text, self._number = f'" s="{look}" t="s"><v>', f'" s="{look}"><v>'

    def text(self, text: str) -> str:
        """Give the cell of a text of at most SHORT characters."""
        return f"{self._text}{self._index(text)}</v></c>"

    def number(self, number: int | Decimal) -> str:
        """Give the cell of an exact number; the digits of a short one are those that the library's %.16G gives."""
        digits = str(number)
        if len(digits) > _DIGITS or "E" in digits:
            digits = f"{number:.16G}"
        return f"{self._number}{digits}</v></c>"


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas hold only functions of Excel 2010 (`known_functions` sees to that)."""

    if TYPE_CHECKING:  # of the library, which has no types
        fh: Any
        dim_rowmin: int
        dim_rowmax: int

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002  (the signature of the library)
        """Take the = off; the library searches each formula for thirty newer functions, a tenth of our writing."""
        if formula[:1] == "{" or formula[-1:] == "}":
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("=")

    def begin_column(self, first: int, last: int, column: int) -> bool:
        """Make room for `put_text` and `put_number` in the rows from first to last (from 0); False beyond the sheet."""
        return not self._check_dimensions(first, column) and not self._check_dimensions(last, column)

    def put_text(self, row: int, column: int, text: str, look: Any) -> None:  # noqa: ANN401  (a Format of xlsxwriter)
        """Write a text of at most SHORT characters where room was made."""
        self.table[row][column] = CellStringTuple(self.str_table._get_shared_string_index(text), look)  # noqa: SLF001

    def put_number(self, row: int, column: int, number: int | Decimal, look: Any) -> None:  # noqa: ANN401  (as above)
        """Write an exact number where room was made."""
        self.table[row][column] = CellNumberTuple(number, look)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401  (a tuple of xlsxwriter's)
        """Write a text, number or blank with a format in one piece; the library makes each attribute by itself."""
        kind, look = type(cell), cell.format
        if look is None or kind not in _IN_ONE_PIECE:
            super()._write_cell(row, col, cell)
            return
        begun = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{look._get_xf_index()}"'  # noqa: SLF001  (as the library does)
        if kind is CellStringTuple:
            self.fh.write(f'{begun} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{begun}><v>{cell.number:.16G}</v></c>")
        else:
            self.fh.write(f"{begun}/>")

    def put_column(self, first: int, column: int, tails: Sequence[str]) -> None:
        """Write a long column of finished cells (see `tails`) where room was made; "" leaves one out.

        What is written into one of its cells by other means stands in its place.
        """
        self.blocks.append(Block(first, column, tails))

    def tails(self, look: Any) -> Tails:  # noqa: ANN401  (a Format of xlsxwriter)
        """Give what makes finished cells of a format."""
        return Tails(self, look._get_xf_index())  # noqa: SLF001

    @property
    def blocks(self) -> list[Block]:
        """The long columns."""
        blocks: list[Block] = self.__dict__.setdefault("_blocks", [])
        return blocks

    def _calculate_spans(self) -> None:
        if self.__dict__.get("_spans_known"):
            return
        super()._calculate_spans()
        for block in self.blocks:
            own = (block.column + 1, block.column + 1)
            for group in range(block.first // _SPAN, block.last // _SPAN + 1):
                known = self.row_spans.get(group)
                low, high = map(int, known.split(":")) if known else own
                self.row_spans[group] = f"{min(low, own[0])}:{max(high, own[1])}"

    def _write_rows(self) -> None:
        """Write the rows; those of long columns are put together from their finished cells."""
        if not self.blocks:
            super()._write_rows()
            return
        self._calculate_spans()
        self._spans_known = True
        first, last = min(b.first for b in self.blocks), max(b.last for b in self.blocks)
        self._write_some_rows(self.dim_rowmin, first - 1)
        ready: dict[int, list[str]] = {}
        for block in self.blocks:
            cells, known = self._cells(block, first, last), ready.get(block.column)
            ready[block.column] = [a or b for a, b in zip(known, cells, strict=True)] if known else cells
        columns = sorted(ready)
        end = self._row_end()
        for row, own in enumerate(zip(*(ready[column] for column in columns), strict=True), first):
            text, others = "".join(own), self.table.get(row)
            if not text:
                self._write_some_rows(row, row)
                continue
            if row in self.row_info:
                self._write_row(row, self.row_spans.get(row // _SPAN), self.row_info[row])
            else:
                self.fh.write(f'<row r="{row + 1}" spans="{self.row_spans[row // _SPAN]}"{end}')
            if others:
                self._write_mixed(row, dict(zip(columns, own, strict=True)), others)
            else:
                self.fh.write(text)
            self.fh.write("</row>")
        self._write_some_rows(last + 1, self.dim_rowmax)

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

    def _write_mixed(self, row: int, ready: dict[int, str], others: dict[int, Any]) -> None:
        """Write a row some of whose cells were written by other means: these stand in the place of the column's."""
        for column in sorted({*ready, *others}):
            if column in others:
                self._write_cell(row, column, others[column])
            else:
                self.fh.write(ready[column])

    @staticmethod
    def _cells(block: Block, first: int, last: int) -> list[str]:
        """Give the cells of a column from one row to another, with their addresses."""
        start = f'<c r="{column_letter(block.column + 1)}'
        own = [f"{start}{row}{tail}" if tail else "" for row, tail in enumerate(block.tails, block.first + 1)]
        return [""] * (block.first - first) + own + [""] * (last - block.last)
