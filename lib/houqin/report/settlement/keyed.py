"""Tables of one row a key (a party, a fee item, a claim): figures over the data sheets, and sums over the table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.errors import FailedRun
from houqin.model import column_letter
from houqin.report.settlement.amount import Amount
from houqin.report.settlement.case import Made
from houqin.report.settlement.lines import TEN_THOUSAND, note_of, write_lines
from houqin.report.summary_case import cell_link, write_note
from houqin.workbook import HEADER, HEADING, TEXT, WRAPPED, Formula, Link, column_sum, internal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import LineRule
    from houqin.model import Place
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Col, Placed, Sheet

NOTE_COLUMN = 6  # of a line, one further where 万元 are shown
_REFERENCE = re.compile(r"'(?P<sheet>[^']+)'!(?P<first>\$[A-Z]+\$\d+)(?::(?P<last>\$[A-Z]+\$\d+))?")
MOST_ROWS = 2000  # of a list; what is beyond is said, and stands in the data sheet


class Keyed(NamedTuple):
    """A table as it stands, and its rows: sums over its columns are made of both."""

    placed: Placed
    rows: Sequence[Sequence[CellValue]]

    def total(self, number: int) -> Amount:
        """Add up a column, counted from 0; live and exact."""
        if not self.rows:
            return Amount("0", Decimal(0))
        return Amount(f"SUM({self.placed.column(number).ref})", column_sum(self.rows, number))

    def sizes(self, number: int) -> Amount:
        """Add up a column without its signs: what differs both ways does not cancel."""
        if not self.rows:
            return Amount("0", Decimal(0))
        values = [cell.value if isinstance(cell, Formula) else cell for cell in (row[number] for row in self.rows)]
        amount = sum((abs(Decimal(each)) for each in values if isinstance(each, int | Decimal)), Decimal(0))
        area = self.placed.column(number).ref
        return Amount(f'(SUMIF({area},">0")-SUMIF({area},"<0"))', amount)


def write_keyed(  # noqa: PLR0913  (the last by keyword)
    sheet: Sheet, top: int, heading: str, columns: Sequence[Col], rows: Sequence[Sequence[CellValue]], *, note: str = ""
) -> tuple[Keyed, int]:
    """Write a heading, a note and the table under it; give the table and the row at which the sheet goes on."""
    sheet.text(top, 1, heading, HEADING)
    top += 1
    if note:
        top = write_note(sheet, top, len(columns), note)
    shown = rows[:MOST_ROWS]
    placed = sheet.table(top, 1, columns, shown, autofilter=False, freeze=False)
    after = placed.next_row
    if len(rows) > MOST_ROWS:
        write_note(sheet, after - 1, len(columns), f"只列前 {MOST_ROWS} 行，共 {len(rows)} 行；其余在台账里筛选。")
        after += 1
    return Keyed(placed, shown), after


def own_cell(case: Case, form: str, index: int, field: str) -> Formula | None:
    """Give a reference to a ledger row's cell in its data sheet; None where it is blank."""
    data = case.data[form]
    value = data.records[index].values.get(field)
    if value is None or field not in data.columns:
        return None
    return Formula(data.placed.cell(index, data.columns[field]).ref, value)


def source_place(case: Case, form: str, index: int, field: str = "") -> Place:
    """Give a ledger row's cell in the office's own workbook."""
    place = case.place_of(form, index, field)
    if place is None:
        raise FailedRun(f"台账“{case.title_of(form)}”第 {index + 1} 行没有来源。")
    return place


def source_link(case: Case, form: str, index: int, field: str = "") -> Link:
    """Give the link to that cell, in the run's own copy of the workbook."""
    place = source_place(case, form, index, field)
    return cell_link(place.file, place.sheet, place.cell)


def shown(amount: Amount) -> CellValue:
    """Give what stands in a cell of a table: the live figure, or 未核."""
    return amount.unknown if amount.value is None else Formula(f"ROUND({amount.text},2)", amount.value)


def less(left: Amount, right: Amount, row: int, columns: tuple[int, int]) -> CellValue:
    """Give the difference of two cells of a row, blank where one of them is 未核."""
    if left.value is None or right.value is None:
        return None
    one, other = (f"{column_letter(column)}{row}" for column in columns)
    return Formula(f"ROUND({one}-{other},2)", left.value - right.value)


def write_signers(sheet: Sheet, row: int, lines: Sequence[Sequence[str]]) -> int:
    """Write lines of signatures, one text a column from the second, with room to write; give the next row."""
    for n, texts in enumerate(lines):
        for column, text in enumerate(texts):
            sheet.text(row + n, 2 + 2 * column, text, TEXT)
        sheet.height(row + n, 30)
    return row + len(lines) + 1


def below(top: int, *lines: int) -> int:
    """Give the row at which tables go on below groups of so many lines, each with a heading, that start at `top`."""
    return top + sum(each + 3 for each in lines) + 1


def noted_lines(  # noqa: PLR0913, PLR0917  (a group of lines)
    case: Case, sheet: Sheet, top: int, rules: Sequence[LineRule], heading: str, right: int
) -> int:
    """Write lines over the narrow columns of a table: their notes run on to the column `right`.

    What a sheet's code made leads to the cells that it was made of. Give the row at which the sheet goes on.
    """
    for rule in rules:
        made = case.made.get(rule.id)
        if rule.made and made is not None and made.link is None and made.amount.value is not None:
            case.made[rule.id] = Made(made.amount, _origin(made.amount, sheet.name))
    after = write_lines(case, sheet, top, rules, heading, fitted=False, noted=False)
    left = NOTE_COLUMN + (case.unit == TEN_THOUSAND)
    sheet.merge((top + 1, left, top + 1, max(left, right)), "说明", HEADER)
    for row, rule in enumerate(rules, top + 2):
        note = note_of(case, rule, case.lines[rule.id].amount)
        sheet.merge((row, left, row, max(left, right)), note or None, WRAPPED.but(rule="row"))
    sheet.page.repeat = None  # of several tables no one header stands for all
    return after


def _origin(amount: Amount, sheet: str) -> Link | None:
    """Give a link to the first cells that a formula refers to."""
    found = _REFERENCE.search(amount.text)
    if found is None:
        return None
    name, first, last = found["sheet"], found["first"].replace("$", ""), (found["last"] or "").replace("$", "")
    return Link(internal(name, f"{first}:{last}" if last else first), "见下面的表" if name == sheet else name)
