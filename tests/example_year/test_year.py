"""The example's fiscal year: as made, read right, silent, and agreeing with itself from every side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from example_year.assets import accumulated_by
from example_year.make_year import SCHOOL, make_year
from example_year.model import yuan
from example_year.office import letters

from houqin.account.assets import roll_forward, total_of
from houqin.account.bridge import bridge_spending
from houqin.account.carry import YEAR, breaks
from houqin.account.goods import food_of, goods_of
from houqin.account.rows import rows_of
from houqin.account.stock import value_stock
from houqin.exact import plain
from houqin.forms import load_lives
from houqin.model import Level
from houqin.read import read_settings
from houqin.school import load_school
from houqin.values import canonical_text

FIRST, LAST = "2025-01-01", "2025-12-31"
# Sums are carried in each sheet's own way: what a record's cell holds beside its value is nobody's truth.
_DAY = len("2025-01-01")


@pytest.fixture(scope="module")
def balances(result):
    """Give opening, debit, credit and closing of each account as read from the trial balance, debit positive."""
    found = {}
    for row in rows_of(result.ledgers, "trial_balance"):
        names = ("open_dr", "open_cr", "dr", "cr", "close_dr", "close_cr")
        od, oc, debit, credit, cd, cc = (row.number(name) or 0 for name in names)
        found[row.text("code")] = (od - oc, debit, credit, cd - cc)
    return found


def test_the_committed_folder_is_what_the_maker_makes(tmp_path):
    """Seeded: the same bytes each time, on the machine that committed them and here."""
    make_year(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(SCHOOL): path.read_bytes() for path in SCHOOL.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(kept)
    # The settings are laid out by the program, whose look may change; what they say may not.
    assert [str(path) for path in made if made[path] != kept[path] and path.name != "学校设置.xlsx"] == []
    assert replace(load_school(tmp_path, read_settings), folder=SCHOOL) == load_school(SCHOOL, read_settings)


def test_the_school_is_an_example(school):
    """So each workbook made of it says so."""
    assert school.is_example
    assert school.inventory == {"cost_method": "移动加权平均", "accounting": "存货核算"}


def test_every_sheet_is_the_form_that_it_is(result, office):
    """No unknown table, none passed over, none taken for another form."""
    assert {file.status for file in result.files} == {"read"}
    found = {(match.table.path, match.table.grid.sheet): match.form for match in result.matches}
    assert len(found) == len(result.matches)
    assert found == {(each.file, each.sheet): each.form for each in office.written}


def test_every_record_is_read_right(result, office, forms):
    """Each record written is one record read, each of its fields from its own cell, to the fen."""
    tables = {(table.path, table.sheet): table for table in result.tables}
    assert sum(len(table.frame) for table in tables.values() if table.form != "meal_daily") == sum(
        each.form != "meal_daily" for each in office.written
    )
    wrong = []
    for each in office.written:
        if each.form == "meal_daily":
            continue
        table = tables[each.file, each.sheet]
        at = {int(span[0]): record for record, span in enumerate(table.spans)}
        for name in each.columns:
            value, field = each.values.get(name), forms.by_id[each.form].field(name)
            if name == "seq":
                continue
            if (each.form, name) == ("claim_register", "subject"):
                value = str(value).split()[1]  # code and name in one cell become two fields
            cell = table.frame[name].iloc[at[each.row]]
            read = None if cell is None or cell is pd.NA else plain(int(cell), field.scale) if field.is_number else canonical_text(cell)
            if read != _said(value, number=field.is_number):
                wrong.append((each.file, each.cell(name), read, value))
    assert wrong == []


def test_meals_are_read_day_by_day(result, year):
    """The matrix of each month gives each class's lunches of each day, in the year of the title."""
    read = {(row.text("date"), row.text("class")): row.number("lunch") for row in rows_of(result.ledgers, "meal_daily")}
    assert read == {(day.isoformat(), name): count for (day, name), count in year.canteen.counts.items()}


def test_nothing_is_asked_of_a_year_that_is_right(result):
    """No 必须改, no 请确认, no 提醒: at most what is said for information."""
    assert [(f.level, f.code, f.message) for f in result.findings if f.level != Level.INFO] == []


def test_all_tie_outs_that_have_both_sides_agree(result):
    """And those of money, goods, assets and the canteen have both."""
    assert [each.id for each in result.tie_outs if each.verdict == "不符"] == []
    agreed = {each.id for each in result.tie_outs if each.verdict == "通过"}
    assert agreed >= {
        "issue-equals-out", "receipts-equal-in", "receipts-amount", "stocktake-starts-from-the-books", "electricity-as-paid", "water-as-paid",
        "meals-by-price-are-the-income", "food-received-is-stocked", "food-received-is-paid", "food-used-is-the-cost", "prepaid-is-banked",
        "price-as-approved", "cashbook-as-executed", "budget-as-initial", "bank-as-booked", "canteen-bank-as-journal", "quota-paid-as-executed", "quota-issued-as-full",
        "quota-paid-as-income", "payables-as-booked", "receivables-as-booked", "fee-as-receipted", "fee-as-payable", "works-as-paid",
        "claims-are-booked", "claims-as-booked", "assets-as-booked", "depreciation-as-booked", "spending-as-booked", "every-card-counted-once",
        "book-quantity-as-registered", "disposed-cards-are-registered", "new-cards-are-registered", "assets-roll-to-the-register",
    }  # fmt: skip


def test_assets_roll_forward_to_the_books(result, balances):
    """Cost and depreciation, opening to closing, equal 1601 and 1602 of the trial balance."""
    rolls = roll_forward(result.ledgers, load_lives(), FIRST, LAST)
    assert {(roll.difference, roll.dep_difference, roll.dep_blank) for roll in rolls} == {(0, 0, 0)}
    whole = total_of(rolls)
    opening, more, less, closing = balances["1601"]
    assert (whole.opening, whole.additions, whole.disposals, whole.closing) == (opening, more, less, closing)
    opening, less, more, closing = balances["1602"]
    assert (whole.dep_opening, whole.dep_charge, whole.dep_removed, whole.dep_closing) == (-opening, more, less, -closing)


def test_capital_spending_leads_to_the_cards(result):
    """Works, transfers, gifts, last year's card and software explain all of the way from 310xx to new cards."""
    bridge = bridge_spending(result.ledgers, FIRST, LAST)
    assert (bridge.unexplained, all(line.is_explained for line in bridge.lines)) == (0, True)
    assert {line.title for line in bridge.lines} == {"自建转入", "调拨", "捐赠", "以前年度建卡本年付款", "在建工程", "软件等无形资产"}


def test_the_budget_leads_to_the_surplus(result, balances):
    """本年预算结余 and the differences of both bases, each from the journal, give 本年盈余 with nothing left over."""
    moved = defaultdict(int)
    for row in rows_of(result.ledgers, "journal"):
        if "结转本年" not in row.text("summary") and "转入" not in row.text("summary"):
            moved[row.text("code")[:4], row.text("voucher"), row.text("date")] += (row.number("debit") or 0) - (row.number("credit") or 0)
    vouchers = defaultdict(dict)
    for (code, voucher, day), amount in moved.items():
        if voucher.startswith("记"):
            vouchers[voucher, day][code] = amount
    spent_not_cost = sum(v.get(c, 0) for v in vouchers.values() if "4001" in v for c in ("1302", "1601", "1613", "1701", "2302"))
    cost_not_spent = sum(a for v in vouchers.values() if "4001" not in v for c, a in v.items() if c[0] == "5")
    income_not_budget = -sum(v.get("4603", 0) for v in vouchers.values())
    surplus = balances["3302"][1]
    budget = balances["6001"][2] + balances["6602"][2] - balances["7201"][1]
    assert budget == yuan(2080.15)
    assert budget + income_not_budget + spent_not_cost - cost_not_spent == surplus


def test_cash_less_what_is_owed_is_what_the_budget_holds(balances):
    """货币资金 - 代收、应缴、保证金 + 代垫 = 资金结存."""
    held = sum(balances[code][3] for code in ("1002", "2103", "2307", "1218"))
    assert held == balances["8001"][3] == -balances["8202"][3]


def test_stock_is_worth_what_the_books_say(result, school, balances):
    """Moving average over every receipt and issue; less what the stocktake lost, it is 1302."""
    values = [value_stock(good.movements, "移动加权平均") for good in goods_of(result.ledgers, school.goods_aliases)]
    worth = sum(each.closing[1] for each in values)
    closing = sum(row.number("close_amt") or 0 for row in rows_of(result.ledgers, "stock_balance"))
    lost = balances["1902"][1]
    assert worth == closing == balances["1302"][3] + lost
    assert all(not each.shortages for each in values)
    assert all(not value_stock(food.movements, "移动加权平均").shortages for food in food_of(result.ledgers))


def test_prepaid_meals_are_a_liability_that_rolls(result, year):
    """期初预收 + 收 - 按实际就餐确认 - 退 = 期末预收, by class and in the journal."""
    rows = rows_of(result.ledgers, "meal_fee")
    opening, paid, due, back, left = (sum(row.number(n) or 0 for row in rows) for n in ("open", "prepaid", "due", "refund", "carry"))
    assert opening + paid - due - back == left
    assert back == -sum(row.amount for row in year.canteen.cash if row.summary.startswith("退"))
    assert due == sum(line["pupils"] for line in year.canteen.statement)


def test_the_canteen_balances(year):
    """Bank and food = prepaid meals, what is owed to the school, and what its net income built up."""
    canteen = year.canteen
    first, last = (sum(m.open_amount for m in canteen.months if m.month == 1), sum(m.amount for m in canteen.months if m.month == 12))
    before, after = sum(p.opening for p in canteen.prepaid.values()), sum(p.carry for p in canteen.prepaid.values())
    bank = canteen.closing - sum(row.amount for row in canteen.cash)
    water = year.books.opened("1218"), year.books.balance("1218")
    assert (canteen.closing + last - after - water[1]) - (bank + first - before - water[0]) == canteen.net


def test_last_year_closes_as_this_year_opens(year, office, result, before):
    """Account by account, debt by debt, class by class, good by good; scrapped cards were fully depreciated."""
    ends = {row.text("code"): (row.number("close_dr") or 0) - (row.number("close_cr") or 0) for row in before["trial_balance"]}
    opens = {row.text("code"): (row.number("open_dr") or 0) - (row.number("open_cr") or 0) for row in rows_of(result.ledgers, "trial_balance")}
    assert {code: amount for code, amount in ends.items() if amount} == {code: amount for code, amount in opens.items() if amount}
    for carried in YEAR:
        if carried.form in before:
            assert list(breaks(carried, rows_of(result.ledgers, carried.form), before[carried.form])) == []
    assert sum(year.books.opening.values()) == 0
    assert all(accumulated_by(card, "2024-12") == card.cost for card in year.cards if card.gone)
    assert office.find("trial_balance", code="1002").values["open_dr"] == Decimal(year.books.opened("1002")) / 100


def test_columns_are_lettered_as_excel_does():
    """Past Z come two letters."""
    assert [letters(n) for n in (1, 26, 27, 52, 53)] == ["A", "Z", "AA", "AZ", "BA"]


def _said(value: object, *, number: bool) -> str | None:
    if value is None:
        return None
    if number:
        return f"{Decimal(str(value)).normalize():f}" if value else "0"
    text = value.isoformat() if isinstance(value, date) else str(value)
    if len(text) == _DAY and text[4] == text[7] == ".":
        text = text.replace(".", "-")
    return canonical_text(text.strip())


def test_the_bank_and_the_books_agree_at_the_end_and_not_on_every_day(year):
    """未达账项 at the ends of months, none at the end of the year: what is on the way has arrived."""
    apart = {}
    for month in range(1, 13):
        end = date(2025, month + 1, 1) if month < 12 else date(2026, 1, 1)
        booked = sum(row.amount for row in year.bank if row.day < end)
        apart[month] = booked - sum(row.amount for row in year.bank if row.cleared < end)
    assert apart[12] == 0
    assert sum(amount != 0 for amount in apart.values()) >= 2
