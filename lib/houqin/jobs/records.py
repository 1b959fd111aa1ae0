"""run.json: what a run was made from, with what, when, and what came out."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

import houqin
from houqin.jobs.runs import RECORD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from houqin.jobs.runs import Run

# What decides over the bytes of the result, beside our own program.
_DECISIVE = ("numpy", "pandas", "python-calamine", "xlsxwriter", "lxml", "papermill")


def record_of(run: Run, outcome: Mapping[str, Any], started: str) -> dict[str, Any]:
    """Make run.json, all but the list of outputs, which `publish` adds."""
    plan = run.plan
    return {
        "job": plan.job,
        "run": run.id,
        "status": "done",
        "school": plan.school.name,
        "period": plan.period,
        "parameters": plan.parameters,
        "versions": versions(),
        "settings": plan.school.settings_digest,
        "times": {"started": started, "finished": now_text()},
        "sources": dict(run.sources),
        **outcome,
    }


def versions() -> dict[str, str]:
    """Give the versions that decide over the result."""
    return {"houqin": houqin.__version__, "python": platform.python_version(), **_libraries()}


@cache
def _libraries() -> dict[str, str]:
    """Read them once: what this process has loaded stays what it is, whatever is installed meanwhile."""
    return {name: metadata.version(name) for name in _DECISIVE}


def now_text() -> str:
    """Give the time, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_record(folder: Path) -> dict[str, Any]:
    """Read a published run's run.json."""
    record: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    return record
