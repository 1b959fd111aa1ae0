"""Rules written as expressions: where findings point, and what they say."""

from __future__ import annotations

from check.tables import make_form, make_school, make_table

from houqin.check import check_table
from houqin.forms import Check
from houqin.model import RowKind

AMOUNT = Check(
    id="in-amount",
    code="amount-mismatch",
    level="error",
    cell="in_amt",
    rule="in_qty * in_price == in_amt",
    tolerance="price",
    suggest=True,
    message="数量 {in_qty} × 单价 {in_price} = {expected} 元，表中填的是 {found} 元。"
    "请核对；原表未改动，合计暂按原数计算。",
)
BALANCE = Check(
    id="balance",
    code="balance-mismatch",
    level="error",
    cell="close_qty",
    rule="open_qty + coalesce(in_qty, 0) - out_qty == close_qty",
    suggest=True,
    message="期初 {open_qty} + 入库 {in_qty} − 出库 {out_qty} = {expected} 盒，结存填的是 {found} 盒。"
    "请以实物清点为准。",
)
FORM = make_form(
    {
        "name": "物品名称",
        "open_qty": "期初数量/quantity",
        "in_qty": "入库数量/quantity",
        "in_price": "入库单价/price",
        "in_amt": "入库金额/money",
        "out_qty": "出库数量/quantity",
        "close_qty": "结存数量/quantity",
    },
    (AMOUNT, BALANCE),
    key=("name",),
    totals=("in_amt",),
)
BUYING = "name in_qty in_price in_amt"


def test_an_amount_off_by_ten_is_told_as_the_office_would():
    """Message 1 of the office: both numbers, the likely slip, the cell, and the right value to take over."""
    table = make_table(FORM, BUYING, [["粉笔", 10, 3.5, 350], ["拖把", 4, 30, 120]])
    (finding,) = check_table(table, FORM, None)
    assert finding.line == (
        "必须改｜《收发存.xlsx》“9月”D4：数量 10 × 单价 3.50 = 35.00 元，表中填的是 350.00 元，可能多打了一个 0。"
        "请核对；原表未改动，合计暂按原数计算。"
    )
    assert (finding.found, finding.expected, finding.suggestion) == ("350", "35", "35")
    assert (finding.form, finding.field) == ("stock_balance", "in_amt")


def test_digits_turned_round_are_seen():
    """Message 3 of the office: 53 for 35."""
    table = make_table(FORM, "name open_qty in_qty out_qty close_qty", [["粉笔", 20, 100, 85, 53]])
    (finding,) = check_table(table, FORM, None)
    assert finding.message == (
        "期初 20 + 入库 100 − 出库 85 = 35 盒，结存填的是 53 盒，像是两个数字写颠倒了。请以实物清点为准。"
    )
    assert finding.place.cell == "E4"


def test_a_blank_that_counts_as_nothing_reads_as_0():
    """入库 is blank where nothing came in: the sentence stays an equation."""
    table = make_table(FORM, "name open_qty in_qty out_qty close_qty", [["粉笔", 20, None, 5, 18]])
    (finding,) = check_table(table, FORM, None)
    assert finding.message.startswith("期初 20 + 入库 0 − 出库 5 = 15 盒，结存填的是 18 盒。")


def test_a_blank_operand_is_no_finding():
    """A blank is not zero: where the form does not say so, nothing can be judged."""
    table = make_table(FORM, BUYING, [["粉笔", 10, None, 350], ["拖把", None, 30, None]])
    assert check_table(table, FORM, None) == []


def test_a_rule_without_its_columns_says_nothing():
    """A short table has no prices; only a column within coalesce may be missing."""
    table = make_table(FORM, "name open_qty out_qty close_qty", [["粉笔", 20, 5, 18]])
    (finding,) = check_table(table, FORM, None)
    assert finding.code == "balance-mismatch"


def test_a_derived_price_is_no_error():
    """0.33 x 1,000 = 330, the invoice says 333.33: within half of the price's last decimal for each piece."""
    rows = [["粉笔", 1000, "0.33", "333.33"], ["拖把", 3, "33.3", "100"], ["扫帚", 1000, "0.33", "340"]]
    (finding,) = check_table(make_table(FORM, BUYING, rows), FORM, None)
    assert finding.place.cell == "D6"


def test_the_decimals_of_a_price_are_those_shown():
    """A price stored as 0.3333 and shown as 0.33 is judged by what the clerk sees."""
    table = make_table(FORM, BUYING, [["粉笔", 1000, 0.33, 334]], formats={"in_price": "0.00"})
    assert check_table(table, FORM, None) == []
    table = make_table(FORM, BUYING, [["粉笔", 1000, 0.33, 334]], formats={"in_price": "0.0000"})
    assert [f.place.cell for f in check_table(table, FORM, None)] == ["D4"]


def test_decimals_beyond_those_of_the_field_do_not_count():
    """A third of a yuan is kept as 0.3333: what that loses is no error of the clerk's."""
    assert check_table(make_table(FORM, BUYING, [["粉笔", 1000, 0.333333333, 333.33]]), FORM, None) == []


def test_a_quantity_with_more_decimals_than_are_kept_leaves_room_for_them():
    """36.9242 t x 4,601.77 is 169,916.67: keeping 36.924 loses 0.92; a difference beyond that is an error."""
    steel, sand = ["钢材", "36.9242", "4601.77", "169916.67"], ["沙", "0.08057", "6908.77", "556.64"]
    rows = [steel, sand, ["砖", "36.9242", "10", "370"]]
    table = make_table(FORM, BUYING, rows)
    assert [f.place.cell for f in check_table(table, FORM, None)] == ["D6"]


def test_a_whole_price_was_not_rounded():
    """10 x 3 is not 31: a price without decimals leaves no room."""
    table = make_table(FORM, BUYING, [["粉笔", 10, 3, 31]])
    assert [f.place.cell for f in check_table(table, FORM, None)] == ["D4"]


def test_the_typed_total_speaks_for_the_amount_and_against_the_quantity():
    """The total holds with the amount as typed: then the amount is right, and the quantity has a 0 too many."""
    rows = [["粉笔", 100, 3.5, 35], ["拖把", 4, 30, 120], ["合计", None, None, 155]]
    table = make_table(FORM, BUYING, rows, totals={2: RowKind.TOTAL})
    (finding,) = check_table(table, FORM, None)
    assert finding.place.cell == "B4"
    assert (finding.found, finding.expected, finding.suggestion) == ("100", "10", None)
    assert finding.message.endswith("更像是“入库数量”填错了：填的是 100，应为 10，可能多打了一个 0。")


def test_a_total_that_holds_with_the_right_amount_confirms_it():
    """One wrong cell is one finding: the total was typed from the right amounts and is not told of as well."""
    rows = [["粉笔", 10, 3.5, 350], ["拖把", 4, 30, 120], ["合计", None, None, 155]]
    table = make_table(FORM, BUYING, rows, totals={2: RowKind.TOTAL})
    (finding,) = check_table(table, FORM, None)
    assert (finding.code, finding.place.cell) == ("amount-mismatch", "D4")


def test_two_rules_find_the_one_wrong_cell():
    """入库 is wrong: amount and balance both break, both are mended by one value, and one finding tells it."""
    table = make_table(FORM, "name open_qty in_qty in_price in_amt out_qty close_qty",
                       [["粉笔", 20, 1000, 3.5, 350, 85, 35]])  # fmt: skip
    (finding,) = check_table(table, FORM, None)
    assert (finding.place.cell, finding.found, finding.expected) == ("C4", "1000", "100")


def test_a_balance_whose_parts_are_confirmed_by_amounts_blames_the_closing():
    """入库 x 单价 = 金额 holds, so 入库 is right and the closing quantity is not."""
    table = make_table(FORM, "name open_qty in_qty in_price in_amt out_qty close_qty",
                       [["粉笔", 20, 100, 3.5, 350, 85, 45]])  # fmt: skip
    (finding,) = check_table(table, FORM, None)
    assert (finding.place.cell, finding.expected) == ("G4", "35")


def test_a_limit_is_told_at_its_own_cell_without_an_expected_value():
    """A limit says what must not be passed, not what the number should be."""
    limit = Check(id="cap", code="over-limit", level="error", cell="lunch", rule="lunch <= enrolled",
                  message="{class}午餐 {found} 人，超过班级人数 {expected} 人，多 {diff} 人。")  # fmt: skip
    form = make_form({"class": "班级/class", "enrolled": "班级人数/count", "lunch": "午餐/count"}, (limit,))
    table = make_table(form, "class enrolled lunch", [["七年级(1)班", 45, 48], ["七年级(2)班", 45, 45]])
    (finding,) = check_table(table, form, None)
    assert finding.message == "七年级(1)班午餐 48 人，超过班级人数 45 人，多 3 人。"
    assert (finding.place.cell, finding.expected) == ("C4", None)


def test_a_tolerance_may_be_a_threshold_of_the_settings():
    """What may differ is the school's to say."""
    check = Check(id="spare", code="sum-mismatch", level="question", cell="desk_have", tolerance="spare_desks",
                  rule="desk_have == pupils", message="{class}课桌 {found}，班额 {pupils}。")  # fmt: skip
    form = make_form({"class": "班级/class", "pupils": "班额/count", "desk_have": "现有课桌/count"}, (check,))
    table = make_table(form, "class pupils desk_have", [["七年级(1)班", 45, 46]])
    assert check_table(table, form, make_school({}, spare_desks=1)) == []
    assert len(check_table(table, form, make_school({}, spare_desks=0))) == 1


def test_hundreds_of_broken_rows_are_still_told():
    """A wrong column breaks every row; each keeps its finding, without guesses about slips of the hand."""
    rows = [[f"物品{n}", 10, 3, 31] for n in range(400)]
    findings = check_table(make_table(FORM, BUYING, rows), FORM, None)
    assert len(findings) == 400
    assert findings[0].message.startswith("数量 10 × 单价 3.00 = 30.00 元")


def test_numbers_beyond_64_bits_are_told_as_they_are():
    """A product that does not fit is computed all the same, and nothing is shown as 0."""
    table = make_table(FORM, BUYING, [["粉笔", 10**14, 10**13, 5]])
    (finding,) = check_table(table, FORM, None)
    assert "= 1,000,000,000,000,000,000,000,000,000.00 元" in finding.message
