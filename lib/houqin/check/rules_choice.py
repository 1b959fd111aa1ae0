"""Named rules over one table that choose records, or compare a number with what may be reckoned in several ways."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from houqin.check.codes import is_leaf
from houqin.check.rules import names_of, table_rule, tell
from houqin.check.wording import say_number
from houqin.exact import Exact, plain, scaled, unscaled
from houqin.expression import parse
from houqin.model import Place, column_number
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding, Table, Total

_FACTOR = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(%|万)?([^\d×*xX+＋=]*)")
_TIMES = re.compile(r"[×*xX]")
# What words worked out may miss by: a rounded price.
_NEAR = Decimal("0.5")
_WHOLE = re.compile(r"总计|合计|总额")


@table_rule("chosen")
def check_chosen(view: View, check: Check) -> Iterator[Finding]:
    """Tell of the records for which `where` holds.

    A record in which one of the words of `not` stands is passed over; with `leaves`, a field of codes, only records
    without a code below them are told.
    """
    rule = parse(str(check.args["where"]))
    known = {each.id for each in view.form.fields}
    if not view.has(*(name for name in rule.fields - rule.optional if name in known)):
        return
    never, codes = names_of(check, "not"), _codes(view, str(check.args.get("leaves", "")))
    for record in np.flatnonzero(view.select(str(check.args["where"]))).tolist():
        words = [view.word(each.id, record) for each in view.form.fields if not each.is_number]
        is_excused = any(word in text for word in never for text in words)
        if not is_excused and (not codes or is_leaf(codes, record)):
            yield tell(view, check, record)


def _codes(view: View, name: str) -> list[str]:
    return [canonical_text(str(text)) if text else "" for text in view.text(name)] if view.has(name) else []


@table_rule("stated")
def check_stated(view: View, check: Check) -> Iterator[Finding]:
    """Ask once, at its first record, about a table in which nothing says a field: no column, no line above."""
    if view.length and not view.has(str(check.args["field"])):
        yield tell(view, check, 0)


@table_rule("any-sum")
def check_any_sum(view: View, check: Check) -> Iterator[Finding]:
    """Tell of numbers that equal none of `sums`: offices reckon what is left before or after what is given back."""
    name = str(check.args["value"])
    rules = [parse(text) for text in names_of(check, "sums")]
    rules = [rule for rule in rules if view.has(*(rule.fields - rule.optional))]
    if not view.has(name) or not rules:
        return
    each, allowed = view.form.field(name), Decimal(str(check.args.get("tolerance", "0.01")))
    made = [rule.number({f: _mended(view, f) for f in view.numbers(rule)}) for rule in rules]
    unread = np.logical_or.reduce([view.unread(f) for f in sorted({f for rule in rules for f in rule.fields})])
    for record in range(view.length):
        typed = view.value(name, record)
        sums = [_number(column, record) for column in made if not column.blank[record]]
        if typed is None or not sums or unread[record]:
            continue
        if all(abs(unscaled(typed, each.scale) - right) > allowed for right in sums):
            right = scaled(sums[0], each.scale)
            words = {"expected": say_number(right, each), "diff": say_number(abs(right - typed), each)}
            yield tell(view, check, record, words=words, expected=plain(right, each.scale))


def _mended(view: View, name: str) -> Exact:
    """Give a column as other rules put it right: what follows from a wrong number is no second mistake."""
    column = view.number(name)
    values = column.values.copy()
    for (field, record), right in view.corrections.items():
        if field == name:
            values[record] = right
    return Exact(values, column.blank, column.scale)


def _number(column: Exact, record: int) -> Decimal:
    return unscaled(int(column.values[record]), column.scale)


@table_rule("worked-out")
def check_worked_out(view: View, check: Check) -> Iterator[Finding]:
    """Compare an amount with what a text says it was worked out from: 850人×1200元; other texts say nothing."""
    text, amount = str(check.args["text"]), str(check.args["amount"])
    if not view.has(text, amount):
        return
    each = view.form.field(amount)
    for record, said in enumerate(view.text(text)):
        typed, made = view.value(amount, record), worked_out(str(said or ""))
        if typed is None or made is None or abs(unscaled(typed, each.scale) - made) <= _NEAR:
            continue
        right = scaled(made, each.scale)
        words = {"expected": say_number(right, each), "diff": say_number(abs(right - typed), each)}
        yield tell(view, check, record, words=words)


def worked_out(text: str) -> Decimal | None:
    """Work out products and their sums, units between the numbers; None where the text is anything else.

    >>> worked_out("850人×1,200元/人＋3万元×2次")
    Decimal('1080000')
    """
    plain_text = canonical_text(text).partition("=")[0].replace(" ", "")
    terms = plain_text.split("+")
    products = [_product(term) for term in terms]
    if not _TIMES.search(plain_text) or any(each is None for each in products):
        return None
    return sum((each for each in products if each is not None), Decimal(0))


def _product(term: str) -> Decimal | None:
    factors = [_FACTOR.fullmatch(part) for part in _TIMES.split(term)]
    if any(each is None for each in factors):
        return None
    result = Decimal(1)
    for each in factors:
        if each is not None:
            number = Decimal(each[1].replace(",", ""))
            result *= number / 100 if each[2] == "%" else number * 10000 if each[2] == "万" else number
    return result if result == result.to_integral() else result.normalize()


class _Line(NamedTuple):
    """A line of a statement: its row, its words, its amount and where that stands."""

    row: int
    text: str
    value: int
    cell: str


@table_rule("two-sides")
def check_two_sides(view: View, check: Check) -> Iterator[Finding]:
    """Compare the total of one side with that of the other: 收入合计 and 支出合计.

    The totals are typed totals or records of their own; `label` has one of the words `one` or `two`, and 合计.
    """
    value = str(check.args["value"])
    if not view.has(value):
        return
    each = view.form.field(value)
    lines = _lines(view, str(check.args["label"]), value)
    left, right = (_last(lines, names_of(check, side)) for side in ("one", "two"))
    if left is None or right is None or left.value == right.value:
        return
    words = {"left": say_number(left.value, each), "right": say_number(right.value, each)}
    words["diff"] = say_number(abs(left.value - right.value), each)
    table: Table = view.source  # type: ignore[assignment]
    finding = tell(view, replace(check, cell=value), 0, words=words)
    yield replace(finding, place=Place(table.path, table.sheet, right.cell), found=words["right"].replace(",", ""))


def at_total(  # noqa: PLR0913, PLR0917  (where, and what is said)
    view: View, check: Check, name: str, line: Total, words: dict[str, str], expected: str | None = None
) -> Finding:
    """Make a finding at a field's cell of a typed total."""
    table: Table = view.source  # type: ignore[assignment]
    finding = tell(view, replace(check, cell=name), 0, words=words, expected=expected)
    letters = line.cells[name].rstrip("0123456789")
    cell = table.match.table.grid.cell(line.row, column_number(letters))
    return replace(finding, place=Place(table.path, table.sheet, line.cells[name]), found=shown(cell))


def _lines(view: View, label: str, value: str) -> list[_Line]:
    """Give each record and typed total that has the value, from the top."""
    table: Table = view.source  # type: ignore[assignment]
    found = []
    for record, text in enumerate(view.text(label)):
        number, cell = view.value(value, record), table.address(value, record)
        if text and number is not None and cell:
            found.append(_Line(int(table.spans[record][0]), canonical_text(str(text)), number, cell))
    found += [_Line(t.row, t.label, t.values[value], t.cells[value]) for t in table.totals if value in t.values]
    return sorted(found)


def _last(lines: list[_Line], words: tuple[str, ...]) -> _Line | None:
    """Choose the line of a side: 总计 before 合计, the last of them."""
    own = [line for line in lines if any(word in line.text for word in words) and _WHOLE.search(line.text)]
    return next((line for line in reversed(own) if "总计" in line.text), own[-1] if own else None)
