"""What a header across a matrix, or a title, says of a class, a size, a sex or a style: 夏装(男), 男150, 七(1)班."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.school.naming import read_class
from houqin.values import canonical_text, normal, parse_sex, parse_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.school.naming import Namings

# Types of fields whose words are told from other headers by how they read.
TYPED = frozenset({"class", "size", "sex"})
_SEX_WORDS = re.compile(r"[(\[]?[男女](?:生|款|装|码|子|孩)?[)\]]?")
_BARE_CLASS = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})班$")
_BARE_NUMBER = re.compile(r"^\d{1,2}$")
Words = "Mapping[str, Sequence[str]]"


def axis_part(text: str, kind: str, words: Mapping[str, Sequence[str]], namings: Namings) -> str | None:
    """Give the part of a text that says a class, a size, a sex, or one of the `words` of a choice; else None.

    Two answers (男女, 夏装和冬装) are none.
    """
    plain = canonical_text(text)
    if kind == "class":
        # 1班 is one, whose grade the title or the sheet's name says.
        if _BARE_CLASS.match(plain):
            return plain
        return plain if plain and not _BARE_NUMBER.match(plain) and read_class(plain, namings) else None
    if kind == "size":
        return _size_in(plain)
    if kind == "sex":
        return _sex_in(plain)
    return _word_in(plain, words) if words else None


def _size_in(plain: str) -> str | None:
    for candidate in (plain, _SEX_WORDS.sub("", plain).strip("-_/:")):
        if candidate and parse_size(candidate):
            return candidate
    return None


def _sex_in(plain: str) -> str | None:
    read = parse_sex(plain)
    if read is not None and not read.doubtful:
        return plain if plain.upper() not in {"M", "F"} else None
    said = [sex for sex in "男女" if sex in plain]
    return said[0] if len(said) == 1 else None


def _word_in(plain: str, words: Mapping[str, Sequence[str]]) -> str | None:
    """Give the one canonical word of which a text holds a spelling, the longest spelling first."""
    text = normal(plain)
    spellings = sorted(
        ((normal(s), name) for name, more in words.items() for s in (name, *more)), key=lambda p: -len(p[0])
    )
    found: list[str] = []
    for spelling, name in spellings:
        if spelling and spelling in text:
            found.append(name)
            text = text.replace(spelling, " ")
    return found[0] if len(set(found)) == 1 else None
