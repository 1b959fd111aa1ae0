"""Corrections that people decided, laid over the sheets as they were read; the file itself is never changed."""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import Change, Finding, Kind, Level, Place, column_number
from houqin.school import DecisionKind, Decisions
from houqin.values import canonical_text, number_of, serial_of_date, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.model import Grid, SourceFile
    from houqin.school import Decision

_CELL = re.compile(r"^([A-Z]{1,3})([1-9]\d*)$")
_NUMBER = re.compile(r"^-?\d+(\.\d+)?$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
# A double shows fifteen digits; a longer number stays text.
_MOST_DIGITS = 15
RULE = "decision"
SUPERSEDED = "superseded"  # the code of an original whose marked copy is used instead


def apply_corrections(
    files: Iterable[SourceFile], decisions: Decisions
) -> tuple[tuple[SourceFile, ...], list[Change], list[Finding]]:
    """Lay the corrections over the files' sheets.

    A correction holds while its cell says what it said then; where it says something else now, and not what was
    decided either, both are shown as a question and the cell counts as it is.
    """
    read = tuple(files)
    corrections = decisions.of(DecisionKind.CORRECTION)
    changes: list[Change] = []
    findings: list[Finding] = []
    if not corrections:
        return read, changes, findings
    patched = []
    for file in read:
        own = [each for each in corrections if each.file == file.path]
        grids = tuple(_corrected(grid, file.path, own, changes, findings) for grid in file.grids) if own else file.grids
        patched.append(replace(file, grids=grids) if own else file)
    return tuple(patched), changes, findings


def with_paths(decisions: Decisions, files: Iterable[SourceFile]) -> Decisions:
    """Give the decisions with the paths under which their files lie here and now.

    A decision names its file by path; where that is not among those read, the marked copy that stands for it is meant,
    else the one file of the same name, wherever it lies now.
    """
    listed = tuple(files)
    read = [file.path for file in listed if file.status == "read"]
    stands_for = {file.path: file.same_as for file in listed if file.code == SUPERSEDED and file.same_as}
    by_name: dict[str, list[str]] = {}
    for path in read:
        by_name.setdefault(path.rsplit("/", 1)[-1], []).append(path)

    def now(decision: Decision) -> Decision:
        if not decision.file or decision.file in read:
            return decision
        alike = by_name.get(decision.file.rsplit("/", 1)[-1], [])
        path = stands_for.get(decision.file) or (alike[0] if len(alike) == 1 else decision.file)
        return replace(decision, file=path)

    return Decisions(tuple(now(each) for each in decisions.all))


def _corrected(
    grid: Grid, path: str, decisions: list[Decision], changes: list[Change], findings: list[Finding]
) -> Grid:
    for decision in decisions:
        found = _CELL.match(decision.cell)
        if found is None or decision.sheet not in {"", grid.sheet}:
            continue
        row, column = int(found[2]), column_number(found[1])
        says, place = canonical_text(shown(grid.cell(row, column))), Place(path, grid.sheet, decision.cell)
        if says_alike(says, decision.raw) and row <= grid.rows and column <= grid.columns:
            grid = _with_value(grid, row, column, decision.value)
            changes.append(Change(place, says, decision.value, RULE, _said(decision)))
        elif not says_alike(says, decision.value):
            findings.append(_outdated(decision, says, place))
    return grid


def _said(decision: Decision) -> str:
    """Say who decided it, when and why."""
    return "：".join(part for part in (decision.said or "未写明是谁", decision.reason) if part)


def says_alike(one: str, other: str) -> bool:
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
