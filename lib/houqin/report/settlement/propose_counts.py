"""Entries for what the counts found: goods and assets over and short, by way of 1902 待处理财产损溢, then on approval.

财会〔2017〕25号: goods found over go to 单位管理费用 on approval, assets of earlier years to 以前年度盈余调整; what is
missing goes to 资产处置费用. No cash moves, so there is no budgetary entry. What the books did already is not proposed.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import Amount, add_amounts
from houqin.report.settlement.entry import APPROVED, Adjustment, Side, Task, entry
from houqin.report.settlement.keyed import own_cell, source_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Place
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

GOODS, ASSETS, CARDS, CHANGES, JOURNAL = (
    "stocktake", "asset_stocktake", "asset_register", "asset_change", "journal",
)  # fmt: skip
PENDING = "1902 待处理财产损溢—待处理财产价值"
STOCK, COST, DEPRECIATION, DISPOSAL = "1302 库存物品", "1601 固定资产", "1602 固定资产累计折旧", "5301 资产处置费用"
MANAGING, EARLIER = "5101 单位管理费用", "3501 以前年度盈余调整"
NO_BUDGET = "不动钱，不做预算会计分录"
MOST = 10  # goods of one direction that get an entry each; beyond, one entry for all
ENTERED = frozenset({"盘盈", "盘亏", "处置", "调出"})  # a change of that kind was entered for the card already
CENT = Decimal("0.005")


def propose_goods(case: Case) -> None:
    """Propose entries for the goods that the count found over or short, unless the books have them already."""
    gaps: list[tuple[Record, Amount]] = [each for each in case.kept.get("count_gaps", ()) if each[1].value]
    if not gaps:
        return
    if case.school.inventory.get("accounting") != "存货核算":
        for record, amount in gaps:
            word = "盘盈" if (amount.value or 0) > 0 else "盘亏"
            reason = f"{word}：{_named(record)}，更正备查账" + ("" if word == "盘盈" else "，查明原因报批")
            said = "购入即列支，库存不在账上，不做会计分录"
            case.tasks.append(Task(reason, _size(amount), said, _counted(case, record)))
        return
    booked, close, whole = case.line("inventory_booked").value, case.line("gd_close").value, case.line("ct_gap").value
    apart = None if booked is None or close is None else booked - close
    if apart is not None and whole is not None and apart and abs(apart - whole) < CENT:
        return  # the books are already at what was counted
    if apart is None and not case.has(JOURNAL):
        return  # nothing tells whether it is in the books
    gaps = _unbooked(case, gaps)
    rest = sum((amount.value or Decimal(0) for _, amount in gaps), Decimal(0))
    is_plain = apart is None or whole is None or abs(whole - apart - rest) < CENT
    doubt = "" if is_plain else f"；账上存货和收发存已差 {apart:,.2f} 元，先看是不是记过一部分"
    for sign, word in ((1, "盘盈"), (-1, "盘亏")):
        own = [each for each in gaps if (each[1].value or 0) * sign > 0]
        for reason, amount, record in _split(own, word):
            _goods_entries(case, reason, amount, record, doubt, is_gain=sign > 0)


def _unbooked(case: Case, gaps: Sequence[tuple[Record, Amount]]) -> list[tuple[Record, Amount]]:
    """Leave out what the journal has against 1902 already: good by good, or as the only sum that comes to it."""
    left = list(gaps)
    vouchers: dict[tuple[str, str], list[Record]] = {}
    for each in case.chosen(JOURNAL):
        vouchers.setdefault((each.text("date"), each.text("voucher")), []).append(each)
    for lines in vouchers.values():
        if any(each.text("code").startswith(PENDING[:4]) for each in lines):
            for each in lines:
                if each.text("code").startswith(STOCK[:4]):
                    moved = (each.number("debit") or Decimal(0)) - (each.number("credit") or Decimal(0))
                    chosen = _making(left, moved)
                    left = [gap for n, gap in enumerate(left) if n not in chosen]
    return left


def _making(gaps: Sequence[tuple[Record, Amount]], moved: Decimal) -> frozenset[int]:
    """Give which gaps come to an amount together: the smallest such set, where there is but one."""
    own = [n for n, (_, amount) in enumerate(gaps) if (amount.value or 0) * moved > 0]
    for size in range(1, len(own) + 1 if len(own) <= MOST else 2):
        found = [
            chosen for chosen in itertools.combinations(own, size)
            if sum((gaps[n][1].value or Decimal(0) for n in chosen), Decimal(0)) == moved
        ]  # fmt: skip
        if found:
            return frozenset(found[0]) if len(found) == 1 else frozenset()
    return frozenset()


def _split(own: Sequence[tuple[Record, Amount]], word: str) -> list[tuple[str, Amount, Record]]:
    if len(own) <= MOST:
        return [(f"{word}：{_named(record)}", _size(amount), record) for record, amount in own]
    total = add_amounts(_size(each) for _, each in own)
    names = "、".join(_named(record) for record, _ in own[:3])
    return [(f"{word}：{names}等 {len(own)} 种", total, own[0][0])]


def _goods_entries(  # noqa: PLR0913  (an entry)
    case: Case, reason: str, amount: Amount, record: Record, doubt: str, *, is_gain: bool
) -> None:
    place = _counted(case, record)
    why = record.text("reason")
    evidence = f"库存盘点表{f'，原因：{why}' if why else '，原因待查'}；{NO_BUDGET}{doubt}"
    first, then = ((STOCK, PENDING), (PENDING, MANAGING)) if is_gain else ((PENDING, STOCK), (DISPOSAL, PENDING))
    case.adjustments.append(entry(reason, first, amount, evidence, place))
    after = "按管理权限报批的文件；有责任人赔款、保险赔款、残值的另记" if not is_gain else "按管理权限报批的文件"
    case.adjustments.append(entry(reason, then, amount, after, place, when=APPROVED))


def propose_assets(case: Case) -> None:
    """Propose entries for the assets that the count found over or missing and that nobody entered yet."""
    cards = {each.text("asset_no"): each for each in case.chosen(CARDS) if each.text("asset_no")}
    done = {each.text("asset_no") for each in case.chosen(CHANGES) if each.text("change_type") in ENTERED}
    for record, gain, loss in case.kept.get("asset_gaps", ()):
        number = record.text("asset_no")
        if number and number in done:
            continue
        name = f"{record.text('asset_name')}{f'（{number}）' if number else ''}"
        if loss.value:
            _loss(case, record, name, loss, cards.get(number))
        elif gain.value:
            _gain(case, record, name, gain)
        elif (record.number("real_qty") or 0) > (record.number("book_qty") or 0):
            place = source_place(case, ASSETS, record.index, "real_qty")
            case.tasks.append(Task(f"盘盈：{name}没有金额", Amount("0", Decimal(0)), "先评估作价，再建卡、记账", place))


def _loss(case: Case, record: Record, name: str, loss: Amount, card: Record | None) -> None:
    place = source_place(case, ASSETS, record.index, "loss_amt")
    worn, note = _worn(case, record, loss, card)
    value = loss - worn if worn is not None else loss
    sides = [Side(PENDING, debit=value)] if value.value else []
    sides += [Side(DEPRECIATION, debit=worn)] if worn is not None and worn.value else []
    sides.append(Side(COST, credit=loss))
    why = record.text("reason")
    evidence = f"资产清查盘点表{f'，原因：{why}' if why else '，原因待查'}{note}；{NO_BUDGET}"
    reason = f"盘亏：{name}"
    case.adjustments.append(Adjustment(reason, tuple(sides), evidence, place))
    if value.value:
        after = "按管理权限报批的文件；批准后销卡，赔款、残值另记"
        case.adjustments.append(entry(reason, (DISPOSAL, PENDING), value, after, place, when=APPROVED))


def _worn(case: Case, record: Record, loss: Amount, card: Record | None) -> tuple[Amount | None, str]:
    """Give the depreciation of what is missing: the count's, else the card's; of a part of a batch its share."""
    book, real = record.number("book_qty"), record.number("real_qty")
    if book and real:
        return None, "；只少了一批里的几件，它们的累计折旧请按卡片分出来，先按原值列"
    for form, own, field in ((ASSETS, record, "book_dep"), (CARDS, card, "acc_dep")):
        cell = own_cell(case, form, own.index, field) if own is not None else None
        if cell is not None and Decimal(cell.value) <= (loss.value or 0):
            return Amount(cell.text, Decimal(cell.value)), ""
    return None, "；没有写累计折旧，先按原值列，记账前补上"


def _gain(case: Case, record: Record, name: str, gain: Amount) -> None:
    place = source_place(case, ASSETS, record.index, "gain_amt")
    reason, evidence = f"盘盈：{name}", f"资产清查盘点表；先建卡；{NO_BUDGET}"
    case.adjustments.append(entry(reason, (COST, PENDING), gain, evidence, place))
    after = "按管理权限报批的文件；以前年度取得的按前期差错，本年取得的改按取得方式记"
    case.adjustments.append(entry(reason, (PENDING, EARLIER), gain, after, place, when=APPROVED))


def _named(record: Record) -> str:
    return "".join(record.text(name) for name in ("name", "spec"))


def _size(amount: Amount) -> Amount:
    return amount if (amount.value or 0) >= 0 else -amount


def _counted(case: Case, record: Record) -> Place:
    return source_place(case, GOODS, record.index, "real_qty")
