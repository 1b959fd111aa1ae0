"""Whether the trial balance is the year's: another month's counts for nothing, one month alone not as the year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import Finding, Level, Place
from houqin.values.periods import read_period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.report.records import Record
    from houqin.report.summary_case import Outcome

FORM, PERIOD, MOVEMENT = "trial_balance", "period", "movement"
_FILLS = (
    "带“本年累计”的 {month} 月科目余额表，或 {year} 年 1—{month} 月的科目余额表，"
    "或 1—{month} 月每月一张、前后接得上的"
)


def of_the_year(outcome: Outcome, forms: Forms, as_of: str) -> tuple[Outcome, list[Finding]]:
    """Give the outcome without a trial balance of another month than the base day's, and a question about it."""
    ledger = outcome.ledgers.get(FORM)
    periods = _said(ledger, PERIOD)
    wrong = [text for text in periods if (read := read_period(text)) and read.last != as_of[:7]]
    if ledger is None or not wrong:
        return outcome, []
    own = {each.id for each in forms.tie_outs if FORM in {each.left.form, each.right.form}}
    message = (
        f"收到的科目余额表是 {'、'.join(wrong)} 的，不是 {as_of[:7]} 的，没有用在年终决算里，要用它的行写“未核”。"
        f"请补：{fills(as_of)}。"
    )
    made = replace(
        outcome,  # type: ignore[type-var]
        ledgers={form: each for form, each in outcome.ledgers.items() if form != FORM},
        tie_outs=tuple(each for each in outcome.tie_outs if each.id not in own),
    )
    return made, [Finding("wrong-period", Level.QUESTION, message, _place(ledger, PERIOD, wrong[0]), form=FORM)]


def ask_for_year(ledger: Ledger | None, as_of: str) -> list[Finding]:
    """Ask for the year's movement where the trial balance has that of a part of the year alone."""
    parts = _said(ledger, MOVEMENT)
    if ledger is None or not parts:
        return []
    message = (
        f"科目余额表里只有 {'、'.join(parts)} 的发生额，没有“本年累计”，不能当作全年的收入和支出；"
        f"年末余额照用，全年的收入、支出、年初数写“未核”。请补：{fills(as_of)}。"
    )
    return [Finding("month-for-year", Level.QUESTION, message, _place(ledger, MOVEMENT, parts[0]), form=FORM)]


def fills(as_of: str) -> str:
    """Say which trial balance would fill the year."""
    return _FILLS.format(year=as_of[:4], month=int(as_of[5:7]))


def is_part_of_year(records: Sequence[Record]) -> bool:
    """Tell a trial balance whose movement is not the whole year's."""
    return any(each.text(MOVEMENT) for each in records)


def _said(ledger: Ledger | None, name: str) -> list[str]:
    if ledger is None or name not in ledger.frame.columns:
        return []
    return sorted(str(text) for text in ledger.frame[name].dropna().unique())


def _place(ledger: Ledger, name: str, text: str) -> Place:
    row = ledger.frame[name].tolist().index(text)
    return Place(str(ledger.sources["file"].iloc[row]), str(ledger.sources["sheet"].iloc[row]))
