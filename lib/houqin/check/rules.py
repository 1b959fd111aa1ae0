"""The named rules that a form may `use`: one function a rule, registered by its name.

A table rule sees one table, a ledger rule all records of a form and the day as of which it judges.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from houqin.check.wording import fill_template
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Place

    TableRule = Callable[[View, Check], Iterator[Finding]]
    LedgerRule = Callable[[View, Check, str], Iterator[Finding]]

# Ids of fields, as rules write them.
_WORD = re.compile(r"[a-z]\w*")
TABLE_RULES: dict[str, TableRule] = {}
LEDGER_RULES: dict[str, LedgerRule] = {}


def table_rule(name: str) -> Callable[[TableRule], TableRule]:
    """Register a rule over one table."""

    def register(function: TableRule) -> TableRule:
        TABLE_RULES[name] = function
        return function

    return register


def ledger_rule(name: str) -> Callable[[LedgerRule], LedgerRule]:
    """Register a rule over a ledger and a day."""

    def register(function: LedgerRule) -> LedgerRule:
        LEDGER_RULES[name] = function
        return function

    return register


def is_due(view: View, check: Check) -> bool:
    """Tell whether the records have the columns without which a check says nothing, and none that settles it.

    A check about a field that perhaps has a column, which a person is asked about, waits for the answer: 调整 taken for
    nothing would make 年初 + 调整 wrong in every row.
    """
    if view.waiting and not view.waiting.isdisjoint(_words_of(check)):
        return False
    return view.has(*check.needs) and not any(view.has(name) for name in check.without)


def _words_of(check: Check) -> set[str]:
    """Give the words of a check's rule and arguments, the names of its fields among them."""
    said = [check.rule or ""]
    values: list[Any] = list(check.args.values())
    for value in values:
        said += [value] if isinstance(value, str) else [str(each) for each in value]
    return {word for text in said for word in _WORD.findall(text)}


def tell(  # noqa: PLR0913  (all but the first three have their defaults)
    view: View,
    check: Check,
    record: int,
    *,
    words: Mapping[str, str] | None = None,
    related: tuple[Place, ...] = (),
    expected: str | None = None,
) -> Finding:
    """Make the finding of a named rule at the cell of a record, its message filled in."""
    known = {"found": view.word(check.cell, record), **(words or {})}
    return Finding(
        code=check.code,
        level=Level(check.level),
        message=fill_template(check.message, lambda name: known[name] if name in known else view.word(name, record)),
        place=view.place(check.cell, record),
        found=view.found(check.cell, record),
        expected=expected,
        suggestion=expected if check.suggest else None,
        form=view.form.id,
        field=check.cell,
        related=related,
    )


def names_of(check: Check, argument: str) -> tuple[str, ...]:
    """Give an argument that holds one field or a list of them."""
    value: Any = check.args.get(argument, ())
    return (value,) if isinstance(value, str) else tuple(str(each) for each in value)
