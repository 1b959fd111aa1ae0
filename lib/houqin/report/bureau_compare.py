"""Schools within their group by median and rank, and 生均公用经费 with its formula."""

from __future__ import annotations

from bisect import bisect_right
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.report.bureau_facts import BANDS, TOP_BAND, UNKNOWN, UNVERIFIED, VERIFIED
from houqin.report.bureau_long import rest_line
from houqin.workbook import CENTER, CODE, COUNT, DATE, MONEY, PRICE, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.report.bureau_facts import Bureau, SchoolFacts
    from houqin.workbook import CellValue, Sheet

FEN = Decimal("0.01")
ROWS_A_SCHOOL = 10  # that the comparison has room for on the average
LEAST = 3  # of one or two schools a median or a rank says who the other is
Measure = tuple[str, "Callable[[SchoolFacts], Decimal | None]"]


def per_pupil_spending(school: SchoolFacts) -> Decimal | None:
    """Give 生均公用经费, 元, rounded half up to the fen; None where either number is missing."""
    own = school.roster
    if own is None or own.spending is None or not own.pupils:
        return None
    return _round(own.spending / own.pupils)


def median(values: Sequence[Decimal]) -> Decimal:
    """Give the median, that of an even count half way between the two in the middle, rounded half up to the fen."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return _round((ordered[middle - 1] + ordered[middle]) / 2)


def measures(bureau: Bureau) -> list[Measure]:
    """Give what schools are compared by: each is a number a pupil or a share, so that size does not decide."""
    found: list[Measure] = [("生均公用经费（元）", per_pupil_spending)]
    for figure in bureau.figures:
        if figure.kind == "percent":
            found.append((f"{figure.title}（%）", _percent_of(figure.id)))
        elif figure.id != "pupils":
            unit = figure.unit if figure.kind == "money" else f"{figure.unit}/百人"
            found.append((f"{'生均' if figure.kind == 'money' else '每百人'}{figure.title}（{unit}）",
                          _share_of(figure.id, 1 if figure.kind == "money" else 100)))  # fmt: skip
    return found


def write_comparison(sheet: Sheet, bureau: Bureau, most: int) -> None:
    """Fill 组内比较: a row a school and measure, with the group's median and the school's rank from the highest."""
    columns = (
        Col("组（学段·学制·寄宿·食堂·规模）", WRAPPED, 40), Col("比什么", WRAPPED, 24), Col("学校", WRAPPED, 24),
        Col("数", PRICE, 13), Col("组内中位数", PRICE, 13), Col("名次（从高到低）", CENTER, 11),
        Col("核实", CENTER, 10),
    )  # fmt: skip
    bands = "、".join([*(word for _, word in BANDS), TOP_BAND])
    lines = [
        f"只和同组的比：学段、学制、寄宿、食堂模式、规模都相同。规模按名册的在校生数分档：{bands}。",
        f"没有材料的学校不参加（空白不是 0）；名册这几栏没填全的不比；有数的不足 {LEAST} 所的组不比。",
        "名次只是提示，不是评价。",
        "生均、每百人的分母是学校设置里的在册学生；“生均公用经费”的分母见那一张表。",
    ]
    rows, room = _comparison_rows(bureau), most * ROWS_A_SCHOOL
    more = rest_line(len(rows) - room, "行的数", "前面的组")
    top = sheet.head("组内比较", len(columns), lines=[*lines, *more])
    sheet.table(top, 1, columns, rows[:room])


def _comparison_rows(bureau: Bureau) -> list[list[CellValue]]:
    groups: dict[tuple[str, ...], list[SchoolFacts]] = {}
    for each in bureau.schools:
        if each.roster is not None and UNKNOWN not in each.group:
            groups.setdefault(each.group, []).append(each)
    rows: list[list[CellValue]] = []
    for group, schools in sorted(groups.items()):
        for title, measure in measures(bureau):
            valued = [(each, value) for each in schools if (value := measure(each)) is not None]
            if len(valued) < LEAST:
                continue
            values = [value for _, value in valued]
            middle, rising = median(values), sorted(values)
            for each, value in sorted(valued, key=lambda pair: (-pair[1], pair[0].name)):
                rank = 1 + len(rising) - bisect_right(rising, value)
                mark = {VERIFIED: None, UNVERIFIED: UNVERIFIED}.get(each.verified, each.state)
                rows.append(["·".join(group), title, each.name, value, middle, f"{rank}/{len(values)}", mark])
    return rows


def write_per_pupil(sheet: Sheet, bureau: Bureau, most: int) -> None:
    """Fill 生均公用经费, a live formula a school; where a number is missing there is none."""
    columns = (
        Col("标识码", CODE, 13), Col("学校", WRAPPED, 26), Col("基本支出中公用经费（元）", MONEY, 16),
        Col("在校生数（人）", COUNT, 10), Col("统计日期", DATE, 12), Col("生均公用经费（元/人）", MONEY, 14),
        Col("说明", WRAPPED, 24),
    )  # fmt: skip
    lines = [
        "生均公用经费 ＝ 基本支出中公用经费 ÷ 事业统计在校生数，四舍五入到分。",
        "分子、分母都取自《学校名册》，分母是那一列写的统计日期的人数。缺一个就不算，不按 0 算。",
    ]
    if not bureau.quotas:
        lines.append("要算“应拨公用经费”，请填《学校名册》的“公用经费定额”。")
    listed = [each for each in bureau.schools if each.roster is not None]
    lines += rest_line(len(listed) - most, first="名册里靠前的")
    top = sheet.head("生均公用经费", len(columns), lines=lines)
    rows = [_per_pupil_row(each, row) for row, each in enumerate(listed[:most], top + 1)]
    sheet.table(top, 1, columns, rows)


def _per_pupil_row(each: SchoolFacts, row: int) -> list[CellValue]:
    own, value = each.roster, per_pupil_spending(each)
    if own is None:
        return []
    needed = {"公用经费": own.spending, "在校生数": own.pupils, "统计日期": own.counted}
    lacks = [word for word, given in needed.items() if given is None]
    spending, pupils = (f"{column_letter(at)}{row}" for at in (3, 4))
    formula = None if value is None else Formula(f"ROUND({spending}/{pupils},2)", value)
    said = f"名册没有填：{'、'.join(lacks)}" if lacks else None
    return [own.code, own.name, own.spending, own.pupils, own.counted, formula, said]


def _percent_of(figure_id: str) -> Callable[[SchoolFacts], Decimal | None]:
    def measure(school: SchoolFacts) -> Decimal | None:
        value = school.figures.get(figure_id)
        return None if value is None else _round(value * 100)

    return measure


def _share_of(figure_id: str, pupils: int) -> Callable[[SchoolFacts], Decimal | None]:
    def measure(school: SchoolFacts) -> Decimal | None:
        value, count = school.figures.get(figure_id), school.figures.get("pupils")
        return None if value is None or not count else _round(value * pupils / count)

    return measure


def _round(value: Decimal) -> Decimal:
    return value.quantize(FEN, ROUND_HALF_UP)
