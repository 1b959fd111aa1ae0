"""The budget of the year: what was approved, what was changed in the middle of it, what was issued and paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from example_year.model import AID, FUNCTIONS, NAMES, RENEWAL, SCHOOLING, UPKEEP, yuan

if TYPE_CHECKING:
    from example_year.model import Year

# (code, project) -> what was added in the middle of the year, 元
ADJUSTED = {
    ("30101", ""): 61_000, ("30103", ""): 12_900, ("30113", ""): 8_000, ("30201", ""): 6_000, ("30213", ""): -3_000,
    ("30211", ""): -2_000, ("31005", UPKEEP): 278_000, ("31006", UPKEEP): -46_000, ("31002", RENEWAL): 14_200,
    ("30308", AID): 3_750,
}  # fmt: skip
SLACK = {"30205": 60_000, "30206": 120_000, "30217": 10_000}  # fen kept by intent; others have what rounds them up
# What last year spent, 元, where it is not about the same: its capital spending was desks and chairs.
LAST_YEAR = {"30208": 151_300, "30217": 2_860, "31002": 121_200, "31003": 0, "31005": 0, "31006": 0, "31007": 0}


@dataclass(frozen=True)
class BudgetLine:
    """One subject of the basic spending, or of a project; fen. full = initial + adjust, paid <= full."""

    code: str
    project: str
    initial: int
    adjust: int
    paid: int
    december: int
    last_year: int

    @property
    def name(self) -> str:
        """The subject's name."""
        return NAMES[self.code]

    @property
    def full(self) -> int:
        """What could be spent."""
        return self.initial + self.adjust

    @property
    def function(self) -> str:
        """The subject by function."""
        return FUNCTIONS.get(self.code, SCHOOLING)


def plan_budget(year: Year) -> list[BudgetLine]:
    """Give the budget by subject and project: basic spending first, then the projects."""
    keys = sorted({(each.code, each.project) for each in year.payments}, key=lambda key: (key[1] != "", key[1], key[0]))
    lines = []
    for code, project in keys:
        own = [each for each in year.payments if (each.code, each.project) == (code, project)]
        paid = sum(each.amount for each in own)
        is_exact = code[:3] in {"301", "303"} or project == AID
        full = paid if is_exact else -(-(paid + SLACK.get(code, 0)) // 100_000) * 100_000
        adjust = yuan(ADJUSTED.get((code, project), 0))
        last = yuan(LAST_YEAR[code]) if code in LAST_YEAR else (paid * 97 // 100) // 100 * 100
        december = sum(each.amount for each in own if each.day.month == 12)
        lines.append(BudgetLine(code, project, full - adjust, adjust, paid, december, 0 if project == UPKEEP else last))
    return lines
