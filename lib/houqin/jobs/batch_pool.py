"""Supervised processes for a batch: one that dies or hangs is replaced, and costs nobody but its own school."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from houqin.jobs.batch_child import FAULT, MEMORY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FAILED = "failed"
RUN_SCHOOL = "houqin.jobs.batch_school:run_school"
_START = "from houqin.jobs.batch_child import main; main()"
_TRIES = 2  # the system without memory ends whom it likes; who is ended twice has done it himself


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one school may take: seconds by the clock, MiB of memory a process."""

    seconds: int = 600
    memory_mb: int = 4096


@dataclass(frozen=True, slots=True)
class Task:
    """One school to be made: `call` is `module:function`, its arguments plain values."""

    number: int
    call: str
    arguments: Mapping[str, Any]


class Child:
    """One worker process, started when it is first needed."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False
        self._lock = threading.Lock()

    def run(self, task: Task) -> dict[str, Any]:
        """Give a task's outcome; where it failed or its process did, status `failed` and the reason."""
        for _ in range(_TRIES):
            answer, was_late = self._ask(task)
            if answer is not None:
                return self._told(answer)
            self._end()
            if was_late:
                return _failed(f"{self._limits.seconds} 秒没有做完，已经停止。可能有特别大的表；可以放宽 --seconds。")
            if self._stopped:
                return _failed("整批被中断，没有做。")
        return _failed("做到一半，工作进程没了（可能内存不够，或被系统结束），试了两次都这样。")

    def stop(self) -> None:
        """End the process for good, from any thread."""
        with self._lock:
            self._stopped = True
        self._end()

    def _ask(self, task: Task) -> tuple[dict[str, Any] | None, bool]:
        """Send a task and wait; None where the process ended instead, and whether that was for its time."""
        late = threading.Event()
        process = self._started()
        if process is None:
            return None, False

        def end_late() -> None:
            late.set()
            _kill(process)

        clock = threading.Timer(self._limits.seconds, end_late)
        clock.daemon = True
        clock.start()
        try:
            with contextlib.suppress(OSError, ValueError):
                _send(process.stdin, {"call": task.call, "arguments": dict(task.arguments)})
                line = process.stdout.readline() if process.stdout else ""
                return (json.loads(line), False) if line else (None, late.is_set())
            return None, late.is_set()
        finally:
            clock.cancel()

    def _told(self, answer: dict[str, Any]) -> dict[str, Any]:
        if "outcome" in answer:
            outcome: dict[str, Any] = answer["outcome"]
            return outcome
        if answer["kind"] != FAULT:
            self._end()  # who knows in what state it is
        if answer["kind"] == MEMORY:
            return _failed(f"内存不够：用到了 {self._limits.memory_mb} MB 的上限。可以放宽 --memory-mb。")
        return _failed(answer["reason"])

    def _started(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._stopped:
                return None
            if self._process is None or self._process.poll() is not None:
                self._process = _start()
                with contextlib.suppress(OSError):
                    _send(self._process.stdin, {"memory_mb": self._limits.memory_mb})
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            _kill(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()


def run_here(tasks: Sequence[Task], workers: int, limits: Limits) -> Iterator[tuple[Task, dict[str, Any]]]:
    """Run tasks on processes of this machine; give each with its outcome as it is done, in any order."""
    waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
    for task in tasks:
        waiting.put(task)
    done: queue.SimpleQueue[tuple[Task, dict[str, Any]]] = queue.SimpleQueue()
    children = [Child(limits) for _ in range(min(workers, len(tasks)))]
    threads = [threading.Thread(target=_work, args=(child, waiting, done), daemon=True) for child in children]
    for thread in threads:
        thread.start()
    try:
        for _ in tasks:
            yield _next(done)
    finally:
        for child in children:
            child.stop()


def usual_workers() -> int:
    """Give the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _next(done: queue.SimpleQueue[tuple[Task, dict[str, Any]]]) -> tuple[Task, dict[str, Any]]:
    while True:
        with contextlib.suppress(queue.Empty):
            return done.get(timeout=0.5)  # and not for ever: Windows hears of Ctrl-C only between two waits


def _work(
    child: Child, waiting: queue.SimpleQueue[Task], done: queue.SimpleQueue[tuple[Task, dict[str, Any]]]
) -> None:
    while True:
        try:
            task = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            done.put((task, child.run(task)))
        except Exception as fault:  # noqa: BLE001  (the batch waits for an answer for each school)
            done.put((task, _failed(f"工作进程没有启动起来：{fault}")))


def _start() -> subprocess.Popen[str]:
    # A group of its own: it is ended with all that it started, and Ctrl-C is the batch's to answer.
    own_group: dict[str, Any] = {"process_group": 0} if os.name == "posix" else {"creationflags": 0x200}
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
        [sys.executable, "-P", "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, encoding="utf-8", env=environment, **own_group,
    )  # fmt: skip


def _kill(process: subprocess.Popen[str]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix" and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
    with contextlib.suppress(OSError):
        process.kill()


def _send(stream: IO[str] | None, document: dict[str, Any]) -> None:
    if stream is not None:
        stream.write(json.dumps(document, ensure_ascii=False) + "\n")
        stream.flush()


def _failed(reason: str) -> dict[str, Any]:
    return {"status": FAILED, "reason": reason}
