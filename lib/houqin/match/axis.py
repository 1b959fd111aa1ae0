"""Columns across a matrix that are told by how their headers read: classes, sizes, sexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.school.axes import TYPED, axis_part
from houqin.school.naming import namings_of

if TYPE_CHECKING:
    from houqin.forms import Form, Layout
    from houqin.match.evidence import Seen
    from houqin.school import School

_FEWEST = 2


def is_typed(form: Form, layout: Layout) -> bool:
    """Tell whether the headers across are classes, sizes or sexes."""
    return any(each.id == layout.across and each.type in TYPED for each in form.fields)


def typed_columns(
    seen: Seen, form: Form, layout: Layout, words: list[int], school: School | None
) -> tuple[list[int], bool]:
    """Give the columns across, and whether they are enough to tell the matrix.

    At least two headers must read as the axis, and as many as do not; no two columns may say the same. With
    `across_open` other columns of numbers (教务处 beside the classes) belong to the axis too.
    """
    field = next(each for each in form.fields if each.id == layout.across)
    namings = namings_of(school)
    reading, paths = [], []
    for c in words:
        path = tuple(level for level in seen.headings[c].column.path if level.strip())
        if seen.profiles[c].mostly_values and any(axis_part(p, field.type, field.values, namings) for p in path):
            reading.append(c)
            paths.append(path)
    known = len(reading) >= _FEWEST and 2 * len(reading) >= len(words) and len(set(paths)) == len(paths)
    if layout.across_open and known:
        reading = [c for c in words if c in reading or seen.profiles[c].like_values]
    return reading, known
