"""Named rules over whole tables: totals that a matrix has beside its rows, and moves in which nothing may be lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.check.rules import table_rule, tell
from houqin.check.wording import say_number
from houqin.exact import plain, scaled, total
from houqin.model import Kind, Place, Table, a1
from houqin.values import normal, parse_number, shown, split_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Column, Finding

_PART = frozenset({"小计"})
_WHOLE = frozenset({
    "合计", "总计", "共计", "总数", "总量", "数量合计", "合计数量", "合计套数", "总套数", "套数合计",
})  # fmt: skip


@table_rule("across-total")
def check_across_total(view: View, check: Check) -> Iterator[Finding]:
    """Compare the totals beside the rows of a matrix (合计, 男/小计) with the cells that they stand for.

    A total below a common header stands for the columns below it; a lone 小计 for those since the total before it.
    """
    value, table = str(check.args.get("value", check.cell)), view.source
    if not isinstance(table, Table) or not view.has(value):
        return
    layout = view.form.layout(table.match.layout or "")
    if layout.value != value or layout.values:
        return  # 早, 中 and 晚 below each day: a total beside them may stand for all or for one
    covered = _covered(table)
    by_cell = {(int(r), int(c)): i for i, (r, c) in enumerate(zip(*table.cells[value], strict=True))}
    rows: dict[int, list[int]] = {}
    for (row, _), record in by_cell.items():
        rows.setdefault(row, []).append(record)
    each = view.form.field(value)
    for row, records in rows.items():
        for column, columns in covered.items():
            typed = _number(table, row, column.index)
            added = sum(view.value(value, by_cell[row, c]) or 0 for c in columns if (row, c) in by_cell)
            if typed is None or scaled(typed, each.scale) == added or any(view.unread(value)[r] for r in records):
                continue
            words = {
                "label": view.word(_axis(view, table), records[0]), "title": "/".join(filter(None, column.path)),
                "found": say_number(scaled(typed, each.scale), each), "expected": say_number(added, each),
                "diff": say_number(abs(scaled(typed, each.scale) - added), each),
            }  # fmt: skip
            finding = tell(view, check, records[0], words=words, expected=plain(added, each.scale))
            yield replace(finding, place=Place(table.path, table.sheet, a1(row, column.index)), found=words["found"])


def _axis(view: View, table: Table) -> str:
    return view.form.layout(table.match.layout or "").row or ""


def _covered(table: Table) -> Mapping[Column, Sequence[int]]:
    """Give for each column of totals the columns that it adds up."""
    found: dict[Column, list[int]] = {}
    values: list[Column] = []
    since: list[int] = []
    lone = sum(_leaf(m.column) in _PART and len(_levels(m.column)) == 1 for m in table.match.columns)
    for column, role in ((m.column, m.role) for m in table.match.columns):
        if role == "value":
            values.append(column)
            since.append(column.index)
        elif _leaf(column) in _PART | _WHOLE:
            above = _levels(column)[:-1]
            below = [c.index for c in table.match.table.columns if above and _levels(c)[: len(above)] == above]
            whole = [c.column.index for c in table.match.columns if c.role == "value"]
            own = since if _leaf(column) in _PART and lone > 1 else whole
            found[column] = [c for c in (below if above else own) if c in whole]
            since = []
    return {column: columns for column, columns in found.items() if columns}


def _levels(column: Column) -> list[str]:
    return [normal(level) for level in column.path if level.strip()]


def _leaf(column: Column) -> str:
    levels = _levels(column)
    return split_unit(levels[-1])[0] if levels else ""


def _number(table: Table, row: int, column: int) -> Decimal | None:
    cell = table.match.table.grid.cell(row, column)
    if cell.kind not in {Kind.NUMBER, Kind.TEXT}:
        return None
    read = parse_number(shown(cell))
    return None if read is None or read.doubtful else read.value


@table_rule("conserved")
def check_conserved(view: View, check: Check) -> Iterator[Finding]:
    """Compare all that went `out` with all that came `in`, once a table, at its last number that came in."""
    out, into = str(check.args["out"]), str(check.args["in"])
    if not view.has(out, into) or not view.length:
        return
    went, came = total(view.number(out)), total(view.number(into))
    if went is None or came is None or went == came or view.unread(out).any() or view.unread(into).any():
        return
    last = max(r for r in range(view.length) if view.value(into, r) is not None)
    field = view.form.field(into)
    words = {"out": say_number(went, field), "in": say_number(came, field), "diff": say_number(abs(went - came), field)}
    yield tell(view, check, last, words=words)
