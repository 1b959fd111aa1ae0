"""Cells that should hold a class or a grade, in every spelling, to 七年级(3)班 and 七年级."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from houqin.clean.registry import Job, cleans
from houqin.clean.texts import plain_texts
from houqin.model import Kind, Level
from houqin.school.naming import find_class_in, find_grade_in, read_class, read_grade
from houqin.values import ParsedClass, canonical_text
from houqin.values.numbers import ZERO_LIKE

if TYPE_CHECKING:
    from houqin.clean.cells import Cells

# Rows of a class list that are no class: store rooms, offices, the staff. They stay as they are written.
_NO_CLASS = re.compile(
    r"(库|库房|仓库|储藏室|办公室|教室|功能室|实验室|图书室|阅览室|微机室|会议室|医务室|保健室|财务室|会计室|档案室|广播室|器材室"
    r"|处|校办|团委|工会|部|中心|组|馆|科|室|食堂|餐厅|宿舍|门卫|传达室|保安|教职工|教师|职工|老师|工勤|保洁|机动|备用|其他|其它|校长"
    r"|学校|全校|后勤|总务|教务|政教|德育|安全|体卫艺)(\d+|[一二三四五六七八九十]+)?$"
)
# What is said of a doubtful reading, by its rule.
_DOUBTS = {"class-as-date": "class-date", "class-number": "class-one-or-ten"}


@cleans("grade")
def clean_grades(cells: Cells, job: Job) -> np.ndarray:
    """Give grades as 七年级; staff rows keep their word, what is no grade stays and is asked about."""
    values = plain_texts(cells, job)
    for i, text in enumerate(values.tolist()):
        if text is None:
            continue
        if text in ZERO_LIKE:
            values[i] = None
            job.log.changed(cells, i, "", "no-value")
            continue
        read = read_grade(text, job.namings) or find_grade_in(text, job.namings)
        if read is None:
            if not is_no_class(text):
                is_said = any(read_grade(text, (naming,)) for naming in job.namings)
                message = "class-needs-school" if is_said else "bad-grade"
                job.log.find("bad-grade", Level.QUESTION, cells, i, message=message)
            continue
        values[i] = read.text
        if read.text != text:
            job.log.changed(cells, i, read.text, read.rules[0] if read.rules else "grade-name")
    return values


def is_no_class(text: str) -> bool:
    """Tell a store room, an office or the staff from a class that is spelt oddly."""
    return bool(_NO_CLASS.search(canonical_text(text).replace(" ", "")))


@cleans("class")
def clean_classes(cells: Cells, job: Job) -> np.ndarray:
    """Give classes as 七年级(3)班; a bare 3班 takes the grade beside it, or the last one above.

    A class that the settings do not know is asked about; a store room or an office stays as it is, also where it
    stands in the grade's column beside a blank.
    """
    values = np.full(len(cells), None, object)
    known = frozenset(c.name for c in job.school.classes) if job.school else frozenset[str]()
    grades = _grades_beside(cells, job)
    beside = _places_beside(cells, job)
    readings: dict[tuple[int, float, int, str | None], ParsedClass | None] = {}
    read: list[ParsedClass | None] = [None] * len(cells)
    for i, kind in enumerate(cells.kinds.tolist()):
        if kind == Kind.BLANK:
            values[i] = beside[i]
            continue
        if kind in (Kind.ERROR, Kind.BOOL):
            code = "error-cell" if kind == Kind.ERROR else "bad-class"
            job.log.find(code, Level.ERROR if kind == Kind.ERROR else Level.QUESTION, cells, i)
            continue
        key = (kind, float(cells.numbers[i]), int(cells.ids[i]), grades[i])
        if key not in readings:
            readings[key] = _read(cells, job, i, grades[i])
        read[i] = readings[key]
    for i, each in enumerate(_tens_mended(cells, read)):
        if each is not None:
            values[i] = _take(cells, job, i, each, known)
        elif cells.kinds[i] in (Kind.TEXT, Kind.NUMBER, Kind.DATE):
            values[i] = _unread(cells, job, i)
    return values


def _grades_beside(cells: Cells, job: Job) -> list[str | None]:
    """Give each record's grade: of its own row, else the last one above, as a person reads the list."""
    grades = job.texts("grade")
    if grades is None:
        return [None] * len(cells)
    beside: list[str | None] = grades.tolist() * (1 if len(grades) == len(cells) else len(cells))
    last = None
    for i, grade in enumerate(beside):
        last = grade or last
        beside[i] = last if last and last.endswith("年级") else None
    return beside


def _places_beside(cells: Cells, job: Job) -> list[str | None]:
    """Give the store room or the staff that a row names in the grade's column, where it has no class of its own."""
    grades = job.texts("grade")
    if grades is None or len(grades) != len(cells):
        return [None] * len(cells)
    return [text if text and is_no_class(text) else None for text in grades.tolist()]


def _read(cells: Cells, job: Job, i: int, grade: str | None) -> ParsedClass | None:
    kind = cells.kinds[i]
    if kind == Kind.TEXT:
        text = cells.texts[cells.ids[i]]
        return read_class(text, job.namings, grade=grade) or (
            None if is_no_class(text) else find_class_in(text, job.namings)
        )
    return read_class(float(cells.numbers[i]), job.namings, grade=grade, is_date=kind == Kind.DATE)


def _take(cells: Cells, job: Job, i: int, read: ParsedClass, known: frozenset[str]) -> str:
    """Record how a class was read; ask where it is unknown to the settings, or the reading is a guess."""
    text = canonical_text(cells.shown(i))
    if read.text != text:
        job.log.changed(cells, i, read.text, read.rules[0] if read.rules else "class-name")
    if known and read.text not in known:
        job.log.find("unknown-class", Level.QUESTION, cells, i, expected=read.text)
    elif read.doubtful and not ("class-as-date" in read.rules and known):
        message = _DOUBTS.get(read.rules[0] if read.rules else "", "doubtful-class")
        words = {"tenth": f"{read.grade}({read.number * 10})班", "ten": f"{cells.shown(i)}0"}
        job.log.find("ambiguous-class", Level.QUESTION, cells, i, message=message, expected=read.text, words=words)
    return read.text


def _unread(cells: Cells, job: Job, i: int) -> str | None:
    text = canonical_text(cells.shown(i))
    if text in ZERO_LIKE:
        job.log.changed(cells, i, "", "no-value")
        return None
    if not text:
        return None
    if not is_no_class(text):
        is_said = any(read_class(text, (naming,)) for naming in job.namings)
        job.log.find("bad-class", Level.QUESTION, cells, i, message="class-needs-school" if is_said else "bad-class")
    return text


def _tens_mended(cells: Cells, read: list[ParsedClass | None]) -> list[ParsedClass | None]:
    """Settle 7.1: after 7.9 or before 7.11 it is class 10, before 7.2 class 1; else it stays in doubt.

    Rows of one class that follow one another (the pupils of a list) are settled together.
    """
    runs = [(key, list(run)) for key, run in groupby(range(len(read)), key=lambda i: read[i])]
    mended = list(read)
    for at, (each, run) in enumerate(runs):
        if each is None or not each.doubtful or "class-number" not in each.rules:
            continue
        above = [mended[other[-1]] for _, other in runs[max(0, at - 1) : at]]
        below = [key for key, _ in runs[at + 1 : at + 2]]
        settled = _settled(each, cells.shown(run[0]), _numbers_of(above, each.grade), _numbers_of(below, each.grade))
        for i in run:
            mended[i] = settled
    return mended


def _settled(read: ParsedClass, shown: str, above: list[int], below: list[int]) -> ParsedClass:
    tenfold = read.number * 10
    if shown.endswith("0") or tenfold - 1 in above or tenfold + 1 in below:
        return ParsedClass(f"{read.grade}({tenfold})班", read.grade, tenfold, ("class-ten",))
    if read.number + 1 in below or read.number - 1 in above:
        return ParsedClass(read.text, read.grade, read.number, read.rules)
    return read


def _numbers_of(read: list[ParsedClass | None], grade: str) -> list[int]:
    return [each.number for each in read if each is not None and each.grade == grade]
