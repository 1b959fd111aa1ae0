"""The office's forms as one school judges by them: with its own tolerances."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.forms import Forms, load_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from houqin.forms import Form
    from houqin.school import School

TIE_OUT = "勾稽"
_NEAR = 0.5
_MOST_KEPT = 8
# By digest and tolerances: matching knows much of forms that it has met before, and schools of a batch share theirs.
_MADE: dict[tuple[object, ...], Forms] = {}


def own_forms(school: School | None) -> Forms:
    """Load the forms and put the school's tolerances in the place of theirs.

    BadDescription names every tolerance whose form or check there is none of, each with the nearest right word.
    """
    forms = load_forms()
    if school is None or not school.tolerances:
        return forms
    key = (forms.digest, *((place, str(tolerance)) for place, tolerance in school.tolerances.items()))
    if key not in _MADE:
        if len(_MADE) >= _MOST_KEPT:
            _MADE.clear()
        _MADE[key] = _judged_by(forms, school.tolerances)
    return _MADE[key]


def _judged_by(forms: Forms, tolerances: Mapping[tuple[str, str], Decimal]) -> Forms:
    by_name = {name: form for form in forms for name in (form.id, form.title)}
    ties = {tie.id: tie for tie in forms.tie_outs}
    made, problems = dict(forms.by_id), []
    for (name, check), tolerance in tolerances.items():
        said = f"学校设置的“容差”：“{name}”的“{check}”"
        if name == TIE_OUT:
            if check in ties:
                ties[check] = replace(ties[check], tolerance=str(tolerance))
            else:
                problems.append(f"{said}：没有这项勾稽{_hint(check, ties)}。")
        elif name not in by_name:
            problems.append(f"{said}：没有这种表单{_hint(name, by_name)}。")
        else:
            form = made[by_name[name].id]
            known = {each.id for each in form.checks}
            if check not in known:
                problems.append(f"{said}：这种表单没有这项检查{_hint(check, known)}。")
            made[form.id] = _with(form, check, str(tolerance))
    if problems:
        raise BadDescription(problems)
    return Forms(made, tuple(ties.values()), forms.digest)


def _with(form: Form, check: str, tolerance: str) -> Form:
    checks = (replace(each, tolerance=tolerance) if each.id == check else each for each in form.checks)
    return replace(form, checks=tuple(checks))


def _hint(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), 1, _NEAR)
    return f"，是不是“{near[0]}”" if near else ""
