"""How long things are depreciated, by class: the table `depreciation.toml` beside the forms.

A card says its class by a code of one of three editions of GB/T 14885 (1994 six digits, 2010 seven, 2022 a letter and
eight), by the name of its class, or by its own name; the longest beginning, or the longest word, decides.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from houqin.errors import BadDescription
from houqin.forms.load import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LIVES = "depreciation.toml"
_EDITIONS = (
    ("codes_2022", re.compile(r"A\d{2}(?:\d{2}){0,3}")),
    ("codes_2010", re.compile(r"\d{7}")),
    ("codes_1994", re.compile(r"\d{6}")),
)
_KNOWN = {"name", "family", "years", "depreciates", "names", *(name for name, _ in _EDITIONS)}


@dataclass(frozen=True, slots=True)
class AssetClass:
    """A class of assets: the least years of depreciation, None where the class alone does not tell them.

    `family` is one of the six of the state's reports (房屋和构筑物, 设备, …), or 土地.
    """

    name: str
    family: str
    years: int | None
    depreciates: bool

    @property
    def is_open(self) -> bool:
        """Tell a class whose years depend on more than the class."""
        return self.depreciates and self.years is None


@dataclass(frozen=True, slots=True)
class Lives:
    """The table: (edition, beginning of a code) -> class, and word of a name -> class."""

    codes: Mapping[tuple[str, str], AssetClass]
    names: Mapping[str, AssetClass]
    _seen: dict[tuple[str, str, str], tuple[AssetClass, ...]] = field(default_factory=dict, compare=False, repr=False)

    def classes_of(self, code: str | None, class_name: str | None, name: str | None) -> tuple[AssetClass, ...]:
        """Give the classes that a card's code, class name and own name say; several where they disagree.

        A class that leaves the years open (房屋) gives way to a closer one of its family (砖混、砖木房屋).
        """
        key = (_plain(code).upper(), _plain(class_name), _plain(name))
        if key not in self._seen:
            said = [self._by_code(key[0]), self._by_name(key[1]), self._by_name(key[2])]
            known = tuple(dict.fromkeys(each for each in said if each is not None))
            settled = {each.family for each in known if not each.is_open}
            self._seen[key] = tuple(each for each in known if not each.is_open or each.family not in settled)
        return self._seen[key]

    def _by_code(self, code: str) -> AssetClass | None:
        for edition, shape in _EDITIONS:
            if shape.fullmatch(code):
                ends = range(len(code), 0, -1)
                return next((self.codes[edition, code[:n]] for n in ends if (edition, code[:n]) in self.codes), None)
        return None

    def _by_name(self, text: str) -> AssetClass | None:
        # A thing in a building is named after both: 教学楼（砖混）, 教学楼一体机.
        ranks = {word: (self.names[word].is_open, -len(word)) for word in self.names if word in text}
        best = {self.names[word] for word, rank in ranks.items() if rank == min(ranks.values())}
        return best.pop() if len(best) == 1 else None


def load_lives(folder: Path | None = None) -> Lives:
    """Read the table; BadDescription says what is wrong in it."""
    path = (folder or templates_folder()) / LIVES
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadDescription([f"《{LIVES}》读不出来：{error}。"]) from error
    problems: list[str] = []
    codes: dict[tuple[str, str], AssetClass] = {}
    names: dict[str, AssetClass] = {}
    for number, entry in enumerate(document.get("class", []), 1):
        made = _class(entry, f"《{LIVES}》[[class]] 第 {number} 项", problems)
        own = [(edition, code) for edition, _ in _EDITIONS for code in entry.get(edition, [])]
        twice = [code for edition, code in own if (edition, code) in codes]
        twice += [word for word in entry.get("names", []) if word in names]
        problems += [f"《{LIVES}》“{each}”写了两次。" for each in twice]
        codes |= dict.fromkeys(own, made)
        names |= dict.fromkeys(entry.get("names", []), made)
    if problems:
        raise BadDescription(problems)
    return Lives(codes, names)


def _class(entry: Mapping[str, Any], where: str, problems: list[str]) -> AssetClass:
    unknown = sorted(set(entry) - _KNOWN)
    if unknown:
        problems.append(f"{where}：不认识“{'、'.join(unknown)}”。")
    name, family, years = entry.get("name", ""), entry.get("family", ""), entry.get("years")
    problems += [f"{where}：没有写 {word}。" for word, text in (("name", name), ("family", family)) if not text]
    if years is not None and (not isinstance(years, int) or years < 1):
        problems.append(f"{where}：years 要是正整数，找到的是 {years}。")
    return AssetClass(str(name), str(family), years, bool(entry.get("depreciates", True)))


def _plain(text: str | None) -> str:
    return "".join((text or "").split())
