"""Set the class sizes of all forms beside one another: 班级人数对照表."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record, add_up, counted_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

DEFAULT_GAP = Decimal(2)  # 人; the settings' class_size_gap where there is one


@dataclass(frozen=True, slots=True)
class Headcount:
    """One class: its size by the settings (名册) and by each form, None where the form has no row for it.

    `gap` is the largest size less the smallest of those known; `asks` where it passes the settings' limit.
    `*_rows` are the rows of the ledgers.
    """

    name: str
    grade: str
    roll: int | None
    desks: Decimal | None
    meals: Decimal | None
    uniforms: Decimal | None
    gap: Decimal
    asks: bool
    desk_rows: tuple[int, ...] = ()
    meal_rows: tuple[int, ...] = ()
    uniform_rows: tuple[int, ...] = ()


def headcount(ledgers: Mapping[str, Ledger], school: School, forms: Forms) -> list[Headcount]:
    """Give a row a class of the settings, in their order; then classes that only the forms know."""
    desks = _by_class(counted_records(ledgers, "desks", forms), "pupils")
    meals = _by_class(counted_records(ledgers, "meal_registration", forms), "enrolled")
    uniforms = _by_class(counted_records(ledgers, "uniform_order", forms), "pupil")
    known = {each.name: each for each in school.classes}
    strangers = sorted({name for part in (desks, meals, uniforms) for name in part} - set(known))
    rows = []
    for name in [*known, *strangers]:
        own = known.get(name)
        by_desk, by_meal, by_uniform = (part.get(name, []) for part in (desks, meals, uniforms))
        sizes = (
            add_up(r.number("pupils") for r in by_desk),
            add_up(r.number("enrolled") for r in by_meal),
            Decimal(len(by_uniform)) if by_uniform else None,
        )
        seen = [size for size in (Decimal(own.pupils) if own else None, *sizes) if size is not None]
        gap = max(seen) - min(seen) if seen else Decimal(0)
        rows.append(
            Headcount(
                name=name,
                grade=own.grade if own else _grade(by_desk + by_meal),
                roll=own.pupils if own else None,
                desks=sizes[0],
                meals=sizes[1],
                uniforms=sizes[2],
                gap=gap,
                asks=gap > school.thresholds.get("class_size_gap", DEFAULT_GAP),
                desk_rows=tuple(r.index for r in by_desk),
                meal_rows=tuple(r.index for r in by_meal),
                uniform_rows=tuple(r.index for r in by_uniform),
            )
        )
    return rows


def _by_class(records: list[Record], needed: str) -> dict[str, list[Record]]:
    """Group the records that have the needed field; places without pupils (库房) have none."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        if record.text("class") and record.values.get(needed) is not None:
            groups.setdefault(record.text("class"), []).append(record)
    return groups


def _grade(records: list[Record]) -> str:
    return next((r.text("grade") for r in records if r.text("grade")), "")
