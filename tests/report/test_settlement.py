"""年终决算.xlsx: figures by both bases from one trial balance, live and exact; what lacks a source is 未核."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from recalculate import differences

from houqin.forms import load_forms, load_settlement
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.settlement import Written, write_settlement
from houqin.report.settlement.amount import Amount, computed, lacking
from houqin.report.settlement.books import usual_side
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
FORMS = load_forms()
SCHOOL = load_school(ROOT / "templates" / "示例中学", read_settings)
# code, subject, opening, debit, credit: debit positive; both books balance.
BOOKS: Sequence[tuple[str, str, int, int, int]] = (
    ("1002", "银行存款", 500, 1000, 900),
    ("1601", "固定资产", 800, 100, 0),
    ("1602", "固定资产累计折旧", -300, 0, 50),
    ("2302", "应付账款", 0, 0, 70),
    ("3001", "累计盈余", -1000, 0, 0),
    ("4001", "财政拨款收入", 0, 0, 1000),
    ("5001", "业务活动费用", 0, 920, 0),
    ("6001", "财政拨款预算收入", 0, 0, 1000),
    ("7201", "事业支出", 0, 900, 0),
    ("8001", "资金结存", 500, 1000, 900),
    ("8101", "财政拨款结转", -500, 0, 0),
)


def workbook(folder: Path, rows: Sequence[tuple[str, str, int, int, int]]) -> Path:
    """Write a trial balance as a 核算中心 exports it, before the year's closing entries."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "科目余额表"
    sheet.append(["科目余额表"])
    sheet.append(["科目编码", "科目名称", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方"])
    for code, name, opening, debit, credit in rows:
        closing = opening + debit - credit
        sides = [max(opening, 0), max(-opening, 0), debit, credit, max(closing, 0), max(-closing, 0)]
        sheet.append([code, name, *(side or None for side in sides)])
    path = folder / "收件箱" / "科目余额表.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def settle(folder: Path, rows: Sequence[tuple[str, str, int, int, int]] = BOOKS, **more: Any) -> Written:
    """Write the settlement of these books, or of those that lie there already."""
    if not (folder / "收件箱").exists():
        workbook(folder, rows)
    result = run_pipeline(folder / "收件箱", FORMS, SCHOOL, "2025-12-31")
    path = folder / "02汇总" / "年终决算.xlsx"
    return write_settlement(path, result, forms=FORMS, school=SCHOOL, year=2025, as_of="2025-12-31", **more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """Give the settlement of BOOKS and where it lies."""
    folder = tmp_path_factory.mktemp("settlement")
    return folder / "02汇总" / "年终决算.xlsx", settle(folder, unit="万元")


def verdict(written: Written, check: str) -> str:
    """Give the verdict of a check."""
    return next(each.verdict for each in written.checks if each.rule.id == check)


def test_both_bases_come_from_one_trial_balance(made: tuple[Path, Written]) -> None:
    """Income and expense of 财务会计 and of 预算会计 stand apart, each worked out of its own accounts."""
    figures = {name: value for name, (_, value) in made[1].figures.items()}
    assert figures["bi_total"] == figures["in_total"] == Decimal(1000)
    assert (figures["be_total"], figures["ex_total"]) == (Decimal(900), Decimal(920))
    assert (figures["budget_surplus"], figures["surplus"]) == (Decimal(100), Decimal(80))


def test_the_two_surpluses_are_reconciled_line_by_line(made: tuple[Path, Written]) -> None:
    """100 + 100 bought as an asset - 50 depreciation - 70 owed = 80; nothing is left unexplained."""
    figures = {name: value for name, (_, value) in made[1].figures.items()}
    assert figures["d_rest"] == 0
    assert verdict(made[1], "surplus-reconciled") == "✓ 通过"


def test_what_is_not_closed_yet_is_carried_forward(made: tuple[Path, Written]) -> None:
    """Before the closing entries 8101 still says the opening; the closing is worked out."""
    figures = {name: value for name, (_, value) in made[1].figures.items()}
    assert figures["t_close"] == Decimal(600)
    assert verdict(made[1], "income-and-expense-balance") == "✓ 通过"
    assert verdict(made[1], "balance-sheet") == "✓ 通过"


def test_every_stored_value_is_what_the_formula_gives(made: tuple[Path, Written]) -> None:
    """LibreOffice works all formulas out again and gets the same."""
    assert differences([made[0]]) == []


def test_a_missing_source_is_never_a_pass(made: tuple[Path, Written]) -> None:
    """Without receipts, bank statement or asset register their checks are 未核 and say what is missing."""
    for check in ("receipt-numbers", "bank-as-booked", "assets-as-booked"):
        assert verdict(made[1], check) == "? 未核"
        reason = next(each.reason for each in made[1].checks if each.rule.id == check)
        assert any(word in reason for word in ("缺《", "没有收到《")), reason


def test_a_broken_book_is_found_with_its_cell(tmp_path: Path) -> None:
    """A budget entry that was forgotten shows between the two bases, and the first cell to look at is named."""
    rows = [("6001", "财政拨款预算收入", 0, 0, 990) if code == "6001" else (code, *rest) for code, *rest in BOOKS]
    written = settle(tmp_path, rows)  # type: ignore[arg-type]
    assert verdict(written, "fiscal-income-both-bases") == "✗ 不符"
    found = [each for each in written.findings if "财政拨款预算收入" in each.message]
    assert [(each.place.file, each.place.cell) for each in found if each.place] == [("科目余额表.xlsx", "F8")]


def test_the_same_books_give_the_same_bytes(tmp_path: Path) -> None:
    """No time and no order of a set is in the file."""
    one, two = tmp_path / "a", tmp_path / "b"
    settle(one)
    shutil.copytree(one / "收件箱", two / "收件箱")
    settle(two)
    assert (one / "02汇总/年终决算.xlsx").read_bytes() == (two / "02汇总/年终决算.xlsx").read_bytes()


def test_every_sheet_shows_the_one_verdict(made: tuple[Path, Written]) -> None:
    """The verdict is a formula on 勾稽检查; every other sheet refers to that cell."""
    book = openpyxl.load_workbook(made[0])
    for sheet in book:
        texts = [str(cell.value) for row in sheet.iter_rows(max_row=12, max_col=1) for cell in row]
        wanted = "COUNTIF" if sheet.title == "勾稽检查" else "='勾稽检查'!"
        assert any(wanted in text for text in texts), sheet.title


def test_sums_of_lines_lack_what_their_parts_lack() -> None:
    """A sum with a missing part has no value and names the form; coalesce says where 0 may stand."""
    known = {"a": Amount("A1", Decimal(5)), "b": lacking("payables")}
    assert computed("a - b", known.__getitem__) == Amount("", None, ("payables",))
    assert computed("a + coalesce(b, 0)", known.__getitem__).value == Decimal(5)
    assert computed("max(a - 7, 0)", known.__getitem__).value == 0


def test_accounts_have_their_usual_side() -> None:
    """A balance without a direction is read on the side where such an account has it."""
    assert [usual_side(code) for code in ("1002", "1602", "2307", "5001", "6001", "8001", "8101")] == [
        1, -1, -1, 1, -1, 1, -1,
    ]  # fmt: skip


def test_the_table_of_the_year_is_whole() -> None:
    """Each line has a sheet and a basis, each check a reason; what a check names is a line before it."""
    rules = load_settlement()
    assert all(each.sheet and each.title and each.basis for each in rules.lines)
    assert all(each.why and each.source for each in rules.checks)


def balances(folder: Path, head: Sequence[str], rows: Sequence[Sequence[str | int | None]]) -> Path:
    """Write a trial balance with these columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "科目余额表"
    for row in (["科目余额表"], head, *rows):
        sheet.append(list(row))
    path = folder / "收件箱" / "科目余额表.xlsx"
    path.parent.mkdir(parents=True)
    book.save(path)
    return path


SIDES = ("期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")
SPENT = (("7201.01.01", "基本支出"), ("7201.01.02", "项目支出"))


def test_spending_is_divided_by_the_names_of_the_accounts_however_they_are_numbered(tmp_path: Path) -> None:
    """Centres write 7201.01.01 or put a level between; the names 基本支出 and 项目支出 say which is which."""
    rows: list[list[str | int | None]] = [
        ["7201", "事业支出", 0, 0, 900, 0, 900, 0],
        ["7201.01", "财政拨款支出", 0, 0, 900, 0, 900, 0],
        *([code, name, 0, 0, amount, 0, amount, 0] for (code, name), amount in zip(SPENT, (700, 200), strict=True)),
    ]
    balances(tmp_path, ["科目编码", "科目名称", *SIDES], rows)
    figures = settle(tmp_path).figures
    assert figures["be_basic"][1] == 700
    assert figures["be_project"][1] == 200


def test_spending_that_no_name_divides_is_unchecked_not_0(made: tuple[Path, Written]) -> None:
    """A trial balance of 7201 alone does not say what of it is 基本支出: that is no failure of the books."""
    _, written = made
    assert written.figures["be_basic"][1] is None
    assert verdict(written, "basic-and-project") == "? 未核"


def test_a_class_of_items_is_not_added_to_its_items(tmp_path: Path) -> None:
    """Exports by 辅助项 list 302 above 30201: the money is there once."""
    rows: list[list[str | int | None]] = [
        ["7201", "事业支出", item, 0, 0, amount, 0, amount, 0]
        for item, amount in ((None, 900), ("302 商品和服务支出", 900), ("30201 办公费", 700), ("30202 印刷费", 200))
    ]
    balances(tmp_path, ["科目编码", "科目名称", "辅助项", *SIDES], rows)
    assert settle(tmp_path).figures["be_total"][1] == 900


def test_a_balance_of_december_opens_the_year_by_the_years_movement(tmp_path: Path) -> None:
    """期初 of a month's balance is the month's; with 本年累计 the year's beginning follows from the closing balance."""
    head = ["科目编码", "科目名称", *SIDES[:4], "本年累计借方", "本年累计贷方", *SIDES[4:]]
    rows: list[list[str | int | None]] = [
        ["1002", "银行存款", 550, 0, 100, 50, 1000, 900, 600, 0],
        ["3001", "累计盈余", 0, 550, 50, 100, 900, 1000, 0, 600],
        ["8001", "资金结存", 550, 0, 100, 50, 1000, 900, 600, 0],
        ["8101", "财政拨款结转", 0, 550, 50, 100, 900, 1000, 0, 600],
    ]
    balances(tmp_path, head, rows)
    written = settle(tmp_path)
    assert written.figures["carry_open"][1] == 500
    assert not differences([tmp_path / "02汇总" / "年终决算.xlsx"])
