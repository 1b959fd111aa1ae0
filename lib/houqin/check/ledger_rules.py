"""Named rules over a ledger, as of a day: what is open too long, what is spent too fast or too slowly."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

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
    where `state` is one of the `finished` words, or where its table has neither and `by` names who did it.
    """
    opened, done, state, by = (str(check.args.get(name, "")) for name in ("date", "done", "state", "by"))
    if not view.has(opened):
        return
    finished = names_of(check, "finished")
    limit = int(view.school.thresholds.get("repair_open_days", Decimal(7))) if view.school else 7
    today = date.fromisoformat(as_of)
    for record, text in enumerate(view.text(opened)):
        # A log without both columns that names who did it is of things done.
        unsaid = view.word(by, record) and not any(view.has_cell(name, record) for name in (done, state))
        closed = unsaid or view.word(done, record) or view.word(state, record) in finished
        if closed or not text or len(text) != len("2025-09-01"):
            continue
        days = (today - date.fromisoformat(text)).days
        if days > limit:
            yield tell(view, check, record, words={"days": str(days), "limit": str(limit)})


@ledger_rule("pace")
def check_pace(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Compare the share of the budget spent with the share of the year passed, in total and by project only.

    `spent` and `budget` name the fields, `by` that of the project; records with one of the words of `not` in them
    (取暖) are not judged apart. Beyond the settings' `progress_gap`, in points, it is told.
    """
    spent, budget = str(check.args.get("spent", "total")), str(check.args.get("budget", "full"))
    project = next(iter(names_of(check, "by")), "project")
    if not view.has(spent, budget):
        return
    seasonal = names_of(check, "not")
    chosen = set(view.select(str(check.args.get("where", ""))).nonzero()[0].tolist())
    roots = [record for record in _roots(view, "code", project) if record in chosen]
    groups = [(roots, {"subject": "合计", project: ""})] if len(roots) > 1 else []
    for record in sorted(chosen):
        words = [str(view.word(f.id, record)) for f in view.form.fields if not f.is_number]
        if view.word(project, record) and not any(s in word for s in seasonal for word in words):
            groups.append(([record], {}))
    limit = view.school.thresholds.get("progress_gap", Decimal(10)) if view.school else Decimal(10)
    passed = _share_of_year(as_of)
    for records, told in groups:
        rate = _rate(view, records, spent, budget)
        if rate is not None and abs(rate - passed) > limit:
            words_of_pace = {"rate": f"{rate:f}", "passed": f"{passed:f}", "diff": f"{abs(rate - passed):f}"}
            pace = {"pace": "快" if rate > passed else "慢"}
            yield tell(view, check, records[0], words={**words_of_pace, **pace, **told})


def _roots(view: View, code: str, project: str) -> list[int]:
    """Give the records that add up to the whole: those whose code lies below no other code."""
    codes = [view.word(code, record) for record in range(view.length)]
    known = {text for record, text in enumerate(codes) if text and not view.word(project, record)}
    return [
        record
        for record, text in enumerate(codes)
        if not any(text[:end] in known for end in range(1, len(text))) and (text or not known)
        if not (text in known and view.word(project, record))
    ]


def _rate(view: View, records: list[int], spent: str, budget: str) -> Decimal | None:
    """Give the per cent that some records have spent together, None without a budget."""
    parts, whole = Decimal(0), Decimal(0)
    for record in records:
        part, full = view.value(spent, record), view.value(budget, record)
        if part is not None and full is not None:
            parts += unscaled(part, view.number(spent).scale)
            whole += unscaled(full, view.number(budget).scale)
    return (parts * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole > 0 else None


def _share_of_year(as_of: str) -> Decimal:
    """Give the per cent of the year that has passed by the end of a day."""
    day = date.fromisoformat(as_of)
    whole = date(day.year, 12, 31).timetuple().tm_yday
    return (Decimal(day.timetuple().tm_yday * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
