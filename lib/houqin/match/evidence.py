"""How strongly each column speaks for each field of a form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from houqin.match.headers import CONFIRMED, LEAF, Heading, heading_of, names_of, near, squash
from houqin.match.profile import Profile, fit, profile_of, sample_rows
from houqin.values import normal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from houqin.forms import Form
    from houqin.model import RawTable

# From here on a header is the field's own name; below, it is like it.
SURE = 0.6
_MONEY_UNITS = frozenset({"元", "万元", "千元", "角", "分"})
_MONEY_TYPES = frozenset({"money", "price"})
Named = tuple[tuple[str, tuple[str, ...], bool], ...]  # title, aliases and whether it is counted, field by field


@dataclass(frozen=True, slots=True)
class Seen:
    """A located table with what matching asks of it again and again: its headings and the profiles of its columns."""

    table: RawTable
    headings: tuple[Heading, ...]
    profiles: tuple[Profile, ...]
    forms_of: Mapping[str, int] = field(default_factory=dict)  # key of a heading -> how many forms have such a field
    rare: int = 1  # a name that no more forms have tells them apart
    confirmed: Mapping[str, str] = field(default_factory=dict)  # squashed header -> field id, by the school's 决定/


@dataclass(frozen=True, slots=True)
class Evidence:
    """Pairs (column position, field position) with their strength: `sure` by name, `near` by likeness only."""

    sure: Mapping[tuple[int, int], float]
    near: Mapping[tuple[int, int], float]


def look_at(table: RawTable, forms: Collection[Form], confirmed: Mapping[str, str] | None = None) -> Seen:
    """Prepare a table for matching."""
    rows = sample_rows(table)
    headings = tuple(heading_of(column) for column in table.columns)
    indexes = [_index_of(form) for form in forms]
    return Seen(
        table,
        headings,
        tuple(profile_of(table, column, rows) for column in table.columns),
        {key: sum(key in index for index in indexes) for heading in headings for key, _ in heading.keys},
        max(1, len(forms) // 10),
        {squash(header): field_id for header, field_id in (confirmed or {}).items()},
    )


def evidence_of(seen: Seen, form: Form) -> Evidence:
    """Weigh every column against every field: name first, then the kind of its cells, its unit and its place."""
    index = _index_of(form)
    sure: dict[tuple[int, int], float] = {}
    for c, heading in enumerate(seen.headings):
        for key, strength in heading.keys:
            for f, weight in index.get(key, ()):
                evidence = strength * weight * _suits(seen, form, c, f)
                sure[c, f] = max(sure.get((c, f), 0.0), evidence)
        _add_confirmed(seen, form, c, sure)
    doubtful = _lone_leaves(seen, form, sure)
    telling = {c for c, f in sure if not is_plain(form, f)}
    # A form that knows hardly a header by name is not brought in by likeness.
    likely = _likeness(seen, form, {c for c, _ in sure} | {c for c, _ in doubtful}) if len(telling) > 1 else {}
    return Evidence(sure, likely | doubtful)


def _lone_leaves(seen: Seen, form: Form, sure: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Take away what matches by a leaf that several fields share, under a parent that none knows: 损毁/桌子.

    It is no more than a likeness: the parent says which of the fields it is.
    """
    index = _index_of(form)
    shared = _shared_leaves(tuple(each.parts for each in form.fields))
    doubtful = {}
    for c, heading in enumerate(seen.headings):
        if len(heading.levels) < 2 or squash(heading.leaf) not in shared:
            continue
        if any(key in index for key, strength in heading.keys if strength > LEAF):
            continue
        claims = {f: w for (column, f), w in sure.items() if column == c}
        for f, weight in claims.items():
            del sure[c, f]
            doubtful[c, f] = min(weight, 0.5)
    return doubtful


@lru_cache(maxsize=64)
def _shared_leaves(parts: tuple[tuple[tuple[str, ...], ...], ...]) -> frozenset[str]:
    """Give the last words of two-level names that more than one field has."""
    leaves = Counter(leaf for each in parts if each for leaf in {squash(word) for word in each[-1]})
    return frozenset(leaf for leaf, count in leaves.items() if count > 1)


def is_telling(seen: Seen, form: Form, c: int, f: int) -> bool:
    """Tell whether a column's name for a field is one that hardly any other form has: 领用人, not 日期."""
    index = _index_of(form)
    known = (key for key, _ in seen.headings[c].keys if any(g == f for g, _ in index.get(key, ())))
    if len(seen.headings[c].levels) == 1 and squash(seen.headings[c].leaf) in map(squash, form.plain):
        return False
    each, names = form.fields[f], {key for key, _ in seen.headings[c].keys}
    if each.id in form.distinctive and squash(each.title) in names:
        return True
    return not is_plain(form, f) and any(seen.forms_of[key] <= seen.rare for key in known)


def _index_of(form: Form) -> Mapping[str, Sequence[tuple[int, float]]]:
    return _names(_named(form))


def _named(form: Form) -> Named:
    return tuple((each.title, each.aliases, each.type in {"quantity", "count"}) for each in form.fields)


@lru_cache(maxsize=256)
def _names(fields: Named) -> Mapping[str, Sequence[tuple[int, float]]]:
    """Index the squashed names of a form's fields: name -> positions of fields, with their strength."""
    index: dict[str, list[tuple[int, float]]] = {}
    for f, (title, aliases, is_counted) in enumerate(fields):
        for name, strength in names_of(title, aliases, is_counted=is_counted).items():
            index.setdefault(name, []).append((f, strength))
    return index


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
    return weight - 0.01 * apart


def _add_confirmed(seen: Seen, form: Form, c: int, sure: dict[tuple[int, int], float]) -> None:
    """Take what the school confirmed before: an exact title alone is stronger."""
    field_id = seen.confirmed.get(squash("".join(seen.headings[c].levels)))
    for f, each in enumerate(form.fields):
        if each.id == field_id:
            sure[c, f] = max(sure.get((c, f), 0.0), CONFIRMED)


def _likeness(seen: Seen, form: Form, known: set[int]) -> dict[tuple[int, int], float]:
    """Compare the headers that no field knows with all names of the form."""
    found: dict[tuple[int, int], float] = {}
    fields = _named(form)
    for c, heading in enumerate(seen.headings):
        if c in known or not heading.levels or is_other(heading, form):
            continue
        for key, strength in heading.keys:
            for f, likeness in _near_fields(key, fields):
                weight = likeness * strength * fit(form.fields[f], seen.profiles[c])
                found[c, f] = max(found.get((c, f), 0.0), weight)
    return found


@lru_cache(maxsize=8192)
def _near_fields(key: str, fields: Named) -> tuple[tuple[int, float], ...]:
    """Give the fields one of whose names is near a header, with the likeness; headers come again and again."""
    likes: dict[int, float] = {}
    names, index = _names(fields), _pair_index(fields)
    candidates = {name: None for pair in _pairs(key) for name in index.get(pair, ())}
    for name in candidates:
        if likeness := near(key, name):
            for f, _ in names[name]:
                likes[f] = max(likes.get(f, 0.0), likeness)
    return tuple(likes.items())


@lru_cache(maxsize=64)
def _pair_index(fields: Named) -> Mapping[str, Sequence[str]]:
    """Give the names that hold a pair of letters: near names have one in common, so few need to be compared."""
    index: dict[str, list[str]] = {}
    for name in _names(fields):
        for pair in _pairs(name):
            index.setdefault(pair, []).append(name)
    return index


def _pairs(word: str) -> Sequence[str]:
    """Give each two letters that follow one another; of three letters the outer two as well, for a change between."""
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    if len(word) == 3:
        pairs.append(f"{word[0]} {word[2]}")
    return list(dict.fromkeys(pairs))


def is_other(heading: Heading, form: Form) -> bool:
    """Tell a column that tables of the form have and no field keeps."""
    keys = {key for key, _ in heading.keys}
    return any(squash(name) in keys for name in form.others)


def is_plain(form: Form, f: int) -> bool:
    """Tell a field that says nothing of what form this is: a serial number, a remark, a signature."""
    each = form.fields[f]
    return each.type == "row-number" or normal(each.title) in {"备注", "说明", "签字", "签名", "班主任签字"}
