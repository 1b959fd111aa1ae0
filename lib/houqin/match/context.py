"""Fields whose value stands in the lines around a table, in its title or in the sheet's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.model import Note
from houqin.school.axes import axis_part
from houqin.school.naming import find_class_in, find_grade_in, namings_of, read_class, read_grade
from houqin.values import find_room, normal, parse_date, year_in
from houqin.values.days import day_or_month_in

if TYPE_CHECKING:
    from houqin.forms import Field, Form, Layout
    from houqin.model import RawTable
    from houqin.school import School

# The name of a sheet that says what kind of sheet it is, or when, and not what it is about.
_NO_NAME = re.compile(
    r"(?i)sheet|[表账帐册单]|明细|出入库|库存|汇总|统计|登记|[年月日周期]$|学期|年度|\d{4}|^\d+$"
)
# A line to write on is no value: 班级：______.
_NOTHING = " _-—－＿/\\\u3000\xa0"
SHEET, TITLE, FILE, SIDE = "@sheet", "@title", "@file", "@side"


def context_of(table: RawTable, form: Form, layout: Layout, school: School | None) -> dict[str, Note]:
    """Give field -> the note that gives its value; the first label that says something the field can read."""
    fields = {each.id: each for each in form.fields}
    found: dict[str, Note] = {}
    for field_id, labels in layout.context.items():
        for note in _notes(table, labels):
            if field_id in fields and _is_readable(fields[field_id], note, school):
                found[field_id] = note
                break
    return found


def _notes(table: RawTable, labels: tuple[str, ...]) -> list[Note]:
    """Give the notes of the labels, in the labels' order."""
    notes = []
    for label in labels:
        if label == SHEET:
            notes.append(Note(SHEET, table.grid.sheet, 0, 0))
        elif label == TITLE:
            notes += [Note(TITLE, n.text, n.row, n.column) for n in table.notes if n.label == "title"]
        elif label == SIDE:
            notes += [table.side] if table.side else []
        elif label == FILE:
            notes.append(Note(FILE, table.path.rsplit("/", 1)[-1].rsplit(".", 1)[0], 0, 0))
        else:
            notes += [n for n in table.notes if n.text.strip(_NOTHING) and normal(n.label) == normal(label)]
    return notes


def _is_readable(field: Field, note: Note, school: School | None) -> bool:
    """Tell whether a note says something a field of this type can read; a sheet's name seldom does."""
    namings, kind = namings_of(school), field.type
    if kind == "class":
        return bool(read_class(note.text, namings) or find_class_in(note.text, namings)) or note.label[0] != "@"
    if kind == "grade":
        return bool(read_grade(note.text, namings) or find_grade_in(note.text, namings)) or note.label[0] != "@"
    if kind in {"place", "sex", "choice"} and note.label[0] == "@":
        part = find_room(note.text) if kind == "place" else axis_part(note.text, kind, field.values, namings)
        return part is not None
    if kind == "date":
        year_of = year_in(school.school_year) if school else None
        if note.label in {SHEET, TITLE, FILE} and day_or_month_in(note.text, year_of):
            return True
        return parse_date(note.text, year_of=year_of) is not None
    return kind != "text" or note.label != SHEET or not _NO_NAME.search(normal(note.text))
