"""How the rows of a sheet's part are written: one pattern for a row, learnt from some of them.

Each cell of such a row may be missing or blank, and may be written in a few ways, as a number or as a text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import column_number

if TYPE_CHECKING:
    from collections.abc import Callable

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]{1,7}"([^<>/]*)'
    rb"(?:/>|></c>|>(?:(<f)[^<>]*?(?:/>|>[^<]*</f>))?"
    rb'(<v>|<is><t(?: xml:space="preserve")?>)[^<]+(?:</v>|</t></is>)</c>)'
)
_ROW = rb'<row r="([1-9][0-9]{0,6})"(?: [a-zA-Z][a-zA-Z0-9:]*="[^"<>&\x00-\x1f]*")*+ ?>'
_FORMULA = rb"<f[^<>]*?(?:/>|>[^<]*</f>)"
_VALUE, _IN_PLACE = rb"<v>([^<]+)</v></c>", rb'<is><t(?: xml:space="preserve")?>([^<]+)</t></is></c>'
_BLANK = rb'(?: s="[0-9]{1,6}")?(?: t="[a-zA-Z]{1,9}")?(?:/>|></c>)'
_MOST_COLUMNS = 200  # a pattern of more groups than this gains nothing
_MOST_WAYS = 12  # in which the cells of a column may be written


class Look(NamedTuple):
    """What a cell's attributes say: kind, format id and bold face; of a text, whether its value is a shared number.

    `in_place` is a text within its own tags, `formula` a cell that has one.
    """

    kind: int
    format_id: int
    bold: bool
    shared: bool = False
    in_place: bool = False
    formula: bool = False


class Shape(NamedTuple):
    """The pattern of a row, whose first group is the row's number, and for each column the looks of its groups."""

    pattern: re.Pattern[bytes]
    columns: list[tuple[int, list[Look]]]


class Writings:
    """The ways in which cells were seen to be written, by column."""

    def __init__(self, look: Callable[[bytes], Look | None]) -> None:
        """Start without any; `look` says what attributes mean, None for kinds that are taken one by one."""
        self._look = look
        self._ways: dict[bytes, dict[Look, list[bytes]]] = {}

    def learn(self, rows: bytes) -> bool:
        """Take in how the cells of some rows are written; tell whether any of it is new."""
        new = False
        for letters, attributes, formula, tag in dict.fromkeys(_CELL.findall(rows)):
            new = new or letters not in self._ways
            ways = self._ways.setdefault(letters, {})
            look = self._look(attributes) if tag else None
            if look is None or look.in_place != tag.startswith(b"<is>"):
                continue
            written = ways.setdefault(look._replace(formula=bool(formula)), [])
            if attributes not in written and sum(map(len, ways.values())) < _MOST_WAYS:
                written.append(attributes)
                new = True
        return new

    def shape(self) -> Shape | None:
        """Give the shape of rows written in any of these ways; None where there are too many or too few columns."""
        if not 0 < len(self._ways) <= _MOST_COLUMNS:
            return None
        ways = sorted(self._ways.items(), key=lambda way: (len(way[0]), way[0]))
        return _shape(tuple((letters, tuple((k, tuple(v)) for k, v in looks.items() if v)) for letters, looks in ways))


# Workbooks of one form have rows of one shape.
@lru_cache(maxsize=64)
def _shape(columns: tuple[tuple[bytes, tuple[tuple[Look, tuple[bytes, ...]], ...]], ...]) -> Shape:
    pattern = _ROW
    for letters, ways in columns:
        written = b"|".join([*(_way(look, attributes) for look, attributes in ways), _BLANK])
        # What was taken for a cell stays so (`+`): a row that does not fit is given up at once.
        pattern += rb'(?:<c r="' + letters + rb'\1"(?:' + written + b"))?+"
    looks = [(column_number(letters.decode()), [look for look, _ in ways]) for letters, ways in columns]
    return Shape(re.compile(pattern + b"</row>"), looks)


def _way(look: Look, written: tuple[bytes, ...]) -> bytes:
    attributes = b"|".join(map(re.escape, written))
    value = (_FORMULA if look.formula else b"") + (_IN_PLACE if look.in_place else _VALUE)
    return (b"(?:" + attributes + b")>" if len(written) > 1 else attributes + b">") + value
