"""A closed period is frozen with the hashes of its ledgers; a later change is refused, or a dated adjustment."""

from __future__ import annotations

from dataclasses import replace

import pytest
from account.ledgers import make_ledger

from houqin.errors import FailedRun
from houqin.forms import load_forms
from houqin.jobs.closed import keep_closed, ledger_hashes
from houqin.school import Decision, DecisionKind, Decisions

FORMS = load_forms()
PERIOD = "2025-2026-1"
CLOSING = Decision(DecisionKind.CLOSE, date="2026-01-31", who="李会计", value=PERIOD)
ADJUSTMENT = Decision(
    DecisionKind.ADJUST, date="2026-03-05", who="李会计", value=PERIOD, reason="漏登一笔领用", source="领用单 12 号"
)
BOOKS = {"stock_balance": make_ledger("stock_balance", [{"name": "粉笔", "close_qty": 5_000}])}
OTHERS = {"stock_balance": make_ledger("stock_balance", [{"name": "粉笔", "close_qty": 4_000}])}


def test_a_period_that_nobody_closed_may_change() -> None:
    """Another period's closing says nothing of it."""
    assert keep_closed("2025-2026-2", BOOKS, Decisions((CLOSING,)), FORMS) == ([], [])


def test_the_first_run_after_the_closing_freezes_it() -> None:
    """The hashes go into the register beside the closing; with them the same ledgers pass, from other files too."""
    (kept,), (note,) = keep_closed(PERIOD, BOOKS, Decisions((CLOSING,)), FORMS)
    assert kept == replace(CLOSING, raw=ledger_hashes(BOOKS))
    assert "台账已冻结" in note.message
    again = {"stock_balance": make_ledger("stock_balance", [{"name": "粉笔", "close_qty": 5_000}], file="另存.xlsx")}
    assert keep_closed(PERIOD, again, Decisions((CLOSING, kept)), FORMS) == ([], [])


def test_a_later_change_is_refused_and_the_way_out_is_named() -> None:
    """office.md, refusal 5."""
    frozen = replace(CLOSING, raw=ledger_hashes(BOOKS))
    with pytest.raises(FailedRun, match=r"已于 2026-01-31 结账（李会计），不能直接修改：物资收发存汇总表.*调整事项"):
        keep_closed(PERIOD, OTHERS, Decisions((frozen,)), FORMS)


def test_an_adjustment_allows_one_change_and_is_used_up_by_it() -> None:
    """Who, why and on what evidence is told; the change after it needs another."""
    frozen = replace(CLOSING, raw=ledger_hashes(BOOKS))
    decisions = Decisions((frozen, ADJUSTMENT))
    (used,), (note,) = keep_closed(PERIOD, OTHERS, decisions, FORMS)
    assert all(word in note.message for word in ("李会计", "漏登一笔领用", "领用单 12 号"))
    decisions = decisions.with_more([used])
    assert keep_closed(PERIOD, OTHERS, decisions, FORMS) == ([], [])
    third = {"stock_balance": make_ledger("stock_balance", [{"name": "粉笔", "close_qty": 3_000}])}
    with pytest.raises(FailedRun):
        keep_closed(PERIOD, third, decisions, FORMS)
