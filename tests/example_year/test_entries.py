"""What the working papers propose to enter: nothing in a right year, and for each planted gap the entry that closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from example_year.conftest import AS_OF
from example_year.spoilt import run_again, spoil
from recalculate import differences

from houqin.report.settlement import write_settlement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from example_year.spoilt import Spoilt

Line = tuple[str, str, str, Decimal | None, Decimal | None]
SHEET = "调整事项"


@pytest.fixture
def entries_of(office, result, forms, school, before, tmp_path):
    """Give what is proposed once the year is spoilt: entries line by line, tasks, and the workbook."""

    def make(plant: Callable[[Spoilt], object] | None, **accounting: str):
        it = spoil(office)
        if plant is not None:
            plant(it)
        broken = run_again(result, it, tmp_path / "in", forms, school, AS_OF) if plant else result
        own = replace(
            school, accounting={**school.accounting, **accounting},
            inventory={**school.inventory, **{k: v for k, v in accounting.items() if k == "accounting"}},
        )  # fmt: skip
        path = tmp_path / "年终决算.xlsx"
        written = write_settlement(path, broken, forms=forms, school=own, year=2025, as_of=AS_OF, before=before)
        return _read(path), written, path

    return make


def _read(path: Path) -> tuple[list[Line], list[tuple[str, Decimal]]]:
    rows = list(openpyxl.load_workbook(path, data_only=True)[SHEET].iter_rows(values_only=True))
    entries: list[Line] = []
    tasks: list[tuple[str, Decimal]] = []
    reason, in_tasks = "", False
    for row in rows[4:]:
        in_tasks = in_tasks or str(row[1]) == "要办的事"
        if in_tasks and isinstance(row[0], int):
            tasks.append((str(row[1]), Decimal(str(row[5]))))
        elif isinstance(row[0], int):
            reason = str(row[1] or reason)
            assert row[7] == "平"
            entries.append((f"{reason}|{row[2]}|{row[3]}", str(row[4]), "", _money(row[5]), _money(row[6])))
    return entries, tasks


def _money(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value)).quantize(Decimal("0.01"))


def said(entries: list[Line], word: str) -> list[tuple[str, Decimal | None, Decimal | None]]:
    """Give the accounts and amounts of the entries whose reason begins so."""
    return [(account.strip("　"), debit, credit) for head, account, _, debit, credit in entries if head.startswith(word)]


def test_a_right_year_proposes_nothing(entries_of):
    """The loss of the count is in the books already, every card is capitalised, the bank has nothing alone."""
    (entries, tasks), written, _ = entries_of(None)
    assert (entries, tasks) == ([], [])
    assert next(each for each in written.checks if each.rule.id == "adjustments-balance").verdict == "✓ 通过"


def test_goods_over_and_short_go_by_way_of_1902(entries_of):
    """Only what the books do not have yet; on approval the two go different ways. No budgetary entry."""

    def plant(it):
        short, over = it.find("stocktake", name="拖把"), it.find("stocktake", name="硒鼓")
        it.put(short, "real_qty", 100)
        it.put(short, "real_amt", short.values["book_amt"] - Decimal("12.04"))
        it.put(over, "real_qty", 7)
        it.put(over, "real_amt", over.values["book_amt"] + Decimal("130.59"))

    ((entries, tasks), written, path) = entries_of(plant)
    assert said(entries, "盘亏：拖把") == [
        ("借：1902 待处理财产损溢—待处理财产价值", Decimal("12.04"), None), ("贷：1302 库存物品", None, Decimal("12.04")),
        ("借：5301 资产处置费用", Decimal("12.04"), None), ("贷：1902 待处理财产损溢—待处理财产价值", None, Decimal("12.04")),
    ]
    assert [account for account, _, _ in said(entries, "盘盈：硒鼓")] == [
        "借：1302 库存物品", "贷：1902 待处理财产损溢—待处理财产价值", "借：1902 待处理财产损溢—待处理财产价值", "贷：5101 单位管理费用",
    ]
    assert len(entries) == 8
    assert tasks == []
    assert {head.split("|")[1] for head, *_ in entries} == {"财务会计"}
    assert written.figures["inventory_booked"][1] == Decimal("30549.46")
    assert differences([path]) == []


def test_where_goods_are_expensed_at_once_the_count_changes_no_account(entries_of):
    """The stock book is for information: what is to be done is said, and no entry."""
    (entries, tasks), _, _ = entries_of(None, accounting="购入即列支")
    assert entries == []
    assert sorted(tasks) == [("盘亏：垃圾袋45*50，更正备查账，查明原因报批", Decimal("11.5")), ("盘亏：档案盒55mm，更正备查账，查明原因报批", Decimal("13.77"))]


def test_a_missing_asset_leaves_with_its_depreciation(entries_of):
    """Cost = net value to be dealt with + accumulated depreciation; on approval only the net value is a cost."""

    def plant(it):
        row = it.find("asset_stocktake", asset_no="ZC202500106")
        it.put(row, "real_qty", 0)
        it.put(row, "loss_qty", 1)
        it.put(row, "result", "盘亏") if "result" in row.columns else None

    ((entries, _), _, path) = entries_of(plant)
    assert said(entries, "盘亏：空调机（ZC202500106）") == [
        ("借：1902 待处理财产损溢—待处理财产价值", Decimal("6608.00"), None), ("借：1602 固定资产累计折旧", Decimal("472.00"), None),
        ("贷：1601 固定资产", None, Decimal("7080.00")), ("借：5301 资产处置费用", Decimal("6608.00"), None),
        ("贷：1902 待处理财产损溢—待处理财产价值", None, Decimal("6608.00")),
    ]
    assert differences([path]) == []


def test_depreciation_that_the_books_lack_is_of_this_year_or_of_those_before(entries_of):
    """500.00 too little this year, 200.00 too much at its beginning."""

    def plant(it):
        row = it.find("trial_balance", code="1602")
        it.add(row, "cr", Decimal(-500))
        it.add(row, "open_cr", Decimal(200))

    ((entries, _), written, _) = entries_of(plant)
    assert said(entries, "2025 年折旧少提") == [
        ("借：5001 业务活动费用—固定资产折旧费", Decimal("500.00"), None), ("贷：1602 固定资产累计折旧", None, Decimal("500.00")),
    ]
    assert said(entries, "以前年度折旧多提") == [
        ("借：1602 固定资产累计折旧", Decimal("200.00"), None), ("贷：3501 以前年度盈余调整", None, Decimal("200.00")),
    ]
    assert next(each for each in written.checks if each.rule.id == "dep-charge-as-booked").verdict == "✗ 不符"


def test_a_card_that_is_not_capitalised_and_a_debit_without_a_card_are_told_apart(entries_of):
    """The card was paid as office cost: both books are put right. A debit without a card asks for a card."""

    def plant(it):
        card = it.find("asset_register", asset_no="ZC202500111")
        line = it.find("journal", lambda v: v["code"] == "160103" and v["debit"])
        it.drop(line)
        other = it.find("trial_balance", code="160103")
        it.add(other, "dr", -card.values["cost"])
        it.add(it.find("trial_balance", code="1601"), "dr", -card.values["cost"])

    ((entries, tasks), _, _) = entries_of(plant)
    assert said(entries, "已建卡未入账：图书") == [
        ("借：1601 固定资产", Decimal("8000.00"), None), ("贷：4603 捐赠收入", None, Decimal("8000.00")),
    ]
    assert tasks == []


def test_a_lost_card_is_a_task_and_no_entry(entries_of):
    """1601 has it: the card is what is missing."""

    def plant(it):
        it.drop(it.find("asset_register", asset_no="ZC202500111"))

    ((entries, tasks), _, _) = entries_of(plant)
    assert [each for each in tasks if each[0].startswith("已入账未建卡")] == [(tasks[0][0], Decimal(8000))]
    assert not said(entries, "已建卡未入账")


def test_what_only_the_bank_has_is_proposed_for_when_its_slip_is_there(entries_of):
    """Interest has an income in both books, by the school's own accounts; what nobody knows is 往来 alone."""

    def plant(it):
        rows = it.all("bank_statement", lambda v: "credit" in v)
        last = rows[-1]
        balance = last.values["balance"]
        it.repeat(last, date=date(2025, 12, 31), serial_no="2025123137019997", summary="结息", debit=None,
                  credit=Decimal("3.50"), counterparty=None, balance=balance + Decimal("3.50"))  # fmt: skip

    ((entries, _), written, path) = entries_of(plant)
    assert said(entries, "银行已收、学校未收：结息") == [
        ("借：1002 银行存款", Decimal("3.50"), None), ("贷：4604 利息收入", None, Decimal("3.50")),
        ("借：8001 资金结存", Decimal("3.50"), None), ("贷：6602 利息预算收入", None, Decimal("3.50")),
    ]
    assert next(each for each in written.checks if each.rule.id == "bank-as-booked").verdict == "✓ 通过"
    assert differences([path]) == []


def test_the_title_says_who_is_to_enter_it(entries_of):
    """Under 集中记账 it is proposed to the centre; a school with books of its own has entries; nobody is guessed."""
    titles = {}
    for mode in ("集中记账", "独立核算"):
        _, _, path = entries_of(None, mode=mode)
        titles[mode] = str(openpyxl.load_workbook(path)[SHEET]["A1"].value)
    assert [titles[mode].removeprefix("【示例】") for mode in titles] == ["建议调整事项（交核算中心）", "调整分录"]
