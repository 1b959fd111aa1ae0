"""Breaks in the books, the bank, the budget, 往来款, fees and works."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from example_year.books_budget import PLAN
from example_year.breaks import breaks
from example_year.model import RENEWAL

if TYPE_CHECKING:
    from example_year.office import Written
    from example_year.spoilt import Spoilt, Spot

TEN = Decimal(10_000)


def _last(written: list[Written]) -> Written:
    return written[-1]


# ---- C-1 银行 ----


@breaks("对账单余额改了一个数", "C-1", "balance-mismatch")
def bank_balance_off(it: Spoilt) -> Spot:
    """One balance of the statement is not what the rows give."""
    return it.add(it.all("bank_statement", lambda v: "credit" in v)[20], "balance", Decimal("900.00"))


@breaks("对账单删掉一行", "C-1", "balance-mismatch", check="bank-adjusted")
def bank_row_lost(it: Spoilt) -> Spot:
    """A row is gone: the next balance does not follow."""
    rows = it.all("bank_statement", lambda v: "credit" in v)
    it.drop(rows[12])
    return rows[13].file, rows[13].sheet, rows[12].cell("balance")


@breaks("对账单从中间断开", "C-1", "balance-mismatch", check="bank-as-booked", follows="bank-adjusted")
def bank_statement_torn(it: Spoilt) -> Spot:
    """From one row on all balances are 1,860.00 too low: no movement accounts for it."""
    rows = it.all("bank_statement", lambda v: "credit" in v)[30:]
    for row in rows:
        it.add(row, "balance", Decimal(-1860))
    return rows[0].file, rows[0].sheet, rows[0].cell("balance")


@breaks("银行付了一笔，账上没有", "C-1", "tie-out-mismatch")
def bank_payment_not_booked(it: Spoilt) -> Spot:
    """The bank paid out 1,860.00 on the last day, the books know nothing of it: outstanding, and asked about."""
    row = _last(it.all("bank_statement", lambda v: "credit" in v))
    file, sheet, at = it.repeat(row, date=date(2025, 12, 31), serial_no="2025123137019999", summary="转账支出", debit=Decimal(1860), credit=None,
                                balance=row.values["balance"] - 1860)  # type: ignore[operator]  # fmt: skip
    return file, sheet, f"{row.cell('balance')[0]}{at}"


# ---- C-3 指标、预算 ----


@breaks("指标已支付比预算会计少", "C-3", "tie-out-mismatch", check="quota-paid-as-executed", follows="quota-paid-as-income")
def quota_paid_off(it: Spoilt) -> Spot:
    """600.00 of a subject's payments are missing at the treasury, its remainder fits."""
    row = it.find("quota", code="30202")
    it.add(row, "left", Decimal(600))
    return it.add(row, "paid", Decimal(-600))


@breaks("指标已支付超过指标", "C-3", "over-budget", follows="quota-paid-as-executed quota-paid-as-income")
def quota_overpaid(it: Spoilt) -> Spot:
    """More was paid than was issued."""
    row = it.find("quota", code="30216")
    it.put(row, "left", Decimal(-1000))
    return it.put(row, "paid", row.values["issued"] + 1000)  # type: ignore[operator]


@breaks("指标余额算错", "C-3", "balance-mismatch")
def quota_left_wrong(it: Spoilt) -> Spot:
    """Issued less paid is another number."""
    return it.add(it.find("quota", code="30206"), "left", Decimal("90.00"))


@breaks("追加的指标漏了一条", "C-3", "tie-out-mismatch", check="quota-issued-as-full", follows="quota-paid-as-executed quota-paid-as-income")
def addition_not_issued(it: Spoilt) -> Spot:
    """The second quota of a subject is not in the treasury's list."""
    row = it.find("quota", lambda v: v["code"] == "30103" and str(v["quota_no"]).endswith("2"))
    it.drop(row)
    full = it.find("budget_execution", code="30103")
    return full.file, full.sheet, full.cell("full")


@breaks("调整数没有进全年预算", "8.4-5", "sum-mismatch", check="full-is-initial-and-adjusted", follows="quota-issued-as-full within-the-budget")
def adjustment_not_in_full(it: Spoilt) -> Spot:
    """What was added in the middle of the year is left out of the whole."""
    row = it.find("budget_execution", code="30113")
    return it.put(row, "full", row.values["initial"])


@breaks("年初预算与批复不同", "8.4-5", "tie-out-mismatch", check="budget-as-initial")
def initial_not_as_approved(it: Spoilt) -> Spot:
    """The table of execution begins from another number than the budget."""
    return it.add(it.find("budget", code="30226"), "budget", Decimal(2000))


@breaks("支出超过全年预算", "8.4-9", "over-budget", check="within-the-budget", follows="cashbook-as-executed quota-paid-as-executed spending-as-booked")
def over_the_budget(it: Spoilt) -> Spot:
    """A subject's spending is above what could be spent."""
    row = it.find("budget_execution", code="30209")
    it.put(row, "left", Decimal(-3600))
    return it.add(row, "total", Decimal(3600))


@breaks("公务接待费超预算", "8.4-9", "over-budget", check="three-public-within-budget",
        follows="cashbook-as-executed quota-paid-as-executed spending-as-booked within-the-budget")
def reception_above_budget(it: Spoilt) -> Spot:
    """三公: more than its budget."""
    row = it.find("budget_execution", code="30217")
    return it.add(row, "total", Decimal(1500))


@breaks("执行率算错", "8.4-5", "rate-mismatch")
def rate_wrong(it: Spoilt) -> Spot:
    """The rate is not spending by budget."""
    return it.put(it.find("budget_execution", code="30202"), "rate", 89.51)


@breaks("一级科目不等于下级之和", "8.4-3", "sum-mismatch", "balance-mismatch")
def parent_not_its_children(it: Spoilt) -> Spot:
    """302 is not the sum of what is below it."""
    return it.add(it.find("budget_execution", code="302"), "total", Decimal(1200))


@breaks("预算执行累计支出少了一笔", "8.4-3", "tie-out-mismatch", check="cashbook-as-executed", follows="quota-paid-as-executed spending-as-booked")
def execution_short(it: Spoilt) -> Spot:
    """A subject's total lacks a payment that the cash book has."""
    row = it.find("budget_execution", code="30211")
    return it.add(row, "total", Decimal("-486.50"))


@breaks("万元表有尾差", "8.4-5", "tie-out-mismatch", check="budget-as-initial")
def tail_of_ten_thousands(it: Spoilt) -> Spot:
    """The budget was copied in 万元 of two decimals: what is rounded off is told, not forced."""
    (paper,) = it.own(PLAN)
    for at, (value, style) in list(paper.cells.items()):
        if isinstance(value, Decimal):
            paper.cells[at] = (round(value / TEN, 2), style)
        elif value == "单位：元":
            paper.cells[at] = ("单位：万元", style)
    row = it.find("budget", code="30112")
    return row.file, row.sheet, row.cell("budget")


# ---- 8.4-3、C-10 支出 ----


@breaks("收支明细漏了一笔支出", "8.4-3", "tie-out-mismatch", check="cashbook-as-executed", follows="spent-as-centre")
def spending_missed(it: Spoilt) -> Spot:
    """A payment is not in the school's own book."""
    it.drop(it.all("cashbook", code="30202")[2])
    row = it.find("budget_execution", code="30202")
    return row.file, row.sheet, row.cell("total")


@breaks("列错科目", "8.4-3", "tie-out-mismatch", check="cashbook-as-executed")
def wrong_subject(it: Spoilt) -> Spot:
    """A repair stands under office costs."""
    it.put(it.find("cashbook", code="30227"), "code", "30228")
    row = it.find("budget_execution", code="30227")
    return row.file, row.sheet, row.cell("total")


@breaks("一张凭证记了两遍", "C-13", "tie-out-mismatch", check="claims-same-amount", follows="claims-reconciled")
def voucher_booked_twice(it: Spoilt) -> Spot:
    """The centre entered a claim's voucher a second time."""
    claim = it.find("claim_register", lambda v: v["voucher"] is not None and "水质" in str(v["summary"]))
    lines = it.all("journal", lambda v: v["voucher"] == claim.values["voucher"] and v["date"].isoformat() == claim.values["book_date"])  # type: ignore[attr-defined]
    for line in reversed(lines):
        it.repeat(line)
    return claim.file, claim.sheet, claim.cell("approved")


@breaks("凭证借贷不平", "C-13", "debit-credit")
def voucher_unbalanced(it: Spoilt) -> Spot:
    """One side of a voucher was typed wrong; the finding names its credit."""
    line = it.find("journal", lambda v: "试卷" in str(v["summary"]) and v["debit"] is not None)
    it.add(line, "debit", Decimal(540))
    other = it.find("journal", lambda v: v["voucher"] == line.values["voucher"] and v["date"] == line.values["date"] and v["credit"] is not None)
    return other.file, other.sheet, other.cell("credit")


@breaks("公用经费发给个人", "C-10", "wrong-subject", check="public-pays-no-staff")
def public_use_pays_staff(it: Spoilt) -> Spot:
    """Pay-like money under 302."""
    return it.put(it.find("cashbook", code="30226"), "summary", "发放教师值班费、加班费")


@breaks("够固定资产标准的记入办公费", "C-9", "capitalise")
def durable_as_office_cost(it: Spoilt) -> Spot:
    """A printer under 30201."""
    row = it.find("cashbook", lambda v: "光盘" in str(v["summary"]))
    it.put(row, "summary", "购激光打印机1台")
    return row.file, row.sheet, row.cell("expense")


@breaks("同一张发票报了两次", "C-12", "duplicate", follows="cashbook-as-executed claims-booked spent-as-centre")
def invoice_paid_twice(it: Spoilt) -> Spot:
    """The same invoice number and amount on another day and voucher."""
    row = it.find("cashbook", code="30216")
    file, sheet, _ = it.repeat(row, date=date(2025, 4, 29), voucher="记-99", seq=None)
    return file, sheet, row.cell("invoice")


@breaks("支出日期不在本年", "8.4-10", "bad-date", check="dated-in-the-year", follows="spent-as-centre")
def dated_after_the_year(it: Spoilt) -> Spot:
    """A payment of January stands in this year's book."""
    return it.put(_last(it.all("cashbook")), "date", date(2026, 1, 6))


@breaks("项目支出记成基本支出", "C-10", check="project-in-cashbook")
def project_as_basic(it: Spoilt) -> Spot:
    """Equipment of a project stands under basic spending."""
    return it.put(it.find("cashbook", code="31003", project=RENEWAL), "project", "基本支出")


@breaks("凭证日期不在本年", "8.4-10", "bad-date", check="booked-in-the-year")
def voucher_after_the_year(it: Spoilt) -> Spot:
    """An entry of January among this year's."""
    return it.put(_last([w for w in it.all("journal") if w.sheet == "财务会计" and "结转" not in str(w.values["summary"])]), "date", date(2026, 1, 3))


# ---- 报账（学校—核算中心） ----


@breaks("报账金额与中心记账不符", "C-13", "tie-out-mismatch", check="claims-same-amount")
def claim_not_as_booked(it: Spoilt) -> Spot:
    """The centre booked another amount than the school says was approved."""
    row = it.find("claim_register", lambda v: "体检" in str(v["summary"]))
    it.add(row, "amount", Decimal(60))
    return it.add(row, "approved", Decimal(60))


@breaks("报账写的凭证账上没有", "C-13", "not-booked", check="claims-booked")
def claim_without_voucher(it: Spoilt) -> Spot:
    """The number of a voucher that no one made."""
    row = it.find("claim_register", lambda v: "体检" in str(v["summary"]))
    it.put(row, "voucher", "记-88")
    return row.file, row.sheet, row.cell("approved")


@breaks("报账半年没有记账", "C-12", "not-booked")
def claim_waits_too_long(it: Spoilt) -> Spot:
    """已报未记 since June."""
    row = it.find("claim_register", lambda v: v["voucher"] is None)
    it.put(row, "state", None)
    it.put(row, "date", "2025.06.12")
    return row.file, row.sheet, row.cell("amount")


# ---- 余额表 ----


@breaks("余额表期末数打错", "C-13", "balance-mismatch", check="balance-sheet", follows="canteen-merged")
def closing_typed_wrong(it: Spoilt) -> Spot:
    """Opening and movements give another closing."""
    return it.add(it.find("trial_balance", code="1701"), "close_dr", Decimal(9000))


@breaks("往来在反方向", "C-8", "wrong-side", follows="balance-sheet canteen-merged cash-and-fund dues-2307-as-booked")
def balance_on_the_wrong_side(it: Spoilt) -> Spot:
    """A payable stands in debit."""
    row = it.find("trial_balance", code="230702")
    it.put(row, "close_cr", None)
    it.put(row, "dr", Decimal(29_800))
    return it.put(row, "close_dr", Decimal(14_900))


@breaks("年初数不是上年末数", "C-4", "carry-mismatch", check="openings-carry-on")
def opening_not_last_closing(it: Spoilt) -> Spot:
    """Cash and surplus both open 5,000 higher than last year closed: this year's table alone agrees with itself."""
    for code, name in (("3001", "cr"), ("1002", "dr")):
        it.add(it.find("trial_balance", code=code), name, Decimal(-5000))
    it.add(it.find("trial_balance", code="3001"), "open_cr", Decimal(5000))
    return it.add(it.find("trial_balance", code="1002"), "open_dr", Decimal(5000))


@breaks("往来年初数不是上年末数", "C-4", check="dues-as-last-year", follows="dues-open-as-booked openings-carry-on")
def debt_opens_otherwise(it: Spoilt) -> Spot:
    """A debt opens 500 higher than it closed last year, and grew that much less: its own row agrees with itself."""
    row = it.find("payables", reason="校服费")
    it.add(row, "increase", Decimal(-500))
    return it.add(row, "open", Decimal(500))


@breaks("财政拨款两种基础不同", "C-3", check="fiscal-income-both-bases")
def fiscal_income_apart(it: Spoilt) -> Spot:
    """4001 booked 3,000 less than 6001, the other side taken to cost: each book balances by itself."""
    for code in ("4001", "400101"):
        row = it.find("trial_balance", code=code)
        spot = it.add(row, "dr", Decimal(-3000))
        spot = it.add(row, "cr", Decimal(-3000))
    for code in ("4604",):
        row = it.find("trial_balance", code=code)
        it.add(row, "dr", Decimal(3000))
        it.add(row, "cr", Decimal(3000))
    row = it.find("trial_balance", code="4001")
    return spot[0], spot[1], row.cell("cr")


@breaks("学校开支从代收费付", "C-6", check="fees-not-spent-by-school")
def running_cost_from_fees(it: Spoilt) -> Spot:
    """Electricity of the offices paid out of the exercise books' money."""
    line = it.find("journal", lambda v: v["code"] == "23070101" and "付作业本费" in str(v["summary"]))
    return it.put(line, "summary", "付办公楼电费")


@breaks("代收费记成收入", "C-6", check="fees-not-income")
def fee_as_income(it: Spoilt) -> Spot:
    """Money collected for others stands in 其他收入."""
    line = it.find("journal", lambda v: v["code"] == "23070103" and "收社会实践" in str(v["summary"]))
    it.put(line, "subject", "其他收入")
    return it.put(line, "code", "4609")


# ---- C-8 往来款 ----


@breaks("往来款挂账一年以上", "C-8", "aged-balance", check="no-old-dues")
def debt_over_a_year(it: Spoilt) -> Spot:
    """A deposit of 2023."""
    row = it.find("payables", reason="塑胶跑道工程履约保证金")
    it.put(row, "date", date(2023, 11, 8))
    return row.file, row.sheet, row.cell("balance")


@breaks("个人借款年末没有还", "C-8", "personal-loan", check="no-personal-loans", follows="dues-1218-as-booked")
def loan_not_returned(it: Spoilt) -> Spot:
    """A loan to a person stands at 31 December."""
    row = it.find("payables", reason="外出学习借款")
    it.put(row, "party", "张明远")
    it.put(row, "decrease", None)
    return it.put(row, "balance", Decimal(3000))


@breaks("往来明细是负数", "C-8", "wrong-side", check="no-wrong-side-dues", follows="claims-booked dues-2302-as-booked")
def debt_below_zero(it: Spoilt) -> Spot:
    """More was paid than was owed."""
    row = it.find("payables", party="文汇印务有限公司")
    it.put(row, "decrease", Decimal(3650))
    return it.put(row, "balance", Decimal(-500))


@breaks("往来明细与总账不符", "C-8", "tie-out-mismatch", check="dues-2307-as-booked")
def debts_not_as_booked(it: Spoilt) -> Spot:
    """The list adds up to more than 2307."""
    row = it.find("payables", reason="塑胶跑道工程履约保证金")
    it.add(row, "increase", Decimal(1000))
    return it.add(row, "balance", Decimal(1000))


# ---- C-5、C-6 收费、票据 ----


@breaks("收费少于人数乘标准", "C-5", "amount-mismatch", check="fees-due", follows="fees-as-booked fees-as-sub-ledger fees-receipted fees-received")
def fee_short(it: Spoilt) -> Spot:
    """Collected is not due less what was let off."""
    return it.add(it.find("fee", payer="2025年秋季七年级学生"), "collected", Decimal(-850))


@breaks("票据断号", "C-5", "number-gap", check="receipt-numbers")
def receipt_numbers_broken(it: Spoilt) -> Spot:
    """Five receipts are nowhere: the run begins later, and counts fewer."""
    row = it.all("receipt_book")[2]
    start = int(str(row.values["start_no"])) + 5
    it.add(row, "qty", -5)
    it.add(row, "used", -5)
    return it.put(row, "start_no", f"{start:010d}")


@breaks("票据金额与收费不符", "C-5", "tie-out-mismatch", check="fees-receipted")
def receipts_not_as_collected(it: Spoilt) -> Spot:
    """Receipts were made for less than was collected."""
    return it.add(it.find("receipt_book", fee_item="社会实践活动费"), "amount", Decimal(-425))


@breaks("该退的没有退", "C-6", "refund-due", follows="fees-as-booked fees-as-sub-ledger")
def refund_missing(it: Spoilt) -> Spot:
    """What is left over of the exercise books was not given back."""
    row = it.find("fee", payer="2025年秋季在校学生")
    it.put(row, "refund", None)
    return it.put(row, "left", row.values["refund"])


@breaks("代收费结余与往来不符", "C-6", "tie-out-mismatch", check="fees-as-sub-ledger", follows="dues-2307-as-booked")
def fee_not_as_payable(it: Spoilt) -> Spot:
    """The sub-ledger holds less than the fee's own account."""
    row = it.find("payables", reason="校服费")
    it.add(row, "decrease", Decimal(1000))
    return it.add(row, "balance", Decimal(-1000))


# ---- C-11 工程 ----


@breaks("工程超付", "C-11", "over-limit", check="works-not-overpaid", follows="works-as-paid")
def works_overpaid(it: Spoilt) -> Spot:
    """More was paid than the approved price less the retention."""
    row = it.find("works", contractor="鲁筑市政工程有限公司")
    it.add(row, "unpaid", Decimal(-11_000))
    return it.add(row, "paid", Decimal(11_000))


@breaks("工程付款与账上不符", "C-11", "tie-out-mismatch", check="works-as-paid")
def works_not_as_paid(it: Spoilt) -> Spot:
    """The contract's list says less than the books."""
    row = it.find("works", contractor="海川防水工程有限公司")
    it.add(row, "unpaid", Decimal(7800))
    return it.add(row, "paid", Decimal(-7800))


@breaks("审定价高于合同价", "C-11", "over-limit")
def settled_above_contract(it: Spoilt) -> Spot:
    """Approved above the contract without a word."""
    row = it.find("works", contractor="恒泰建筑安装有限公司")
    it.put(row, "submitted", Decimal(52_000))
    return it.put(row, "approved", Decimal(49_300))


# ---- 水电 ----


@breaks("水电读数接不上", "8.4-5", "carry-mismatch")
def meter_does_not_go_on(it: Spoilt) -> Spot:
    """A month begins with another reading than the last one ended with."""
    row = it.find("utility", meter="D-1001", period="2025-05")
    it.add(row, "use", -600)
    return it.add(row, "prev", 10)


@breaks("电费与支出不符", "8.4-5", "tie-out-mismatch", follows="cashbook-as-executed quota-paid-as-executed spending-as-booked")
def power_not_as_paid(it: Spoilt) -> Spot:
    """A month's cost was typed 900.00 too high at its price."""
    row = it.find("budget_execution", code="30206")
    it.add(row, "left", Decimal(900))
    return it.add(row, "total", Decimal(-900))
