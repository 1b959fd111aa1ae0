"""Named rules over one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from check.tables import make_form, make_school, make_table

from houqin.check import check_table
from houqin.check.rules import LEDGER_RULES, TABLE_RULES
from houqin.forms import Check, load_forms
from houqin.forms.words import NAMED_RULES
from houqin.school.calendar import Kind, Span


def rule(use: str, cell: str, message: str, **args: object) -> Check:
    """Make a check that uses a named rule."""
    return Check(id=use, code=use, level="question", cell=cell, message=message, use=use, args=args)


def test_every_rule_that_a_form_uses_is_there():
    """A form file cannot name a rule that no one wrote."""
    used = {check.use for form in load_forms().by_id.values() for check in form.checks if check.use}
    assert used <= set(TABLE_RULES) | set(LEDGER_RULES)
    assert set(NAMED_RULES) == set(TABLE_RULES) | set(LEDGER_RULES)


def test_doubles_are_told_once_at_the_second():
    """One finding a double, at the later row, with the first beside it; blank keys are no doubles."""
    check = rule("unique", "asset_no", "资产编号 {asset_no} 出现了 {count} 次。", fields=["asset_no"])
    form = make_form({"asset_no": "资产编号/code", "name": "资产名称"}, (check,), key=("asset_no",))
    rows = [["G001", "电脑"], ["G002", "空调"], ["Ｇ001", "电脑"], [None, "桌"], [None, "桌"]]
    (finding,) = check_table(make_table(form, "asset_no name", rows), form, None)
    assert finding.message == "资产编号 Ｇ001 出现了 2 次。"
    assert finding.place.cell == "A6"
    assert [place.cell for place in finding.related] == ["A4"]


def test_dates_in_the_wrong_order_are_told():
    """入账 cannot be before 取得; where only the month is known, months compare."""
    check = rule("date-order", "book", "入账日期 {later} 早于取得日期 {earlier}。", earlier="got", later="book")
    form = make_form({"got": "取得日期/date", "book": "入账日期/date"}, (check,))
    first = "2025-09-01"
    rows = [["2025-09-10", first], ["2025-09", first], [first, "2025-09-10"], [None, first]]
    (finding,) = check_table(make_table(form, "got book", rows), form, None)
    assert finding.message == "入账日期 2025-09-01 早于取得日期 2025-09-10。"


def test_dates_outside_the_semester_are_told():
    """The semester is that of the settings."""
    check = rule("in-term", "day", "{found} 不在本学期（{start} 至 {end}）。")
    form = make_form({"day": "日期/date"}, (check,))
    table = make_table(form, "day", [["2025-09-01"], ["2024-09-01"], ["2025-10"]])
    (finding,) = check_table(table, form, make_school({}))
    assert finding.message == "2024-09-01 不在本学期（2025-09-01 至 2026-01-23）。"
    assert check_table(table, form, None) == []


def test_a_table_of_another_semester_is_judged_by_the_calendar():
    """A year's book holds the spring that 校历 knows: it is silent there, and a day before all semesters is told."""
    check = rule("in-term", "day", "{found} 不在本学期（{start} 至 {end}）。")
    form = make_form({"day": "日期/date"}, (check,))
    spring = Span(date(2025, 2, 17), date(2025, 7, 4), Kind.SECOND)
    rows = [["2025-02-20"], ["2025-07-20"], ["2023-03-01"], ["2025-09-01"], ["2025-03"]]
    table = make_table(form, "day", rows)
    found = [f.found for f in check_table(table, form, replace(make_school({}), own_days=(spring,)))]
    assert found == ["2023-03-01"]
    assert len(check_table(table, form, make_school({}))) == 4


def test_a_condition_may_require_a_cell():
    """What is in use has a place; what is scrapped need not."""
    check = rule("required", "place", "“{name}”的“{title}”没有填。", fields=["place"], where="status == '在用'")
    form = make_form({"name": "资产名称", "status": "状态", "place": "存放地点"}, (check,))
    rows = [["电脑", "在用", None], ["空调", "报废", None], ["桌", "在用", "101"]]
    (finding,) = check_table(make_table(form, "name status place", rows), form, None)
    assert (finding.message, finding.place.cell) == ("“电脑”的“存放地点”没有填。", "C4")


def test_words_outside_the_list_are_asked_about():
    """The words that may stand there are named."""
    check = rule("allowed", "sex", "填的是“{found}”，应为 {expected}。")
    form = make_form({"sex": "性别/sex"}, (check,))
    form = replace(form, fields=(replace(form.fields[0], values={"男": (), "女": ()}),))
    (finding,) = check_table(make_table(form, "sex", [["男"], ["M"], [None]]), form, None)
    assert finding.message == "填的是“M”，应为 男、女。"


def test_one_number_may_limit_another():
    """The limit and the excess can be told; a blank limit limits nothing."""
    check = rule("at-most", "total", "累计 {found}，超过 {limit}，多 {diff}。", field="total", limit="full")
    form = make_form({"full": "全年/money", "total": "累计/money"}, (check,))
    (finding,) = check_table(make_table(form, "full total", [[100, 120.5], [100, 100], [None, 7]]), form, None)
    assert finding.message == "累计 120.50，超过 100.00，多 20.50。"


def test_a_parent_is_the_sum_of_its_children():
    """302 is compared with 30201 and 30202, not with what lies below these; a code without children is left alone."""
    message = "{code} 的“{title}”填 {found}，下级相加 {expected}，差 {diff}。"
    check = rule("parent-sum", "full", message, values=["full"])
    form = make_form({"code": "科目编码/code", "full": "全年预算/money"}, (check,))
    rows = [["302", 100], ["30201", 60], ["3020101", 60], ["30202", 30], ["310", 5]]
    (finding,) = check_table(make_table(form, "code full", rows), form, None)
    assert finding.message == "302 的“全年预算”填 100.00，下级相加 90.00，差 10.00。"
    assert (finding.place.cell, finding.expected) == ("B4", "90")


def test_a_price_far_from_the_usual_one_is_told():
    """The usual price is the median of the same goods; two prices have none."""
    message = "单价 {found}，通常 {median}，相差 {percent}%。"
    check = rule("price-outlier", "price", message, by=["name"], price="price")
    form = make_form({"name": "品名", "price": "单价/price"}, (check,))
    rows = [["粉笔", 3.5], ["粉笔", 3.6], ["粉笔", 7], ["拖把", 10], ["拖把", 100]]
    (finding,) = check_table(make_table(form, "name price", rows), form, make_school({}))
    assert finding.message == "单价 7.00，通常 3.60，相差 94%。"


def test_dear_consumables_and_cheap_assets_are_asked_about():
    """From the settings' price on, goods may be fixed assets; below it, assets may be consumables."""
    dear = rule("capitalise", "price", "单价 {found} 达到 {limit}。", price="price", booked="consumable")
    cheap = rule("capitalise", "price", "单价 {found} 低于 {limit}。", price="price", booked="asset")
    for check, cell in ((dear, "A4"), (cheap, "A5")):
        form = make_form({"price": "单价/price"}, (check,))
        (finding,) = check_table(make_table(form, "price", [[1000], [999.99], [None]]), form, make_school({}))
        assert finding.place.cell == cell


def test_uniforms_cost_sets_times_the_price_of_the_settings():
    """Each style has its price; what is not ordered costs nothing."""
    check = rule("uniform-amount", "amount", "{detail} = {expected} 元，填的是 {found} 元。", amount="amount",
                 styles={"summer": "夏装", "winter": "冬装"})  # fmt: skip
    form = make_form({"summer": "夏装/count", "winter": "冬装/count", "amount": "金额/money"}, (check,))
    rows = [[2, 1, 259], [2, 1, 295], [None, 1, 145], [None, None, 0], [None, None, None]]
    (finding,) = check_table(make_table(form, "summer winter amount", rows), form, make_school({}))
    assert finding.message == (
        "夏装 2 套 × 75 + 冬装 1 套 × 145 = 295.00 元，填的是 259.00 元，像是两个数字写颠倒了。"
    )
    assert (finding.place.cell, finding.expected) == ("C4", "295")
