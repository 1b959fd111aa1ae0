"""A period that was closed is frozen: its ledgers stay as they were, or are changed by a dated adjustment."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.errors import FailedRun
from houqin.jobs.closed_years import closed_years, keep_years
from houqin.model import Finding, Level
from houqin.school import Decision, DecisionKind, Decisions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.jobs.closed_years import Hold
    from houqin.model import Ledger

_DIGITS = 12


def keep_all(
    hold: Hold, ledgers: Mapping[str, Ledger], decisions: Decisions, forms: Forms
) -> tuple[list[Decision], list[Finding]]:
    """Hold a run to every closing that concerns it: that of its own period, and the fiscal years of its rows."""
    is_closed_year = hold.period in {each.year for each in closed_years(decisions)}
    whole = _by_form(ledgers) if is_closed_year else {}
    years, sentences = keep_years(hold, ledgers, decisions, forms, whole)
    told = [_note(each) for each in sentences]
    if is_closed_year:
        return years, told
    kept, notes = keep_closed(hold.period, ledgers, decisions, forms)
    return [*kept, *years], [*notes, *told]


def keep_closed(
    period: str, ledgers: Mapping[str, Ledger], decisions: Decisions, forms: Forms
) -> tuple[list[Decision], list[Finding]]:
    """Hold a closed period to what it was; give the decisions to enter into the register, and what to tell.

    The first run after the closing enters the hashes of the ledgers beside it. A later run with other ledgers needs an
    adjustment that has not been used yet, and enters the new hashes beside that. Raises FailedRun where there is none.
    """
    closing = decisions.latest.get((DecisionKind.CLOSE, period))
    if closing is None:
        return [], []
    told = ledger_hashes(ledgers)
    if not closing.raw:
        sentence = f"{period} 已于 {closing.date} 结账（{closing.who}），台账已冻结。{_left_open(ledgers)}"
        return [replace(closing, raw=told)], [_note(sentence)]
    adjustments = [each for each in decisions.of(DecisionKind.ADJUST) if each.value == period]
    frozen = {closing.raw, *(each.raw for each in adjustments if each.raw)}
    if told in frozen:
        return [], []
    unused = [each for each in adjustments if not each.raw]
    changed = "、".join(_changed(closing.raw, told, forms))
    if not unused:
        raise FailedRun(
            f"{period} 已于 {closing.date} 结账（{closing.who}），不能直接修改：{changed}和结账时不同。"
            "确需更正的，请在《决定登记》里填一行“调整事项”（决定写期间，并写明日期、经办人、说明原因，“来自”写依据），"
            "再运行一次；结账时的结果保留不动。"
        )
    used = unused[0]
    note = (
        f"{period} 结账后更正：{changed}和结账时不同，依调整事项（{used.date}，{used.who}：{used.reason}；"
        f"依据：{used.source}）。结账时的结果保留不动。"
    )
    return [replace(used, raw=told)], [_note(note)]


def ledger_hashes(ledgers: Mapping[str, Ledger]) -> str:
    """Give the hashes of ledgers by form: of their values alone, not of the files that these came from."""
    return " ".join(f"{form}:{each}" for form, each in _by_form(ledgers).items())


def _by_form(ledgers: Mapping[str, Ledger]) -> dict[str, str]:
    return {form: _hash(ledger) for form, ledger in sorted(ledgers.items())}


def _left_open(ledgers: Mapping[str, Ledger]) -> str:
    pending = sum(int(ledger.frame["pending"].sum()) for ledger in ledgers.values())
    return f"其中 {pending} 行待定，没有计入合计；定下来以后要改，须填调整事项。" if pending else ""


def _hash(ledger: Ledger) -> str:
    # Without blank columns: a field that a later version of the program knows must not open what is closed.
    filled = ledger.frame.dropna(axis=1, how="all")
    frame = filled.astype(object).where(filled.notna(), None)
    columns = {str(name): [None if v is None else str(v) for v in frame[name].tolist()] for name in frame.columns}
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def _changed(before: str, now: str, forms: Forms) -> list[str]:
    """Name the forms whose ledgers differ, or are there in one only."""
    old, new = (dict(each.split(":", 1) for each in text.split() if ":" in each) for text in (before, now))
    titles = {form.id: form.title for form in forms}
    return [titles.get(form, form) for form in sorted({*old, *new}) if old.get(form) != new.get(form)]


def _note(message: str) -> Finding:
    return Finding("closed-period", Level.INFO, message)
