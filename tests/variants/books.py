"""One year of a school's books in vouchers, and trial balances of any month as different programs print them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

YEAR = 2025
DECEMBER = 12
NAMES = {
    "1002": "银行存款", "100201": "基本户", "100202": "食堂专户", "1218": "其他应收款", "1601": "固定资产",
    "1602": "固定资产累计折旧", "2307": "其他应付款", "230701": "作业本费", "230702": "保险费", "3001": "累计盈余",
    "3301": "本期盈余", "4001": "财政拨款收入", "4609": "其他收入", "5001": "业务活动费用", "500101": "工资福利费用",
    "500102": "商品和服务费用", "50010201": "办公费", "50010202": "水电费", "6001": "财政拨款预算收入",
    "6609": "其他预算收入", "7201": "事业支出", "720101": "基本支出", "720102": "项目支出", "8001": "资金结存",
    "8101": "财政拨款结转", "8202": "非财政拨款结余",
}  # fmt: skip
OPENING = {
    "100201": 500_000, "100202": 80_000, "1218": 2_000, "1601": 900_000, "1602": -300_000, "230701": -12_000,
    "230702": -70_000, "3001": -1_100_000, "8001": 500_000, "8101": -460_000, "8202": -40_000,
}  # fmt: skip
CREDIT = ("2", "3", "4", "6", "81", "82", "1602")


class Entry(NamedTuple):
    """A line of a voucher: code, debit, credit in 元; red ones are negative."""

    code: str
    debit: Decimal
    credit: Decimal


class Voucher(NamedTuple):
    """A voucher: its day, number, what for, and its lines, whose debits and credits are equal in each book."""

    day: str
    number: str
    summary: str
    entries: tuple[Entry, ...]


def entry(code: str, amount: str | int | Decimal) -> Entry:
    """Make a line of one side: positive in debit, negative in credit."""
    value = Decimal(str(amount))
    return Entry(code, value, Decimal(0)) if value >= 0 else Entry(code, Decimal(0), -value)


def _pair(month: int, number: int, summary: str, *entries: Entry, day: int = 0) -> Voucher:
    return Voucher(f"{YEAR}-{month:02d}-{day or min(2 + number * 3, 28):02d}", f"记-{number}", summary, entries)


def vouchers(*, closed: bool = True) -> list[Voucher]:
    """Give the vouchers of the year; `closed` adds the two that carry income and expense over in December."""
    made: list[Voucher] = []
    for month in range(1, 13):
        grant, pay = Decimal(60_000 + 100 * month) + Decimal("0.5"), Decimal(41_000 + 10 * month)
        office, water = Decimal(3_000 + month) + Decimal("0.37"), Decimal(1_200 + 20 * month)
        made += [
            _pair(month, 1, "收到财政拨款", entry("100201", grant), entry("4001", -grant), entry("8001", grant), entry("6001", -grant)),
            _pair(month, 2, "发放工资", entry("500101", pay), entry("100201", -pay), entry("720101", pay), entry("8001", -pay)),
            _pair(month, 3, "购办公用品", entry("50010201", office), entry("100201", -office), entry("720101", office), entry("8001", -office)),
            _pair(month, 4, "付水电费", entry("50010202", water), entry("100201", -water), entry("720101", water), entry("8001", -water)),
            _pair(month, 5, "计提折旧", entry("500102", 0), entry("50010202", 500), entry("1602", -500)),
        ]  # fmt: skip
        if month in {3, 9}:
            made.append(_pair(month, 6, "收作业本费", entry("100201", 20_000), entry("230701", -20_000)))
        if month == 6:
            made.append(_pair(month, 6, "退作业本费", entry("230701", 9_000), entry("100201", -9_000)))
        if month == 10:
            made.append(_pair(month, 6, "购课桌", entry("1601", 30_000), entry("100201", -30_000), entry("720102", 30_000), entry("8001", -30_000)))
        if month == 11:
            made.append(_pair(month, 6, "利息收入", entry("100201", "12.34"), entry("4609", "-12.34"), entry("8001", "12.34"), entry("6609", "-12.34")))
    if closed:
        made.append(_closing(made))
    return [each._replace(entries=tuple(e for e in each.entries if e.debit or e.credit)) for each in made]


def _closing(made: Iterable[Voucher]) -> Voucher:
    """Carry income and expense over: 4 and 5 to 3301, 6 and 7 to 8101 and 8202."""
    held: dict[str, Decimal] = defaultdict(Decimal)
    for each in made:
        for code, debit, credit in each.entries:
            held[code] += debit - credit
    entries = [entry(code, -net) for code, net in held.items() if code[0] in "4567" and net]
    to = {"4": "3301", "5": "3301", "6": "8101", "7": "8101"}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for code, net in held.items():
        if code[0] in to:
            sums["8202" if code.startswith("66") else to[code[0]]] += net
    return _pair(DECEMBER, 9, "年末结转", *entries, *(entry(code, net) for code, net in sums.items()), day=31)


class Line(NamedTuple):
    """An account in a period, debit positive: the year's and the month's opening, movements, closing."""

    code: str
    year_open: Decimal
    open: Decimal
    dr: Decimal
    cr: Decimal
    ytd_dr: Decimal
    ytd_cr: Decimal
    close: Decimal


def lines(until: int = DECEMBER, *, first: int | None = None, closed: bool = True, own: Sequence[Voucher] | None = None) -> list[Line]:
    """Give the accounts of a month (or from month `first` to `until`) with those above them, in the order of codes."""
    start = until if first is None else first
    moves: dict[str, list[tuple[int, Entry]]] = defaultdict(list)
    for each in vouchers(closed=closed) if own is None else own:
        for one in each.entries:
            for code in above(one.code):
                moves[code].append((int(each.day[5:7]), one))
    opening: dict[str, Decimal] = defaultdict(Decimal)
    for leaf, amount in OPENING.items():
        for code in above(leaf):
            opening[code] += amount
    made = []
    for code in sorted({*moves, *opening}):
        before = [e for month, e in moves[code] if month < start]
        within = [e for month, e in moves[code] if start <= month <= until]
        dr, cr = (sum((getattr(e, side) for e in within), Decimal(0)) for side in ("debit", "credit"))
        ydr, ycr = (sum((getattr(e, side) for e in [*before, *within]), Decimal(0)) for side in ("debit", "credit"))
        opened = opening[code] + sum((e.debit - e.credit for e in before), Decimal(0))
        made.append(Line(code, opening[code], opened, dr, cr, ydr, ycr, opened + dr - cr))
    return made


def above(code: str) -> list[str]:
    """Give a code and those above it: 50010201, 500102, 5001."""
    return [code[:end] for end in range(4, len(code) + 1, 2)]


def net(made: Iterable[Line], code: str, name: str) -> Decimal:
    """Give a figure of one account."""
    return next((getattr(each, name) for each in made if each.code == code), Decimal(0))


CODES: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "dots": lambda code: ".".join([code[:4], *(code[i : i + 2] for i in range(4, len(code), 2))]),
    "dashes": lambda code: "-".join([code[:4], *(code[i : i + 2] for i in range(4, len(code), 2))]),
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a program prints a trial balance.

    `figures` are groups of columns: header and the figure of Line (a balance, or "month", "year" for movements).
    `sides`: two (借方, 贷方 below each balance), one (方向 and 余额), signed (one column, debit positive, as 借方余额
    negative where in credit by the account's own side).
    """

    title: str
    figures: tuple[tuple[str, str], ...]
    sides: str = "two"
    codes: str = "plain"
    paths: str = ""  # between the names of a path: 业务活动费用\商品和服务费用
    classes: bool = False  # a subtotal a class
    total: bool = False
    extra: Mapping[str, str] = field(default_factory=dict)  # further columns, the same word in each row
    notes: tuple[str, ...] = ()


def write(path: Path, look: Look, made: Sequence[Line], sheet: str = "Sheet1") -> Path:
    """Write a workbook of one trial balance."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.load_workbook(path) if path.exists() else openpyxl.Workbook()
    page = book.create_sheet(sheet) if path.exists() else book.active
    page.title = sheet
    page.append([look.title])
    for note in look.notes:
        page.append([note])
    top, below = _headers(look)
    page.append(top)
    if any(below):
        page.append(below)
        first = page.max_row - 1
        for column in range(1, len(top) + 1):
            if not below[column - 1]:
                page.merge_cells(start_row=first, end_row=first + 1, start_column=column, end_column=column)
        starts = [i for i, text in enumerate(top) if text and below[i]]
        for start in starts:
            width = next((i for i in range(start + 1, len(top)) if top[i]), len(top)) - start
            page.merge_cells(start_row=first, end_row=first, start_column=start + 1, end_column=start + width)
    for row in _rows(look, made):
        page.append(row)
    book.save(path)
    return path


def _headers(look: Look) -> tuple[list[str], list[str]]:
    top, below = ["科目编码", "科目名称", *look.extra], ["", "", *("" for _ in look.extra)]
    for title, figure in look.figures:
        if figure in {"month", "year"} or look.sides == "two":
            top, below = [*top, title, ""], [*below, "借方", "贷方"]
        elif look.sides == "one":
            top, below = [*top, title, ""], [*below, "方向", "余额"]
        else:
            top, below = [*top, title], [*below, ""]
    return top, below


KINDS = {
    "1": "资产", "2": "负债", "3": "净资产", "4": "收入", "5": "费用", "6": "预算收入", "7": "预算支出",
    "8": "预算结余",
}  # fmt: skip


def _rows(look: Look, made: Sequence[Line]) -> list[list[object]]:
    rows: list[list[object]] = []
    for kind, own in itertools.groupby(made, lambda each: each.code[0]):
        accounts = list(own)
        for each in accounts:
            names = [NAMES[code] for code in above(each.code)]
            name = look.paths.join(names) if look.paths else names[-1]
            rows.append([CODES[look.codes](each.code), name, *look.extra.values(), *_amounts(look, each)])
        if look.classes:
            rows.append(_sum_row(look, f"{KINDS[kind]}小计", accounts))
    if look.total:
        rows.append(_sum_row(look, "合计", made))
    return rows


def _sum_row(look: Look, label: str, own: Sequence[Line]) -> list[object]:
    amounts = [_amounts(look, each) for each in own if len(each.code) == 4]
    summed: list[object] = []
    for column in zip(*amounts, strict=True):
        numbers = [Decimal(str(value)) for value in column if isinstance(value, int | float)]
        summed.append(float(sum(numbers)) if numbers else None)
    return [None, label, *(None for _ in look.extra), *summed]


def _amounts(look: Look, each: Line) -> list[object]:
    cells: list[object] = []
    for _, figure in look.figures:
        if figure in {"month", "year"}:
            pair = (each.dr, each.cr) if figure == "month" else (each.ytd_dr, each.ytd_cr)
            cells += [float(value) if value else None for value in pair]
            continue
        value: Decimal = getattr(each, figure)
        credit = each.code.startswith(CREDIT)
        if look.sides == "two":
            cells += [float(value) if value > 0 else None, float(-value) if value < 0 else None]
        elif look.sides == "one":
            cells += ["平" if not value else "借" if value > 0 else "贷", float(abs(value))]
        else:
            cells.append(float(-value if credit else value))
    return cells
