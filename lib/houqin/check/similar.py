"""Goods under two spellings: proposed for merging, one question a pair; nothing is merged here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from houqin.check.view import View
from houqin.model import Finding, Level
from houqin.values import alike_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger, Place
    from houqin.school import School

# The fields that hold names of goods.
_NAMES = ("name", "food")


@dataclass(slots=True)
class _Named:
    """One spelling: ledger and record in which it stands first, how often, and the units and specs beside it."""

    view: View
    record: int
    name_field: str
    count: int = 0
    units: set[str] = field(default_factory=set)
    specs: set[str] = field(default_factory=set)

    @property
    def place(self) -> Place:
        """Where it stands first."""
        return self.view.place(self.name_field, self.record)


def check_similar_names(ledgers: Mapping[str, Ledger], forms: Forms, school: School | None) -> Iterator[Finding]:
    """Ask about goods whose names look like two spellings of one, over all ledgers of goods.

    Different units or specs, where both are given, say that they are two goods. The more frequent spelling is
    proposed, or the one that the settings' standards use.
    """
    views: list[tuple[View, str]] = []
    for form_id, ledger in ledgers.items():
        name_field = next((each for each in _NAMES if each in ledger.frame.columns), None)
        if name_field:
            views.append((View(ledger, forms[form_id], school), name_field))
    official = {s.name for s in school.standards} | set(school.goods_aliases.values()) if school else set()
    for spellings in _rivals(views):
        ranked = sorted(spellings, key=lambda name: (name not in official, -spellings[name].count, name))
        chosen = spellings[ranked[0]]
        for name in ranked[1:]:
            other = spellings[name]
            if name not in official and _may_meet(chosen.units, other.units) and _may_meet(chosen.specs, other.specs):
                yield _proposal(ranked[0], chosen, name, other)


def _rivals(views: Sequence[tuple[View, str]]) -> list[dict[str, _Named]]:
    """Give the groups of spellings that look like one good, in the order in which their first one stands."""
    columns = [view.text(field_id) for view, field_id in views]
    distinct = pd.unique(np.concatenate(columns)).tolist() if columns else []
    groups = alike_names([name for name in distinct if name])
    wanted = {name for names in groups for name in names}
    found: dict[str, _Named] = {}
    for view, field_id in views if wanted else ():
        _gather(view, field_id, wanted, found)
    return [{name: found[name] for name in names} for names in groups]


def _gather(view: View, name_field: str, wanted: set[str], found: dict[str, _Named]) -> None:
    """Add what a ledger tells of the wanted spellings."""
    units = view.text("uom").tolist() if view.has("uom") else None
    specs = view.text("spec").tolist() if view.has("spec") else None
    for record, name in enumerate(view.text(name_field).tolist()):
        if name not in wanted:
            continue
        named = found.setdefault(name, _Named(view, record, name_field))
        named.count += 1
        named.units |= {units[record]} if units and units[record] else set()
        named.specs |= {specs[record]} if specs and specs[record] else set()


def _may_meet(one: set[str], other: set[str]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _proposal(official: str, chosen: _Named, name: str, other: _Named) -> Finding:
    message = (
        f"“{name}”和{chosen.place.text}的“{official}”像是同一种物品的两种写法，没有擅自合并。"
        f"如果是，请在《学校设置》的“物资别名”里写上“{name}”→“{official}”，以后自动合并；如果不是，请忽略并说明。"
    )
    return Finding(
        "similar-names", Level.QUESTION, message, other.place, found=name, suggestion=official,
        form=other.view.form.id, field=other.name_field, related=(chosen.place,),
    )  # fmt: skip
