"""A batch on a Dask cluster: the same call in the same kind of supervised process, on whichever machine is free.

dask.distributed runs a task again when its worker dies, finished or not; that each school's run appears once is the
publishing's doing. The schools' folders and the results must be reachable under the same paths on all machines.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Any

from houqin.errors import FailedRun
from houqin.jobs.batch_pool import FAILED, Child, Limits, Task
from houqin.jobs.inputs import program_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REACH_SECONDS = 10
_ALLOWED_DEATHS = 10  # of machines: a school ends its own process only, never a worker of the cluster


def run_on_cluster(address: str, tasks: Sequence[Task], limits: Limits) -> Iterator[tuple[Task, dict[str, Any]]]:
    """Run tasks on the cluster of a scheduler; give each with its outcome as it is done, in any order.

    Raises FailedRun where the extra is not installed, or scheduler or workers cannot be reached.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415  (an extra)
    except ImportError as fault:
        raise FailedRun("没有装集群用的软件包。请在每台机器上运行：pip install 'distributed>=2024.8'。") from fault
    try:
        client = Client(address, timeout=_REACH_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=_REACH_SECONDS)
    except (OSError, TimeoutError, ValueError) as fault:
        raise FailedRun(f"连不上 {address} 的调度器，或它还没有工作进程（{fault}）。启动的办法见 README。") from fault
    with client:
        job = str(tasks[0].arguments["job"]) if tasks else ""
        told = {"limits": asdict(limits), "job": job, "program": program_digest(job) if job else ""}
        futures = {
            client.submit(
                run_task, task.call, dict(task.arguments), told,
                key=_key(task), retries=_ALLOWED_DEATHS, pure=False,
            ): task
            for task in tasks
        }  # fmt: skip
        for future in as_completed(futures, loop=client.loop):  # type: ignore[no-untyped-call]
            yield futures[future], _outcome(future)


def run_task(call: str, arguments: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Make one school in this worker's own supervised process."""
    if _program(told["job"]) != told["program"]:
        return {"status": FAILED, "reason": "这台机器上的 houqin 和发起整批运行的不是同一个版本。请换成同一版再运行。"}
    return _child(Limits(**told["limits"])).run(Task(0, call, arguments))


@cache
def _child(limits: Limits) -> Child:
    return Child(limits)


@cache
def _program(job: str) -> str:
    return program_digest(job)


def _key(task: Task) -> str:
    """Name a task on the scheduler; another batch's tasks are others."""
    told = json.dumps([task.call, dict(task.arguments)], sort_keys=True, ensure_ascii=False)
    return f"houqin-{hashlib.sha256(told.encode()).hexdigest()[:16]}-{task.number}"


def _outcome(future: Any) -> dict[str, Any]:  # noqa: ANN401  (a Future of distributed, which has no types)
    try:
        outcome: dict[str, Any] = future.result()
    except Exception as fault:  # noqa: BLE001  (the batch goes on, whatever befell the cluster)
        return {"status": FAILED, "reason": f"集群没有做成：{type(fault).__name__}: {fault}"}
    return outcome
