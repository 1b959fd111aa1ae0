"""The bank accounts of the year end: which statement belongs to which book, their balances, and what is outstanding."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.account.outstanding import Move, Reconciled, plain, reconcile
from houqin.report.settlement.amount import Amount, add_amounts, lacking
from houqin.report.settlement.case import OWN_YEAR
from houqin.report.settlement.keyed import own_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.account.rows import Row
    from houqin.report.records import Record
    from houqin.report.settlement.case import Case

BANK, JOURNAL, CASHBOOK, CANTEEN_BOOK, BALANCE = (
    "bank_statement", "journal", "cashbook", "canteen_journal", "trial_balance",
)  # fmt: skip
BANK_ACCOUNT = "1002"
_CANTEEN = re.compile(r"食堂|伙食|膳食|餐厅")
_OTHERS = re.compile(r"工会|党(?:费|支部|总支|委)|家委")  # other bodies' money is kept out (office.md)
_NOT_BANKED = re.compile(r"现金|财政(?:直接|授权)|零余额|公务卡")
_FEN = 100
_BEFORE = "@before"  # a form of the run of the year before
_LAST_MONTHS = "-10-01"  # of the year before: what was outstanding at its end began no earlier
_MANY = 3  # rows of a month in our book that a statement without a row of it has left out
_SHARE = 2  # a statement and a sub-account that have half of their amounts in common are one


@dataclass(frozen=True, slots=True)
class Pool:
    """Statements and the book that is held against them: of one account, or of all where nothing parts them.

    `statement` and `book` are the closing balances, live; `reconciled` is None where one of the two was not there.
    """

    name: str
    is_canteen: bool
    book_form: str
    statement: Amount
    book: Amount
    reconciled: Reconciled | None
    why: str = ""

    @property
    def is_one(self) -> bool:
        """Tell whether statement and book are of one account, and could be compared row by row."""
        return self.reconciled is not None and self.reconciled.is_one_book


def pools_of(case: Case) -> list[Pool]:
    """Give the accounts of the school, then the canteen's own; none without a statement. Worked out once."""
    if "bank_pools" not in case.kept:
        case.kept["bank_pools"] = _pools(case) if case.has(BANK) else []
    pools: list[Pool] = case.kept["bank_pools"]
    return pools


def _pools(case: Case) -> list[Pool]:
    school: dict[str, list[Record]] = {}
    canteen: list[Record] = []
    for each in case.chosen(BANK):
        said = _owner(case, each)
        if _OTHERS.search(said):
            continue
        if _CANTEEN.search(said):
            canteen.append(each)
        else:
            school.setdefault(each.text("account"), []).append(each)
    pools = _of_school(case, school)
    return [*pools, _pool(case, "食堂专户", canteen, (CANTEEN_BOOK, ""))] if canteen else pools


def _of_school(case: Case, statements: dict[str, list[Record]]) -> list[Pool]:
    """Hold each statement against its sub-account where all of them have one, else all against the account."""
    if not statements:
        return []
    together = [each for own in statements.values() for each in own]
    form = next((form for form in (JOURNAL, CASHBOOK) if form not in case.large and _entries(case, form, "")), "")
    codes = sorted({each.text("code") for each in _entries(case, JOURNAL, "")}) if form == JOURNAL else []
    if len(statements) > 1 and len(codes) == len(statements):
        found = {account: _likeliest(case, own, codes) for account, own in statements.items()}
        if sorted(found.values()) == codes:
            return [_pool(case, _said(account), statements[account], (form, code)) for account, code in found.items()]
    name = "、".join(map(_said, statements)) if len(statements) < 4 else f"{len(statements)} 个账户"
    return [_pool(case, name, together, (form, ""))]


def _said(account: str) -> str:
    """Name an account by its last digits: a whole number is nobody's business on a printed page."""
    return f"账号末四位 {account[-4:]}" if account else "银行账户"


def _likeliest(case: Case, statement: Sequence[Record], codes: Sequence[str]) -> str:
    amounts = Counter(_signed(BANK, each) for each in statement)
    shares = {}
    for code in codes:
        own = Counter(_signed(JOURNAL, each) for each in _entries(case, JOURNAL, code))
        shares[code] = (sum((amounts & own).values()), min(sum(amounts.values()), sum(own.values())))
    best = max(codes, key=lambda code: shares[code][0])
    return best if shares[best][0] * _SHARE >= shares[best][1] > 0 else ""


def _pool(case: Case, name: str, statement: Sequence[Record], book: tuple[str, str]) -> Pool:
    form, code = book
    is_canteen = form == CANTEEN_BOOK
    entries = _entries(case, form, code) if form and case.has(form) and form not in case.large else []
    at_bank, in_book = _balance_at_bank(case, statement), _book_balance(case, form, code, entries)
    if BANK in case.large or form in case.large:
        why = f"《{case.title_of(BANK if BANK in case.large else form)}》太长，按月合计，没有逐笔核对。"
        return Pool(name, is_canteen, form, at_bank, in_book, None, why)
    if not entries:
        why = f"没有可以逐笔核对的账：缺《{case.title_of(CANTEEN_BOOK if is_canteen else JOURNAL)}》里的银行存款。"
        return Pool(name, is_canteen, form, at_bank, in_book, None, why)
    ours, theirs = [_move(form, each) for each in entries], [_move(BANK, each) for each in statement]
    before = ([], []) if is_canteen else _before(case, form, code)
    missing: list[str] = []
    if all(before):
        first = f"{case.year - 1}{_LAST_MONTHS}"
        ours, theirs = before[0] + ours, before[1] + theirs
    else:
        first, missing = _covered(ours, theirs, case.first)
        ours, theirs = ([e for e in own if _is_asked(e, first, missing)] for own in (ours, theirs))
    known = at_bank.value is not None and in_book.value is not None and not all(before) and not missing
    last = f"{case.year}-12-31"
    opened = _opening(in_book, ours, last) - _opening(at_bank, theirs, last) if known else 0
    made = reconcile(ours, theirs, first, last, opened=opened)
    why = "" if made.is_one_book else "流水和账上的银行存款大多对不上，不像同一个账户的，没有逐笔列出。"
    said = f"对账单没有 {'、'.join(missing)} 的流水，这几个月没有逐笔核对。" if missing else ""
    return Pool(name, is_canteen, form, at_bank, in_book, made, why or said)


def _is_asked(move: Move, first: str, missing: Sequence[str]) -> bool:
    return not move.day or (move.day >= first and move.day[:7] not in missing)


def _opening(closing: Amount, moves: Sequence[Move], last: str) -> int:
    """Give what a book began with, fen: its closing less what moved."""
    return int((closing.value or Decimal(0)) * _FEN) - sum(each.amount for each in moves if each.day[:10] <= last)


def _covered(ours: Sequence[Move], theirs: Sequence[Move], first: str) -> tuple[str, list[str]]:
    """Give the day from which both books are there, and the months that a statement leaves out.

    A statement of December alone says nothing of the months before it.
    """
    starts = [min((each.day for each in own if each.day), default=first)[:7] for own in (ours, theirs)]
    start = max(first, *(f"{month}-01" for month in starts))
    there = {each.day[:7] for each in theirs}
    months = Counter(each.day[:7] for each in ours if start <= each.day and each.day[:7] <= max(there, default=""))
    return start, sorted(month for month, count in months.items() if count >= _MANY and month not in there)


def _entries(case: Case, form: str, code: str) -> list[Record]:
    """Give the rows of a book that move the bank account."""
    if not case.has(form):
        return []
    if form == JOURNAL:
        return [each for each in case.chosen(form) if _is_bank(each.text("code"), each.text("subject"), code)]
    if form == CASHBOOK:
        own = [each for each in case.chosen(form) if not _NOT_BANKED.search(each.text("pay_how"))]
        # A list of what was spent, from whatever fund, is no bank journal: that has a balance that runs on.
        return own if sum(each.number("balance") is not None for each in own) * 2 > len(own) else []
    return case.chosen(form)


def _is_bank(code: str, subject: str, wanted: str) -> bool:
    if code:
        return code.startswith(wanted or BANK_ACCOUNT)
    return not wanted and "银行存款" in subject


def _move(form: str, each: Record) -> Move:
    if form == BANK:
        names = [each.text(name) for name in ("counterparty", "summary", "purpose")]
        numbers = [each.text(name) for name in ("voucher", "serial_no")]
        group = each.text("counterparty") or each.text("summary")
    else:
        names = [each.text(name) for name in ("payee", "project", "summary", "remark")]
        numbers = [each.text(name) for name in ("voucher", "invoice")]
        group = each.text("voucher")
    return Move(
        form, each.index, each.text("date"), _signed(form, each), tuple(plain(name) for name in names if name),
        tuple(plain(number) for number in numbers if number), group,
    )  # fmt: skip


def _signed(form: str, each: Record) -> int:
    """Give the fen that a row moves, in positive: a bank's credit is the school's income."""
    plus, minus = _sides(form)
    if form == BANK and each.number("amount") is not None and each.text("side"):
        size = each.number("amount") or Decimal(0)
        return int((-size if each.text("side") == "借" else size) * _FEN)
    return int(((each.number(plus) or Decimal(0)) - (each.number(minus) or Decimal(0))) * _FEN)


def _sides(form: str) -> tuple[str, str]:
    return {BANK: ("credit", "debit"), JOURNAL: ("debit", "credit")}.get(form, ("income", "expense"))


def moved_cell(case: Case, move: Move) -> Amount:
    """Give the size of a movement as a reference to its cell in the data sheet."""
    size = Decimal(abs(move.amount)) / _FEN
    for field in (*_sides(move.form), "amount"):
        cell = own_cell(case, move.form, move.index, field) if move.form in case.data else None
        if cell is not None and abs(Decimal(cell.value)) == size:
            return Amount(cell.text if Decimal(cell.value) >= 0 else f"-{cell.text}", size)
    return Amount(format(size, "f"), size)


def _owner(case: Case, each: Record) -> str:
    source = case.ledgers[BANK].sources.iloc[each.index]
    return "".join((each.text("owner"), each.text("account"), str(source["file"]), str(source["sheet"])))


def _balance_at_bank(case: Case, statement: Sequence[Record]) -> Amount:
    """Give what the statements end with, all accounts together."""
    accounts: dict[str, list[Record]] = {}
    for each in statement:
        accounts.setdefault(each.text("account"), []).append(each)
    return add_amounts(_closing(case, BANK, own) for own in accounts.values())


def _closing(case: Case, form: str, rows: Sequence[Record]) -> Amount:
    """Give the balance after a book's last row of the year; a sheet may run from the newest on."""
    own = [each for each in rows if each.number("balance") is not None and each.values.get(OWN_YEAR)]
    if not own:
        return lacking(form)
    sources = case.ledgers[form].sources
    at = {each.index: (str(sources["file"].iloc[each.index]), str(sources["sheet"].iloc[each.index]),
                       int(sources["row"].iloc[each.index])) for each in own}  # fmt: skip
    ordered = sorted(own, key=lambda each: at[each.index])
    upward = -1 if ordered[0].text("date") > ordered[-1].text("date") else 1
    last = max(own, key=lambda each: (each.text("date"), at[each.index][:2], upward * at[each.index][2]))
    return _cell(case, form, last)


def _cell(case: Case, form: str, record: Record) -> Amount:
    cell = own_cell(case, form, record.index, "balance")
    return Amount(cell.text, record.number("balance")) if cell else lacking(form)


def _book_balance(case: Case, form: str, code: str, entries: Sequence[Record]) -> Amount:
    """Give the book's balance: what the trial balance says of the account, else the book's own running balance."""
    if form != CANTEEN_BOOK and case.chosen(BALANCE, code=f"{code or BANK_ACCOUNT}*", leaf=1):
        return case.sum(BALANCE, "close_net", code=f"{code or BANK_ACCOUNT}*", leaf=1)
    closing = _closing(case, form, entries) if form and entries else lacking()
    return closing if closing.value is not None else lacking(form if form == CANTEEN_BOOK else BALANCE)


def _before(case: Case, form: str, code: str) -> tuple[list[Move], list[Move]]:
    """Give the last months of the year before, where its run had both books."""
    since = f"{case.year - 1}{_LAST_MONTHS}"
    ours = [
        _earlier(form, row) for row in case.before.get(form, ())
        if row.text("date") >= since and (form != JOURNAL or _is_bank(row.text("code"), row.text("subject"), code))
    ]  # fmt: skip
    theirs = [
        _earlier(BANK, row) for row in case.before.get(BANK, ())
        if row.text("date") >= since and not re.search(f"{_CANTEEN.pattern}|{_OTHERS.pattern}", row.text("owner"))
    ]  # fmt: skip
    return ours, theirs


def _earlier(form: str, row: Row) -> Move:
    plus, minus = _sides(form)
    amount = (row.number(plus) or 0) - (row.number(minus) or 0)
    if form == BANK and row.number("amount") is not None and row.text("side"):
        amount = (row.number("amount") or 0) * (-1 if row.text("side") == "借" else 1)
    names = [row.text(name) for name in ("counterparty", "payee", "summary")]
    group = row.text("voucher") if form != BANK else row.text("counterparty", "summary")
    return Move(
        f"{form}{_BEFORE}", row.index, row.text("date"), amount, tuple(plain(name) for name in names if name), (), group
    )  # fmt: skip
