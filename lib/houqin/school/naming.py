"""Classes and grades by a school's way of naming them; without a school, only what every school would read alike."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from houqin.values import ClassNaming, find_class, find_grade, parse_class, parse_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.school.nouns import School
    from houqin.values import ParsedClass, ParsedText

Namings = tuple[ClassNaming, ...]
_Read = TypeVar("_Read", "ParsedClass", "ParsedText")
# Both systems, and two years: 初二, 2024级 and 2026届 come out differently, and are then not read.
_ANY: Namings = (
    ClassNaming("five_four", "2025-2026"),
    ClassNaming("six_three", "2025-2026"),
    ClassNaming("five_four", "2024-2025"),
)


def namings_of(school: School | None) -> Namings:
    """Give the school's naming, or where there is none some that must agree."""
    if school is None:
        return _ANY
    return (_naming(school.system, school.school_year, frozenset(c.name for c in school.classes)),)


@lru_cache(maxsize=16)
def _naming(system: str, school_year: str, known: frozenset[str]) -> ClassNaming:
    return ClassNaming(system, school_year, known)


def read_class(
    value: str | float, namings: Namings, *, grade: str | None = None, is_date: bool = False
) -> ParsedClass | None:
    """Read a class as `parse_class` does."""
    return _agreed([parse_class(value, naming, grade=grade, is_date=is_date) for naming in namings], _class_text)


def read_grade(value: str | float, namings: Namings) -> ParsedText | None:
    """Read a grade as `parse_grade` does."""
    return _agreed([parse_grade(value, naming) for naming in namings], _text)


def find_class_in(text: str, namings: Namings) -> ParsedClass | None:
    """Find the one class that a text speaks of."""
    return _agreed([find_class(text, naming) for naming in namings], _class_text)


def find_grade_in(text: str, namings: Namings) -> ParsedText | None:
    """Find the one grade that a text speaks of."""
    return _agreed([find_grade(text, naming) for naming in namings], _text)


def _class_text(read: ParsedClass) -> str:
    return read.text


def _text(read: ParsedText) -> str:
    return read.text


def _agreed(readings: Sequence[_Read | None], text: Callable[[_Read], str]) -> _Read | None:
    """Give the reading where all that read it say the same; 六(1)班 and 初四 exist in one system only."""
    made = [each for each in readings if each is not None]
    return made[0] if made and all(text(each) == text(made[0]) for each in made) else None
