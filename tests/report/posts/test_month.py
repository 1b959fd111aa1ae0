"""The month's workbook: the posted statement's arithmetic, consumption, what is held back, and that all is live."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import recalculate
from report.posts import canteen_month as month

from houqin.forms import load_forms
from houqin.model import Finding, Level, Place
from houqin.report.posts.canteen_lines import NEITHER, PREPAID, UNCLEAR_IN, UNCLEAR_OUT, line_of
from houqin.report.posts.month import write_month

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.report.posts.case import PostCase


def write(folder: Path, name: str = "食堂月度汇总.xlsx", **changes: Any) -> tuple[Path, PostCase]:
    """Write the month of a school folder; `changes` are of the pipeline's result."""
    result, school = month.result(folder)
    for each, value in changes.items():
        result = replace(result, **{each: value})
    path = folder / "02汇总" / name
    made = write_month(path, result, forms=load_forms(), school=school, month=month.MONTH, as_of=month.AS_OF)
    return path, made


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PostCase]:
    """The month made from the canteen's journal."""
    folder = tmp_path_factory.mktemp("journal")
    month.write_month(folder / "收件箱")
    return write(folder)


@pytest.fixture(scope="module")
def posted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PostCase]:
    """The month made from the statement that a school posted (domain.md 6.4)."""
    folder = tmp_path_factory.mktemp("posted")
    month.write_month(folder / "收件箱", statement=True)
    return write(folder)


@pytest.fixture(scope="module")
def slips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PostCase]:
    """The month of a canteen that keeps slips and weekly counts instead of a monthly stock of food."""
    folder = tmp_path_factory.mktemp("slips")
    month.write_month(folder / "收件箱")
    (folder / "收件箱" / "食材收发存11月.xlsx").unlink()
    month.sheet(folder / "收件箱", "食材出库.xlsx", "11月", [
        ["食材出库登记表"], ["出库日期", "类别", "食材名称", "单位", "数量", "单价", "金额", "领料人"],
        ["2025-11-05", "米面油", "大米", "公斤", 700, 5, 3500, "孙师傅"],
        ["2025-11-20", "蔬菜", "白菜", "公斤", 2000, 2, 4000.5, "孙师傅"],
        ["2025-11-21", "蔬菜", "土豆", "公斤", 30, None, None, "孙师傅"],
        ["2025-12-01", "蔬菜", "白菜", "公斤", 10, 2, 20, "孙师傅"],
    ])  # fmt: skip
    for day, amount in (("2025年11月21日", 400), ("2025年11月28日", 250)):
        month.sheet(folder / "收件箱", f"盘存{day}.xlsx", "盘存", [
            ["食材盘存表"], [f"盘点日期：{day}"], ["食材名称", "单位", "账面数量", "账面金额", "实盘数量", "实盘金额"],
            ["大米", "公斤", amount // 5, amount, amount // 5, amount],
        ])  # fmt: skip
    return write(folder)


def lines(path: Path, sheet: str = "食堂收支公示表") -> dict[str, tuple[Any, Any]]:
    """Give item -> month and year, as stored."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    return {str(row[0]).strip(): (row[1], row[2]) for row in page.iter_rows(values_only=True) if row[0]}


def test_the_published_figures_come_out_again(posted: tuple[Path, PostCase]) -> None:
    """二 and 四 are the sums of their items, 六 = 一 − 二 − 三 − 四 − 五, 九 = 六 / 一; in the year as well."""
    found = lines(posted[0])
    assert found["二、伙食费支出"][0] == 162886.52
    assert found["四、管理费用"][0] == 62179.5
    assert found["六、营业利润"] == (-7062.3, -7455.39)
    assert found["九、营业利润率"] == (-0.0324, -0.0106)


def test_a_loss_past_the_schools_limit_is_to_be_explained(posted: tuple[Path, PostCase]) -> None:
    """−3.24 % is past the 2 % of the settings; without a limit in the settings nothing is judged."""
    page = openpyxl.load_workbook(posted[0])["食堂收支公示表"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert "本月盈亏率 -3.24% 超过学校设置的 2%，请附情况说明。" in texts


def test_heads_and_results_are_formulas_over_the_lines_above(posted: tuple[Path, PostCase]) -> None:
    """Nobody types a sum: a corrected item goes on into its head, the surplus and the rate."""
    page = openpyxl.load_workbook(posted[0])["食堂收支公示表"]
    found = {str(row[0].value).strip(): str(row[1].value) for row in page.iter_rows(max_col=2) if row[0].value}
    assert found["二、伙食费支出"].startswith("=ROUND(SUM(B")
    assert found["六、营业利润"].count("-N(B") == 4  # 三 has no amount and is taken as nothing
    assert "'台账-公示表'!" in found["1菜品"]


def test_a_head_without_amounts_keeps_its_line(posted: tuple[Path, PostCase]) -> None:
    """三、税金及附加 was blank: it is posted blank, not left out and not 0."""
    assert lines(posted[0])["三、税金及附加"] == (None, None)


def test_a_journal_gives_the_same_statement(journal: tuple[Path, PostCase]) -> None:
    """Entries go to their lines by what they say; refunds lessen the income, interest the cost."""
    found = lines(journal[0])
    assert found["一、伙食费收入"][0] == 150000 + 8000.25 - 390
    assert found["1菜品"][0] == 71000.25
    assert found["4维修"][0] == 860
    assert found["五、财务费用（利息收入以负数列示）"][0] == -21.4
    assert found["七、补助、捐赠等其他收入"][0] == 3000
    assert found["六、营业利润"][0] == pytest.approx(2471.30)
    assert found["一、伙食费收入"][1] == 20000 + 180000 + 150000 + 8000.25 - 390


def test_the_share_of_food_takes_what_was_used_up(journal: tuple[Path, PostCase]) -> None:
    """期初 2720 + 购进 78000 − 期末 3642 = 77078, never the 78000 that were bought."""
    case = journal[1]
    assert case.amount("food.used") == Decimal(77078)
    assert case.amount("food.share") == (Decimal(77078) / Decimal("157610.25")).quantize(Decimal("0.0001"))


def test_slips_alone_give_what_was_bought_and_used(slips: tuple[Path, PostCase]) -> None:
    """No monthly stock of food: what went is what the issues say, by category; what lacks its amount is told."""
    path, case = slips
    assert case.amount("food.used") == Decimal("7500.5")
    assert case.amount("food.in_amt") == Decimal(78000)
    assert case.amount("food.counted") == Decimal(250)
    page = list(openpyxl.load_workbook(path, data_only=True)["食材收发存与消耗"].iter_rows(values_only=True))
    assert [row[:3] for row in page if row[0] in {"米面油", "蔬菜"}] == [("米面油", 0, 3500), ("蔬菜", 0, 4000.5)]
    assert [row[0] for row in page if row[0] and "没有金额" in row[0]] == ["有 1 行只有数量、没有金额，没有算进来。"]


def test_the_share_of_food_is_not_told_where_an_issue_lacks_its_amount(slips: tuple[Path, PostCase]) -> None:
    """7,500.50 is not all that was eaten: a share of it would be too small."""
    assert (slips[1].whole_food, slips[1].amount("food.ratio"), slips[1].amount("food.share")) == (False, None, None)


def test_all_hold_by_their_sources_and_may_be_posted(journal: tuple[Path, PostCase]) -> None:
    """Nothing must be mended in the sources: the sheets say nothing of 暂不可公示."""
    assert [(each.sheet, each.reasons) for each in journal[1].posted] == [("食堂收支公示表", ()), ("食材价格公示", ())]


def test_an_open_error_holds_the_sheet_back(tmp_path: Path) -> None:
    """The sheet is made, with a mark and the reason that names the cell; others are not touched."""
    month.write_month(tmp_path / "收件箱")
    error = Finding("balance-mismatch", Level.ERROR, "余额不对。", Place("食堂日记账.xlsx", "日记账", "F9"),
                    form="canteen_journal")  # fmt: skip
    path, case = write(tmp_path, findings=(error,))
    assert [bool(each.reasons) for each in case.posted] == [True, False]
    page = openpyxl.load_workbook(path)["食堂收支公示表"]
    assert "【暂不可公示】" in page["A1"].value
    assert "《食堂日记账.xlsx》“日记账”F9" in page["A3"].value
    assert "暂不可公示" not in openpyxl.load_workbook(path)["食材价格公示"]["A1"].value


def test_what_cannot_be_told_is_shown_and_holds_the_statement_back(tmp_path: Path) -> None:
    """An entry of no known kind stands on a line of its own, counts in the result, and waits for a person."""
    month.write_month(tmp_path / "收件箱")
    rows = month.journal_rows()
    last = rows[-1]
    more = [last[0], "记-099", "付装修款", None, 1000, Decimal(str(last[5])) - 1000, "甲某"]
    month.sheet(tmp_path / "收件箱", "食堂日记账.xlsx", "日记账", [*rows, more])
    path, case = write(tmp_path)
    assert lines(path)["＊待归类支出"][0] == 1000
    assert lines(path)["六、营业利润"][0] == pytest.approx(1471.30)
    assert "1 笔认不出归入哪一项" in case.posted[0].reasons[0]


def test_a_journal_of_the_autumn_alone_says_from_when_its_sum_counts(tmp_path: Path) -> None:
    """本年累计 counts from January: where the journal begins in October, the column and a note say so."""
    month.write_month(tmp_path / "收件箱")
    rows = month.journal_rows()
    month.sheet(tmp_path / "收件箱", "食堂日记账.xlsx", "日记账", [*rows[:3], *rows[5:]])
    path, case = write(tmp_path)
    assert lines(path)["项目"][1] == "10 月起累计（元）"
    assert lines(path)["一、伙食费收入"][1] == 180000 + 150000 + 8000.25 - 390
    assert case.posted[0].reasons == ()


def prepaid(folder: Path, *, meals: bool = True) -> tuple[Path, PostCase]:
    """Write a month whose pupils paid for the whole term on one day."""
    month.write_month(folder / "收件箱")
    rows = [list(row) for row in month.journal_rows()]
    rows[2].insert(3, "科目")
    for row in rows[3:]:
        row.insert(3, "预收餐费" if "餐费" in str(row[2]) else None)
    month.sheet(folder / "收件箱", "食堂日记账.xlsx", "日记账", rows)
    if not meals:
        (folder / "收件箱" / "每日就餐.xlsx").unlink()
    return write(folder)


def test_what_pupils_paid_ahead_is_no_income_until_they_have_eaten(tmp_path: Path) -> None:
    """预收 is a liability: the month's income is 人次 × 餐标, beside what the staff paid."""
    path, case = prepaid(tmp_path)
    found = lines(path)
    assert found["1学生伙食费（就餐人次×餐标）"][0] == 4840 * 32.5
    assert found["2其他伙食费收入（教职工等）"][0] == 8000.25
    assert found["一、伙食费收入"][0] == 4840 * 32.5 + 8000.25
    assert case.posted[0].reasons == ()


def test_money_paid_ahead_without_a_count_of_meals_gives_no_income(tmp_path: Path) -> None:
    """Nobody knows then what the month's income is: the statement waits."""
    _, case = prepaid(tmp_path, meals=False)
    assert any("没有每日就餐人数和餐标" in reason for reason in case.posted[0].reasons)


def test_a_term_paid_in_one_month_is_asked_about(tmp_path: Path) -> None:
    """Twice what was eaten came in, and nothing says that it is 预收."""
    month.write_month(tmp_path / "收件箱")
    rows = month.journal_rows()
    last = rows[-1]
    more = [last[0], "记-098", "收六、七年级餐费", 160000, None, Decimal(str(last[5])) + 160000, "甲某"]
    month.sheet(tmp_path / "收件箱", "食堂日记账.xlsx", "日记账", [*rows, more])
    _, case = write(tmp_path)
    assert "相差过半" in case.posted[0].reasons[0]


def test_prices_are_by_supplier_with_their_span(journal: tuple[Path, PostCase]) -> None:
    """Lowest, highest and average price of each good, live."""
    page = openpyxl.load_workbook(journal[0], data_only=True)["食材价格公示"]
    rows = {row[1]: row for row in page.iter_rows(values_only=True) if row[1]}
    assert rows["大米"][4:9] == ("示例粮油店", 2, 1500, "4.80—5.20", 5)


def test_days_without_a_record_are_named(journal: tuple[Path, PostCase]) -> None:
    """Of 20 days one lacks 陪餐 and one the daily check."""
    page = openpyxl.load_workbook(journal[0], data_only=True)["食品安全记录一览"]
    texts = {row[0].value: row[6].value for row in page.iter_rows() if row[6].value}
    assert sorted(v for v in texts.values() if v.startswith("✗")) == ["✗ 缺日管控", "✗ 缺陪餐"]
    due = {row[0]: row[1:4] for row in page.iter_rows(values_only=True) if row[0] in {"陪餐", "留样", "周排查"}}
    assert due["陪餐"] == (20, 19, 1)
    assert due["留样"] == (20, 20, 0)


def test_a_posted_sheet_says_how_long_where_and_whom_to_call(journal: tuple[Path, PostCase]) -> None:
    """公示期, 监督电话, who posts it and when: from the settings, the date from the run."""
    page = openpyxl.load_workbook(journal[0])["食堂收支公示表"]
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert "公示期：2025年12月8日至2025年12月14日（7 天）　　公示地点：校门口公示栏" in texts
    assert "监督电话：0000-0000000" in texts
    assert texts[-2:] == ["示例中学（盖章）", "2025年12月8日"]


@pytest.mark.office
def test_stored_values_are_what_libreoffice_calculates(
    journal: tuple[Path, PostCase], posted: tuple[Path, PostCase], slips: tuple[Path, PostCase]
) -> None:
    """Every formula's stored value equals the recalculated one."""
    assert recalculate.differences([journal[0], posted[0], slips[0]]) == []


def test_the_same_month_gives_the_same_bytes(journal: tuple[Path, PostCase]) -> None:
    """Whatever the time."""
    again, _ = write(journal[0].parents[1], "再来一次.xlsx")
    assert again.read_bytes() == journal[0].read_bytes()


@pytest.mark.parametrize(
    ("account", "summary", "takes_in", "line"),
    [
        ("", "购大米、花生油", False, "二2 米面油"),
        ("", "购酱油", False, "二3 调味品"),
        ("", "消毒柜维修", False, "四4 维修"),
        ("管理费用", "检修排风扇", False, "四4 维修"),
        ("", "买菜和社保", False, UNCLEAR_OUT),
        ("", "付装修款", False, UNCLEAR_OUT),
        ("", "收某某款", True, UNCLEAR_IN),
        ("", "提取现金", False, NEITHER),
        ("预收餐费", "退未就餐款", False, PREPAID),
        ("教职工就餐", "收教职工11月就餐款", True, "一 伙食费收入"),
        ("", "退学生餐费", False, "一 伙食费收入"),
        ("", "收财政补助", True, "七 其他收入"),
    ],
)
def test_an_entry_goes_to_the_line_that_it_names(account: str, summary: str, line: str, *, takes_in: bool) -> None:
    """By its account, else by the noun that stands last; goods of two heads, and none, are not guessed at."""
    assert line_of(account, summary, takes_in=takes_in) == line
