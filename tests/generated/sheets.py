"""Filled-in forms laid out as offices lay them out, with the truth of every cell; all from one seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import xlsxwriter
from generated.words import BLANK, Said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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
    sums: dict[str, Decimal] = field(default_factory=dict)


@dataclass
class Truth:
    """What should come out of one workbook."""

    file: str
    form: str
    columns: dict[str, str | None]  # letter -> field
    records: list[tuple[int, dict[str, str | None]]]  # row, field -> canonical text
    planted: list[tuple[str, tuple[str, ...], str]] = field(default_factory=list)  # name, codes, A1 cell
    cells: int = 0


def write_form(path: Path, made: Form, rng: Random, *, spoilt: int = 0) -> Truth:
    """Write a filled-in form into a workbook in a random layout, with so many defects; give its truth."""
    columns = [c for c in made.columns if c.chance >= 1 or rng.random() < c.chance]
    present = {c.field for c in columns} | set(made.context)
    made.sums = {name: _sum(made.records, name) for name in made.totals}  # what was right before it was spoilt
    planted = _plant(made, present, rng, spoilt)
    with xlsxwriter.Workbook(str(path)) as book:
        return _Writer(book, made, columns, rng).write(path.name, planted)


def _plant(made: Form, present: set[str | None], rng: Random, count: int) -> list[tuple[Defect, int]]:
    """Spoil records, each at most once."""
    planted: list[tuple[Defect, int]] = []
    possible = [d for d in made.defects if {d.field, *d.needs} <= present]
    rng.shuffle(possible)
    for defect in possible[:count]:
        before = [dict(record) for record in made.records]
        at = defect.spoil(made.records, rng)
        if at is not None and any(other == at for _, other in planted):
            made.records[:] = before  # two mistakes in one row blame each other
        elif at is not None:
            planted.append((defect, at))
    return planted


class _Writer:
    """Writes one sheet."""

    def __init__(self, book: xlsxwriter.Workbook, made: Form, columns: Sequence[Column], rng: Random) -> None:
        self.book, self.made, self.columns, self.rng = book, made, list(columns), rng
        self.sheet = book.add_worksheet(made.sheet)
        self.left = rng.choice([0, 0, 0, 0, 1])
        self.row = rng.choice([0, 0, 0, 1])
        self.border = book.add_format({"border": 1})
        self.bold = book.add_format({"bold": True, "align": "center", "border": 1, "text_wrap": True})
        self.title = book.add_format({"bold": True, "align": "center", "font_size": 16})
        self.formats: dict[str, object] = {}

    def write(self, file: str, planted: list[tuple[Defect, int]]) -> Truth:
        """Lay all out, from the title to the signatures."""
        self._preamble()
        header_at = self.row
        self._header()
        rows = self._body()
        self._total()
        self._footer()
        fields = [c.field for c in self.columns]
        letters = {xlsxwriter.utility.xl_col_to_name(self.left + i): f for i, f in enumerate(fields)}
        letter_of = {f: letter for letter, f in letters.items() if f}
        records = [
            (rows[i], {f: r.get(f, BLANK).said for f in fields if f} | self.made.context)
            for i, r in enumerate(self.made.records)
        ]
        cells = [(d.name, tuple(d.codes), f"{letter_of[d.field]}{rows[at]}") for d, at in planted if d.field in letter_of]
        del header_at
        return Truth(file, self.made.form, letters, records, cells, len(records) * len(fields))

    def _across(self, text: str, style: object = None) -> None:
        last = self.left + len(self.columns) - 1
        if last > self.left and self.rng.random() < 0.8:
            self.sheet.merge_range(self.row, self.left, self.row, last, text, style)
        else:
            self.sheet.write(self.row, self.left, text, style)
        self.row += 1

    def _preamble(self) -> None:
        made, rng = self.made, self.rng
        if made.titles and rng.random() < 0.9:
            if rng.random() < 0.2:
                self._across("示例中学", self.title)
            self._across(rng.choice(list(made.titles)), self.title)
        for info in made.infos:
            self._across(info)
        if made.unit and rng.random() < 0.6:
            self.sheet.write(self.row, self.left + len(self.columns) - 1, f"单位：{made.unit}")
            self.row += 1

    def _header(self) -> None:
        names = [self._spelt(column) for column in self.columns]
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
        if (row, first) != (bottom, last):
            self.sheet.merge_range(row, first, bottom, last, text, self.bold)
        else:
            self.sheet.write(row, first, text, self.bold)

    def _spelt(self, column: Column) -> str:
        """Choose a spelling, and write it as people do: blanks within, a star, a line break before the unit."""
        name, roll = self.rng.choice(list(column.headers)), self.rng.random()
        if len(name) == 2 and roll < 0.12:
            return f"{name[0]}  {name[1]}"
        if roll > 0.97 and "/" not in name:
            return f"*{name}"
        return name.replace("（", "\n（") if roll > 0.9 else name

    def _body(self) -> list[int]:
        rng, rows = self.rng, []
        for number, record in enumerate(self.made.records):
            if number and rng.random() < 0.015:
                self.row += 1  # a blank row between
            for i, column in enumerate(self.columns):
                said = record.get(column.field, BLANK) if column.field else Said(self._filled(column, number), None)
                self._cell(self.left + i, said)
            rows.append(self.row + 1)
            self.row += 1
        return rows

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
        first = next(i for i, c in enumerate(self.columns) if c.field not in made.totals)
        self.sheet.write(self.row, self.left + first, rng.choice(["合计", "合  计", "总计"]), self.border)
        for i, column in enumerate(self.columns):
            if column.field in made.totals:
                self.sheet.write(self.row, self.left + i, float(made.sums[column.field]), self.border)
        self.row += 1

    def _footer(self) -> None:
        if self.made.footers and self.rng.random() < 0.5:
            self.sheet.write(self.row, self.left, self.rng.choice(list(self.made.footers)))


def _sum(records: Sequence[Record], name: str) -> Decimal:
    total = Decimal(0)
    for record in records:
        try:
            total += Decimal(record.get(name, BLANK).said or 0)
        except InvalidOperation:
            continue
    return total
