"""What the sheets of the summary share: the ledgers, the calculations, and figures as formulas over the data sheets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from houqin.report.data_sheets import DataSheets
from houqin.report.doubts import doubts_of
from houqin.report.figures import Calculations, Figure, calculate, key_figures, verdict_of
from houqin.report.ledgers import PLAIN_FILES, source_link
from houqin.report.records import read_records
from houqin.report.words import term
from houqin.workbook import COUNT, HEADING, NOTE, WRAPPED, Formula, Link, external

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Finding, Ledger, Place, SourceFile, TieOutResult
    from houqin.school import School
    from houqin.workbook import Area, Sheet, Workbook

SOURCES = "../来源/"  # from 02汇总/ to the run's own copies of the workbooks
MARKED = "../04标注后的原表/"  # and to the copies with marks
MONEY_UNIT = "金额单位：元"
NUMBER = COUNT.but(align="center")  # of a line
INDENTED = WRAPPED.but(indent=1)  # text right of a number
VERDICT_COLOURS = {"必须改": "bad", "请确认": "doubt", "通过": "good"}


class Outcome(Protocol):
    """What the pipeline gives, as far as the summary reads it (houqin.pipeline.Result is one)."""

    @property
    def files(self) -> Sequence[SourceFile]:
        """The files of the inbox."""

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """The ledgers by form."""

    @property
    def tie_outs(self) -> Sequence[TieOutResult]:
        """The tie-outs."""

    @property
    def findings(self) -> Sequence[Finding]:
        """The findings in the order in which they are read."""


@dataclass(slots=True, kw_only=True)
class BookCase(DataSheets):
    """One workbook being written. Sheets fill `cells` with where their figures stand, for the pages before them."""

    book: Workbook
    outcome: Outcome
    school: School
    as_of: str
    run: Mapping[str, str]
    period: str = ""  # what the head of each sheet says, the semester where it is empty
    copies: Mapping[str, str] = field(default_factory=dict)  # path of a source -> its marked copy, below MARKED
    cells: dict[str, Area] = field(default_factory=dict)
    large: frozenset[str] = frozenset()  # forms whose data sheet holds totals by month, not the ledger's rows

    @property
    def ledgers(self) -> Mapping[str, Ledger]:
        """The ledgers by form, without those that have no row."""
        return filled_ledgers(self.outcome.ledgers)

    @property
    def verdict(self) -> tuple[str, str]:
        """The master verdict and its kind."""
        return verdict_of(self.outcome.findings)

    def show_verdict(self, sheet: Sheet, row: int, columns: int) -> None:
        """Write the master verdict over a row; it follows the cell that all sheets show."""
        text, kind = self.verdict
        style = HEADING.but(colour=VERDICT_COLOURS[kind], size=11)
        sheet.merge((row, 1, row, columns), Formula(self.cells["verdict"].ref, text), style)


@dataclass(slots=True, kw_only=True)
class Case(BookCase):
    """The summary of the semester's start, with its calculations."""

    made: Calculations
    figures: Sequence[Figure]


def open_case(  # noqa: PLR0913  (all by keyword)
    book: Workbook, outcome: Outcome, forms: Forms, school: School, *, as_of: str, run: Mapping[str, str]
) -> Case:
    """Make the calculations and read the ledgers once for all sheets."""
    ledgers = filled_ledgers(outcome.ledgers)
    made = calculate(ledgers, school, forms, as_of)
    return Case(
        book=book, outcome=outcome, forms=forms, school=school, as_of=as_of, run=run, made=made,
        figures=key_figures(made, ledgers, school),
        records={form_id: read_records(outcome.ledgers, form_id, forms) for form_id in ledgers},
    )  # fmt: skip


def write_head(  # noqa: PLR0913  (the last by keyword)
    case: BookCase, sheet: Sheet, title: str, columns: int, lines: Sequence[str] = (), *, unit: str = MONEY_UNIT,
    forms: Sequence[str] = (),
) -> int:  # fmt: skip
    """Write title, period, lines, what stands open in the forms behind the figures, and the master verdict.

    Give the row at which the sheet goes on.
    """
    open_points = doubts_of(forms, case.outcome.findings, case.ledgers)
    lines = [*lines, open_points] if open_points else lines
    period = f"{case.school.name}　{case.period or term(case.school)}　截至 {case.as_of}" + (
        f"　{unit}" if unit else ""
    )
    row = sheet.head(title, columns, lines=[period, *lines]) - 1
    case.show_verdict(sheet, row, columns)
    return row + 2


def write_missing(case: BookCase, sheet: Sheet, title: str, forms: Sequence[str], columns: int = 8) -> bool:
    """Where none of the workbooks was there, say so and which it takes; tell whether that was so."""
    if any(case.has(form_id) for form_id in forms):
        return False
    row = write_head(case, sheet, title, columns)
    names = "、".join(f"《{case.title_of(form_id)}》" for form_id in forms)
    empty = [form_id for form_id in forms if form_id in case.outcome.ledgers]
    sheet.merge((row, 1, row, columns), "— 未见材料", HEADING.but(colour="muted"))
    state = f"收到的{names}里没有一行记录" if empty else f"收件箱里没有{names}"
    text = f"{state}。把填好的放进“收件箱”再运行一次，本表就会填好。"
    sheet.merge((row + 1, 1, row + 1, columns), text, WRAPPED)
    return True


def filled_ledgers(ledgers: Mapping[str, Ledger]) -> dict[str, Ledger]:
    """Leave out ledgers without a row: a form that nobody filled in says nothing."""
    return {form_id: ledger for form_id, ledger in ledgers.items() if len(ledger.frame)}


def write_note(sheet: Sheet, row: int, columns: int, text: str) -> int:
    """Write a line under a table; give the next row."""
    sheet.merge((row, 1, row, columns), text, NOTE.but(wrap=True))
    return row + 1


def place_link(place: Place | None) -> Link | None:
    """Give a link to a cell of the run's copy of a workbook."""
    if place is None:
        return None
    return cell_link(place.file, place.sheet, place.cell)


def place_words(place: Place) -> str:
    """Give sheet and cell of a place, 打开 where it is a whole file."""
    named = "" if place.file.lower().endswith(PLAIN_FILES) else place.sheet
    return " ".join(part for part in (named, place.cell) if part) or "打开"


def cell_link(file: str, sheet: str | None, cell: str | None) -> Link:
    """Give a link to a cell of the run's copy of a workbook, or to the file where it has no sheets (csv)."""
    named = "" if file.lower().endswith(PLAIN_FILES) else sheet
    target = source_link(file, sheet, cell, base=SOURCES) if sheet else external(SOURCES + file)
    return Link(target, " ".join(part for part in (file, named, cell) if part))
