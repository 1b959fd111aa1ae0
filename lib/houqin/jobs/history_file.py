"""The file behind the history: tables that other versions of ours made too, and one that is damaged put aside."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from itertools import count
from typing import TYPE_CHECKING

from houqin.errors import FailedRun

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PATIENCE_SECONDS = 10.0
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_BESIDE = ("", "-journal", "-wal", "-shm")  # SQLite would apply what is left of the old file to a new one


def make_table(book: sqlite3.Connection, table: str, columns: Mapping[str, str], key: Sequence[str] = ()) -> None:
    """Make a table of text and whole numbers; one that an earlier version made gets the columns that it lacks.

    `columns` is name -> SQLite's type; a new column of an old row is blank or 0.
    """
    primary = [f"PRIMARY KEY ({_listed(key)})"] if key else []
    defined = ", ".join([*(f'"{name}" {kind}' for name, kind in columns.items()), *primary])
    book.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({defined})')
    known = columns_of(book, table)
    for name, kind in columns.items():
        if name not in known:
            blank = "''" if kind.startswith("TEXT") else "0"
            book.execute(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {kind} DEFAULT {blank}')


def columns_of(book: sqlite3.Connection, table: str) -> list[str]:
    """Give the columns that a table has; none where there is no table."""
    return [str(row[1]) for row in book.execute(f'PRAGMA table_info("{table}")')]


def rows_of(
    book: sqlite3.Connection, table: str, columns: Sequence[str], rest: str = "", values: Sequence[str] = ()
) -> list[dict[str, str | int | float]]:
    """Give rows as far as the table has these columns: a later version may have more, an earlier one fewer."""
    known = set(columns_of(book, table))
    names = [name for name in columns if name in known]
    select = f'SELECT {_listed(names)} FROM "{table}" {rest}'  # noqa: S608  (names are our own)
    return [dict(zip(names, row, strict=True)) for row in book.execute(select, values)] if names else []


def put_aside_if_damaged(path: Path) -> str:
    """Rename a file that is no database any more, so that a new one can be begun; give the sentence, blank if well.

    Raises sqlite3.Error where the file is well and merely cannot be read now, OSError where it cannot be renamed.
    """
    if not path.is_file() or not _is_damaged(path):
        return ""
    stem, ending = path.stem, path.suffix
    kept = next(each for n in count(1) if not (each := path.with_name(f"{stem}（坏了 {n}）{ending}")).exists())
    path.rename(kept)
    for more in _BESIDE[1:]:
        with suppress(FileNotFoundError):
            path.with_name(path.name + more).rename(kept.with_name(kept.name + more))
    return f"《{path.name}》坏了，读不出来，已改名为《{kept.name}》，从现在起另记一份；已经发布的结果不受影响。"


def told(path: Path, fault: sqlite3.Error) -> FailedRun:
    """Say in a sentence why the history cannot be read, and what to do."""
    code = getattr(fault, "sqlite_errorcode", 0) & 0xFF  # the rest of the number is a detail
    if code in _BUSY:
        return FailedRun(f"“{path}”正被别的程序占用（{fault}）。请过一会儿再来。")
    return FailedRun(f"运行记录“{path}”读不出来（{fault}）。可以把它移走，下次运行会另建一份。")


def _is_damaged(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS)) as book:
            return bool(book.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError as fault:
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            return True
        raise


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
