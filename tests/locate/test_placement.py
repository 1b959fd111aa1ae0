"""Any small table comes back whole, wherever it stands and whatever stands around it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from houqin.locate import locate_tables
from houqin.model import Range, RowKind, grid_of

HEADERS = ["序号", "名称", "规格", "单位", "数量", "单价", "金额", "备注"]
GOODS = ["粉笔", "抹布", "拖把", "水桶", "垃圾袋", "A4纸"]

records = st.lists(
    st.tuples(st.sampled_from(GOODS), st.integers(0, 999), st.sampled_from(["", "新", "旧"])), min_size=2, max_size=8
)


def _rows(table: list[tuple[str, int, str]], *, total: bool) -> list[list[object]]:
    rows: list[list[object]] = [
        [n, name, "普通", "个", quantity, 2.5, quantity * 2.5, remark or None]
        for n, (name, quantity, remark) in enumerate(table, 1)
    ]
    if total:
        rows.append(["合 计", None, None, None, None, None, sum(q * 2.5 for _, q, _ in table), None])
    return [list(HEADERS), *rows]


@settings(max_examples=60, deadline=None)
@given(
    table=records,
    down=st.integers(0, 5),
    right=st.integers(0, 4),
    title=st.booleans(),
    info=st.booleans(),
    total=st.booleans(),
    footer=st.booleans(),
)
def test_a_table_is_found_wherever_it_stands(
    *, table: list[tuple[str, int, str]], down: int, right: int, title: bool, info: bool, total: bool, footer: bool
) -> None:
    """Position, title, information line, total and signatures change neither header nor body nor columns."""
    above: list[list[object]] = [[]] * down
    above += [["示例中学物品登记表"]] if title else []
    above += [["填报单位：后勤", None, None, None, None, None, "单位：元"]] if info else []
    below: list[list[object]] = [["制表人：张三", None, "审核人：李四"]] if footer else []
    rows = above + _rows(table, total=total) + below
    head = len(above) + 1
    merges = [Range(down + 1, right + 1, down + 1, right + 8)] if title else []
    (found,) = locate_tables(grid_of([[None] * right + row for row in rows], merges=merges), "表.xlsx")
    assert found.header_rows == (head,)
    assert found.body == (head + 1, head + len(table) + total)
    assert [column.index for column in found.columns] == [right + 1 + n for n in range(8)]
    assert dict(found.skipped) == ({head + len(table) + 1: RowKind.TOTAL} if total else {})


cells = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(
        ["合计", "小计", "名称", "数量", "班级：", "一、办公", "注：", "序号", "（大写）", "12", "上年结转"]
    ),
    st.text(max_size=6),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(cells, max_size=7), max_size=12), merge=st.tuples(*[st.integers(1, 8)] * 4))
def test_whatever_a_sheet_holds_the_answer_is_sound(
    *, rows: list[list[object]], merge: tuple[int, int, int, int]
) -> None:
    """Nothing raises; tables lie within the sheet, or where its merges reach past it, and share no cell."""
    top, bottom = sorted(merge[:2])
    left, right = sorted(merge[2:])
    grid = grid_of(rows, merges=[Range(top, left, bottom, right)])
    seen: set[tuple[int, int]] = set()
    for table in locate_tables(grid, "表.xlsx"):
        area = table.range
        assert 1 <= area.top <= area.bottom <= max(grid.rows, bottom)
        assert 1 <= area.left <= area.right <= grid.columns
        assert not table.header_rows or table.body[0] == table.header_rows[-1] + 1
        assert all(table.body[0] <= row <= table.body[1] for row in table.skipped)
        own = {(r, c.index) for r in range(area.top, table.body[1] + 1) for c in table.columns}
        assert not own & seen
        seen |= own
