"""What matching asks of a form again and again, worked out once a form."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.match.headers import names_of, squash
from houqin.values import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Field, Form, Forms

# Fields of these names say nothing of what form a table is.
_PLAIN_TITLES = frozenset({"备注", "说明", "签字", "签名", "班主任签字"})
_MOST_KEPT = 512
_YIELDS = 0.03
# Name -> form id, position of the field, strength.
Index = dict[str, list[tuple[str, int, float]]]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A form's names, squashed.

    `names` gives name -> positions of fields with their strength, `pairs` two letters -> the names that hold them
    (see `names_with`), `plain_fields` the positions of fields that say nothing of the form, `shared_leaves` the last
    words of two-level names that more than one field has.
    """

    names: Mapping[str, Sequence[tuple[int, float]]]
    pairs: dict[str, list[str]]
    foreign: frozenset[str]
    others: frozenset[str]
    plain_names: frozenset[str]
    plain_fields: frozenset[int]
    shared_leaves: frozenset[str]
    yielded: Mapping[str, Sequence[int]]
    titles: Sequence[str]
    likes: dict[str, tuple[tuple[int, float], ...]]  # headers met so far -> the fields that they are like


_KNOWN: dict[int, tuple[Form, Vocabulary]] = {}
_INDEXED: list[tuple[list[tuple[Field, ...]], Index]] = []


def vocabulary_of(form: Form) -> Vocabulary:
    """Give the vocabulary of a form; forms live as long as a run, so it is kept by identity."""
    kept = _KNOWN.get(id(form))
    if kept is None or kept[0] is not form:
        if len(_KNOWN) >= _MOST_KEPT:
            _KNOWN.clear()
        kept = _KNOWN[id(form)] = (form, _vocabulary(form))
    return kept[1]


def index_of(forms: Forms) -> Index:
    """Give for each name the fields of all forms that bear it; kept while the fields are the same.

    Forms that a school judges by tolerances of its own are others, with the same fields.
    """
    fields = [form.fields for form in forms]
    for kept, index in _INDEXED:
        if len(kept) == len(fields) and all(one is other for one, other in zip(kept, fields, strict=True)):
            return index
    made: Index = {}
    for form in forms:
        for name, found in vocabulary_of(form).names.items():
            made.setdefault(name, []).extend((form.id, f, strength) for f, strength in found)
    _INDEXED[:] = [(fields, made)]
    return made


def names_with(own: Vocabulary, pair: str) -> Sequence[str]:
    """Give the names that hold a pair of letters; the index is built at the first question."""
    if not own.pairs:
        for name in own.names:
            for each in letter_pairs(name):
                own.pairs.setdefault(each, []).append(name)
    return own.pairs.get(pair, ())


def letter_pairs(word: str) -> Sequence[str]:
    """Give each two letters that follow one another; of three letters the outer two as well, for a change between."""
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    if len(word) == 3:
        pairs.append(f"{word[0]} {word[2]}")
    return list(dict.fromkeys(pairs))


def _vocabulary(form: Form) -> Vocabulary:
    names: dict[str, list[tuple[int, float]]] = {}
    yielded: dict[str, list[int]] = {}
    for f, each in enumerate(form.fields):
        is_counted = each.type in {"quantity", "count"}
        for name, strength in names_of(each.title, each.aliases, is_counted=is_counted).items():
            names.setdefault(name, []).append((f, strength))
        for name in map(squash, each.yielded):
            yielded.setdefault(name, []).append(f)
    for name in yielded:
        # A name that another field may have as well is the owner's only where it has no column of a name of its own.
        names[name] = [(f, strength - _YIELDS) for f, strength in names.get(name, ())]
    leaves = Counter(leaf for each in form.fields if each.parts for leaf in {squash(word) for word in each.parts[-1]})
    return Vocabulary(
        names=names,
        pairs={},
        foreign=frozenset(map(squash, form.foreign)),
        others=frozenset(map(squash, form.others)),
        plain_names=frozenset(map(squash, form.plain)),
        plain_fields=frozenset(
            f for f, each in enumerate(form.fields) if each.type == "row-number" or normal(each.title) in _PLAIN_TITLES
        ),
        shared_leaves=frozenset(leaf for leaf, count in leaves.items() if count > 1),
        yielded=yielded,
        titles=[squash(each.title) for each in form.fields],
        likes={},
    )
