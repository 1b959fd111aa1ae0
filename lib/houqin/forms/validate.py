"""What must hold within a form and between forms: every word that names a field, a rule or a code names one that is."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING

from houqin.expression import parse
from houqin.forms.blank import check_blank
from houqin.forms.entry import nearest
from houqin.forms.words import CLASS_FIELDS, CODES, NAMED_RULES, RULE_WORDS, THRESHOLDS, TIE_OUT_WORDS
from houqin.values import normal, split_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from houqin.forms.entry import Entry
    from houqin.forms.nouns import Check, Field, Form, Layout, Side, TieOut

_MARKS = re.compile(r"[/()\[\]:.、,;*\-—_~·]+")
_KEBAB = re.compile(r"^[a-z]+(-[a-z0-9]+)*$")
_CLASSES = "@classes"
_MONTH_OF = re.compile(r"^month\((\w+)\)$")


@lru_cache(maxsize=1 << 14)
def squash(name: str) -> str:
    """Give a header's name as matching compares it: 规格/型号, 规格(型号) and 规格型号 are one; the unit is off."""
    return _MARKS.sub("", split_unit(name)[0]) or normal(name)


def check_form(form: Form, entry: Entry) -> None:
    """Note what does not hold within a form."""
    ids = [field.id for field in form.fields]
    for key in ("key", "required", "distinctive", "totals", "order", "content"):
        _known(entry, key, getattr(form, key), ids)
    _check_fields(form, entry.tables("field"))
    own = {squash(name): field for field in form.fields for name in (field.title, *field.aliases)}
    for name in form.foreign:
        if squash(name) in own:
            entry.wrong("foreign", f"“{name}”是字段 {own[squash(name)].id} 的叫法，不能又说这种表单没有它。")
    if not form.layouts:
        entry.wrong("layout", "至少要有一个 [[layout]]。")
    layouts, checks = entry.tables("layout"), entry.tables("check")
    for layout, place in zip(form.layouts, layouts, strict=True):
        _check_layout(layout, place, ids)
    for check, place in zip(form.checks, checks, strict=True):
        _check_check(check, place, form)
    _once([layout.id for layout in form.layouts], layouts)
    _once([check.id for check in form.checks], checks)
    check_blank(form, entry)


def _check_fields(form: Form, places: list[Entry]) -> None:
    _check_names(form, places)
    _once([field.id for field in form.fields], places)
    for field, place in zip(form.fields, places, strict=True):
        _known(place, "spans", field.spans, [each.id for each in form.fields])
        if field.type == "choice" and not field.values:
            place.wrong("values", "choice 类型要写出可选的词。")


def _once(ids: list[str], places: list[Entry]) -> None:
    for i, (each, place) in enumerate(zip(ids, places, strict=True)):
        if each and each in ids[:i]:
            place.wrong("id", f"“{each}”重复出现了。")


def check_tie_out(tie_out: TieOut, entry: Entry, places: Sequence[Entry], forms: Mapping[str, Form]) -> None:
    """Note what does not hold in a tie-out; `places` are those of left, right and also."""
    _code(tie_out.code, entry)
    _tolerance(tie_out.tolerance, entry)
    sides = [tie_out.left, tie_out.right, *([tie_out.also] if tie_out.also else [])]
    for side, place in zip(sides, places, strict=False):
        _check_side(side, place, forms)
    if len(places) > len(sides) or (tie_out.also and tie_out.relation != "covered"):
        entry.wrong("also", "只能写一个，relation 是 covered 时才有用。")
    counts = [len(side.by) for side in sides]
    if len(set(counts)) > 1:
        entry.wrong("by", f"各边的 by 要一样多，找到的是 {'、'.join(map(str, counts))} 个。")
    _message(tie_out.message, entry, {*TIE_OUT_WORDS, *(month_of(name) or name for name in tie_out.left.by)})


def _known(entry: Entry, key: str, words: Iterable[str], ids: Iterable[str]) -> None:
    for word in words:
        if word not in ids:
            entry.wrong(key, f"没有字段“{word}”{nearest(word, ids) or '。'}")


def _check_names(form: Form, places: list[Entry]) -> None:
    """Note names that two fields claim, unless the later says `shared`: then the columns' order decides."""
    owners: dict[str, Field] = {}
    for field, place in zip(form.fields, places, strict=True):
        shared = {squash(name) for name in place.texts("shared")}
        for name in (field.title, *field.aliases):
            owner = owners.setdefault(squash(name), field)
            if owner is not field and squash(name) not in shared:
                place.wrong("aliases", f"别名“{name}”与字段 {owner.id}（{owner.title}）相同，只能归一个字段。")


def _check_layout(layout: Layout, place: Entry, ids: list[str]) -> None:
    _known(place, "required", layout.required, ids)
    _known(place, "above", layout.above, ids)
    _known(place, "names", layout.names, ids)
    _known(place, "rates", (*layout.rates, *(each for rate in layout.rates.values() for each in rate)), ids)
    _known(place, "rate_words", layout.rate_words, ids)
    _known(place, "values", layout.values, ids)
    for field_id in layout.context:
        if field_id not in ids:
            place.wrong("context", f"没有字段“{field_id}”{nearest(field_id, ids) or '。'}")
    for key in ("row", "across", "value"):
        word = getattr(layout, key)
        if layout.kind == "list" and word:
            place.wrong(key, '只有 kind = "matrix" 的版式才写这一项。')
        elif layout.kind == "matrix" and not word:
            place.wrong(key, "矩阵版式缺少这一项。")
        elif layout.kind == "matrix":
            _known(place, key, (word,), ids)


def _check_check(check: Check, place: Entry, form: Form) -> None:
    ids = [field.id for field in form.fields]
    place.place = f"{place.place}（{check.id}）" if check.id else place.place
    _code(check.code, place)
    _tolerance(check.tolerance, place, extra="price")
    _known(place, "cell", (check.cell,) if check.cell else (), ids)
    _known(place, "needs", check.needs, ids)
    _known(place, "without", check.without, ids)
    _message(check.message, place, {"found", *RULE_WORDS.get(check.use or "rule", ()), *ids})
    if (check.rule is None) == (check.use is None):
        place.wrong("rule", "rule（算式）和 use（现成的规则）要写且只写一个。")
    if check.rule:
        _expression(check.rule, "rule", place, _kinds(form), only_numbers=True)
    if check.where:
        _expression(check.where, "where", place, _kinds(form), only_numbers=False)
    if check.use and check.use not in NAMED_RULES:
        words = "、".join(sorted(NAMED_RULES))
        place.wrong("use", f"没有叫“{check.use}”的规则{nearest(check.use, NAMED_RULES) or f'，可用的有 {words}。'}")
    elif check.use:
        _check_args(check.use, place.table("args"), _kinds(form))


def _kinds(form: Form) -> dict[str, bool]:
    return {field.id: field.is_number for field in form.fields}


def _check_args(use: str, args: Entry, kinds: Mapping[str, bool]) -> None:
    for name, kind in NAMED_RULES[use].items():
        needed = not kind.endswith("?")
        match kind.rstrip("?"):
            case "field":
                word = args.text(name, needed=needed)
                _known(args, name, (word,) if word else (), kinds)
            case "fields":
                _known(args, name, args.texts(name, needed=needed), kinds)
            case "styles":
                _known(args.table(name), "", args.table(name).data, kinds)
            case "words":
                args.texts(name)
            case "spellings":
                args.spellings(name)
            case "sums":
                _check_sums(name, args, kinds)
            case "where":
                condition = args.text(name)
                if condition:
                    _expression(condition, name, args, kinds, only_numbers=False)
            case _:
                args.text(name, needed=needed)
    args.close()


def _check_sums(name: str, args: Entry, kinds: Mapping[str, bool]) -> None:
    for text in args.texts(name, needed=True):
        _expression(text, name, args, kinds, only_numbers=True)


def _check_side(side: Side, place: Entry, forms: Mapping[str, Form]) -> None:
    if side.form == _CLASSES:
        kinds = {name: name == "pupils" for name in CLASS_FIELDS}
    elif side.form in forms:
        kinds = _kinds(forms[side.form])
    else:
        words = (*forms, _CLASSES)
        place.wrong("form", f"没有表单“{side.form}”{nearest(side.form, words) or '，'}可用的有 {'、'.join(words)}。")
        return
    _known(place, "by", [month_of(name) or name for name in side.by], kinds)
    _check_factor(side, place, forms)
    if side.aggregate == "count":
        _known(place, "value", (side.value,) if side.value else (), kinds)
    elif side.value:
        _expression(side.value, "value", place, kinds, only_numbers=True)
    if side.where:
        _expression(side.where, "where", place, kinds, only_numbers=False)


def month_of(name: str) -> str | None:
    """Give the field within month(date), None for a plain field."""
    found = _MONTH_OF.match(name)
    return found[1] if found else None


def _check_factor(side: Side, place: Entry, forms: Mapping[str, Form]) -> None:
    if side.times is None:
        return
    form, _, name = side.times.partition(".")
    known = [f"{each.id}.{f.id}" for each in forms.values() for f in each.fields if f.is_number]
    if f"{form}.{name}" not in known:
        place.wrong("times", f"要写“表单.数字字段”，找到的是“{side.times}”{nearest(side.times, known) or '。'}")


def _expression(text: str, key: str, place: Entry, kinds: Mapping[str, bool], *, only_numbers: bool) -> None:
    try:
        expression = parse(text)
    except ValueError as error:
        place.wrong(key, f"算式“{text}”读不懂：{error}")
        return
    _known(place, key, sorted(expression.fields), kinds)
    for field_id in sorted(expression.fields & set(kinds)):
        if only_numbers and not kinds[field_id]:
            place.wrong(key, f"{field_id} 不是数字，不能参加计算。")


def _code(code: str, place: Entry) -> None:
    if code in CODES or not code:
        return
    near = nearest(code, CODES)
    if near or not _KEBAB.match(code):
        place.wrong("code", f"没有代码“{code}”{near or '，新代码要用小写英文词加连字符，如 amount-mismatch。'}")


def _tolerance(text: str, place: Entry, extra: str = "") -> None:
    if text in THRESHOLDS or (extra and text == extra):
        return
    try:
        fine = Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        fine = False
    if not fine:
        words = sorted({*THRESHOLDS, *([extra] if extra else [])})
        place.wrong("tolerance", f"要写数字或 {'、'.join(words)}，找到的是“{text}”{nearest(text, words) or '。'}")


def _message(text: str, place: Entry, words: Iterable[str]) -> None:
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        place.wrong("message", f"花括号不成对：“{text}”。")
        return
    for name in names:
        if name not in words:
            place.wrong("message", f"花括号里没有“{name}”可用{nearest(name, words) or '。'}")
