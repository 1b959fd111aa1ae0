"""What ran, when, how long, how it ended, what it found: one SQLite file beside the results, 运行记录.sqlite3.

A history that cannot be written unmakes no run: the fault becomes a note. A run whose process died says nothing itself;
whoever comes next finds it still `running` while its place is free, and tells by its published folder how it ended.
"""

from __future__ import annotations

import json
import os
import socket
import sqlite3
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.errors import LockHeld
from houqin.jobs.folder_lock import locked
from houqin.jobs.history_file import PATIENCE_SECONDS, columns_of, make_table, rows_of, told
from houqin.jobs.parameters import job_title

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "运行记录.sqlite3"
RUNNING, DONE, FAILED, INTERRUPTED, LOST = "running", "done", "failed", "interrupted", "lost"
WORDS = {RUNNING: "正在运行", DONE: "完成", FAILED: "失败", INTERRUPTED: "被中断", LOST: "中途没了（断电或被强行结束）"}
_RECORD = "99技术文件/run.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One run. `place` is the folder of the runs of a school, job and period; times are UTC, to the second.

    The counts are findings by level, and against the last run before it what was mended, is left, is new, and is gone
    with its file.
    """

    number: int
    job: str
    school: str
    period: str
    place: str
    started: str
    status: str = RUNNING
    run: str = ""
    as_of: str = ""
    finished: str = ""
    seconds: float = 0.0
    error: int = 0
    question: int = 0
    warning: int = 0
    info: int = 0
    mended: int = 0
    left: int = 0
    new: int = 0
    reason: str = ""
    host: str = ""
    pid: int = 0
    gone: int = 0

    @property
    def line(self) -> str:
        """Say it in a line, for the terminal."""
        started = datetime.fromisoformat(self.started).astimezone()  # the clerk's clock
        title = job_title(self.job)
        said = f"{started:%Y-%m-%d %H:%M}　{self.school}　{title}　{self.period}　"
        said += WORDS.get(self.status, self.status)  # a later version may know more
        if self.status == DONE:
            said += f"，{self.seconds:.1f} 秒；必须改 {self.error}，请确认 {self.question}，提醒 {self.warning}"
            if self.mended or self.left or self.new or self.gone:
                said += f"；比上次改好 {self.mended}，还剩 {self.left}，新出现 {self.new}"
                said += f"，原表已不在的 {self.gone}" if self.gone else ""
            return f"{said}；结果 {self.run}"
        return f"{said}：{self.reason}" if self.reason else said


_COLUMNS = tuple(each.name for each in fields(Entry))
_TYPES = {"number": "INTEGER PRIMARY KEY AUTOINCREMENT", "seconds": "REAL"}
_WHOLE = frozenset({"error", "question", "warning", "info", "mended", "left", "new", "pid", "gone"})
_TABLE = {name: _TYPES.get(name, "INTEGER NOT NULL" if name in _WHOLE else "TEXT NOT NULL") for name in _COLUMNS}


@dataclass(frozen=True, slots=True)
class History:
    """The history of one folder of results."""

    out: Path

    def begin(self, entry: Entry) -> int:
        """Enter a run that starts, and give its number; the caller holds the place's lock.

        Whatever else is entered as running in that place has ended without a word.
        """
        with closing(self._open()) as book, book:
            self._settle(book, entry.place)
            row = asdict(entry) | {"host": socket.gethostname(), "pid": os.getpid(), "started": entry.started}
            names = [name for name in _COLUMNS if name != "number"]
            marks = ", ".join("?" for _ in names)
            quoted = ", ".join(f'"{name}"' for name in names)
            insert = f"INSERT INTO runs ({quoted}) VALUES ({marks})"  # noqa: S608  (names are our own)
            done = book.execute(insert, [row[name] for name in names])
            return int(done.lastrowid or 0)

    def tell(self, number: int, **known: str | float) -> None:
        """Add what is known of a run by now."""
        with closing(self._open()) as book, book:
            _update(book, number, known)

    def entries(self, *, school: str | None = None, job: str | None = None, most: int = 50) -> list[Entry]:
        """Give the newest runs, the newest first; runs that ended without a word are told as what they came to."""
        if not (self.out / FILE).is_file():
            return []
        place = self.out / FILE
        try:
            with closing(sqlite3.connect(place, timeout=PATIENCE_SECONDS)) as book:
                found = self._entries(book)
        except sqlite3.Error as fault:
            raise told(place, fault) from fault
        return [each for each in found if school in (None, each.school) and job in (None, each.job)][:most]

    def _entries(self, book: sqlite3.Connection) -> list[Entry]:
        if not columns_of(book, "runs"):
            return []  # the disk was full when it was to be made
        places = book.execute("SELECT DISTINCT place FROM runs WHERE status = ?", [RUNNING]).fetchall()
        ended = {n: known for (place,) in places if _is_free(Path(place)) for n, known in _ended(book, place).items()}
        with suppress(sqlite3.OperationalError), book:  # a disk that is full, or can only be read, is told from as well
            for number, known in ended.items():
                _update(book, number, known)
        found = [Entry(**row) for row in rows_of(book, "runs", _COLUMNS, "ORDER BY number DESC")]  # type: ignore[arg-type]
        known_of: dict[int, dict[str, Any]] = dict(ended)
        return [replace(each, **known_of[each.number]) if each.number in known_of else each for each in found]

    def _open(self) -> sqlite3.Connection:
        book = sqlite3.connect(self.out / FILE, timeout=PATIENCE_SECONDS)
        make_table(book, "runs", _TABLE)
        return book

    @staticmethod
    def _settle(book: sqlite3.Connection, place: str) -> None:
        for number, known in _ended(book, place).items():
            _update(book, number, known)


def _ended(book: sqlite3.Connection, place: str) -> dict[int, dict[str, str | float]]:
    """Say of the runs of a free place that never ended whether they were published or lost."""
    open_runs = "SELECT number, run FROM runs WHERE status = ? AND place = ?"
    ended: dict[int, dict[str, str | float]] = {}
    for number, run in book.execute(open_runs, [RUNNING, place]).fetchall():
        record = _record(Path(place) / run) if run else None
        ended[number] = told_of(record) if record else {"status": LOST}
    return ended


def told_of(record: Mapping[str, Any]) -> dict[str, str | float]:
    """Give what the history keeps of a run.json."""
    times, since = record.get("times", {}), record.get("since")
    known: dict[str, str | float] = {
        "status": DONE,
        "run": record["run"],
        "finished": times.get("finished", ""),
        "seconds": _between(times.get("started"), times.get("finished")),
        **{level: int(count) for level, count in record.get("findings_by_level", {}).items()},
    }
    if since:
        known |= {"mended": len(since["mended"]), "left": since["left"], "new": len(since["new"])}
        known["gone"] = len(since.get("gone", ()))
    return known


def entry_json(entries: list[Entry]) -> str:
    """Give runs as a JSON document."""
    return json.dumps({"runs": [asdict(each) for each in entries]}, ensure_ascii=False, indent=1)


def _between(started: str | None, finished: str | None) -> float:
    """Give the seconds between two times; a clock that was set back gives 0."""
    if not started or not finished:
        return 0.0
    return max(0.0, (datetime.fromisoformat(finished) - datetime.fromisoformat(started)).total_seconds())


def _update(book: sqlite3.Connection, number: int, known: Mapping[str, str | float]) -> None:
    names = [name for name in known if name in _COLUMNS]
    assignments = ", ".join(f'"{name}" = ?' for name in names)
    update = f"UPDATE runs SET {assignments} WHERE number = ?"  # noqa: S608  (names are our own)
    book.execute(update, [*(known[name] for name in names), number])


def _record(folder: Path) -> dict[str, Any] | None:
    try:
        record: dict[str, Any] = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record


def _is_free(place: Path) -> bool:
    """Tell whether no run is under way in a place."""
    if not place.is_dir():
        return True
    try:
        with locked(place):
            return True
    except (LockHeld, OSError):
        return False


def utc_now() -> str:
    """Give the time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
