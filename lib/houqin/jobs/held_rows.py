"""The rows of a closed fiscal year, by their dates, whichever job's ledgers they stand in: what they were, as hashes.

A year's rows are those of the books of money and goods whose row is final when it is dated; lists that go on changing
(asset cards, what is owed, repairs under way) are held by the closing of their own job and period. No pandas is needed
here: the runner reads typed files of other jobs.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Rows = Mapping[str, Mapping[str, Sequence["Held"]]]  # by form and file

LAYOUT = 1
# The date that says to which year a row belongs. A claim counts once it is booked: until then it is under way.
DATES: Mapping[str, str] = {
    "asset_change": "change_date", "asset_stocktake": "base_date", "bank_statement": "date", "canteen_journal": "date",
    "canteen_statement": "date", "cashbook": "date", "claim_register": "book_date", "food_card": "date",
    "food_issue": "out_date", "food_receipt": "receipt_date", "food_stock": "date", "journal": "date",
    "meal_daily": "date",
    "quota": "issue_date", "stock_card": "date", "stock_in": "in_date", "stock_issue": "out_date",
    "stocktake": "count_date", "utility": "period",
}  # fmt: skip
_DIGITS = 12
_OWN = ("_file", "_sheet", "_cell", "_pending")


class Held(NamedTuple):
    """One row: its hash, and the sheet and cell that it stands at."""

    hash: str
    sheet: str
    cell: str


class YearRow(NamedTuple):
    """One row before it is hashed: its file, sheet and cell, and its values, pending among them; no blanks."""

    file: str
    sheet: str
    cell: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a closed year holds: rows by form and file, and the fields over which their hashes are made.

    A field that a later version of the program knows does not open what is closed.
    """

    year: str
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)

    def text(self) -> str:
        """Give it as JSON; the same rows give the same text."""
        told = {"layout": LAYOUT, "year": self.year, "fields": self.fields, "rows": self.rows}
        return json.dumps(told, ensure_ascii=False, sort_keys=True) + "\n"

    @property
    def digest(self) -> str:
        """Give its name in the register."""
        return hashlib.sha256(self.text().encode()).hexdigest()[:_DIGITS]


class Change(NamedTuple):
    """What differs in one form: rows that were not there, or not so (file and row), and rows that are gone."""

    form: str
    other: list[tuple[str, Held]]
    gone: list[tuple[str, Held]]


def snapshot_of(text: str) -> Snapshot:
    """Read a snapshot back; ValueError or KeyError where it is none."""
    told = json.loads(text)
    if told["layout"] != LAYOUT:
        raise ValueError(f"layout {told['layout']}")
    rows = {
        form: {file: [Held(*each) for each in own] for file, own in files.items()}
        for form, files in told["rows"].items()
    }
    return Snapshot(told["year"], told["fields"], rows)


def hashed(fields: Mapping[str, Sequence[str]], rows: Mapping[str, Sequence[YearRow]]) -> Rows:
    """Hash a run's rows over the fields that are known of each form."""
    return {form: _held(own, fields[form]) for form, own in rows.items() if own and form in fields}


def with_empty(rows: Rows, files: Mapping[str, Sequence[str]]) -> Rows:
    """Add the files of each form that a run has, and of which no row is left in the year."""
    nothing: Sequence[Held] = ()
    return {form: {**dict.fromkeys(names, nothing), **rows.get(form, {})} for form, names in files.items()}


def add_missing(snapshot: Snapshot, rows: Rows) -> Snapshot:
    """Add the files that a snapshot has nothing of, form by form; what it has counts."""
    held = {form: {**files, **snapshot.rows.get(form, {})} for form, files in rows.items()}
    return replace(snapshot, rows={**snapshot.rows, **held})


def with_rows(snapshot: Snapshot, rows: Rows) -> Snapshot:
    """Put the rows of a run in the place of what a snapshot has of the same forms and files."""
    held = {form: {**snapshot.rows[form], **files} for form, files in rows.items() if form in snapshot.rows}
    return replace(snapshot, rows={**snapshot.rows, **held})


def changes_of(snapshot: Snapshot, rows: Rows) -> list[Change]:
    """Compare a run's rows with a snapshot: a form that it never had is not held, nor a file that the run lacks."""
    found = []
    for form, now in rows.items():
        if form not in snapshot.rows:
            continue
        then = snapshot.rows[form]
        other = _beyond(now, then)
        gone = _beyond({file: then[file] for file in then if file in now}, now)
        if other or gone:
            found.append(Change(form, other, gone))
    return found


def rows_in_database(path: Path, year: str) -> dict[str, list[YearRow]]:
    """Give the year's rows of a run's typed ledgers."""
    found: dict[str, list[YearRow]] = {}
    with closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        for (form,) in base.execute("SELECT id FROM forms ORDER BY id").fetchall():
            names = {name for (name,) in base.execute("SELECT id FROM fields WHERE form = ?", (form,)).fetchall()}
            if DATES.get(form) not in names:
                continue
            date = DATES[form]
            asked = f'SELECT * FROM "{form}" WHERE substr("{date}", 1, 4) = ? ORDER BY _row'  # noqa: S608  (our own ids)
            own = [_from_database(each) for each in base.execute(asked, (year,))]
            if own:
                found[form] = own
    return found


def year_row(place: tuple[str, str, str], values: Iterable[tuple[str, int | str | None]], *, pending: bool) -> YearRow:
    """Make a row of its place and its values; blanks say nothing."""
    kept: dict[str, int | str] = {name: value for name, value in values if value is not None}
    return YearRow(*place, {**kept, "_pending": 1} if pending else kept)


def _from_database(each: sqlite3.Row) -> YearRow:
    file, sheet, cell, pending = (each[name] for name in _OWN)
    values = ((name, each[name]) for name in each.keys() if not name.startswith("_"))  # noqa: SIM118  (of a Row)
    return year_row((file, sheet or "", cell or ""), values, pending=bool(pending))


def _held(rows: Iterable[YearRow], fields: Iterable[str]) -> dict[str, list[Held]]:
    names = frozenset(fields) | {"_pending"}
    found: dict[str, list[Held]] = {}
    for row in rows:
        told = json.dumps(sorted([n, str(v)] for n, v in row.values.items() if n in names), ensure_ascii=False)
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
        found.setdefault(row.file, []).append(Held(digest, row.sheet, row.cell))
    return {file: sorted(own) for file, own in found.items()}


def _beyond(
    these: Mapping[str, Sequence[Held]], those: Mapping[str, Sequence[Held]]
) -> list[tuple[str, Held]]:
    """Give the rows of these that there are more often than among those, in whatever files: a file may be renamed."""
    more = Counter(each.hash for _, each in _all(these)) - Counter(each.hash for _, each in _all(those))
    found = []
    for file, each in _all(these):
        if more[each.hash] > 0:
            more[each.hash] -= 1
            found.append((file, each))
    return found


def _all(files: Mapping[str, Sequence[Held]]) -> Iterator[tuple[str, Held]]:
    for file, own in files.items():
        for each in own:
            yield file, each

