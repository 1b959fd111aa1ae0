"""Tables of another school in the inbox: never mixed with the own ones, and asked about.

A school's name stands in the title, in a line 核算单位：… above the table, or in a column 单位 of each row. Where the
inbox has tables of the own school, or of two others, what another school's name stands over is left out until a person
says that it belongs here. Where all tables bear one other name the settings may be the wrong ones: it counts (and
`check.owner` asks about it); so do the files that somebody tries with the example's settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from houqin.ledger.slices import taken_rows
from houqin.model import Finding, Level, Place
from houqin.values import normal
from houqin.values.school_names import is_like_school, is_same_school, number_of_school, school_names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.model import Table
    from houqin.school import School

CODE = "other-school"
_LABELS = frozenset({
    "单位", "单位名称", "核算单位", "编制单位", "填报单位", "报送单位", "编报单位", "预算单位", "会计主体",
    "账套", "账套名称", "学校", "学校名称", "主体", "核算主体", "所属单位", "户名", "账户名称", "开户单位",
    "存款人", "本方户名",
})  # fmt: skip
# Of a column: who the row is about may be a supplier or a debtor in these.
_COLUMNS = _LABELS - {"户名", "账户名称", "开户单位", "存款人"}
# A column 单位 of these says whose the row is; in a list of guests or of works it says where somebody is from.
_BOOKS = frozenset({
    "trial_balance", "journal", "cashbook", "bank_statement", "quota", "budget", "budget_execution", "claim_register",
    "asset_register", "receipt_book",
})  # fmt: skip
# What is about others by its nature: a meeting with another school is still ours.
_WITH_OTHERS = frozenset({"meeting", "event", "work_log", "feedback"})
_TWO = 2
_NUMBERS = re.compile(r"^[\d年月.\-_ ]+")


class Part(NamedTuple):
    """Rows of a table under one school's name, empty where none is said; `whole` where they are all of the table."""

    table: Table
    name: str
    whole: bool


def part_schools(
    tables: Sequence[Table], school: School | None, is_answered: Callable[[Finding], bool]
) -> tuple[list[Table], list[Finding]]:
    """Give the tables of the school, and what is asked about the others; `is_answered` says that one belongs here."""
    if school is None:
        return list(tables), []
    parts_of = [_parts(table) for table in tables]
    parts = [part for own in parts_of for part in own]
    exact = any(part.name and is_same_school(part.name, school.name) for part in parts)
    others = {part.name for part in parts if part.name and not _is_own(part.name, school, exact=exact)}
    if not exact and (_count(others) < _TWO or school.is_example):
        return list(tables), []
    made: list[Table] = []
    findings: list[Finding] = []
    for table, own in zip(tables, parts_of, strict=True):
        foreign = [part for part in own if part.name in others]
        told = _told(foreign, school) if foreign else None
        findings += [told] if told else []
        is_taken = told is None or is_answered(told)
        made += [table] if is_taken else [part.table for part in own if part.name not in others]
    return made, findings


def _is_own(name: str, school: School, *, exact: bool) -> bool:
    """Tell the school's own name; beside tables of that very name, one with another number is another school's."""
    apart = exact and number_of_school(name) != number_of_school(school.name)
    return is_same_school(name, school.name) or (is_like_school(name, school.name) and not apart)


def _count(names: set[str]) -> int:
    """Count schools; 示例市示例小学 and 示例小学 are one."""
    kept: list[str] = []
    for name in sorted(names, key=len):
        if not any(is_same_school(name, each) for each in kept):
            kept.append(name)
    return len(kept)


def _parts(table: Table) -> list[Part]:
    """Take a table apart by a column that names schools; else all of it is of the one above it."""
    if table.form in _WITH_OTHERS:
        return [Part(table, "", whole=True)]
    headers = table.extra.columns if table.form in _BOOKS else ()
    column = next((header for header in headers if normal(str(header)) in _COLUMNS), None)
    said = [_only(str(text)) if text is not None else "" for text in table.extra[column]] if column is not None else []
    names = list(dict.fromkeys(said)) if any(said) else [_name_above(table)]
    if len(names) == 1:
        return [Part(table, names[0], whole=True)]
    masks = {name: np.array([each == name for each in said], bool) for name in names}
    return [Part(taken_rows(table, keep), name, whole=False) for name, keep in masks.items()]


def _only(text: str) -> str:
    names = school_names_in(text)
    return names[0] if names else ""


def _name_above(table: Table) -> str:
    """Give the school of a labelled line, else of title, sheet, file or folder; nothing where two stand there."""
    notes = table.match.table.notes
    labelled = [name for note in notes if normal(note.label) in _LABELS for name in school_names_in(note.text)]
    titled = [name for note in notes if note.label == "title" for name in school_names_in(note.text)]
    places = [table.sheet, *reversed(table.path.split("/"))]
    placed = next((names for text in places if (names := school_names_in(_NUMBERS.sub("", text)))), [])
    names = list(dict.fromkeys(labelled or titled or placed))
    return names[0] if len(names) == 1 else ""


def _told(foreign: Sequence[Part], school: School) -> Finding:
    table, names = foreign[0].table, "、".join(dict.fromkeys(part.name for part in foreign))
    rows = "" if foreign[0].whole else f"有 {sum(len(part.table.frame) for part in foreign)} 行"
    message = (
        f"{rows}写的是“{names}”，不是{school.name}的，没有计入（不同学校的不能混在一起）。"
        "是那所学校的，请移到它自己的收件箱；确实是本校的（改过校名、同一法人），请答“情况属实”，下次计入。"
    )
    return Finding(CODE, Level.QUESTION, message, Place(table.path, table.sheet), names, form=table.form)
