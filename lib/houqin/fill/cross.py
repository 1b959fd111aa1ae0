"""Crossings: a sum for each row label and column header of a blank; what fits none is told, never dropped."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.fill.blank import plain_label
from houqin.fill.rows import expression_faults, form_of, plain_number
from houqin.forms.entry import nearest
from houqin.model import column_number
from houqin.package import Growth
from houqin.values import parse_size

if TYPE_CHECKING:
    from houqin.fill.blank import Blank
    from houqin.fill.describe import MatrixFill
    from houqin.fill.form import Placing
    from houqin.fill.texts import Texts
    from houqin.forms import Form, Forms
    from houqin.model import Grid


@dataclass(frozen=True, slots=True)
class Crossed:
    """A matrix of a blank."""

    fill: MatrixFill
    blank: Blank
    grid: Grid
    form: Form | None


def check_matrix(fill: MatrixFill, blank: Blank, forms: Forms) -> Crossed:
    """Look at the labels; note what is wrong."""
    grid = blank.sheet(fill.sheet, fill.place)
    form = form_of(fill.form, forms, blank.problems, blank.named(fill.place))
    if form is not None:
        known = [each.id for each in form.fields]
        for key, each in (("row", fill.row), ("column", fill.column)):
            if each not in known:
                blank.wrong(f"{fill.place} {key}", f"《{form.title}》没有字段“{each}”{nearest(each, known) or '。'}")
        for fault in expression_faults(form, fill.value):
            blank.wrong(f"{fill.place} value", fault)
        for fault in expression_faults(form, fill.where, condition=True) if fill.where else ():
            blank.wrong(f"{fill.place} where", fault)
    if not any(blank.label(grid, fill.head, c) for c in range(fill.area.left, fill.area.right + 1)):
        blank.wrong(f"{fill.place} head", f"第 {fill.head} 行没有列名，不知道哪一列是什么。")
    if not fill.grows and not any(_row_labels(Crossed(fill, blank, grid, form))):
        blank.wrong(f"{fill.place} labels", "行的名称一列是空的，不知道哪一行是什么。")
    if fill.rest and not fill.rest.isalpha():
        blank.wrong(f"{fill.place} rest", f"“{fill.rest}”不是列号，要写成 Z 这样。")
    return Crossed(fill, blank, grid, form)


def place_matrix(matrix: Crossed, placing: Placing, texts: Texts) -> None:
    """Put the sums where they belong."""
    fill, form, grid = matrix.fill, matrix.form, matrix.grid
    if form is None:
        return
    rows = texts.rows(form.id).where(fill.where)
    across = {_key(matrix.blank.label(grid, fill.head, c)): c for c in range(fill.area.left, fill.area.right + 1)
              if matrix.blank.label(grid, fill.head, c)}  # fmt: skip
    down, names = _rows_down(matrix, rows.texts(fill.row), texts)
    sums: dict[tuple[int, int], Decimal] = {}
    lost: dict[str, Decimal] = {}
    rest = column_number(fill.rest) if fill.rest else 0
    for row, column, value in zip(rows.texts(fill.row), rows.texts(fill.column), rows.numbers(fill.value), strict=True):
        at = down.get(_key(row)), across.get(_key(column), rest)
        if at[0] is None or not at[1]:
            if value:
                words = f"{row or '（空）'} {column or '（空）'}"
                lost[words] = lost.get(words, Decimal(0)) + value
        elif value is not None:
            sums[at[0], at[1]] = sums.get((at[0], at[1]), Decimal(0)) + value
    _write(matrix, placing, sums, names)
    if lost:
        told = "、".join(f"{words} {plain_number(value)}" for words, value in sorted(lost.items()))
        advice = "请在空白表里加上，或用 rest 指定一列。"
        placing.notes.append(f"{fill.place}：表里没有这些行或列，没有填：{told}。{advice}")


def _rows_down(matrix: Crossed, words: list[str], texts: Texts) -> tuple[dict[str, int], list[str]]:
    """Give the row of each label, counted from the area's first; and the labels to be written, where they are."""
    if not matrix.fill.grows:
        return {_key(label): at for at, label in enumerate(_row_labels(matrix)) if label}, []
    rank = texts.school.class_order
    names = sorted({each for each in words if each}, key=lambda each: (rank.get(each, len(rank)), each))
    return {_key(name): at for at, name in enumerate(names)}, names


def _row_labels(matrix: Crossed) -> list[str]:
    fill = matrix.fill
    rows = range(fill.area.top, fill.area.bottom + 1)
    return [matrix.blank.label(matrix.grid, row, fill.labels) for row in rows]


def _write(matrix: Crossed, placing: Placing, sums: dict[tuple[int, int], Decimal], names: list[str]) -> None:
    fill, grid = matrix.fill, matrix.grid
    first, last = fill.area.top, fill.area.bottom
    room = last - first + 1
    placing.growths.append(Growth(grid.sheet, first, last, max(0, len(names) - room)))
    for at, name in enumerate(names):
        placing.body_row(grid.sheet, first, at, fill.labels, name)
    for (at, column), value in sorted(sums.items()):
        if first + at > last or not grid.is_formula(first + at, column):
            placing.body_row(grid.sheet, first, at, column, value)


def _key(text: str) -> str:
    """Give a label as it is compared; a size in either of its spellings."""
    size = parse_size(text) if text else None
    return size.text if size is not None else plain_label(text)
