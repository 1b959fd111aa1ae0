"""Classes and grades under all their names: 七年级(3)班 is 7.3, 703, 初二3班, 2024级3班, as the school counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from houqin.values.chinese import chinese_integer
from houqin.values.shown import number_of
from houqin.values.text import canonical_text
from houqin.values.words import ParsedText

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMERALS = "零一二三四五六七八九"
_FIRST_GRADE = {"five_four": 6, "six_three": 7}
_LAST_GRADE = 9
_G = "[一二三四五六七八九]"
_N = r"[1-9]\d?|0[1-9]|[一二三四五六七八九十]{1,3}"
# How a grade may be said before the class number; `loose` grades are a mere digit or character.
_GRADE = (
    rf"(?:(?P<full>{_G}|[1-9])年级?|初(?P<junior>[一二三四1-4])(?:年级)?"
    r"|(?P<cohort>(?:20)?\d{2})级|(?P<leaving>(?:20)?\d{2})届|(?P<last>毕业班))"
)
# Within a running text 2025年 is no grade, so the word must be whole.
_WHOLE_GRADE = _GRADE.replace("[1-9])年级?", "(?<!\\d)[1-9])年级").replace("|(?P<cohort>", "|(?<!\\d)(?P<cohort>")
_CLASS = rf"(?:第?(?P<a>{_N})班|[(\[](?P<b>{_N})[)\]]班?|[.·\-—/、](?P<c>{_N})班?|[(\[](?P<d>{_N})班[)\]]|(?P<e>{_N}))"
_LONG = re.compile(rf"^{_GRADE}{_CLASS}$")
_COHORT_AND_GRADE = re.compile(rf"^(?:20)?\d{{2}}级(?=(?:{_G}|[1-9])年级)")
_SHORT = re.compile(rf"^(?P<full>{_G}|[1-9]){_CLASS}$")
_CODE = re.compile(r"^0?(?P<full>[1-9])(?P<n>\d{2})班?$")
_BARE = re.compile(rf"^(?:第?(?P<a>{_N})班?|[(\[](?P<b>{_N})[)\]]班?)$")
_WITHIN = re.compile(
    rf"{_WHOLE_GRADE}(?:第?(?P<a>{_N})班|[(\[](?P<b>{_N})[)\]]班?)|(?<!\d)(?P<short>{_G}|[6-9])[(\[](?P<s>{_N})[)\]]班?"
    rf"|(?<!\d)(?P<head>[六七八九]|[6-9](?=[.·\-0]))[.·\-]?(?P<t>\d{{1,2}})班"
)
_GRADE_ONLY = re.compile(rf"^(?:{_GRADE}|(?P<loose>{_G}|[1-9]))$")
_GRADE_WITHIN = re.compile(_WHOLE_GRADE)
_DAY_ZERO = date(1899, 12, 30)
_DAYS = 2_958_466  # the serial after 9999-12-31


@dataclass(frozen=True, slots=True)
class ClassNaming:
    """How a school names its grades: `system` five_four or six_three, `school_year` 2025-2026.

    `known` holds the canonical names of the school's classes; it settles doubts (7.1 is no class 10 where there is
    none). Empty where no school is known.
    """

    system: str
    school_year: str
    known: frozenset[str] = frozenset()

    @property
    def first_grade(self) -> int:
        """6 in a five-four school, 7 in a six-three one."""
        return _FIRST_GRADE[self.system]

    @property
    def first_year(self) -> int:
        """2025 of the school year 2025-2026."""
        return int(self.school_year[:4])


@dataclass(frozen=True, slots=True)
class ParsedClass:
    """A class: `text` is its canonical name 七年级(3)班, `grade` 七年级, `number` 3."""

    text: str
    grade: str
    number: int
    rules: tuple[str, ...] = ()
    doubtful: bool = False


def parse_class(
    value: str | float, naming: ClassNaming, *, grade: str | None = None, is_date: bool = False
) -> ParsedClass | None:
    """Read a class, None where there is none (库房, 教师办公室) or where a bare 3班 has no `grade` beside it.

    A number 7.3 is class 3; 7.1 may have been 7.10 and is doubtful unless `naming.known` settles it. With `is_date`
    the number is the serial of a date into which Excel turned 7-3, always doubtful.
    """
    if is_date:
        return _from_date(float(value), naming)
    if not isinstance(value, str):
        return _from_number(value, naming, grade)
    return _from_text(re.sub(r"\s+", "", canonical_text(value)).strip("*#"), naming, grade)


def parse_grade(value: str | float, naming: ClassNaming) -> ParsedText | None:
    """Read a grade as 七年级; 初二 and 2024级 go by the school's system and year."""
    text = str(int(value)) if not isinstance(value, str) and float(value).is_integer() else str(value)
    plain = re.sub(r"\s+", "", canonical_text(text))
    found = _GRADE_ONLY.match(plain)
    if not found:
        return None
    if found["loose"]:
        number, doubtful = _digit(found["loose"]), False
        if number < naming.first_grade:
            return None
    else:
        number, doubtful = _grade_number(found.groupdict(), naming)
    if not 1 <= number <= _LAST_GRADE:
        return None
    name = grade_name(number)
    return ParsedText(name, () if name == plain else ("grade-name",), doubtful or number < naming.first_grade)


def find_class(text: str, naming: ClassNaming) -> ParsedClass | None:
    """Find the one class that a title, a file or a sheet name speaks of; None where there is none, or more than one."""
    plain = re.sub(r"\s+", "", canonical_text(text))
    made = []
    for found in _WITHIN.finditer(plain):
        if short := found["short"] or found["head"]:
            each = _named(_digit(short), _numeral(found["s"] or found["t"]), naming, found[0])
        else:
            number, doubtful = _grade_number(found.groupdict(), naming)
            each = _named(number, _numeral(found["a"] or found["b"]), naming, found[0], doubtful=doubtful)
        if each:
            made.append(each)
    return made[0] if len({each.text for each in made}) == 1 else None


def find_grade(text: str, naming: ClassNaming) -> ParsedText | None:
    """Find the one grade that a title or a sheet name speaks of; None where there is none, or more than one."""
    plain = re.sub(r"\s+", "", canonical_text(text))
    whole = parse_grade(plain, naming) if not plain.isdigit() else None
    if whole:
        return whole
    made = {}
    for found in _GRADE_WITHIN.finditer(plain):
        each = parse_grade(found[0], naming)
        if each:
            made[each.text] = each
    return next(iter(made.values())) if len(made) == 1 else None


def grade_name(number: int) -> str:
    """Write the grade of a number, 7 -> 七年级."""
    return f"{_NUMERALS[number]}年级"


def _from_text(plain: str, naming: ClassNaming, grade: str | None) -> ParsedClass | None:
    plain = _COHORT_AND_GRADE.sub("", plain)
    found = _LONG.match(plain)
    if found:
        number, doubtful = _grade_number(found.groupdict(), naming)
        return _named(number, _class_number(found), naming, plain, doubtful=doubtful)
    if found := _CODE.match(plain):
        made = _named(_digit(found["full"]), int(found["n"]), naming, plain, rule="class-code")
        return made and _doubt(made, doubtful=made.text not in naming.known)
    if found := _SHORT.match(plain):
        number = _digit(found["full"])
        return _named(number, _class_number(found), naming, plain) if number >= naming.first_grade else None
    found = _BARE.match(plain)
    if found and grade:
        return _named(_grade_of(grade), _class_number(found), naming, plain, rule="class-in-grade")
    return None


def _from_number(value: float, naming: ClassNaming, grade: str | None) -> ParsedClass | None:
    text = format(number_of(value), "f")
    whole, _, decimals = text.partition(".")
    if not decimals:
        return parse_class(whole, naming, grade=grade)
    if not whole.isdigit() or not naming.first_grade <= int(whole) <= _LAST_GRADE or len(decimals) > 2:
        return None
    made = _named(int(whole), int(decimals), naming, text, rule="class-number")
    if made is None or len(decimals) > 1 or decimals not in "12":
        return made
    tenfold = f"{grade_name(int(whole))}({int(decimals) * 10})班"
    settled = bool(naming.known) and made.text in naming.known and tenfold not in naming.known
    return _doubt(made, doubtful=not settled)


def _from_date(serial: float, naming: ClassNaming) -> ParsedClass | None:
    if not 1 <= serial < _DAYS:
        return None
    day = _DAY_ZERO + timedelta(days=int(serial))
    made = _named(day.month, day.day, naming, "", rule="class-as-date")
    if made is None or not naming.first_grade <= day.month <= _LAST_GRADE:
        return None
    return _doubt(made, doubtful=True)


def _named(  # noqa: PLR0913
    grade: int, number: int | None, naming: ClassNaming, plain: str, *, rule: str = "class-name", doubtful: bool = False
) -> ParsedClass | None:
    if not number or not 1 <= grade <= _LAST_GRADE:
        return None
    name = f"{grade_name(grade)}({number})班"
    unusual = grade < naming.first_grade
    return ParsedClass(name, grade_name(grade), number, () if name == plain else (rule,), doubtful or unusual)


def _doubt(made: ParsedClass, *, doubtful: bool) -> ParsedClass:
    return ParsedClass(made.text, made.grade, made.number, made.rules, doubtful or made.doubtful)


def _grade_number(groups: Mapping[str, str | None], naming: ClassNaming) -> tuple[int, bool]:
    """Give the grade's number (out of 1 to 9 where it is none) and whether there is doubt."""
    if full := groups["full"]:
        return _digit(full), False
    if junior := groups["junior"]:
        number = naming.first_grade + _digit(junior) - 1
        return (number, False) if number <= _LAST_GRADE else (0, True)
    if cohort := groups["cohort"]:
        return naming.first_grade + naming.first_year - _full_year(cohort), False
    if leaving := groups["leaving"]:
        return _LAST_GRADE - (_full_year(leaving) - naming.first_year - 1), False
    return _LAST_GRADE, False


def _class_number(found: re.Match[str]) -> int | None:
    return _numeral(next(v for k, v in found.groupdict().items() if k in "abcde" and v))


def _numeral(text: str) -> int | None:
    return int(text) if text.isdigit() and text.isascii() else chinese_integer(text)


def _digit(text: str) -> int:
    return int(text) if text.isascii() else _NUMERALS.index(text)


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _grade_of(name: str) -> int:
    return _NUMERALS.index(name[0])
