"""The plainer forms against the others: each tie-out with numbers that differ, and 未核 where a workbook is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from check.tables import make_school, make_table

from houqin.check import check_tie_outs
from houqin.forms import load_forms
from houqin.ledger import join_tables

if TYPE_CHECKING:
    from houqin.model import Ledger

FORMS = load_forms()
SCHOOL = make_school({})
BUDGET = ("budget_execution", "code full total")

Given = tuple[str, str, list[list[object]]]
# id -> the two workbooks, and what is said
CASES: dict[str, tuple[Given, Given, str]] = {
    "boarders-by-class": (
        ("dorm", "room pupil class", [["101", "甲", "七年级(1)班"], ["101", "乙", "七年级(1)班"]]),
        ("meal_registration", "class boarders", [["七年级(1)班", 6]]),
        "请确认｜七年级(1)班宿舍名单 2 人，就餐登记的住校生 6 人，相差 4 人。住校生三餐都在校，人数不符，早晚餐备餐和床位会有一处多、一处少。"),
    "beds-for-boarders": (
        ("dorm", "room beds used", [["101", 8, 7], ["102", 8, 8]]),
        ("meal_registration", "class boarders", [["七年级(1)班", 6], ["七年级(2)班", 20]]),
        "请确认｜全校宿舍已住 15 人，就餐登记的住校生 26 人，相差 11 人。全校住宿人数只有一个数，两张表差得多，就有一张漏了班或漏了楼。"),
    "damages-as-received": (
        ("damage", "item comp receipt", [["凳子", 40, "01"], ["玻璃", 35, "02"], ["桌面", 60, None]]),
        ("cashbook", "date summary income", [["2025-09-10", "学生损坏公物赔偿款", 40], ["2025-09-11", "拨款", 9000]]),
        "请确认｜有收据号的赔偿款合计 75 元，收支明细账的赔偿收入 40 元，相差 35 元。收了的赔偿款都要开收据、入账，少一笔就是坐收坐支。"),
    "electricity-as-paid": (
        ("utility", "kind meter curr cost", [["电", "D1", 1, 6545], ["水", "S1", 1, 416]]),
        (*BUDGET, [["30206", 9000, 6000]]),
        "提醒｜抄表的用电金额 6,545 元，30206 电费累计支出 6,000 元，相差 545 元。抄表算出的电费应在 30206 列支；差得多，多半是跨月付款，或列错了科目。"),
    "water-as-paid": (
        ("utility", "kind meter curr cost", [["电", "D1", 1, 6545], ["水", "S1", 1, 416]]),
        (*BUDGET, [["30205", 900, 400]]),
        "提醒｜抄表的用水金额 416 元，30205 水费累计支出 400 元，相差 16 元。抄表算出的水费应在 30205 列支；差得多，多半是跨月付款，或列错了科目。"),
    "machines-are-disinfected": (
        ("water", "date place content", [["2025-08-28", "一楼", "内胆"]]),
        ("asset_register", "asset_no asset_name place status", [["1", "饮水机", "一楼", "在用"], ["2", "饮水机", "二楼", "在用"],
                                                                ["3", "饮水机", "三楼", "报废"], ["4", "空调", "四楼", "在用"]]),
        "请确认｜“二楼”在资产台账的饮水机里有 1，清洗消毒记录里没有。开学前每台都要清洗消毒并登记，漏一台就是一处安全隐患。"),
    "what-was-sprayed-was-issued": (
        ("greening", "date work chem", [["2025-09-06", "打药", "吡虫啉"], ["2025-09-07", "施肥", "复合肥"]]),
        ("stock_issue", "name qty", [["复合肥", 2], ["粉笔", 3]]),
        "请确认｜“吡虫啉”在绿化养护记录里有 1，领用登记里没有。农药要专人领、专人用、有登记，用了没有领用就不知道从哪里来。"),
    "holiday-works-within-budget": (
        ("holiday_works", "item budget", [["防水", 30000], ["换灯", 20000]]),
        (*BUDGET, [["30213", 45000, 100]]),
        "请确认｜假期维修计划合计 50,000 元，多于 30213 维修（护）费全年预算 45,000 元，超 5,000 元。计划超过预算，开工后没有钱付。"),
    "event-goods-were-issued": (
        ("event", "event goods qty return_state", [["运动会", "矿泉水", 9, "不用归还"], ["运动会", "帐篷", 4, "未归还"]]),
        ("stock_issue", "name qty", [["矿泉水", 5], ["帐篷", 1]]),
        "提醒｜矿泉水：活动用去 9，领用登记只有 5，少 4。活动用的东西也要在领用登记上签收，否则收发存对不上。"),
}  # fmt: skip


def _ledgers(*given: Given) -> dict[str, Ledger]:
    return {
        name: join_tables([make_table(FORMS[name], columns, rows)], FORMS[name], None)[0]
        for name, columns, rows in given
    }


@pytest.mark.parametrize("tie", CASES)
def test_two_workbooks_that_differ_are_told(tie: str):
    """Which numbers, how far apart, and why it matters; said once."""
    left, right, said = CASES[tie]
    one = replace(FORMS, tie_outs=tuple(t for t in FORMS.tie_outs if t.id == tie))
    (result,), findings = check_tie_outs(_ledgers(left, right), one, SCHOOL)
    assert (result.verdict, [f"{f.level.title}｜{f.message}" for f in findings]) == ("不符", [said])


@pytest.mark.parametrize("tie", CASES)
def test_a_missing_workbook_is_unchecked(tie: str):
    """未核 with the name of what was not handed in, and no finding."""
    left, right, _ = CASES[tie]
    one = replace(FORMS, tie_outs=tuple(t for t in FORMS.tie_outs if t.id == tie))
    for given, lacking in ((left, right), (right, left)):
        (result,), findings = check_tie_outs(_ledgers(given), one, SCHOOL)
        assert (result.verdict, findings) == ("未核", [])
        assert FORMS[lacking[0]].title in (result.reason or "")
