"""The parent's side: one parsing child a process tree, reused from file to file and replaced when it dies."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from houqin.errors import RefusedFile
from houqin.read.frames import NEEDS_DECRYPTION, read_frame, unpack_grid, write_frame
from houqin.read.limits import HAS_ALARM, Limits, limits_of_environment
from houqin.read.notes import Member, Note, Parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.model import Grid
    from houqin.read.windows_job import Job

_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
# Isolated and without site: nothing of the user's set-up runs in the child, and it starts in some 30 ms.
_START = "import sys; sys.path.extend(sys.argv[1:]); from houqin.read.child import main; main()"
_CLOSE_SECONDS = 5
_PIPE_BYTES = 1 << 20  # the most that Linux gives without asking
# How the system tells that it ended a child for its time: by the clock, or by the processor.
_OUT_OF_TIME = tuple(-int(getattr(signal, name, 0)) for name in ("SIGALRM", "SIGXCPU"))


class Reader:
    """Reads workbooks from bytes; safe to use from threads, one file at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Prepare; the child starts with the first file."""
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._job: Job | None = None  # on Windows
        self._decrypts = False  # whether the child has what opens locked files
        self._owner = os.getpid()
        self._lock = threading.Lock()

    def parse(self, data: bytes) -> tuple[Grid, ...]:
        """Give a workbook's grids alone; see `read`."""
        return tuple(self.read(data).grids)

    def read(self, data: bytes, *, password: str | None = None) -> Parsed:
        """Give a workbook's format, grids and notes; RefusedFile has code and detail (not yet the sentence)."""
        (answer,) = self._ask({"password": password}, [data])
        return _parsed(*answer)

    def look_inside(self, data: bytes, *, password: str | None = None) -> Parsed:
        """Unpack an archive, or see that a workbook opens (its sheets are not parsed); else as `read`."""
        (answer,) = self._ask({"what": "look-inside", "password": password}, [data])
        return _parsed(*answer)

    def reduce(self, data: bytes) -> bytes:
        """Give a workbook as a computing program may have it; RefusedFile says in a phrase why it may not."""
        (answer,) = self._ask({"what": "reduce"}, [data])
        return _parsed(*answer).members[0].data

    def read_many(self, files: Sequence[bytes]) -> list[Parsed | RefusedFile]:
        """Read several files in one request, which spares the child a wake-up a file; a refusal stands in its place.

        Where the child dies of one of them or is late, each is read by itself: no file pays for another.
        """
        try:
            return [_settled(partial(_parsed, *answer)) for answer in self._ask({}, files)]
        except RefusedFile:
            return [_settled(partial(self.read, data)) for data in files]

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return
        with contextlib.suppress(OSError):
            _pipe(child.stdin).close()
        try:
            child.wait(_CLOSE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        _pipe(child.stdout).close()
        if self._job:
            self._job.close()

    def abandon(self) -> None:
        """Let go of a child that is another process's; it ends when that one does."""
        child, self._child = self._child, None
        if child is not None:
            child.returncode = 0  # not ours to wait for
            _pipe(child.stdin).close()
            _pipe(child.stdout).close()

    def _ask(self, asked: dict[str, Any], files: Sequence[bytes]) -> list[tuple[dict[str, Any], bytes]]:
        with self._lock:
            answers = self._answers(asked, files)
            if not self._decrypts and any(head.get("refused") == NEEDS_DECRYPTION for head, _ in answers):
                self.close()
                self._decrypts = True
                answers = self._answers(asked, files)
        return answers

    def _answers(self, asked: dict[str, Any], files: Sequence[bytes]) -> list[tuple[dict[str, Any], bytes]]:
        child = self._running_child()
        watch = _watch(child, self.limits.seconds + 1)
        try:
            write_frame(_pipe(child.stdin), {**asked, "sizes": [len(data) for data in files]}, files)
            _pipe(child.stdin).flush()
            return [read_frame(_pipe(child.stdout)) for _ in files]
        except (OSError, EOFError) as fault:
            self.close()
            late = watch.late if watch else child.returncode in _OUT_OF_TIME
            raise RefusedFile("timeout" if late else "reader-died", "") from fault
        except BaseException:
            # Interrupted between two frames: the next file must not get this one's answer.
            child.kill()
            self.close()
            raise
        finally:
            if watch:
                watch.cancel()

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():
            # A fork has the parent's pipes but must not speak on them.
            self._child, self._owner = None, os.getpid()
        if self._child is None or self._child.poll() is not None:
            self._child = self._start()
        return self._child

    def _start(self) -> subprocess.Popen[bytes]:
        folders = [str(_PACKAGE_ROOT), *dict.fromkeys(p for p in sys.path if p and Path(p).name.endswith("-packages"))]
        child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [_interpreter(), "-I", "-S", "-X", "utf8", "-c", _START, *folders],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, close_fds=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )  # fmt: skip
        for stream in (child.stdin, child.stdout):
            _widen(_pipe(stream))
        # Before the first file goes there: until then the child has seen nothing but our own code.
        self._job = _hold(child, self.limits.memory_bytes)
        write_frame(_pipe(child.stdin), {"limits": asdict(self.limits), "decryption": self._decrypts})
        _pipe(child.stdin).flush()
        return child


def _interpreter() -> str:
    """Give Python itself: in an environment on Windows `sys.executable` only starts it, as a second process."""
    return getattr(sys, "_base_executable", None) or sys.executable if sys.platform == "win32" else sys.executable


def _hold(child: subprocess.Popen[bytes], memory: int) -> Job | None:
    if sys.platform != "win32":
        return None
    from houqin.read.windows_job import Job, windows_kernel  # noqa: PLC0415  (ctypes is of no use elsewhere)

    return Job(windows_kernel(), int(child._handle), memory)  # noqa: SLF001  (the only way to a process's handle)


def _widen(pipe: BinaryIO) -> None:
    """Let a pipe hold more where the system can (Linux): each time it is full both sides must be woken."""
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl  # noqa: PLC0415  (not on Windows)

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def _parsed(head: dict[str, Any], body: bytes) -> Parsed:
    if "refused" in head:
        code = head["refused"]
        raise RefusedFile("encrypted" if code == NEEDS_DECRYPTION else code, head["detail"])
    view, start, grids = memoryview(body), 0, []
    for grid in head["grids"]:
        size = sum(grid["sizes"])
        grids.append(unpack_grid(grid, view[start : start + size]))
        start += size
    notes = [Note(code, sheet, tuple(cells), *rest) for code, sheet, cells, *rest in head["notes"]]
    members = []
    for name, problem, size in head["members"]:
        members.append(Member(name, bytes(view[start : start + size]), problem))
        start += size
    return Parsed(head["format"], grids, notes, tuple(members))


def _settled(read: Callable[[], Parsed]) -> Parsed | RefusedFile:
    try:
        return read()
    except RefusedFile as refusal:
        return refusal


class _Watch(threading.Timer):
    """Ends a child that is late."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: int) -> None:
        self.late = False
        super().__init__(seconds, self._stop, (child,))
        self.daemon = True

    def _stop(self, child: subprocess.Popen[bytes]) -> None:
        self.late = True
        child.kill()


def _watch(child: subprocess.Popen[bytes], seconds: int) -> _Watch | None:
    """Watch a child that has no clock of its own."""
    if HAS_ALARM:
        return None
    watch = _Watch(child, seconds)
    watch.start()
    return watch


def _pipe(stream: Any) -> BinaryIO:  # noqa: ANN401  (Popen's pipes are optional by type)
    if stream is None:
        raise OSError
    return stream  # type: ignore[no-any-return]


_shared: list[Reader] = []


def _forget() -> None:
    """Leave the parent's child to the parent, in a fork: two speakers on one pipe would mix their files up."""
    for reader in _shared:
        reader.abandon()
    _shared.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


def shared_reader(limits: Limits | None = None) -> Reader:
    """Give the process's own reader for these limits (else the environment's), made on first use, closed at exit."""
    wanted = limits or limits_of_environment(os.environ)
    for reader in _shared:
        if reader.limits == wanted:
            return reader
    _shared.append(Reader(wanted))
    atexit.register(_shared[-1].close)
    return _shared[-1]
