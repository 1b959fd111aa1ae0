"""A proposed form as the text of its TOML file, with Chinese comments on what a person should look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.describe.columns import Proposed
    from houqin.describe.relations import Relation

_CODES = {"product": "amount-mismatch", "balance": "balance-mismatch", "sum": "sum-mismatch"}
_MOST_NAMED = 10


def quoted(text: str) -> str:
    """Give a TOML string."""
    return json.dumps(text, ensure_ascii=False)


def texts(words: Sequence[str]) -> str:
    """Give a TOML list of strings."""
    return f"[{', '.join(map(quoted, words))}]"


def field_lines(each: Proposed, common: frozenset[str]) -> Iterator[str]:
    """Write a [[field]]; a title that the id has anyway is left out."""
    yield from (f"# 请看（{each.letter} 列）：{doubt}。" for doubt in each.doubts)
    yield "[[field]]"
    yield f"id = {quoted(each.id)}"
    yield f"title = {quoted(each.title)}"
    if each.twin:
        yield f"shared = {texts([each.twin])}"
    if each.type != "text" or each.id in common:
        yield f"type = {quoted(each.type)}"
    if each.scale is not None:
        yield f"scale = {each.scale}"
    if each.unit and each.is_number:
        yield f"unit = {quoted(each.unit)}"
    if each.is_full and each.type in {"text", "code", "class", "date"}:
        yield "required = true"
    if each.choices:
        yield f"values = {texts(each.choices)}"
    yield ""


def check_lines(
    relation: Relation, number: int, titles: Mapping[str, str], label: str, rows: Sequence[int]
) -> Iterator[str]:
    """Write a [[check]], above it the rows that break it."""
    for record, should in relation.broken[:_MOST_NAMED]:
        yield f"# 第 {rows[record]} 行不合：{titles[relation.right]}应为 {should:f}。是填错了，还是这条算法不对？"
    if len(relation.broken) > _MOST_NAMED:
        yield f"# 还有 {len(relation.broken) - _MOST_NAMED} 行不合。"
    sign = " * " if relation.kind == "product" else " + "
    terms = [_term(name, relation) for name in relation.plus]
    rule = sign.join(terms) + "".join(f" - {_term(name, relation)}" for name in relation.minus)
    words = " × " if relation.kind == "product" else " + "
    said = words.join(f"{titles[name]} {{{name}}}" for name in relation.plus)
    said += "".join(f" − {titles[name]} {{{name}}}" for name in relation.minus)
    yield "[[check]]"
    yield f'id = "{relation.kind}-{number}"'
    yield f"code = {quoted(_CODES[relation.kind])}"
    yield 'level = "error"'
    yield f"rule = {quoted(f'{rule} == {relation.right}')}"
    if relation.kind == "product":
        yield 'tolerance = "price"'
    yield f"cell = {quoted(relation.right)}"
    yield "suggest = true"
    message = f"{label}{said} = {{expected}}，{titles[relation.right]}填的是 {{found}}{{hint}}。"
    yield f"message = {quoted(message)}"
    yield ""


def _term(name: str, relation: Relation) -> str:
    return f"coalesce({name}, 0)" if relation.has_blanks else name
