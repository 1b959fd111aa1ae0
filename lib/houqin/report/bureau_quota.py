"""应拨公用经费: quota x pupils, boarders, heating and small schools, by the bureau's own table, live a school."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.bureau_long import rest_line
from houqin.workbook import CENTER, CODE, COUNT, DATE, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.report.bureau_facts import Bureau
    from houqin.school.quotas import Quota
    from houqin.school.roster import RosterSchool
    from houqin.workbook import CellValue, Placed, Sheet

TITLE = "应拨公用经费"
_BOARDING = {"寄宿", "部分寄宿"}
_FEN = Decimal("0.01")


class Due(NamedTuple):
    """What a school is due, 元 a year, and for how many pupils; None where something lacks, then `lacks` says what."""

    counted: int | None
    amount: Decimal | None
    lacks: tuple[str, ...]


def due_of(own: RosterSchool, quotas: Mapping[str, Quota]) -> Due:
    """Work out what a school is due: quota x counted pupils + boarders + heating, half up at the fen.

    A school below the size of a small school is counted as of that size for the quota alone.
    """
    quota = quotas.get(own.stage or "")
    lacks = [] if own.stage else ["学段"]
    lacks += [f"“{own.stage}”的定额"] if own.stage and quota is None else []
    lacks += ["在校生数"] if own.pupils is None else []
    if quota is not None and quota.per_boarder and own.boarders is None and own.boarding != "走读":
        lacks.append("寄宿生数")
    if quota is None or own.pupils is None or lacks:
        return Due(None, None, tuple(lacks))
    counted = max(own.pupils, quota.small or 0) if own.pupils else 0
    amount = (
        quota.per_pupil * counted + (quota.per_boarder or 0) * (own.boarders or 0) + (quota.heating or 0) * own.pupils
    )
    return Due(counted, amount.quantize(_FEN, ROUND_HALF_UP), ())


def write_due(sheet: Sheet, bureau: Bureau, most: int) -> None:
    """Fill 应拨公用经费: the quotas, then a live formula a school; where something lacks there is none."""
    lines = [
        "应拨 ＝ 生均定额 × 计算人数 ＋ 寄宿生另加 × 寄宿生数 ＋ 取暖费 × 在校生数，四舍五入到分。",
        "计算人数：在校生数；不足小规模学校人数的，按小规模学校人数。标准取自《学校名册》的“公用经费定额”，空着的标准就是没有这一项。",
        "人数取自《学校名册》，是那一列写的统计日期的人数。缺一个就不算，不按 0 算。",
    ]
    listed = [each.roster for each in bureau.schools if each.roster is not None]
    lines += rest_line(len(listed) - most, first="名册里靠前的")
    top = sheet.head(TITLE, len(_COLUMNS), lines=lines)
    table = sheet.table(top, 1, _QUOTA_COLUMNS, [_quota_row(each) for each in bureau.quotas], autofilter=False,
                        freeze=False)  # fmt: skip
    quotas = {each.stage: (number, each) for number, each in enumerate(bureau.quotas)}
    first = table.next_row + 1
    rows = [_row(own, row, quotas, table) for row, own in enumerate(listed[:most], first)]
    sheet.table(table.next_row, 1, _COLUMNS, rows)


_QUOTA_COLUMNS = (
    Col("学段", CENTER), Col("生均定额", MONEY), Col("寄宿生另加", MONEY), Col("取暖费", MONEY),
    Col("小规模学校人数", COUNT),
)  # fmt: skip
_COLUMNS = (
    Col("标识码", CODE, 13), Col("学校", WRAPPED, 24), Col("学段", CENTER, 11), Col("在校生数（人）", COUNT, 15),
    Col("统计日期", DATE, 12), Col("计算人数（人）", COUNT, 15), Col("寄宿生数（人）", COUNT, 15),
    Col("应拨（元）", MONEY, 15, "sum"), Col("说明", WRAPPED, 26),
)  # fmt: skip


def _quota_row(each: Quota) -> list[CellValue]:
    return [each.stage, each.per_pupil, each.per_boarder, each.heating, each.small]


def _row(own: RosterSchool, row: int, quotas: Mapping[str, tuple[int, Quota]], table: Placed) -> list[CellValue]:
    due = due_of(own, {stage: quota for stage, (_, quota) in quotas.items()})
    said = f"没有填：{'、'.join(due.lacks)}" if due.lacks else None
    counted = amount = None
    if due.amount is not None and due.counted is not None:
        number, _ = quotas[own.stage or ""]
        rate, boarder, heating, small = (table.cell(number, at).local for at in (1, 2, 3, 4))
        counted = Formula(f"IF(D{row}=0,0,MAX(D{row},{small}))", due.counted)
        amount = Formula(f"ROUND({rate}*F{row}+{boarder}*G{row}+{heating}*D{row},2)", due.amount)
    return [own.code, own.name, own.stage, own.pupils, own.counted, counted, own.boarders, amount, said]
