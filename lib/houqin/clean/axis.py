"""What the levels of a matrix's header say: the word across, and the fields that stand above it (夏装/男/150)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.school.axes import axis_part
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from houqin.forms import Field
    from houqin.model import Column, Match
    from houqin.school.naming import Namings


def level_word(match: Match, column: Column, field: Field, namings: Namings) -> tuple[str, int, int] | None:
    """Give what a column's header says of a field, with row and column of the level that says it; the lowest first."""
    lowest = match.table.header_rows[-1]
    for level, place in reversed(column.levels):
        said = shown(match.table.grid.cell(*place)) if place else level
        part = axis_part(canonical_text(said), field.type, field.values, namings)
        if part:
            return part, *(place or (lowest, column.index))
    return None
