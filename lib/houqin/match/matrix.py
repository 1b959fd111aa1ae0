"""How well a matrix layout fits: one axis down a column, the other across the headers, values within.

The shape alone (a class column and numbers beside it) is any table of marks, so something must say what lies across.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from houqin.match.axis import is_typed, typed_columns
from houqin.match.candidates import Candidate, foreign_columns, has_title, is_marked, is_of_another, title_length
from houqin.match.context import context_of
from houqin.match.headers import is_unit, squash
from houqin.values import normal, year_in
from houqin.values.days import day_level, week_in, weekday_level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form, Layout
    from houqin.match.evidence import Evidence, Seen
    from houqin.match.headers import Heading
    from houqin.school import School

# A header must name the axis or another field of the form outright; goods have all sorts of names.
_OUTRIGHT = 0.85
_MOSTLY = 0.8
_WORDY = 0.5
GOODS_FIELD = "name"
_FEWEST_DAYS = 2
_ANY_YEAR = 2025  # which one does not matter for whether a title names days
# Units in which goods are handed out; 元, cm and 人 speak of other things.
_COUNTING_UNITS = frozenset("个支盒包箱本把条瓶桶卷套块双袋提张台件只根副对盆打筒板罐")
_ALWAYS_IGNORED = ("序号", "合计", "总计", "小计", "共计", "签字", "签名", "备注")


def matrix_candidate(seen: Seen, form: Form, layout: Layout, school: School | None, evidence: Evidence) -> Candidate:
    """Lay a matrix over a table."""
    axis = _axis_column(seen, form, layout, evidence)
    ignored = {squash(word) for word in (*_ALWAYS_IGNORED, *layout.ignore)}
    fields: dict[int, str] = {}
    roles: dict[int, str] = {}
    words: list[int] = []
    for c, heading in enumerate(seen.headings):
        named = _field_named(form, evidence, c)
        if c == axis:
            fields[c], roles[c] = layout.row or "", "axis"
        elif named and named not in {layout.across, layout.value}:
            fields[c] = named
        elif c in seen.web or not heading.levels or ignored & {squash(heading.leaf), squash(heading.levels[0])}:
            roles[c] = "extra"
        elif named:
            return _none(form, layout)
        else:
            words.append(c)
    if of_days(form, layout):
        values = _day_columns(seen, words, school)
        fields_of = {c: value_field(seen.headings[c].column.path, layout) for c in values}
        several = layout.values and all(fields_of.values())
        known = len(values) >= _FEWEST_DAYS and (bool(several) or not (layout.values or has_twins(seen, values)))
    elif is_typed(form, layout):
        values, known = typed_columns(seen, form, layout, words, school)
    else:
        values = [c for c in words if _is_across(seen, layout, c)]
        known = _known_words(seen, form, layout, values, [c for c in words if c not in values], school)
    score, coverage = _judge(seen, fields, words, values, known=known)
    context = context_of(seen.table, form, layout, school)
    marked = is_marked(seen, form, {})
    return Candidate(
        form=form,
        layout=layout,
        score=score if axis is not None and values and known else 0.0,
        coverage=coverage,
        fields=fields | {c: value_field(seen.headings[c].column.path, layout) or layout.value or "" for c in values},
        roles=roles | dict.fromkeys(values, "value"),
        context={f: note for f, note in context.items() if f not in fields.values()},
        missing=() if axis is not None else (layout.row or "",),
        foreign=foreign_columns(seen, form),
        is_of_another=is_of_another(seen, form, layout)
        or marked is False
        or (not of_days(form, layout) and _are_counts(seen, form, layout, values)),
        unknown_words=tuple(c for c in words if c not in values and seen.profiles[c].filled),
        is_marked=bool(marked),
        title=title_length(seen, form.titles),
    )


def _day_columns(seen: Seen, words: list[int], school: School | None) -> list[int]:
    """Give the columns headed by days, or by weekdays where the title names the days of the week."""
    values = [c for c in words if day_level(seen.headings[c].column.path) is not None]
    year_of = year_in(school.school_year) if school else None
    texts = [*(note.text for note in seen.table.notes), seen.table.grid.sheet]
    if values or not week_in(texts, year_of or (lambda _month: _ANY_YEAR)):
        return values
    return [c for c in words if weekday_level(seen.headings[c].column.path) is not None]


def of_days(form: Form, layout: Layout) -> bool:
    """Tell whether the headers across are days."""
    return any(each.id == layout.across and each.type == "date" for each in form.fields)


def value_field(path: Sequence[str], layout: Layout) -> str | None:
    """Give the field of the cells below a header by the layout's `values`: 早 over or under the day; None without."""
    said = {squash(level) for level in path}
    return next((field for field, words in layout.values.items() if said & set(map(squash, words))), None)


def has_twins(seen: Seen, columns: list[int]) -> bool:
    """Tell whether a day stands over several columns (早, 中, 晚): then it does not say what the numbers are."""
    paths = [seen.headings[c].column.path for c in columns]
    whole = [tuple(level for level in path if level) for path in paths]
    return len(set(whole)) < len(whole) or len({path[day_level(path) or 0] for path in paths}) * 2 <= len(paths)


def word_of(heading: Heading) -> tuple[str, str | None]:
    """Give the word of the across axis as it is written, and its unit: 扫帚(把), or 把 on a level of its own."""
    levels = [level for level in heading.column.path if level.strip()]
    unit = heading.unit
    if len(levels) > 1 and is_unit(levels[-1]):
        unit, levels = normal(levels[-1]).strip("()"), levels[:-1]
    return (levels[-1] if levels else ""), unit


def _none(form: Form, layout: Layout) -> Candidate:
    return Candidate(form, layout, 0.0, 0.0, {}, {}, {}, missing=(layout.row or "",))


def _axis_column(seen: Seen, form: Form, layout: Layout, evidence: Evidence) -> int | None:
    """Give the column that the row axis is read down."""
    claims = [
        (strength, -c)
        for (c, f), strength in evidence.sure.items()
        if form.fields[f].id == layout.row and strength >= _OUTRIGHT and not seen.profiles[c].number >= 1
    ] or [
        (strength, -c)
        for (c, f), strength in evidence.sure.items()
        if form.fields[f].id == layout.row and strength >= _OUTRIGHT
    ]
    return -max(claims)[1] if claims else None


def _field_named(form: Form, evidence: Evidence, c: int) -> str | None:
    claims = [(w, -f) for (column, f), w in evidence.sure.items() if column == c and w >= _OUTRIGHT]
    return form.fields[-max(claims)[1]].id if claims else None


def _is_across(seen: Seen, layout: Layout, c: int) -> bool:
    """Tell whether a header is a word of the across axis: one of those given, or any above cells like values."""
    if canonical_word(seen.headings[c], layout.across_values):
        return True
    if layout.across_open or not layout.across_values:
        return seen.profiles[c].like_values
    # Beside known devices, a column of ticks is one more.
    return seen.profiles[c].tick > _WORDY and any(canonical_word(h, layout.across_values) for h in seen.headings)


def canonical_word(heading: Heading, across_values: Mapping[str, tuple[str, ...]]) -> str | None:
    """Give the canonical word of a header, None where the layout does not know it."""
    word, _ = word_of(heading)
    known = _axis_words(tuple(across_values.items()))
    whole = squash("".join(heading.levels))
    return known.get(whole) or known.get(squash(word)) or known.get(squash(heading.leaf))


@lru_cache(maxsize=64)
def _axis_words(given: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, str]:
    """Index the words of an axis: squashed spelling -> canonical word."""
    words: dict[str, str] = {}
    for canonical, aliases in given:
        for spelling in (canonical, *aliases):
            words.setdefault(squash(spelling), canonical)
    return words


def _is_wordy(seen: Seen, c: int) -> bool:
    """Tell a column of words: neither numbers nor ticks."""
    profile = seen.profiles[c]
    return bool(profile.filled) and profile.number + profile.tick < _WORDY


def _known_words(  # noqa: PLR0913, PLR0917  (what is known of the columns)
    seen: Seen, form: Form, layout: Layout, values: list[int], strays: list[int], school: School | None
) -> bool:
    """Tell whether more than the shape says what lies across: known words, goods of the school, units, a title."""
    given = [canonical_word(seen.headings[c], layout.across_values) for c in values]
    if len(known_words := [word for word in given if word]) > len(set(known_words)):
        return False  # a word of the axis stands once: 现有/课桌 and 完好/课桌 are columns of a list
    # Goods with their units may lie across a form of goods alone, not across one of devices.
    of_goods = layout.across == GOODS_FIELD
    goods = {squash(s.name) for s in school.standards} if school and of_goods else set()
    goods |= {squash(name) for pair in school.goods_aliases.items() for name in pair} if school and of_goods else set()
    words = [word_of(seen.headings[c]) for c in values]
    known = sum(bool(canonical) or squash(word) in goods for canonical, (word, _) in zip(given, words, strict=True))
    if known > 1 or 3 * known >= len(words) > 0:
        return True
    # Names of another form's columns (现有课桌) are no goods, and words below a header (姓名) are of a list.
    others = sum(any(seen.forms_of[key] for key, _ in seen.headings[c].keys) for c in values)
    if 2 * others > len(values) or any(_is_wordy(seen, c) for c in strays):
        return False
    if of_goods and len(words) > 1 and 2 * sum(unit in _COUNTING_UNITS for _, unit in words) > len(words):
        return True
    value = next(each for each in form.fields if each.id == layout.value)
    # 发放数量 and 领用数量 say what is done with the goods, and so may the title.
    deeds = {squash(name).removesuffix("数").removesuffix("数量") for name in (value.title, *value.aliases)}
    return len(words) > 1 and has_title(seen, [deed for deed in deeds if len(deed) > 1])


def _are_counts(seen: Seen, form: Form, layout: Layout, values: list[int]) -> bool:
    """Tell cells that are all numbers, none blank, where words or ticks are due: how many there are, or marks.

    A list of faults has blanks, zeros or ticks for what is in order.
    """
    value = next(each for each in form.fields if each.id == layout.value)
    profiles = [seen.profiles[c] for c in values]
    if value.is_number or not profiles:
        return False
    numbers = sum(p.number * p.filled for p in profiles)
    return numbers - sum(p.zero * p.filled for p in profiles) > _MOSTLY * sum(p.filled + p.blank for p in profiles)


def _judge(
    seen: Seen, fields: Mapping[int, str], words: list[int], values: list[int], *, known: bool
) -> tuple[float, float]:
    """Give score and coverage: the columns that the layout explains, and less where nothing else speaks for it."""
    have = len(fields) + (0.9 if known else 0.5) * len(values)
    lost = sum(0.7 if seen.profiles[c].filled else 0.2 for c in words if c not in values)
    total = len(fields) + len(values) + lost
    coverage = have / total if total else 0.0
    return 0.65 * coverage + 0.35 * (1.0 if known else 0.2), coverage
