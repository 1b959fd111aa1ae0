"""What Excel shows in a cell, from the stored value and the number format; and the exact number behind a float."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import Kind

if TYPE_CHECKING:
    from houqin.model import Cell

# Excel keeps 15 significant digits of a binary double and shows at most 11 characters in the General format.
_GENERAL_WIDTH = 11
# The serial after 9999-12-31; from there on, and below 0, Excel fills a date cell with hashes.
_DAYS = 2_958_466
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001  (Excel's days have no zone)
_NOT_SHOWN = re.compile(r"\[(?!\$|h+\]|m+\]|s+\])[^\]]*\]|_.|\*.", re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^\-\]]*)(?:-[^\]]*)?\]")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_DATE_SIGNS = re.compile(r"[ymdhs]|aaa|上午/下午|am/pm", re.IGNORECASE)
_DATE_TOKEN = re.compile(
    r'"[^"]*"|\\.|上午/下午|am/pm|yyyy|yy|y|mmmm|mmm|mm|m|aaaa|aaa|dddd|ddd|dd|d|hh|h|ss|s|\.0+|.', re.IGNORECASE
)
_NAMED = {"mmm": "%b", "mmmm": "%B", "ddd": "%a", "dddd": "%A"}
_WEEKDAYS = "一二三四五六日"


class _Pattern(NamedTuple):
    before: str
    after: str
    decimals: int
    optional: int
    whole: int
    thousands: bool
    percent: bool
    scaling: int


def number_of(value: float) -> Decimal:
    """Give a stored number exactly as Excel takes it, at 15 significant digits: 0.1 + 0.2 is 0.3."""
    number = Decimal(format(value, ".15g"))
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]


def shown(cell: Cell) -> str:
    """Give the text of a cell as Excel shows it; a blank shows nothing."""
    if cell.kind == Kind.BLANK or cell.value is None:
        return ""
    if cell.kind == Kind.BOOL:
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, str):
        return cell.value
    value = float(cell.value)
    if cell.kind == Kind.DATE or is_date_format(cell.number_format):
        return _show_date(value, cell.number_format)
    return _show_number(value, cell.number_format)


@lru_cache(maxsize=1024)
def is_date_format(number_format: str) -> bool:
    """Tell whether a number format shows a date or a time."""
    first = number_format.split(";", maxsplit=1)[0]
    bare = _LITERAL.sub("", _NOT_SHOWN.sub("", _CURRENCY.sub("", first)))
    return bare.lower() != "general" and not re.search(r"[0#?]", bare.split(".0")[0]) and bool(_DATE_SIGNS.search(bare))


def is_percent_format(number_format: str) -> bool:
    """Tell whether a number format shows per cent, so that 0.85 reads 85%."""
    return "%" in _LITERAL.sub("", number_format)


def _show_number(value: float, number_format: str) -> str:
    number = number_of(value)
    sections = number_format.split(";")
    section, keep_sign = sections[0], True
    if number < 0 and len(sections) > 1:
        section, keep_sign = sections[1], False
    elif number == 0 and len(sections) > 2:
        section = sections[2]
    if section.strip() in {"@", ""} or "general" in section.lower():
        return _show_general(number)
    pattern = _pattern(section)
    if pattern is None:
        return _show_general(number)
    if pattern.whole < 0:
        return pattern.before
    text = _digits(abs(number), pattern)
    sign = "-" if number < 0 and keep_sign else ""
    return f"{sign}{pattern.before}{text}{pattern.after}"


@lru_cache(maxsize=1024)
def _pattern(section: str) -> _Pattern | None:
    plain = _NOT_SHOWN.sub("", _CURRENCY.sub(r'"\1"', section))
    literals: list[str] = []

    def put_by(found: re.Match[str]) -> str:
        literals.append(found[1] if found[1] is not None else found[2])
        return chr(0xE000 + len(literals) - 1)

    plain = _LITERAL.sub(put_by, plain)
    core = re.search(r"[0#?][0#?,]*(?:\.[0#?]*)?,*", plain)
    if re.search(r"[0#?]\s*E[+-]|[0#?]/[0#?]", plain):
        return None

    def restore(text: str) -> str:
        return "".join(literals[ord(c) - 0xE000] if 0xE000 <= ord(c) < 0xE000 + len(literals) else c for c in text)

    if not core:
        return _Pattern(restore(plain), "", 0, 0, -1, thousands=False, percent=False, scaling=0)
    digits = core[0].rstrip(",")
    whole, _, decimals = digits.partition(".")
    return _Pattern(
        before=restore(plain[: core.start()]),
        after=restore(plain[core.end() :]),
        decimals=len(decimals),
        optional=len(decimals) - len(decimals.rstrip("#?")),
        whole=whole.count("0"),
        thousands="," in whole,
        percent="%" in plain,
        scaling=len(core[0]) - len(digits),
    )


def _digits(number: Decimal, pattern: _Pattern) -> str:
    number = number.scaleb((2 if pattern.percent else 0) - 3 * pattern.scaling)
    rounded = number.quantize(Decimal(1).scaleb(-pattern.decimals), rounding=ROUND_HALF_UP)
    text = format(rounded, ",f" if pattern.thousands else "f")
    whole, point, decimals = text.partition(".")
    keep = pattern.decimals - pattern.optional
    decimals = decimals[:keep] + decimals[keep:].rstrip("0")
    whole = whole.zfill(pattern.whole) if pattern.whole else whole.lstrip("0")
    return f"{whole}{point}{decimals}" if pattern.decimals else whole


def _show_general(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    if len(text.lstrip("-")) <= _GENERAL_WIDTH:
        return text
    if abs(number) >= 10**11 or (number and abs(number) < Decimal("0.0001")):
        mantissa, _, exponent = format(number, ".5e").partition("e")
        return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent):+03d}"
    whole = len(format(abs(number), "f").split(".", maxsplit=1)[0])
    rounded = number.quantize(Decimal(1).scaleb(-max(0, _GENERAL_WIDTH - 1 - whole)), rounding=ROUND_HALF_UP)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _show_date(serial: float, number_format: str) -> str:
    if not 0 <= serial < _DAYS:
        return "########"
    # Excel counts a 29 February 1900 that never was; serials up to 60 are a day off.
    moment = _DAY_ZERO + timedelta(days=serial + (1 if serial < 60 else 0))
    moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    section = _CURRENCY.sub("", _NOT_SHOWN.sub("", number_format.split(";", maxsplit=1)[0]))
    if section.strip().lower() in {"general", "@", ""} or not is_date_format(number_format):
        section = "yyyy-mm-dd" if serial % 1 == 0 else "yyyy-mm-dd hh:mm"
    tokens = _DATE_TOKEN.findall(section)
    half_day = any(t.lower() in {"am/pm", "上午/下午"} for t in tokens)
    parts, previous = [], ""
    for i, token in enumerate(tokens):
        following = next((t.lower() for t in tokens[i + 1 :] if t[0].lower() in "ymdhs"), "")
        is_minute = token.lower() in {"m", "mm"} and (previous.startswith("h") or following.startswith("s"))
        parts.append(_date_part(moment, token, is_minute=is_minute, half_day=half_day))
        if token[0].lower() in "ymdhs":
            previous = token.lower()
    return "".join(parts)


def _date_part(moment: datetime, token: str, *, is_minute: bool, half_day: bool) -> str:
    low = token.lower()
    if low in {"yyyy", "yy", "y"}:
        return f"{moment.year:04d}" if low == "yyyy" else f"{moment.year % 100:02d}"
    named = _named_part(moment, low)
    if named is not None:
        return named
    hour = (moment.hour % 12 or 12) if half_day else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}
    if low[0] in number and low.strip("mdhs") == "":
        value = moment.minute if is_minute else number[low[0]]
        return f"{value:02d}" if len(low) > 1 else str(value)
    return token[1:-1] if token.startswith('"') else token.removeprefix("\\")


def _named_part(moment: datetime, low: str) -> str | None:
    if low in {"aaa", "aaaa"}:
        return ("星期" if low == "aaaa" else "") + _WEEKDAYS[moment.weekday()]
    if low in _NAMED:
        return moment.strftime(_NAMED[low])
    if low in {"am/pm", "上午/下午"}:
        return low.upper().split("/")[moment.hour >= 12]
    return None
