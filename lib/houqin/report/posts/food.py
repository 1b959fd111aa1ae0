"""食材收发存与消耗: what was used up is 期初 + 购进 − 期末, never what was bought."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.rows import dated, flag
from houqin.report.posts.slips import KIND, RECEIPTS, has_slips, of_kind, say, write_slips
from houqin.report.posts.statement import ratio
from houqin.report.summary_case import write_head, write_missing, write_note
from houqin.workbook import HEADING, MONEY, PERCENT, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet

NAME, FORM = "食材收发存与消耗", "food_stock"
CENT = Decimal("0.01")
COLUMNS = (flag(IN_PERIOD, "date"), KIND)
SIDES = ("open_amt", "in_amt", "close_amt")
WIDTH = 5
NOTES = {"open_amt": "期初", "in_amt": "购进", "close_amt": "期末"}


def food_records(case: PostCase) -> list[Record]:
    """Give the rows of the food's stock, each with its category."""
    mark = dated(case, "date")
    return [of_kind(mark(record), "category") for record in case.records[FORM]]


def write_food(case: PostCase, sheet: Sheet) -> None:
    """Fill 食材收发存与消耗; the figures food.used and food.bought stand for the other sheets."""
    balanced = any(case.told(FORM, field) for field in SIDES)
    if not balanced and has_slips(case):
        write_slips(case, sheet, NAME)
        return
    if write_missing(case, sheet, NAME, [FORM], WIDTH):
        return
    if not balanced:
        top = write_head(case, sheet, NAME, WIDTH, forms=[FORM])
        write_note(sheet, top, WIDTH, f"收到的《{case.title_of(FORM)}》里没有{case.span.title}的金额，没有可以汇总的。")
        return
    gaps = _gaps(case)
    case.whole_food = not gaps
    lines = ["耗用＝期初库存＋本期购进−期末库存；食材占比＝耗用÷伙食费收入。购进不等于耗用：月底囤的货不算本月吃掉的。"]
    top = write_head(case, sheet, NAME, WIDTH, [*lines, *gaps], forms=[FORM, RECEIPTS])
    sheet.widths({1: 30, 2: 18, 3: 18, 4: 18, 5: 22})
    row = _whole(case, sheet, top)
    sheet.text(row, 1, "二、按类别", HEADING)
    _by_kind(case, sheet, row + 1)
    sheet.page.repeat = None


def _whole(case: PostCase, sheet: Sheet, top: int) -> int:
    sheet.text(top, 1, "一、全部食材", HEADING)
    row = top + 1
    for field, title in (("open_amt", "期初库存"), ("in_amt", "本期购进"), ("close_amt", "期末库存")):
        say(case, sheet, row, title, _sum(case, field), f"food.{field}")
        row += 1
    used = _used([_sum(case, field) for field in SIDES], row, "B")
    say(case, sheet, row, "本期耗用", used, "food.used", note="期初＋购进−期末", style=MONEY.but(bold=True))
    row += 1
    for name, title, made in _compared(case, row):
        say(case, sheet, row, title, made, name)
        row += 1
    return _ratios(case, sheet, row) + 1


def _compared(case: PostCase, row: int) -> list[tuple[str, str, Formula]]:
    """Give the amounts that other tables tell for the same thing, each with its difference."""
    told: list[tuple[str, str, Formula]] = []
    used, bought = case.cells["food.used"], case.cells["food.in_amt"]
    if case.told(FORM, "out_amt"):
        out = _sum(case, "out_amt")
        told.append(("food.out", "台账出库金额", out))
        gap = _number(case.amounts["food.used"]) - _number(out)
        told.append(("food.out.gap", "耗用与出库相差", Formula(f"{used.local}-B{row + len(told) - 1}", gap)))
    if case.told(RECEIPTS, "amount"):
        received = case.sum_of(RECEIPTS, "amount")
        told.append(("food.received", "采购验收台账金额", received))
        gap = _number(case.amounts["food.in_amt"]) - _number(received)
        told.append(("food.received.gap", "购进与验收相差", Formula(f"{bought.local}-B{row + len(told) - 1}", gap)))
    return told


def _ratios(case: PostCase, sheet: Sheet, row: int) -> int:
    used, income, meals = (case.cells.get(name) for name in ("food.used", "canteen.income", "meals.all"))
    share = ratio(case.amount("food.used"), case.amount("canteen.income")) if case.whole_food else None
    if used and income and share is not None:
        text = f'IF(N({income.ref})=0,"",ROUND({used.ref}/{income.ref},4))'
        say(case, sheet, row, "食材占比（耗用÷伙食费收入）", Formula(text, share), "food.ratio", style=PERCENT)
        row += 1
    number = case.amount("meals.all")
    if used and meals and number and case.whole_food:
        each = (_number(case.amounts["food.used"]) / number).quantize(CENT, ROUND_HALF_UP)
        text = f'IF({meals.ref}=0,"",ROUND({used.ref}/{meals.ref},2))'
        say(case, sheet, row, "每人次食材成本", Formula(text, each), "food.each", note="耗用÷就餐人次")
        row += 1
    return row


def _sum(case: PostCase, field: str, *conditions: Where) -> Formula:
    if field not in case.data[FORM].columns:
        return Formula("0", Decimal(0))
    return case.sum_of(FORM, field, *conditions)


def _used(parts: Sequence[Formula], row: int, letter: str) -> Formula:
    first, second, last = (_number(part) for part in parts)
    return Formula(f"ROUND({letter}{row - 3}+{letter}{row - 2}-{letter}{row - 1},2)", first + second - last)


def _by_kind(case: PostCase, sheet: Sheet, top: int) -> None:
    kinds = list(dict.fromkeys(r.text("kind") for r in case.own(FORM)))
    columns = (
        Col("类别", WRAPPED), Col("期初库存", MONEY, total="sum"), Col("本期购进", MONEY, total="sum"),
        Col("期末库存", MONEY, total="sum"), Col("本期耗用", MONEY, total="sum"),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    for row, kind in enumerate(kinds, top + 1):
        parts = [_sum(case, field, Where("kind", kind, f"$A{row}")) for field in SIDES]
        first, second, last = (_number(part) for part in parts)
        rows.append([kind, *parts, Formula(f"ROUND(B{row}+C{row}-D{row},2)", first + second - last)])
    sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)


def _gaps(case: PostCase) -> list[str]:
    """Say where a quantity has no amount: what was used up is then not complete."""
    gaps = []
    for field, title in NOTES.items():
        quantity = field.replace("_amt", "_qty")
        lacking = [r.text("name") for r in case.own(FORM) if r.values.get(quantity) and r.values.get(field) is None]
        if lacking:
            some = "、".join(lacking[:3]) + ("等" if len(lacking) > 3 else "")
            gaps.append(f"{some} {len(lacking)} 种食材有{title}数量、没有{title}金额，没有算进来。")
    return gaps


def _number(made: Formula) -> Decimal:
    return Decimal(str(made.value))
