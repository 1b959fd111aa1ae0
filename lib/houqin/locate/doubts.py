"""What speaks against a table as it was taken: looked for afterwards, by other evidence than that which took it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from houqin.locate.context import is_named, is_nameless
from houqin.locate.headers import Header, heads_sizes
from houqin.locate.lines import is_footer, is_line, is_parameters
from houqin.locate.scoring import LIKELY, is_even, is_like_records, score_row
from houqin.locate.touching import repeated_label
from houqin.locate.view import whole_sheet
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind, RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.locate.view import Item, SheetView
    from houqin.model import Range, RawTable

_LEAST_LEFT = 3  # cells of a row that no table took
_NEAR = 4  # rows between a table and its lines
_LOOKED_AT = 20
_BESIDE = 60
_SUM_WORD = re.compile(
    r"合计|总计|小计|共计|^(总?平均[值数分]?|均值|占比|百分比):?$|"
    r"^[一二三四五六七八九十]{1,2}[、.](本[月期年次]|期末|收支|最终)?(结余|余额|结存|盈余|盈亏|差额):?$"
)
# Under these headers stand the items of a statement; what is left over is one of them.
_ITEM_HEADERS = frozenset({"项目", "收支项目", "科目", "内容", "收支内容", "项目名称", "明细"})
_LEFT_OVER = re.compile(r"(结余|余额|结存|盈余|盈亏|差额|占比|百分比):?$")
_LONG_LABEL = 16
_MOST_SUMMED, _LEAST_SUM, _GAP = 2000, 10, 0.006
_NOTHING = frozenset(["-", "—", "－", "/", "无", "零", "——", "\\"])


class Doubt(NamedTuple):
    """How much a doubt takes from the confidence, and its sentence for a clerk."""

    weight: float
    text: str


def with_doubts(view: SheetView, tables: Sequence[RawTable]) -> tuple[RawTable, ...]:
    """Give the tables with their confidence and its reasons."""
    left_over, sums = _left_over(view, tables), _sum_ids(view) if tables else frozenset()
    return tuple(
        _doubted(table, [*_doubts_of(view, table, sums), *left_over.get(number, ())])
        for number, table in enumerate(tables)
    )


def _doubted(table: RawTable, doubts: Sequence[Doubt]) -> RawTable:
    if not doubts:
        return table
    confidence = round(prod(1 - doubt.weight for doubt in doubts), 2)
    return replace(table, confidence=confidence, doubts=tuple(doubt.text for doubt in doubts))


def _doubts_of(view: SheetView, table: RawTable, sums: frozenset[int]) -> list[Doubt]:
    records = table.record_rows
    found = [
        _header_doubt(view, table),
        _first_record(view, table, records),
        _nameless_end(view, table, records),
        _thin_end(view, table, records),
        _unlabelled_columns(view, table),
        _formulas_below(view, table),
        _records_on_rows(view, table),
        _second_table(view, table),
        _column_apart(view, table),
        _calendar(view, table),
        _sum_unsaid(view, table, records),
    ]
    return [*(doubt for doubt in found if doubt is not None), *_odd_records(view, table, records, sums)]


def _columns_of(table: RawTable) -> Range:
    """Give the cells of the table's columns, over all rows of the sheet."""
    span = table.range
    return whole_sheet(table.grid)._replace(left=span.left, right=span.right)


def _header_doubt(view: SheetView, table: RawTable) -> Doubt | None:
    """No header, one that few things speak for, or one that looks like the records below it."""
    if not table.header_rows:
        return Doubt(0.5, f"第 {table.body[0]} 行起像是记录，上面没有表头")
    area = _columns_of(table)
    last = table.header_rows[-1]
    if is_like_records(view, last, area) and not heads_sizes(view, last, area):
        return Doubt(0.4, f"第 {last} 行当作表头，但它的内容很像下面的记录")
    if max(score_row(view, row, area) for row in table.header_rows) < LIKELY and not _is_merged(view, table):
        return Doubt(0.4, f"第 {last} 行当作表头，但里面没有常见的表头用语")
    return None


def _is_merged(view: SheetView, table: RawTable) -> bool:
    """Tell a header of several rows that merges hold together: its labels may be anything."""
    top, last = table.header_rows[0], table.header_rows[-1]
    return any(top <= merge.top and merge.bottom <= last for merge in view.grid.merges_by_row.get(top, ()))


def _first_record(view: SheetView, table: RawTable, records: Sequence[int]) -> Doubt | None:
    """Words in the first record where all further ones have numbers: a further row of the header."""
    if len(records) <= 2:
        return None
    first, others = records[0], records[1 : _LOOKED_AT + 1]
    numeric = [
        column.index
        for column in table.columns
        if sum(view.number(row, column.index) is not None for row in others) * 5 >= len(others) * 3
    ]
    words = [
        c for c in numeric if view.grid.kind(first, c) == Kind.TEXT and view.number(first, c) is None
        and view.text(first, c) not in _NOTHING
    ]  # fmt: skip
    if len(numeric) > 1 and len(words) * 2 > len(numeric):
        return Doubt(0.4, f"第 {first} 行当作第一条记录，但别的行是数字的地方它是文字，像是表头")
    return None


def _nameless_end(view: SheetView, table: RawTable, records: Sequence[int]) -> Doubt | None:
    """Numbers alone below named records: a total that does not add up, or one of another kind."""
    if len(records) <= 2:
        return None
    area, last = _columns_of(table), records[-1]
    named = sum(is_named(view, row, area) for row in records[:_LOOKED_AT])
    few = len(records[:_LOOKED_AT])
    if (
        named * 3 >= few * 2
        and is_nameless(view, last, area, None)
        and not view.grid.kind(last, table.columns[0].index)
    ):
        return Doubt(0.4, f"第 {last} 行只有数字、没有名称，又不等于上面各行之和，暂按记录处理")
    return None


def _thin_end(view: SheetView, table: RawTable, records: Sequence[int]) -> Doubt | None:
    """One cell far from the first columns below records of many: a line that belongs to no record."""
    if len(records) < 2:
        return None
    area, last = _columns_of(table), records[-1]
    filled = view.columns(last, area)
    usual = sorted(len(view.columns(row, area)) for row in records[-_LOOKED_AT:])[len(records[-_LOOKED_AT:]) // 2]
    if len(filled) == 1 and usual > _LEAST_LEFT and filled[0] > area.left + 1 and not view.is_row_covered(last, area):
        return Doubt(0.4, f"第 {last} 行只有一格内容，暂按记录处理")
    return None


def _odd_records(view: SheetView, table: RawTable, records: Sequence[int], sums: frozenset[int]) -> list[Doubt]:
    """Give the first record that holds 合计 or 平均, and the first that holds the header's own labels."""
    first, last = table.range.left, table.range.right
    labels = {
        view.string_id(row, item.column)
        for row in table.header_rows for item in view.items(row, _columns_of(table)) if item.is_text
    }  # fmt: skip
    # Cells without a text have the id 0 too.
    wanted = (sums | labels) - {0}
    width, ids, kinds, known = table.grid.columns, table.grid.string_ids, table.grid.kinds, frozenset(records)
    found: dict[str, Doubt] = {}
    area = _columns_of(table)
    for row in (np.flatnonzero(view.rows_of_ids(area, wanted)) + area.top).tolist():
        if row not in known:
            continue
        start = (row - 1) * width
        texts = [at for at in range(start + first - 1, start + last) if kinds[at] == Kind.TEXT]
        at = next((at for at in texts if ids[at] in sums and not _is_item(table, at - start + 1, ids[at])), None)
        if at is not None:
            text = table.grid.strings[ids[at]].strip()
            found.setdefault("sum", Doubt(0.4, f"第 {row} 行写着“{text}”，但没有当作合计"))
        again = sum(1 for at in texts if ids[at] in labels)
        if again > 1 and again * 2 >= len(view.columns(row, _columns_of(table))):
            found.setdefault("labels", Doubt(0.4, f"第 {row} 行和表头一样的字很多，但没有当作表头"))
    return list(found.values())


def _is_item(table: RawTable, column: int, text_id: int) -> bool:
    """Tell 收支结余 in a statement's column of items: a record like the others."""
    header = next((each.path[-1] for each in table.columns if each.index == column and each.path), "")
    text = normal_text(table.grid.strings[text_id])
    return normal_text(header) in _ITEM_HEADERS and bool(_LEFT_OVER.search(text))


def _sum_ids(view: SheetView) -> frozenset[int]:
    sums = {shape for shape in set(view.shapes) if len(shape) < _LONG_LABEL and _says_sum(shape)}
    return frozenset([i for i, shape in enumerate(view.shapes) if shape in sums] if sums else [])


@lru_cache(maxsize=1 << 12)
def _says_sum(shape: str) -> bool:
    return bool(_SUM_WORD.search(normal_text(shape)))


def _unlabelled_columns(view: SheetView, table: RawTable) -> Doubt | None:
    """Columns in use without a label, other than the first."""
    del view
    if not table.header_rows:
        return None
    blank = [column for column in table.columns[1:] if not column.header]
    if len(blank) > 1 and len(blank) * 4 > len(table.columns):
        return Doubt(0.4, f"有 {len(blank)} 列没有表头")
    return None


def _formulas_below(view: SheetView, table: RawTable) -> Doubt | None:
    """Formulas without a stored value right below the records: a total that cannot be seen, or idle rows."""
    grid = view.grid
    if not grid.unstored:
        return None
    span = table.range
    ends = (table.body[1], table.body[1] + 1)
    for row in ends:
        blank = view.is_blank(row, _columns_of(table)) if row <= grid.rows else True
        held = any((row - 1) * grid.columns + c - 1 in grid.unstored for c in range(span.left, span.right + 1))
        if blank and held:
            return Doubt(0.4, f"第 {row} 行只有没存结果的公式，看不出是不是合计")
    return None


def _records_on_rows(view: SheetView, table: RawTable) -> Doubt | None:
    """Labels of their own in each header row, and merges as high as the header down the body."""
    depth = len(table.header_rows)
    if table.height > 1:
        return Doubt(0.1, f"每条记录占 {table.height} 行，已把每 {table.height} 行合为一条")
    if depth < 2 or len(table.columns) < 2:
        return None
    merges = [m for m in view.grid.merges_by_row.get(table.body[0], ()) if m.top == table.body[0]]
    high = [m for m in merges if m.bottom - m.top + 1 == depth and m.left == m.right]
    if not high or len(high) == len(merges) == len(table.columns):
        return None
    top, last = table.header_rows[0], table.header_rows[-1]
    own = sum(1 for column in table.columns if view.grid.kind(top, column.index) and view.grid.kind(last, column.index))
    second = view.columns(table.body[0] + 1, _columns_of(table))
    blank = table.skipped.get(table.body[0] + 1) is RowKind.BLANK
    if own * 2 >= len(table.columns) and second and not blank:
        return Doubt(0.5, f"像是每条记录占 {depth} 行，暂按每行一条处理")
    return None


def _column_apart(view: SheetView, table: RawTable) -> Doubt | None:
    """One last column past a column that holds nothing, with blanks of its own: a remark beside the table."""
    if len(table.columns) < _LEAST_LEFT or not table.header_rows:
        return None
    last, before = table.columns[-1].index, table.columns[-2].index
    rows = table.record_rows
    gap = last > before + 1 and not view.is_covered(table.header_rows[-1], last - 1)
    gap = gap or (not table.columns[-2].header and not any(view.grid.kind(row, before) for row in rows))
    blanks = any(not view.is_filled(row, last) for row in rows)
    if not gap or not blanks or not any(view.grid.kind(row, last) == Kind.TEXT for row in rows):
        return None
    return Doubt(0.4, f"“{table.columns[-1].header}”一列与前面隔着空列，可能是表旁边的说明")


def _calendar(view: SheetView, table: RawTable) -> Doubt | None:
    """Rows of days 1 to 7, 8 to 14 between rows of names: each day is a cell, not a column."""
    area = _columns_of(table)
    rows = range(table.body[0], min(table.body[1], table.body[0] + _LOOKED_AT) + 1)
    days = [row for row in rows if is_even([i for i in view.items(row, area) if i.is_number])]
    if len(days) < 2 or not any(view.has_texts(row, area) for row in rows if row not in days):
        return None
    steps = all(len([i for i in view.items(row, area) if i.is_text]) == 0 for row in days)
    return Doubt(0.4, f"第 {days[0]} 行和第 {days[1]} 行像是日历上的日子，不是记录") if steps else None


def _sum_unsaid(view: SheetView, table: RawTable, records: Sequence[int]) -> Doubt | None:
    """A record whose numbers are all the sums of the three rows above it at least: 一季度 below its months."""
    if table.height > 1:
        return None
    columns = [c.index for c in table.columns]
    sums, rows = dict.fromkeys(columns, 0.0), 0
    broken = set(table.skipped)
    for row in records[:_MOST_SUMMED]:
        if row - 1 in broken:
            sums, rows = dict.fromkeys(columns, 0.0), 0
        values = {c: number for c in columns if (number := view.number(row, c)) is not None}
        if rows > 2 and len(values) > 1 and all(n >= _LEAST_SUM and abs(sums[c] - n) < _GAP for c, n in values.items()):
            return Doubt(0.4, f"第 {row} 行的数都等于上面几行之和，但没有写合计，暂按记录处理")
        for column, number in values.items():
            sums[column] += number
        rows += 1
    return None


def _second_table(view: SheetView, table: RawTable) -> Doubt | None:
    """The label that names the records twice in one header: perhaps two tables that touch each other."""
    if not table.header_rows:
        return None
    area = table.range
    label = repeated_label(view, Header(table.header_rows[0], table.header_rows[-1]), area)
    return Doubt(0.4, f"表头里“{label}”出现了两次，可能是左右挨着的两张表") if label else None


def _left_over(view: SheetView, tables: Sequence[RawTable]) -> dict[int, list[Doubt]]:
    """Give, by table, the rows and columns near it that hold more than a line and belong to none."""
    if not tables:
        return {}
    found: dict[int, list[Doubt]] = {}
    sheet = whole_sheet(view.grid)
    spans = [table.range for table in tables]
    row = 1
    while row <= sheet.bottom:
        ends = [span.bottom for span in spans if span.top <= row <= span.bottom]
        if ends:
            row = max(ends) + 1
            continue
        items = view.items(row, sheet)
        if _is_left(items, spans, row) and not _is_signing(view, row, sheet):
            nearest = max((n for n, span in enumerate(spans) if span.bottom < row), default=0)
            found.setdefault(nearest, []).append(Doubt(0.4, f"第 {row} 行有 {len(items)} 格内容，没有归入任何一张表"))
            row = next((span.top for span in spans if span.top > row), sheet.bottom + 1)
            continue
        row += 1
    for number, span in enumerate(spans):
        if _has_beside(view, span, spans):
            found.setdefault(number, []).append(Doubt(0.4, "表的旁边还有成片的内容，没有归入任何一张表"))
            break
    return found


def _is_signing(view: SheetView, row: int, sheet: Range) -> bool:
    """Tell posts with 年 月 日 below them, or the line of these days itself."""
    lines = [view.items(r, sheet) for r in (row, row + 1) if r <= sheet.bottom]
    return any(line and all(item.words & Word.NO_DAY for item in line) for line in lines)


def _is_left(items: Sequence[Item], spans: Sequence[Range], row: int) -> bool:
    """Tell a row of three cells at least that is no line of text, as a whole or over each of tables side by side."""
    if len(items) < _LEAST_LEFT or is_line(items) or is_footer(items) or is_parameters(items):
        return False
    near = [span for span in spans if row < span.top <= row + _NEAR or row - _NEAR <= span.bottom < row]
    parts = [[item for item in items if span.left <= item.column <= span.right] for span in near]
    rest = [item for item in items if not any(item in part for part in parts)]
    return any(len(part) >= _LEAST_LEFT and not is_line(part) for part in [*parts, rest])


def _has_beside(view: SheetView, span: Range, spans: Sequence[Range]) -> bool:
    """Tell rows of a table beside which two cells or more stand that no table took."""
    if span.left == 1 and span.right == view.grid.columns:
        return False
    rows = 0
    for row in range(span.top, min(span.bottom, span.top + _BESIDE) + 1):
        taken = [other for other in spans if other.top - 2 <= row <= other.bottom]
        columns = view.columns(row, whole_sheet(view.grid))
        free = [c for c in columns if not any(other.left <= c <= other.right for other in taken)]
        rows += len(free) > 1
    return rows >= _LEAST_LEFT
