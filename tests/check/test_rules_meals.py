"""Each check of the canteen's forms: told at its cell with what is found and expected, and silent on a clean table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from check.tables import make_school, make_table
from small_tables import raw_of

from houqin.check import check_ledgers, check_table
from houqin.clean import clean_table
from houqin.forms import Forms, load_forms
from houqin.ledger import join_tables
from houqin.match import match_table
from houqin.model import Note, RowKind

if TYPE_CHECKING:
    from houqin.model import Finding

FORMS = load_forms()
SCHOOL = make_school({"七年级(1)班": 45})
C1, D9, D10 = "七年级(1)班", "2025-10-09", "2025-10-10"
Rows = list[list[object]]


def judged(form: str, columns: str, rows: Rows, **more: object) -> list[Finding]:
    """Give the findings of the form's checks over a literal table, as of 12 September 2025."""
    own = FORMS[form]
    table = make_table(own, columns, rows, **more)  # type: ignore[arg-type]
    ledger, _ = join_tables([table], own, SCHOOL)
    found = check_table(table, own, SCHOOL)
    found += check_ledgers({form: ledger}, Forms({form: own}, (), ""), SCHOOL, "2025-09-12")
    return [finding for finding in found if finding.code != "class-missing"]


FEE = "class pupil unit_price plan_meals prepaid real_meals due refund topup carry"
GOOD_FEE = [C1, "甲", 6.5, 120, 780, 112, 728, 52, None, None]
RECEIPT = "receipt_date food uom qty price amount prod_date shelf_life supplier certs sensory checker1 checker2"
RICE = [D10, "大米", "袋", 20, 130, 2600, "2025-09-10", "12个月", "示例店", "检验报告", "无异味", "张某", "李某"]
STOCK = "name uom open_qty in_qty out_qty close_qty"
SAMPLE = "date meal dish grams time_in time_out"
FISH = [D9, "午餐", "鱼", 125, "2025-10-09 11:30", "2025-10-11 11:30"]
COMPANION = "date meal leader quality advice handled"
JOURNAL = "date voucher summary income expense balance"
BOOK: Rows = [
    [D9, "1", "收餐费", 500, None, 1500],
    [D9, "2", "付菜款", None, 300, 1200],
    [D10, "3", "付米款", None, 200, 1000],
]
SURVEY = "question sent returned very_good good fair bad other rate"
HEALTH = "staff job cert_no issue expire"
LOG = "check_date item result problem handled"
RISK = "check_date week risk measure done"
TICKS = "item passed failed problem handled"
DAILY = "class date enrolled present breakfast lunch dinner leave"
STATEMENT = "date item month_amt year_amt"


def changed(row: list[object], **cells: object) -> list[object]:
    """Give a row with cells changed by their position: `_3=125`."""
    return [cells.get(f"_{i}", value) for i, value in enumerate(row)]


CASES: list[tuple[str, str, str, Rows, str, str, str | None, str]] = [
    # form, check, columns, rows, cell, code, expected, words of the sentence
    ("meal_daily", "one-row", DAILY, [[C1, D9, 44, 42, 9, 42, 9, 2]] * 2, "A5", "duplicate", None, "登记了 2 次"),
    ("meal_daily", "two-counts", DAILY, [[C1, D9, 44, 42, 9, 42, 9, 2], [C1, D9, 44, 43, 9, 41, 9, 1]], "A5",
     "duplicate", None, "人数不同"),
    ("meal_daily", "sum", DAILY, [[C1, D9, 44, 43, 9, 42, 9, 2]], "D4", "sum-mismatch", "42", "相差 1 人"),
    ("meal_daily", "present", DAILY, [[C1, D9, 44, 46, 9, 42, 9, None]], "D4", "over-limit", None,
                                      "实到 46 人，超过应到 44"),
    ("meal_daily", "breakfast", DAILY, [[C1, D9, 44, 42, 45, 42, 9, 2]], "E4", "over-limit", None, "早餐 45 人"),
    ("meal_daily", "lunch", DAILY, [[C1, D9, 44, 42, 9, 46, 9, 2]], "F4", "over-limit", None, "午餐 46 人"),
    ("meal_daily", "dinner", DAILY, [[C1, D9, 44, 42, 9, 42, 49, 2]], "G4", "over-limit", None, "晚餐 49 人"),
    ("meal_daily", "term", DAILY, [[C1, "2024-10-09", 44, 42, 9, 42, 9, 2]], "B4", "bad-date", None, "不在本学期"),
    ("meal_fee", "due", FEE, [changed(GOOD_FEE, _6=782)], "G4", "amount-mismatch", "728", "应收填的是 782.00 元"),
    ("meal_fee", "refund", FEE, [changed(GOOD_FEE, _7=25)], "H4", "balance-mismatch", "52", "相差 27.00 元"),
    ("meal_fee", "rolls", "class open prepaid due refund carry", [[C1, 100, 780, 728, 52, 1000]], "F4",
     "balance-mismatch", "100", "上期结转 100.00"),
    ("meal_fee", "both", FEE, [changed(GOOD_FEE, _7=104, _8=52)], "I4", "both-filled", None, "只能退或补"),
    ("meal_fee", "prepaid", "class pupil unit_price plan_meals prepaid due", [[C1, "甲", 6.5, 120, 800, 780]], "E4",
     "amount-mismatch", "780", "如系取整收取请说明"),
    ("meal_fee", "plan", FEE, [[C1, "甲", 6.5, 120, 780, 121, 786.5, None, 6.5, None]], "F4", "over-limit",
                               None, "多于计划 120"),
    ("meal_fee", "once", FEE, [GOOD_FEE, GOOD_FEE], "B5", "duplicate", None, "出现了 2 次"),
    ("meal_price", "month", "item month_qty price month_amt cost", [["大米", 100, 2.6, 620, 1.3]], "D4",
        "amount-mismatch", "260", "月金额填的是 620.00"),
    ("meal_price", "cost", "item month_amt meals cost", [["大米", 2600, 2000, 1.2]], "D4", "rate-mismatch",
        "1.3", "÷ 2,000 人次"),
    ("meal_price", "standard", "item cost standard", [["大米", 1.3, 6.5], ["菜", 5.0, 6.5]], "B4",
        "sum-mismatch", None, "相加是 6.30 元，核定餐标是 6.50 元，少 0.20"),
    ("meal_price", "ratio", "item cost ratio", [["大米", 1, 25], ["菜", 3, 57]], "C5", "rate-mismatch", "75.00",
        "占合计 4.00 元的 75.00%"),
    ("meal_price", "once", "meal item cost", [["午餐", "大米", 1], ["午餐", "大米", 1]], "B5", "duplicate",
        None, "成本会重复计算"),
    ("food_receipt", "amount", RECEIPT, [changed(RICE, _5=260)], "F4", "amount-mismatch", "2600", "可能少打了一个 0"),
    ("food_receipt", "negative", RECEIPT, [changed(RICE, _3=-20, _5=-2600)], "D4", "negative", None, "如系退货"),
    ("food_receipt", "same", RECEIPT, [RICE, changed(RICE, _0=D9, _12="张某")], "M5", "one-signer", None,
                                       "验收人都是张某"),
    ("food_receipt", "one", RECEIPT, [RICE, changed(RICE, _0=D9, _12=None)], "M5", "one-signer", None, "只有张某一人"),
    ("food_receipt", "certs", RECEIPT, [changed(RICE, _9=None)], "J4", "missing", None, "没有填索证索票"),
    ("food_receipt", "no-certs", RECEIPT, [changed(RICE, _9="无")], "J4", "bad-record", None, "没有合格证明不得验收"),
    ("food_receipt", "sound", RECEIPT, [changed(RICE, _10="有霉变")], "K4", "bad-record", None, "请写明是否退货"),
    ("food_receipt", "expired", RECEIPT, [changed(RICE, _7="29天")], "H4", "expired", None,
        "到 2025-10-09 为止，2025-10-10 进货时已经过期"),
    ("food_receipt", "until", RECEIPT, [changed(RICE, _7="2025-10-09")], "H4", "expired", None, "已经过期"),
    ("food_receipt", "made", RECEIPT, [changed(RICE, _6="20251011")], "G4", "bad-date", None,
                                       "晚于进货日期 2025-10-10"),
    ("food_receipt", "units", "food uom price", [["白菜", "斤", 1], ["猪肉", "斤", 12], ["猪肉", "公斤", 13]],
        "B6", "bad-unit", None,
     "斤 2 行、公斤 1 行（B6）"),
    ("food_receipt", "ordered", "food ordered qty", [["白菜", 100, 111]], "C4", "over-limit", None,
        "比订购的 100 多出一成以上"),
    ("food_receipt", "price", "food uom price", [["肉", "斤", 12], ["肉", "斤", 12.5], ["肉", "斤", 120]], "C6",
        "price-outlier", None,
     "12.50 元相差 860%"),
    ("food_receipt", "twice", RECEIPT, [RICE, RICE], "B5", "duplicate", None, "重复登记、重复付款"),
    ("food_stock", "balance", STOCK, [["粮食", "斤", 38.4, 2448, 2479.2, 2.7]], "F4", "balance-mismatch", "7.2",
                                      "像是两个数字写颠倒了"),
    ("food_stock", "negative", STOCK, [["蛋", "斤", 20, 100, 130, -10]], "F4", "negative", None, "结存是负数 −10"),
    ("food_stock", "in", "name in_qty in_price in_amt close_qty", [["米", 10, 3.5, 350, 1]], "D4",
        "amount-mismatch", "35", "可能多打了一个 0"),
    ("food_stock", "out", "name out_qty out_price out_amt close_qty", [["米", 10, 3.5, 350, 1]], "D4",
        "amount-mismatch", "35", "可能多打了一个 0"),
    ("food_stock", "close", "name close_qty close_price close_amt", [["米", 10, 3.5, 350]], "D4",
        "amount-mismatch", "35", "可能多打了一个 0"),
    ("food_stock", "money", "name open_amt in_amt out_amt close_amt close_qty", [["米", 100, 50, 40, 120, 1]],
        "E4", "balance-mismatch", "110", "相差 10.00 元"),
    ("food_stock", "counted", "name book_qty real_qty gain_qty loss_qty reason", [["盐", 22, 20, None, 1,
        "损耗"]], "C4", "stocktake-mismatch", "21", "相差 −2，填的盈亏是 −1"),
    ("food_stock", "diff", "name book_qty real_qty diff_qty reason", [["盐", 22, 20, 2, "损耗"]], "D4",
        "stocktake-mismatch", None, "= −2，盈亏数量填的是 2"),
    ("food_stock", "either", "name gain_qty loss_qty", [["盐", 2, 2]], "C4", "both-filled", None, "只能盘盈或盘亏"),
    ("food_stock", "reason", "name book_qty real_qty reason", [["盐", 22, 20, None]], "D4", "reason-missing",
        None, "没有填差异原因"),
    ("food_stock", "units", "name uom close_qty", [["盐", "kg", 1], ["米", "公斤", 1], ["菜", "斤", 2]], "B6",
        "bad-unit", None, "公斤 2 行、斤 1 行"),
    ("food_stock", "once", STOCK, [["米", "斤", 1, 1, 1, 1]] * 2, "A5", "duplicate", None, "出现了 2 次"),
    ("food_sample", "grams", SAMPLE, [changed(FISH, _3=100)], "D4", "too-little", None, "不得少于 125 克"),
    ("food_sample", "hours", SAMPLE, [changed(FISH, _5="2025-10-11 10:30")], "F4", "too-short", None,
                                      "只留了 47 小时，不满 48 小时"),
    ("food_sample", "clock", SAMPLE, [changed(FISH, _4="11:30", _5="10月11日上午11:00")], "F4", "too-short",
                                      None, "47 小时 30 分钟"),
    ("food_sample", "days", SAMPLE, [changed(FISH, _4=D9, _5=D10)], "F4", "too-short", None, "只留了 1 天"),
    ("food_sample", "time", SAMPLE, [changed(FISH, _4=None)], "E4", "missing", None, "没有填留样时间"),
    ("food_sample", "once", SAMPLE, [FISH, FISH], "C5", "duplicate", None, "登记了 2 次"),
    ("meal_companion", "advice", COMPANION, [[D9, "午餐", "张某", "优", "汤偏咸", None]], "F4", "open-issue",
        None, "提出“汤偏咸”，没有填处理结果"),
    ("meal_companion", "poor", COMPANION, [[D9, "午餐", "张某", "差", None, None]], "D4", "open-issue", None,
        "没有写明问题"),
    ("meal_companion", "who", COMPANION, [[D9, "午餐", None, "优", None, None]], "C4", "missing", None, "没有填陪餐人"),
    ("meal_companion", "once", COMPANION, [[D9, "午餐", "张某", "优", None, None]] * 2, "C5", "duplicate", None,
        "登记了 2 次"),
    ("meal_companion", "term", COMPANION, [["2024-10-09", "午餐", "张某", "优", None, None]], "A4", "bad-date",
        None, "不在本学期"),
    ("canteen_journal", "runs", JOURNAL, [BOOK[0], changed(BOOK[1], _5=1020), BOOK[2]], "F5",
        "balance-mismatch", "1200", "余额填的是 1,020.00 元"),
    ("canteen_journal", "both", JOURNAL, [[D9, "1", "餐费", 500, 300, 1200]], "E4", "both-filled", None, "请分成两笔"),
    ("canteen_journal", "below", JOURNAL, [[D9, "1", "菜款", None, 300, -300]], "F4", "negative", None, "不能透支"),
    ("canteen_journal", "bonus", JOURNAL, [[D9, "1", "教职工福利费", None, 300, 300]], "C4", "not-allowed-cost",
        None, "不得在食堂列支"),
    ("canteen_journal", "once", JOURNAL, [[D9, "1", "菜款", None, 300, None]] * 2, "C5", "duplicate", None,
        "是否重复入账"),
    ("canteen_journal", "order", "date summary", [[D9, "a"], [D10, "b"], [D9, "c"], *([D10, n] for n in "def")], "A6",
        "bad-date", None, "早于上一笔的 2025-10-10"),
    ("canteen_statement", "missing", STATEMENT, [["2025-11", "七、所得税", 5, None]], "D4", "missing", None,
        "本年累计金额空着"),
    ("canteen_statement", "so-far", "item last_amt month_amt year_amt", [["伙食费", 100, 50, 105]], "D4",
        "carry-mismatch", "150", "本年累计填的是 105.00"),
    ("canteen_statement", "once", STATEMENT, [["2025-11", "水电", 5, 9], ["2025-11", "水电", 5, 9]], "B5",
        "duplicate", None, "登记了 2 次"),
    ("survey", "sent", SURVEY, [["口味", 10, 11, None, 8, 2, 1, None, 90.91]], "C4", "over-limit", None,
                                "多于发放的 10 份"),
    ("survey", "sum", SURVEY, [["口味", 10, 10, None, 8, 2, 1, None, 80]], "C4", "sum-mismatch", "11",
                               "各选项相加是 11 份"),
    ("survey", "rate", SURVEY, [["口味", 10, 10, None, 7, 2, 1, None, 95]], "I4", "rate-mismatch", None,
                                "按“满意”算是 70.00%，把“基本满意”也算进去是 90.00%"),
    ("survey", "once", "question returned good bad", [["口味", 10, 9, 1]] * 2, "A5", "duplicate", None, "登记了 2 次"),
    ("staff_health", "past", HEALTH, [["甲", "厨师", "J1", "2024-09-01", "2025-09-11"]], "E4", "expired", None,
                                      "已到期 1 天"),
    ("staff_health", "soon", HEALTH, [["甲", "厨师", "J1", "2024-10-13", "2025-10-12"]], "E4", "expires-soon",
                                      None, "还有 30 天"),
    ("staff_health", "issue", HEALTH, [["甲", "厨师", "J1", "2026-10-13", "2026-10-12"]], "E4", "bad-date",
                                       None, "早于发证日期"),
    ("staff_health", "number", HEALTH, [[n, "厨师", "J1", "2025-08-01", "2026-07-31"] for n in "甲乙"], "C5",
        "duplicate", None, "一人一证"),
    ("staff_health", "once", HEALTH, [["甲", "厨师", n, "2025-08-01", "2026-07-31"] for n in ("J1", "J2")],
                                      "A5", "duplicate", None, "同名还是重复"),
    ("food_safety_log", "problem", LOG, [[D9, "留样", "否", None, "已补"]], "D4", "open-issue", None,
        "没有写明存在的问题"),
    ("food_safety_log", "result", LOG, [[D9, "留样", "否", "漏留", None]], "E4", "open-issue", None, "问题没有闭环"),
    ("food_safety_log", "tick-problem", TICKS, [["留样", None, "是", None, "已补"]], "D4", "open-issue", None,
        "没有写明存在"),
    ("food_safety_log", "tick-result", TICKS, [["留样", None, "是", "漏留", None]], "E4", "open-issue", None,
        "没有闭环"),
    ("food_safety_log", "measure", RISK, [[D9, "第6周", "冰箱温度高", None, "完成"]], "D4", "open-issue", None,
        "没有填整改措施"),
    ("food_safety_log", "done", RISK, [[D9, "第6周", "冰箱温度高", "调低", None]], "E4", "open-issue", None,
                                       "没有填完成情况"),
    ("food_safety_log", "once", LOG, [[D9, "留样", "是", None, None]] * 2, "B5", "duplicate", None, "登记了 2 次"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "columns", "rows", "cell", "code", "expected", "said"),
    [case[:1] + case[2:] for case in CASES],
    ids=[f"{case[0]}-{case[1]}" for case in CASES],
)
def test_a_check_tells_of_the_cell(  # noqa: PLR0917  (a case has that many sides)
    form: str, columns: str, rows: Rows, cell: str, code: str, expected: str | None, said: str
) -> None:
    """One finding, at its cell, with what is expected and a sentence that a clerk understands."""
    (finding,) = (each for each in judged(form, columns, rows) if each.level.value != "info")
    assert finding.place is not None
    assert (finding.place.cell, finding.code, finding.expected) == (cell, code, expected)
    assert said in finding.message
    assert "{" not in finding.message


CLEAN: list[tuple[str, str, Rows]] = [
    ("meal_daily", DAILY, [[C1, D9, 44, 42, 9, 42, 9, 2], [C1, D10, 44, 44, 44, 44, 44, 0], [C1, "2025-10-13",
                           *[None] * 6]]),
    ("meal_fee", FEE, [GOOD_FEE, [C1, "丙", 6.5, 120, 780, 112, 728, None, None, 52], [C1, "丁", *[None] * 8]]),
    ("meal_price", "item month_qty price month_amt meals cost ratio standard",
     [["大米", 14000, 2.6, 36400, 28000, 1.3, 20, 6.5], ["菜", None, None, None, None, 5.2, 80, 6.5]]),
    ("food_receipt", RECEIPT, [RICE, changed(RICE, _0=D9, _11=None, _12=None), changed(RICE, _1="白菜", _9=None,
                               _6=None, _7=None),
                               changed(RICE, _0="2025-10-11", _6="B20250910", _7="阴凉处")]),
    ("food_receipt", "food checker1", [["白菜", "张某、李某"], ["土豆", "张某 李某"]]),
    ("food_stock", STOCK, [["粮食", "斤", 38.4, 2448, 2479.2, 7.2], ["油", "斤", 28.9, 728, 751.4, 5.5], ["盐",
                           "袋", None, 5, None, 5]]),
    ("food_stock", "name book_qty real_qty gain_qty loss_qty reason", [["盐", 22, 22, None, None, None], ["米",
        5, 6, 1, None, "涨秤"]]),
    ("food_sample", SAMPLE, [FISH, changed(FISH, _2="汤", _4="11:30", _5="2025-10-12"), changed(FISH, _2="饭",
                             _4=D9, _5="2025-10-11")]),
    ("meal_companion", COMPANION, [[D9, "午餐", "张某", "优", "无", None], [D10, "午餐", "李某", "差", "菜凉",
                                   "已加保温台"]]),
    ("canteen_journal", JOURNAL, [*BOOK, ["2025-10-11", "4", "退餐费", None, 100, None], ["2025-10-12", "5",
                                  "收餐费", 50, None, 950]]),
    ("survey", SURVEY, [["口味", 400, 390, 200, 180, None, 10, None, 97.44]]),
    ("staff_health", HEALTH, [["甲", "厨师", "J1", "2025-08-01", "2026-07-31"], ["乙", "帮厨", None, None, None]]),
    ("food_safety_log", LOG, [[D9, "留样", "是", None, None], [D9, "消毒", "否", "温度低", "已调"]]),
    ("food_safety_log", RISK, [[D9, "第6周", "无", None, None], [D10, "第7周", "鼠患", "投药", "完成"]]),
]  # fmt: skip


@pytest.mark.parametrize(("form", "columns", "rows"), CLEAN, ids=[each[0] for each in CLEAN])
def test_a_clean_table_is_left_in_peace(form: str, columns: str, rows: Rows) -> None:
    """Blanks where people sign on paper, batch numbers, goods without papers that need none: nothing to tell."""
    assert [finding.line for finding in judged(form, columns, rows)] == []


def test_the_balance_begins_with_the_opening_row_and_a_wrong_amount_is_told_once() -> None:
    """上月结转 1000; after a wrong amount the rule goes on from what the clerk wrote."""
    rows: Rows = [[None, None, "上月结转", None, None, 1000], [D9, "1", "收餐费", 500, None, 1550],
                  [D9, "2", "付菜款", None, 300, 1250]]  # fmt: skip
    (finding,) = judged("canteen_journal", JOURNAL, rows, totals={0: RowKind.OPENING})
    assert finding.place is not None
    assert (finding.place.cell, finding.expected) == ("F5", "1500")
    assert finding.message.startswith("“收餐费”上一笔余额 1,000.00 + 收入 500.00 − 支出 0.00 = 1,500.00 元")


NOVEMBER: Rows = [
    ["2025-11", "一、伙食费收入", 218003.72, 1905003.72], ["2025-11", "二、伙食费支出", 162886.52, 1462886.52],
    ["2025-11", "1菜品", 78000, 700000], ["2025-11", "2米/油", 31000.52, 280886.52], ["2025-11", "3调味品",
     6000, 54000],
    ["2025-11", "4其他物料", 2886, 26000], ["2025-11", "5燃气", 9000, 81000], ["2025-11", "6水电", 4000, 33000],
    ["2025-11", "7工资", 32000, 288000], ["2025-11", "四、管理费用", 62179.5, 520000],
    ["2025-11", "六、营业利润", -7062.3, -77882.8], ["2025-11", "八、净利润", -7062.3, -77882.8],
]  # fmt: skip


def test_the_published_statement_adds_up() -> None:
    """二 = 162,886.52, 四 = 62,179.50, 六 = 一 − 二 − 四 = −7,062.30: the figures of a published statement."""
    assert judged("canteen_statement", STATEMENT, NOVEMBER) == []


@pytest.mark.parametrize(
    ("at", "amount", "cell", "expected", "said"),
    [
        (1, 162868.52, "C5", "162886.52", "下面 7 项相加 = 162,886.52 元，相差 18.00 元，像是两个数字写颠倒了"),
        (10, 7062.3, "C14", "-7062.3", "收入 218,003.72 − 支出 225,066.02 = −7,062.30 元"),
    ],
)
def test_a_head_that_is_not_its_items_is_told(at: int, amount: float, cell: str, expected: str, said: str) -> None:
    """Heads by the items below them, what is left over by the heads."""
    rows = [changed(row, _2=amount) if i == at else row for i, row in enumerate(NOVEMBER)]
    found = {f.place.cell: f for f in judged("canteen_statement", STATEMENT, rows) if f.place}
    assert said in found[cell].message
    assert found[cell].expected == expected


def test_the_rate_in_the_column_of_amounts_is_compared() -> None:
    """−3.24 % is what is left over by the income; 0.0324 or 3.24 without its sign is not."""
    columns = "date item month_amt month_rate"
    rate: list[object] = ["2025-11", "九、营业利润率", None, -3.24]
    whole = [[*row[:3], None] for row in NOVEMBER]
    assert judged("canteen_statement", columns, [*whole, rate]) == []
    (finding,) = judged("canteen_statement", columns, [*whole, changed(rate, _3=3.24)])
    assert (finding.code, finding.expected) == ("rate-mismatch", "-3.24")


def test_income_and_cost_in_blocks_are_summed_by_their_block() -> None:
    """收入 and 支出 beside the items; 小计 rows are compared with the items above them."""
    columns = "section item month_amt"
    rows: Rows = [["收入", "学生伙食费", 100], ["收入", "教职工伙食费", 20], [None, "小计", 120], ["支出",
                  "原材料", 80],
                  ["支出", "水电", 10], [None, "小计", 95], [None, "收支结余", 30]]  # fmt: skip
    found = judged("canteen_statement", columns, rows, totals={2: RowKind.SUBTOTAL, 5: RowKind.SUBTOTAL})
    assert [(f.code, f.place.cell if f.place else "", f.expected) for f in found] == [("total-mismatch", "C9", "90")]


def test_what_is_carried_over_is_opening_and_income_less_cost() -> None:
    """上月结余 is no income of the month; 累计结余 takes it in."""
    rows: Rows = [["上月结余", 1000], ["本月收入", 500], ["本月支出", 300], ["本月结余", 200], ["累计结余", 1020]]
    (finding,) = judged("canteen_statement", "item month_amt", rows)
    assert (finding.place.cell if finding.place else "", finding.expected) == ("B8", "1200")


def test_a_years_sum_grows_by_the_month() -> None:
    """November's 本年累计 is October's and November; January begins anew."""
    item = "一、伙食费收入"
    rows: Rows = [["2025-10", item, 5, 50], ["2025-11", item, 6, 65], ["2026-01", item, 7, 17]]
    found = judged("canteen_statement", STATEMENT, rows)
    assert [(f.code, f.place.cell if f.place else "", f.expected) for f in found] == [
        ("carry-mismatch", "D5", "56"),
        ("carry-mismatch", "D6", "7"),
    ]
    assert "2025-10 本年累计 50.00 元 + 本月 6.00 元 = 56.00 元" in found[0].message


def test_the_rate_says_which_way_it_was_counted() -> None:
    """All rows one way: 说明; one row another way: 请确认 at that row."""
    wide = [["口味", 10, 10, None, 7, 2, 1, None, 90], ["卫生", 10, 10, None, 8, 1, 1, None, 90]]
    (said,) = judged("survey", SURVEY, wide)
    assert (said.level.value, said.message) == ("info", "本表的满意率把“基本满意”也算在内；公示时请写明。")
    (asked,) = judged("survey", SURVEY, [*wide, ["价格", 10, 10, None, 6, 3, 1, None, 60]])
    assert (asked.level.value, asked.place.cell if asked.place else "") == ("question", "I6")


def test_a_statement_across_is_judged_row_by_row() -> None:
    """Each month is a statement of its own; 收入 and 支出 stand above the items."""
    headers = ["月份", "收入/学生伙食费", "收入/其他", "支出/原材料成本", "支出/其他", "收支两抵"]
    raw = raw_of(headers, [["2025年9月", 100, 20, 80, 10, 30], ["2025年10月", 100, 20, 80, 10, 3]],
                 notes=(Note("title", "食堂成本核算公示报表", 1, 1),))  # fmt: skip
    match, _ = match_table(raw, FORMS, None)
    table, _, _ = clean_table(match, FORMS, None)
    form = FORMS["canteen_statement"]
    assert list(table.frame["item"][:5]) == ["学生伙食费", "其他收入", "原材料成本", "其他支出", "收支结余"]
    (finding,) = check_table(table, form, None)
    assert (finding.code, finding.place.cell if finding.place else "", finding.expected) == ("sum-mismatch", "F4", "30")


def test_items_of_which_a_sum_is_made_are_not_added_to_it() -> None:
    """本月收入 stands for all below 其中; without such a sum nothing is sure, and nothing is said."""
    rows: Rows = [["本月收入", 500], ["其中：学生伙食费", 450], ["教师伙食费", 50], ["本月支出", 300],
                  ["其中：大米", 100],
                  ["猪肉", 200], ["本月结余", 200]]  # fmt: skip
    assert judged("canteen_statement", "item month_amt", rows) == []
    (finding,) = judged("canteen_statement", "item month_amt", [*rows[:-1], ["本月结余", 210]])
    assert finding.expected == "200"
    rows[3] = ["食堂采购", 300]
    assert judged("canteen_statement", "item month_amt", rows) == []


def test_a_lunch_and_a_dinner_on_rows_of_their_own_are_no_double() -> None:
    """One class on one day may have a row a meal; only a meal that is counted twice is asked about."""
    assert judged("meal_daily", "class date lunch dinner", [[C1, D9, 40, None], [C1, D9, None, 9]]) == []


def test_an_item_whose_digits_slipped_is_blamed_and_not_its_head() -> None:
    """The head agrees with what is left over: of its items only one becomes right by taking a 0 away."""
    rows: Rows = [
        ["2025-11", "一、伙食费收入", 1000, None],
        ["2025-11", "二、伙食费支出", 800, None],
        ["2025-11", "1.菜品", 500, None],
        ["2025-11", "2.燃气", 3000, None],
        ["2025-11", "三、收支结余", 200, None],
    ]
    (finding,) = (each for each in judged("canteen_statement", STATEMENT, rows) if each.code == "sum-mismatch")
    assert (finding.place and finding.place.cell, finding.expected) == ("C7", "300")
