"""Formulas whose values a file does not hold, filled with what a program of this machine computed."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.model import Grid, Kind
from houqin.read.engine import NAME
from houqin.read.notes import Note, offsets_note
from houqin.read.number_formats import is_date_format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.read.engine import Engine
    from houqin.read.notes import Parsed
    from houqin.read.reader import Reader

_END_OF_DATES = 2_958_466  # the serial of the day after 9999-12-31
_USED = frozenset({Kind.NUMBER, Kind.DATE, Kind.TEXT, Kind.BOOL})


@dataclass(slots=True)
class Computing:
    """The workbooks of one pass that want computing, made ready; they are computed in one call."""

    reader: Reader
    engine: Engine
    waiting: list[tuple[str, Parsed, bytes]] = field(default_factory=list)
    done: dict[str, Parsed] = field(default_factory=dict)

    def take(self, name: str, data: bytes, parsed: Parsed) -> None:
        """Take a workbook, if it lacks values and may be computed; why not is added to its notes."""
        if parsed.format != "xlsx" or not any(grid.unstored for grid in parsed.grids):
            return
        if not data.startswith(b"PK"):
            reason = "文件设有密码，没有代为计算"  # unlocked, it would lie on the disk for a moment
            self.done[name] = parsed._replace(notes=[_with_reason(note, reason) for note in parsed.notes])
            return
        try:
            self.waiting.append((name, parsed, self.reader.reduce(data)))
        except RefusedFile as refusal:
            self.done[name] = parsed._replace(notes=[_with_reason(note, str(refusal)) for note in parsed.notes])

    def finish(self) -> dict[str, Parsed]:
        """Compute all; give name -> what is now known of that file."""
        given = [data for _, _, data in self.waiting]
        made = self.engine.compute(given, self.reader.limits.engine_seconds) if given else []
        for (name, parsed, _), data in zip(self.waiting, made, strict=True):
            self.done[name] = parsed if data is None else self._filled(parsed, data)
        return self.done

    def _filled(self, parsed: Parsed, data: bytes) -> Parsed:
        try:
            computed = {grid.sheet: grid for grid in self.reader.read(data).grids}
        except RefusedFile:
            return parsed
        pairs = [fill(grid, computed.get(grid.sheet)) for grid in parsed.grids]
        filled = {grid.sheet: offsets for grid, offsets in pairs}
        notes = [each for note in parsed.notes for each in _notes_now(note, parsed.grids, filled)]
        return parsed._replace(grids=[grid for grid, _ in pairs], notes=notes)


def fill(grid: Grid, computed: Grid | None) -> tuple[Grid, frozenset[int]]:
    """Give the sheet with computed values where none were stored, and which cells these are.

    A cell stays a formula and keeps its own number format. An error is no value: the program may lack a function.
    """
    if computed is None or not grid.unstored:
        return grid, frozenset()
    kinds, numbers, ids = bytearray(grid.kinds), array("d", grid.numbers), array("I", grid.string_ids)
    strings = {text: n for n, text in enumerate(grid.strings)}
    filled = set()
    for at in grid.unstored:
        cell = computed.cell(at // grid.columns + 1, at % grid.columns + 1)
        if cell.kind not in _USED:
            continue
        filled.add(at)
        kinds[at] = _kind(cell.kind, cell.value, grid.formats[grid.format_ids[at]])
        if isinstance(cell.value, str):
            ids[at] = strings.setdefault(cell.value, len(strings))
        else:
            numbers[at] = float(cell.value or 0)
    made = replace(
        grid, kinds=bytes(kinds), numbers=numbers, string_ids=ids, strings=tuple(strings),
        unstored=grid.unstored - filled,
    )  # fmt: skip
    return made, frozenset(filled)


def _kind(kind: Kind, value: object, number_format: str) -> int:
    if kind not in {Kind.NUMBER, Kind.DATE} or not isinstance(value, float):
        return kind
    return Kind.DATE if is_date_format(number_format) and 0 <= value < _END_OF_DATES else Kind.NUMBER


def _notes_now(note: Note, grids: Iterable[Grid], filled: dict[str, frozenset[int]]) -> list[Note]:
    """Replace what was said of a sheet's missing values by what was computed and what still is missing."""
    if note.code != "unstored-formula":
        return [note]
    grid = next(each for each in grids if each.sheet == note.sheet)
    done = filled.get(grid.sheet, frozenset())
    left = offsets_note(grid, "unstored-formula", grid.unstored - done)
    return [each for each in (offsets_note(grid, "computed-formula", done, NAME), left) if each is not None]


def _with_reason(note: Note, reason: str) -> Note:
    return note._replace(detail=f"（{reason}）") if note.code == "unstored-formula" else note


