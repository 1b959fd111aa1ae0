"""食堂月度汇总.xlsx: what is posted of a month's canteen, and the workings behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.report.posts import canteen, food, meals, prices, safety, slips
from houqin.report.posts.canteen_given import FORM as STATEMENT
from houqin.report.posts.case import IN_PERIOD, Outcome, Period, PostCase, open_posts
from houqin.report.posts.overview import NAME, Key, reserve, write_overview
from houqin.report.posts.rows import Added, dated, flag, write_rows
from houqin.report.summary_case import write_missing
from houqin.report.summary_checks import write_findings, write_technical
from houqin.report.summary_tie_outs import write_tie_outs
from houqin.school.calendar import month_end
from houqin.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.model import TieOutResult
    from houqin.report.records import Record
    from houqin.school import School
    from houqin.workbook import Sheet

TITLE = "食堂月度汇总"
TIE_OUTS, FINDINGS, TECHNICAL = "勾稽", "问题清单", "技术信息"
KEYS = (
    Key("canteen.income", "伙食费收入", "元", "money", "本月，取自公示表"),
    Key("canteen.surplus", "营业利润（收支结余）", "元", "money", "收入减各项支出"),
    Key("canteen.rate", "盈亏率", "", "percent", "营业利润÷伙食费收入"),
    Key("food.used", "食材耗用", "元", "money", "期初＋购进−期末；只有单据的按出库"),
    Key("food.share", "食材占比", "", "percent", "耗用÷伙食费收入"),
    Key("meals.all", "就餐人次", "人次", "count", "早、午、晚餐相加"),
)


class Source(NamedTuple):
    """A ledger behind the workbook: its form, its sheet, its rows, its computed columns."""

    form: str
    sheet: str
    records: Callable[[PostCase], list[Record]]
    added: tuple[Added, ...]


def _statement(case: PostCase) -> list[Record]:
    return [dated(case, "date")(record) for record in case.records[STATEMENT]]


def _price(case: PostCase) -> list[Record]:
    return [dated(case, "no_date")(record) for record in case.records[meals.PRICE]]


SOURCES = (
    Source(canteen.JOURNAL, "台账-日记账", canteen.journal_records, canteen.JOURNAL_COLUMNS),
    Source(STATEMENT, "台账-公示表", _statement, (flag(IN_PERIOD, "date"),)),
    Source(food.FORM, "台账-食材", food.food_records, food.COLUMNS),
    Source(prices.FORM, "台账-采购验收", prices.receipt_records, prices.COLUMNS),
    Source(slips.ISSUES, "台账-食材出库", slips.issue_records, slips.COLUMNS),
    Source(meals.FORM, "台账-就餐", meals.meal_records, meals.COLUMNS),
    Source(meals.PRICE, "台账-餐标", _price, (flag(IN_PERIOD, "no_date"),)),
    Source(safety.COMPANY, "台账-陪餐", lambda case: safety.dated_records(case, safety.COMPANY), safety.DATED),
    Source(safety.SAMPLES, "台账-留样", lambda case: safety.dated_records(case, safety.SAMPLES), safety.DATED),
    Source(safety.CHECKS, "台账-安全检查", safety.check_records, safety.CHECKED),
)
PARTS = (
    (canteen.NAME, "本月收支，按公示的格式；每个数点得回台账"),
    (prices.NAME, "本月食材的供货单位和单价"),
    (meals.NAME, "各年级、各班、每天的就餐人次"),
    (food.NAME, "食材期初、购进、期末和耗用，食材占比"),
    (safety.NAME, "陪餐、留样、日管控、周排查、月调度齐不齐"),
    (TIE_OUTS, "食堂各表之间的核对"),
    (FINDINGS, "要改、要确认的，逐条到单元格"),
)


def month_period(month: str) -> Period:
    """Give the period of a month 2025-11; 本年累计 counts from January, as fiscal years do."""
    year, number = int(month[:4]), int(month[5:])
    return Period(f"{year}年{number}月", f"{month}-01", month_end(year, number).isoformat(), f"{year}-01-01")


def write_month(  # noqa: PLR0913  (all by keyword)
    path: Path, outcome: Outcome, *, forms: Forms, school: School, month: str, as_of: str,
    run: Mapping[str, str] | None = None, copies: Mapping[str, str] | None = None,
) -> PostCase:  # fmt: skip
    """Write the month's workbook; give the case, whose figures and posted sheets the job tells of.

    The links assume that the workbook lies in a folder beside 来源/. FailedRun where it cannot be written.
    """
    with Workbook(path, title=f"{school.name}{TITLE}", example=school.is_example) as book:
        span = month_period(month)
        case = open_posts(book, outcome, forms, school, as_of=as_of, span=span, run=run, copies=copies)
        reserve(case)
        first = book.sheet(NAME)
        wide = {TIE_OUTS, FINDINGS, prices.NAME}
        sheets = {name: book.sheet(name, landscape=name in wide) for name, _ in PARTS}
        present = [each for each in SOURCES if each.form in case.ledgers and each.form in forms.by_id]
        data = [(each, book.sheet(each.sheet, role="working", landscape=True)) for each in present]
        technical = book.sheet(TECHNICAL, role="working", landscape=True)
        for source, sheet in data:
            write_rows(case, sheet, source.form, source.records(case), source.added)
        _results(case, sheets)
        write_findings(case, sheets[FINDINGS])
        write_tie_outs(case, sheets[TIE_OUTS], own_tie_outs(case, [each.form for each in SOURCES]))
        write_technical(case, technical)
        index = [*PARTS, *((s.sheet, f"{case.title_of(s.form)}的台账，一行一条记录") for s, _ in data)]
        write_overview(case, first, f"{TITLE}：{span.title}", KEYS, [*index, (TECHNICAL, "来源文件、行数、版本")])
    return case


def _results(case: PostCase, sheets: Mapping[str, Sheet]) -> None:
    """Fill the sheets of results; the share of food comes last, as it takes a figure of two of them."""
    spare = canteen.write_canteen(case, sheets[canteen.NAME])
    if spare is None:
        write_missing(case, sheets[canteen.NAME], canteen.TITLE, [STATEMENT, canteen.JOURNAL], canteen.COLUMNS)
    meals.write_meals(case, sheets[meals.NAME])
    food.write_food(case, sheets[food.NAME])
    if spare is not None:
        canteen.write_share(case, sheets[canteen.NAME], spare)
    prices.write_prices(case, sheets[prices.NAME])
    safety.write_safety(case, sheets[safety.NAME])


def own_tie_outs(case: PostCase, forms: Sequence[str]) -> list[TieOutResult]:
    """Give the tie-outs of the run both of whose sides are among some forms."""
    declared = {each.id: each for each in case.forms.tie_outs}
    return [
        each for each in case.outcome.tie_outs
        if (known := declared.get(each.id)) and {known.left.form, known.right.form} <= set(forms)
    ]  # fmt: skip
