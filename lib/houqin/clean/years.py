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
# A month of the calendar (2025年2月就餐人数), no day: 填报日期 says when it was written, not what it is about.
_MONTH = re.compile(r"(20\d{2})年(0?[1-9]|1[0-2])月(?!\d|份?至|份?[-—–~])")
_FISCAL = re.compile(r"(?<![\d\-—–~至])(20\d{2})年度")
_OF_A_BOOK = re.compile(r"(?<![\d\-—–~至])(20\d{2})年(?=[^\d月日\s])(?![春秋寒暑上下]|第|开学|级|入学)")
_HALF = 6


def year_of_table(table: RawTable, school: School | None) -> Callable[[int], int] | None:
    """Give the year of a month: of the school year, fiscal year or month in the title, else of the settings."""
    texts = [canonical_text(note.text) for note in table.notes] + [canonical_text(table.grid.sheet)]
    for text in texts:
        if found := _SCHOOL_YEAR.search(text) or _AUTUMN.search(text):
            first = int(found[1])
            return year_in(f"{first}-{first + 1}")
    fiscal = {int(year) for text in texts for year in _FISCAL.findall(text)}
    if len(fiscal) == 1:
        of_books = fiscal.pop()
        return lambda _month: of_books
    months = {(int(year), int(month)) for text in texts for year, month in _MONTH.findall(text)}
    if len(months) == 1:
        return _around(*months.pop())
    # A book of 2025年 is of that year, January too, though the term began in the one before.
    titles = [canonical_text(note.text) for note in table.notes if note.label == "title"]
    books = {int(year) for text in titles for year in _OF_A_BOOK.findall(text)}
    if len(books) == 1:
        of_title = books.pop()
        return lambda _month: of_title
    years = {int(year) for text in texts for year in _YEAR.findall(text)}
    if len(years) == 1 and school is None:
        only = years.pop()
        return lambda _month: only
    return year_in(school.school_year) if school else None


def _around(year: int, month: int) -> Callable[[int], int]:
    """Give the year in which a month lies nearest to the month of the title: the January after 2025年12月 is 2026's.

    >>> of = _around(2025, 12)
    >>> of(11), of(1)
    (2025, 2026)
    """
    return lambda other: year + (month - other > _HALF) - (other - month > _HALF)
