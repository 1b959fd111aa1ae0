"""Fill a blank form: look at the blank, tell all mistakes of its description at once, then place what belongs there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from houqin.fill.blank import Blank
from houqin.fill.cross import Crossed, check_matrix, place_matrix
from houqin.fill.each import check_each, groups_of, sheets_of
from houqin.fill.listed import Listed, check_table, place_table
from houqin.fill.rows import refuse
from houqin.fill.texts import Texts
from houqin.package import Growth, Live, fill_workbook, move_formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.fill.describe import Description
    from houqin.forms import Forms
    from houqin.model import Grid, Ledger
    from houqin.package import CellValue, Filled
    from houqin.school import School


@dataclass(frozen=True, slots=True)
class Filling:
    """A filled form: its bytes, and sentences about what a person should know (what found no place, what waits)."""

    data: bytes
    notes: tuple[str, ...]


@dataclass(slots=True)
class Placing:
    """What is to be written, while it is gathered: rows to put in, cells by sheet at their rows in the blank."""

    growths: list[Growth] = field(default_factory=list)
    cells: dict[str, dict[tuple[int, int], CellValue]] = field(default_factory=dict)
    added: dict[str, dict[tuple[int, int], CellValue]] = field(default_factory=dict)  # within rows put in: final rows
    notes: list[str] = field(default_factory=list)

    def write(self, sheet: str, row: int, column: int, value: CellValue) -> None:
        """Write a cell of the blank."""
        self.cells.setdefault(sheet, {})[row, column] = value

    def body_row(self, sheet: str, first: int, offset: int, column: int, value: CellValue) -> None:
        """Write a cell of a table's body, `offset` rows below its first, rows put in counted."""
        self.added.setdefault(sheet, {})[first * _WIDE + offset, column] = value

    def final(self) -> dict[str, dict[tuple[int, int], CellValue]]:
        """Give all cells at the rows that they have in the end."""
        made: dict[str, dict[tuple[int, int], CellValue]] = {}
        for sheet, cells in self.cells.items():
            for (row, column), value in cells.items():
                made.setdefault(sheet, {})[row + self._above(sheet, row), column] = value
        for sheet, cells in self.added.items():
            for (place, column), value in cells.items():
                first, offset = divmod(place, _WIDE)
                above = self._above(sheet, first)
                moved = Live(move_formula(value.text, above)) if isinstance(value, Live) else value
                made.setdefault(sheet, {})[first + above + offset, column] = moved
        return made

    def _above(self, sheet: str, row: int) -> int:
        return sum(each.lacking for each in self.growths if each.sheet == sheet and each.last < row)


_WIDE = 1 << 21  # more rows than a sheet has


def fill_form(  # noqa: PLR0913  (by keyword)
    data: bytes,
    grids: Sequence[Grid],
    description: Description,
    ledgers: Mapping[str, Ledger],
    *,
    forms: Forms,
    school: School,
    as_of: str,
) -> Filling:
    """Fill a blank workbook from ledgers; `grids` are its sheets as read.

    BadDescription tells every mistake of the description with its place; CannotEdit where the workbook is no package of
    XML parts or not safely changed.
    """
    problems = list(description.problems)
    blank = Blank(grids, description.name, problems)
    texts = Texts(ledgers, forms, school, as_of)
    template = check_each(description.each, blank, forms) if description.each else None
    for cell in description.cells:
        own = blank.sheet(cell.sheet, cell.place)
        known = replace(texts, only=("", "")) if own is template else texts
        problems += [f"《{description.name}》{cell.place} text：{fault}" for fault in known.faults(cell.text)]
    tables = [check_table(each, blank, forms) for each in description.tables]
    matrices = [check_matrix(each, blank, forms) for each in description.matrices]
    blank.check_bodies(description)
    refuse(problems)
    placing, copies = Placing(), {}
    sheets: list[tuple[Grid, Grid, Texts]] = [(grid, grid, texts) for grid in grids if grid is not template]
    if description.each is not None and template is not None:
        groups = groups_of(description.each, texts, placing.notes)
        made = sheets_of(description.each, groups, template, [grid.sheet for grid in grids])
        sheets += [(template, own, replace(texts, only=(description.each.by, word))) for word, own in made.items()]
        copies = {template.sheet: [own.sheet for own in made.values()]} if made else {}
    parts = _Parts(description, blank, tables, matrices)
    for source, own, words in sheets:
        parts.place(source, own, words, placing)
    filled = fill_workbook(data, placing.growths, placing.final(), copies)
    notes = (*_waiting(description, ledgers, forms), *dict.fromkeys(placing.notes), *_totals(filled))
    return Filling(filled.data, notes)


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that a description says, its columns found."""

    description: Description
    blank: Blank
    tables: Sequence[Listed]
    matrices: Sequence[Crossed]

    def place(self, source: Grid, own: Grid, texts: Texts, placing: Placing) -> None:
        """Place what belongs on a sheet of the blank, on a sheet that looks like it."""
        for table in self.tables:
            if table.grid is source:
                place_table(replace(table, grid=own), placing, texts)
        for matrix in self.matrices:
            if matrix.grid is source:
                place_matrix(replace(matrix, grid=own), placing, texts)
        for cell in self.description.cells:
            if self.blank.sheet(cell.sheet, cell.place) is source:
                at = own.anchor(*cell.cell)
                placing.write(own.sheet, *at, texts.filled(cell.text, self.blank.text(own, *at)))


def _totals(filled: Filled) -> list[str]:
    """Say what became of totals over rows of which some are subtotals."""
    notes = []
    if filled.totals:
        cells = "、".join(f"“{sheet}”{cell}" for sheet, cell in filled.totals)
        notes.append(f"清单里有了小计，合计 {cells} 由 SUM 改成了 SUBTOTAL，不会把小计再加一遍。")
    if filled.doubled:
        cells = "、".join(f"“{sheet}”{cell}" for sheet, cell in filled.doubled)
        notes.append(f"请看 {cells} 的公式：清单里有了小计，它可能把小计又加了一遍。")
    if filled.narrow:
        columns = "、".join(f"“{sheet}”{letters} 列" for sheet, letters in filled.narrow)
        notes.append(f"{columns}太窄，有的数会显示成 ####，请拉宽。")
    return notes


def _waiting(description: Description, ledgers: Mapping[str, Ledger], forms: Forms) -> list[str]:
    """Say what is not in the form because its ledger is not there, or waits for an answer."""
    notes = []
    for form_id in description.forms:
        if form_id not in forms.by_id:
            continue
        ledger = ledgers.get(form_id)
        if ledger is None:
            notes.append(f"没有《{forms[form_id].title}》的资料，取自它的地方空着。")
        elif int(ledger.frame["pending"].sum()):
            notes.append(f"《{forms[form_id].title}》有 {int(ledger.frame['pending'].sum())} 条待定，没有填进来。")
    return notes
