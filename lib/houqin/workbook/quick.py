"""xlsxwriter's sheet without the work that our own checks have made needless; what it writes is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellStringTuple, Worksheet

if TYPE_CHECKING:
    from decimal import Decimal

SHORT = 16_000  # characters: below half of what a cell holds no text is too long, whatever signs it is made of
_IN_ONE_PIECE = frozenset({CellStringTuple, CellNumberTuple, CellBlankTuple})


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas hold only functions of Excel 2010 (`known_functions` sees to that)."""

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
