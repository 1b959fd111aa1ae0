"""One description, a sheet a class or a group: which groups there are, and what their sheets are called."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.fill.rows import expression_faults, form_of
from houqin.forms.entry import nearest
from houqin.workbook.address import legal_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.fill.blank import Blank
    from houqin.fill.describe import EachFill
    from houqin.fill.texts import Texts
    from houqin.forms import Forms
    from houqin.model import Grid

_WORD = "{group}"


def check_each(each: EachFill, blank: Blank, forms: Forms) -> Grid:
    """Find the sheet that is copied; note what is wrong."""
    grid = blank.sheet(each.sheet, each.place)
    form = form_of(each.form, forms, blank.problems, blank.named(each.place))
    known = [field.id for field in form.fields] if form else []
    if form is not None and each.by not in known:
        blank.wrong(f"{each.place} by", f"《{form.title}》没有字段“{each.by}”{nearest(each.by, known) or '。'}")
    if form is not None and each.where:
        for fault in expression_faults(form, each.where, condition=True):
            blank.wrong(f"{each.place} where", fault)
    if _WORD not in each.name:
        blank.wrong(f"{each.place} name", f"工作表名里要有 {_WORD}，不然都叫一个名字。")
    return grid


def groups_of(each: EachFill, texts: Texts, notes: list[str]) -> list[str]:
    """Give the words that have a sheet each, classes and grades in the settings' order; say how many rows have none."""
    form = form_of(each.form, texts.forms, [], "")
    if form is None:
        return []
    words = texts.rows(form.id).where(each.where).texts(each.by)
    blank = sum(not word for word in words)
    if blank:
        title = form.field(each.by).title
        notes.append(f"《{form.title}》有 {blank} 条没有填“{title}”，没有填进任何一张表。")
    rank = {name: at for at, name in enumerate((*texts.school.class_order, *texts.school.grades))}
    return sorted({word for word in words if word}, key=lambda word: (rank.get(word, len(rank)), word))


def sheets_of(each: EachFill, groups: Sequence[str], grid: Grid, taken: Sequence[str]) -> dict[str, Grid]:
    """Give each group's sheet, as the blank's with another name; a name that Excel refuses is made legal."""
    used = {name.lower() for name in taken if name != grid.sheet}
    made: dict[str, Grid] = {}
    for group in groups:
        name = legal_name(each.name.replace(_WORD, group), used)
        used.add(name.lower())
        made[group] = replace(grid, sheet=name)
    return made
