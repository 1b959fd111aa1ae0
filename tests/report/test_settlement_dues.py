"""往来款清理 and 学校—核算中心对账表: a whole year passes; each planted break fails its check and names the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from recalculate import differences
from report.settlement_year import (
    BALANCE,
    CLAIMS,
    DEBTS,
    JOURNAL,
    SPENT,
    Spoil,
    check,
    failed,
    figure,
    inbox,
    settle,
    verdicts,
)

from houqin.account.rows import Row
from houqin.report.settlement.dues import age_of, band_of
from houqin.report.settlement.vouchers import plain_voucher

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.report.settlement import Written

FILES = (BALANCE, JOURNAL, CLAIMS, SPENT, DEBTS)
PAPER = "25372000000158019746"  # an invoice: once in either of the school's books
DUES = (
    "no-old-dues", "no-personal-loans", "no-wrong-side-dues", "dues-open-as-booked", "dues-roll", "dues-1218-as-booked",
    "dues-2307-as-booked", "dues-2302-as-booked", "dues-rest-as-booked",
)  # fmt: skip
CENTRE = (
    "claims-booked", "claims-known", "claims-same-amount", "claims-same-subject", "claims-reconciled",
    "booked-in-the-year", "spent-as-centre",
)  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """Give the settlement of the whole year, as far as these sheets need it."""
    folder = tmp_path_factory.mktemp("year")
    inbox(folder, FILES)
    return settle(folder)


def test_a_whole_year_passes(year: tuple[Path, Written]) -> None:
    """Every party, account and voucher agrees; what was claimed in December and not booked is owed in the books."""
    assert set(verdicts(year[1], (*DUES, *CENTRE)).values()) == {"通过"}
    assert (figure(year[1], "cl_open"), figure(year[1], "cl_owed")) == ("11201.15", "11201.15")


def test_every_stored_value_is_recalculated_alike(year: tuple[Path, Written]) -> None:
    """LibreOffice works out the same."""
    assert differences([year[0]]) == []


BREAKS = (
    ("no-old-dues", [Spoil(DEBTS, "应付账款", "塑胶跑道工程质保金", "发生日期", "2023-09-26")], "balance"),
    ("no-wrong-side-dues", [Spoil(DEBTS, "应付账款", "塑胶跑道工程质保金", "年末余额", -5)], "own"),
    ("dues-roll", [Spoil(DEBTS, "其他应付款", "塑胶跑道工程履约保证金", "年末余额", 14_000)], "own"),
    ("dues-2307-as-booked", [Spoil(DEBTS, "其他应付款", "塑胶跑道工程履约保证金", "年末余额", 14_000)], "own"),
    ("dues-2302-as-booked", [Spoil(DEBTS, "应付账款", "塑胶跑道工程质保金", "年末余额", 1)], "own"),
    ("dues-1218-as-booked", [Spoil(DEBTS, "其他应收款", "代垫水费", "年末余额", 182.6)], "own"),
    ("claims-same-amount", [Spoil(CLAIMS, "报账登记", "BZ20250020", "核定金额", 1.5)], "own"),
    ("claims-booked", [Spoil(CLAIMS, "报账登记", "BZ20250020", "记账凭证号", "记-999")], "核定金额"),
)


@pytest.mark.parametrize(("failing", "spoils", "where"), BREAKS, ids=[each[0] for each in BREAKS])
def test_a_planted_break_fails_its_check_and_names_the_cell(
    tmp_path: Path, failing: str, spoils: list[Spoil], where: str
) -> None:
    """The check on it fails, and the first cell to look at is the one that was spoilt, or the amount beside it."""
    cells = inbox(tmp_path, FILES, spoils)
    _, written = settle(tmp_path)
    assert failing in failed(written)
    place = check(written, failing).place
    assert place is not None
    assert place.file == spoils[0].file
    assert place.cell == cells[0] if where == "own" else place.cell[1:] == cells[0][1:]


def test_a_loan_to_a_person_is_open_on_the_last_day(tmp_path: Path) -> None:
    """A person's name, a loan, something left."""
    spoils = [
        Spoil(DEBTS, "其他应收款", "外出学习借款", "往来单位（个人）", "王小明"),
        Spoil(DEBTS, "其他应收款", "外出学习借款", "年末余额", 3000),
    ]
    cells = inbox(tmp_path, FILES, spoils)
    _, written = settle(tmp_path)
    found = check(written, "no-personal-loans")
    assert found.verdict == "✗ 不符"
    assert (found.place.cell if found.place else "") == cells[1]
    assert figure(written, "dues_loans") == "3000.00"


def test_what_the_centre_paid_and_the_school_does_not_know_is_listed(tmp_path: Path) -> None:
    """A payment that stands in neither of the school's books."""
    inbox(tmp_path, FILES)
    for file, name in ((CLAIMS, "报账登记"), (SPENT, "上半年")):
        book = openpyxl.load_workbook(tmp_path / "收件箱" / file)
        sheet = book[name]
        row = next(row[0].row for row in sheet.iter_rows(min_row=3) if any(cell.value == PAPER for cell in row))
        sheet.delete_rows(row)
        book.save(tmp_path / "收件箱" / file)
    path, written = settle(tmp_path)
    found = check(written, "claims-known")
    assert found.verdict == "✗ 不符"
    assert found.place is not None
    assert found.place.file == JOURNAL
    assert differences([path]) == []


def test_a_school_that_keeps_its_own_books_has_no_centre(tmp_path: Path) -> None:
    """The sheet says so, and its checks are not asked."""
    inbox(tmp_path, FILES)
    path, written = settle(tmp_path, change={"accounting": {"mode": "独立核算"}})
    assert not {each.rule.id for each in written.checks} & {"claims-booked", "claims-known", "spent-as-centre"}
    book = openpyxl.load_workbook(path)
    texts = [str(cell.value) for row in book["学校—核算中心对账表"].iter_rows(max_row=6) for cell in row if cell.value]
    assert any("不适用" in text for text in texts)
    assert book["调整事项"]["A1"].value.endswith("调整分录")


def test_openings_are_compared_with_last_year_party_by_party(tmp_path: Path) -> None:
    """Differences of two parties that cancel are told all the same; without last year's ledger it is 未核."""
    inbox(tmp_path, FILES)
    rows = [
        Row("payables", 0, {"kind": "其他应付款", "party": "锦绣校服有限公司", "balance": 641_200}),
        Row("payables", 1, {"kind": "应付账款", "party": "文苑办公用品商行", "balance": 984_600}),
        Row("payables", 2, {"kind": "应付账款", "party": "美凯家电商场", "balance": 1_420_000}),
        Row("payables", 3, {"kind": "其他应收款", "party": "学校食堂", "balance": 154_380}),
    ]
    path, written = settle(tmp_path, before={"payables": rows})
    assert verdicts(written, ["dues-as-last-year"]) == {"dues-as-last-year": "通过"}
    spoilt = [*rows[:1], Row("payables", 1, {**rows[1].values, "balance": 984_500}), *rows[2:]]
    path, written = settle(tmp_path, before={"payables": spoilt})
    found = check(written, "dues-as-last-year")
    assert (found.verdict, found.left.value) == ("✗ 不符", 1)
    assert found.place is not None
    assert found.place.file == DEBTS
    _, written = settle(tmp_path)
    assert check(written, "dues-as-last-year").verdict == "? 未核"
    assert differences([path]) == []


def test_what_was_not_booked_is_proposed_as_an_entry(tmp_path: Path) -> None:
    """With its amount, its evidence and its cell; the first page asks for approval."""
    inbox(tmp_path, FILES, [Spoil(CLAIMS, "报账登记", "BZ20250020", "记账凭证号", "记-999")])
    path, _ = settle(tmp_path)
    book = openpyxl.load_workbook(path, data_only=True)
    texts = [[cell.value for cell in row] for row in book["调整事项"].iter_rows(min_row=4)]
    own = [row for row in texts if str(row[1]).startswith("已报未记")]
    assert len(own) == 1
    assert "BZ20250020" in own[0][8]


def test_ages_are_read_from_dates_and_from_words() -> None:
    """365 days are a year and no more; a date goes before what is written."""
    assert band_of(age_of("2024-12-31", "", "2025-12-31")) == "1年以内"
    assert band_of(age_of("2024-12-30", "", "2025-12-31")) == "1至2年"
    assert [band_of(age_of("", text, "2025-12-31")) for text in ("1-2年", "3年以上", "8个月", "一直")] == [
        "1至2年", "3年以上", "1年以内", "账龄不明",
    ]  # fmt: skip


def test_a_voucher_has_many_names() -> None:
    """记-5, 记 0005 号 and 记5 are one."""
    assert {plain_voucher(text) for text in ("记-5", "记 0005 号", "记5", "记字第5号")} == {"记5"}
