"""Whether corrections taken from a ledger did what they should: each its own cell, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.clean.returned_values import written_text
from houqin.exact import listed
from houqin.school import DecisionKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.clean.returned import Wanted
    from houqin.clean.returned_values import Value
    from houqin.forms import Field
    from houqin.model import Table
    from houqin.school import Decisions

Key = tuple[str, str, str, str]  # file, sheet, form, field


def unmet_corrections(wanted: Sequence[Wanted], tables: Sequence[Table], decisions: Decisions) -> dict[int, str]:
    """Give the positions of the corrections that did not take effect, or changed more than their own cell, by cause.

    `tables` were cleaned with `decisions` laid over their sheets.
    """
    unmet: dict[int, str] = {}
    read: dict[Key, dict[str, list[Value]]] = {}
    corrected = {(each.file, each.cell) for each in decisions.of(DecisionKind.CORRECTION)}
    for number, each in enumerate(wanted):
        key = (each.path, each.decision.sheet, each.edit.form, each.edit.field.id)
        if key not in read:
            read[key] = _values(tables, key)
        if not _is_met(each, read[key]):
            unmet[number] = "unmet"
        elif each.is_same_file and _changed_beside(each, read[key], corrected):
            unmet[number] = "beside"
    return unmet


def _values(tables: Sequence[Table], key: Key) -> dict[str, list[Value]]:
    """Give what a field says in each cell of a sheet."""
    path, sheet, form, name = key
    found: dict[str, list[Value]] = {}
    for table in tables:
        if (table.path, table.sheet, table.form) == (path, sheet, form) and name in table.frame.columns:
            for record, value in enumerate(listed(table.frame[name])):
                cell = table.address(name, record)
                if cell is not None:
                    found.setdefault(cell, []).append(value)
    return found


def _is_met(each: Wanted, read: Mapping[str, Sequence[Value]]) -> bool:
    edit, field = each.edit, each.edit.field
    values = read.get(each.decision.cell, ())
    if edit.value is None:
        return all(value is None for value in values)
    return bool(values) and all(_agrees(value, edit.value, edit.old, field) for value in values)


def _agrees(value: Value, wanted: Value, old: Value, field: Field) -> bool:
    """Compare numbers exactly; a word may be brought into its usual form, as long as it is another than before."""
    said, asked = written_text(value, field), written_text(wanted, field)
    return said == asked or (not field.is_number and said not in {"", written_text(old, field)})


def _changed_beside(each: Wanted, read: Mapping[str, Sequence[Value]], corrected: set[tuple[str, str]]) -> bool:
    """Tell whether another cell of the column, which nobody corrected, says something else than its run had written."""
    field = each.edit.field
    for record in each.run.rows.get(each.edit.form, ()):
        cell = record.cells.get(field.id)
        if record.source[:2] != each.edit.address[:2] or cell is None or (each.path, cell) in corrected:
            continue
        if any(written_text(v, field) != written_text(record.values.get(field.id), field) for v in read.get(cell, ())):
            return True
    return False
