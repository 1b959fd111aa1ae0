"""What one job's runs are cut by: its period, its usual date, and what contradicts the school's settings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from houqin.errors import BadParameter
from houqin.jobs.parameters import JOBS, MonthlyCanteen, SemesterEnd, SemesterStart, YearEndSettlement
from houqin.school.calendar import month_end

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.jobs.parameters import JobParameters
    from houqin.school import School

# The example is of one day, so that everybody gets the same pages from it.
EXAMPLE_AS_OF = "2025-09-12"
EXAMPLE_POSTED = "2026-01-08"  # of its December
TERMS = {1: "第一学期", 2: "第二学期"}


class Cut(NamedTuple):
    """A run's period (the name of its folder, 2025-2026-1), its ISO date, and the parameters, none left open."""

    period: str
    as_of: str
    parameters: Mapping[str, str | int]


class Kind(NamedTuple):
    """How a job cuts time, and its files that people look at first, in this order."""

    cut: Callable[[JobParameters, School, date], Cut]
    people: tuple[str, ...]


def usual_date(school: School, today: date) -> str:
    """Take today, kept within the semester: an old semester is looked at as it ended."""
    if school.is_example:
        return EXAMPLE_AS_OF
    return max(school.term_start, min(today.isoformat(), school.term_end))


def kind_of(job: str) -> Kind:
    """Give a job's kind."""
    return KINDS[job]


def own_date(job: str, school: School, today: date) -> str:
    """Give the date that a job's run of that day would have where none is said."""
    kind = KINDS[job]
    return kind.cut(JOBS[job].model_validate({}), school, today).as_of


def _semester(given: JobParameters, school: School, today: date) -> Cut:
    assert isinstance(given, SemesterStart)
    as_of = given.as_of or usual_date(school, today)
    problems = []
    if given.school_year not in (None, school.school_year):
        problems.append(f"参数“school_year”是 {given.school_year}，而{_settings(school)}。请先改学校设置。")
    if given.semester not in (None, school.semester):
        problems.append(f"参数“semester”是 {given.semester}，而{_settings(school)}。请先改学校设置。")
    first, second = school.school_year.split("-")
    # From the summer before, when desks and books are counted, to the summer after.
    if not f"{first}-07-01" <= as_of <= f"{second}-08-31":
        problems.append(f"参数“as_of”是 {as_of}，不在 {school.school_year} 学年里。")
    _refuse(problems)
    parameters: dict[str, str | int] = {"school_year": school.school_year, "semester": school.semester, "as_of": as_of}
    return Cut(f"{school.school_year}-{school.semester}", as_of, parameters)


def _fiscal_year(given: JobParameters, school: School, _today: date) -> Cut:
    assert isinstance(given, YearEndSettlement)
    first, second = (int(year) for year in school.school_year.split("-"))
    year = given.fiscal_year or first
    as_of = given.as_of or f"{year}-12-31"
    problems = []
    if year not in {first, second}:
        # The classes, posts and standards of another year would be taken for those of this one.
        problems.append(f"参数“fiscal_year”是 {year}，而{_settings(school)}。请用那一年的学校设置。")
    if as_of[:4] != str(year):
        problems.append(f"参数“as_of”（基准日）是 {as_of}，不在 {year} 年里。")
    _refuse(problems)
    return Cut(str(year), as_of, {"fiscal_year": year, "as_of": as_of, "unit": given.unit})


def _month(given: JobParameters, school: School, today: date) -> Cut:
    assert isinstance(given, MonthlyCanteen)
    as_of = given.as_of or (EXAMPLE_POSTED if school.is_example else today.isoformat())
    # By the day of posting, not by today: a scheduled run that is caught up later is of the month that it was due for.
    month = given.month or _month_before(date.fromisoformat(as_of))
    first, second = school.school_year.split("-")
    problems = []
    if not f"{first}-07" <= month <= f"{second}-08":
        # The classes of another year would be taken for those of this one.
        problems.append(f"参数“month”是 {month}，而{_settings(school)}。请用那一学年的学校设置。")
    if as_of[: len(month)] < month:
        problems.append(f"参数“as_of”（公示日期）是 {as_of}，{month} 还没有到。")
    _refuse(problems)
    return Cut(month, as_of, {"month": month, "as_of": as_of})


def _month_before(day: date) -> str:
    """Give the last whole month: the month before, on a month's last day (a schedule's 月末) the month itself."""
    if day == month_end(day.year, day.month):
        return day.isoformat()[: len("2025-12")]
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02}"


def _semester_end(given: JobParameters, school: School, today: date) -> Cut:
    assert isinstance(given, SemesterEnd)
    usual = school.term_end if school.is_example else usual_date(school, today)
    return _semester(given.model_copy(update={"as_of": given.as_of or usual}), school, today)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BadParameter("\n".join(problems))


def _settings(school: School) -> str:
    return f"{school.name}的学校设置是 {school.school_year} 学年{TERMS[school.semester]}（{school.semester}）"


KINDS: Mapping[str, Kind] = {
    "semester-start": Kind(
        _semester,
        (
            "02汇总/开学后勤汇总.xlsx", "03打印单据.xlsx", "问题清单.txt", "04标注后的原表", "05填好的表",
            "06催交名单", "02汇总/台账",
        ),
    ),
    "monthly-canteen": Kind(
        _month, ("02汇总/食堂月度汇总.xlsx", "问题清单.txt", "04标注后的原表", "02汇总/台账")
    ),
    "semester-end": Kind(
        _semester_end,
        (
            "02汇总/学期结算与公示.xlsx", "02汇总/固定资产清查报告.xlsx", "03打印单据.xlsx", "问题清单.txt",
            "04标注后的原表", "02汇总/台账",
        ),
    ),
    "year-end-settlement": Kind(
        _fiscal_year, ("02汇总/年终决算.xlsx", "问题清单.txt", "04标注后的原表", "02汇总/台账")
    ),
}
