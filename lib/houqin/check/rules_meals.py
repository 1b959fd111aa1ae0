"""Named rules of the canteen's record forms: who checked, what the words say, what is still open, 斤 beside 公斤."""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from houqin.check.rules import names_of, table_rule, tell
from houqin.check.wording import say_number
from houqin.values import canonical_text
from houqin.values.numbers import ZERO_LIKE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

_BETWEEN_NAMES = re.compile(r"[、,，/;；\s]+")
_NEGATED = "无未没不非免"
_UNITS = {"斤": "斤", "市斤": "斤", "公斤": "公斤", "千克": "公斤", "kg": "公斤"}
_JIN_IN_KILO = 2
_MOST_CELLS = 6
# What stands in a column of problems where there is none.
_NONE = ("无", "没有", "暂无", "否", "-", "—", "/", "×", "0")
_FINE = ("正常", "良好", "一切正常", "无异常", "无问题", "无隐患", "未发现", "未发现隐患", "未发现问题")
NOTHING = frozenset((*_NONE, *_FINE))


@table_rule("two-people")
def check_two_people(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records signed by one person where two are due; one cell may hold both names.

    A blank is a signature on paper: a second column that is blank throughout says nothing.
    """
    fields = [name for name in names_of(check, "fields") if view.has(name)]
    named = [_names(view, fields, record) for record in range(view.length)]
    if not any(len(set(names)) > 1 for names in named) and not any(len(names) > 1 for names in named):
        return
    for record, names in enumerate(named):
        if names and len(set(names)) == 1:
            both = len(names) > 1
            people = f"都是{names[0]}" if both else f"只有{names[0]}一人"
            yield tell(view, check, record, words={"people": people})


def _names(view: View, fields: Sequence[str], record: int) -> list[str]:
    texts = [view.word(name, record) for name in fields]
    return [name for text in texts for name in _BETWEEN_NAMES.split(text) if name and name not in ZERO_LIKE]


@table_rule("no-word")
def check_no_word(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records whose `field` has one of the `words`: 无 alone, or 不合格 within; 无异味 is no 异味.

    One of the fields `unless` that says more settles it.
    """
    name = str(check.args.get("field", check.cell))
    if not view.has(name):
        return
    chosen = view.select(str(check.args.get("where", "")))
    words, unless = names_of(check, "words"), [each for each in names_of(check, "unless") if view.has(each)]
    for record, text in enumerate(view.text(name)):
        if not chosen[record] or not text or any(view.word(each, record) for each in unless):
            continue
        if any(_says(canonical_text(str(text)), word) for word in words):
            yield tell(view, check, record)


def _says(text: str, word: str) -> bool:
    if text == word:
        return True
    at = text.find(word) if len(word) > 1 else -1
    return at >= 0 and not (at and text[at - 1] in _NEGATED)


@table_rule("answered")
def check_answered(view: View, check: Check) -> Iterator[Finding]:
    """Tell of records whose `field` says something that one of `by` must answer, and all of them are blank.

    `only` are the words of `field` that ask for it; else all do but a dash and what says there is nothing: 无, 正常
    and the `words`. A table that has none of the columns `by` is not judged.
    """
    name, by = str(check.args.get("field", check.cell)), [each for each in names_of(check, "by") if view.has(each)]
    if not view.has(name) or not by:
        return
    only, nothing = names_of(check, "only"), NOTHING | ZERO_LIKE | set(names_of(check, "words"))
    for record, text in enumerate(view.text(name)):
        said = canonical_text(str(text)).strip("。.!！,， ") if text else ""
        if not said or any(view.word(each, record) for each in by):
            continue
        if said in only if only else said not in nothing and not said.startswith("无"):
            yield tell(view, check, record)


@table_rule("mixed-units")
def check_mixed_units(view: View, check: Check) -> Iterator[Finding]:
    """Ask once about 斤 and 公斤 in one column, at the rarer; and where a food costs the same by both."""
    uom, name = str(check.args["uom"]), str(check.args["name"])
    if not view.has(uom):
        return
    rows: dict[str, list[int]] = {"斤": [], "公斤": []}
    for record, text in enumerate(view.text(uom)):
        unit = _UNITS.get(canonical_text(str(text)).lower()) if text else None
        if unit:
            rows[unit].append(record)
    if not all(rows.values()):
        return
    rare = min(rows, key=lambda unit: (len(rows[unit]), unit))
    first, *others = rows[rare]
    cells = "、".join(view.place(uom, record).cell or "" for record in rows[rare][:_MOST_CELLS])
    usual = "公斤" if rare == "斤" else "斤"
    more = "等" if len(others) >= _MOST_CELLS else ""
    counts = f"{usual} {len(rows[usual])} 行、{rare} {len(rows[rare])} 行（{cells}{more}）"
    related = tuple(view.place(uom, record) for record in others)
    words = {"counts": counts, "why": _alike(view, name, str(check.args.get("price", "")), rows)}
    yield tell(view, check, first, words=words, related=related)


def _alike(view: View, name: str, price: str, rows: dict[str, list[int]]) -> str:
    """Name a food that costs about as much by the 公斤 as by the 斤."""
    if not price or not view.has(name, price):
        return ""
    prices: dict[str, dict[str, list[int]]] = {}
    for unit, records in rows.items():
        for record in records:
            value = view.value(price, record)
            if value and view.word(name, record):
                prices.setdefault(view.word(name, record), {}).setdefault(unit, []).append(value)
    field = view.form.field(price)
    for food, by_unit in prices.items():
        if len(by_unit) == len(rows):
            jin, kilo = int(median(by_unit["斤"])), int(median(by_unit["公斤"]))
            if abs(kilo - jin) < abs(kilo - _JIN_IN_KILO * jin):
                said = f"每斤 {say_number(jin, field)} 元、每公斤 {say_number(kilo, field)} 元"
                return f"；“{food}”{said}，差不多，像是有的行单位填错了"
    return ""
