"""Named rules over a ledger, as of a day: what is open too long, what is spent too fast or too slowly."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np

from houqin.check.rules import ledger_rule, names_of, tell
from houqin.exact import unscaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding


@ledger_rule("open-too-long")
def check_open_too_long(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of records that are open for more days than the settings' `repair_open_days`.

    `date` is the field of the day on which a record was opened. It is closed where the `done` field is filled in, or
    where `state` is one of the `finished` words.
    """
    opened, done, state = (str(check.args.get(name, "")) for name in ("date", "done", "state"))
    if not view.has(opened):
        return
    finished = names_of(check, "finished")
    limit = int(view.school.thresholds.get("repair_open_days", Decimal(7))) if view.school else 7
    today = date.fromisoformat(as_of)
    for record, text in enumerate(view.text(opened)):
        closed = view.word(done, record) or view.word(state, record) in finished
        if closed or not text or len(text) != len("2025-09-01"):
            continue
        days = (today - date.fromisoformat(text)).days
        if days > limit:
            yield tell(view, check, record, words={"days": str(days), "limit": str(limit)})


@ledger_rule("pace")
def check_pace(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Compare the share spent with the share of the year that has passed, in total and, where asked, by record.

    `spent` and `budget` are the fields; `by` names the field whose values are judged apart (a project), `not` words
    that mark seasonal items, which are passed over.
    """
    spent, budget = str(check.args.get("spent", "total")), str(check.args.get("budget", "full"))
    if not view.has(spent, budget):
        return
    limit = view.school.thresholds.get("progress_gap", Decimal(10)) if view.school else Decimal(10)
    passed = _share_of_year(as_of)
    chosen = view.select(str(check.args["where"]) if "where" in check.args else None)
    by, seasonal = names_of(check, "by"), names_of(check, "not")
    for record in np.flatnonzero(chosen).tolist():
        if by and not view.word(by[0], record):
            continue
        if any(word in view.word(f.id, record) for word in seasonal for f in view.form.fields if not f.is_number):
            continue
        whole, part = view.value(budget, record), view.value(spent, record)
        if not whole or part is None or whole < 0:
            continue
        ratio = unscaled(part, view.number(spent).scale) / unscaled(whole, view.number(budget).scale) * 100
        rate = ratio.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if abs(rate - passed) > limit:
            words = {"rate": str(rate), "passed": str(passed), "diff": str(abs(rate - passed)),
                     "pace": "快" if rate > passed else "慢"}  # fmt: skip
            yield tell(view, check, record, words=words)


def _share_of_year(as_of: str) -> Decimal:
    """Give the per cent of the year that has passed by the end of a day."""
    day = date.fromisoformat(as_of)
    whole = date(day.year, 12, 31).timetuple().tm_yday
    return (Decimal(day.timetuple().tm_yday * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
