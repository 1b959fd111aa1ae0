"""The data sheets of the settlement: each ledger that it reads, with the columns that classify its rows."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from houqin.report.data_sheets import COUNTED, Data
from houqin.report.large import MONTH, ROWS, name_fields, said_of, summed_fields
from houqin.report.settlement.assets import FIGURES, FORMS, PREFIX, with_rolls
from houqin.report.settlement.books import DATES, account_cell, with_accounts, with_year
from houqin.report.settlement.canteen_rows import (
    accounts_with_canteen,
    journal_with_canteen,
    statement_cell,
    with_cash,
    with_eaters,
    with_food,
    with_received,
    with_statement,
)
from houqin.report.settlement.case import OWN_MONTH, OWN_YEAR
from houqin.report.settlement.claim_match import with_centre, with_claims, with_payments
from houqin.report.settlement.dues import with_dues
from houqin.report.settlement.fee_items import (
    accounts_with_items,
    debts_with_items,
    fee_cell,
    journal_with_items,
    with_fees,
    with_items,
)
from houqin.report.summary_case import NUMBER, write_head
from houqin.report.summary_data import write_rows
from houqin.workbook import CENTER, COUNT, MONEY, TEXT, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet, Style

# In the order in which they stand behind the working papers
SHEETS: Mapping[str, str] = {
    "trial_balance": "台账-科目余额",
    "journal": "台账-序时账",
    "cashbook": "台账-收支明细",
    "bank_statement": "台账-银行对账单",
    "quota": "台账-指标",
    "budget": "台账-预算",
    "budget_execution": "台账-预算执行",
    "payables": "台账-往来",
    "fee": "台账-收费",
    "receipt_book": "台账-票据",
    "claim_register": "台账-报账",
    "works": "台账-工程",
    "asset_register": "台账-资产",
    "asset_change": "台账-资产变动",
    "asset_disposal": "台账-资产处置",
    "asset_stocktake": "台账-资产清查",
    "stock_balance": "台账-收发存",
    "stock_in": "台账-入库",
    "stock_issue": "台账-领用",
    "stocktake": "台账-盘点",
    "canteen_journal": "台账-食堂日记账",
    "canteen_statement": "台账-食堂收支",
    "food_receipt": "台账-食材验收",
    "food_stock": "台账-食材收发存",
    "meal_fee": "台账-餐费",
    "meal_daily": "台账-就餐人数",
}
# Computed columns: title and look
COMPUTED: Mapping[str, tuple[str, Style]] = {
    "book": ("账", CENTER),
    "top": ("总账科目", TEXT),
    "leaf": ("末级", COUNT),
    "open_net": ("年初净额（借正贷负）", MONEY),
    "year_dr": ("本年借方", MONEY),
    "year_cr": ("本年贷方", MONEY),
    "close_net": ("年末净额（借正贷负）", MONEY),
    "flow": ("本年收入或支出", MONEY),
    "spend": ("基本或项目", CENTER),
    OWN_YEAR: ("属于本年", COUNT),
    OWN_MONTH: ("月份", COUNT),
    "kind": ("归类", TEXT),
    "match": ("对账", TEXT),
    "class_family": ("资产大类", TEXT),
    **{PREFIX + figure: (title, MONEY) for figure, (title, _) in FIGURES.items()},
    "age_days": ("账龄天数", COUNT),
    "life": ("折旧月数", COUNT),
    "dep_year": ("本年应提折旧", MONEY),
    "value": ("计价金额", MONEY),
    "school_amt": ("学校数", MONEY),
    "gap": ("差额（中心−学校）", MONEY),
    "owed": ("账上已计提应付", MONEY),
    "centre_amt": ("中心付款（写在凭证第一行）", MONEY),
    "part": ("归入项目", TEXT),
    "part_role": ("项目属于", CENTER),
    "head_role": ("计入净额", CENTER),
    "year_value": ("计入本年金额", MONEY),
    "cash_in": ("现金收入（退费为负）", MONEY),
    "cash_out": ("现金支出", MONEY),
    "at_open": ("年初库存", MONEY),
    "at_close": ("年末库存", MONEY),
    "year_in": ("本年购进", MONEY),
    "year_out": ("本年耗用", MONEY),
    "who": ("谁的餐费", CENTER),
    "inner": ("学校与食堂", TEXT),
    "item": ("代收费项目", TEXT),
    "treatment": ("处理", TEXT),
    "due_amt": ("应收（扣减免）", MONEY),
    "set_gap": ("标准与设置差的金额", MONEY),
    "fee_use": ("代收费用途", TEXT),
    "net": ("余额（按科目方向）", MONEY),
    "age_band": ("账龄段", TEXT),
    "old": ("超过一年", MONEY),
    "loan": ("个人借款", MONEY),
    "wrong": ("方向相反", MONEY),
}


def write_data(case: Case, sheets: Mapping[str, Sheet]) -> None:
    """Fill the data sheets of the ledgers that are there."""
    for form, sheet in sheets.items():
        records = enriched(case, form)
        if form in case.large:
            case.data[form] = write_months(case, sheet, form, records)
            continue
        by_row = {each.index: each for each in records}
        case.data[form] = write_rows(case, sheet, form, records, COMPUTED, _Live(by_row))


def write_months(case: Case, sheet: Sheet, form: str, records: Sequence[Record]) -> Data:
    """Write a long ledger's totals by month and name; sums over them come to the same as over its rows."""
    ledger, described = case.ledgers[form], case.forms.by_id[form]
    titles = {each.id: each.title.replace("/", "\n") for each in described.fields}
    names, sums = name_fields(ledger, described), summed_fields(ledger, described)
    computed = [name for name in COMPUTED if records and records[0].values.get(name) is not None]
    columns = [
        Col("行号", NUMBER), Col(COUNTED, NUMBER), Col(MONTH, CENTER), *(Col(titles[name], TEXT) for name in names),
        *(Col(titles[name], MONEY) for name in sums), Col(ROWS, COUNT), *(Col(*COMPUTED[name]) for name in computed),
    ]  # fmt: skip
    ids = ["index", COUNTED, MONTH, *names, *sums, ROWS, *computed]
    top = write_head(case, sheet, f"台账：{described.title}（按月合计）", len(columns), [said_of(ledger)])
    rows: list[list[CellValue]] = [
        [each.index + 1, 1, *(each.values.get(name) for name in ids[2:])] for each in records
    ]
    placed = sheet.table(top, 1, columns, rows)
    return Data(placed, {name: number for number, name in enumerate(ids)}, records)


def enriched(case: Case, form: str) -> list[Record]:
    """Give a ledger's rows with their computed columns."""
    records = list(case.records[form])
    if form in DATES:
        records = with_year(form, records, case.year)
    enrich = ENRICH.get(form)
    return list(enrich(case, records)) if enrich else records


class _Live:
    """Gives the cells of computed columns, row by row in the order of the rows."""

    def __init__(self, by_row: Mapping[int, Record]) -> None:
        self._records = list(by_row.values())
        self._first: int | None = None

    def __call__(
        self, form: str, name: str, value: Any, letters: Mapping[str, str], row: int  # noqa: ANN401  (a cell's value)
    ) -> CellValue:
        if self._first is None:
            self._first = row
        record = self._records[row - self._first]
        text = LIVE[form](name, record, letters, row) if form in LIVE else None
        if text is None or value is None:
            return value  # type: ignore[no-any-return]
        return Formula(text, value)


def _leaves(field_names: tuple[str, ...]) -> Callable[[Case, Sequence[Record]], list[Record]]:
    """Make an enrichment that marks with `leaf` the rows below which no longer code of the same kind stands."""

    def mark(_case: Case, records: Sequence[Record]) -> list[Record]:
        own = [tuple(each.text(name) for name in field_names) for each in records]
        codes = sorted({each[0] for each in own if each[0]})
        above = {a for a, b in itertools.pairwise(codes) if b.startswith(a)}
        with_rest = {each[0] for each in own if any(each[1:])}
        made = []
        for record, (code, *rest) in zip(records, own, strict=True):
            parent = code in above or (code in with_rest and not any(rest))
            made.append(replace(record, values={**record.values, "leaf": Decimal(0 if parent else 1)}))
        return made

    return mark


ENRICH: Mapping[str, Callable[[Case, Sequence[Record]], Sequence[Record]]] = {
    "trial_balance": lambda case, records: accounts_with_canteen(
        case, accounts_with_items(case, with_accounts(records))
    ),
    "budget_execution": _leaves(("code", "project")),
    "budget": _leaves(("code", "project")),
    **{form: partial(with_rolls, form) for form in FORMS},
    "payables": lambda case, records: debts_with_items(case, with_dues(case, records)),
    "claim_register": with_claims,
    "cashbook": with_payments,
    "journal": lambda case, records: journal_with_canteen(
        case, journal_with_items(case, with_centre(case, records))
    ),
    "canteen_journal": with_cash,
    "canteen_statement": with_statement,
    "food_stock": with_food,
    "food_receipt": with_received,
    "meal_fee": with_eaters,
    "fee": with_fees,
    "receipt_book": with_items,
}
LIVE: Mapping[str, Callable[[str, Record, Mapping[str, str], int], str | None]] = {
    "trial_balance": account_cell,
    "fee": fee_cell,
    "canteen_statement": statement_cell,
}
