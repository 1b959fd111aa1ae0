"""Quantities told in another unit than the row's: weights by their fixed ratio, packs by the school's table only."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.values import canonical_text, parse_packs

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.clean.registry import Job

# In kilograms: 1 公斤 is 2 斤.
_WEIGHTS = {
    "吨": Decimal(1000),
    "公斤": Decimal(1),
    "千克": Decimal(1),
    "kg": Decimal(1),
    "斤": Decimal("0.5"),
    "克": Decimal("0.001"),
    "g": Decimal("0.001"),
}
_NAMES = ("name", "food")


def unit_of_row(cells: Cells, job: Job, i: int) -> str | None:
    """Give what the row's unit column says, None where there is none."""
    uoms = job.texts("uom")
    meant = uoms[i] if uoms is not None and len(uoms) == len(cells) else None
    return canonical_text(meant).lower() if meant else None


def unit_factor(cells: Cells, job: Job, i: int, said: str) -> Decimal | None:
    """Give how many of the row's units one of the said unit is; 1 where they are one, None where nobody says."""
    meant, said = unit_of_row(cells, job, i), said.lower()
    if meant is None or meant == said:
        return Decimal(1)
    if meant in _WEIGHTS and said in _WEIGHTS:
        return _WEIGHTS[said] / _WEIGHTS[meant]
    return _packed(_name_of_row(cells, job, i), said, meant, job)


def read_packs(cells: Cells, job: Job, i: int, text: str) -> tuple[Decimal | None, Decimal | None, str] | None:
    """Read a quantity of packs: what it is by the school's table (None: the table does not say), what is written, unit.

    None where the text is no such quantity. 3箱×24瓶 is 72 only where the table, too, says 24瓶 a 箱.
    """
    packs = parse_packs(text)
    if packs is None:
        return None
    name, meant = _name_of_row(cells, job, i), unit_of_row(cells, job, i)
    if packs.holds:
        (count, outer), (inside, inner) = packs.parts[0], packs.holds
        known = _packed(name, outer.lower(), inner.lower(), job)
        rest = unit_factor(cells, job, i, inner)
        is_told = known == inside and rest is not None
        return (count * inside * (rest or 1) if is_told else None), packs.said, f"{outer}×{inner}"
    factors = [unit_factor(cells, job, i, unit) if meant else None for _, unit in packs.parts]
    if any(factor is None for factor in factors):
        return None, None, "、".join(unit for _, unit in packs.parts)
    total = sum((count * (factor or 0) for (count, _), factor in zip(packs.parts, factors, strict=True)), Decimal(0))
    return total, None, packs.parts[0][1]


def _name_of_row(cells: Cells, job: Job, i: int) -> str:
    for field_id in _NAMES:
        names = job.texts(field_id)
        if names is not None and len(names) == len(cells) and names[i]:
            return str(names[i])
    return ""


def _packed(name: str, said: str, meant: str, job: Job) -> Decimal | None:
    """Give how many of one unit another holds, of a good, by the school's table; either way round."""
    if job.school is None or not name:
        return None
    factors = {unit.lower(): f for (good, unit), f in job.school.conversions.items() if good == name}
    bases = {unit.lower(): b.lower() for (good, unit), b in job.school.base_units.items() if good == name}
    if bases.get(said) == meant:
        return factors[said]
    if bases.get(meant) == said:
        return 1 / factors[meant]
    if said in bases and bases[said] == bases.get(meant):
        return factors[said] / factors[meant]
    return None
