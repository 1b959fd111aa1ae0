"""催交名单: which class has not handed in what, and a text to paste into a chat group."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.report.records import read_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form, Forms
    from houqin.model import Ledger
    from houqin.report.records import Record
    from houqin.school import School

# What a blank says before a class has filled anything in
_GIVEN = {"class", "grade", "teacher", "seq", "place"}


class Missing(NamedTuple):
    """What a class has not handed in: titles of forms."""

    name: str
    teacher: str
    titles: tuple[str, ...]


def missing_classes(
    ledgers: Mapping[str, Ledger], forms: Forms, school: School, form_ids: Sequence[str]
) -> list[Missing]:
    """Give the classes of the settings that lack a form, in their order; one that came back empty is not handed in."""
    handed = {each: _classes(read_records(ledgers, each, forms), forms[each]) for each in form_ids}
    found = []
    for each in school.classes:
        lacking = tuple(forms[form].title for form in form_ids if each.name not in handed[form])
        if lacking:
            found.append(Missing(each.name, each.teacher, lacking))
    return found


def missing_text(missing: Sequence[Missing], form_titles: Sequence[str], *, as_of: str) -> str:
    """Give the list, form by form as a group reads it, teachers named."""
    year, month, day = as_of.split("-")
    lines = [f"【催交】截至 {year}年{int(month)}月{int(day)}日，下列班级还没有交表："]
    for title in form_titles:
        own = [each for each in missing if title in each.titles]
        named = "、".join(each.name + (f"（{each.teacher}）" if each.teacher else "") for each in own)
        lines.append(f"{title}：{named}（共 {len(own)} 个班）" if own else f"{title}：已交齐")
    asked = "请以上班级尽快报到后勤。已经交过的请回一声，可能是表没有认出来。"
    lines.append(asked if missing else "全部交齐，谢谢各位班主任。")
    return "\n".join(lines)


def _classes(records: Sequence[Record], form: Form) -> set[str]:
    """Give the classes with a record that says more than a blank does."""
    asked = [each.id for each in form.fields if each.id not in _GIVEN]
    return {record.text("class") for record in records if any(record.values.get(each) is not None for each in asked)}
