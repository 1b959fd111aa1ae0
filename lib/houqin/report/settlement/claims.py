"""学校—核算中心对账表: what the school handed in against what the centre entered, both cells on each row."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.case import Made
from houqin.report.settlement.claim_match import (
    AMOUNT,
    CASHBOOK,
    CLAIMS,
    JOURNAL,
    OPEN,
    PAYROLL,
    SUBJECT,
    UNCLAIMED,
    match_of,
)
from houqin.report.settlement.entry import BUDGETARY, CASH, COSTS, FINANCIAL, FUND, SPENDING, entry, reversed_if
from houqin.report.settlement.keyed import (
    Keyed,
    below,
    noted_lines,
    own_cell,
    source_link,
    source_place,
    write_keyed,
    write_signers,
)
from houqin.report.settlement.lines import sheet_head, write_lines
from houqin.report.settlement.unset import unset
from houqin.report.summary_case import INDENTED, write_note
from houqin.workbook import CENTER, INPUT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:

    from houqin.model import Place
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.report.settlement.claim_match import Outcome
    from houqin.workbook import CellValue, Sheet

SHEET = "学校—核算中心对账表"
EVIDENCE = (CLAIMS, CASHBOOK, JOURNAL, "payables")
COLUMNS = (
    Col("序", CENTER, 5), Col("事由", WRAPPED, 28), Col("学校数", MONEY, 16, "sum"), Col("中心数", MONEY, 16, "sum"),
    Col("差额\n（中心−学校）", MONEY, 15, "sum"), Col("日期", CENTER, 12), Col("单号、凭证号", WRAPPED, 15),
    Col("学校列的科目", WRAPPED, 15), Col("中心列的科目", WRAPPED, 13), Col("学校原表", INDENTED, 34),
    Col("中心原表", INDENTED, 34), Col("原因和处理", INPUT.but(wrap=True), 16),
)  # fmt: skip
KINDS = (
    (OPEN, "一、已报未记", "学校报了、付了，中心账上没有。“中心数”是账上已经计提的应付，差额才是没有入账的。"),
    (UNCLAIMED, "二、已记未报", "中心记了付款，学校的报账登记和收支明细账里都没有。工资、社保等统发的不在内。"),
    (AMOUNT, "三、金额不符", "同一张凭证，两边的金额不同；一张凭证报了几笔的，差额写在第一笔。"),
    (SUBJECT, "四、科目不符", "同一张凭证，两边列的经济分类不同。"),
)


def write_claims(case: Case, sheet: Sheet) -> None:
    """Fill 学校—核算中心对账表; under 独立核算 it says that it does not apply."""
    rules = case.rules.of_sheet(SHEET)
    centre = str(case.school.accounting.get("centre") or "核算中心")
    if not case.is_central:
        mode = case.school.accounting.get("mode")
        says = (
            "学校独立核算，账由学校自己记，没有核算中心，本表不适用。" if mode
            else f"? 未核：{unset('mode')}，不知道账由谁记。请填好（集中记账或独立核算）再运行。"
        )  # fmt: skip
        top = sheet_head(case, sheet, SHEET, says)
        own = [rule for rule in rules if rule.form]
        for rule in rules:
            if rule not in own:
                case.missing_line(rule.id, "学校独立核算，不适用" if mode else unset("mode"))
        write_lines(case, sheet, top, own, "只核对记账日期")
        return
    says = f"学校的报账登记、收支明细账和{centre}的明细账（序时账），先按凭证号、再按金额逐笔核对。"
    top = sheet_head(case, sheet, SHEET, says, (CLAIMS, CASHBOOK, JOURNAL))
    made: dict[str, Amount] = {}
    row = below(top, len(rules))
    long = [form for form in (JOURNAL, CLAIMS, CASHBOOK) if form in case.large]
    if case.has(JOURNAL) and (case.has(CLAIMS) or case.has(CASHBOOK)) and not long:
        outcome = match_of(case)
        for kind, heading, note in KINDS:
            rows = _rows(case, outcome, kind, row + 3)
            table, row = write_keyed(sheet, row, heading, COLUMNS, rows, note=note)
            _keep(made, kind, table)
        _sums(case, made)
        _suspects(case, outcome)
        if all(case.has(form) and not case.doubts.get(form) for form in EVIDENCE):
            # Without the papers of one side, or the debts, what looks unbooked may be booked.
            _propose(case, outcome)
        row = write_note(sheet, row, len(COLUMNS), "账上没有写经济分类的，不核对科目。")
    else:
        sheet.widths({n: each.width for n, each in enumerate(COLUMNS, 1)})
    needs = [form for form in (JOURNAL, CLAIMS, CASHBOOK) if not case.has(form)]
    needs += [f"《{case.title_of(form)}》太长，底稿里只有按月合计，没有逐笔核对" for form in long]
    for rule in rules:
        if rule.made:
            case.made[rule.id] = Made(made.get(rule.id) or lacking(*needs))
    noted_lines(case, sheet, top, rules, "对账结果", len(COLUMNS))
    write_signers(sheet, row + 1, (("学校报账员：", "核算中心会计："), ("学校（盖章）：", f"{centre}（盖章）：")))


def _keep(made: dict[str, Amount], kind: str, table: Keyed) -> None:
    name = {OPEN: "cl_open", UNCLAIMED: "cl_unclaimed", AMOUNT: "cl_gap", SUBJECT: "cl_subject"}[kind]
    number = {OPEN: 2, UNCLAIMED: 3, AMOUNT: 4, SUBJECT: 2}[kind]
    made[name] = table.total(number)
    if kind == OPEN:
        made["cl_owed"] = table.total(3)
    if kind == AMOUNT:
        made["cl_gap_size"] = table.sizes(4)


def _sums(case: Case, made: dict[str, Amount]) -> None:
    made["cl_school"] = add_amounts(case.sum(form, "school_amt") for form in (CLAIMS, CASHBOOK) if case.has(form))
    # Another witness than the vouchers that were matched: what the centre's trial balance has as spent.
    made["cl_centre"] = case.line("be_total") - case.sum(JOURNAL, "centre_amt", match=PAYROLL)


def _papers(case: Case, outcome: Outcome, kind: str) -> list[tuple[str, Record]]:
    return [
        (form, record)
        for form in (CLAIMS, CASHBOOK) if case.has(form)
        for record in case.chosen(form) if outcome.state.get((form, record.index)) == kind
    ]  # fmt: skip


def _rows(case: Case, outcome: Outcome, kind: str, first: int) -> list[list[CellValue]]:
    if kind == UNCLAIMED:
        own = [each for each in case.chosen(JOURNAL) if each.text("match") == UNCLAIMED]
        return [_centre_row(case, n, each, first + n) for n, each in enumerate(own)]
    found = _papers(case, outcome, kind)
    return [_paper_row(case, outcome, n, form, each, first + n) for n, (form, each) in enumerate(found)]


def _centre_row(case: Case, number: int, record: Record, row: int) -> list[CellValue]:
    amount = own_cell(case, JOURNAL, record.index, "centre_amt")
    gap = Formula(f"ROUND(SUM(D{row})-SUM(C{row}),2)", record.values["centre_amt"])
    return [
        number + 1, record.text("summary"), None, amount, gap, record.text("date"), record.text("voucher"), None,
        _subject(record), None, source_link(case, JOURNAL, record.index), None,
    ]  # fmt: skip


def _paper_row(  # noqa: PLR0913, PLR0917  (a row of a table)
    case: Case, outcome: Outcome, number: int, form: str, record: Record, row: int
) -> list[CellValue]:
    key = form, record.index
    voucher = outcome.booked.get(key)
    school = own_cell(case, form, record.index, "school_amt")
    centre: CellValue = own_cell(case, form, record.index, "owed") if voucher is None else None
    link = None
    if voucher is not None:
        # Of several papers of one voucher the first has the whole difference; the others are even.
        amount = outcome.amount[key] + outcome.gap.get(key, Decimal(0))
        gap = own_cell(case, form, record.index, "gap")
        centre = Formula(f"SUM(C{row})+{gap.text}" if gap else f"SUM(C{row})", amount)
        link = source_link(case, JOURNAL, voucher.rows[0].index)
    ours = school.value if school else Decimal(0)
    theirs = centre.value if isinstance(centre, Formula) else Decimal(0)
    gap_cell = Formula(f"ROUND(SUM(D{row})-SUM(C{row}),2)", Decimal(theirs) - Decimal(ours))
    names = [record.text("claim_no"), record.text("voucher")]
    return [
        number + 1, record.text("summary"), school, centre, gap_cell, record.text("date"),
        "、".join(name for name in names if name) or None, _subject(record),
        "、".join(sorted(voucher.economics())) if voucher else None, source_link(case, form, record.index), link, None,
    ]  # fmt: skip


def _subject(record: Record) -> str | None:
    return " ".join(text for name in ("code", "subject") if (text := record.text(name))) or None


def _suspects(case: Case, outcome: Outcome) -> None:
    """Name the paper to look at first, by check."""
    for check, kind in (
        ("claims-booked", OPEN), ("claims-same-amount", AMOUNT), ("claims-same-subject", SUBJECT),
    ):  # fmt: skip
        found = _papers(case, outcome, kind)
        if kind == OPEN:
            found = [(form, each) for form, each in found if _unbooked(outcome, form, each)] or found
        if found:
            form, record = found[0]
            case.suspects[check] = _place(case, form, record)
    own = [each for each in case.chosen(JOURNAL) if each.text("match") == UNCLAIMED]
    if own:
        case.suspects["claims-known"] = source_place(case, JOURNAL, own[0].index, "voucher")


def _unbooked(outcome: Outcome, form: str, record: Record) -> Decimal:
    """Give what of an open paper the books do not owe yet."""
    owed = outcome.owed.get(record.index, Decimal(0)) if form == CLAIMS else Decimal(0)
    return outcome.amount.get((form, record.index), Decimal(0)) - owed


def _place(case: Case, form: str, record: Record) -> Place:
    field = "expense" if form == CASHBOOK else "approved" if record.number("approved") is not None else "amount"
    return source_place(case, form, record.index, field)


def _propose(case: Case, outcome: Outcome) -> None:
    """Propose entries: what is not booked and not owed yet, and what was booked otherwise."""
    for form, record in _papers(case, outcome, OPEN):
        amount = _unbooked(outcome, form, record)
        cell = own_cell(case, form, record.index, "school_amt")
        owed = own_cell(case, CLAIMS, record.index, "owed") if form == CLAIMS else None
        if amount > 0 and cell:
            figure = Amount(f"{cell.text}-{owed.text}" if owed else cell.text, amount)
            sides = ("5001 业务活动费用", "2302 应付账款")
            _adjust(case, f"已报未记：{record.text('summary')}", sides, figure, form, record)
    for form, record in _papers(case, outcome, AMOUNT):
        gap, cell = outcome.gap.get((form, record.index)), own_cell(case, form, record.index, "gap")
        if gap and cell:
            reason = f"金额不符：{record.text('summary')}，中心{'多' if gap > 0 else '少'}记"
            figure = Amount(cell.text if gap > 0 else f"-{cell.text}", abs(gap))
            for book, usual in ((FINANCIAL, (CASH, COSTS)), (BUDGETARY, (FUND, SPENDING))):
                sides = reversed_if(usual, is_less=gap < 0)
                _adjust(case, reason, sides, figure, form, record, book=book)
    for form, record in _papers(case, outcome, SUBJECT):
        voucher = outcome.booked[form, record.index]
        sides = (_subject(record) or "", "、".join(sorted(voucher.economics())))
        if cell := own_cell(case, form, record.index, "school_amt"):
            figure = Amount(cell.text, outcome.amount[form, record.index])
            sides = (f"{SPENDING}（{sides[0]}）", f"{SPENDING}（{sides[1]}）")
            _adjust(case, f"科目不符：{record.text('summary')}", sides, figure, form, record, book=BUDGETARY)


def _adjust(  # noqa: PLR0913, PLR0917  (an entry)
    case: Case, reason: str, sides: tuple[str, str], amount: Amount, form: str, record: Record, *,
    book: str = FINANCIAL,
) -> None:
    numbers = (("报账单", record.text("claim_no")), ("凭证", record.text("voucher")), ("发票", record.text("invoice")))
    evidence = "，".join(f"{word} {text}" for word, text in numbers if text) or "见原表"
    case.adjustments.append(entry(reason, sides, amount, evidence, _place(case, form, record), book=book))
