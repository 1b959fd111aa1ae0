"""One school of a batch: what a worker does for it, and what it tells the batch; plain values in, plain values out."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.errors import LockHeld
from houqin.jobs.access import access_for, unlock_ahead
from houqin.jobs.inputs import copy_inbox, run_id
from houqin.jobs.parameters import parse_words
from houqin.jobs.plan import make_plan
from houqin.jobs.records import read_record
from houqin.jobs.runs import RECORD, verify_run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.jobs.parameters import JobParameters
    from houqin.jobs.plan import Plan

DONE, REUSED = "done", "reused"
# A worker that was lost may still be ending while its school is begun again elsewhere.
LOCK_SECONDS, LOCK_PAUSE = 20.0, 0.2
# What the bureau adds up and compares; no finding's text, and nothing about a pupil, leaves the school's own run.
_DIGITS = 16  # of a file's hash: enough to know the same file again at another school
_TOLD = ("school", "period", "run", "counts", "findings_by_level", "figures", "tie_outs")


def run_school(job: str, school: str, out: str, parameters: Mapping[str, str], *, notebook: bool) -> dict[str, Any]:
    """Make a job's run of one school unless it is published already, and tell what came out.

    `school` and `out` are absolute folders, `parameters` words as of a command line. With `notebook` the job's notebook
    is executed by papermill and kept beside the results, which are the same bytes without it.
    """
    given = parse_words(job, {**parameters, "school": school, "out": out})
    plan = make_plan(job, given)
    published = _published(plan)
    folder = published or _made_patiently(job, given, notebook=notebook)
    record = read_record(folder)
    return {
        **{name: record[name] for name in _TOLD if name in record},
        "status": REUSED if published else DONE,
        "folder": str(folder),
        "as_of": plan.as_of,
        "classes": len(plan.school.classes),
        "findings": _findings_counted(record["findings"]),
        "files": sorted({each["sha256"][:_DIGITS] for each in record["files"] if each["status"] == "read"}),
        **({"by_hand": True} if plan.school.notices.get("by_hand") else {}),
    }


def _published(plan: Plan) -> Path | None:
    """Find the published run of just these inputs, whole; None where it has to be made."""
    if not any(plan.parent.glob(f"*/{RECORD}")):
        return None
    access = access_for(plan.school)
    opened = unlock_ahead(plan.inbox, access)
    with tempfile.TemporaryDirectory(prefix="houqin-", ignore_cleanup_errors=True) as place:
        copied = copy_inbox(plan.inbox, Path(place) / "s", access)
        target = plan.parent / run_id(plan, copied, access, opened)
    return target if target.is_dir() and verify_run(target) is None else None


def _made_patiently(job: str, given: JobParameters, *, notebook: bool) -> Path:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            return _made(job, given, notebook=notebook)
        except LockHeld:
            if time.monotonic() > until:
                raise
            time.sleep(LOCK_PAUSE)


def _made(job: str, given: JobParameters, *, notebook: bool) -> Path:
    if notebook:
        from houqin.jobs.runner import run_job  # noqa: PLC0415  (loads Jupyter's libraries)

        return run_job(job, given).folder
    from houqin.jobs.functions import job_function  # noqa: PLC0415  (loads pandas)

    folder: Path = job_function(job)(**given.model_dump()).folder
    return folder


def _findings_counted(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Count findings by level and code, in the order in which they come."""
    counted: dict[tuple[str, str], int] = {}
    for each in findings:
        key = (each["level"], each["code"])
        counted[key] = counted.get(key, 0) + 1
    return [{"level": level, "code": code, "count": count} for (level, code), count in counted.items()]
