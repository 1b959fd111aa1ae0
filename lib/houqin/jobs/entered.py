"""A run's line in the history, from its start to its end, whichever way it ends."""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.errors import system_sentence
from houqin.jobs.history import DONE, FAILED, FILE, INTERRUPTED, Entry, History, told_of, utc_now
from houqin.jobs.history_file import put_aside_if_damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from houqin.jobs.plan import Plan

_LONGEST_REASON = 500


@dataclass(slots=True)
class Entered:
    """A run as the history has it; what cannot be written goes to `faults` and stops nothing."""

    history: History
    began: float
    number: int = 0
    is_published: bool = False
    faults: list[str] = field(default_factory=list)

    def begin(self, plan: Plan) -> None:
        """Enter the run."""
        entry = Entry(
            number=0, job=plan.job, school=plan.school.name, period=plan.period, place=str(plan.parent),
            started=utc_now(), as_of=plan.as_of,
        )  # fmt: skip
        enter, aside = (lambda: setattr(self, "number", self.history.begin(entry))), [""]
        if self._try(enter) or not self._try(lambda: aside.append(put_aside_if_damaged(self.history.out / FILE))):
            return
        if aside[-1] and self._try(enter):
            self.faults[:] = aside[-1:]

    def tell(self, **known: str | float) -> None:
        """Add what is known by now."""
        if self.number:
            self._try(lambda: self.history.tell(self.number, **known))

    def published(self, record: Path) -> None:
        """Say that the run is published, with what its run.json tells."""
        self.is_published = True
        self.tell(**(told_of(json.loads(record.read_text(encoding="utf-8"))) | self._end(DONE)))

    def failed(self, fault: BaseException) -> None:
        """Say how it ended instead; a fault after publishing changes nothing about the result."""
        if self.is_published:
            return
        if isinstance(fault, (KeyboardInterrupt, SystemExit)):
            self.tell(**self._end(INTERRUPTED))
            return
        reason = system_sentence(fault) if isinstance(fault, OSError) else str(fault) or repr(fault)
        self.tell(**self._end(FAILED), reason=reason[:_LONGEST_REASON])

    def _end(self, status: str) -> dict[str, str | float]:
        return {"status": status, "finished": utc_now(), "seconds": round(time.monotonic() - self.began, 2)}

    def _try(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except (sqlite3.Error, OSError) as fault:
            sentence = f"运行记录没有写成（{fault}），结果不受影响。"
            if sentence not in self.faults:
                self.faults.append(sentence)
            return False
        return True


@contextmanager
def entered_run(plan: Plan) -> Iterator[Entered]:
    """Keep a run's line in the history of its folder of results."""
    entered = Entered(History(plan.out), time.monotonic())
    entered.begin(plan)
    try:
        yield entered
    except BaseException as fault:
        entered.failed(fault)
        raise
