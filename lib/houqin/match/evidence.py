"""How strongly each column speaks for each field of a form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.match.headers import CONFIRMED, LEAF, Heading, heading_of, near, squash
from houqin.match.profile import Profile, fit, profile_of, sample_rows
from houqin.match.titled import titled_names
from houqin.match.vocabulary import index_of, letter_pairs, names_with, vocabulary_of
from houqin.values.web import web_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form, Forms
    from houqin.match.vocabulary import Vocabulary
    from houqin.model import RawTable

# From here on a header is the field's own name; below, it is like it.
SURE = 0.6
# However many forms there are, a name that more of them have (借方, 凭证号) tells none of them apart.
_MOST_THAT_SHARE = 4
_MONEY_UNITS = frozenset({"元", "万元", "千元", "角", "分"})
_MONEY_TYPES = frozenset({"money", "price"})
_MOST_LIKES = 8192
_RECOMPUTED = "复算"  # beside a figure of our ledgers stands whether it is right


@dataclass(frozen=True, slots=True)
class Seen:
    """A located table with what matching asks of it again and again: its headings and the profiles of its columns."""

    table: RawTable
    headings: tuple[Heading, ...]
    profiles: tuple[Profile, ...]
    forms_of: Mapping[str, int] = field(default_factory=dict)  # key of a heading -> how many forms have such a field
    rare: int = 1  # a name that no more forms have tells them apart
    claims: Mapping[str, Sequence[tuple[int, int, float]]] = field(default_factory=dict)  # by form
    said: tuple[frozenset[str], ...] = ()  # what each heading says, whole and in parts
    web: frozenset[int] = frozenset()  # columns that a form on the web added: 提交时间, 来源
    confirmed: Mapping[str, str] = field(default_factory=dict)  # squashed header -> title or id of its field, by 决定/


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs (column position, field position) with their strength: `sure` by name, `near` by likeness only."""

    sure: Mapping[tuple[int, int], float]
    near: Mapping[tuple[int, int], float]


def look_at(table: RawTable, forms: Forms, confirmed: Mapping[str, str] | None = None) -> Seen:
    """Prepare a table for matching."""
    rows, index = sample_rows(table), index_of(forms)
    headings = tuple(heading_of(column, table.side.text if table.side else "") for column in table.columns)
    web = web_columns([column.header for column in table.columns])
    claims: dict[str, list[tuple[int, int, float]]] = {}
    for c, heading in enumerate(headings):
        for key, strength in heading.keys if c not in web else ():
            for form_id, f, weight in index.get(key, ()):
                claims.setdefault(form_id, []).append((c, f, strength * weight))
    return Seen(
        table,
        headings,
        tuple(profile_of(table, column, rows) for column in table.columns),
        {key: len({form_id for form_id, _, _ in index.get(key, ())}) for h in headings for key, _ in h.keys},
        min(_MOST_THAT_SHARE, max(1, len(forms) // 10)),
        claims,
        tuple(frozenset(key for key, _ in h.keys) | frozenset(map(squash, h.levels)) for h in headings),
        web,
        {squash(header): field_id for header, field_id in (confirmed or {}).items()},
    )


def evidence_of(seen: Seen, form: Form) -> Evidence:
    """Weigh every column against every field: name first, then the kind of its cells, its unit and its place."""
    sure: dict[tuple[int, int], float] = {}
    for c, f, claim in seen.claims.get(form.id, ()):
        weight = claim * _suits(seen, form, c, f)
        if weight > sure.get((c, f), 0.0):
            sure[c, f] = weight
    sure |= titled_names(seen.table, seen.headings, seen.profiles, form)
    if seen.confirmed:
        _add_confirmed(seen, form, sure)
    if not sure:
        return Evidence({}, {})
    doubtful = _lone_leaves(seen, form, sure)
    telling = {c for c, f in sure if not is_plain(form, f)}
    # A form that knows hardly a header by name is not brought in by likeness.
    likely = _likeness(seen, form, {c for c, _ in sure} | {c for c, _ in doubtful}) if len(telling) > 1 else {}
    return Evidence(sure, likely | doubtful)


def _lone_leaves(seen: Seen, form: Form, sure: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Take away what matches by a leaf that several fields share, under a parent that none knows: 损毁/桌子.

    It is no more than a likeness: the parent says which of the fields it is.
    """
    known = vocabulary_of(form)
    doubtful = {}
    for c, heading in enumerate(seen.headings):
        if len(heading.levels) < 2 or squash(heading.leaf) not in known.shared_leaves:
            continue
        if any(key in known.names for key, strength in heading.keys if strength > LEAF):
            continue
        claims = {f: w for (column, f), w in sure.items() if column == c}
        for f, weight in claims.items():
            del sure[c, f]
            doubtful[c, f] = min(weight, 0.5)
    return doubtful


def is_telling(seen: Seen, form: Form, c: int, f: int) -> bool:
    """Tell whether a column's name for a field is one that hardly any other form has: 领用人, not 日期."""
    own, heading = vocabulary_of(form), seen.headings[c]
    if len(heading.levels) == 1 and squash(heading.leaf) in own.plain_names:
        return False
    if form.fields[f].id in form.distinctive and any(key == own.titles[f] for key, _ in heading.keys):
        return True
    known = (key for key, _ in heading.keys if any(g == f for g, _ in own.names.get(key, ())))
    return not is_plain(form, f) and any(seen.forms_of[key] <= seen.rare for key in known)


def _suits(seen: Seen, form: Form, c: int, f: int) -> float:
    """Weigh a pair by the kind of the cells, the header's unit, and, by a hair, the order of the columns."""
    each = form.fields[f]
    weight = fit(each, seen.profiles[c])
    unit = seen.headings[c].unit
    if unit and each.is_number:
        is_money = unit in _MONEY_UNITS
        if is_money != (each.type in _MONEY_TYPES) and (is_money or each.type != "percent"):
            weight *= 0.75
    apart = abs(c / max(1, len(seen.headings)) - f / max(1, len(form.fields)))
    # Of two fields that a name fits alike, the one that the form cannot do without.
    return weight - 0.01 * apart + (0.02 if each.id in form.required else 0.0)


def _add_confirmed(seen: Seen, form: Form, sure: dict[tuple[int, int], float]) -> None:
    """Take what the school confirmed before: an exact title alone is stronger."""
    positions = {squash(name): f for f, each in enumerate(form.fields) for name in (each.title, each.id)}
    for c, heading in enumerate(seen.headings):
        f = positions.get(squash(seen.confirmed.get(squash("".join(heading.levels)), "")))
        if f is not None:
            sure[c, f] = max(sure.get((c, f), 0.0), CONFIRMED)


def _likeness(seen: Seen, form: Form, known: set[int]) -> dict[tuple[int, int], float]:
    """Compare the headers that no field knows with all names of the form."""
    found: dict[tuple[int, int], float] = {}
    own = vocabulary_of(form)
    for c, heading in enumerate(seen.headings):
        if c in known or c in seen.web or not heading.levels or is_other(heading, form):
            continue
        for key, strength in heading.keys:
            for f, likeness in _near_fields(key, own):
                weight = likeness * strength * fit(form.fields[f], seen.profiles[c])
                found[c, f] = max(found.get((c, f), 0.0), weight)
    return found


def _near_fields(key: str, own: Vocabulary) -> tuple[tuple[int, float], ...]:
    """Give the fields one of whose names is near a header, with the likeness; headers come again and again.

    Near names have two letters in common, so few need to be compared.
    """
    if key not in own.likes:
        if len(own.likes) >= _MOST_LIKES:
            own.likes.clear()
        likes: dict[int, float] = {}
        for name in {name: None for pair in letter_pairs(key) for name in names_with(own, pair)}:
            if likeness := near(key, name):
                for f, _ in own.names[name]:
                    likes[f] = max(likes.get(f, 0.0), likeness)
        own.likes[key] = tuple(likes.items())
    return own.likes[key]


def is_other(heading: Heading, form: Form) -> bool:
    """Tell a column that tables of the form have and no field keeps, one of our own ledgers' among them."""
    others = vocabulary_of(form).others
    return heading.leaf.startswith(_RECOMPUTED) or any(key in others for key, _ in heading.keys)


def is_plain(form: Form, f: int) -> bool:
    """Tell a field that says nothing of what form this is: a serial number, a remark, a signature."""
    return f in vocabulary_of(form).plain_fields
