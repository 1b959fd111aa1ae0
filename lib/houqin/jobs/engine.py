"""papermill's engine as we use it; importing this imports papermill, so only runs do, and late.

What it adds: each run in a prepared process of its own; a cell that did not end well says so whatever befell it, and
the notebook's first cell says where, why and what to do; the injected parameters show Chinese as Chinese; files are
written whole or not at all. A notebook that our workers cannot run as a kernel would is left to papermill's own engine.
"""

from __future__ import annotations

import errno
import logging
import os
import queue
import signal
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.jobs.artefact import (
    GONE,
    INTERRUPTED,
    NOT_STARTED,
    Failure,
    failed_cell,
    running_cell,
    timed_out,
    write_whole,
)
from houqin.jobs.kernel import KERNEL_NAME
from houqin.jobs.suitable import modules_of, reason_for_kernel
from houqin.jobs.workers import LostWorker, last_words, new_worker

# jsonschema builds a grammar of URIs while it is imported, 1.5 s that no notebook of ours needs; it copes without.
_blocked = "rfc3987_syntax" not in sys.modules
if _blocked:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: E402  (behind the block above)
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402
from papermill.execute import execute_notebook  # noqa: E402
from papermill.iorw import LocalHandler, papermill_io, write_ipynb  # noqa: E402
from papermill.log import logger  # noqa: E402
from papermill.translators import PythonTranslator, papermill_translators  # noqa: E402

from houqin.jobs.worker_client import WorkerClient  # noqa: E402  (it imports nbclient)

if _blocked:
    del sys.modules["rfc3987_syntax"]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from houqin.jobs.workers import Worker

ENGINE_NAME = "houqin"
START_SECONDS = 120
OUTPUT_LIMIT = 256 << 20
_SAVE_SECONDS = 1.0
_OWN = ("km", "on_cell", "preload", "memory_limit", "output_limit", "run_timeout", "colors", "folder", "environment",
        "collect")

__all__ = [
    "ENGINE_NAME", "KERNEL_NAME", "START_SECONDS", "DeadKernelError", "PapermillExecutionError", "WorkerDidNotStart",
    "execute_notebook",
]  # fmt: skip


class WorkerDidNotStart(DeadKernelError):
    """No process was to be had; the message is what the prepared one wrote last, which may be nothing."""


class HonestClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs cell after cell in a kernel and marks the one that failed, whatever it failed of."""

    on_cell: Callable[[int, int], None] | None = None
    failure: Failure | None = None
    at: int | None = None

    def papermill_execute_cells(self) -> None:
        """Run the cells in order up to the first that fails."""
        for index, cell in enumerate(self.nb.cells):
            self.at = index
            if self.on_cell is not None and cell.cell_type == "code":
                self.on_cell(index + 1, len(self.nb.cells))
            self.nb_man.cell_start(cell, index)
            try:
                self.execute_cell(cell, index)
            except BaseException as fault:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=fault)
                if isinstance(fault, CellExecutionError):
                    return  # papermill raises it once the notebook is saved
                self.failure = _failure_of(fault, self._get_timeout(cell))
                raise
            finally:
                self.nb_man.cell_complete(self.nb.cells[index], cell_index=index)


class HouqinEngine(Engine):  # type: ignore[misc]
    """Executes a notebook in a worker, in a kernel that is running already (`km`), or as papermill itself would.

    Options beside papermill's: `preload` (modules that the worker has loaded), `memory_limit` and `output_limit`
    (bytes), `run_timeout` (seconds for all cells together), `on_cell` (number, of how many), `colors` of tracebacks,
    `folder` (where the notebook works, instead of the folder that all of this process share),
    `environment` (variables added to ours), `collect` (thresholds of Python's garbage collector in the worker).
    """

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:  # noqa: ANN401  (papermill is untyped)
        """Give our own name for a kernel of our own Python: so our translator of parameters is taken."""
        asked = str(super().nb_kernel_name(nb, name))
        return asked if reason_for_kernel(nb, asked) else KERNEL_NAME

    @classmethod
    def execute_notebook(  # noqa: PLR0913, PLR0917  (papermill's signature)
        cls, nb: Any, kernel_name: str, output_path: str | None = None, progress_bar: Any = True,  # noqa: ANN401, FBT002
        log_output: bool = False, autosave_cell_every: int = 30, **options: Any,  # noqa: ANN401, FBT001, FBT002
    ) -> Any:  # fmt: skip  # noqa: ANN401
        """Execute it; the notebook is saved on the way now and then, and when it has ended, well or badly."""
        manager = NotebookExecutionManager(
            nb, output_path=None, progress_bar=progress_bar, log_output=log_output, autosave_cell_every=0
        )  # fmt: skip  # saved by us: papermill's own does it twice a cell
        del autosave_cell_every
        saved = _Saves(manager, output_path)
        manager.notebook_start()
        try:
            with _ended_politely():
                cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, saves=saved, **options)
        except BaseException:
            manager.cleanup_pbar()
            manager.notebook_complete()
            saved.save()
            raise
        manager.cleanup_pbar()
        manager.notebook_complete()
        if "input_path" not in options:  # papermill.execute_notebook says it, and writes the notebook itself
            saved.save()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, log_output: bool = False,
        saves: _Saves | None = None, **options: Any,  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Run the notebook in the way that suits it."""
        own = {name: options.pop(name) for name in _OWN if name in options}
        client_options = {"log": logger, "log_output": log_output, **_client_options(options)}
        reason = None if "km" in own else reason_for_kernel(nb_man.nb, kernel_name, client_options)
        saves = saves or _Saves(nb_man, None)
        if reason is None and "km" not in own:
            _run_in_worker(nb_man, kernel_name, saves, own, client_options)
            return
        if reason is not None:
            logger.warning("houqin：这个笔记本用普通内核运行，因为%s。", reason)
        name = nb_man.nb.metadata.get("kernelspec", {}).get("name", kernel_name) if kernel_name == KERNEL_NAME and (
            "km" not in own) else kernel_name  # fmt: skip
        client = HonestClient(nb_man, km=own.get("km"), kernel_name=name, **client_options)
        client.on_cell = own.get("on_cell")
        try:
            client.execute(**_place_of(own))
        finally:
            _tell(nb_man.nb, client.at, client.failure)


def _place_of(own: dict[str, Any]) -> dict[str, Any]:
    """Give an ordinary kernel the folder and the variables that a worker would have."""
    place = {"cwd": own["folder"]} if own.get("folder") else {}
    return place | ({"env": {**os.environ, **own["environment"]}} if own.get("environment") else {})


def _run_in_worker(
    nb_man: Any, kernel_name: str, saves: _Saves, own: dict[str, Any], options: dict[str, Any]  # noqa: ANN401
) -> None:  # fmt: skip
    seconds = own.get("run_timeout")
    deadline = None if seconds is None else time.monotonic() + seconds
    try:
        worker = _ready_worker([*modules_of(nb_man.nb), *own.get("preload", ())], own)
    except BaseException as fault:
        first = next((n for n, cell in enumerate(nb_man.nb.cells) if cell.cell_type == "code"), 0)
        if nb_man.nb.cells:
            nb_man.cell_exception(nb_man.nb.cells[first], cell_index=first, exception=fault)
        _tell(nb_man.nb, first, NOT_STARTED if isinstance(fault, WorkerDidNotStart) else _failure_of(fault, None))
        raise
    client = WorkerClient(nb_man, worker, output_limit=own.get("output_limit") or OUTPUT_LIMIT, **options)
    client.on_cell, client.on_progress, client.deadline = own.get("on_cell"), saves.now_and_then, deadline
    done = False
    try:
        logger.info("Executing notebook with kernel: %s", kernel_name)
        client.execute()
        done = True
        nb_man.nb.metadata["language_info"] = _language()
    finally:
        _tell(nb_man.nb, client.at, client.failure)
        (worker.finish if done else worker.kill)()


def _ready_worker(modules: list[str], own: dict[str, Any]) -> Worker:
    """Give a worker that waits for its first cell; WorkerDidNotStart where there is none to be had."""
    folder, environment = own.get("folder") or str(Path.cwd()), {**os.environ, **(own.get("environment") or {})}
    for last in (False, True):  # the prepared process may have been killed a moment ago: nothing has run yet
        worker = None
        try:
            worker = new_worker(modules)
            worker.set_up(
                folder, environment, colors=own.get("colors"), memory=own.get("memory_limit"),
                collect=own.get("collect"),
            )  # fmt: skip
            worker.await_ready(START_SECONDS)
        except BaseException as fault:
            if worker is not None:
                worker.kill()
            if not isinstance(fault, LostWorker | queue.Empty):
                raise
            if last:
                raise WorkerDidNotStart(last_words()) from fault
        else:
            return worker
    raise AssertionError("the last try returns or raises")


def _language() -> dict[str, Any]:
    """Give what a kernel of this Python says of its language."""
    version = sys.version_info
    return {
        "name": "python",
        "version": ".".join(map(str, version[:3])),
        "mimetype": "text/x-python",
        "codemirror_mode": {"name": "ipython", "version": version[0]},
        "pygments_lexer": f"ipython{version[0]}",
        "nbconvert_exporter": "python",
        "file_extension": ".py",
    }


def _client_options(options: dict[str, Any]) -> dict[str, Any]:
    """Give papermill's options as the client names them."""
    known = dict(options)
    known.pop("input_path", None)
    known.setdefault("startup_timeout", known.pop("start_timeout", START_SECONDS))
    seconds = known.pop("execution_timeout", None)
    if seconds:
        known["timeout"] = seconds
    return known


def _failure_of(fault: BaseException, seconds: int | None) -> Failure:
    if isinstance(fault, CellTimeoutError):
        return timed_out(seconds or 0)
    return INTERRUPTED if isinstance(fault, (KeyboardInterrupt, SystemExit)) else GONE


def _tell(notebook: Any, index: int | None, failure: Failure | None) -> None:  # noqa: ANN401
    """Say in the notebook what befell it; its cells keep their marks."""
    if failure is None or index is None or not notebook.cells:
        return
    notebook.metadata.papermill["exception"] = True
    cell = failed_cell(notebook, index, failure)
    cell.metadata["papermill"] = {"exception": None, "start_time": None, "end_time": None, "duration": None,
                                  "status": "completed"}  # fmt: skip


class _Saves:
    """Writes the notebook on its way, not more often than a person could look."""

    def __init__(self, manager: Any, path: str | None) -> None:  # noqa: ANN401
        self._manager, self._path = manager, path
        self._last = time.monotonic()

    def save(self) -> None:
        """Write it as it is."""
        if self._path:
            write_ipynb(self._manager.nb, self._path)

    def now_and_then(self, index: int) -> None:
        """Write it with a first cell that says how far it is, if it is time."""
        if not self._path or time.monotonic() - self._last < _SAVE_SECONDS:
            return
        notebook = self._manager.nb
        running_cell(notebook, index)
        try:
            self.save()
        finally:
            notebook.cells.pop(0)
            self._last = time.monotonic()


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Turn the system's request to end into an exception, so that the notebook is saved and says so."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def end(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


class ChineseTranslator(PythonTranslator):  # type: ignore[misc]
    """Writes the injected parameters as a person would."""

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """Quote a text without escaping what is not ASCII."""
        escaped = str(str_val).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'

    @classmethod
    def codify(cls, parameters: dict[str, Any], comment: str = "") -> str:
        """Write the cell."""
        del comment  # papermill's own is English
        return super().codify(parameters, "本次运行的参数")  # type: ignore[no-any-return]


class WholeFiles(LocalHandler):  # type: ignore[misc]
    """papermill's files on a local disk, written whole or not at all."""

    def write(self, buf: str, path: str) -> None:
        """Write a file beside, then put it in its place."""
        place = Path(self._cwd or "", path)
        if not place.parent.exists():
            raise FileNotFoundError(errno.ENOENT, "output folder doesn't exist", str(place.parent))
        write_whole(place, buf)


logger.addHandler(logging.NullHandler())  # what goes wrong we say ourselves, in Chinese
papermill_engines.register(ENGINE_NAME, HouqinEngine)
papermill_translators.register(KERNEL_NAME, ChineseTranslator)
for _scheme, _handler in papermill_io._handlers:  # noqa: SLF001  (papermill has no way to replace its handler of files)
    if type(_handler) is LocalHandler:
        _handler.__class__ = WholeFiles  # it is the one that a run under way has set its folder on
