"""The process that executes a job's notebook: forked from a prepared one on Linux, elsewhere a kernel of our own.

Either is begun as early as can be, so that it loads the job's libraries while the runner is busy with the inbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from houqin.errors import FailedRun
from houqin.jobs import workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    OnCell = Callable[[int, int], None]

# What is loaded stays loaded: a job is short, and looking through all of it for garbage is a tenth of its time.
_COLLECT = (400_000, 20, 100)
_STOPPED = "运行笔记本的进程中途停了（可能内存不够，或被系统结束）。请关掉别的程序再运行一次。"


class JobProcess(Protocol):
    """What the runner needs of either."""

    def start(self, environment: Mapping[str, str]) -> None:
        """Get ready to execute with these variables added to ours."""

    def execute(self, executed: Path, parameters: Mapping[str, Any], on_cell: OnCell | None) -> None:
        """Execute the notebook into a file; FailedRun where its process came to no good end.

        papermill's PapermillExecutionError where a cell raised. Whatever is raised, the file says what happened.
        """

    def end(self) -> None:
        """End it at once: what it made is written, and a second call does nothing."""


class Forked:
    """A fork of the prepared process, which is our child and ends with us."""

    def __init__(self, notebook: Path) -> None:
        """Begin to load what the notebook's job needs."""
        self._notebook, self._modules = notebook, (_module(notebook),)
        self._environment: dict[str, str] = {}
        workers.prepare(self._modules)

    def start(self, environment: Mapping[str, str]) -> None:
        """Keep the variables: the fork takes a moment, and is made when the first cell is to run."""
        self._environment = {"MPLBACKEND": "agg", **environment}

    def execute(self, executed: Path, parameters: Mapping[str, Any], on_cell: OnCell | None) -> None:
        """Execute; see JobProcess."""
        _execute(
            self._notebook, executed, parameters, on_cell=on_cell, preload=self._modules, colors="nocolor",
            folder=str(self._notebook.parent), environment=self._environment, collect=_COLLECT,
        )  # fmt: skip

    def end(self) -> None:
        """Do nothing: the engine has ended the fork, and the prepared process serves the next run."""


class OwnKernelProcess:
    """A kernel, where a fork is not safe."""

    def __init__(self, notebook: Path) -> None:
        """Prepare; the kernel is started where its working folder and variables are known."""
        from houqin.jobs.kernel import OwnKernel  # noqa: PLC0415  (it loads Jupyter's libraries)

        self._notebook, self._kernel = notebook, OwnKernel()

    def start(self, environment: Mapping[str, str]) -> None:
        """Start the kernel; it loads while the caller is busy elsewhere."""
        self._kernel.start(cwd=self._notebook.parent, environment=environment, preload=_module(self._notebook))

    def execute(self, executed: Path, parameters: Mapping[str, Any], on_cell: OnCell | None) -> None:
        """Execute; see JobProcess."""
        from houqin.jobs.kernel import KernelDidNotStart  # noqa: PLC0415  (as above)

        try:
            _execute(
                self._notebook, executed, parameters, on_cell=on_cell, cwd=self._notebook.parent,
                km=self._kernel.manager,
            )  # fmt: skip
        except KernelDidNotStart as fault:
            raise FailedRun(_not_started(self._kernel.last_words())) from fault

    def end(self) -> None:
        """Kill the kernel."""
        self._kernel.kill()


def job_process(notebook: Path) -> JobProcess:
    """Give what executes a job's notebook on this system, already loading where it can."""
    return Forked(notebook) if workers.CAN_FORK else OwnKernelProcess(notebook)


def _execute(notebook: Path, executed: Path, parameters: Mapping[str, Any], **options: Any) -> None:  # noqa: ANN401  (papermill's)
    # Here and not above: papermill is imported while the process gets ready.
    from houqin.jobs import engine  # noqa: PLC0415

    try:
        engine.execute_notebook(
            notebook, executed, parameters=dict(parameters), engine_name=engine.ENGINE_NAME,
            kernel_name=engine.KERNEL_NAME, language="python", progress_bar=False,
            start_timeout=engine.START_SECONDS, **options,
        )  # fmt: skip
    except engine.WorkerDidNotStart as fault:
        raise FailedRun(_not_started(str(fault))) from fault
    except engine.DeadKernelError as fault:
        raise FailedRun(_STOPPED) from fault


def _module(notebook: Path) -> str:
    return f"houqin.jobs.{notebook.stem}"


def _not_started(said: str) -> str:
    return "运行笔记本的进程没有启动起来" + (f"，它最后说：{said}" if said else "。")
