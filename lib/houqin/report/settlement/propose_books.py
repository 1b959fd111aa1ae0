"""Entries for what the books lack of the assets and of the bank: depreciation, additions, what only the bank has.

Depreciation is compared for the year and for the years before apart: what earlier years did wrong goes to 以前年度盈余
调整. Additions are compared card by card with the debits of 1601, only where the totals differ.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import Amount
from houqin.report.settlement.assets import PREFIX, roll_of
from houqin.report.settlement.bank import kind_of, unbooked
from houqin.report.settlement.bank_books import BANK, moved_cell
from houqin.report.settlement.entry import (
    BUDGETARY,
    CASH,
    COSTS,
    FINANCIAL,
    FUND,
    SPENDING,
    Task,
    entry,
    reversed_if,
)
from houqin.report.settlement.keyed import own_cell, source_place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.account.outstanding import Outstanding
    from houqin.model import Place
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

CARDS, JOURNAL, CASHBOOK, BALANCE = "asset_register", "journal", "cashbook", "trial_balance"
COST, WORN, EARLIER = "1601 固定资产", "1602 固定资产累计折旧", "3501 以前年度盈余调整"
WEAR = "5001 业务活动费用—固定资产折旧费"
RULE = "财会〔2017〕4号：直线法、不留残值，当月增加当月提、当月减少当月不提"
SOURCES = {
    "调拨": "3401 无偿调拨净资产", "统一配备": "3401 无偿调拨净资产", "接受捐赠": "4603 捐赠收入",
    "自建": "1613 在建工程", "盘盈": "1902 待处理财产损溢—待处理财产价值",
}  # fmt: skip
OWED, UNKNOWN_IN, UNKNOWN_OUT = "2302 应付账款", "2307 其他应付款（待查明）", "1218 其他应收款（待查明）"
_INTEREST, _CHARGE = re.compile("利息|结息"), re.compile("手续费|工本费|管理费|服务费|短信|年费")
_CENT = Decimal("0.005")


def propose_depreciation(case: Case) -> None:
    """Propose what the year's depreciation, and that of the years before, is off in the books."""
    blank = sum(roll.dep_blank for roll in roll_of(case))
    for ours, booked, account, what in (
        ("as_dep_charge", "dep_charge_booked", WEAR, f"{case.year} 年折旧"),
        ("as_dep_open", "dep_open_booked", EARLIER, "以前年度折旧"),
    ):
        due, has = case.line(ours), case.line(booked)
        if not (due.is_whole and has.is_whole) or due.value is None or has.value is None:
            continue  # a figure that is only a part is no ground for an entry
        if abs(due.value - has.value) < _CENT:
            continue
        gap = due - has
        is_less = due.value < has.value
        reason = f"{what}{'多' if is_less else '少'}提"
        place = case.source_of(booked)
        if blank:
            said = f"有 {blank} 张卡片没有写累计折旧，没有推算；补齐以后再看差多少"
            case.tasks.append(Task(reason, -gap if is_less else gap, said, place))
            continue
        accounts = reversed_if((account, WORN), is_less=is_less)
        evidence = f"按卡片应提 {due.value:,.2f}，账上 {has.value:,.2f}；{RULE}；不动钱，不做预算会计分录"
        case.adjustments.append(entry(reason, accounts, -gap if is_less else gap, evidence, place))


def propose_additions(case: Case) -> None:
    """Propose what the cards and 1601 of the year lack of each other, where their totals differ."""
    new, booked = case.line("as_add"), case.line("cost_added_booked")
    if new.value is None or booked.value is None or abs(new.value - booked.value) < _CENT:
        return
    if not (new.is_whole and booked.is_whole) or case.doubts.get(JOURNAL):
        return
    cards = [each for each in case.chosen(CARDS) if each.values.get(f"{PREFIX}additions")]
    debits = [each for each in case.chosen(JOURNAL) if each.text("code").startswith("1601") and each.number("debit")]
    if not debits or JOURNAL in case.large:
        gap = new - booked if new.value > booked.value else booked - new
        said = f"新增卡片 {new.value:,.2f}，账上 1601 借方 {booked.value:,.2f}；没有序时账，不能逐笔对"
        case.tasks.append(Task("新增资产的卡片和账不符", gap, said, case.source_of("cost_added_booked")))
        return
    cards, debits = _unpaired(cards, debits)
    for card in cards:
        _capitalise(case, card)
    for each in debits:
        cell = own_cell(case, JOURNAL, each.index, "debit")
        if cell is not None:
            said = f"凭证 {each.text('voucher')}（{each.text('date')}）记了 1601，台账没有卡片：补建卡片，或更正凭证"
            place = source_place(case, JOURNAL, each.index, "debit")
            amount = Amount(cell.text, Decimal(cell.value))
            case.tasks.append(Task(f"已入账未建卡：{each.text('summary')}", amount, said, place))


def _unpaired(cards: Sequence[Record], debits: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Pair cards and debits by voucher of a month, then by an amount that only one of each has."""
    left, right = list(cards), list(debits)
    for by in (_by_voucher, _by_month, _by_amount):
        ours, theirs = _grouped(left, by), _grouped(right, by)
        used: set[int] = set()
        for key in ours.keys() & theirs.keys():
            is_single = len(ours[key]) == len(theirs[key]) == 1
            if _total(ours[key], "cost") == _total(theirs[key], "debit") and (by is not _by_amount or is_single):
                used |= {id(each) for each in (*ours[key], *theirs[key])}
        left = [each for each in left if id(each) not in used]
        right = [each for each in right if id(each) not in used]
    return left, right


def _grouped(rows: Sequence[Record], by: Callable[[Record], str]) -> dict[str, list[Record]]:
    groups: dict[str, list[Record]] = defaultdict(list)
    for each in rows:
        if key := by(each):
            groups[key].append(each)
    return groups


def _by_voucher(each: Record) -> str:
    digits = re.sub(r"\D", "", each.text("voucher")).lstrip("0")
    return f"{_month(each)} {digits}" if digits and _month(each) else ""


def _by_month(each: Record) -> str:
    return _month(each)


def _by_amount(each: Record) -> str:
    return str(each.number("debit") or each.number("cost") or "")


def _month(each: Record) -> str:
    return next((day[:7] for name in ("book_date", "date", "acquire_date") if (day := each.text(name))), "")


def _total(rows: Sequence[Record], field: str) -> Decimal:
    return sum((each.number(field) or Decimal(0) for each in rows), Decimal(0))


def _capitalise(case: Case, card: Record) -> None:
    """Propose to put a card's cost into 1601, by the way it came and by what paid for it."""
    cell = own_cell(case, CARDS, card.index, "cost")
    if cell is None:
        return
    amount, place = Amount(cell.text, Decimal(cell.value)), source_place(case, CARDS, card.index, "cost")
    reason = f"已建卡未入账：{card.text('asset_name')}（{card.text('asset_no')}）"
    how = card.text("acquire_how")
    if how in SOURCES:
        evidence = f"取得方式：{how}；不动钱，不做预算会计分录"
        case.adjustments.append(entry(reason, (COST, SOURCES[how]), amount, evidence, place))
        return
    paid = _payment(case, card)
    if paid is None:
        evidence = "没有找到付款：货到款未付的记应付；付过的请改按付款时记的科目转出"
        case.adjustments.append(entry(reason, (COST, OWED), amount, evidence, place))
        return
    said = f"付款 {paid.text('date')} {paid.text('voucher')}，列在 {paid.text('code')} {paid.text('subject')}"
    case.adjustments.append(entry(reason, (COST, COSTS), amount, f"{said}；达到固定资产标准，不是费用", place))
    if paid.text("code").startswith("302"):
        accounts = (f"{SPENDING}（310 资本性支出）", f"{SPENDING}（{paid.text('code')} {paid.text('subject')}）")
        case.adjustments.append(entry(reason, accounts, amount, f"{said}；经济分类改列", place, book=BUDGETARY))


def _payment(case: Case, card: Record) -> Record | None:
    """Give the payment that the card's invoice or voucher names; an amount alone proves nothing."""
    invoice, voucher = card.text("invoice"), _by_voucher(card)
    return next((
        each for each in case.chosen(CASHBOOK)
        if (invoice and invoice == each.text("invoice")) or (voucher and voucher == _by_voucher(each))
    ), None)  # fmt: skip


def propose_bank(case: Case) -> None:
    """Propose what the bank has and the books lack, once its slip is there; a statement is no voucher."""
    known = {line: case.line(line).is_whole for line in ("bank_theirs_in", "canteen_outstanding")}
    for pool, item in unbooked(case):
        # Where a month of either book is missing all of it looks outstanding.
        if item.move.form != BANK or not known["canteen_outstanding" if pool.is_canteen else "bank_theirs_in"]:
            continue
        record = case.data[BANK].records[item.move.index]
        said = "、".join(text for name in ("summary", "purpose", "counterparty") if (text := record.text(name)))
        field = "amount" if record.number("amount") is not None else "credit" if item.move.amount > 0 else "debit"
        place = source_place(case, BANK, item.move.index, field)
        reason, amount = f"{kind_of(item)}：{said or '没有写摘要'}", moved_cell(case, item.move)
        later = f"；账上 {item.cleared} 已记，要不要调回 {case.year} 年由会计定" if item.cleared else ""
        evidence = f"对账单 {item.move.day}，取得银行回单再记{later}"
        if pool.is_canteen:
            case.tasks.append(Task(f"食堂账：{reason}", amount, f"{evidence}，请食堂会计补记", place))
            continue
        _bank_entries(case, (reason, amount, evidence), said, item, place)


def _bank_entries(case: Case, told: tuple[str, Amount, str], said: str, item: Outstanding, place: Place) -> None:
    reason, amount, evidence = told
    own: tuple[tuple[str, str], ...]
    if item.move.amount > 0:
        if _INTEREST.search(said):
            own = (CASH, _own(case, "4", "4604 利息收入")), (FUND, _own(case, "6", "6609 其他预算收入（利息预算收入）"))
        else:
            own = ((CASH, UNKNOWN_IN),)
            evidence += "；查明以前作往来，不做预算会计分录"
    elif _CHARGE.search(said):
        own = (COSTS, CASH), (f"{SPENDING}（30204 手续费）", FUND)
    else:
        own = ((UNKNOWN_OUT, CASH),)
        evidence += "；查明以前作往来，不做预算会计分录"
    for accounts, book in zip(own, (FINANCIAL, BUDGETARY), strict=False):
        case.adjustments.append(entry(reason, accounts, amount, evidence, place, book=book))


def _own(case: Case, kind: str, usual: str) -> str:
    """Give the school's own account of interest, as its trial balance has it."""
    own = [each for each in case.chosen(BALANCE, code=f"{kind}*", leaf=1) if "利息" in each.text("subject")]
    return f"{own[0].text('code')} {own[0].text('subject').strip()}" if len(own) == 1 else usual

