"""Rules of forms: read with clear errors, run exact on columns, printed for Excel."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from houqin.exact import INT64_MAX, Exact, constant
from houqin.expression import BadExpression, parse


def column(*values: int | None, scale: int = 0) -> Exact:
    """Make a column from scaled integers, None for a blank."""
    numbers = np.array([0 if v is None else v for v in values], np.int64)
    return Exact(numbers, np.array([v is None for v in values]), scale)


def cell(field: str) -> str:
    """Give a field's column in the formulas below."""
    return {"open_qty": "E", "in_qty": "H", "out_qty": "K", "close_qty": "N", "total": "F", "full": "G", "rate": "I"}[
        field
    ]


def test_a_rule_knows_its_fields():
    """The fields that a rule names are known; those only within coalesce may be missing from a table."""
    rule = parse("coalesce(open_qty, 0) + in_qty - out_qty == close_qty")
    assert rule.fields == {"open_qty", "in_qty", "out_qty", "close_qty"}
    assert rule.optional == {"open_qty"}


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("qty * price = amount", 13, "=="),
        ("qty × price == amount", 5, "*"),
        ("qty * (price + 1 == amount", 18, "“)”"),
        ("qty * price) == amount", 12, "右括号"),
        ("qty price == amount", 5, "少一个运算符"),
        ("qty * == amount", 7, "=="),
        ("qty * price ==", 15, "没有写完"),
        ("", 1, "没有写完"),
        ("0 <= qty <= 5", 10, "and"),
        ("rounded(qty, 2) == 1", 1, "round"),
        ("round(qty, price) == 1", 17, "小数位数"),
        ("abs(qty, 2) == 1", 11, "1 个"),
        ("max(qty) == 1", 8, "2 到 9 个"),
        ("qty < '多'", 10, "文字"),
        ("'多' + qty == 3", 1, "文字"),
        ("qty * 1234567890123456 == 1", 7, "15 位"),
        ("and == 3", 1, "and"),
        ("qty and price", 1, "比较"),
        ("contains(qty, 3) and qty == 3", 16, "contains"),
        ("__import__('os') == 1", 1, "__import__"),
        ("qty.real == 1", 4, "不能用"),
        ("(" * 60 + "1" + ")" * 60, 41, "套得太深"),
        ("contains(name, '课') + 1 == 2", 1, "contains"),
        ("'多' == '少'", 1, "字段"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, position, says):
    """The error names the character, counted from 1, and says in Chinese what should stand there."""
    with pytest.raises(BadExpression, match=f"^第 {position} 个字符") as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.position == position


def test_a_balance_is_judged_row_by_row():
    """Rows with a blank operand are passed over; the others hold or do not."""
    verdict = parse("open_qty + in_qty - out_qty == close_qty").evaluate(
        {
            "open_qty": column(20, 20, None),
            "in_qty": column(100, 100, 5),
            "out_qty": column(85, 85, 1),
            "close_qty": column(35, 53, 9),
        }
    )
    assert list(verdict.applicable) == [True, True, False]
    assert list(verdict.holds) == [True, False, True]
    assert int(verdict.left.values[1]) == 35


def test_coalesce_takes_a_blank_for_a_number():
    """What a form says to take as 0 is 0, and nothing else is."""
    rule = parse("open_qty + coalesce(in_qty, 0) == close_qty")
    verdict = rule.evaluate({"open_qty": column(3), "in_qty": column(None), "close_qty": column(3)})
    assert list(verdict.applicable) == [True]
    assert list(verdict.holds) == [True]


def test_scales_are_brought_together():
    """Quantity at 3 decimals times price at 4 meets money at 2 without a rounding on the way."""
    rule = parse("qty * price == amount")
    columns = {"qty": column(1500, scale=3), "price": column(33333, scale=4), "amount": column(500, scale=2)}
    assert not rule.evaluate(columns).holds[0]
    assert rule.evaluate(columns, constant(Decimal("0.01"), 1)).holds[0]
    assert rule.scale({"qty": 3, "price": 4, "amount": 2}) == 7


def test_a_rate_is_divided_and_rounded_half_up():
    """累计 / 全年 x 100 at 2 decimals; a budget of 0 gives no rate and no complaint."""
    rule = parse("round(total / full * 100, 2) == rate")
    verdict = rule.evaluate(
        {
            "total": column(78025, 78025, 100, scale=2),
            "full": column(100000, 100000, 0, scale=2),
            "rate": column(7803, 7802, 5, scale=2),
        }
    )
    assert list(verdict.applicable) == [True, True, False]
    assert list(verdict.holds) == [True, False, True]
    assert int(verdict.left.values[1]) == 7803


def test_limits_and_both_sides_of_and():
    """A limit holds where it is met; of two joined comparisons the one that fails gives the sides."""
    rule = parse("lunch <= enrolled and dinner < enrolled")
    columns = {"lunch": column(40, 46), "dinner": column(45, 3), "enrolled": column(45, 45)}
    verdict = rule.evaluate(columns)
    assert list(verdict.holds) == [False, False]
    assert [int(v) for v in verdict.left.values] == [45, 46]


def test_numbers_beyond_64_bits_are_judged_exactly():
    """Where a product does not fit, the row is judged in Python's integers: no wrapping, no false alarm."""
    rule = parse("qty * price == amount")
    big = 10**16
    columns = {
        "qty": column(big, big, scale=6),
        "price": column(10**7, 10**7, scale=6),
        "amount": column(10**13, 10**13 + 1, scale=2),
    }
    verdict = rule.evaluate(columns)
    assert list(verdict.overflow) == [True, True]
    assert list(verdict.applicable) == [True, True]
    assert list(verdict.holds) == [True, False]
    assert parse("a - b <= c").evaluate({"a": column(INT64_MAX), "b": column(-5), "c": column(3)}).holds[0] == np.False_


@given(st.lists(st.tuples(*[st.integers(-(10**9), 10**9)] * 4), min_size=1, max_size=20), st.integers(0, 300))
def test_columns_and_fractions_agree(rows, cents):
    """What runs on columns says the same as exact fractions, row by row, with a tolerance."""
    names = ("a", "b", "c", "d")
    scales = (3, 4, 2, 2)
    columns = {n: column(*(row[i] for row in rows), scale=scales[i]) for i, n in enumerate(names)}
    verdict = parse("a * b - max(c, -d) == min(abs(c), d) + 1.5").evaluate(columns, constant(Decimal(cents), 1))
    for position, row in enumerate(rows):
        a, b, c, d = (Fraction(v, 10**s) for v, s in zip(row, scales, strict=True))
        distance = abs(a * b - max(c, -d) - min(abs(c), d) - Fraction(3, 2))
        assert verdict.holds[position] == (distance <= cents)


def test_conditions_choose_rows_by_text_too():
    """Which rows a tie-out takes may depend on words; a blank word is none of them."""
    texts = {
        "name": np.array(["学生课桌", "讲桌", None], object),
        "status": np.array(["在用", "报废", None], object),
    }
    rule = parse("contains(name, '课桌', '讲') and status != '报废'")
    assert list(rule.select({}, texts)) == [True, False, False]
    # What has none of the words, a blank among them.
    assert list(parse("lacks(name, '学生', '黑板')").select({}, texts)) == [False, True, True]
    assert list(parse("qty > 0").select({"qty": column(1, None, 0)}, {})) == [True, False, False]


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("open_qty + in_qty - out_qty == close_qty", "ABS(ROUND(E5+H5-K5-N5,2))<=容差"),
        ("open_qty == in_qty - out_qty", "ABS(ROUND(E5-(H5-K5),2))<=容差"),
        ("open_qty * (in_qty + 1) == total", "ABS(ROUND(E5*(H5+1)-F5,2))<=容差"),
        ("round(total / full * 100, 2) == rate", "ABS(ROUND(ROUND((F5/G5)*100,2)-I5,2))<=容差"),
        ("total <= full", "ROUND(F5-G5,2)<=容差"),
        ("total >= full", "ROUND(G5-F5,2)<=容差"),
        ("total < full", "ROUND(F5-G5,2)<容差"),
        ("total != full", "ABS(ROUND(F5-G5,2))>容差"),
        ("coalesce(in_qty, 0) == -out_qty", "ABS(ROUND(IF(ISNUMBER(H5),H5,0)-(-K5),2))<=容差"),
        ("min(in_qty, out_qty) == 0 and total <= full", "AND(ABS(ROUND(MIN(H5,K5)-0,2))<=容差,ROUND(F5-G5,2)<=容差)"),
    ],
)
def test_a_rule_prints_as_an_excel_formula(text, formula):
    """The live check of a ledger is the same rule; both sides go through ROUND because doubles are binary."""
    assert parse(text).to_excel(cell, 5, "容差", scale=2) == formula


def test_a_formula_may_stay_empty_where_a_cell_is():
    """A blank is not zero: the live check says nothing where `evaluate` says nothing."""
    rule = parse("open_qty + coalesce(in_qty, 0) == close_qty")
    guarded = rule.to_excel_where_filled(cell, 7, scale=3)
    assert guarded == 'IF(COUNT(N7,E7)<2,"",ABS(ROUND(E7+IF(ISNUMBER(H7),H7,0)-N7,3))<=0)'


def test_a_code_may_be_chosen_by_how_it_starts():
    """`starts(code, '302')` chooses 302 and 30201; in a workbook the first letters are compared."""
    rule = parse("starts(code, '302', '310') and total > 0")
    texts = {"code": np.array(["30201", "130", "302", None], object)}
    assert rule.select({"total": column(1, 1, 0, 1)}, texts).tolist() == [True, False, False, False]
    formula = parse("starts(full, '302')").to_excel(cell, 7)
    assert formula == 'OR(LEFT(G7,LEN("302"))="302")'
