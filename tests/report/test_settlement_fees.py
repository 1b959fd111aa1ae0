"""代收费结算 and 食堂收支及并账: a whole year passes; each planted break fails its check and names the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from recalculate import differences
from report.settlement_year import (
    BALANCE,
    CANTEEN,
    DEBTS,
    FEES,
    JOURNAL,
    RECEIPTS,
    SCHOOL,
    Spoil,
    check,
    failed,
    figure,
    inbox,
    settle,
    verdicts,
)

from houqin.model import Level
from houqin.report.settlement.fee_items import item_of

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.report.settlement import Written

FEE_FILES = (BALANCE, JOURNAL, DEBTS, FEES, RECEIPTS)
CANTEEN_FILES = (BALANCE, DEBTS, JOURNAL, *CANTEEN)
CASH, STATEMENT, STOCK, MEALS = CANTEEN[0], CANTEEN[1], CANTEEN[2], CANTEEN[4]
OF_FEES = (
    "fees-due", "fees-receipted", "fees-received", "fees-at-standard", "fees-as-sub-ledger", "fees-as-booked",
    "fees-not-spent-by-school", "fees-have-treatment", "fees-not-income",
)  # fmt: skip
OF_CANTEEN = (
    "canteen-meals-by-price", "canteen-food-stocked", "canteen-food-paid", "canteen-food-rolls", "canteen-food-cost",
    "canteen-prepaid", "canteen-prepaid-banked", "canteen-refunds-paid", "canteen-income-as-eaten",
    "canteen-staff-apart", "canteen-nothing-of-the-school", "canteen-cash-rolls", "canteen-items",
    "canteen-net-two-ways", "canteen-inner", "canteen-merged",
)  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """Give the settlement of the whole year, as far as these sheets need it."""
    folder = tmp_path_factory.mktemp("year")
    inbox(folder, dict.fromkeys((*FEE_FILES, *CANTEEN_FILES)))
    return settle(folder)


def test_a_whole_year_passes(year: tuple[Path, Written]) -> None:
    """Fees agree with 往来, ledger and receipts; the canteen's net with what it has more than a year ago."""
    assert set(verdicts(year[1], (*OF_FEES, *OF_CANTEEN)).values()) == {"通过"}
    assert check(year[1], "canteen-bank").verdict == "? 未核"


def test_the_canteen_is_one_line_on_each_basis(year: tuple[Path, Written]) -> None:
    """Net income by the statements, net budget income by the cash; prepaid meals are a liability."""
    assert [figure(year[1], line) for line in ("canteen_net", "canteen_budget_net", "meal_close")] == [
        "30221.30", "74025.66", "107744.00",
    ]  # fmt: skip


def test_every_stored_value_is_recalculated_alike(year: tuple[Path, Written]) -> None:
    """LibreOffice works out the same."""
    assert differences([year[0]]) == []


AUTUMN = "2025年秋季新生"
BREAKS = (
    ("fees-as-sub-ledger", FEE_FILES, Spoil(DEBTS, "其他应付款", "校服费", "年末余额", 6000), DEBTS),
    ("fees-as-booked", FEE_FILES, Spoil(FEES, "2025年度", AUTUMN, "支出金额", 61_000), FEES),
    ("fees-due", FEE_FILES, Spoil(FEES, "2025年度", AUTUMN, "收取金额", 68_000), FEES),
    ("fees-receipted", FEE_FILES, Spoil(RECEIPTS, "核销", "社会实践活动费", "开票金额", 18_000), RECEIPTS),
    ("fees-received", FEE_FILES, Spoil(BALANCE, "财务会计", "23070103", "本期发生额/贷方", 18_000), BALANCE),
    ("fees-at-standard", FEE_FILES, Spoil(FEES, "2025年度", AUTUMN, "收费标准", 330), FEES),
    ("fees-not-income", FEE_FILES, Spoil(BALANCE, "财务会计", "4604", "科目名称", "其他收入-校服费"), BALANCE),
    ("fees-not-spent-by-school", FEE_FILES,
     Spoil(JOURNAL, "财务会计", "付社会实践活动费（2025年秋季七年级学生）", "摘要", "付办公楼空调维修款", 1), JOURNAL),
    ("canteen-prepaid", CANTEEN_FILES, Spoil(MEALS, "2025年度", "七年级(1)班", "结转下年", 1.5), MEALS),
    ("canteen-refunds-paid", CANTEEN_FILES, Spoil(MEALS, "2025年度", "七年级(1)班", "退费金额", 1.5), MEALS),
    ("canteen-food-rolls", CANTEEN_FILES, Spoil(STOCK, "12月", "大米", "本月结存/金额", 1.5), STOCK),
    ("canteen-income-as-eaten", CANTEEN_FILES, Spoil(STATEMENT, "10月", "1、学生伙食费", "本月金额", 1.5), STATEMENT),
    ("canteen-items", CANTEEN_FILES, Spoil(STATEMENT, "10月", "5、燃气", "本月金额", 1.5), STATEMENT),
    ("canteen-net-two-ways", CANTEEN_FILES, Spoil(STATEMENT, "10月", "二、食堂支出", "本月金额", 1.5), STATEMENT),
)  # fmt: skip


@pytest.mark.parametrize(("failing", "files", "spoil", "named"), BREAKS, ids=[each[0] for each in BREAKS])
def test_a_planted_break_fails_its_check_and_names_a_cell(
    tmp_path: Path, failing: str, files: tuple[str, ...], spoil: Spoil, named: str
) -> None:
    """The check on it fails and leads to the office's own workbook."""
    cells = inbox(tmp_path, files, [spoil])
    _, written = settle(tmp_path)
    found = check(written, failing)
    assert found.verdict == "✗ 不符"
    assert found.place is not None
    assert (found.place.file, bool(found.place.cell)) == (named, True)
    if named == spoil.file and failing in {"canteen-prepaid", "fees-due"}:
        assert found.place.cell == cells[0]


def test_an_item_without_a_treatment_is_asked_about(tmp_path: Path) -> None:
    """One question for all such items; the check is 未核, no pass."""
    inbox(tmp_path, (FEES,))
    kept = tuple(each for each in SCHOOL.fee_items if each.item != "校服费")
    _, written = settle(tmp_path, change={"fee_items": kept})
    asked = [each for each in written.findings if each.code == "fee-untreated"]
    assert [(each.level, each.place.file if each.place else "") for each in asked] == [(Level.QUESTION, FEES)]
    assert check(written, "fees-have-treatment").verdict == "? 未核"


def test_what_is_left_is_given_back_by_the_head(tmp_path: Path) -> None:
    """6,174.00 元 over 220 pupils: 28.06 each, 0.80 over."""
    inbox(tmp_path, (FEES,))
    path, written = settle(tmp_path)
    assert figure(written, "fee_to_refund") == "6174.00"
    book = openpyxl.load_workbook(path, data_only=True)
    rows = [[cell.value for cell in row] for row in book["代收费结算"].iter_rows()]
    own = next(row for row in rows if row[3] == 220 and row[2] == 6174)
    assert own[4:6] == [28.06, 0.8]


UNMERGED = (
    ({}, True), ({"consolidation": "不并账"}, True), ({"consolidation": "委托经营"}, True),
    ({"consolidation": "不并账", "consolidation_ground": "示例教财〔2025〕1号"}, False),
)  # fmt: skip


@pytest.fixture(scope="module")
def unmerged(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Written]]:
    """Give the settlements under settings by which the canteen is not merged."""
    folders = [tmp_path_factory.mktemp("unmerged") for _ in UNMERGED]
    for folder in folders:
        inbox(folder, (CASH, STATEMENT))
    return [
        settle(folder, change={"accounting": {**setting, "mode": "集中记账"}})
        for folder, (setting, _) in zip(folders, UNMERGED, strict=True)
    ]


@pytest.mark.parametrize("number", range(len(UNMERGED)))
def test_a_canteen_is_merged_only_where_the_settings_say_so(unmerged: list[tuple[Path, Written]], number: int) -> None:
    """Not set, without a ground, or run by others: asked, nothing merged, unchecked; with a ground no check."""
    (_, asks), (_, written) = UNMERGED[number], unmerged[number]
    assert ("canteen-consolidation" in {each.code for each in written.findings}) is asks
    merged = [each.verdict for each in written.checks if each.rule.id == "canteen-merged"]
    assert merged == (["? 未核"] if asks else [])
    assert figure(written, "merged_assets") is None
    assert figure(written, "canteen_net") is not None


def test_stored_values_are_right_where_the_canteen_is_not_merged(unmerged: list[tuple[Path, Written]]) -> None:
    """LibreOffice works out the same, under each of the settings."""
    assert differences([path for path, _ in unmerged]) == []


def test_without_any_workbook_the_sheets_say_which_are_missing(tmp_path: Path) -> None:
    """未核 and the forms, never 0 and never a pass."""
    inbox(tmp_path, (BALANCE,))
    path, written = settle(tmp_path)
    assert not failed(written) & {*OF_FEES, *OF_CANTEEN}
    assert verdicts(written, ["fees-due", "canteen-prepaid", "canteen-net-two-ways"]) == dict.fromkeys(
        ("fees-due", "canteen-prepaid", "canteen-net-two-ways"), "未核"
    )
    assert "餐费收退费表" in check(written, "canteen-prepaid").reason
    book = openpyxl.load_workbook(path)
    for name in ("代收费结算", "食堂收支及并账"):
        texts = " ".join(str(cell.value) for row in book[name].iter_rows(max_row=8) for cell in row if cell.value)
        assert "未核（缺资料）" in texts


def test_an_item_is_known_within_longer_names() -> None:
    """Of two names the longer one; a deposit is none."""
    items = ["作业本费", "秋季作业本费", "校服费"]
    assert [item_of(text, items) for text in ("其他应付款-秋季作业本费", "代收校服费", "履约保证金")] == [
        "秋季作业本费", "校服费", "",
    ]  # fmt: skip
