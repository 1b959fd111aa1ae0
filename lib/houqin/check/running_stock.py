"""Stock that went out before it came: the running balance of each good in date order, over opening, in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.account.goods import Good, food_of, goods_of
from houqin.account.stock import AVERAGE
from houqin.check.view import ledger_place
from houqin.exact import plain
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.stock import Valued
    from houqin.model import Ledger
    from houqin.school import School

_QTY = 3


def store_goods(ledgers: Mapping[str, Ledger], school: School | None) -> list[Good]:
    """Gather the goods of the store room with their movements; none where only balances are there."""
    # Balances alone say nothing of days: without receipts and issues there is nothing to follow.
    moves = "stock_in" in ledgers or "stock_issue" in ledgers
    return goods_of(ledgers, school.goods_aliases if school else {}) if moves else []


def check_running_stock(ledgers: Mapping[str, Ledger], goods: Sequence[Good]) -> list[Finding]:
    """Tell, once a good, where more had gone out than was there; how the stock is valued plays no part.

    Judged only where receipts and issues, row by row, are those that the balance sums up: where some are missing or of
    another period, the tie-outs tell that, and a running balance of the rest would say nothing. What is negative in
    the end is told at the balance itself.
    """
    findings = []
    for good in [*goods, *food_of(ledgers)]:
        is_food = good.balance is not None and good.balance.form == "food_stock"
        if not is_food and not good.is_complete:
            continue
        short = good.valued(AVERAGE).shortages
        if short and good.moved_in_all >= 0:
            findings.append(_told(ledgers, good, short[0], len(short)))
    return findings


def _told(ledgers: Mapping[str, Ledger], good: Good, line: Valued, count: int) -> Finding:
    move = line.movement
    day = f"{move.day} " if move.day else ""
    more = f"这样的共 {count} 笔。" if count > 1 else ""
    message = (
        f"“{good.name}”{day}领出 {plain(move.qty, _QTY)} 时，按日期顺序库里只有 "
        f"{plain(max(move.qty - line.short, 0), _QTY)}，少 {plain(line.short, _QTY)}。{more}"
        "请看是入库登记晚了、日期写错，还是数量写错；期末结存不受影响。"
    )
    field = "out_qty" if move.form == "food_stock" else "qty"
    place = ledger_place(ledgers[move.form], field, move.row)
    return Finding(
        "stock-negative", Level.QUESTION, message, place, found=plain(move.qty, _QTY), form=move.form, field=field
    )  # fmt: skip
