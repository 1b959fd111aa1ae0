"""A filled-in table to the description of a new form, for a person to finish: `houqin new-form`.

A step of its own, since it reads what `locate` found and no form has taken, and writes what `forms` loads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.describe.columns import Proposed, propose_columns
from houqin.describe.keys import find_key, is_key
from houqin.describe.relations import find_relations
from houqin.describe.words import form_id_of, subject_of
from houqin.describe.write import check_lines, field_lines, quoted, texts
from houqin.forms.validate import squash
from houqin.values import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.describe.relations import Relation
    from houqin.forms import Forms
    from houqin.model import RawTable

__all__ = ["Description", "describe_table"]

# Labels above a table whose text is a field of each record: label -> id, type.
_CONTEXT = {
    "班级": ("class", "class"), "年级": ("grade", "grade"), "部门": ("dept", "text"), "月份": ("month", "date"),
    "日期": ("date", "date"), "填报日期": ("date", "date"), "地点": ("place", "text"), "仓库": ("store", "text"),
}  # fmt: skip
_ENOUGH = 5
_MOST_DISTINCTIVE = 6


@dataclass(frozen=True, slots=True)
class Description:
    """A proposed form: its id, the TOML text, its fields in the order of the columns, and what was found."""

    id: str
    text: str
    columns: tuple[Proposed, ...]
    relations: tuple[Relation, ...]
    key: tuple[str, ...]


def describe_table(table: RawTable, forms: Forms, form_id: str | None = None) -> Description:
    """Propose a form for a table. `forms` lend the ids of fields that the office knows already.

    The text loads as it stands, in a folder with `common.toml`; its comments say what to look at.
    """
    columns = propose_columns(table, forms)
    title = _title_of(table)
    chosen = form_id or _own_id(form_id_of(subject_of(title)), forms)
    key = find_key(columns)
    relations = find_relations(columns)
    context = _context(table, columns)
    lines = [
        *_head(table, chosen, title, columns, key),
        *_told(columns, key, forms, title),
        "",
        *(line for each in columns for line in field_lines(each, _common(forms))),
        *_context_fields(context),
        "[[layout]]",
        'id = "list"',
        *([f"context = {{ {', '.join(f'{i} = {texts([label])}' for label, i, _ in context)} }}"] if context else []),
        "",
        *_checks(table, columns, relations, key),
    ]
    return Description(chosen, "\n".join(lines).rstrip() + "\n", tuple(columns), tuple(relations), key)


def _own_id(form_id: str, forms: Forms) -> str:
    """Keep a proposed id apart from those of the forms that are there."""
    return f"{form_id}_new" if form_id in {*forms.by_id, "common", "tie_outs"} else form_id


def _head(
    table: RawTable, form_id: str, title: str, columns: Sequence[Proposed], key: Sequence[str]
) -> Iterator[str]:
    where = f"{table.path} 的“{table.grid.sheet}”{table.range.a1}"
    yield f"# 由 {where} 起草（{len(table.record_rows)} 条记录），请人看过再用："
    yield "# 1. id、title、grain、plan（工作计划的条目）、key 是不是这样；字段的 id 看着不明白的（col_…）改成英文。"
    yield "# 2. 每个字段的 type、required、values；别的学校的叫法写进 aliases。"
    yield "# 3. 检查是从数据里看出来的，可能只是巧合；该有而没有的自己加。写法见 templates/README.md。"
    if len(table.record_rows) < _ENOUGH:
        yield f"# 请看：只有 {len(table.record_rows)} 条记录，类型、主键和检查都没有把握。"
    yield f"id = {quoted(form_id)}"
    yield f"title = {quoted(title)}"
    yield 'grain = "一行一条"'
    yield f"workbook = {quoted(title + '.xlsx')}"
    yield "plan = []"
    if not is_key(columns, key):
        yield "# 请看：没有哪三列合起来能把每一行区分开，下面的 key 会有重复。"
    yield f"key = {texts(key)}"


def _told(columns: Sequence[Proposed], key: Sequence[str], forms: Forms, title: str) -> Iterator[str]:
    """Write how the form is recognised: what it requires, what no other form has, what its title says."""
    of_forms = {squash(name) for form in forms for each in form.fields for name in (each.title, *each.aliases)}
    own = [each.id for each in columns if squash(each.title) not in of_forms and each.type != "row-number"]
    needed = [each.id for each in columns if each.id in {*key, *own[:2]} and each.is_full][:3]
    yield f"required = {texts(needed)}"
    if own:
        yield f"distinctive = {texts(own[:_MOST_DISTINCTIVE])}"
    else:
        yield "# 请看：各列的叫法别的表单都有，只能靠标题认；有特有的列请写进 distinctive。"
    yield f"titles = {texts([subject_of(title).removesuffix('表')])}"
    totals = [each.id for each in columns if each.type in {"money", "count"}]
    if totals:
        yield f"totals = {texts(totals)}"


def _checks(
    table: RawTable, columns: Sequence[Proposed], relations: Sequence[Relation], key: Sequence[str]
) -> Iterator[str]:
    titles = {each.id: each.title.replace("/", "") for each in columns}
    name = next((each.id for each in columns if each.id in key and not each.is_number), None)
    label = f"“{{{name}}}”" if name else ""
    for number, relation in enumerate(relations, 1):
        yield from check_lines(relation, number, titles, label, table.record_rows)
    if relations:
        return
    yield "# 没有看出成立的算式（至少 5 行、95% 的行相符才算）。"


def _context(table: RawTable, columns: Sequence[Proposed]) -> list[tuple[str, str, str]]:
    """Give (label, id, type) of what the lines above say of all records, where no column says it."""
    taken = {each.id for each in columns}
    found: list[tuple[str, str, str]] = []
    for note in table.notes:
        known = _CONTEXT.get(normal(note.label))
        if known and note.row < table.body[0] and known[0] not in taken and note.text.strip(" _　"):
            taken.add(known[0])
            found.append((normal(note.label), *known))
    return found


def _context_fields(context: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    for label, field_id, kind in context:
        yield f"# 写在表外：{label}"
        yield "[[field]]"
        yield f"id = {quoted(field_id)}"
        yield f"title = {quoted(label)}"
        yield f"type = {quoted(kind)}"
        yield ""


def _common(forms: Forms) -> frozenset[str]:
    """Give the ids whose type might come from elsewhere: a type is then written out."""
    types: Mapping[str, str] = {each.id: each.type for form in forms for each in form.fields}
    return frozenset(name for name, kind in types.items() if kind != "text")


def _title_of(table: RawTable) -> str:
    """Give the title, or where there is none the sheet's or the file's name."""
    told = next((note.text for note in table.notes if note.label == "title"), "")
    if told:
        return subject_of(told)
    sheet = table.grid.sheet
    name = table.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return subject_of(name if sheet.lower().startswith("sheet") else sheet)
