"""Electricity and water side by side over the same rooms: a table each, with the columns that both share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.locate.vocabulary import normal_text
from houqin.model import Note

if TYPE_CHECKING:
    from houqin.model import Column, RawTable

_KINDS = {
    "电": re.compile(r"用?电(表|费|能)?(情况|部分|量(?=.))?"),
    "水": re.compile(r"(用|自来)?水(表|费)?(情况|部分|量(?=.))?"),
    "气": re.compile(r"用?(天然|燃|煤)?气(表|费)?(情况|部分|量(?=.))?"),
}
_OTHER_THINGS = re.compile(r"电话|电脑|电器|电子|电梯|饮水|热水|水果|水电|空气")
_LEAST_SHARED = 2
_TOTAL = ("合计", "总计", "小计", "共计")


def part_supplies(table: RawTable) -> list[RawTable]:
    """Give a table of each supply, its `side` saying which, where two stand side by side with columns alike.

    A total over all supplies is of none of them, where a supply has such a column of its own.
    """
    kinds = [_kind_of(column) for column in table.columns]
    groups = {kind: [i for i, each in enumerate(kinds) if each == kind] for kind in dict.fromkeys(filter(None, kinds))}
    if len(groups) < 2 or not all(_is_run(at) for at in groups.values()):
        return [table]
    said = {kind: [_rest(table.columns[i], kind) for i in at] for kind, at in groups.items()}
    shared = set.intersection(*(set(rests) for rests in said.values()))
    if len(shared) < _LEAST_SHARED or any(len(set(rests)) < len(rests) for rests in said.values()):
        return [table]
    common = [i for i, kind in enumerate(kinds) if kind is None and not _is_total(table.columns[i], shared)]
    return [
        replace(table, columns=tuple(table.columns[i] for i in sorted([*common, *at])), side=_side(table, at, kind))
        for kind, at in groups.items()
    ]


def _kind_of(column: Column) -> str | None:
    """Give what a column is about by its uppermost label that says it."""
    for level in column.path:
        label = normal_text(level)
        found = [kind for kind in _KINDS if kind in label]
        if found and not _OTHER_THINGS.search(label):
            return found[0] if len(found) == 1 else None
    return None


def _rest(column: Column, kind: str) -> str:
    """Give what a column says but for the supply: 本月 of 电表本月, 用量 of 用电量."""
    whole = "".join(normal_text(level) for level in column.path)
    return _KINDS[kind].sub("", whole)


def _is_run(at: list[int]) -> bool:
    return len(at) >= _LEAST_SHARED and at == list(range(at[0], at[0] + len(at)))


def _is_total(column: Column, shared: set[str]) -> bool:
    path = [normal_text(level) for level in column.path]
    return bool(path) and path[0] in _TOTAL and (len(path) == 1 or path[-1] in shared)


def _side(table: RawTable, at: list[int], kind: str) -> Note:
    first = table.columns[at[0]]
    row, column = first.places[0] if first.places else (table.header_rows[0], first.index)
    return Note("@side", kind, row, column)
