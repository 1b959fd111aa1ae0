"""The labelled set: the same sheets on every machine, from one seed."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

from locate.labelled import vocabulary as words
from locate.labelled.forms import FORMS
from locate.labelled.layouts import LAYOUTS, with_sums
from locate.labelled.listing import Listing, Mix
from locate.labelled.paper import Paper, Sample

if TYPE_CHECKING:
    from locate.labelled.vocabulary import Paperwork

SEED = 20250901
_LISTS = 130
_TOTALS = ("", "", "label", "label", "label", "bare", "top", "words", "double")


@cache
def labelled_set(seed: int = SEED) -> tuple[Sample, ...]:
    """Give all sheets: single lists of any mixture, then the other layouts."""
    lists = [_list_sample(_rng(seed, f"list{n}"), n) for n in range(_LISTS)]
    others = [
        Sample(layout, frozenset(), paper.grid(), tuple(tables))
        for layout, (count, draw) in (LAYOUTS | FORMS).items()
        for n in range(count)
        for paper, tables in [draw(_rng(seed, f"{layout}{n}"))]
    ]
    return (*lists, *others)


def _rng(seed: int, name: str) -> random.Random:
    # A sheet's own stream: one more draw in one sheet leaves the others as they are.
    return random.Random(f"{seed}/{name}")


def _list_sample(rng: random.Random, number: int) -> Sample:
    """Give one list; every third has a header of several rows, every ninth words that nobody listed."""
    forms = words.DEEP if number % 3 == 0 else words.STRANGE if number % 9 == 4 else words.LISTS
    form = with_sums(rng, forms) if rng.random() < 0.7 else rng.choice(forms)
    mix = _mix(rng, form)
    paper = Paper()
    top, left = (rng.randrange(1, 6), rng.randrange(1, 5)) if rng.random() < 0.3 else (1, 1)
    table = Listing(paper, rng, form, mix, left).write(top)
    features = mix.features | ({"offset"} if (top, left) != (1, 1) else set()) | ({"deep"} if form.depth > 1 else set())
    layout = "没听过的词" if forms is words.STRANGE else "多行表头的清单" if forms is words.DEEP else "清单"
    return Sample(layout, features, paper.grid(), (table,))


def _mix(rng: random.Random, form: Paperwork) -> Mix:
    def often(share: float) -> bool:
        return rng.random() < share

    kinds = [head.kind for head in form.heads]
    total = rng.choice(_TOTALS)
    if total == "words" and "m" not in kinds:
        total = "label"
    numbered = kinds[0] == "n"
    parts = rng.choice(("", "", "", "category", "merged", "subtotal", "both"))
    return Mix(
        titles=rng.choice((0, 1, 1, 1, 2)),
        info=often(0.35),
        unit=rng.choice(("", "", "", "line", "corner", "title")),
        merged=form.depth == 1 or often(0.7),
        bold=often(0.4),
        spaced=often(0.25),
        parts=parts,
        total=total,
        opening=numbered is False and "m" in kinds and not parts and often(0.25),
        gaps=often(0.15),
        reserved=total in {"label", "bare", ""} and numbered and often(0.3),
        idle="m" in kinds and numbered and often(0.1),
        page_break=rng.choice(("", "", "", "", "header", "head", "sum" if total == "label" else ""))
        if numbered and not parts
        else "",
        numbers_row=len(kinds) >= 5 and not numbered and often(0.05),
        notes=rng.choice((0, 0, 0, 1, 2)),
        signs=often(0.4),
        text_numbers=often(0.15),
        unstored=often(0.1),
        sparse=total != "bare" and often(0.2),
        wordy=often(0.15),
        nameless_first=numbered and often(0.06),
        air=often(0.1),
        label_right=not numbered or often(0.3),
        two_signs=often(0.15),
        posts=often(0.1),
        records=rng.choice((1, 2, 3, 4, 5, 8, 12, 20, 40)) if total != "bare" else rng.randrange(4, 20),
    )
