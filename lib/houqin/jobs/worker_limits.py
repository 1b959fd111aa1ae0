"""What a worker may use, how it ends, and that it ends with the process that it was forked from."""

from __future__ import annotations

import atexit
import ctypes
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any, NoReturn

_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


def set_limits(memory: int | None) -> None:
    """Limit the process's own memory to so many bytes; past them Python raises MemoryError. None sets no limit."""
    if memory is None or sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  (there is none on Windows)

    # Not the address space, which libraries reserve by the gigabyte without using it.
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    with suppress(ValueError, OSError):  # a dump of memory would hold pupils' data
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave(status: int, names: dict[str, Any]) -> NoReturn:
    """End a fork as an interpreter ends: threads are awaited, what was registered runs, open files are written.

    `names` are the notebook's; emptying them closes its files. The rest of an interpreter's end is of no use here.
    """
    steps = (
        threading._shutdown,  # type: ignore[attr-defined]  # noqa: SLF001  (what the interpreter itself does first)
        atexit._run_exitfuncs,  # noqa: SLF001  (as above)
        names.clear,
        sys.stdout.flush,
        sys.stderr.flush,
    )
    for step in steps:
        with suppress(BaseException):
            step()
    os._exit(status)


def die_with(parent: int) -> None:
    """Have the system kill this process when the one that forked it, `parent`, is gone."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it went before we could say so
        os._exit(1)
