"""A proposed entry: for what, in which of the two books, when, its debits and credits, the evidence and the cell.

Accounts are those of the government accounting system (财会〔2017〕25号). Nothing of it changes a figure: who keeps the
books decides. What asks for no entry but for something else to be done is a task.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.report.settlement.amount import Amount, add_amounts

if TYPE_CHECKING:
    from houqin.model import Place

FINANCIAL, BUDGETARY = "财务会计", "预算会计"
AT_ONCE, APPROVED = "现在", "批准后"
CASH, FUND, COSTS, SPENDING = "1002 银行存款", "8001 资金结存", "5001 业务活动费用", "7201 事业支出"


class Side(NamedTuple):
    """One line of an entry: the account, and its debit or its credit."""

    account: str
    debit: Amount | None = None
    credit: Amount | None = None


class Adjustment(NamedTuple):
    """A proposed entry of one book at one time; its sides balance."""

    reason: str
    sides: tuple[Side, ...]
    evidence: str
    place: Place | None = None
    book: str = FINANCIAL
    when: str = AT_ONCE

    @property
    def amount(self) -> Amount:
        """The sum of its debits."""
        return add_amounts(each.debit for each in self.sides if each.debit is not None)

    @property
    def accounts(self) -> tuple[str, str]:
        """Its debit and its credit accounts, as one reads them aloud."""
        sides = ([e.account for e in self.sides if e.debit], [e.account for e in self.sides if e.credit])
        return "、".join(sides[0]), "、".join(sides[1])


class Task(NamedTuple):
    """What is to be done without an entry, or before one can be made."""

    reason: str
    amount: Amount
    evidence: str
    place: Place | None = None


def entry(  # noqa: PLR0913  (the last by keyword)
    reason: str, accounts: tuple[str, str], amount: Amount, evidence: str, place: Place | None = None, *,
    book: str = FINANCIAL, when: str = AT_ONCE,
) -> Adjustment:  # fmt: skip
    """Make an entry of one debit and one credit."""
    debit, credit = accounts
    sides = Side(debit, debit=amount), Side(credit, credit=amount)
    return Adjustment(reason, sides, evidence, place, book, when)


def reversed_if(accounts: tuple[str, str], *, is_less: bool) -> tuple[str, str]:
    """Turn debit and credit round where the books have too much."""
    return (accounts[1], accounts[0]) if is_less else accounts
