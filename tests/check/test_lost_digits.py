"""A column whose numbers have lost their last digits proves nothing: no duplicates, joins, totals or tie-outs by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check.tables import make_form, make_table

from houqin.check import check_table, check_tie_outs
from houqin.forms import Check, Form, Forms, Side, TieOut
from houqin.ledger import join_tables
from houqin.model import Grid, Ledger, Table, column_number
from houqin.read import Reader

RECEIPTS = make_form({"invoice": "发票号码", "name": "物品名称", "qty": "数量/quantity"}, id="receipts",
                     title="入库登记表", key=("invoice",))  # fmt: skip
PAYMENTS = make_form({"invoice": "发票号码", "paid": "付款/quantity"}, id="payments", title="付款登记表",
                     key=("invoice",))  # fmt: skip
ROWS: list[list[object]] = [["25000000000000000000", "粉笔", 3], ["25000000000000000000", "拖把", 4]]


def lost(table: Table, letter: str) -> Table:
    """Give the table with a column that has lost its digits."""
    raw = table.match.table
    grid = replace(raw.grid, lost_digits=frozenset({column_number(letter)}))
    return replace(table, match=replace(table.match, table=replace(raw, grid=grid)))


def receipts(**more: str) -> Table:
    """Make two receipts whose invoices look alike."""
    return make_table(RECEIPTS, "invoice name qty", ROWS, **more)


def joined(form: Form, *tables: Table) -> Ledger:
    """Join tables of one form."""
    return join_tables(tables, form, None)[0]


def test_they_are_no_duplicates() -> None:
    """Two invoices that differ in their last five digits alone look alike once these are gone."""
    form = replace(RECEIPTS, checks=(Check("d", "duplicate", "error", "invoice", "{invoice} 重复", use="unique",
                                           args={"fields": ["invoice"]}),))  # fmt: skip
    assert [finding.code for finding in check_table(receipts(), form, None)] == ["duplicate"]
    assert check_table(lost(receipts(), "A"), form, None) == []


def test_two_files_are_not_joined_by_them() -> None:
    """All records stay: to take one for a copy of the other would lose it."""
    whole = joined(RECEIPTS, receipts(file="甲.xlsx"), receipts(file="乙.xlsx"))
    kept = joined(RECEIPTS, lost(receipts(file="甲.xlsx"), "A"), lost(receipts(file="乙.xlsx"), "A"))
    assert (len(whole.frame), len(kept.frame)) == (2, 4)
    assert not kept.frame["pending"].any()
    assert kept.lost_fields == {"invoice"}


@pytest.mark.parametrize(("by", "letter"), [(("invoice",), "A"), (("name",), "C")])
def test_a_tie_out_over_them_is_unchecked_and_says_why(by: tuple[str, ...], letter: str) -> None:
    """Whether the field is what it adds up or what it goes by, 通过 would be a guess and 不符 a false alarm."""
    tie_out = TieOut(
        id="paid", title="入库 = 付款", code="tie-out-mismatch", level="error",
        left=Side("receipts", "qty", by, title="入库"), right=Side("payments", "paid", ("invoice",), title="付款"),
        why="", message="相差 {diff}",
    )  # fmt: skip
    forms = Forms({form.id: form for form in (RECEIPTS, PAYMENTS)}, (tie_out,), "")
    paid = make_table(PAYMENTS, "invoice paid", [["25000000000000000000", 7]])
    books = {"receipts": joined(RECEIPTS, lost(receipts(), letter)), "payments": joined(PAYMENTS, paid)}
    (result,), findings = check_tie_outs(books, forms, None)
    assert (result.verdict, findings) == ("未核", [])
    assert result.reason is not None
    assert ("发票号码" if letter == "A" else "数量") in result.reason
    assert "没有核对" in result.reason


def test_a_column_is_reported_once_and_known_by_its_number() -> None:
    """Twenty digits stored as numbers: one note for the column, with how many are gone."""
    from read.hostile import one, rows  # noqa: PLC0415  (bytes of a workbook, for this test alone)

    reader = Reader()
    parsed = reader.read(one(rows([["发票号码", "数量"], *([25_000_000_000_000_000_000 + n, 1] for n in range(30))])))
    reader.close()
    (grid,) = parsed.grids
    assert isinstance(grid, Grid)
    assert grid.lost_digits == {1}
    (note,) = [note for note in parsed.notes if note.code == "lost-digits"]
    assert note.total == 30
    assert "20 位号码的后 5 位" in note.detail
