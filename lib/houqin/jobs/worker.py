"""Runs a notebook's cells where it is: the shell of a kernel, without a kernel's sockets, threads and clients.

The shell is IPython's own for kernels, so that magics, rich display, tracebacks and the libraries that ask where they
are behave as they do in a kernel; what it publishes goes to the engine over a channel instead of ZeroMQ.
"""

from __future__ import annotations

import asyncio
import builtins
import gc
import getpass
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets.config import Config

from houqin.jobs.wire import CODE, READY, REPLY, SETUP, unpack
from houqin.jobs.worker_limits import leave, set_limits
from houqin.jobs.worker_streams import Channel, PrintedStream, WatchedDescriptor

if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    Shell: TypeAlias = Any  # ZMQInteractiveShell, whose types say less than it has

_INLINE = "module://matplotlib_inline.backend_inline"


class ChannelSession(Session):
    """Hands to the channel what a kernel's session would send."""

    channel: Channel | None = None

    def send(self, stream: object, msg_or_type: Any, content: Any = None, *_others: Any, **_more: Any) -> None:  # noqa: ANN401  (the signature of the library)
        """Send a message to the engine."""
        del stream
        if self.channel is None:
            return
        if isinstance(msg_or_type, dict):
            msg_or_type, content = msg_or_type["header"]["msg_type"], msg_or_type["content"]
        self.channel.show(msg_or_type, content or {})


class NoKernel:
    """Stands where a kernel would: nothing is asked of it, and it has no event loop of a window system."""

    eventloop = None
    shell: Any = None


def make_shell(private: Path) -> Shell:
    """Make the shell; `private` holds its profile, so that nothing of the user's set-up is read or written."""
    config = Config()
    config.HistoryManager.enabled = False
    profile: Any = ProfileDir
    profile = profile.create_profile_dir(str(private))
    shell: Shell = ZMQInteractiveShell.instance(
        config=config, profile_dir=profile, kernel=NoKernel(), compiler_class=XCachingCompiler
    )  # fmt: skip
    shell.displayhook.session = shell.display_pub.session = ChannelSession()
    shell.run_cell("None", store_history=False, silent=True)  # whatever is loaded on first use is loaded now
    shell.display_formatter.format(0)
    return shell


def serve(shell: Shell, reading: BinaryIO, writing: BinaryIO) -> NoReturn:
    """Run the cells that come in, until none comes any more; the process ends with this."""
    channel, messages = Channel(writing), unpack(reading)
    status = 1
    try:
        setup = next(messages)
        if setup.get("is") == SETUP:
            _settle(shell, setup)
            watched = _take_streams(shell, channel)
            channel.send({"is": READY, "pid": os.getpid()})
            _serve_cells(shell, channel, watched, messages)
            status = 0
    except (StopIteration, OSError):
        pass  # the engine has gone
    finally:
        leave(status, shell.user_ns)


def _serve_cells(shell: Shell, channel: Channel, watched: list[WatchedDescriptor], messages: Any) -> None:  # noqa: ANN401  (an iterator)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    for message in messages:
        if message.get("is") != CODE:
            return
        channel.show("execute_input", {"execution_count": shell.execution_count})
        reply = _run(shell, loop, message)
        for each in watched:
            each.drain()
        channel.send({"is": REPLY, **reply})
        if shell.exit_now:
            return


def _run(shell: Shell, loop: asyncio.AbstractEventLoop, message: dict[str, Any]) -> dict[str, Any]:
    """Run a cell as a kernel does, within a loop that runs, and give the reply's content."""
    shell._last_traceback = None  # noqa: SLF001  (as a kernel does)
    task = loop.create_task(_run_cell(shell, message["source"], message.get("cell")))
    try:
        result = loop.run_until_complete(task)
    except KeyboardInterrupt:  # while it awaited something
        task.cancel()
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        shell.showtraceback((KeyboardInterrupt, KeyboardInterrupt(), None))
        return {"status": "error", "ename": "KeyboardInterrupt", "evalue": "", "traceback": [],
                "execution_count": shell.execution_count - 1}  # fmt: skip
    fault = result.error_before_exec or result.error_in_exec
    reply: dict[str, Any] = {"status": "ok", "execution_count": shell.execution_count - 1}
    if not result.success or getattr(shell, "_last_traceback_during_displayhook", False):
        reply |= {"status": "error", "ename": type(fault).__name__, "evalue": str(fault),
                  "traceback": shell._last_traceback or []}  # noqa: SLF001  (as a kernel does)  # fmt: skip
    shell.payload_manager.clear_payload()
    return reply


async def _run_cell(shell: Shell, source: str, cell: str | None) -> Any:  # noqa: ANN401  (IPython's result)
    fault = None
    try:
        transformed = shell.transform_cell(source)
    except Exception:  # noqa: BLE001  (the shell tells it)
        transformed, fault = source, sys.exc_info()
    if not shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=fault):
        return shell.run_cell(source, store_history=True, silent=False, cell_id=cell)
    result = None
    try:
        result = await shell.run_cell_async(
            source, store_history=True, silent=False, transformed_cell=transformed, preprocessing_exc_tuple=fault,
            cell_id=cell,
        )  # fmt: skip
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


def _settle(shell: Shell, setup: dict[str, Any]) -> None:
    """Take over the engine's environment and working folder; random numbers begin anew, limits hold."""
    os.environ.clear()
    os.environ.update(setup["environment"])
    os.environ.setdefault("MPLBACKEND", _INLINE)
    shell.init_environment()
    os.chdir(setup["folder"])
    # Where IPython puts the working folder: behind the language's own modules.
    packages = (number for number, path in enumerate(sys.path) if path.endswith(("site-packages", "dist-packages")))
    sys.path.insert(next(packages, 0), "")
    sys.argv = ["ipykernel_launcher.py"]
    shell.history_manager.dir_hist[:] = [Path.cwd()]
    if setup.get("colors"):
        shell.colors = setup["colors"]
    random = sys.modules.get("numpy.random")
    if random is not None:
        random.seed()  # Python's own is seeded again by the fork itself
    if setup.get("collect"):
        gc.set_threshold(*setup["collect"])
    set_limits(setup.get("memory"))


def _take_streams(shell: Shell, channel: Channel) -> list[WatchedDescriptor]:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    watched = [WatchedDescriptor(1, "stdout", channel), WatchedDescriptor(2, "stderr", channel)]
    sys.stdout, sys.stderr = PrintedStream("stdout", channel, 1), PrintedStream("stderr", channel, 2)
    shell.displayhook.session.channel = channel
    builtins.input = partial(_refuse_input, "raw_input")
    getpass.getpass = partial(_refuse_input, "getpass")
    sys.breakpointhook = lambda *_given, **_named: None  # one that was forgotten stops no kernel either
    return watched


def _refuse_input(name: str, *_asked: object, **_how: object) -> NoReturn:
    raise StdinNotImplementedError(f"{name} was called, but this frontend does not support input requests.")
