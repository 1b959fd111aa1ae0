"""How well a form's layout fits a table as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.match.arithmetic import settle_by_arithmetic
from houqin.match.assign import best_assignment
from houqin.match.context import context_of
from houqin.match.evidence import SURE, is_other, is_plain, is_telling
from houqin.match.headers import squash
from houqin.match.openings import settle_openings
from houqin.match.profile import share_with
from houqin.match.vocabulary import vocabulary_of
from houqin.values.web import submission_column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form, Layout
    from houqin.match.evidence import Evidence, Seen
    from houqin.model import Note
    from houqin.school import School

# A table is taken for a form from here on; below, a form explains too few of its columns.
FITS = 0.55
COVERS = 0.5
# Two forms this close fit alike.
ALIKE = 0.06
# A form that the cells speak for may fit this much less than one that they do not.
MARKED = 0.15
_AS_NEAR = 0.03  # likenesses this close are the same
_MANY = 0.4  # a column says what the table is of where so many of its cells have a word of it
_NEARLY = 0.7  # a column that is only like a name counts this much of its likeness


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form's layout laid over a table.

    `fields` says by column position which field it is, `proposed` which of them only by likeness;
    `roles` overrides the role of positions (a matrix's axis, values and words that are neither);
    `foreign` are columns that no table of this form has; `is_told` says that a column is there which others lack;
    `asked` are likenesses not taken, `doubled` columns that claim one field, `missing` required fields without one.
    """

    form: Form
    layout: Layout
    score: float
    coverage: float
    fields: Mapping[int, str]
    roles: Mapping[int, str]
    context: Mapping[str, Note]
    missing: tuple[str, ...] = ()
    foreign: tuple[int, ...] = ()
    is_of_another: bool = False  # the title speaks of another form, or too few columns are this form's own
    is_told: bool = True
    proposed: Mapping[int, str] | None = None
    asked: Mapping[int, tuple[str, ...]] | None = None
    doubled: Mapping[str, tuple[int, ...]] | None = None
    unknown_words: tuple[int, ...] = ()
    is_marked: bool = False  # the title or the cells say that it is this form and none of goods in general
    title: int = 0  # how long a word of the form the title has: 现金日记账 says more than 日记账

    @property
    def fits(self) -> bool:
        """Whether the table may be taken for this form."""
        is_own = not (self.missing or self.foreign or self.is_of_another)
        return is_own and self.score >= FITS and self.coverage >= COVERS


def may_fit(seen: Seen, form: Form, evidence: Evidence) -> bool:
    """Tell, at little cost, forms that cannot fit from those worth a closer look.

    A form cannot fit where a column is foreign to it, where no header and no line around the table could give what it
    or the layout requires, or where too few of its own columns could be there.
    """
    own = vocabulary_of(form)
    reach = {form.fields[f].id for pairs in (evidence.sure, evidence.near) for _, f in pairs}
    reach |= {form.fields[f].id for h in seen.headings for key, _ in h.keys for f in own.yielded.get(key, ())}
    reach |= _date_of_parts(seen, form)
    if not reach or foreign_columns(seen, form):
        return False
    return any(_is_in_reach(form, layout, reach | set(layout.context)) for layout in form.layouts)


def _is_in_reach(form: Form, layout: Layout, reach: set[str]) -> bool:
    if layout.kind == "matrix":
        return (layout.row or "") in reach
    return reach.issuperset((*form.required, *layout.required)) and not _has_too_few(form, reach)


def list_candidate(seen: Seen, form: Form, layout: Layout, school: School | None, evidence: Evidence) -> Candidate:
    """Lay a list over a table: each field from a column, a record a row."""
    chosen = best_assignment({pair: w for pair, w in evidence.sure.items() if w >= SURE})
    chosen = settle_openings(seen, form, settle_by_arithmetic(seen, form, evidence, chosen, SURE))
    chosen = _with_required(form, layout, evidence, chosen)
    chosen = _with_yielded(seen, form, _first_of_twins(seen, form, chosen))
    doubled = _doubled(seen, form, evidence, chosen)
    proposed, asked = _proposals(seen, form, evidence, chosen)
    context = context_of(seen.table, form, layout, school)
    have = {form.fields[f].id for f in chosen.values()} | set(context) | set(proposed.values())
    have |= _date_of_parts(seen, form)
    missing = tuple(f for f in (*form.required, *layout.required) if f not in have)
    coverage = _coverage(seen, form, evidence, chosen, proposed)
    marked = is_marked(seen, form, chosen, context)
    distinct = 1.0 if marked else _distinct(form, have)
    # 房间：302 above a table says more for a list of rooms than that its columns fit another form as well.
    above = any(f in context and not context[f].label.startswith("@") for f in form.required)
    proposed |= _date_of_submission(seen, form, have)
    taken = {c: form.fields[f].id for c, f in chosen.items()} | proposed
    clashes = {f for f, columns in doubled.items() if not is_plain(form, _position(form, f)) and len(columns) > 1}
    return Candidate(
        form=form,
        layout=layout,
        score=0.65 * coverage + 0.35 * (coverage if distinct is None else distinct) + (1.1 * ALIKE if above else 0.0),
        coverage=coverage,
        fields={c: f for c, f in taken.items() if f not in clashes},
        roles={},
        context={f: note for f, note in context.items() if f not in taken.values()},
        missing=missing,
        foreign=foreign_columns(seen, form),
        is_of_another=is_of_another(seen, form, layout) or _has_too_few(form, have) or marked is False,
        is_told=bool(marked)
        or above
        or any(is_telling(seen, form, c, f) for c, f in chosen.items())
        or has_title(seen, form.titles),
        proposed=proposed,
        asked=asked,
        doubled={f: columns for f, columns in doubled.items() if f in clashes},
        is_marked=bool(marked),
        title=title_length(seen, form.titles),
    )


def _date_of_submission(seen: Seen, form: Form, have: set[str]) -> dict[int, str]:
    """Propose the time of submission for the form's date, where the table has no other date for it."""
    at = submission_column([heading.column.header for heading in seen.headings])
    field = next((each.id for each in form.fields if each.submitted), None)
    return {at: field} if at is not None and field and field not in have else {}


def _date_of_parts(seen: Seen, form: Form) -> set[str]:
    """Give the date of a form where a column for the month and one for the day make it up: 月 | 日."""
    date = next((each.id for each in form.fields if each.type == "date"), None)
    return {date} if date and {"月", "日"} <= {heading.leaf for heading in seen.headings} else set()


def foreign_columns(seen: Seen, form: Form) -> tuple[int, ...]:
    """Find the columns whose header, or a level of it, the form says it never has."""
    never = vocabulary_of(form).foreign
    return tuple(c for c, said in enumerate(seen.said) if not never.isdisjoint(said) and c not in seen.web)


def is_of_another(seen: Seen, form: Form, layout: Layout) -> bool:
    """Tell whether the title speaks of another form, or it and the sheet's name of another layout: 午餐, 晚餐."""
    if has_title(seen, form.foreign_titles):
        return True
    said = [*_titles(seen), squash(seen.table.grid.sheet)]
    if any(word in text for word in layout.foreign_titles for text in said):
        return True
    return bool(layout.titles) and not any(word in text for word in layout.titles for text in said)


def is_marked(
    seen: Seen, form: Form, fields: Mapping[int, int], context: Mapping[str, Note] | None = None
) -> bool | None:
    """Tell whether the title or the cells say that it is this form; None of a form that needs no such proof.

    The cells say so where many of a column have one of the words of the form's `content`, or such a column has none;
    so does what a line above the table says of such a field, 品名：鸡蛋.
    """
    if not form.content:
        return None
    if has_title(seen, form.titles):
        return True
    said = {f: note.text for f, note in (context or {}).items() if f in form.content}
    if any(word in text for f, text in said.items() for word in form.content[f]):
        return True
    return any(
        not words or share_with(seen.table, seen.table.columns[c], tuple(words)) >= _MANY
        for c, f in fields.items()
        if (words := form.content.get(form.fields[f].id)) is not None
    )


def has_title(seen: Seen, words: Sequence[str]) -> bool:
    """Tell whether a line of the table's title has one of some words."""
    return any(word in title for word in words for title in _titles(seen)) if words else False


def title_length(seen: Seen, words: Sequence[str]) -> int:
    """Give the length of the longest of some words that the table's title has, 0 where it has none."""
    titles = _titles(seen)
    return max((len(word) for word in words if any(word in title for title in titles)), default=0)


def _titles(seen: Seen) -> list[str]:
    return [squash(note.text) for note in seen.table.notes if note.label == "title"]


def _has_too_few(form: Form, have: set[str]) -> bool:
    """Tell that fewer of the form's own columns are there than any table of it has."""
    return sum(f in have for f in form.distinctive) < min(form.least, len(form.distinctive))


def _position(form: Form, field_id: str) -> int:
    return next(i for i, each in enumerate(form.fields) if each.id == field_id)


def _first_of_twins(seen: Seen, form: Form, chosen: Mapping[int, int]) -> dict[int, int]:
    """Of two remarks take the first: their order says nothing about which is the field."""
    first: dict[int, int] = {}
    for c, f in _to_titles(seen, form, chosen).items():
        twins = (t for t in range(c) if seen.headings[t].keys == seen.headings[c].keys and t not in chosen)
        first[next(twins, c) if is_plain(form, f) else c] = f
    return first


def _to_titles(seen: Seen, form: Form, chosen: Mapping[int, int]) -> dict[int, int]:
    """Give a field of words to the column headed by its very title, whichever column's cells suit it better."""
    free = [c for c, heading in enumerate(seen.headings) if c not in chosen and heading.levels]
    better = {f: c for f in chosen.values() for c in free if _has_title(seen, form, c, f)}
    return {c if f not in better or _has_title(seen, form, c, f) else better[f]: f for c, f in chosen.items()}


def _with_required(form: Form, layout: Layout, evidence: Evidence, chosen: Mapping[int, int]) -> dict[int, int]:
    """Give what the layout must have a column of its name that another field took: 检查项目 without 检查内容."""
    found, needed = dict(chosen), {*form.required, *layout.required}
    for field_id in sorted(needed.difference(form.fields[f].id for f in chosen.values())):
        f = _position(form, field_id)
        spare = [c for c, own in found.items() if form.fields[own].id not in needed]
        claims = [c for c in spare if evidence.sure.get((c, f), 0) >= SURE]
        if len(claims) == 1:
            found[claims[0]] = f
    return found


def _with_yielded(seen: Seen, form: Form, chosen: Mapping[int, int]) -> dict[int, int]:
    """Give a column whose field is taken to the field that yielded the name to it: 领用人 and 领用人签字."""
    more: dict[int, int] = {}
    yielded = vocabulary_of(form).yielded
    for c, heading in enumerate(seen.headings):
        claims = {f for key, _ in heading.keys for f in yielded.get(key, ())} if c not in chosen else set()
        free = sorted(claims.difference(chosen.values(), more.values()))
        if free:
            more[c] = free[0]
    return {**chosen, **more}


def _doubled(seen: Seen, form: Form, evidence: Evidence, chosen: Mapping[int, int]) -> dict[str, tuple[int, ...]]:
    """Find the columns that claim a field another column took with no better right; an empty one has no claim."""
    owner = {f: c for c, f in chosen.items()}
    doubled: dict[str, list[int]] = {}
    for c, heading in enumerate(seen.headings):
        if c in chosen or not heading.levels or not seen.profiles[c].filled:
            continue
        claims = [(w, f) for (column, f), w in evidence.sure.items() if column == c and f in owner and w >= SURE]
        if not claims:
            continue
        claims = [(w, f) for w, f in claims if not _has_title(seen, form, owner[f], f) or _has_title(seen, form, c, f)]
        if not claims:
            continue
        strength, f = max(claims, key=lambda claim: (claim[0], -claim[1]))
        if strength >= evidence.sure[owner[f], f] - 0.1:
            doubled.setdefault(form.fields[f].id, [owner[f]]).append(c)
    return {f: tuple(sorted(columns)) for f, columns in doubled.items()}


def _has_title(seen: Seen, form: Form, c: int, f: int) -> bool:
    """Tell that a column is headed by the very title of a field of words: 取得日期 beside 启用日期 is no doubt."""
    each = form.fields[f]
    title = vocabulary_of(form).titles[f]
    return not each.is_number and any(key == title for key, _ in seen.headings[c].keys)


def _proposals(
    seen: Seen, form: Form, evidence: Evidence, chosen: Mapping[int, int]
) -> tuple[dict[int, str], dict[int, tuple[str, ...]]]:
    """Part likenesses into those taken (one field of words) and those that must be asked (numbers)."""
    free = {(c, f): w for (c, f), w in evidence.near.items() if f not in chosen.values() and c not in chosen}
    taken: dict[int, str] = {}
    asked: dict[int, tuple[str, ...]] = {}
    for c, f in best_assignment(free).items():
        alike = [g for (column, g), w in free.items() if column == c and w >= free[c, f] - _AS_NEAR]
        likes = [form.fields[g] for g in sorted(alike) if not is_plain(form, g)]
        if sum(other == f for _, other in free) > 1 and not form.fields[f].is_number:
            continue  # 调出班级 and 调入班级: neither is the class
        if len(likes) == 1 and likes[0].type in {"text", "class", "grade", "code", "place"}:
            taken[c] = likes[0].id
        elif seen.profiles[c].filled and seen.profiles[c].number >= SURE and any(each.is_number for each in likes):
            asked[c] = tuple(each.id for each in likes if each.is_number)
        elif seen.profiles[c].filled and likes and not any(each.is_number for each in likes):
            asked[c] = tuple(each.id for each in likes)
    return taken, asked


def _coverage(
    seen: Seen, form: Form, evidence: Evidence, chosen: Mapping[int, int], proposed: Mapping[int, str]
) -> float:
    """Give the share of the columns that the form explains; columns that all forms have weigh little."""
    have = total = 0.0
    for c, heading in enumerate(seen.headings):
        if c in chosen:
            weight = 0.2 if is_plain(form, chosen[c]) else 1.0
            have += weight * min(1.0, evidence.sure.get((c, chosen[c]), 0.9))
        elif c in proposed:
            weight = 0.8
            have += weight * _NEARLY
        elif is_other(heading, form) or c in seen.web:
            weight = 0.0
        else:
            weight = 0.7 if seen.profiles[c].filled and heading.levels else 0.2
        total += weight
    return have / total if total else 0.0


def _distinct(form: Form, have: set[str]) -> float | None:
    """Give how many of the fields that hardly any other form has are there: two of them are proof enough."""
    if not form.distinctive:
        return None
    return min(1.0, sum(f in have for f in form.distinctive) / min(2, len(form.distinctive)))
