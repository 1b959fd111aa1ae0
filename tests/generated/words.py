"""How an office writes one and the same thing: what goes into the cell, beside what it should become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from random import Random

FIRST_DAY = date(2025, 9, 1)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂英华玉兰宁晨欣怡浩然子涵一诺梓萱"
GRADES = {6: "六年级", 7: "七年级", 8: "八年级", 9: "九年级"}
_NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class Said:
    """What a cell holds (`written`: None, text, number, date) and the canonical text of it (None: a blank)."""

    written: object
    said: str | None
    style: str = ""  # a number format, where the cell needs one


BLANK = Said(None, None)


def plain(number: Decimal | float) -> str:
    """Give a number as the contract does: no thousands, no trailing zeros."""
    text = format(Decimal(str(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def word(text: str, rng: Random | None = None) -> Said:
    """Write a text, now and then with blanks around it."""
    if rng and rng.random() < 0.05:
        return Said(rng.choice([f" {text}", f"{text} ", f"{text}　"]), normalize("NFKC", text))
    return Said(text, normalize("NFKC", text))  # as the contract gives texts


def number(value: Decimal | int, rng: Random | None = None, *, unit: str = "", decimals: int | None = None) -> Said:
    """Write a number: as such, as text, with thousands, full-width digits or its unit."""
    exact = Decimal(value)
    said = plain(exact)
    shown = f"{exact:.{decimals}f}" if decimals is not None else said
    roll = rng.random() if rng else 1.0
    if roll < 0.03:
        return Said(shown, said)
    if roll < 0.05:
        return Said(f"{Decimal(shown):,}", said)
    if roll < 0.07:
        return Said(shown.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")), said)
    if roll < 0.10 and unit:
        return Said(f"{shown}{unit}", said)
    return Said(float(exact) if exact != exact.to_integral_value() else int(exact), said)


def money(value: Decimal, rng: Random | None = None) -> Said:
    """Write an amount in 元, now and then with ￥ or 元."""
    exact = cents(value)
    if rng and (roll := rng.random()) < 0.06:
        return Said(f"￥{exact:,}" if roll < 0.03 else f"{exact}元", plain(exact))
    return Said(float(exact), plain(exact), "0.00" if not rng or rng.random() < 0.5 else "")


def cents(value: Decimal) -> Decimal:
    """Round to the fen, half up."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def day(value: date, rng: Random, *, style: str | None = None) -> Said:
    """Write a date: a date cell, or a text in one of the ways of an office; a column keeps to one `style`."""
    chosen = style or rng.choice(DAY_STYLES)
    texts = {
        "dots": f"{value.year}.{value.month}.{value.day}", "dashes": value.isoformat(),
        "strokes": f"{value.year}/{value.month}/{value.day}", "chinese": f"{value.year}年{value.month}月{value.day}日",
        "short": f"{value.month}月{value.day}日", "compact": f"{value:%Y%m%d}",
    }  # fmt: skip
    if chosen == "cell":
        return Said(datetime(value.year, value.month, value.day), value.isoformat(), "yyyy-m-d")  # noqa: DTZ001
    return Said(texts[chosen], value.isoformat())


DAY_STYLES = ("cell", "cell", "dots", "dashes", "strokes", "chinese", "short", "compact")


def school_days(rng: Random, count: int, *, first: date = FIRST_DAY) -> list[date]:
    """Give working days of the semester's start, in order."""
    found, at = [], first + timedelta(days=rng.randrange(3))
    while len(found) < count:
        if at.weekday() < 5:
            found.append(at)
        at += timedelta(days=1)
    return found


def class_names(rng: Random, count: int) -> list[tuple[int, int]]:
    """Give classes (grade, number) in order, of the example school's eighteen: 5, 4, 5 and 4 from 六年级 on."""
    every = [(grade, n) for grade, many in ((6, 5), (7, 4), (8, 5), (9, 4)) for n in range(1, many + 1)]
    start = rng.randrange(max(1, len(every) - count + 1))
    return every[start : start + count]


CLASS_STYLES = ("{g}({n})班", "{g}（{n}）班", "{s}({n})班", "{s}（{c}）班", "{g}{n}班", "{s}.{n}", "{d}({n})班", "{d}-{n}班")


def klass(grade: int, n: int, rng: Random, *, style: str | None = None) -> Said:
    """Write a class; a column keeps to one `style`."""
    chosen = style or rng.choice(CLASS_STYLES)
    full = GRADES[grade]
    written = chosen.format(g=full, s=full[0], d=grade, n=n, c=_NUMERALS[n])
    return Said(written, f"{full}({n})班")


def person(rng: Random) -> str:
    """Invent a name."""
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice([1, 2, 2])))
