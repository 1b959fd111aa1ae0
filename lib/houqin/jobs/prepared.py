"""The process that is ready before it is needed: libraries loaded, no thread, no socket of ZeroMQ, no event loop.

On Linux it forks itself for each run and buries what it forked. Elsewhere a fork is not safe, so it becomes the one run
itself and its engine prepares the next one in time. It is started by `houqin.jobs.workers`.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import queue
import select
import signal
import socket
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from houqin.jobs.wire import ENDED, pack
from houqin.jobs.worker_limits import die_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REQUEST = 1 << 16
CELLS, KERNEL = "cells", "kernel"


def main() -> None:
    """Prepare and serve: `fork CELLS|KERNEL DESCRIPTOR MODULES` or `once CELLS - MODULES` (names with commas)."""
    how, kind, descriptor, modules = sys.argv[1:5]
    names = [name for name in modules.split(",") if name]
    if how == "once":
        _serve_once(names)
    with tempfile.TemporaryDirectory(prefix="houqin-") as private:
        start = _cells(Path(private)) if kind == CELLS else _kernel()
        _load(names)
        Undertaker(socket.socket(fileno=int(descriptor)), start).serve()


def _cells(private: Path) -> Callable[[socket.socket, dict[str, Any]], NoReturn]:
    from houqin.jobs.worker import make_shell, serve  # noqa: PLC0415  (a kernel has a shell of its own)

    shell = make_shell(private)

    def start(line: socket.socket, _request: dict[str, Any]) -> NoReturn:
        serve(shell, line.makefile("rb"), line.makefile("wb"))

    return start


def _kernel() -> Callable[[socket.socket, dict[str, Any]], NoReturn]:
    from houqin.jobs.forked_kernel import become_kernel, load_ahead  # noqa: PLC0415  (loaded where it is needed)

    load_ahead()
    return become_kernel


class Undertaker:
    """Forks on request, and tells each engine how its worker ended; when the engine goes, all workers go."""

    def __init__(self, control: socket.socket, start: Callable[[socket.socket, dict[str, Any]], NoReturn]) -> None:
        """Take requests from `control`; `start` runs in the fork and does not come back."""
        self._control, self._start = control, start
        self._lines: dict[int, socket.socket] = {}

    def serve(self) -> None:
        """Serve until the engine has gone."""
        bell, ring = os.pipe()
        for end in (bell, ring):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the engine's terminal means the engine
        gc.collect()
        while True:
            ready, _, _ = select.select([self._control.fileno(), bell], [], [])
            if bell in ready:
                with suppress(BlockingIOError):
                    os.read(bell, _REQUEST)
                self._bury()
            if self._control.fileno() in ready and not self._fork(bell, ring):
                break
        for pid in self._lines:
            _end_group(pid)

    def _fork(self, bell: int, ring: int) -> bool:
        """Fork for the next request; False where there are no more."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, _REQUEST, 1)
        except OSError:
            return False
        if not data or not descriptors:
            return False
        request = json.loads(data)
        _load(request.get("modules", ()))
        line = socket.socket(fileno=descriptors[0])
        gc.freeze()
        parent, pid = os.getpid(), os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            for number in (bell, ring):
                os.close(number)
            self._become_worker(line, request, parent)
        self._lines[pid] = line
        return True

    def _become_worker(self, line: socket.socket, request: dict[str, Any], parent: int) -> NoReturn:
        try:
            os.setsid()  # what it starts in its turn is ended with it
            die_with(parent)
            self._control.close()
            for other in self._lines.values():
                other.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            self._start(line, request)
        finally:
            os._exit(70)

    def _bury(self) -> None:
        while self._lines:
            try:
                pid, status, used = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            line = self._lines.pop(pid, None)
            _end_group(pid)
            if line is not None:
                told = {"is": ENDED, "status": os.waitstatus_to_exitcode(status), "kilobytes": used.ru_maxrss,
                        "cpu": used.ru_utime + used.ru_stime}  # fmt: skip
                with suppress(OSError):
                    line.settimeout(1)
                    line.sendall(pack(told))
                line.close()


def _serve_once(names: list[str]) -> NoReturn:
    """Become a run oneself; what comes in is read by a thread, so that the engine's end is noticed at once."""
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    from houqin.jobs.worker import make_shell, serve  # noqa: PLC0415  (after the streams are safe)

    private = tempfile.mkdtemp(prefix="houqin-")
    shell = make_shell(Path(private))
    _load(names)
    serve(shell, _ReadAhead(reading), writing)  # type: ignore[arg-type]  # only iterated over


class _ReadAhead:
    """Lines of a stream, read by a thread that ends the process when the other side has gone."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._stream = stream
        threading.Thread(target=self._read, daemon=True).start()

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield self._lines.get()

    def _read(self) -> None:
        for line in self._stream:
            self._lines.put(line)
        os._exit(1)


def _load(names: Any) -> None:  # noqa: ANN401  (a list of names, out of JSON)
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # the notebook's own import will say what is wrong
                importlib.import_module(name)


def _end_group(pid: int) -> None:
    with suppress(OSError):
        os.killpg(pid, signal.SIGKILL)
