"""What a run is going to do, complete and checked: the school's settings, the semester, the date, the folders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.places import INBOX, NOTEBOOKS
from houqin.read import read_settings
from houqin.school import School, load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.jobs.parameters import SemesterStart

JOB = "semester-start"
# The example is of one day, so that everybody gets the same pages from it.
EXAMPLE_AS_OF = "2025-09-12"
TERMS = {1: "第一学期", 2: "第二学期"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One run of a job. `given` are the parameters as they came, `as_of` an ISO date."""

    job: str
    given: SemesterStart
    school: School
    as_of: str
    out: Path

    @property
    def inbox(self) -> Path:
        """The folder of workbooks to read."""
        return self.school.folder / INBOX

    @property
    def period(self) -> str:
        """The semester as the folder of its runs is called: 2025-2026-1."""
        return f"{self.school.school_year}-{self.school.semester}"

    @property
    def parent(self) -> Path:
        """The folder that holds all runs of this school, job and period."""
        return self.out / folder_name(self.school.name) / self.job / self.period

    @property
    def parameters(self) -> dict[str, str | int]:
        """All parameters, none left open, and no path: the school by its name, for the record."""
        return {
            "school": self.school.name,
            "school_year": self.school.school_year,
            "semester": self.school.semester,
            "as_of": self.as_of,
        }


def make_plan(given: SemesterStart, *, base: Path = NOTEBOOKS, today: date | None = None) -> Plan:
    """Complete the parameters with the school's settings; relative folders count from `base`.

    Raises BadParameter where they contradict each other, BadDescription where the settings have mistakes.
    """
    folder = (base / given.school).resolve()
    if not folder.is_dir():
        raise BadParameter(f"参数“school”不对：没有“{folder}”这个文件夹。")
    school = load_school(folder, read_settings)
    plan = Plan(JOB, given, school, given.as_of or usual_date(school, today or _today()), (base / given.out).resolve())
    _refuse_contradictions(plan)
    return plan


def _today() -> date:
    return date.today()  # noqa: DTZ011  (the clerk's own calendar day is meant)


def usual_date(school: School, today: date) -> str:
    """Take today, kept within the semester: an old semester is looked at as it ended."""
    if school.is_example:
        return EXAMPLE_AS_OF
    return max(school.term_start, min(today.isoformat(), school.term_end))


def _refuse_contradictions(plan: Plan) -> None:
    school, given = plan.school, plan.given
    problems = []
    if given.school_year not in (None, school.school_year):
        problems.append(f"参数“school_year”是 {given.school_year}，而{_settings(school)}。请先改学校设置。")
    if given.semester not in (None, school.semester):
        problems.append(f"参数“semester”是 {given.semester}，而{_settings(school)}。请先改学校设置。")
    first, second = school.school_year.split("-")
    # From the summer before, when desks and books are counted, to the summer after.
    if not f"{first}-07-01" <= plan.as_of <= f"{second}-08-31":
        problems.append(f"参数“as_of”是 {plan.as_of}，不在 {school.school_year} 学年里。")
    if not plan.inbox.is_dir():
        problems.append(f"“{school.folder}”里没有“{INBOX}”文件夹。请新建一个，把本学期的工作簿放进去。")
    if plan.out.is_relative_to(plan.inbox.resolve()):
        problems.append(f"参数“out”不对：“{plan.out}”在“{INBOX}”里面，结果会被当成要读的表。请另选一个文件夹。")
    if plan.out.exists() and not plan.out.is_dir():
        problems.append(f"参数“out”不对：“{plan.out}”是文件，不是文件夹。")
    if problems:
        raise BadParameter("\n".join(problems))


def _settings(school: School) -> str:
    return f"{school.name}的学校设置是 {school.school_year} 学年{TERMS[school.semester]}（{school.semester}）"


def folder_name(name: str) -> str:
    """Make a folder's name of a school's: what Windows forbids becomes a dash."""
    kept = "".join("-" if sign in '<>:"/\\|?*' or ord(sign) < 32 else sign for sign in name).strip(" .")
    return kept[:60] or "学校"
