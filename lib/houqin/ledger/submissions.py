"""Answers handed in twice through a form on the web: the later one is proposed, neither is taken without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from houqin.ledger.copies import (
    MOST_APART,
    canonical_value,
    columns_of,
    differing_fields,
    key_label,
    normal_value,
    say_value,
    shown_value,
)
from houqin.model import Finding, Level, Place
from houqin.values import shown
from houqin.values.web import moment, submission_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.forms import Field, Form
    from houqin.ledger.copies import Verdict
    from houqin.model import Table

def compare_submissions(tables: Sequence[Table], form: Form, verdict: Verdict) -> None:
    """Add to a verdict what was handed in more than once within one export, by the key without its serial number.

    Alike answers count once; unlike ones are pending, and the question proposes the later.
    """
    key = [name for name in form.key if form.field(name).type != "row-number"]
    for position, table in enumerate(tables):
        at = submission_column([column.column.header for column in table.match.columns])
        names = [name for name in key if name in table.frame.columns]
        if at is None or not names:
            continue
        columns, before = columns_of(table, form), len(verdict.repeated)
        for records in _groups(columns, names):
            ordered = _by_time(table, at, records)
            _judge(table, position, form, columns, ordered, verdict)
        if count := len(verdict.repeated) - before:
            verdict.findings.append(_repeated(table, count, form))


def _groups(columns: Mapping[str, list[Any]], names: Sequence[str]) -> list[list[int]]:
    """Give the records that share a key; one with a blank in its key is nobody's."""
    groups: dict[tuple[Any, ...], list[int]] = {}
    for record, key in enumerate(zip(*(columns[name] for name in names), strict=True)):
        plain = tuple(normal_value(value) for value in key)
        if None not in plain:
            groups.setdefault(plain, []).append(record)
    return [records for records in groups.values() if len(records) > 1]


def _by_time(table: Table, at: int, records: Sequence[int]) -> list[tuple[str, int]]:
    """Give (time as shown, record), the earliest first; where no time can be read, by the row."""
    column = table.match.columns[at].column
    grid = table.match.table.grid
    told = [(shown(grid.cell(int(table.spans[r][0]) + column.line, column.index)), r) for r in records]
    return sorted(told, key=lambda each: (moment(each[0]), each[1]))


def _judge(  # noqa: PLR0913, PLR0917  (a double has that many sides)
    table: Table,
    position: int,
    form: Form,
    columns: Mapping[str, list[Any]],
    ordered: Sequence[tuple[str, int]],
    verdict: Verdict,
) -> None:
    """Compare each answer with the last one of the same key."""
    time, last = ordered[-1]
    for earlier, record in ordered[:-1]:
        fields = differing_fields([columns], (0, record), (0, last), form)
        fields = [each for each in fields if each.id != _date_of_submission(table)]
        if not fields:
            verdict.repeated.add((position, record))
            continue
        verdict.pending |= {(position, record), (position, last)}
        times = f"{key_label(columns, record, form)}提交了两次（{earlier or '较早'}、{time or '较晚'}）"
        verdict.findings += _asked(table, form, columns, (record, last), fields, times)


def _asked(  # noqa: PLR0913, PLR0917  (as above)
    table: Table,
    form: Form,
    columns: Mapping[str, list[Any]],
    records: tuple[int, int],
    fields: Sequence[Field],
    times: str,
) -> Iterator[Finding]:
    """Ask about each difference of two answers, proposing the later; where they are many, about the answers."""
    first, last = records
    is_few = len(fields) <= MOST_APART
    for each in fields if is_few else fields[:1]:
        before, after = columns[each.id][first], columns[each.id][last]
        what = f"“{each.title}”先填 {say_value(before, each)}，后填 {say_value(after, each)}"
        if not is_few:
            what = f"有 {len(fields)} 项不同（{'、'.join(field.title for field in fields)}）"
        yield Finding(
            code="submitted-twice",
            level=Level.QUESTION,
            message=f"{times}，{what}。一般以后提交的为准；没有擅自取舍，这两条暂不计入汇总（待定）。请确认。",
            place=table.place(each.id, first),
            found=shown_value(table, each.id, first),
            expected=canonical_value(after, each),
            suggestion=canonical_value(after, each) if is_few else None,
            form=form.id,
            field=each.id,
            related=(table.place(each.id, last),),
        )


def _repeated(table: Table, count: int, form: Form) -> Finding:
    message = f"有 {count} 条{form.title}重复提交，内容完全相同，只计一次。"
    return Finding("duplicate-record", Level.INFO, message, Place(table.path, table.sheet), form=form.id, count=count)


def _date_of_submission(table: Table) -> str | None:
    """Give the field that was read from the time of submission: it differs of itself."""
    at = submission_column([column.column.header for column in table.match.columns])
    return table.match.columns[at].field if at is not None else None
