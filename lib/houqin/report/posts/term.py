"""学期结算与公示.xlsx: meal fees, fees collected for others, uniforms, purchases, the meal's price, contentment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.posts import fees, goods, opinions
from houqin.report.posts.case import Outcome, Period, PostCase, open_posts
from houqin.report.posts.month import FINDINGS, TECHNICAL, TIE_OUTS, Source, own_tie_outs
from houqin.report.posts.overview import NAME, Key, reserve, write_overview
from houqin.report.posts.rows import write_rows
from houqin.report.summary_checks import write_findings, write_technical
from houqin.report.summary_tie_outs import write_tie_outs
from houqin.report.words import term
from houqin.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.school import School
    from houqin.workbook import Sheet

TITLE = "学期结算与公示"
KEYS = (
    Key("meal_fee.prepaid", "餐费预收", "元", "money", "全部班级"),
    Key("meal_fee.refund", "餐费应退", "元", "money", "签收表见打印单据，只供内部"),
    Key("fee.left", "代收费结余", "元", "money", "上期结余加收取减支出"),
    Key("fee.open", "代收费尚未清退", "元", "money", "结余减已退"),
    Key("uniform.amount", "校服订购金额", "元", "money", "套数乘价格"),
    Key("bought", "物资采购金额", "元", "money", "本学期入库登记"),
)
SOURCES = (
    Source(fees.MEAL_FEE, "台账-餐费", fees.meal_fee_records, fees.MEAL_COLUMNS),
    Source(fees.FEE, "台账-收费", fees.fee_records, fees.FEE_COLUMNS),
    Source(goods.ORDER, "台账-校服", goods.order_records, goods.ORDER_COLUMNS),
    Source(goods.TESTS, "台账-校服送检", goods.tested_records, goods.TEST_COLUMNS),
    Source(goods.STOCK_IN, "台账-入库", goods.stock_in_records, goods.IN_COLUMNS),
    Source(opinions.PRICE_FORM, "台账-餐标", opinions.price_records, opinions.PRICE_COLUMNS),
    Source(opinions.SURVEY, "台账-满意度", opinions.survey_records, opinions.SURVEY_COLUMNS),
)
PARTS: tuple[tuple[str, str, Callable[[PostCase, Sheet], None], bool], ...] = (
    (fees.MEALS, "餐费预收、应收、应退、应补、结转，按班级和餐别（内部）", fees.write_meal_fees, True),
    (fees.MEALS_POSTED, "餐费结算，按班级合计，供公示", fees.write_meal_notice, False),
    (fees.FEES, "代收费各项目的收取、支出、结余和退费", fees.write_fees, True),
    (goods.UNIFORMS, "校服价格、供货单位、检验报告，各班套数", goods.write_uniforms, True),
    (goods.BOUGHT, "本学期买了什么、多少钱、向谁买的", goods.write_purchases, False),
    (opinions.PRICES, "每餐成本和核定餐标", opinions.write_meal_price, False),
    (opinions.CONTENT, "满意度测评结果和算法", opinions.write_survey, True),
)
LISTS = ((TIE_OUTS, "这些表之间的核对"), (FINDINGS, "要改、要确认的，逐条到单元格"))


def term_period(school: School) -> Period:
    """Give the semester of the settings."""
    return Period(term(school), school.term_start, school.term_end, school.term_start)


def write_term(  # noqa: PLR0913  (all by keyword)
    path: Path, outcome: Outcome, *, forms: Forms, school: School, as_of: str,
    run: Mapping[str, str] | None = None, copies: Mapping[str, str] | None = None,
) -> PostCase:  # fmt: skip
    """Write the semester's workbook; give the case, whose figures and posted sheets the job tells of.

    The links assume that the workbook lies in a folder beside 来源/. FailedRun where it cannot be written.
    """
    with Workbook(path, title=f"{school.name}{TITLE}", example=school.is_example) as book:
        case = open_posts(book, outcome, forms, school, as_of=as_of, span=term_period(school), run=run, copies=copies)
        reserve(case)
        first = book.sheet(NAME)
        results = [(fill, book.sheet(name, landscape=wide)) for name, _, fill, wide in PARTS]
        ties, findings = (book.sheet(name, landscape=True) for name, _ in LISTS)
        present = [each for each in SOURCES if each.form in case.ledgers and each.form in forms.by_id]
        data = [(each, book.sheet(each.sheet, role="working", landscape=True)) for each in present]
        technical = book.sheet(TECHNICAL, role="working", landscape=True)
        for source, sheet in data:
            write_rows(case, sheet, source.form, source.records(case), source.added)
        for fill, sheet in results:
            fill(case, sheet)
        write_findings(case, findings)
        write_tie_outs(case, ties, own_tie_outs(case, [each.form for each in SOURCES]))
        write_technical(case, technical)
        index = [*((name, says) for name, says, _, _ in PARTS), *LISTS]
        index += [(s.sheet, f"{case.title_of(s.form)}的台账，一行一条记录") for s, _ in data]
        write_overview(case, first, f"{TITLE}：{case.span.title}", KEYS, [*index, (TECHNICAL, "来源文件、行数、版本")])
    return case
