"""What a run is going to do, complete and checked: the school's settings, the period, the date, the folders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.kinds import kind_of
from houqin.jobs.places import INBOX, NOTEBOOKS
from houqin.read import read_settings
from houqin.school import School, load_school

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from houqin.jobs.parameters import JobParameters


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of a job. `given` are the parameters as they came, `as_of` an ISO date.

    `period` is what the folder of its runs is called: 2025-2026-1 of a semester, 2025 of a fiscal year; `chosen` are
    the parameters beside the folders, none left open.
    """

    job: str
    given: JobParameters
    school: School
    period: str
    as_of: str
    chosen: Mapping[str, str | int]
    out: Path

    @property
    def inbox(self) -> Path:
        """The folder of workbooks to read."""
        return self.school.folder / INBOX

    @property
    def parent(self) -> Path:
        """The folder that holds all runs of this school, job and period."""
        return self.out / folder_name(self.school.name) / self.job / self.period

    @property
    def parameters(self) -> dict[str, str | int]:
        """All parameters, none left open, and no path: the school by its name, for the record."""
        return {"school": self.school.name, **self.chosen}


def make_plan(job: str, given: JobParameters, *, base: Path = NOTEBOOKS, today: date | None = None) -> Plan:
    """Complete a job's parameters with the school's settings; relative folders count from `base`.

    Raises BadParameter where they contradict each other, BadDescription where the settings have mistakes.
    """
    folder = (base / given.school).resolve()
    if not folder.is_dir():
        raise BadParameter(f"参数“school”不对：没有“{folder}”这个文件夹。")
    school = load_school(folder, read_settings)
    cut = kind_of(job).cut(given, school, today or _today())
    plan = Plan(job, given, school, cut.period, cut.as_of, cut.parameters, (base / given.out).resolve())
    _refuse_folders(plan)
    return plan


def _today() -> date:
    return date.today()  # noqa: DTZ011  (the clerk's own calendar day is meant)


def _refuse_folders(plan: Plan) -> None:
    problems = []
    if not plan.inbox.is_dir():
        problems.append(f"“{plan.school.folder}”里没有“{INBOX}”文件夹。请新建一个，把要读的工作簿放进去。")
    if plan.out.is_relative_to(plan.inbox.resolve()):
        problems.append(f"参数“out”不对：“{plan.out}”在“{INBOX}”里面，结果会被当成要读的表。请另选一个文件夹。")
    if plan.out.exists() and not plan.out.is_dir():
        problems.append(f"参数“out”不对：“{plan.out}”是文件，不是文件夹。")
    if problems:
        raise BadParameter("\n".join(problems))


def folder_name(name: str) -> str:
    """Make a folder's name of a school's: what Windows forbids becomes a dash."""
    kept = "".join("-" if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name).strip(" .")
    return kept[:60] or "学校"
