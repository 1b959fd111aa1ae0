"""Amounts in Chinese characters (大写) in or below a table against the figures beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.check.wording import say_number
from houqin.exact import scaled, unscaled
from houqin.model import Finding, Kind, Level, Place, RowKind, a1
from houqin.values import amount_in_words, canonical_text, number_of, parse_amount_words, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from houqin.check.view import View
    from houqin.model import Grid, Table

# So many rows below the body may hold the line of 大写.
_BELOW = 3
# Words speak of 元 where the figures may be in 万元.
_WAN = 10_000
_AMOUNT = re.compile(r"[负零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖两拾佰仟万亿萬億元圆圓角分整正]{3,}")
_FORMAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟].*[元圆圓整正角分]|零[元圆圓]")
_FIGURE = re.compile(r"(?:小写|[¥￥])[)）]?[:：]?\s*[¥￥]?\s*(-?\d[\d,]*(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Said:
    """An amount in words: its cell, its text, and the number that it says, None where it cannot be read."""

    row: int
    column: int
    text: str
    value: Decimal | None


def check_amount_words(view: View, table: Table) -> list[Finding]:
    """Compare each 大写 with the figure of its row, else with the typed totals, else with the sums of the records."""
    findings = []
    for said in _amounts(table):
        figures = _figures(view, table, said)
        if said.value is None:
            findings.append(_unread(view, table, said))
        elif figures and not {said.value, said.value / _WAN} & {*figures, *_sums(view)}:
            findings.append(_differs(view, table, said, figures[-1]))
    return findings


def _sums(view: View) -> set[Decimal]:
    """Give the sums of the records: words that say one are right, and the typed total is told as wrong."""
    money = [each for each in view.form.fields if each.id in view.form.totals and view.has(each.id) and view.length]
    return {unscaled(int(view.frame[each.id].sum()), each.scale) for each in money}


def _amounts(table: Table) -> Iterator[Said]:
    """Find the amounts in words from the first row of the body to a little below it."""
    grid, columns = table.match.table.grid, [c.index for c in table.match.table.columns]
    first, last = table.match.table.body
    records = set(table.match.table.record_rows)
    for row in range(first, min(last + _BELOW, grid.rows) + 1):
        for column in columns if row not in records else ():
            if grid.kind(row, column) == Kind.TEXT:
                text = canonical_text(str(grid.cell(row, column).value))
                found = _AMOUNT.search(text.replace(" ", ""))
                if found and _FORMAL.search(found[0]):
                    yield Said(row, column, found[0], parse_amount_words(found[0]))


def _figures(view: View, table: Table, said: Said) -> list[Decimal]:
    """Give the figures that the words may stand for, the likeliest last."""
    grid = table.match.table.grid
    text = canonical_text(str(grid.cell(said.row, said.column).value))
    if beside := _FIGURE.search(text):
        return [number_of(float(beside[1].replace(",", "")))]
    own = [n for c in table.match.columns if c.column.index != said.column for n in _number(grid, said, c.column.index)]
    if own:
        return own
    money = [each for each in view.form.fields if each.type == "money" and each.id in view.form.totals]
    totals = [line for line in table.totals if line.kind == RowKind.TOTAL]
    typed = [unscaled(line.values[f.id], f.scale) for line in totals for f in money if f.id in line.values]
    if typed:
        return typed
    return [unscaled(int(view.frame[f.id].sum()), f.scale) for f in money if view.has(f.id) and view.length]


def _number(grid: Grid, said: Said, column: int) -> list[Decimal]:
    """Give the number of a cell in the row of the words; a text that begins with ￥ is one."""
    cell = grid.cell(said.row, column)
    if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
        return [number_of(cell.value)]
    if cell.kind != Kind.TEXT:
        return []
    if found := _FIGURE.search(canonical_text(str(cell.value))):
        return [number_of(float(found[1].replace(",", "")))]
    read = parse_number(str(cell.value), zero_like=False)
    return [read.value] if read and not _AMOUNT.search(str(cell.value)) else []


def _unread(view: View, table: Table, said: Said) -> Finding:
    message = f"大写金额“{said.text}”读不成金额，请按规范重写，例如“壹万贰仟叁佰元整”。"
    return Finding("words-mismatch", Level.QUESTION, message, _place(table, said), found=said.text, form=view.form.id)


def _differs(view: View, table: Table, said: Said, figure: Decimal) -> Finding:
    money = next((each for each in view.form.fields if each.type == "money"), view.form.fields[0])
    spoken, written = (say_number(scaled(n, 2), money) for n in (said.value or figure, figure))
    gap = say_number(abs(scaled(said.value or figure, 2) - scaled(figure, 2)), money)
    right = amount_in_words(figure)
    message = f"大写“{said.text}”是 {spoken} 元，小写是 {written} 元，相差 {gap} 元。"
    message += f"大小写不一致的单据不能入账，请核对；如小写无误，大写应为“{right}”。"
    return Finding(
        code="words-mismatch",
        level=Level.ERROR,
        message=message,
        place=_place(table, said),
        found=said.text,
        expected=right,
        form=view.form.id,
    )


def _place(table: Table, said: Said) -> Place:
    return Place(table.path, table.sheet, a1(said.row, said.column))
