"""A kernel forked from a prepared process: what `python -m ipykernel_launcher` starts, without its loading."""

from __future__ import annotations

import importlib
import json
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn

from ipykernel.kernelapp import IPKernelApp

from houqin.jobs.wire import READY, pack
from houqin.jobs.worker_limits import leave

if TYPE_CHECKING:
    import socket

_LAST_SECONDS = 2.0
# What a kernel loads while it starts, its debugger above all: most of its time. None of it begins a thread.
_STARTING = (
    "ipykernel.zmqshell", "ipykernel.debugger", "IPython.core.completerlib", "IPython.core.debugger",
    "IPython.core.oinspect", "IPython.extensions.storemagic", "psutil", "tornado.platform.asyncio", "tornado.queues",
    "encodings.idna", "asyncio",
)  # fmt: skip


def load_ahead() -> None:
    """Load what every kernel needs."""
    for name in _STARTING:
        with suppress(Exception):  # another version of ipykernel does without it
            importlib.import_module(name)


def become_kernel(line: socket.socket, _request: dict[str, Any]) -> NoReturn:
    """Run a kernel in this process until it is told to end; what to run comes over `line`, a JSON object a line.

    The line is told when the kernel's sockets are there: who connects before tries again a tenth of a second later.
    """
    with line.makefile("rb") as reading:
        order = json.loads(reading.readline())
    line.sendall(json.dumps({"pid": os.getpid()}).encode() + b"\n")
    os.environ.clear()
    os.environ.update(order["environment"])
    with suppress(OSError):
        os.chdir(order["folder"])
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()
    sys.argv = ["ipykernel_launcher", *order["arguments"]]
    status = 0
    try:
        _run(line)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  (it has said it, and there is nobody to raise it to)
        status = 1
    leave(status, sys.modules["__main__"].__dict__)


def _run(line: socket.socket) -> None:
    """Do what `IPKernelApp.launch_new_instance` does, and let the kernel's threads finish what they are at.

    Its own end stops the thread that writes first: one that then still has something to say waits for ten seconds.
    """
    kernel: Any = IPKernelApp.instance()
    kernel.initialize()
    line.sendall(pack({"is": READY}))
    kernel.start()
    for name in ("control_thread", "shell_channel_thread"):
        thread = getattr(kernel, name, None)
        if thread is not None and thread.is_alive():
            thread.stop()
            thread.join(_LAST_SECONDS)
