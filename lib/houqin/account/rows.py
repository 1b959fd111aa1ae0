"""Rows of a ledger as the books need them: exact integers and texts, chosen by date; pending rows stay out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from houqin.exact import listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from houqin.model import Ledger


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a ledger: its form, its position from 0, its values (numbers scaled as the form's fields are)."""

    form: str
    index: int
    values: Mapping[str, Any]

    def text(self, *names: str) -> str:
        """Give the first of some text fields that is filled in, '' where none is."""
        return next((str(text) for name in names if (text := self.values.get(name)) is not None and str(text)), "")

    def number(self, name: str) -> int | None:
        """Give a scaled number, None for a blank."""
        value = self.values.get(name)
        return None if value is None else int(value)


def rows_of(ledgers: Mapping[str, Ledger], form: str, *, only: np.ndarray | None = None) -> list[Row]:
    """Give the rows of a ledger that count; none where there is no such ledger.

    `only` are the positions, rising, of those that are wanted at all: a row costs more than what most are asked.
    """
    ledger = ledgers.get(form)
    if ledger is None:
        return []
    frame = ledger.frame if only is None else ledger.frame.iloc[only]
    indexes = range(len(frame)) if only is None else only.tolist()
    names = [str(name) for name in frame.columns if name != "pending"]
    columns = [listed(frame[name]) for name in names]
    pending = frame["pending"].tolist() if "pending" in frame.columns else [False] * len(frame)
    return [
        Row(form, index, dict(zip(names, values, strict=True)))
        for index, values, out in zip(indexes, zip(*columns, strict=True), pending, strict=True)
        if not out
    ]


def is_within(text: str, first: str, last: str) -> bool:
    """Tell whether an ISO day, or a month, lies within two ISO days; a month does where all of it does.

    >>> is_within("2025-09", "2025-09-01", "2025-12-31"), is_within("2025-09", "2025-09-02", "2025-12-31")
    (True, False)
    """
    if len(text) == len("2025-09"):
        return f"{text}-01" >= first and f"{text}-28" <= last
    return first <= text <= last


def rows_in(rows: list[Row], dates: tuple[str, ...], first: str, last: str) -> list[Row]:
    """Give the rows whose date (the first of the fields that is filled in) lies within two ISO days.

    School year and fiscal year are two such views of the same rows.
    """
    return [row for row in rows if is_within(row.text(*dates), first, last)]


def fiscal_year(year: int) -> tuple[str, str]:
    """Give the first and last day of an accounting year."""
    return f"{year}-01-01", f"{year}-12-31"


def school_year(text: str) -> tuple[str, str]:
    """Give the first and last day of a school year, 2025-2026; the summer belongs to the year that ends."""
    first, second = text.split("-")
    return f"{first}-09-01", f"{second}-08-31"
