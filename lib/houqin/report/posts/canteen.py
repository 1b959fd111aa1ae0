"""食堂收支公示表 of a month: the office's own statement where there is one, else made from the canteen's journal.

Columns, items and arithmetic are those of a statement that a school posted (domain.md 6.4): 二 and 四 are the sums of
their items, 六 = 一 − 二 − 三 − 四 − 五, 九 = 六 / 一.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import a1
from houqin.report.data_sheets import Where
from houqin.report.posts import canteen_lines as places
from houqin.report.posts import meals
from houqin.report.posts.canteen_given import given_lines, given_months
from houqin.report.posts.case import IN_PERIOD, IN_YEAR
from houqin.report.posts.notice import close_notice, open_notice
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.posts.statement import RATE, Line, ratio, value_of, write_statement
from houqin.workbook import FORM_CELL, TEXT, Formula, internal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import Sheet

NAME, TITLE = "食堂收支公示表", "食堂收支公示表"
JOURNAL, STATEMENT = "canteen_journal", "canteen_statement"
HEADS = ("本月金额（元）", "本年累计金额（元）")
COLUMNS = 4
OTHER_MEALS = places.INCOME._replace(text="2其他伙食费收入（教职工等）")
POSTS = ("食堂负责人", "会计", "校长")
DUE = "本表于次月 15 日前公示。盈亏率（营业利润率）＝营业利润 ÷ 伙食费收入。"
JOURNAL_COLUMNS = (flag(IN_PERIOD, "date"), flag(IN_YEAR, "date"), Added("line", "归入项目", TEXT))


class Made(NamedTuple):
    """A statement ready to be written: its lines, which of them are income and surplus, what to say of it."""

    lines: list[Line]
    income: int
    surplus: int | None
    basis: str
    reasons: list[str]
    forms: list[str]
    since: str = HEADS[1]  # the header of the second amount: from when on it counts


def journal_records(case: PostCase) -> list[Record]:
    """Give the rows of the journal, each with the line that it belongs to."""
    mark = dated(case, "date")
    return [add(mark(record), line=_line(record)) for record in case.records[JOURNAL]]


def _line(record: Record) -> str:
    takes_in = bool(record.number("income"))
    return places.line_of(record.text("account"), record.text("summary"), takes_in=takes_in)


def write_canteen(case: PostCase, sheet: Sheet) -> int | None:
    """Fill the statement; give the row kept for 食材占比, None where there is nothing to write."""
    made = _given(case) or _from_journal(case)
    if made is None:
        return None
    mode = case.school.publicity.get("canteen_kind")
    lines = [f"食堂性质：{mode}"] if mode else []
    top = open_notice(case, sheet, TITLE, COLUMNS, forms=made.forms, reasons=made.reasons, lines=lines)
    sheet.widths({1: 34, 2: 20, 3: 20, 4: 24})
    sheet.page.one_page = True
    cells = write_statement(sheet, top, (HEADS[0], made.since), made.lines)
    _remember(case, sheet, top, made, cells)
    spare = top + 1 + len(made.lines)
    notes = [f"注：{made.basis}", DUE, *_judged(case, made)]
    close_notice(case, sheet, spare + 1, COLUMNS, notes=notes, posts=POSTS)
    return spare


def write_share(case: PostCase, sheet: Sheet, row: int) -> None:
    """Write 食材占比 below the statement: what was used up by the income, never what was bought."""
    used, income = case.cells.get("food.used"), case.cells.get("canteen.income")
    text = "食材耗用占伙食费收入的比例"
    sheet.write(row, 1, text, FORM_CELL)
    for column in (2, 3, 4):
        sheet.write(row, column, None, FORM_CELL)
    sheet.height(row, 24)
    value = ratio(case.amount("food.used"), case.amount("canteen.income")) if case.whole_food else None
    if used is None or income is None or value is None:
        lacking = "未核（缺食材收发存）" if case.whole_food else "未核（食材金额不全）"
        sheet.write(row, 2, lacking, FORM_CELL.but(align="right"))
        return
    formula = Formula(f'IF(N({income.ref})=0,"",ROUND({used.ref}/{income.ref},4))', value)
    sheet.number_link(row, 2, internal(used.sheet, a1(used.top, used.left)), formula, RATE)
    sheet.write(row, 4, "耗用＝期初＋购进−期末", FORM_CELL.but(size=9))
    case.put("food.share", sheet.area(row, 2), formula)


def _remember(case: PostCase, sheet: Sheet, top: int, made: Made, cells: Sequence[Sequence[object]]) -> None:
    case.spending += [
        (line.text.lstrip("0123456789、. "), value_of(made.lines, n, 0) or Decimal(0))
        for n, line in enumerate(made.lines)
        if line.indent and n != made.income
    ]
    marks: dict[str, int | None] = {"canteen.income": made.income, "canteen.surplus": made.surplus}
    inside = made.lines[made.income].plus
    marks["canteen.pupils"] = next((n for n in inside if "学生" in made.lines[n].text), made.income)
    marks["canteen.rate"] = next((n for n, line in enumerate(made.lines) if line.over), None)
    for name, number in marks.items():
        cell = cells[number][0] if number is not None else None
        if number is not None and cell is not None:
            formula = cell if isinstance(cell, Formula) else Formula("", Decimal(str(cell)))
            case.put(name, sheet.area(top + 1 + number, 2), formula)


def _judged(case: PostCase, made: Made) -> list[str]:
    """Say whether the month's surplus is past the limit of the settings; without a limit nothing is said."""
    limit = case.school.publicity.get("balance_limit")
    if limit is None or made.surplus is None:
        return []
    value = ratio(value_of(made.lines, made.surplus, 0), value_of(made.lines, made.income, 0))
    if value is None or abs(value) * 100 <= Decimal(str(limit)):
        return []
    return [f"本月盈亏率 {value * 100:.2f}% 超过学校设置的 {Decimal(str(limit)).normalize():f}%，请附情况说明。"]


# ---- the office's own statement


def _given(case: PostCase) -> Made | None:
    months = given_months(case)
    if case.span.first[:7] not in months:
        return None
    lines, income, surplus, notes = given_lines(case, case.span.first[:7])
    basis = "各项取自学校填报的公示表，合计、利润和比率由公式重算。"
    return Made(lines, income, surplus, basis, notes, [STATEMENT])


# ---- made from the journal


def _from_journal(case: PostCase) -> Made | None:
    if not case.own(JOURNAL):
        return None
    lines: list[Line] = []

    def entry(place: places.Place, *, indent: int = 0, takes_in: bool = False, bold: bool = False) -> int:
        lines.append(_entry(case, place, takes_in=takes_in, indent=indent, bold=bold))
        return len(lines) - 1

    def head(text: str, items: Sequence[places.Place]) -> int:
        at = len(lines)
        lines.append(Line(text))
        inside = tuple(entry(each, indent=2) for each in items)
        lines[at] = Line(text, plus=inside, bold=True)
        return at

    one, eaten = len(lines), _eaten(case)
    if len(eaten) == 2:
        lines.append(Line("一、伙食费收入", plus=(one + 1, one + 2), bold=True))
        rows = case.data[meals.FORM].column_link("meals")
        lines.append(Line("1学生伙食费（就餐人次×餐标）", own=eaten, link=rows, indent=2))
        lines.append(replace(_entry(case, OTHER_MEALS, takes_in=True), indent=2))
    else:
        entry(places.INCOME, takes_in=True, bold=True)
    costs = [head("二、伙食费支出", places.MEALS), entry(places.TAX, bold=True), head("四、管理费用", places.OFFICE)]
    costs.append(head("五、财务费用（利息收入以负数列示）", places.MONEY))
    unclear = [entry(each, takes_in=side) for each, side in _unclear(case)]
    more = tuple(n for n in unclear if lines[n].text.startswith("＊待归类收入"))
    less = tuple(n for n in unclear if n not in more)
    lines.append(Line("六、营业利润", plus=(one, *more), minus=(*costs, *less), bold=True))
    six = len(lines) - 1
    seven = entry(places.OTHER, takes_in=True, bold=True)
    lines += [Line("八、净利润", plus=(six, seven), bold=True), Line("九、营业利润率", over=(six, one), bold=True)]
    reasons = [*_open_points(case), *_lumps(case, value_of(lines, one, 0))]
    if _prepaid(case) and not eaten:
        reasons.append("日记账收的是预收餐费，没有每日就餐人数和餐标，算不出本月伙食费收入")
    basis = "由食堂日记账按科目、摘要归类汇总，食材按当月付款列示。"
    if eaten:
        basis += "预收的餐费不算收入，学生伙食费按实际就餐人次×餐标确认。"
    case.notes.append(
        "公示表由日记账汇总：每笔归入哪一项写在“台账-日记账”的“归入项目”列，归得不对的在原表的“科目”栏写明。"
    )
    first = _first_month(case)
    if first:
        basis += f"日记账从 {first} 月开始，累计只含 {first} 月以后。"
    since = f"{first} 月起累计（元）" if first else HEADS[1]
    return Made(lines, one, six, basis, reasons, [JOURNAL], since)


def _prepaid(case: PostCase) -> bool:
    """Tell whether pupils pay ahead: then the month's income is what they have eaten, not what came in."""
    return any(r.text("line") == places.PREPAID for r in case.data[JOURNAL].records if not r.pending)


def _lumps(case: PostCase, income: Decimal | None) -> list[str]:
    """Ask where what came in is far from what was eaten: money for several months is no income of one."""
    made = None if _prepaid(case) else meals.eaten(case, IN_PERIOD)
    should = Decimal(str(made.value)) if made is not None else Decimal(0)
    if not should or abs((income or Decimal(0)) - should) * 2 <= should:
        return []
    gap = f"日记账本月收餐费 {income or 0:,.2f} 元，就餐人次×餐标是 {should:,.2f} 元，相差过半"
    return [f"{gap}；如是预收，请在“科目”栏写“预收餐费”"]


def _eaten(case: PostCase) -> tuple[Formula, ...]:
    """Give what was eaten in the month and in the year; none where nobody pays ahead, or where it is not known."""
    if not _prepaid(case):
        return ()
    found = [meals.eaten(case, when) for when in (IN_PERIOD, IN_YEAR)]
    return tuple(each for each in found if each is not None) if all(found) else ()


def _entry(case: PostCase, place: places.Place, *, takes_in: bool, indent: int = 0, bold: bool = False) -> Line:
    """Give a line that adds up the entries of a place: income less refunds, or cost less what came back."""
    here = Where("line", place.name, f'"{place.name}"')
    sides = ("income", "expense") if takes_in else ("expense", "income")
    month = _net(case, sides, here, Where(IN_PERIOD, "1", "1"))
    year = _net(case, sides, here, Where(IN_YEAR, "1", "1"))
    rows = [r.index for r in case.own(JOURNAL) if r.text("line") == place.name]
    return Line(place.text, own=(month, year), link=case.data[JOURNAL].link(rows), indent=indent, bold=bold)


def _net(case: PostCase, sides: tuple[str, str], *conditions: Where) -> Formula:
    columns = case.data[JOURNAL].columns
    parts = [case.total(JOURNAL, side, *conditions) if side in columns else Formula("0", Decimal(0)) for side in sides]
    value = Decimal(str(parts[0].value)) - Decimal(str(parts[1].value))
    return Formula(f"ROUND({parts[0].text}-{parts[1].text},2)", value)


def _unclear(case: PostCase) -> list[tuple[places.Place, bool]]:
    """Give the lines of entries that tell no item, only where there are such, in the month or the year."""
    names = {r.text("line") for r in case.data[JOURNAL].records if not r.pending and r.values.get(IN_YEAR) == 1}
    both = ((places.UNCLEAR_OUT, False), (places.UNCLEAR_IN, True))
    return [(places.Place(name, f"＊{name}", ()), side) for name, side in both if name in names]


def _open_points(case: PostCase) -> list[str]:
    own = [r for r in case.own(JOURNAL) if r.text("line") in {places.UNCLEAR_IN, places.UNCLEAR_OUT}]
    reasons = []
    if own:
        rows = "、".join(str(r.index + 1) for r in own[:5])
        reasons.append(
            f"日记账有 {len(own)} 笔认不出归入哪一项（台账第 {rows} 行{'等' if len(own) > 5 else ''}），"
            "请在“科目”栏写明"
        )
    return reasons


def _first_month(case: PostCase) -> int | None:
    """Give the month with which the journal begins, None where it is the year's first or the one after.

    In a year's first month, the winter holidays, many canteens book nothing.
    """
    days = [r.text("date") for r in case.data[JOURNAL].records if not r.pending and r.values.get(IN_YEAR) == 1]
    months = sorted({day[:7] for day in days if day})
    first = int(months[0][5:]) if months else 1
    return first if first > int(case.span.since[5:7]) + 1 else None
