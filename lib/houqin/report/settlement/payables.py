"""往来款清理: by party and by account, how old, loans to persons, wrong sides, against ledger and last year."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.data_sheets import Where
from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.case import Made
from houqin.report.settlement.dues import ACCOUNTS, BANDS, CODES, UNKNOWN_AGE, account_of, closings, label_of
from houqin.report.settlement.keyed import (
    NOTE_COLUMN,
    Keyed,
    below,
    less,
    noted_lines,
    shown,
    source_place,
    write_keyed,
)
from houqin.report.settlement.last_year import no_last_year
from houqin.report.settlement.lines import said_lacking, sheet_head
from houqin.workbook import CENTER, INPUT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.records import Record
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Sheet

FORM, BOOKS, SHEET = "payables", "trial_balance", "往来款清理"
MONEY_FIELDS = ("open", "increase", "decrease", "net")
BY_PARTY = (
    Col("序", CENTER, 5), Col("对方", WRAPPED, 26), Col("年初余额", MONEY, 16, "sum"),
    Col("本年增加", MONEY, 16, "sum"), Col("本年减少", MONEY, 16, "sum"), Col("年末余额", MONEY, 16, "sum"),
    *(Col(band, MONEY, 14, "sum") for band in (*BANDS, UNKNOWN_AGE)),
    Col("个人借款", MONEY, 12, "sum"), Col("方向相反", MONEY, 12, "sum"), Col("科目", WRAPPED, 17),
    Col("方向", CENTER, 6), Col("台账的行", CENTER, 10), Col("清理意见", INPUT.but(wrap=True), 16),
)  # fmt: skip
BY_ACCOUNT = (
    Col("编码", CENTER), Col("科目", WRAPPED), Col("明细年初", MONEY, 0, "sum"), Col("总账年初", MONEY, 0, "sum"),
    Col("年初差额", MONEY, 0, "sum"), Col("明细年末", MONEY, 0, "sum"), Col("总账年末", MONEY, 0, "sum"),
    Col("年末差额", MONEY, 0, "sum"),
)  # fmt: skip
BY_OPENING = (
    Col("序", CENTER), Col("对方", WRAPPED), Col("本年年初", MONEY, 0, "sum"), Col("上年年末", MONEY, 0, "sum"),
    Col("差额", MONEY, 0, "sum"), Col("科目", WRAPPED),
)  # fmt: skip
# Which sums of the ledger stand against which sub-ledger
GROUPS: Mapping[str, tuple[str, ...]] = {
    "1218": ("1218",), "2307": ("2307",), "2302": ("2302",), "rest": ("1211", "1212", "1214", "2301", "2305", "2502"),
}  # fmt: skip


class Party(NamedTuple):
    """A party of an account, and its rows."""

    code: str
    name: str
    records: list[Record]


def write_payables(case: Case, sheet: Sheet) -> None:
    """Fill 往来款清理; the checks name the row to look at first."""
    rules = case.rules.of_sheet(SHEET)
    says = f"账龄算到 {case.as_of}，满一年是 365 天。余额按科目自己的方向写，负数是方向相反的。"
    top = sheet_head(case, sheet, SHEET, says, (FORM, BOOKS))
    parties = _parties(case)
    row = below(top, len(rules))
    made: dict[str, Amount] = {}
    if case.has(FORM):
        row = _by_party(case, sheet, row, parties, made)
        row = _by_account(case, sheet, row, made)
        _by_opening(case, sheet, row, parties, made)
        _suspects(case, parties)
    for rule in rules:
        if rule.made:
            case.made[rule.id] = Made(made.get(rule.id) or lacking(FORM))
    noted_lines(case, sheet, top, rules, "往来款总数", len(BY_PARTY) if case.has(FORM) else NOTE_COLUMN)


def _parties(case: Case) -> list[Party]:
    """Give the parties by account in the order of the accounts, those without an account last."""
    if not case.has(FORM):
        return []
    found: dict[tuple[str, str], Party] = {}
    for record in case.chosen(FORM):
        code, name = account_of(record.text("kind")), record.text("party")
        found.setdefault((code, name.lower()), Party(code, name, [])).records.append(record)
    order = {each.code: n for n, each in enumerate(ACCOUNTS)}
    return sorted(found.values(), key=lambda each: order.get(each.code, len(order)))


def _sum(case: Case, field: str, row: int, party: Party, **more: str) -> CellValue:
    """Add up a column over a party's rows, the party by its cell in the table, the account by a constant."""
    if field not in case.data[FORM].columns:
        return None
    wheres = [Where("party", party.name, f"$B{row}"), Where("top", label_of(party.code), f'"{label_of(party.code)}"')]
    wheres += [Where(name, value, f'"{value}"') for name, value in more.items()]
    return case.total(FORM, field, *wheres)


def _by_party(case: Case, sheet: Sheet, top: int, parties: Sequence[Party], made: dict[str, Amount]) -> int:
    rows = [_party_row(case, top + 2 + n, n + 1, party) for n, party in enumerate(parties)]
    table, after = write_keyed(sheet, top, "按对方", BY_PARTY, rows)
    columns = case.data[FORM].columns
    for name, field, number in (
        ("dues_open", "open", 2), ("dues_more", "increase", 3), ("dues_less", "decrease", 4), ("dues_close", "net", 5),
    ):  # fmt: skip
        made[name] = table.total(number) if field in columns else lacking(case.untold(FORM, field))
    made["dues_old"] = add_amounts(table.sizes(number) for number in (7, 8, 9))
    made["dues_unknown_age"] = table.sizes(10)
    made["dues_loans"] = table.total(11)
    made["dues_wrong_side"] = table.total(12)
    return after


def _party_row(case: Case, row: int, number: int, party: Party) -> list[CellValue]:
    account = CODES.get(party.code)
    sums = [_sum(case, field, row, party) for field in MONEY_FIELDS]
    ages = [_sum(case, "net", row, party, age_band=band) for band in (*BANDS, UNKNOWN_AGE)]
    side = "" if account is None else "借" if account.side > 0 else "贷"
    return [
        number, party.name, *sums, *ages, _sum(case, "loan", row, party), _sum(case, "wrong", row, party),
        label_of(party.code), side, case.link(FORM, party.records), None,
    ]  # fmt: skip


def _by_account(case: Case, sheet: Sheet, top: int, made: dict[str, Amount]) -> int:
    """Compare the sub-ledger with the ledger, account by account, at both ends of the year."""
    rows: list[list[CellValue]] = []
    sides: dict[str, tuple[Amount, ...]] = {}
    for account in ACCOUNTS:
        sides[account.code] = amounts = _four(case, account.code)
        if not any(each.value for each in amounts):
            continue
        at = top + 3 + len(rows)
        opening, booked_open, closing, booked = amounts
        rows.append([
            account.code, account.name, shown(opening), shown(booked_open), less(opening, booked_open, at, (3, 4)),
            shown(closing), shown(booked), less(closing, booked, at, (6, 7)),
        ])  # fmt: skip
    note = "明细是往来款明细表，总账是科目余额表。明细表里没有的科目写“未核”，请补那个科目的明细。"
    table, after = write_keyed(sheet, top, "明细与总账（按科目）", BY_ACCOUNT, rows, note=note)
    case.kept["dues-open-gaps"] = [label_of(code) for code, each in sides.items() if each[0].value != each[1].value]
    made["dues_open_gap"] = _gaps(table, 4, [each[:2] for each in sides.values()])
    for group, codes in GROUPS.items():
        made[f"dues_{group}"] = add_amounts(sides[code][2] for code in codes)
        made[f"dues_{group}_booked"] = add_amounts(sides[code][3] for code in codes)
    return after


def _gaps(table: Keyed, number: int, sides: Sequence[tuple[Amount, ...]]) -> Amount:
    needs = [need for pair in sides for each in pair if each.value is None for need in each.needs]
    return lacking(*dict.fromkeys(needs)) if needs else table.sizes(number)


def _four(case: Case, code: str) -> tuple[Amount, Amount, Amount, Amount]:
    """Give an account's opening by both books and its closing by both; a sub-ledger that is not there is 未核."""
    sign = CODES[code].side
    booked = [case.sum(BOOKS, field, code=f"{code}*", leaf=1) for field in ("open_net", "close_net")]
    booked = booked if sign > 0 else [-each for each in booked]
    own = [case.sum(FORM, field, top=label_of(code)) for field in ("open", "net")]
    if not case.chosen(FORM, top=label_of(code)) and any(each.value for each in booked):
        own = [lacking(f"《{case.title_of(FORM)}》里没有 {label_of(code)} 的明细")] * 2
    return own[0], booked[0], own[1], booked[1]


def _by_opening(case: Case, sheet: Sheet, top: int, parties: Sequence[Party], made: dict[str, Amount]) -> None:
    """Compare this year's openings with last year's closings, party by party."""
    before = case.before.get(FORM)
    if before is None or "open" not in case.data[FORM].columns:
        made["dues_carry_gap"] = lacking(no_last_year(case, FORM) if before is None else case.untold(FORM, "open"))
        text = f"{said_lacking(case, made['dues_carry_gap'])}，年初余额没有和上年年末核对；补上再运行会自动核对。"
        write_keyed(sheet, top, "年初与上年年末（按对方）", BY_OPENING, [], note=text)
        return
    last = {key: value for key, value in closings(before).items() if value}
    rows: list[list[CellValue]] = []
    own = {(each.code, each.name.lower()): each for each in parties}
    for key in dict.fromkeys([*own, *last]):
        party = own.get(key) or Party(key[0], key[1], [])
        at = top + 2 + len(rows)
        opening = _sum(case, "open", at, party) if party.records else Decimal(0)
        value = opening.value if isinstance(opening, Formula) else opening
        closing = last.get(key, Decimal(0))
        if value or closing:
            gap = Formula(f"ROUND(C{at}-D{at},2)", Decimal(value or 0) - closing)  # type: ignore[arg-type]
            rows.append([len(rows) + 1, party.name, opening, closing, gap, label_of(key[0])])
            if gap.value and "dues-as-last-year" not in case.suspects and party.records:
                case.suspects["dues-as-last-year"] = source_place(case, FORM, party.records[0].index, "open")
    table, _ = write_keyed(sheet, top, "年初与上年年末（按对方）", BY_OPENING, rows)
    made["dues_carry_gap"] = table.sizes(4)


def _suspects(case: Case, parties: Sequence[Party]) -> None:
    """Name the row to look at first: the largest of those that a check is about."""
    records = [record for party in parties for record in party.records]
    for check, field in (("no-old-dues", "old"), ("no-personal-loans", "loan"), ("no-wrong-side-dues", "wrong")):
        own = [each for each in records if each.values.get(field)]
        if own:
            worst = max(own, key=lambda each: each.values[field])
            case.suspects[check] = source_place(case, FORM, worst.index, "balance")
    rolled = [each for each in records if _roll_gap(each)]
    if rolled:
        case.suspects["dues-roll"] = source_place(case, FORM, rolled[0].index, "balance")
    for group, codes in GROUPS.items():
        own = [each for each in records if account_of(each.text("kind")) in codes and each.values.get("balance")]
        if own:
            largest = max(own, key=lambda each: abs(each.values["balance"]))
            worst = next((each for each in rolled if each in own), largest)
            case.suspects[f"dues-{group}-as-booked"] = source_place(case, FORM, worst.index, "balance")


def _roll_gap(record: Record) -> Decimal:
    numbers = [record.number(name) or Decimal(0) for name in ("open", "increase", "decrease", "balance")]
    return numbers[0] + numbers[1] - numbers[2] - numbers[3]
