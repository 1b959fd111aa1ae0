"""Breaks in the canteen."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from example_year.breaks import breaks

if TYPE_CHECKING:
    from example_year.office import Written
    from example_year.spoilt import Spoilt, Spot


def _item(it: Spoilt, month: int, key: str) -> Written:
    return it.find("canteen_statement", month=month, key=key)


@breaks("预收餐费当作收入", "C-7", "tie-out-mismatch", check="canteen-meals-by-price", follows="canteen-income-as-eaten canteen-net-two-ways")
def prepaid_as_income(it: Spoilt) -> Spot:
    """September's income is what was collected, not what was eaten."""
    more = Decimal(120_000)
    for key in ("income", "profit"):
        for name in ("month_amt", "year_amt"):
            it.add(_item(it, 9, key), name, more)
    it.add(_item(it, 9, "pupils"), "year_amt", more)
    return it.add(_item(it, 9, "pupils"), "month_amt", more)


@breaks("教职工餐费并入学生伙食费", "C-7", "tie-out-mismatch", check="canteen-meals-by-price", follows="canteen-income-as-eaten canteen-staff-apart")
def staff_meals_mixed_in(it: Spoilt) -> Spot:
    """The staff's meals of a month stand among the pupils'."""
    staff = _item(it, 5, "staff")
    amount = staff.values["month_amt"]
    it.put(staff, "month_amt", Decimal(0))
    return it.add(_item(it, 5, "pupils"), "month_amt", amount)  # type: ignore[arg-type]


@breaks("就餐人数多报", "C-7", "tie-out-mismatch", check="canteen-meals-by-price")
def meals_overcounted(it: Spoilt) -> Spot:
    """A class says 100 more lunches in a month than were paid for; the month's income is where it shows."""
    row = it.find("meal_daily", month=10)
    for name in ("d9", "d10", "d11", "d13", "d14"):
        it.add(row, name, 20)
    spot = _item(it, 10, "pupils")
    return spot.file, spot.sheet, spot.cell("month_amt")


@breaks("公示表大项不等于小项之和", "C-7", "sum-mismatch", check="canteen-items", follows="canteen-net-two-ways")
def statement_head_wrong(it: Spoilt) -> Spot:
    """二、食堂支出 is not what its items add up to."""
    return it.add(_item(it, 4, "cost"), "month_amt", Decimal(3600))


@breaks("本年累计接不上", "C-7", "carry-mismatch")
def year_so_far_wrong(it: Spoilt) -> Spot:
    """June's sum of the year is not May's and June's amount."""
    return it.add(_item(it, 6, "gas"), "year_amt", Decimal(270))


@breaks("验收了没有入库", "C-7", "tie-out-mismatch", check="canteen-food-stocked", follows="canteen-food-cost")
def food_not_stocked(it: Spoilt) -> Spot:
    """Received and paid, but less came into stock."""
    row = it.find("food_stock", name="猪后腿肉", month=3)
    it.add(row, "in_qty", -40)
    it.add(row, "out_qty", -40)
    it.add(row, "out_amt", Decimal(-960))
    return it.add(row, "in_amt", Decimal(-960))


@breaks("付的食材款比验收的多", "C-7", "tie-out-mismatch", check="canteen-food-paid")
def food_paid_above_receipts(it: Spoilt) -> Spot:
    """A month's meat was paid 2,000.00 above what was received."""
    rows = it.all("canteen_journal")
    at = next(n for n, w in enumerate(rows) if "付4月猪肉" in str(w.values["summary"]))
    for row in rows[at:]:
        it.add(row, "balance", Decimal(-2000))
    it.add(rows[at], "expense", Decimal(2000))
    return rows[at].file, rows[at].sheet, rows[at].cell("expense")


@breaks("公示的食材支出不是耗用", "C-7", "tie-out-mismatch", check="canteen-food-cost", follows="canteen-net-two-ways")
def food_cost_not_what_was_used(it: Spoilt) -> Spot:
    """November's statement shows what was bought."""
    row = _item(it, 11, "dish")
    for key in ("cost", "dish"):
        it.add(_item(it, 11, key), "month_amt", Decimal(1500))
    it.add(_item(it, 11, "profit"), "month_amt", Decimal(-1500))
    return row.file, row.sheet, row.cell("month_amt")


@breaks("食堂日记账余额不对", "C-7", "balance-mismatch")
def canteen_balance_off(it: Spoilt) -> Spot:
    """One balance does not follow."""
    return it.add(it.all("canteen_journal")[30], "balance", Decimal(90))


@breaks("食堂专户多付了一笔", "C-7", "tie-out-mismatch")
def canteen_account_short(it: Spoilt) -> Spot:
    """The bank took 260.00 on the last day that the journal does not know: outstanding, and asked about."""
    row = it.all("bank_statement", lambda v: "side" in v)[-1]
    left = row.values["balance"] - 260  # type: ignore[operator]
    file, sheet, at = it.repeat(row, side="借", amount=Decimal(260), balance=left, purpose="工本费", serial_no="N25123199999999")
    return file, sheet, f"{row.cell('balance')[0]}{at}"


@breaks("食堂专户对账单从中间断开", "C-7", "balance-mismatch", check="canteen-bank")
def canteen_statement_torn(it: Spoilt) -> Spot:
    """From one row on all balances of the canteen's account are 260 too high: no movement accounts for it."""
    rows = it.all("bank_statement", lambda v: "side" in v)[70:]
    for row in rows:
        it.add(row, "balance", Decimal(260))
    return rows[0].file, rows[0].sheet, rows[0].cell("balance")


@breaks("学校开支在食堂列支", "C-7", "not-allowed-cost", check="canteen-nothing-of-the-school")
def school_cost_in_canteen(it: Spoilt) -> Spot:
    """Office goods of the school paid by the canteen."""
    row = it.find("canteen_journal", lambda v: v["account"] == "其他物料")
    return it.put(row, "summary", "付学校办公用品款")


@breaks("预收餐费存入少了", "C-7", "tie-out-mismatch", check="canteen-prepaid-banked", follows="canteen-net-two-ways")
def prepaid_not_banked(it: Spoilt) -> Spot:
    """Less was put into the account than the classes paid."""
    rows = it.all("canteen_journal")
    at = next(n for n, w in enumerate(rows) if "学生餐费" in str(w.values["summary"]) and w.values["income"] is not None)
    for row in rows[at:]:
        it.add(row, "balance", Decimal(-1300))
    it.add(rows[at], "income", Decimal(-1300))
    return rows[at].file, rows[at].sheet, rows[at].cell("income")


@breaks("预收餐费期末算错", "C-7", "balance-mismatch", check="canteen-prepaid", follows="canteen-net-two-ways")
def prepaid_does_not_roll(it: Spoilt) -> Spot:
    """期初 + 收 - 确认 - 退 is not what is carried on."""
    return it.add(it.all("meal_fee")[4], "carry", Decimal(-65))


@breaks("餐标没有经过核定", "C-7", "tie-out-mismatch", check="price-as-approved", follows="canteen-income-as-eaten canteen-net-two-ways")
def price_not_approved(it: Spoilt) -> Spot:
    """A class was charged 7.00 a meal."""
    row = it.all("meal_fee")[7]
    it.put(row, "due", Decimal(row.values["real_meals"]) * 7)  # type: ignore[arg-type]
    it.add(row, "carry", -Decimal(row.values["real_meals"]) / 2)  # type: ignore[arg-type]
    it.put(row, "unit_price", 7)
    return row.file, row.sheet, row.cell("class")


@breaks("食材单价多打一个零", "C-7", "price-outlier", follows="canteen-food-paid canteen-food-stocked canteen-net-two-ways")
def food_price_tenfold(it: Spoilt) -> Spot:
    """Tofu at ten times its price, the amount following."""
    row = it.find("food_receipt", food="卤水豆腐")
    it.put(row, "amount", row.values["amount"] * 10)  # type: ignore[operator]
    return it.put(row, "price", row.values["price"] * 10)  # type: ignore[operator]


@breaks("食材验收只有一个人", "C-7", "one-signer")
def food_received_by_one(it: Spoilt) -> Spot:
    """Both who received it are the same."""
    row = it.find("food_receipt", food="大米")
    return it.put(row, "checker2", row.values["checker1"])


@breaks("食材结存接不上", "C-7", "balance-mismatch", follows="openings-carry-on")
def food_balance_wrong(it: Spoilt) -> Spot:
    """Opening, bought and used give another quantity."""
    return it.add(it.find("food_stock", name="大米", month=9), "close_qty", 18)


@breaks("食堂日记账从中间断开", "C-7", "balance-mismatch", check="canteen-cash-rolls", follows="canteen-bank canteen-net-two-ways")
def journal_torn(it: Spoilt) -> Spot:
    """From one row on all balances are 90 too high, as where a page was carried wrong."""
    rows = it.all("canteen_journal")[60:]
    for row in rows:
        it.add(row, "balance", Decimal(90))
    return rows[0].file, rows[0].sheet, rows[0].cell("balance")


@breaks("食材耗用金额少记", "C-7", check="canteen-food-rolls", follows="canteen-food-cost")
def food_used_too_low(it: Spoilt) -> Spot:
    """A month's rice was used for 50 less than opening, bought and closing say."""
    return it.add(it.find("food_stock", name="大米", month=5), "out_amt", Decimal(-50))


@breaks("就餐确认的金额算错", "C-7", "amount-mismatch", check="canteen-income-as-eaten", follows="canteen-net-two-ways")
def eaten_wrongly_multiplied(it: Spoilt) -> Spot:
    """Meals by price come to 65 less than what was taken as income, the prepaid rest following."""
    row = it.all("meal_fee")[5]
    it.add(row, "carry", Decimal(-65))
    return it.add(row, "due", Decimal(65))


@breaks("还学校的代垫款记成水电", "8.4-7", check="canteen-inner")
def repayment_as_cost(it: Spoilt) -> Spot:
    """What the canteen gave back to the school stands as its own water bill."""
    row = it.find("canteen_journal", summary="还学校代垫1月水费")
    it.put(row, "account", "水电")
    return it.put(row, "summary", "付1月水费")


@breaks("公示的燃气费不是付的", "8.4-7", check="canteen-net-two-ways")
def gas_not_as_paid(it: Spoilt) -> Spot:
    """May's gas stands 270 higher than what was paid for it."""
    for key in ("cost", "gas"):
        it.add(_item(it, 5, key), "month_amt", Decimal(270))
    it.add(_item(it, 5, "profit"), "month_amt", Decimal(-270))
    row = _item(it, 5, "gas")
    return row.file, row.sheet, row.cell("month_amt")


@breaks("退的餐费少付了", "C-7", check="canteen-refunds-paid", follows="canteen-net-two-ways")
def refund_paid_short(it: Spoilt) -> Spot:
    """A grade got back 100 less than its classes' lists say."""
    rows = it.all("canteen_journal")
    at = next(n for n, w in enumerate(rows) if "未就餐款" in str(w.values["summary"]))
    for row in rows[at:]:
        it.add(row, "balance", Decimal(100))
    it.add(rows[at], "expense", Decimal(-100))
    return rows[at].file, rows[at].sheet, rows[at].cell("expense")


@breaks("教职工餐费公示多了", "C-7", check="canteen-staff-apart", follows="canteen-net-two-ways")
def staff_meals_too_high(it: Spoilt) -> Spot:
    """May's meals of the staff stand 500 above what they paid."""
    for key in ("income", "profit", "staff"):
        it.add(_item(it, 5, key), "month_amt", Decimal(500))
    row = _item(it, 5, "staff")
    return row.file, row.sheet, row.cell("month_amt")
