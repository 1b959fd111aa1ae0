"""各校数据 and 合计: what schools told, and its sums by live formulas, with and without the schools 未核实."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.bureau_facts import UNVERIFIED, VERIFIED
from houqin.report.bureau_long import COLUMNS
from houqin.workbook import CENTER, COUNT, MONEY, WRAPPED, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.bureau_facts import Bureau, FigureKind, SchoolFacts
    from houqin.workbook import CellValue, Placed, Sheet, Style

_FIXED = 3  # columns before the figures: name, verified, schools


@dataclass(frozen=True, slots=True)
class DataPlace:
    """Where the data stand; None where there are none."""

    placed: Placed | None


def write_data(sheet: Sheet, bureau: Bureau, *, by_group: bool) -> DataPlace:
    """Fill 各校数据, a row a school or, with `by_group`, a row a group and whether it is 核实.

    A figure has two columns: its value, and of how many schools it is; both are blank where its workbook is missing.
    """
    figures = _added(bureau)
    columns = [Col("组" if by_group else "学校", WRAPPED, 26), Col("核实", CENTER, 9), Col("学校数", COUNT, 8)]
    for figure in figures:
        columns += [Col(figure.head, _style(figure), 13), Col("报了的学校", COUNT, 8)]
    lines = ["各校自己的运行结果里的数，合计从这里取。空白是没有那张表，不是 0。"]
    lines += [f"学校太多，这里按组汇总；逐校的在《{COLUMNS}》里。"] if by_group else []
    top = sheet.head("各校数据", max(6, len(columns)), lines=lines)
    run = [each for each in bureau.schools if each.has_run]
    units = _groups(run) if by_group else [(each.name, each.verified, [each]) for each in run]
    rows = [_row(name, verified, schools, figures) for name, verified, schools in units]
    placed = sheet.table(top, 1, columns, rows)
    return DataPlace(placed if rows else None)


def write_totals(sheet: Sheet, bureau: Bureau, data: DataPlace) -> None:
    """Fill 合计: each figure over all schools, over those 已核实, and the difference."""
    columns = (
        Col("项目", WRAPPED, 22), Col("单位", CENTER, 7), Col("全部学校（含未核实）", MONEY, 17),
        Col("报了的学校", COUNT, 9), Col("其中已核实", MONEY, 17), Col("已核实的学校", COUNT, 9),
        Col("未核实的部分", MONEY, 17), Col("没有材料的学校", COUNT, 9),
    )  # fmt: skip
    lines = ["都是公式，从“各校数据”取数。没有做成、没有报送、没有那张表的学校不在里面，几所写在最后一列。",
             "未核实：学校还有必须改的问题。对外用哪个数由局里定，两个数都在这里。"]  # fmt: skip
    top = sheet.head("合计", len(columns), lines=lines)
    rows = [] if data.placed is None else [
        _total_row(bureau, figure, data.placed, number, top + 1 + number)
        for number, figure in enumerate(_added(bureau))
    ]  # fmt: skip
    placed = sheet.table(top, 1, columns, rows, autofilter=False)
    for number, (figure, row) in enumerate(zip(_added(bureau), rows, strict=False)):
        if figure.kind != "money":
            for at in (2, 4, 6):
                sheet.write(placed.first + number, 1 + at, row[at], _style(figure).but(rule="row"))


def _added(bureau: Bureau) -> list[FigureKind]:
    """Give the figures that can be added up: a rate cannot."""
    return [figure for figure in bureau.figures if figure.kind != "percent"]


def _style(figure: FigureKind) -> Style:
    return MONEY if figure.kind == "money" else COUNT


def _groups(schools: Sequence[SchoolFacts]) -> list[tuple[str, str, list[SchoolFacts]]]:
    found: dict[tuple[str, str], list[SchoolFacts]] = {}
    for each in schools:
        found.setdefault(("·".join(each.group), each.verified), []).append(each)
    return [(name, verified, found[name, verified]) for name, verified in sorted(found)]


def _row(name: str, verified: str, schools: Sequence[SchoolFacts], figures: Sequence[FigureKind]) -> list[CellValue]:
    row: list[CellValue] = [name, verified, len(schools)]
    for figure in figures:
        values = _values(schools, figure.id)
        row += [sum(values, Decimal(0)), len(values)] if values else [None, None]
    return row


def _values(schools: Sequence[SchoolFacts], figure_id: str) -> list[Decimal]:
    return [value for each in schools if (value := each.figures.get(figure_id)) is not None]


def _total_row(bureau: Bureau, figure: FigureKind, placed: Placed, number: int, row: int) -> list[CellValue]:
    run = [each for each in bureau.schools if each.has_run]
    good = [each for each in run if each.verified == VERIFIED]
    values, sound = _values(run, figure.id), _values(good, figure.id)
    value, count = (placed.column(_FIXED + 2 * number + more).ref for more in (0, 1))
    verified = placed.column(1).ref
    total, total_sound = sum(values, Decimal(0)), sum(sound, Decimal(0))
    return [
        figure.title, figure.unit or None,
        _unless_none(f"D{row}", f"SUM({value})", total, len(values)), Formula(f"SUM({count})", len(values)),
        _unless_none(f"F{row}", f'SUMIFS({value},{verified},"{VERIFIED}")', total_sound, len(sound)),
        Formula(f'SUMIFS({count},{verified},"{VERIFIED}")', len(sound)),
        _unless_none(
            f"D{row}-F{row}", f'SUMIFS({value},{verified},"{UNVERIFIED}")', total - total_sound,
            len(values) - len(sound),
        ),
        len(bureau.schools) - len(values),
    ]  # fmt: skip


def _unless_none(schools: str, formula: str, value: Decimal, count: int) -> Formula:
    """Show nothing where no school has told: that is not 0."""
    return Formula(f'IF({schools}=0,"",{formula})', value if count else "")
