"""餐标公示 (what a meal costs and is charged) and 满意度公示 (how content people are, with how that is reckoned)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.groups import LINE, key_of, line_sum, lines_of, numbered, value
from houqin.report.posts.notice import close_notice, open_notice
from houqin.report.posts.rows import dated, flag
from houqin.report.posts.statement import ratio
from houqin.report.summary_case import write_missing
from houqin.workbook import CENTER, COUNT, PERCENT, PRICE, TEXT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet

PRICES, PRICE_FORM = "餐标公示", "meal_price"
CONTENT, SURVEY = "满意度公示", "survey"
PRICE_COLUMNS = (flag(IN_PERIOD, "no_date"), LINE)
SURVEY_COLUMNS = (flag(IN_PERIOD, "no_date"), LINE)
PRICE_HEADS = (
    Col("序号", CENTER.but(kind="count"), 7), Col("餐次", CENTER, 10), Col("成本项目", WRAPPED, 28),
    Col("每餐成本\n（元）", PRICE, 15), Col("占比", PERCENT, 12), Col("核定餐标\n（元/餐）", PRICE, 15),
)  # fmt: skip
ANSWERS = (
    ("sent", "发放"), ("returned", "回收"), ("very_good", "非常满意"), ("good", "满意"), ("fair", "基本满意"),
    ("bad", "不满意"), ("other", "弃权"),
)  # fmt: skip


def price_records(case: PostCase) -> list[Record]:
    """Give the items of the meal's price, each with its line."""
    return numbered([dated(case, "no_date")(r) for r in case.records[PRICE_FORM]], key_of("meal", "item"))


def survey_records(case: PostCase) -> list[Record]:
    """Give the answers, each with the line of its question: classes are added up."""
    return numbered([dated(case, "no_date")(r) for r in case.records[SURVEY]], key_of("question"))


def write_meal_price(case: PostCase, sheet: Sheet) -> None:
    """Fill 餐标公示: the items of each meal, their shares, and the price that they make."""
    if write_missing(case, sheet, PRICES, [PRICE_FORM], len(PRICE_HEADS)):
        return
    own = sorted(case.own(PRICE_FORM), key=lambda r: (r.text("meal"), r.index))
    top = open_notice(case, sheet, "餐费标准公示表", len(PRICE_HEADS), forms=[PRICE_FORM])
    last = top + len(own)
    wholes = {meal: _whole(own, meal) for meal in dict.fromkeys(r.text("meal") for r in own)}
    rows = [_price_row(case, n, record, (top, last), wholes) for n, record in enumerate(own, 1)]
    placed = sheet.table(top, 1, PRICE_HEADS, rows, autofilter=False, freeze=False)
    row = placed.next_row - 1
    for meal, whole in wholes.items():
        made = f'SUMIFS(D{top + 1}:D{last},B{top + 1}:B{last},"{meal}")' if meal else f"SUM(D{top + 1}:D{last})"
        sheet.text(row, 3, f"{meal or '每餐'}成本合计", TEXT.but(bold=True))
        sheet.formula(row, 4, made, whole, PRICE.but(bold=True))
        row += 1
    notes = ["餐标由膳食委员会和家长代表参与测算，按成本定价，不以营利为目的。"]
    close_notice(case, sheet, row + 1, len(PRICE_HEADS), notes=notes, posts=("食堂负责人", "后勤主任", "校长"))


def _whole(own: Sequence[Record], meal: str) -> Decimal:
    return sum((r.number("cost") or Decimal(0) for r in own if r.text("meal") == meal), Decimal(0))


def _price_row(
    case: PostCase, number: int, record: Record, rows: tuple[int, int], wholes: dict[str, Decimal]
) -> list[CellValue]:
    data, row, meal = case.data[PRICE_FORM], rows[0] + number, record.text("meal")
    cost, standard = (
        Formula(data.placed.cell(record.index, data.columns[field]).ref, amount)
        if (amount := record.number(field)) is not None
        else None
        for field in ("cost", "standard")
    )
    body = f"D${rows[0] + 1}:D${rows[1]}"
    whole = f"SUMIFS({body},B${rows[0] + 1}:B${rows[1]},B{row})" if meal else f"SUM({body})"
    share = ratio(record.number("cost"), wholes[meal])
    part = None if share is None else Formula(f'IF({whole}=0,"",ROUND(N(D{row})/{whole},4))', share)
    return [number, meal or None, record.text("item"), cost, part, standard]


def write_survey(case: PostCase, sheet: Sheet) -> None:
    """Fill 满意度公示: a line a question, the rate with and without 基本满意, as each says."""
    if write_missing(case, sheet, CONTENT, [SURVEY]):
        return
    fields = [(field, title) for field, title in ANSWERS if case.told(SURVEY, field)]
    heads = [Col("序号", CENTER.but(kind="count"), 6), Col("题目", WRAPPED, 34)]
    heads += [Col(title, COUNT, 10) for _, title in fields]
    with_fair = any(field == "fair" for field, _ in fields)
    heads.append(Col("满意率\n（不含基本满意）" if with_fair else "满意率", PERCENT, 16))
    if with_fair:
        heads.append(Col("满意率\n（含基本满意）", PERCENT, 16))
    top = open_notice(case, sheet, "食堂满意度测评公示表", len(heads), forms=[SURVEY], unit="份")
    letters = {field: "CDEFGHI"[n] for n, (field, _) in enumerate(fields)}
    rows = [_answers(case, top + n, n, own, fields, letters) for n, own in lines_of(case, SURVEY).items()]
    placed = sheet.table(top, 1, heads, rows, autofilter=False, freeze=False)
    notes = ["满意率＝（非常满意＋满意）÷回收份数；含基本满意的另列。每学期至少测评一次。"]
    close_notice(case, sheet, placed.next_row, len(heads), notes=notes, posts=("后勤主任", "校长"))


def _answers(  # noqa: PLR0913, PLR0917  (what a line is made of)
    case: PostCase, row: int, number: int, own: Sequence[Record], fields: Sequence[tuple[str, str]],
    letters: dict[str, str],
) -> list[CellValue]:  # fmt: skip
    sums = {field: line_sum(case, SURVEY, field, row, own) for field, _ in fields}
    cells: list[CellValue] = [number, own[0].text("question"), *sums.values()]
    base = "returned" if "returned" in sums else None
    content = [field for field in ("very_good", "good") if field in sums]
    for parts in (content, [*content, "fair"] if "fair" in sums else None):
        if parts is None:
            continue
        rate = ratio(sum((value(sums[part]) for part in parts), Decimal(0)), value(sums[base])) if base else None
        if rate is None or base is None:
            cells.append(None)
            continue
        above = "+".join(f"{letters[part]}{row}" for part in parts)
        cells.append(Formula(f'IF({letters[base]}{row}=0,"",ROUND(({above})/{letters[base]}{row},4))', rate))
    return cells
