"""Trial balances of months and years side by side: the year end's counts, months are added up where they carry on."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
import pytest
from variants.books import DECEMBER, Line, Look, lines, write
from variants.settled import settle

MONTH = (("期初余额", "open"), ("本月发生", "month"), ("期末余额", "close"))
YEAR = (("期初余额", "year_open"), ("本期发生额", "year"), ("期末余额", "close"))
BOTH = (("年初余额", "year_open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close"))
INCOME, SPENT, COST, LEFT = Decimal("727818.34"), Decimal("574822.44"), Decimal(550_822) + Decimal("0.44"), Decimal("652995.90")
OF_THE_YEAR = {"t_income": INCOME, "t_expense": SPENT, "ex_total": COST, "t_open": Decimal(500_000), "t_close": LEFT}
LINES = tuple(OF_THE_YEAR)


def title(month: int) -> str:
    """Give the title of a month's table."""
    return f"2025年{month}月科目余额表"


def months(folder, numbers, figures=MONTH):
    """Write tables of months, a file each."""
    for month in numbers:
        write(folder / f"余额表{month}月.xlsx", Look(title(month), figures), lines(month))


def figures(settled) -> dict[str, Decimal | None]:
    """Give the figures of the year."""
    return {line: settled.figure(line) for line in LINES}


def test_twelve_months_that_carry_on_are_added_up_to_the_year(tmp_path):
    """Without 本年累计 in any of them, December's month must not be taken for the year."""
    months(tmp_path / "收件箱", range(1, 13))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.figure("d_rest") == 0
    assert "2025-01 到 2025-12" in settled.said("year-added-up")
    assert settled.codes == []


def test_twelve_sheets_of_one_workbook_are_added_up_too(tmp_path):
    """A sheet a month is as good as a file a month."""
    for month in range(1, 13):
        write(tmp_path / "收件箱" / "全年.xlsx", Look(title(month), MONTH), lines(month), f"{month}月")
    assert figures(settle(tmp_path / "收件箱")) == OF_THE_YEAR


def test_one_column_for_the_period_parts_the_months(tmp_path):
    """An export of the whole year says 期间 in each row."""
    book = openpyxl.Workbook()
    book.active.append(["科目余额表"])
    book.active.append(["会计期间", "科目编码", "科目名称", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方"])
    for month in range(1, 13):
        for each in lines(month):
            sides = [side for value in (each.open, each.close) for side in (max(value, 0), max(-value, 0))]
            row = [f"2025.{month:02d}", each.code, f"科目{each.code}", *map(float, (*sides[:2], each.dr, each.cr, *sides[2:]))]
            book.active.append(row)
    (tmp_path / "收件箱").mkdir()
    book.save(tmp_path / "收件箱" / "余额表.xlsx")
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == []


@pytest.mark.parametrize("said", [title(DECEMBER), "科目余额表"])
def test_a_month_alone_is_asked_about_and_its_flows_are_not_the_years(said, tmp_path):
    """Closing balances hold; what moved in the year is 未核 and the papers say what would fill it."""
    write(tmp_path / "收件箱" / "余额表.xlsx", Look(said, MONTH), lines(DECEMBER))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == {**dict.fromkeys(LINES), "t_close": LEFT}
    assert "本年累计" in settled.said("month-for-year")
    reasons = {each.reason for each in settled.written.checks if "trial_balance" in (*each.left.needs, *each.right.needs)}
    assert reasons
    assert all("带“本年累计”的 12 月科目余额表" in reason for reason in reasons)


def test_a_missing_month_is_named_and_nothing_is_added_up(tmp_path):
    """Eleven months are no year."""
    months(tmp_path / "收件箱", [month for month in range(1, 13) if month != 5])
    settled = settle(tmp_path / "收件箱")
    assert settled.figure("t_income") is None
    assert "还缺 2025-05 的" in settled.said("other-period")
    assert settled.codes == ["month-for-year"]


def test_months_that_do_not_carry_on_are_asked_about_with_both_cells(tmp_path):
    """One opening is not the closing before it: the sum would hide it."""
    months(tmp_path / "收件箱", range(1, 13))
    path = tmp_path / "收件箱" / "余额表7月.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(cells for cells in book.active.iter_rows(min_row=4) if cells[0].value == "1218")
    row[2].value += 100
    row[6].value += 100
    book.save(path)
    settled = settle(tmp_path / "收件箱")
    (found,) = (each for each in settled.result.findings if each.code == "carry-mismatch")
    assert [(place.file, place.cell) for place in (found.place, *found.related)] == [
        ("余额表7月.xlsx", f"C{row[0].row}"), ("余额表6月.xlsx", f"G{row[0].row}")
    ]  # fmt: skip
    assert settled.figure("t_income") is None


@pytest.mark.parametrize(
    ("said", "notes"),
    [
        ("科目余额表", ("期间：2025.01-2025.12",)),
        ("2025年1-12月科目余额表", ()),
        ("2025年度科目余额表", ()),
        ("科目余额表（2025年1月1日至2025年12月31日）", ()),
        ("2025年12月科目余额表", ()),  # what its program calls the last month; the budget's flows open with nothing
    ],
)
def test_a_table_of_the_whole_year_is_the_year_without_cumulative_columns(said, notes, tmp_path):
    """期初 of January and 本期 of twelve months."""
    write(tmp_path / "收件箱" / "余额表.xlsx", Look(said, YEAR, notes=notes), lines(DECEMBER))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == []


def test_eleven_months_in_one_and_december_are_the_year(tmp_path):
    """November alone lies there too: the table of all eleven says more."""
    months(tmp_path / "收件箱", (11, 12))
    write(tmp_path / "收件箱" / "前十一个月.xlsx", Look("2025年1-11月科目余额表", YEAR), lines(11))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert "还缺" not in settled.said("other-period")


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (Look("示例中学科目余额表", BOTH), Look("示例中学食堂科目余额表", BOTH)),
        (Look("科目余额表", BOTH, notes=("账套：示例中学",)), Look("科目余额表", BOTH, notes=("账套：示例中学工会委员会",))),
    ],
)
def test_the_books_of_canteen_and_trade_union_are_not_the_schools(own, other, tmp_path):
    """Accounts of the same codes in another set of books: never added to the school's, never in its place."""
    write(tmp_path / "收件箱" / "甲.xlsx", own, lines(DECEMBER))
    write(tmp_path / "收件箱" / "乙.xlsx", other, [Line(each.code, *(2 * amount for amount in each[1:])) for each in lines(DECEMBER)])
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == ["other-book"]
    (tmp_path / "收件箱" / "甲.xlsx").unlink()
    assert settle(tmp_path / "收件箱").figure("t_income") is None


def test_of_several_months_the_year_ends_counts_and_the_others_are_told(tmp_path):
    """June and September lie in the same inbox, and January of the year after."""
    months(tmp_path / "收件箱", (6, 9, 12), BOTH)
    write(tmp_path / "收件箱" / "明年1月.xlsx", Look("2026年1月科目余额表", BOTH), lines(1))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == []
    assert all(month in settled.said("other-period") for month in ("2025-06", "2025-09", "2026-01"))


def test_a_month_and_the_year_side_by_side_count_once(tmp_path):
    """The whole year says more than its last month."""
    months(tmp_path / "收件箱", (12,))
    write(tmp_path / "收件箱" / "全年.xlsx", Look("2025年度科目余额表", YEAR), lines(DECEMBER))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == []


def test_another_month_alone_is_no_year_end(tmp_path):
    """What is taken from June's balance would be wrong in every line."""
    months(tmp_path / "收件箱", (6,), BOTH)
    settled = settle(tmp_path / "收件箱")
    assert set(figures(settled).values()) == {None}
    assert "2025-06" in settled.said("wrong-period")


@pytest.mark.parametrize("words", [("（结转前）", "（结转后）"), ("", "")])
def test_of_before_and_after_closing_the_closed_one_counts(words, tmp_path):
    """Two exports of December, one before, one after income and expense are carried over."""
    for word, is_closed in zip(words, (False, True), strict=True):
        look = Look(f"{title(DECEMBER)}{word}", BOTH)
        write(tmp_path / "收件箱" / f"余额表{is_closed:d}.xlsx", look, lines(DECEMBER, closed=is_closed))
    settled = settle(tmp_path / "收件箱")
    assert figures(settled) == OF_THE_YEAR
    assert settled.codes == []
    assert "用结转后的" in settled.said("other-period")


def test_a_table_before_closing_alone_gives_the_same_figures(tmp_path):
    """收支总表 does not hang on whether the year's closing entries were made when the table was printed."""
    write(tmp_path / "收件箱" / "余额表.xlsx", Look(title(DECEMBER), BOTH), lines(DECEMBER, closed=False))
    assert figures(settle(tmp_path / "收件箱")) == OF_THE_YEAR
