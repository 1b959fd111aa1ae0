"""Say what each class has and lacks in desks and chairs, by the settings' class sizes: 桌凳余缺."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

STORE = re.compile("库房|仓库|库存|储藏|储物")
DEFAULT_SPARE = Decimal(1)  # a class; the settings' spare_desks where there is one


@dataclass(frozen=True, slots=True)
class DeskPlace:
    """A class or a store room. `desk_ok` and `chair_ok` are None where the form does not say.

    `need` is pupils + spare desks (0 in a store room); a gap is ok - need: above 0 surplus, below 0 shortage.
    `pupils` is the settings' class size, or the form's where the settings do not know the class.
    """

    name: str
    grade: str
    is_store: bool
    pupils: int
    need: int
    desk_ok: int | None
    chair_ok: int | None
    desk_bad: int
    chair_bad: int
    building: str
    floor: int
    rows: tuple[int, ...]
    waits: bool = False  # its rows wait for an answer

    @property
    def desk_gap(self) -> int:
        """Desks beyond the need, 0 where they are not known."""
        return 0 if self.desk_ok is None else self.desk_ok - self.need

    @property
    def chair_gap(self) -> int:
        """Chairs beyond the need, 0 where they are not known."""
        return 0 if self.chair_ok is None else self.chair_ok - self.need


def desk_places(ledgers: Mapping[str, Ledger], school: School, forms: Forms) -> list[DeskPlace]:
    """Give the store rooms, then the classes of the settings in their order, then classes unknown to the settings.

    A class of the settings without a row in the form is there too, with nothing known. Other rooms are left out.
    """
    groups: dict[str, list[Record]] = {}
    waiting = set()
    for record in read_records(ledgers, "desks", forms):
        if record.pending:
            waiting.add(record.text("class"))
        elif record.text("class"):
            groups.setdefault(record.text("class"), []).append(record)
    known = {each.name for each in school.classes}
    stores = [name for name in groups if name not in known and STORE.search(name)]
    others = [n for n in groups if n not in known and n not in stores and any(r.number("pupils") for r in groups[n])]
    names = [*stores, *[each.name for each in school.classes], *others]
    return [_place(name, groups.get(name, []), school, waits=name in waiting and name not in groups) for name in names]


def _place(name: str, records: list[Record], school: School, *, waits: bool) -> DeskPlace:
    own = next((each for each in school.classes if each.name == name), None)
    is_store = own is None and STORE.search(name) is not None
    pupils = own.pupils if own else _add(records, "pupils") or 0
    spare = int(school.thresholds.get("spare_desks", DEFAULT_SPARE))
    return DeskPlace(
        name=name,
        grade=own.grade if own else next((r.text("grade") for r in records if r.text("grade")), ""),
        is_store=is_store,
        pupils=0 if is_store else pupils,
        need=0 if is_store else pupils + spare,
        desk_ok=_good(records, "desk"),
        chair_ok=_good(records, "chair"),
        desk_bad=_add(records, "desk_bad") or 0,
        chair_bad=_add(records, "chair_bad") or 0,
        building=own.building if own else "",
        floor=own.floor if own else 0,
        rows=tuple(r.index for r in records),
        waits=waits,
    )


def good_ones(record: Record, thing: str) -> int | None:
    """Give 完好 (desk or chair), or what there is less what is broken where the form has no 完好; never below 0."""
    whole, have, bad = (record.number(f"{thing}_{word}") for word in ("ok", "have", "bad"))
    if whole is not None:
        return max(0, int(whole))
    return None if have is None else max(0, int(have - (bad or 0)))


def _good(records: list[Record], thing: str) -> int | None:
    present = [number for r in records if (number := good_ones(r, thing)) is not None]
    return sum(present) if present else None


def _add(records: list[Record], field: str) -> int | None:
    present = [int(value) for r in records if (value := r.number(field)) is not None]
    return sum(present) if present else None
