"""What a reader saw beside the cells: told to the clerk as findings, never a reason to refuse."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import Kind, a1

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.model import Grid

# A finding lists so many of its cells; the total counts all.
_MOST_CELLS = 200
_FIRST_LONG_NUMBER = 1e15
# Past this it is a measurement or nonsense, no number of a document.
_END_OF_LONG_NUMBERS = 1e30
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff]")
_FORMULA_LIKE = re.compile(r"\t?[=＝@].|\t[+-]|[+-].*[(+*/].*[)\d]\Z", re.DOTALL)
_FORMULA_STARTS = tuple("=＝@\t+-")
_PHONE = re.compile(r"[+\d\s()-]+")
_SHEET_NAME = re.compile(r"[\\/?*\[\]:]|\A[=']|'\Z")
_LONGEST_SHEET_NAME = 31


class Note(NamedTuple):
    """One thing to tell: `cells` are addresses in the sheet, `detail` goes into the sentence, `total` counts all."""

    code: str
    sheet: str | None = None
    cells: tuple[str, ...] = ()
    detail: str = ""
    total: int = 1


class Member(NamedTuple):
    """A file of an archive: its name with forward slashes, and its bytes; `problem` says why there are none."""

    name: str
    data: bytes
    problem: str = ""


class Parsed(NamedTuple):
    """What a reader gives: the format by content, the sheets and what there is to tell.

    An archive has no sheets but `members`.
    """

    format: str
    grids: list[Grid]
    notes: list[Note]
    members: tuple[Member, ...] = ()


def sheet_name_note(name: str) -> Note | None:
    """Tell of a sheet's name that Excel itself would not allow."""
    odd = len(name) > _LONGEST_SHEET_NAME or not name.strip() or _SHEET_NAME.search(name)
    return Note("odd-sheet-name", name or None) if odd else None


def grid_notes(grid: Grid, odd_dates: Iterable[int] = ()) -> list[Note]:
    """Look through a sheet for what people overlook: cheap where there is nothing."""
    found = [
        offsets_note(grid, "unstored-formula", grid.unstored),
        # A formula that fails is told where its column is used; an error that was pasted as a value never mends itself.
        offsets_note(grid, "error-cell", [at for at in _cells_of_kind(grid, Kind.ERROR) if at not in grid.formulas]),
        offsets_note(grid, "odd-date", odd_dates),
        _filtered(grid),
        *_text_notes(grid),
        *(_lost_digits(grid, column) for column in sorted(grid.lost_digits)),
        *_merge_notes(grid),
    ]
    if not grid.visible and any(grid.kinds):
        found.insert(0, Note("hidden-sheet", grid.sheet))
    return [note for note in found if note is not None]


def _filtered(grid: Grid) -> Note | None:
    """Tell of rows that a filter hides: whoever looks at the sheet adds up others than we do."""
    columns = grid.columns
    rows = [row for row in sorted(grid.filtered_rows) if any(grid.kinds[(row - 1) * columns : row * columns])]
    return (
        Note("filtered-rows", grid.sheet, tuple(f"A{row}" for row in rows[:_MOST_CELLS]), "", len(rows))
        if rows
        else None
    )


def offsets_note(grid: Grid, code: str, offsets: Iterable[int], detail: str = "") -> Note | None:
    """Give a note on cells of a sheet, by their offsets; none where there are no cells."""
    places = sorted(offsets)
    if not places:
        return None
    cells = tuple(a1(at // grid.columns + 1, at % grid.columns + 1) for at in places[:_MOST_CELLS])
    return Note(code, grid.sheet, cells, detail, len(places))


def _cells_of_kind(grid: Grid, kind: Kind) -> list[int]:
    found, at = [], grid.kinds.find(kind)
    while at >= 0:
        found.append(at)
        at = grid.kinds.find(kind, at + 1)
    return found


def _text_notes(grid: Grid) -> list[Note | None]:
    """Find texts that look like formulas or hold what cannot be printed: once a text, not once a cell."""
    odd = {n for n, text in enumerate(grid.strings) if _ODD.search(text)} if _ODD.search("".join(grid.strings)) else ()
    like = {n for n, text in enumerate(grid.strings) if text.startswith(_FORMULA_STARTS) and _is_formula_like(text)}
    if not odd and not like:
        return []
    texts = [(at, n) for at, n in enumerate(grid.string_ids) if n and grid.kinds[at] == Kind.TEXT]
    return [
        offsets_note(grid, "odd-characters", [at for at, n in texts if n in odd]),
        offsets_note(grid, "formula-like-text", [at for at, n in texts if n in like]),
    ]


def _is_formula_like(text: str) -> bool:
    return bool(_FORMULA_LIKE.match(text)) and not (text[0] == "+" and _PHONE.fullmatch(text) and " " in text)


def lost_digit_columns(numbers: Iterable[float], columns: int) -> frozenset[int]:
    """Give the columns that hold numbers of more digits than a stored number keeps."""
    return frozenset(at % columns + 1 for at, number in enumerate(numbers) if _is_long(number))


def _is_long(number: float) -> bool:
    return _FIRST_LONG_NUMBER <= abs(number) < _END_OF_LONG_NUMBERS and number.is_integer()


def _lost_digits(grid: Grid, column: int) -> Note:
    """Tell of a column once: its range, its header, the number of digits."""
    column_numbers = grid.numbers[column - 1 :: grid.columns]
    rows = [row for row, number in enumerate(column_numbers, 1) if _is_long(number)]
    digits = max(len(f"{abs(column_numbers[row - 1]):.0f}") for row in rows)
    above = (grid.cell(row, column) for row in range(rows[0] - 1, 0, -1))
    header = next((str(cell.value).strip() for cell in above if cell.kind == Kind.TEXT), "")
    named = f"“{header}”" if header else f"{a1(1, column)[:-1]} 列"
    where = f"{a1(rows[0], column)}:{a1(rows[-1], column)}" if len(rows) > 1 else a1(rows[0], column)
    detail = f"{named}{where} 被存成了数字，{digits} 位号码的后 {digits - 15} 位"
    cells = tuple(a1(row, column) for row in rows[:_MOST_CELLS])
    return Note("lost-digits", grid.sheet, cells, detail, len(rows))


def _merge_notes(grid: Grid) -> list[Note | None]:
    """Tell of merges that overlap, and of cells with content that a merge hides."""
    covered: set[int] = set()
    for merge in grid.merges:
        for row in range(merge.top, min(merge.bottom, grid.rows) + 1):
            start = (row - 1) * grid.columns + merge.left - 1
            stop = (row - 1) * grid.columns + min(merge.right, grid.columns)
            if row == merge.top:
                start += 1
            if any(grid.kinds[start:stop]):
                covered.update(at for at in range(start, stop) if grid.kinds[at])
    overlaps = [
        (row - 1) * grid.columns + after.left - 1
        for row, merges in grid.merges_by_row.items()
        for before, after in pairwise(sorted(merges, key=lambda m: m.left))
        if after.left <= before.right and after.left <= grid.columns
    ]
    return [offsets_note(grid, "covered-cells", covered), offsets_note(grid, "merge-overlap", overlaps)]
