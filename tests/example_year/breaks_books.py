"""Breaks in the centre's books, and in what the school claims of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from example_year.books_finance import JOURNAL
from example_year.breaks import breaks
from example_year.office import Column, Table

if TYPE_CHECKING:
    from example_year.office import Record, Written
    from example_year.spoilt import Spoilt, Spot


def account(it: Spoilt, code: str) -> Written:
    """Give an account's row of the trial balance."""
    return it.find("trial_balance", code=code)


def above(it: Spoilt, code: str) -> list[Written]:
    """Give the row of an account and of those above it."""
    return [row for row in it.all("trial_balance") if code.startswith(str(row.values["code"]))]


def add_to(it: Spoilt, code: str, **more: Decimal | int) -> Spot:
    """Add to columns of an account and of those above it; give the account's last cell."""
    spot = None
    for row in above(it, code):
        for name, amount in more.items():
            spot = it.add(row, name, amount)
    assert spot is not None
    return spot


# ---- 预算会计 ----


@breaks("结转结余期末数打错", "8.4-1", "balance-mismatch", check="income-and-expense-balance", follows="fund-as-carried")
def carried_over_typed_wrong(it: Spoilt) -> Spot:
    """非财政拨款结余 closes 1,000 above what opening and movement give."""
    return it.add(account(it, "8202"), "close_cr", Decimal(1000))


@breaks("资金结存多记", "C-2", check="fund-as-carried", follows="cash-and-fund")
def fund_too_high(it: Spoilt) -> Spot:
    """资金结存 grew by 1,000 that no carried-over surplus stands against."""
    add_to(it, "800102", dr=1000, close_dr=1000)
    row = account(it, "8001")
    return row.file, row.sheet, row.cell("close_dr")


@breaks("结息只记了财务会计", "C-2", check="cash-and-fund", follows="bank-adjusted")
def interest_without_budget(it: Spoilt) -> Spot:
    """The bank paid interest on the last day; the budget's book has no entry of it."""
    amount = Decimal("318.40")
    last = it.all("bank_statement", lambda v: "credit" in v)[-1]
    it.repeat(last, date=date(2025, 12, 31), serial_no="2025123137018888", summary="结息", debit=None, credit=amount, balance=last.values["balance"] + amount)  # type: ignore[operator]
    add_to(it, "1002", dr=amount, close_dr=amount)
    for code in ("4604", "3301"):
        add_to(it, code, dr=amount, cr=amount)
    add_to(it, "3001", cr=amount, close_cr=amount)
    row = account(it, "8001")
    return row.file, row.sheet, row.cell("close_dr")


@breaks("年初结转结余不是上年决算数", "8.4-2", "carry-mismatch", check="opening-as-last-year", follows="income-and-expense-balance openings-carry-on")
def carried_over_opens_otherwise(it: Spoilt) -> Spot:
    """非财政拨款结余 opens 1,000 above last year's settlement."""
    row = account(it, "8202")
    it.add(row, "cr", Decimal(-1000))
    return it.add(row, "open_cr", Decimal(1000))


@breaks("预算收入记在没有的科目", "C-13", check="income-by-account", follows="income-and-expense-balance")
def income_of_no_account(it: Spoilt) -> Spot:
    """Interest stands under 6701, which the chart of accounts does not know: no line of the summary takes it."""
    return it.put(account(it, "6602"), "code", "6701")


@breaks("义务教育学校有经营收入", "8.4-3", check="no-operating-income")
def operating_income(it: Spoilt) -> Spot:
    """What was interest is income of an enterprise."""
    it.put(account(it, "6602"), "code", "6401")
    row = account(it, "4604")
    it.put(row, "code", "4401")
    return row.file, row.sheet, row.cell("cr")


@breaks("有的支出不分基本和项目", "C-13", check="basic-and-project")
def spending_of_neither(it: Spoilt) -> Spot:
    """500 of the public spending stand under an account of their own, neither 基本支出 nor 项目支出."""
    for row in above(it, "72010102")[1:]:
        for name in ("dr", "cr"):
            it.add(row, name, Decimal(-500))
    row = account(it, "720102")
    file, sheet, at = it.repeat(row, code="720109", subject="其他事业支出", dr=Decimal(500), cr=Decimal(500))
    return file, sheet, f"{row.cell('dr')[0]}{at}"


@breaks("账上把项目支出记成公用经费", "C-10", check="project-as-booked")
def project_booked_as_public(it: Spoilt) -> Spot:
    """2,000 of a project stand under 公用经费 in the centre's book."""
    for code, amount in (("720101", 2000), ("72010102", 2000), ("720102", -2000)):
        for name in ("dr", "cr"):
            spot = it.add(account(it, code), name, Decimal(amount))
    return spot


@breaks("账上支出多记", "8.4-3", "tie-out-mismatch", check="spending-as-booked",
        follows="claims-reconciled income-and-expense-balance spent-as-centre surplus-reconciled")  # fmt: skip
def spending_booked_too_high(it: Spoilt) -> Spot:
    """The budget's book spent 500 more than the execution, and nothing else moved with it."""
    add_to(it, "72010102", dr=500, cr=500)
    row = account(it, "7201")
    return row.file, row.sheet, row.cell("dr")


@breaks("指标里有预算没有的科目", "C-3", "tie-out-mismatch", check="quota-paid-as-income")
def quota_of_no_subject(it: Spoilt) -> Spot:
    """600 were paid by a quota for a subject that the budget does not have."""
    row = it.all("quota")[-1]
    it.repeat(row, quota_no="ZB20259901", code="31099", subject="其他资本性支出", issued=Decimal(600), paid=Decimal(600), left=Decimal(0))
    booked = account(it, "6001")
    return booked.file, booked.sheet, booked.cell("cr")


@breaks("执行表有四大类以外的科目", "8.4-3", check="expense-by-kinds", follows="spending-as-booked")
def subject_of_no_kind(it: Spoilt) -> Spot:
    """福利费 stands under 39907: neither of the four kinds of spending holds it, nor does any other table know it."""
    row = it.find("budget_execution", code="30229")
    it.put(row, "code", "39907")
    return row.file, row.sheet, row.cell("total")


# ---- 财务会计 ----


@breaks("费用没有来历", "C-12", check="surplus-reconciled")
def cost_without_cause(it: Spoilt) -> Spot:
    """业务活动费用 is 1,000 below what spending, depreciation and goods used come to."""
    add_to(it, "3301", dr=-1000, cr=-1000)
    add_to(it, "500102", dr=-1000, cr=-1000)
    row = account(it, "5001")
    return row.file, row.sheet, row.cell("dr")


@breaks("在建工程期末数打错", "8.4-7", "balance-mismatch", check="canteen-merged", follows="balance-sheet")
def merged_from_a_wrong_balance(it: Spoilt) -> Spot:
    """What the canteen is merged into does not balance."""
    return it.add(account(it, "1613"), "close_dr", Decimal(360))


@breaks("固定资产年初数不是上年末数", "C-4", "carry-mismatch", check="asset-opening-as-booked",
        follows="asset-additions-as-booked openings-carry-on surplus-reconciled")  # fmt: skip
def assets_open_otherwise(it: Spoilt) -> Spot:
    """1601 opens 900 above last year's closing, and grew that much less."""
    add_to(it, "160102", dr=-900, open_dr=900)
    row = account(it, "160102")
    return row.file, row.sheet, row.cell("open_dr")


@breaks("累计折旧年初数不是上年末数", "C-4", "carry-mismatch", check="dep-opening-as-booked",
        follows="dep-charge-as-booked openings-carry-on surplus-reconciled")  # fmt: skip
def depreciation_opens_otherwise(it: Spoilt) -> Spot:
    """1602 opens 700 above last year's closing, and grew that much less."""
    row = account(it, "1602")
    it.add(row, "cr", Decimal(-700))
    return it.add(row, "open_cr", Decimal(700))


@breaks("资产在账上虚增又冲回", "8.4-6", check="asset-additions-as-booked")
def asset_added_and_taken_back(it: Spoilt) -> Spot:
    """1601 has 8,000 more on both sides: the closing is right, what was added is not."""
    add_to(it, "160102", dr=8000, cr=8000)
    row = account(it, "1601")
    return row.file, row.sheet, row.cell("dr")


@breaks("有一个月漏提折旧", "8.4-6", "tie-out-mismatch", check="dep-charge-as-booked", follows="depreciation-as-booked")
def month_without_depreciation(it: Spoilt) -> Spot:
    """The books charged 3,000 less than the cards come to, cost and surplus going with it."""
    add_to(it, "500104", dr=-3000, cr=-3000)
    add_to(it, "3301", dr=-3000, cr=-3000)
    add_to(it, "3001", cr=3000, close_cr=3000)
    return add_to(it, "1602", cr=-3000, close_cr=-3000)


# ---- 报账（学校—核算中心） ----


def _lines(it: Spoilt, claim: Written) -> list[Written]:
    """Give the journal's lines of a claim's voucher."""
    return it.all("journal", lambda v: v["voucher"] == claim.values["voucher"] and v["date"].isoformat() == claim.values["book_date"])  # type: ignore[attr-defined]


@breaks("中心记的付款学校没有登记", "8.4-5", check="claims-known", follows="cashbook-as-executed spent-as-centre")
def payment_unknown_to_the_school(it: Spoilt) -> Spot:
    """A payment is neither in 报账登记 nor in the school's own book."""
    claim = it.find("claim_register", lambda v: "水质" in str(v["summary"]))
    it.drop(it.find("cashbook", summary=claim.values["summary"]))
    it.drop(claim)
    line = _lines(it, claim)[1]
    return line.file, line.sheet, line.cell("voucher")


@breaks("报账列的科目与中心不同", "8.4-5", check="claims-same-subject")
def claimed_under_another_subject(it: Spoilt) -> Spot:
    """The school claimed equipment, the centre booked services."""
    return it.put(it.find("claim_register", lambda v: "体检" in str(v["summary"])), "subject", "31002 办公设备购置")


@breaks("序时账少了一张凭证", "8.4-5", check="claims-reconciled", follows="claims-booked")
def voucher_lost(it: Spoilt) -> Spot:
    """The centre's balance has a payment that its journal, as given to the school, lacks."""
    claim = it.find("claim_register", lambda v: "水质" in str(v["summary"]))
    for line in reversed(_lines(it, claim)):
        it.drop(line)
    return claim.file, claim.sheet, claim.cell("approved")


@breaks("学校的流水少一笔，中心有", "8.4-3", "tie-out-mismatch", check="spent-as-centre", follows="cashbook-as-executed")
def payment_missing_in_the_cashbook(it: Spoilt) -> Spot:
    """A payment was claimed and booked, and is not in the school's own book."""
    it.drop(it.all("cashbook", code="30207")[1])
    row = it.find("budget_execution", code="30207")
    return row.file, row.sheet, row.cell("total")


@breaks("年底突击花钱", "C-12", check="december-rush")
def spent_in_december(it: Spoilt) -> Spot:
    """Three months of pay were paid out, and booked, on the last days of December."""
    months = {(9, "记-5"): "记-301", (10, "记-2"): "记-302", (11, "记-2"): "记-303"}
    lines, pay = ([row for row in it.all(form) if (row.values["date"].month, row.values["voucher"]) in months] for form in ("journal", "cashbook"))  # type: ignore[attr-defined]
    for row in (*lines, *pay):
        it.put(row, "voucher", months[row.values["date"].month, row.values["voucher"]])  # type: ignore[attr-defined, index]
        it.put(row, "date", date(2025, 12, 29))
    december = [*pay, *(row for row in it.all("cashbook") if row.values["date"].month == 12)]  # type: ignore[attr-defined]
    largest = max(december, key=lambda row: row.values["expense"])  # type: ignore[arg-type, return-value]
    return largest.file, largest.sheet, largest.cell("expense")


# ---- 独立核算的学校 ----


def _keep_own_journal(it: Spoilt) -> None:
    """Put the school's own bank journal in the place of the centre's books."""
    rows = it.all("bank_statement", lambda v: "credit" in v)
    del it.own(JOURNAL)[:]
    records: list[Record] = [
        {"date": row.values["date"], "voucher": f"银-{n}", "summary": str(row.values["summary"]).replace("食堂", ""), "subject": "银行存款", "direction": "借", "debit": row.values["credit"],
         "credit": row.values["debit"], "balance": row.values["balance"]}
        for n, row in enumerate(rows, 1)
    ]  # fmt: skip
    columns = [Column("date", "日期", "date"), Column("voucher", "凭证号", width=10), Column("summary", "摘要", "left", 30), Column("subject", "科目名称", "left", 14), Column("direction", "方向", width=6),
               Column("debit", "借方金额", "money", 14), Column("credit", "贷方金额", "money", 14), Column("balance", "余额", "money", 15)]  # fmt: skip
    it.table(JOURNAL, "银行日记账", Table("journal", "示例中学银行存款日记账（2025年）", columns, records, infos=("单位：元",), footers=()))


@breaks("银行日记账余额与对账单不符", "C-1", "tie-out-mismatch", check="bank-as-journal", given=_keep_own_journal, settings={"mode": "独立核算"})
def own_journal_off(it: Spoilt) -> Spot:
    """The last balance of the school's own journal is 360.00 too high: no movement accounts for it."""
    row = [each for each in it.all("journal") if each.sheet == "银行日记账"][-1]
    return it.add(row, "balance", Decimal(360))
