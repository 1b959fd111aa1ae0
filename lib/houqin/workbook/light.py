"""xlsxwriter's sheet, its rows, cells and merged areas written in one piece each; what it writes is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from houqin.model import a1, column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.workbook.cell import Stored

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
SPAN = 16  # rows that share the attribute `spans`
_IN_ONE_PIECE = frozenset({CellStringTuple, CellNumberTuple, CellBlankTuple, CellFormulaTuple})


class LightSheet(Worksheet):  # type: ignore[misc]
    """A sheet that is told rows and columns as numbers from 0, and whose formulas hold no function after Excel 2010.

    `known_functions` sees to the latter. Comments, tables and rows with a format of their own are left to the library.
    """

    if TYPE_CHECKING:  # of the library, which has no types
        fh: Any
        table: dict[int, dict[int, Any]]
        merge: list[list[int]]
        merged_cells: dict[tuple[int, int], str]
        row_info: dict[int, Any]
        row_spans: dict[int, str]
        dim_rowmin: int
        dim_rowmax: int

    # The public ones first look whether they are given an address, as "B7".
    write_string, write_number = Worksheet._write_string, Worksheet._write_number  # noqa: SLF001
    write_blank = Worksheet._write_blank  # noqa: SLF001

    def write_formula(self, row: int, col: int, formula: str, cell_format: object = None, value: Stored = 0) -> int:
        """Write a formula, which the library would first search for sixty functions of the newest Excel."""
        if not formula or formula.startswith("{"):
            return int(super()._write_formula(row, col, formula, cell_format, value))
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

    def merge_range(  # noqa: PLR0913, PLR0917  (the signature of the library)
        self, first_row: int, first_col: int, last_row: int, last_col: int, data: str, cell_format: object = None
    ) -> int:
        """Merge cells, the first above and left of the last; OverlappingRange where one is merged already."""
        if data or self.table_cells:
            return int(super().merge_range(first_row, first_col, last_row, last_col, data, cell_format))
        if self._check_dimensions(first_row, first_col) or self._check_dimensions(last_row, last_col):
            return -1
        columns, place = range(first_col, last_col + 1), _place(first_row, first_col, last_row, last_col)
        cells = [(row, column) for row in range(first_row, last_row + 1) for column in columns]
        if clash := next((self.merged_cells[each] for each in cells if each in self.merged_cells), None):
            raise OverlappingRange(f"Merge range '{place}' overlaps previous merge range '{clash}'.")
        self.merged_cells.update(dict.fromkeys(cells, place))
        self.merge.append([first_row, first_col, last_row, last_col])
        blanks = dict.fromkeys(columns, CellBlankTuple(cell_format))
        for row in range(first_row, last_row + 1):
            self.table[row].update(blanks)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002  (the signature of the library)
        """Take the = off; the library searches each formula for thirty newer functions, a tenth of our writing."""
        if formula[:1] == "{" or formula[-1:] == "}":
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("=")

    def _calculate_spans(self) -> None:
        """Find the first and last column of each group of rows."""
        if self.comments:
            super()._calculate_spans()
            return
        ends: dict[int, tuple[int, int]] = {}
        for row, cells in self.table.items():
            if cells:
                low, high = ends.get(row // SPAN, (self.dim_colmax, 0))
                ends[row // SPAN] = (min(low, *cells), max(high, *cells))
        self.row_spans = {group: f"{low + 1}:{high + 1}" for group, (low, high) in sorted(ends.items())}

    def _write_rows(self) -> None:
        """Write the rows that have cells or a height."""
        if self.comments:
            super()._write_rows()
            return
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, info, span = self.table.get(row), self.row_info.get(row), self.row_spans.get(row // SPAN)
            if cells:
                self._write_row(row, span, info)
                for column, cell in sorted(cells.items()):
                    self._write_cell(row, column, cell)
                self.fh.write("</row>")
            elif info:
                self._write_empty_row(row, span, info)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:  # noqa: ANN401  (a tuple of xlsxwriter's)
        """Write a text, number, blank or formula with a format in one piece; the library makes each attribute alone."""
        kind, look = type(cell), cell.format
        if look is None or kind not in _IN_ONE_PIECE:
            super()._write_cell(row, col, cell)
            return
        begun = f'<c r="{column_letter(col + 1)}{row + 1}" s="{look._get_xf_index()}"'  # noqa: SLF001  (as the library does)
        if kind is CellStringTuple:
            self.fh.write(f'{begun} t="s"><v>{cell.string}</v></c>')
        elif kind is CellNumberTuple:
            self.fh.write(f"{begun}><v>{cell.number:.16G}</v></c>")
        elif kind is CellBlankTuple:
            self.fh.write(f"{begun}/>")
        else:
            self.fh.write(f"{begun}{_formula(cell.formula, cell.value)}</c>")

    def _write_merge_cell(self, merged_range: Sequence[int]) -> None:
        self.fh.write(f'<mergeCell ref="{_place(*merged_range)}"/>')


def _place(top: int, left: int, bottom: int, right: int) -> str:
    return f"{a1(top + 1, left + 1)}:{a1(bottom + 1, right + 1)}"


def _formula(formula: str, value: Stored) -> str:
    """Give the end of a formula's tag, the formula, and its value by its type."""
    if isinstance(value, bool):
        return f' t="b"><f>{_escaped(formula)}</f><v>{value:d}</v>'
    if not isinstance(value, str):
        return f"><f>{_escaped(formula)}</f><v>{value}</v>"
    kind = "" if not value else ' t="e"' if value in _ERRORS else ' t="str"'
    return f"{kind}><f>{_escaped(formula)}</f><v>{_escaped(value)}</v>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
