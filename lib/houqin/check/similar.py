"""Goods under two spellings: proposed for merging, one question a pair; nothing is merged here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.check.view import View
from houqin.model import Finding, Level
from houqin.values import key_of_good

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger, Place
    from houqin.school import School

# The fields that hold names of goods.
_NAMES = ("name", "food")


@dataclass(slots=True)
class _Named:
    """One spelling: where it stands first, how often, and the units and specs beside it."""

    place: Place
    form: str
    name_field: str
    count: int = 0
    units: set[str] = field(default_factory=set)
    specs: set[str] = field(default_factory=set)


def check_similar_names(ledgers: Mapping[str, Ledger], forms: Forms, school: School | None) -> Iterator[Finding]:
    """Ask about goods whose names look like two spellings of one, over all ledgers of goods.

    Different units or specs, where both are given, say that they are two goods. The more frequent spelling is
    proposed, or the one that the settings' standards use.
    """
    groups: dict[str, dict[str, _Named]] = {}
    for form_id, ledger in ledgers.items():
        name_field = next((each for each in _NAMES if each in ledger.frame.columns), None)
        if name_field:
            _gather(View(ledger, forms[form_id], school), name_field, groups)
    official = {s.name for s in school.standards} | set(school.goods_aliases.values()) if school else set()
    for spellings in groups.values():
        ranked = sorted(spellings, key=lambda name: (name not in official, -spellings[name].count, name))
        chosen = spellings[ranked[0]]
        for name in ranked[1:]:
            other = spellings[name]
            if name not in official and _may_meet(chosen.units, other.units) and _may_meet(chosen.specs, other.specs):
                yield _proposal(ranked[0], chosen, name, other)


def _gather(view: View, name_field: str, groups: dict[str, dict[str, _Named]]) -> None:
    units = view.text("uom") if view.has("uom") else None
    specs = view.text("spec") if view.has("spec") else None
    for record, name in enumerate(view.text(name_field)):
        if not name:
            continue
        spellings = groups.setdefault(key_of_good(name), {})
        if name not in spellings:
            spellings[name] = _Named(view.place(name_field, record), view.form.id, name_field)
        named = spellings[name]
        named.count += 1
        named.units |= {units[record]} if units is not None and units[record] else set()
        named.specs |= {specs[record]} if specs is not None and specs[record] else set()


def _may_meet(one: set[str], other: set[str]) -> bool:
    return not one or not other or not one.isdisjoint(other)


def _proposal(official: str, chosen: _Named, name: str, other: _Named) -> Finding:
    message = (
        f"“{name}”和{chosen.place.text}的“{official}”像是同一种物品的两种写法，没有擅自合并。"
        f"如果是，请在《学校设置》的“物资别名”里写上“{name}”→“{official}”，以后自动合并；如果不是，请忽略并说明。"
    )
    return Finding(
        "similar-names", Level.QUESTION, message, other.place, found=name, suggestion=official,
        form=other.form, field=other.name_field, related=(chosen.place,),
    )  # fmt: skip
