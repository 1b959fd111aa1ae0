"""A description of a blank form: which cell takes what, which table takes which ledger's rows."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from houqin.errors import BadDescription
from houqin.forms.entry import Entry
from houqin.model import Range
from houqin.package import cell_at

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRETCH = re.compile(r"(\d{1,7})(?:\s*[:：\-]\s*(\d{1,7}))?")
_NOWHERE = Range(1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class CellFill:
    """A cell and the text that it takes, with {…} for what changes."""

    place: str  # where the description says it, for messages
    sheet: str
    cell: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Groups:
    """How a list is parted: by which field, which rows of the blank heading and subtotal look like (0 for none).

    `heading` and `subtotal` are header -> text with {group} and {count}; `sum` adds the column up.
    """

    field: str
    heading_row: int
    subtotal_row: int
    heading: Mapping[str, str]
    subtotal: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableFill:
    """A list: the rows of `body` take a ledger's rows, more are put in where they do not suffice.

    `columns` are header -> what goes there. With `match` the rows are there already: each takes the record whose field
    says what stands under a header.
    """

    place: str
    sheet: str
    form: str
    header: tuple[int, int]
    body: tuple[int, int]
    columns: Mapping[str, str]
    where: str = ""
    order: tuple[str, ...] = ()
    latest: str = ""
    match: tuple[str, str] = ("", "")  # header, field
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # label -> what ledgers call it
    skip: tuple[str, ...] = ()  # labels that need no row of their own: totals
    groups: Groups | None = None  # the rows of one word each together, under a heading, with a subtotal

    @property
    def sample(self) -> int:
        """The blank row that the records look like."""
        others = (self.groups.heading_row, self.groups.subtotal_row) if self.groups else ()
        return next((row for row in range(self.body[0], self.body[1] + 1) if row not in others), self.body[0])


@dataclass(frozen=True, slots=True)
class MatrixFill:
    """A crossing of words: row labels left of the area, column headers above it, a sum in each cell.

    What fits no label goes into the column `rest`, where there is one.
    """

    place: str
    sheet: str
    form: str
    area: Range
    row: str
    column: str
    value: str
    labels: int  # the column of the row labels
    head: int  # the row of the column headers
    where: str = ""
    rest: str = ""
    grows: bool = False  # row labels are written, a row each, and rows put in


@dataclass(frozen=True, slots=True)
class EachFill:
    """One sheet of the blank for each word of a field: the sheet, whose rows say the words, the copies' names."""

    place: str
    sheet: str
    form: str
    by: str
    name: str = "{group}"
    where: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a form takes; `workbook` is the blank's file name, `needs` the ledgers without which it is not filled."""

    name: str
    title: str
    workbook: str
    needs: tuple[str, ...]
    cells: tuple[CellFill, ...]
    tables: tuple[TableFill, ...]
    matrices: tuple[MatrixFill, ...]
    each: EachFill | None = None
    problems: list[str] = field(default_factory=list, compare=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """The ledgers whose rows stand in it."""
        own = [*(each.form for each in self.tables), *(each.form for each in self.matrices)]
        return tuple(dict.fromkeys([*self.needs, *own]))


def read_description(text: str, name: str) -> Description:
    """Read a description; what is wrong is kept in `problems`, to be told with what the blank shows to be wrong.

    `text` is TOML with a table [fill]; BadDescription where it is none at all.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadDescription([f"《{name}》不是合规的 TOML：{fault}。"]) from fault
    problems: list[str] = []
    whole = Entry(document, name, "", problems)
    if "fill" not in document:
        raise BadDescription([f"《{name}》里没有 [fill]，不知道要填什么。"])
    entry = whole.table("fill")
    made = Description(
        name, entry.text("title", needed=True), entry.text("workbook"), entry.texts("needs"),
        tuple(_cell(each) for each in entry.tables("cell")),
        tuple(_table(each) for each in entry.tables("table")),
        tuple(_matrix(each) for each in entry.tables("matrix")),
        _each(entry),
        problems,
    )  # fmt: skip
    entry.close()
    if not (made.cells or made.tables or made.matrices):
        problems.append(f"《{name}》[fill] 里没有 [[fill.cell]]、[[fill.table]]、[[fill.matrix]]，没有要填的。")
    return made


_Made = TypeVar("_Made")


def _closed(entry: Entry, made: _Made) -> _Made:
    entry.close()
    return made


def _cell(entry: Entry) -> CellFill:
    return _closed(
        entry,
        CellFill(entry.place, entry.text("sheet"), _address(entry, "cell"), entry.text("text", needed=True)),
    )


def _table(entry: Entry) -> TableFill:
    columns = entry.table("columns")
    matched = entry.table("match")
    pairs = [(header, matched.text(header)) for header in matched.data]
    if len(pairs) > 1:
        entry.wrong("match", '只能写一列，例如 match = { "项目" = "item" }。')
    made = TableFill(
        entry.place, entry.text("sheet"), entry.text("form", needed=True), _rows(entry, "header"),
        _rows(entry, "rows"), {header: columns.text(header) for header in columns.data}, entry.text("where"),
        entry.texts("order"), entry.text("latest"), pairs[0] if pairs else ("", ""),
        entry.spellings("names"), entry.texts("skip"), _groups(entry),
    )  # fmt: skip
    if made.groups:
        _check_groups(made, made.groups, entry)
    if not made.columns:
        entry.wrong("columns", '没有写哪一列填什么，例如 columns = { "物品名称" = "name" }。')
    return _closed(entry, made)


def _each(entry: Entry) -> EachFill | None:
    if "each" not in entry.data:
        entry.table("each")
        return None
    inner = entry.table("each")
    return _closed(inner, EachFill(
        "[fill.each]", inner.text("sheet"), inner.text("form", needed=True), inner.text("by", needed=True),
        inner.text("name", "{group}"), inner.text("where"),
    ))  # fmt: skip


def _groups(entry: Entry) -> Groups | None:
    """Read how a list is parted, where it is."""
    heading, subtotal = entry.table("heading"), entry.table("subtotal")
    field = entry.text("group")
    heading_row, subtotal_row = _row(entry, "heading_row"), _row(entry, "subtotal_row")
    if not field:
        if heading.data or subtotal.data or heading_row or subtotal_row:
            entry.wrong("group", '写了分组的标题或小计，没有写按哪个字段分组，例如 group = "grade"。')
        return None
    return Groups(
        field, heading_row, subtotal_row, {header: heading.text(header) for header in heading.data},
        {header: subtotal.text(header) for header in subtotal.data},
    )  # fmt: skip


def _check_groups(table: TableFill, groups: Groups, entry: Entry) -> None:
    first, last = table.body
    for key, row, texts in (("heading", groups.heading_row, groups.heading),
                            ("subtotal", groups.subtotal_row, groups.subtotal)):  # fmt: skip
        if row and not first <= row <= last:
            entry.wrong(f"{key}_row", f"要在 rows（第 {first} 至 {last} 行）里，找到的是 {row}。")
        if bool(row) != bool(texts):
            entry.wrong(key, f"{key}_row（照空白表的哪一行）和 {key}（哪一列写什么）要一起写。")
    if groups.heading_row and groups.heading_row == groups.subtotal_row:
        entry.wrong("subtotal_row", "标题和小计不能照同一行。")
    if table.match[0]:
        entry.wrong("group", "行是固定的（match），不能再分组。")
    if table.sample in (groups.heading_row, groups.subtotal_row):
        entry.wrong("rows", "除了标题和小计，至少还要有一行照着填记录。")


def _row(entry: Entry, key: str) -> int:
    text = entry.text(key)
    if text and not text.isdigit():
        entry.wrong(key, f"“{text}”不是行号。")
    return int(text) if text.isdigit() else 0


def _matrix(entry: Entry) -> MatrixFill:
    first, _, last = entry.text("area", needed=True).partition(":")
    start, end = cell_at(first), cell_at(last or first)
    if start is None or end is None or end < start:
        entry.wrong("area", "要写左上角和右下角的格子，例如 C5:M7。")
    area = Range(*start, *end) if start and end else _NOWHERE
    labels = cell_at(f"{entry.text('labels', 'A')}1")
    if labels is None or labels[1] >= area.left:
        entry.wrong("labels", '行的名称要在 area 左边的一列，例如 labels = "A"。')
    return _closed(entry, MatrixFill(
        entry.place, entry.text("sheet"), entry.text("form", needed=True), area, entry.text("row", needed=True),
        entry.text("column", needed=True), entry.text("value", needed=True), labels[1] if labels else 1,
        _rows(entry, "head")[0], entry.text("where"), entry.text("rest"), entry.flag("grows", default=False),
    ))  # fmt: skip


def _address(entry: Entry, key: str) -> tuple[int, int]:
    text = entry.text(key, needed=True)
    at = cell_at(text.upper())
    if at is None and text:
        entry.wrong(key, f"“{text}”不是格子，要写成 B3 这样。")
    return at or (1, 1)


def _rows(entry: Entry, key: str) -> tuple[int, int]:
    """Read 5 or 5:24."""
    text = entry.text(key, needed=True)
    found = _STRETCH.fullmatch(text.strip())
    if found is None or int(found[1]) < 1 or int(found[2] or found[1]) < int(found[1]):
        if text:
            entry.wrong(key, f'“{text}”不是行号，要写成 5 或 "5:24"。')
        return 1, 1
    return int(found[1]), int(found[2] or found[1])
