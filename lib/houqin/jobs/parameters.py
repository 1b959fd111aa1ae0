"""The parameters of the jobs, a pydantic model each: the same names, kinds and defaults as the notebook's own cell.

A wrong parameter is refused here, in Chinese and all mistakes at once, before a kernel starts.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from houqin.errors import BadParameter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

FIRST_YEAR, LAST_YEAR = 2000, 2099


def _school_year(text: str) -> str:
    first, _, second = text.partition("-")
    if not (len(first) == len(second) == 4 and first.isdecimal() and second.isdecimal()):
        raise ValueError("学年要写成 2025-2026 这样")
    if int(second) != int(first) + 1 or not FIRST_YEAR <= int(first) < LAST_YEAR:
        raise ValueError("学年是相连的两年，例如 2025-2026")
    return text


def _iso_date(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("日期要写成 2025-09-12 这样，并且真有这一天") from None
    if text != day.isoformat() or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"日期要写成 2025-09-12 这样，在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间")
    return text


def _month(text: str) -> str:
    year, _, month = text.partition("-")
    if not (len(year) == 4 and len(month) == 2 and year.isdecimal() and month.isdecimal()):
        raise ValueError("月份要写成 2025-12 这样")
    if not FIRST_YEAR <= int(year) <= LAST_YEAR or not 1 <= int(month) <= 12:
        raise ValueError(f"没有这个月，月份在 {FIRST_YEAR} 年到 {LAST_YEAR} 年之间")
    return text


def _folder(text: str) -> str:
    if not text.strip() or "\0" in text:
        raise ValueError("要写一个文件夹")
    return text


SchoolYear = Annotated[str, AfterValidator(_school_year)]
IsoDate = Annotated[str, AfterValidator(_iso_date)]
Month = Annotated[str, AfterValidator(_month)]
Folder = Annotated[str, AfterValidator(_folder)]


class JobParameters(BaseModel):
    """What every job takes. Relative folders count from the notebooks' folder; None takes what the settings say."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    if TYPE_CHECKING:  # each job declares them itself, in the order of its notebook's cell
        school: Folder
        as_of: IsoDate | None
        out: Folder


class SemesterStart(JobParameters):
    """开学后勤汇总. One semester of one school."""

    school: Folder = Field("../templates/示例中学", description="学校文件夹，里面有《学校设置.xlsx》和“收件箱”")
    school_year: SchoolYear | None = Field(None, description="学年，例如 2025-2026；不写就照学校设置")
    semester: Annotated[int, Field(ge=1, le=2)] | None = Field(None, description="学期，1 或 2；不写就照学校设置")
    as_of: IsoDate | None = Field(None, description="截止日期，例如 2025-09-12；不写就用今天（示例中学用 2025-09-12）")
    out: Folder = Field("../output", description="结果放在哪个文件夹")


class YearEndSettlement(JobParameters):
    """年终决算. One fiscal year of one school; `as_of` is the base date, `unit` only how figures are shown."""

    school: Folder = Field("../templates/示例中学年终", description="学校文件夹，里面有《学校设置.xlsx》和“收件箱”")
    fiscal_year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = Field(
        None, description="会计年度，例如 2025；不写就照学校设置的学年，取它开始的那一年"
    )
    as_of: IsoDate | None = Field(None, description="基准日，例如 2025-12-31；不写就用年度的最后一天")
    unit: Literal["元", "万元"] = Field("元", description="金额按什么单位显示，元 或 万元；计算一律用元")
    out: Folder = Field("../output", description="结果放在哪个文件夹")


class MonthlyCanteen(JobParameters):
    """食堂月度汇总. One month of one school's canteen; `as_of` is the day on which it is posted."""

    school: Folder = Field("../templates/示例中学年终", description="学校文件夹，里面有《学校设置.xlsx》和“收件箱”")
    month: Month | None = Field(None, description="月份，例如 2025-12；不写就用公示日期的上个月（示例中学用 2025-12）")
    as_of: IsoDate | None = Field(
        None, description="公示的日期，例如 2026-01-08；不写就用今天（示例中学用 2026-01-08）"
    )
    out: Folder = Field("../output", description="结果放在哪个文件夹")


class SemesterEnd(SemesterStart):
    """学期结算与公示. One semester of one school, at its end; `as_of` is the day on which it is posted."""

    school: Folder = Field("../templates/示例中学年终", description="学校文件夹，里面有《学校设置.xlsx》和“收件箱”")
    as_of: IsoDate | None = Field(None, description="公示的日期，例如 2026-01-30；不写就用今天，学期过了用学期最后一天")


JOBS: dict[str, type[JobParameters]] = {
    "semester-start": SemesterStart,
    "monthly-canteen": MonthlyCanteen,
    "semester-end": SemesterEnd,
    "year-end-settlement": YearEndSettlement,
}


def job_title(job: str) -> str:
    """Give a job's Chinese title, the name itself where nobody knows it."""
    model = JOBS.get(job)
    return (model.__doc__ if model and model.__doc__ else job).partition(".")[0]


def job_named(word: str) -> str | None:
    """Give the job that a person means by its name or its Chinese title; None where there is none."""
    plain = "".join(word.split())
    return next((job for job in JOBS if plain in {job, job_title(job)}), None)


def parse_values(job: str, values: Mapping[str, object]) -> JobParameters:
    """Check values as a notebook gives them, each of its own kind; BadParameter lists all mistakes."""
    try:
        return JOBS[job].model_validate(dict(values))
    except ValidationError as fault:
        raise BadParameter(_sentences(job, fault)) from None


def parse_words(job: str, words: Mapping[str, str]) -> JobParameters:
    """Check values as a command line gives them, all text; an empty one is as good as none."""
    given = {name: word for name, word in words.items() if word != "" or name not in JOBS[job].model_fields}
    try:
        return JOBS[job].model_validate_strings(given)
    except ValidationError as fault:
        raise BadParameter(_sentences(job, fault)) from None


def _sentences(job: str, fault: ValidationError) -> str:
    return "\n".join(_sentence(job, error) for error in fault.errors())


def _sentence(job: str, error: ErrorDetails) -> str:
    name, given = str(error["loc"][0]), error["input"]
    fields = JOBS[job].model_fields
    if error["type"] == "extra_forbidden":
        near = get_close_matches(name, fields, 1, 0.5)
        hint = f"是不是“{near[0]}”？" if near else ""
        return f"没有叫“{name}”的参数。{hint}作业 {job} 的参数有：{'、'.join(fields)}。"
    return f"参数“{name}”不对，收到的是 {_quoted(given)}：{_complaint(error)}（{fields[name].description}）。"


def _complaint(error: ErrorDetails) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    told = {
        "value_error": str(context.get("error", "")),
        "greater_than_equal": f"不能小于 {context.get('ge')}",
        "less_than_equal": f"不能大于 {context.get('le')}",
        "string_type": "要写文字，两边加引号",
        "int_type": "要写整数，不加引号",
        "int_parsing": "要写整数",
        "int_from_float": "要写整数",
        "literal_error": "只能是“元”或“万元”",
    }
    return told.get(error["type"], "类型或范围不对")


def _quoted(value: object) -> str:
    return f"“{value}”" if isinstance(value, str) else repr(value)
