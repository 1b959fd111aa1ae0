"""Rows of a ledger gathered into the lines of a sheet: a column of the data sheet says which line a row belongs to."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import Where
from houqin.report.posts.case import IN_PERIOD
from houqin.report.posts.rows import Added, add
from houqin.report.records import plain_name
from houqin.workbook import COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import Formula

LINE = Added("line", "公示序号", COUNT)


def numbered(records: Sequence[Record], key: Callable[[Record], tuple[str, ...]]) -> list[Record]:
    """Give the records, those that count in the period with the number of their line, in the order of their keys."""
    keys = {key(record) for record in records if counts(record)}
    groups = {each: number for number, each in enumerate(sorted(keys), 1)}
    return [add(r, line=Decimal(groups[key(r)]) if counts(r) else None) for r in records]


def counts(record: Record) -> bool:
    """Tell whether a row counts in the period."""
    return not record.pending and record.values.get(IN_PERIOD) == 1


def key_of(*fields: str) -> Callable[[Record], tuple[str, ...]]:
    """Give what tells the rows of one line: fields compared as goods are, without blanks and case."""
    return lambda record: tuple(plain_name(record.text(field)) for field in fields)


def lines_of(case: PostCase, form_id: str) -> dict[int, list[Record]]:
    """Give the rows of each line."""
    groups: dict[int, list[Record]] = {}
    for record in case.own(form_id):
        groups.setdefault(int(record.values[LINE.id]), []).append(record)
    return dict(sorted(groups.items()))


def line_sum(case: PostCase, form_id: str, field: str, row: int, own: Sequence[Record]) -> Formula | None:
    """Add up a field over the rows of a line whose number stands in column A; None where none of them has it."""
    if all(record.values.get(field) is None for record in own):
        return None
    return case.sum_of(form_id, field, Where(LINE.id, str(own[0].values[LINE.id]), f"$A{row}"))


def value(made: Formula | None) -> Decimal:
    """Give a formula's number, 0 where there is none."""
    return Decimal(str(made.value)) if made is not None and made.value != "" else Decimal(0)
