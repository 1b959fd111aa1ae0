"""A sheet as locating sees it: which cells of a row hold something, what their texts may be, at a low price a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from houqin.locate.vocabulary import Word, classify_text, normal_text, shapes_of
from houqin.model import Kind, Range

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from houqin.model import Grid

_DAY_ZERO = date(1899, 12, 30)
_LAST_SERIAL = 2_958_465
_KEPT_ROWS = 64
_ROWS_AT_HAND = 1 << 12
_OFTEN = 16  # what one text in so many holds is looked for in each
_MOST_OF_LINE = 2  # a row of more cells is a record, unless a text says otherwise
_SPECIAL = (
    Word.TOTAL
    | Word.SUBTOTAL
    | Word.SPLIT
    | Word.OPENING
    | Word.NOTE
    | Word.LABEL
    | Word.CATEGORY
    | Word.WORDS
    | Word.SIGNER
    | Word.NO_DAY
)


@dataclass(frozen=True, slots=True)
class Item:
    """A cell that holds something: its place, the last row and column of its merge, kind, text as shown, its words."""

    row: int
    column: int
    bottom: int
    right: int
    kind: int
    text: str
    words: int  # flags of Word

    @property
    def is_text(self) -> bool:
        """Tell text that is no number in disguise."""
        return self.kind == Kind.TEXT and not self.words & Word.NUMERAL

    @property
    def is_number(self) -> bool:
        """Tell a number, also one that is stored as text."""
        return self.kind == Kind.NUMBER or (self.kind == Kind.TEXT and bool(self.words & Word.NUMERAL))

    @property
    def width(self) -> int:
        """Columns that it spans."""
        return self.right - self.column + 1


class SheetView:
    """A grid with what its texts mean, asked row by row within a range of columns."""

    def __init__(self, grid: Grid) -> None:
        """Classify each distinct text once, on first sight."""
        self.grid = grid
        self._words: dict[int, int] = {}
        self._items: dict[tuple[int, int, int], list[Item]] = {}
        self._ids: dict[str, frozenset[int]] = {}
        self._filled: dict[tuple[int, bytes], tuple[int, ...]] = {}
        self._shape_of = {(m.top, m.left): m for m in grid.merges}

    @cached_property
    def shapes(self) -> list[str]:
        """The texts of the grid with all digits alike."""
        return shapes_of(self.grid.strings)

    @cached_property
    def special_ids(self) -> frozenset[int]:
        """Ids of the texts that can make a row other than a plain record."""
        return self._ids_with(_SPECIAL)

    @cached_property
    def header_ids(self) -> frozenset[int]:
        """Ids of the texts that offices use as headers."""
        return self._ids_with(Word.HEADER)

    def _ids_with(self, words: int) -> frozenset[int]:
        return frozenset(np.flatnonzero(self._all_words & words).tolist())

    @cached_property
    def _all_words(self) -> np.ndarray:
        pairs = zip(self.grid.strings, self.shapes, strict=True)
        return np.array([classify_text(text, shape) for text, shape in pairs], np.int64)

    def _kinds_of(self, area: Range) -> np.ndarray:
        """Give the kinds of an area, a row each."""
        grid = self.grid
        kinds = np.frombuffer(grid.kinds, np.uint8).reshape(grid.rows, grid.columns)
        return kinds[area.top - 1 : area.bottom, area.left - 1 : area.right]

    def counts(self, area: Range) -> np.ndarray:
        """Count the cells of each row of an area that hold something."""
        kinds = self._kinds_of(area)
        counts = np.zeros(len(kinds), np.int64)
        for column in range(kinds.shape[1]):
            counts += kinds[:, column] != Kind.BLANK
        return counts

    def wordless_rows(self, area: Range) -> frozenset[int]:
        """Give the rows of an area that hold something, and neither texts nor dates."""
        kinds = self._kinds_of(area)
        worded = ((kinds == Kind.TEXT) | (kinds == Kind.DATE)).any(axis=1)
        return frozenset((np.flatnonzero(kinds.any(axis=1) & ~worded) + area.top).tolist())

    def rows_of_ids(self, area: Range, ids: Iterable[int]) -> np.ndarray:
        """Tell of each row of an area whether one of its cells has a text with one of these ids."""
        return self._counts_of_ids(area, ids) > 0

    def _counts_of_ids(self, area: Range, ids: Iterable[int]) -> np.ndarray:
        grid = self.grid
        wanted = np.zeros(max(1, len(grid.strings)), bool)
        wanted[list(ids)] = True
        cells = np.frombuffer(grid.string_ids, np.uint32).reshape(grid.rows, grid.columns)
        cells = cells[area.top - 1 : area.bottom, area.left - 1 : area.right]
        counts = np.zeros(len(cells), np.int64)
        # So many rows at a time as stay at hand for the processor while their columns are looked at.
        for start in range(0, len(cells) if wanted.any() else 0, _ROWS_AT_HAND):
            some = cells[start : start + _ROWS_AT_HAND]
            for column in range(some.shape[1]):
                counts[start : start + _ROWS_AT_HAND] += wanted[some[:, column]]
        return counts

    def plain_rows(self, area: Range, serial: int | None, printed: frozenset[int] = frozenset()) -> np.ndarray:
        """Tell of each row of an area whether it is a record by all signs.

        It has three cells or more, no text that can make it anything else, and more than formulas beside its number
        and what is `printed` in its form.
        """
        plain = (self.counts(area) > _MOST_OF_LINE) & ~self.rows_of_ids(area, self.special_ids)
        grid = self.grid
        if grid.formulas:
            typed = np.frombuffer(grid.kinds, np.uint8) != Kind.BLANK
            places = np.fromiter(grid.formulas, np.int64, len(grid.formulas))
            typed[places[places < len(typed)]] = False
            typed = typed.reshape(grid.rows, grid.columns)
            for column in printed if serial is None else {serial, *printed}:
                typed[:, column - 1] = False
            plain &= typed[area.top - 1 : area.bottom, area.left - 1 : area.right].any(axis=1)
        return np.asarray(plain, bool)

    def header_words(self, row: int, area: Range) -> int:
        """Count the distinct header words of a row."""
        start = (row - 1) * self.grid.columns
        return len(self.header_ids.intersection(self.grid.string_ids[start + area.left - 1 : start + area.right]))

    def rows_with_header_words(self, area: Range, least: int) -> frozenset[int]:
        """Give the rows of an area that have at least so many cells with header words, all rows looked at together."""
        return frozenset((np.flatnonzero(self._counts_of_ids(area, self.header_ids) >= least) + area.top).tolist())

    def words_of(self, string_id: int) -> int:
        """Give the words of a string of the grid."""
        words = self._words.get(string_id)
        if words is None:
            words = self._words[string_id] = classify_text(self.grid.strings[string_id])
        return words

    def ids_of(self, normal: str) -> frozenset[int]:
        """Give the ids of the strings that read like a normal text."""
        if normal not in self._ids:
            strings = self.grid.strings
            self._ids[normal] = frozenset(i for i in self._with_sign(normal[:1]) if normal_text(strings[i]) == normal)
        return self._ids[normal]

    def _with_sign(self, sign: str) -> list[int]:
        """Give the ids of the strings that hold a character."""
        together, starts = self._together
        if not sign or together.count(sign) * _OFTEN > len(starts):
            return [n for n, text in enumerate(self.grid.strings) if sign in text]
        at, found = together.find(sign), []  # type: int, list[int]
        while at >= 0:
            found.append(int(np.searchsorted(starts, at, "right")) - 1)
            at = together.find(sign, starts[found[-1] + 1] if found[-1] + 1 < len(starts) else len(together))
        return found

    @cached_property
    def _together(self) -> tuple[str, np.ndarray]:
        """All strings in one, and where each begins."""
        strings = self.grid.strings
        lengths = np.fromiter(map(len, strings), np.int64, len(strings)) + 1
        return "\0".join(strings), np.cumsum(lengths) - lengths

    def string_id(self, row: int, column: int) -> int:
        """Give the id of a cell's string; that of a cell without one tells nothing."""
        return self.grid.string_ids[(row - 1) * self.grid.columns + column - 1]

    def kinds(self, row: int, area: Range) -> bytes:
        """Give the kinds of a row within the area's columns."""
        start = (row - 1) * self.grid.columns
        return self.grid.kinds[start + area.left - 1 : start + area.right]

    def kinds_of_rows(self, rows: Sequence[int], area: Range) -> list[bytes]:
        """Give the kinds of some rows within the area's columns."""
        kinds, width, first, last = self.grid.kinds, self.grid.columns, area.left - 1, area.right
        return [kinds[(row - 1) * width + first : (row - 1) * width + last] for row in rows]

    def columns(self, row: int, area: Range) -> tuple[int, ...]:
        """Give the columns of a row that hold something."""
        start = (row - 1) * self.grid.columns
        shape = (area.left, self.grid.kinds[start + area.left - 1 : start + area.right])
        filled = self._filled.get(shape)
        if filled is None:
            filled = self._filled[shape] = tuple(i for i, kind in enumerate(shape[1], area.left) if kind)
        return filled

    def is_blank(self, row: int, area: Range) -> bool:
        """Tell a row without anything."""
        return not any(self.kinds(row, area))

    def item(self, row: int, column: int) -> Item:
        """Give a cell that holds something."""
        grid = self.grid
        if not 1 <= row <= grid.rows:
            return Item(row, column, row, column, int(Kind.BLANK), "", Word.NONE)
        at = (row - 1) * grid.columns + column - 1
        kind = grid.kinds[at]
        merge = self._shape_of.get((row, column))
        bottom, right = (merge.bottom, merge.right) if merge else (row, column)
        if kind in (Kind.TEXT, Kind.ERROR):
            string_id = grid.string_ids[at]
            words = self.words_of(string_id) if kind == Kind.TEXT else Word.NONE
            return Item(row, column, bottom, right, kind, grid.strings[string_id].strip(), words)
        return Item(row, column, bottom, right, kind, shown_number(grid.numbers[at], kind), Word.NONE)

    def items(self, row: int, area: Range) -> list[Item]:
        """Give what a row holds, from the left; the rows asked for last are kept at hand."""
        place = (row, area.left, area.right)
        items = self._items.get(place)
        if items is None:
            if len(self._items) >= _KEPT_ROWS:
                self._items.clear()
            items = self._items[place] = [self.item(row, column) for column in self.columns(row, area)]
        return items

    def text(self, row: int, column: int) -> str:
        """Give a cell's normal text, empty for a blank cell."""
        return normal_text(self.item(row, column).text) if self.grid.kind(row, column) else ""

    def is_covered(self, row: int, column: int) -> bool:
        """Tell a cell that lies under a merge whose anchor is another cell that holds something."""
        anchor = self.grid.anchor(row, column)
        return anchor != (row, column) and bool(self.grid.kind(*anchor))

    def is_row_covered(self, row: int, area: Range) -> bool:
        """Tell a row that lies under merges from above."""
        return any(
            merge.top < row and merge.left <= area.right and merge.right >= area.left
            for merge in self.grid.merges_by_row.get(row, ())
            if self.grid.kind(merge.top, merge.left)
        )

    def is_filled(self, row: int, column: int) -> bool:
        """Tell a cell that holds something or lies under a merge that does."""
        return bool(self.grid.kind(row, column)) or self.is_covered(row, column)

    def is_bold(self, item: Item) -> bool:
        """Tell whether a cell is bold."""
        return self.is_bold_at(item.row, item.column)

    def is_bold_at(self, row: int, column: int) -> bool:
        """Tell whether the cell at a place is bold."""
        return (row - 1) * self.grid.columns + column - 1 in self.grid.bold

    def has_texts(self, row: int, area: Range) -> bool:
        """Tell a row that holds a text."""
        return int(Kind.TEXT) in self.kinds(row, area)

    def has_special(self, row: int, area: Range) -> bool:
        """Tell whether a row holds a text that can make it other than a plain record."""
        start = (row - 1) * self.grid.columns
        ids = self.grid.string_ids[start + area.left - 1 : start + area.right]
        return not self.special_ids.isdisjoint(ids)

    def number(self, row: int, column: int) -> float | None:
        """Give a cell's number, also of one stored as text, None for anything else."""
        kind = self.grid.kind(row, column)
        if kind == Kind.NUMBER:
            return self.grid.numbers[(row - 1) * self.grid.columns + column - 1]
        if kind == Kind.TEXT:
            item = self.item(row, column)
            if item.words & Word.NUMERAL:
                try:
                    return float(normal_text(item.text).replace(",", "").strip("()¥￥%"))
                except ValueError:
                    return None
        return None


def whole_sheet(grid: Grid) -> Range:
    """Give the range of all that a grid holds."""
    return Range(1, 1, grid.rows, grid.columns)


def within(area: Range, **ends: int) -> Range:
    """Give a range with some of its ends changed."""
    return area._replace(**ends)


def clipped(item: Item, area: Range) -> Item:
    """Give an item with its merge cut to an area."""
    if item.bottom <= area.bottom and item.right <= area.right:
        return item
    return replace(item, bottom=min(item.bottom, area.bottom), right=min(item.right, area.right))


def shown_number(number: float, kind: int) -> str:
    """Write a number as a header or a note would show it; a date as ISO."""
    if kind == Kind.DATE and 1 <= number < _LAST_SERIAL:
        return (_DAY_ZERO + timedelta(days=int(number))).isoformat()
    if kind == Kind.BOOL:
        return "TRUE" if number else "FALSE"
    return str(int(number)) if number == int(number) else repr(number)
