"""问题按规则, 问题按学校 and 问题明细: counts by rule and by school; no finding's own words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from houqin.forms.code_titles import code_title
from houqin.report.bureau_long import rest_line, return_link, run_link
from houqin.workbook import CENTER, COUNT, WRAPPED, Col, Link, internal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.bureau_facts import Bureau, SchoolFacts
    from houqin.workbook import CellValue, Sheet

LEVELS = {"error": "必须改", "question": "请确认", "warning": "提醒", "info": "说明"}
DETAIL = "问题明细"
_NAMED = 3  # schools that a rule's line names
_DETAILS_A_SCHOOL = 10  # that the details have room for on the average
_WORST = 3
Key = tuple[str, str]


def write_by_rule(sheet: Sheet, bureau: Bureau, places: Mapping[Key, int]) -> None:
    """Fill 问题按规则; `places` is the row of 问题明细 where each rule begins, without those it has no room for."""
    columns = (
        Col("级别", CENTER, 10), Col("问题", WRAPPED, 30), Col("学校数", COUNT, 9), Col("条数", COUNT, 9, total="sum"),
        Col("条数最多的学校", WRAPPED, 54), Col("各校", CENTER, 9),
    )  # fmt: skip
    lines = ["同一种问题有几所学校、共几条；条数是各校问题清单里的行数。点“各校”看是哪些学校。"]
    top = sheet.head("问题按规则", len(columns), lines=lines)
    schools = _schools_of(bureau)
    rows: list[list[CellValue]] = [
        [
            LEVELS[key[0]], code_title(key[1]), len(found), sum(count for _, count in found), _most(found),
            Link(internal(DETAIL, f"A{places[key]}"), "看") if key in places else None,
        ]
        for key, found in schools.items()
    ]  # fmt: skip
    sheet.table(top, 1, columns, rows)


def write_details(sheet: Sheet, bureau: Bureau, most: int) -> dict[Key, int]:
    """Fill 问题明细, a row a rule and school; give the row where each rule begins."""
    columns = (
        Col("级别", CENTER, 10), Col("问题", WRAPPED, 30), Col("学校", WRAPPED, 26), Col("条数", COUNT, 8),
        Col("学校的汇总", CENTER, 9), Col("退回单", CENTER, 9),
    )  # fmt: skip
    every = [(key, each, count) for key, found in _schools_of(bureau).items() for each, count in found]
    room = most * _DETAILS_A_SCHOOL
    lines = ["哪所学校有哪种问题、几条；具体是哪个文件哪个格子，点“打开”看学校自己的问题清单，或看退回单。"]
    top = sheet.head(DETAIL, len(columns), lines=[*lines, *rest_line(len(every) - room, "行", "级别高的")])
    rows: list[list[CellValue]] = [
        [LEVELS[key[0]], code_title(key[1]), each.name, count, run_link(each), return_link(each)]
        for key, each, count in every[:room]
    ]
    placed = sheet.table(top, 1, columns, rows)
    first: dict[Key, int] = {}
    for row, (key, _, _) in enumerate(every[:room], placed.first):
        first.setdefault(key, row)
    return first


def write_by_school(sheet: Sheet, shown: Sequence[SchoolFacts], rest: int) -> None:
    """Fill 问题按学校."""
    columns = (
        Col("学校", WRAPPED, 24), *(Col(word, COUNT, 9, total="sum") for word in LEVELS.values()),
        Col("最多的几种必须改", WRAPPED, 44), Col("核实", CENTER, 9), Col("学校的汇总", CENTER, 9),
        Col("退回单", CENTER, 8),
    )  # fmt: skip
    lines = ["具体是哪个文件哪个格子，点“打开”看学校自己的问题清单，或看退回单。没有做成的学校这里没有数。"]
    top = sheet.head("问题按学校", len(columns), lines=[*lines, *rest_line(rest)])
    rows: list[list[CellValue]] = [
        [
            each.name, *(each.levels[level] for level in LEVELS), _worst(each), each.verified,
            run_link(each), return_link(each),
        ]
        for each in shown if each.has_run
    ]  # fmt: skip
    sheet.table(top, 1, columns, rows)


def _schools_of(bureau: Bureau) -> dict[Key, list[tuple[SchoolFacts, int]]]:
    """Give each rule's schools, most findings first; the rules by level, then by how many schools have them."""
    found: dict[Key, list[tuple[SchoolFacts, int]]] = {}
    for each in bureau.schools:
        counts: Counter[Key] = Counter()
        for finding in each.findings:
            counts[finding["level"], finding["code"]] += finding["count"]
        for key, count in counts.items():
            found.setdefault(key, []).append((each, count))
    rank = list(LEVELS)
    keys = sorted(found, key=lambda key: (rank.index(key[0]), -len(found[key]), key[1]))
    return {key: sorted(found[key], key=lambda pair: -pair[1]) for key in keys}


def _most(found: Sequence[tuple[SchoolFacts, int]]) -> str:
    named = "、".join(f"{each.name} {count}" for each, count in found[:_NAMED])
    return f"{named} 等 {len(found)} 所" if len(found) > _NAMED else named


def _worst(each: SchoolFacts) -> str | None:
    errors = [finding for finding in each.findings if finding["level"] == "error"]
    worst = sorted(errors, key=lambda finding: (-finding["count"], finding["code"]))[:_WORST]
    return "；".join(f"{code_title(f['code'])} {f['count']}" for f in worst) or None
