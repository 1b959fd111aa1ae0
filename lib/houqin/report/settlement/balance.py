"""收支总表, 预算收入支出, 收入费用, 资产负债主要项目 and 差异调节: what the two books of the trial balance say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.case import Made
from houqin.report.settlement.last_year import last_year, no_last_year, sum_before
from houqin.report.settlement.lines import sheet_head, write_lines
from houqin.report.summary_case import write_note

if TYPE_CHECKING:
    from houqin.report.settlement.case import Case
    from houqin.workbook import Sheet

SOURCE = ("trial_balance",)
ZERO = Amount("0", Decimal(0))


def write_budgetary(case: Case, sheet: Sheet) -> None:
    """Fill 预算收入支出: the cash basis, by the accounts of 预算会计."""
    says = "收付实现制，取自预算会计科目（6、7、8 字头）。只看它不能说明该收没收、该付没付的，那在“收入费用”。"
    top = sheet_head(case, sheet, "预算收入支出", says, SOURCE)
    write_lines(case, sheet, top, case.rules.of_sheet("预算收入支出"))


def write_accrual(case: Case, sheet: Sheet) -> None:
    """Fill 收入费用: the accrual basis, by the accounts of 财务会计."""
    says = "权责发生制，取自财务会计科目（4、5 字头）。折旧、领用的存货、应付未付的都在这里，买资产的钱不在。"
    top = sheet_head(case, sheet, "收入费用", says, SOURCE)
    write_lines(case, sheet, top, case.rules.of_sheet("收入费用"))


def write_balance(case: Case, sheet: Sheet) -> None:
    """Fill 资产负债主要项目: the year's end by the accounts of 财务会计."""
    case.made["surplus_open_books"] = Made(_unclosed(case))
    says = "年末余额，取自财务会计科目（1、2、3 字头）。食堂的资产负债并账见“食堂收支及并账”。"
    top = sheet_head(case, sheet, "资产负债主要项目", says, SOURCE)
    write_lines(case, sheet, top, case.rules.of_sheet("资产负债主要项目"))


def write_reconciled(case: Case, sheet: Sheet) -> None:
    """Fill 差异调节: from the budget's surplus to the year's surplus, line by line, the rest unexplained."""
    for line, amount in _differences(case).items():
        case.made[line] = Made(amount)
    says = "同一年、同一所学校，两种基础算出的结余不同是正常的；每一块差额都要有来历，最后一行应当是 0。"
    top = sheet_head(case, sheet, "本年盈余与预算结余差异调节", says, SOURCE)
    row = write_lines(case, sheet, top, case.rules.of_sheet("差异调节"))
    note = (
        "十二月收货、一月付款的：是本年的费用和应付账款，是下年的预算支出。"
        "折旧和领用的物资是费用、不是预算支出；买进来的时候相反。"
    )
    write_note(sheet, row, 6, note)


def write_totals(case: Case, sheet: Sheet) -> None:
    """Fill 收支总表: both sides of the budget's account, which must be equal."""
    closed = case.line("carry_close")
    worked_out = case.lines_sum("carry_open + bi_total - be_total")
    # Before the closing entries the balances of 8101 … are still those of the year's beginning.
    unclosed = closed.value is not None and any(
        each.values["close_net"] for code in "67" for each in case.chosen("trial_balance", code=f"{code}*", leaf=1)
    )
    case.made["t_close"] = Made(worked_out if unclosed else closed)
    last = case.before.get("trial_balance")
    value = sum_before(case.rules.line("carry_close"), last_year(case) or ()) if last else None
    lacks = lacking(no_last_year(case, "trial_balance"))
    case.made["carry_last"] = Made(lacks if value is None else Amount(format(value, "f"), value))
    says = "收付实现制。左边的总计 = 右边的总计；年初结转结余要等于上年决算的年末数。"
    top = sheet_head(case, sheet, "收支总表", says, SOURCE)
    write_lines(case, sheet, top, case.rules.of_sheet("收支总表"))


def _unclosed(case: Case) -> Amount:
    """Give what income and expense accounts still hold: the surplus that is not in the net assets yet."""
    return -add_amounts(case.sum("trial_balance", "close_net", code=f"{kind}*", leaf=1) for kind in "45")


def _differences(case: Case) -> dict[str, Amount]:
    def moved(side: str, *codes: str) -> Amount:
        return add_amounts(case.sum("trial_balance", f"year_{side}", code=f"{code}*", leaf=1) for code in codes)

    capital = moved("dr", "1601", "1611", "1613", "1701")
    # What was handed over between these accounts, given or donated came without a payment.
    inner = moved("cr", "1611", "1613")
    given = moved("cr", "3401") + case.lines_sum("min(in_donated, max(in_donated + in_other - bi_other, 0))")
    # What is written off leaves at its net value; goods that were lost are among those that left the store already.
    written_off = moved("cr", "1601", "1701") - moved("dr", "1602", "1702")
    return {
        "d_capital": capital - inner - given,
        "d_goods_bought": moved("dr", "1301", "1302", "1303"),
        "d_paid_before": moved("dr", "1214", "2301", "2302"),
        "d_depreciation": moved("cr", "1602", "1702"),
        "d_goods_used": moved("cr", "1301", "1302", "1303"),
        "d_owed": moved("cr", "1214", "2301", "2302"),
        "d_disposal": written_off,
    }
