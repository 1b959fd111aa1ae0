"""What stands in the cells of one labelled table: a value a kind, in the manner that this table's writer has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from locate.labelled import vocabulary as words
from locate.labelled.paper import Day

if TYPE_CHECKING:
    import random

_FIRST_DAY = 45901  # 2025-09-01
SUMMED = "im"


class Writer:
    """One person's habits: how dates, codes and classes are written, from the first table to the last."""

    def __init__(self, rng: random.Random) -> None:
        """Choose the habits."""
        self.rng = rng
        self.day_style = rng.choice(("iso", "dots", "chinese", "serial", "serial"))
        self.class_style = rng.choice(("{g}({n})班", "{g}{n}班", "{s}({n})", "{s}.{n}"))
        self.code_style = rng.choice(("ZC2025{n:04d}", "302{n:02d}", "{n:06d}", "A-{n:03d}"))
        self.size_letters = rng.random() < 0.4
        self.day = rng.randrange(0, 60)
        self.count = 0

    def value(self, kind: str) -> object:
        """Give a cell's value; None is a blank cell."""
        rng, choice = self.rng, self.rng.choice
        plain = {
            "N": words.GOODS, "s": words.SPECS, "u": words.UNITS, "g": words.GRADES, "t": words.PERSONS,
            "w": words.PLACES, "f": words.PHRASES, "k": words.MARKS, "y": ("男", "女"),
        }  # fmt: skip
        numbers = {"i": (1, 90, 1), "m": (100, 90000, 100), "p": (5, 900, 10), "%": (1000, 10000, 100)}
        if kind in plain:
            return choice(plain[kind])
        if kind in numbers:
            least, most, scale = numbers[kind]
            return rng.randrange(least, most) / scale
        if kind == "r":
            return choice(words.REMARKS) if rng.random() < 0.15 else None
        if kind == "z":
            return choice(words.LETTERS) if self.size_letters else choice(words.SIZES)
        return self._made(kind)

    def _made(self, kind: str) -> object:
        rng = self.rng
        self.count += 1
        if kind == "x":
            return self.code_style.format(n=self.count)
        if kind == "c":
            grade = rng.choice(words.GRADES)
            return self.class_style.format(g=grade, s=grade[0], n=rng.randrange(1, 9))
        if kind == "d":
            self.day += rng.randrange(0, 3)
            return self.date()
        return None  # a signature that waits

    def date(self) -> object:
        """Give the day that has come, as this writer writes days."""
        month, day = 9 + self.day // 28 % 3, self.day % 28 + 1
        if self.day_style == "serial":
            return Day(float(_FIRST_DAY + self.day))
        if self.day_style == "iso":
            return f"2025-{month:02d}-{day:02d}"
        if self.day_style == "dots":
            return f"2025.{month}.{day}"
        return f"{month}月{day}日"
