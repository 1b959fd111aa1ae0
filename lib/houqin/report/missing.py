"""催交名单: which class has not handed in what, and a text to paste into a chat group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.model import column_letter
from houqin.report.records import read_records
from houqin.report.words import chinese_date
from houqin.workbook import CENTER, TEXT, Col, Formula, Workbook, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from houqin.forms import Form, Forms
    from houqin.model import Ledger, Match
    from houqin.report.records import Record
    from houqin.school import School, SchoolClass
    from houqin.workbook import CellValue

# What a blank says before a class has filled anything in
_GIVEN = {"class", "grade", "teacher", "seq", "place"}
HANDED, EMPTY, LACKING = "✓ 已交", "? 空表", "✗ 未交"


class Missing(NamedTuple):
    """What a class has not handed in: titles of forms, those among them that came back empty."""

    name: str
    teacher: str
    titles: tuple[str, ...]
    empty: tuple[str, ...] = ()


def due_forms(forms: Forms) -> list[str]:
    """Give the forms that every class hands in at the start of a term, as their blanks say."""
    return [form.id for form in forms if form.blank is not None and form.blank.due]


def asked_forms(forms: Forms) -> list[Form]:
    """Give the forms that can be asked of every class: those of each class, and those laid before classes."""
    return [form for form in forms if (form.every_class or form.blank is not None) and class_field(form)]


def class_field(form: Form) -> str:
    """Give the field that says whose record it is, a class or the room of one; nothing where there is none."""
    for kind in ("class", "place"):
        found = next((each.id for each in form.fields if each.type == kind), "")
        if found:
            return found
    return ""


def missing_classes(
    ledgers: Mapping[str, Ledger], forms: Forms, school: School, form_ids: Sequence[str],
    matches: Sequence[Match] = (),
) -> list[Missing]:  # fmt: skip
    """Give the classes of the settings that lack a form, in their order; one that came back empty is not handed in.

    `matches` tell of the tables that came back without any record.
    """
    states = handed_in(ledgers, forms, school, form_ids, matches)
    found = []
    for each in school.classes:
        own = states[each.name]
        lacking = tuple(forms[form].title for form in form_ids if own[form] != HANDED)
        if lacking:
            empty = tuple(forms[form].title for form in form_ids if own[form] == EMPTY)
            found.append(Missing(each.name, each.teacher, lacking, empty))
    return found


def handed_in(
    ledgers: Mapping[str, Ledger], forms: Forms, school: School, form_ids: Sequence[str],
    matches: Sequence[Match] = (),
) -> dict[str, dict[str, str]]:  # fmt: skip
    """Give for each class and form whether it was handed in, came back empty, or is lacking."""
    found: dict[str, dict[str, str]] = {each.name: {} for each in school.classes}
    for form_id in form_ids:
        form = forms[form_id]
        records = read_records(ledgers, form_id, forms)
        told, named = _classes(records, form, filled=True), _classes(records, form, filled=False)
        named |= _named_above(matches, form)
        for name, own in found.items():
            own[form_id] = HANDED if name in told else EMPTY if name in named else LACKING
    return found


def missing_text(missing: Sequence[Missing], form_titles: Sequence[str], *, as_of: str) -> str:
    """Give the list, form by form as a group reads it, teachers named."""
    lines = [f"【催交】截至 {chinese_date(as_of)}，下列班级还没有交表："]
    for title in form_titles:
        own = [each for each in missing if title in each.titles]
        named = "、".join(_called(each, title) for each in own)
        lines.append(f"{title}：{named}（共 {len(own)} 个班）" if own else f"{title}：已交齐")
    asked = "请以上班级尽快报到后勤。已经交过的请回一声，可能是表没有认出来。"
    lines.append(asked if missing else "全部交齐，谢谢各位班主任。")
    return "\n".join(lines)


def write_missing(  # noqa: PLR0913  (by keyword)
    path: Path, states: Mapping[str, Mapping[str, str]], forms: Forms, form_ids: Sequence[str], *, school: School,
    as_of: str,
) -> None:  # fmt: skip
    """Write the list as a sheet: a row a class, a column a form, and how many classes lack each."""
    with Workbook(path, title=f"{school.name}催交名单", example=school.is_example) as book:
        sheet = book.sheet("催交名单", landscape=len(form_ids) > 4)
        top = 4
        first, last = top + 1, top + len(school.classes)
        columns = [
            Col("序号", CENTER, 6), Col("班级", TEXT, 14), Col("班主任", TEXT, 12, total="没交齐的班数"),
            *(_form_column(forms[each].title, column_letter(number), first, [states[one][each] for one in states])
              for number, each in enumerate(form_ids, 4)),
            Col("未交几样", CENTER, 10),
        ]  # fmt: skip
        lines = [f"截至 {chinese_date(as_of)}。交了空表的，不算交。"]
        sheet.head(f"{school.name}催交名单", len(columns), lines=lines)
        rows = [_row(number, one, first, [states[one.name][each] for each in form_ids])
                for number, one in enumerate(school.classes, 1)]  # fmt: skip
        sheet.table(top, 1, columns, rows, total_label="")
        area = sheet.area(first, 4, max(first, last), 3 + len(form_ids))
        sheet.highlight(area, f'D{first}="{LACKING}"', "bad-light", colour="bad")
        sheet.highlight(area, f'D{first}="{EMPTY}"', "doubt-light", colour="doubt")


def _form_column(title: str, letter: str, first: int, states: Sequence[str]) -> Col:
    count = _count(f"{letter}{first}:{letter}{first + len(states) - 1}")
    return Col(title, CENTER, max(12, text_width(title) + 2), total=Formula(count, _lacking(states)))


def _row(number: int, one: SchoolClass, first: int, states: Sequence[str]) -> list[CellValue]:
    row = first + number - 1
    count = Formula(_count(f"D{row}:{column_letter(3 + len(states))}{row}"), _lacking(states))
    return [number, one.name, one.teacher or None, *states, count]


def _count(area: str) -> str:
    return f'COUNTIF({area},"{LACKING}")+COUNTIF({area},"{EMPTY}")'


def _lacking(states: Sequence[str]) -> int:
    return sum(each != HANDED for each in states)


def _called(each: Missing, title: str) -> str:
    said = [*([each.teacher] if each.teacher else []), *(["交的是空表"] if title in each.empty else [])]
    return each.name + (f"（{'，'.join(said)}）" if said else "")


def _classes(records: Sequence[Record], form: Form, *, filled: bool) -> set[str]:
    """Give the classes with a record, or with one that says more than a blank does."""
    own = class_field(form)
    given = {*_GIVEN, own, *(form.blank.prefill if form.blank else ())}
    asked = [each.id for each in form.fields if each.id not in given]
    return {
        record.text(own) for record in records
        if not filled or any(record.values.get(each) is not None for each in asked)
    }  # fmt: skip


def _named_above(matches: Sequence[Match], form: Form) -> set[str]:
    """Give the classes that lines above tables of a form name, whether or not they hold a record."""
    own = class_field(form)
    return {match.context[own].text for match in matches if match.form == form.id and own in match.context}
