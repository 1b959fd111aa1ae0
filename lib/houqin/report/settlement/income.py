"""收入明细 and 与上年对比: income account by account on both bases, and this year's lines beside last year's."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.last_year import last_year, sum_before
from houqin.report.settlement.lines import sheet_head
from houqin.report.summary_case import INDENTED, NUMBER, write_note
from houqin.workbook import CENTER, CODE, HEADING, MONEY, PERCENT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import LineRule
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

FORM = "trial_balance"
BOOKS = (("6", "预算收入（收付实现制）", "id_budget"), ("4", "收入（权责发生制）", "id_accrual"))
COMPARED = ("预算收入支出", "收入费用", "资产负债主要项目")
LARGE = Decimal("0.3")  # 30 % is what the settings' price_gap is by default; a change beyond it is worth a sentence


def write_income(case: Case, sheet: Sheet) -> None:
    """Fill 收入明细: a row an income account, on either basis, each a live reference to its ledger row."""
    says = "按末级科目列出。两种基础的同一项收入相差的，多是应收、预收或实物捐赠，见“差异调节”。"
    row = sheet_head(case, sheet, "收入明细", says, (FORM,))
    columns = (
        Col("序", NUMBER, 5), Col("科目编码", CODE, 14), Col("科目", WRAPPED, 30), Col("金额（元）", MONEY, 18, "sum"),
        Col("取数", INDENTED, 14),
    )  # fmt: skip
    for kind, heading, line in BOOKS:
        sheet.text(row, 1, heading, HEADING)
        records = [each for each in case.chosen(FORM, code=f"{kind}*", leaf=1) if each.values.get("flow")]
        rows = [_row(case, n, each) for n, each in enumerate(records, 1)]
        placed = sheet.table(row + 1, 1, columns, rows, autofilter=False, freeze=False)
        if case.has(FORM) and "flow" in case.data[FORM].columns:
            case.keep_total(line, placed, 3, rows)
        else:
            case.missing_line(line, FORM)
        row = placed.next_row


def _row(case: Case, number: int, record: Record) -> list[CellValue]:
    data = case.data[FORM]
    cell = f"'{data.placed.sheet}'!{case.letters(FORM)['flow']}{data.placed.first + record.index}"
    name = " ".join(part for part in (record.text("subject"), record.text("aux")) if part)
    value = record.number("flow") or Decimal(0)
    return [number, record.text("code"), name, Formula(cell, value), case.link(FORM, [record])]


def write_comparison(case: Case, sheet: Sheet) -> None:
    """Fill 与上年对比: the lines of the three statements beside those of the year before, as its own run had them."""
    says = "上年数取自上年决算那次运行的台账（结果文件夹里 " f"{case.year - 1} 年的那份）。变动超过三成的要能说出原因。"
    top = sheet_head(case, sheet, "与上年对比", says, (FORM,))
    before = last_year(case)
    if before is None:
        note = f"首次使用，未核对上年：没有 {case.year - 1} 年的决算结果。运行过上年的决算后，这里会自动对比。"
        top = write_note(sheet, top, 7, note) + 1
    columns = (
        Col("序", NUMBER, 5), Col("项目", WRAPPED, 34), Col("口径", CENTER, 12), Col("本年（元）", MONEY, 18),
        Col("上年（元）", MONEY, 18), Col("增减", MONEY, 16), Col("增减率", PERCENT, 10), Col("提示", CENTER, 12),
    )  # fmt: skip
    rules = [rule for name in COMPARED for rule in case.rules.of_sheet(name) if rule.id in case.lines]
    rows = [_compared(case, rule, n, top + n, before) for n, rule in enumerate(rules, 1)]
    sheet.table(top, 1, columns, rows, freeze=False)


def _compared(
    case: Case, rule: LineRule, number: int, row: int, before: Sequence[Record] | None
) -> list[CellValue]:
    amount = case.line(rule.id)
    now: CellValue = None if amount.value is None else Formula(amount.text, amount.value)
    last = None if before is None or not rule.form else sum_before(rule, before)
    if last is None or amount.value is None:
        return [number, rule.title, rule.basis, now, last, None, None, None]
    change = amount.value - last
    rate = (change / abs(last)).quantize(Decimal("0.0001"), ROUND_HALF_UP) if last else None
    hint = "变动较大" if (rate is not None and abs(rate) > LARGE) else None
    return [
        number, rule.title, rule.basis, now, last, Formula(f"ROUND(D{row}-E{row},2)", change),
        None if rate is None else Formula(f"ROUND(F{row}/ABS(E{row}),4)", rate), hint,
    ]  # fmt: skip
