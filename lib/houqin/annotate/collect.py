"""Findings by file: which cells to mark with what note, and the rows of the list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.annotate.words import entry_text, note_text, other_cells
from houqin.model import Level, Place, a1, finding_key
from houqin.package import SIGNS, Mark, Row, cell_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from houqin.model import Cell, Finding, Grid, SourceFile

# A finding for information is marked where it is about so few cells: a sheet full of marks shows none.
_FEW = 5
# Past this a sheet's marks are no help any more, and a note each makes the file slow.
_MOST_MARKS = 1_000


@dataclass(slots=True)
class FileMarks:
    """What is to be done in one file: findings with their places there; `marks` by sheet, `rows` of the list."""

    file: SourceFile
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    levels: dict[Level, int] = field(default_factory=dict)
    left_out: int = 0  # cells past the most that a sheet is marked with


def collect_marks(files: Sequence[SourceFile], findings: Sequence[Finding]) -> list[FileMarks]:
    """Give what is to be done in each file that was read and has a cell to mark, in the order of the files.

    Findings keep their order, which is that of all lists.
    """
    by_file: dict[str, list[tuple[Finding, list[Place]]]] = {}
    for finding in findings:
        for path, places in _places(finding).items():
            by_file.setdefault(path, []).append((finding, places))
    read = {file.path: file for file in files if file.status == "read"}
    collected = []
    for path, file in read.items():
        made = _collect(file, by_file.get(path, []), read)
        if made.marks:
            collected.append(made)
    return collected


def _places(finding: Finding) -> dict[str, list[Place]]:
    """Give a finding's places by file, the first place first, each once."""
    places: dict[str, list[Place]] = {}
    for place in dict.fromkeys((finding.place, *finding.related)):
        if place is not None:
            places.setdefault(place.file, []).append(place)
    return places


def _collect(
    file: SourceFile, found: Iterable[tuple[Finding, list[Place]]], read: Mapping[str, SourceFile]
) -> FileMarks:
    made = FileMarks(file)
    grids = {grid.sheet: grid for grid in file.grids}
    cells: dict[tuple[str, str], list[Finding]] = {}
    for number, (finding, places) in enumerate(found, 1):
        made.levels[finding.level] = made.levels.get(finding.level, 0) + 1
        made.rows.append(_row(number, finding, places, grids, read))
        if finding.level is not Level.INFO or len(places) <= _FEW:
            for place in places:
                cell = _marked_cell(grids.get(place.sheet or ""), place)
                if cell is not None:
                    cells.setdefault((place.sheet or "", cell), []).append(finding)
    for (sheet, cell), each in cells.items():
        marks = made.marks.setdefault(sheet, [])
        if len(marks) >= _MOST_MARKS:
            made.left_out += 1
            continue
        level = min((finding.level for finding in each), key=lambda level: level.rank)
        marks.append(Mark(cell, level.value, note_text(each, Place(file.path, sheet, cell))))
    return made


def _row(
    number: int, finding: Finding, places: Sequence[Place], grids: Mapping[str, Grid], read: Mapping[str, SourceFile]
) -> Row:
    """Make a row of the list, in the order of LIST_COLUMNS; its link leads to the finding's first cell in the file."""
    place = places[0]
    first = finding.place or place
    grid = grids.get(place.sheet or "")
    is_own = first == place
    key = f"{finding.code}#{finding_key(finding, _raw(first, read))}"
    level = f"{SIGNS[finding.level.value]} {finding.level.title}"
    texts = (
        str(number), level, place.sheet or "", place.cell or "", entry_text(finding, place) + other_cells(places),
        (finding.found or "") if is_own else "", (finding.expected or "") if is_own else "",
        (finding.suggestion or "") if is_own else "", "", "", key,
    )  # fmt: skip
    return Row(
        texts=texts, level=finding.level.value, sheet=place.sheet if grid is not None else None, cell=place.cell,
        has_suggestion=bool(finding.suggestion) and is_own,
    )  # fmt: skip


def _marked_cell(grid: Grid | None, place: Place) -> str | None:
    """Give the cell that bears a place's mark: within a merge the one that shows; None where there is no such cell."""
    at = cell_at(place.cell or "")
    return a1(*grid.anchor(*at)) if grid is not None and at is not None else None


def _raw(place: Place, read: Mapping[str, SourceFile]) -> Cell | None:
    """Give the stored value of a place's cell."""
    file = read.get(place.file)
    at = cell_at(place.cell or "")
    if file is None or at is None:
        return None
    return next((grid.cell(*at) for grid in file.grids if grid.sheet == place.sheet), None)
