"""Every check of the forms of money: silent on a clean table, and said at the right cell where one thing is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from check.money_cases import CASES
from check.tables import make_school, make_table

from houqin.check import check_ledgers, check_table
from houqin.forms import load_forms
from houqin.ledger import join_tables
from houqin.model import RowKind

if TYPE_CHECKING:
    from houqin.forms import Form
    from houqin.model import Finding, Table

FORMS = load_forms()
SCHOOL = make_school({})
MONEY = ("budget", "cashbook", "fee", "works", "trial_balance", "journal", "bank_statement", "quota", "payables",
         "receipt_book", "claim_register")  # fmt: skip
AS_OF = "2025-09-12"

# Checks of typed totals, which have tests of their own below.
OF_TOTALS = {("budget", "grand-total"), ("budget", "no-deficit"), ("trial_balance", "total-movement")}


def _only(form_id: str, check_id: str) -> Form:
    """Give a form with one check, no column of which must be filled in."""
    form = FORMS[form_id]
    checks = tuple(each for each in form.checks if each.id == check_id)
    return replace(form, checks=checks, fields=tuple(replace(each, required=False) for each in form.fields))


def _judge(table: Table, form: Form) -> list[Finding]:
    """Judge a table, and the ledger that it makes."""
    forms = replace(FORMS, by_id={**FORMS.by_id, form.id: form})
    ledgers = {form.id: join_tables([table], form, None)[0]}
    found = check_table(table, form, SCHOOL) + check_ledgers(ledgers, forms, SCHOOL, AS_OF)
    return [each for each in found if each.code != "class-missing"]


def test_every_check_of_these_forms_has_a_case():
    """A message that nobody has read is no message."""
    made = {(form, check.id) for form in MONEY for check in FORMS[form].checks}
    assert made - OF_TOTALS - set(CASES) == set()


@pytest.mark.parametrize(("form_id", "check_id"), CASES)
def test_one_mistake_is_told_once_at_its_cell(form_id: str, check_id: str):
    """What was found, what is right where that is sure, and a sentence that a clerk understands."""
    columns, wrong, _, (cell, expected), said = CASES[form_id, check_id]
    form = _only(form_id, check_id)
    (finding,) = _judge(make_table(form, columns, wrong), form)
    assert (finding.place.cell, finding.expected, finding.message) == (cell, expected, said)


@pytest.mark.parametrize(("form_id", "check_id"), CASES)
def test_a_clean_table_is_not_spoken_of(form_id: str, check_id: str):
    """Noise kills trust: among the clean rows are those that look like the mistake and are none."""
    columns, _, right, _, _ = CASES[form_id, check_id]
    form = _only(form_id, check_id)
    assert _judge(make_table(form, columns, right), form) == []


@pytest.mark.parametrize(("total", "said"), [(90, []), (140, []), (95, ["C8"])])
def test_a_total_of_a_tree_adds_up_its_first_level(total: int, said: list[str]):
    """302 is the sum of what stands below it; whoever adds up everything is not told either, for he may mean that."""
    form = _only("budget", "grand-total")
    rows = [["302", "商品", 50], ["30201", "办公费", 30], ["30205", "水费", 20], ["310", "资本性支出", 40],
            ["合计", None, total]]  # fmt: skip
    table = make_table(form, "code subject budget", rows, totals={4: RowKind.TOTAL})
    assert [each.place.cell for each in _judge(table, form)] == said


def test_a_total_without_codes_over_an_outline_is_not_judged():
    """一、 and （一） may be parts of one another; a wrong alarm is worse than none."""
    form = _only("budget", "grand-total")
    rows = [["一、商品", 50], ["（一）办公费", 30], ["（二）水费", 20], ["合计", 55]]
    assert _judge(make_table(form, "subject budget", rows, totals={3: RowKind.TOTAL}), form) == []


def test_the_total_of_a_trial_balance_is_that_of_the_first_level():
    """The total row of an export can be typed over."""
    form = _only("trial_balance", "total-movement")
    rows = [["1002", "银行存款", 50], ["100201", "基本户", 50], ["1601", "固定资产", 40], ["合计", None, 96]]
    (finding,) = _judge(make_table(form, "code subject dr", rows, totals={3: RowKind.TOTAL}), form)
    assert (finding.place.cell, finding.expected) == ("C7", "90")
    assert finding.message == (
        "“本期发生借方”的合计填 96.00 元，各一级科目相加是 90.00 元，相差 6.00 元。请核对合计的公式或重新加总。"
    )


def test_income_and_expense_must_be_equal_one_below_the_other():
    """The same where both stand in one column."""
    form = _only("budget", "no-deficit")
    rows = [["财政拨款", 100], ["收入合计", 100], ["办公费", 110], ["支出合计", 110]]
    table = make_table(form, "subject budget", rows, totals={1: RowKind.SUBTOTAL, 3: RowKind.SUBTOTAL})
    labelled = [replace(t, label=label) for t, label in zip(table.totals, ["收入合计", "支出合计"], strict=True)]
    (finding,) = _judge(replace(table, totals=tuple(labelled)), form)
    assert (finding.place.cell, finding.message) == (
        "B7",
        ("收入合计 100.00 元，支出合计 110.00 元，相差 10.00 元。"
        "学校预算应收支平衡，不编赤字；请核对漏列的收入、结转或支出。"),
    )


def test_an_amount_that_was_typed_wrong_is_told_where_the_balances_go_on_without_it():
    """The bank's balances are right; the clerk who typed an amount over is told of the amount."""
    form = _only("bank_statement", "running-balance")
    rows = [["2025-03-03", None, 50, 150], ["2025-03-05", 2, None, 130], ["2025-03-07", 10, None, 120]]
    (finding,) = _judge(make_table(form, "date debit credit balance", rows), form)
    assert (finding.place.cell, finding.expected, finding.suggestion) == ("B5", "20", "20")


def test_accounts_in_one_journal_have_balances_of_their_own():
    """An export of all accounts runs account by account."""
    form = _only("journal", "running-balance")
    rows = [["1002", "2025-03-03", 50, None, 150], ["1002", "2025-03-05", None, 20, 130],
            ["2307", "2025-03-03", 5, None, 15], ["2307", "2025-03-05", None, 3, 12]]  # fmt: skip
    assert _judge(make_table(form, "code date debit credit balance", rows), form) == []


def test_an_invoice_number_whose_tail_is_lost_is_no_double():
    """Twenty digits stored as a number end in zeros: two of them look alike without being so."""
    form = _only("cashbook", "invoice-twice")
    rows = [["2025-11-06", 50, "25372000000012300000"], ["2025-12-03", 50, "25372000000012300000"]]
    assert _judge(make_table(form, "date expense invoice", rows), form) == []


def test_the_head_of_a_class_of_accounts_is_no_account():
    """Exports have rows 1 资产类 without a number, or with the sum of the class."""
    form = _only("trial_balance", "closing-balanced")
    rows = [["1", "资产类", 120, None], ["1002", "银行存款", 120, None], ["3", "净资产类", None, 120],
            ["3001", "累计盈余", None, 120]]  # fmt: skip
    assert _judge(make_table(form, "code subject close_dr close_cr", rows), form) == []


def test_a_school_year_s_book_is_not_asked_about_its_second_half():
    """Books kept by semester run from September to July: half of their days are of another year, and none is wrong."""
    form = _only("cashbook", "in-year")
    rows = [[day, "a", 1] for day in ("2024-10-01", "2024-11-01", "2024-12-01", "2025-01-01", "2025-03-01")]
    assert _judge(make_table(form, "date summary expense", rows), form) == []


def test_money_of_which_only_a_part_is_named_is_not_added_up():
    """其中：财政拨款 alone says nothing of the rest."""
    form = _only("budget", "funds")
    assert _judge(make_table(form, "subject budget fund_fiscal", [["办公费", 90, 80]]), form) == []
