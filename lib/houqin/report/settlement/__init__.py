"""Write 年终决算.xlsx, the working papers of the year end: one page for the head teacher, papers, checks, ledger rows.

The sheets are made in the order in which they are read and filled in the order in which they depend on one another; the
master verdict, which is known last, is written on all of them at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from houqin.forms import load_settlement
from houqin.report.data_sheets import COUNTED
from houqin.report.large import MOST_ROWS, month_records
from houqin.report.records import read_records
from houqin.report.settlement.adjustments import write_adjustments
from houqin.report.settlement.assets import write_assets
from houqin.report.settlement.balance import (
    write_accrual,
    write_balance,
    write_budgetary,
    write_reconciled,
    write_totals,
)
from houqin.report.settlement.bank import SHEET as BANK_SHEET
from houqin.report.settlement.bank import write_bank
from houqin.report.settlement.canteen import write_canteen
from houqin.report.settlement.case import Case
from houqin.report.settlement.checks import (
    Checked,
    check_findings,
    make_checks,
    write_checks,
    write_tie_out_lines,
    write_verdicts,
)
from houqin.report.settlement.claims import write_claims
from houqin.report.settlement.data import SHEETS, write_data
from houqin.report.settlement.fees import write_fees
from houqin.report.settlement.front import write_cover, write_page, write_parameters, write_signatures
from houqin.report.settlement.goods import write_goods, write_works
from houqin.report.settlement.income import write_comparison, write_income
from houqin.report.settlement.lines import said_lacking
from houqin.report.settlement.months import doubts_of
from houqin.report.settlement.payables import write_payables
from houqin.report.settlement.periods import FORM as TRIAL
from houqin.report.settlement.periods import ask_for_year, fills, is_part_of_year, of_the_year
from houqin.report.settlement.sources import write_sources, write_targets
from houqin.report.settlement.spending import (
    write_execution,
    write_projects,
    write_public,
    write_spending,
)
from houqin.report.summary_case import filled_ledgers
from houqin.report.summary_checks import write_findings, write_technical
from houqin.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from houqin.account.rows import Row
    from houqin.forms import Forms
    from houqin.model import Finding
    from houqin.report.summary_case import Outcome
    from houqin.school import School
    from houqin.workbook import Sheet

__all__ = ["COUNTED", "Checked", "Written", "write_settlement"]


class Part(NamedTuple):
    """A sheet of the working papers: its name, who fills it, what it says, and how it lies."""

    name: str
    fill: Callable[[Case, Sheet], None]
    says: str
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the checks with their verdicts, the findings that they gave, and figures by line.

    `lacks` says of each line that is 未核, or a part only, what it lacks.
    """

    checks: tuple[Checked, ...]
    findings: tuple[Finding, ...]
    figures: Mapping[str, tuple[str, Decimal | None]]  # line -> title and value, None where its source is missing
    lacks: Mapping[str, str]


# In the order in which they are filled: each refers to those before it alone.
PAPERS: tuple[Part, ...] = (
    Part("预算收入支出", write_budgetary, "收付实现制：预算会计的收入、支出和结转结余", landscape=True),
    Part("收入费用", write_accrual, "权责发生制：财务会计的收入、费用和盈余", landscape=True),
    Part("资产负债主要项目", write_balance, "年末的资产、负债、净资产", landscape=True),
    Part("差异调节", write_reconciled, "本年预算结余怎样变成本年盈余，逐项列明，剩下的是未解释", landscape=True),
    Part("收支总表", write_totals, "收入、支出、年初年末结转结余，两边要平", landscape=True),
    Part("收入明细", write_income, "两种基础的收入，一个末级科目一行"),
    Part("支出明细", write_spending, "按经济分类，预算执行表、明细账、指标支付三处对照", landscape=True),
    Part("预算执行", write_execution, "年初、调整、全年预算，支出、执行率、余额", landscape=True),
    Part("项目支出", write_projects, "一个项目一行，预算、支出、余额", landscape=True),
    Part("公用经费", write_public, "基本支出里的公用经费，按科目、按处室，生均"),
    Part("固定资产增减及折旧", write_assets, "各大类原值、折旧、净值，资本性支出到新卡片，清查", landscape=True),
    Part("物资收发存及盘点", write_goods, "一种物品一行：年初、入库、出库、年末、计价、盘点", landscape=True),
    Part("工程项目", write_works, "合同、审定、已付、最多可付、多付", landscape=True),
    Part("往来款清理", write_payables, "按对方、按科目，账龄，个人借款，与总账和上年核对", landscape=True),
    Part("食堂收支及并账", write_canteen, "两种基础的食堂收支，食材，预收餐费，抵销，逐行合并", landscape=True),
    Part("代收费结算", write_fees, "一个项目一行：年初、收、付、退、年末，往来、总账、票据，退还", landscape=True),
    Part(BANK_SHEET, write_bank, "对账单和账上的银行存款逐笔比，未达账项四类，调节后两边要相等", landscape=True),
    Part("学校—核算中心对账表", write_claims, "已报未记、已记未报、金额不符、科目不符，两边签字", landscape=True),
    Part("与上年对比", write_comparison, "三张主表和上年决算对比"),
    Part("调整事项", write_adjustments, "各张底稿提出的调整，一笔一行，等会计决定", landscape=True),
)
# In the order in which they are read; a name without a paper above is one of the fixed sheets.
READING = (
    "校长一页纸", "封面和说明", "参数", "源清单", "收支总表", "学校—核算中心对账表", "预算收入支出", "收入费用",
    "资产负债主要项目", BANK_SHEET, "差异调节", "收入明细", "支出明细", "预算执行", "项目支出", "公用经费",
    "往来款清理", "食堂收支及并账", "代收费结算", "固定资产增减及折旧", "物资收发存及盘点", "工程项目", "勾稽检查",
    "勾稽明细", "取数对照表", "调整事项", "与上年对比", "问题清单", "签批",
)  # fmt: skip


def write_settlement(  # noqa: PLR0913  (all by keyword)
    path: Path,
    outcome: Outcome,
    *,
    forms: Forms,
    school: School,
    year: int,
    as_of: str,
    unit: str = "元",
    run: Mapping[str, str] | None = None,
    copies: Mapping[str, str] | None = None,
    before: Mapping[str, Sequence[Row]] | None = None,
    most_rows: int = MOST_ROWS,
) -> Written:
    """Write the settlement of a fiscal year; `before` are the ledgers of the year before, empty in the first year.

    Figures are in 元; `unit` 万元 adds a column that shows them so. A ledger of more than `most_rows` rows stands there
    by month, and row by row in the typed file. The links assume that the workbook lies in a folder beside 来源/. Raises
    FailedRun where it cannot be written.
    """
    outcome, asked = of_the_year(outcome, forms, as_of)
    with Workbook(path, title=f"{school.name}{year} 年度年终决算工作底稿", example=school.is_example) as book:
        ledgers = filled_ledgers(outcome.ledgers)
        case = Case(
            book=book, outcome=outcome, forms=forms, school=school, as_of=as_of, run=run or {},
            copies=copies or {}, period=f"{year} 年度", year=year, unit=unit, rules=load_settlement(),
            before=before or {}, records={
                form: month_records(ledgers[form], forms.by_id[form])
                if len(ledgers[form].frame) > most_rows
                else read_records(ledgers, form, forms)
                for form in ledgers
                if form in forms.by_id
            },
            large=frozenset(form for form in ledgers if len(ledgers[form].frame) > most_rows),
        )  # fmt: skip
        case.found += [*asked, *ask_for_year(ledgers.get(TRIAL), as_of)]
        if is_part_of_year(case.records.get(TRIAL, ())):
            case.partly[TRIAL] = f"只有一部分月份的发生额，还要{fills(as_of)}"
        case.doubts = doubts_of(case)
        return _fill(case, sheets_of(case))


def sheets_of(case: Case) -> dict[str, Sheet]:
    """Make the sheets in the order in which they are read: papers, ledgers, what is technical."""
    book = case.book
    papers = {part.name: part for part in PAPERS}
    wide = {*WIDE, *(part.name for part in PAPERS if part.landscape)}
    known = {*papers, *FIXED}
    sheets = {name: book.sheet(name, landscape=name in wide) for name in READING if name in known}
    for form, name in SHEETS.items():
        if form in case.ledgers and form in case.forms.by_id:
            sheets[name] = book.sheet(name, role="working", landscape=True)
    return {**sheets, TECHNICAL: book.sheet(TECHNICAL, role="working", landscape=True)}


def work_out(case: Case, sheets: Mapping[str, Sheet]) -> list[Checked]:
    """Fill the ledgers and the papers that rest on them, and make the checks."""
    write_data(case, {form: sheets[name] for form, name in SHEETS.items() if name in sheets})
    for part in PAPERS:
        part.fill(case, sheets[part.name])
    write_tie_out_lines(case, sheets["勾稽明细"])
    return make_checks(case)


def _fill(case: Case, sheets: Mapping[str, Sheet]) -> Written:
    write_parameters(case, sheets["参数"])
    checked = work_out(case, sheets)
    found = [*case.found, *check_findings(checked)]
    write_checks(case, sheets["勾稽检查"], checked)
    write_targets(case, sheets["取数对照表"])
    if found:
        case.outcome = _with_findings(case.outcome, found)
    write_findings(case, sheets["问题清单"])
    write_sources(case, sheets["源清单"])
    write_signatures(case, sheets["签批"])
    write_technical(case, sheets[TECHNICAL])
    write_cover(case, sheets["封面和说明"], [(part.name, part.says) for part in PAPERS])
    write_page(case, sheets["校长一页纸"], checked)
    write_verdicts(case, checked)
    figures = {name: (line.rule.title, line.amount.value) for name, line in case.lines.items()}
    lacks = {name: said_lacking(case, line.amount) for name, line in case.lines.items() if not line.amount.is_whole}
    return Written(tuple(checked), tuple(found), figures, lacks)


def _with_findings(outcome: Outcome, found: Sequence[Finding]) -> Outcome:
    return replace(outcome, findings=(*found, *outcome.findings))  # type: ignore[type-var]


FIXED = {
    "校长一页纸", "封面和说明", "参数", "源清单", "勾稽检查", "勾稽明细", "取数对照表", "问题清单", "签批",
}  # fmt: skip
TECHNICAL = "技术信息"
WIDE = {"勾稽检查", "勾稽明细", "源清单", "取数对照表", "问题清单"}
