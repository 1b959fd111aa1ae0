"""The accounting period that a title or a cell names: a month, months of a year, a whole year, or up to a day."""

from __future__ import annotations

import re
from typing import NamedTuple

from houqin.values.text import canonical_text

_YEAR = r"(20\d{2})"
_MONTH = r"(1[0-2]|0?[1-9])"
_TO = r"\s*(?:[-—–―~～至到]+)\s*"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_DAYS = re.compile(
    rf"(?<!\d){_YEAR}[年.\-/]{_MONTH}[月.\-/]{_DAY}日?{_TO}(?:{_YEAR}[年.\-/])?{_MONTH}[月.\-/]{_DAY}(?!\d)日?"
)
_MONTHS = re.compile(
    rf"(?<!\d){_YEAR}\s*(?:年度?|[.\-/])?\s*(?:第?{_MONTH}|(0[1-9]|1[0-2]))\s*[月期]?份?{_TO}"
    rf"(?:{_YEAR}\s*(?:年度?|[.\-/])?\s*)?第?{_MONTH}(?![\d.\-/]|月\d)\s*[月期]?"
)
_AS_OF = re.compile(rf"(?<!\d){_YEAR}[年.\-/]{_MONTH}[月.\-/]{_DAY}(?!\d)日?")
_ONE = re.compile(
    rf"(?<!\d){_YEAR}\s*(?:年度?\s*第?\s*{_MONTH}\s*[月期]|[.\-/]{_MONTH}(?![\d.\-/])|(0[1-9]|1[0-2])(?!\d))"
)
_PART = re.compile(rf"(?<!\d){_YEAR}\s*年\s*(?:第?([一二三四1-4])季度?|(上|下)半年)")
_WHOLE = re.compile(rf"(?<![\d\-—–~至到]){_YEAR}\s*年度?(?![\d月第])")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_LAST = 12
_HALF = 6
_QUARTER = 3


class Period(NamedTuple):
    """The months that figures are of: `first` is None where only the day up to which they run is said."""

    first: str | None
    last: str

    @property
    def is_month(self) -> bool:
        """Tell one month."""
        return self.first == self.last

    @property
    def is_year_to_date(self) -> bool:
        """Tell months from January on."""
        return self.first == f"{self.last[:4]}-01"

    @property
    def text(self) -> str:
        """Write it as a ledger does: 2025-12, 2025-01至2025-12, 至2025-12."""
        return self.last if self.is_month else f"{self.first or ''}至{self.last}"


def period_in(text: str) -> Period | None:
    """Give the period that a text names, None where it names none, or several.

    >>> period_in("2025年12月科目余额表").text, period_in("期间：2025.01-2025.12").text
    ('2025-12', '2025-01至2025-12')
    >>> period_in("2025年1-12月").text, period_in("2025年度科目余额表").text, period_in("2025年12月31日").text
    ('2025-01至2025-12', '2025-01至2025-12', '至2025-12')
    >>> period_in("202512").text, period_in("2025年第四季度").text, period_in("科目余额表")
    ('2025-12', '2025-10至2025-12', None)
    """
    plain = canonical_text(text)
    for pattern in (_DAYS, _MONTHS):
        if found := pattern.search(plain):
            parts = [part for part in found.groups() if part]
            year, first, rest = parts[0], parts[1], parts[2:]
            last_year = rest[0] if len(rest) > 1 else year
            made = Period(_month(year, first), _month(last_year, rest[-1]))
            return made if made.first and made.first <= made.last else None
    if found := _PART.search(plain):
        return _part(found)
    days = {_month(*each) for each in _AS_OF.findall(plain)}
    if days:
        return Period(None, days.pop()) if len(days) == 1 else None
    months = {_month(year, one or two or three) for year, one, two, three in _ONE.findall(plain)}
    if months:
        only = months.pop()
        return None if months else Period(only, only)
    years = set(_WHOLE.findall(plain))
    return Period(f"{(year := years.pop())}-01", f"{year}-12") if len(years) == 1 else None


def read_period(text: str | None) -> Period | None:
    """Read what `Period.text` wrote, or any other text that names a period."""
    if text and text.startswith("至"):
        return Period(None, text[1:])
    return period_in(text) if text else None


def _month(year: str, month: str) -> str:
    return f"{year}-{int(month):02d}"


def _part(found: re.Match[str]) -> Period:
    if found[2]:
        quarter = _QUARTERS.get(found[2]) or int(found[2])
        first, last = _QUARTER * quarter - 2, _QUARTER * quarter
    else:
        first, last = (1, _HALF) if found[3] == "上" else (_HALF + 1, _LAST)
    return Period(_month(found[1], str(first)), _month(found[1], str(last)))
