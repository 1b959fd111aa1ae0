"""Headers ready to be compared: a column's levels, the unit off its end, and the names under which a field is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from houqin.values import normal, split_unit
from houqin.values.text import UNITS
from houqin.values.web import asked_name

if TYPE_CHECKING:
    from houqin.model import Column

# Marks between the parts of a name say nothing: 规格/型号, 规格(型号) and 规格型号 are one.
_MARKS = re.compile(r"[/()\[\]【】:.、,;*\-—_~·]+")
_YEAR = re.compile(r"^20\d\d年度?(?=[^\d月])")
_OF_WHICH = re.compile(r"^其中[:]?")
# A header that matches by its last level alone, under a parent that says something else, is less certain.
EXACT, ALIAS, CONFIRMED, TAIL, TURNED, LEAF = 1.0, 0.98, 0.99, 0.94, 0.9, 0.72
# 入库数, 入库数量 and 入库量 are one quantity; such a key is marked, for it must not meet a field of words.
_COUNTED = re.compile(r"^(.{2,}?)(?:总?数量?|数目|人数|总量|量)$")
_COUNT = "#"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's header: `levels` from the top (normal form, no repeats), `keys` under which to look it up.

    `keys` pairs a squashed text with its strength: the whole path first, then its tails, the leaf last.
    """

    column: Column
    levels: tuple[str, ...]
    unit: str | None
    keys: tuple[tuple[str, float], ...]

    @property
    def leaf(self) -> str:
        """The lowest level without its unit."""
        return split_unit(self.levels[-1])[0] if self.levels else ""


def heading_of(column: Column, side: str = "") -> Heading:
    """Take a column's header apart; the `side` of a statement of two halves says nothing about what a column holds."""
    levels: list[str] = []
    for level in column.path:
        plain = _OF_WHICH.sub("", normal(level))
        if plain and (not levels or levels[-1] != plain):
            levels.append(plain)
    bare = [split_unit(level) for level in levels]
    unit = next((unit for _, unit in reversed(bare) if unit), None)
    return Heading(column, tuple(levels), unit, tuple(_keys_of(levels, [name for name, _ in bare], side).items()))


def _keys_of(levels: list[str], bare: list[str], side: str) -> dict[str, float]:
    """Give the keys under which a header is looked up, with their strength; `bare` are the levels without units."""
    keys: dict[str, float] = {}
    for written in (levels, bare):
        for key, strength in _tails(written):
            keys[key] = max(strength, keys.get(key, 0.0))
        # 2025年预算数 is 预算数, a little less surely.
        for key, strength in _tails([_YEAR.sub("", name) or name for name in written]):
            keys.setdefault(key, 0.97 * strength)
    for key, strength in _tails(_without_side(bare, side)):
        keys[key] = max(0.97 * strength, keys.get(key, 0.0))
    if asked := levels and squash(asked_name(levels[-1])):
        keys.setdefault(asked, TAIL)
    for key, strength in list(keys.items()):
        if found := _COUNTED.match(key):
            keys.setdefault(_COUNT + found[1], 0.95 * strength)
    return keys


def _without_side(bare: list[str], side: str) -> list[str]:
    """Give the levels without the one that says the side, or the one level without it: 本月 of 电表本月."""
    if not side or not bare or side not in bare[0]:
        return []
    rest = re.sub(f"^用?{side}(表|费)?", "", bare[0])
    return bare[1:] or ([rest] if rest and len(side) == 1 else [])


def _tails(levels: list[str]) -> list[tuple[str, float]]:
    """Give the whole path, then its tails, the last two levels turned round, and the leaf."""
    tails = []
    for start in range(len(levels)):
        tail = levels[start:]
        strength = EXACT if start == 0 else TAIL if len(tail) > 1 else LEAF
        tails.append((squash("".join(tail)), strength))
    if len(levels) > 1:
        tails.append((squash(levels[-1] + levels[-2]), TURNED))
    return [(key, strength) for key, strength in tails if key]


@lru_cache(maxsize=1 << 17)
def squash(name: str) -> str:
    """Give a name's normal form without the marks between its parts; a mark alone (№, #) stays."""
    plain = normal(name)
    return _MARKS.sub("", plain) or plain


def names_of(title: str, aliases: tuple[str, ...], *, is_counted: bool = False) -> dict[str, float]:
    """Give the squashed names of a field, its title first, with their strength; of a counted one, without 数量 too."""
    names: dict[str, float] = {}
    for i, name in enumerate((title, *aliases)):
        strength = EXACT if i == 0 else ALIAS
        for key, weight in ((squash(name), strength), (squash(split_unit(name)[0]), strength - 0.01)):
            names.setdefault(key, weight)
    for key, weight in list(names.items()) if is_counted else ():
        found = _COUNTED.match(key)
        names.setdefault(_COUNT + (found[1] if found else key), weight)
    return names


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Tell whether a header's level is but a unit: the 把 under 扫帚."""
    return normal(text).strip("()") in UNITS


def near(left: str, right: str) -> float:
    """Say how near two names are: 0.5 at one edit, 0.45 where one holds the other, else 0."""
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    few, many = len(short), len(long)
    if few < 2 or left == right:
        return 0.0
    if 2 * few >= many and short in long:
        return 0.45
    return 0.5 if few >= 3 and many - few <= 1 and _one_edit(short, long) else 0.0


def _one_edit(short: str, long: str) -> bool:
    """Tell whether one letter more or another makes the long word; they differ by one letter in length at most."""
    for at, letter in enumerate(short):
        if letter != long[at]:
            return short[at + (len(short) == len(long)) :] == long[at + 1 :]
    return True
