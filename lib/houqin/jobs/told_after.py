"""Notices after a run by hand and after a batch, where a school's 通知 asks for them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from houqin.errors import BadDescription, BadParameter, HouqinError, LockHeld
from houqin.jobs.notices import BATCH, BY_HAND, Notice, send_notices
from houqin.jobs.parameters import job_title
from houqin.jobs.slots import DONE, FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.jobs.batch import SchoolOutcome
    from houqin.jobs.plan import Plan
    from houqin.jobs.runner import RunReport
    from houqin.school import School

    Settings = Mapping[str, str | int | bool]
    Tell = Callable[[Notice, Settings], list[str]]

# Whoever typed it is told on the spot, and nothing has run.
_NO_RUN = (BadParameter, BadDescription, LockHeld)


class ToldAfter:
    """One run by hand: `heard` takes its plan, `done` or `failed` tells people and gives what could not be sent."""

    def __init__(self, tell: Tell = send_notices) -> None:
        """Begin before the run."""
        self._tell = tell
        self._plan: Plan | None = None

    def heard(self, plan: Plan) -> None:
        """Take the plan, with the school's settings."""
        self._plan = plan

    def done(self, report: RunReport) -> list[str]:
        """Tell of a published run."""
        return self._send(DONE, str(report.folder), report.record.get("findings_by_level", {}))

    def failed(self, fault: Exception) -> list[str]:
        """Tell of a run that came to nothing; not of one that was never begun."""
        return [] if isinstance(fault, _NO_RUN) else self._send(FAILED)

    def _send(self, status: str, folder: str = "", levels: Mapping[str, int] | None = None) -> list[str]:
        plan = self._plan
        if plan is None or not plan.school.notices.get("by_hand"):
            return []
        notice = Notice(
            plan.school.name, plan.job, job_title(plan.job), "", plan.as_of, status, folder=folder, levels=levels or {},
            how=BY_HAND,
        )  # fmt: skip
        return self._tell(notice, plan.school.notices)


def told_after_batch(job: str, schools: Sequence[SchoolOutcome], *, tell: Tell = send_notices) -> list[str]:
    """Tell the people of each school that asks for it how its part of a batch ended; give what could not be sent.

    A result that was there already is no news. A school whose settings cannot be read has nobody to tell.
    """
    faults: list[str] = []
    for each in schools:
        if not (each.is_failed or each.told["status"] == DONE):
            continue
        school = _school(each.folder) if each.is_failed or each.told.get("by_hand") else None
        if school is None or not school.notices.get("by_hand"):
            continue
        notice = Notice(
            school.name, job, job_title(job), "", str(each.told.get("as_of", "")), FAILED if each.is_failed else DONE,
            folder=str(each.told.get("folder", "")), levels=each.told.get("findings_by_level", {}), how=BATCH,
        )  # fmt: skip
        faults += [f"{school.name}：{sentence}" for sentence in tell(notice, school.notices)]
    return faults


def _school(folder: Path) -> School | None:
    from houqin.read import read_settings  # noqa: PLC0415  (most batches tell nobody)
    from houqin.school import load_school  # noqa: PLC0415  (as above)

    try:
        return load_school(Path(folder), read_settings)
    except (HouqinError, OSError):
        return None
