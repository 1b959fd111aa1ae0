"""银行余额调节表: each account's two balances, what stands in one book alone, and the balances adjusted for it, live.

What is outstanding is found movement by movement; what a person knows besides is entered below and counts as well.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import Finding, Level
from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.bank_books import BALANCE, BANK, JOURNAL, moved_cell, pools_of
from houqin.report.settlement.case import Made
from houqin.report.settlement.keyed import MOST_ROWS, below, noted_lines, source_place, write_keyed, write_signers
from houqin.report.settlement.lines import sheet_head
from houqin.report.settlement.months import bank_is_late, bank_skips
from houqin.report.summary_case import INDENTED, place_link
from houqin.workbook import CENTER, HEADING, INPUT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.outstanding import Move, Outstanding
    from houqin.model import Place
    from houqin.report.settlement.bank_books import Pool
    from houqin.report.settlement.case import Case
    from houqin.workbook import Area, CellValue, Sheet

SHEET = "银行余额调节表"
THEIRS_IN, THEIRS_OUT = "银行已收、学校未收", "银行已付、学校未付"
OURS_IN, OURS_OUT = "学校已收、银行未收", "学校已付、银行未付"
KINDS = (THEIRS_IN, THEIRS_OUT, OURS_IN, OURS_OUT)
LINES = {THEIRS_IN: "bank_theirs_in", THEIRS_OUT: "bank_theirs_out", OURS_IN: "bank_ours_in", OURS_OUT: "bank_ours_out"}
COLUMNS = (
    Col("类别", WRAPPED, 24), Col("金额（元）", MONEY, 17), Col("摘要", WRAPPED, 27), Col("日期", CENTER, 17),
    Col("对方", WRAPPED, 20), Col("凭证号、流水号", WRAPPED, 22), Col("另一方记账日期", CENTER, 14),
    Col("判断", WRAPPED, 24), Col("原表", INDENTED, 38), Col("说明", INPUT.but(wrap=True), 16),
)  # fmt: skip
TYPED = (
    Col("类别", INPUT), Col("金额（元）", INPUT.but(kind="money")), Col("摘要", INPUT.but(wrap=True)),
    Col("日期", INPUT), Col("和上面的比", WRAPPED),
)  # fmt: skip
ADJUSTED = (Col("项目", WRAPPED), Col("金额（元）", MONEY), Col("项目", WRAPPED), Col("金额（元）", MONEY))
TYPED_ROWS, ADJUSTED_ROWS = 5, 6
TWICE, EMPTY = "✗ 上面已有同类同额的，是不是重复", "—"
MATCHED, APART = "✓ 调节后相符", "✗ 调节后还不符"
_LONG = 30  # days: a payment that the bank has not made by then is no longer on its way
CODE = "bank-outstanding"
NO_CANTEEN = "收件箱里没有食堂专户的《银行对账单》，或没有可以逐笔核对的《食堂日记账》"


class Shown(NamedTuple):
    """An account as it stands on the sheet: the sums of its four kinds, found ones alone and with what is typed."""

    pool: Pool
    found: dict[str, Amount]


def write_bank(case: Case, sheet: Sheet) -> None:
    """Fill 银行余额调节表; without a statement it is 未核."""
    rules = case.rules.of_sheet(SHEET)
    says = (
        "对账单和账上的银行存款逐笔比（号码、户名、金额、前后两个月）；只在一边有的是未达账项。"
        "调节表不是记账凭证：银行已收、已付而账上没有的，取得回单再记账。"
    )
    top = sheet_head(case, sheet, "银行存款余额调节表", says, (BANK, JOURNAL, BALANCE))
    sheet.widths({n: each.width for n, each in enumerate(COLUMNS, 1)})
    row = below(top, len(rules))
    shown = []
    for pool in pools_of(case):
        made, row = _write_pool(case, sheet, row, pool)
        shown.append(made)
        case.found += _findings(case, pool)
    for line, amount in _sums(case, shown).items():
        case.made[line] = Made(amount)
    noted_lines(case, sheet, top, rules, "各账户合计", len(COLUMNS))
    write_signers(sheet, row, (("出纳：", "会计：", "单位负责人："),))


def _sums(case: Case, shown: Sequence[Shown]) -> dict[str, Amount]:
    """Add up the school's own accounts, and the canteen's outstanding items by themselves."""
    own = [each for each in shown if not each.pool.is_canteen]
    canteen = [each for each in shown if each.pool.is_canteen and each.pool.is_one]
    made = {
        "bank_statement_close": add_amounts(each.pool.statement for each in own) if own else lacking(BANK),
        "bank_book_close": add_amounts(each.pool.book for each in own) if own else lacking(BANK),
    }
    is_known = own and all(each.pool.is_one for each in own)
    for kind, line in LINES.items():
        made[line] = _doubted(case, add_amounts(e.found[kind] for e in own), own) if is_known else lacking(*_needs(own))
    made["canteen_outstanding"] = lacking(NO_CANTEEN)
    if canteen:
        late = bank_is_late(case, canteen=True)
        outstanding = _doubted(case, add_amounts(_net(each.found) for each in canteen), canteen)
        made["canteen_outstanding"] = outstanding.resting((), [late] if late else [])
    return made


def _doubted(case: Case, amount: Amount, shown: Sequence[Shown]) -> Amount:
    """Give what is outstanding as doubtful where a book, or a statement, lacks a month: then all of it looks so."""
    skipped = bank_skips(case, canteen=any(each.pool.is_canteen for each in shown))
    months = [said for said in (*(each.pool.why for each in shown), skipped) if said]
    return case.rests_on([each.pool.book_form for each in shown], amount).resting((), months)


def _needs(own: Sequence[Shown]) -> tuple[str, ...]:
    if not own:
        return (BANK,)
    return tuple(dict.fromkeys(each.pool.why for each in own if not each.pool.is_one))


def _net(found: dict[str, Amount]) -> Amount:
    """Give by how much the statement is above the book: what the bank has alone, less what we have alone."""
    return found[THEIRS_IN] - found[THEIRS_OUT] - found[OURS_IN] + found[OURS_OUT]


def kind_of(item: Outstanding) -> str:
    """Name an item's class in a school's words."""
    return KINDS[2 * item.is_ours + (item.move.amount < 0)]


def _write_pool(case: Case, sheet: Sheet, top: int, pool: Pool) -> tuple[Shown, int]:
    title = f"{'食堂专户' if pool.is_canteen else '学校'}（{pool.name}）" if pool.name != "食堂专户" else pool.name
    sheet.text(top, 1, title, HEADING)
    items = list(pool.reconciled.items) if pool.reconciled is not None and pool.is_one else []
    row = top + ADJUSTED_ROWS + 3
    note = pool.why or ("没有未达账项。" if not items else "")
    table, row = write_keyed(
        sheet, row, "找到的未达账项", COLUMNS, [_item(case, each) for each in items], note=note
    )  # fmt: skip
    typed, row = _write_typed(sheet, row, table.placed.column(0), table.placed.column(1))
    row = _write_opening(case, sheet, row, pool)
    areas = ((table.placed.column(0), table.placed.column(1)), typed[:2])
    sums: dict[str, Amount] = {}
    for kind in KINDS:
        value = Decimal(sum(abs(each.move.amount) for each in items[:MOST_ROWS] if kind_of(each) == kind)) / 100
        text = "+".join(f'SUMIFS({amounts.ref},{kinds.ref},"{kind}")' for kinds, amounts in areas)
        sums[kind] = Amount(text, value)
    _write_adjusted(sheet, top + 1, pool, sums, typed[2])
    return Shown(pool, sums), row


def _item(case: Case, item: Outstanding) -> list[CellValue]:
    move = item.move
    record = case.data[move.form].records[move.index] if move.form in case.data else None
    amount = moved_cell(case, move)
    place = _place(case, move)
    if record is None:
        said, party, numbers = "、".join(move.names), "", ""
    else:
        said = next((text for name in ("summary", "purpose") if (text := record.text(name))), "")
        party = next((text for name in ("counterparty", "payee", "project") if (text := record.text(name))), "")
        numbers = next((text for name in ("voucher", "serial_no") if (text := record.text(name))), "")
    return [
        kind_of(item), Formula(amount.text, amount.value or 0) if record else amount.value, said or None, move.day,
        party or None, numbers or None, item.cleared or None, _judged(case, item),
        place_link(place) if place else "上年的台账", None,
    ]  # fmt: skip


def _judged(case: Case, item: Outstanding) -> str:
    if item.alike:
        days = "、".join(sorted({each.day for each in item.alike})[:3])
        return f"? 同额的还有 {days}，不能断定是哪一笔，请核对"
    if item.cleared:
        return "✓ 下年银行已办" if item.is_ours else "✓ 下年已记账"
    if not item.is_ours:
        return "请取得回单，补记" if not case.is_central else "请取得回单，报核算中心补记"
    return "? 超过一个月，请查明" if _is_long(case, item.move) else "年末在途"


def _is_long(case: Case, move: Move) -> bool:
    return move.ordinal is not None and date(case.year, 12, 31).toordinal() - move.ordinal > _LONG


def _place(case: Case, move: Move) -> Place | None:
    if move.form not in case.data:
        return None
    plus = "credit" if (move.form == BANK) == (move.amount > 0) else "debit"
    field = plus if move.form in {BANK, JOURNAL} else "income" if move.amount > 0 else "expense"
    if case.data[move.form].records[move.index].number(field) is None:
        field = "amount" if move.form == BANK else ""
    return source_place(case, move.form, move.index, field)


def _write_typed(sheet: Sheet, top: int, kinds: Area, amounts: Area) -> tuple[tuple[Area, Area, Area], int]:
    """Write room for what a person knows besides; what is entered twice is told at once."""
    sheet.text(top, 1, "手填的未达账项（程序没有找到的填在这里，自动算进调节表；填得不够可以插行）", HEADING)
    rows: list[list[CellValue]] = []
    for row in range(top + 2, top + 2 + TYPED_ROWS):
        alike = f"COUNTIFS({kinds.local},A{row},{amounts.local},B{row})"
        verdict = Formula(f'IF(A{row}="","{EMPTY}",IF({alike}>0,"{TWICE}","手填"))', EMPTY)
        rows.append([None, None, None, None, verdict])
    placed = sheet.table(top + 1, 1, TYPED, rows, autofilter=False, freeze=False)
    sheet.choices(placed.column(0), KINDS, f"请从下拉列表里选：{'、'.join(KINDS)}。")
    found = placed.column(4)
    sheet.highlight(found, f'LEFT(E{found.top},1)="✗"', "bad-light", colour="bad", bold=True)
    return (placed.column(0), placed.column(1), found), placed.next_row


def _write_opening(case: Case, sheet: Sheet, top: int, pool: Pool) -> int:
    """List what the first weeks cleared of the year before: it is in one book alone, and no item of this year's end."""
    cleared = pool.reconciled.cleared_opening if pool.reconciled is not None and pool.is_one else []
    if not cleared:
        return top
    rows: list[list[CellValue]] = [
        [
            "上年银行已办" if is_ours else "上年学校已记", moved_cell(case, move).cell,
            "、".join(move.names[:2]) or None, move.day, place_link(_place(case, move)),
        ]
        for move, is_ours in cleared
    ]  # fmt: skip
    columns = (COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[3], Col("原表", INDENTED))
    note = "金额正好等于年初两边的差，推定是上年末的未达账项；请对照上年的调节表。"
    _, row = write_keyed(sheet, top, "上年未达、本年到账的", columns, rows, note=note)
    return row


def _write_adjusted(sheet: Sheet, top: int, pool: Pool, sums: dict[str, Amount], typed: Area) -> None:
    """Write the two columns of the usual form: balance, plus, minus, adjusted; then the difference and the verdict."""
    first = top + 1
    book, bank = pool.book, pool.statement
    zero = Decimal(0)
    adjusted = [
        (book.value or zero) + (sums[THEIRS_IN].value or zero) - (sums[THEIRS_OUT].value or zero),
        (bank.value or zero) + (sums[OURS_IN].value or zero) - (sums[OURS_OUT].value or zero),
    ]
    gap = adjusted[0] - adjusted[1]
    known = book.value is not None and bank.value is not None
    totals: list[CellValue] = [
        Formula(f"ROUND({c}{first}+{c}{first + 1}-{c}{first + 2},2)", value) if known else None
        for c, value in zip("BD", adjusted, strict=True)
    ]
    verdict: CellValue = "? 未核"
    apart: CellValue = None
    if known:
        apart = Formula(f"ROUND(B{first + 3}-D{first + 3},2)", gap)
        test = f'IF(COUNTIF({typed.local},"✗*")>0,"✗ 手填的有重复",IF(ABS(B{first + 4})<0.005,"{MATCHED}","{APART}"))'
        verdict = Formula(test, MATCHED if gap == 0 else APART)
    rows: list[list[CellValue]] = [
        ["账上银行存款余额", book.cell, "银行对账单余额", bank.cell],
        [f"加：{THEIRS_IN}", sums[THEIRS_IN].cell, f"加：{OURS_IN}", sums[OURS_IN].cell],
        [f"减：{THEIRS_OUT}", sums[THEIRS_OUT].cell, f"减：{OURS_OUT}", sums[OURS_OUT].cell],
        ["调节后余额", totals[0], "调节后余额", totals[1]],
        ["两边相差", apart, None, None],
        ["结论", verdict, None, None],
    ]
    sheet.table(top, 1, ADJUSTED, rows, autofilter=False, freeze=False)
    bold = WRAPPED.but(bold=True, rule="row")
    for row, column in ((first + 3, 1), (first + 3, 3), (first + 5, 1)):
        sheet.text(row, column, str(rows[row - first][column - 1]), bold)
    if known:
        sheet.write(first + 5, 2, verdict, CENTER.but(bold=True, rule="row", colour="good" if gap == 0 else "bad"))


def _findings(case: Case, pool: Pool) -> list[Finding]:
    """Tell once an account and cause: what the books lack, what is long on its way, what cannot be told apart."""
    if pool.reconciled is None:
        return []
    if not pool.is_one:
        message = f"{pool.name}：{pool.why}请看是哪个账户的对账单、账记在哪个科目。"
        return [Finding(CODE, Level.QUESTION, message, _first(case, pool))]
    groups: dict[str, list[Outstanding]] = {}
    for each in pool.reconciled.items:
        groups.setdefault(_state(case, each), []).append(each)
    whom = "请取得银行回单，报核算中心补记。" if case.is_central and not pool.is_canteen else "请取得银行回单补记。"
    found = []
    for state, own in groups.items():
        level, message = TOLD[state]
        places = [place for place in (_place(case, each.move) for each in own) if place is not None]
        said = f"{pool.name}：{message.format(what=_what(own), whom=whom)}"
        found.append(Finding(
            CODE, level, said, places[0] if places else None, form=own[0].move.form, related=tuple(places[1:]),
            count=len(own),
        ))  # fmt: skip
    return found


TOLD: Mapping[str, tuple[Level, str]] = {
    "unclear": (
        Level.QUESTION, "年末未达账项里{what}，同样金额的还有别的日子，不能断定是哪一笔。请核对后写在说明里。",
    ),
    "unbooked": (Level.QUESTION, "银行已经办了、年末账上没有记的{what}。{whom}"),
    "long": (
        Level.QUESTION, "账上记了一个多月、银行到年末还没有办的{what}。请查支票、汇款是不是退回了，或重复记账。",
    ),
    "underway": (Level.INFO, f"年末未达账项{{what}}，列在“{SHEET}”。"),
}  # fmt: skip


def _state(case: Case, item: Outstanding) -> str:
    if item.alike:
        return "unclear"
    if item.cleared:
        return "underway"
    if not item.is_ours:
        return "unbooked"
    return "long" if _is_long(case, item.move) else "underway"


def _what(own: Sequence[Outstanding]) -> str:
    total = sum(Decimal(abs(each.move.amount)) for each in own) / 100
    return f"有 {len(own)} 笔、{total:,.2f} 元"


def _first(case: Case, pool: Pool) -> Place | None:
    return _place(case, pool.reconciled.items[0].move) if pool.reconciled and pool.reconciled.items else None


def unbooked(case: Case) -> list[tuple[Pool, Outstanding]]:
    """Give what the bank has and the books lack at the year's end: what is to be entered once its slip is there."""
    return [
        (pool, each) for pool in pools_of(case) if pool.is_one and pool.reconciled is not None
        for each in pool.reconciled.items if not each.is_ours
    ]  # fmt: skip

