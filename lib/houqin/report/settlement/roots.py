"""Where to look first when a check fails: at what failed before it, else at the one month, good or entry that differs.

A wrong cell makes several checks fail: the sum that holds it, the sums of that sum. Each check names its roots in
settlement.toml; the one that fails gives its cell, and the check says that it only fails along. It stays ✗ all the
same: whether something of its own is wrong as well shows when the root is mended.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from houqin.forms.words import CODES
from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Place, TieOutResult, TieOutRow
    from houqin.report.settlement.case import Case
    from houqin.report.settlement.checks import Checked

FAILED = "✗ 不符"
_TOLD = frozenset({Level.ERROR, Level.QUESTION, Level.WARNING})


class Root(NamedTuple):
    """What failed before: how it is called, and its cell."""

    title: str
    place: Place


def point_at_roots(case: Case, checked: Sequence[Checked]) -> list[Checked]:
    """Give the checks, those that fail along with another at its cell, with a word on it."""
    by_id = {each.rule.id: each for each in checked if each.verdict == FAILED}
    tie_outs = {each.id: each for each in case.outcome.tie_outs}
    pointed = []
    for each in checked:
        root = _root_of(case, each, by_id, tie_outs, (each.rule.id,)) if each.rule.id in by_id else None
        pointed.append(each if root is None else _along(each, root))
    return pointed


def _along(each: Checked, root: Root) -> Checked:
    said = f"先看“{root.title}”：那里不符，这里多半跟着不符，改好再看。"
    return replace(each, place=root.place, reason="　".join(filter(None, (each.reason, said))))


def _root_of(
    case: Case, each: Checked, failed: Mapping[str, Checked], tie_outs: Mapping[str, TieOutResult], seen: Sequence[str]
) -> Root | None:
    """Find the first root that fails, and in its turn what that one fails along with."""
    for name in each.rule.roots:
        code, _, form = name.partition("@")
        if form:
            if (place := _found(case, code, form)) is not None:
                return Root(CODES[code], place)
        elif name in failed and name not in seen:
            other = failed[name]
            deeper = _root_of(case, other, failed, tie_outs, (*seen, name))
            if deeper is not None:
                return deeper
            if other.place is not None:
                return Root(other.rule.title, other.place)
        elif (result := tie_outs.get(name)) is not None and (place := worst_place(result)) is not None:
            return Root(result.title, place)
    return None


def _found(case: Case, code: str, form: str) -> Place | None:
    """Give the cell of the first finding of a code in a form's workbooks."""
    sheets = sheets_of(case, form)
    for each in case.outcome.findings:
        place = each.place
        if each.code == code and each.level in _TOLD and place is not None and (place.file, place.sheet) in sheets:
            return place
    return None


def sheets_of(case: Case, form: str) -> set[tuple[str, str | None]]:
    """Give file and sheet of all that a form's ledger was read from."""
    if not case.has(form):
        return set()
    sources = case.ledgers[form].sources[["file", "sheet"]].drop_duplicates()
    return set(sources.itertuples(index=False, name=None))


def worst_place(result: TieOutResult) -> Place | None:
    """Give the cell to look at of a tie-out that does not hold; None where it holds."""
    wrong = (row for row in result.rows if not row.agrees)
    return next((place for row in wrong if (place := narrow_place(row)) is not None), None)


def narrow_place(row: TieOutRow) -> Place | None:
    """Give the cell of the side that adds up fewer rows: the one number that stands against the many."""
    sides = [(len(row.right_rows), row.right_place), (len(row.left_rows), row.left_place)]
    known = [(count, place) for count, place in sides if place is not None]
    return min(known, key=lambda each: each[0])[1] if known else None
