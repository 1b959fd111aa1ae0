"""Cells that should hold numbers: exact scaled integers, whole columns at a time where the cells are plain numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from houqin.clean.packs import read_packs, unit_factor, unit_of_row
from houqin.clean.registry import Job, cleans
from houqin.clean.units import column_factor, reading_factor
from houqin.exact import INT64_MAX, plain, scaled
from houqin.model import Kind, Level
from houqin.values import canonical_text, is_percent_format, number_of, parse_number

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.values import Parsed

# Whole numbers up to here are exact in a binary double.
_EXACT_FLOAT = float(2**53)
# So many shares make a column of shares.
_FEW = 3


@dataclass(frozen=True, slots=True)
class _Column:
    """A column while it is filled."""

    cells: Cells
    job: Job
    values: np.ndarray
    blank: np.ndarray
    factor: Decimal

    @property
    def scale(self) -> int:
        return self.cells.field.scale

    def put(self, i: int, value: Decimal) -> str | None:
        """Store a value, rounded half up; give it as text, None where it does not fit."""
        whole = scaled(value, self.scale)
        if abs(whole) > INT64_MAX:
            self.job.log.find("too-large", Level.ERROR, self.cells, i)
            return None
        self.values[i], self.blank[i] = whole, False
        return plain(whole, self.scale)


@cleans("quantity", "count", "money", "price", "percent", "row-number")
def clean_numbers(cells: Cells, job: Job) -> pd.api.extensions.ExtensionArray:
    """Give the column as nullable integers at the field's scale, amounts in 元."""
    factor = column_factor(cells, job.log)
    column = _Column(cells, job, np.zeros(len(cells), np.int64), np.ones(len(cells), bool), factor)
    stored = cells.kinds == Kind.NUMBER
    if cells.field.type == "percent" and stored.any():
        shares = _shares(column, stored)
        _stored(column, stored & shares, factor * 100)
        _stored(column, stored & ~shares, factor)
    else:
        _stored(column, stored, factor)
    _typed(column)
    _others(column)
    _unstored(column)
    return pd.arrays.IntegerArray(column.values, column.blank)


def _shares(column: _Column, stored: np.ndarray) -> np.ndarray:
    """Tell which per cents are stored as shares: those shown with %, or a whole column of 0 to 1, which is asked."""
    cells, log = column.cells, column.job.log
    shown: np.ndarray = np.array([is_percent_format(style) for style in cells.grid.formats], bool)[cells.formats]
    bare: np.ndarray = stored & ~shown
    numbers = cells.numbers[bare]
    if cells.unit == "%" or len(numbers) < _FEW or (numbers < 0).any() or (numbers > 1).any() or not numbers.any():
        return shown
    first, *others = np.flatnonzero(bare & (cells.numbers > 0)).tolist()
    related = tuple(cells.place(i) for i in others)
    expected = plain(scaled(number_of(float(cells.numbers[first])) * 100, 4), 4)
    log.find("doubtful-number", Level.QUESTION, cells, first, message="share", expected=expected, related=related)
    for i in (first, *others):
        log.changed(cells, i, plain(scaled(number_of(float(cells.numbers[i])) * 100, 4), 4), "share")
    return np.asarray(shown | bare)


def _stored(column: _Column, mask: np.ndarray, factor: Decimal) -> None:
    """Take the cells that hold numbers: at once where the decimals fit the scale, else one by one."""
    if not mask.any():
        return
    numbers = column.cells.numbers[mask]
    multiplier = factor.scaleb(column.scale)
    slow = mask
    if multiplier == multiplier.to_integral_value():
        times = float(multiplier)
        whole = np.rint(numbers * times)
        # A quotient is rounded correctly, so it is the stored number just where that is this decimal's double.
        exact = (np.abs(whole) < _EXACT_FLOAT) & (whole / times == numbers)
        at = np.flatnonzero(mask)
        column.values[at[exact]] = whole[exact].astype(np.int64)
        column.blank[at[exact]] = False
        slow = np.zeros_like(mask)
        slow[at[~exact]] = True
    for i in np.flatnonzero(slow).tolist():
        _stored_cell(column, i, factor)


def _stored_cell(column: _Column, i: int, factor: Decimal) -> None:
    """Take one stored number that has more decimals than the field, or a binary tail that Excel does not show."""
    cells, log = column.cells, column.job.log
    number = number_of(float(cells.numbers[i]))
    value = number * factor
    if cells.field.type in {"count", "row-number"} and value != value.to_integral_value():
        if cells.field.type == "count":
            log.find("fractional-count", Level.ERROR, cells, i)
        return
    after = column.put(i, value)
    rounded = after is not None and Decimal(after) != value
    if rounded and factor == column.factor and _says_other(cells.shown(i), after or "", factor):
        log.changed(cells, i, after or "", "rounded")


def _says_other(shown: str, after: str, factor: Decimal) -> bool:
    """Tell whether a cell shows another number than the one taken; 3.33 shown for 3.3333 taken is the same."""
    read = parse_number(shown)
    if read is None:
        return True
    decimals = -int(read.value.as_tuple().exponent)
    return scaled(Decimal(after) / factor, max(0, decimals)) != scaled(read.value, max(0, decimals))


def _typed(column: _Column) -> None:
    """Take the cells that hold text, each distinct text read once."""
    cells, field = column.cells, column.cells.field
    at = cells.where(Kind.TEXT)
    if not len(at):
        return
    # A text file holds nothing but text: there a plain number is no oddity, and in a serial number it never matters.
    is_telling = field.type != "row-number" and any(k in cells.grid.kinds for k in (Kind.NUMBER, Kind.DATE))
    readings: dict[int, tuple[Parsed | None, str]] = {}
    changed: list[tuple[int, str, str]] = []
    for i, text_id in zip(at.tolist(), cells.ids[at].tolist(), strict=True):
        if text_id not in readings:
            text = cells.texts[text_id]
            readings[text_id] = (parse_number(text, zero_like=field.zero_like), canonical_text(text))
        read, text = readings[text_id]
        if read is None:
            if text and (packed := _take_packs(column, i, text)):
                changed.append((i, packed, "unit-conversion"))
            continue
        after, is_converted = _take(column, i, read)
        if after is not None and (is_telling or after != text):
            rule = "unit-conversion" if is_converted else read.rules[0] if read.rules else "text-number"
            changed.append((i, after, rule))
    column.job.log.changed_texts(cells, changed)


def _take(column: _Column, i: int, read: Parsed) -> tuple[str | None, bool]:
    """Store what a text says, and tell whether its unit was converted to the row's.

    Asked where the reading, the unit or the fraction is doubtful.
    """
    cells, log = column.cells, column.job.log
    factor = reading_factor(cells, read, column.factor)
    is_bad = factor is None
    if is_bad:
        _ask_unit(column, i, read)
    value = read.value * (factor or 1)
    if cells.field.type in {"count", "row-number"} and value != value.to_integral_value():
        if cells.field.type == "count":
            log.find("fractional-count", Level.ERROR, cells, i)
        return None, False
    # A field with a unit of its own (年, cm) is not counted in the row's 台.
    of_goods = cells.field.type == "quantity" and cells.field.unit is None
    is_counted = of_goods and "trailing-text" not in read.rules and not is_bad
    more = unit_factor(cells, column.job, i, read.unit) if read.unit and is_counted else Decimal(1)
    after = column.put(i, value * (more or 1))
    if after is not None and read.doubtful:
        log.find("doubtful-number", Level.QUESTION, cells, i, expected=after)
    elif after is not None and more is None:
        words = {"said": read.unit, "meant": unit_of_row(cells, column.job, i)}
        log.find("bad-unit", Level.QUESTION, cells, i, words=words)
    return after, more not in {None, Decimal(1)}


def _take_packs(column: _Column, i: int, text: str) -> str | None:
    """Store a quantity told in packs as the school's table has it; ask where the table does not say, else refuse."""
    cells, log = column.cells, column.job.log
    packs = read_packs(cells, column.job, i, text) if cells.field.type == "quantity" else None
    if packs is None:
        _refuse(column, i)
        return None
    value, said, unit = packs
    if value is not None:
        return column.put(i, value)
    expected = plain(scaled(said, column.scale), column.scale) if said is not None else None
    log.find("bad-unit", Level.QUESTION, cells, i, message="unknown-pack", expected=expected, words={"said": unit})
    return None


def _ask_unit(column: _Column, i: int, read: Parsed) -> None:
    meant = column.cells.unit or column.cells.field.unit or "元"
    column.job.log.find("bad-unit", Level.QUESTION, column.cells, i, words={"said": read.unit, "meant": meant})


def _refuse(column: _Column, i: int) -> None:
    cells, log = column.cells, column.job.log
    if canonical_text(cells.shown(i)) in cells.field.instead:
        return
    if cells.field.type == "row-number":
        log.find("bad-number", Level.INFO, cells, i, message="bad-serial")
    else:
        log.find("bad-number", Level.ERROR, cells, i)


def _others(column: _Column) -> None:
    """Report the cells that hold errors, dates or TRUE where a number should stand."""
    cells, log = column.cells, column.job.log
    for i in np.flatnonzero(cells.kinds > Kind.NUMBER).tolist():
        kind = cells.kinds[i]
        if kind == Kind.ERROR:
            log.find("error-cell", Level.ERROR, cells, i)
        elif cells.field.type == "row-number":
            log.find("bad-number", Level.INFO, cells, i, message="bad-serial")
        elif kind == Kind.DATE:
            log.find("bad-number", Level.ERROR, cells, i, message="not-a-number")
        else:
            log.find("bad-number", Level.ERROR, cells, i)


def _unstored(column: _Column) -> None:
    """Report once the formulas whose results the file does not hold: their cells look blank."""
    cells = column.cells
    if not cells.grid.unstored:
        return
    at = (cells.rows - 1) * cells.grid.columns + cells.columns - 1
    missing = [i for i in cells.where(Kind.BLANK).tolist() if cells.rows[i] and int(at[i]) in cells.grid.unstored]
    if missing:
        related = tuple(cells.place(i) for i in missing[1:])
        column.job.log.find("unstored-formula", Level.ERROR, cells, missing[0], related=related)
