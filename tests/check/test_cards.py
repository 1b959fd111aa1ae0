"""Books of movements: what is left runs on from row to row, good by good, and ties out with receipts and balances."""

from __future__ import annotations

from check.tables import make_school, make_table

from houqin.check import check_table, check_tie_outs
from houqin.forms import load_forms
from houqin.ledger import join_tables

FORMS = load_forms()
CARD = FORMS.by_id["stock_card"]
SCHOOL = make_school({})
DAYS = ("2025-09-01", "2025-09-02", "2025-09-03", "2025-09-04")


def test_each_good_of_a_journal_runs_on_by_itself() -> None:
    """Rows of other goods between do not count; the wrong rest is told once, at its cell."""
    rows = [
        [DAYS[0], "粉笔", 100, None, 120], [DAYS[1], "扫帚", 5, None, 15], [DAYS[2], "粉笔", None, 30, 80],
        [DAYS[3], "粉笔", None, 10, 80], [DAYS[3], "扫帚", None, 5, 10],
    ]  # fmt: skip
    found = check_table(make_table(CARD, "date name in_qty out_qty close_qty", rows), CARD, SCHOOL)
    assert [(f.code, f.place.cell, f.expected) for f in found if f.place] == [("balance-mismatch", "E6", "90")]


def test_what_cannot_be_read_is_passed_over_and_the_book_goes_on() -> None:
    """若干 in the column of what is left hides no mistake of the next row."""
    rows = [[DAYS[0], "粉笔", 100, None, 120], [DAYS[1], "粉笔", None, 30, None], [DAYS[2], "粉笔", None, 10, 70]]
    found = check_table(make_table(CARD, "date name in_qty out_qty close_qty", rows), CARD, SCHOOL)
    assert [(f.code, f.place.cell, f.expected) for f in found if f.place] == [("balance-mismatch", "E6", "80")]


def test_in_and_out_may_stand_in_one_column() -> None:
    """A word beside the quantity says which."""
    rows = [[DAYS[0], "粉笔", "入库", 100, 120], [DAYS[1], "粉笔", "出库", 30, 90], [DAYS[2], "粉笔", "出库", 10, 100]]
    found = check_table(make_table(CARD, "date name kind qty close_qty", rows), CARD, SCHOOL)
    assert [(f.code, f.place.cell, f.expected) for f in found if f.place] == [("balance-mismatch", "E6", "80")]


def test_an_amount_that_follows_from_a_wrong_quantity_is_not_told_again() -> None:
    """63 for 36 at 3.50 makes 220.50: one mistake, told where it was made."""
    rows = [[DAYS[0], "粉笔", 100, 350, None, None, 100, 350], [DAYS[1], "粉笔", None, None, 64, 224, 63, 220.5]]
    table = make_table(CARD, "date name in_qty in_amt out_qty out_amt close_qty close_amt", rows)
    found = check_table(table, CARD, SCHOOL)
    assert [(f.code, f.place.cell) for f in found if f.place] == [("balance-mismatch", "G5")]


def test_a_card_that_names_no_good_is_asked_about_once() -> None:
    """Nothing it says could be compared with anything."""
    rows = [[DAYS[0], 100, None, 120], [DAYS[1], None, 30, 90]]
    (finding,) = check_table(make_table(CARD, "date in_qty out_qty close_qty", rows), CARD, SCHOOL)
    assert (finding.code, finding.level.title) == ("missing", "请确认")


def test_the_last_rest_of_each_good_is_that_of_the_balance() -> None:
    """Two goods in one book: each is compared by its own last row."""
    rows = [[DAYS[0], "粉笔", 100, None, 120], [DAYS[1], "扫帚", 5, None, 15], [DAYS[2], "粉笔", None, 30, 90]]
    card = make_table(CARD, "date name in_qty out_qty close_qty", rows)
    left = [["粉笔", 90], ["扫帚", 51]]
    balance = make_table(FORMS.by_id["stock_balance"], "name close_qty", left, file="收发存.xlsx")
    ledgers = {table.form: join_tables([table], FORMS.by_id[table.form], SCHOOL)[0] for table in (card, balance)}
    results, found = check_tie_outs(ledgers, FORMS, SCHOOL)
    made = next(each for each in results if each.id == "card-closes-as-balance")
    assert sorted((*row.key, row.agrees) for row in made.rows) == [("扫帚", False), ("粉笔", True)]
    assert [f.message for f in found] == [
        ("扫帚：出入库明细账最后一笔结存 15，收发存结存 51，相差 36。如收发存截止日之后还有收发请说明。"
        "收发存汇总表从明细账来，同一种物品期末的结存要一样。")
    ]
