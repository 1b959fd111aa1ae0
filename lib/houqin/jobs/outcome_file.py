"""What runner and kernel tell each other: two files in the run's folder, taken away again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from houqin.errors import FailedRun

# Set for the kernel by the runner: the run's folder. The kernel starts before the run has its id, so that is a file.
RUN_VARIABLE = "HOUQIN_RUN_DIR"
_NAME, _ID = ".outcome.json", ".id"


def runner_folder() -> tuple[Path, str] | None:
    """Give folder and id of the run that the runner has opened for us, None when a person runs the notebook."""
    told = os.environ.get(RUN_VARIABLE)
    if not told:
        return None
    folder = Path(told)
    return folder, (folder / _ID).read_text(encoding="utf-8")


def leave_id(folder: Path, run_id: str) -> None:
    """Tell the kernel the run's id."""
    (folder / _ID).write_text(run_id, encoding="utf-8")


def leave_outcome(folder: Path, outcome: dict[str, Any]) -> None:
    """Write what came out."""
    (folder / _NAME).write_text(json.dumps(outcome, ensure_ascii=False), encoding="utf-8")


def take_outcome(folder: Path) -> dict[str, Any]:
    """Read what came out and remove the file; FailedRun where the notebook ended without having made anything."""
    path = folder / _NAME
    try:
        outcome: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise FailedRun("笔记本运行完了，却没有产生结果：它没有调用作业，或结果没有写完。") from fault
    path.unlink()
    (folder / _ID).unlink()
    return outcome
