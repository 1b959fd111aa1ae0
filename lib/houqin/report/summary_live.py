"""Computed columns of the data sheets as formulas over their row: a corrected quantity goes on from there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from houqin.workbook import CellValue

_GOOD = 'IF({ok|""}="",IF({have|""}="","",MAX(0,{have|0}-{bad|0})),MAX(0,{ok|0}))'
# form, column -> formula; {field|what stands for it where the sheet has no such column}
LIVE: Mapping[tuple[str, str], str] = {
    ("stock_balance", "base_qty"): 'IF({close_qty|""}="","",{close_qty|0}*{factor|1})',
    ("stock_issue", "base_qty"): 'IF({qty|""}="","",{qty|0}*{factor|1})',
    ("desks", "desk_good"): re.sub(r"\{", "{desk_", _GOOD),
    ("desks", "chair_good"): re.sub(r"\{", "{chair_", _GOOD),
    ("repair", "repair_cost"): (
        'IF({amount|""}="",IF(OR({parts_qty|""}="",{price|""}=""),"",ROUND({parts_qty|0}*{price|0},2)),{amount|0})'
    ),
}
_NEEDED = {"base_qty"}  # blank where the row belongs to nothing that is bought
_FIELD = re.compile(r"\{(\w+)\|([^}]*)\}")


def live_cell(form_id: str, name: str, value: Decimal | str | None, letters: Mapping[str, str], row: int) -> CellValue:
    """Give a computed cell of a row as its formula, or its value where the column is none."""
    template = LIVE.get((form_id, name))
    if template is None or (value is None and name in _NEEDED):
        return value
    return row_formula(template, value, letters, row)


def row_formula(template: str, value: Decimal | str | None, letters: Mapping[str, str], row: int) -> Formula:
    """Give a formula over a row: {field|fallback} is the field's cell, or the fallback where it has no column."""
    text = _FIELD.sub(lambda m: f"{letters[m[1]]}{row}" if m[1] in letters else m[2], template)
    return Formula(text, "" if value is None else value)
