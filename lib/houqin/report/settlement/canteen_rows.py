"""What the canteen's rows are for the year end: income or expense, by which item, on which basis; opening and closing.

The statement says income and cost (accrual): its heads give the net, the items below them the table. The journal says
money in and out (cash): refunds of meals lessen the income, money that only moves is neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.account.outline import OF_WHICH, Line, bare_text, children_of, depth_of, heads_of, is_income, is_result
from houqin.report.posts.canteen_lines import NEITHER, line_of
from houqin.report.settlement.case import OWN_YEAR
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

CASH, STATEMENT, STOCK, MEALS, FOOD = "canteen_journal", "canteen_statement", "food_stock", "meal_fee", "food_receipt"
BOOKS, JOURNAL, BANK = "trial_balance", "journal", "bank_statement"
INCOME, EXPENSE = "收入", "支出"
PUPILS, STAFF, FISCAL, SUBSIDY, GIFTS, INTEREST, OTHER_IN = (
    "学生伙食费", "教职工伙食费", "财政补助", "学校补助", "捐赠", "利息", "其他收入",
)  # fmt: skip
FOODS, FUEL, WATER, WAGES, SUPPLIES, REPAIRS, FINANCE, OTHER_OUT, REPAID = (
    "食材", "燃料", "水电", "人工", "低值易耗品", "维修、检测、折旧", "利息、手续费", "其他支出", "还学校代垫",
)  # fmt: skip
PARTS: Mapping[str, tuple[str, ...]] = {
    INCOME: (PUPILS, STAFF, FISCAL, SUBSIDY, GIFTS, INTEREST, OTHER_IN),
    EXPENSE: (FOODS, FUEL, WATER, REPAID, WAGES, SUPPLIES, REPAIRS, FINANCE, OTHER_OUT),
}
OWED_BY_CANTEEN, GIVEN_TO_CANTEEN, FROM_CANTEEN, NET_BOOKED = "应收食堂", "补助食堂", "向食堂收的", "食堂净收入"
_OF_LINE = {
    "二1 菜品": FOODS, "二2 米面油": FOODS, "二3 调味品": FOODS, "二4 其他物料": SUPPLIES, "二5 燃气": FUEL,
    "二6 水电": WATER, "二7 工资": WAGES, "四2 工资": WAGES, "四3 社保": WAGES, "四4 维修": REPAIRS,
    "四5 折旧": REPAIRS, "五1 利息收入": FINANCE, "五2 手续费": FINANCE,
}  # fmt: skip
_STAFF = re.compile(r"教职工|教师|职工|老师|员工就餐|员工餐")
_BACK = re.compile(r"退.{0,14}(餐|伙食|就餐|饭)|(餐费|伙食费|就餐费|饭费).{0,6}退")
_SCHOOL = re.compile(r"应付学校|还学校|学校代垫|归还代垫")
_MOVED = re.compile(r"保证金|押金|备用金|借款|代扣代缴")
_TESTS = re.compile(r"检测|检验|体检|健康证")
_CANTEEN = re.compile(r"食堂|伙食")
_SUBSIDISED = re.compile(r"补助|补贴|补充经费|拨款")
OWN_ACCOUNT = re.compile(r"食堂|伙食|膳食|餐厅")
_MONTHS = 12


def bank_rows(case: Case) -> list[Record]:
    """Give the year's rows of the bank statement that is the canteen's own, by owner, account, file or sheet."""
    sources = case.ledgers[BANK].sources if case.has(BANK) else None
    return [] if sources is None else [
        each for each in case.chosen(BANK, own_year=1)
        if OWN_ACCOUNT.search("".join(
            (each.text("owner"), each.text("account"), str(sources["file"].iloc[each.index]),
             str(sources["sheet"].iloc[each.index]))
        ))
    ]  # fmt: skip


def with_cash(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the canteen's journal with `part`, `cash_in`, `cash_out`; rows of another year have none of them."""
    made = []
    for each in records:
        values: dict[str, object] = {"part": None, "cash_in": None, "cash_out": None}
        if each.values.get(OWN_YEAR) != 0:
            values = _cash(each)
        made.append(replace(each, values={**each.values, **values}))
    return made


def _cash(record: Record) -> dict[str, object]:
    account, summary = canonical_text(record.text("account")), canonical_text(record.text("summary"))
    income, expense = record.number("income"), record.number("expense")
    text = f"{account}　{summary}"
    if income:
        line = line_of(account, summary, takes_in=True)
        part = "" if line == NEITHER or _MOVED.search(text) else _income_part(text, line)
        return {"part": part or None, "cash_in": income if part else None, "cash_out": None}
    if not expense:
        return {"part": None, "cash_in": None, "cash_out": None}
    if _BACK.search(summary) or (account and "餐费" in account and "退" in summary):
        return {"part": STAFF if _STAFF.search(text) else PUPILS, "cash_in": -expense, "cash_out": None}
    if _SCHOOL.search(text):
        return {"part": REPAID, "cash_in": None, "cash_out": expense}
    line = line_of(account, summary, takes_in=False)
    part = "" if line == NEITHER or _MOVED.search(text) else _expense_part(text, line)
    return {"part": part or None, "cash_in": None, "cash_out": expense if part else None}


# What tells an income, the surest first
_INCOMES = (
    (_STAFF, STAFF), (re.compile(r"捐"), GIFTS), (re.compile(r"利息|结息"), INTEREST),
    (re.compile(r"学校.{0,8}(补|拨)|(补|拨).{0,6}学校"), SUBSIDY),
    (re.compile(r"补助|补贴|补充经费|拨款|财政"), FISCAL), (re.compile(r"餐|伙食"), PUPILS),
)  # fmt: skip


def _income_part(text: str, line: str) -> str:
    told = next((part for words, part in _INCOMES if words.search(text)), OTHER_IN)
    return PUPILS if told == OTHER_IN and line.startswith("一") else told


def _expense_part(text: str, line: str) -> str:
    if line in _OF_LINE:
        return _OF_LINE[line]
    return REPAIRS if _TESTS.search(text) else OTHER_OUT


def with_statement(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the statements with `year_value`, `head_role` on what makes the net, `part` and `part_role` on the items."""
    sources = case.ledgers[STATEMENT].sources
    places = list(zip(sources["file"], sources["sheet"], sources["row"], strict=True))
    own = [each for each in records if not each.pending and each.values.get(OWN_YEAR) != 0]
    by_month: dict[str, list[Record]] = defaultdict(list)
    for each in own:
        by_month[each.text("date")[:7]].append(each)
    last = max(by_month, default="")
    whole = len(by_month) < _MONTHS and any(each.number("year_amt") is not None for each in by_month.get(last, ()))
    columns: dict[int, dict[str, object]] = {}
    for month, rows in by_month.items():
        if whole and month != last:
            continue
        ordered = sorted(rows, key=lambda each: (str(places[each.index][0]), str(places[each.index][1]),
                                                 int(places[each.index][2]), each.index))  # fmt: skip
        _mark(columns, ordered, "year_amt" if whole else "month_amt")
    nothing: dict[str, object] = {"year_value": None, "head_role": None, "part": None, "part_role": None}
    return [replace(each, values={**each.values, **nothing, **columns.get(each.index, {})}) for each in records]


def statement_cell(name: str, record: Record, letters: Mapping[str, str], row: int) -> str | None:
    """Give the formula of the year's amount: of the month, or of the year so far in the last month."""
    if name != "year_value":
        return None
    value = record.values.get("year_value")
    field = "month_amt" if record.values.get("month_amt") == value and "month_amt" in letters else "year_amt"
    return f"{letters[field]}{row}" if field in letters else None


def _mark(columns: dict[int, dict[str, object]], rows: Sequence[Record], field: str) -> None:
    """Mark one month's items: heads with their role, the items below them (or themselves) with their part."""
    lines = [Line(n, text, depth_of(text), each.text("section"))
             for n, each in enumerate(rows) for text in (canonical_text(each.text("item")),)]  # fmt: skip
    heads = heads_of(lines)
    with_income = any(is_income(head) for head in heads)
    for head in heads:
        if head.record is None or rows[head.record].number(field) is None:
            continue
        role = INCOME if (is_income(head) if with_income else _says_income(head.text)) else EXPENSE
        at = next(n for n, line in enumerate(lines) if line.record == head.record)
        below = [each for each in children_of(lines, at) if _counts(each, rows, field)]
        if any(OF_WHICH.match(bare_text(each.text)) for each in below):
            below = []
        _put(columns, rows, head.record, field)["head_role"] = role
        for each in below or [head]:
            if each.record is not None:
                cells = _put(columns, rows, each.record, field)
                cells["part"], cells["part_role"] = _part(bare_text(each.text), head.text, role), role


def _counts(line: Line, rows: Sequence[Record], field: str) -> bool:
    return line.record is not None and not is_result(line.text) and rows[line.record].number(field) is not None


def _put(columns: dict[int, dict[str, object]], rows: Sequence[Record], at: int, field: str) -> dict[str, object]:
    record = rows[at]
    return columns.setdefault(record.index, {"year_value": record.number(field)})


def _says_income(text: str) -> bool:
    return bool(re.search(r"收入|伙食费$|餐费$|就餐$|补助|捐赠", text)) and "支出" not in text


def _part(text: str, head: str, role: str) -> str:
    if role == INCOME:
        return _income_part(text, "一" if "伙食" in text or "餐" in text else "")
    if "财务" in head or "利息" in text:
        return FINANCE
    return _expense_part(text, line_of(text, "", takes_in=False))


def with_food(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the food's months with what is the year's opening and closing, and each month's movements of the year."""
    own = [each for each in records if not each.pending and each.values.get(OWN_YEAR) != 0]
    months = sorted({each.text("date")[:7] for each in own})
    first, last = (months[0], months[-1]) if months else ("", "")
    made = []
    for each in records:
        month, is_own = each.text("date")[:7], each.values.get(OWN_YEAR) != 0
        made.append(replace(each, values={
            **each.values,
            "at_open": each.number("open_amt") if is_own and month == first else None,
            "at_close": each.number("close_amt") if is_own and month == last else None,
            "year_in": each.number("in_amt") if is_own else None,
            "year_out": each.number("out_amt") if is_own else None,
        }))  # fmt: skip
    return made


def with_eaters(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give prepaid meals with `who`: 学生 or 教职工."""
    return [
        replace(each, values={
            **each.values, "who": "教职工" if _STAFF.search(f"{each.text('class')}{each.text('plan')}") else "学生",
        })
        for each in records
    ]  # fmt: skip


def accounts_with_canteen(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give a trial balance with `inner` on the last accounts between school and canteen."""
    return [replace(each, values={**each.values, "inner": _inner(each) or None}) for each in records]


def _inner(record: Record) -> str:
    code, name = record.text("code"), f"{record.text('subject')}{record.text('aux')}"
    if record.values.get("leaf") != 1 or not _CANTEEN.search(name):
        return ""
    if code.startswith(("1218", "1212")):
        return OWED_BY_CANTEEN
    if code.startswith("4"):
        return NET_BOOKED if "净收入" in name else FROM_CANTEEN
    return GIVEN_TO_CANTEEN if code.startswith("5") and _SUBSIDISED.search(name) else ""


def journal_with_canteen(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the school's journal with `inner` on what it gave to its canteen as cost."""
    made = []
    for each in records:
        text = f"{each.text('summary')}{each.text('subject')}{each.text('project')}"
        is_given = (
            each.text("code").startswith("5") and bool(each.number("debit")) and each.values.get(OWN_YEAR) != 0
            and bool(_CANTEEN.search(text)) and bool(_SUBSIDISED.search(each.text("summary")))
        )  # fmt: skip
        made.append(replace(each, values={**each.values, "inner": GIVEN_TO_CANTEEN if is_given else None}))
    return made


def with_received(_case: Case, records: Sequence[Record]) -> list[Record]:
    """Give food received with its amount where it came in the year."""
    made = []
    for each in records:
        amount = each.number("amount") if each.values.get(OWN_YEAR) != 0 else None
        made.append(replace(each, values={**each.values, "year_in": amount}))
    return made


