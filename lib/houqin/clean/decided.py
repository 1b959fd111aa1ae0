"""Corrections that people decided, laid over the sheets as they were read; the file itself is never changed."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import Change, Finding, Kind, Level, Place, column_number
from houqin.school import DecisionKind
from houqin.values import canonical_text, number_of, serial_of_date, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from houqin.model import Grid, SourceFile
    from houqin.school import Decision, Decisions

_CELL = re.compile(r"^([A-Z]{1,3})([1-9]\d*)$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# A double shows fifteen digits; a longer number stays text.
_MOST_DIGITS = 15
RULE = "decision"


def apply_corrections(
    files: Iterable[SourceFile], decisions: Decisions
) -> tuple[tuple[SourceFile, ...], list[Change], list[Finding]]:
    """Lay the corrections over the files' sheets.

    A correction holds while its cell says what it said then; where it says something else now, and not what was
    decided either, both are shown as a question and the cell counts as it is. A decision about a file names it by its
    path, or by its name alone where just one file has that name.
    """
    read = tuple(files)
    corrections = decisions.of(DecisionKind.CORRECTION)
    changes: list[Change] = []
    findings: list[Finding] = []
    if not corrections:
        return read, changes, findings
    paths = [file.path for file in read]
    patched = []
    for file in read:
        own = [each for each in corrections if path_meant(each, paths) == file.path]
        grids = tuple(_corrected(grid, file.path, own, changes, findings) for grid in file.grids) if own else file.grids
        patched.append(replace(file, grids=grids) if own else file)
    return tuple(patched), changes, findings


def path_meant(decision: Decision, paths: Collection[str]) -> str | None:
    """Give the path of the file that a decision is about, None where it is not there or is one of several."""
    if decision.file in paths:
        return decision.file
    alike = [path for path in paths if path.rsplit("/", 1)[-1] == decision.file.rsplit("/", 1)[-1]]
    return alike[0] if len(alike) == 1 else None


def _corrected(
    grid: Grid, path: str, decisions: list[Decision], changes: list[Change], findings: list[Finding]
) -> Grid:
    for decision in decisions:
        found = _CELL.match(decision.cell)
        if found is None or decision.sheet not in {"", grid.sheet}:
            continue
        row, column = int(found[2]), column_number(found[1])
        says, place = canonical_text(shown(grid.cell(row, column))), Place(path, grid.sheet, decision.cell)
        if _same(says, decision.raw) and row <= grid.rows and column <= grid.columns:
            grid = _with_value(grid, row, column, decision.value)
            changes.append(Change(place, says, decision.value, RULE))
        elif not _same(says, decision.value):
            findings.append(_outdated(decision, says, place))
    return grid


def _same(one: str, other: str) -> bool:
    """Compare two texts, numbers by their value: 350.00 is 350."""
    left, right = one.replace(",", ""), other.replace(",", "")
    if _NUMBER.match(left) and _NUMBER.match(right):
        return float(left) == float(right)
    return one == other


def _outdated(decision: Decision, says: str, place: Place) -> Finding:
    message = (
        f"以前决定把“{decision.raw}”改为“{decision.value}”（{decision.said or '未写明是谁'}），"
        f"现在这里是“{says}”，那条决定没有使用，按表里的处理。请再看一次，或在《决定登记》里改掉那一行。"
    )
    return Finding("outdated-decision", Level.QUESTION, message, place, found=says, expected=decision.value or None)


def _with_value(grid: Grid, row: int, column: int, value: str) -> Grid:
    """Give the sheet with one cell changed: a number or a date where the text is one, else text; empty is a blank."""
    at = (row - 1) * grid.columns + column - 1
    kinds, numbers, ids = bytearray(grid.kinds), array("d", grid.numbers), array("I", grid.string_ids)
    strings = grid.strings
    was = kinds[at]
    if not value:
        kinds[at] = Kind.BLANK
    elif _DAY.match(value) and was == Kind.DATE:
        numbers[at] = float(serial_of_date(value))
    elif _NUMBER.match(value) and was != Kind.TEXT and sum(c.isdigit() for c in value) <= _MOST_DIGITS:
        kinds[at], numbers[at] = Kind.NUMBER, float(number_of(float(value)))
    else:
        kinds[at], ids[at] = Kind.TEXT, len(strings)
        strings = (*strings, value)
    return replace(
        grid, kinds=bytes(kinds), numbers=numbers, string_ids=ids, strings=strings,
        formulas=grid.formulas - {at}, unstored=grid.unstored - {at},
    )  # fmt: skip
