"""Typed totals against the sum of their records."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.check.wording import likely_slip, say_number
from houqin.exact import plain, scaled
from houqin.model import Finding, Kind, Level, Place, RowKind
from houqin.values import number_of, shown

if TYPE_CHECKING:
    from houqin.check.view import View
    from houqin.forms import Field
    from houqin.model import Table, Total

# Hidden decimals of the summands may move a typed total by 0.01 a row, and never by more than 1 元.
PER_ROW, AT_MOST = Decimal("0.01"), Decimal(1)
MOST_NAMED = 3


def check_totals(view: View, table: Table) -> list[Finding]:
    """Compare each typed total with its records, for the fields that may be added up over unlike things.

    A total that is the sum of the records as other rules put them right says no more than what is told already.
    """
    findings = []
    for line in table.totals:
        for name, typed in line.values.items():
            if name not in view.form.totals or not view.has(name) or not line.records or name in table.lost_fields:
                continue
            if view.unread(name)[list(line.records)].any():
                continue  # what could not be read is told; without it the sum says nothing
            added = view.sum_of(name, line)
            change = _change(view, name, line)
            if typed in (added, added + change) or _is_of_one_too_large(view, name, line, added + change - typed):
                continue
            if _within_hidden_decimals(view, table, name, line, typed - added):
                continue
            findings.append(_finding(view, table, name, line))
    return findings


def _is_of_one_too_large(view: View, name: str, line: Total, gap: int) -> bool:
    """Tell whether a total was typed with the right number in place of the one that is known to be too large."""
    large = [record for record in line.records if (name, record) in view.limits]
    if len(large) != 1:
        return False
    right = (view.value(name, large[0]) or 0) - gap
    return 0 <= right <= view.limits[name, large[0]]


def _change(view: View, name: str, line: Total) -> int:
    """Give what the sum would gain if the wrong records were put right."""
    records = set(line.records)
    return sum(
        right - (view.value(field, record) or 0)
        for (field, record), right in view.corrections.items()
        if field == name and record in records
    )


def _within_hidden_decimals(view: View, table: Table, name: str, line: Total, difference: int) -> bool:
    """Tell whether a difference comes from decimals that cells hold and do not show."""
    each = view.form.field(name)
    allowed = scaled(min(PER_ROW * len(line.records), AT_MOST), each.scale)
    if each.type != "money" or abs(difference) > allowed:
        return False
    grid = table.match.table.grid
    rows, columns = table.cells[name]
    for record in line.records:
        cell = grid.cell(int(rows[record]), int(columns[record]))
        if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
            exact = number_of(cell.value)
            if exact != round(exact, each.scale):
                return True
    return False


def _finding(view: View, table: Table, name: str, line: Total) -> Finding:
    each = view.form.field(name)
    typed, added = line.values[name], view.sum_of(name, line)
    gap = typed - added
    kind = "小计" if line.kind == RowKind.SUBTOTAL else "合计"
    unit = {"money": " 元"}.get(each.type, f" {each.unit}" if each.unit else "")
    message = (
        f"“{each.title}”的{kind}填 {say_number(typed, each)}{unit}，各行相加是 {say_number(added, each)}{unit}，"
        f"{'多' if gap > 0 else '少'} {say_number(abs(gap), each)}{unit}。{_cause(view, table, each, line)}"
    )
    address = line.cells.get(name)
    text = plain(added, each.scale)
    return Finding(
        code="total-mismatch",
        level=Level.ERROR,
        message=message,
        place=Place(table.path, table.sheet, address),
        found=_found(table, line, name),
        expected=text,
        suggestion=text,
        form=view.form.id,
        field=name,
        related=tuple(view.place(name, record) for record in _rows_of(view, name, line, -gap)[:MOST_NAMED]),
    )


def _cause(view: View, table: Table, each: Field, line: Total) -> str:
    """Guess how a total came to be wrong: a row inserted later, a row or a subtotal counted twice, a slip."""
    typed, added = line.values[each.id], view.sum_of(each.id, line)
    gap = typed - added
    rows = _rows_of(view, each.id, line, -gap)
    amount = f"{say_number(abs(gap), each)}{' 元' if each.type == 'money' else ''}"
    if 1 <= len(rows) <= MOST_NAMED:
        named = "、".join(_row(view, record) for record in rows)
        return f"{named}正好 {amount}，可能是后插入的行没有包含在合计里。"
    slip = likely_slip(typed, added, each.scale)
    if slip:
        return f"{slip[0].upper()}{slip[1:]}。"
    subtotals = [t.values.get(each.id, 0) for t in table.totals if t.kind == RowKind.SUBTOTAL and t.row != line.row]
    if gap > 0 and gap == sum(subtotals):
        return "多出的正好等于各小计之和，可能把小计也加进去了。"
    twice = _rows_of(view, each.id, line, gap) if gap > 0 else []
    if len(twice) == 1:
        return f"{_row(view, twice[0])}正好 {amount}，可能加了两次，或者有一行删掉了。"
    return "请核对合计的公式或重新加总。"


def _rows_of(view: View, name: str, line: Total, amount: int) -> list[int]:
    """Give the records that hold exactly an amount."""
    return [record for record in line.records if amount and view.value(name, record) == amount]


def _row(view: View, record: int) -> str:
    label = view.label(record)
    rows = getattr(view.source, "spans")  # noqa: B009  (only tables have typed totals)
    return f"第 {int(rows[record][0])} 行" + (f"“{label}”" if label else "")


def _found(table: Table, line: Total, name: str) -> str | None:
    """Give the text of the total's cell."""
    column = table.match.column_of(name)
    return shown(table.match.table.grid.cell(line.row, column.column.index)) if column else None
