"""A workbook that is not there: its checks are 未核 and name it; none fails for it, no figure becomes another unsaid."""

from __future__ import annotations

import itertools
import os
import random
import re
from dataclasses import replace

import pytest
from example_year.conftest import AS_OF
from example_year.left_out import (
    FAILED,
    PASSED,
    UNCHECKED,
    carried,
    changed,
    other_figures,
    verdicts,
    without,
    without_months,
)

from houqin.check import Earlier, check_tie_outs
from houqin.pipeline import process_files
from houqin.report.settlement import write_settlement

# A sample in every test run; all of them where HOUQIN_LONG is set (`python run.py test --all`).
IS_LONG = bool(os.environ.get("HOUQIN_LONG"))
CLAIMED = "claims-booked claims-known claims-same-amount claims-same-subject claims-reconciled"
# The checks that need each workbook of the inbox
NEEDED_BY = {
    "12月预算执行进度表.xlsx": "quota-issued-as-full quota-paid-as-executed project-as-booked project-in-cashbook spending-as-booked cashbook-as-executed "
                        "expense-by-kinds budget-as-initial full-is-initial-and-adjusted within-the-budget three-public-within-budget",
    "2025年序时账（核算中心）.xlsx": f"{CLAIMED} fees-not-spent-by-school fees-not-income booked-in-the-year canteen-inner bank-adjusted",
    "2025年报废资产清单.xlsx": "dep-opening-as-booked dep-charge-as-booked",
    "2025年资产增减变动.xlsx": "asset-opening-as-booked dep-opening-as-booked openings-carry-on asset-additions-as-booked dep-charge-as-booked",
    "2025年部门预算（支出表）.xlsx": "budget-as-initial",
    "一体化导出-指标下达支付2025.xlsx": "quota-issued-as-full quota-paid-as-income quota-paid-as-executed",
    "代收费结算表2025.xlsx": "fees-due fees-receipted fees-received fees-at-standard fees-as-sub-ledger fees-as-booked fees-have-treatment",
    "入库登记2025.xlsx": "receipts-amount goods-as-valued",
    "固定资产卡片2025年末.xlsx": "asset-opening-as-booked dep-opening-as-booked openings-carry-on assets-as-booked depreciation-as-booked every-card-counted-once "
                        "asset-additions-as-booked dep-charge-as-booked capital-to-cards",
    "基本户对账单2025.xlsx": "bank-as-booked bank-adjusted",
    "学生午餐就餐人数2025.xlsx": "canteen-meals-by-price",
    "学生餐费预收结算2025.xlsx": "canteen-prepaid canteen-prepaid-banked canteen-refunds-paid canteen-income-as-eaten canteen-net-two-ways canteen-merged",
    "工程合同付款台账.xlsx": "works-not-overpaid works-as-paid",
    "库房年末盘点表.xlsx": "stocktake-starts-from-the-books goods-as-booked",
    "往来款明细表2025年末.xlsx": "dues-as-last-year dues-open-as-booked openings-carry-on fees-as-sub-ledger no-old-dues no-personal-loans no-wrong-side-dues "
                        "claims-booked dues-1218-as-booked dues-2307-as-booked dues-2302-as-booked dues-rest-as-booked dues-roll",
    "报账登记本2025.xlsx": f"{CLAIMED} public-pays-no-staff",
    "水电抄表记录2025.xlsx": "",
    "物品领用登记2025.xlsx": "goods-as-valued",
    "物资收发存2025年度.xlsx": "openings-carry-on goods-roll receipts-amount stocktake-starts-from-the-books goods-as-booked goods-as-valued",
    "科目余额表2025年12月.xlsx": "bank-as-booked bank-adjusted cash-and-fund fund-as-carried fiscal-income-both-bases quota-paid-as-income asset-opening-as-booked "
                         "dep-opening-as-booked dues-open-as-booked openings-carry-on fees-received fees-as-booked assets-as-booked depreciation-as-booked "
                         "goods-as-booked project-as-booked surplus-reconciled balance-sheet basic-and-project income-by-account income-and-expense-balance "
                         "opening-as-last-year no-operating-income spending-as-booked spent-as-centre dues-1218-as-booked dues-2307-as-booked "
                         "dues-2302-as-booked dues-rest-as-booked claims-reconciled asset-additions-as-booked dep-charge-as-booked canteen-inner "
                         "canteen-merged fees-not-income",
    "经费支出明细账2025.xlsx": f"{CLAIMED} project-in-cashbook public-pays-no-staff works-as-paid december-rush cashbook-as-executed spent-as-centre "
                       "capital-to-cards dated-in-the-year",
    "财政票据核销登记.xlsx": "receipt-numbers fees-receipted",
    "资产清查盘点表2025.xlsx": "every-card-counted-once stocktake-settled",
    "食堂专户交易明细2025.xlsx": "canteen-bank",
    "食堂收支公示表2025年各月.xlsx": "canteen-meals-by-price canteen-food-cost canteen-income-as-eaten canteen-staff-apart canteen-items canteen-net-two-ways",
    "食堂日记账2025.xlsx": "canteen-food-paid canteen-prepaid-banked canteen-refunds-paid canteen-staff-apart canteen-nothing-of-the-school canteen-cash-rolls "
                     "canteen-bank canteen-net-two-ways canteen-inner canteen-merged",
    "食材收发存月报2025.xlsx": "canteen-food-stocked canteen-food-rolls canteen-food-cost canteen-net-two-ways canteen-merged",
    "食材采购验收台账2025.xlsx": "canteen-food-stocked canteen-food-paid canteen-net-two-ways canteen-merged",
    "餐标成本测算表.xlsx": "canteen-meals-by-price",
    "校领导陪餐记录2025.xlsx": "",
    "食品留样记录2025.xlsx": "",
    "食堂满意度测评2025.xlsx": "",
}  # fmt: skip
# Each run of the tests leaves out several at once, whose checks have little in common; the long one each by itself.
TOGETHER = (
    ("2025年部门预算（支出表）.xlsx", "餐标成本测算表.xlsx", "工程合同付款台账.xlsx", "财政票据核销登记.xlsx", "资产清查盘点表2025.xlsx",
     "食堂专户交易明细2025.xlsx", "入库登记2025.xlsx", "水电抄表记录2025.xlsx",
     "校领导陪餐记录2025.xlsx", "食品留样记录2025.xlsx", "食堂满意度测评2025.xlsx"),
    ("基本户对账单2025.xlsx", "一体化导出-指标下达支付2025.xlsx", "2025年报废资产清单.xlsx", "学生午餐就餐人数2025.xlsx", "库房年末盘点表.xlsx",
     "代收费结算表2025.xlsx", "报账登记本2025.xlsx", "物品领用登记2025.xlsx"),
    ("2025年资产增减变动.xlsx", "2025年序时账（核算中心）.xlsx", "12月预算执行进度表.xlsx", "食材收发存月报2025.xlsx"),
    ("固定资产卡片2025年末.xlsx", "学生餐费预收结算2025.xlsx", "物资收发存2025年度.xlsx"),
    ("往来款明细表2025年末.xlsx", "食材采购验收台账2025.xlsx"),
    ("科目余额表2025年12月.xlsx", "食堂收支公示表2025年各月.xlsx"),
    ("经费支出明细账2025.xlsx", "食堂日记账2025.xlsx"),
)  # fmt: skip
LACKED = re.compile(r"缺((?:《[^》]+》、?)+)|没有收到(《[^》]+》)")


@pytest.fixture(scope="module")
def settle(forms, school, before, tmp_path_factory):
    """Write the working papers of a year, as a run does that carries the year before on."""
    path = tmp_path_factory.mktemp("left out") / "02汇总" / "年终决算.xlsx"

    def write(result, *, settings=school, last=before):
        made = carried(result, forms, last)
        return write_settlement(path, made, forms=forms, school=settings, year=2025, as_of=AS_OF, before=last)

    return write


@pytest.fixture(scope="module")
def whole(result, settle):
    """Give the papers of the year of which nothing is missing."""
    return settle(result)


def _needing(files) -> set[str]:
    return {check for file in files for check in NEEDED_BY[file].split()}


def _titles(result, forms, files) -> set[str]:
    return {f"《{forms.by_id[table.form].title}》" for table in result.tables if table.path in files}


def _assert_true(whole, written, result, forms, files) -> None:
    """None fails; those that need what is missing, and no others, are 未核 and name it, and nothing that is there."""
    now = changed(whole, written)
    assert now == dict.fromkeys(_needing(files), UNCHECKED)
    missing = _titles(result, forms, files)
    for check in written.checks:
        if check.rule.id in now:
            named = set(re.findall("《[^》]+》", "".join("".join(each) for each in LACKED.findall(check.reason))))
            assert named <= missing, check.reason
            assert named or "银行对账单" in check.reason, check.reason
    assert other_figures(whole, written) == {}


def test_every_workbook_of_the_year_is_left_out_once(result):
    """The table above knows the whole inbox, and so do its groups."""
    assert set(NEEDED_BY) == {file.path for file in result.files}
    assert sorted(itertools.chain(*TOGETHER)) == sorted(NEEDED_BY)


def test_the_whole_year_lacks_nothing(whole):
    """Every check passes and no figure is a part only: what the other tests see comes from what is missing."""
    assert set(verdicts(whole).values()) == {PASSED}
    assert whole.lacks == {}


@pytest.mark.parametrize("gone", TOGETHER, ids=lambda gone: gone[0].partition(".")[0])
def test_what_needs_a_missing_workbook_is_unchecked_and_names_it(gone, whole, result, forms, school, settle):
    """Never ✗ for want of evidence, never a pass, and each figure is as before, 未核, or says that it is a part."""
    _assert_true(whole, settle(without(result, gone, forms, school)), result, forms, gone)


@pytest.mark.parametrize("file", sorted(NEEDED_BY)[:: 1 if IS_LONG else 20])
def test_each_workbook_by_itself(file, whole, result, forms, school, settle):
    """The same of every workbook alone."""
    _assert_true(whole, settle(without(result, {file}, forms, school)), result, forms, {file})


@pytest.mark.parametrize(
    "gone", random.Random(20251231).sample(list(itertools.combinations(sorted(NEEDED_BY), 2)), 40)[: 40 if IS_LONG else 1]
)
def test_two_at_once(gone, whole, result, forms, school, settle):
    """A seeded sample of pairs: where two are missing no more is 未核 than without each of them."""
    _assert_true(whole, settle(without(result, gone, forms, school)), result, forms, gone)


def test_dropping_it_later_is_leaving_it_out(result, files, forms, school, before, settle):
    """What the tests above do without reading the inbox again gives the same papers as an inbox without the files."""
    gone = set(TOGETHER[1])
    earlier = Earlier("上年", "2024", before, as_of="2024-12-31", next_period="2025")
    left = [file for file in files if file.path not in gone]
    run = process_files(left, forms, school, AS_OF, earlier=earlier)
    one, other = settle(replace(run, findings=tuple(f for f in run.findings if f.code != "carry-mismatch"))), settle(without(result, gone, forms, school))
    assert verdicts(one) == verdicts(other)
    assert [each.reason for each in one.checks] == [each.reason for each in other.checks]
    assert (one.figures, one.lacks) == (other.figures, other.lacks)


# What is not filled in, the checks that hang on it, and the sheet and line of the settings that each must name
UNSET = {
    "mode": ({"accounting": {"mode": None}}, f"{CLAIMED} spent-as-centre bank-as-journal", ("财务", "记账方式")),
    "canteen": ({"accounting": {"consolidation": None}}, "canteen-merged", ("财务", "食堂并账")),
    "no ground": ({"accounting": {"consolidation": "不并账"}}, "canteen-merged", ("财务", "不并账的依据")),
    "valuation": ({"inventory": {"cost_method": None}}, "goods-as-valued", ("库存核算", "发出计价")),
    "stock": ({"inventory": {"accounting": None}}, "goods-as-booked count-settled", ("库存核算", "库存核算方式")),
    "fees": ({"fee_items": ()}, "fees-have-treatment fees-not-income", ("收费项目", "处理")),
    "standards": ({"fee_items": ()}, "fees-at-standard", ("收费项目", "标准")),
}  # fmt: skip


@pytest.mark.parametrize("names", [("mode", "canteen", "valuation", "stock", "fees", "standards"), ("no ground",)], ids=str)
def test_what_a_setting_would_say_is_asked_of_the_settings(names, whole, result, forms, school, settle):
    """未核, with the sheet and the line to fill in; it is not said that a workbook is missing, and no check fails."""
    settings = school
    for name in names:
        for section, given in UNSET[name][0].items():
            old = getattr(settings, section)
            new = {key: value for key, value in {**old, **given}.items() if value is not None} if given else given
            settings = replace(settings, **{section: new})
    ties, _ = check_tie_outs(result.ledgers, forms, settings)
    written = settle(replace(result, tie_outs=tuple(ties)), settings=settings)
    wanted = {check: UNSET[name][2] for name in names for check in UNSET[name][1].split()}
    assert changed(whole, written) == dict.fromkeys(wanted, UNCHECKED)
    for check in written.checks:
        if check.rule.id in wanted:
            sheet, line = wanted[check.rule.id]
            assert f"学校设置.xlsx“{sheet}”表里没有填“{line}”" in check.reason
            assert "缺《" not in check.reason
    assert other_figures(whole, written) == {}
    assert not [said for said in written.lacks.values() if "《学校设置" in said or not said]


def test_a_canteen_that_is_kept_apart_with_its_ground_is_not_asked_about(whole, result, school, settle):
    """Then merging is no check of this school, and all else passes."""
    apart = replace(school, accounting={**school.accounting, "consolidation": "不并账", "consolidation_ground": "示例教财〔2025〕1号"})
    written = settle(result, settings=apart)
    assert verdicts(whole).keys() - verdicts(written).keys() == {"canteen-merged"}
    assert set(verdicts(written).values()) == {PASSED}


def test_what_last_year_lacks_is_said(whole, result, before, settle):
    """Last year's run without 往来 and without the trial balance: nothing to compare with, and it says which."""
    written = settle(result, last={form: rows for form, rows in before.items() if form not in {"payables", "trial_balance"}})
    now = changed(whole, written)
    assert now.keys() >= {"dues-as-last-year", "opening-as-last-year"}
    assert set(now.values()) == {UNCHECKED}
    reasons = {each.rule.id: each.reason for each in written.checks}
    assert "2024 年决算的结果里没有《往来款明细表》" in reasons["dues-as-last-year"]
    assert "2024 年决算的结果里没有《科目余额表》" in reasons["opening-as-last-year"]
    assert FAILED not in verdicts(written).values()


# A month that is missing of several ledgers, no two of which show it of one another; what must then be unchecked
MONTHS = (
    ({"cashbook": "2025-06", "food_receipt": "2025-10", "meal_daily": "2025-03", "bank_statement": "2025-12"},
     "cashbook-as-executed spent-as-centre claims-known capital-to-cards canteen-food-stocked canteen-meals-by-price bank-as-booked bank-adjusted canteen-bank"),
    ({"journal": "2025-03", "canteen_journal": "2025-10", "claim_register": "2025-12"},
     "claims-booked claims-reconciled canteen-cash-rolls canteen-staff-apart canteen-inner canteen-nothing-of-the-school canteen-food-paid"),
    ({"canteen_statement": "2025-12", "food_stock": "2025-06"},
     "canteen-food-cost canteen-income-as-eaten canteen-net-two-ways canteen-food-rolls canteen-meals-by-price"),
)  # fmt: skip
# Ledgers of which another one shows each month in which something happened
SHOWN = ("cashbook", "journal", "canteen_journal", "food_receipt", "food_stock", "canteen_statement", "meal_daily", "claim_register", "bank_statement")


@pytest.mark.parametrize(("months", "wanted"), MONTHS, ids=lambda each: " ".join(each) if isinstance(each, dict) else "")
def test_a_month_that_is_missing_is_named_and_nothing_fails_or_passes_for_it(months, wanted, whole, result, forms, school, settle):
    """11 of 12 months: what would be ✗ is 未核 and says which month is missing of which ledger; sums say that they are parts."""
    written = settle(without_months(result, months, forms, school))
    now = changed(whole, written)
    assert set(now.values()) == {UNCHECKED}
    assert set(wanted.split()) <= set(now)
    said = [f"{int(month[5:])} 月" for month in months.values()]
    for check in written.checks:
        if check.rule.id in now:
            assert any(month in check.reason or month.replace(" ", "") in check.reason for month in (*said, "11 月", "2025-12")), check.reason
    assert other_figures(whole, written) == {}


@pytest.mark.parametrize("month", range(1, 13) if IS_LONG else (10,))
@pytest.mark.parametrize("form", SHOWN if IS_LONG else tuple(SHOWN)[:1])
def test_each_month_of_each_ledger(form, month, whole, result, forms, school, settle):
    """The same of each month alone."""
    written = settle(without_months(result, {form: f"2025-{month:02d}"}, forms, school))
    assert set(changed(whole, written).values()) <= {UNCHECKED}
    assert other_figures(whole, written) == {}
