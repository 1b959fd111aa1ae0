"""Which form a located table is, and which of its columns is which field; ties and doubts become questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.match.candidates import ALIKE, MARKED, Candidate, list_candidate, may_fit
from houqin.match.evidence import Evidence, Seen, evidence_of, look_at
from houqin.match.headers import squash
from houqin.match.matrix import matrix_candidate
from houqin.match.offered import pass_over_offered
from houqin.match.refusals import (
    column_findings,
    form_tie,
    is_unfilled,
    unfilled_table,
    unknown_table,
    unsure_table,
)
from houqin.model import Match, MatchedColumn
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import Form, Forms
    from houqin.model import Finding, RawTable
    from houqin.school import School

__all__ = ["headers_of", "match_table"]

# A form told by one column is not taken before one that fits so much better.
_FAR = 0.2


def match_table(raw: RawTable, forms: Forms, school: School | None) -> tuple[Match, list[Finding]]:
    """Find the form whose layout explains a table's columns best, all columns together.

    The file's and the sheet's name do not count. `form` is None, and no column has a field, where nothing fits
    (finding `unknown-table`) or where two forms fit alike, or one by names that all forms have (`form-tie`, the forms
    in `rivals`). A table that may lie otherwise than it was taken is asked about (`unsure-table`). Of a printed form
    in which nothing is filled in nothing is asked.
    """
    match, findings = _match(raw, forms, school)
    if is_unfilled(raw):
        return match, [] if match.form else [unfilled_table(raw)]
    if match.form is not None:
        match, left = pass_over_offered(match, forms[match.form])
        findings = [*findings, *left]
    return match, [*([unsure_table(raw)] if raw.is_unsure else []), *findings]


def _match(raw: RawTable, forms: Forms, school: School | None) -> tuple[Match, list[Finding]]:
    seen = look_at(raw, forms, school.confirmed_columns if school else None)
    evidence = {form.id: evidence_of(seen, form) for form in forms if form.layouts}
    laid = [_best_layout(seen, forms[i], each, school) for i, each in evidence.items() if may_fit(seen, forms[i], each)]
    fitting = sorted((each for each in laid if each.fits), key=lambda each: (-each.score, each.form.id))
    if not fitting:
        laid = [_best_layout(seen, forms[i], each, school) for i, each in evidence.items()]
        closest = min(laid, key=lambda each: (-each.coverage, -each.score, each.form.id), default=None)
        return _no_form(raw, ()), [unknown_table(raw, closest)]
    told = [each for each in fitting if each.is_told]
    alike = _alike(told or fitting)
    if told and fitting[0].score - told[0].score > _FAR:
        alike = [fitting[0], *alike]  # a form that fits far better, if by names that all forms have
    if (len(alike) > 1 or not told) and (meant := _confirmed(raw, fitting, school)):
        return _matched(seen, meant), column_findings(raw, meant)
    if len(alike) > 1 or not told:
        return _no_form(raw, tuple(each.form.id for each in alike)), [form_tie(raw, alike)]
    return _matched(seen, alike[0]), column_findings(raw, alike[0])


def _alike(fitting: list[Candidate]) -> list[Candidate]:
    """Give those that fit about as well as the best; of foods, what is made for food goes before all other goods.

    Where the columns leave it open, the title decides by its longest word, then that one knows each column by name,
    others by likeness.
    """
    best = fitting[0].score
    marked = [each for each in fitting if each.is_marked and each.score >= best - MARKED]
    alike = [each for each in marked or fitting if each.score >= (marked or fitting)[0].score - ALIKE]
    longest = max(each.title for each in alike)
    titled = [each for each in alike if each.title == longest]
    return titled if titled[0].proposed else [each for each in titled if not each.proposed]


def _best_layout(seen: Seen, form: Form, evidence: Evidence, school: School | None) -> Candidate:
    candidates = [
        (matrix_candidate if layout.kind == "matrix" else list_candidate)(seen, form, layout, school, evidence)
        for layout in form.layouts
    ]
    return max(candidates, key=lambda each: (each.fits, each.score))


def _confirmed(raw: RawTable, fitting: Sequence[Candidate], school: School | None) -> Candidate | None:
    """Give the form that a person chose before for tables of these very headers, where it is among those that fit."""
    chosen = squash(school.confirmed_forms.get(canonical_text(headers_of(raw)), "")) if school else ""
    return next((each for each in fitting if chosen in {each.form.id, squash(each.form.title)}), None)


def headers_of(raw: RawTable) -> str:
    """Give the headers of a table as decisions about its form name them."""
    return "、".join(column.header for column in raw.columns if column.header)


def _no_form(raw: RawTable, rivals: tuple[str, ...]) -> Match:
    columns = tuple(MatchedColumn(column, "extra") for column in raw.columns)
    return Match(raw, None, None, 0.0, columns, rivals)


def _matched(seen: Seen, candidate: Candidate) -> Match:
    columns = []
    for c, heading in enumerate(seen.headings):
        field_id = candidate.fields.get(c)
        role = candidate.roles.get(c, "field" if field_id else "extra")
        unit = heading.unit
        if field_id and role != "value" and candidate.form.field(field_id).type in {"money", "price"}:
            unit = unit or seen.table.unit
        columns.append(MatchedColumn(heading.column, role, field_id, unit))
    confidence = round(min(1.0, candidate.score, seen.table.confidence), 2)
    taken = {*candidate.fields.values(), *candidate.context}
    asked = {field_id for each in (candidate.asked or {}).values() for field_id in each} | {*(candidate.doubled or {})}
    return Match(
        seen.table, candidate.form.id, candidate.layout.id, confidence, tuple(columns),
        context=candidate.context, waiting=frozenset(asked - taken),
    )  # fmt: skip
