"""Processes that run notebooks, as the engine sees them: prepared ahead, one for each run, never used twice."""

from __future__ import annotations

import atexit
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from houqin.jobs.wire import CODE, ENDED, QUIT, READY, SETUP, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import IO, BinaryIO

CAN_FORK = sys.platform == "linux"
CELLS, KERNEL = "cells", "kernel"
_LAUNCH = "from houqin.jobs.prepared import main; main()"
_LAST_SECONDS = 10.0
_MOST_SAID = 1 << 12
_LONGEST_WAIT = 0.5  # Windows hears of Ctrl-C only between two waits
# One thread, so that a fork finds no other; the validation of frozen modules belongs to a debugger nobody attaches.
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


class LostWorker(RuntimeError):
    """A worker ended before it was asked to; `status` is its exit status, negative for a signal, None if unknown."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"the worker ended ({status})")
        self.status = status


class Worker:
    """A process for one run."""

    def __init__(self, stream: BinaryIO, source: BinaryIO, process: subprocess.Popen[bytes] | None = None) -> None:
        """Talk over two streams; `process` is given where it is a child of ours and not of a prepared process."""
        self._stream, self._process = stream, process
        self.pid: int | None = process.pid if process is not None else None
        self.status: int | None = None
        self.kilobytes = 0
        self.cpu = 0.0
        self.received = 0
        self._messages: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, args=[source], name="houqin-worker", daemon=True).start()

    def set_up(self, folder: str, environment: Mapping[str, str], **more: Any) -> None:  # noqa: ANN401  (JSON)
        """Say where it runs and within what limits."""
        self._send({"is": SETUP, "folder": folder, "environment": dict(environment), **more})

    def await_ready(self, seconds: float) -> None:
        """Wait until it is ready for its first cell; queue.Empty after so many seconds, LostWorker where it ended."""
        while self.get(seconds)["is"] != READY:
            pass

    def run(self, source: str, cell: str | None = None) -> None:
        """Have it run a cell; what comes of it is got by `get`."""
        self._send({"is": CODE, "source": source, "cell": cell})

    def get(self, seconds: float | None = None) -> dict[str, Any]:
        """Give the next message; queue.Empty after so many seconds, LostWorker where it has ended."""
        until = None if seconds is None else time.monotonic() + seconds
        while True:
            left = _LONGEST_WAIT if until is None else max(0.0, min(_LONGEST_WAIT, until - time.monotonic()))
            try:
                message = self._messages.get(timeout=left)
            except queue.Empty:
                if until is not None and time.monotonic() >= until:
                    raise
                continue
            if message is None:
                self._messages.put(None)
                raise LostWorker(self.status)
            if "pid" in message:
                self.pid = message["pid"]
            return message

    def interrupt(self) -> None:
        """Interrupt its cell, as Ctrl-C does."""
        if self.pid is not None and os.name != "nt":
            with suppress(OSError):
                os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """End it at once, with all that it started."""
        if self._process is not None:
            self._process.kill()
        elif self.pid is not None and self.status is None:
            with suppress(OSError):
                os.killpg(self.pid, signal.SIGKILL)
        self._close()

    def finish(self) -> None:
        """Let it end: its files are written, what it registered is done; one that does not end is killed."""
        try:
            self._send({"is": QUIT})
            while True:
                self.get(_LAST_SECONDS)
        except LostWorker:
            pass
        except queue.Empty:
            self.kill()
            return
        self._close()

    def _send(self, message: dict[str, Any]) -> None:
        try:
            self._stream.write(pack(message))
            self._stream.flush()
        except (OSError, ValueError):
            with suppress(queue.Empty):
                while True:  # what it said last, and how it ended
                    self.get(_LAST_SECONDS)
            raise LostWorker(self.status) from None

    def _read(self, source: BinaryIO) -> None:
        with suppress(OSError, ValueError):
            for message in unpack(self._counted(source)):
                if message["is"] == ENDED:
                    self.status, self.kilobytes, self.cpu = message["status"], message["kilobytes"], message["cpu"]
                    break
                self._messages.put(message)
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self.status = self._process.wait(_LAST_SECONDS)
        self._messages.put(None)

    def _counted(self, source: BinaryIO) -> Any:  # noqa: ANN401  (an iterator of lines)
        for line in source:
            self.received += len(line)
            yield line

    def _close(self) -> None:
        with suppress(OSError):
            self._stream.close()


class ForkServer:
    """Our end of a prepared process that forks; started when it is first needed, started anew where it was lost."""

    def __init__(self, kind: str = CELLS) -> None:
        """Fork workers for cells, or kernels."""
        self._kind = kind
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._words = ""
        self._owner = 0

    @property
    def pid(self) -> int | None:
        """Give the prepared process's id."""
        return self._process.pid if self._process is not None else None

    def prepare(self, modules: Sequence[str] = ()) -> None:
        """Start the prepared process, if it is not there."""
        with self._lock:
            if not self._alive():
                self._start(modules)

    def fork(self, modules: Sequence[str] = (), **request: Any) -> socket.socket:  # noqa: ANN401  (JSON)
        """Fork a process and give the line to it; `modules` are loaded first, for it and for all after it."""
        ours, theirs = socket.socketpair()
        data = json.dumps({"modules": list(modules), **request}).encode()
        with self._lock, theirs:
            for _try in (1, 2):
                if not self._alive():
                    self._start(modules)
                if self._control is not None:
                    with suppress(OSError):  # it was killed: another one is made
                        socket.send_fds(self._control, [data], [theirs.fileno()])
                        return ours
                self._drop()
        ours.close()
        raise LostWorker(None)

    def last_words(self) -> str:
        """Give the line in which the prepared process last told a fault: why it did not start, for one.

        One that ended before it was even asked for a fork is told of as well.
        """
        return self._last_line() or self._words

    def _last_line(self) -> str:
        said = b""
        if self._said is not None:
            with suppress(OSError, ValueError):
                place = self._said.fileno()
                said = os.pread(place, _MOST_SAID, max(0, os.fstat(place).st_size - _MOST_SAID))
        lines = [line.strip() for line in said.decode("utf-8", "replace").split("\n") if line.strip()]
        return next((line for line in reversed(lines) if "rror" in line), lines[-1] if lines else "")

    def close(self) -> None:
        """End it, and all that it forked."""
        with self._lock:
            self._drop()
            self._words = ""

    def leave(self) -> None:
        """End it without waiting until it has: it notices by itself that nobody is left."""
        if self._owner == os.getpid() and self._control is not None:
            self._control.close()

    def _alive(self) -> bool:
        if self._owner != os.getpid():  # we are a fork of the process that started it
            self._control = self._process = None
        return self._control is not None and self._process is not None and self._process.poll() is None

    def _start(self, modules: Sequence[str]) -> None:
        self._drop()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with suppress(OSError):  # a full disk
            self._said = tempfile.TemporaryFile()  # noqa: SIM115  (it is kept as long as its process)
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  (our own Python)
                _command("fork", self._kind, str(theirs.fileno()), modules), pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=self._said or subprocess.DEVNULL, cwd="/",
                env={**os.environ, **_ENVIRONMENT},
            )  # fmt: skip
        self._control, self._owner = ours, os.getpid()

    def _drop(self) -> None:
        self._words = self._last_line() or self._words
        control, process, said = self._control, self._process, self._said
        self._control = self._process = self._said = None
        for each in (control, said):
            if each is not None:
                each.close()
        if process is not None:
            try:
                process.wait(_LAST_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


class OneShots:
    """Prepared processes for one run each, where a fork is not safe: one is always being prepared."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: subprocess.Popen[bytes] | None = None

    def prepare(self, modules: Sequence[str] = ()) -> None:
        """Begin to prepare one, if none is there."""
        with self._lock:
            if self._next is None or self._next.poll() is not None:
                self._next = self._start(modules)

    def take(self, modules: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Give a prepared process, and begin to prepare the one after it."""
        self.prepare(modules)
        with self._lock:
            process, self._next = self._next, self._start(modules)
        if process is None:  # another thread took it between the two steps
            return self._start(modules)
        return process

    def close(self) -> None:
        """End the one that waits."""
        with self._lock:
            process, self._next = self._next, None
        if process is not None:
            process.kill()
            process.wait()

    @staticmethod
    def _start(modules: Sequence[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  (our own Python)
            _command("once", CELLS, "-", modules), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env={**os.environ, **_ENVIRONMENT},
        )  # fmt: skip


FORKS, KERNELS, ONE_SHOTS = ForkServer(CELLS), ForkServer(KERNEL), OneShots()


def new_worker(modules: Sequence[str] = ()) -> Worker:
    """Give a worker with these modules loaded, from a prepared process."""
    if CAN_FORK:
        line = FORKS.fork(modules)
        with line:  # the streams hold it open
            return Worker(line.makefile("wb"), line.makefile("rb"))
    process = ONE_SHOTS.take(modules)
    if process.stdin is None or process.stdout is None:
        raise LostWorker(None)
    return Worker(process.stdin, process.stdout, process)  # type: ignore[arg-type]  # plain binary streams


def last_words() -> str:
    """Give what the process that prepares workers wrote last; nothing where each worker is a process of its own."""
    return FORKS.last_words()


def prepare(modules: Sequence[str] = ()) -> None:
    """Begin to prepare for runs, while the caller is busy elsewhere."""
    (FORKS if CAN_FORK else ONE_SHOTS).prepare(modules)


def _command(how: str, kind: str, descriptor: str, modules: Sequence[str]) -> list[str]:
    return [sys.executable, "-P", "-c", _LAUNCH, how, kind, descriptor, ",".join(modules)]


@atexit.register
def _close() -> None:
    FORKS.leave()
    KERNELS.leave()
    ONE_SHOTS.close()
