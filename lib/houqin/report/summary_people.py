"""班级人数对照表, 就餐统计 and 校服统计."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.report.counts import MEAL_FIELDS, SEXES, STYLES, SizeCount
from houqin.report.data_sheets import Where
from houqin.report.headcount import DEFAULT_GAP, Headcount
from houqin.report.summary_case import INDENTED, Case, write_head, write_missing, write_note
from houqin.workbook import CENTER, COUNT, HEADING, INPUT, MONEY, TEXT, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.counts import MealTotal, StyleTotal
    from houqin.workbook import CellValue, Placed, Sheet

ASKS, AGREES = "? 请确认", "✓ 相符"
HEADS = (
    Col("年级", TEXT, 10), Col("班级", TEXT, 14), Col("名册", COUNT, 8, "sum"), Col("桌凳", COUNT, 8, "sum"),
    Col("就餐", COUNT, 8, "sum"), Col("校服", COUNT, 8, "sum"),
    Col("桌凳\n－名册", COUNT, 9), Col("就餐\n－名册", COUNT, 9), Col("校服\n－名册", COUNT, 9),
    Col("最大差", COUNT, 8), Col("结论", CENTER, 11),
)  # fmt: skip
SOURCES_OF_HEADS = (("desks", "pupils", "D"), ("meal_registration", "enrolled", "E"), ("uniform_order", "", "F"))
MEALS = (
    Col("年级", TEXT, 11), Col("应报班", COUNT, 9, "sum"), Col("已计入班", COUNT, 10, "sum"),
    Col("班级\n人数", COUNT, 9, "sum"),
    Col("住校", COUNT, 8, "sum"), Col("走读", COUNT, 8, "sum"), Col("早餐", COUNT, 8, "sum"),
    Col("午餐", COUNT, 8, "sum"), Col("晚餐", COUNT, 8, "sum"), Col("不就餐", COUNT, 9, "sum"),
    Col("特殊饮食\n（班）", COUNT, 10, "sum"), Col("依据", INDENTED, 8),
)  # fmt: skip
BY_STYLE = (
    Col("款式", TEXT, 14), Col("套数", COUNT, 10, "sum"), Col("单价\n（元/套）", MONEY, 11),
    Col("金额", MONEY, 13, "sum"),
    Col("依据", INDENTED),
)  # fmt: skip
BY_CLASS = (
    Col("班级", TEXT), Col("登记人数", COUNT, 0, "sum"), Col("夏装", COUNT, 0, "sum"),
    Col("春秋装", COUNT, 0, "sum"),
    Col("冬装", COUNT, 0, "sum"), Col("合计", COUNT, 0, "sum"), Col("依据", INDENTED, 8),
)  # fmt: skip
BY_SIZE = (
    Col("款式", TEXT), Col("尺码", CENTER), Col("男", COUNT, 0, "sum"), Col("女", COUNT, 0, "sum"),
    Col("未注明", COUNT, 9, "sum"), Col("合计", COUNT, 9, "sum"), Col("依据", INDENTED),
)  # fmt: skip


def write_headcount(case: Case, sheet: Sheet) -> None:
    """Fill 班级人数对照表; a class past the limit is marked once."""
    title = "班级人数对照表"
    lines = [
        "各表填报日期不同，差一两人是正常的；超过设置的限度才请确认，写一句说明即可。",
        "空格表示没有这个班的材料，或两份材料不同、待定。",
    ]
    top = write_head(case, sheet, title, len(HEADS), lines, unit="", forms=[form for form, _, _ in SOURCES_OF_HEADS])
    limit = case.school.thresholds.get("class_size_gap", DEFAULT_GAP)
    sheet.write(top, 1, "允许相差", TEXT)
    sheet.write(top, 2, limit, INPUT.but(kind="count", align="center"))
    sheet.text(top, 3, "人以内（来自设置）", TEXT)
    limit_cell = sheet.area(top, 2).local
    top += 2
    rows = [_head_row(case, top + n, each, limit_cell) for n, each in enumerate(case.made.heads, 1)]
    unseen = {letter for form, field, letter in SOURCES_OF_HEADS if not _told(case, form, field)}
    columns = [replace(col, total="") if column_letter(n) in unseen else col for n, col in enumerate(HEADS, 1)]
    placed = sheet.table(top, 1, columns, rows)
    sheet.highlight(placed.filter_area._replace(top=placed.first), f'$K{placed.first}="{ASKS}"', "doubt-light")
    _link_sizes(case, sheet, placed, rows)
    case.cells["heads.verdict"] = placed.column(10)
    case.cells["roll.names"], case.cells["roll.pupils"] = placed.column(1), placed.column(2)
    if placed.total:
        case.cells["pupils"] = sheet.area(placed.total, 3)
    absent = [case.title_of(form) for form, _, _ in SOURCES_OF_HEADS if not case.has(form)]
    if absent:
        write_note(sheet, placed.next_row, len(HEADS), f"未见材料：{'、'.join(absent)}。")


def _told(case: Case, form: str, field: str) -> bool:
    """Tell whether a form says anything of class sizes."""
    return case.has(form) and (not field or case.filled(form, field))


def _head_row(case: Case, row: int, each: Headcount, limit: str) -> list[CellValue]:
    here = Where("class", each.name, f"$B{row}")
    sizes = (each.desks, each.meals, each.uniforms)
    cells: list[CellValue] = []
    for (form, field, _), size in zip(SOURCES_OF_HEADS, sizes, strict=True):
        if not _told(case, form, field):
            cells.append(None)
            continue
        counted = case.count(form, here)
        amount = case.total(form, field, here) if field else counted
        cells.append(Formula(f'IF({counted.text}=0,"",{amount.text})', "" if size is None else amount.value))
    roll = None if each.roll is None else Decimal(each.roll)
    gaps = [
        Formula(
            f'IF(OR($C{row}="",{letter}{row}=""),"",{letter}{row}-$C{row})',
            "" if size is None or roll is None else size - roll,
        )
        for (_, _, letter), size in zip(SOURCES_OF_HEADS, sizes, strict=True)
    ]
    known = sum(1 for size in (roll, *sizes) if size is not None)
    verdict = "" if known < 2 else ASKS if each.asks else AGREES
    return [
        each.grade, each.name, each.roll, *cells, *gaps,
        Formula(f"MAX(C{row}:F{row})-MIN(C{row}:F{row})", each.gap),
        Formula(f'IF(COUNT(C{row}:F{row})<2,"",IF(J{row}>{limit},"{ASKS}","{AGREES}"))', verdict),
    ]  # fmt: skip


def _link_sizes(case: Case, sheet: Sheet, placed: Placed, rows: list[list[CellValue]]) -> None:
    """Let each size lead to the ledger rows that it counts."""
    style = COUNT.but(rule="row", colour="accent")
    for n, each in enumerate(case.made.heads):
        sources = zip(SOURCES_OF_HEADS, (each.desk_rows, each.meal_rows, each.uniform_rows), strict=True)
        for column, ((form, _, _), indexes) in enumerate(sources, 4):
            link = case.data[form].link(indexes) if case.has(form) else None
            if link is not None:
                sheet.number_link(placed.first + n, column, link.target, rows[n][column - 1], style)


def write_meals(case: Case, sheet: Sheet) -> None:
    """Fill 就餐统计 by grade and meal."""
    title, form = "就餐统计", "meal_registration"
    if write_missing(case, sheet, title, [form]):
        return
    lines = ["按年级和餐次，人数是登记表上报的就餐人数。"]
    top = write_head(case, sheet, title, len(MEALS), lines, unit="单位：人", forms=[form])
    rows = [_meal_row(case, top + n, each) for n, each in enumerate(case.made.meals, 1)]
    placed = sheet.table(top, 1, _without_empty_totals(MEALS, rows), rows, autofilter=False)
    case.cells["meals.grades"] = placed.column(0)
    for number, field in enumerate(MEAL_FIELDS, 3):
        case.cells[f"meals.{field}"] = placed.column(number)
        if placed.total:
            case.cells[f"meals.{field}.total"] = sheet.area(placed.total, number + 1)
    missing = [name for each in case.made.meals for name in each.missing]
    pending = [name for each in case.made.meals for name in each.pending]
    text = f"还没有报的班：{'、'.join(missing)}。" if missing else "所有班都已上报。"
    if pending:
        text += f"其中待定、暂不计入的班：{'、'.join(pending)}（见“问题清单”）。"
    write_note(sheet, placed.next_row, len(MEALS), text)


def _meal_row(case: Case, row: int, each: MealTotal) -> list[CellValue]:
    form, here = "meal_registration", Where("resolved_grade", each.grade, f"$A{row}")
    due = sum(1 for c in case.school.classes if c.grade == each.grade)
    special = Where("special", "", '"<>"')
    marked: CellValue = None
    if case.filled(form, "special"):
        marked = case.count(form, here)._replace(text=case.count(form, here, special).text, value=each.special)
    sums = [case.total(form, field, here) if case.filled(form, field) else None for field in MEAL_FIELDS]
    return [each.grade, due, case.count(form, here), *sums, marked, case.data[form].link(each.rows)]


def write_uniforms(case: Case, sheet: Sheet) -> None:
    """Fill 校服统计 by style, then by style and size."""
    title, form = "校服统计", "uniform_order"
    if write_missing(case, sheet, title, [form], 7):
        return
    lines = ["一件也不订是自愿，不是漏填。单价来自设置；金额＝套数×单价，与各班登记的金额对照。"]
    top = write_head(case, sheet, title, 7, lines, forms=[form])
    sheet.text(top, 1, "一、按款式", HEADING)
    rows = [_style_row(case, top + 1 + n, each) for n, each in enumerate(case.made.styles, 1)]
    unpriced = [each.style for each in case.made.styles if each.price is None]
    known = [row if row[2] is not None else [*row[:3], None, *row[4:]] for row in rows]
    columns = _without_empty_totals(BY_STYLE, known)
    placed = sheet.table(top + 1, 1, columns, rows, autofilter=False, freeze=False)
    if placed.total:
        case.cells["uniforms"] = sheet.area(placed.total, 2)
        case.cells["uniforms.amount"] = sheet.area(placed.total, 4)
    row = placed.next_row
    if unpriced:
        text = f"“学校设置”里没有{'、'.join(unpriced)}的价格，金额没有算。"
        row = write_note(sheet, row - 1, 7, text) + 1
    if case.filled(form, "amount"):
        sheet.text(row - 1, 1, "各班登记的金额", TEXT)
        sheet.write(row - 1, 4, case.total(form, "amount"), MONEY)
        row += 1
    sheet.text(row, 1, "二、按班级（套）", HEADING)
    names = list(dict.fromkeys(r.text("class") for r in case.data[form].records if r.text("class") and not r.pending))
    by_class = [_class_row(case, row + 1 + n, name) for n, name in enumerate(names, 1)]
    columns = _without_empty_totals(BY_CLASS, by_class)
    row = sheet.table(row + 1, 1, columns, by_class, autofilter=False, freeze=False).next_row
    sheet.text(row, 1, "三、按款式、尺码和性别（套）", HEADING)
    sized = [_size_row(case, row + 1 + n, each) for n, each in enumerate(case.made.sizes, 1)]
    sheet.table(row + 1, 1, BY_SIZE, sized, freeze=False)


def _without_empty_totals(columns: Sequence[Col], rows: Sequence[Sequence[CellValue]]) -> list[Col]:
    """Leave out the totals of columns in which no row says anything: nothing told is not 0."""
    told = [any(row[n] is not None for row in rows) for n in range(len(columns))]
    return [col if has else replace(col, total="") for col, has in zip(columns, told, strict=True)]


def _style_row(case: Case, row: int, each: StyleTotal) -> list[CellValue]:
    sets = case.total("uniform_order", f"{STYLES[each.style]}_qty")
    amount = Formula(f'IF(C{row}="","",B{row}*C{row})', "" if each.amount is None else each.amount)
    qty = f"{STYLES[each.style]}_qty"
    return [each.style, sets, each.price, amount, case.data["uniform_order"].column_link(qty)]


def _class_row(case: Case, row: int, name: str) -> list[CellValue]:
    form, here = "uniform_order", Where("class", name, f"$A{row}")
    fields = [f"{part}_qty" for part in STYLES.values()]
    sets = [case.total(form, field, here) if case.filled(form, field) else None for field in fields]
    every = sum((Decimal(str(each.value)) for each in sets if each), Decimal(0))
    rows = [r.index for r in case.data[form].records if r.text("class") == name]
    return [name, case.count(form, here), *sets, Formula(f"SUM(C{row}:E{row})", every), case.data[form].link(rows)]


def _size_row(case: Case, row: int, each: SizeCount) -> list[CellValue]:
    part = STYLES[each.style]
    here = Where(f"{part}_size", each.size, f"$B{row}")
    by_sex = [case.total("uniform_order", f"{part}_qty", here, Where("sex", sex, f'"{sex}"')) for sex in SEXES]
    every = case.total("uniform_order", f"{part}_qty", here)
    return [
        each.style, each.size, *by_sex,
        Formula(f"F{row}-C{row}-D{row}", each.other),
        every, case.data["uniform_order"].column_link(f"{part}_qty"),
    ]  # fmt: skip
