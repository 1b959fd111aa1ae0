"""Ctrl-C, a scheduler's end and a closed window are one: clean up, say so, end with 130, whatever is under way."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
import time
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INTERRUPTED = 130
SENTENCE = "已中断，没有发布半截的结果。"
GRACE_SECONDS = 10.0
_ORDINARY = (signal.SIG_DFL, signal.default_int_handler)  # another handler, or none at all (nohup), is meant


class Interruption:
    """Whether we were interrupted; true from the first signal on."""

    def __init__(self) -> None:
        """Begin without one."""
        self.came = False
        self.is_told = False  # whether the person has heard of it

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Interrupt the main thread; where a library swallows that or waits for ever, we end all the same.

        Nothing is published by halves then either: what is temporary is swept by the next run, and the kernel ends
        with its parent.
        """
        del number, frame
        if not self.came:
            self.came = True
            # What libraries say of their own work broken off, and what half-made objects say when they go
            warnings.simplefilter("ignore")
            sys.unraisablehook = _say_nothing
            _thread.start_new_thread(self._end_late, ())  # no Thread: its locks may be held by what we interrupt
        raise KeyboardInterrupt

    def _end_late(self) -> None:
        time.sleep(GRACE_SECONDS)
        if not self.is_told:
            with suppress(OSError):
                os.write(2, f"{SENTENCE}\n".encode())
        os._exit(INTERRUPTED)


@contextmanager
def interruptible() -> Iterator[Interruption]:
    """Take the signals while a command runs."""
    interruption, before = Interruption(), {}
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) in _ORDINARY:
                before[number] = signal.signal(number, interruption)
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def end_at_once() -> None:
    """End without what Python does at its end: an interrupted library may wait there for ever."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    os._exit(INTERRUPTED)


def _say_nothing(unraisable: object) -> None:
    del unraisable
