"""Exact arithmetic on scaled 64-bit integers: a value 12.30 at scale 2 is 1230, a blank is masked.

Rounding is half up, away from zero, and happens here alone. Sums of blanks are blank. A result that does not fit
into 64 bits is marked and blank, never wrapped; `widened` columns hold Python integers and have no such limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

INT64_MAX = 2**63 - 1
INT64_MIN = -(2**63)
# A float estimate of a product is off by a few parts in 10^16; half the range leaves room for that.
SAFE = float(2**62)
# The largest power of ten whose double still fits into 64 bits.
MAX_STEP = 10**18
# A quotient is kept to this many decimals: ratios and percentages of money need no more.
QUOTIENT_SCALE = 12
# The usual context rounds to 28 digits.
_UNBOUND = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Exact:
    """A column of exact numbers: `values` int64, `blank` bool (True where there is no value), `scale` decimals.

    `overflow` marks rows whose result does not fit; they are blank as well.
    """

    values: Array
    blank: Array
    scale: int
    overflow: Array | None = None


def exact_column(series: pd.Series[Any], scale: int) -> Exact:
    """Take a scaled `Int64` column of a frame as it is."""
    return Exact(series.to_numpy(np.int64, na_value=0), blanks(series), scale)


def blanks(series: pd.Series[Any]) -> Array:
    """Tell which values of a column are blank; of its array, as a series takes a hundred times as long."""
    return np.asarray(series.array.isna(), bool)


def listed(series: pd.Series[Any]) -> list[Any]:
    """Give a column's values as Python's own, None for each blank."""
    return [None if blank else value for value, blank in zip(series.tolist(), blanks(series).tolist(), strict=True)]


def constant(value: Decimal, length: int) -> Exact:
    """Give a column that holds one number everywhere."""
    scale = max(0, -_exponent(value))
    number = scaled(value, scale)
    kind: Any = np.int64 if INT64_MIN <= number <= INT64_MAX else object
    return Exact(np.full(length, number, kind), np.zeros(length, bool), scale)


def widened(column: Exact, rows: Array) -> Exact:
    """Take some rows of a column as Python integers, which do not overflow; for the few rows that need it."""
    return Exact(column.values[rows].astype(object), column.blank[rows], column.scale)


def scaled(value: Decimal, scale: int) -> int:
    """Take a number to a scale, half up; Decimal('0.125') at scale 2 is 13."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    return int(value.scaleb(scale, _UNBOUND).to_integral_value(ROUND_HALF_UP, _UNBOUND))


def unscaled(value: int, scale: int) -> Decimal:
    """Give the number that a scaled integer stands for."""
    return Decimal(int(value)).scaleb(-scale, _UNBOUND)


def plain(value: int, scale: int) -> str:
    """Write a scaled integer as canonical text: no thousands separators, no trailing zeros; (350, 2) -> 3.5."""
    number = int(value)
    if scale <= 0:
        return format(unscaled(number, scale), "f")
    digits = str(abs(number)).zfill(scale + 1)
    decimals = digits[-scale:].rstrip("0")
    return f"{'-' if number < 0 else ''}{digits[:-scale]}{'.' if decimals else ''}{decimals}"


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide integers, rounding half away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    quotient, rest = divmod(abs(numerator), abs(denominator))
    return sign * (quotient + (2 * rest >= abs(denominator)))


def rescale(column: Exact, scale: int) -> Exact:
    """Take a column to another scale, half up where decimals go."""
    if scale == column.scale:
        return column
    if scale > column.scale:
        return _raised(column, 10 ** (scale - column.scale), scale)
    step = 10 ** (column.scale - scale)
    values = column.values
    if step > MAX_STEP and not _is_wide(column):
        rounded = _rounded(values.astype(object), step).astype(np.int64)
    else:
        rounded = _rounded(values, step)
    return Exact(rounded, column.blank, scale, column.overflow)


def add(left: Exact, right: Exact, *, sign: int = 1) -> Exact:
    """Add two columns (or subtract, sign -1); blank where either is blank."""
    scale = max(left.scale, right.scale)
    a, b = rescale(left, scale), rescale(right, scale)
    total = a.values + b.values if sign > 0 else a.values - b.values
    over = _marked(a, b)
    if not (_is_wide(a) or _is_wide(b)):
        # Two's complement: a sum wrapped round where its sign differs from that of both terms.
        wrapped = (a.values ^ total) & (b.values ^ total) if sign > 0 else (a.values ^ b.values) & (a.values ^ total)
        over = over | (wrapped < 0)
    return _result(total, a.blank | b.blank, scale, over)


def multiply(left: Exact, right: Exact, scale: int | None = None) -> Exact:
    """Multiply two columns, rounded half up to `scale` (or kept whole); blank where either is blank."""
    whole = left.scale + right.scale
    product = _product(left, right, whole)
    if scale is None:
        return product
    over = product.overflow if product.overflow is not None else np.zeros(len(product.values), bool)
    rows = np.flatnonzero(over & ~_marked(left, right))
    rounded = rescale(product, scale)
    if not len(rows):
        return rounded
    narrow = Exact(rounded.values, left.blank | right.blank, scale, rounded.overflow)
    return _mended(narrow, rows, _wide_product(left, right, rows, scale))


def divide(left: Exact, right: Exact) -> Exact:
    """Divide to 12 decimals, half up; blank where either is blank or the divisor is 0."""
    blank = left.blank | right.blank | (right.values == 0)
    up, down = 10 ** (QUOTIENT_SCALE + right.scale), 10**left.scale
    tops, bottoms = np.broadcast_to(left.values, blank.shape), np.broadcast_to(right.values, blank.shape)
    triples = zip(tops, bottoms, blank, strict=True)
    rows = [0 if empty else divide_half_up(int(a) * up, int(b) * down) for a, b, empty in triples]
    if _is_wide(left) or _is_wide(right):
        return Exact(np.array(rows, object), blank, QUOTIENT_SCALE)
    over = np.array([not INT64_MIN <= row <= INT64_MAX for row in rows], bool) | _marked(left, right)
    values = np.array([0 if o else row for row, o in zip(rows, over, strict=True)], np.int64)
    return _result(values, blank, QUOTIENT_SCALE, over)


def negative(column: Exact) -> Exact:
    """Change the sign."""
    return add(Exact(np.zeros_like(column.values), np.zeros_like(column.blank), column.scale), column, sign=-1)


def absolute(column: Exact) -> Exact:
    """Give the amounts without their sign."""
    return choose(column.values < 0, negative(column), column)


def choose(condition: Array, yes: Exact, no: Exact) -> Exact:
    """Take each row from one of two columns; blank where the column taken is blank."""
    scale = max(yes.scale, no.scale)
    a, b = rescale(yes, scale), rescale(no, scale)
    none = np.zeros(len(condition), bool)
    over_a = none if a.overflow is None else a.overflow
    over_b = none if b.overflow is None else b.overflow
    values, blank = np.where(condition, a.values, b.values), np.where(condition, a.blank, b.blank)
    return _result(values, blank, scale, np.where(condition, over_a, over_b))


def total(column: Exact) -> int | None:
    """Add up a column as a Python integer, None where all is blank."""
    if column.blank.all():
        return None
    values = column.values[~column.blank]
    if not _is_wide(column) and float(np.abs(values.astype(float)).sum()) < SAFE:
        return int(values.sum())
    return sum(int(v) for v in values)


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"not a finite number: {value}")  # noqa: TRY004 (a NaN is a wrong value, its type is right)
    return exponent


def _is_wide(column: Exact) -> bool:
    return bool(column.values.dtype == object)


def _marked(left: Exact, right: Exact) -> Array:
    over = np.zeros(max(len(left.values), len(right.values)), bool)
    for side in (left, right):
        if side.overflow is not None:
            over = over | side.overflow
    return over


def _result(values: Array, blank: Array, scale: int, over: Array) -> Exact:
    """Make a column whose overflown rows are 0 and blank."""
    if not over.any():
        return Exact(values, blank, scale)
    return Exact(np.where(over, 0, values), blank | over, scale, over)


def _rounded(values: Array, step: int) -> Array:
    """Divide by a power of ten, half away from zero; by floor and rest, because |-2^63| does not fit."""
    floor, rest = values // step, values % step
    up = np.where(values >= 0, 2 * rest >= step, 2 * rest > step)
    rounded: Array = floor + up
    return rounded


def _raised(column: Exact, factor: int, scale: int) -> Exact:
    """Give a column more decimals."""
    if _is_wide(column):
        return Exact(column.values * factor, column.blank, scale)
    if factor <= MAX_STEP:
        return _product(column, Exact(np.array([factor]), np.array([False]), 0), scale)
    rows = np.flatnonzero(column.values)
    nothing = Exact(np.zeros_like(column.values), column.blank, scale, column.overflow)
    return _mended(nothing, rows, [int(value) * factor for value in column.values[rows]])


def _product(left: Exact, right: Exact, scale: int) -> Exact:
    """Multiply without rounding; `scale` is that of the result."""
    blank, over = left.blank | right.blank, _marked(left, right)
    if _is_wide(left) or _is_wide(right):
        return Exact(left.values.astype(object) * right.values.astype(object), blank, scale)
    doubtful = np.abs(left.values.astype(float)) * np.abs(right.values.astype(float)) >= SAFE
    if not doubtful.any():
        return _result(left.values * right.values, blank, scale, over)
    values = np.where(doubtful, 0, left.values) * np.where(doubtful, 0, right.values)
    rows = np.flatnonzero(doubtful)
    return _mended(_result(values, blank, scale, over), rows, _wide_product(left, right, rows, scale))


def _wide_product(left: Exact, right: Exact, rows: Array, scale: int) -> list[int]:
    """Multiply some rows in Python integers, and round."""
    shape = (max(len(left.values), len(right.values)),)
    a, b = np.broadcast_to(left.values, shape), np.broadcast_to(right.values, shape)
    step = 10 ** max(0, left.scale + right.scale - scale)
    return [divide_half_up(int(a[row]) * int(b[row]), step) for row in rows]


def _mended(column: Exact, rows: Array, results: list[int]) -> Exact:
    """Put results of the wide path into a column; those that do not fit stay marked."""
    values, blank = column.values.copy(), column.blank.copy()
    over = np.zeros(len(values), bool) if column.overflow is None else column.overflow.copy()
    for row, result in zip(rows, results, strict=True):
        fits = INT64_MIN <= result <= INT64_MAX
        over[row] = not fits
        values[row] = result if fits else 0
    return Exact(values, blank | over, column.scale, over if over.any() else None)
