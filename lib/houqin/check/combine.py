"""The list of findings as a person reads it: one line a cause, what matters most first."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import column_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.model import Finding, Place

# Up to so many findings of one cause each keep their own line.
MOST_APART = 3
# A combined line spells out so many of its cells.
MOST_SPELT_OUT = 12
CELL = re.compile(r"([A-Z]+)(\d+)")

Cause = tuple[object, ...]


def combine_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Make findings of one cause (code, level, form, file, sheet, column) one line, and sort all.

    The order is that of level, file, sheet, row and column; what is equal keeps its order.
    """
    ordered = sorted(dict.fromkeys(findings), key=_order)
    causes: dict[Cause, list[Finding]] = defaultdict(list)
    for number, finding in enumerate(ordered):
        causes[_cause(finding, number)].append(finding)
    combined = [each for group in causes.values() for each in _lines(group)]
    return tuple(sorted(combined, key=_order))


def _lines(group: list[Finding]) -> list[Finding]:
    return group if len(group) <= MOST_APART else [_combined(group)]


def _combined(group: list[Finding]) -> Finding:
    """Tell many findings of one cause as one: count, range, and each cell's right value where there is one."""
    first, last = group[0], group[-1]
    count = sum(each.count for each in group)
    where = _range(first.place, last.place)
    spelt = [f"{_cell(f)} 填 {f.found or '空'}，应为 {f.expected}" for f in group if f.expected is not None]
    more = "；".join(spelt[:MOST_SPELT_OUT]) + (" 等" if len(spelt) > MOST_SPELT_OUT else "")
    message = f"{where}共 {count} 处同样的问题。" + (f"{more}。" if spelt else "") + f"第一处：{first.message}"
    places = [p for each in group for p in (each.place, *each.related) if p is not None and p != first.place]
    return replace(
        first, message=message, count=count, related=tuple(dict.fromkeys(places)), expected=None, suggestion=None
    )


def _range(first: Place | None, last: Place | None) -> str:
    if first is None or last is None or not first.cell or not last.cell:
        return ""
    return f"{first.cell}:{last.cell} "


def _cell(finding: Finding) -> str:
    return (finding.place.cell if finding.place else None) or ""


def _cause(finding: Finding, number: int) -> Cause:
    """Give what findings of one cause have in common; a finding without a cell stands alone."""
    match = CELL.match(_cell(finding))
    if match is None or finding.place is None or finding.count > 1:
        return (number,)
    place = finding.place
    return (finding.code, finding.level, finding.form, finding.field, place.file, place.sheet, match[1])


def _order(finding: Finding) -> tuple[int, int, str, str, int, int]:
    """Sort what belongs to no file after what does, and a whole sheet before its cells."""
    place = finding.place
    if place is None:
        return finding.level.rank, 1, "", "", 0, 0
    match = CELL.match(_cell(finding))
    row, column = (int(match[2]), column_number(match[1])) if match else (0, 0)
    return finding.level.rank, 0, place.file, place.sheet or "", row, column
