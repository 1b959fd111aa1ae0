"""The list of findings as a person reads it: one line a cause, what matters most first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import Level, Range, column_number
from houqin.values import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.model import Finding, Place

# Up to so many findings of one cause each keep their own line.
MOST_APART = 3
# A combined line spells out so many of its cells.
MOST_SPELT_OUT = 12
# Findings of these codes say that one file (their place) is a copy of another (their related place).
COPY_CODES = ("duplicate-record", "conflicting-copies")
# The form's own rule about the words of a field, and what cleaning says where a form has none.
OWN_WORDS, ANY_WORDS = "unknown-word", "not-allowed"
CELL = re.compile(r"([A-Z]+)(\d+)")

Cause = tuple[object, ...]


def combine_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make findings of one cause (code, level, form, file, sheet, field) one line, and sort all.

    What is merely mentioned is one line for all sheets of a file.
    The order is that of level, file, sheet, row and column; what is equal keeps its order.
    """
    ordered = _without_milder(_without_copies(sorted(dict.fromkeys(findings), key=_order)))
    causes: dict[Cause, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(ordered):
        causes[_cause(finding, number)].append(finding)
    combined = [each for group in causes.values() for each in _lines(group)]
    return tuple(sorted(_across_sheets(combined), key=_order))


def _across_sheets(findings: list[Finding]) -> list[Finding]:
    """Mention once what is the same in many sheets of a file: a header's name, rows that are copies."""
    alike: dict[Cause, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(findings):
        place = finding.place
        is_mere = finding.level == Level.INFO and place is not None and place.sheet is not None
        same = (finding.code, finding.form, finding.field, place.file) if is_mere and place else (number,)
        alike[same].append(finding)
    return [each for group in alike.values() for each in _lines_of_sheets(group)]


def _lines_of_sheets(group: list[Finding]) -> list[Finding]:
    sheets = list(dict.fromkeys(each.place.sheet for each in group if each.place))
    if len(sheets) <= MOST_APART:
        return group
    first = group[0]
    named = "、".join(f"“{sheet}”" for sheet in sheets[:2])
    message = f"{named}等 {len(sheets)} 张工作表都是这样。第一处：{first.message}"
    places = [p for each in group for p in (each.place, *each.related) if p is not None and p != first.place]
    count = sum(each.count for each in group)
    return [replace(first, message=message, count=count, related=tuple(dict.fromkeys(places)), suggestion=None)]


def _without_copies(findings: list[Finding]) -> list[Finding]:
    """Tell once what is wrong in a workbook and in its copy; the copy's cell goes along."""
    said = [(f.place.file, other.file) for f in findings if f.code in COPY_CODES and f.place for other in f.related]
    copies = {(copy, original) for copy, original in said if copy != original}
    kept: dict[tuple[object, ...], list[int]] = defaultdict(list)
    told: list[Finding] = []
    # The original comes first here, whatever the names of its copies.
    for finding in sorted(findings, key=lambda f: any(f.place and f.place.file == copy for copy, _ in copies)):
        key = (finding.code, finding.level, finding.form, finding.field, finding.message, finding.found)
        first = next((n for n in kept[key] if _is_copy(finding, told[n], copies)), None)
        if first is None or finding.place is None:
            kept[key].append(len(told))
            told.append(finding)
        else:
            told[first] = replace(told[first], related=(*told[first].related, finding.place))
    return sorted(told, key=_order)


def _is_copy(finding: Finding, other: Finding, copies: set[tuple[str, str]]) -> bool:
    if finding.place is None or other.place is None:
        return False
    return (finding.place.file, other.place.file) in copies


def _without_milder(findings: list[Finding]) -> list[Finding]:
    """Drop what asks once more, with less weight, about a cell that has been told of under the same code."""
    told: dict[tuple[str, Place], Level] = {}
    kept = []
    asked = {finding.place for finding in findings if finding.code == OWN_WORDS}
    for finding in findings:
        place = finding.place
        if finding.code == ANY_WORDS and place in asked:
            continue  # the form's own rule asks about the same word, and knows the row
        if not place or not place.cell or told.setdefault((finding.code, place), finding.level) == finding.level:
            kept.append(finding)
    return kept


def _lines(group: list[Finding]) -> list[Finding]:
    return group if len(group) <= MOST_APART else [_combined(group)]


def _combined(group: list[Finding]) -> Finding:
    """Tell many findings of one cause as one: count, range, and each cell's right value where there is one."""
    first = group[0]
    count = sum(each.count for each in group)
    where = _range([_cell(each) for each in group])
    right = "应为" if first.level == Level.ERROR else "对照数是"
    spelt = [f"{_cell(f)} 填 {f.found or '空'}，{right} {f.expected}" for f in group if f.expected is not None]
    more = "；".join(spelt[:MOST_SPELT_OUT]) + (" 等" if len(spelt) > MOST_SPELT_OUT else "")
    message = f"{where}共 {count} 处同样的问题。" + (f"{more}。" if spelt else "") + f"第一处：{first.message}"
    places = [p for each in group for p in (each.place, *each.related) if p is not None and p != first.place]
    return replace(
        first, message=message, count=count, related=tuple(dict.fromkeys(places)), expected=None, suggestion=None
    )


def _range(cells: list[str]) -> str:
    """Give the rectangle that holds all cells, H5:H40."""
    found = [match for cell in cells if (match := CELL.match(cell))]
    rows, columns = [int(m[2]) for m in found], [column_number(m[1]) for m in found]
    return f"{Range(min(rows), min(columns), max(rows), max(columns)).a1} " if found else ""


def _cell(finding: Finding) -> str:
    return (finding.place.cell if finding.place else None) or ""


def _cause(finding: Finding, number: int) -> Cause:
    """Give what findings of one cause have in common; a finding without a cell stands alone."""
    match = CELL.match(_cell(finding))
    if match is None or finding.place is None or finding.count > 1:
        return (number,)
    place = finding.place
    # A field has its column; only a matrix spreads one over several, and there they are one cause.
    where = finding.field or match[1]
    return (finding.code, finding.level, finding.form, place.file, place.sheet, where)


def _order(finding: Finding) -> tuple[object, ...]:
    """Sort what belongs to no file after what does, and a whole sheet before its cells."""
    place = finding.place
    if place is None:
        return finding.level.rank, 1
    match = CELL.match(_cell(finding))
    row, column = (int(match[2]), column_number(match[1])) if match else (0, 0)
    return finding.level.rank, 0, natural_key(place.file), natural_key(place.sheet or ""), row, column
