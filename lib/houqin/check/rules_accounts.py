"""A named rule of accounts kept by the month: a year's sum that grows by each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.check.rules import ledger_rule, tell
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_MONTH = len("2025-09")
_JANUARY = "01"


@ledger_rule("year-to-date")
def check_year_to_date(view: View, check: Check, _as_of: str) -> Iterator[Finding]:
    """Compare each item's sum of the year with that of the month before and this month's amount.

    Only months that follow one another within a calendar year; January begins anew.
    """
    item, day, month, year = (str(check.args[name]) for name in ("item", "date", "month", "year"))
    if not view.has(item, day, month, year):
        return
    field = view.form.field(year)
    rows: dict[tuple[str, str], list[int]] = {}
    for record in range(view.length):
        when = view.word(day, record)[:_MONTH]
        if len(when) == _MONTH and view.word(item, record):
            rows.setdefault((canonical_text(view.word(item, record)), when), []).append(record)
    for (name, when), records in rows.items():
        earlier = rows.get((name, _month_before(when)), [])
        if len(records) != 1 or (when[5:] != _JANUARY and len(earlier) != 1):
            continue
        record = records[0]
        last = 0 if when[5:] == _JANUARY else view.value(year, earlier[0])
        this, typed = view.value(month, record), view.value(year, record)
        if last is None or this is None or typed is None or typed == last + this:
            continue
        slip = likely_slip(typed, last + this, field.scale)
        words = {
            "before": _month_before(when),
            "last": say_number(last, field),
            "month": say_number(this, field),
            "expected": say_number(last + this, field),
            "diff": say_number(abs(last + this - typed), field),
            "hint": f"，{slip}" if slip else "",
        }
        related = (view.place(year, earlier[0]),) if earlier and when[5:] != _JANUARY else ()
        yield tell(view, check, record, words=words, expected=plain(last + this, field.scale), related=related)


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number - 1:02d}" if number > 1 else f"{year - 1}-12"
