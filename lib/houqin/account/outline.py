"""A statement whose items are numbered 一、二、 and 1. 2.: what belongs to a head, what is left over, what is a rate.

Looks at the texts alone; the amounts are its user's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEVELS = (
    re.compile(r"^([一二三四五六七八九十]{1,3})\s*[、.．,，:：]"),
    re.compile(r"^[(（][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}\s*(?:[、.．,，)）]|(?=[^\d.,%\s]))"),
    re.compile(r"^[(（]\d{1,2}[)）]"),
)
OF_WHICH = re.compile(r"^(?:其中|包括)")
OPENING = re.compile(r"(上月|上期|期初|上学期|上年|月初|年初)(累计)?(结余|结存|余额|结转)")
CLOSING = re.compile(r"(累计|滚存|期末|月末|学期末)(结余|结存|余额)|结转下")
RATE = re.compile(r"率|占.{0,8}比|比例|比重")
_NET = re.compile(r"净(利润|收入|结余|收益)")
_SURPLUS = re.compile(r"营业利润|收支(结余|差额|两抵|相抵)|(本月|本期|当月|收支)?(结余|盈亏|盈余|节余)$|^(盈亏|利润)")
_NO_SURPLUS = (OPENING, CLOSING, RATE, _NET)
SURPLUS_RATE = re.compile(r"(营业)?利润率|盈亏率|结余率|盈余率|节余率")
_WHOLE = re.compile(r"^(本月|本期|当月|本学期|本年)?总?(收入|支出)(合计|总额|总计|总数)?$")
_UNNUMBERED = 9


class Line(NamedTuple):
    """An item of the statement: its record (None for a head without amounts), its text, how deep it is numbered."""

    record: int | None
    text: str
    depth: int
    section: str  # what a 收入/支出 column beside it says


def depth_of(text: str) -> int:
    """Give how deep an item is numbered: 0 for 一、, 1 for (一), 2 for 1., 3 for (1), 9 without a number.

    >>> [depth_of(text) for text in ("二、伙食费支出", "1菜品", "2、米/油", "税金")]
    [0, 2, 2, 9]
    """
    return next((depth for depth, pattern in enumerate(_LEVELS) if pattern.match(text)), _UNNUMBERED)


def bare_text(text: str) -> str:
    """Give an item without its number."""
    for pattern in _LEVELS:
        text = pattern.sub("", text)
    return text.strip()


def children_of(lines: Sequence[Line], at: int) -> list[Line]:
    """Give the items right below a numbered one: those of the least depth among the deeper ones that follow."""
    below: list[Line] = []
    if lines[at].depth == _UNNUMBERED or RATE.search(lines[at].text):
        return []
    for line in lines[at + 1 :]:
        if line.depth <= lines[at].depth:
            break
        if is_result(line.text):
            break
        below.append(line)
    least = min((line.depth for line in below), default=0)
    return [line for line in below if line.depth == least and line.record is not None]


def is_result(text: str) -> bool:
    """Tell what follows from other items: what is left over, carried on, or a rate."""
    return any(each.search(text) for each in _NO_SURPLUS) or is_surplus(text)


def is_surplus(text: str) -> bool:
    """Tell what is left over of the period itself: 营业利润, 收支结余; not 累计结余, and no rate."""
    return bool(_SURPLUS.search(bare_text(text))) and not any(each.search(text) for each in _NO_SURPLUS)


def heads_of(lines: Sequence[Line]) -> list[Line]:
    """Give the items that add up to the whole, above the first result: those of the least depth, heads by their items.

    A head without amounts of its own stands aside; what is below it is taken in its place.
    """
    first = next((i for i, line in enumerate(lines) if is_surplus(line.text)), len(lines))
    above = [line for line in lines[:first] if not is_result(line.text)]
    heads: list[Line] = []
    open_depth, head = 99, ""
    for line in above:
        if line.record is None:
            open_depth, head = 99, line.text
            continue
        if line.depth <= open_depth or line.depth == _UNNUMBERED:
            if line.depth < _UNNUMBERED:
                open_depth = line.depth
            if line.depth == 0:
                head = ""
            heads.append(line._replace(section=line.section or head))
    if not any(line.depth == _UNNUMBERED for line in heads):
        return heads
    # Without numbers nothing says what is below what: 本月收入 and 本月支出 stand for all, 其中 for none.
    whole = [line for line in heads if _WHOLE.match(bare_text(line.text))]
    if any(is_income(line) for line in whole) and not all(is_income(line) for line in whole):
        return whole
    return [] if any(OF_WHICH.match(bare_text(line.text)) for line in heads) else heads


def is_income(line: Line) -> bool:
    """Tell income: by the section beside or above it, else by its own words."""
    if line.section:
        return "收入" in line.section
    return "收入" in line.text
