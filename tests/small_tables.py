"""Small literal tables for the tests of matching and cleaning: a grid, the fields of a form, the records as text."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from houqin.clean import clean_table
from houqin.exact import plain
from houqin.forms import Field, Form, Forms, Layout
from houqin.model import Column, Grid, Match, MatchedColumn, Note, RawTable, RowKind, grid_of
from houqin.school import School, SchoolClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Change, Finding, Range, Table

SCHOOL = School(
    folder=Path("示例中学"),
    name="示例中学",
    system="five_four",
    school_year="2025-2026",
    semester=1,
    term_start="2025-09-01",
    term_end="2026-01-23",
    classes=tuple(SchoolClass(f"七年级({n})班", "七年级", n, 45) for n in range(1, 13)),
    posts={},
    goods_aliases={"笤帚": "扫帚"},
)


def forms_of(*forms: Form) -> Forms:
    """Give forms as the loader would."""
    return Forms({form.id: form for form in forms}, (), "")


def form_of(*fields: Field, layout: Layout | None = None) -> Form:
    """Give a form of these fields, a list where no layout is given."""
    return Form("sample", "样表", "一行一条", fields, (layout or Layout("list"),))


def raw_of(
    headers: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    notes: Sequence[Note] = (),
    skipped: Mapping[int, RowKind] | None = None,
    merges: Sequence[Range] = (),
    unit: str | None = None,
    sheet: str = "Sheet1",
    grid: Grid | None = None,
) -> RawTable:
    """Give a located table: `headers` with / between their levels, one header row in the grid for each level."""
    paths = [tuple(header.split("/")) for header in headers]
    deep = max(len(path) for path in paths)
    top = [[path[i] if i < len(path) else None for path in paths] for i in range(deep)]
    return RawTable(
        grid=grid or grid_of([*top, *rows], sheet, merges=merges),
        path="表.xlsx",
        header_rows=tuple(range(1, deep + 1)),
        body=(deep + 1, deep + len(rows)),
        columns=tuple(
            Column(i, path, places=tuple((row, i) for row, _ in enumerate(path, 1))) for i, path in enumerate(paths, 1)
        ),
        skipped=skipped or {},
        notes=tuple(notes),
        unit=unit,
    )


def match_of(raw: RawTable, form: Form, *, units: Mapping[str, str] | None = None, **context: Note) -> Match:
    """Match columns to fields by position: the n-th field takes the n-th column, columns beyond are extra."""
    ids = [f.id for f in form.fields if f.id not in context]
    columns = tuple(
        MatchedColumn(column, "field", field_id, (units or {}).get(field_id))
        if field_id
        else MatchedColumn(column, "extra")
        for column, field_id in zip_longest(raw.columns, ids[: len(raw.columns)])
    )
    return Match(raw, form.id, form.layouts[0].id, 1.0, columns, context=context)


def cleaned(match: Match, form: Form, school: School | None = SCHOOL) -> tuple[Table, list[Change], list[Finding]]:
    """Clean a matched table."""
    return clean_table(match, forms_of(form), school)


def column_text(field: Field, values: Sequence[object], school: School | None = SCHOOL, **more: str) -> list[str]:
    """Clean one column; give for each value its canonical text, then the rule and the finding's code of its cell."""
    form = form_of(field)
    raw = raw_of([field.title], [[value] for value in values])
    table, changes, findings = cleaned(match_of(raw, form, units=more), form, school)
    texts = records(table, form)
    for i in range(len(texts)):
        cell = f"A{i + 2}"
        said = [c.rule for c in changes if c.place.cell == cell]
        here = [f for f in findings if f.place and f.place.cell == cell]
        asked = [f"{f.code}{'!' if f.level == 'error' else '?'}" for f in here]
        texts[i] = " ".join([texts[i].partition("=")[2] or "·", *said, *asked])
    return texts


def records(table: Table, form: Form) -> list[str]:
    """Give each record as field=value, blanks left out."""
    lines = []
    for i in range(len(table.frame)):
        cells = []
        for name in table.frame.columns:
            value = table.frame[name].iloc[i]
            if value is None or value is pd.NA:
                continue
            field = form.field(name)
            cells.append(f"{name}={plain(int(value), field.scale) if field.is_number else value}")
        lines.append(" ".join(cells))
    return lines
