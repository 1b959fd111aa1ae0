"""代收费结算: by item what came in, went out and is left, against 往来, ledger, receipts; what is to be given back."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.model import Finding, Level
from houqin.report.data_sheets import COUNTED, Where
from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.case import Made
from houqin.report.settlement.entry import BUDGETARY, FUND, entry
from houqin.report.settlement.fee_items import (
    AS_BUDGET_INCOME,
    AS_INCOME,
    AS_RUNNING,
    BOOKS,
    CANTEEN,
    DEBTS,
    FEES,
    HELD_CODES,
    JOURNAL,
    RECEIPTS,
    TURNED,
    items_of,
    setting_of,
)
from houqin.report.settlement.keyed import (
    NOTE_COLUMN,
    Keyed,
    below,
    noted_lines,
    own_cell,
    source_place,
    write_keyed,
)
from houqin.report.settlement.lines import sheet_head
from houqin.report.settlement.unset import unset
from houqin.workbook import CENTER, COUNT, INPUT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

SHEET = "代收费结算"
FEN = Decimal("0.01")
FLOW = (
    Col("序", CENTER, 5), Col("收费项目", WRAPPED, 24), Col("年初余额", MONEY, 16, "sum"),
    Col("本年收取", MONEY, 16, "sum"), Col("本年支付", MONEY, 16, "sum"),
    Col("本年退还", MONEY, 16, "sum"), Col("年末应余", MONEY, 15, "sum"),
    Col("往来明细余额", MONEY, 15, "sum"), Col("差额", MONEY, 12, "sum"), Col("总账余额", MONEY, 15, "sum"),
    Col("差额", MONEY, 12, "sum"), Col("处理", CENTER, 12), Col("台账的行", CENTER, 10),
)  # fmt: skip
DUE = (
    Col("序", CENTER), Col("收费项目", WRAPPED), Col("应收", MONEY, 0, "sum"), Col("收取", MONEY, 0, "sum"),
    Col("应收−收取", MONEY, 0, "sum"), Col("开出票据", MONEY, 0, "sum"), Col("票据−收取", MONEY, 0, "sum"),
    Col("账上收款", MONEY, 0, "sum"), Col("账上−收取", MONEY, 0, "sum"), Col("标准与设置差", MONEY, 0, "sum"),
)  # fmt: skip
REST = (
    Col("序", CENTER), Col("收费项目", WRAPPED), Col("应退", MONEY, 0, "sum"), Col("人数", COUNT),
    Col("每生应退", MONEY), Col("每生退后的零头", MONEY), Col("结余办法", CENTER), Col("怎样处理", WRAPPED),
    Col("办理情况", INPUT.but(wrap=True)),
)  # fmt: skip


def write_fees(case: Case, sheet: Sheet) -> None:
    """Fill 代收费结算; an item without a treatment is asked about, 代收 in income is an error."""
    rules = case.rules.of_sheet(SHEET)
    says = "代收费是往来（其他应付款），不是学校收入：年初 + 收 − 付 − 退 = 年末，年末的余额要退还，不得用于学校开支。"
    top = sheet_head(case, sheet, SHEET, says, (FEES, RECEIPTS, DEBTS, BOOKS))
    made: dict[str, Amount] = {}
    if case.has(FEES):
        items = _items(case)
        row = _flow(case, sheet, below(top, len(rules)), items, made)
        row = _due(case, sheet, row, items, made)
        _rest(case, sheet, row, items, made)
        _ask(case, items, made)
    made["fee_in_income"] = _in_income(case)
    made["fee_misused"] = _misused(case)
    for rule in rules:
        if rule.made:
            case.made[rule.id] = Made(made.get(rule.id) or lacking(FEES))
    noted_lines(case, sheet, top, rules, "代收费总数", len(FLOW) if case.has(FEES) else NOTE_COLUMN)


def _items(case: Case) -> list[str]:
    """Give the items of which something stands in the fee table; the canteen's meals stand on its own sheet."""
    settings = {item: setting_of(case, item) for item in items_of(case)}
    kept = (item for item, setting in settings.items() if setting is None or setting.treatment != CANTEEN)
    return [item for item in kept if case.chosen(FEES, item=item)]


def _sum(case: Case, form: str, field: str, item: str, row: int, **more: str) -> CellValue:
    """Add a column up over an item's rows; None where the form or the column is not there."""
    if form not in case.data or not {field, "item"} <= set(case.data[form].columns):
        return None
    wheres = [Where("item", item, f"$B{row}"), *(Where(name, value, f'"{value}"') for name, value in more.items())]
    return case.total(form, field, *wheres)


def _value(cell: CellValue) -> Decimal:
    value = cell.value if isinstance(cell, Formula) else cell
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)


def _gap(left: CellValue, right: CellValue, one: str, other: str) -> CellValue:
    if left is None or right is None:
        return None
    return Formula(f"ROUND({one}-{other},2)", _value(left) - _value(right))


def _held(case: Case, item: str, row: int, field: str) -> CellValue:
    """Give what the ledger's account of an item holds (credit positive), or took in; None without such an account."""
    if BOOKS not in case.data:
        return None
    if not [each for each in case.chosen(BOOKS, item=item, leaf=1) if each.text("code").startswith(HELD_CODES)]:
        return None
    area = case.data[BOOKS].area
    count = case.data[BOOKS].area(COUNTED).ref
    parts, value = [], Decimal(0)
    for code in HELD_CODES:
        parts.append(f'SUMIFS({area(field).ref},{area("item").ref},$B{row},{area("code").ref},"{code}*",{count},1)')
        value += sum((each.values[field] or Decimal(0) for each in case.chosen(BOOKS, item=item, code=f"{code}*")),
                     Decimal(0))  # fmt: skip
    text = "+".join(parts)
    return Formula(f"-({text})", -value) if field != "year_cr" else Formula(text, value)


def _opening(case: Case, item: str, row: int) -> CellValue:
    """Give an item's opening: of the fee table where it has such a column, else of 往来, else of the ledger."""
    if case.filled(FEES, "open"):
        return _sum(case, FEES, "open", item, row)
    if case.filled(DEBTS, "open") and case.chosen(DEBTS, item=item):
        return _sum(case, DEBTS, "open", item, row)
    return _held(case, item, row, "open_net")


def _flow(case: Case, sheet: Sheet, top: int, items: Sequence[str], made: dict[str, Amount]) -> int:
    rows: list[list[CellValue]] = []
    for n, item in enumerate(items):
        row = top + 3 + n
        opening = _opening(case, item, row)
        moved = [_sum(case, FEES, field, item, row) for field in ("collected", "spent", "refund")]
        value = _value(opening) + _value(moved[0]) - _value(moved[1]) - _value(moved[2])
        left = Formula(f"ROUND(SUM(C{row}:D{row})-SUM(E{row}:F{row}),2)", value)
        sub = _sum(case, DEBTS, "net", item, row) if case.chosen(DEBTS, item=item) else None
        ledger = _held(case, item, row, "close_net")
        setting = setting_of(case, item)
        rows.append([
            n + 1, item, opening, *moved, left, sub, _gap(left, sub, f"G{row}", f"H{row}"), ledger,
            _gap(left, ledger, f"G{row}", f"J{row}"), setting.treatment if setting else "没有填",
            case.link(FEES, case.chosen(FEES, item=item)),
        ])  # fmt: skip
        _suspect(case, item, "fees-as-sub-ledger", rows[-1][8])
        _suspect(case, item, "fees-as-booked", rows[-1][10])
        if _is_odd(rows[-1][8], rows[-1][10]):
            _other_side(case, item, "fees-as-sub-ledger", DEBTS, "balance")
        elif _is_odd(rows[-1][10], rows[-1][8]):
            _other_side(case, item, "fees-as-booked", BOOKS, "close_net")
    note = "空着的是那张表里没有这个项目：往来明细按“事由”找，总账按 2307 的明细科目名称（或设置里的“往来科目”）找。"
    table, after = write_keyed(sheet, top, "一、收、付、退、余", FLOW, rows, note=note)
    numbers = {"fee_open": 2, "fee_collected": 3, "fee_spent": 4, "fee_refund": 5, "fee_rest": 6}
    made.update({name: table.total(number) for name, number in numbers.items()})
    if rows and all(row[2] is None for row in rows):
        made["fee_open"] = made["fee_rest"] = lacking(DEBTS, BOOKS)
    made["fee_sub_gap"] = _gap_sum(case, table, (8, 6, 7), DEBTS)
    made["fee_ledger_gap"] = _gap_sum(case, table, (10, 6, 9), BOOKS)
    return after


def _gap_sum(case: Case, table: Keyed, columns: tuple[int, int, int], form: str) -> Amount:
    """Add differences up without signs; where no item has the other side there is nothing to compare.

    `columns` are those of the difference, of the fee table's side, of the other. An item with money that the other
    ledger does not know is not compared: the sum is a part.
    """
    gap, ours, other = columns
    if not case.has(form):
        return lacking(form)
    alone = [str(row[1]) for row in table.rows if row[other] is None and _value(row[ours])]
    named = f"《{case.title_of(form)}》里没有找到收费项目{'、'.join(f'“{each}”' for each in alone)}"
    if table.rows and all(row[gap] is None for row in table.rows):
        return lacking(named if alone else case.untold(form, "item"))
    return table.sizes(gap).resting([named] if alone else [])


def _suspect(case: Case, item: str, check: str, gap: CellValue) -> None:
    """Name the fee table's row of the first item that differs."""
    records = case.chosen(FEES, item=item)
    if gap is None or not _value(gap) or check in case.suspects or not records:
        return
    field = "standard" if check == "fees-at-standard" else "collected"
    first = max(records, key=lambda each: (_own_gap(each, check) != 0, each.number("collected") or Decimal(0)))
    case.suspects[check] = source_place(case, FEES, first.index, field)


def _is_odd(gap: CellValue, *others: CellValue) -> bool:
    """Tell whether one witness alone speaks against the fee table: then look at that one first."""
    return bool(_value(gap)) and all(each is not None and not _value(each) for each in others)


def _other_side(case: Case, item: str, check: str, form: str, field: str) -> None:
    """Name the row of the other side of an item, the largest, where the fee table's was named."""
    own = [each for each in case.chosen(form, item=item) if each.values.get(field)]
    if form == BOOKS:
        own = [each for each in own if each.values["leaf"] and each.text("code").startswith(HELD_CODES)]
    largest = max(own, key=lambda each: abs(each.values[field]), default=None)
    place = case.suspects.get(check)
    fee_rows = [source_place(case, FEES, each.index, "collected") for each in case.chosen(FEES, item=item)]
    if largest is not None and place in fee_rows:
        case.suspects[check] = source_place(case, form, largest.index, field)


def _own_gap(record: Record, check: str) -> Decimal:
    """Give what a row of the fee table itself says to be wrong."""
    if check == "fees-at-standard":
        return record.number("set_gap") or Decimal(0)
    due, collected = record.number("due_amt"), record.number("collected")
    return Decimal(0) if due is None or collected is None or check != "fees-due" else due - collected


def _due(case: Case, sheet: Sheet, top: int, items: Sequence[str], made: dict[str, Amount]) -> int:
    """Compare what should have come in with what came, with the receipts and with the books."""
    with_receipts = any(each.text("item") for each in case.chosen(RECEIPTS))
    rows: list[list[CellValue]] = []
    for n, item in enumerate(items):
        row = top + 2 + n
        due, collected = (_sum(case, FEES, field, item, row) for field in ("due_amt", "collected"))
        if not any(each.number("due_amt") is not None for each in case.chosen(FEES, item=item)):
            due = None
        receipts = _sum(case, RECEIPTS, "amount", item, row) if with_receipts else None
        booked = _held(case, item, row, "year_cr")
        own = [each for each in case.chosen(FEES, item=item) if each.number("set_gap") is not None]
        by_setting = _sum(case, FEES, "set_gap", item, row) if own else None
        gaps = [
            _gap(due, collected, f"C{row}", f"D{row}"), _gap(receipts, collected, f"F{row}", f"D{row}"),
            _gap(booked, collected, f"H{row}", f"D{row}"), by_setting,
        ]  # fmt: skip
        rows.append([
            n + 1, item, due, collected, gaps[0], receipts, gaps[1], booked, gaps[2], gaps[3],
        ])  # fmt: skip
        for check, gap in zip(("fees-due", "fees-receipted", "fees-received", "fees-at-standard"), gaps, strict=True):
            _suspect(case, item, check, gap)
        if _is_odd(gaps[1], gaps[0], gaps[2]):
            _other_side(case, item, "fees-receipted", RECEIPTS, "amount")
        if _is_odd(gaps[2], gaps[0], gaps[1]):
            _other_side(case, item, "fees-received", BOOKS, "year_cr")
    table, after = write_keyed(sheet, top, "二、应收、票据、入账", DUE, rows)
    nothing_due = bool(rows) and all(row[2] is None for row in rows)
    no_due = lacking(f"《{case.title_of(FEES)}》里没有写应收，也没有写人数和标准")
    made["fee_due"] = no_due if nothing_due else table.total(2)
    made["fee_due_gap"] = no_due if nothing_due else table.sizes(4)
    made["fee_receipt_gap"] = _gap_sum(case, table, (6, 3, 5), RECEIPTS)
    made["fee_booked_gap"] = _gap_sum(case, table, (8, 3, 7), BOOKS)
    made["fee_standard_gap"] = _standards(case, table, items)
    return after


def _standards(case: Case, table: Keyed, items: Sequence[str]) -> Amount:
    """Give what differs from the standards of the settings; an item of which these say none is not compared."""
    with_standard = [item for item in items if any(each.number("standard") for each in case.chosen(FEES, item=item))]
    silent = [item for item in with_standard if (own := setting_of(case, item)) is None or own.standard is None]
    lacks = [unset("fee_standard", f"：{'、'.join(f'“{each}”' for each in silent)}")] if silent else []
    if all(row[9] is None for row in table.rows):
        return lacking(*lacks or [case.untold(FEES, "standard")])
    return table.sizes(9).resting(lacks)


def _rest(case: Case, sheet: Sheet, top: int, items: Sequence[str], made: dict[str, Amount]) -> None:
    """List what is left by the rows of the fee table, in sum and per pupil."""
    rows: list[list[CellValue]] = []
    for record in (each for item in items for each in case.chosen(FEES, item=item)):
        rest, cell = _rest_of(case, record)
        if not rest:
            continue
        row = top + 2 + len(rows)
        persons = record.number("persons")
        each = (rest / persons).quantize(FEN, ROUND_HALF_UP) if persons else None
        setting = setting_of(case, record.text("item"))
        name = "　".join(text for field in ("fee_item", "payer", "grade", "class") if (text := record.text(field)))
        odd = None if each is None or persons is None else rest - persons * each
        rows.append([
            len(rows) + 1, name, Formula(cell, rest), persons,
            None if each is None else Formula(f"ROUND(C{row}/D{row},2)", each),
            None if odd is None else Formula(f"ROUND(C{row}-D{row}*E{row},2)", odd),
            setting.refund if setting and setting.refund else None, _how(rest, setting.refund if setting else ""), None,
        ])  # fmt: skip
    table, _ = write_keyed(sheet, top, "三、结余怎样退（收费表一行一列）", REST, rows)
    values = [_value(row[2]) for row in rows[: len(table.rows)]]
    area = table.placed.column(2).ref
    made["fee_to_refund"] = Amount(f'SUMIF({area},">0")', sum((v for v in values if v > 0), Decimal(0)))
    made["fee_short"] = Amount(f'-SUMIF({area},"<0")', -sum((v for v in values if v < 0), Decimal(0)))
    if not rows:
        made["fee_to_refund"] = made["fee_short"] = Amount("0", Decimal(0))


def _rest_of(case: Case, record: Record) -> tuple[Decimal, str]:
    """Give what is left of a row of the fee table, and the formula over its cells."""
    value, parts = Decimal(0), []
    for field, sign in (("open", "+"), ("collected", "+"), ("spent", "-"), ("refund", "-")):
        cell = own_cell(case, FEES, record.index, field)
        if cell is not None:
            parts.append(f"{sign}{cell.text}")
            value += _value(cell) if sign == "+" else -_value(cell)
    return value, f"ROUND({''.join(parts).removeprefix('+') or '0'},2)"


def _how(rest: Decimal, refund: str) -> str:
    if rest > 0:
        return "退还学生，列其他应付款，不得转作收入"
    return "少收的不再补收，由学校查明垫付来源" if refund == "多退少不补" else "少收的按办法补收，或查明垫付来源"


def _ask(case: Case, items: Sequence[str], made: dict[str, Amount]) -> None:
    """Ask about items without a treatment: one finding for all of them."""
    unset_items = [item for item in items if setting_of(case, item) is None]
    records = [each for item in unset_items for each in case.chosen(FEES, item=item)]
    if not records:
        made["fee_untreated"] = Amount("0", Decimal(0))
        return
    named = "、".join(f"“{item}”" for item in unset_items)
    made["fee_untreated"] = lacking(unset("fee_treatment", f"：{named}"))
    case.suspects["fees-have-treatment"] = source_place(case, FEES, records[0].index, "fee_item")
    message = (
        f"收费项目{named}的钱归哪里，学校设置里没有填"
        "（代收代付、缴财政专户、食堂、其他）。代收代付的是往来，不是收入；请在“收费项目”里填好再运行。"
    )
    places = [source_place(case, FEES, each.index, "fee_item") for each in records]
    case.found.append(
        Finding("fee-untreated", Level.QUESTION, message, places[0], records[0].text("fee_item"), form=FEES,
                field="fee_item", related=tuple(places[1:]), count=len(unset_items))
    )  # fmt: skip


def _in_income(case: Case) -> Amount:
    """Give 代收 that stands in income: the largest of what trial balance and journal say, by each of the two books."""
    sums = [
        case.sum(form, field, fee_use=use)
        for form, field in ((BOOKS, "flow"), (JOURNAL, "credit")) if case.has(form) and form not in case.large
        for use in (AS_INCOME, AS_BUDGET_INCOME)
    ]  # fmt: skip
    if all(each.value is None for each in sums):
        return lacking(BOOKS)
    found = [
        (form, field, each)
        for form, field in ((BOOKS, "flow"), (JOURNAL, "credit")) if case.has(form)
        for use in (AS_INCOME, AS_BUDGET_INCOME) for each in case.chosen(form, fee_use=use)
    ]  # fmt: skip
    if found:
        case.suspects["fees-not-income"] = source_place(case, found[0][0], found[0][2].index, found[0][1])
    top = next((form for form, _, each in found if each.text("fee_use") == AS_INCOME), None)
    for form, field, each in found:
        if form == top and each.text("fee_use") == AS_INCOME and (cell := own_cell(case, form, each.index, field)):
            name = " ".join(filter(None, (each.text("code"), each.text("subject"))))
            accounts, reason = (name, f"2307 其他应付款-{each.text('item')}"), f"代收费记成了收入：{each.text('item')}"
            evidence, place = each.text("summary") or "见科目余额表", source_place(case, form, each.index, field)
            case.adjustments.append(entry(reason, accounts, Amount(cell.text, _value(cell)), evidence, place))
        cell = own_cell(case, form, each.index, field) if form == BOOKS else None
        if each.text("fee_use") == AS_BUDGET_INCOME and cell:
            name = " ".join(filter(None, (each.text("code"), each.text("subject"))))
            reason, evidence = f"代收费记成了预算收入：{each.text('item')}", "往来款不是预算收入，也不进资金结存"
            accounts, place = (name, FUND), source_place(case, form, each.index, field)
            amount = Amount(cell.text, _value(cell))
            case.adjustments.append(entry(reason, accounts, amount, evidence, place, book=BUDGETARY))
    known = [each for each in sums if each.value is not None]
    untreated = [item for item in _items(case) if setting_of(case, item) is None] if case.has(FEES) else []
    lacks = [unset("fee_treatment", f"：{'、'.join(f'“{each}”' for each in untreated)}")] if untreated else []
    return Amount(
        f"MAX({','.join(each.text for each in known)})", max(each.value or Decimal(0) for each in known), tuple(lacks)
    )


def _misused(case: Case) -> Amount:
    """Give what 代收 paid of the school's running costs, or gave to its income."""
    if not case.has(JOURNAL) or JOURNAL in case.large:
        return lacking(JOURNAL)
    found = [each for use in (AS_RUNNING, TURNED) for each in case.chosen(JOURNAL, fee_use=use)]
    if found:
        case.suspects["fees-not-spent-by-school"] = source_place(case, JOURNAL, found[0].index, "debit")
    return add_amounts(case.sum(JOURNAL, "debit", fee_use=use) for use in (AS_RUNNING, TURNED))
