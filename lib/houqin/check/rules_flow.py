"""Named rules over books in the order of their rows: running balances, dates, vouchers whose sides must be equal."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, scaled
from houqin.model import Kind, RowKind
from houqin.values import canonical_text, number_of, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding, Table

_YEAR = re.compile(r"(?<!\d)(20\d{2})年?(?:度)?(?!\d)")
_SCHOOL_YEAR = re.compile(r"20\d{2}\s*[-—~至]\s*(20)?\d{2}|学年")
# So many dates, and so large a share of them, say which year a book is of.
_FEWEST_DATES, _MOST_OF = 4, Decimal("0.75")
_DAY, _MONTH = len("2025-09-01"), len("2025-09")


@dataclass(frozen=True, slots=True)
class Step:
    """A row of a book: what it adds to the balance, and the balance as it was typed; None where nothing is known."""

    record: int
    change: int | None
    typed: int | None


@dataclass(frozen=True, slots=True)
class Break:
    """A row whose balance does not follow: what stood before, what is right, whether the book goes on as typed."""

    record: int
    before: int
    right: int
    goes_on_typed: bool
    unproved: int | None = None  # the first row, where nothing says whether its balance is right


@table_rule("book-balance")
def check_book_balance(view: View, check: Check) -> Iterator[Finding]:
    """Compare each balance with the one before, what came in and what went out, account by account (`group`).

    The direction is the form's: `plus` raises it, `minus` lowers it; or one `amount` whose `side` says `minus_word`.
    With a field `direction` (借, 贷, 平) balances have a side, and the book may be one of a credit account. A list from
    the newest to the oldest is read upward. A wrong balance is told once; where the book goes on from what was typed
    and the amount looks like a slip, it is the amount that is told.
    """
    args = {name: str(value) for name, value in check.args.items() if isinstance(value, str)}
    balance = args["balance"]
    if not view.has(balance) or not _has_amounts(view, args):
        return
    for records in _groups(view, names_of(check, "group")):
        opening = _opening(view, args) if len(records) == view.length else None
        # Without 方向 the book may be a credit account's; an amount below zero has its sign, or is red on its side.
        signs = (1, -1) if "amount" in args or ("direction" in args and not view.has(args["direction"])) else (1,)
        ways = []
        for sign in signs:
            steps = [_step(view, args, record, sign) for record in records]
            both = [_breaks(steps, opening), _breaks(steps[::-1], opening)]
            ways += both[::-1] if _is_upward(view, args["date"], records) else both
        for each in min(ways, key=len):
            yield _told(view, check, args, each)


def _is_upward(view: View, date: str, records: list[int]) -> bool:
    """Tell a list from the newest to the oldest."""
    days = [str(view.text(date)[r]) for r in records if view.text(date)[r]] if view.has(date) else []
    return bool(days) and days[0] > days[-1]


def _has_amounts(view: View, args: Mapping[str, str]) -> bool:
    if "amount" in args:
        return view.has(args["amount"], args["side"])
    return view.has(args["plus"]) or view.has(args["minus"])


def _groups(view: View, fields: tuple[str, ...]) -> list[list[int]]:
    """Give the records account by account, in the order of their rows."""
    columns = [view.text(name) for name in fields if view.has(name)]
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for record in range(view.length):
        groups[tuple(str(column[record] or "") for column in columns)].append(record)
    return list(groups.values())


def _step(view: View, args: Mapping[str, str], record: int, sign: int) -> Step:
    """Read one row; amounts that cannot be read leave the change unknown.

    What other rules put right is read as it should be; of a row whose `beside` is wrong the balance follows from that.
    """
    is_wrong_beside = (args.get("beside", ""), record) in view.corrections
    typed = None if is_wrong_beside else view.value(args["balance"], record)
    if "amount" in args:
        amount, side = view.value(args["amount"], record), view.text(args["side"])[record]
        lowers = side == args["minus_word"] and amount is not None and (amount > 0 or sign < 0)
        return Step(record, None if amount is None else -amount if lowers else amount, typed)
    names = [args["plus"], args["minus"]]
    if any(view.unread(name)[record] for name in names if view.has(name)):
        return Step(record, None, typed)
    plus, minus = ((view.right_value(name, record) or 0) if view.has(name) else 0 for name in names)
    if "direction" in args and view.has(args["direction"]) and typed is not None:
        said = view.text(args["direction"])[record]
        typed = -typed if said == "贷" else typed
    return Step(record, sign * (plus - minus), typed)


def _breaks(steps: list[Step], opening: int | None) -> list[Break]:
    """Follow the balance from row to row; after a break the book may go on from either number."""
    found: list[Break] = []
    known: tuple[int, ...] = () if opening is None else (opening,)
    for at, step in enumerate(steps):
        if step.change is None:
            known = () if step.typed is None else (step.typed,)
            continue
        rights = tuple(before + step.change for before in known)
        if step.typed is None:
            known = rights
            continue
        if rights and step.typed not in rights:
            unproved = steps[0].record if at == 1 and opening is None else None
            found.append(Break(step.record, known[0], rights[0], goes_on_typed=False, unproved=unproved))
            known = (rights[0], step.typed)
            continue
        if len(rights) > 1 and rights[1] == step.typed != rights[0] and found:
            found[-1] = replace(found[-1], goes_on_typed=True)
        known = (step.typed,)
    return found


def _told(view: View, check: Check, args: Mapping[str, str], broken: Break) -> Finding:
    record, balance = broken.record, view.form.field(args["balance"])
    typed = view.value(balance.id, record) or 0
    is_signed = "direction" in args and view.has(args["direction"])
    is_credit = is_signed and view.text(args["direction"])[record] == "贷"
    right = -broken.right if is_credit else abs(broken.right) if is_signed else broken.right
    before = abs(broken.before) if is_signed else broken.before
    slip = likely_slip(typed, right, balance.scale)
    names = {"plus": args.get("plus", ""), "minus": args.get("minus", "")}
    amounts = {word: say_number(view.value(n, record) or 0, balance) if n else "" for word, n in names.items()}
    words = {**amounts, "before": say_number(before, balance), "expected": say_number(right, balance),
             "diff": say_number(abs(right - typed), balance), "hint": f"，{slip}" if slip else ""}  # fmt: skip
    finding = tell(view, check, record, words=words, expected=plain(right, balance.scale))
    if not broken.goes_on_typed:
        return finding
    if broken.unproved is not None:
        finding = replace(finding, related=(view.place(balance.id, broken.unproved),))
    return _at_amount(view, args, broken, (typed if not is_credit else -typed) - broken.right, finding)


def _at_amount(view: View, args: Mapping[str, str], broken: Break, gap: int, finding: Finding) -> Finding:
    """Point at the amount where the balances go on without it and its digits look like a slip."""
    for word, sign in (("plus", 1), ("minus", -1)):
        name = args.get(word, "")
        amount = view.value(name, broken.record) if name and view.has(name) else None
        if not amount:
            continue
        each = view.form.field(name)
        right = amount + sign * gap
        slip = likely_slip(amount, right, each.scale)
        if slip and right > 0:
            message = f"{finding.message}后面的余额都接着本行的余额，更像是“{each.title}”填错了：填的是 "
            message += f"{say_number(amount, each)}，应为 {say_number(right, each)}，{slip}。"
            text = plain(right, each.scale)
            return replace(finding, message=message, place=view.place(name, broken.record), field=name,
                           found=view.found(name, broken.record), expected=text, suggestion=text)  # fmt: skip
    message = f"{finding.message}后面的余额都接着本行的余额，请看本行金额是否写错，或前面漏登了一笔。"
    return replace(finding, message=message, suggestion=None)


def _opening(view: View, args: Mapping[str, str]) -> int | None:
    """Give the balance of a row 上年结转 or 期初余额 above the first record, below zero where its side is 贷."""
    table: Table = view.source  # type: ignore[assignment]
    balance = args["balance"]
    column = table.match.column_of(balance)
    rows = [row for row, kind in table.match.table.skipped.items() if kind == RowKind.OPENING]
    rows = [row for row in rows if view.length and row < int(table.spans[0][0])]
    if column is None or not rows or column.unit not in (None, "元"):
        return None
    cell = table.match.table.grid.cell(max(rows), column.column.index)
    sign = -1 if "direction" in args and _is_in_credit(view, args["direction"], max(rows)) else 1
    if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
        return sign * scaled(number_of(cell.value), view.form.field(balance).scale)
    read = parse_number(str(cell.value)) if cell.kind == Kind.TEXT else None
    return sign * scaled(read.value, view.form.field(balance).scale) if read else None


def _is_in_credit(view: View, direction: str, row: int) -> bool:
    table: Table = view.source  # type: ignore[assignment]
    column = table.match.column_of(direction)
    if column is None:
        return False
    said = canonical_text(str(table.match.table.grid.cell(row, column.column.index).value or ""))
    return said in {"贷", *view.form.field(direction).values.get("贷", ())}


@table_rule("date-sequence")
def check_date_sequence(view: View, check: Check) -> Iterator[Finding]:
    """Ask about a day that is out of the order in which the book runs; a list from the newest on runs downward."""
    name = str(check.args["date"])
    if not view.has(name):
        return
    for records in _groups(view, names_of(check, "group")):
        days = [(r, str(view.text(name)[r])) for r in records if len(str(view.text(name)[r] or "")) == _DAY]
        # A day of another year is told by the rule about years.
        year = Counter(day[:4] for _, day in days).most_common(1)[0][0] if days else ""
        days = [each for each in days if each[1][:4] == year] if _year_of(view, [d for _, d in days]) else days
        downs = [i for i in range(1, len(days)) if days[i][1] < days[i - 1][1]]
        # A book that is not kept by date has many: no finding is better than fifty.
        if not downs or len(downs) * 5 > len(days):
            continue
        for i in downs:
            lone = i + 1 < len(days) and days[i + 1][1] >= days[i - 1][1]
            wrong = i if lone or i + 1 == len(days) else i - 1
            before = days[wrong - 1][1] if wrong else days[1][1]
            yield tell(view, check, days[wrong][0], words={"before": before})


@table_rule("in-year")
def check_in_year(view: View, check: Check) -> Iterator[Finding]:
    """Ask about days outside the year of the book: that of its title, else that of most of its days."""
    name = str(check.args["date"])
    dates = [str(text) for text in view.text(name) if text] if view.has(name) else []
    year = _year_of(view, dates)
    if year is None:
        return
    for record, text in enumerate(view.text(name)):
        if text and str(text)[:4] != year:
            yield tell(view, check, record, words={"year": year})


def _year_of(view: View, dates: list[str]) -> str | None:
    table: Table = view.source  # type: ignore[assignment]
    titles = [canonical_text(note.text) for note in table.match.table.notes if note.label == "title"]
    if any(_SCHOOL_YEAR.search(title) for title in titles):
        return None
    named = {found for title in titles for found in _YEAR.findall(title)}
    if len(named) == 1 and any(date[:4] in named for date in dates):
        return str(named.pop())
    year, count = Counter(date[:4] for date in dates).most_common(1)[0] if dates else ("", 0)
    return year if count >= _FEWEST_DATES and Decimal(count) / len(dates) > _MOST_OF else None


@table_rule("voucher-balance")
def check_voucher_balance(view: View, check: Check) -> Iterator[Finding]:
    """Compare both sides of each voucher, in a journal that holds whole vouchers: most have entries on both sides.

    Numbers begin anew each month; a row without one goes on with the voucher above.
    """
    voucher, date, debit, credit = (str(check.args[name]) for name in ("voucher", "date", "debit", "credit"))
    if not view.has(voucher, debit, credit, str(check.args["subject"])):
        return
    numbers = _vouchers(view, voucher, date)
    ways = [
        [(own, _sum(view, debit, own), _sum(view, credit, own)) for own in groups]
        for groups in (_runs(numbers), _by_month(numbers))
    ]
    made = max(ways, key=lambda way: sum(left == right for _, left, right in way) / max(1, len(way)))
    if sum(left == right for _, left, right in made) * 2 < len(made):
        return
    each = view.form.field(credit)
    for own, left, right in made:
        if left != right:
            words = {"left": say_number(left, each), "right": say_number(right, each),
                     "diff": say_number(abs(left - right), each)}  # fmt: skip
            amounts = [(n, r) for r in own for n in (debit, credit) if view.value(n, r) is not None]
            cell, last = amounts[-1] if amounts else (credit, own[-1])
            # Any of them may be the wrong one.
            related = tuple(view.place(n, r) for n, r in amounts[:-1])
            yield tell(view, replace(check, cell=cell), last, words=words, related=related)


def _sum(view: View, name: str, records: list[int]) -> int:
    return sum(view.value(name, record) or 0 for record in records)


def _vouchers(view: View, voucher: str, date: str) -> list[tuple[str, str]]:
    """Give month and voucher of each record, "" before the first."""
    found: list[tuple[str, str]] = []
    month, number = "", ""
    for record in range(view.length):
        said, day = view.text(voucher)[record], view.text(date)[record] if view.has(date) else None
        month, number = str(day)[:_MONTH] if day else month, canonical_text(str(said)) if said else number
        found.append((month, number))
    return found


def _runs(numbers: list[tuple[str, str]]) -> list[list[int]]:
    """Take records of one number that follow one another as a voucher."""
    runs: list[list[int]] = []
    for record, (_, number) in enumerate(numbers):
        if runs and numbers[record - 1][1] == number:
            runs[-1].append(record)
        elif number:
            runs.append([record])
    return runs


def _by_month(numbers: list[tuple[str, str]]) -> list[list[int]]:
    """Take records of one number and month as a voucher, wherever they stand."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for record, key in enumerate(numbers):
        if key[1]:
            groups[key].append(record)
    return list(groups.values())
