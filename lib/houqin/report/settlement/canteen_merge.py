"""The canteen taken into the school's year end: what is cancelled between the two, then line by line."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.settlement.amount import NOTHING, Amount, add_amounts, lacking
from houqin.report.settlement.canteen_rows import (
    BOOKS,
    CASH,
    FROM_CANTEEN,
    GIVEN_TO_CANTEEN,
    INCOME,
    JOURNAL,
    OWED_BY_CANTEEN,
    REPAID,
    STATEMENT,
    SUBSIDY,
)
from houqin.report.settlement.keyed import less, shown, source_place, write_keyed
from houqin.report.summary_case import write_note
from houqin.workbook import CENTER, MONEY, WRAPPED, Area, Col, Formula

if TYPE_CHECKING:
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

DEBTS = "payables"
INNER = (
    Col("序", CENTER), Col("内部事项", WRAPPED), Col("学校账", MONEY), Col("食堂账", MONEY), Col("差额", MONEY),
    Col("怎样抵销", WRAPPED),
)  # fmt: skip
MERGED = (
    Col("序", CENTER), Col("项目", WRAPPED), Col("学校（账上）", MONEY), Col("食堂", MONEY), Col("抵销", MONEY),
    Col("合并数", MONEY),
)  # fmt: skip


class Pair(NamedTuple):
    """Something between school and canteen: what each says of it, and how it is cancelled."""

    title: str
    school: Amount
    canteen: Amount
    how: str


def inner_items(case: Case, sheet: Sheet, top: int, made: dict[str, Amount]) -> int:
    """Write 抵销表, and keep what the lines refer to."""
    made["canteen_owed_open"], made["canteen_owed"] = (_owed(case, field) for field in ("open_net", "close_net"))
    given = _given(case)
    stated = case.sum(STATEMENT, "year_value", part=SUBSIDY, part_role=INCOME)
    received = stated if stated.value is not None else case.sum(CASH, "cash_in", part=SUBSIDY)
    made["canteen_subsidy"] = received
    made["canteen_charged"] = case.sum(BOOKS, "flow", inner=FROM_CANTEEN)
    repaid = case.sum(CASH, "cash_out", part=REPAID)
    pairs = (
        Pair("学校给食堂的补助", given, received, "学校减费用，食堂减收入"),
        Pair("食堂还学校代垫的水电等", _returned(case), repaid, "走往来，不影响收支；两边的数要相等"),
        Pair("年末：学校应收食堂、食堂应付学校", made["canteen_owed"], made["canteen_owed"],
             "食堂没有单独的往来账，按学校账列；合并时两边同时减"),
    )  # fmt: skip
    rows = [_pair(pair, n, top + 1 + n) for n, pair in enumerate(pairs, 1)]
    table, after = write_keyed(sheet, top, "抵销表（学校和食堂之间的事项）", INNER, rows)
    sides = [(pair.school, pair.canteen) for pair in pairs[:2]]
    needs = [need for pair in sides for each in pair if each.value is None for need in each.needs]
    made["inner_gap"] = lacking(*dict.fromkeys(needs)) if needs else table.sizes(4)
    _name_suspects(case)
    return after


def _pair(pair: Pair, number: int, row: int) -> list[CellValue]:
    gap = less(pair.school, pair.canteen, row, (3, 4))
    return [number, pair.title, shown(pair.school), shown(pair.canteen), gap, pair.how]


def _name_suspects(case: Case) -> None:
    for form, field, where in (
        (CASH, "expense", {"part": REPAID}), (JOURNAL, "debit", {"inner": GIVEN_TO_CANTEEN}),
        (BOOKS, "close_dr", {"inner": OWED_BY_CANTEEN}),
    ):  # fmt: skip
        own = [each for each in case.chosen(form, **where) if each.values.get(field)]
        if own:
            case.suspects.setdefault("canteen-inner", source_place(case, form, own[0].index, field))


def _given(case: Case) -> Amount:
    """Give what the school's books say that it gave to its canteen."""
    return lacking(JOURNAL) if JOURNAL in case.large else case.sum(JOURNAL, "debit", inner=GIVEN_TO_CANTEEN)


def _returned(case: Case) -> Amount:
    """Give what the school got back of what it had paid for the canteen."""
    if case.chosen(BOOKS, inner=OWED_BY_CANTEEN):
        return case.sum(BOOKS, "year_cr", inner=OWED_BY_CANTEEN)
    return _of_debts(case, "decrease")


def _owed(case: Case, field: str) -> Amount:
    """Give what the canteen owes the school by the school's books: an account of its own, else a party of 往来."""
    if case.chosen(BOOKS, inner=OWED_BY_CANTEEN):
        return case.sum(BOOKS, field, inner=OWED_BY_CANTEEN)
    return _of_debts(case, "open" if field == "open_net" else "balance")


def _of_debts(case: Case, field: str) -> Amount:
    parties = dict.fromkeys(each.text("party") for each in case.chosen(DEBTS) if "食堂" in each.text("party"))
    amounts = [case.sum(DEBTS, field, party=party) for party in parties if "?" not in party and "*" not in party]
    if not amounts:
        return NOTHING if case.has(BOOKS) or case.has(DEBTS) else lacking(BOOKS)
    total = amounts[0]
    for each in amounts[1:]:
        total += each
    return total


def write_merged(case: Case, sheet: Sheet, top: int, made: dict[str, Amount]) -> int:
    """Write the balance sheet line by line, the canteen beside the school, where the settings say that it is merged."""
    if case.school.accounting.get("consolidation") != "年末并账":
        return write_note(sheet, top, len(MERGED), "学校设置不是“年末并账”，不列合并数。") + 1
    line = case.line
    other_assets = line("assets_total") - line("cash") - line("other_receivables") - line("inventory_booked")
    other_debts = line("liabilities_total") - line("payables_trade") - line("other_payables")
    owed = line("canteen_owed")
    plan: list[tuple[str, Amount, Amount, Amount]] = [
        ("货币资金", line("cash"), line("canteen_bank"), NOTHING),
        ("其他应收款", line("other_receivables"), NOTHING, -owed),
        ("存货", line("inventory_booked"), line("food_close"), NOTHING),
        ("其他各项资产", other_assets, NOTHING, NOTHING),
        ("资产总计", NOTHING, NOTHING, NOTHING),
        ("应付票据、应付账款、预收账款", line("payables_trade"), line("canteen_suppliers"), NOTHING),
        ("其他应付款（含预收餐费）", line("other_payables"), line("meal_close") + owed, -owed),
        ("其他各项负债", other_debts, NOTHING, NOTHING),
        ("负债合计", NOTHING, NOTHING, NOTHING),
        ("净资产合计", line("net_assets_total"), line("canteen_net_close"), NOTHING),
    ]
    first = top + 2
    rows, totals = _merged_rows(plan, first)
    _, after = write_keyed(sheet, top, "资产负债逐行合并（年末）", MERGED, rows)
    for name, at, parts in (
        ("merged_assets", 4, plan[:4]), ("merged_liabilities", 8, plan[5:8]), ("merged_net", 9, plan[9:]),
    ):  # fmt: skip
        value = totals[at]
        area = Area(sheet.name, first + at, 6, first + at, 6)
        lacks = add_amounts(each for _, *own in parts for each in own)
        made[name] = replace(lacks, text="" if value is None else area.ref, value=value)
    made["merged_income"] = line("in_total") + line("canteen_net") - line("canteen_charged")
    made["merged_budget_income"] = line("bi_total") + line("canteen_budget_net")
    return after


def _merged_rows(
    plan: list[tuple[str, Amount, Amount, Amount]], first: int
) -> tuple[list[list[CellValue]], list[Decimal | None]]:
    """Give the rows and their merged values; 资产总计 and 负债合计 add the rows above them up."""
    rows: list[list[CellValue]] = []
    values: list[Decimal | None] = []
    sums: dict[str, tuple[int, int]] = {"资产总计": (0, 4), "负债合计": (5, 8)}
    columns: list[list[Decimal | None]] = []
    for n, (title, *parts) in enumerate(plan):
        row = first + n
        if title in sums:
            start, end = sums[title]
            own = [_add([columns[at][k] for at in range(start, end)]) for k in range(4)]
            cells: list[CellValue] = [
                None if value is None else Formula(f"SUM({letter}{first + start}:{letter}{row - 1})", value)
                for letter, value in zip("CDEF", own, strict=True)
            ]
        else:
            given = [each.value for each in parts]
            own = [*given, _add(given)]
            merged: CellValue = None if own[3] is None else Formula(f"ROUND(SUM(C{row}:E{row}),2)", own[3])
            cells = [*(None if each is NOTHING else shown(each) for each in parts), merged]
        columns.append(own)
        values.append(own[3])
        rows.append([n + 1, title, *cells])
    return rows, values


def _add(values: list[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None
