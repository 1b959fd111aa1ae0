"""支出明细, 预算执行, 项目支出 and 公用经费: spending by economic classification, by budget and by project."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.settlement.amount import Amount, add_amounts
from houqin.report.settlement.lines import said_lacking, sheet_head, write_lines
from houqin.report.settlement.unset import unset
from houqin.report.summary_case import INDENTED, NUMBER, write_note
from houqin.workbook import CODE, COUNT, HEADING, MONEY, PERCENT, WRAPPED, Area, Col, Formula, Series

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Link, Placed, Sheet

# A source of spending: form, column, further conditions
SOURCES: Mapping[str, tuple[str, str, Mapping[str, str | int]]] = {
    "executed": ("budget_execution", "total", {"leaf": 1}),
    "cashbook": ("cashbook", "expense", {"own_year": 1}),
    "quota": ("quota", "paid", {}),
}
KINDS = {"301": "工资福利支出", "302": "商品和服务支出", "303": "对个人和家庭的补助", "310": "资本性支出"}
HUNDREDTH = Decimal("0.01")


def write_spending(case: Case, sheet: Sheet) -> None:
    """Fill 支出明细: a row an economic code, the sources side by side."""
    forms = [form for form, _, _ in SOURCES.values()]
    says = "按部门预算支出经济分类（收付实现制）。三处的数应当一致，差额要有说明。"
    top = sheet_head(case, sheet, "支出明细（经济分类）", says, forms)
    columns = (
        Col("编码", CODE, 9), Col("经济科目", WRAPPED, 24), Col("预算执行表", MONEY, 16, "sum"),
        Col("收支明细账", MONEY, 16, "sum"), Col("指标已支付", MONEY, 16, "sum"),
        Col("执行表−明细账", MONEY, 14, "sum"),
        Col("执行表−指标", MONEY, 14, "sum"), Col("取数", INDENTED, 14),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    for code, name in _codes(case):
        amounts = [_of(case, source, code) for source in SOURCES]
        row = top + 1 + len(rows)
        gaps = [_gap(amounts[0], amounts[1], f"C{row}", f"D{row}"), _gap(amounts[0], amounts[2], f"C{row}", f"E{row}")]
        rows.append([code, name, *(_shown(each) for each in amounts), *gaps, _first_link(case, code)])
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    for number, source in enumerate(SOURCES, 2):
        _keep_source(case, source, placed, number, rows)
    row = placed.next_row
    row = _kinds(case, sheet, row, placed, rows)
    booked = [each for each in case.rules.of_sheet("支出明细") if not each.made]
    row = write_lines(case, sheet, row, booked, "账上的支出结构", fitted=False)
    write_note(sheet, row, len(columns), "人员经费 = 301 + 303；公用经费 = 基本支出里的 302 + 310；项目见“项目支出”。")


def _keep_source(
    case: Case, source: str, placed: Placed, column: int, rows: Sequence[Sequence[CellValue]]
) -> None:
    line, form = f"sp_{source}", SOURCES[source][0]
    if case.has(form):
        case.keep_total(line, placed, column, rows)
    else:
        case.missing_line(line, form)


def _kinds(case: Case, sheet: Sheet, row: int, placed: Placed, rows: Sequence[Sequence[CellValue]]) -> int:
    """Write the sums of the four kinds, of the budget's execution, which must give the total again."""
    sheet.text(row, 1, "按大类", HEADING)
    codes, sums = placed.column(0), placed.column(2)
    kinds: list[list[CellValue]] = []
    for kind, title in KINDS.items():
        own = [each[2] for each in rows if str(each[0]).startswith(kind)]
        value = sum((_value(each) for each in own), Decimal(0))
        text = f'SUMIFS({sums.local},{codes.local},"{kind}*")' if rows else "0"
        kinds.append([kind, title, Formula(f"ROUND({text},2)", value)])
        area = Area(sheet.name, row + 2 + len(kinds) - 1, 3, row + 2 + len(kinds) - 1, 3)
        amount = Amount(area.ref, value) if case.has("budget_execution") else None
        if amount is None:
            case.missing_line(f"sp_{kind}", "budget_execution")
        else:
            case.keep(f"sp_{kind}", area, amount)
    columns = (Col("类", CODE), Col("名称", WRAPPED), Col("预算执行表", MONEY, 0, "sum"))
    made = sheet.table(row + 1, 1, columns, kinds, autofilter=False, freeze=False)
    total = sum((_value(each[2]) for each in kinds), Decimal(0))
    if not total:
        return made.next_row
    most = max(kinds, key=lambda each: _value(each[2]))
    title = f"支出 {total:,.2f} 元，{most[1]}最多，占 {_value(most[2]) * 100 / total:.1f}%"
    series = [Series("支出（元）", made.column(2), "#,##0")]
    sheet.chart(row + 1, 5, title=title, categories=made.column(1), series=series, kind="bar", size=(520, 220))
    return made.next_row + 5


def write_execution(case: Case, sheet: Sheet) -> None:
    """Fill 预算执行: each subject and project with its full budget, what was spent, the rate and what is left."""
    form = "budget_execution"
    says = "全年预算 = 年初预算 + 调整；执行率 = 支出 ÷ 全年预算；余额是负数的超了预算。汇总科目灰色，不计入合计。"
    top = sheet_head(case, sheet, "预算执行", says, (form, "budget", "quota"))
    lines = ("ex_initial", "ex_adjust", "ex_full", "ex_spent", "ex_left", "ex_over")
    if not case.has(form):
        for line in lines:
            case.missing_line(line, form)
        _described(case, sheet, top)
        return
    columns = (
        Col("编码", CODE, 9), Col("科目", WRAPPED, 24), Col("项目", WRAPPED, 16), Col("末级", COUNT, 6),
        Col("年初预算", MONEY, 16), Col("调整", MONEY, 14), Col("全年预算", MONEY, 16), Col("支出", MONEY, 16),
        Col("执行率", PERCENT, 9), Col("余额", MONEY, 14), Col("超支", MONEY, 12), Col("取数", INDENTED, 12),
    )  # fmt: skip
    rows = [
        _execution_row(case, record, top + 1 + n)
        for n, record in enumerate(case.chosen(form))
    ]
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    sheet.highlight(placed.filter_area._replace(top=placed.first), f"$D{placed.first}=0", "band")
    row = placed.last + 1
    leaf = placed.column(3)
    sheet.text(row, 1, "合计（末级）", WRAPPED.but(bold=True))
    for line, column in zip(lines, (4, 5, 6, 7, 9, 10), strict=True):
        area = placed.column(column)
        value = sum((_value(each[column]) for each in rows if _value(each[3]) == 1), Decimal(0))
        text = f"ROUND(SUMIFS({area.local},{leaf.local},1),2)"
        sheet.formula(row, column + 1, text, value, MONEY.but(bold=True, rule="total"))
        cell = Area(sheet.name, row, column + 1, row, column + 1)
        case.keep(line, cell, Amount(cell.ref, value))
    _described(case, sheet, placed.last + 4)


def _described(case: Case, sheet: Sheet, top: int) -> None:
    own = [each for each in case.rules.of_sheet("预算执行") if not each.made]
    write_lines(case, sheet, top, own, "三公经费", fitted=False)


def _execution_row(case: Case, record: Record, row: int) -> list[CellValue]:
    def cell(name: str) -> CellValue:
        return case.cell_of("budget_execution", record, name)

    initial, adjust, spent = (record.number(name) or Decimal(0) for name in ("initial", "adjust", "total"))
    full = record.number("full")
    worked_out = initial + adjust if full is None else full
    if record.number("leaf"):
        _suspect(case, "within-the-budget", record, "total", wrong=spent > worked_out)
        _suspect(case, "full-is-initial-and-adjusted", record, "full", wrong=worked_out != initial + adjust)
    full_cell: CellValue = cell("full") or Formula(f"SUM(E{row})+SUM(F{row})", worked_out)
    rate: CellValue = None
    if worked_out:
        ratio = (spent / worked_out).quantize(Decimal("0.0001"), ROUND_HALF_UP)
        rate = Formula(f"ROUND(SUM(H{row})/G{row},4)", ratio)
    return [
        record.text("code"), record.text("subject"), record.text("project") or None, record.number("leaf"),
        cell("initial"), cell("adjust"), full_cell, cell("total"), rate,
        Formula(f"SUM(G{row})-SUM(H{row})", worked_out - spent),
        Formula(f"MAX(0,ROUND(SUM(H{row})-SUM(G{row}),2))", max(Decimal(0), spent - worked_out)),
        case.link("budget_execution", [record]),
    ]  # fmt: skip


def _suspect(case: Case, check: str, record: Record, field: str, *, wrong: bool) -> None:
    """Keep the first row that makes a check fail, for a person to look at first."""
    if wrong and check not in case.suspects:
        case.suspects[check] = case.place_of("budget_execution", record.index, field)


def write_projects(case: Case, sheet: Sheet) -> None:
    """Fill 项目支出: a row a project, budget, spending in each source, what is left; 基本支出 stands apart."""
    forms = ("budget_execution", "cashbook", "quota")
    says = "项目钱只能用在项目上，基本支出不能和项目混用。没有写项目的行算基本支出。"
    top = sheet_head(case, sheet, "项目支出", says, forms)
    names = _projects(case)
    columns = (
        Col("序", NUMBER, 5), Col("项目", WRAPPED, 30), Col("全年预算", MONEY, 16, "sum"),
        Col("预算执行表支出", MONEY, 16, "sum"), Col("收支明细账支出", MONEY, 16, "sum"),
        Col("执行表−明细账", MONEY, 14, "sum"), Col("余额", MONEY, 14, "sum"), Col("取数", INDENTED, 14),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    for name in names:
        row = top + 1 + len(rows)
        full = case.sum("budget_execution", "full", project=name, leaf=1)
        spent = case.sum("budget_execution", "total", project=name, leaf=1)
        booked = case.sum("cashbook", "expense", project=name, own_year=1)
        records = case.chosen("budget_execution", project=name, leaf=1) if case.has("budget_execution") else []
        if spent.value is not None and booked.value is not None:
            _stray(case, name, spent.value - booked.value)
        rows.append([
            len(rows) + 1, name, _shown(full), _shown(spent), _shown(booked),
            _gap(spent, booked, f"D{row}", f"E{row}"), _gap(full, spent, f"C{row}", f"D{row}"),
            case.link("budget_execution", records),
        ])  # fmt: skip
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    for line, column, form in (("pr_spent", 3, "budget_execution"), ("pr_booked", 4, "cashbook")):
        if case.has(form):
            case.keep_total(line, placed, column, rows)
        else:
            case.missing_line(line, form)


def _stray(case: Case, project: str, lacking: Decimal) -> None:
    """Keep the one payment that stands elsewhere in the cash book and is just what a project lacks there."""
    own = case.chosen("cashbook", own_year=1)
    found = [each for each in own if lacking and each.number("expense") == lacking and each.text("project") != project]
    if len(found) == 1 and "project-in-cashbook" not in case.suspects:
        case.suspects["project-in-cashbook"] = case.place_of("cashbook", found[0].index, "expense")


def write_public(case: Case, sheet: Sheet) -> None:
    """Fill 公用经费: 302 and 310 of the basic spending by subject, by department, and per pupil."""
    forms = ("cashbook", "claim_register")
    says = "基本支出里的商品和服务支出（302）和资本性支出（310）。公用经费不得用来发人员的钱。"
    top = sheet_head(case, sheet, "公用经费", says, forms)
    row = _public_by_subject(case, sheet, top)
    row = _public_by_department(case, sheet, row)
    _per_pupil(case, sheet, row)


def _public_by_subject(case: Case, sheet: Sheet, top: int) -> int:
    columns = (
        Col("编码", CODE, 9), Col("经济科目", WRAPPED, 26), Col("收支明细账", MONEY, 16, "sum"), Col("笔数", COUNT, 8),
        Col("取数", INDENTED, 16),
    )  # fmt: skip
    names = dict(_codes(case))
    records = [each for each in case.chosen("cashbook", own_year=1) if _is_public(each)]
    codes = sorted({each.text("code")[:5] for each in records})
    rows: list[list[CellValue]] = []
    basics = sorted({each.text("project") for each in records})
    for code in codes:
        own = [each for each in records if each.text("code").startswith(code)]
        parts = [
            case.sum("cashbook", "expense", code=f"{code}*", own_year=1, **({"project": basic} if basic else {}))
            for basic in basics
        ]
        amount = add_amounts(parts) if all(basics) else None
        value = sum((each.number("expense") or Decimal(0) for each in own), Decimal(0))
        cell: CellValue = amount.cell if amount is not None and amount.value == value else value
        rows.append([code, names.get(code, own[0].text("subject")), cell, len(own), case.link("cashbook", own)])
    placed = sheet.table(top, 1, columns, rows, freeze=False)
    if case.has("cashbook"):
        case.keep_total("pu_booked", placed, 2, rows)
    else:
        case.missing_line("pu_booked", "cashbook")
    return placed.next_row


def _public_by_department(case: Case, sheet: Sheet, row: int) -> int:
    if not case.has("claim_register") or "dept" not in case.data["claim_register"].columns:
        return row
    sheet.text(row, 1, "按处室（报账登记）", HEADING)
    names = list(dict.fromkeys(each.text("dept") for each in case.chosen("claim_register") if each.text("dept")))
    columns = (Col("序", NUMBER), Col("处室", WRAPPED), Col("报账金额", MONEY, 0, "sum"), Col("取数", INDENTED))
    rows: list[list[CellValue]] = [
        [n, name, case.sum("claim_register", "amount", dept=name).cell,
         case.link("claim_register", case.chosen("claim_register", dept=name))]
        for n, name in enumerate(names, 1)
    ]  # fmt: skip
    return sheet.table(row + 1, 1, columns, rows, autofilter=False, freeze=False).next_row


def _per_pupil(case: Case, sheet: Sheet, row: int) -> None:
    """Write 生均公用经费: booked public spending by the pupils of the roll, the formula printed."""
    pupils = sum(each.pupils for each in case.school.classes)
    booked = case.line("pu_booked")
    sheet.text(row, 1, "生均公用经费", HEADING)
    if booked.value is None or not pupils:
        lacks = booked if pupils else booked.resting([unset("pupils")])
        write_note(sheet, row + 1, 6, f"? 未核：{said_lacking(case, lacks)}。")
        return
    value = (booked.value / pupils).quantize(HUNDREDTH, ROUND_HALF_UP)
    sheet.text(row + 1, 2, f"公用经费 ÷ 在校生 {pupils} 人（学校设置的班额）", WRAPPED)
    sheet.formula(row + 1, 3, f"ROUND({booked.text}/{pupils},2)", value, MONEY)
    base = case.school.accounting.get("fund_base")
    if isinstance(base, Decimal):
        sheet.text(row + 2, 2, f"定额 {base} 元 × {pupils} 人", WRAPPED)
        sheet.formula(row + 2, 3, f"ROUND({base}*{pupils},2)", (base * pupils).quantize(HUNDREDTH), MONEY)


def _is_public(record: Record) -> bool:
    basic = record.text("project") in {"", "基本支出", "公用经费"}
    return basic and record.text("code").startswith(("302", "310")) and bool(record.number("expense"))


def _codes(case: Case) -> list[tuple[str, str]]:
    """Give the economic codes of five digits that any source has, with their names, in order."""
    names: dict[str, str] = {}
    for form, _, where in SOURCES.values():
        for record in case.chosen(form, **where) if case.has(form) else ():
            code = record.text("code")[:5]
            if code[:2] in {"30", "31", "39"}:
                names.setdefault(code, record.text("subject"))
                names[code] = names[code] or record.text("subject")
    return sorted(names.items())


def _projects(case: Case) -> list[str]:
    """Give the projects that the budget's execution or the cash book names, without the basic spending."""
    found: dict[str, None] = {}
    for form, where in (("budget_execution", {"leaf": 1}), ("cashbook", {"own_year": 1})):
        for record in case.chosen(form, **where) if case.has(form) else ():
            name = record.text("project")
            if name and name not in {"基本支出", "人员经费", "公用经费"}:
                found[name] = None
    return list(found)


def _of(case: Case, source: str, code: str) -> Amount:
    form, field, where = SOURCES[source]
    return case.sum(form, field, code=f"{code}*", **where)


def _shown(amount: Amount) -> CellValue:
    return None if amount.value is None else amount.cell


def _gap(left: Amount, right: Amount, first: str, second: str) -> CellValue:
    if left.value is None or right.value is None:
        return None
    return Formula(f"ROUND({first}-{second},2)", left.value - right.value)


def _first_link(case: Case, code: str) -> Link | None:
    for form, field, where in SOURCES.values():
        if case.has(form):
            records = [each for each in case.chosen(form, code=f"{code}*", **where) if each.values.get(field)]
            if records:
                return case.link(form, records)
    return None


def _value(cell: CellValue) -> Decimal:
    value = cell.value if isinstance(cell, Formula) else cell
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)

