"""Breaks in the store room and in the asset register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from example_year.breaks import breaks
from example_year.stock import LOST

if TYPE_CHECKING:
    from example_year.spoilt import Spoilt, Spot


# ---- 物资 ----


@breaks("按日期发出的比库里多", "8.4-6", "stock-negative", check="goods-as-valued")
def stock_below_zero(it: Spoilt) -> Spot:
    """The purchases of a good are dated after it was drawn: the year adds up, the days do not."""
    for row in it.all("stock_in", name="备课本"):
        it.put(row, "in_date", date(2025, 12, 29))
    issues = sorted(it.all("stock_issue", name="备课本"), key=lambda w: w.values["out_date"])  # type: ignore[arg-type, return-value]
    left = it.find("stock_balance", name="备课本").values["open_qty"]
    for issue in issues:
        left -= issue.values["qty"]  # type: ignore[operator]
        if left < 0:
            return issue.file, issue.sheet, issue.cell("qty")
    raise AssertionError("never below zero")


@breaks("入库登记漏了一笔", "C-9", "tie-out-mismatch", check="receipts-equal-in", follows="receipts-amount", leaves="goods-as-valued")
def receipt_missed(it: Spoilt) -> Spot:
    """Goods that are in the balance were never entered as received."""
    it.drop(it.find("stock_in", name="硒鼓"))
    row = it.find("stock_balance", name="硒鼓")
    return row.file, row.sheet, row.cell("in_qty")


@breaks("领用登记多记了", "C-9", "tie-out-mismatch", check="issue-equals-out", leaves="goods-as-valued")
def issue_not_in_balance(it: Spoilt) -> Spot:
    """More was drawn than the balance says went out."""
    it.add(it.find("stock_issue", name="拖把"), "qty", 10)
    row = it.find("stock_balance", name="拖把")
    return row.file, row.sheet, row.cell("out_qty")


@breaks("收发存结存算错", "8.4-6", "balance-mismatch", follows="stocktake-starts-from-the-books")
def stock_closing_wrong(it: Spoilt) -> Spot:
    """Opening, in and out give another quantity: a zero too many."""
    row = it.find("stock_balance", name="扫帚")
    return it.put(row, "close_qty", row.values["close_qty"] * 10)  # type: ignore[operator]


@breaks("结存是负数", "8.4-6", "negative", follows="stocktake-starts-from-the-books", leaves="goods-as-valued")
def stock_negative_at_the_end(it: Spoilt) -> Spot:
    """More went out than was ever there."""
    row = it.find("stock_balance", name="洗手液")
    it.put(row, "out_qty", row.values["open_qty"] + row.values["in_qty"] + 4)  # type: ignore[operator]
    return it.put(row, "close_qty", -4)


@breaks("数量乘单价不等于金额", "C-9", "amount-mismatch", check="receipts-amount", follows="goods-as-valued")
def tenfold_amount(it: Spoilt) -> Spot:
    """A zero too many."""
    row = it.find("stock_in", name="84消毒液")
    return it.put(row, "amount", row.values["amount"] * 10)  # type: ignore[operator]


@breaks("同一张发票入库两次", "C-9", "duplicate", follows="receipts-amount", leaves="goods-as-valued")
def receipt_entered_twice(it: Spoilt) -> Spot:
    """The same goods on the same invoice again, under another number."""
    row = it.find("stock_in", name="A3复印纸")
    file, sheet, at = it.repeat(row, doc_no="RK022899")
    return file, sheet, f"{row.cell('invoice')[0]}{at}"


@breaks("固定资产当消耗品入库", "C-9", "capitalise", follows="receipts-amount", leaves="goods-as-valued")
def asset_as_consumable(it: Spoilt) -> Spot:
    """A shredder of 1,280 元 among the office goods."""
    row = it.find("stock_in", name="硒鼓")
    it.put(row, "name", "碎纸机")
    it.put(row, "qty", 1)
    it.put(row, "amount", Decimal(1280))
    return it.put(row, "price", 1280)


@breaks("盘点账面数不是结存数", "C-9", "tie-out-mismatch", check="stocktake-starts-from-the-books")
def stocktake_from_other_numbers(it: Spoilt) -> Spot:
    """The stocktake begins with a number that is not in the books."""
    row = it.find("stocktake", name="长尾夹")
    it.add(row, "real_qty", 12)
    return it.add(row, "book_qty", 12)


@breaks("盘亏没有原因", "C-9", "reason-missing")
def loss_without_reason(it: Spoilt) -> Spot:
    """What is missing is not explained."""
    return it.put(it.find("stocktake", name=next(iter(LOST))), "reason", None)


@breaks("盘亏算错", "C-9", "stocktake-mismatch")
def loss_wrong(it: Spoilt) -> Spot:
    """The loss is not book less count."""
    return it.put(it.find("stocktake", name="垃圾袋"), "loss_qty", 30)


@breaks("盘亏没有入账", "C-9", check="goods-as-booked")
def stocktake_loss_not_booked(it: Spoilt) -> Spot:
    """1302 still holds what the stocktake found missing; the cost was never taken."""
    lost = it.find("trial_balance", code="1902").values["dr"]
    row = it.find("trial_balance", code="1302")
    it.add(row, "cr", -lost)  # type: ignore[operator]
    for name in ("dr", "cr"):
        it.put(it.find("trial_balance", code="1902"), name, None)
    surplus = it.find("trial_balance", code="3001")
    it.add(surplus, "cr", lost)  # type: ignore[arg-type]
    it.add(surplus, "close_cr", lost)  # type: ignore[arg-type]
    for code in ("3301", "3302"):
        for name in ("dr", "cr"):
            if code == "3302":
                it.add(it.find("trial_balance", code=code), name, lost)  # type: ignore[arg-type]
    it.put(it.find("trial_balance", code="5301"), "dr", None)
    it.put(it.find("trial_balance", code="5301"), "cr", None)
    return it.add(row, "close_dr", lost)  # type: ignore[arg-type]


# ---- 固定资产 ----


@breaks("资本性支出没有建卡", "C-9", "tie-out-mismatch", check="new-cards-are-registered",
        follows="asset-additions-as-booked assets-as-booked capital-to-cards dep-charge-as-booked depreciation-as-booked every-card-counted-once")
def spending_without_card(it: Spoilt) -> Spot:
    """Microscopes were bought and listed as new, one has no card."""
    card = it.find("asset_register", asset_name="生物显微镜")
    it.drop(card)
    row = it.find("asset_change", asset_no=card.values["asset_no"])
    return row.file, row.sheet, row.cell("asset_no")


@breaks("建卡没有付款", "C-9", "tie-out-mismatch", check="assets-as-booked", follows="asset-additions-as-booked every-card-counted-once")
def card_without_spending(it: Spoilt) -> Spot:
    """A card that no voucher booked: the register holds more than 1601."""
    row = it.all("asset_register")[-1]
    file, sheet, at = it.repeat(row, asset_no="ZC202500999", seq=None, voucher=None, invoice=None)
    return file, sheet, f"{row.cell('asset_no')[0]}{at}"


@breaks("已报废的卡片还在提折旧", "C-9", "tie-out-mismatch", check="depreciation-as-booked", follows="assets-as-booked every-card-counted-once")
def removed_card_depreciated(it: Spoilt) -> Spot:
    """A scrapped card came back into the register with all of its depreciation."""
    gone = it.find("asset_disposal")
    row = it.find("asset_register", asset_name="A4黑白打印机")
    file, sheet, at = it.repeat(row, asset_no=gone.values["asset_no"], seq=None, cost=gone.values["cost"], price=gone.values["cost"], acc_dep=gone.values["acc_dep"], net=Decimal(0),
              acquire_date=gone.values["acquire_date"], book_date=gone.values["acquire_date"])  # fmt: skip
    return file, sheet, f"{row.cell('asset_no')[0]}{at}"


@breaks("一张卡片的折旧提错", "C-9", "depreciation-mismatch", check="depreciation-as-booked")
def depreciation_wrong(it: Spoilt) -> Spot:
    """A year too much on one card."""
    row = it.find("asset_register", asset_name="复印机")
    it.add(row, "acc_dep", Decimal(-2750))
    it.add(row, "net", Decimal(2750))
    return row.file, row.sheet, row.cell("acc_dep")


@breaks("卡片原值打错", "C-9", "amount-mismatch", check="assets-as-booked", follows="asset-opening-as-booked dep-charge-as-booked dep-opening-as-booked openings-carry-on")
def cost_typed_wrong(it: Spoilt) -> Spot:
    """Quantity by price is another number."""
    return it.add(it.find("asset_register", asset_name="文件柜"), "cost", Decimal(900))


@breaks("资产编号重号", "C-9", "duplicate", follows="every-card-counted-once openings-carry-on")
def card_numbered_twice(it: Spoilt) -> Spot:
    """Two cards of one number; the second is named."""
    rows = it.all("asset_register", asset_name="饮水机")
    return it.put(rows[1], "asset_no", rows[0].values["asset_no"])


@breaks("漏盘一张卡片", "C-9", "tie-out-mismatch", check="every-card-counted-once")
def card_not_counted(it: Spoilt) -> Spot:
    """A card of the register is not in the stocktake."""
    row = it.find("asset_stocktake", asset_name="触控一体机")
    it.drop(row)
    card = it.find("asset_register", asset_no=row.values["asset_no"])
    return card.file, card.sheet, card.cell("asset_no")


@breaks("盘亏的资产写成相符", "C-9", "stocktake-mismatch", check="stocktake-settled")
def lost_asset_called_right(it: Spoilt) -> Spot:
    """Nothing was found, and the result says 相符."""
    row = it.find("asset_stocktake", asset_name="饮水机")
    for name in ("real_cost", "real_dep", "real_net"):
        it.put(row, name, None)
    it.put(row, "real_qty", 0)
    it.put(row, "loss_qty", 1)
    return row.file, row.sheet, row.cell("pl_type")


@breaks("处置了账上没有的资产", "C-9", "tie-out-mismatch", check="disposed-cards-are-registered", leaves="dep-charge-as-booked dep-opening-as-booked")
def disposal_of_nothing(it: Spoilt) -> Spot:
    """A number that neither the register nor the changes know."""
    return it.put(it.find("asset_disposal"), "asset_no", "ZC199900001")


@breaks("增减变动表期末算错", "8.4-6", "balance-mismatch")
def roll_wrong(it: Spoilt) -> Spot:
    """Opening, more and less give another closing."""
    return it.add(it.find("asset_change", class_name="设备"), "close_cost", Decimal(4380))


@breaks("310 付款没有卡片也没有变动", "8.4-6", check="capital-to-cards", follows="cashbook-as-executed claims-booked project-in-cashbook spent-as-centre")
def capital_spending_unexplained(it: Spoilt) -> Spot:
    """A payment for air conditioners that nothing in the register stands for."""
    row = it.find("cashbook", lambda v: "空调机6台" in str(v["summary"]))
    it.put(row, "invoice", "25372000000199999999")
    it.put(row, "voucher", "记-77")
    return it.add(row, "expense", Decimal(7080))


@breaks("收发存金额接不上", "C-7", check="goods-roll", follows="goods-as-booked goods-as-valued")
def amounts_do_not_roll(it: Spoilt) -> Spot:
    """The quantities agree, the closing amount is 90 above opening, in and out."""
    return it.add(it.find("stock_balance", name="扫帚"), "close_amt", Decimal(90))


def _nothing_lost(it: Spoilt) -> None:
    """Count what the books say: a school that expenses its goods has nothing left to settle."""
    for row in it.all("stocktake"):
        for name in ("qty", "amt"):
            it.put(row, f"real_{name}", row.values[f"book_{name}"])
        for name in ("loss_qty", "gain_qty", "loss_amt", "gain_amt", "reason"):
            if name in row.columns:
                it.put(row, name, None)


@breaks("备查账的盘亏没有处理", "C-9", check="count-settled", given=_nothing_lost, settings={"accounting": "购入即列支"})
def loss_not_settled(it: Spoilt) -> Spot:
    """Three bags are missing of goods that were expensed when bought."""
    row = it.find("stocktake", name="长尾夹")
    it.add(row, "real_qty", -3)
    it.add(row, "real_amt", Decimal("-1.50"))
    return row.file, row.sheet, row.cell("real_qty")
