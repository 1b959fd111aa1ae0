"""What to buy: need by the standards and minimum, less issued and stock."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from report import school_data as data

from houqin.report.needs import stock_needs, total_to_buy


def needs_by_name(**settings):
    """Give the needs of the made-up school by name."""
    found = stock_needs(data.ledgers(), data.school(**settings), data.forms())
    return {need.name: need for need in found}


def test_a_class_standard_is_needed_once_a_class_less_what_is_issued():
    """4 brooms x 9 classes, 18 issued, 10 as minimum, 12 in stock: 36 - 18 + 10 - 12 = 16 at 8.50 = 136.00."""
    need = needs_by_name()["扫帚"]
    assert (need.need, need.issued, need.to_issue, need.minimum, need.stock) == (36, 18, 18, 10, 12)
    assert need.suggestion == 16
    assert need.amount == Decimal("136.00")
    assert need.rows == (0,)
    assert need.issue_rows == tuple(range(9))


def test_what_offices_took_does_not_lessen_the_need_of_the_classes():
    """Six brooms for an office leave the classes' need at 36 - 2; a standard of the whole school counts them."""
    rows = [
        {"class": "七年级(1)班", "name": "扫帚", "uom": "把", "qty": 2},
        {"dept": "教务处", "name": "扫帚", "uom": "把", "qty": 6},
        {"dept": "教务处", "name": "A4复印纸", "spec": "70g", "uom": "包", "qty": 10},
    ]
    ledgers = {**data.ledgers(), "stock_issue": data.ledger("stock_issue", rows)}
    found = {need.name: need for need in stock_needs(ledgers, data.school(), data.forms())}
    assert (found["扫帚"].issued, found["扫帚"].issue_rows) == (2, (0,))
    assert found["A4复印纸"].issued == 10


def test_other_units_count_only_where_the_settings_convert_them():
    """One 箱 of chalk is 50 盒: 30 + 50 in stock; without the conversion only 30, and the reason says so."""
    assert needs_by_name()["粉笔"].stock == 80
    without = needs_by_name(conversions={})["粉笔"]
    assert without.stock == 30
    assert "箱" in without.reason


def test_a_minimum_counts_in_the_unit_of_its_row():
    """One 箱 kept as minimum is 50 盒, not one."""
    rows = [{"name": "粉笔", "spec": "白色", "uom": "箱", "close_qty": 2, "min_qty": 1}]
    ledgers = {"stock_balance": data.ledger("stock_balance", rows)}
    chalk = replace(data.school().standards[1], minimum=None)
    (need,) = stock_needs(ledgers, data.school(standards=(chalk,)), data.forms())
    assert (need.stock, need.minimum, need.minimum_kept) == (100, 50, True)


def test_what_was_issued_in_a_unit_without_conversion_is_not_counted_and_said():
    """Nothing is dropped in silence: a 包 of brooms may be any number of them."""
    rows = [{"class": "七年级(1)班", "name": "扫帚", "uom": "包", "qty": 2}]
    ledgers = {**data.ledgers(), "stock_issue": data.ledger("stock_issue", rows)}
    broom = next(n for n in stock_needs(ledgers, data.school(), data.forms()) if n.name == "扫帚")
    assert broom.issued == 0
    assert "以“包”计的领用" in broom.reason


def test_a_good_goes_by_the_name_that_the_settings_give_it():
    """复印纸A4 in the ledger is A4复印纸 of the standards: 120 + 30 - 36 = 114 at 21.00."""
    need = needs_by_name()["A4复印纸"]
    assert (need.suggestion, need.amount) == (114, Decimal("2394.00"))


def test_a_price_that_the_standard_leaves_out_is_the_last_one_paid_or_that_of_the_stock():
    """Chalk has no reference price and was not bought this term: the stock's 3.50 of the same unit."""
    need = needs_by_name()["粉笔"]
    assert (need.price, need.price_from) == (Decimal("3.5"), "结存单价")
    assert need.price_cell is not None
    assert need.price_cell[1] == "close_price"


def test_parts_of_a_unit_are_bought_whole():
    """10 tubes x 3 grades + 5 - 8.5 = 26.5, and nobody sells half a tube."""
    assert needs_by_name()["灯管"].suggestion == 27


def test_enough_in_stock_is_nothing_to_buy_and_stands_last():
    """9 bins needed, 22 there, and chalk enough with the opened box; goods to buy come first."""
    found = stock_needs(data.ledgers(), data.school(), data.forms())
    assert [need.name for need in found if not need.suggestion] == ["粉笔", "垃圾桶", "红墨水"]
    assert [bool(need.suggestion) for need in found] == sorted((bool(n.suggestion) for n in found), reverse=True)


def test_without_standards_only_the_minimum_is_looked_at():
    """拖把 6 against a minimum of 10; nothing is said of goods without a minimum."""
    found = needs_by_name(standards=())
    assert set(found) == {"拖把", "红墨水"}
    assert found["拖把"].suggestion == 4
    assert "无配备标准" in found["拖把"].reason


def test_a_pending_row_is_no_stock():
    """Two files disagree on it: until answered it is not counted, and the reason says so."""
    ledgers = data.ledgers()
    ledgers["stock_balance"].frame.loc[0, "pending"] = True
    need = {n.name: n for n in stock_needs(ledgers, data.school(), data.forms())}["扫帚"]
    assert (need.stock, need.rows) == (0, ())
    assert "待定" in need.reason


def test_the_total_is_the_sum_of_the_amounts():
    """136.00 + 48.00 + 0 + 2394.00 + 486.00: unknown prices add nothing."""
    found = stock_needs(data.ledgers(), data.school(), data.forms())
    assert total_to_buy(found) == sum(n.amount for n in found if n.amount is not None)


def test_without_the_balance_there_is_no_list():
    """Nothing is made up where the workbook is missing."""
    assert stock_needs({}, data.school(), data.forms()) == []
