"""就餐统计: meals eaten in the month, by grade, class and day."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD, IN_YEAR
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.records import add_up
from houqin.report.summary_case import write_head, write_missing, write_note
from houqin.workbook import COUNT, DATE, HEADER, HEADING, MONEY, TEXT, WRAPPED, Col, Formula, Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Placed, Sheet, Style

NAME, FORM, PRICE = "就餐统计", "meal_daily", "meal_price"
PARTS = {"breakfast": "早餐", "lunch": "午餐", "dinner": "晚餐", "eat_total": "未分餐次"}
WIDTH = 6
DAY = 10  # characters of a whole date
COLUMNS = (
    flag(IN_PERIOD, "date"),
    flag(IN_YEAR, "date"),
    Added("own_grade", "所在年级", TEXT),
    Added("meals", "人次", COUNT, "+".join(f"N({{{part}|0}})" for part in PARTS)),
)


def meal_records(case: PostCase) -> list[Record]:
    """Give the daily counts, each with its grade and its meals."""
    mark, grades = dated(case, "date"), {each.name: each.grade for each in case.school.classes}
    return [
        add(
            mark(record),
            own_grade=grades.get(record.text("class")) or record.text("grade") or "未写年级",
            meals=add_up(record.number(part) for part in PARTS) or Decimal(0),
        )
        for record in case.records[FORM]
    ]


def write_meals(case: PostCase, sheet: Sheet) -> None:
    """Fill 就餐统计; the figure meals.all stands for the other sheets."""
    if write_missing(case, sheet, NAME, [FORM], WIDTH):
        return
    parts = {field: title for field, title in PARTS.items() if case.told(FORM, field)}
    lines = ["人次＝早餐＋午餐＋晚餐；没有分餐次的，按登记的就餐人数计。"]
    top = write_head(case, sheet, NAME, WIDTH, lines, unit="单位：人次", forms=[FORM])
    sheet.widths({1: 16, **dict.fromkeys(range(2, 8), 13.0)})
    sheet.text(top, 1, "一、按年级", HEADING)
    grades = list(dict.fromkeys(r.text("own_grade") for r in _in_order(case)))
    placed = _table(case, sheet, top + 1, ("年级", "own_grade", WRAPPED), grades, parts)
    if placed.total:
        total = Decimal(sum((r.values["meals"] for r in case.own(FORM)), Decimal(0)))
        area = sheet.area(placed.total, placed.right)
        case.put("meals.all", area, Formula(area.ref, total))
    row = _income(case, sheet, placed.next_row)
    sheet.text(row, 1, "二、按班级", HEADING)
    classes = list(dict.fromkeys(r.text("class") for r in _in_order(case)))
    placed = _table(case, sheet, row + 1, ("班级", "class", WRAPPED), classes, parts)
    sheet.text(placed.next_row, 1, "三、按日期", HEADING)
    days = sorted({r.text("date") for r in case.own(FORM) if len(r.text("date")) == DAY})
    placed = _table(case, sheet, placed.next_row + 1, ("日期", "date", DATE), days, parts)
    _chart(sheet, placed, days)
    sheet.page.repeat = None
    sheet.page.one_page = True


def _in_order(case: PostCase) -> list[Record]:
    order = case.school.class_order
    return sorted(case.own(FORM), key=lambda r: (order.get(r.text("class"), len(order)), r.text("class")))


def _table(  # noqa: PLR0913, PLR0917  (what a table is made of)
    case: PostCase, sheet: Sheet, top: int, key: tuple[str, str, Style], names: Sequence[str], parts: dict[str, str]
) -> Placed:
    """Write the meals by a key: a row each, a column a meal, and all of them."""
    title, field, style = key
    columns = [Col(title, style), *(Col(word, COUNT, total="sum") for word in parts.values())]
    columns.append(Col("合计", COUNT.but(bold=True), total="sum"))
    rows: list[list[CellValue]] = []
    for row, name in enumerate(names, top + 1):
        here = Where(field, name, f"$A{row}")
        sums = [case.sum_of(FORM, part, here) for part in parts]
        rows.append([name, *sums, case.sum_of(FORM, "meals", here)])
    return sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)


def eaten(case: PostCase, when: str) -> Formula | None:
    """Give what the meals of the period or of the year so far come to at their prices; None where a price lacks.

    A price without a meal, or the only one that there is, counts for all meals.
    """
    if not case.has(FORM) or not case.has(PRICE):
        return None
    data = case.data[PRICE]
    prices: dict[str, set[tuple[Decimal, str]]] = {}
    for record in case.own(PRICE):
        if price := record.number("standard"):
            cell = data.placed.cell(record.index, data.columns["standard"]).ref
            known = {value for value, _ in prices.get(record.text("meal"), ())}
            if price not in known:
                prices.setdefault(record.text("meal"), set()).add((price, cell))
    only = {price for found in prices.values() for price, _ in found}
    terms: list[tuple[Formula, Decimal, str]] = []
    for field, title in PARTS.items():
        if not any(r.number(field) for r in case.data[FORM].records):
            continue
        found = sorted(prices.get(title) or (prices.get("") or set()))
        if not found and len(only) == 1:
            found = sorted(next(iter(prices.values())))
        if len(found) != 1:
            return None
        terms.append((case.total(FORM, field, Where(when, "1", "1")), *found[0]))
    if not terms:
        return None
    total = sum((Decimal(str(made.value)) * price for made, price, _ in terms), Decimal(0))
    text = "+".join(f"{made.text}*{cell}" for made, _, cell in terms)
    return Formula(f"ROUND({text},2)", total.quantize(Decimal("0.01"), ROUND_HALF_UP))


def _income(case: PostCase, sheet: Sheet, row: int) -> int:
    """Compare meals by the price of a meal with the income that the statement shows, where there is one price."""
    # The daily counts are the pupils': where the statement shows their fees apart, it is these that must agree.
    income, should = case.cells.get("canteen.pupils"), eaten(case, IN_PERIOD)
    if income is None or should is None:
        return row
    was = case.amount("canteen.pupils") or Decimal(0)
    said: tuple[tuple[str, Formula], ...] = (
        ("人次×餐标", should),
        ("伙食费收入", Formula(income.ref, was)),
        ("相差", Formula(f"B{row}-B{row + 1}", Decimal(str(should.value)) - was)),
    )
    for offset, (title, made) in enumerate(said):
        sheet.text(row + offset, 1, title, TEXT.but(rule="row"))
        sheet.write(row + offset, 2, made, MONEY.but(rule="row"))
    text = "相差的常见原因：教职工餐费并入，或把预收款计作本月收入，或减免。请食堂会计说明。"
    return write_note(sheet, row + len(said), WIDTH, text) + 1


def _chart(sheet: Sheet, placed: Placed, days: Sequence[str]) -> None:
    """Draw the meals of each day, named by the day of the month in a column beside the table."""
    if placed.last <= placed.first:
        return
    at = placed.right + 1
    sheet.text(placed.header, at, "日", HEADER)
    for row, day in enumerate(days, placed.first):
        sheet.formula(row, at, f"DAY($A{row})", int(day[-2:]), COUNT.but(align="center", rule="row"))
    series = [Series("人次", placed.column(placed.right - placed.left))]
    names = sheet.area(placed.first, at, placed.last, at)
    sheet.chart(placed.next_row, 1, title="每天就餐人次（按日）", categories=names, series=series, size=(760, 280))
