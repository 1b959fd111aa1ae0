"""Named rules of a statement whose items are numbered 一、二、 and 1. 2.: heads, what is left over, and its rate."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.account.outline import (
    CLOSING,
    OF_WHICH,
    OPENING,
    SURPLUS_RATE,
    Line,
    bare_text,
    children_of,
    depth_of,
    heads_of,
    is_income,
    is_result,
    is_surplus,
)
from houqin.check.rules import names_of, table_rule, tell
from houqin.check.table_rules import at_field
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, unscaled
from houqin.model import Finding, Kind, Level, Place, RowKind, Table
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Total

_PERCENT = 100
_TOLERANCE = Decimal("0.01")


@table_rule("statement-sums")
def check_statement_sums(view: View, check: Check) -> Iterator[Finding]:
    """Compare heads with the items below them, what is left over with income less cost, subtotals with their items.

    `item` is the field of the items' text, `values` the amounts; a blank amount counts as nothing.
    """
    item = str(check.args["item"])
    if not isinstance(view.source, Table) or not view.has(item):
        return
    for lines in statements_of(view, item):
        yield from _judge(view, check, lines)


def _judge(view: View, check: Check, lines: Sequence[Line]) -> Iterator[Finding]:
    """Judge the items of one statement, amount by amount."""
    totals = view.source.totals if isinstance(view.source, Table) else ()
    for value in (name for name in names_of(check, "values") if view.has(name)):
        for at, line in enumerate(lines):
            below = children_of(lines, at)
            if line.record is None or not below or any(OF_WHICH.match(bare_text(each.text)) for each in below):
                continue
            yield from _head(view, check, value, line.record, below)
        for record, right, how in surpluses(view, lines, value):
            yield from _compare(view, check, value, record, (right, how))
        for total in totals:
            yield from _subtotal(view, value, total, lines)


def _head(view: View, check: Check, value: str, head: int, below: Sequence[Line]) -> Iterator[Finding]:
    """Compare a head with its items; one item whose digits alone look like a slip is the wrong one, not the head."""
    right, typed = _added(view, value, below), view.value(value, head)
    scale = view.form.field(value).scale
    slips: list[tuple[int, int]] = []
    if right is not None and typed is not None and typed != right and not likely_slip(typed, right, scale):
        own = [(each.record, view.value(value, each.record)) for each in below if each.record is not None]
        slips = [(r, n + typed - right) for r, n in own if n is not None and likely_slip(n, n + typed - right, scale)]
    if len(slips) == 1:
        record, due = slips[0]
        yield from _compare(view, check, value, record, (due, "由上级项目的合计推算"))
        return
    others = tuple(view.place(value, each.record) for each in below if each.record is not None)
    for finding in _compare(view, check, value, head, (right, f"下面 {len(below)} 项相加")):
        yield replace(finding, related=others)


@table_rule("statement-rate")
def check_statement_rate(view: View, check: Check) -> Iterator[Finding]:
    """Compare 营业利润率 or 盈亏率 with what is left over by the income; `rates` are the fields of the rates."""
    item = str(check.args["item"])
    if not isinstance(view.source, Table) or not view.has(item):
        return
    for lines in statements_of(view, item):
        yield from _judge_rates(view, check, lines)


def _judge_rates(view: View, check: Check, lines: Sequence[Line]) -> Iterator[Finding]:
    for value, rate in zip(names_of(check, "values"), names_of(check, "rates"), strict=True):
        income = _income(view, lines, value)
        left = [view.value(value, record) for record, _, _ in surpluses(view, lines, value)]
        if not view.has(rate, value) or not income or not left or left[0] is None:
            continue
        right = Decimal(left[0]) * _PERCENT / income
        for line in lines:
            typed = view.value(rate, line.record) if line.record is not None else None
            if line.record is None or typed is None or not SURPLUS_RATE.search(line.text):
                continue
            said = unscaled(typed, view.form.field(rate).scale)
            if min(abs(said - right), abs(said * _PERCENT - right)) > _TOLERANCE:
                expected = right.quantize(_TOLERANCE, ROUND_HALF_UP)
                words = {"expected": f"{expected:f}", "title": view.form.field(value).title, "hint": ""}
                words["how"], words["found"] = "结余（利润）÷ 收入", view.found(rate, line.record) or ""
                yield tell(view, at_field(check, rate), line.record, words=words, expected=f"{expected:f}")


def statements_of(view: View, item: str) -> list[list[Line]]:
    """Give the items in their order, heads without amounts among them; where items lie across, a statement a row."""
    if not isinstance(view.source, Table):
        return []
    raw = view.source.match.table
    sections = view.text("section") if view.has("section") else [None] * view.length
    across = any(column.role == "value" for column in view.source.match.columns)
    columns = view.source.cells[item][1].tolist()  # of two halves, all items of the left one come first
    rows: dict[tuple[int, int], list[Line]] = {}
    for record in range(view.length):
        text = canonical_text(view.word(item, record))
        line = Line(record, text, depth_of(text), str(sections[record] or ""))
        place = (0 if across else columns[record], int(view.source.spans[record, 0]))
        rows.setdefault(place, []).append(line)
    if across:
        return list(rows.values())
    for row, kind in raw.skipped.items():
        if kind == RowKind.CATEGORY:
            filled = [c.index for c in raw.columns if raw.grid.kind(row, c.index) != Kind.BLANK]
            text = canonical_text(shown(raw.grid.cell(row, filled[0]))) if filled else ""
            rows[min(columns, default=0), row] = [Line(None, text, depth_of(text), "")]
    lines = [line for row in sorted(rows) for line in rows[row]]
    # What is left over stands below either half, and says something of both.
    return [sorted(lines, key=lambda line: is_result(line.text)) if len(set(columns)) > 1 else lines]


def surpluses(view: View, lines: Sequence[Line], value: str) -> list[tuple[int, int, str]]:
    """Give the records that say what is left over, with what that should be and how it is worked out."""
    income, cost = _income(view, lines, value), _cost(view, lines, value)
    if income is None or cost is None:
        return []
    filled = [(line, line.record) for line in lines if line.record is not None]
    how = _how(view, lines, value)
    found = [(record, income - cost, how) for line, record in filled if is_surplus(line.text)]
    openings = [line for line, _ in filled if OPENING.search(line.text)]
    if len(openings) == 1:
        closing = _value(view, value, openings[0]) + income - cost
        found += [(record, closing, "期初结余 + 收入 − 支出") for line, record in filled if CLOSING.search(line.text)]
    return found


def _income(view: View, lines: Sequence[Line], value: str) -> int | None:
    heads = heads_of(lines)
    kept = [line for line in heads if is_income(line)]
    return _added(view, value, kept)


def _cost(view: View, lines: Sequence[Line], value: str) -> int | None:
    heads = heads_of(lines)
    kept = [line for line in heads if not is_income(line)]
    return _added(view, value, kept)


def _how(view: View, lines: Sequence[Line], value: str) -> str:
    """Write the sum out: 收入 218,003.72 − 支出 225,066.02."""
    field = view.form.field(value)
    income, cost = _income(view, lines, value) or 0, _cost(view, lines, value) or 0
    return f"收入 {say_number(income, field)} − 支出 {say_number(cost, field)}"


def _value(view: View, value: str, line: Line) -> int:
    return (view.value(value, line.record) or 0) if line.record is not None else 0


def _added(view: View, value: str, lines: Sequence[Line]) -> int | None:
    """Add up items; None where all are blank."""
    numbers = [view.value(value, line.record) for line in lines if line.record is not None]
    filled = [number for number in numbers if number is not None]
    return sum(filled) if filled else None


def _compare(view: View, check: Check, value: str, record: int, due: tuple[int | None, str]) -> Iterator[Finding]:
    """Compare an amount with what it should be, and say how that is worked out."""
    right, how = due
    typed = view.value(value, record)
    if typed is None or right is None or typed == right or view.unread(value)[record]:
        return
    field = view.form.field(value)
    slip = likely_slip(typed, right, field.scale)
    words = {
        "title": field.title,
        "found": say_number(typed, field),
        "expected": say_number(right, field),
        "diff": say_number(abs(right - typed), field),
        "how": how,
        "hint": f"，{slip}" if slip else "",
    }
    yield tell(view, at_field(check, value), record, words=words, expected=plain(right, field.scale))


def _subtotal(view: View, value: str, total: Total, lines: Sequence[Line]) -> Iterator[Finding]:
    """Compare a typed subtotal with the items above it that no head among them sums up."""
    typed = total.values.get(value)
    members = set(total.records)
    if typed is None or not members or not isinstance(view.source, Table):
        return
    leaves = [
        line
        for at, line in enumerate(lines)
        if line.record in members and not children_of(lines, at) and not is_result(line.text)
    ]
    right = _added(view, value, leaves)
    if right is None or right == typed:
        return
    field = view.form.field(value)
    slip = likely_slip(typed, right, field.scale)
    yield Finding(
        code="total-mismatch",
        level=Level.ERROR,
        message=f"合计填 {say_number(typed, field)} 元，上面 {len(leaves)} 项相加是 {say_number(right, field)} 元，"
        f"{'少' if typed < right else '多'} {say_number(abs(right - typed), field)} 元{f'，{slip}' if slip else ''}。",
        place=Place(view.source.path, view.source.sheet, total.cells.get(value)),
        found=say_number(typed, field),
        expected=plain(right, field.scale),
        form=view.form.id,
        field=value,
    )
