"""The year of a date that names none: by what the table itself says, else by the school's settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.values import canonical_text, year_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.model import RawTable
    from houqin.school import School

_SCHOOL_YEAR = re.compile(r"(20\d{2})\s*[-—–~至]+\s*(?:20)?\d{2}\s*学?年")
_AUTUMN = re.compile(r"(20\d{2})年?(?:秋|下半年)")
_YEAR = re.compile(r"(20\d{2})年")


def year_of_table(table: RawTable, school: School | None) -> Callable[[int], int] | None:
    """Give the year of a month: of the school year or the calendar year in the title, else of the settings."""
    texts = [canonical_text(note.text) for note in table.notes] + [canonical_text(table.grid.sheet)]
    for text in texts:
        if found := _SCHOOL_YEAR.search(text) or _AUTUMN.search(text):
            first = int(found[1])
            return year_in(f"{first}-{first + 1}")
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    if len(years) == 1 and school is None:
        only = years.pop()
        return lambda _month: only
    return year_in(school.school_year) if school else None
