"""The ledger rows that stand in a workbook, and figures over them as live formulas with exact stored values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.workbook import Formula, Link, internal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.report.records import Record
    from houqin.workbook import Area, Placed

COUNTED = "计入"


class Where(NamedTuple):
    """A condition of a sum: the field's text must be `value`, which stands in `cell` (or is a quoted constant)."""

    field: str
    value: str
    cell: str


@dataclass(frozen=True, slots=True)
class Data:
    """A data sheet: where its table stands, and the column of each field in it."""

    placed: Placed
    columns: Mapping[str, int]
    records: Sequence[Record]

    def area(self, field_id: str) -> Area:
        """Give the body of a field's column."""
        return self.placed.column(self.columns[field_id])

    def link(self, rows: Sequence[int]) -> Link | None:
        """Give a link to ledger rows: 第 3 行, or 3 行 from the first; None without any."""
        if not rows:
            return None
        first, last = (self.placed.first + index for index in (rows[0], rows[-1]))
        text = f"第{rows[0] + 1}行" if len(rows) == 1 else f"{len(rows)}行"
        return Link(internal(self.placed.sheet, f"A{first}:A{last}" if last > first else f"A{first}"), text)

    def column_link(self, field_id: str) -> Link:
        """Give a link to the whole column of a field."""
        area = self.area(field_id)
        return Link(internal(area.sheet, area.local.replace("$", "")), "台账")


@dataclass(slots=True, kw_only=True)
class DataSheets:
    """The data sheets of a workbook by form, and sums over their rows."""

    forms: Forms
    records: Mapping[str, Sequence[Record]]
    data: dict[str, Data] = field(default_factory=dict)
    groups: dict[tuple[str, ...], dict[tuple[str, ...], tuple[Decimal, int]]] = field(default_factory=dict)

    def has(self, form_id: str) -> bool:
        """Tell whether a form's workbook was there."""
        return form_id in self.data

    def title_of(self, form_id: str) -> str:
        """Give a form's Chinese title."""
        form = self.forms.by_id.get(form_id)
        return form.title if form else form_id

    def total(self, form_id: str, field_id: str, *conditions: Where) -> Formula:
        """Add up a field over the rows that count and meet the conditions, live and exact."""
        data = self.data[form_id]
        tests = [f"{data.area(each.field).ref},{_criterion(each)}" for each in conditions]
        text = f"SUMIFS({','.join([data.area(field_id).ref, *tests, f'{data.area(COUNTED).ref},1'])})"
        return Formula(text, self._sums(form_id, field_id, conditions)[0])

    def count(self, form_id: str, *conditions: Where) -> Formula:
        """Count the rows that count and meet the conditions."""
        data = self.data[form_id]
        tests = [f"{data.area(each.field).ref},{_criterion(each)}" for each in conditions]
        text = f"COUNTIFS({','.join([*tests, f'{data.area(COUNTED).ref},1'])})"
        return Formula(text, self._sums(form_id, "", conditions)[1])

    def _sums(self, form_id: str, field_id: str, conditions: Sequence[Where]) -> tuple[Decimal, int]:
        """Give sum and number of the rows that meet the conditions; rows are grouped once for all like questions."""
        key = (form_id, field_id, *(each.field for each in conditions))
        if key not in self.groups:
            groups: dict[tuple[str, ...], tuple[Decimal, int]] = {}
            for record in self.data[form_id].records:
                if not record.pending:
                    place = tuple(record.text(each.field).lower() for each in conditions)  # as Excel compares
                    total, count = groups.get(place, (Decimal(0), 0))
                    groups[place] = (total + (record.values.get(field_id) or 0), count + 1)
            self.groups[key] = groups
        return self.groups[key].get(tuple(each.value.lower() for each in conditions), (Decimal(0), 0))

    def filled(self, form_id: str, field_id: str) -> bool:
        """Tell whether any row has a value in a field: a sum of blanks is blank, not 0."""
        return any(r.values.get(field_id) is not None for r in self.records.get(form_id, ()))


def _criterion(where: Where) -> str:
    """Give the criterion of a SUMIFS; a value with signs that it would take for its own is escaped."""
    if not re.search(r"[~*?]|^[<>=]", where.value):
        return where.cell
    inner = where.cell
    for sign in "~*?":
        inner = f'SUBSTITUTE({inner},"{sign}","~{sign}")'
    return f'"="&{inner}'
