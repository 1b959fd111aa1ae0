"""Books, budgets, quotas, banks, debts and receipts against one another: each tie-out, and 未核 without a workbook."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from check.tables import make_school, make_table

from houqin.check import check_tie_outs
from houqin.forms import load_forms
from houqin.ledger import join_tables

if TYPE_CHECKING:
    from houqin.model import Ledger

FORMS = load_forms()
SCHOOL = make_school({})
BOOK = "code subject close_dr close_cr"
DAY, NEXT = "2025-01-06", "2025-01-09"

Given = tuple[str, str, list[list[object]]]
# id -> the two workbooks that differ, one of them with a number put right so that they agree, what is said first
CASES: dict[str, tuple[Given, Given, Given, str]] = {
    "cashbook-as-executed": (
        ("cashbook", "date summary code expense", [[DAY, "购纸", "30201", 3600], [NEXT, "购笔", "30201", 400]]),
        ("budget_execution", "code subject full total", [["302", "商品", 9000, 4900], ["30201", "办公费", 9000, 4900]]),
        ("budget_execution", "code subject full total", [["302", "商品", 9000, 4000], ["30201", "办公费", 9000, 4000]]),
        "30201 收支明细支出合计 4,000 元，预算执行累计支出 4,900 元，相差 900 元。"),
    "budget-as-initial": (
        ("budget", "code subject budget", [["30201", "办公费", 17000], ["30205", "水费", 6000]]),
        ("budget_execution", "code subject initial full total", [["30201", "办公费", 16000, 17000, 1]]),
        ("budget_execution", "code subject initial full total", [["30201", "办公费", 17000, 18000, 1]]),
        "30201 预算编制表 17,000 元，预算执行表年初预算 16,000 元，相差 1,000 元。"),
    "bank-as-journal": (
        ("bank_statement", "date credit debit balance", [[DAY, 50, None, 150], [NEXT, None, 30, 120]]),
        ("journal", "date subject debit credit balance", [[DAY, "银行存款", 50, None, 150]]),
        ("journal", "date subject debit credit balance", [[DAY, "银行存款", 50, None, 150],
                                                          [NEXT, "银行存款", None, 30, 120]]),
        "银行对账单期末余额 120 元，银行存款日记账 150 元，相差 30 元。"),
    "bank-as-cashbook": (
        ("bank_statement", "date credit debit balance", [[NEXT, None, 30, 120], [DAY, 50, None, 150]]),
        ("cashbook", "date summary income expense balance", [[DAY, "收", 50, None, 150]]),
        ("cashbook", "date summary income expense balance", [[DAY, "收", 50, None, 150], [NEXT, "付", None, 30, 120]]),
        "银行对账单期末余额 120 元，收支明细账 150 元，相差 30 元。"),
    "bank-as-booked": (
        ("bank_statement", "date credit debit balance", [[DAY, 50, None, 150]]),
        ("trial_balance", BOOK, [["1002", "银行存款", 151, None], ["100201", "基本户", 151, None]]),
        ("trial_balance", BOOK, [["1002", "银行存款", 150, None], ["100201", "基本户", 150, None]]),
        "银行对账单期末余额 150 元，科目余额表 1002 银行存款 151 元，相差 1 元。"),
    # The school's own account stands beside it; 科目 parts no book of the canteen.
    "canteen-bank-as-journal": (
        ("bank_statement", "date owner credit debit balance",
         [[DAY, "示例中学", 50, None, 150], [DAY, "示例中学食堂", None, 20, 80]]),
        ("canteen_journal", "date account summary income expense balance",
         [["2025-01-02", "利息", "结息", 5, None, 100], [DAY, "食材", "付蔬菜款", None, 19, 81]]),
        ("canteen_journal", "date account summary income expense balance",
         [["2025-01-02", "利息", "结息", 5, None, 100], [DAY, "食材", "付蔬菜款", None, 20, 80]]),
        "食堂专户对账单期末余额 80 元，食堂日记账 81 元，相差 1 元。"),
    "quota-paid-as-executed": (
        ("quota", "doc_no code issued paid", [["1号", "30201", 9000, 3000], ["9号", "30201", 1000, 500]]),
        ("budget_execution", "code subject full total", [["30201", "办公费", 9000, 3600]]),
        ("budget_execution", "code subject full total", [["30201", "办公费", 9000, 3500]]),
        "30201 指标已支付 3,500 元，预算执行累计支出 3,600 元，相差 100 元。"),
    "quota-issued-as-full": (
        ("quota", "doc_no code issued paid", [["1号", "30201", 9000, 3000]]),
        ("budget_execution", "code subject full total", [["30201", "办公费", 9500, 3000]]),
        ("budget_execution", "code subject full total", [["30201", "办公费", 9000, 3000]]),
        "30201 指标下达 9,000 元，全年预算 9,500 元，相差 500 元。"),
    "quota-paid-as-income": (
        ("quota", "doc_no code issued paid", [["1号", "30201", 9000, 3000]]),
        ("trial_balance", "code subject dr cr", [["6001", "财政拨款预算收入", None, 3200]]),
        ("trial_balance", "code subject dr cr", [["6001", "财政拨款预算收入", None, 3000]]),
        "指标已支付合计 3,000 元，6001 财政拨款预算收入 3,200 元，相差 200 元。"),
    "payables-as-booked": (
        ("payables", "kind party balance", [["其他应付款", "甲公司", 10], ["其他应付款", "乙公司", 5],
         ["其他应收款", "丙", 9]]),
        ("trial_balance", BOOK, [["2307", "其他应付款", None, 16]]),
        ("trial_balance", BOOK, [["2307", "其他应付款", None, 15]]),
        "其他应付款明细合计 15 元，科目余额表 2307 为 16 元，相差 1 元。"),
    "receivables-as-booked": (
        ("payables", "kind party balance", [["其他应付款", "甲公司", 10], ["其他应收款", "丙", 9]]),
        ("trial_balance", "code subject close_dir close_bal", [["1218", "其他应收款", "借", 8]]),
        ("trial_balance", "code subject close_dir close_bal", [["1218", "其他应收款", "借", 9]]),
        "其他应收款明细合计 9 元，科目余额表 1218 为 8 元，相差 1 元。"),
    "fee-as-receipted": (
        ("fee", "fee_item persons standard collected", [["作业本费", 800, 92, 73600]]),
        ("receipt_book", "start_no end_no fee_item amount", [["1", "50", "作业本费", 70000], ["51", "60",
         "作业本费", 600]]),
        ("receipt_book", "start_no end_no fee_item amount", [["1", "50", "作业本费", 73000], ["51", "60",
         "作业本费", 600]]),
        "“作业本费”收取 73,600 元，开出票据 70,600 元，相差 3,000 元。"),
    "fee-as-payable": (
        ("fee", "fee_item collected spent left", [["作业本费", 73600, 70288, 3312]]),
        ("payables", "kind party reason balance", [["其他应付款", "学生", "作业本费", 3321]]),
        ("payables", "kind party reason balance", [["其他应付款", "学生", "作业本费", 3312]]),
        "“作业本费”收费结算结余 3,312 元，其他应付款余额 3,321 元，相差 9 元。"),
    "works-as-paid": (
        ("works", "work_item contractor contract paid", [["操场", "甲公司", 900, 800]]),
        ("cashbook", "date summary payee expense", [[DAY, "工程款", "甲公司", 500], [NEXT, "工程款", "甲公司", 200]]),
        ("cashbook", "date summary payee expense", [[DAY, "工程款", "甲公司", 500], [NEXT, "工程款", "甲公司", 300]]),
        "甲公司：工程台账已付款 800 元，收支明细付款 700 元，相差 100 元。"),
    "claims-are-booked": (
        ("claim_register", "date summary amount voucher", [[DAY, "购纸", 50, "记-1"], [NEXT, "购笔", 60, None]]),
        ("journal", "date voucher debit credit", [[DAY, "记-2", 50, None]]),
        ("journal", "date voucher debit credit", [[DAY, "记-1", 50, None], [DAY, "记-7", 80, None]]),
        "凭证 记-1：报账登记 50 元，明细账里没有这张凭证。"),
    "claims-as-booked": (
        ("claim_register", "date summary amount voucher book_date", [[DAY, "购纸", 50, "记-1", NEXT]]),
        ("journal", "date voucher debit credit", [[NEXT, "记-1", 45, None], [NEXT, "记-1", None, 45]]),
        ("journal", "date voucher debit credit", [[NEXT, "记-1", 50, None], [NEXT, "记-1", None, 50]]),
        "凭证 记-1 2025-01-09：报账登记 50 元，明细账借方 45 元，相差 5 元。"),
    "assets-as-booked": (
        ("asset_register", "asset_no asset_name cost", [["1", "电脑", 4000], ["2", "空调", 3000]]),
        ("trial_balance", BOOK, [["1601", "固定资产", 7100, None]]),
        ("trial_balance", BOOK, [["1601", "固定资产", 7000, None]]),
        "固定资产台账原值合计 7,000 元，科目余额表 1601 为 7,100 元，相差 100 元。"),
    "depreciation-as-booked": (
        ("asset_register", "asset_no asset_name acc_dep", [["1", "电脑", 400], ["2", "空调", 300]]),
        ("trial_balance", BOOK, [["1602", "累计折旧", None, 720]]),
        ("trial_balance", BOOK, [["1602", "累计折旧", None, 700]]),
        "固定资产台账累计折旧合计 700 元，科目余额表 1602 为 720 元，相差 20 元。"),
    "spending-as-booked": (
        ("budget_execution", "code subject full total", [["302", "商品", 90, 50], ["30201", "办公费", 60, 40],
                                                         ["30205", "水费", 30, 10]]),
        ("trial_balance", "code subject dr cr ytd_dr ytd_cr", [["7201", "事业支出", 9, None, 52, None]]),
        ("trial_balance", "code subject dr cr ytd_dr ytd_cr", [["7201", "事业支出", 9, None, 50, None]]),
        "预算执行累计支出（各末级科目）50 元，预算会计 7201 事业支出 52 元，相差 2 元。"),
}  # fmt: skip


def _ledgers(*given: Given) -> dict[str, Ledger]:
    return {
        name: join_tables([make_table(FORMS[name], columns, rows)], FORMS[name], None)[0]
        for name, columns, rows in given
    }


def _only(tie: str):
    return replace(FORMS, tie_outs=tuple(t for t in FORMS.tie_outs if t.id == tie))


@pytest.mark.parametrize("tie", CASES)
def test_two_workbooks_that_differ_are_told(tie: str):
    """Which numbers and how far apart, at the level of a question: 未达账项 and 截止日期 explain many of them."""
    left, right, _, said = CASES[tie]
    (result,), (finding,) = check_tie_outs(_ledgers(left, right), _only(tie), SCHOOL)
    assert (result.verdict, finding.level.value) == ("不符", "question")
    assert finding.message.startswith(said)


@pytest.mark.parametrize("tie", CASES)
def test_two_workbooks_that_agree_pass(tie: str):
    """通过, and nothing is said."""
    left, _, right, _ = CASES[tie]
    (result,), findings = check_tie_outs(_ledgers(left, right), _only(tie), SCHOOL)
    assert (result.verdict, findings) == ("通过", [])


@pytest.mark.parametrize("tie", CASES)
def test_a_missing_workbook_is_unchecked(tie: str):
    """未核 with the name of what was not handed in, never 通过."""
    left, right, _, _ = CASES[tie]
    for given, lacking in ((left, right), (right, left)):
        (result,), findings = check_tie_outs(_ledgers(given), _only(tie), SCHOOL)
        assert (result.verdict, findings) == ("未核", [])
        assert FORMS[lacking[0]].title in (result.reason or "")


def test_the_last_balance_is_that_of_the_last_day_whichever_way_the_list_runs():
    """Banks export from the newest on; of two rows on the last day the one at the book's end counts."""
    upward = [[NEXT, None, 5, 115], [NEXT, None, 30, 120], [DAY, 50, None, 150]]
    columns = "date credit debit balance"
    books = ("cashbook", "date summary income expense balance", [[NEXT, "收", 50, None, 115]])
    for rows in (upward, upward[::-1]):
        (result,), _ = check_tie_outs(_ledgers(("bank_statement", columns, rows), books), _only("bank-as-cashbook"),
         None)
        assert (result.verdict, result.rows[0].left) == ("通过", "115")
