"""What the body of a column holds, as evidence for or against a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING

from houqin.forms import TYPES
from houqin.model import Kind
from houqin.values import parse_number, parse_size, parse_tick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import Field
    from houqin.model import Column, RawTable

# Enough cells to tell what a column holds; spread over the body, since the first rows are the least typical.
SAMPLE = 40
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_YYYYMMDD, _SERIALS = (19_500_101, 20_991_231), (36_526, 55_153)
_LAST_SHORT_DAY = 1231  # 9.1, 901 and 1231 may be days of a month
_SIZES = frozenset({150.0, 155.0, 160.0, 165.0, 170.0, 175.0, 180.0, 185.0, 190.0})
_DATE_TEXT = re.compile(r"\d.*[.。\-/年月]|^\d{6,8}$|月")


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of a sample's non-blank cells: numbers (typed as such or as text), dates, ticks, sizes, Chinese words."""

    filled: int
    blank: int
    number: float = 0.0
    date: float = 0.0
    tick: float = 0.0
    size: float = 0.0
    chinese: float = 0.0
    zero: float = 0.0  # of the numbers
    clock: float = 0.0  # numbers that are no day whichever way they are read: 90000 for nine o'clock

    @property
    def like_values(self) -> bool:
        """Whether the cells may be the inner cells of a matrix: blank, numbers or ticks."""
        strays = self.filled * (1 - self.number - self.tick)
        # One word among few numbers (若干) is a mistake of its cell, not of the column.
        return not self.filled or self.number + self.tick >= 0.8 or (self.filled > 2 and round(strays) <= 1)

    @property
    def mostly_values(self) -> bool:
        """Whether they may be so where the header says it already: a class, a size."""
        return not self.filled or self.number + self.tick >= 0.5


def profile_of(table: RawTable, column: Column, rows: Sequence[int]) -> Profile:
    """Look at a sample of a column's record cells."""
    grid, filled = table.grid, 0
    number = date = tick = size = chinese = zero = clock = 0
    own = (row + column.line for row in rows if row + column.line <= grid.rows)
    for at in ((row - 1) * grid.columns + column.index - 1 for row in own):
        kind = grid.kinds[at]
        filled += kind != Kind.BLANK
        if kind == Kind.TEXT:
            so_far = (number, date, tick, size, chinese, zero)
            says = _said(grid.strings[grid.string_ids[at]])
            number, date, tick, size, chinese, zero = map(add, so_far, says)
        elif kind == Kind.NUMBER:
            value = grid.numbers[at]
            number += 1
            date += _is_date_number(value)
            zero += value == 0
            clock += value > _LAST_SHORT_DAY and not _is_date_number(value)
            size += value in _SIZES
        elif kind == Kind.DATE:
            date += 1
    if not filled:
        return Profile(0, len(rows))
    shares = (each / filled for each in (number, date, tick, size, chinese, zero, clock))
    return Profile(filled, len(rows) - filled, *shares)


def _is_date_number(value: float) -> bool:
    """Tell 20250901, and a serial of the years 2000 to 2050 that lost its format."""
    return _YYYYMMDD[0] <= value <= _YYYYMMDD[1] or _SERIALS[0] <= value <= _SERIALS[1]


@lru_cache(maxsize=8192)
def _said(text: str) -> tuple[bool, ...]:
    """Tell whether a text says a number, a date, a tick, a size, a word; those of a column come again and again."""
    is_date, is_chinese = bool(_DATE_TEXT.search(text)), bool(_CHINESE.search(text))
    is_tick, is_size = parse_tick(text) is not None, parse_size(text) is not None
    number = parse_number(text)
    return number is not None, is_date, is_tick, is_size, is_chinese, number is not None and not number.value


def sample_rows(table: RawTable) -> tuple[int, ...]:
    """Give at most SAMPLE record rows, spread evenly."""
    rows = table.record_rows
    step = max(1, len(rows) // SAMPLE)
    return rows[::step][:SAMPLE]


def share_with(table: RawTable, column: Column, words: tuple[str, ...]) -> float:
    """Give the share of a column's filled cells, of a sample, that hold one of some words."""
    texts = [str(table.grid.cell(row, column.index).value or "") for row in sample_rows(table)]
    filled = [text for text in texts if text]
    return sum(any(word in text for word in words) for text in filled) / len(filled) if filled else 0.0


def fit(field: Field, profile: Profile) -> float:
    """Say how well a column's cells suit a field, 0.5 to 1; a blank column suits any.

    A number, a date or a size under its own name stays above what it takes to be chosen, even where all its cells are
    words: these are mistakes to report, not another column.
    """
    if not profile.filled:
        return 1.0
    if TYPES[field.type][0]:
        suits = max(profile.number, 1.0 if field.type == "row-number" else 0.0)
        sizes = 0.2 if field.type == "count" and profile.size > 0.8 else 0.0
        return 0.7 + 0.3 * suits - sizes
    if field.type == "date":
        return 0.7 + 0.3 * min(1.0, profile.date + 0.7 * (profile.number - profile.clock))
    if field.type == "size":
        return 0.7 + 0.3 * profile.size
    if field.type in {"class", "grade", "choice", "tick", "sex"}:
        return 1.0
    # 30201 办公费 is rather the name of an item than its code.
    return 1.0 - (0.15 * profile.chinese if field.type == "code" else 0.12 * profile.number)
