"""Puts a worker's messages into the notebook: papermill's own client, with a worker where it has a kernel."""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING, Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient

from houqin.jobs.artefact import (
    BROKEN,
    GONE,
    INTERRUPTED,
    KILLED,
    MEMORY,
    TOO_MUCH,
    Failure,
    timed_out,
)
from houqin.jobs.wire import REPLY
from houqin.jobs.workers import LostWorker

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.jobs.workers import Worker

_GRACE_SECONDS = 5.0  # for a cell that was interrupted to come to its end


class WorkerClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs cell after cell in a worker; afterwards `failure` says what befell the run, and `at` where it stopped."""

    def __init__(self, nb_man: Any, worker: Worker, *, output_limit: int, **traits: Any) -> None:  # noqa: ANN401  (papermill is untyped)
        super().__init__(nb_man, **traits)
        self.worker = worker
        self.output_limit = output_limit
        self.failure: Failure | None = None
        self.at: int | None = None
        self.on_cell: Callable[[int, int], None] | None = None
        self.on_progress: Callable[[int], None] = lambda _index: None
        self.deadline: float | None = None

    def execute(self, **_options: object) -> Any:  # noqa: ANN401  (the notebook, as above)
        """Run the cells in order up to the first that fails, and mark that one."""
        self.reset_execution_trackers()
        for index, cell in enumerate(self.nb.cells):
            self.at = index
            if self.on_cell is not None and cell.cell_type == "code":
                self.on_cell(index + 1, len(self.nb.cells))
            self.nb_man.cell_start(cell, index)
            if cell.cell_type == "code":  # prose is not what a run can be busy with
                self.on_progress(index)
            try:
                self.execute_cell(cell, index)
            except BaseException as fault:
                self.nb_man.cell_exception(cell, cell_index=index, exception=fault)
                if isinstance(fault, CellExecutionError):
                    self.failure = MEMORY if fault.ename == "MemoryError" else None
                    return self.nb  # papermill raises it
                self.failure = self.failure or (INTERRUPTED if _is_end(fault) else BROKEN)
                raise
            finally:
                self.nb_man.cell_complete(cell, cell_index=index)
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, **_options: object) -> Any:  # noqa: ANN401  (as above)
        """Run one cell; CellExecutionError where it raised, others where it came to no end."""
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self._time(cell, "iopub.status.busy")
        try:
            self.worker.run(cell.source, cell.get("id"))
            self.code_cells_executed += 1
            reply = self._until_reply(cell, cell_index)
        except LostWorker as fault:
            self.failure = failure = KILLED if fault.status == -9 else GONE
            raise _dead("Kernel died", failure) from fault
        self._time(cell, "iopub.status.idle")
        self._time(cell, "shell.execute_reply")
        self._judge(cell, reply)
        return cell

    def _until_reply(self, cell: Any, index: int) -> dict[str, Any]:  # noqa: ANN401  (as above)
        """Take outputs in until the cell has ended."""
        seconds = self._get_timeout(cell)
        until = _earliest(self.deadline, None if seconds is None else time.monotonic() + seconds)
        interrupted = False
        while True:
            try:
                message = self.worker.get(None if until is None else max(0.0, until - time.monotonic()))
            except queue.Empty:
                if interrupted or not self.interrupt_on_timeout:
                    self.failure = timed_out(seconds or 0)
                    raise CellTimeoutError.error_from_timeout_and_cell(
                        "Cell execution timed out", seconds, cell
                    ) from None
                self.worker.interrupt()
                interrupted, until = True, time.monotonic() + _GRACE_SECONDS
                continue
            if message["is"] == REPLY:
                if interrupted and self.error_on_timeout:
                    return {**self.error_on_timeout, "status": "error"}
                return message
            self._take(message, cell, index)

    def _take(self, message: dict[str, Any], cell: Any, index: int) -> None:  # noqa: ANN401  (as above)
        if self.worker.received > self.output_limit:
            self.failure = TOO_MUCH
            raise _dead("Too much output", TOO_MUCH)
        self.process_message(
            {"msg_type": message["type"], "content": message["content"], "parent_header": {"msg_id": None},
             "header": {"msg_type": message["type"]}, "metadata": {}, "buffers": []},
            cell, index,
        )  # fmt: skip
        outputs = cell.outputs
        if len(outputs) > 1 and outputs[-1].output_type == outputs[-2].output_type == "stream" and (
            outputs[-1].name == outputs[-2].name
        ):  # the same text, however it travelled
            outputs[-2].text += outputs.pop().text

    def _judge(self, cell: Any, reply: dict[str, Any]) -> None:  # noqa: ANN401  (as above)
        if reply["status"] != "error":
            return
        allowed = self.allow_errors or "raises-exception" in cell.metadata.get("tags", [])
        if reply.get("ename") in self.allow_error_names or (allowed and not self.force_raise_errors):
            return
        raise CellExecutionError.from_cell_and_msg(cell, reply)

    def _time(self, cell: Any, name: str) -> None:  # noqa: ANN401  (as above)
        if self.record_timing:
            cell.metadata.setdefault("execution", {})[name] = timestamp()


def _is_end(fault: BaseException) -> bool:
    return isinstance(fault, (KeyboardInterrupt, SystemExit))


def _dead(words: str, failure: Failure) -> DeadKernelError:
    """Say what the saved notebook says: nbclient's words for programs, ours for people."""
    return DeadKernelError(f"{words}（{failure.why}{failure.what_to_do}）")


def _earliest(*times: float | None) -> float | None:
    known = [each for each in times if each is not None]
    return min(known) if known else None
