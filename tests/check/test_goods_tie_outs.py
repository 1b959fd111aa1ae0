"""Goods, assets, desks and uniforms against the other forms: each tie-out that holds, that fails, that is 未核."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from check.tables import make_school, make_table

from houqin.check import check_tie_outs
from houqin.forms import load_forms
from houqin.ledger import join_tables

if TYPE_CHECKING:
    from houqin.model import Finding, Ledger, TieOutResult

FORMS = load_forms()
SCHOOL = make_school({})
STOCK = "stock_balance"
REGISTER = "asset_register"
ONE, TWO = "七年级(1)班", "七年级(2)班"

Given = tuple[str, str, list[list[object]]]
# id -> a workbook, the workbook that agrees with it, rows of that one which do not, and what is said then
CASES: dict[str, tuple[Given, Given, list[list[object]], str]] = {
    "receipts-equal-in": (
        ("stock_in", "in_date name qty", [["2025-09-03", "粉笔", 60], ["2025-09-10", "粉笔", 40]]),
        (STOCK, "name in_qty close_qty", [["粉笔", 100, 5], ["拖把", 0, 3]]),
        [["粉笔", 90, 5]],
        "请确认｜粉笔：入库登记合计 100，收发存本期入库 90，相差 10。"),
    "receipts-amount": (
        ("stock_in", "name qty amount", [["粉笔", 60, 210], ["拖把", 4, 56]]),
        (STOCK, "name in_amt close_qty", [["粉笔", 210, 5], ["拖把", 56, 3]]),
        [["粉笔", 2100, 5], ["拖把", 56, 3]],
        "请确认｜入库登记金额合计 266 元，收发存本期入库金额合计 2,156 元，相差 1,890 元。"),
    "stocktake-starts-from-the-books": (
        ("stocktake", "name book_qty real_qty", [["粉笔", 35, 35], ["拖把", 4, 3]]),
        (STOCK, "name close_qty", [["粉笔", 35], ["拖把", 4], ["绳", 0]]),
        [["粉笔", 53], ["拖把", 4]],
        "请确认｜粉笔：盘点表账面数 35，收发存结存 53，相差 18。如盘点日前后有收发请说明。"),
    "plan-within-office-cost": (
        ("purchase_plan", "name plan_qty plan_price plan_amt", [["粉笔", 85, 3.5, 297.5], ["碎纸机", 1, 1280, 1280]]),
        ("budget_execution", "code full total left", [["30201", 20000, 13500, None], ["30213", 1, 1, 0]]),
        [["30201", 13600, 13500, 100]],
        "请确认｜申购金额合计 297.50 元，超过 30201 办公费可用余额 100 元，超出 197.50 元。"),
    "rooms-as-registered": (
        ("room_inventory", "room asset_name qty", [["音乐室", "音箱", 2], ["礼堂", "音箱", 3]]),
        (REGISTER, "asset_no asset_name qty status", [["1", "音箱", 5, "在用"], ["2", "音箱", 1, "报废"]]),
        [["1", "音箱", 6, "在用"]],
        "提醒｜“音箱”各室清单合计 5，固定资产台账 6，相差 1。还有房间没交清单的请补齐。"),
    "every-card-counted-once": (
        ("asset_stocktake", "asset_no asset_name book_qty real_qty", [["A1", "音箱", 1, 1], ["A2", "钢琴", 1, 1]]),
        (REGISTER, "asset_no asset_name status", [["A1", "音箱", "在用"], ["A2", "钢琴", "在用"], ["A9", "凳",
         "报废"]]),
        [["A1", "音箱", "在用"], ["A2", "钢琴", "在用"], ["A3", "画架", "在用"]],
        "请确认｜“A3”在资产台账里有 1，清查盘点表里没有。"),
    "book-quantity-as-registered": (
        ("asset_stocktake", "asset_no asset_name book_qty real_qty", [["A1", "课桌", 50, 50]]),
        (REGISTER, "asset_no asset_name qty", [["A1", "课桌", 50], ["A2", "钢琴", 1]]),
        [["A1", "课桌", 48]],
        "请确认｜资产编号 A1：清查表账面数 50，台账数量 48，相差 2。"),
    "disposed-cards-are-registered": (
        ("asset_disposal", "asset_no asset_name", [["A1", "音箱"]]),
        (REGISTER, "asset_no asset_name", [["A1", "音箱"], ["A2", "钢琴"]]),
        [["A2", "钢琴"]],
        "请确认｜处置清单里的资产 A1 在固定资产台账里没有。可能已经处置过，或编号写错。"),
    "new-cards-are-registered": (
        ("asset_change", "asset_no asset_name change_type", [["A1", "音箱", "新增"], ["A8", "凳", "处置"]]),
        (REGISTER, "asset_no asset_name", [["A1", "音箱"], ["A2", "钢琴"]]),
        [["A2", "钢琴"]],
        "请确认｜变动登记里新增的资产 A1 在固定资产台账里没有，请补建卡片。"),
    "assets-roll-to-the-register": (
        ("asset_change", "class_name open_cost close_cost", [["设备", 1, 9000], ["家具和用具", 1, 1000]]),
        (REGISTER, "asset_no cost status", [["A1", 9000, "在用"], ["A2", 1000, "闲置"], ["A3", 500, "报废"]]),
        [["A1", 9000, "在用"]],
        "请确认｜增减变动表期末原值合计 10,000 元，固定资产台账原值合计 9,000 元，相差 1,000 元。"),
    "desks-after-the-moves": (
        ("desk_transfer", "class after_desk", [[ONE, 46], [TWO, 47]]),
        ("desks", "class desk_have", [[ONE, 46], [TWO, 47], ["七年级(3)班", 45]]),
        [[ONE, 46], [TWO, 44]],
        f"请确认｜{TWO}调整后课桌 47 张，桌椅统计表现有 44 张，相差 3 张。如统计表是调整前填的请说明。"),
    "chairs-after-the-moves": (
        ("desk_transfer", "class after_chair", [[ONE, 46], [TWO, 47]]),
        ("desks", "class chair_have", [[ONE, 46], [TWO, 47]]),
        [[ONE, 46], [TWO, 44]],
        f"请确认｜{TWO}调整后椅凳 47 把，桌椅统计表现有 44 把，相差 3 把。如统计表是调整前填的请说明。"),
    **{
        f"{style}-sizes-summed-up": (
            ("uniform_size_summary", "class style sex size sets", [[ONE, name, "男", "165", 2], [ONE, name, "女",
             "165", 1]]),
            ("uniform_order", f"class pupil {style}_size {style}_qty voluntary",
             [[ONE, "甲", "165", 2, "是"], [ONE, "乙", "165", 1, None], [ONE, "丙", "165", 1, "否"]]),
            [[ONE, "甲", "165", 2, "是"]],
            f"请确认｜{ONE}{name} 165 码：尺码汇总 3 套，学生登记合计 2 套，相差 1 套。")
        for style, name in (("summer", "夏装"), ("autumn", "春秋装"), ("winter", "冬装"))
    },
    "issued-within-ordered": (
        ("uniform_issue", "class pupil sets", [[ONE, "甲", 2], [ONE, "乙", 1]]),
        ("uniform_order", "class pupil summer_qty winter_qty voluntary", [[ONE, "甲", 2, 1, None], [ONE, "乙", 1, 1,
         None]]),
        [[ONE, "甲", 1, None, None], [ONE, "乙", 1, None, "是"]],
        f"请确认｜{ONE}发放校服 3 套，征订登记只有 2 套，多发 1 套。"),
}  # fmt: skip


def tied(tie: str, *given: Given) -> tuple[TieOutResult, list[Finding]]:
    """Make one tie-out over some workbooks."""
    ledgers: dict[str, Ledger] = {
        name: join_tables([make_table(FORMS[name], columns, rows)], FORMS[name], None)[0]
        for name, columns, rows in given
    }
    (result,), findings = check_tie_outs(
        ledgers, replace(FORMS, tie_outs=tuple(t for t in FORMS.tie_outs if t.id == tie)), SCHOOL
    )
    return result, findings


@pytest.mark.parametrize("tie", CASES)
def test_workbooks_that_agree_pass(tie: str) -> None:
    """Whatever else stands in them: other goods, scrapped cards, pupils who order nothing."""
    result, findings = tied(tie, *CASES[tie][:2])
    assert (result.verdict, findings) == ("通过", [])


@pytest.mark.parametrize("tie", CASES)
def test_workbooks_that_differ_are_told(tie: str) -> None:
    """Which numbers, how far apart, and what may be the cause."""
    left, (form, columns, _), rows, said = CASES[tie]
    result, findings = tied(tie, left, (form, columns, rows))
    told = [f"{f.level.title}｜{f.message}" for f in findings]
    assert result.verdict == "不符"
    assert said in [text[: len(said)] for text in told]


def test_what_was_disposed_of_may_have_left_the_register() -> None:
    """The register of the year's end no longer has the card; the register of changes says that it was disposed of."""
    left, (form, columns, _), rows, _ = CASES["disposed-cards-are-registered"]
    gone = ("asset_change", "asset_no asset_name change_type", [["A1", "音箱", "处置"]])
    moved = ("asset_change", "asset_no asset_name change_type", [["A1", "音箱", "调拨"]])
    assert tied("disposed-cards-are-registered", left, (form, columns, rows), gone)[0].verdict == "通过"
    assert tied("disposed-cards-are-registered", left, (form, columns, rows), moved)[0].verdict == "不符"


@pytest.mark.parametrize("tie", CASES)
def test_a_missing_workbook_is_unchecked(tie: str) -> None:
    """未核 with the name of what was not handed in, and no finding."""
    first, second = CASES[tie][:2]
    for given, lacking in ((first, second), (second, first)):
        result, findings = tied(tie, given)
        assert (result.verdict, findings) == ("未核", [])
        assert FORMS[lacking[0]].title in (result.reason or "")
