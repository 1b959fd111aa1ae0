"""Journals and ledgers of accounts with red entries, sums of months and pages: right figures, and no false finding."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest
from variants.books import DECEMBER, NAMES, Look, lines
from variants.books import write as write_balance
from variants.ledgers import BOOKED, account, as_number, in_brackets, journal, with_wide_minus, write
from variants.settled import settle

ACCOUNTS = ("100201", "50010201", "230701", "1602", "720101", "8001")


def sums(settled) -> tuple[Decimal, Decimal]:
    """Give debits and credits of the journal's ledger, 元."""
    frame = settled.result.ledgers["journal"].frame
    return Decimal(int(frame["debit"].sum())) / 100, Decimal(int(frame["credit"].sum())) / 100


def booked(*codes: str) -> tuple[Decimal, Decimal]:
    """Give debits and credits of some accounts."""
    own = [entry for each in BOOKED for entry in each.entries if entry.code.startswith(codes)]
    return sum((e.debit for e in own), Decimal(0)), sum((e.credit for e in own), Decimal(0))


@pytest.mark.parametrize("show", [as_number, in_brackets, with_wide_minus])
def test_red_entries_take_away_on_their_side(show, tmp_path):
    """Below zero, in brackets or with a wide minus: a voucher red on both sides is balanced."""
    write(tmp_path / "收件箱" / "序时账.xlsx", {"序时账": journal(show)})
    settled = settle(tmp_path / "收件箱")
    assert sums(settled) == booked("")
    assert settled.codes == []


def test_a_red_voucher_of_one_side_alone_is_found(tmp_path):
    """The bank's side of the red voucher was left out."""
    red = BOOKED.index(next(each for each in BOOKED if "红字" in each.summary))
    short = BOOKED[red]._replace(entries=BOOKED[red].entries[:1] + BOOKED[red].entries[2:])
    write(tmp_path / "收件箱" / "序时账.xlsx", {"序时账": journal(own=[*BOOKED[:red], short, *BOOKED[red + 1 :]])})
    settled = settle(tmp_path / "收件箱")
    assert "-200.00" in settled.said("debit-credit").replace("−", "-")


@pytest.mark.parametrize("sides", [True, False], ids=["方向", "signed"])
@pytest.mark.parametrize("pages", ["", "carried", "head"])
def test_a_sheet_an_account_with_months_and_pages(pages, sides, tmp_path):
    """本月合计 runs over the page, 本年累计 and 过次页 run on from it; credit accounts open in credit."""
    sheets = {f"{NAMES[code]}{code}": account(code, pages=pages, sides=sides) for code in ACCOUNTS}
    write(tmp_path / "收件箱" / "明细账.xlsx", sheets)
    settled = settle(tmp_path / "收件箱")
    assert sums(settled) == booked(*ACCOUNTS)
    assert settled.codes == []


@pytest.mark.parametrize("pages", ["", "head"])
def test_accounts_stacked_in_one_sheet(pages, tmp_path):
    """One after another, as they are printed."""
    rows = [row for code in ACCOUNTS for row in [*account(code, pages=pages), [None]]]
    write(tmp_path / "收件箱" / "明细账.xlsx", {"明细账": rows})
    settled = settle(tmp_path / "收件箱")
    assert sums(settled) == booked(*ACCOUNTS)
    assert settled.codes == []


@pytest.mark.parametrize(("code", "month"), [("230701", "2025-09-28"), ("100201", "2025-08-28")])
def test_a_wrong_sum_of_a_month_within_a_page_is_still_found(code, month, tmp_path):
    """What can be added up on the page is."""
    rows = account(code, pages="head")
    row = next(each for each in rows if each[0] == month and each[2] == "本月合计")
    row[4] += 90
    write(tmp_path / "收件箱" / "明细账.xlsx", {"明细账": rows})
    found = [each for each in settle(tmp_path / "收件箱").result.findings if each.code == "total-mismatch"]
    assert [each.place.cell for each in found] == [f"E{rows.index(row) + 1}"]


def test_a_balance_of_a_credit_account_that_does_not_follow_is_found(tmp_path):
    """The opening in credit is below zero, and the first entry follows from it."""
    rows = account("230701")
    rows[4][6] += 300
    write(tmp_path / "收件箱" / "明细账.xlsx", {"明细账": rows})
    found = [each for each in settle(tmp_path / "收件箱").result.findings if each.code == "balance-mismatch"]
    assert [each.place.cell for each in found] == ["G5"]


@pytest.mark.parametrize("sides", ["two", "one", "signed"])
def test_red_movements_of_a_month_stand_in_its_trial_balance(sides, tmp_path):
    """May's only entry of an account was red: debit below zero, and every balance follows."""
    month = (("期初余额", "open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close"))
    own = [each for each in BOOKED if not (each.number == "记-3" and each.day.startswith("2025-05"))]
    made = lines(5, own=own)
    write_balance(tmp_path / "余额表.xlsx", Look("2025年5月科目余额表", month, sides=sides, total=True), made)
    # The settlement of December asks for December; nothing of the table itself is wrong.
    assert settle(tmp_path).codes == ["wrong-period"]


@pytest.mark.parametrize("sides", ["two", "one", "signed"])
@pytest.mark.parametrize("codes", ["plain", "dots", "dashes"])
def test_codes_names_and_sums_of_a_trial_balance_as_programs_write_them(codes, sides, tmp_path):
    """1001.01, 1001-01 and 100101, names with their paths, a subtotal a class, a total."""
    year = (("年初余额", "year_open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close"))
    look = Look("2025年12月科目余额表", year, sides=sides, codes=codes, paths="\\", classes=True, total=True)
    write_balance(tmp_path / "收件箱" / "余额表.xlsx", look, lines(DECEMBER))
    settled = settle(tmp_path / "收件箱")
    assert settled.codes == []
    assert settled.figure("t_income") == Decimal("727818.34")
    assert settled.figure("ex_total") == Decimal("550822.44")
    assert settled.figure("d_rest") == 0


@pytest.mark.parametrize("header", ["部门", "项目名称", "辅助项", "经济分类", "保管班组"])
@pytest.mark.parametrize("with_sums", [True, False])
def test_accounts_divided_by_department_or_project_count_once(with_sums, header, tmp_path):
    """A row an account and department, with a row of the account above them or without; also by an unknown column."""
    year = (("年初余额", "year_open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close"))
    path = tmp_path / "收件箱" / "余额表.xlsx"
    write_balance(path, Look("2025年12月科目余额表", year, sides="signed", extra={header: ""}), lines(DECEMBER))
    book = openpyxl.load_workbook(path)
    rows = [list(each) for each in book.active.iter_rows(min_row=4, values_only=True)]
    book.active.delete_rows(4, len(rows))
    for row in rows:
        parts = _divided(row) if row[0] in {"50010201", "230702", "720101"} else []
        for each in [*([row] if with_sums or not parts else []), *parts]:
            book.active.append(each)
    book.save(path)
    settled = settle(tmp_path / "收件箱")
    lines_of = ("t_income", "t_expense", "ex_total", "other_payables", "d_rest")
    expected = ("727818.34", "574822.44", "550822.44", "113000.00", "0.00")
    assert [settled.figure(line) for line in lines_of] == [Decimal(each) for each in expected]
    assert settled.codes == ([] if header != "保管班组" else ["duplicate"])


@pytest.mark.parametrize("red", ["below zero on its own side", "below zero as it goes out", "the other side"])
def test_what_a_bank_takes_back_leaves_its_balance_right(red, tmp_path):
    """A reversal keeps its mark and is below zero, or each payment is; without serial numbers none is a double."""
    moves = [("拨款", 1000), ("电费", -250), ("电费冲正", 250), ("电费", -205), ("水费", -250), ("拨款", 1000)]
    rows: list[list[object]] = [["示例银行账户交易明细"], ["交易日期", "摘要", "借贷标志", "交易金额", "余额", "对方户名"]]
    held = 5000
    for number, (what, amount) in enumerate(moves, 1):
        held += amount
        mark, shown = "贷" if amount > 0 else "借", abs(amount)
        if red == "below zero as it goes out":
            shown = amount
        elif "冲正" in what and red == "below zero on its own side":
            mark, shown = "借", -amount
        rows.append([f"2025-03-{number:02d}", what, mark, shown, held, "示例公司"])
    write(tmp_path / "收件箱" / "对账单.xlsx", {"明细": rows})
    settled = settle(tmp_path / "收件箱")
    assert settled.codes == []
    assert len(settled.result.ledgers["bank_statement"].frame) == len(moves)


def _divided(row) -> list[list[object]]:
    """Divide an account's row between three departments."""
    made = []
    for number, name in enumerate(("教务处", "总务处", "办公室")):
        part: list[object] = [row[0], row[1], name]
        for value in row[3:]:
            third = (Decimal(str(value or 0)) / 3).quantize(Decimal("0.01"))
            part.append(float(third if number < 2 else Decimal(str(value or 0)) - 2 * third))
        made.append(part)
    return made
