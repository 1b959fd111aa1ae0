"""源清单 and 取数对照表: where the figures come from, and where they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from houqin.exact import scaled, unscaled
from houqin.report.settlement.data import COMPUTED
from houqin.report.settlement.lines import line_link
from houqin.report.summary_case import INDENTED, NUMBER, SOURCES, write_head
from houqin.workbook import CENTER, CODE, COUNT, MONEY, WRAPPED, Col, Formula, Link, external

if TYPE_CHECKING:
    from decimal import Decimal

    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

# What a form's control sum adds up; where a sheet has nothing there, the first amount of the form that it has
CONTROL = {
    "trial_balance": "year_dr", "journal": "debit", "cashbook": "expense", "bank_statement": "credit", "quota": "paid",
    "budget": "budget", "budget_execution": "total", "payables": "balance", "fee": "collected", "works": "paid",
    "claim_register": "amount", "receipt_book": "amount", "asset_register": "cost", "asset_disposal": "cost",
    "stock_balance": "close_amt", "stock_in": "amount", "canteen_journal": "expense", "food_receipt": "amount",
    "food_stock": "close_amt", "meal_fee": "prepaid", "stocktake": "real_amt", "asset_stocktake": "real_cost",
}  # fmt: skip
COLUMNS = (
    Col("序", NUMBER, 5), Col("表", WRAPPED, 22), Col("文件", WRAPPED, 28), Col("工作表", WRAPPED, 16),
    Col("区域", CENTER, 16), Col("计入行数", COUNT, 10), Col("控制总数项目", CENTER, 16), Col("控制总数", MONEY, 18),
    Col("SHA-256（原文件的数字指纹）", CODE.but(size=8), 56),
)  # fmt: skip


def write_sources(case: Case, sheet: Sheet) -> None:
    """Fill 源清单: file, sheet, range, rows, control sum, fingerprint; a row a sheet that fed a ledger."""
    digests = {each.path: each.sha256 for each in case.outcome.files}
    says = "底稿用到的每个文件：行数和控制总数对得上原表，就说明没有漏读。"
    top = write_head(case, sheet, "源清单", len(COLUMNS), [says])
    rows: list[list[CellValue]] = []
    for form in case.data:
        rows += _of_form(case, form, len(rows), digests)
    sheet.table(top, 1, COLUMNS, rows)


def _of_form(case: Case, form: str, before: int, digests: dict[str, str]) -> list[list[CellValue]]:
    titles = {name: title for name, (title, _) in COMPUTED.items()}
    titles |= {each.id: each.title for each in case.forms.by_id[form].fields}
    made: list[list[CellValue]] = []
    for (file, name), (first, last, count, field, total) in _by_sheet(case, form).items():
        made.append([
            before + len(made) + 1, case.title_of(form), Link(external(SOURCES + file), file), name,
            f"第 {first} 至 {last} 行", count, titles.get(field) or None, total, digests.get(file, ""),
        ])  # fmt: skip
    return made


def _by_sheet(case: Case, form: str) -> dict[tuple[str, str], tuple[int, int, int, str, Decimal | None]]:
    """Give of each sheet that fed a ledger its first and last row, how many rows count, its control field and sum.

    A bank that marks each amount 借 or 贷 has no column 贷方, a book of expenses none of income: of such a sheet
    another amount is added up.
    """
    ledger = case.ledgers[form]
    frame = ledger.sources[["file", "sheet", "row"]].assign(counted=~ledger.frame["pending"])
    fields = {}
    for name, (column, scale) in _amounts(case, form).items():
        frame[f"total {name}"] = column.where(frame["counted"])
        fields[f"total {name}"] = (name, scale)
    groups = frame.groupby(["file", "sheet"], sort=False)
    shown = groups.agg(first=("row", "min"), last=("row", "max"), count=("counted", "sum"))
    sums = groups[list(fields)].sum(min_count=1)
    made = {}
    for (key, first, last, count), *totals in zip(
        shown.itertuples(name=None), *(sums[name].tolist() for name in fields), strict=True
    ):
        there = ((*fields[name], total) for name, total in zip(fields, totals, strict=True) if total is not pd.NA)
        name, scale, total = next(there, ("", 0, None))
        amount = None if total is None else unscaled(int(total), scale)
        made[str(key[0]), str(key[1])] = (int(first), int(last), int(count), name, amount)
    return made


def _amounts(case: Case, form: str) -> dict[str, tuple[pd.Series[Any], int]]:
    """Give the columns that a control sum may add up, the best first, with their scales."""
    frame, best = case.ledgers[form].frame, CONTROL.get(form)
    known = {each.id: each for each in case.forms.by_id[form].fields}
    names = [best, *(each.id for each in known.values() if each.type == "money")] if best else []
    made: dict[str, tuple[pd.Series[Any], int]] = {}
    for name in dict.fromkeys(names):
        if name in frame.columns:
            made[name] = frame[name], known[name].scale
        elif form not in case.large:
            values = {each.index: each.values.get(name) for each in case.data[form].records}
            numbers = [pd.NA if (value := values.get(n)) is None else scaled(value, 2) for n in range(len(frame))]
            made[name] = pd.Series(pd.array(numbers, dtype="Int64"), index=frame.index), 2
    return made


TARGETS = (
    Col("序", NUMBER, 5), Col("财决表", WRAPPED, 30), Col("行次、项目", WRAPPED, 26), Col("栏", CENTER, 12),
    Col("本底稿的行", INDENTED, 34), Col("金额（元）", MONEY, 18), Col("口径", CENTER, 12), Col("适用年度", CENTER, 10),
)  # fmt: skip


def write_targets(case: Case, sheet: Sheet) -> None:
    """Fill 取数对照表: our line -> the bureau's table, row and column, by the table of the year."""
    years = sorted({each.year for each in case.rules.targets if each.year <= case.year})
    own = [each for each in case.rules.targets if years and each.year == years[-1]]
    says = "把底稿的数填进决算软件时对照用。表号、行次每年可能变，按当年的软件核对；对照关系写在 settlement.toml 里。"
    top = write_head(case, sheet, "取数对照表", len(TARGETS), [says])
    rows: list[list[CellValue]] = []
    for n, each in enumerate(own, 1):
        amount = case.line(each.line)
        value: CellValue = amount.unknown
        if amount.value is not None and amount.is_whole:
            value = Formula(amount.text, amount.value)
        rule = case.rules.line(each.line)
        link, year = line_link(case, each.line), str(each.year)
        rows.append([n, each.table, each.row, each.column, link, value, rule.basis, year])
    sheet.table(top, 1, TARGETS, rows)
