"""校服公示 (prices, suppliers, tests, totals by class) and 采购公示 (what was bought, from whom, for how much)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.counts import STYLES
from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.groups import LINE, key_of, line_sum, lines_of, numbered, value
from houqin.report.posts.notice import LINE as TEXT_LINE
from houqin.report.posts.notice import close_notice, open_notice
from houqin.report.posts.rows import Added, add, dated, flag
from houqin.report.summary_case import INDENTED, write_missing
from houqin.workbook import CENTER, COUNT, HEADING, MONEY, PRICE, QUANTITY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet

CENT = Decimal("0.01")
UNIFORMS, ORDER, TESTS = "校服公示", "uniform_order", "uniform_test"
BOUGHT, STOCK_IN = "采购结果公示", "stock_in"
NO_CLASS = "未写班级"
ORDER_COLUMNS = (flag(IN_PERIOD, "no_date"), Added("own_class", "归入班级", WRAPPED), Added("buys", "订购", COUNT))
TEST_COLUMNS = (flag(IN_PERIOD, "no_date"),)
IN_COLUMNS = (flag(IN_PERIOD, "in_date"), LINE)
WIDTH = 7
PASSED = "合格"
STYLE_HEADS = (
    Col("款式", WRAPPED, 16), Col("价格\n（元/套）", MONEY, 12), Col("供货单位", WRAPPED, 26),
    Col("送检方", CENTER, 12), Col("检验机构", WRAPPED, 22), Col("报告编号", WRAPPED, 18), Col("结论", CENTER, 10),
)  # fmt: skip
IN_HEADS = (
    Col("序号", CENTER.but(kind="count"), 6), Col("物品名称", WRAPPED, 18), Col("规格型号", WRAPPED, 16),
    Col("单位", CENTER, 7), Col("数量", QUANTITY, 11), Col("平均单价\n（元）", PRICE, 12),
    Col("金额（元）", MONEY, 14, "sum"), Col("供货单位", INDENTED, 28),
)  # fmt: skip


def order_records(case: PostCase) -> list[Record]:
    """Give the orders of uniforms, each with its class and whether anything was ordered."""
    mark = dated(case, "no_date")
    fields = [f"{part}_qty" for part in STYLES.values()]
    return [
        add(
            mark(record),
            own_class=record.text("class") or NO_CLASS,
            buys=Decimal(any(record.number(field) for field in fields)),
        )
        for record in case.records[ORDER]
    ]


def tested_records(case: PostCase) -> list[Record]:
    """Give the tests of the uniforms."""
    return [dated(case, "no_date")(record) for record in case.records[TESTS]]


def stock_in_records(case: PostCase) -> list[Record]:
    """Give what came into the store, each row with the line of its goods and supplier."""
    mark = dated(case, "in_date")
    return numbered([mark(r) for r in case.records[STOCK_IN]], key_of("category", "name", "spec", "uom", "supplier"))


# ---- uniforms


def write_uniforms(case: PostCase, sheet: Sheet) -> None:
    """Fill 校服公示: a line a style with its test, then the sets by class."""
    if write_missing(case, sheet, UNIFORMS, [ORDER], WIDTH):
        return
    styles = {style: part for style, part in STYLES.items() if case.told(ORDER, f"{part}_qty")}
    reasons = _untested(case, styles)
    top = open_notice(case, sheet, "校服公示表", WIDTH, forms=[ORDER, TESTS], reasons=reasons)
    sheet.text(top, 1, "一、价格、供货单位和质量检验", HEADING)
    rows = [row for style in styles for row in _style_rows(case, style)]
    placed = sheet.table(top + 1, 1, STYLE_HEADS, rows, autofilter=False, freeze=False)
    prices = {str(row[0]): placed.first + n for n, row in reversed(list(enumerate(rows)))}
    sheet.text(placed.next_row, 1, "二、各班订购（自愿）", HEADING)
    end = _by_class(case, sheet, placed.next_row + 1, styles, prices)
    notes = [
        "校服自愿购买，可按所示款式、颜色自行选购。检验报告由法定检验机构出具，检验费不向家长收取。",
        *(["结论、报告编号空着的，由经办人填写后再公示。"] if reasons else []),
    ]
    close_notice(case, sheet, end, WIDTH, notes=notes, posts=("经办人", "后勤主任", "校长"))


def _untested(case: PostCase, styles: Sequence[str] | dict[str, str]) -> list[str]:
    lacking = [style for style in styles if not _tests(case, style)]
    bad = [style for style in styles if any(r.text("verdict") not in {"", PASSED} for r in _tests(case, style))]
    unpriced = [style for style in styles if style not in case.school.uniform_prices]
    return [
        *([f"{'、'.join(lacking)}没有检验报告和供货单位（送检登记表）"] if lacking else []),
        *([f"{'、'.join(bad)}检验不合格"] if bad else []),
        *([f"学校设置里没有{'、'.join(unpriced)}的价格"] if unpriced else []),
    ]


def _tests(case: PostCase, style: str) -> list[Record]:
    return [r for r in case.own(TESTS) if r.text("style") in {style, ""}]


def _style_rows(case: PostCase, style: str) -> list[list[CellValue]]:
    price = case.school.uniform_prices.get(style)
    tests = _tests(case, style)
    if not tests:
        return [[style, price, None, None, None, None, None]]
    fields = ("supplier", "party", "lab", "report_no", "verdict")
    return [
        [style, price if not n else None, *(_cell(case, test, field) for field in fields)]
        for n, test in enumerate(tests)
    ]


def _cell(case: PostCase, record: Record, field: str) -> CellValue:
    """Give the ledger's cell as a formula, so that the sheet follows it; None where it is blank."""
    data, text = case.data[TESTS], record.text(field)
    return Formula(data.placed.cell(record.index, data.columns[field]).ref, text) if text else None


def _by_class(case: PostCase, sheet: Sheet, top: int, styles: dict[str, str], prices: dict[str, int]) -> int:
    order = case.school.class_order
    names = sorted({r.text("own_class") for r in case.own(ORDER)}, key=lambda n: (order.get(n, len(order)), n))
    heads = [Col("班级", WRAPPED, 16), Col("订购人数", COUNT, total="sum")]
    heads += [Col(f"{style}\n（套）", COUNT, total="sum") for style in styles]
    heads.append(Col("金额（元）", MONEY, total="sum"))
    rows: list[list[CellValue]] = []
    for row, name in enumerate(names, top + 1):
        here = Where("own_class", name, f"$A{row}")
        sets = [case.sum_of(ORDER, f"{part}_qty", here) for part in styles.values()]
        priced = [
            (letter, prices[style], made, case.school.uniform_prices[style])
            for letter, style, made in zip("CDE", styles, sets, strict=False)
            if style in case.school.uniform_prices
        ]
        text = "+".join(f"{letter}{row}*$B${at}" for letter, at, _, _ in priced) or "0"
        total = sum((value(made) * price for _, _, made, price in priced), Decimal(0))
        rows.append([name, case.sum_of(ORDER, "buys", here), *sets, Formula(f"ROUND({text},2)", total)])
    placed = sheet.table(top, 1, heads, rows, autofilter=False, freeze=False)
    if placed.total:
        _remember(case, sheet, placed.total, rows)
    return placed.next_row


def _remember(case: PostCase, sheet: Sheet, row: int, rows: Sequence[Sequence[CellValue]]) -> None:
    for name, column in (("uniform.buyers", 2), ("uniform.amount", len(rows[0]))):
        area = sheet.area(row, column)
        cells = [each[column - 1] for each in rows]
        total = sum((value(each) for each in cells if isinstance(each, Formula)), Decimal(0))
        case.put(name, area, Formula(area.ref, total))


# ---- purchases


def write_purchases(case: PostCase, sheet: Sheet) -> None:
    """Fill 采购结果公示: goods by supplier, with quantity, price and amount."""
    if write_missing(case, sheet, BOUGHT, [STOCK_IN], len(IN_HEADS)):
        return
    groups = lines_of(case, STOCK_IN)
    nameless = sum(1 for own in groups.values() if not own[0].text("supplier"))
    top = open_notice(case, sheet, "物资采购结果公示表", len(IN_HEADS), forms=[STOCK_IN])
    rows = [_bought(case, top + n, n, own) for n, own in groups.items()]
    placed = sheet.table(top, 1, IN_HEADS, rows, autofilter=False, freeze=False)
    if placed.total:
        area = sheet.area(placed.total, 7)
        total = sum((value(row[6]) for row in rows if isinstance(row[6], Formula)), Decimal(0))
        case.put("bought", area, Formula(area.ref, total))
    notes = ["平均单价＝金额÷数量。"]
    if nameless:
        notes.append(f"有 {nameless} 种没有登记供货单位。")
    end = placed.next_row
    if not rows:
        sheet.merge((end, 1, end, len(IN_HEADS)), "本期没有入库登记。", TEXT_LINE)
        end += 1
    close_notice(case, sheet, end, len(IN_HEADS), notes=notes, posts=("采购人", "后勤主任", "校长"))
    sheet.page.repeat = (top, top)


def _bought(case: PostCase, row: int, number: int, own: Sequence[Record]) -> list[CellValue]:
    first = own[0]
    quantity, amount = (line_sum(case, STOCK_IN, field, row, own) for field in ("qty", "amount"))
    unpriced = any(r.number("amount") is None for r in own)
    price: CellValue = None
    if amount is not None and not unpriced and value(quantity):
        mean = (value(amount) / value(quantity)).quantize(CENT, ROUND_HALF_UP)
        price = Formula(f'IF(N(E{row})=0,"",ROUND(G{row}/E{row},2))', mean)
    return [
        number, first.text("name"), first.text("spec") or None, first.text("uom") or None, quantity, price, amount,
        first.text("supplier") or None,
    ]  # fmt: skip
