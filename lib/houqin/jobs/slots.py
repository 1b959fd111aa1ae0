"""What became of each time at which a schedule fell due: a table of the history, 运行记录.sqlite3.

A slot is a school's folder, a schedule and a day. It is claimed in one transaction, so that two processes never run it
both; whoever holds the lock of `due` and finds one still `running` knows that its process died.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from houqin.jobs.history import FILE
from houqin.jobs.history_file import PATIENCE_SECONDS, make_table, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

RUNNING, DONE, FAILED, GIVEN_UP, SKIPPED = "running", "done", "failed", "given-up", "skipped"
OVER = frozenset({DONE, GIVEN_UP, SKIPPED})
WORDS = {RUNNING: "正在运行", DONE: "完成", FAILED: "失败，还会再试", GIVEN_UP: "失败，不再自动试", SKIPPED: "错过"}
# How long to wait after each failure; after the last one people must look.
PAUSES = tuple(timedelta(minutes=each) for each in (10, 30, 120, 480, 1440))
_KEY = ("folder", "schedule", "slot")


@dataclass(frozen=True, slots=True)
class Slot:
    """One time of one schedule. `schedule` is number, job and days, `slot` the day; the other times are local, ISO.

    `history` is the last number of the run history when it was claimed: its own run comes after it.
    """

    folder: str
    schedule: str
    slot: str
    status: str = ""
    attempts: int = 0
    tried: str = ""
    next_try: str = ""
    history: int = 0
    run: str = ""
    reason: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done about it."""
        return self.status in OVER

    def is_due(self, now: datetime) -> bool:
        """Tell whether it is to be tried now; a try in the future tells that the clock was set back."""
        if self.is_over:
            return False
        return not self.next_try or self.next_try <= _text(now) or self.tried > _text(now)


_COLUMNS = tuple(each.name for each in fields(Slot))
_WHOLE = frozenset({"attempts", "history"})
_TABLE = {name: f"{'INTEGER' if name in _WHOLE else 'TEXT'} NOT NULL" for name in _COLUMNS}
_WHERE = " AND ".join(f'"{name}" = ?' for name in _KEY)


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one folder of results."""

    out: Path

    def get(self, folder: str, schedule: str, days: Sequence[str]) -> list[Slot]:
        """Give what is known of the slots of a schedule, in the order of `days`; an untried one has no status."""
        with closing(self._open()) as book:
            rows = rows_of(book, "slots", _COLUMNS, "WHERE folder = ? AND schedule = ?", [folder, schedule])
        known = {each.slot: each for each in map(_slot, rows)}
        return [known.get(day) or Slot(folder, schedule, day) for day in days]

    def claim(self, slot: Slot, now: datetime, history: int) -> Slot | None:
        """Take a slot as ours to run; None where another process was quicker."""
        with closing(self._open()) as book, book:
            book.execute("BEGIN IMMEDIATE")
            rows = rows_of(book, "slots", _COLUMNS, f"WHERE {_WHERE}", _key(slot))
            held = _slot(rows[0]) if rows else Slot(slot.folder, slot.schedule, slot.slot)
            if held.status != slot.status or held.attempts != slot.attempts:
                return None
            taken = replace(
                held, status=RUNNING, attempts=held.attempts + 1, tried=_text(now), next_try="", history=history
            )  # fmt: skip
            _put(book, taken)
            return taken

    def tell(self, slot: Slot) -> Slot:
        """Write what became of a slot."""
        with closing(self._open()) as book, book:
            _put(book, slot)
        return slot

    def skip(self, slots: Iterable[Slot], reason: str) -> list[Slot]:
        """Say of slots that they will not be run any more."""
        skipped = [replace(each, status=SKIPPED, reason=reason, next_try="") for each in slots]
        with closing(self._open()) as book, book:
            book.execute("BEGIN IMMEDIATE")
            for each in skipped:
                _put(book, each)
        return skipped

    def left_running(self) -> list[Slot]:
        """Give the slots whose process ended without a word; the caller holds the lock of `due`."""
        with closing(self._open()) as book:
            rows = rows_of(book, "slots", _COLUMNS, "WHERE status = ? ORDER BY slot", [RUNNING])
        return [_slot(row) for row in rows]

    def _open(self) -> sqlite3.Connection:
        book = sqlite3.connect(self.out / FILE, timeout=PATIENCE_SECONDS, isolation_level=None)
        make_table(book, "slots", _TABLE, _KEY)
        return book


def done(slot: Slot, run: str) -> Slot:
    """Give a slot whose run was published."""
    return replace(slot, status=DONE, run=run, reason="", next_try="")


def failed(slot: Slot, now: datetime, reason: str) -> Slot:
    """Give a slot whose run came to nothing: to be tried after a pause that grows, or given up."""
    if slot.attempts > len(PAUSES):
        return replace(slot, status=GIVEN_UP, reason=reason, next_try="")
    return replace(slot, status=FAILED, reason=reason, next_try=_text(now + PAUSES[max(0, slot.attempts - 1)]))


def untried(slot: Slot, now: datetime, reason: str) -> Slot:
    """Give back a claimed slot that could not even start: the next `due` tries, and no attempt is counted."""
    return replace(slot, status=FAILED, attempts=slot.attempts - 1, reason=reason, next_try=_text(now))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _key(slot: Slot) -> list[str]:
    return [slot.folder, slot.schedule, slot.slot]


def _slot(row: Mapping[str, str | int | float]) -> Slot:
    return Slot(**row)  # type: ignore[arg-type]


def _put(book: sqlite3.Connection, slot: Slot) -> None:
    names, marks = ", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" for _ in _COLUMNS)
    insert = f"INSERT OR REPLACE INTO slots ({names}) VALUES ({marks})"  # noqa: S608  (our own names)
    book.execute(insert, list(asdict(slot).values()))
