"""How findings sound: numbers as a clerk writes them, templates filled in, and what a wrong number looks like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.exact import plain, unscaled

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.forms import Field

PLACEHOLDER = re.compile(r"\{(\w+)\}")
ZEROS = {10: "一个 0", 100: "两个 0", 1000: "三个 0"}
FEWEST_SWAPPED = 2


def say_number(value: int, field: Field) -> str:
    """Write a scaled number for people: money 12,860.00, a price 3.50, a quantity 28,640 or 2.5."""
    if field.type == "money":
        return format(unscaled(value, field.scale), ",.2f").replace("-", "−")
    text = plain(value, field.scale)
    whole, _, decimals = text.partition(".")
    if field.type == "price":
        decimals = decimals.ljust(2, "0")
    sign = "−" if whole.startswith("-") else ""
    grouped = format(int(whole.lstrip("-")), ",")
    return f"{sign}{grouped}.{decimals}" if decimals else f"{sign}{grouped}"


def fill_template(template: str, word: Callable[[str], str]) -> str:
    """Put words into the {places} of a message; a hint goes before its first full stop where it has no {hint}."""
    hint = word("hint")
    if hint and "{hint}" not in template:
        head, stop, tail = template.partition("。")
        template = f"{head}{{hint}}{stop or '。'}{tail}"
    return PLACEHOLDER.sub(lambda found: word(found[1]), template).lstrip()


def likely_slip(found: int, right: int, scale: int) -> str:
    """Say what the typing hand may have done: a 0 too many, two digits turned round; nothing where nothing fits."""
    if 0 in (found, right) or found == right:
        return ""
    if found == -right:
        return "正负号可能写反了"
    if (found < 0) != (right < 0):
        return ""
    large, small = max(abs(found), abs(right)), min(abs(found), abs(right))
    for factor, zeros in ZEROS.items():
        if large == small * factor:
            whole = small % 10**scale == 0
            return f"可能{'多' if abs(found) == large else '少'}打了{zeros}" if whole else "小数点可能点错了位置"
    return "像是两个数字写颠倒了" if _is_swapped(str(abs(found)), str(abs(right))) else ""


def _is_swapped(one: str, two: str) -> bool:
    """Tell whether two neighbouring digits changed places: 53 for 35."""
    width = max(len(one), len(two))
    one, two = one.zfill(width), two.zfill(width)
    places = [i for i in range(width) if one[i] != two[i]]
    if len(places) != FEWEST_SWAPPED or places[1] - places[0] != 1:
        return False
    first, second = places
    return one[first] == two[second] and one[second] == two[first]
