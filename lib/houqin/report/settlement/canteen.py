"""食堂收支及并账: the canteen's year on both bases, food, prepaid meals; then what the school takes over of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import Finding, Level
from houqin.report.data_sheets import Where
from houqin.report.settlement.amount import NOTHING, Amount, lacking
from houqin.report.settlement.canteen_merge import inner_items, write_merged
from houqin.report.settlement.canteen_rows import (
    BANK,
    CASH,
    EXPENSE,
    FOOD,
    FOODS,
    INCOME,
    MEALS,
    PARTS,
    PUPILS,
    STAFF,
    STATEMENT,
    STOCK,
    SUBSIDY,
    bank_rows,
)
from houqin.report.settlement.case import Made
from houqin.report.settlement.keyed import below, noted_lines, own_cell, source_place, write_keyed
from houqin.report.settlement.lines import sheet_head
from houqin.report.settlement.months import bank_is_late
from houqin.report.settlement.unset import merging_unset
from houqin.report.summary_case import write_note
from houqin.workbook import CENTER, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Link, Sheet

SHEET = "食堂收支及并账"
FORMS = (CASH, STATEMENT, STOCK, FOOD, MEALS)
MONTHS = 12
ITEMS = (
    Col("序", CENTER, 5), Col("项目", WRAPPED, 34), Col("公示表（权责发生制）", MONEY, 18, "sum"),
    Col("日记账（收付实现制）", MONEY, 16, "sum"), Col("差额", MONEY, 14, "sum"), Col("台账的行", CENTER, 16),
)  # fmt: skip
EATERS = (
    Col("序", CENTER), Col("谁的餐费", WRAPPED), Col("年初预收", MONEY, 0, "sum"),
    Col("本年预收（含补交）", MONEY, 0, "sum"), Col("就餐确认", MONEY, 0, "sum"),
    Col("退费", MONEY, 0, "sum"), Col("应余", MONEY, 15, "sum"),
    Col("表上结转", MONEY, 15, "sum"), Col("差额", MONEY, 12, "sum"),
)  # fmt: skip
# Lines that are plain sums over a column of a data sheet: form, column, conditions
SUMS: Mapping[str, tuple[str, str, dict[str, str | int]]] = {
    "canteen_income": (STATEMENT, "year_value", {"head_role": INCOME}),
    "canteen_expense": (STATEMENT, "year_value", {"head_role": EXPENSE}),
    "canteen_cash_in": (CASH, "cash_in", {}),
    "canteen_cash_out": (CASH, "cash_out", {}),
    "canteen_cash_subsidy": (CASH, "cash_in", {"part": SUBSIDY}),
    "canteen_pupils": (STATEMENT, "year_value", {"part": PUPILS, "part_role": INCOME}),
    "canteen_staff": (STATEMENT, "year_value", {"part": STAFF, "part_role": INCOME}),
    "canteen_staff_cash": (CASH, "cash_in", {"part": STAFF}),
    "canteen_received": (CASH, "income", {"part": PUPILS}),
    "canteen_refunds": (CASH, "expense", {"part": PUPILS}),
    "food_open": (STOCK, "at_open", {}),
    "food_bought": (STOCK, "year_in", {}),
    "food_used": (STOCK, "year_out", {}),
    "food_close": (STOCK, "at_close", {}),
    "food_received": (FOOD, "year_in", {}),
    "food_paid": (CASH, "cash_out", {"part": FOODS}),
    "food_cost": (STATEMENT, "year_value", {"part": FOODS, "part_role": EXPENSE}),
    "meal_open": (MEALS, "open", {}),
    "meal_used": (MEALS, "due", {}),
    "meal_refund": (MEALS, "refund", {}),
    "meal_close": (MEALS, "carry", {}),
}
# Where to look first: of a check, the form and column of the largest row
SUSPECTS: Mapping[str, tuple[str, str, dict[str, str | int]]] = {
    "canteen-food-rolls": (STOCK, "close_amt", {}),
    "canteen-food-cost": (STATEMENT, "month_amt", {"part": FOODS}),
    "canteen-prepaid-banked": (CASH, "income", {"part": PUPILS}),
    "canteen-refunds-paid": (CASH, "expense", {"part": PUPILS}),
    "canteen-income-as-eaten": (STATEMENT, "month_amt", {"part": PUPILS}),
    "canteen-staff-apart": (CASH, "income", {"part": STAFF}),
    "canteen-net-two-ways": (STATEMENT, "month_amt", {"head_role": EXPENSE}),
    "canteen-items": (STATEMENT, "month_amt", {"head_role": EXPENSE}),
}
# The lines as they are read; each refers to those before it alone
GROUPS: Mapping[str, tuple[str, ...]] = {
    "一、并入学校的净额": (
        "canteen_income", "canteen_expense", "canteen_profit", "canteen_subsidy", "canteen_charged", "canteen_net",
        "canteen_cash_in", "canteen_cash_out", "canteen_cash_subsidy", "canteen_budget_net",
    ),
    "二、学生、教职工伙食费": (
        "canteen_pupils", "canteen_staff", "canteen_staff_cash", "canteen_refunds", "canteen_received",
    ),
    "三、食材": (
        "food_open", "food_bought", "food_used", "food_close", "food_received", "food_paid", "food_cost",
    ),
    "四、预收餐费": ("meal_open", "meal_paid", "meal_used", "meal_refund", "meal_close"),
    "五、食堂的家底": (
        "canteen_bank_open", "canteen_bank", "canteen_bank_rolled", "canteen_bank_statement", "canteen_owed_open",
        "canteen_owed", "canteen_suppliers", "canteen_net_open", "canteen_net_close", "canteen_items", "inner_gap",
    ),
}  # fmt: skip
NO_BANK = "收件箱里没有食堂专户的《银行对账单》（账号、户名、文件名里有“食堂”的）"
NOT_MERGED = "学校设置写的不是“年末并账”，不列合并数"
ASKED = {
    "不并账": "学校设置“财务”里写的是不并账，但没有填“不并账的依据”。请填文件名称和文号，没有依据的应当年末并账。",
    "委托经营": "学校设置写的是委托经营：食堂收支是经营单位的，不并入学校。请核实食堂由谁经营、收到的表是谁的账。",
    "": "学校设置“财务”里没有填食堂怎样并账（年末并账、不并账、委托经营），并账未核。请问会计后填好再运行。",
}


def write_canteen(case: Case, sheet: Sheet) -> None:
    """Fill 食堂收支及并账: items, prepaid meals, the canteen's own balance, what is cancelled, what is merged."""
    rules = case.rules.of_sheet(SHEET)
    top = sheet_head(case, sheet, SHEET, _mode(case), FORMS)
    made = _made(case)
    groups = [(heading, [rule for rule in rules if rule.id in ids]) for heading, ids in GROUPS.items()]
    row = _items(case, sheet, below(top, *(len(own) for _, own in groups)))
    row = _eaters(case, sheet, row)
    row = inner_items(case, sheet, row, made)
    for heading, own in groups:
        for rule in own:
            if rule.made:
                case.made[rule.id] = Made(made.get(rule.id) or lacking(*_needs(case)), _rows_of(case, rule.id))
        top = noted_lines(case, sheet, top, own, heading, len(EATERS))
    row = write_merged(case, sheet, row, made)
    for name in ("merged_income", "merged_budget_income", "merged_assets", "merged_liabilities", "merged_net"):
        case.made[name] = Made(made.get(name) or lacking(merging_unset(case) or NOT_MERGED))
    noted_lines(case, sheet, row, [rule for rule in rules if rule.id.startswith("merged_")], "并账后", len(EATERS))
    _suspects(case)


def _rows_of(case: Case, line: str) -> Link | None:
    """Give the link to the rows that a line adds up."""
    if line not in SUMS:
        return None
    form, field, where = SUMS[line]
    return case.link(form, [each for each in case.chosen(form, **where) if each.values.get(field)])


def _needs(case: Case) -> list[str]:
    return [form for form in FORMS if not case.has(form)]


def _mode(case: Case) -> str:
    """Say how the canteen is merged; ask where nobody said, where there is no ground, or where another runs it."""
    mode, ground = case.school.accounting.get("consolidation"), case.school.accounting.get("consolidation_ground")
    has_any = any(case.has(form) for form in FORMS)
    if mode == "年末并账":
        return "年末并账：收入支出各并一行净额，资产负债逐行并，并以前抵销学校和食堂之间的事项（财会〔2018〕20号）。"
    if mode == "不并账" and ground:
        return f"不并账，依据：{ground}。下面的数供核对，不并入学校的决算。"
    asked = ASKED.get(str(mode), ASKED[""])
    if has_any:
        places = [source_place(case, form, 0) for form in FORMS if case.has(form) and case.chosen(form)]
        found = Finding("canteen-consolidation", Level.QUESTION, asked, places[0] if places else None)
        case.found.append(found)
    return asked


def _made(case: Case) -> dict[str, Amount]:
    made = {name: case.sum(form, field, **where) for name, (form, field, where) in SUMS.items()}
    made["meal_paid"] = case.sum(MEALS, "prepaid")
    if case.filled(MEALS, "topup"):
        made["meal_paid"] += case.sum(MEALS, "topup")
    opening, closing = _ends(case)
    made["canteen_bank_open"], made["canteen_bank"] = opening, closing
    made["canteen_bank_rolled"] = opening + case.sum(CASH, "income", own_year=1) - case.sum(CASH, "expense", own_year=1)
    late = bank_is_late(case, canteen=True)
    made["canteen_bank_statement"] = _at_the_bank(case).resting((), [late] if late else [])
    made["canteen_suppliers"] = made["food_received"] - made["food_paid"]
    made["canteen_items"] = case.sum(STATEMENT, "year_value", part_role=INCOME) - case.sum(
        STATEMENT, "year_value", part_role=EXPENSE
    )
    return made


def _ends(case: Case) -> tuple[Amount, Amount]:
    """Give the canteen's money before the first entry of the year and after the last, from the running balance."""
    rows = [each for each in case.chosen(CASH, own_year=1) if each.number("balance") is not None]
    if not rows:
        return lacking(CASH), lacking(CASH)
    sources = case.ledgers[CASH].sources
    places = list(zip(sources["file"], sources["sheet"], sources["row"].astype(int), strict=True))
    rows.sort(key=lambda each: (each.text("date"), places[each.index]))
    first, last = rows[0], rows[-1]
    case.suspects["canteen-cash-rolls"] = source_place(case, CASH, last.index, "balance")
    case.suspects["canteen-bank"] = source_place(case, CASH, last.index, "balance")
    opening = _cell(case, first, "balance") - _cell(case, first, "income") + _cell(case, first, "expense")
    return opening, _cell(case, last, "balance")


def _cell(case: Case, record: Record, field: str) -> Amount:
    cell = own_cell(case, CASH, record.index, field)
    return Amount(cell.text, record.number(field) or Decimal(0)) if cell else NOTHING


def _at_the_bank(case: Case) -> Amount:
    """Give the closing balance of the bank statement that is the canteen's own, by owner, account, file or sheet."""
    if not case.has(BANK):
        return lacking(NO_BANK)
    own = [each for each in bank_rows(case) if each.number("balance") is not None]
    if not own:
        return lacking(NO_BANK)
    sources = case.ledgers[BANK].sources
    last = max(own, key=lambda each: (each.text("date"), int(sources["row"].iloc[each.index])))
    cell = own_cell(case, BANK, last.index, "balance")
    return Amount(cell.text, last.number("balance")) if cell else lacking(BANK)


def _items(case: Case, sheet: Sheet, top: int) -> int:
    """Write income and expense by item, on both bases side by side."""
    months = {each.text("date")[:7] for each in case.chosen(STATEMENT) if each.values.get("year_value") is not None}
    row = top
    if case.has(STATEMENT) and len(months) != MONTHS:
        text = f"公示表计入本年的有 {len(months)} 个月：{'、'.join(sorted(months))}。"
        row = write_note(sheet, row, len(ITEMS), text)
    for role in (INCOME, EXPENSE):
        rows: list[list[CellValue]] = []
        for part in PARTS[role]:
            cells = _item(case, role, part, row + 2 + len(rows))
            if any(isinstance(each, Formula) and each.value for each in cells[:2]):
                link = case.link(STATEMENT, case.chosen(STATEMENT, part=part, part_role=role)) or case.link(
                    CASH, case.chosen(CASH, part=part)
                )
                rows.append([len(rows) + 1, part, *cells, link])
        _, row = write_keyed(sheet, row, f"食堂{role}（按项目）", ITEMS, rows)
    return row


def _item(case: Case, role: str, part: str, row: int) -> list[CellValue]:
    stated: CellValue = None
    paid: CellValue = None
    if case.has(STATEMENT):
        wheres = (Where("part", part, f"$B{row}"), Where("part_role", role, f'"{role}"'))
        stated = case.total(STATEMENT, "year_value", *wheres)
    if case.has(CASH):
        paid = case.total(CASH, "cash_in" if role == INCOME else "cash_out", Where("part", part, f"$B{row}"))
    if stated is None or paid is None:
        return [stated, paid, None]
    gap = Decimal(stated.value) - Decimal(paid.value)  # type: ignore[union-attr]
    return [stated, paid, Formula(f"ROUND(C{row}-D{row},2)", gap)]


def _eaters(case: Case, sheet: Sheet, top: int) -> int:
    """Write prepaid meals of pupils and of staff apart."""
    rows: list[list[CellValue]] = []
    if case.has(MEALS):
        rows = [_eater(case, who, top + 2 + n, n + 1) for n, who in enumerate(_who(case))]
    note = "预收的餐费是负债：按实际就餐确认收入，没有吃的退还或结转。表上没有“上期结转”的，年初未核。"
    _, after = write_keyed(sheet, top, "预收餐费（学生、教职工分开）", EATERS, rows)
    return write_note(sheet, after - 1, len(EATERS), note) + 1


def _who(case: Case) -> list[str]:
    return [who for who in ("学生", "教职工") if case.chosen(MEALS, who=who)]


def _eater(case: Case, who: str, row: int, number: int) -> list[CellValue]:
    where = Where("who", who, f"$B{row}")
    columns = case.data[MEALS].columns

    def total(field: str) -> Formula | None:
        return case.total(MEALS, field, where) if field in columns else None

    opening, used, back, carried = (total(field) for field in ("open", "due", "refund", "carry"))
    paid = total("prepaid")
    if paid is not None and "topup" in columns and (more := total("topup")):
        paid = Formula(f"{paid.text}+{more.text}", Decimal(paid.value) + Decimal(more.value))
    values = [Decimal(each.value) if each else Decimal(0) for each in (opening, paid, used, back)]
    left = Formula(f"ROUND(SUM(C{row}:D{row})-SUM(E{row}:F{row}),2)", values[0] + values[1] - values[2] - values[3])
    gap = None if carried is None else Formula(f"ROUND(G{row}-H{row},2)", Decimal(left.value) - Decimal(carried.value))
    return [number, who, opening, paid, used, back, left, carried, gap]


def _suspects(case: Case) -> None:
    for check, (form, field, where) in SUSPECTS.items():
        own = [each for each in case.chosen(form, **where) if each.values.get(field)]
        if own:
            worst = max(own, key=lambda each: abs(each.values[field]))
            case.suspects.setdefault(check, source_place(case, form, worst.index, field))
    wrong = [each for each in case.chosen(MEALS) if _meal_gap(each)]
    if wrong:
        case.suspects["canteen-prepaid"] = source_place(case, MEALS, wrong[0].index, "carry")


def _meal_gap(record: Record) -> Decimal:
    numbers = [record.number(name) or Decimal(0) for name in ("open", "prepaid", "topup", "due", "refund", "carry")]
    return numbers[0] + numbers[1] + numbers[2] - numbers[3] - numbers[4] - numbers[5]
