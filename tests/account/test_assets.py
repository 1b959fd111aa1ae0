"""Assets over a period: opening + additions - disposals + changes = closing, by class, and from spending to cards."""

from __future__ import annotations

from typing import Any

from account.ledgers import make_ledger

from houqin.account.assets import roll_forward, total_of
from houqin.account.bridge import bridge_spending
from houqin.account.rows import fiscal_year, rows_in, rows_of, school_year
from houqin.forms import load_lives

YEAR = fiscal_year(2025)
BOARD = {"asset_no": "Z1", "asset_name": "触控一体机", "cost": 1_800_000, "acc_dep": 550_000, "book_date": "2024-03-05"}
DESKS = {"asset_no": "Z2", "asset_name": "学生课桌", "cost": 17_500, "acc_dep": 1_168, "book_date": "2025-09-01"}


def registers(cards: list[dict[str, Any]], **others: list[dict[str, Any]]) -> dict[str, Any]:
    """Give ledgers of the register and of other forms."""
    return {name: make_ledger(name, rows) for name, rows in {"asset_register": cards, **others}.items()}


def test_each_class_rolls_from_its_opening_to_its_closing() -> None:
    """A board of last year, desks of September, a printer scrapped in May, a board raised by 200 yuan."""
    ledgers = registers(
        [BOARD, DESKS],
        asset_change=[
            {"change_date": "2025-05-10", "change_type": "处置", "asset_no": "Z9", "asset_name": "打印机",
             "cost": 148_000},
            {"change_date": "2025-06-01", "change_type": "价值调整", "asset_no": "Z1", "cost": 20_000},
            {"change_date": "2025-06-02", "change_type": "调拨", "asset_no": "Z1", "cost": 1_800_000},
            {"change_date": "2024-06-02", "change_type": "处置", "asset_no": "Z8", "asset_name": "打印机",
             "cost": 1},
        ],
        asset_disposal=[{"asset_no": "Z9", "asset_name": "打印机", "cost": 148_000, "acc_dep": 148_000}],
    )  # fmt: skip
    device, furniture = roll_forward(ledgers, load_lives(), *YEAR)
    assert (device.name, device.opening, device.additions, device.disposals, device.changes, device.closing) == (
        "设备", 1_928_000, 0, 148_000, 20_000, 1_800_000,
    )  # fmt: skip
    assert (device.dep_opening, device.dep_charge, device.dep_removed, device.dep_closing, device.dep_difference) == (
        250_000 + 148_000, 300_000, 148_000, 550_000, 0,
    )  # fmt: skip
    assert (furniture.name, furniture.opening, furniture.additions, furniture.closing, furniture.dep_difference) == (
        "家具和用具", 0, 17_500, 17_500, 0,
    )  # fmt: skip
    assert device.rows["disposals"] == [("asset_change", 0)]
    assert total_of([device, furniture]).net == 1_817_500 - 551_168


def test_an_opening_that_is_known_shows_what_no_row_explains() -> None:
    """Last year's register had one board more; nothing says where it went."""
    before = make_ledger("asset_register", [BOARD, {**BOARD, "asset_no": "Z7"}])
    (device,) = roll_forward(registers([BOARD]), load_lives(), *YEAR, before=before)
    assert (device.opening_is_known, device.difference) == (True, -1_800_000)


def test_a_gain_of_a_stocktake_is_an_addition_and_a_loss_a_disposal() -> None:
    """Both are named beside."""
    ledgers = registers(
        [{**DESKS, "acquire_how": "盘盈"}],
        asset_change=[{"change_date": "2025-12-31", "change_type": "盘亏", "asset_no": "Z5", "asset_name": "方凳课凳",
                       "cost": 5_000}],
    )  # fmt: skip
    (furniture,) = roll_forward(ledgers, load_lives(), *YEAR)
    assert (furniture.additions, furniture.gains) == (17_500, 17_500)
    assert (furniture.disposals, furniture.losses) == (5_000, 5_000)


PRINTER = {"asset_no": "Z9", "asset_name": "打印机", "cost": 180_000}
GONE = {"change_date": "2025-05-10", "change_type": "处置", **PRINTER}


def test_a_card_that_left_is_charged_until_the_month_before() -> None:
    """1,800 yuan over 72 months, 25 a month, from March 2024: ten months before the year, January to April of it.

    The month of removal takes none (财会〔2017〕4号); the list of disposals has 14 months, as the rule does.
    """
    scrapped = {**PRINTER, "acquire_date": "2024-03-05", "rule_years": 6_000, "acc_dep": 35_000}
    ledgers = registers([BOARD], asset_change=[GONE], asset_disposal=[scrapped])
    (device,) = roll_forward(ledgers, load_lives(), *YEAR)
    kept = roll_forward(registers([BOARD]), load_lives(), *YEAR)[0]
    assert device.dep_opening - kept.dep_opening == 25_000
    assert device.dep_charge - kept.dep_charge == 10_000
    assert (device.dep_removed, device.dep_difference) == (35_000, 0)
    assert device.rows["dep_charge"][-1] == ("asset_disposal", 0)


def test_what_the_list_of_disposals_has_too_much_is_not_explained() -> None:
    """One month too many was booked: the month of removal."""
    scrapped = {**PRINTER, "acquire_date": "2024-03-05", "rule_years": 6_000, "acc_dep": 37_500}
    (device,) = roll_forward(registers([], asset_change=[GONE], asset_disposal=[scrapped]), load_lives(), *YEAR)
    assert device.dep_difference == 2_500


def test_a_card_that_the_register_before_knows_needs_no_list_of_disposals() -> None:
    """Its date, cost and class are there; what leaves is what the rule gives, and nothing is left over."""
    before = make_ledger("asset_register", [{**PRINTER, "book_date": "2024-03-05", "acc_dep": 25_000}])
    lost = {"change_date": "2025-05-10", "change_type": "盘亏", "asset_no": "Z9"}
    ledgers = registers([{**DESKS, "cost": 0}], asset_change=[lost])
    device = next(r for r in roll_forward(ledgers, load_lives(), *YEAR, before=before) if r.name == "设备")
    assert (device.opening, device.disposals, device.losses, device.difference) == (180_000, 180_000, 180_000, 0)
    assert (device.dep_opening, device.dep_charge, device.dep_removed) == (25_000, 10_000, 35_000)


def test_what_came_and_went_within_the_period_is_both() -> None:
    """Bought in February, scrapped in May: added, charged for three months, removed; nothing was there before."""
    scrapped = {**PRINTER, "acquire_date": "2025-02-20", "rule_years": 6_000, "acc_dep": 7_500}
    (device,) = roll_forward(registers([], asset_change=[GONE], asset_disposal=[scrapped]), load_lives(), *YEAR)
    assert (device.opening, device.additions, device.disposals, device.closing) == (0, 180_000, 180_000, 0)
    assert (device.dep_opening, device.dep_charge, device.dep_removed, device.dep_difference) == (0, 7_500, 7_500, 0)


def test_what_is_depreciated_in_full_is_charged_no_more() -> None:
    """Six years from 2015 ended long ago."""
    scrapped = {**PRINTER, "acquire_date": "2015-03-05", "rule_years": 6_000, "acc_dep": 180_000}
    (device,) = roll_forward(registers([], asset_change=[GONE], asset_disposal=[scrapped]), load_lives(), *YEAR)
    assert (device.dep_opening, device.dep_charge, device.dep_removed) == (180_000, 0, 180_000)


def pay(amount: int, code: str = "31002", **more: object) -> dict[str, Any]:
    """Give a line of the cash book."""
    return {"date": "2025-09-10", "summary": "购置", "code": code, "expense": amount, **more}


def test_the_bridge_explains_what_the_rows_prove_and_leaves_the_rest() -> None:
    """Paid and carded; given; in works; within 302; of earlier years; and one of each that nothing proves."""
    ledgers = registers(
        [
            {**DESKS, "cost": 100, "invoice": "F1"}, {**DESKS, "cost": 200, "acquire_how": "接受捐赠"},
            {**DESKS, "cost": 300, "invoice": "F2"}, {**DESKS, "cost": 400, "acquire_date": "2024-11-02"},
            {**DESKS, "cost": 77}, {**BOARD, "cost": 900, "invoice": "F3"},
        ],
        cashbook=[
            pay(100, invoice="F1"), pay(300, "30201", invoice="F2"), pay(5000, "31005"), pay(600, "31007"),
            pay(900, invoice="F3"), pay(88),
        ],
    )  # fmt: skip
    bridge = bridge_spending(ledgers, *YEAR)
    assert bridge is not None
    assert {line.title: line.amount for line in bridge.lines} == {
        "捐赠": 200, "302 中达到标准": 300, "以前年度建卡本年付款": -900, "以前年度取得本年建卡": 400,
        "在建工程": -5000, "软件等无形资产": -600, "付款未建卡": -88, "建卡未付款": 77,
    }  # fmt: skip
    assert bridge.spent + sum(line.amount for line in bridge.lines) == bridge.cards == 1077
    assert bridge.unexplained == -11


def test_totals_by_subject_lead_to_the_cards_as_far_as_they_can() -> None:
    """Parents are not counted again; without a register or any spending there is no bridge."""
    execution = [{"code": "310", "subject": "资本性支出", "total": 900}, {"code": "31002", "total": 400},
                 {"code": "31005", "total": 500}]  # fmt: skip
    bridge = bridge_spending(registers([{**DESKS, "cost": 350}], budget_execution=execution), *YEAR)
    assert bridge is not None
    assert (bridge.spent, bridge.cards, bridge.unexplained) == (900, 350, -50)
    assert bridge_spending(registers([DESKS]), *YEAR) is None


def test_school_year_and_fiscal_year_are_two_views_of_the_same_rows() -> None:
    """A fiscal year has the second semester of one school year and the first of the next."""
    days = ["2025-01-05", "2025-08-31", "2025-09-01", "2025-12-31", "2026-03", "2024-12-31"]
    ledger = make_ledger("stock_in", [{"in_date": day, "name": "粉笔"} for day in days])
    rows = rows_of({"stock_in": ledger}, "stock_in")
    assert [r.text("in_date") for r in rows_in(rows, ("in_date",), *fiscal_year(2025))] == days[:4]
    assert [r.text("in_date") for r in rows_in(rows, ("in_date",), *school_year("2025-2026"))] == days[2:5]
