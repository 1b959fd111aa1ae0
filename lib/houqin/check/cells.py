"""Cells that must be filled in, and numbers that cannot be below zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from houqin.check.rules import names_of
from houqin.exact import blanks
from houqin.expression import parse
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View

# Money may rightly be below zero (a budget cut, a refund); of the rest a person should say why.
NEVER_NEGATIVE = ("quantity", "count", "price")


def check_required(view: View) -> Iterator[Finding]:
    """Tell which required cells are empty, where the form has no rule of its own for them.

    A cell that says something unreadable is told as that, and is not empty.
    """
    told = {name for c in view.form.checks if c.use == "required" for name in names_of(c, "fields")}
    for each in view.form.fields:
        if not each.required or each.id in told or not view.has(each.id):
            continue
        blank = blanks(view.frame[each.id])
        for record in np.flatnonzero(blank & ~view.unread(each.id)).tolist():
            label = view.label(record)
            whose = f"“{label}”这一行的" if label else "这一行的"
            yield Finding(
                code="missing",
                level=Level.ERROR,
                message=f"{whose}“{each.title}”没有填。",
                place=view.place(each.id, record),
                found="",
                form=view.form.id,
                field=each.id,
            )


def check_negatives(view: View) -> Iterator[Finding]:
    """Ask about quantities and prices below zero, where the form has no rule of its own for them."""
    told = {name for c in view.form.checks if c.code == "negative" and c.rule for name in parse(c.rule).fields}
    for each in view.form.fields:
        if each.type not in NEVER_NEGATIVE or each.signed or each.id in told or not view.has(each.id):
            continue
        column = view.number(each.id)
        for record in np.flatnonzero((column.values < 0) & ~column.blank).tolist():
            label = view.label(record)
            yield Finding(
                code="negative",
                level=Level.QUESTION,
                message=f"{f'“{label}”的' if label else ''}“{each.title}”是负数 {view.word(each.id, record)}，"
                "请核对；如果是退回或冲减，请写明原因。",
                place=view.place(each.id, record),
                found=view.found(each.id, record),
                form=view.form.id,
                field=each.id,
            )
