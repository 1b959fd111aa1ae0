"""Cells that should hold numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from small_tables import SCHOOL, cleaned, column_text, form_of, match_of, raw_of, records

from houqin.exact import plain
from houqin.forms import Field
from houqin.model import grid_of

QTY = Field("qty", "数量", "quantity", 3)
COUNT = Field("heads", "人数", "count", 0)
MONEY = Field("amount", "金额", "money", 2)
RATE = Field("rate", "执行率", "percent", 4)
WEIGHT = Field("weight", "体重", "quantity", 3, unit="kg")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (12, "12"),
        (None, "·"),
        ("  ", "·"),
        ("１２盒", "12 quantity-unit"),
        ("1,234.50", "1234.5 thousands"),
        ("（12）", "-12 brackets"),
        ("一百二十", "120 chinese-number"),
        ("约30", "30 approximate doubtful-number?"),
        ("—", "0 zero-like"),
        ("无", "0 zero-like"),
        ("若干", "· bad-number!"),
        ("3箱2盒", "· bad-unit?"),
        ("3箱×24瓶", "· bad-unit?"),
        (True, "· bad-number!"),
        (0.1 + 0.2, "0.3"),
        (0.3335, "0.334 rounded"),
        (1e18, "· too-large!"),
    ],
)
def test_a_quantity_is_read_as_a_person_reads_it(value: object, said: str) -> None:
    """A blank stays blank, a dash is 0, what is no number is reported, and what was done has a rule."""
    assert column_text(QTY, [value]) == [said]


def test_a_number_stored_as_text_is_recorded_where_others_are_numbers() -> None:
    """In a text file everything is text, and nothing is to be said about it."""
    assert column_text(QTY, [" 6 ", 7]) == ["6 text-number", "7"]
    assert column_text(QTY, [" 6 ", "7"]) == ["6", "7"]


@pytest.mark.parametrize(
    ("value", "said"),
    [(45, "45"), ("45人", "45 quantity-unit"), (45.5, "· fractional-count!"), ("45.5", "· fractional-count!")],
)
def test_a_count_is_whole(value: object, said: str) -> None:
    """Half a pupil is a mistake, not something to round."""
    assert column_text(COUNT, [value]) == [said]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("3.5元", "3.5 currency"),
        ("￥1,234.50", "1234.5 currency"),
        ("1.2万", "12000 wan-yuan"),
        ("壹佰元整", "100 chinese-number"),
        (12.345, "12.35 rounded"),
        ("35个", "35 quantity-unit bad-unit?"),
    ],
)
def test_an_amount_is_in_yuan_and_fen(value: object, said: str) -> None:
    """Amounts round half up to the fen; a unit of goods in an amount is asked about."""
    assert column_text(MONEY, [value]) == [said]


def test_a_column_in_ten_thousands_becomes_yuan_with_one_change() -> None:
    """万元 in the header converts the column once; a cell with its own unit is absolute."""
    form = form_of(MONEY)
    raw = raw_of(["金额"], [[1.5], ["2.5"], ["3.5万元"], ["12元"], [None]])
    table, changes, _ = cleaned(match_of(raw, form, units={"amount": "万元"}), form)
    assert records(table, form) == ["amount=15000", "amount=25000", "amount=35000", "amount=12", ""]
    assert [(c.place.cell, c.rule) for c in changes] == [
        ("A1", "column-unit"),
        ("A3", "text-number"),
        ("A4", "currency"),
        ("A5", "currency"),
    ]


def test_weights_in_jin_become_kilograms() -> None:
    """By the header for the column, by the cell's own unit for one cell."""
    assert column_text(WEIGHT, ["62kg", "124斤", 50]) == ["62 quantity-unit", "62 quantity-unit", "50"]
    assert column_text(WEIGHT, [120, "62kg"], weight="斤") == ["60", "62 quantity-unit"]


def test_per_cents_are_as_they_are_written() -> None:
    """78.03 is 78.03, and so is 78.03%."""
    assert column_text(RATE, [78.03, "78.03%"]) == ["78.03", "78.03 percent"]


def test_a_per_cent_format_shows_a_share_as_per_cent() -> None:
    """0.7803 with the format 0.00% reads 78.03, which is no change."""
    form = form_of(RATE)
    grid = grid_of([["执行率"], [0.7803]])
    grid = replace(grid, formats=("0.00%",))
    table, changes, findings = cleaned(match_of(raw_of(["执行率"], [[0.7803]], grid=grid), form), form)
    assert (records(table, form), changes, findings) == (["rate=78.03"], [], [])


def test_a_column_of_shares_is_taken_for_per_cents_and_asked_about_once() -> None:
    """Nobody spends 0.78 per cent of everything; but it is a guess, so it is a question."""
    said = column_text(RATE, [0.7803, 0.5, 1, 0])
    assert said == ["78.03 share doubtful-number?", "50 share", "100 share", "0"]


def test_a_unit_that_differs_from_the_rows_unit_is_asked_about() -> None:
    """12箱 in a row of 盒 is not converted."""
    form = form_of(Field("uom", "单位"), QTY)
    raw = raw_of(["单位", "数量"], [["盒", "12盒"], ["盒", "12箱"]])
    table, _, findings = cleaned(match_of(raw, form), form)
    assert records(table, form) == ["uom=盒 qty=12", "uom=盒 qty=12"]
    assert [(f.code, f.place and f.place.cell) for f in findings] == [("bad-unit", "B3")]


def test_an_error_cell_is_reported_and_blank() -> None:
    """#REF! has no value; its cell is named."""
    form = form_of(QTY)
    grid = grid_of([["数量"], ["#REF!"]])
    grid = replace(grid, kinds=bytes([1, 5]))
    table, _, findings = cleaned(match_of(raw_of(["数量"], [["#REF!"]], grid=grid), form), form)
    assert records(table, form) == [""]
    assert [(f.code, f.found, f.place and f.place.cell) for f in findings] == [("error-cell", "#REF!", "A2")]


def test_a_formula_without_a_stored_result_is_reported_once() -> None:
    """Its cell looks blank; blank it must not count as."""
    form = form_of(QTY)
    grid = replace(grid_of([["数量"], [None], [None], [3]]), unstored=frozenset({1, 2}))
    _, _, findings = cleaned(match_of(raw_of(["数量"], [[None], [None], [3]], grid=grid), form), form)
    assert [(f.code, f.count, f.place and f.place.cell) for f in findings] == [("unstored-formula", 2, "A2")]


def test_plain_numbers_are_exact_at_any_size() -> None:
    """A whole column at once gives what the decimal arithmetic gives cell by cell."""
    values = [round(i * 0.01 + k * 1234.56, 2) for i in range(50) for k in range(20)]
    form = form_of(MONEY)
    table, changes, findings = cleaned(match_of(raw_of(["金额"], [[v] for v in values]), form), form)
    exact = [round(float(repr(v)) * 100) for v in values]
    assert np.array_equal(table.frame["amount"].to_numpy(np.int64), exact)
    assert not changes
    assert not findings


GOODS = form_of(Field("name", "物品名称"), Field("uom", "单位"), replace(QTY, id="qty"))


@pytest.mark.parametrize(
    ("name", "uom", "qty", "said"),
    [
        ("矿泉水", "瓶", "3箱", "72 unit-conversion"),
        ("矿泉水", "瓶", "3箱×24瓶", "72 unit-conversion"),
        ("矿泉水", "瓶", "3箱×12瓶", "· bad-unit?=36"),
        ("矿泉水", "瓶", "2箱5瓶", "53 unit-conversion"),
        ("矿泉水", "箱", "48瓶", "2 unit-conversion"),
        ("果汁", "瓶", "3箱", "3 quantity-unit bad-unit?"),
        ("果汁", "瓶", "2箱5瓶", "· bad-unit?"),
        ("面粉", "公斤", "30斤", "15 unit-conversion"),
        ("面粉", "斤", "2.5kg", "5 unit-conversion"),
        ("面粉", "斤", "1公斤1斤", "3 unit-conversion"),
        ("面粉", "袋", "30斤", "30 quantity-unit bad-unit?"),
    ],
)
def test_packs_count_by_the_schools_table_only(name: str, uom: str, qty: str, said: str) -> None:
    """斤 and 公斤 have a fixed ratio; what a 箱 holds is in the settings or is asked, never inferred."""
    school = replace(SCHOOL, conversions={("矿泉水", "箱"): Decimal(24)}, base_units={("矿泉水", "箱"): "瓶"})
    raw = raw_of(["物品名称", "单位", "数量"], [[name, uom, qty]])
    table, changes, findings = cleaned(match_of(raw, GOODS), GOODS, school)
    value = table.frame["qty"].iloc[0]
    parts = ["·" if pd.isna(value) else plain(int(value), 3), *(change.rule for change in changes)]
    parts += [f"{f.code}?{'=' + f.expected if f.expected else ''}" for f in findings]
    assert " ".join(parts) == said
