"""Named rules of the plainer forms: what a log leaves open, meters, compensation, rooms, spraying on school days."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.table_rules import groups
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, scaled, unscaled
from houqin.values import canonical_text, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check, Field
    from houqin.model import Finding

WEEKDAYS = "一二三四五六日"
# What a log writes where there is nothing to tell.
_FULL_DAY = len("2025-09-01")
# 照价, 原价 and the like are once the price; 双倍 twice; 50% that share of it.
_TIMES = re.compile(r"(\d+(?:\.\d+)?)倍")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%")
_MOST_WHEELS = 8  # digits of a meter's counter


@table_rule("one-value")
def check_one_value(view: View, check: Check) -> Iterator[Finding]:
    """Tell once of records that share `by` and differ in `field`: boys and girls in one room."""
    name = str(check.args.get("field", check.cell))
    by = [each for each in names_of(check, "by") if view.has(each)]
    if not view.has(name) or not by:
        return
    filled = [record for record, text in enumerate(view.text(name)) if text]
    for records in groups(view, by, filled).values():
        first = str(view.text(name)[records[0]])
        other = next((r for r in records if str(view.text(name)[r]) != first), None)
        if other is not None:
            cells = f"{view.place(name, records[0]).cell}、{view.place(name, other).cell}"
            yield tell(view, check, other, words={"cells": cells}, related=(view.place(name, records[0]),))


@table_rule("school-day")
def check_school_day(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records that fulfil `where` on a school day of the school's calendar; without a school none is told."""
    name = str(check.args.get("date", check.cell))
    if view.school is None or not view.has(name):
        return
    calendar = view.school.calendar
    chosen = view.select(str(check.args["where"]))
    for record, text in enumerate(view.text(name)):
        if chosen[record] and text and len(text) == _FULL_DAY:
            day = date.fromisoformat(text)
            if calendar.is_school_day(day):
                yield tell(view, check, record, words={"weekday": f"星期{WEEKDAYS[day.weekday()]}"})


@table_rule("meter-backwards")
def check_meter_backwards(view: View, check: Check) -> Iterator[Finding]:
    """Tell of meters that read less than the month before; the hint says where the use fits a counter's full turn."""
    prev, curr, use = (str(check.args[name]) for name in ("prev", "curr", "use"))
    for record in _read(view, prev, curr):
        before, after = _decimal(view, prev, record), _decimal(view, curr, record)
        if before is None or after is None or after >= before:
            continue
        used = _decimal(view, use, record)
        turned = _turned(before, after, _factor(view, check, record), used)
        hint = "，按用量看像是走满一圈归零" if turned else ""
        yield tell(view, check, record, words={"hint": hint})


@table_rule("sub-meters")
def check_sub_meters(view: View, check: Check) -> Iterator[Finding]:
    """Compare the sum of the part meters with the main meter of the same `by`, where exactly one row is the main one.

    A row is the main meter's where one of the fields `names` has one of the words `main` (总表).
    """
    value, mains = str(check.args["value"]), names_of(check, "main")
    names = [name for name in names_of(check, "names") if view.has(name)]
    by = [name for name in names_of(check, "by") if view.has(name)]
    each = _field(view, value)
    if not view.has(value) or not by or not names or each is None:
        return
    for records in groups(view, by, list(range(view.length))).values():
        main = [r for r in records if any(word in view.word(name, r) for name in names for word in mains)]
        parts = [v for r in records if r not in main and (v := view.right_value(value, r)) is not None]
        whole = view.right_value(value, main[0]) if len(main) == 1 else None
        if whole is not None and parts and sum(parts) > whole:
            words = {
                "left": say_number(sum(parts), each),
                "right": say_number(whole, each),
                "diff": say_number(sum(parts) - whole, each),
            }
            yield tell(view, check, main[0], words=words)


@table_rule("compensation")
def check_compensation(view: View, check: Check) -> Iterator[Finding]:
    """Compare an amount with quantity x what the `standard` says of a piece: a price, 原价, 双倍, 50%.

    A blank quantity is one piece; without a column of them an amount may be of several. A standard of other words
    (按制度) cannot be computed and is not judged.
    """
    amount, standard, orig, qty = (str(check.args[name]) for name in ("amount", "standard", "orig", "qty"))
    each = _field(view, amount)
    if each is None or not view.has(amount, standard):
        return
    for record in range(view.length):
        typed = view.value(amount, record)
        text = canonical_text(str(view.text(standard)[record] or ""))
        if typed is None or not text or any(view.unread(name)[record] for name in (orig, qty)):
            continue
        piece = _piece(text, _decimal(view, orig, record))
        if piece is None:
            continue
        count = _decimal(view, qty, record)
        right = piece[0] * (Decimal(1) if count is None else count)
        if right and not view.has(qty) and unscaled(typed, each.scale) % right == 0 and typed > 0:
            continue
        if scaled(right.quantize(Decimal(1).scaleb(-each.scale), ROUND_HALF_UP), each.scale) != typed:
            detail = f"标准 {piece[1]}" + (f" × 数量 {_said(count)}" if count is not None else "")
            yield _mismatch(view, check, record, each, right, detail)


def _piece(text: str, orig: Decimal | None) -> tuple[Decimal, str] | None:
    """Give what a piece costs by a standard, and how a message says it."""
    number = parse_number(text)
    if number is not None and "倍" not in text and "%" not in text:
        return Decimal(number.value), f"{_said(Decimal(number.value))} 元"
    if orig is None:
        return None
    times = _TIMES.search(text)
    if times or "双倍" in text or "加倍" in text or "两倍" in text:
        factor = Decimal(times[1]) if times else Decimal(2)
        return orig * factor, f"原价 {_said(orig)} 元 × {_said(factor)} 倍"
    if share := _SHARE.search(text):
        return orig * Decimal(share[1]) / 100, f"原价 {_said(orig)} 元 × {share[1]}%"
    if text in {"原价", "照价", "照价赔偿", "按原价", "按原价赔偿", "原价赔偿", "全价"}:
        return orig, f"原价 {_said(orig)} 元"
    return None


def _mismatch(view: View, check: Check, record: int, each: Field, right: Decimal, detail: str) -> Finding:  # noqa: PLR0913, PLR0917  (a sum that is wrong has that many sides)
    """Tell that a number is not what it should be, with the likely slip of the hand."""
    whole = scaled(right.quantize(Decimal(1).scaleb(-each.scale), ROUND_HALF_UP), each.scale)
    typed = view.value(check.cell, record) or 0
    slip = likely_slip(typed, whole, each.scale)
    words = {
        "detail": detail,
        "expected": say_number(whole, each),
        "diff": say_number(abs(typed - whole), each),
        "hint": f"，{slip}" if slip else "",
    }
    return tell(view, check, record, words=words, expected=plain(whole, each.scale))


def _turned(before: Decimal, after: Decimal, factor: Decimal | None, used: Decimal | None) -> bool:
    """Tell that a use fits a counter that ran past its nines to zero."""
    if used is None or factor is None:
        return False
    return any((10**wheels - before + after) * factor == used for wheels in range(2, _MOST_WHEELS + 1))


def _factor(view: View, check: Check, record: int) -> Decimal | None:
    """Give a meter's factor: 1 where the table has none or leaves it blank, None where it cannot be read."""
    name = str(check.args.get("factor", ""))
    if not name or not view.has(name):
        return Decimal(1)
    return None if view.unread(name)[record] else (_decimal(view, name, record) or Decimal(1))


def _read(view: View, *names: str) -> range:
    """Give the records of a table that has these columns."""
    return range(view.length) if view.has(*names) else range(0)


def _decimal(view: View, name: str, record: int) -> Decimal | None:
    value = view.value(name, record) if view.has(name) else None
    return None if value is None else unscaled(value, view.number(name).scale)


def _field(view: View, name: str) -> Field | None:
    return next((each for each in view.form.fields if each.id == name), None)


def _filled(view: View, name: str, record: int) -> bool:
    return not bool(view.frame[name].isna().iloc[record])


def _said(number: Decimal) -> str:
    """Write a number without the noughts at its end."""
    return f"{number.normalize():f}"
