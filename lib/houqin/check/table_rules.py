"""Named rules over one table: doubles, dates, cells that a condition requires, sums within a hierarchy, prices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.wording import likely_slip, say_number
from houqin.exact import add, plain, rescale, scaled, unscaled
from houqin.model import Table
from houqin.values import canonical_text, canonical_texts
from houqin.values.web import submission_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

Array = np.ndarray[Any, Any]
# Fewer prices than this have no usual price from which one could stray.
FEWEST_PRICES = 3


@table_rule("unique")
def check_unique(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records that share `fields`; a record in which the first of them is blank is no double.

    With `filled`, only records count that fill one and the same of these fields, and not all alike.
    Numbers whose last digits are lost look alike without being so: a column of them is not compared.
    """
    fields = [name for name in names_of(check, "fields") if view.has(name)]
    if not view.lost_fields.isdisjoint(fields) or _is_answered_twice(view, fields):
        return
    chosen = view.select(str(check.args.get("where", "")))
    filled = [name for name in names_of(check, "filled") if view.has(name)] if "filled" in check.args else []
    for each in groups(view, fields, np.flatnonzero(chosen).tolist(), least=2).values():
        records = _with_one_twice(view, filled, each) if filled else each
        if len(records) > 1:
            rows = "、".join(view.place(check.cell, r).cell or "" for r in records)
            related = tuple(view.place(check.cell, r) for r in records if r != records[1])
            words = {"count": str(len(records)), "cells": rows}
            yield tell(view, check, records[1], words=words, related=related)


def _with_one_twice(view: View, filled: list[str], records: list[int]) -> list[int]:
    """Keep the records that fill a field which another of them fills too: a lunch and a dinner are no double.

    None are kept where all have the same values: that is another rule's matter.
    """
    if len({tuple(view.value(name, r) for name in filled) for r in records}) == 1:
        return []
    held = [{r for r in records if view.value(name, r) is not None} for name in filled]
    twice = set().union(*(each for each in held if len(each) > 1))
    return [r for r in records if r in twice]


def _is_answered_twice(view: View, fields: list[str]) -> bool:
    """Tell that a form on the web asked for these records: who answers twice is asked about when ledgers are made."""
    serial = {each.id for each in view.form.fields if each.type == "row-number"}
    key = {name for name in view.form.key if name in view.frame.columns} - serial
    headers = [c.column.header for c in view.source.match.columns] if isinstance(view.source, Table) else []
    return set(fields) == key and submission_column(headers) is not None


@table_rule("date-order")
def check_date_order(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records whose `earlier` date is after their `later` one; months compare with months."""
    earlier, later = str(check.args["earlier"]), str(check.args["later"])
    if not view.has(earlier, later):
        return
    for record, (first, second) in enumerate(zip(view.text(earlier), view.text(later), strict=True)):
        if first and second:
            width = min(len(first), len(second))
            if first[:width] > second[:width]:
                yield tell(view, check, record, words={"earlier": first, "later": second})


@table_rule("in-term")
def check_in_term(view: View, check: Check) -> Iterator[Finding]:
    """Tell of dates outside the semester of the settings.

    A table most of whose dates lie elsewhere is of another time: then 校历 decides, which may know other semesters.
    """
    name = names_of(check, "fields")[0] if "fields" in check.args else check.cell
    if view.school is None or not view.has(name):
        return
    start, end = view.school.term_start, view.school.term_end
    dated = [(record, str(date)) for record, date in enumerate(view.text(name)) if date]
    outside = [(record, date) for record, date in dated if not start[: len(date)] <= date <= end]
    if 2 * len(outside) > len(dated):
        semesters = view.school.calendar.semesters
        first, last = semesters[0].first.isoformat(), semesters[-1].last.isoformat()
        outside = [(record, date) for record, date in outside if not first[: len(date)] <= date <= last]
    for record, _ in outside:
        yield tell(view, check, record, words={"start": start, "end": end})


@table_rule("required")
def check_required_fields(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records that leave one of `fields` blank, at the blank cell; `where` narrows to some records."""
    chosen = view.select(str(check.args.get("where", "")))
    for name in names_of(check, "fields"):
        if view.has(name):
            blank = view.frame[name].isna().to_numpy(dtype=bool) & chosen
            for record in np.flatnonzero(blank).tolist():
                yield tell(view, at_field(check, name), record, words={"title": view.form.field(name).title})


@table_rule("allowed")
def check_allowed(view: View, check: Check) -> Iterator[Finding]:
    """Tell of words that are none of the field's `values`."""
    name = str(check.args.get("field", check.cell))
    words = view.form.field(name).values
    if not view.has(name) or not words:
        return
    for record, text in enumerate(view.text(name)):
        if text and text not in words:
            yield tell(view, check, record, words={"expected": "、".join(words)})


@table_rule("at-most")
def check_at_most(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records whose `field` is above their `limit`, another field."""
    name, limit = str(check.args.get("field", check.cell)), str(check.args["limit"])
    if not view.has(name, limit):
        return
    over = add(view.number(name), view.number(limit), sign=-1)
    for record in np.flatnonzero((over.values > 0) & ~over.blank).tolist():
        each = view.form.field(name)
        diff = say_number(int(rescale(over, each.scale).values[record]), each)
        view.limits[name, record] = int(rescale(view.number(limit), each.scale).values[record])
        yield tell(view, check, record, words={"limit": view.word(limit, record), "diff": diff})


@table_rule("parent-sum")
def check_parent_sum(view: View, check: Check) -> Iterator[Finding]:
    """Compare a code with the sum of the codes right below it (302 with 30201, 30202, …), for each of `values`."""
    code = str(check.args.get("code", "code"))
    fields = [name for name in names_of(check, "values") if view.has(name)]
    if not view.has(code) or not fields:
        return
    codes = [canonical_text(str(text)) if text else "" for text in view.text(code)]
    for parent, text in enumerate(codes):
        children = _children(codes, text) if text and codes.count(text) == 1 else []
        for name in fields if children else ():
            values = [view.value(name, child) for child in children]
            present = [value for value in values if value is not None]
            typed = view.value(name, parent)
            mended = sum(view.right_value(name, child) or 0 for child in children)
            known = {sum(present), mended, _without_parts(view, name, codes, children)}
            if any(view.unread(name)[child] for child in children):
                continue
            if typed is not None and present and not known & {typed, view.right_value(name, parent)}:
                each = view.form.field(name)
                words = {
                    "title": each.title,
                    "found": say_number(typed, each),
                    "expected": say_number(sum(present), each),
                    "diff": say_number(abs(sum(present) - typed), each),
                }
                yield tell(view, at_field(check, name), parent, words=words, expected=plain(sum(present), each.scale))


def _without_parts(view: View, name: str, codes: list[str], children: list[int]) -> int:
    """Add up codes of which one row may hold the sum of the others: 30201 itself above its projects."""
    by_code: dict[str, list[int]] = {}
    for child in children:
        by_code.setdefault(codes[child], []).append(view.value(name, child) or 0)
    return sum(values[0] if values[0] == sum(values[1:]) else sum(values) for values in by_code.values())


@table_rule("price-outlier")
def check_price_outlier(view: View, check: Check) -> Iterator[Finding]:
    """Tell of prices that stray from the median of the same goods (`by`) by more than `price_gap` per cent."""
    price = str(check.args.get("price", check.cell))
    same = [name for name in names_of(check, "by") if view.has(name)]
    if view.school is None or not view.has(price) or not same:
        return
    allowed = view.school.thresholds.get("price_gap", Decimal(30))
    for records in groups(view, same, list(range(view.length))).values():
        prices = {r: v for r in records if (v := view.value(price, r)) is not None and v > 0}
        if len(prices) >= FEWEST_PRICES:
            middle = median(Decimal(value) for value in prices.values())
            for record, value in prices.items():
                gap = abs(value - middle) * 100 / middle
                if gap > allowed:
                    usual = say_number(int(middle), view.form.field(price))
                    yield tell(
                        view,
                        check,
                        record,
                        words={"median": usual, "percent": str(gap.quantize(Decimal(1), ROUND_HALF_UP))},
                    )


@table_rule("capitalise")
def check_capitalise(view: View, check: Check) -> Iterator[Finding]:
    """Ask about goods on the wrong side of the settings' `capitalise` price.

    `booked` says as what they are registered: a `consumable` from that price on may have to be a fixed asset, an
    `asset` below it may be a consumable.
    """
    price = str(check.args.get("price", check.cell))
    if view.school is None or not view.has(price):
        return
    column = view.number(price)
    limit = scaled(view.school.thresholds.get("capitalise", Decimal(1000)), column.scale)
    beyond = column.values < limit if check.args.get("booked") == "asset" else column.values >= limit
    for record in np.flatnonzero(beyond & ~column.blank).tolist():
        yield tell(view, check, record, words={"limit": say_number(limit, view.form.field(price))})


@table_rule("uniform-amount")
def check_uniform_amount(view: View, check: Check) -> Iterator[Finding]:
    """Compare the amount with sets x the settings' price of each style; `styles` maps a field of sets to its style."""
    amount = str(check.args.get("amount", check.cell))
    styles: Any = check.args.get("styles", {})
    prices = view.school.uniform_prices if view.school else {}
    known = {str(name): str(style) for name, style in styles.items() if view.has(str(name))}
    if not view.has(amount) or not known or any(style not in prices for style in known.values()):
        return
    each = view.form.field(amount)
    for record in range(view.length):
        typed = view.value(amount, record)
        sets = {name: v for name in known if (v := view.value(name, record))}
        if typed is None or (not sets and typed == 0) or any(view.unread(name)[record] for name in known):
            continue
        counts = {name: unscaled(value, view.number(name).scale) for name, value in sets.items()}
        right = scaled(sum((counts[n] * prices[known[n]] for n in counts), Decimal(0)), each.scale)
        if typed != right:
            detail = " + ".join(f"{known[n]} {view.word(n, record)} 套 × {prices[known[n]]:f}" for n in counts)
            words = {"detail": detail or "没有订购套数，应", "expected": say_number(right, each),
                     "diff": say_number(abs(typed - right), each), "hint": ""}  # fmt: skip
            slip = likely_slip(typed, right, each.scale)
            words["hint"] = f"，{slip}" if slip else ""
            yield tell(view, check, record, words=words, expected=plain(right, each.scale))


def groups(
    view: View, fields: list[str], records: list[int], *, least: int = 1
) -> dict[tuple[str, ...], list[int]]:
    """Gather records by their texts in some fields; those in which the first field is blank belong nowhere.

    Groups of fewer than `least` may be left out.
    """
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    if not fields:
        return found
    keys = [_key_texts(view, name) for name in fields]
    if least > 1:
        often = _are_often([codes for codes, _ in keys], least)
        records = [record for record in records if often[record]]
    for record in records:
        key = tuple(texts[codes[record]] for codes, texts in keys)
        if key[0]:
            found[key].append(record)
    return found


def _are_often(columns: list[Array], least: int) -> Array:
    """Tell the records that agree in all columns of codes with so many, themselves among them."""
    together = columns[0]
    for codes in columns[1:]:
        together = pd.factorize(together * (int(codes.max(initial=0)) + 1) + codes)[0]
    return np.asarray(np.bincount(together)[together] >= least)


def _key_texts(view: View, name: str) -> tuple[Array, list[str]]:
    """Give a code for each record, and the texts that the codes stand for, each once; blank is an empty one."""
    codes, values = pd.factorize(view.text(name))
    texts = [str(value) if value else "" for value in values]
    if not view.form.field(name).is_number:
        texts = canonical_texts(texts)
    # The code of a blank is -1, the last one.
    same, distinct = pd.factorize(np.array([*texts, ""], object))
    return same[codes], distinct.tolist()


def _children(codes: list[str], parent: str) -> list[int]:
    """Give the rows right below a code: its prefix, with no code of the table in between."""
    below = [code for code in codes if code != parent and code.startswith(parent)]
    return [
        row
        for row, code in enumerate(codes)
        if code in below and not any(code != other and code.startswith(other) for other in below)
    ]


def at_field(check: Check, field: str) -> Check:
    """Point a check at another cell of the record."""
    return replace(check, cell=field)
