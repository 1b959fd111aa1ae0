"""学校名册.xlsx: the schools of a bureau, a row each, with what each has to hand in and what they are compared by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.school.quotas import SHEET as QUOTA_SHEET
from houqin.school.quotas import STAGES, Quota, quotas_of_grids
from houqin.school.settings import HEADER_SEARCH, PROSE_SHEETS
from houqin.school.typed_table import Column, Read, plain, read_table, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from houqin.model import Grid

ROSTER = "学校名册.xlsx"
SHEET = "学校名册"

COLUMNS = (
    Column("code", "标识码", "code", "学校（机构）标识码，按文本填写，别让它变成数字", required=True),
    Column("name", "学校名称", "text", "和学校设置里的校名一致，不能重名", required=True),
    Column("kind", "类型", "choice", "举办者", choices=("公办", "民办")),
    Column("stage", "学段", "choice", "办学层次，比较只在同一学段里做",
           choices=STAGES),
    Column("system", "学制", "choice", "五四制或六三制", choices=("五四制", "六三制", "其他")),
    Column("boarding", "寄宿", "choice", "学生住不住校", choices=("寄宿", "部分寄宿", "走读")),
    Column("canteen", "食堂模式", "choice", "午餐怎么供", choices=("自营", "委托经营", "配餐", "无食堂")),
    Column("pupils", "在校生数", "whole", "事业统计的在校生数，人；生均的分母"),
    Column("boarders", "寄宿生数", "whole", "人；填了“公用经费定额”的寄宿生另加时用"),
    Column("counted", "统计日期", "date", "在校生数是哪一天的，如 2025-09-01"),
    Column("spending", "基本支出中公用经费", "money", "元，决算数；生均公用经费的分子"),
    Column("contact", "联系人", "text", "催报时找谁"),
    Column("phone", "电话", "text", "联系人的电话"),
    Column("expected", "应报表", "forms", "要报的表，用“、”隔开，如 物资收发存台账、固定资产台账"),
    Column("none", "本校无此业务", "forms", "应报表里这所学校没有的业务，用“、”隔开"),
    Column("zero", "零报告", "forms", "有这项业务、本期没有发生的表，用“、”隔开"),
    Column("due", "截止日期", "date", "最迟哪一天报，如 2025-09-20"),
    Column("received", "报送日期", "date", "实际哪一天报来的；不填就不判断已报的是否逾期"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """One school of the roster; a blank is None or empty, never 0. `spending` is in 元, dates are ISO text."""

    row: int
    code: str
    name: str
    kind: str | None = None
    stage: str | None = None
    system: str | None = None
    boarding: str | None = None
    canteen: str | None = None
    pupils: int | None = None
    boarders: int | None = None
    counted: str | None = None
    spending: Decimal | None = None
    contact: str | None = None
    phone: str | None = None
    expected: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    due: str | None = None
    received: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """All schools in the order of the sheet, and the quotas of running costs that the bureau filled in."""

    schools: tuple[RosterSchool, ...]
    digest: str = ""
    quotas: tuple[Quota, ...] = ()


def roster_of_grids(grids: Sequence[Grid], book: str, forms: Sequence[str]) -> Roster:
    """Take the roster out of a workbook's sheets; `forms` are the titles that 应报表 may name.

    Raises BadDescription with all mistakes, each with its cells.
    """
    named = f"《{book}》"
    sheets = [g for g in grids if any(g.kinds) and plain(g.sheet) not in (*PROSE_SHEETS, QUOTA_SHEET)]
    grid, read = next(((g, found) for g in sheets if (found := read_table(g, named, COLUMNS, forms))), (None, None))
    if grid is None or read is None:
        titles = "、".join(c.title for c in COLUMNS if c.required)
        raise BadDescription([f"{named}：没有找到名册。前 {HEADER_SEARCH} 行里要有一行表头，至少有：{titles}。"])
    problems = [*read.problems, *repeats(grid, named, read, "code"), *repeats(grid, named, read, "name")]
    if not read.rows and not problems:
        problems.append(f"{named}“{grid.sheet}”：表头下面一所学校也没有。")
    quotas = quotas_of_grids(grids, named, problems)
    if problems:
        raise BadDescription(problems)
    return Roster(_schools(read), quotas=quotas)


def _schools(read: Read) -> tuple[RosterSchool, ...]:
    return tuple(RosterSchool(row=row, **values) for row, values in read.rows)
