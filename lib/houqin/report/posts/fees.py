"""学期餐费结算 with its posted totals, and 代收费结算公示: totals of classes and of the school, never a pupil's row."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.groups import LINE, key_of, line_sum, lines_of, numbered, value
from houqin.report.posts.notice import ROWS_ACROSS, close_notice, open_notice
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.summary_case import INDENTED, write_head, write_missing, write_note
from houqin.workbook import CENTER, COUNT, HEADING, MONEY, PRICE, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Placed, Sheet, Style

CENT = Decimal("0.01")
MEALS, MEALS_POSTED, MEAL_FEE = "学期餐费结算", "餐费结算公示", "meal_fee"
FEES, FEE = "代收费结算公示", "fee"
NO_CLASS, NO_PLAN = "未写班级", "未写餐别"
# What was carried on from the period before counts unless the prepaid sum has it in it already
NET = "ROUND(N({prepaid|0})-N({due|0})-N({refund|0})+N({topup|0})-N({carry|0}),2)"
REST = f"IF({NET}=0,0,ROUND({NET}+N({{open|0}}),2))"
MEAL_COLUMNS = (
    flag(IN_PERIOD, "no_date"), Added("own_class", "归入班级", WRAPPED), Added("own_plan", "归入餐别", WRAPPED),
    Added("heads", "人数", COUNT), Added("rest", "未平", MONEY, REST),
)  # fmt: skip
SETTLED = ("collected", "spent", "refund")
UNSETTLED = "\uffff"  # sorts after every item
FEE_COLUMNS = (flag(IN_PERIOD, "no_date"), LINE)
SUMS = (
    ("heads", "就餐人数", COUNT), ("open", "上期结转", MONEY), ("prepaid", "预收金额", MONEY),
    ("real_meals", "实际就餐\n餐数", COUNT), ("due", "应收金额", MONEY), ("refund", "应退金额", MONEY),
    ("topup", "应补金额", MONEY), ("carry", "结转下学期", MONEY),
)  # fmt: skip
FEE_HEADS = (
    Col("序号", CENTER.but(kind="count"), 6), Col("收费项目", WRAPPED, 17), Col("收费对象", WRAPPED, 17),
    Col("标准\n（元）", PRICE, 9), Col("人数", COUNT, 8, "sum"), Col("上期结余", MONEY, 12, "sum"),
    Col("收取金额", MONEY, 13, "sum"), Col("支出金额", MONEY, 13, "sum"), Col("结余", MONEY, 12, "sum"),
    Col("人均应退", MONEY, 10), Col("退费金额", MONEY, 12, "sum"), Col("尚未清退", MONEY, 12, "sum"),
    Col("收费依据", INDENTED, 22),
)  # fmt: skip


def meal_fee_records(case: PostCase) -> list[Record]:
    """Give the rows of the meal fees: each with its class, its kind of meals, and what of it is not settled."""
    mark = dated(case, "no_date")
    return [
        add(
            mark(record),
            own_class=record.text("class") or NO_CLASS,
            own_plan=record.text("plan") or NO_PLAN,
            heads=Decimal(1) if record.text("pupil") else None,
            rest=_rest(record),
        )
        for record in case.records[MEAL_FEE]
    ]


def _rest(record: Record) -> Decimal:
    names = (("prepaid", 1), ("due", -1), ("refund", -1), ("topup", 1), ("carry", -1))
    net = sum(((record.number(name) or Decimal(0)) * sign for name, sign in names), Decimal(0))
    return net + (record.number("open") or Decimal(0)) if net else Decimal(0)


def fee_records(case: PostCase) -> list[Record]:
    """Give the rows of the fees, each with the line of its item and grade."""
    grades = {name: f"{number:02}" for number, name in enumerate(case.school.grades)}
    plain = key_of("fee_item", "grade", "payer", "standard")

    def key(record: Record) -> tuple[str, ...]:
        item, grade, payer, standard = plain(record)
        # what only has a price comes after what was settled
        item = item if any(record.number(field) is not None for field in SETTLED) else UNSETTLED + item
        return item, grades.get(record.text("grade"), grade), payer, standard

    return numbered([dated(case, "no_date")(r) for r in case.records[FEE]], key)


# ---- meals


def write_meal_fees(case: PostCase, sheet: Sheet) -> None:
    """Fill 学期餐费结算, for the house: by class, by kind of meals, and what is not settled."""
    if write_missing(case, sheet, MEALS, [MEAL_FEE]):
        return
    fields = _told(case)
    width = len(fields) + 2
    lines = ["上期结转＋预收−应收＝应退−应补＋结转；“未平”不是 0 的，去台账里看是哪一行。名单只在签收表里，不公示。"]
    top = write_head(case, sheet, MEALS, width, lines, forms=[MEAL_FEE])
    sheet.text(top, 1, "一、按班级", HEADING)
    more = [*fields, ("rest", "未平", MONEY)]
    placed = _by(case, sheet, top + 1, ("班级", "own_class", _classes(case)), more)
    _remember(case, sheet, placed, [field for field, _, _ in more])
    sheet.text(placed.next_row, 1, "二、按餐别", HEADING)
    plans = sorted({r.text("own_plan") for r in case.own(MEAL_FEE)})
    placed = _by(case, sheet, placed.next_row + 1, ("餐别", "own_plan", plans), more)
    if any(r.values["heads"] is None for r in case.own(MEAL_FEE)):
        write_note(sheet, placed.next_row, width, "有的行是班级汇总，没有写姓名，人数没有算进来。")
    sheet.page.repeat = None
    sheet.page.one_page = placed.next_row <= ROWS_ACROSS


def write_meal_notice(case: PostCase, sheet: Sheet) -> None:
    """Fill 餐费结算公示: the same by class, for the notice board."""
    if write_missing(case, sheet, MEALS_POSTED, [MEAL_FEE]):
        return
    fields = _told(case)
    unsettled = sum((r.values["rest"] for r in case.own(MEAL_FEE)), Decimal(0))
    reasons = [f"预收与结算差 {unsettled:,.2f} 元没有结平"] if unsettled else []
    top = open_notice(case, sheet, "餐费结算公示表", len(fields) + 1, forms=[MEAL_FEE], reasons=reasons)
    placed = _by(case, sheet, top, ("班级", "own_class", _classes(case)), fields)
    notes = ["应退、应补到人，由班主任通知家长；公示只列班级合计。"]
    close_notice(case, sheet, placed.next_row, len(fields) + 1, notes=notes, posts=("食堂负责人", "会计", "校长"))


def _told(case: PostCase) -> list[tuple[str, str, Style]]:
    return [each for each in SUMS if case.told(MEAL_FEE, each[0])]


def _classes(case: PostCase) -> list[str]:
    order = case.school.class_order
    names = {r.text("own_class") for r in case.own(MEAL_FEE)}
    return sorted(names, key=lambda name: (order.get(name, len(order)), name))


def _by(
    case: PostCase,
    sheet: Sheet,
    top: int,
    key: tuple[str, str, Sequence[str]],
    fields: Sequence[tuple[str, str, Style]],
) -> Placed:
    title, field, names = key
    columns = [Col(title, WRAPPED, 16), *(Col(words, style, 13, "sum") for _, words, style in fields)]
    rows: list[list[CellValue]] = [
        [name, *(case.sum_of(MEAL_FEE, each, Where(field, name, f"$A{row}")) for each, _, _ in fields)]
        for row, name in enumerate(names, top + 1)
    ]
    return sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)


def _remember(case: PostCase, sheet: Sheet, placed: Placed, fields: Sequence[str]) -> None:
    if placed.total is None:
        return
    for column, field in enumerate(fields, 2):
        total = sum((r.values.get(field) or Decimal(0) for r in case.own(MEAL_FEE)), Decimal(0))
        area = sheet.area(placed.total, column)
        case.put(f"meal_fee.{field}", area, Formula(area.ref, total))


# ---- fees that the school collects for others


def write_fees(case: PostCase, sheet: Sheet) -> None:
    """Fill 代收费结算公示: a line an item and grade, what is left and whether it was given back."""
    if write_missing(case, sheet, FEES, [FEE], len(FEE_HEADS)):
        return
    groups = {n: own for n, own in lines_of(case, FEE).items() if _is_settled(own)}
    unsettled = len(lines_of(case, FEE)) - len(groups)
    top = open_notice(case, sheet, "代收费结算公示表", len(FEE_HEADS), forms=[FEE])
    rows = [_fee_row(case, top + n, n, own) for n, own in groups.items()]
    placed = sheet.table(top, 1, FEE_HEADS, rows, autofilter=False, freeze=False)
    if placed.total:
        for name, column in (("fee.collected", 7), ("fee.left", 9), ("fee.open", 12)):
            area = sheet.area(placed.total, column)
            total = sum((_amount(row[column - 1]) for row in rows), Decimal(0))
            case.put(name, area, Formula(area.ref, total))
    notes = [
        "结余＝上期结余＋收取−支出；人均应退＝结余÷人数；尚未清退＝结余−退费金额。",
        "代收费按“多退少补”结算，结余全部退还学生，不得转作学校收入。" if _all_refunded(case) else "",
        f"另有 {unsettled} 个项目只登记了收费标准，没有结算数，没有列入。" if unsettled else "",
    ]
    close_notice(
        case, sheet, placed.next_row, len(FEE_HEADS), notes=[n for n in notes if n], posts=("经办人", "会计", "校长")
    )


def _all_refunded(case: PostCase) -> bool:
    return all(each.refund != "多退少不补" for each in case.school.fee_items)


def _is_settled(own: Sequence[Record]) -> bool:
    return any(record.number(field) is not None for record in own for field in SETTLED)


def _amount(cell: CellValue) -> Decimal:
    return value(cell) if isinstance(cell, Formula) else Decimal(0)


def _fee_row(case: PostCase, row: int, number: int, own: Sequence[Record]) -> list[CellValue]:
    first = own[0]
    before, persons, collected, spent, refund = (
        line_sum(case, FEE, field, row, own) for field in ("open", "persons", "collected", "spent", "refund")
    )
    left = Formula(f"N(F{row})+N(G{row})-N(H{row})", value(before) + value(collected) - value(spent))
    each = _each(value(left), value(persons))
    whom = first.text("grade") or first.text("payer")
    return [
        number, first.text("fee_item"), whom or None, first.number("standard"), persons, before, collected,
        spent, left, Formula(f'IF(N(E{row})=0,"",ROUND(I{row}/E{row},2))', "" if each is None else each),
        refund, Formula(f"I{row}-N(K{row})", value(left) - value(refund)), first.text("basis") or None,
    ]  # fmt: skip


def _each(left: Decimal, persons: Decimal) -> Decimal | None:
    return (left / persons).quantize(CENT, ROUND_HALF_UP) if persons else None
