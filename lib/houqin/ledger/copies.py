"""Records that several tables have: alike they count once, unlike they wait for a person."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from houqin.exact import listed, plain
from houqin.model import Finding, Level, Place
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.forms import Field, Form
    from houqin.model import Table

Record = tuple[int, int]  # position of the table, position of the record in it
Key = tuple[object, ...]
Pair = tuple[Place, Place]  # two files, or two sheets of one, that hold copies of one another
# Up to so many differences of two copies are asked about one by one; beyond, the copies as wholes.
MOST_APART = 3
MOST_NAMED = 6


@dataclass(slots=True)
class Verdict:
    """Which records repeat an earlier one, which are pending, and what is to be said of both."""

    repeated: set[Record] = field(default_factory=set)
    pending: set[Record] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def compare_copies(tables: Sequence[Table], form: Form) -> Verdict:
    """Compare the records that stand under one key in several tables.

    The key is the form's, and within one table the how-many-eth record of that key: a register in which the same class
    takes the same goods twice a day is no double, its second copy is.
    """
    verdict = Verdict()
    if len(tables) < 2 or not form.key:
        return verdict
    columns = [{} if table.lost_fields & set(form.key) else columns_of(table, form) for table in tables]
    repeats: Counter[Pair] = Counter()
    conflicts: dict[Pair, list[tuple[str, list[Finding]]]] = defaultdict(list)
    numbers = [_own_numbers(table, form) for table in columns]
    for records in _groups(columns, form):
        firsts: list[Record] = []
        for record in _fullest_first(records, numbers):
            rivals = [first for first in firsts if _say_the_same_kind(numbers[first[0]], numbers[record[0]])]
            alike = next((first for first in rivals if not differing_fields(columns, first, record, form)), None)
            if alike is not None:
                verdict.repeated.add(record)
                repeats[_sources(tables[alike[0]], tables[record[0]])] += 1
                continue
            firsts.append(record)
            if rivals:
                verdict.pending |= {*rivals, record}
                pair = _sources(tables[rivals[0][0]], tables[record[0]])
                label = key_label(columns[rivals[0][0]], rivals[0][1], form)
                conflicts[pair].append((label, _conflicts(tables, columns, rivals[0], record, form)))
    for (one, two), told in conflicts.items():
        verdict.findings += _told(one, two, told, form)
    verdict.findings += [_repeated(one, two, count, form) for (one, two), count in repeats.items()]
    return verdict


def columns_of(table: Table, form: Form) -> dict[str, list[Any]]:
    """Give the frame as lists: integers and texts as written, None for a blank."""
    columns: dict[str, list[Any]] = {}
    for each in form.fields:
        if each.id in table.frame.columns:
            columns[each.id] = listed(table.frame[each.id])
    return columns


def _own_numbers(table: Mapping[str, list[Any]], form: Form) -> frozenset[str]:
    """Give the fields of numbers, outside the key, that a table has something in."""
    own = (each.id for each in form.fields if each.is_number and each.type != "row-number" and each.id not in form.key)
    return frozenset(name for name in own if any(value is not None for value in table.get(name, ())))


def _say_the_same_kind(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell tables that may be copies: a sheet of lunches and one of dinners say of a class and day two things."""
    return not one or not other or not one.isdisjoint(other)


def _fullest_first(records: list[Record], numbers: Sequence[frozenset[str]]) -> list[Record]:
    """Give the records of a key in their order; where some are no copies of one another, the fullest tables first."""
    kinds = [numbers[table] for table, _ in records]
    if all(_say_the_same_kind(one, other) for one in kinds for other in kinds):
        return records
    return sorted(records, key=lambda record: -len(numbers[record[0]]))


def normal_value(value: Any) -> Any:  # noqa: ANN401  (a cell of a frame: text or integer)
    """Give what is compared: blanks around a text and full-width letters make no difference."""
    return (canonical_text(value) or None) if isinstance(value, str) else value


def _groups(columns: Sequence[Mapping[str, list[Any]]], form: Form) -> Iterator[list[Record]]:
    """Give the records of one key, where several tables have it, in the order of the tables."""
    groups: dict[Key, list[Record]] = {}
    for position, table in enumerate(columns):
        length = len(next(iter(table.values()), []))
        blanks: list[Any] = [None] * length
        parts = [[normal_value(value) for value in table.get(name, blanks)] for name in form.key]
        nothing = (None,) * len(parts)
        seen: dict[Key, int] = {}
        for record, key in enumerate(zip(*parts, strict=True)):
            if key != nothing:
                before = seen.get(key, 0)
                seen[key] = before + 1
                groups.setdefault((key, before), []).append((position, record))
    return (records for records in groups.values() if len(records) > 1)


def differing_fields(
    columns: Sequence[Mapping[str, list[Any]]], first: Record, other: Record, form: Form
) -> list[Field]:
    """Give the fields in which two records differ; free text only where both have some."""
    a, b = columns[first[0]], columns[other[0]]
    different = []
    for each in form.fields:
        if each.type == "row-number" or each.id not in a or each.id not in b:
            continue
        left, right = normal_value(a[each.id][first[1]]), normal_value(b[each.id][other[1]])
        if left != right and (each.type != "text" or (left is not None and right is not None)):
            different.append(each)
    return different


def _conflicts(
    tables: Sequence[Table], columns: Sequence[Mapping[str, list[Any]]], first: Record, other: Record, form: Form
) -> list[Finding]:
    """Ask which of two records holds, a question for each field in which they differ."""
    one, two = tables[first[0]], tables[other[0]]
    label = key_label(columns[first[0]], first[1], form)
    findings = []
    for each in differing_fields(columns, first, other, form):
        left, right = (say_value(columns[t][each.id][r], each) for t, r in (first, other))
        names = f"《{one.path}》填 {left}，《{two.path}》填 {right}"
        if one.path == two.path:
            names = f"“{one.sheet}”填 {left}，“{two.sheet}”填 {right}"
        message = (
            f"{label}的“{each.title}”在两份表里不同：{names}。"
            "没有擅自取舍，这一条暂不计入汇总（待定）。请指定以哪一份为准。"
        )
        findings.append(
            Finding(
                code="conflicting-copies",
                level=Level.QUESTION,
                message=message,
                place=two.place(each.id, other[1]),
                found=shown_value(two, each.id, other[1]),
                expected=canonical_value(columns[first[0]][each.id][first[1]], each),
                form=form.id,
                field=each.id,
                related=(one.place(each.id, first[1]),),
            )
        )
    return findings


def _told(one: Place, two: Place, told: list[tuple[str, list[Finding]]], form: Form) -> list[Finding]:
    """Ask about each difference of two copies, or, where they are many, which of the two holds."""
    findings = [finding for _, own in told for finding in own]
    if len(findings) <= MOST_APART:
        return findings
    labels = [label for label, _ in told]
    named = "、".join(labels[:MOST_NAMED]) + (" 等" if len(labels) > MOST_NAMED else "")
    titles = "、".join(dict.fromkeys(form.field(f.field or "").title for f in findings))
    here, there = (f"“{p.sheet}”" if p.sheet else f"《{p.file}》" for p in (two, one))
    places = [place for f in findings for place in (f.place, *f.related) if place is not None]
    message = (
        f"{form.title}收到两份，{here}与{there}有 {len(labels)} 条不同：{named}（{titles}）。"
        f"没有擅自取舍，这 {len(labels)} 条暂不计入汇总（待定）。请指定以哪一份为准。"
    )
    return [
        Finding(
            code="conflicting-copies",
            level=Level.QUESTION,
            message=message,
            place=places[0],
            form=form.id,
            related=tuple(places[1:]),
            count=len(findings),
        )
    ]


def _sources(one: Table, two: Table) -> Pair:
    """Name two tables by their files, or by their sheets within one file."""
    if one.path != two.path:
        return Place(one.path), Place(two.path)
    return Place(one.path, one.sheet), Place(two.path, two.sheet)


def _repeated(one: Place, two: Place, count: int, form: Form) -> Finding:
    """Say that records of a copy were not counted again."""
    where = f"“{one.sheet}”" if one.sheet else f"《{one.file}》"
    return Finding(
        code="duplicate-record",
        level=Level.INFO,
        message=f"有 {count} 条{form.title}与{where}里的完全相同，只计一次（重复未用）。",
        place=two,
        form=form.id,
        related=(one,),
        count=count,
    )


def key_label(columns: Mapping[str, list[Any]], record: int, form: Form) -> str:
    """Name a record as people do: 七年级(3)班 张三, 粉笔 白色 盒."""
    parts = [columns[name][record] for name in form.key if name in columns and not form.field(name).is_number]
    return " ".join(str(part) for part in parts if part is not None) or "这一条"


def say_value(value: Any, each: Field) -> str:  # noqa: ANN401  (a cell of a frame: text or integer)
    """Write a value as a message quotes it."""
    if value is None:
        return "空白"
    return plain(value, each.scale) if each.is_number else f"“{value}”"


def canonical_value(value: Any, each: Field) -> str | None:  # noqa: ANN401  (a cell of a frame: text or integer)
    """Write a value as findings and the contract do."""
    return plain(value, each.scale) if each.is_number and value is not None else value


def shown_value(table: Table, field_id: str, record: int) -> str | None:
    """Give the text of a cell as Excel shows it, None where the field has none."""
    if field_id not in table.cells:
        return None
    rows, numbers = table.cells[field_id]
    return shown(table.match.table.grid.cell(int(rows[record]), int(numbers[record]))) if rows[record] else None
