"""Continuity from period to period: openings against the last published run's closings, with both cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.account.carry import Break, Carried, breaks, carried_into, months_apart
from houqin.account.carry_books import BOOKS, book_breaks
from houqin.account.carry_trial import FORM as TRIAL
from houqin.account.carry_trial import trial_breaks
from houqin.account.rows import Row, rows_of
from houqin.check.carry_cards import check_cards
from houqin.check.carry_wording import Closed, tell_breaks
from houqin.check.view import ledger_place
from houqin.model import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger

@dataclass(frozen=True, slots=True)
class Earlier:
    """The last published run of the period before, as its typed file has it; `run` is None where there is none.

    `places` has the cell of each field of each row (form, position, field), `''` the row's own cell. `next_period` is
    the period that goes on from it, where that is known; `as_of` is the ISO day of the earlier run.
    """

    run: str | None = None
    period: str = ""
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    places: Mapping[tuple[str, int, str], Place] = field(default_factory=dict)
    as_of: str = ""
    next_period: str = ""

    def place(self, row: Row, field_id: str) -> Place | None:
        """Give the cell of a value in the workbook of its own run."""
        return self.places.get((row.form, row.index, field_id)) or self.places.get((row.form, row.index, ""))

    def line(self, row: Row) -> tuple[str, int]:
        """Give file and sheet of a row in one, and its line."""
        place = self.places.get((row.form, row.index, ""))
        if place is None:
            return "", row.index
        return _sheet_line(place.file, place.sheet or "", "".join(sign for sign in place.cell or "" if sign.isdigit()))


def check_carry(
    ledgers: Mapping[str, Ledger], forms: Forms, earlier: Earlier, what: Sequence[Carried] | None = None
) -> list[Finding]:
    """Ask about each thing whose opening is not the last closing, and tell what the differences of a form come to.

    What is carried over (`what`) goes by the period; books that run on and cards of assets are followed in each. The
    first time there is nothing to compare with: that is said, once, where something has an opening.
    """
    what = carried_into(earlier.next_period) if what is None else what
    carried = [each for each in what if each.form in ledgers and each.form in forms.by_id]
    findings = _within(ledgers, forms, carried)
    if earlier.run is None:
        return [*findings, *_unchecked(ledgers, forms, carried)]
    found: dict[str, list[Break]] = {}
    for each in carried:
        before = earlier.rows.get(each.form, ())
        if before:
            found.setdefault(each.form, []).extend(breaks(each, rows_of(ledgers, each.form), before))
    if len(earlier.period) == len("2025") and TRIAL in ledgers:
        found[TRIAL] = list(trial_breaks(rows_of(ledgers, TRIAL), earlier.rows.get(TRIAL, ())))
    for book in BOOKS:
        if book.form in ledgers and earlier.rows.get(book.form):
            now_at, rows = _lines_of(ledgers[book.form]), rows_of(ledgers, book.form)
            found[book.form] = list(book_breaks(book, rows, earlier.rows[book.form], now_at, earlier.line))
    closed = Closed(f"上期（{earlier.period}）", earlier.place)
    for form_id, own in found.items():
        findings += tell_breaks(own, forms.by_id[form_id], ledgers[form_id], closed)
    return findings + check_cards(ledgers, forms, earlier.rows, closed, earlier.as_of)


def _unchecked(ledgers: Mapping[str, Ledger], forms: Forms, carried: Iterable[Carried]) -> list[Finding]:
    opened = [c for c in carried if any(r.number(o) for r in rows_of(ledgers, c.form) for o, _ in c.pairs)]
    if not opened:
        return []
    titles = "、".join(dict.fromkeys(forms.by_id[each.form].title for each in opened))
    message = f"首次使用，未核对期初：{titles}的期初数没有上期结果可以对照，请自己对一遍上期的表。"
    sources = ledgers[opened[0].form].sources.iloc[0]
    place = Place(str(sources["file"]), str(sources["sheet"]))
    return [Finding("carry-unchecked", Level.INFO, message, place)]


def _within(ledgers: Mapping[str, Ledger], forms: Forms, carried: Iterable[Carried]) -> list[Finding]:
    """Compare the months of one run with one another."""
    findings: list[Finding] = []
    for each in carried:
        if each.date and not each.in_year:
            found, ledger = list(months_apart(each, rows_of(ledgers, each.form))), ledgers[each.form]
            closed = Closed("上月", _places_of(ledger))
            findings += tell_breaks(found, forms.by_id[each.form], ledger, closed)
    return findings


def _places_of(ledger: Ledger) -> Callable[[Row, str], Place | None]:
    return lambda row, field_id: ledger_place(ledger, field_id, row.index)


def _lines_of(ledger: Ledger) -> Callable[[Row], tuple[str, int]]:
    sources = ledger.sources
    told = zip(sources["file"].tolist(), sources["sheet"].tolist(), sources["row"].tolist(), strict=True)
    lines = [_sheet_line(str(file), str(sheet), row) for file, sheet, row in told]
    return lambda row: lines[row.index]


def _sheet_line(file: str, sheet: str, line: str | int) -> tuple[str, int]:
    return f"{file}\x1f{sheet}", int(line or 0)
