"""Units of columns and cells: what a number must be multiplied by to be in 元, or in the field's own unit."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.clean.log import Log
    from houqin.values import Parsed

_MONEY = {
    "元": Decimal(1),
    "万元": Decimal(10_000),
    "千元": Decimal(1000),
    "角": Decimal("0.1"),
    "分": Decimal("0.01"),
}
# (what is written, the field's own unit) -> factor.
_MEASURES = {
    ("斤", "kg"): Decimal("0.5"),
    ("公斤", "kg"): Decimal(1),
    ("千克", "kg"): Decimal(1),
    ("克", "kg"): Decimal("0.001"),
    ("g", "kg"): Decimal("0.001"),
    ("公斤", "斤"): Decimal(2),
    ("千克", "斤"): Decimal(2),
    ("kg", "斤"): Decimal(2),
    ("厘米", "cm"): Decimal(1),
    ("米", "cm"): Decimal(100),
    ("m", "cm"): Decimal(100),
    ("毫米", "cm"): Decimal("0.1"),
}
_MONEY_TYPES = frozenset({"money", "price"})


def column_factor(cells: Cells, log: Log) -> Decimal:
    """Give what a whole column is multiplied by, by the unit in its header (or, for money, above the table).

    Recorded once, at the header: the clerk wrote the unit once, too.
    """
    unit = cells.unit
    if unit is None or not len(cells):
        return Decimal(1)
    own = cells.field.unit
    factor = _MONEY.get(unit) if cells.field.type in _MONEY_TYPES else _MEASURES.get((unit, own or ""))
    if factor is None or factor == 1:
        return Decimal(1)
    target = "元" if cells.field.type in _MONEY_TYPES else own or ""
    log.column_changed(cells, unit, target)
    return factor


def reading_factor(cells: Cells, read: Parsed, factor: Decimal) -> Decimal | None:
    """Give what one reading is multiplied by: its own unit beats the column's; None where it is of another kind."""
    unit, own = read.unit, cells.field.unit
    if unit is None or "trailing-text" in read.rules:
        # 3.5万 is absolute, whatever the header says.
        return Decimal(1) if "wan-yuan" in read.rules else factor
    if cells.field.type in _MONEY_TYPES:
        return _MONEY.get(unit.split("/", maxsplit=1)[0])
    if unit in {"元", "万元"} or (cells.field.type == "percent" and unit != "%"):
        return None
    return _MEASURES.get((unit, own), Decimal(1)) if own and unit != own else Decimal(1)
