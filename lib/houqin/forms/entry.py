"""A table of a form file, read key by key; each mistake is noted with its file and place, and reading goes on."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


def nearest(word: str, known: Iterable[str]) -> str:
    """Give ，是不是“…”？ with the nearest known word, or nothing where none is near."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.55)
    return f"，是不是“{found[0]}”？" if found else ""


def kind_of(value: object) -> str:
    """Name the kind of a TOML value for the message."""
    names = {bool: "是非值", int: "整数", float: "小数", str: "文字", list: "列表", dict: "表"}
    return names.get(type(value), type(value).__name__)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


class Entry:
    """One table of a form file. Getters note a mistake, and give the default where a value is wrong."""

    def __init__(self, data: Mapping[str, object], file: str, place: str, problems: list[str]) -> None:
        self.data = data
        self.file = file
        self.place = place
        self.problems = problems
        self.asked: set[str] = set()

    def wrong(self, key: str, message: str) -> None:
        """Note a mistake at a key (or at the table itself, key '')."""
        place = " ".join(part for part in (self.place, key) if part)
        self.problems.append(f"《{self.file}》{place}：{message}" if place else f"《{self.file}》：{message}")

    def text(self, key: str, default: str = "", *, needed: bool = False) -> str:
        """Give a text; a number is taken as its text."""
        value = self._value(key, needed=needed)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return self._kind(key, value, "文字", default)
        return str(value)

    def word(self, key: str, words: Iterable[str], default: str, *, needed: bool = False) -> str:
        """Give one of several words."""
        value = self.text(key, default, needed=needed)
        if value in set(words) or value == default:
            return value
        self.wrong(key, f"没有“{value}”这种写法{nearest(value, words) or '，'}可用的有 {'、'.join(words)}。")
        return default

    def texts(self, key: str, *, needed: bool = False) -> tuple[str, ...]:
        """Give a list of texts."""
        value = self._value(key, needed=needed)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        if isinstance(value, list):
            odd = next(each for each in value if not isinstance(each, str))
            self.wrong(key, f"列表里要全是文字，找到的是{kind_of(odd)} {odd!r}，请加上引号。")
            return ()
        return self._kind(key, value, "文字列表", ())

    def lists(self, key: str) -> tuple[tuple[str, ...], ...]:
        """Give lists of texts, [["期初", "上期"], ["数量", "数"]]."""
        value = self._value(key)
        if value is None:
            return ()
        is_texts = isinstance(value, list) and all(isinstance(w, str) for each in value for w in _listed(each))
        if is_texts and all(isinstance(each, list) and each for each in value):  # type: ignore[attr-defined]
            return tuple(tuple(each) for each in value)  # type: ignore[attr-defined]
        return self._kind(key, value, '几个文字列表，如 [["期初", "上期"], ["数量"]]', ())

    def flag(self, key: str, *, default: bool) -> bool:
        """Give true or false."""
        value = self._value(key)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        return self._kind(key, value, "true 或 false", default)

    def count(self, key: str, default: int) -> int:
        """Give a whole number from 0 to 6."""
        value = self._value(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            return self._kind(key, value, "整数", default)
        if not 0 <= value <= 6:
            self.wrong(key, f"小数位数要在 0 到 6 之间，找到的是 {value}。")
            return default
        return value

    def spellings(self, key: str) -> dict[str, tuple[str, ...]]:
        """Give canonical word -> other spellings, from a table or from a plain list of words."""
        value = self._value(key)
        if value is None:
            return {}
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return dict.fromkeys(value, ())
        if not isinstance(value, dict):
            return self._kind(key, value, "表（词 = [别的写法]）或文字列表", {})
        inner = Entry(value, self.file, f"{self.place} {key}".strip(), self.problems)
        return {word: inner.texts(word) for word in value}

    def table(self, key: str) -> Entry:
        """Give a table within this one, empty where it is absent."""
        value = self._value(key)
        if value is not None and not isinstance(value, dict):
            value = self._kind(key, value, "表", {})
        return Entry(value or {}, self.file, f"{self.place} {key}".strip(), self.problems)

    def tables(self, key: str) -> list[Entry]:
        """Give the tables of a [[key]], each with its place."""
        value = self._value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            return self._kind(key, value, f"[[{key}]] 表", [])
        return [Entry(each, self.file, f"[[{key}]] 第 {i} 项", self.problems) for i, each in enumerate(value, 1)]

    def close(self) -> None:
        """Note each key that nothing asked for."""
        words = "、".join(sorted(self.asked))
        for key in self.data:
            if key not in self.asked:
                self.wrong(key, f"不认识“{key}”{nearest(key, self.asked) or f'，这里可以写 {words}。'}")

    def _value(self, key: str, *, needed: bool = False) -> object:
        self.asked.add(key)
        value = self.data.get(key)
        if value is None and needed:
            self.wrong(key, "缺少这一项。")
        return value

    def _kind(self, key: str, value: object, wanted: str, default: T) -> T:
        self.wrong(key, f"要写{wanted}，找到的是{kind_of(value)} {value!r}。")
        return default
