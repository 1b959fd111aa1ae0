"""Named rules of the plainer forms over a ledger: what is overdue, meters from month to month, turns that came."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.check.rules import ledger_rule, names_of, tell
from houqin.check.table_rules import groups
from houqin.check.wording import say_number
from houqin.exact import plain
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_FULL_DAY = len("2025-09-01")


@ledger_rule("overdue")
def check_overdue(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of records whose `due` day, and `days` more, have passed, and that are not done.

    A record is done where the date field `done` is filled in, or `state` is one of the `finished` words.
    """
    due, done, state = (str(check.args.get(name, "")) for name in ("due", "done", "state"))
    finished, more = names_of(check, "finished"), int(str(check.args.get("days", "0")))
    if not view.has(due) or not view.has(state):
        return
    today = date.fromisoformat(as_of)
    chosen = view.select(str(check.args.get("where", "")))
    for record, text in enumerate(view.text(due)):
        closed = view.word(done, record) or view.word(state, record) in finished
        if closed or not chosen[record] or not text or len(text) != _FULL_DAY:
            continue
        days = (today - date.fromisoformat(text)).days
        if days > more:
            yield tell(view, check, record, words={"days": str(days)})


@ledger_rule("next-due")
def check_next_due(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of things (`by`) whose last record names a `next` day that has passed."""
    day, following = str(check.args["date"]), str(check.args["next"])
    by = [name for name in names_of(check, "by") if view.has(name)]
    if not view.has(day, following) or not by:
        return
    today = date.fromisoformat(as_of)
    dated = [record for record, text in enumerate(view.text(day)) if text]
    for records in groups(view, by, dated).values():
        last = max(records, key=lambda record: (str(view.text(day)[record]), record))
        text = view.text(following)[last]
        if not text or len(text) != _FULL_DAY or text <= str(view.text(day)[last]):
            continue  # a turn before its own day is date-order's to tell
        days = (today - date.fromisoformat(text)).days
        if days > 0:
            yield tell(view, check, last, words={"days": str(days)})


@ledger_rule("meter-chain")
def check_meter_chain(view: View, check: Check, as_of: str) -> Iterator[Finding]:  # noqa: ARG001  (as all ledger rules)
    """Compare each reading `prev` of a meter with the `curr` of its record before, in the `order` of the periods.

    A meter is known by the first of `names` that is filled in; records that differ in one of `by` (水, 电) are of two.
    Only where it has one record a period: of two in one month nobody knows which came first.
    """
    prev, curr, order = (str(check.args[name]) for name in ("prev", "curr", "order"))
    if not view.has(prev, curr, order):
        return
    each = view.form.field(prev)
    for dated in _meters(view, check, order).values():
        if len({period for period, _ in dated}) < len(dated):
            continue
        for (month, earlier), (_, later) in pairwise(sorted(dated)):
            last, first = view.value(curr, earlier), view.value(prev, later)
            if last is not None and first is not None and last != first:
                words = {"month": month, "expected": say_number(last, each)}
                related = (view.place(curr, earlier),)
                yield tell(view, check, later, words=words, related=related, expected=plain(last, each.scale))


def _meters(view: View, check: Check, order: str) -> dict[tuple[str, ...], list[tuple[str, int]]]:
    """Gather (period, record) by meter; a record without a name or a period belongs to none.

    What one sheet leaves out (the kind) another need not: where all records of a name that say it agree, it is one.
    """
    by, names = names_of(check, "by"), names_of(check, "names")
    named: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for record, period in enumerate(view.text(order)):
        name = next((word for each in names if (word := canonical_text(view.word(each, record)))), "")
        if name and period:
            named[name].append((str(period), record))
    meters: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
    for name, records in named.items():
        mixed = [each for each in by if len({word for _, r in records if (word := view.word(each, r))}) > 1]
        for period, record in records:
            meters[name, *(view.word(each, record) for each in mixed)].append((period, record))
    return meters
