"""Named rules about parts and wholes: costs that make a price, shares of a sum, the rate of the satisfied."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.table_rules import groups
from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, unscaled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_PERCENT = Decimal(100)


@table_rule("sum-equals")
def check_sum_equals(view: View, check: Check) -> Iterator[Finding]:
    """Compare the sum of `part` over the records alike in `by` with the one number that `whole` says of them."""
    part, whole = str(check.args["part"]), str(check.args["whole"])
    if not view.has(part, whole):
        return
    allowed = Decimal(str(check.args.get("tolerance", "0")))
    for records in _alike(view, check):
        wholes = {view.value(whole, record) for record in records} - {None}
        parts = [value for record in records if (value := view.value(part, record)) is not None]
        if len(wholes) != 1 or not parts or any(view.unread(part)[record] for record in records):
            continue
        due = unscaled(next(value for value in wholes if value is not None), view.number(whole).scale)
        added = unscaled(sum(parts), view.number(part).scale)
        if abs(added - due) > allowed:
            words = {"found": _money(added), "expected": _money(due), "diff": _money(abs(added - due))}
            words["more"] = "多" if added > due else "少"
            at = next(record for record in records if view.value(part, record) is not None)
            yield tell(view, check, at, words=words)


@table_rule("share-of")
def check_share_of(view: View, check: Check) -> Iterator[Finding]:
    """Compare each `share`, in per cent, with what `part` is of the sum over the records alike in `by`."""
    part, share = str(check.args["part"]), str(check.args["share"])
    if not view.has(part, share):
        return
    field = view.form.field(share)
    for records in _alike(view, check):
        parts = {record: view.value(part, record) or 0 for record in records}
        added = sum(parts.values())
        for record in records if added > 0 else ():
            typed = view.value(share, record)
            if typed is None or view.value(part, record) is None:
                continue
            right = Decimal(parts[record]) * _PERCENT / added
            if abs(unscaled(typed, field.scale) - right) > _rounding(view, share, record):
                expected = _rounded(right)
                scaled_right = int(expected.scaleb(field.scale))
                hint = likely_slip(typed, scaled_right, field.scale)
                words = {
                    "whole": say_number(added, view.form.field(part)),
                    "expected": f"{expected:f}",
                    "hint": f"，{hint}" if hint else "",
                }
                yield tell(view, check, record, words=words, expected=f"{expected:f}")


class Rates(NamedTuple):
    """What a rate may be: the satisfied alone, and with 基本满意; which of them the typed one is."""

    strict: Decimal
    wide: Decimal
    is_strict: bool
    is_wide: bool

    @property
    def way(self) -> str:
        """The one way in which it was counted, empty where both give the same or none fits."""
        return "" if self.is_strict == self.is_wide else "strict" if self.is_strict else "wide"


_WAYS = {"strict": "没有把“基本满意”算进去", "wide": "把“基本满意”也算在内"}


@table_rule("satisfaction")
def check_satisfaction(view: View, check: Check) -> Iterator[Finding]:
    """Compare the rate with both usual formulas: the satisfied over the answers, with and without 基本满意.

    `about` nothing: rates that are neither; `way`: rows counted in another way than most; `said`: which way it is.
    """
    rate, fair, whole = (str(check.args[name]) for name in ("rate", "fair", "whole"))
    good = [name for name in names_of(check, "good") if view.has(name)]
    if not view.has(rate, whole) or not good:
        return
    names = (fair, whole, rate)
    seen = {record: rates for record in range(view.length) if (rates := _rates(view, record, good, names))}
    about = str(check.args.get("about", ""))
    ways = [rates.way for rates in seen.values() if rates.way]
    usual = max(("strict", "wide"), key=ways.count)
    for record, rates in seen.items():
        words = {"strict": f"{_rounded(rates.strict):f}", "wide": f"{_rounded(rates.wide):f}", "hint": "", "way": ""}
        if not about and not (rates.is_strict or rates.is_wide):
            yield tell(view, check, record, words=words)
        elif about == "way" and rates.way and rates.way != usual:
            words["way"] = f"这一行{_WAYS[rates.way]}，其余各行{_WAYS[usual]}。"
            yield tell(view, check, record, words=words)
    if about == "said" and ways and len(set(ways)) == 1:
        first = next(record for record, rates in seen.items() if rates.way)
        yield tell(view, check, first, words={"strict": "", "wide": "", "hint": "", "way": _WAYS[usual]})


def _rates(view: View, record: int, good: list[str], names: tuple[str, str, str]) -> Rates | None:
    fair, whole, rate = names
    typed, answers = view.value(rate, record), view.value(whole, record)
    if typed is None or not answers or all(view.value(name, record) is None for name in good):
        return None
    pleased = sum(view.value(name, record) or 0 for name in good)
    more = (view.value(fair, record) or 0) if view.has(fair) else 0
    strict, wide = (Decimal(count) * _PERCENT / answers for count in (pleased, pleased + more))
    said, near = unscaled(typed, view.form.field(rate).scale), _rounding(view, rate, record)
    return Rates(strict, wide, abs(said - strict) <= near, abs(said - wide) <= near)


def _alike(view: View, check: Check) -> list[list[int]]:
    """Group the records by `by`; where none of its fields has anything, all are one group."""
    fields = [name for name in names_of(check, "by") if view.has(name)]
    found = list(groups(view, fields, list(range(view.length))).values()) if fields else []
    return found or [list(range(view.length))]


def _rounding(view: View, name: str, record: int) -> Decimal:
    """Give half of the last decimal that a rate shows, and a hair for those who cut it off."""
    decimals = max(0, min(2, view.shown_decimals(name, record)))
    return Decimal(1).scaleb(-decimals) if decimals else Decimal("0.5")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _money(value: Decimal) -> str:
    text = plain(int(value.scaleb(4)), 4)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.ljust(2, '0')}"
