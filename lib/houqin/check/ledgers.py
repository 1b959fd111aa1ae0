"""The ledgers judged: rules over all records of a form, and the classes that should be there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

import houqin.check.ledger_rules
import houqin.check.rules_papers
import houqin.check.rules_plain_ledger  # noqa: F401  (registers its rules)
from houqin.check.depreciation import changed_assets, check_depreciation
from houqin.check.issue_prices import check_issue_prices
from houqin.check.rules import LEDGER_RULES, is_due
from houqin.check.running_stock import check_running_stock, store_goods
from houqin.check.similar import check_similar_names
from houqin.check.stock_value import check_stock_value
from houqin.check.view import View, ledger_place
from houqin.model import Finding, Ledger, Level, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.goods import Good
    from houqin.forms import Form, Forms
    from houqin.school import School

CLASS_NAME = re.compile(r".+级\(\d+\)班")
MOST_NAMED = 12


def check_ledgers(ledgers: Mapping[str, Ledger], forms: Forms, school: School | None, as_of: str) -> list[Finding]:
    """Judge the ledgers as of an ISO day; pending records take no part, but their classes are there."""
    findings: list[Finding] = []
    for form_id, ledger in ledgers.items():
        form = forms.by_id[form_id]
        view = View(counted_ledger(ledger), form, school)
        for check in form.checks:
            rule = LEDGER_RULES.get(check.use or "")
            if rule is not None and is_due(view, check):
                findings += rule(view, check, as_of)
        if school is not None and ("class" in form.key or form.every_class) and "class" in ledger.frame.columns:
            findings += _check_classes(ledger, form, school)
    if "asset_register" in ledgers:
        cards = counted_ledger(ledgers["asset_register"])
        findings += check_depreciation(cards, forms.by_id["asset_register"], changed_assets(ledgers), as_of)
    goods = store_goods(ledgers, school)
    findings += check_running_stock(ledgers, goods)
    valued = check_stock_value(ledgers, school, goods)
    findings += valued
    findings += check_issue_prices(ledgers, school, _not_told(ledgers, goods, valued))
    findings += check_similar_names(ledgers, forms, school)
    return findings


def _not_told(ledgers: Mapping[str, Ledger], goods: Sequence[Good], told: Sequence[Finding]) -> list[Good]:
    """Leave out the goods whose closing value was told of."""
    places = {place for each in told for place in (each.place, *each.related)}
    return [
        each for each in goods
        if each.balance is not None
        and ledger_place(ledgers[each.balance.form], "close_amt", each.balance.index) not in places
    ]  # fmt: skip


def counted_ledger(ledger: Ledger) -> Ledger:
    """Give the ledger without its pending rows."""
    keep = ~ledger.frame["pending"].to_numpy(dtype=bool)
    if keep.all():
        return ledger
    rows = [row for row, kept in enumerate(keep) if kept]
    return Ledger(
        form=ledger.form,
        frame=ledger.frame.iloc[rows].reset_index(drop=True),
        sources=ledger.sources.iloc[rows].reset_index(drop=True),
        cells={name: cells.at(np.array(rows, np.int64)) for name, cells in ledger.cells.items()},
        extra=ledger.extra.iloc[rows].reset_index(drop=True),
        lost_fields=ledger.lost_fields,
    )


def _check_classes(ledger: Ledger, form: Form, school: School) -> Iterator[Finding]:
    """Ask for the classes that did not hand in, and about those that the settings do not know."""
    view = View(ledger, form, school)
    seen = {text for text in view.text("class") if text}
    filled = seen - _left_blank(view, form)
    missing = [c.name for c in school.classes if c.name not in filled]
    known = set(school.class_order)
    if form.every_class and missing and filled & known:
        files = sorted(set(ledger.sources["file"]))
        names = [f"{name}（有这一行，没有填）" if name in seen else name for name in missing]
        named = "、".join(names[:MOST_NAMED]) + (f"等 {len(missing)} 个班" if len(missing) > MOST_NAMED else "")
        # One class's own file is not a register that lacks all others.
        part = len(missing) * 2 > len(school.classes)
        yield Finding(
            code="class-missing",
            level=Level.INFO if part else Level.QUESTION,
            message=f"{form.title}里没有见到{named}（学校设置里共 {len(school.classes)} 个班）。"
            "请看是没有交表，还是漏填了这一行。",
            place=Place(files[0]) if len(files) == 1 else None,
            form=form.id,
            field="class",
            related=tuple(Place(file) for file in files) if len(files) > 1 else (),
        )
    told: set[str] = set()
    for record, text in enumerate(view.text("class")):
        if text and text not in known | told and CLASS_NAME.fullmatch(text):
            told.add(text)
            yield Finding(
                code="unknown-class",
                level=Level.QUESTION,
                message=f"学校设置里没有{text}。请看是班级写错了，还是设置里要补上这个班。",
                place=view.place("class", record),
                found=view.found("class", record),
                form=form.id,
                field="class",
            )


def _left_blank(view: View, form: Form) -> set[str]:
    """Give the classes of which the ledger holds only what their blank came with: they have not answered."""
    if form.blank is None or form.blank.rows != "class":
        return set()
    given = {"class", "grade", "teacher", "seq", *form.blank.prefill}
    asked = [each.id for each in form.fields if each.id not in given and view.has(each.id)]
    blank = np.ones(view.length, bool)
    for name in asked:
        blank &= view.frame[name].isna().to_numpy(dtype=bool)
    words = view.text("class")
    answered = {words[record] for record in np.flatnonzero(~blank).tolist()}
    return {words[record] for record in np.flatnonzero(blank).tolist()} - answered if asked else set()
