"""固定资产清查报告.xlsx: what was found by class of asset, gains and losses one by one, cards against the ledger."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.account.assets import class_of
from houqin.account.rows import rows_of
from houqin.forms import load_lives
from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD, Outcome, Period, PostCase, open_posts
from houqin.report.posts.month import FINDINGS, TECHNICAL, TIE_OUTS, Source, own_tie_outs
from houqin.report.posts.notice import LINE, hold_reasons
from houqin.report.posts.overview import NAME, Key, reserve, write_overview
from houqin.report.posts.rows import Added, add, dated, flag, write_rows
from houqin.report.prints_frame import Frame
from houqin.report.summary_case import INDENTED, write_head, write_missing, write_note
from houqin.report.summary_checks import write_findings, write_technical
from houqin.report.summary_tie_outs import write_tie_outs
from houqin.report.words import chinese_date
from houqin.workbook import (
    CENTER,
    COUNT,
    HEADING,
    MONEY,
    QUANTITY,
    TEXT,
    WRAPPED,
    Col,
    Formula,
    Link,
    Workbook,
    internal,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.report.records import Record
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

TITLE, REPORT, DIFFERENCES, CARDS = "固定资产清查报告", "清查报告", "盘盈盘亏表", "账卡物核对"
FORM, REGISTER = "asset_stocktake", "asset_register"
PLAIN = "未写分类"
CENT = Decimal("0.01")
SAME, GAIN, LOSS, NOT_COUNTED, ELSEWHERE = "相符", "盘盈", "盘亏", "未盘", "位置不符"
OUTCOMES = (SAME, GAIN, LOSS, NOT_COUNTED, ELSEWHERE)
SIGNERS = ("盘点人", "监盘人", "资产管理员", "财务", "校长")
GAINED = 'IF({gain_qty|""}<>"",N({gain_qty|0}),IF({real_qty|""}="",0,MAX(0,N({real_qty|0})-N({book_qty|0}))))'
LOST = 'IF({loss_qty|""}<>"",N({loss_qty|0}),IF({real_qty|""}="",0,MAX(0,N({book_qty|0})-N({real_qty|0}))))'
GAINED_AMOUNT = 'IF({gain_amt|""}<>"",N({gain_amt|0}),IF({gained|0}=0,0,MAX(0,N({real_cost|0})-N({book_cost|0}))))'
LOST_AMOUNT = (
    'IF({loss_amt|""}<>"",N({loss_amt|0}),IF(N({book_qty|0})=0,0,ROUND(N({book_cost|0})*{lost|0}/N({book_qty|1}),2)))'
)
COLUMNS = (
    flag(IN_PERIOD, "no_date"), Added("family", "归入分类", WRAPPED), Added("outcome", "结果", CENTER),
    Added("gained", "盘盈", QUANTITY, GAINED), Added("lost", "盘亏", QUANTITY, LOST),
    Added("gained_amt", "盘盈\n金额", MONEY, GAINED_AMOUNT), Added("lost_amt", "盘亏\n金额", MONEY, LOST_AMOUNT),
)  # fmt: skip
REGISTER_COLUMNS = (flag(IN_PERIOD, "no_date"), Added("counted", "已盘", COUNT))
BY_FAMILY = (
    Col("资产分类", WRAPPED, 18), Col("账面\n数量", QUANTITY, 10, "sum"), Col("账面原值", MONEY, 16, "sum"),
    Col("清查\n数量", QUANTITY, 10, "sum"), Col("盘盈\n数量", QUANTITY, 9, "sum"), Col("盘盈金额", MONEY, 13, "sum"),
    Col("盘亏\n数量", QUANTITY, 9, "sum"), Col("盘亏金额", MONEY, 13, "sum"), Col("未盘\n（行）", COUNT, 8, "sum"),
)  # fmt: skip
ONE_BY_ONE = (
    Col("序号", COUNT.but(align="center"), 6), Col("资产编号", WRAPPED, 13), Col("资产名称", WRAPPED, 18),
    Col("规格型号", WRAPPED, 14), Col("单位", CENTER, 6), Col("账面\n数量", QUANTITY, 9),
    Col("清查\n数量", QUANTITY, 9),
    Col("盘盈", QUANTITY, 8, "sum"), Col("盘盈金额", MONEY, 13, "sum"), Col("盘亏", QUANTITY, 8, "sum"),
    Col("盘亏金额", MONEY, 13, "sum"), Col("存放地点", INDENTED, 13), Col("差异原因", WRAPPED, 18),
    Col("处理意见", WRAPPED, 16), Col("依据", TEXT, 8),
)  # fmt: skip
KEYS = (
    Key("stock.book", "账面原值", "元", "money", "清查盘点表的账面原值"),
    Key("stock.gained", "盘盈金额", "元", "money", "没有金额的待评估，不计入"),
    Key("stock.lost", "盘亏金额", "元", "money", "按账面原值折算"),
    Key("stock.uncounted", "没有盘到的卡片", "张", "count", "资产台账里有、盘点表里没有"),
)
PARTS = (
    (REPORT, "清查的基本情况、结果和签字"),
    (DIFFERENCES, "盘盈、盘亏、未盘、位置不符逐项列出"),
    (CARDS, "资产台账的每张卡片盘到没有"),
    (TIE_OUTS, "盘点表与资产台账之间的核对"),
    (FINDINGS, "要改、要确认的，逐条到单元格"),
)


def write_stocktake_report(  # noqa: PLR0913  (all by keyword)
    path: Path, outcome: Outcome, *, forms: Forms, school: School, as_of: str,
    run: Mapping[str, str] | None = None, copies: Mapping[str, str] | None = None,
) -> PostCase:  # fmt: skip
    """Write the report of the assets' stocktake; the links assume a folder beside 来源/."""
    with Workbook(path, title=f"{school.name}{TITLE}", example=school.is_example) as book:
        span = Period(f"截至 {chinese_date(as_of)}", school.term_start, school.term_end, school.term_start)
        case = open_posts(book, outcome, forms, school, as_of=as_of, span=span, run=run, copies=copies)
        reserve(case)
        first = book.sheet(NAME)
        sheets = {name: book.sheet(name, landscape=name != CARDS) for name, _ in PARTS}
        present = [each for each in SOURCES if each.form in case.ledgers and each.form in forms.by_id]
        data = [(each, book.sheet(each.sheet, role="working", landscape=True)) for each in present]
        technical = book.sheet(TECHNICAL, role="working", landscape=True)
        for source, sheet in data:
            write_rows(case, sheet, source.form, source.records(case), source.added)
        _cards(case, sheets[CARDS])
        _differences(case, sheets[DIFFERENCES])
        _report(case, sheets[REPORT])
        write_findings(case, sheets[FINDINGS])
        write_tie_outs(case, sheets[TIE_OUTS], own_tie_outs(case, [FORM, REGISTER]))
        write_technical(case, technical)
        index = [*PARTS, *((s.sheet, f"{case.title_of(s.form)}的台账，一行一条记录") for s, _ in data)]
        write_overview(case, first, TITLE, KEYS, [*index, (TECHNICAL, "来源文件、行数、版本")], posts=False)
    return case


# ---- the rows


def counted_assets(case: PostCase) -> list[Record]:
    """Give the rows of the stocktake, each with its class, what came out, and gains and losses where they are blank."""
    mark, lives = dated(case, "no_date"), load_lives()
    families = {row.index: class_of(row, lives) for row in rows_of(case.ledgers, FORM)}
    return [_judged(mark(record), families.get(record.index, "")) for record in case.records[FORM]]


def _judged(record: Record, family: str) -> Record:
    book, real = record.number("book_qty"), record.number("real_qty")
    gap = (real or Decimal(0)) - (book or Decimal(0)) if real is not None else Decimal(0)
    gained = _either(record.number("gain_qty"), max(Decimal(0), gap))
    lost = _either(record.number("loss_qty"), max(Decimal(0), -gap))
    cost = record.number("book_cost") or Decimal(0)
    rise = max(Decimal(0), (record.number("real_cost") or Decimal(0)) - cost) if gained else Decimal(0)
    fall = (cost * lost / book).quantize(CENT, ROUND_HALF_UP) if book else Decimal(0)
    outcome = record.text("pl_type") or _outcome(real, gained, lost)
    return add(
        record, family=record.text("class_name") or family or PLAIN, outcome=outcome, gained=gained, lost=lost,
        gained_amt=_either(record.number("gain_amt"), rise), lost_amt=_either(record.number("loss_amt"), fall),
    )  # fmt: skip


def _either(told: Decimal | None, computed: Decimal) -> Decimal:
    return computed if told is None else told


def _outcome(real: Decimal | None, gained: Decimal, lost: Decimal) -> str:
    if real is None:
        return NOT_COUNTED
    return GAIN if gained else LOSS if lost else SAME


def _register(case: PostCase) -> list[Record]:
    """Give the cards of the register, each with whether the stocktake has its number."""
    mark = dated(case, "no_date")
    seen = {r.text("asset_no") for r in case.records.get(FORM, ()) if r.text("asset_no") and not r.pending}
    return [add(mark(r), counted=Decimal(r.text("asset_no") in seen)) for r in case.records[REGISTER]]


SOURCES = (
    Source(FORM, "台账-盘点", counted_assets, COLUMNS),
    Source(REGISTER, "台账-资产", _register, REGISTER_COLUMNS),
)


# ---- the sheets


def _cards(case: PostCase, sheet: Sheet) -> None:
    if write_missing(case, sheet, CARDS, [REGISTER]):
        return
    missing = [r for r in case.own(REGISTER) if not r.values["counted"]]
    lines = ["账卡物核对：资产台账的每张卡片，盘点表里都应有一行。下面列出没有盘到的卡片；没有盘的不算盘亏，要补盘。"]
    top = write_head(case, sheet, CARDS, 7, lines, forms=[REGISTER, FORM])
    total = case.count_of(REGISTER)
    done = case.count_of(REGISTER, Where("counted", "1", "1"))
    said = (("资产台账卡片", total), ("盘点表里有的", done),
            ("没有盘到的", Formula(f"B{top}-B{top + 1}", int(total.value) - int(done.value))))  # fmt: skip
    for offset, (title, made) in enumerate(said):
        sheet.text(top + offset, 1, title, TEXT.but(rule="row"))
        sheet.write(top + offset, 2, made, COUNT.but(rule="row"))
    case.put("stock.uncounted", sheet.area(top + 2, 2), said[2][1])
    columns = (
        Col("序号", COUNT.but(align="center"), 14), Col("资产编号", WRAPPED, 14), Col("资产名称", WRAPPED, 20),
        Col("规格型号", WRAPPED, 14), Col("账面原值", MONEY, 14, "sum"), Col("存放地点", INDENTED, 14),
        Col("依据", TEXT, 9),
    )  # fmt: skip
    data = case.data[REGISTER]
    rows: list[list[CellValue]] = [
        [n, *(_cell(case, REGISTER, r, f) for f in ("asset_no", "asset_name", "spec", "cost", "place")),
         data.link([r.index])]
        for n, r in enumerate(missing, 1)
    ]  # fmt: skip
    placed = sheet.table(top + 4, 1, columns, rows)
    if not missing:
        write_note(sheet, placed.next_row, 7, "台账上的卡片都盘到了。")


def _cell(case: PostCase, form: str, record: Record, field: str) -> CellValue:
    """Give a ledger's cell as a formula; None where it is blank."""
    data, value = case.data[form], record.values.get(field)
    if value is None or field not in data.columns:
        return None
    return Formula(data.placed.cell(record.index, data.columns[field]).ref, value)


def _differences(case: PostCase, sheet: Sheet) -> None:
    if write_missing(case, sheet, DIFFERENCES, [FORM]):
        return
    lines = ["盘盈金额没有依据的空着，由评估或同类价格确定；盘亏金额＝账面原值×盘亏数量÷账面数量。"]
    top = write_head(case, sheet, DIFFERENCES, len(ONE_BY_ONE), lines, forms=[FORM])
    parts = ((GAIN, "一、盘盈"), (LOSS, "二、盘亏"), (ELSEWHERE, "三、位置不符"), (NOT_COUNTED, "四、未盘"))
    row = top
    for outcome, title in parts:
        own = [r for r in case.own(FORM) if r.values["outcome"] == outcome]
        if not own and outcome in {ELSEWHERE, NOT_COUNTED}:
            continue
        sheet.text(row, 1, title, HEADING)
        rows = [_one(case, n, r) for n, r in enumerate(own, 1)]
        placed = sheet.table(row + 1, 1, ONE_BY_ONE, rows, autofilter=False, freeze=False)
        row = placed.next_row
    _sign(case, sheet, row, len(ONE_BY_ONE))
    sheet.page.repeat = None


def _one(case: PostCase, number: int, record: Record) -> list[CellValue]:
    fields = (
        "asset_no",
        "asset_name",
        "spec",
        "uom",
        "book_qty",
        "real_qty",
        "gained",
        "gained_amt",
        "lost",
        "lost_amt",
    )
    ends = ("real_place" if record.text("real_place") else "place", "reason", "opinion")
    link = case.data[FORM].link([record.index])
    cells = [_cell(case, FORM, record, field) for field in (*fields, *ends)]
    return [number, *(None if _is_nothing(each) else each for each in cells), link]


def _is_nothing(cell: CellValue) -> bool:
    """Tell a computed 0: a gain of nothing is no gain."""
    return isinstance(cell, Formula) and cell.value == 0


def _report(case: PostCase, sheet: Sheet) -> None:
    width = len(BY_FAMILY)
    if write_missing(case, sheet, REPORT, [FORM], width):
        return
    own = case.own(FORM)
    day = next((r.text("base_date") for r in own if r.text("base_date")), "")
    row = write_head(case, sheet, f"{case.school.name}{TITLE}", width, forms=[FORM, REGISTER])
    base = chinese_date(day) if len(day) == len("2025-12-31") else "（盘点表上没有写）"
    for text in ("一、基本情况", f"清查基准日：{base}。盘点表 {len(own)} 行，{_covered(case)}。", "二、清查结果"):
        style = HEADING if text[1] == "、" else LINE
        sheet.merge((row, 1, row, width), text, style)
        row += 1
    families = list(dict.fromkeys(r.text("family") for r in own))
    rows = [_family(case, row + n, name) for n, name in enumerate(families, 1)]
    placed = sheet.table(row, 1, BY_FAMILY, rows, autofilter=False, freeze=False)
    if placed.total:
        for name, column, field in (("book", 3, "book_cost"), ("gained", 6, "gained_amt"), ("lost", 8, "lost_amt")):
            total = sum((r.values.get(field) or Decimal(0) for r in own), Decimal(0))
            area = sheet.area(placed.total, column)
            case.put(f"stock.{name}", area, Formula(area.ref, total))
    row = placed.next_row
    sheet.text(row, 1, "三、结果分类", HEADING)
    row = _outcomes(case, sheet, row + 1)
    sheet.text(row, 1, "四、盘盈盘亏的原因和处理意见", HEADING)
    row = _reasons(case, sheet, row + 1, width)
    reasons = hold_reasons(case, [FORM, REGISTER])
    said = f"所据的表还有要改的，本报告暂不能上报：{'；'.join(reasons)}。" if reasons else (
        "盘盈、盘亏的确认以主管部门、财政部门的批复为准；批复前不调账。"
    )  # fmt: skip
    sheet.merge((row, 1, row, width), said, LINE.but(colour="bad" if reasons else "black"))
    _sign(case, sheet, row + 2, width)
    sheet.page.repeat = None
    sheet.page.one_page = True


def _covered(case: PostCase) -> str:
    if not case.has(REGISTER):
        return "没有收到资产台账，没有核对卡片是否盘全"
    missing = sum(1 for r in case.own(REGISTER) if not r.values["counted"])
    return f"资产台账 {len(case.own(REGISTER))} 张卡片，" + (f"{missing} 张没有盘到" if missing else "都已盘到")


def _family(case: PostCase, row: int, name: str) -> list[CellValue]:
    here = Where("family", name, f"$A{row}")
    fields = ("book_qty", "book_cost", "real_qty", "gained", "gained_amt", "lost", "lost_amt")
    columns = case.data[FORM].columns
    sums = [case.sum_of(FORM, field, here) if field in columns else None for field in fields]
    return [name, *sums, case.count_of(FORM, here, Where("outcome", NOT_COUNTED, f'"{NOT_COUNTED}"'))]


def _outcomes(case: PostCase, sheet: Sheet, top: int) -> int:
    columns = (Col("结果", WRAPPED), Col("行数", COUNT, total="sum"), Col("账面原值", MONEY, total="sum"))
    known = {r.text("outcome") for r in case.own(FORM)}
    rows: list[list[CellValue]] = []
    names = [*(each for each in OUTCOMES if each in known), *sorted(known - set(OUTCOMES))]
    for row, name in enumerate(names, top + 1):
        here = Where("outcome", name, f"$A{row}")
        cost = case.sum_of(FORM, "book_cost", here) if "book_cost" in case.data[FORM].columns else None
        rows.append([name, case.count_of(FORM, here), cost])
    return sheet.table(top, 1, columns, rows, autofilter=False, freeze=False).next_row


def _reasons(case: PostCase, sheet: Sheet, row: int, width: int) -> int:
    own = [r for r in case.own(FORM) if r.values["outcome"] in {GAIN, LOSS}]
    told: dict[tuple[str, str, str], int] = {}
    for r in own:
        key = (r.text("outcome"), r.text("reason") or "没有写原因", r.text("opinion") or "没有写处理意见")
        told[key] = told.get(key, 0) + 1
    for (outcome, reason, opinion), count in told.items():
        text = f"{outcome} {count} 项：{reason}；处理意见：{opinion}。"
        sheet.merge((row, 1, row, width), text, LINE)
        row += 1
    sheet.link(row, 1, Link(internal(DIFFERENCES), "").target, "逐项见盘盈盘亏表")
    return row + 2


def _sign(case: PostCase, sheet: Sheet, row: int, width: int) -> None:
    widths = tuple(sheet.column_width(column) for column in range(1, width + 1))
    Frame(sheet, case.school, case.as_of, widths).sign(row, SIGNERS)
