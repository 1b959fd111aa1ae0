"""What a note and a row of the list say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.forms.code_titles import TITLES
from houqin.package import FOOT, HEAD, SIGNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Finding, Place

# A note is read at a glance; the whole sentence stands in the list.
_LONGEST = 260
_MOST_CELLS = 12


def note_text(findings: Sequence[Finding], place: Place) -> str:
    """Give the note of a cell: all that was found there, what matters most first.

    It begins with the level's sign, so that a note tells its level without its colour, and ends with a line by which
    it is taken off again.
    """
    ordered = sorted(findings, key=lambda finding: finding.level.rank)
    first = ordered[0]
    lines = [f"{SIGNS[first.level.value]} {first.level.title}{HEAD}", *_entry(first, place)]
    for finding in ordered[1:]:
        lines += ["", f"{SIGNS[finding.level.value]} {finding.level.title}", *_entry(finding, place)]
    return "\n".join([*lines, FOOT])


def entry_text(finding: Finding, place: Place) -> str:
    """Give the sentence of a finding as it reads at one of its places."""
    first = finding.place
    if first is None or first == place:
        return finding.message
    if first.file == place.file:
        return f"{finding.message}（主要在{first.text.removeprefix(f'《{first.file}》')}）"
    return f"与{first.text}有关：{finding.message}"


def other_cells(places: Sequence[Place]) -> str:
    """Say in brackets where else in the file a finding stands."""
    others = [place for place in places[1:] if place.cell]
    if not others:
        return ""
    sheet = places[0].sheet
    cells = [f"{place.cell}" if place.sheet == sheet else f"“{place.sheet}”{place.cell}" for place in others]
    more = f" 等 {len(cells)} 格" if len(cells) > _MOST_CELLS else ""
    return f"（还有 {'、'.join(cells[:_MOST_CELLS])}{more}）"


def _entry(finding: Finding, place: Place) -> list[str]:
    message = entry_text(finding, place)
    if len(message) > _LONGEST:
        message = f"{message[:_LONGEST]}……（全文见“问题清单”）"
    lines = [message]
    if finding.place == place:
        if finding.expected is not None:
            lines.append(f"应为：{finding.expected}")
        if finding.suggestion is not None:
            lines.append(f"建议：{finding.suggestion}")
    title = TITLES.get(finding.code)
    lines.append(f"规则：{title}（{finding.code}）" if title else f"规则：{finding.code}")
    return lines
