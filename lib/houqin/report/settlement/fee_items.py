"""Which fee item a row is about, and whether its money was taken for the school's own: 代收 is 往来, no income.

An item is known by its name in the fee table or the settings; an account or a reason is its own where it says that name
(of several names the longest). 代收 that stands in an income account, or pays running costs, is marked on its row.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.records import plain_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.school import FeeItem

FEES, RECEIPTS, DEBTS, BOOKS, JOURNAL = "fee", "receipt_book", "payables", "trial_balance", "journal"
PASSED_ON, CANTEEN = "代收代付", "食堂"
AS_INCOME, AS_BUDGET_INCOME, AS_RUNNING, TURNED = "代收列收入", "代收列预算收入", "代收付公用支出", "代收转作收入"
HELD_CODES = ("2307", "2103")  # 其他应付款, 应缴财政款
_PARTS = re.compile(r"[-－—/\\>＞|]+")
_NET = re.compile(r"食堂净|并账")
_RUNNING = re.compile(
    r"办公|维修|修理|水费|电费|水电|取暖|绿化|招待|接待|培训|差旅|工资|奖金|福利|津贴|补贴|劳务|保洁|保安|物业|"
    r"设备|空调|桌椅|电脑|打印|宽带|话费|体检|慰问|广告|宣传|燃油|租车"
)
_GIVEN_BACK = re.compile(r"退|清退|返还|上缴|缴")
_MONEY_FIELDS = ("open", "collected", "spent", "refund", "left", "due")


def items_of(case: Case) -> tuple[str, ...]:
    """Give the fee items with money, in the order of the fee table, then those of the settings."""
    if "fee_items" not in case.kept:
        rows = (each for each in case.records.get(FEES, ()) if any(each.number(name) for name in _MONEY_FIELDS))
        names = [each.text("fee_item") for each in rows] + [each.item for each in case.school.fee_items]
        case.kept["fee_items"] = tuple({plain_name(name): name for name in reversed(names) if name}.values())[::-1]
    made: tuple[str, ...] = case.kept["fee_items"]
    return made


def setting_of(case: Case, item: str) -> FeeItem | None:
    """Give what the settings say of an item."""
    return next((each for each in case.school.fee_items if plain_name(each.item) == plain_name(item)), None)


def item_of(text: str, items: Sequence[str]) -> str:
    """Give the item that a text names: the whole of it, else the longest one within it; '' where none is.

    >>> item_of("其他应付款-代收作业本费", ["作业本费", "校服费"]), item_of("保证金", ["作业本费"])
    ('作业本费', '')
    """
    plain = plain_name(text)
    within = [each for each in items if plain_name(each) and plain_name(each) in plain]
    return max(within, key=len, default="")


def with_fees(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the fee table with `item`, `treatment`, `due_amt` (what should come in), `set_gap` (above the settings)."""
    return [replace(each, values={**each.values, **_fee(case, each)}) for each in records]


def _fee(case: Case, record: Record) -> Mapping[str, object]:
    item = item_of(record.text("fee_item"), items_of(case)) if record.text("fee_item") else ""
    setting = setting_of(case, item)
    persons, waived = record.number("persons"), record.number("waived") or Decimal(0)
    standard, due = record.number("standard"), record.number("due")
    if due is None and persons is not None and standard is not None:
        due = persons * standard
    more = None
    if setting is not None and setting.standard is not None and persons is not None and standard is not None:
        more = persons * (standard - setting.standard)
    return {
        "item": item or None, "treatment": setting.treatment if setting else None,
        "due_amt": None if due is None else due - waived, "set_gap": more,
    }  # fmt: skip


def fee_cell(name: str, record: Record, letters: Mapping[str, str], row: int) -> str | None:
    """Give the formula of what should have come in, over its own row."""
    if name != "due_amt":
        return None
    waived = f"-SUM({letters['waived']}{row})" if "waived" in letters else ""
    if record.number("due") is not None:
        return f"{letters['due']}{row}{waived}"
    return f"{letters['persons']}{row}*{letters['standard']}{row}{waived}"


def with_items(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give receipts with their `item`."""
    return _with(case, records, "fee_item")


def debts_with_items(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give 往来款 with the `item` that the reason names."""
    return _with(case, records, "reason")


def _with(case: Case, records: Sequence[Record], field: str) -> list[Record]:
    items = items_of(case)
    return [
        replace(each, values={**each.values, "item": item_of(each.text(field), items) or None}) for each in records
    ]  # fmt: skip


def accounts_with_items(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give a trial balance with `item` on the last accounts of 往来 and income, `fee_use` where 代收 is income."""
    named = {_PARTS.split(each.account)[-1].strip(): each.item for each in case.school.fee_items if each.account}
    items = items_of(case)
    made = []
    for each in records:
        code, name = each.text("code"), f"{each.text('subject')}{each.text('aux')}".strip()
        item = ""
        if each.values.get("leaf") == 1 and code.startswith((*HELD_CODES, "4", "6")):
            item = named.get(name) or item_of(name, items)
        use = _income_use(case, code, name, item) if each.values.get("flow") else None
        made.append(replace(each, values={**each.values, "item": item or None, "fee_use": use}))
    return made


def _income_use(case: Case, code: str, name: str, item: str) -> str | None:
    """Tell 代收 in an income account; fees for the treasury come back as income, the canteen's net is none of it."""
    setting = setting_of(case, item) if item else None
    if setting is None or setting.treatment not in {PASSED_ON, CANTEEN} or _NET.search(name):
        return None
    return {"4": AS_INCOME, "6": AS_BUDGET_INCOME}.get(code[:1])


def journal_with_items(case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the journal with `item` and `fee_use`: 代收 entered as income, turned into it, or paying running costs."""
    items = items_of(case)
    into_income = {
        (each.text("date"), each.text("voucher"))
        for each in records if each.text("code").startswith("4") and each.number("credit")
    }  # fmt: skip
    made = []
    for each in records:
        code, summary = each.text("code"), each.text("summary")
        account = f"{each.text('subject')}{each.text('project')}"
        item, use = "", None
        if code.startswith(HELD_CODES):
            item = item_of(account, items)
            if item and each.number("debit"):
                use = _held_use(each, item, (each.text("date"), each.text("voucher")) in into_income)
        elif code.startswith(("4", "6")) and each.number("credit"):
            item = item_of(f"{account}　{summary}", items)
            use = _income_use(case, code, f"{account}{summary}", item)
        made.append(replace(each, values={**each.values, "item": item or None, "fee_use": use}))
    return made


def _held_use(record: Record, item: str, into_income: bool) -> str | None:  # noqa: FBT001  (of the voucher)
    summary = record.text("summary")
    if into_income and not _GIVEN_BACK.search(summary):
        return TURNED
    is_own = plain_name(item) in plain_name(summary) or _GIVEN_BACK.search(summary)
    return AS_RUNNING if not is_own and _RUNNING.search(summary) else None
