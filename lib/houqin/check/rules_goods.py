"""Named rules over lists of goods and of assets: invoices that come twice, what must be said, who may not be one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.table_rules import at_field, groups
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

# 无, 同上 and 12 are no numbers of an invoice: those have 8 digits or, fully electronic, 20.
_INVOICE = re.compile(r"\d{6,}")


@table_rule("invoice-once")
def check_invoice_once(view: View, check: Check) -> Iterator[Finding]:
    """Ask about invoices that may have been claimed twice, once an invoice, at the later row.

    One invoice on several rows is normal. It is a double where two rows have another of `apart` (date, voucher,
    supplier), or where they agree in the amount and in all of `same` (the goods). Numbers that lost digits are not
    compared.
    """
    invoice, amount = str(check.args["invoice"]), str(check.args["amount"])
    apart = [name for name in names_of(check, "apart") if view.has(name)]
    same = [name for name in names_of(check, "same") if view.has(name)]
    if not view.has(invoice) or invoice in view.lost_fields:
        return
    named = [r for r, text in enumerate(view.text(invoice)) if text and _INVOICE.search(str(text))]
    for records in groups(view, [invoice], named).values():
        for at, record in enumerate(records[1:], 1):
            first = next((r for r in records[:at] if _double(view, amount, apart, same, (r, record))), None)
            if first is not None:
                differing = _differing(view, apart, first, record)
                words = {
                    "cells": "、".join(view.place(invoice, r).cell or "" for r in (first, record)),
                    "why": f"{'、'.join(differing)}不同" if differing else "金额和物品完全相同",
                }
                yield tell(view, at_field(check, invoice), record, words=words, related=(view.place(invoice, first),))
                break


def _double(view: View, amount: str, apart: list[str], same: list[str], pair: tuple[int, int]) -> bool:
    """Tell whether two rows of one invoice look like two claims."""
    if _differing(view, apart, *pair):
        return True
    values = [view.value(amount, r) if view.has(amount) else None for r in pair]
    alike = all(_said(view, name, pair[0]) == _said(view, name, pair[1]) for name in same)
    return values[0] is not None and values[0] == values[1] and alike


def _differing(view: View, apart: list[str], first: int, second: int) -> list[str]:
    """Give the titles of the fields in which both rows say something, and not the same."""
    pairs = ((name, _said(view, name, first), _said(view, name, second)) for name in apart)
    return [view.form.field(name).title for name, left, right in pairs if left and right and left != right]


def _said(view: View, name: str, record: int) -> str:
    text = view.text(name)[record]
    return canonical_text(str(text)) if text is not None else ""


@table_rule("one-of")
def check_one_of(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records for which `where` holds and that leave all of `fields` blank; a table without them all too.

    It is told at the first of the fields that the table has, else at the first field of the record that it has.
    """
    names = [name for name in names_of(check, "fields") if view.has(name)]
    silent = view.select(str(check.args.get("where", "")))
    for name in names:
        silent &= view.frame[name].isna().to_numpy(dtype=bool)
    shown = names[0] if names else next((name for name in view.form.key if view.has(name)), None)
    if shown is None:
        return
    for record in np.flatnonzero(silent).tolist():
        if not any(view.unread(name)[record] for name in names if view.form.field(name).is_number):
            yield tell(view, at_field(check, shown), record)


@table_rule("not-the-same")
def check_not_the_same(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records in which two fields that must differ say the same (采购人 and 验收人); a blank says nothing."""
    first, second = names_of(check, "fields")[:2]
    if not view.has(first, second):
        return
    chosen = view.select(str(check.args.get("where", "")))
    for record in np.flatnonzero(chosen).tolist():
        left, right = _said(view, first, record), _said(view, second, record)
        if left and left == right:
            yield tell(view, check, record)
