"""Many notebooks, some at a time, each in a process of its own: what a batch is made with.

    with Forks(2) as forks:
        tickets = [forks.submit(notebook, {"school": name}, out) for name, out in schools]
        for ticket in tickets:
            outcome = ticket.result()

A run that fails is an outcome and no exception: whatever befalls a worker, the others go on.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How a run ended: `fault` is None where it went well, else the exception, and `reason` a Chinese sentence."""

    notebook: Path
    out: Path
    fault: Exception | None = None
    reason: str = ""

    @property
    def is_done(self) -> bool:
        """Tell whether it went well."""
        return self.fault is None


class Forks:
    """Runs notebooks, so many at a time; threads only wait here, the work is done by the workers."""

    def __init__(
        self, at_once: int, *, preload: Sequence[str] = (), seconds: float | None = None, memory: int | None = None
    ) -> None:
        """Prepare; `preload` names modules that workers have loaded, `seconds` and `memory` (bytes) limit each run."""
        from houqin.jobs import engine, workers  # noqa: PLC0415  (papermill is loaded once it is needed)

        workers.prepare(preload)  # the prepared process loads while papermill does
        self._engine = engine
        self._options = {"preload": tuple(preload), "run_timeout": seconds, "memory_limit": memory}
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="houqin-run")

    def submit(
        self, notebook: Path, parameters: Mapping[str, Any], out: Path, *, folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Future[RunOutcome]:  # fmt: skip
        """Have a notebook run; it works in `folder`, else where it lies, with `environment` added to ours."""
        return self._pool.submit(self._run, notebook, dict(parameters), out, folder or notebook.parent, environment)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *fault: object) -> None:
        """Wait for what runs; after a fault what waits is given up."""
        self._pool.shutdown(wait=True, cancel_futures=fault[0] is not None)

    def _run(
        self, notebook: Path, parameters: dict[str, Any], out: Path, folder: Path, environment: Mapping[str, str] | None
    ) -> RunOutcome:
        try:
            self._engine.execute_notebook(
                notebook, out, parameters, engine_name=self._engine.ENGINE_NAME, progress_bar=False,
                folder=str(folder.resolve()), environment=environment, **self._options,
            )  # fmt: skip
        except Exception as fault:  # noqa: BLE001  (one run's fault, whatever it is, is none of the others)
            return RunOutcome(notebook, out, fault, _reason(fault))
        return RunOutcome(notebook, out)


def _reason(fault: Exception) -> str:
    """Say in a sentence what went wrong; the saved notebook tells it at length."""
    from houqin.jobs.engine import DeadKernelError, PapermillExecutionError, WorkerDidNotStart  # noqa: PLC0415  (as above)

    if isinstance(fault, PapermillExecutionError):
        return f"{fault.ename}：{fault.evalue}" if fault.evalue else str(fault.ename)
    if isinstance(fault, TimeoutError):
        return "超过了时限。"
    if isinstance(fault, WorkerDidNotStart):
        return "运行笔记本的进程没有启动起来" + (f"，它最后说：{fault}" if str(fault) else "。")
    if isinstance(fault, DeadKernelError):
        return "运行笔记本的进程中途停了（可能内存不够，或被系统结束）。"
    return f"{type(fault).__name__}：{fault}"
