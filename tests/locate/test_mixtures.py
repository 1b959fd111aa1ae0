"""Any small table with any mixture of preamble, header merges, categories, gaps and footer comes back whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from houqin.locate import explain_rows, locate_tables
from houqin.model import Range, RowKind, a1, grid_of

if TYPE_CHECKING:
    from houqin.model import RawTable

GROUPED = ["序号", "名称", "期初/数量", "期初/金额", "本期/数量", "本期/金额", "备注"]
PLAIN = ["序号", "名称", "数量", "单价", "金额", "领用人", "备注"]
GOODS = ["粉笔", "抹布", "拖把", "水桶", "垃圾袋", "A4纸"]
ABOVE: list[list[object]] = [
    ["示例中学物品登记表"],
    ["填报单位：后勤", None, None, None, None, "单位：元"],
    ["班级", "七(1)班", None, "班主任", "张三"],
    ["单价", 85, "人数", 46],
    ["日期：2025年9月1日   编号：0012"],
]
BELOW: list[list[object]] = [
    ["制表人：张三", None, "审核人：李四"],
    ["注：以实物为准。"],
    ["抄表员：王五", None, None, "库管："],
    ["附：验收单一份，请妥善保管。"],
]
parts = st.lists(
    st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 999), st.booleans()), min_size=2, max_size=4),
    min_size=1,
    max_size=3,
)
where = st.tuples(st.integers(0, 4), st.integers(0, 3))
lines = st.tuples(
    st.lists(st.sampled_from(range(len(ABOVE))), unique=True, max_size=4).map(sorted),
    st.lists(st.sampled_from(range(len(BELOW))), unique=True, max_size=3),
)


class Drawn:
    """A sheet being written with the kinds of its body's rows; merges are given from the table's first column."""

    def __init__(self, down: int, right: int) -> None:
        """Leave a blank area above and to the left."""
        self.rows: list[list[object]] = [[] for _ in range(down)]
        self.right, self.merges, self.kinds = right, [], {}

    def add(self, row: list[object], kind: RowKind | None = None, *, across: int = 1) -> None:
        """Add a row; its first cell may be merged across."""
        self.rows.append([None] * self.right + row)
        if kind:
            self.kinds[len(self.rows)] = kind
        if across > 1:
            self.merge(0, 0, across - 1)

    def merge(self, above: int, first: int, last: int) -> None:
        """Merge cells of the last row, up to some rows above it."""
        row = len(self.rows)
        self.merges.append(Range(row - above, self.right + 1 + first, row, self.right + 1 + last))

    def located(self, *, hidden: frozenset[int] = frozenset()) -> RawTable:
        """Give the one table found."""
        grid = grid_of(self.rows, merges=self.merges)
        (found,) = locate_tables(replace(grid, hidden_columns=hidden, hidden_rows=hidden), "表.xlsx")
        return found


def _write_header(drawn: Drawn, *, grouped: bool) -> list[str]:
    if not grouped:
        drawn.add(list(PLAIN))
        return PLAIN
    drawn.add(["序号", "名称", "期初", None, "本期", None, "备注"])
    drawn.merge(0, 2, 3)
    drawn.merge(0, 4, 5)
    drawn.add([None, None, "数量", "金额", "数量", "金额", None])
    for column in (0, 1, 6):
        drawn.merge(1, column, column)
    return GROUPED


def _write_body(drawn: Drawn, table: list[list[tuple[str, int, bool]]], *, grouped: bool, extras: int) -> None:
    """Write the parts; the bits of `extras` say: category rows, subtotals, a gap after the first part, a total."""
    number = 0
    for at, part in enumerate(table):
        if extras & 1:
            drawn.add([f"{'一二三'[at]}、{('办公', '卫生', '维修')[at]}用品"], RowKind.CATEGORY, across=7)
        for name, quantity, noted in part:
            number += 1
            last = ["张三" if not grouped else quantity * 2, "新" if noted else None]
            drawn.add([number, name, quantity, quantity * 2, quantity, *last])
        sums = sum(quantity for _, quantity, _ in part)
        if extras & 2:
            drawn.add(["小 计", None, sums, sums * 2, sums], RowKind.SUBTOTAL)
        if extras & 4 and at == 0 and len(table) > 1:
            drawn.add([], RowKind.BLANK)
    if extras & 8:
        sums = sum(quantity for part in table for _, quantity, _ in part)
        drawn.add(["合  计", None, sums, sums * 2, sums], RowKind.TOTAL)


@settings(max_examples=120, deadline=None)
@given(table=parts, at=where, around=lines, grouped=st.booleans(), extras=st.integers(0, 15), hidden=st.booleans())
def test_any_mixture_comes_back_whole(
    *, table: list[list[tuple[str, int, bool]]], at: tuple[int, int], around: tuple[list[int], list[int]],
    grouped: bool, extras: int, hidden: bool,
) -> None:  # fmt: skip
    """Header rows, body, kinds, columns and record rows are those written, wherever it stands; hiding changes none."""
    drawn = Drawn(*at)
    for number in around[0]:
        drawn.add(ABOVE[number], across=7 if number == 0 else 1)
    top = len(drawn.rows) + 1
    headers = _write_header(drawn, grouped=grouped)
    first = len(drawn.rows) + 1
    _write_body(drawn, table, grouped=grouped, extras=extras)
    last = len(drawn.rows)
    for number in around[1]:
        drawn.add(BELOW[number], across=7 if number in {1, 3} else 1)
    found = drawn.located(hidden=frozenset({2, 3}) if hidden else frozenset())
    subtotals = [row for row, kind in drawn.kinds.items() if kind is RowKind.SUBTOTAL]
    if len(subtotals) == 1 and subtotals[0] == last:
        drawn.kinds[last] = RowKind.TOTAL  # one sum at the end is the total, whatever it is called
    assert (found.header_rows, found.body) == (tuple(range(top, first)), (first, last))
    assert dict(sorted(found.skipped.items())) == drawn.kinds
    assert [(c.index - at[1], c.header) for c in found.columns] == list(enumerate(headers, 1))
    assert found.record_rows == tuple(row for row in range(first, last + 1) if row not in drawn.kinds)
    assert found.range.a1 == f"{a1(top, at[1] + 1)}:{a1(last, at[1] + 7)}"


@settings(max_examples=60, deadline=None)
@given(
    at=where, count=st.integers(2, 6), height=st.integers(2, 3), merged=st.booleans(), total=st.booleans(),
    title=st.booleans(),
)  # fmt: skip
def test_records_on_rows_come_back_whole(
    *, at: tuple[int, int], count: int, height: int, merged: bool, total: bool, title: bool
) -> None:
    """Each record has its rows, each column its line and the label of its header row."""
    labels = [["资产名称", "原值", "地点"], ["规格型号", "净值", "使用人"], ["计量单位", "数量", "备注"]][:height]
    values = [["电脑", 4500, "301室"], ["台式", 200, "张三"], ["台", 2, "在用"]][:height]
    drawn = Drawn(*at)
    if title:
        drawn.add(["示例中学固定资产登记表"], across=4)
    top = len(drawn.rows) + 1
    for lead, rows in [("编号", labels), *((f"Z{n:03d}", values) for n in range(count))]:
        for line, row in enumerate(rows):
            drawn.add([lead if line == 0 else None, *row])
        if merged:
            drawn.merge(height - 1, 0, 0)
    last = len(drawn.rows)
    if total:
        drawn.add(["合计", None, count * 4500, None], RowKind.TOTAL)
    found = drawn.located()
    assert found.header_rows == tuple(range(top, top + height))
    assert found.body == (top + height, last + total)
    assert (found.height, found.record_rows) == (height, tuple(range(top + height, last + 1, height)))
    expected = {(1, 0, "编号"), *((c + 2, line, labels[line][c]) for line in range(height) for c in range(3))}
    assert {(c.index - at[1], c.line, c.header) for c in found.columns} == expected


@settings(max_examples=60, deadline=None)
@given(at=where, counts=st.lists(st.integers(2, 7), min_size=2, max_size=3), gap=st.integers(0, 2))
def test_lists_beside_each_other_come_back_as_many(*, at: tuple[int, int], counts: list[int], gap: int) -> None:
    """With or without blank columns between them, of whatever lengths: each has its own columns and last row."""
    width = 3 + gap
    rows: list[list[object]] = [[None] * at[1] for _ in range(at[0] + 1 + max(counts))]
    for count in counts:
        for n, row in enumerate(rows[at[0] :]):
            record = [n, f"张{n}", n * 10] if n <= count else [None] * 3
            row.extend([*(["序号", "姓名", "金额"] if n == 0 else record), *[None] * gap])
    rows[: at[0]] = [[] for _ in range(at[0])]
    tables = locate_tables(grid_of(rows), "表.xlsx")
    assert [(t.range.left - at[1], t.range.right - at[1], t.body) for t in tables] == [
        (1 + n * width, 3 + n * width, (at[0] + 2, at[0] + 1 + count)) for n, count in enumerate(counts)
    ]
    assert all(explain_rows(table)[-1].kind == "record" for table in tables)
