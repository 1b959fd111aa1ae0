"""Do a piece of work beside another on the second processor, where that can be done safely, else before it."""

from __future__ import annotations

import os
import sys
import warnings
from typing import TYPE_CHECKING

from houqin.errors import FailedRun

if TYPE_CHECKING:
    from collections.abc import Callable


def start_beside(work: Callable[[], object]) -> Callable[[], None]:
    """Start work whose only effect is files that nobody else writes; give the function that waits for its end.

    On Linux it runs in a fork, which has all that was read and costs no copy; elsewhere it is done at once.
    Waiting raises FailedRun where the work failed.
    """
    if sys.platform != "linux":
        work()
        return lambda: None
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # The kernel's other threads only wait for messages; the child touches neither them nor what they hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _work_and_end(work, writing)
    os.close(writing)

    def wait() -> None:
        with os.fdopen(reading, "rb") as pipe:
            fault = pipe.read().decode("utf-8", errors="replace")
        _, status = os.waitpid(child, 0)
        if fault or status:
            raise FailedRun(fault or f"一个写文件的子进程中途停了（{status}）。")

    return wait


def _work_and_end(work: Callable[[], object], writing: int) -> None:
    status = 1
    try:
        work()
        status = 0
    except BaseException as fault:  # noqa: BLE001  (it must not go on in the copy of the kernel, whatever it is)
        os.write(writing, f"{type(fault).__name__}: {fault}"[:4000].encode())
    finally:
        os._exit(status)
