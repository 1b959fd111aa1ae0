"""Breaks in 往来款 and 代收费: what is owed, and what was collected for others."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from example_year.breaks import breaks
from example_year.breaks_books import account, add_to

if TYPE_CHECKING:
    from example_year.spoilt import Spoilt, Spot


@breaks("往来余额算错", "8.4-8", "balance-mismatch", check="dues-roll", follows="dues-2307-as-booked")
def debt_does_not_roll(it: Spoilt) -> Spot:
    """Opening, more and less give another balance than the one that is written."""
    return it.add(it.find("payables", reason="塑胶跑道工程履约保证金"), "balance", Decimal(500))


@breaks("其他应收款明细比总账多", "8.4-5", "tie-out-mismatch", check="dues-1218-as-booked")
def claim_not_in_the_ledger(it: Spoilt) -> Spot:
    """The list says that the canteen owes 200 more than the ledger knows."""
    row = it.find("payables", reason="代垫水费")
    it.add(row, "increase", Decimal(200))
    return it.add(row, "balance", Decimal(200))


@breaks("质保金少列了", "8.4-5", check="dues-2302-as-booked")
def retention_too_low(it: Spoilt) -> Spot:
    """The retention of a finished contract stands 595 lower than it was booked."""
    row = it.find("payables", reason="塑胶跑道工程质保金")
    it.add(row, "increase", Decimal(-595))
    return it.add(row, "balance", Decimal(-595))


@breaks("预付账款总账上没有", "8.4-5", check="dues-rest-as-booked")
def advance_not_in_the_ledger(it: Spoilt) -> Spot:
    """The sub-ledger has a sheet 预付账款 with 2,000; the ledger has no such account."""
    row = it.find("payables", reason="外出学习借款")
    source = it.paper(row)
    paper = deepcopy(source)
    paper.name = "预付账款"
    for at, (value, style) in list(paper.cells.items()):
        if isinstance(value, str) and "其他应收款" in value:
            paper.cells[at] = (value.replace("其他应收款", "预付账款"), style)
    it.own(row.file).append(paper)
    own = replace(row, sheet=paper.name)
    for name, value in (("party", "示例网络科技有限公司"), ("reason", "预付网络服务费"), ("date", date(2025, 11, 20)), ("increase", Decimal(2000)),
                        ("decrease", None), ("balance", Decimal(2000))):  # fmt: skip
        it.put(own, name, value)
    it.drop(replace(it.find("payables", reason="代垫水费"), sheet=paper.name))
    return own.file, own.sheet, f"{own.cell('balance')[0]}{own.row - 1}"


@breaks("总账往来年初数改了", "C-4", "carry-mismatch", check="dues-open-as-booked", follows="openings-carry-on")
def ledger_of_debts_opens_otherwise(it: Spoilt) -> Spot:
    """职工借款 opens with 300 in the ledger, with nothing in the list and at last year's end."""
    return add_to(it, "121802", dr=-300, open_dr=300)


@breaks("收费标准与核定的不同", "C-5", check="fees-at-standard")
def fee_above_standard(it: Spoilt) -> Spot:
    """The trip was charged at 88 instead of 85; what was let off makes it come to the same."""
    row = it.find("fee", fee_item="社会实践活动费")
    more = Decimal(row.values["persons"]) * 3  # type: ignore[arg-type]
    it.add(row, "due", more)
    it.add(row, "waived", more)
    return it.put(row, "standard", 88)


@breaks("收费项目没有写明处理", "C-6", check="fees-have-treatment", verdict="? 未核", follows="fees-receipted", leaves="fees-at-standard fees-not-income fees-received")
def fee_without_treatment(it: Spoilt) -> Spot:
    """An item that the settings do not know: where its money goes is asked, and not taken for right."""
    return it.put(it.find("fee", fee_item="社会实践活动费"), "fee_item", "研学服装费")


@breaks("收款记错了项目", "C-5", check="fees-received")
def collected_under_another_item(it: Spoilt) -> Spot:
    """850 for exercise books were entered as the trip's, and given back by the same way."""
    for code, amount in (("23070103", 850), ("23070101", -850)):
        for name in ("dr", "cr"):
            spot = it.add(account(it, code), name, Decimal(amount))
    return spot


@breaks("代收费的付款记错了项目", "C-6", check="fees-as-booked")
def paid_under_another_item(it: Spoilt) -> Spot:
    """500 for the trip were paid out of the uniforms' account."""
    it.add(account(it, "23070103"), "dr", Decimal(-500))
    it.put(account(it, "23070103"), "close_cr", Decimal(500))
    it.add(account(it, "23070102"), "dr", Decimal(500))
    return it.add(account(it, "23070102"), "close_cr", Decimal(-500))
