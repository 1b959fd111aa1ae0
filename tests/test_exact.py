"""Exact arithmetic on scaled integers, held against Decimal and Python's own integers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from houqin.exact import (
    INT64_MAX,
    INT64_MIN,
    QUOTIENT_SCALE,
    Exact,
    absolute,
    add,
    constant,
    divide,
    exact_column,
    multiply,
    negative,
    plain,
    rescale,
    scaled,
    total,
    unscaled,
    widened,
)

NUMBERS = st.one_of(
    st.integers(INT64_MIN, INT64_MAX),
    st.integers(-(10**6), 10**6),
    st.sampled_from([INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX]),
)
SCALES = st.integers(0, 8)


def column(*values: int | None, scale: int = 0) -> Exact:
    """Make a column from scaled integers, None for a blank."""
    numbers = np.array([0 if v is None else v for v in values], np.int64)
    return Exact(numbers, np.array([v is None for v in values]), scale)


def half_up(value: Decimal, scale: int) -> int:
    """Round as Excel does, in Decimal with room for every digit."""
    with localcontext() as context:
        context.prec = 120
        return int(value.scaleb(scale).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def expect(result: Exact, right: int) -> None:
    """Hold one result: the exact number, or marked and blank where it does not fit into 64 bits."""
    if INT64_MIN <= right <= INT64_MAX:
        assert not result.blank[0]
        assert result.overflow is None or not result.overflow[0]
        assert int(result.values[0]) == right
    else:
        assert result.overflow is not None
        assert result.overflow[0]
        assert result.blank[0]


@given(NUMBERS, NUMBERS, SCALES, SCALES, st.sampled_from([1, -1]))
def test_sums_are_those_of_decimal_or_are_marked(a, b, scale_a, scale_b, sign):
    """A sum is exact over the whole range of 64 bits; one that does not fit is never wrapped round."""
    scale = max(scale_a, scale_b)
    terms = [a * 10 ** (scale - scale_a), b * 10 ** (scale - scale_b)]
    result = add(column(a, scale=scale_a), column(b, scale=scale_b), sign=sign)
    assert result.scale == scale
    if all(INT64_MIN <= term <= INT64_MAX for term in terms):
        expect(result, terms[0] + sign * terms[1])
    else:
        assert result.overflow is not None
        assert result.overflow[0]


@given(NUMBERS, NUMBERS, SCALES, SCALES, SCALES)
def test_products_are_rounded_half_up_once(a, b, scale_a, scale_b, scale):
    """A product passes through as many digits as it needs and is rounded once, away from zero at the half."""
    result = multiply(column(a, scale=scale_a), column(b, scale=scale_b), min(scale, scale_a + scale_b))
    with localcontext() as context:
        context.prec = 120
        exact = unscaled(a, scale_a) * unscaled(b, scale_b)
    expect(result, half_up(exact, min(scale, scale_a + scale_b)))


@given(NUMBERS, NUMBERS, SCALES, SCALES)
def test_quotients_have_twelve_decimals_half_up(a, b, scale_a, scale_b):
    """A quotient is that of the exact fraction at 12 decimals; by zero it is blank and no overflow."""
    result = divide(column(a, scale=scale_a), column(b, scale=scale_b))
    assert result.scale == QUOTIENT_SCALE
    if b == 0:
        assert result.blank[0]
        assert result.overflow is None
        return
    top, bottom = a * 10 ** (QUOTIENT_SCALE + scale_b), b * 10**scale_a
    quotient, rest = divmod(abs(top), abs(bottom))
    right = quotient + (2 * rest >= abs(bottom))
    expect(result, -right if (top < 0) != (bottom < 0) else right)


@given(NUMBERS, st.integers(0, 30), st.integers(0, 30))
def test_rescaling_rounds_half_away_from_zero(a, old, new):
    """12.345 becomes 12.35 and -12.345 becomes -12.35, at the ends of 64 bits too."""
    result = rescale(column(a, scale=old), new)
    assert result.scale == new
    expect(result, half_up(Decimal(a).scaleb(-old), new) if new < old else a * 10 ** (new - old))


@given(st.lists(st.one_of(st.none(), NUMBERS), max_size=20))
def test_totals_are_python_sums_and_blanks_add_nothing(values):
    """A total has no limit of size; a total of blanks is blank, not 0."""
    filled = [v for v in values if v is not None]
    assert total(column(*values)) == (sum(filled) if filled else None)


@given(NUMBERS)
def test_signs_change_exactly(a):
    """The amount of -2^63 does not fit and is marked; all others are exact."""
    expect(negative(column(a)), -a)
    expect(absolute(column(a)), abs(a))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=9), SCALES)
def test_scaled_and_unscaled_are_inverse_up_to_rounding(value, scale):
    """Decimals of any length are taken whole: nothing is cut at Decimal's usual 28 digits."""
    assert scaled(value, scale) == half_up(value, scale)
    assert scaled(unscaled(scaled(value, scale), scale), scale) == scaled(value, scale)


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [(350, 2, "3.5"), (1000, 0, "1000"), (-5, 3, "-0.005"), (0, 2, "0"), (INT64_MAX, 6, "9223372036854.775807")],
)
def test_canonical_text_has_no_trailing_zeros(value, scale, text):
    """Canonical text is plain: no exponent, no thousands, no zeros at the end, whole numbers whole."""
    assert plain(value, scale) == text


def test_a_blank_makes_the_result_blank():
    """A blank is not zero: with one blank operand there is no result, and no overflow either."""
    for operation in (add, multiply, divide):
        result = operation(column(None, 5), column(7, 7))
        assert list(result.blank) == [True, False]


def test_a_frame_column_is_taken_as_it_is():
    """A nullable column keeps its blanks as a mask."""
    taken = exact_column(pd.Series([1, None, 3], dtype="Int64"), 2)
    assert list(taken.values) == [1, 0, 3]
    assert list(taken.blank) == [False, True, False]


def test_one_row_too_large_leaves_the_others_exact():
    """A row that fits only after rounding goes the wide way, one that never fits is marked, the rest is as ever."""
    rows = column(2_000_000 * 10**6, 10**18, 3 * 10**6, scale=6)
    result = multiply(rows, rows, 2)
    assert [int(v) for v in result.values] == [4_000_000_000_000 * 10**2, 0, 9 * 10**2]
    assert list(result.blank) == [False, True, False]


def test_wide_columns_have_no_limit():
    """The few rows that need it are computed in Python's integers."""
    wide = widened(column(INT64_MAX, 2), np.array([0]))
    assert multiply(wide, wide).values[0] == INT64_MAX**2
    assert add(wide, wide).values[0] == 2 * INT64_MAX


def test_numbers_that_are_none_are_refused():
    """NaN and infinity are no amounts."""
    for text in ("NaN", "Infinity"):
        with pytest.raises(ValueError, match="finite"):
            constant(Decimal(text), 1)
