"""What the figures themselves say of a column: 期末 is the quantity where opening plus in less out makes it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from houqin.exact import Exact, scaled
from houqin.expression import Expression, parse
from houqin.match.profile import sample_rows
from houqin.model import Kind
from houqin.values import number_of, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.forms import Form
    from houqin.match.evidence import Evidence, Seen

_SCALE = 4
_LARGEST = 10**13
# A relation speaks where it can be tried on so many rows, and holds or fails on such shares of them.
_LEAST_ROWS = 3
_HOLDS, _FAILS = 0.8, 0.4
# A name this much weaker than the best is still one that the figures may choose.
_AS_GOOD = 0.12


def settle_by_arithmetic(
    seen: Seen, form: Form, evidence: Evidence, chosen: Mapping[int, int], sure: float
) -> dict[int, int]:
    """Give the assignment (column position -> field position) that the form's equations bear out best.

    Only columns that could as well be another field by name are tried; where the figures say nothing, nothing changes.
    """
    options = list(_options(form, evidence, chosen, sure))
    if not options:
        return dict(chosen)
    rules = _equations(form)
    figures: dict[int, Exact | None] = {}
    best, most = dict(chosen), _borne_out(seen, form, chosen, rules, figures)
    for option in options:
        borne_out = _borne_out(seen, form, option, rules, figures)
        if borne_out > most:
            best, most = option, borne_out
    return best


def _options(form: Form, evidence: Evidence, chosen: Mapping[int, int], sure: float) -> Iterator[dict[int, int]]:
    """Give assignments that differ by one column's other field, or by two columns that change fields."""
    numbers = {f for f, each in enumerate(form.fields) if each.is_number and each.type != "row-number"}
    owner = {f: c for c, f in chosen.items()}
    for (c, g), weight in sorted(evidence.sure.items()):
        f = chosen.get(c)
        if f is None or f == g or g not in numbers or f not in numbers or weight < sure:
            continue
        if weight < evidence.sure[c, f] - _AS_GOOD:
            continue
        if g not in owner:
            yield {**chosen, c: g}
        elif evidence.sure.get((owner[g], f), 0.0) >= sure and c < owner[g]:
            yield {**chosen, c: g, owner[g]: f}


@lru_cache(maxsize=512)
def _parsed(rule: str) -> Expression:
    return parse(rule)


def _equations(form: Form) -> list[Expression]:
    return [_parsed(check.rule) for check in form.checks if check.rule and "==" in check.rule]


def _borne_out(
    seen: Seen,
    form: Form,
    chosen: Mapping[int, int],
    rules: list[Expression],
    figures: dict[int, Exact | None],
) -> int:
    """Count the equations that hold, less those that fail, of those whose fields all have a column."""
    columns: dict[str, Exact] = {}
    for c, f in chosen.items():
        if form.fields[f].is_number:
            if c not in figures:
                figures[c] = figures_of(seen, c)
            if (known := figures[c]) is not None:
                columns[form.fields[f].id] = known
    count = 0
    for rule in rules:
        if not rule.fields <= set(columns):
            continue
        verdict = rule.evaluate(columns, Exact(np.array([100], np.int64), np.zeros(1, bool), _SCALE))
        tried = int(verdict.applicable.sum())
        if tried >= _LEAST_ROWS:
            share = float(verdict.holds[verdict.applicable].mean())
            count += (share >= _HOLDS) - (share <= _FAILS)
    return count


def figures_of(seen: Seen, c: int) -> Exact | None:
    """Give a sample of a column's figures, scaled; None where it holds other things."""
    grid, index = seen.table.grid, seen.table.columns[c].index
    values, blank = [], []
    for row in sample_rows(seen.table):
        at = (row - 1) * grid.columns + index - 1
        kind = grid.kinds[at]
        number = None
        if kind == Kind.NUMBER:
            number = number_of(grid.numbers[at])
        elif kind == Kind.TEXT:
            read = parse_number(grid.strings[grid.string_ids[at]])
            number = read.value if read else None
        elif kind != Kind.BLANK:
            return None
        if number is not None and abs(number) > _LARGEST:
            return None
        values.append(0 if number is None else scaled(number, _SCALE))
        blank.append(number is None)
    return Exact(np.array(values, np.int64), np.array(blank, bool), _SCALE)
