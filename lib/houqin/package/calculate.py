"""The plain formulas of a form computed exactly, so that its stored values are right before Excel opens it.

What is not plain (a function that is not listed here, another workbook, an error) is not computed: it is told, its old
value is dropped, and Excel is asked to compute all when it opens the file.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from houqin.package.cells import cell_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value = Fraction | str | bool | None
Place = tuple[str, int, int]  # sheet, row, column
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)(?![\w:])
    |(?P<text>"(?:[^"]|"")*")
    |(?P<ref>(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)(?![\w(.!])
    |(?P<name>[A-Za-z]+)(?=\s*\()
    |(?P<logical>TRUE|FALSE)\b
    |(?P<word>[^\W\d][\w.]*)(?![\w(!])
    |(?P<sign><=|>=|<>|[-+*/^&=<>(),%]))""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?")
_DEPTH = 60
# What SUBTOTAL's first argument asks for; 101 and more pass over hidden rows too, of which a form has none to count.
_SUBTOTALS: Mapping[Value, str] = {Fraction(1): "AVERAGE", Fraction(2): "COUNT", Fraction(4): "MAX", Fraction(5): "MIN",
                                   Fraction(9): "SUM"}  # fmt: skip


class NotPlain(Exception):
    """A formula that is not computed here."""


class Formula(NamedTuple):
    """What a cell has to compute; a value is given as it is."""

    text: str


class Calculator:
    """Cells of a workbook by sheet (in small letters), row and column: a value, or a formula computed when asked."""

    def __init__(self, cells: Mapping[Place, Value | Formula], names: Mapping[str, str] | None = None) -> None:
        """Hold the cells; `names` are the workbook's defined names, in small letters, and their areas."""
        self._cells = cells
        self.names = names or {}
        self._known: dict[Place, Value | NotPlain] = {}
        self._open: set[Place] = set()

    def value(self, place: Place) -> Value:
        """Give a cell's value; NotPlain where it cannot be computed here."""
        held = self._cells.get(place)
        if not isinstance(held, Formula):
            return held
        if place not in self._known:
            if place in self._open or len(self._open) > _DEPTH:
                raise NotPlain
            self._open.add(place)
            try:
                self._known[place] = _Reader(held.text, place[0], self).whole()
            except NotPlain as fault:
                self._known[place] = fault
            finally:
                self._open.discard(place)
        known = self._known[place]
        if isinstance(known, NotPlain):
            raise known
        return known

    def is_subtotal(self, place: Place) -> bool:
        """Tell a cell that a SUBTOTAL above it passes over."""
        held = self._cells.get(place)
        return isinstance(held, Formula) and "SUBTOTAL(" in held.text.upper().replace(" ", "")

    def area(self, sheet: str, ends: tuple[int, int, int, int], *, subtotals: bool = True) -> Iterator[Value]:
        """Give the values of an area's cells, blank ones left out, and without `subtotals` those that are such."""
        top, left, bottom, right = ends
        if (bottom - top + 1) * (right - left + 1) > len(self._cells):
            places = [p for p in self._cells if p[0] == sheet and top <= p[1] <= bottom and left <= p[2] <= right]
        else:
            places = [(sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        for place in places:
            if not subtotals and self.is_subtotal(place):
                continue
            value = self.value(place)
            if value is not None:
                yield value


class _Area(NamedTuple):
    sheet: str
    ends: tuple[int, int, int, int]


class _Reader:
    """Recursive descent over one formula, computing as it goes."""

    def __init__(self, text: str, sheet: str, calculator: Calculator) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.sheet, self.calculator = sheet, calculator

    def whole(self) -> Value:
        value = self.single(self.comparison())
        if self.at != len(self.tokens):
            raise NotPlain
        return Fraction(0) if value is None else value  # a formula that gives a blank cell shows 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *signs: str) -> str:
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" and self.peek() in signs:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def comparison(self) -> Value | _Area:
        left = self.joined()
        while sign := self.take("=", "<>", "<", ">", "<=", ">="):
            left = _compare(self.single(left), sign, self.single(self.joined()))
        return left

    def joined(self) -> Value | _Area:
        left = self.sum()
        while self.take("&"):
            left = _shown(self.single(left)) + _shown(self.single(self.sum()))
        return left

    def sum(self) -> Value | _Area:
        left = self.product()
        while sign := self.take("+", "-"):
            one, other = _number(self.single(left)), _number(self.single(self.product()))
            left = one + other if sign == "+" else one - other
        return left

    def product(self) -> Value | _Area:
        left = self.signed()
        while sign := self.take("*", "/"):
            one, other = _number(self.single(left)), _number(self.single(self.signed()))
            if sign == "/" and not other:
                raise NotPlain
            left = one * other if sign == "*" else one / other
        return left

    def signed(self) -> Value | _Area:
        if self.take("-"):
            return -_number(self.single(self.signed()))
        if self.take("+"):
            return self.signed()
        value = self.atom()
        while self.take("%"):
            value = _number(self.single(value)) / 100
        return value

    def atom(self) -> Value | _Area:  # noqa: PLR0911  (one a kind of token)
        if self.take("("):
            value = self.comparison()
            self.close()
            return value
        if self.at >= len(self.tokens):
            raise NotPlain
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Fraction(word)
        if kind == "text":
            return word[1:-1].replace('""', '"')
        if kind == "logical":
            return word.upper() == "TRUE"
        if kind == "ref":
            return _area_of(word, self.sheet)
        if kind == "name":
            return self.call(word.upper())
        if kind == "word" and _REFERENCE.fullmatch(self.calculator.names.get(word.lower(), "")):
            return _area_of(self.calculator.names[word.lower()], self.sheet)
        raise NotPlain

    def close(self) -> None:
        if not self.take(")"):
            raise NotPlain

    def call(self, name: str) -> Value:
        if not self.take("("):
            raise NotPlain
        if name == "IF":
            return self.condition()
        parts: list[Value | _Area] = []
        if not self.take(")"):
            parts.append(self.comparison())
            while self.take(","):
                parts.append(self.comparison())
            self.close()
        if name == "SUBTOTAL" and parts:
            return self.subtotal(self.single(parts[0]), parts[1:])
        if name in ("SUM", "MAX", "MIN", "COUNT", "AVERAGE"):
            return _of_many(name, [each for part in parts for each in self.numbers(part)])
        if name == "ROUND" and len(parts) == 2:
            return _rounded(_number(self.single(parts[0])), _number(self.single(parts[1])))
        if name == "ABS" and len(parts) == 1:
            return abs(_number(self.single(parts[0])))
        if name in ("AND", "OR") and parts:
            truths = [_truth(self.single(part)) for part in parts]
            return all(truths) if name == "AND" else any(truths)
        raise NotPlain

    def subtotal(self, kind: Value, parts: list[Value | _Area]) -> Value:
        """Compute what passes over the subtotals within its areas."""
        name = _SUBTOTALS.get(kind)
        if name is None:
            raise NotPlain
        return _of_many(name, [each for part in parts for each in self.numbers(part, subtotals=False)])

    def condition(self) -> Value:
        """Compute IF; the branch not taken may hold what is not plain only as far as it can be read."""
        chosen = _truth(self.single(self.comparison()))
        branches: list[Value | NotPlain] = []
        while self.take(","):
            start = self.at
            try:
                branches.append(self.single(self.comparison()))
            except NotPlain as fault:
                self.at = self.skip(start)
                branches.append(fault)
        self.close()
        wanted = 0 if chosen else 1
        value = branches[wanted] if wanted < len(branches) else False
        if isinstance(value, NotPlain):
            raise value
        return value

    def skip(self, at: int) -> int:
        depth = 0
        while at < len(self.tokens):
            word = self.tokens[at]
            if word == ("sign", ",") and not depth:
                return at
            depth += (word == ("sign", "(")) - (word == ("sign", ")"))
            if depth < 0:
                return at
            at += 1
        raise NotPlain

    def single(self, value: Value | _Area) -> Value:
        if not isinstance(value, _Area):
            return value
        top, left, bottom, right = value.ends
        if (top, left) != (bottom, right):
            raise NotPlain
        return self.calculator.value((value.sheet, top, left))

    def numbers(self, value: Value | _Area, *, subtotals: bool = True) -> Iterator[Fraction]:
        """Give the numbers of an argument: in areas words, ticks and blanks are passed over."""
        if isinstance(value, _Area):
            for each in self.calculator.area(value.sheet, value.ends, subtotals=subtotals):
                if isinstance(each, Fraction):
                    yield each
        else:
            yield _number(value)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise NotPlain
        yield found.lastgroup, found[found.lastgroup]
        at = found.end()


def _area_of(word: str, sheet: str) -> _Area:
    prefix, mark, cells = word.rpartition("!")
    if mark:
        sheet = (prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix).lower()
    first, _, last = cells.partition(":")
    start, end = cell_at(first.upper()), cell_at((last or first).upper())
    if start is None or end is None:
        raise NotPlain
    return _Area(sheet, (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])))


def _number(value: Value) -> Fraction:
    if isinstance(value, str):
        raise NotPlain
    return Fraction(value or 0)


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise NotPlain
    return bool(value)


def _shown(value: Value) -> str:
    if isinstance(value, bool) or (isinstance(value, Fraction) and value.denominator != 1):
        raise NotPlain  # how Excel writes it out depends on its digits
    return value if isinstance(value, str) else str(value if value is not None else "")


def _compare(left: Value, sign: str, right: Value) -> bool:
    if left is None and right is None:
        left = right = Fraction(0)
    left = ("" if isinstance(right, str) else Fraction(0)) if left is None else left
    right = ("" if isinstance(left, str) else Fraction(0)) if right is None else right
    if isinstance(left, bool) != isinstance(right, bool):
        raise NotPlain
    if isinstance(left, str) != isinstance(right, str):
        if sign in ("=", "<>"):
            return sign == "<>"
        raise NotPlain
    if isinstance(left, str) and isinstance(right, str):
        if sign not in ("=", "<>"):
            raise NotPlain
        return (left.casefold() == right.casefold()) == (sign == "=")
    one, other = Fraction(left), Fraction(right)
    return {"=": one == other, "<>": one != other, "<": one < other, ">": one > other,
            "<=": one <= other, ">=": one >= other}[sign]  # fmt: skip


def _of_many(name: str, numbers: list[Fraction]) -> Fraction:
    if name == "COUNT":
        return Fraction(len(numbers))
    if name == "SUM":
        return sum(numbers, Fraction(0))
    if not numbers:
        if name == "AVERAGE":
            raise NotPlain
        return Fraction(0)
    if name == "AVERAGE":
        return sum(numbers, Fraction(0)) / len(numbers)
    return max(numbers) if name == "MAX" else min(numbers)


def _rounded(value: Fraction, digits: Fraction) -> Fraction:
    """Round half away from zero, as Excel does."""
    scale = Fraction(10) ** int(digits)
    whole = abs(value) * scale + Fraction(1, 2)
    rounded = Fraction(whole.numerator // whole.denominator) / scale
    return -rounded if value < 0 else rounded


def written(value: Fraction) -> str:
    """Write a number as a workbook stores it: the shortest text of its double.

    >>> written(Fraction(7, 2)), written(Fraction(12))
    ('3.5', '12')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return repr(float(value))
