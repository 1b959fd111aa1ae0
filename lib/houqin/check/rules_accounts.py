"""Named rules of accounts: a balance that runs on from row to row, a year's sum that grows by the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.check.rules import ledger_rule, table_rule, tell
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, rescale
from houqin.model import Kind, RowKind, Table
from houqin.values import canonical_text, number_of, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_MONTH = len("2025-09")
_JANUARY = "01"


@table_rule("running-balance")
def check_running_balance(view: View, check: Check) -> Iterator[Finding]:
    """Follow the balance down the rows: the one before + `in` - `out` = `balance`; a blank balance is worked out.

    The first balance rests on the opening row (上月结转), if there is one. A wrong balance is told once: where the next
    row goes on from the right one, so does the rule.
    """
    names = [str(check.args[name]) for name in ("in", "out", "balance")]
    coming, going, balance = names
    if not isinstance(view.source, Table) or not view.has(*names):
        return
    field = view.form.field(balance)
    moved = [
        int(rescale(view.number(coming), field.scale).values[record])
        - int(rescale(view.number(going), field.scale).values[record])
        for record in range(view.length)
    ]
    openings = _openings(view.source, balance, field.scale)
    before: int | None = None
    last_row = 0
    for record in range(view.length):
        row = int(view.source.spans[record, 0])
        before = next((value for at, value in openings if last_row < at < row), before)
        last_row = row
        typed = view.value(balance, record)
        expected = None if before is None else before + moved[record]
        if any(view.unread(name)[record] for name in names):
            before = typed
            continue
        if typed is not None and expected is not None and typed != expected:
            slip = likely_slip(typed, expected, field.scale)
            words = {
                "before": say_number(before or 0, field),
                coming: say_number(view.value(coming, record) or 0, view.form.field(coming)),
                going: say_number(view.value(going, record) or 0, view.form.field(going)),
                "expected": say_number(expected, field),
                "diff": say_number(abs(expected - typed), field),
                "hint": f"，{slip}" if slip else "",
            }
            yield tell(view, check, record, words=words, expected=plain(expected, field.scale))
            if _goes_on_from(view, balance, record, expected, moved):
                typed = expected
        before = typed if typed is not None else expected


def _goes_on_from(view: View, balance: str, record: int, expected: int, moved: list[int]) -> bool:
    """Tell whether the next typed balance follows from what this one should be."""
    after = expected
    for each in range(record + 1, view.length):
        after += moved[each]
        typed = view.value(balance, each)
        if typed is not None:
            return typed == after
    return False


def _openings(table: Table, balance: str, scale: int) -> list[tuple[int, int]]:
    """Give row and balance of the opening rows."""
    raw = table.match.table
    column = table.match.column_of(balance)
    found: list[tuple[int, int]] = []
    for row, kind in sorted(raw.skipped.items()) if column else ():
        if kind != RowKind.OPENING or column is None:
            continue
        cell = raw.grid.cell(row, column.column.index)
        read = parse_number(str(cell.value)) if cell.kind == Kind.TEXT else None
        if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
            found.append((row, int(number_of(cell.value).scaleb(scale).to_integral_value())))
        elif read is not None and not read.doubtful:
            found.append((row, int(read.value.scaleb(scale).to_integral_value())))
    return found


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
