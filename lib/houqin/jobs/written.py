"""Ledgers that come back: which runs wrote them, and what those runs had written, copied into the new run.

The runner looks for our stamps in the bytes of the files, without parsing them: it imports no parser, and must know
before a run has its id what the run rests on.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import struct
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

from houqin.jobs.inputs import file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from houqin.clean import Written, WrittenRow

FOLDER = "台账更正的依据"
_LEDGERS, _RECORD = "99技术文件/台账.sqlite3", "99技术文件/run.json"
_RUN = re.compile(rb"houqin-ledger/1 run=([0-9a-f]{12}) ")
# Parts that may hold the stamp: the property, the texts of the first sheets, which come first, the sheets themselves.
_PARTS = re.compile(
    r"docProps/custom\.xml|meta\.xml|xl/sharedStrings\.(xml|bin)|content\.xml|xl/worksheets/sheet[1-9]\.xml"
)
_HEAD_BYTES = 1 << 18
_MOST_BYTES = 64 << 20
# The end of a zip: what a workbook of ours can have, and no more; a directory of a million parts is not looked at.
_END, _END_MARK, _MOST_PARTS = struct.Struct("<4s4H2LH"), b"PK\x05\x06", 4_000
_FAULTS = (OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


def take_written(runs: Path, sources: Path, technical: Path) -> dict[str, str]:
    """Copy the typed ledgers of each run whose ledger is among the sources; give run id -> SHA-256.

    `runs` is the school's folder of results, in which the runs of all its jobs and periods lie. A run that is not
    there any more, or is not what it was, is left out: its ledger then is a question.
    """
    taken: dict[str, str] = {}
    for run in sorted({run for path in sources.rglob("*") for run in runs_named_in(path)}):
        database = next((each for each in map(published_ledgers, sorted(runs.glob(f"*/*/{run}"))) if each), None)
        if database is not None:
            (technical / FOLDER).mkdir(parents=True, exist_ok=True)
            copy = technical / FOLDER / f"{run}.sqlite3"
            shutil.copyfile(database, copy)
            taken[run] = file_digest(copy)
    return taken


def published_ledgers(run: Path) -> Path | None:
    """Give the typed ledgers of a published run; None where there are none, or they are not what was published."""
    database = run / _LEDGERS
    return database if database.is_file() and _is_published(database) else None


def runs_named_in(path: Path) -> set[str]:
    """Give the ids of the runs whose stamp a file bears, by its bytes; none where it cannot be looked into."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return set()
        with path.open("rb") as file:
            is_zip = file.read(4) == b"PK\x03\x04"
        texts = _parts(path) if is_zip else [path.read_bytes()]
        # Excel 97 writes a text in one byte or two a character.
        return {run.decode() for text in texts for run in _RUN.findall(text.replace(b"\0", b""))}
    except _FAULTS:
        return set()


def _parts(path: Path) -> Iterator[bytes]:
    if not _is_small_directory(path):
        return
    with zipfile.ZipFile(path) as container:
        for name in container.namelist():
            if _PARTS.fullmatch(name):
                with container.open(name) as part:
                    yield part.read(_HEAD_BYTES)


def _is_small_directory(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _HEAD_BYTES, 0))
        tail = file.read()
    at = tail.rfind(_END_MARK)
    return 0 <= at <= len(tail) - _END.size and _END.unpack_from(tail, at)[4] <= _MOST_PARTS


def _is_published(database: Path) -> bool:
    """Tell whether the typed file is the one that its run published."""
    try:
        record = json.loads((database.parents[1] / _RECORD).read_text(encoding="utf-8"))
        published = {each["path"]: each["sha256"] for each in record["outputs"]}
        return published.get(_LEDGERS) == file_digest(database)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def read_written(technical: Path, period: str = "") -> dict[str, Written]:
    """Read the copied ledgers, by run id; `period` is the one that is made now, where that is known."""
    return {path.stem: _read(path, period) for path in sorted((technical / FOLDER).glob("*.sqlite3"))}


def _read(path: Path, period: str) -> Written:
    from houqin.clean import Written  # noqa: PLC0415  (the runner imports this module, and no pandas)

    with closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        about = dict(base.execute("SELECT name, value FROM about").fetchall())
        digests = dict(base.execute("SELECT path, sha256 FROM sources").fetchall())
        forms = [form for (form,) in base.execute("SELECT id FROM forms ORDER BY id").fetchall()]
        tables = {form: base.execute(f'SELECT * FROM "{form}" ORDER BY _row').fetchall() for form in forms}  # noqa: S608
        rows = {form: tuple(map(_row, table)) for form, table in tables.items()}
    return Written(
        path.stem, about.get("school", ""), about.get("period", ""), about.get("as_of", ""), digests, rows,
        is_of_now=period in {"", about.get("period", "")},
    )  # fmt: skip


def _row(each: sqlite3.Row) -> WrittenRow:
    from houqin.clean import WrittenRow  # noqa: PLC0415  (as above)

    values = {name: each[name] for name in each.keys() if not name.startswith("_")}  # noqa: SIM118  (of a Row)
    return WrittenRow(
        number=each["_row"], is_pending=bool(each["_pending"]),
        source=(each["_file"], each["_sheet"], each["_cell"] or ""), values=values,
        cells=json.loads(each["_cells"]), extra=json.loads(each["_extra"]),
    )  # fmt: skip
