"""Filled-in forms laid out as offices lay them out, with the truth of every cell; all from one seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import xlsxwriter
from generated.words import BLANK, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from random import Random

Record = dict[str, Said]
FIXED = "2025-09-01"


@dataclass(frozen=True)
class Column:
    """A column: its field (None: one that no form knows), its spellings (levels parted by /), and how often it is there."""

    field: str | None
    headers: Sequence[str]
    chance: float = 1.0
    fill: Callable[[Random, int], object] | None = None  # of a column without a field: what stands in it
    width: float = 12


@dataclass(frozen=True)
class Defect:
    """A mistake that a check must find: `spoil` changes records and gives the position of the record to be blamed.

    A finding of one of `codes` must name the cell of `field` of that record (its place, or one of its related places).
    None from `spoil` says that there is no record to spoil. `needs` are the fields whose columns must be there.
    """

    name: str
    codes: Sequence[str]
    field: str
    spoil: Callable[[list[Record], Random], int | None]
    needs: Sequence[str] = ()


@dataclass
class Form:
    """What a maker gives: the form in one of its layouts, its records as they should become, and what may be spoilt."""

    form: str
    titles: Sequence[str]
    columns: Sequence[Column]
    records: list[Record]
    totals: Sequence[str] = ()
    infos: Sequence[str] = ()
    unit: str = ""  # 元 where a 单位：元 line may stand
    defects: Sequence[Defect] = ()
    sheet: str = "Sheet1"
    footers: Sequence[str] = ("制表人：　　　审核人：　　　负责人：",)
    context: dict[str, str] = field(default_factory=dict)  # field -> canonical value that all records have from a line
    merged: Sequence[str] = ()  # fields written once for equal neighbours, in cells merged downward
    groups: str = ""  # the field whose value stands in a row of its own above each run of records
    # Of a matrix: the columns "@…" of its inner cells, and what their headers say; `value` is the field of the cells.
    # A column "+…" is written from the records and is no field: 合计.
    across: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    value: str = ""
    values: Mapping[str, str] = field(default_factory=dict)  # inner column -> its own field, where not all have `value`
    number_heads: bool = False  # whether headers of digits are numbers
    typed_groups: bool = False  # whether a label over several columns is typed into the first of them, not merged
    titled: bool = False  # whether the title says something that must be known, and so always stands there
    # Rows that are no records (上年结转, 本月合计), each before the record of that position: field -> what is written.
    extras: Mapping[int, Sequence[Mapping[str, object]]] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)
    group_sums: dict[str, dict[str, Decimal]] = field(default_factory=dict)


@dataclass
class Truth:
    """What should come out of one workbook."""

    file: str
    form: str
    columns: dict[str, str | None]  # letter -> field
    records: list[tuple[int, dict[str, str | None]]]  # row, field -> canonical text
    planted: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)  # name, codes, A1 cell
    cells: int = 0
    sheet: str = "Sheet1"
    inner: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)  # of a matrix: cell, field -> text


def write_form(path: Path, made: Form, rng: Random, *, spoilt: int = 0) -> Truth:
    """Write a filled-in form into a workbook in a random layout, with so many defects; give its truth."""
    return write_forms(path, [made], rng, spoilt=spoilt)[0]


def write_forms(path: Path, forms: Sequence[Form], rng: Random, *, spoilt: int = 0) -> list[Truth]:
    """Write several forms into one workbook, those of one sheet below one another; the first has the defects."""
    truths, rows = [], dict[str, int]()
    with xlsxwriter.Workbook(str(path)) as book:
        for number, made in enumerate(forms):
            columns = [c for c in made.columns if c.chance >= 1 or rng.random() < c.chance]
            present = {c.field for c in columns} | set(made.context)
            made.sums = {name: _sum(made.records, name) for name in made.totals}  # what was right before it was spoilt
            made.group_sums = _group_sums(made)
            planted = _plant(made, present, rng, 0 if number else spoilt)
            writer = _Writer(book, made, columns, rng, rows.get(made.sheet))
            truths.append(writer.write(path.name, planted))
            rows[made.sheet] = writer.row + rng.randint(1, 3)
    return truths


def _group_sums(made: Form) -> dict[str, dict[str, Decimal]]:
    """Add up each run of records under a row of its own."""
    if not made.groups:
        return {}
    words = {str(record[made.groups].said) for record in made.records}
    within = {word: [r for r in made.records if r[made.groups].said == word] for word in words}
    return {word: {name: _sum(rows, name) for name in made.totals} for word, rows in within.items()}


def _plant(made: Form, present: set[str | None], rng: Random, count: int) -> list[tuple[Defect, int]]:
    """Spoil records, each at most once."""
    planted: list[tuple[Defect, int]] = []
    possible = [d for d in made.defects if {d.field, *d.needs} <= present]
    rng.shuffle(possible)
    for defect in possible[:count]:
        before = [dict(record) for record in made.records]
        try:
            at = defect.spoil(made.records, rng)
        except (InvalidOperation, ValueError):  # a figure or a day that was spoilt before
            made.records[:] = before
            continue
        if at is not None and any(other == at for _, other in planted):
            made.records[:] = before  # two mistakes in one row blame each other
        elif at is not None:
            planted.append((defect, at))
    return planted


class _Writer:
    """Writes one sheet."""

    def __init__(
        self, book: xlsxwriter.Workbook, made: Form, columns: Sequence[Column], rng: Random, below: int | None = None
    ) -> None:
        self.book, self.made, self.columns, self.rng = book, made, list(columns), rng
        self.sheet = book.get_worksheet_by_name(made.sheet) or book.add_worksheet(made.sheet)
        self.left = 0 if below is not None else rng.choice([0, 0, 0, 0, 1])
        self.row = below if below is not None else rng.choice([0, 0, 0, 1])
        self.header_at = 0
        self.names: list[str] = []
        self.border = book.add_format({"border": 1})
        self.bold = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        self.title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        self.formats: dict[str, object] = {}

    def write(self, file: str, planted: list[tuple[Defect, int]]) -> Truth:
        """Lay all out, from the title to the signatures."""
        self._preamble()
        self.names = [self._spelt(column) for column in self.columns]
        self.header_at = self.row
        self._header()
        rows = self._body()
        self._merge(rows)
        self._total()
        self._footer()
        fields = [c.field for c in self.columns]
        letters = {xlsxwriter.utility.xl_col_to_name(self.left + i): f for i, f in enumerate(fields)}
        letter_of = {f: letter for letter, f in letters.items() if f}
        cells = [
            (d.name, tuple(d.codes), f"{letter_of[d.field]}{rows[at]}") for d, at in planted if d.field in letter_of
        ]
        truth = Truth(file, self.made.form, self._fields(letters), [], cells, len(rows) * len(fields), self.made.sheet)
        own = [f for f in [*fields, self.made.groups] if f and f[0] not in "@+"]
        said = [{f: r.get(f, BLANK).said for f in own} | _beside(r) | self.made.context for r in self.made.records]
        if not self.made.across:
            truth.records = list(zip(rows, said, strict=True))
        for row, record, common in zip(rows, self.made.records, said, strict=True):
            for name, values in self.made.across.items():
                inner = record.get(name, BLANK).said
                if inner is not None and inner != "0":
                    value = self.made.values.get(name, self.made.value)
                    truth.inner.append((f"{letter_of[name]}{row}", common | dict(values) | {value: inner}))
        return truth

    def _fields(self, letters: dict[str, str | None]) -> dict[str, str | None]:
        """Say the fields of the columns: inner cells are of the value, what stands beside them is of none."""
        value = {"@": self.made.value, "+": None}
        return {c: self.made.values.get(f, value.get(f[0], f)) if f else None for c, f in letters.items()}

    def _across(self, text: str, style: object = None) -> None:
        last = self.left + len(self.columns) - 1
        if last > self.left and self.rng.random() < 0.8:
            self.sheet.merge_range(self.row, self.left, self.row, last, text, style)
        else:
            self.sheet.write(self.row, self.left, text, style)
        self.row += 1

    def _preamble(self) -> None:
        made, rng = self.made, self.rng
        if made.titles and (made.titled or rng.random() < 0.9):
            if rng.random() < 0.2:
                self._across("示例中学", self.title)
            self._across(rng.choice(list(made.titles)), self.title)
        for info in made.infos:
            self._across(info)
        if made.unit and rng.random() < 0.6:
            self.sheet.write(self.row, self.left + len(self.columns) - 1, f"单位：{made.unit}")
            self.row += 1

    def _header(self) -> None:
        names = self.names
        deep = max(name.count("/") for name in names) + 1
        for level in range(deep):
            at = 0
            while at < len(names):
                parts = names[at].split("/")
                text = parts[level] if level < len(parts) else None
                end = at
                if level < len(parts) - 1:
                    while end + 1 < len(names) and names[end + 1].split("/")[: level + 1] == parts[: level + 1]:
                        end += 1
                self._head_cell(level, deep, at, end, text, is_last=level == len(parts) - 1)
                at = end + 1
        self.row += deep

    def _head_cell(self, level: int, deep: int, at: int, end: int, text: str | None, *, is_last: bool) -> None:
        row, first, last = self.row + level, self.left + at, self.left + end
        if text is None:
            return
        bottom = self.row + deep - 1 if is_last else row
        said = int(text) if self.made.number_heads and text.isdigit() else text
        if (row, first) != (bottom, last) and not (self.made.typed_groups and row == bottom):
            self.sheet.merge_range(row, first, bottom, last, said, self.bold)
        else:
            self.sheet.write(row, first, said, self.bold)

    def _spelt(self, column: Column) -> str:
        """Choose a spelling, and write it as people do: blanks within, a star, a line break before the unit."""
        name, roll = self.rng.choice(list(column.headers)), self.rng.random()
        if column.field and column.field[0] == "@":
            return name  # nobody spaces or stars a day, a class or a size
        if len(name) == 2 and roll < 0.12:
            return f"{name[0]}  {name[1]}"
        if roll > 0.97 and "/" not in name:
            return f"*{name}"
        return name.replace("（", "\n（") if roll > 0.9 else name

    def _body(self) -> list[int]:
        rng, rows = self.rng, []
        page = rng.randint(6, 20) if rng.random() < 0.08 and len(self.made.records) > 12 else 0
        with_subtotals, word = rng.random() < 0.5, ""
        for number, record in enumerate(self.made.records):
            if page and number and number % page == 0:
                self._header()  # once more on each page
            elif number and rng.random() < 0.015:
                self.row += 1  # a blank row between
            self._extra_rows(number)
            if self.made.groups and (said := str(record[self.made.groups].said)) != word:
                self._subtotal(word, wanted=with_subtotals)
                word = said
                self._group_row(record[self.made.groups])
            for i, column in enumerate(self.columns):
                said_here = (
                    record.get(column.field, BLANK) if column.field else Said(self._filled(column, number), None)
                )
                self._cell(self.left + i, said_here)
            rows.append(self.row + 1)
            self.row += 1
        self._subtotal(word, wanted=with_subtotals)
        self._extra_rows(len(self.made.records))
        return rows

    def _extra_rows(self, number: int) -> None:
        """Write what stands before a record and is none."""
        for extra in self.made.extras.get(number, ()):
            for i, column in enumerate(self.columns):
                said = extra.get(str(column.field))
                if said is None:
                    self.sheet.write_blank(self.row, self.left + i, None, self.border)
                else:
                    self.sheet.write(self.row, self.left + i, said, self.border)
            self.row += 1

    def _group_row(self, said: Said) -> None:
        """Write what a run of records has in common above it, across the table or in its first cell."""
        last = self.left + len(self.columns) - 1
        if last > self.left and self.rng.random() < 0.5:
            self.sheet.merge_range(self.row, self.left, self.row, last, said.written, self.border)
        else:
            self.sheet.write(self.row, self.left, said.written, self.border)
        self.row += 1

    def _subtotal(self, word: str, *, wanted: bool) -> None:
        if word and wanted and any(c.field in self.made.totals for c in self.columns):
            self._sums("小计", self.made.group_sums[word])

    def _merge(self, rows: Sequence[int]) -> None:
        """Merge equal neighbours downward, where no other row lies between them."""
        for i, column in enumerate(self.columns):
            if column.field not in self.made.merged:
                continue
            said = [record.get(str(column.field), BLANK).written for record in self.made.records]
            start = 0
            for end in range(1, len(rows) + 1):
                if end < len(rows) and said[end] == said[start] and rows[end] == rows[start] + end - start:
                    continue
                if end - start > 1:
                    at = self.left + i
                    self.sheet.merge_range(rows[start] - 1, at, rows[end - 1] - 1, at, said[start], self.border)
                start = end

    def _filled(self, column: Column, number: int) -> object:
        return column.fill(self.rng, number) if column.fill else None

    def _cell(self, column: int, said: Said) -> None:
        style = self.border
        if said.style:
            style = self.formats.setdefault(said.style, self.book.add_format({"border": 1, "num_format": said.style}))
        if said.written is None:
            self.sheet.write_blank(self.row, column, None, self.border)
        elif isinstance(said.written, str):
            self.sheet.write_string(self.row, column, said.written, style)
        else:
            self.sheet.write(self.row, column, said.written, style)

    def _total(self) -> None:
        made, rng = self.made, self.rng
        summed = [c.field for c in self.columns if c.field in made.totals]
        if not summed or rng.random() < 0.4:
            return
        self._sums(rng.choice(["合计", "合  计", "总计"]), made.sums)

    def _sums(self, label: str, sums: dict[str, Decimal]) -> None:
        first = next(i for i, c in enumerate(self.columns) if c.field not in self.made.totals)
        self.sheet.write(self.row, self.left + first, label, self.border)
        for i, column in enumerate(self.columns):
            if column.field in self.made.totals:
                self.sheet.write(self.row, self.left + i, float(sums[column.field]), self.border)
        self.row += 1

    def _footer(self) -> None:
        if self.made.footers and self.rng.random() < 0.5:
            self.sheet.write(self.row, self.left, self.rng.choice(list(self.made.footers)))
            self.row += 1


def _beside(record: Record) -> dict[str, str | None]:
    """Give what a cell means for another field than its column's: "=field" of a record is in no column."""
    return {name[1:]: said.said for name, said in record.items() if name[0] == "="}


def _sum(records: Sequence[Record], name: str) -> Decimal:
    total = Decimal(0)
    for record in records:
        try:
            total += Decimal(record.get(name, BLANK).said or 0)
        except InvalidOperation:
            continue
    return total
