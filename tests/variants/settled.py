"""An inbox taken through the flow and the settlement of the year, as the notebook does it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from houqin.forms import load_forms
from houqin.model import Level
from houqin.pipeline import Result, run_pipeline
from houqin.read import read_settings
from houqin.report.settlement import Written, write_settlement
from houqin.school import load_school

if TYPE_CHECKING:
    from decimal import Decimal

    from houqin.school import School

FORMS = load_forms()
SCHOOL = load_school(Path(__file__).parents[2] / "templates" / "示例中学年终", read_settings)
LAST_DAY = "2025-12-31"


class Settled(NamedTuple):
    """What came of an inbox."""

    result: Result
    written: Written

    @property
    def codes(self) -> list[str]:
        """The codes of what a person must look at."""
        found = [*self.result.findings, *self.written.findings]
        return sorted({each.code for each in found if each.level in {Level.ERROR, Level.QUESTION}})

    def said(self, code: str) -> str:
        """Give the message of the one finding of a code."""
        (only,) = (each.message for each in (*self.result.findings, *self.written.findings) if each.code == code)
        return only

    def figure(self, line: str) -> Decimal | None:
        """Give a figure of the settlement."""
        return self.written.figures[line][1]


def settle(inbox: Path, school: School = SCHOOL) -> Settled:
    """Take an inbox through the flow and write the settlement of 2025 beside it."""
    result = run_pipeline(inbox, FORMS, school, LAST_DAY)
    path = inbox.parent / "结果" / "02汇总" / "年终决算.xlsx"
    written = write_settlement(path, result, forms=FORMS, school=school, year=2025, as_of=LAST_DAY)
    return Settled(result, written)
