"""The workbooks of the year as an office keeps them, with an index of what stands where: the truth of every cell."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from example.paper import Formula, Paper, write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

Record = dict[str, object]
STYLES = {"money": "money", "text": "body", "left": "left", "date": "date", "number": "number", "percent": "percent"}


def money(fen: int | None) -> Decimal | None:
    """Write fen as 元; nothing where there is none."""
    return None if fen is None else Decimal(fen) / 100


def some(fen: int) -> Decimal | None:
    """Write fen as 元, a blank for nothing."""
    return money(fen) if fen else None


@dataclass(frozen=True)
class Column:
    """A column: its field, its header (levels parted by /), how its cells look, its width; "" is a field of no form."""

    field: str
    header: str
    look: str = "text"
    width: float = 12


@dataclass(frozen=True)
class Written:
    """A record as it was written: where, and by which column each field."""

    form: str
    file: str
    sheet: str
    row: int
    columns: Mapping[str, int]
    values: Mapping[str, object]

    def cell(self, name: str) -> str:
        """Give the A1 address of a field."""
        return f"{letters(self.columns[name])}{self.row}"


@dataclass
class Table:
    """What `Office.table` lays out, from the title down to the footers."""

    form: str
    title: str
    columns: Sequence[Column]
    records: Sequence[Record]
    infos: Sequence[str] = ()
    totals: Sequence[str] = ()
    label: str = "合计"
    footers: Sequence[str] = ("制表人：　　　　审核人：　　　　负责人：",)
    before: Sequence[Record] = ()  # rows that are no records: 上年结转
    skips: Mapping[int, Record] = field(default_factory=dict)  # rows that are no records, above that record
    landscape: bool = True


@dataclass
class Office:
    """All workbooks by file name, and the index of their records."""

    books: dict[str, list[Paper]] = field(default_factory=dict)
    written: list[Written] = field(default_factory=list)

    def table(self, file: str, sheet: str, made: Table) -> None:
        """Lay a table on a new sheet of a workbook."""
        paper = Paper(sheet, landscape=made.landscape)
        self.books.setdefault(file, []).append(paper)
        last = len(made.columns)
        paper.merge((1, 1, 1, last), made.title, "title")
        row = _infos(paper, made.infos, last)
        row = _head(paper, made.columns, row)
        top = row
        for record in made.before:
            row = _line(paper, made.columns, record, row)
        first = row
        for at, record in enumerate(made.records):
            if at in made.skips:
                row = _line(paper, made.columns, made.skips[at], row, style="total")
            places = {c.field: n for n, c in enumerate(made.columns, 1) if c.field}
            self.written.append(Written(made.form, file, sheet, row, places, record))
            row = _line(paper, made.columns, record, row)
        if len(made.records) in made.skips:
            row = _line(paper, made.columns, made.skips[len(made.records)], row, style="total")
        if made.totals:
            row = _total(paper, made, row, first if not made.before else top)
        for text in made.footers:
            paper.merge((row, 1, row, last), text, "foot")
            row += 1
        paper.widths = {n: c.width for n, c in enumerate(made.columns, 1)}
        paper.heights = {1: 28}

    def find(self, form: str, where: Callable[[Mapping[str, object]], bool] | None = None, **values: object) -> Written:
        """Give the first record of a form with these values."""
        return next(iter(self.all(form, where, **values)))

    def all(
        self, form: str, where: Callable[[Mapping[str, object]], bool] | None = None, **values: object
    ) -> list[Written]:
        """Give the records of a form with these values."""
        return [
            each
            for each in self.written
            if each.form == form
            and all(each.values.get(name) == value for name, value in values.items())
            and (where is None or where(each.values))
        ]

    def paper(self, written: Written) -> Paper:
        """Give the sheet of a record."""
        return next(paper for paper in self.books[written.file] if paper.name == written.sheet)

    def put(self, written: Written, name: str, value: object) -> tuple[str, str, str]:
        """Change a cell of a record; give file, sheet and cell."""
        paper, at = self.paper(written), (written.row, written.columns[name])
        paper.cells[at] = (value, paper.cells[at][1])
        return written.file, written.sheet, written.cell(name)

    def drop(self, written: Written) -> None:
        """Take a record out of its sheet, as one who deletes the row: what is below moves up."""
        paper, row = self.paper(written), written.row
        paper.cells = {
            (r - (r > row), c): _moved(value, row) for (r, c), value in paper.cells.items() if r != row
        }
        paper.merges = [(t - (t > row), le, b - (b > row), r) for t, le, b, r in paper.merges]

    def repeat(self, written: Written, **changed: object) -> tuple[str, str, int]:
        """Write a record a second time right below itself; give file, sheet and the new row."""
        paper, row = self.paper(written), written.row
        own = {c: cell for (r, c), cell in paper.cells.items() if r == row}
        paper.cells = {(r + (r > row), c): value for (r, c), value in paper.cells.items()}
        paper.merges = [(t + (t > row), le, b + (b > row), r) for t, le, b, r in paper.merges]
        for column, cell in own.items():
            paper.cells[row + 1, column] = cell
        for name, value in changed.items():
            at = (row + 1, written.columns[name])
            paper.cells[at] = (value, paper.cells[at][1])
        return written.file, written.sheet, row + 1

    def copy(self, files: Iterable[str]) -> Office:
        """Give an office of its own with some of the workbooks, to be spoilt."""
        kept = set(files)
        return Office({f: deepcopy(p) for f, p in self.books.items() if f in kept}, self.written)

    def write(self, folder: Path, files: Iterable[str] | None = None) -> None:
        """Write workbooks."""
        for file in self.books if files is None else files:
            write_xlsx(folder / file, *self.books[file])


def letters(column: int) -> str:
    """Give the letters of a column counted from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _moved(cell: tuple[object, str], row: int) -> tuple[object, str]:
    """Leave a sum as it was computed: a clerk's total does not follow a row that is gone by hand."""
    value, style = cell
    return (value.value, style) if isinstance(value, Formula) and row else cell


def _infos(paper: Paper, infos: Sequence[str], last: int) -> int:
    if not infos:
        return 2
    half = max(last // 2, 1)
    if len(infos) == 1 or half == last:
        paper.merge((2, 1, 2, last), "　　".join(infos), "info")
    else:
        paper.merge((2, 1, 2, half), infos[0], "info")
        paper.merge((2, half + 1, 2, last), "　　".join(infos[1:]), "right")
    return 3


def _head(paper: Paper, columns: Sequence[Column], row: int) -> int:
    """Write one row of headers, or two where a header has two levels."""
    paths = [column.header.split("/") for column in columns]
    if max(len(path) for path in paths) == 1:
        paper.line(row, [path[0] for path in paths], "head")
        return row + 1
    at = 0
    while at < len(paths):
        if len(paths[at]) == 1:
            paper.merge((row, at + 1, row + 1, at + 1), paths[at][0])
            at += 1
            continue
        end = at
        while end < len(paths) and len(paths[end]) > 1 and paths[end][0] == paths[at][0]:
            paper.put(row + 1, end + 1, paths[end][1], "head")
            end += 1
        paper.merge((row, at + 1, row, end), paths[at][0])
        at = end
    return row + 2


def _line(paper: Paper, columns: Sequence[Column], record: Record, row: int, *, style: str = "") -> int:
    for column, each in enumerate(columns, 1):
        value = record.get(each.field or each.header)
        look = STYLES[each.look]
        if style:
            look = "total-money" if each.look == "money" else style
        elif look == "date" and not isinstance(value, date):
            look = "body"
        paper.put(row, column, value, look)
    return row + 1


def _total(paper: Paper, made: Table, row: int, first: int) -> int:
    label = next(n for n, c in enumerate(made.columns, 1) if c.look in {"text", "left"} and c.field != "seq")
    for column, each in enumerate(made.columns, 1):
        if each.field in made.totals:
            added = sum((Decimal(str(r[each.field])) for r in made.records if r.get(each.field) is not None), Decimal(0))
            letter = letters(column)
            paper.put(row, column, Formula(f"=SUM({letter}{first}:{letter}{row - 1})", added), "total-money")
        else:
            paper.put(row, column, made.label if column == label else None, "total")
    return row + 1
