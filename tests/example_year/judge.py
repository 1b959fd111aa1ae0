"""The checks of the settlement without its workbook: the same papers are worked out, no cell of them is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from houqin.forms import load_settlement
from houqin.report.records import read_records
from houqin.report.settlement import sheets_of, work_out
from houqin.report.settlement.case import Case
from houqin.workbook import Sheet, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from houqin.account.rows import Row
    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.pipeline import Result
    from houqin.report.records import Record
    from houqin.report.settlement import Checked
    from houqin.school import School


class Unkept(Sheet):
    """A sheet that forgets what is written: tables still know where they stand, formulas their values."""

    def _nothing(self, *_: Any, **__: Any) -> None:
        pass

    write = column = text = number = formula = link = merge = mark = highlight = chart = _nothing  # type: ignore[assignment]


class UnkeptBook(Workbook):
    """A workbook of such sheets; it is never saved."""

    def sheet(self, name: str, *, role: str = "result", landscape: bool = False) -> Sheet:
        """Add a sheet."""
        made = super().sheet(name, role=role, landscape=landscape)
        made.__class__ = Unkept
        return made


@dataclass
class Judge:
    """Makes the checks of one year over and over; ledgers that did not change are read once."""

    forms: Forms
    before: Mapping[str, Sequence[Row]]
    folder: Path
    as_of: str
    _read: dict[int, tuple[Ledger, list[Record]]] = field(default_factory=dict)

    def checks(self, outcome: Result, school: School) -> dict[str, Checked]:
        """Give the checks by their ids."""
        book = UnkeptBook(self.folder / "unkept.xlsx", title="")
        case = Case(
            book=book, outcome=outcome, forms=self.forms, school=school, as_of=self.as_of, run={}, copies={}, period="", year=int(self.as_of[:4]), unit="元",
            rules=load_settlement(), before=self.before, records={form: self._records(outcome, form) for form in outcome.ledgers},
        )  # fmt: skip
        try:
            return {each.rule.id: each for each in work_out(case, sheets_of(case))}
        finally:
            book._book.fileclosed = True  # or its __del__ would warn about a file not closed

    def _records(self, outcome: Result, form: str) -> list[Record]:
        ledger = outcome.ledgers[form]
        if id(ledger) not in self._read or self._read[id(ledger)][0] is not ledger:
            self._read[id(ledger)] = ledger, read_records(outcome.ledgers, form, self.forms)
        return self._read[id(ledger)][1]
