"""Long columns as finished cells: the XML of each but for its address, made for many values at once."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from houqin.workbook.fitting import EPOCH, ISO_DATE, exact_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHORT = 16_000  # characters: below half of what a cell holds no text is too long, whatever signs it is made of
# Columns of which less than this part of a sample is distinct have each value made into a cell once.
_SAMPLE, _REPEATS = 1_000, 0.5
_PLAIN = frozenset({str, int, Decimal, type(None)})
_NUMBERS = frozenset({int, Decimal})
_DIGITS = 15  # up to these a number's own digits are those that the library's %.16G gives
_ODD_DIGITS = re.compile("[EN]|In")  # powers of ten; what is no number


class Tails:
    """Makes finished cells of one format, but for their addresses; in the digits that the library writes."""

    def __init__(self, table: Any, look: int) -> None:  # noqa: ANN401  (xlsxwriter's table of texts)
        self._index = table._get_shared_string_index  # noqa: SLF001  (as the library's sheet does)
        self._text, self._number = f'" s="{look}" t="s"><v>', f'" s="{look}"><v>'
        self.blank = f'" s="{look}"/>'

    def text(self, text: str) -> str:
        """Give the cell of a text of at most SHORT characters."""
        return f"{self._text}{self._index(text)}</v></c>"

    def number(self, number: int | Decimal) -> str:
        """Give the cell of an exact number."""
        digits = str(number)
        if len(digits) > _DIGITS or _ODD_DIGITS.search(digits):
            digits = f"{number:.16G}"
        return self.digits(digits)

    def digits(self, digits: str) -> str:
        """Give the cell of a number's digits."""
        return f"{self._number}{digits}</v></c>"


class Looks(NamedTuple):
    """What makes the cells of a column: of whole numbers and texts, of numbers with decimals; ISO dates as days."""

    whole: Tails
    parts: Tails
    dated: bool


class Finished(NamedTuple):
    """A column: its cells but for their addresses, "" where `Sheet.write` has to see to it, and its widest values."""

    tails: list[str]
    widest: list[str | int | Decimal]


def finished(values: Sequence[Any], looks: Looks) -> Finished:
    """Make the cells of a column; of values one of which is the widest, some are given."""
    types = set(map(type, values))
    head = values[:_SAMPLE]
    # True equals 1, and a link may hold anything: only plain values are looked up by what they are.
    if types <= _PLAIN and len(set(head)) < len(head) * _REPEATS:
        known = {value: _cell(value, looks) for value in dict.fromkeys(values)}
        return Finished([known[value] for value in values], _widest(known.items()))
    made = _numbers(values, looks) if types and types <= _NUMBERS else None
    if made is None:
        cells = [_cell(value, looks) if type(value) in _PLAIN else "" for value in values]
        made = Finished(cells, _widest(zip(values, cells, strict=True)))
    return made


def _cell(value: Any, looks: Looks) -> str:  # noqa: ANN401  (a text, a number or None)
    """Give a value's finished cell, but for its address; "" for a text that may be too long."""
    if type(value) is str:
        if looks.dated and ISO_DATE.fullmatch(value):
            return looks.whole.number((date.fromisoformat(value) - EPOCH).days)
        if value:
            return looks.whole.text(value) if len(value) <= SHORT else ""
        return looks.whole.blank
    if value is None:
        return looks.whole.blank
    exact = exact_of(value)
    return (looks.whole if type(exact) is int else looks.parts).number(exact)


def _numbers(values: Sequence[int | Decimal], looks: Looks) -> Finished | None:
    """Make the cells of numbers from their digits; None where some have too many or a power of ten."""
    written = list(map(str, values))
    if max(map(len, written)) > _DIGITS or _ODD_DIGITS.search(" ".join(written)):
        return None
    shortest = [each.rstrip("0").rstrip(".") if "." in each else each for each in written]
    whole, parts = looks.whole.digits, looks.parts.digits
    cells = [parts(each) if "." in each else whole(each if each != "-0" else "0") for each in shortest]
    widest = {(len(each), each.find(".")): value for each, value in zip(shortest, values, strict=True)}
    return Finished(cells, [exact_of(value) for value in widest.values()])


def _widest(cells: Iterable[tuple[Any, str]]) -> list[str | int | Decimal]:
    """Choose values one of which is the widest: of plain texts, and of numbers, of one length one is enough."""
    found: dict[Any, str | int | Decimal] = {}
    for value, cell in cells:
        if not cell or value is None:
            continue
        if type(value) is str:
            found[len(value) if value.isascii() and "\n" not in value else value] = value
        else:
            found[len(cell), cell.find(".")] = value
    return [each if isinstance(each, str) else exact_of(each) for each in found.values()]
