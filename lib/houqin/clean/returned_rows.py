"""A ledger that comes back, row by row against what its own run wrote: which cells a person changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.clean.returned_values import Value, read_value, says_just, written_text
from houqin.model import (
    COMPUTED,
    NUMBER,
    SOURCE_CELL,
    SOURCE_FILE,
    SOURCE_SHEET,
    STATUS,
    TOTAL,
    Kind,
    Place,
    a1,
    ledger_header,
    ledger_lines,
    squeezed,
)
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.clean.returned_doubts import Doubts
    from houqin.clean.written import WrittenRow
    from houqin.forms import Field, Form
    from houqin.model import Grid, LedgerLine

PENDING = "待定"
_NO_RECORDS = "（无记录）"
_OWN = {NUMBER, SOURCE_FILE, SOURCE_SHEET, SOURCE_CELL, STATUS}
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Edit:
    """One value that a person changed: the record and field that it is of, what it says now, and where."""

    form: str
    field: Field
    record: WrittenRow
    value: Value
    place: Place
    is_formula: bool = False

    @property
    def old(self) -> Value:
        """What the run had written."""
        return self.record.values.get(self.field.id)

    @property
    def address(self) -> tuple[str, str, str]:
        """File, sheet and cell of the source; ('', '', '') where it has none."""
        return self.record.address(self.field.id) or ("", "", "")

    @property
    def label(self) -> str:
        """The cell and its change, for sentences."""
        now, was = written_text(self.value, self.field) or "空白", written_text(self.old, self.field) or "空白"
        return f"{self.place.cell}：{was}→{now}"


@dataclass(slots=True)
class Comparison:
    """One sheet 台账 held against the rows that its run wrote. `edits` are the changes that may become decisions."""

    grid: Grid
    form: Form
    rows: Sequence[WrittenRow]
    doubts: Doubts
    edits: list[Edit] = field(default_factory=list)
    columns: dict[str, list[int]] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    status: list[int] = field(default_factory=list)

    def run(self) -> bool:
        """Compare; False where the sheet has no header that could be found."""
        header = ledger_header(self.grid)
        if header is None:
            return False
        top, self.columns = header
        lines = ledger_lines(self.grid, top, self.columns)
        pairs = self._paired(lines)
        self._missing([record for _, record in pairs])
        fields = {squeezed(each.heading): each for each in self.form.fields if each.type != "row-number"}
        self._lost_columns(fields)
        known = {columns[0]: fields[name] for name, columns in self.columns.items() if name in fields}
        self.extra = self._extra_columns(set(known))
        self.taken = {*known, *self.extra}
        if any(record.is_pending for record in self.rows):
            self.status = [column for column in self.columns.get(STATUS, ()) if column not in self.taken]
        for line, record in pairs:
            for column, each in known.items():
                self._compare(line, record, each, column)
            self._compare_others(line, record)
        self._beside(top)
        self.edits = list(_whole_cells(self.edits, self))
        return True

    def _paired(self, lines: Sequence[LedgerLine]) -> list[tuple[LedgerLine, WrittenRow]]:
        """Find for each row the record that it was: by its source, and by its number where a source gave several."""
        by_source: dict[tuple[str, str, str], list[WrittenRow]] = defaultdict(list)
        for each in self.rows:
            by_source[each.source].append(each)
        pairs: list[tuple[LedgerLine, WrittenRow]] = []
        seen: dict[int, int] = {}
        for line in lines:
            if not any(line.source) and line.number in {TOTAL, _NO_RECORDS}:
                continue
            own = by_source.get(line.source, [])
            numbered = [each for each in own if str(each.number) == line.number] or (own if len(own) == 1 else [])
            record = next(iter(numbered), None)
            if record is None:
                self.doubts.add("added", a1(line.row, 1), f"第 {line.row} 行{self._gist(line)}")
            elif record.number in seen:
                rows = f"第 {seen[record.number]}、{line.row} 行"
                self.doubts.add("doubled", a1(line.row, 1), rows)
            else:
                seen[record.number] = line.row
                pairs.append((line, record))
        return pairs

    def _missing(self, found: Sequence[WrittenRow]) -> None:
        there = {record.number for record in found}
        for record in self.rows:
            if record.number not in there:
                label = f"序号 {record.number}，《{record.source[0]}》“{record.source[1]}”{record.source[2]}"
                self.doubts.add("pending" if record.is_pending else "deleted", None, label)

    def _lost_columns(self, fields: dict[str, Field]) -> None:
        for name, each in fields.items():
            if name not in self.columns and each.ledger and any(r.values.get(each.id) is not None for r in self.rows):
                self.doubts.add("column", None, "", what=each.title)

    def _compare(self, line: LedgerLine, record: WrittenRow, each: Field, column: int) -> None:
        grid = self.grid
        at = grid.anchor(line.row, column)
        if says_just(grid.cell(*at), record.values.get(each.id), each):
            return
        cell = a1(line.row, column)
        offset = (line.row - 1) * grid.columns + column - 1
        value, why = read_value(grid.cell(*at), each, is_unstored=offset in grid.unstored)
        if why:
            self.doubts.add("unread", cell, cell, what=each.title, why=why)
            return
        if _alike(value, record.values.get(each.id), each):
            return
        edit = Edit(
            self.form.id, each, record, value, Place(self.doubts.path, grid.sheet, cell),
            is_formula=grid.is_formula(line.row, column),
        )  # fmt: skip
        if at != (line.row, column):
            self.doubts.add("merged", cell, cell)
        elif edit.address == ("", "", ""):
            self.doubts.add("cell", cell, edit.label, what=each.title)
        else:
            self.edits.append(edit)

    def _extra_columns(self, taken: set[int]) -> dict[int, str]:
        """Find the office's own columns: column -> header; '' where two are called alike, which are not compared."""
        names: dict[str, list[str]] = {}
        for name in dict.fromkeys(name for record in self.rows for name in record.extra):
            names.setdefault(squeezed(name), []).append(name)
        found: dict[int, str] = {}
        for squeezed_name, own in names.items():
            columns = [column for column in self.columns.get(squeezed_name, ()) if column not in taken]
            found |= dict.fromkeys(columns, own[0] if len(own) == len(columns) == 1 else "")
        return found

    def _compare_others(self, line: LedgerLine, record: WrittenRow) -> None:
        """Look at what a person cannot change here: the status, computed columns, the office's own columns."""
        for column in self.status:
            if self._text(line, column) != (PENDING if record.is_pending else ""):
                self.doubts.add("status", a1(line.row, column), a1(line.row, column))
        for name, columns in self.columns.items():
            for column in columns if name.startswith(COMPUTED) and self.grid.formulas else ():
                if self._text(line, column) and not self.grid.is_formula(line.row, column):
                    self.doubts.add("computed", a1(line.row, column), a1(line.row, column), what=name)
        for column, name in self.extra.items():
            if name and self._text(line, column) != canonical_text(record.extra.get(name, "")):
                self.doubts.add("extra", a1(line.row, column), a1(line.row, column), what=name)

    def _text(self, line: LedgerLine, column: int) -> str:
        return canonical_text(shown(self.grid.cell(line.row, column)))

    def _beside(self, top: int) -> None:
        """Tell of what stands in columns that the ledger did not have."""
        known = set(self.taken)
        for name, columns in self.columns.items():
            known |= set(columns) if name in _OWN or name.startswith(COMPUTED) else set()
        for column in range(1, self.grid.columns + 1):
            below = [row for row in range(top + 1, self.grid.rows + 1) if self.grid.kind(row, column) != Kind.BLANK]
            # A header without anything below is an own column of the office that nobody filled in.
            for row in below if column not in known else ():
                text = canonical_text(shown(self.grid.cell(row, column)))
                label = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
                self.doubts.add("aside", a1(row, column), f"{a1(row, column)}“{label}”")

    def _gist(self, line: LedgerLine) -> str:
        columns = sorted(column for name, own in self.columns.items() if name not in _OWN for column in own)
        texts = (shown(self.grid.cell(line.row, column)) for column in columns)
        said = " ".join([text for text in map(canonical_text, texts) if text][:3])
        return f"“{said}”" if said else ""


def _alike(value: Value, old: Value, each: Field) -> bool:
    return written_text(value, each) == written_text(old, each)


def _whole_cells(edits: Sequence[Edit], of: Comparison) -> Iterator[Edit]:
    """Give the changes of cells that hold one value of one record, and those of shared cells that all records share."""
    used: dict[tuple[str, str, str], list[tuple[int, str]]] = defaultdict(list)
    for record in of.rows if edits else ():
        for name in record.cells:
            address = record.address(name)
            if address:
                used[address].append((record.number, name))
    said = Counter((edit.address, edit.field.id, edit.value) for edit in edits)
    for edit in edits:
        users = used[edit.address]
        others = {name for number, name in users if number == edit.record.number and name != edit.field.id}
        if others:
            titles = [each.title for each in of.form.fields if each.id in others | {edit.field.id}]
            why = "和".join(f"“{title}”" for title in titles)
            of.doubts.add("joined", edit.place.cell, edit.label, what=edit.field.title, why=why)
        elif said[edit.address, edit.field.id, edit.value] < len(users):
            file, sheet, cell = edit.address
            why = f"《{file}》“{sheet}”{cell}，{len(users)} 条"
            of.doubts.add("shared", edit.place.cell, edit.label, what=edit.field.title, why=why)
        else:
            yield edit
