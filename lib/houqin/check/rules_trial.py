"""Named rules over a trial balance or a tree of codes: both sides, each account's balance, parents, totals."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from houqin.check.codes import CREDIT, DEBIT, basis_of, children, codes_of, is_leaf, roots, usual_side
from houqin.check.rules import names_of, table_rule, tell
from houqin.check.rules_choice import at_total
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain
from houqin.model import RowKind, column_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding, Table, Total

# An extract of some accounts need not balance: a whole book has accounts of these first digits.
_WHOLE_BOOK = {"财务会计": {"1", "3"}, "预算会计": {"8"}}
_OUTLINE = re.compile(
    r"^([一二三四五六七八九十]+[、.]|[(][一二三四五六七八九十\d]+[)]|\d+[.、]|其中)|小计$|合计$|总计$"
)


@table_rule("debits-credits")
def check_debits_credits(view: View, check: Check) -> Iterator[Finding]:
    """Compare the sums of both sides over the accounts of the first level, each book apart; extracts say nothing.

    The sides are two columns, `debit` and `credit`, or one `amount` whose `side` stands beside it, else is the usual.
    """
    names = {name: str(value) for name, value in check.args.items()}
    columns = [names[name] for name in ("debit", "credit", "amount") if name in names]
    if not view.has(names["code"], *columns):
        return
    codes = codes_of(view, names["code"])
    top = roots(codes)
    for book, digits in _WHOLE_BOOK.items():
        own = [record for record in top if basis_of(codes[record]) == book]
        if not digits <= {codes[record][0] for record in own}:
            continue
        left, right = _sides(view, names, codes, own, mended=False)
        mended = _sides(view, names, codes, own, mended=True)
        if left == right or mended[0] == mended[1] or any(view.unread(name)[own].any() for name in columns):
            continue
        each = view.form.field(columns[-1])
        words = {"left": say_number(left, each), "right": say_number(right, each),
                 "diff": say_number(abs(left - right), each), names.get("basis", ""): book}  # fmt: skip
        last = next((r for r in reversed(own) if view.value(columns[-1], r) is not None), own[-1])
        yield tell(view, replace(check, cell=columns[-1]), last, words=words)


def _sides(
    view: View, names: dict[str, str], codes: list[str], records: list[int], *, mended: bool
) -> tuple[int, int]:
    """Add up both sides, as they are or as other rules put them right."""
    value = view.right_value if mended else view.value
    if "debit" in names:
        left, right = (sum(value(names[name], r) or 0 for r in records) for name in ("debit", "credit"))
        return left, right
    sums = {DEBIT: 0, CREDIT: 0}
    for record in records:
        side = _said_side(view, names.get("side", ""), record) or usual_side(codes[record]) or DEBIT
        sums[side] += value(names["amount"], record) or 0
    return sums[DEBIT], sums[CREDIT]


@table_rule("account-balance")
def check_account_balance(view: View, check: Check) -> Iterator[Finding]:
    """Compare opening, debit, credit and closing of each account by its side.

    The side is what the columns of 方向 say, else the usual one of the code; without either, both are tried.
    """
    names = {name: str(check.args.get(name, "")) for name in check.args}
    if not view.has(names["open"], names["debit"], names["credit"], names["close"]):
        return
    codes, each = codes_of(view, names["code"]), view.form.field(names["close"])
    for record in range(view.length):
        typed, unread = view.value(names["close"], record), [view.unread(names[n])[record] for n in _NUMBERS]
        if typed is None or any(unread):
            continue
        opening, debit, credit = (view.value(names[n], record) or 0 for n in ("open", "debit", "credit"))
        first = _said_side(view, names.get("open_side", ""), record) or usual_side(codes[record])
        last = _said_side(view, names.get("close_side", ""), record) or first
        if first is None:
            right = opening + debit - credit
            is_right = typed in (right, opening - debit + credit)
        else:
            net = (opening if first == DEBIT else -opening) + debit - credit
            right = net if last == DEBIT else -net
            is_right = typed == right
        # With both openings, year and month come to the same closing: it is told of once.
        if not is_right and view.corrections.get((names["close"], record)) != right:
            slip = likely_slip(typed, right, each.scale)
            words = {"side": first or DEBIT, "expected": say_number(right, each),
                     "diff": say_number(abs(right - typed), each), "hint": f"，{slip}" if slip else ""}  # fmt: skip
            yield tell(view, check, record, words=words, expected=plain(right, each.scale))


_NUMBERS = ("open", "debit", "credit", "close")


def _said_side(view: View, name: str, record: int) -> str | None:
    """Give the side that a column of 方向 says; 平 says none."""
    said = view.text(name)[record] if view.has(name) else None
    return said if said in (DEBIT, CREDIT) else None


@table_rule("wrong-side")
def check_wrong_side(view: View, check: Check) -> Iterator[Finding]:
    """Ask about assets in credit and liabilities in debit (往来), at accounts without any below them.

    应缴税费 (21) may rightly stand on either side.
    """
    code, debit, credit = (str(check.args[name]) for name in ("code", "debit", "credit"))
    close, side = str(check.args.get("close", "")), str(check.args.get("close_side", ""))
    codes = codes_of(view, code)
    for record, own in enumerate(codes):
        usual = usual_side(own)
        if usual is None or own[0] not in "12" or own.startswith("21") or not is_leaf(codes, record):
            continue
        wrong = credit if usual == DEBIT else debit
        name, amount = wrong, (view.value(wrong, record) or 0) if view.has(wrong) else 0
        if not view.has(debit, credit) and view.has(close):
            said, number = _said_side(view, side, record), view.value(close, record) or 0
            name, amount = close, abs(number) if number < 0 or (number and said not in (usual, None)) else 0
        if amount > 0:
            other = CREDIT if usual == DEBIT else DEBIT
            words = {"side": other, "usual": usual, "amount": say_number(amount, view.form.field(name))}
            yield tell(view, replace(check, cell=name), record, words=words)


@table_rule("parent-net")
def check_parent_net(view: View, check: Check) -> Iterator[Finding]:
    """Compare `plus` less `minus` of an account with that of the accounts right below it.

    The balance of 其他应收款 may stand on one side while persons below it stand on both.
    """
    code, plus, minus = (str(check.args[name]) for name in ("code", "plus", "minus"))
    if not view.has(code, plus, minus):
        return
    codes = codes_of(view, code)
    for parent, own in enumerate(codes):
        below = children(codes, parent) if own and codes.count(own) == 1 else []
        if not below:
            continue
        typed, right = _net(view, plus, minus, [parent]), _net(view, plus, minus, below)
        mended = _net(view, plus, minus, [parent], mended=True), _net(view, plus, minus, below, mended=True)
        if typed != right and mended[0] != mended[1]:
            cell = plus if (view.value(plus, parent) or 0) or not (view.value(minus, parent) or 0) else minus
            each = view.form.field(cell)
            sign = 1 if cell == plus else -1
            words = {"found": say_number(sign * typed, each), "expected": say_number(sign * right, each),
                     "diff": say_number(abs(typed - right), each)}  # fmt: skip
            yield tell(view, replace(check, cell=cell), parent, words=words)


def _net(view: View, plus: str, minus: str, records: list[int], *, mended: bool = False) -> int:
    value = view.right_value if mended else view.value
    return sum((value(plus, r) or 0) - (value(minus, r) or 0) for r in records)


@table_rule("tree-total")
def check_tree_total(view: View, check: Check) -> Iterator[Finding]:
    """Compare the one typed 合计 of a column with the sum of the first level: subjects below another count once.

    Without codes, rows that are numbered like an outline may be parts of one another: then nothing is said. Of two
    halves of a statement each has a 合计 of its own.
    """
    table: Table = view.source  # type: ignore[assignment]
    codes, labels = codes_of(view, str(check.args["code"])), view.text(str(check.args["label"]))
    is_outline = [bool(_OUTLINE.search(str(text or ""))) for text in labels]
    for name in names_of(check, "values"):
        if not view.has(name) or view.unread(name).any():
            continue
        columns = table.cells[name][1]
        for line in _lone_totals(table, name):
            own = np.flatnonzero(columns == _column_of(line.cells[name])).tolist()
            records = [r for r in roots(codes) if r in own]
            if not records and not any(is_outline[r] for r in own):
                records = own
            if records:
                yield from _told(view, check, name, line, (records, own))


def _lone_totals(table: Table, name: str) -> list[Total]:
    """Give the typed 合计 of a field, those that are the only one in their column."""
    lines = [line for line in table.totals if line.kind == RowKind.TOTAL and name in line.values]
    columns = [_column_of(line.cells[name]) for line in lines]
    return [line for line, column in zip(lines, columns, strict=True) if columns.count(column) == 1]


def _column_of(cell: str) -> int:
    return column_number(cell.rstrip("0123456789"))


def _told(
    view: View, check: Check, name: str, line: Total, members: tuple[list[int], list[int]]
) -> Iterator[Finding]:
    """Tell a total that is neither the sum of the first level, as typed or as mended, nor of all rows."""
    records, own = members
    typed, added = line.values[name], sum(view.value(name, r) or 0 for r in records)
    known = {added, sum(view.right_value(name, r) or 0 for r in records), sum(view.value(name, r) or 0 for r in own)}
    if typed in known:
        return
    each = view.form.field(name)
    words = {"title": each.title.replace("/", ""), "found": say_number(typed, each),
             "expected": say_number(added, each), "diff": say_number(abs(added - typed), each)}  # fmt: skip
    yield at_total(view, check, name, line, words, plain(added, each.scale))
