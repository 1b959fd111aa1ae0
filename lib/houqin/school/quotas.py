"""公用经费定额 of 学校名册.xlsx: what a school is due for its running costs, by stage; all amounts are the bureau's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.school.typed_table import Column, plain, read_table, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from houqin.model import Grid

SHEET = "公用经费定额"
STAGES = ("幼儿园", "小学", "初中", "九年一贯制", "高中", "完全中学", "十二年一贯制", "中职", "特殊教育")
COLUMNS = (
    Column("stage", "学段", "choice", "一个学段一行，和名册里的“学段”对应", required=True, choices=STAGES),
    Column("per_pupil", "生均定额", "money", "元/人·年，如 650", required=True),
    Column("per_boarder", "寄宿生另加", "money", "元/人·年，按名册的“寄宿生数”；没有这一项就空着"),
    Column("heating", "取暖费", "money", "元/人·年，按在校生数；没有这一项就空着"),
    Column("small", "小规模学校人数", "whole", "不足这么多人的，定额按这么多人算，如 100；没有这一项就空着"),
)


@dataclass(frozen=True, slots=True)
class Quota:
    """One stage's quotas, 元 a pupil and year; None is an item that the bureau does not have."""

    stage: str
    per_pupil: Decimal
    per_boarder: Decimal | None = None
    heating: Decimal | None = None
    small: int | None = None


def quotas_of_grids(grids: Sequence[Grid], book: str, problems: list[str]) -> tuple[Quota, ...]:
    """Take the quotas out of a roster's sheets, none where there are none; mistakes go to `problems`."""
    found: list[Quota] = []
    for grid in grids:
        if plain(grid.sheet) != SHEET:
            continue
        read = read_table(grid, book, COLUMNS)
        if read is None:
            problems.append(f"{book}“{grid.sheet}”：没有找到表头，至少要有：学段、生均定额。")
            continue
        problems += [*read.problems, *repeats(grid, book, read, "stage")]
        found += [Quota(**values) for _, values in read.rows if {"stage", "per_pupil"} <= values.keys()]
    return tuple(found)
