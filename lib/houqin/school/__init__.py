"""A school's settings: names, classes, calendar, posts, standards, thresholds."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.school.build import build_school
from houqin.school.decisions import FOLDER, Decision, DecisionKind, Decisions, load_decisions
from houqin.school.keys import SECTIONS, THRESHOLDS, TOML, WORKBOOK
from houqin.school.nouns import FeeItem, School, SchoolClass, Standard
from houqin.school.settings import rows_of_grids, rows_of_toml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from houqin.model import Grid

__all__ = [
    "SECTIONS",
    "THRESHOLDS",
    "Decision",
    "DecisionKind",
    "Decisions",
    "FeeItem",
    "School",
    "SchoolClass",
    "Standard",
    "find_school",
    "load_decisions",
    "load_school",
]


def load_school(folder: Path, read_settings: Callable[[Path], list[Grid]]) -> School:
    """Load the settings of a school's folder, from 学校设置.xlsx, else from school.toml.

    Where both are there the workbook counts, and `notes` says so if they differ.
    Raises BadDescription with all mistakes, each with its sheet and cell.
    """
    workbook, toml = folder / WORKBOOK, folder / TOML
    if not workbook.exists():
        if not toml.exists():
            raise BadDescription([f"文件夹“{folder}”里没有《{WORKBOOK}》，也没有《{TOML}》。可以用 houqin init 新建。"])
        school = _from_toml(folder, toml)
    else:
        school = _from_workbook(folder, workbook, read_settings)
        school = replace(school, notes=_differences(school, folder, toml)) if toml.exists() else school
    return replace(school, decisions=_decisions(folder, read_settings))


def _decisions(folder: Path, read_settings: Callable[[Path], list[Grid]]) -> Decisions:
    problems: list[str] = []
    shared, own = load_decisions(folder / FOLDER, read_settings, problems)
    if problems:
        raise BadDescription(problems)
    return Decisions((*shared.all, *own.all))


def find_school(near: Path) -> Path | None:
    """Give the nearest folder at or above a path that holds a school's settings."""
    start = near.resolve()
    for folder in (start, *start.parents):
        if (folder / WORKBOOK).is_file() or (folder / TOML).is_file():
            return folder
    return None


def _from_workbook(folder: Path, path: Path, read_settings: Callable[[Path], list[Grid]]) -> School:
    problems: list[str] = []
    rows = rows_of_grids(read_settings(path), problems)
    school = build_school(folder, rows, WORKBOOK, problems)
    return _with_digest(school, path, problems)


def _from_toml(folder: Path, path: Path) -> School:
    problems: list[str] = []
    school = build_school(folder, rows_of_toml(path, problems), TOML, problems)
    return _with_digest(school, path, problems)


def _with_digest(school: School | None, path: Path, problems: list[str]) -> School:
    if school is None:
        raise BadDescription(problems)
    return replace(school, settings_digest=hashlib.sha256(path.read_bytes()).hexdigest())


def _differences(school: School, folder: Path, toml: Path) -> tuple[str, ...]:
    try:
        same = _from_toml(folder, toml) == school
    except BadDescription:
        same = False
    if same:
        return ()
    return (f"《{WORKBOOK}》与《{TOML}》的内容不一样，本次用《{WORKBOOK}》。只留一份，就不会弄错。",)
