"""Findings that people silenced with a reason: they stay listed, and no longer wait for anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Silenced
from houqin.school import DecisionKind
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from houqin.model import Finding
    from houqin.school import Decision, Decisions


def part_silenced(findings: Iterable[Finding], decisions: Decisions) -> tuple[list[Finding], list[Silenced]]:
    """Part findings into those that count and those that a decision silences.

    A silence holds for one rule at one cell while the cell's content is the same; without a cell, for the rule at the
    whole sheet or file; without a file, for the rule everywhere.
    """
    silences: dict[str, list[Decision]] = {}
    for each in decisions.of(DecisionKind.SILENCE):
        silences.setdefault(each.code, []).append(each)
    kept: list[Finding] = []
    silenced: list[Silenced] = []
    for finding in findings:
        decision = next((each for each in silences.get(finding.code, ()) if _covers(each, finding)), None)
        if decision is None:
            kept.append(finding)
        else:
            silenced.append(Silenced(finding, decision.reason, decision.who, decision.date))
    return kept, silenced


def _covers(decision: Decision, finding: Finding) -> bool:
    place = finding.place
    file, sheet, cell = (place.file, place.sheet or "", place.cell or "") if place else ("", "", "")
    if decision.file and file != decision.file:
        return False
    if decision.sheet and decision.sheet != sheet:
        return False
    if not decision.cell:
        return not decision.raw or decision.raw == canonical_text(finding.found or "")
    return decision.cell == cell and decision.raw == canonical_text(finding.found or "")
