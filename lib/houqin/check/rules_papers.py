"""Named rules about vouchers, invoices and receipts: doubles, split purchases, durable goods, serial numbers, loans."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.account.persons import is_person, speaks_of_a_loan
from houqin.check.rules import ledger_rule, names_of, table_rule, tell
from houqin.check.wording import say_number
from houqin.exact import plain, scaled
from houqin.school.keys import THRESHOLDS
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_SERIAL = re.compile(r"^(.*?)(\d+)(\D*)$")
# Excel keeps 15 digits; a longer number that ends in zeros from there on has lost its tail.
_KEPT, _SHORTEST = 15, 5
_DAY = len("2025-09-01")
# Bought again within so many days, each time for so large a share of the limit: what auditors look for.
_DAYS_APART, _NEAR_LIMIT = 7, Decimal("0.7")
DURABLE = (
    "打印机", "复印机", "电脑", "计算机", "笔记本电脑", "空调", "投影", "一体机", "办公桌", "办公椅", "文件柜",
    "书柜", "档案柜", "沙发", "冰箱", "冰柜", "洗衣机", "电视", "照相机", "相机", "摄像机", "碎纸机", "扫描仪",
    "音响", "饮水机", "课桌", "课椅", "显示器", "服务器", "交换机", "保险柜", "货架", "热水器", "割草机", "电动车",
    "会议桌", "铁皮柜",
)  # fmt: skip
NOT_DURABLE = ("维修", "修理", "耗材", "硒鼓", "墨盒", "墨粉", "配件", "租赁", "租金", "复印纸", "打印纸", "保养",
               "清洗", "电池", "色带", "移机", "加氟", "维护")  # fmt: skip


@ledger_rule("invoice-twice")
def check_invoice_twice(view: View, check: Check, _as_of: str) -> Iterator[Finding]:
    """Ask about an invoice number that comes again with the same amount, or under another voucher or day.

    One invoice on several rows of a voucher is normal; what was taken back (amounts that cancel out) is no double.
    Numbers whose last digits are lost look alike without being so.
    """
    invoice, amount, voucher, day = (str(check.args[name]) for name in ("invoice", "amount", "voucher", "date"))
    if not view.has(invoice):
        return
    groups: dict[str, list[int]] = defaultdict(list)
    for record, text in enumerate(view.text(invoice)):
        number = canonical_text(str(text)) if text else ""
        is_lost = len(number) > _KEPT and not number[_KEPT:].strip("0")
        if len(number) >= _SHORTEST and any(c.isdigit() for c in number) and not is_lost:
            groups[number].append(record)
    for records in groups.values():
        amounts = [view.value(amount, r) if view.has(amount) else None for r in records]
        if len(records) < 2 or sum(a or 0 for a in amounts) == 0:
            continue
        other = _double(view, records, (amount, voucher, day))
        if other is None:
            continue
        first, second, same = other
        rows = "与".join(_row(view, check, day, r) for r in (first, second))
        related = (view.place(invoice, first),)
        yield tell(view, check, second, words={"rows": rows, "same": same}, related=related)


def _double(view: View, records: list[int], names: tuple[str, str, str]) -> tuple[int, int, str] | None:
    """Give the first two records of an invoice that look like two claims, and what they share."""
    amount, voucher, day = names
    for at, second in enumerate(records):
        for first in records[:at]:
            if view.value(amount, first) is not None and view.value(amount, first) == view.value(amount, second):
                return first, second, "、金额完全相同"
            for name in (voucher, day):
                one, two = (str(view.word(name, r)) for r in (first, second))
                if one and two and one != two:
                    return first, second, f" 相同，{view.form.field(name).title}不同"
    return None


def _row(view: View, check: Check, day: str, record: int) -> str:
    cell = view.place(check.cell, record).cell or ""
    on = view.word(day, record)
    return f"第 {''.join(c for c in cell if c.isdigit())} 行" + (f"（{on}）" if on else "")


@ledger_rule("split-purchase")
def check_split_purchase(view: View, check: Check, _as_of: str) -> Iterator[Finding]:
    """List payments to one payee within 7 days, each just below the settings' `split_limit`, together above it."""
    payee, amount, day = (str(check.args[name]) for name in ("payee", "amount", "date"))
    if not view.has(payee, amount, day):
        return
    each = view.form.field(amount)
    chosen = view.school.thresholds if view.school else THRESHOLDS
    limit = scaled(chosen.get("split_limit", THRESHOLDS["split_limit"]), each.scale)
    groups: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for record, name in enumerate(view.text(payee)):
        value, on = view.value(amount, record), view.text(day)[record]
        if name and on and len(str(on)) == _DAY and value is not None and limit * _NEAR_LIMIT <= value < limit:
            groups[canonical_text(str(name))].append((date.fromisoformat(str(on)), record))
    for found in groups.values():
        for run in _runs(sorted(found)):
            records = [record for _, record in run]
            total = sum(view.value(amount, r) or 0 for r in records)
            if len(run) > 1 and total > limit:
                words = {"first": run[0][0].isoformat(), "last": run[-1][0].isoformat(), "count": str(len(run)),
                         "total": say_number(total, each), "limit": say_number(limit, each)}  # fmt: skip
                related = tuple(view.place(amount, r) for r in records[:-1])
                yield tell(view, check, records[-1], words=words, related=related)


def _runs(found: list[tuple[date, int]]) -> Iterator[list[tuple[date, int]]]:
    """Part payments by gaps: a run spans at most 7 days."""
    run: list[tuple[date, int]] = []
    for each in found:
        if run and (each[0] - run[0][0]).days > _DAYS_APART:
            yield run
            run = []
        run.append(each)
    if run:
        yield run


@table_rule("durable")
def check_durable(view: View, check: Check) -> Iterator[Finding]:
    """Ask about durable goods from the settings' `capitalise` price on that were booked as a consumable (30201)."""
    code, amount, text = (str(check.args[name]) for name in ("code", "amount", "text"))
    if not view.has(code, amount, text):
        return
    each = view.form.field(amount)
    chosen = view.school.thresholds if view.school else THRESHOLDS
    limit = scaled(chosen.get("capitalise", THRESHOLDS["capitalise"]), each.scale)
    for record, said in enumerate(view.text(text)):
        own, words = str(view.text(code)[record] or ""), str(said or "")
        is_durable = any(word in words for word in DURABLE) and not any(word in words for word in NOT_DURABLE)
        if own.startswith(str(check.args["prefix"])) and is_durable and (view.value(amount, record) or 0) >= limit:
            yield tell(view, check, record, words={"limit": say_number(limit, each)})


@table_rule("serial-range")
def check_serial_range(view: View, check: Check) -> Iterator[Finding]:
    """Compare a count with the numbers from `start` to `end`, both included; voided ones have numbers too."""
    start, end, count = (str(check.args[name]) for name in ("start", "end", "count"))
    if not view.has(start, end, count):
        return
    each = view.form.field(count)
    for record in range(view.length):
        first, last = (serial(str(view.text(name)[record] or "")) for name in (start, end))
        typed = view.value(count, record)
        if first is None or last is None or typed is None or first[0] != last[0]:
            continue
        right = scaled(Decimal(last[1] - first[1] + 1), each.scale)
        if right != typed:
            words = {"expected": say_number(right, each), "diff": say_number(abs(right - typed), each)}
            expected = plain(right, each.scale) if right > 0 else None
            yield tell(view, check, record, words=words, expected=expected)


@table_rule("serial-chain")
def check_serial_chain(view: View, check: Check) -> Iterator[Finding]:
    """Tell where the numbers of one kind (`group`) leave some out, or have some twice, between two ranges."""
    start, end = str(check.args["start"]), str(check.args["end"])
    if not view.has(start, end):
        return
    same = [name for name in names_of(check, "group") if view.has(name)]
    groups: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for record in range(view.length):
        first, last = (serial(str(view.text(name)[record] or "")) for name in (start, end))
        if first and last and first[0] == last[0] and first[1] <= last[1]:
            kind = tuple(str(view.text(name)[record] or "") for name in same)
            groups[*kind, first[0]].append((first[1], last[1], record))
    for ranges in groups.values():
        ranges.sort()
        for before, after in pairwise(ranges):
            apart = after[0] - before[1] - 1
            if apart:
                gap = f"中间缺 {apart} 个号" if apart > 0 else f"有 {min(-apart, after[1] - after[0] + 1)} 个号重复"
                words = {"before": view.word(end, before[2]), "gap": gap}
                yield tell(view, check, after[2], words=words, related=(view.place(end, before[2]),))


def serial(text: str) -> tuple[str, int] | None:
    """Part a number of a receipt into what stands before it and the number itself: No.00123 is ("No.", 123)."""
    found = _SERIAL.match(canonical_text(text))
    return (found[1] + found[3], int(found[2])) if found else None


@table_rule("personal-loan")
def check_personal_loan(view: View, check: Check) -> Iterator[Finding]:
    """Tell of a person who owes the school: a name of two to four letters, a loan or a receivable, something left."""
    party, text, amount = (str(check.args[name]) for name in ("party", "text", "amount"))
    kind = str(check.args.get("kind", ""))
    if not view.has(party, amount):
        return
    for record, name in enumerate(view.text(party)):
        said = f"{view.word(text, record)}{view.word(kind, record)}"
        if not (is_person(str(name or "")) and speaks_of_a_loan(said)) or "应付" in said:
            continue
        if (view.value(amount, record) or 0) > 0:
            yield tell(view, check, record)


@ledger_rule("aged")
def check_aged(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of what has been open for more than `days` on a day; where only the month is known, its last days count."""
    day, amount = str(check.args["date"]), str(check.args["amount"])
    if not view.has(day, amount):
        return
    today, allowed = date.fromisoformat(as_of), int(str(check.args["days"]))
    for record, text in enumerate(view.text(day)):
        if not text or not view.value(amount, record):
            continue
        days = (today - date.fromisoformat(f"{text}-28" if len(str(text)) < _DAY else str(text))).days
        if days > allowed:
            yield tell(view, check, record, words={"days": str(days), "years": str(days // 365)})


@ledger_rule("open-claim")
def check_open_claim(view: View, check: Check, as_of: str) -> Iterator[Finding]:
    """Tell of claims that have no voucher, no day of booking and no finished state after `days`."""
    names = {name: str(check.args[name]) for name in ("date", "voucher", "booked", "state")}
    if not view.has(names["date"]) or not any(view.frame[names[n]].notna().any() for n in ("voucher", "booked")):
        return
    today, allowed, finished = date.fromisoformat(as_of), int(str(check.args["days"])), names_of(check, "finished")
    for record, text in enumerate(view.text(names["date"])):
        is_booked = view.word(names["voucher"], record) or view.word(names["booked"], record)
        if is_booked or view.word(names["state"], record) in finished or len(str(text or "")) != _DAY:
            continue
        days = (today - date.fromisoformat(str(text))).days
        if days > allowed:
            yield tell(view, check, record, words={"days": str(days)})
