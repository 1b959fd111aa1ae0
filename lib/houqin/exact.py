"""Exact arithmetic on scaled 64-bit integers: a value 12.30 at scale 2 is 1230, a blank is masked.

Rounding is half up, away from zero, and happens here alone. Sums of blanks are blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

INT64_MAX = 2**63 - 1
# A float estimate of a product is off by a few parts in 10^16; half the range leaves room for that.
SAFE = float(2**62)


@dataclass(frozen=True, slots=True)
class Exact:
    """A column of exact numbers: `values` int64, `blank` bool (True where there is no value), `scale` decimals.

    `overflow` marks rows whose result does not fit; they are blank as well.
    """

    values: np.ndarray
    blank: np.ndarray
    scale: int
    overflow: np.ndarray | None = None


def exact_column(series: pd.Series, scale: int) -> Exact:
    """Take a scaled `Int64` column of a frame as it is."""
    blank = series.isna().to_numpy(dtype=bool)
    return Exact(series.fillna(0).to_numpy(dtype=np.int64), blank, scale)


def constant(value: Decimal, length: int) -> Exact:
    """Give a column that holds one number everywhere."""
    scale = max(0, -int(value.as_tuple().exponent))
    return Exact(np.full(length, int(value.scaleb(scale)), np.int64), np.zeros(length, bool), scale)


def scaled(value: Decimal, scale: int) -> int:
    """Take a number to a scale, half up; Decimal('0.125') at scale 2 is 13."""
    return int(value.scaleb(scale).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def unscaled(value: int, scale: int) -> Decimal:
    """Give the number that a scaled integer stands for."""
    return Decimal(int(value)).scaleb(-scale)


def plain(value: int, scale: int) -> str:
    """Write a scaled integer as canonical text: no thousands separators, no trailing zeros; (350, 2) -> 3.5."""
    text = format(unscaled(value, scale), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


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
        return _bounded(column, constant(Decimal(10 ** (scale - column.scale)), 1), scale)
    step = 10 ** (column.scale - scale)
    magnitude = np.abs(column.values)
    quotient = magnitude // step + (2 * (magnitude % step) >= step)
    return Exact(np.sign(column.values) * quotient, column.blank, scale, column.overflow)


def add(left: Exact, right: Exact, *, sign: int = 1) -> Exact:
    """Add two columns (or subtract, sign -1); blank where either is blank."""
    scale = max(left.scale, right.scale)
    a, b = rescale(left, scale), rescale(right, scale)
    estimate = np.abs(a.values.astype(float)) + np.abs(b.values.astype(float))
    over = _either(a, b) | (estimate >= SAFE)
    total = np.where(over, 0, a.values) + sign * np.where(over, 0, b.values)
    return Exact(total, a.blank | b.blank | over, scale, over)


def multiply(left: Exact, right: Exact, scale: int | None = None) -> Exact:
    """Multiply two columns, rounded half up to `scale` (or kept whole); blank where either is blank."""
    product = _bounded(left, right, left.scale + right.scale)
    if product.overflow is not None and product.overflow.any() and scale is not None:
        product = _wide(left, right, scale)
    return product if scale is None else rescale(product, scale)


def total(column: Exact) -> int | None:
    """Add up a column as a Python integer, None where all is blank."""
    if column.blank.all():
        return None
    values = column.values[~column.blank]
    if float(np.abs(values.astype(float)).sum()) < SAFE:
        return int(values.sum())
    return sum(int(v) for v in values)


def _either(left: Exact, right: Exact) -> np.ndarray:
    over = np.zeros(max(len(left.values), len(right.values)), bool)
    for side in (left, right):
        if side.overflow is not None:
            over = over | side.overflow
    return over


def _bounded(left: Exact, right: Exact, scale: int) -> Exact:
    estimate = np.abs(left.values.astype(float)) * np.abs(right.values.astype(float))
    over = _either(left, right) | (estimate >= SAFE)
    product = np.where(over, 0, left.values) * np.where(over, 0, right.values)
    return Exact(product, left.blank | right.blank | over, scale, over)


def _wide(left: Exact, right: Exact, scale: int) -> Exact:
    """Multiply in Python integers, for rows whose product passes 64 bits before it is rounded."""
    step = 10 ** max(0, left.scale + right.scale - scale)
    rows = [divide_half_up(int(a) * int(b), step) for a, b in zip(left.values, right.values, strict=True)]
    over = np.array([abs(r) > INT64_MAX for r in rows], bool)
    values = np.array([0 if o else r for r, o in zip(rows, over, strict=True)], np.int64)
    return Exact(values, left.blank | right.blank | over, min(scale, left.scale + right.scale), over)
