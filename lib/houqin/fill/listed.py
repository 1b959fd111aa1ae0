"""Lists: a ledger's rows under the headers of a blank, more rows put in where they do not suffice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from houqin.fill.blank import plain_label
from houqin.fill.grouped import Parted, check_groups, place_parted
from houqin.fill.rows import expression_faults, form_of, is_field
from houqin.forms.entry import nearest
from houqin.model import Grid, a1, column_letter
from houqin.package import Growth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.fill.blank import Blank
    from houqin.fill.describe import TableFill
    from houqin.fill.form import Placing
    from houqin.fill.rows import Rows
    from houqin.fill.texts import Texts
    from houqin.forms import Form, Forms
    from houqin.package import CellValue

NUMBERED = "#"
_SLOT = re.compile(r"\{(\w+)\}")
_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHOWN = 8
_NUMBER = re.compile(r"^(?:其中:|减:|加:|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d+[、.](?!\d))+")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of a blank with its columns found: column -> what goes there."""

    fill: TableFill
    blank: Blank
    grid: Grid
    form: Form | None
    columns: Mapping[int, str]
    label: int = 0  # the column that a fixed row is known by
    parted: Parted | None = None


def check_table(fill: TableFill, blank: Blank, forms: Forms) -> Listed:
    """Find the columns; note what is wrong."""
    grid = blank.sheet(fill.sheet, fill.place)
    form = form_of(fill.form, forms, blank.problems, blank.named(fill.place))
    columns: dict[int, str] = {}
    for header, source in fill.columns.items():
        column = blank.column(grid, fill.header, header, f"{fill.place} columns")
        if column in columns and column:
            blank.wrong(f"{fill.place} columns", f"“{header}”与另一项指的是同一列（{column_letter(column)}）。")
        columns[column] = source
        if form is not None:
            for fault in _source_faults(form, source):
                blank.wrong(f"{fill.place} columns “{header}”", fault)
        if column and not fill.match[0] and grid.is_formula(fill.sample, column):
            cell = a1(fill.sample, column)
            blank.wrong(f"{fill.place} columns", f"“{header}”一列（{cell}）是公式，不能往里填，请去掉这一项。")
    if form is not None:
        _check_fields(fill, form, blank)
    label = blank.column(grid, fill.header, fill.match[0], f"{fill.place} match") if fill.match[0] else 0
    return Listed(fill, blank, grid, form, columns, label, check_groups(fill, form, blank, grid))


def _check_fields(fill: TableFill, form: Form, blank: Blank) -> None:
    known = [each.id for each in form.fields]
    for key, ids in (("order", fill.order), ("latest", (fill.latest,)), ("match", (fill.match[1],))):
        for each in ids:
            if each and each not in known:
                blank.wrong(f"{fill.place} {key}", f"《{form.title}》没有字段“{each}”{nearest(each, known) or '。'}")
    if fill.where:
        for fault in expression_faults(form, fill.where, condition=True):
            blank.wrong(f"{fill.place} where", fault)


def _source_faults(form: Form, source: str) -> list[str]:
    known = [each.id for each in form.fields]
    if source == NUMBERED or source in known:
        return []
    if "{" in source:
        return [f"《{form.title}》没有字段“{each}”{nearest(each, known) or '。'}"
                for each in _SLOT.findall(source) if each not in known]  # fmt: skip
    if is_field(source):
        return [f"《{form.title}》没有字段“{source}”{nearest(source, known) or '。'}"]
    return expression_faults(form, source)


def place_table(table: Listed, placing: Placing, texts: Texts) -> None:
    """Put the rows where they belong."""
    fill, form = table.fill, table.form
    if form is None:
        return
    ranks = {"class": texts.school.class_order, "grade": {g: n for n, g in enumerate(texts.school.grades)}}
    rows = texts.rows(form.id).where(fill.where).latest(fill.latest)
    rows = rows.ordered((*([fill.groups.field] if fill.groups else []), *fill.order), ranks)
    values = {column: source_values(rows, source) for column, source in table.columns.items()}
    if table.label:
        _place_matched(table, placing, rows, values)
        return
    if table.parted is not None:
        words = rows.texts(table.parted.groups.field)
        place_parted(fill, table.parted, table.grid.sheet, placing, words=words, values=values)
        return
    first, last = fill.body
    room = last - first + 1
    placing.growths.append(Growth(table.grid.sheet, first, last, max(0, len(rows) - room)))
    for column, own in values.items():
        for offset in range(max(room, len(rows))):
            value = own[offset] if offset < len(own) else None
            if offset < len(own) or not _stays(table, first + offset, column):
                placing.body_row(table.grid.sheet, first, offset, column, value)


def _stays(table: Listed, row: int, column: int) -> bool:
    """Tell a spare cell that keeps what the blank says: a number of the row, a formula."""
    return table.columns[column] == NUMBERED or table.grid.is_formula(row, column)


def _place_matched(
    table: Listed, placing: Placing, rows: Rows, values: Mapping[int, list[CellValue]]
) -> None:
    """Give each row that is there the record of its label; say which records have no row, and which are several."""
    fill, blank, grid = table.fill, table.blank, table.grid
    known = {plain_item(other): plain_item(label) for label, others in fill.names.items() for other in others}
    words = [plain_item(each) for each in rows.texts(fill.match[1])]
    labels = [known.get(each, each) for each in words]
    at = {label: number for number, label in enumerate(labels) if label}
    seen = set()
    for row in range(fill.body[0], fill.body[1] + 1):
        label = plain_item(blank.label(grid, row, table.label))
        number = at.get(label)
        seen.add(label)
        if number is not None:
            for column, own in values.items():
                if not grid.is_formula(row, column):
                    placing.write(grid.sheet, row, column, own[number])
    passed = {plain_item(each) for each in fill.skip}
    lost = [label for label in at if label not in seen and label not in passed]
    if lost:
        placing.notes.append(f"表里没有这些行，没有填：{_listed(lost)}。")
    double = sorted({label for label in labels if label and labels.count(label) > 1})
    if double:
        placing.notes.append(f"这些项目不止一条，填的是最后一条：{_listed(double)}。")


def plain_item(text: str) -> str:
    """Give an item's name without its number.

    >>> plain_item("（一）学生伙食费"), plain_item("2. 水电费"), plain_item("其中：利息")
    ('学生伙食费', '水电费', '利息')
    """
    return _NUMBER.sub("", plain_label(text))


def _listed(words: list[str]) -> str:
    return "、".join(words[:_SHOWN]) + (f" 等 {len(words)} 项" if len(words) > _SHOWN else "")


def source_values(rows: Rows, source: str) -> list[CellValue]:
    """Give a column's values: row numbers, a field, an expression, or a text with {fields}."""
    if source == NUMBERED:
        return list(range(1, len(rows) + 1))
    if "{" in source:
        fields = {each: rows.texts(each) for each in _SLOT.findall(source)}
        return [_SLOT.sub(lambda found, at=at: fields[found[1]][at], source) or None  # type: ignore[misc]
                for at in range(len(rows))]  # fmt: skip
    if not is_field(source):
        return list(rows.numbers(source))
    field = rows.form.field(source)
    if field.is_number:
        return list(rows.numbers(source))
    texts = rows.texts(source)
    if field.type == "date":
        return [date.fromisoformat(each) if _WHOLE_DATE.fullmatch(each) else (each or None) for each in texts]
    return [each or None for each in texts]

