"""固定资产增减及折旧: the roll-forward by class, the bridge from spending to cards, and what the stocktake found."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.account.assets import ClassRoll, class_of, roll_forward
from houqin.account.bridge import bridge_spending
from houqin.account.rows import rows_of
from houqin.forms import load_lives
from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.lines import said_lacking, sheet_head
from houqin.report.summary_case import INDENTED, write_note
from houqin.workbook import CENTER, CODE, HEADING, MONEY, QUANTITY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Link, Sheet

CHANGES, DISPOSALS = "asset_change", "asset_disposal"
FORMS = ("asset_register", CHANGES, DISPOSALS)
# Lines that rest on what left or changed in the year, and those that rest on its depreciation
OF_MOVEMENTS = ("as_open", "as_add", "as_cut", "as_change")
OF_REMOVALS = ("as_dep_open", "as_dep_charge", "as_dep_removed")
FAMILY, PREFIX = "class_family", "roll_"
# The figures of a roll that ledger rows carry, and the lines that their totals are
FIGURES: Mapping[str, tuple[str, str]] = {
    "opening": ("年初原值", "as_open"),
    "additions": ("本年增加", "as_add"),
    "disposals": ("本年减少", "as_cut"),
    "changes": ("原值调整", "as_change"),
    "closing": ("年末原值", "as_close"),
    "dep_opening": ("年初折旧", "as_dep_open"),
    "dep_charge": ("本年计提", "as_dep_charge"),
    "dep_removed": ("本年转出", "as_dep_removed"),
    "dep_closing": ("年末折旧", "as_dep_close"),
}
FEN = Decimal("0.01")


def roll_of(case: Case) -> Sequence[ClassRoll]:
    """Roll the assets forward over the year, once."""
    if case.rolls is None:
        own = {form: case.ledgers[form] for form in FORMS if form in case.ledgers}
        last = f"{case.year}-12-31"
        case.rolls = tuple(roll_forward(own, load_lives(), case.first, last)) if "asset_register" in own else ()
    return case.rolls


def with_rolls(form: str, case: Case, records: Sequence[Record]) -> list[Record]:
    """Give the rows of an asset form with their family, and with what each puts into each figure of the roll, 元."""
    lives = load_lives()
    families = {row.index: class_of(row, lives) for row in rows_of(case.ledgers, form)}
    amounts: dict[int, dict[str, Decimal]] = {}
    for roll in roll_of(case):
        for figure, places in roll.rows.items():
            for (own, index), part in zip(places, roll.parts[figure], strict=True):
                if own == form and figure in FIGURES:
                    row = amounts.setdefault(index, {})
                    row[figure] = row.get(figure, Decimal(0)) + part * FEN
                    families[index] = roll.name
    used = {figure for row in amounts.values() for figure in row}
    return [
        replace(
            record,
            values={
                **record.values,
                FAMILY: families.get(record.index),
                **{PREFIX + figure: amounts.get(record.index, {}).get(figure) for figure in FIGURES if figure in used},
            },
        )
        for record in records
    ]


def write_assets(case: Case, sheet: Sheet) -> None:
    """Fill the sheet: a row a class, cost and depreciation from the year's beginning to its end, then the bridge."""
    says = "年初 + 增加 − 减少 + 调整 = 年末；折旧按直线法、不留残值，当月增加当月提、当月减少当月不提。"
    top = sheet_head(case, sheet, "固定资产增减及折旧", says, (*FORMS, "asset_stocktake"))
    if not case.has("asset_register"):
        for _, line in FIGURES.values():
            case.missing_line(line, "asset_register")
        case.missing_line("as_net", "asset_register")
    else:
        top = _rolls(case, sheet, top)
    top = _bridge(case, sheet, top)
    _stocktake(case, sheet, top)


def _rolls(case: Case, sheet: Sheet, top: int) -> int:
    columns = [
        Col("资产大类", WRAPPED, 18), *(Col(title, MONEY, 15, "sum") for title, _ in FIGURES.values()),
        Col("年末净值", MONEY, 15, "sum"), Col("卡片", INDENTED, 12),
    ]  # fmt: skip
    rows: list[list[CellValue]] = []
    for roll in roll_of(case):
        row = top + 1 + len(rows)
        cells = {figure: _figure(case, roll, figure) for figure in FIGURES}
        if not roll.opening_is_known:
            # Without a register of the year before the opening follows from the movements.
            cells["opening"] = Formula(f"ROUND(F{row}-C{row}+D{row}-E{row},2)", roll.opening * FEN)
        net = Formula(f"ROUND(F{row}-J{row},2)", roll.net * FEN)
        own = case.chosen("asset_register", **{FAMILY: roll.name})
        rows.append([roll.name, *cells.values(), net, case.link("asset_register", own)])
    placed = sheet.table(top, 1, columns, rows, autofilter=False, freeze=False)
    lacks = {**dict.fromkeys(OF_MOVEMENTS, _no_changes(case)), **dict.fromkeys(OF_REMOVALS, _no_removals(case))}
    for number, (_, line) in enumerate(FIGURES.values(), 1):
        case.keep_total(line, placed, number, rows, lacks=lacks.get(line, ()))
    case.keep_total("as_net", placed, 10, rows)
    note = "按规则应有的折旧 = 年初 + 计提 − 转出；与卡片上的年末折旧不同的，见勾稽检查。没有写折旧的卡片不推算。"
    return write_note(sheet, placed.next_row, 11, note) + 1


def _no_changes(case: Case) -> list[str]:
    """Say that nothing tells what left or changed: then opening and decrease are a part only.

    Books that took nothing from 1601 in the year say as much themselves.
    """
    gone = case.sum("trial_balance", "year_cr", code="1601*", leaf=1).value
    return [] if case.has(CHANGES) or gone == 0 else [CHANGES]


def _no_removals(case: Case) -> list[str]:
    """Say what nothing tells of the depreciation of what left."""
    unproved = [row for roll in roll_of(case) for row in roll.unproved]
    if not unproved:
        return _no_changes(case)
    if not case.has(DISPOSALS):
        return [DISPOSALS]
    names = "、".join(row.text("asset_no") or row.text("asset_name") for row in unproved[:3])
    return [f"《{case.title_of(DISPOSALS)}》里没有调出、处置的 {names} 等 {len(unproved)} 项，不知道它们的累计折旧"]


def _figure(case: Case, roll: ClassRoll, figure: str) -> CellValue:
    """Give a figure of a class as the sum of its rows' parts, wherever these stand."""
    value = getattr(roll, figure) * FEN
    parts = [
        case.sum(form, PREFIX + figure, **{FAMILY: roll.name})
        for form in FORMS
        if case.has(form) and PREFIX + figure in case.data[form].columns
    ]
    made = add_amounts(parts)
    return made.cell if made.value == value else value


def _bridge(case: Case, sheet: Sheet, top: int) -> int:
    """Write the way from what was spent on capital goods to the new cards; the unexplained rest is last."""
    sheet.text(top, 1, "资本性支出到新增卡片", HEADING)
    bridge = bridge_spending(case.ledgers, case.first, f"{case.year}-12-31")
    if bridge is None or not case.has("cashbook"):
        missing = [form for form in ("cashbook", "asset_register") if not case.has(form)]
        for line in ("br_spent", "br_cards", "br_explained"):
            case.missing_line(line, *missing)
        said = said_lacking(case, lacking(*missing)) or "《收支明细账》里没有本年的付款"
        return write_note(sheet, top + 1, 11, f"? 未核（缺资料）：{said}。") + 1
    columns = (
        Col("项目", WRAPPED), Col("金额（元）", MONEY), Col("性质", CENTER), Col("行数", QUANTITY),
        Col("取数", INDENTED),
    )  # fmt: skip
    spent = [("资本性支出（310）", bridge.spent, "", bridge.spent_rows)]
    lines = [(e.title, e.amount, "已解释" if e.is_explained else "待说明", e.rows) for e in bridge.lines]
    rows: list[list[CellValue]] = [
        [title, amount * FEN, kind or None, len(refs), _refs_link(case, refs)]
        for title, amount, kind, refs in [*spent, *lines]
    ]
    placed = sheet.table(top + 1, 1, columns, rows, autofilter=False, freeze=False)
    amounts, kinds = placed.column(1), placed.column(2)
    explained = sum((each.amount for each in bridge.lines if each.is_explained), 0) * FEN
    total = placed.last + 1
    foot = (
        ("br_spent", "资本性支出", Amount(amounts._replace(bottom=amounts.top).ref, bridge.spent * FEN)),
        ("br_explained", "加减已解释的各项", Amount(f'SUMIFS({amounts.ref},{kinds.ref},"已解释")', explained)),
        ("br_cards", "新增卡片原值", _new_cards(case, bridge.cards * FEN)),
    )
    for n, (line, title, amount) in enumerate(foot):
        sheet.text(total + n, 1, title, WRAPPED.but(bold=True))
        area = sheet.area(total + n, 2)
        sheet.write(total + n, 2, amount.cell, MONEY.but(bold=True, rule="row"))
        case.keep(line, area, Amount(area.ref, amount.value))
    unexplained = bridge.cards * FEN - bridge.spent * FEN - explained
    row = total + len(foot)
    sheet.text(row, 1, "未解释", WRAPPED.but(bold=True))
    rest = f"ROUND(B{total + 2}-B{total}-B{total + 1},2)"
    sheet.formula(row, 2, rest, unexplained, MONEY.but(bold=True, rule="total"))
    first = next((each for each in bridge.lines if not each.is_explained and each.rows), None)
    if first is not None:
        form, index = first.rows[0]
        case.suspects["capital-to-cards"] = case.place_of(form, index, "expense" if form == "cashbook" else "cost")
    return row + 2


def _new_cards(case: Case, value: Decimal) -> Amount:
    made = case.sum("asset_register", f"{PREFIX}additions")
    return made if made.value == value else Amount(format(value, "f"), value)


def _refs_link(case: Case, refs: Sequence[tuple[str, int]]) -> Link | None:
    for form, index in refs:
        records = [each for each in case.data[form].records if each.index == index] if case.has(form) else []
        if records:
            return case.link(form, records)
    return None


def _stocktake(case: Case, sheet: Sheet, top: int) -> None:
    """Write what the stocktake of the assets found: gains and losses, card by card."""
    sheet.text(top, 1, "清查盘盈盘亏", HEADING)
    form = "asset_stocktake"
    if not case.has(form):
        case.missing_line("as_gain", form)
        case.missing_line("as_loss", form)
        write_note(sheet, top + 1, 11, "? 未核（缺资料）：收件箱里没有《固定资产清查盘点表》。")
        return
    found = [each for each in case.chosen(form) if each.number("gain_amt") or each.number("loss_amt") or _differs(each)]
    columns = (
        Col("资产编号", CODE), Col("盘盈金额", MONEY, 0, "sum"), Col("盘亏金额", MONEY, 0, "sum"), Col("名称", WRAPPED),
        Col("账面数量", QUANTITY), Col("清查数量", QUANTITY), Col("原因", WRAPPED), Col("取数", INDENTED),
    )  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            each.text("asset_no"), *_gain_and_loss(each),
            each.text("asset_name"), each.number("book_qty"), each.number("real_qty"), each.text("reason") or None,
            case.link(form, [each]),
        ]
        for each in found
    ]  # fmt: skip
    placed = sheet.table(top + 1, 1, columns, rows, autofilter=False, freeze=False)
    case.keep_total("as_gain", placed, 1, rows)
    case.keep_total("as_loss", placed, 2, rows)
    case.kept["asset_gaps"] = [
        (each, *(Amount(placed.cell(n, at).ref, value) for at, value in enumerate(_gain_and_loss(each), 1)))
        for n, each in enumerate(found)
    ]
    if found:
        case.suspects["stocktake-settled"] = case.place_of(form, found[0].index, "loss_amt")


def _gain_and_loss(record: Record) -> tuple[Decimal, Decimal]:
    """Give what was found and what was missed: as it is written, else the book's cost of the quantity that differs."""
    gain, loss = record.number("gain_amt"), record.number("loss_amt")
    book, real, cost = (record.number(name) for name in ("book_qty", "real_qty", "book_cost"))
    if gain is None and loss is None and book and real is not None and cost is not None:
        worth = (cost * (real - book) / book).quantize(FEN, ROUND_HALF_UP)
        return max(worth, Decimal(0)), max(-worth, Decimal(0))
    return gain or Decimal(0), loss or Decimal(0)


def _differs(record: Record) -> bool:
    book, real = record.number("book_qty"), record.number("real_qty")
    return book is not None and real is not None and book != real


