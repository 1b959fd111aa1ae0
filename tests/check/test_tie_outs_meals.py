"""What the canteen's forms must agree on: each tie-out on a difference, on agreement, and 未核 where one is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from check.tables import make_table

from houqin.check import check_tie_outs
from houqin.forms import load_forms
from houqin.ledger import join_tables

if TYPE_CHECKING:
    from houqin.model import Finding, TieOutResult

FORMS = load_forms()
C1, C2 = "七年级(1)班", "七年级(2)班"
D9, D10 = "2025-10-09", "2025-10-10"
Sheets = dict[str, tuple[str, list[list[object]]]]
DAILY = ("class date lunch", [[C1, D9, 42], [C2, D9, 44], [C1, D10, 41]])
PRICE = ("item cost standard", [["大米", 6.5, 6.5]])


def run(tie_out: str, sheets: Sheets) -> tuple[TieOutResult, list[Finding]]:
    """Make one tie-out between ledgers of literal tables."""
    ledgers = {}
    for name, (columns, rows) in sheets.items():
        form = FORMS[name]
        ledgers[name], _ = join_tables([make_table(form, columns, rows, file=f"{form.title}.xlsx")], form, None)
    chosen = replace(FORMS, tie_outs=tuple(t for t in FORMS.tie_outs if t.id == tie_out))
    (result,), findings = check_tie_outs(ledgers, chosen, None)
    return result, findings


CASES: dict[str, tuple[Sheets, str, str, str]] = {
    # id: tables that differ, the cell, what stands there, the sentence's beginning
    "lunches-within-registered": (
        {"meal_daily": DAILY, "meal_registration": ("class lunch", [[C1, 42], [C2, 43]])},
        "B5", "43", f"{C2}某天午餐报了 44 人，就餐登记表登记 43 人，多 1 人。",
    ),
    "dinners-within-registered": (
        {"meal_daily": ("class date dinner", [[C1, D9, 9], [C1, D10, 12]]),
         "meal_registration": ("class lunch dinner", [[C1, 40, 10]])},
        "C4", "10", f"{C1}某天晚餐报了 12 人，就餐登记表登记 10 人，多 2 人。",
    ),
    "meals-by-price-are-the-income": (
        {"meal_daily": ("class date lunch", [[C1, D9, 28000], [C2, D10, 640]]), "meal_price": PRICE,
         "canteen_statement": ("date item month_amt", [["2025-10", "一、伙食费收入", 189410], ["2025-10", "水电", 5]])},
        "C4", "189410",
        "2025-10 就餐 28,640 人次 × 6.50 元 = 186,160 元，公示表伙食费收入为 189,410 元，多 3,250 元（合 500 人次）。",
    ),
    "food-received-is-stocked": (
        {"food_receipt": ("food amount", [["大米", 2600], ["大米", 1300]]),
         "food_stock": ("name in_amt close_qty", [["大米", 3600, 1]])},
        "B4", "3600", "“大米”采购验收共 3,900 元，收发存本期购进 3,600 元，少 300 元。",
    ),
    "food-received-is-paid": (
        {"food_receipt": ("receipt_date food amount", [[D9, "大米", 2600], [D10, "白菜", 160]]),
         "canteen_journal": ("date summary income expense balance",
                             [[D9, "付大米款", None, 2600, 1], [D10, "付燃气费", None, 160, 1]])},
        "D4", "2600", "2025-10 采购验收共 2,760 元，日记账食材支出 2,600 元，少 160 元。",
    ),
    "food-used-is-the-cost": (
        {"food_stock": ("name open_amt in_amt close_amt close_qty date", [["大米", 100, 2600, 300, 1, "2025-10"]]),
         "canteen_statement": ("date item month_amt", [["2025-10", "2米/油", 2600], ["2025-10", "5燃气", 9000]])},
        "C4", "2600", "2025-10 食材耗用（期初＋购进－结存）2,400 元，公示表食材支出 2,600 元，多 200 元。",
    ),
    "prepaid-is-banked": (
        {"meal_fee": ("class pupil prepaid", [[C1, "甲", 780], [C1, "乙", 780]]),
         "canteen_journal": ("date summary income expense balance", [[D9, "收七年级餐费", 1500, None, 1500]])},
        "C4", "1500", "餐费表预收合计 1,560 元，日记账餐费收入合计 1,500 元，少 60 元。",
    ),
    "price-as-approved": (
        {"meal_fee": ("class pupil unit_price", [[C1, "甲", 6.5], [C1, "乙", 7]]), "meal_price": PRICE},
        "A5", "1", "餐费表有 1 行按每餐 7 元收取，餐标成本测算表里没有这个核定餐标。",
    ),
    "samples-on-supply-days": (
        {"meal_daily": DAILY, "food_sample": ("date dish", [[D9, "红烧肉"]])},
        "C6", "41", f"{D10} 供餐 41 人次，没有留样记录。",
    ),
    "companions-on-supply-days": (
        {"meal_daily": DAILY, "meal_companion": ("date leader", [[D10, "张某"]])},
        "C4", "86", f"{D9} 供餐 86 人次，没有陪餐记录。",
    ),
    "checks-on-supply-days": (
        {"meal_daily": DAILY, "food_safety_log": ("check_date item result", [[D9, "留样", "是"]])},
        "C6", "41", f"{D10} 供餐 41 人次，没有每日食品安全检查记录。",
    ),
    "sample-keepers-are-certified": (
        {"food_sample": ("date dish who", [[D9, "红烧肉", "王某"], [D9, "米饭", "李某"]]),
         "staff_health": ("staff cert_no expire", [["王某", "J1", "2026-01-01"]])},
        "B5", "1", "留样人“李某”（1 次）不在从业人员健康证台账里。",
    ),
}  # fmt: skip


@pytest.mark.parametrize("tie_out", CASES)
def test_a_difference_is_told_once_at_its_cell(tie_out: str) -> None:
    """The verdict is 不符, and the one finding says both sides."""
    sheets, cell, found, sentence = CASES[tie_out]
    result, findings = run(tie_out, sheets)
    assert result.verdict == "不符"
    (finding,) = findings
    assert (finding.place.cell if finding.place else None, finding.found) == (cell, found)
    assert finding.message.startswith(sentence)


@pytest.mark.parametrize("tie_out", CASES)
def test_without_one_of_the_forms_nothing_was_compared(tie_out: str) -> None:
    """未核 with the reason, never 通过."""
    sheets = CASES[tie_out][0]
    for missing in sheets:
        result, findings = run(tie_out, {name: each for name, each in sheets.items() if name != missing})
        assert (result.verdict, findings) == ("未核", [])
        assert FORMS[missing].title in (result.reason or "")


AGREED: dict[str, Sheets] = {
    "lunches-within-registered": {
        "meal_daily": DAILY, "meal_registration": ("class lunch", [[C1, 42], [C2, 45]])},
    "meals-by-price-are-the-income": {
        "meal_daily": DAILY, "meal_price": PRICE,
        "canteen_statement": ("date item month_amt", [["2025-10", "一、伙食费收入", 825.5]])},
    "food-received-is-stocked": {
        "food_receipt": ("food amount", [["大米", 2600]]), "food_stock": ("name in_amt close_qty", [["大米",
            2600, 1]])},
    "price-as-approved": {"meal_fee": ("class pupil unit_price", [[C1, "甲", 6.5]]), "meal_price": PRICE},
    "samples-on-supply-days": {
        "meal_daily": DAILY, "food_sample": ("date dish", [[D9, "鱼"], [D10, "鱼"], ["2025-10-11", "鱼"]])},
}  # fmt: skip


@pytest.mark.parametrize("tie_out", AGREED)
def test_what_agrees_is_passed(tie_out: str) -> None:
    """And a day with a sample and no count is nothing that this tie-out asks about."""
    result, findings = run(tie_out, AGREED[tie_out])
    assert (result.verdict, findings) == ("通过", [])


def test_with_two_prices_the_income_is_not_compared() -> None:
    """Which meals cost which price is not known here: 未核, and why."""
    sheets = CASES["meals-by-price-are-the-income"][0]
    two = ("item cost standard", [["早餐", 4, 4], ["午餐", 6.5, 6.5]])
    result, findings = run("meals-by-price-are-the-income", {**sheets, "meal_price": two})
    assert (result.verdict, findings) == ("未核", [])
    assert result.reason == "《餐标成本测算表》里有 2 个核定餐标，没有核对。"


def test_a_statement_without_the_item_is_not_agreed_with() -> None:
    """A side that says nothing of the matter is 未核, not 通过."""
    sheets = {"meal_daily": DAILY, "meal_price": PRICE,
              "canteen_statement": ("date item month_amt", [["2025-10", "水电", 825.5]])}  # fmt: skip
    result, _ = run("meals-by-price-are-the-income", sheets)
    assert (result.verdict, result.reason) == ("未核", "公示表伙食费收入里没有相应的记录，没有核对。")
