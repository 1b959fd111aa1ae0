"""All ledgers of a run in one typed SQLite file, for machines: a table a form, exact integers, a source cell a row.

Numbers are integers, scaled as the table `fields` says (money in fen): no binary fraction comes near them. Blank is
NULL. The bytes depend on the ledgers and the library alone: one transaction in one order, no journal, no time.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from houqin.errors import database_faults_told
from houqin.exact import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pandas as pd

    from houqin.forms import Form, Forms
    from houqin.model import Ledger

FILE = "台账.sqlite3"
LAYOUT = 1  # of the tables; a reader refuses what it does not know
# Columns beside the fields; a field id has no such beginning.
SOURCE_COLUMNS = ("_row", "_pending", "_file", "_sheet", "_source_row", "_cell", "_cells", "_extra")
_ABOUT = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE forms (id TEXT PRIMARY KEY, title TEXT NOT NULL, grain TEXT NOT NULL, rows INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fields (
  form TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL, scale INTEGER NOT NULL,
  PRIMARY KEY (form, id)
) WITHOUT ROWID;
CREATE TABLE sources (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""


def write_database(
    path: Path, ledgers: Mapping[str, Ledger], forms: Forms, about: Mapping[str, str], *,
    sources: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Write the ledgers, in the order of the forms; `about` says which run they are of, `sources` path -> SHA-256."""
    path.unlink(missing_ok=True)
    with database_faults_told(path), closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(_ABOUT)
        told = {"layout": str(LAYOUT), **about}
        base.executemany("INSERT INTO about VALUES (?, ?)", sorted(told.items()))
        base.executemany("INSERT INTO sources VALUES (?, ?)", sorted((sources or {}).items()))
        for form_id in [each for each in forms.by_id if each in ledgers]:
            _write_form(base, ledgers[form_id], forms.by_id[form_id])
        base.execute("COMMIT")


def _write_form(base: sqlite3.Connection, ledger: Ledger, form: Form) -> None:
    fields = [field for field in form.fields if field.id in ledger.frame.columns and field.type != "row-number"]
    base.execute("INSERT INTO forms VALUES (?, ?, ?, ?)", (form.id, form.title, form.grain, len(ledger.frame)))
    told = [(form.id, each.id, each.title, each.type, each.scale) for each in fields]
    base.executemany("INSERT INTO fields VALUES (?, ?, ?, ?, ?)", told)
    columns = [f'"{each.id}" {"INTEGER" if each.is_number else "TEXT"}' for each in fields]
    own = (
        "_row INTEGER PRIMARY KEY", "_pending INTEGER NOT NULL", "_file TEXT NOT NULL", "_sheet TEXT NOT NULL",
        "_source_row INTEGER", "_cell TEXT", "_cells TEXT NOT NULL", "_extra TEXT NOT NULL",
    )  # fmt: skip
    base.execute(f'CREATE TABLE "{form.id}" ({", ".join([*own, *columns])})')
    places = ", ".join("?" * (len(own) + len(fields)))
    body = [_values(ledger.frame[each.id], is_number=each.is_number) for each in fields]
    rows = zip(*_own_columns(ledger), *body, strict=True)
    base.executemany(f'INSERT INTO "{form.id}" VALUES ({places})', rows)  # noqa: S608  (ids of our own form files)


def _own_columns(ledger: Ledger) -> Iterator[list[Any]]:
    """Give row number, pending and source; the cells of each value and the extra columns as JSON."""
    count, sources = len(ledger.frame), ledger.sources
    yield list(range(1, count + 1))
    yield [int(each) for each in ledger.frame["pending"].tolist()]
    for name in ("file", "sheet", "row", "cell"):
        yield listed(sources[name])
    yield [_json({name: cells[row] for name, cells in ledger.cells.items() if cells[row]}) for row in range(count)]
    extra = {str(name): _values(ledger.extra[name], is_number=False) for name in ledger.extra.columns}
    yield [_json({name: values[row] for name, values in extra.items() if values[row]}) for row in range(count)]


def _values(series: pd.Series[Any], *, is_number: bool) -> list[Any]:
    kind = int if is_number else str
    return [None if each is None else kind(each) for each in listed(series)]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
