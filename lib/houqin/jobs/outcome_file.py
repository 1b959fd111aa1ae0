"""What runner and kernel tell each other: two files in the run's folder, taken away again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, NamedTuple

from houqin.errors import FailedRun
from houqin.model import SourceFile

# Set for the kernel by the runner: the run's folder. The kernel starts before the run has its id, so that is a file.
RUN_VARIABLE = "HOUQIN_RUN_DIR"
_NAME, _ORDER = ".outcome.json", ".order.json"


class Order(NamedTuple):
    """What the kernel is to make: the run's folder and id, files of the inbox that it will not find there.

    `originals` names the folder of its sources that holds archives, whose files lie beside it.
    """

    folder: Path
    id: str
    left_out: list[SourceFile]
    originals: str | None = None


def runner_folder() -> Order | None:
    """Give the runner's order; None when a person runs the notebook."""
    told = os.environ.get(RUN_VARIABLE)
    if not told:
        return None
    folder = Path(told)
    order = json.loads((folder / _ORDER).read_text(encoding="utf-8"))
    return Order(folder, order["id"], [SourceFile(**file) for file in order["left_out"]], order["originals"])


def leave_order(order: Order) -> None:
    """Tell the kernel what it cannot see in the run's folder."""
    files = [
        {
            "path": file.path, "sha256": file.sha256, "status": file.status, "code": file.code,
            "reason": file.reason, "same_as": file.same_as,
        }
        for file in order.left_out
    ]  # fmt: skip
    told = {"id": order.id, "left_out": files, "originals": order.originals}
    (order.folder / _ORDER).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


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
    (folder / _ORDER).unlink()
    return outcome
