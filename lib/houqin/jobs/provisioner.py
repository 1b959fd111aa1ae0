"""A kernel provisioner for Jupyter: kernels of our own Python come from a prepared process, all others as ever.

JUPYTER_DEFAULT_PROVISIONER_NAME=houqin-provisioner sets it for everything that starts kernels: papermill's own engine,
nbclient, JupyterLab. Or a kernelspec names it under metadata.kernel_provisioner.provisioner_name.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from houqin.jobs.wire import ENDED, READY, unpack
from houqin.jobs.workers import CAN_FORK, KERNELS, LostWorker

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

_START_SECONDS = 60.0
_END_SECONDS = 0.5  # most kernels end within some hundredths
_MODULE = "ipykernel_launcher"
# What Popen is given that a fork heeds or can do without; anything else wants a process of its own.
_HEEDED = {"env", "cwd", "start_new_session", "independent", "stdin", "stdout", "stderr", "encoding", "text"}


class ForkedProcess:
    """A forked kernel as jupyter_client knows processes: the part of subprocess.Popen that it uses."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, folder: str, environment: Mapping[str, str], arguments: list[str]) -> None:
        """Tell the fork what to run, and wait until one can connect to it; LostWorker where it does not answer."""
        self.returncode: int | None = None
        self._over = threading.Event()
        self._line = line
        line.settimeout(_START_SECONDS)
        self.pid = 0
        order = {"folder": folder, "environment": dict(environment), "arguments": arguments}
        self._reading = line.makefile("rb")
        try:
            line.sendall(json.dumps(order).encode() + b"\n")
            self.pid = int(json.loads(self._reading.readline())["pid"])
            if next(unpack(self._reading), {}).get("is") != READY:
                raise LostWorker(None)  # noqa: TRY301  (lost in the same way)
        except (OSError, ValueError, KeyError, LostWorker):
            self._give_up()
            raise LostWorker(None) from None
        line.settimeout(None)
        threading.Thread(target=self._await_end, name="houqin-kernel", daemon=True).start()

    def poll(self) -> int | None:
        """Give the exit status, None while it runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for its end."""
        self._over.wait(timeout)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to it."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once, with what it started."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _give_up(self) -> None:
        if self.pid:
            self.kill()
        self._line.close()

    def _await_end(self) -> None:
        status = -signal.SIGKILL  # where the prepared process was lost, and the kernel with it
        with suppress(OSError, ValueError):
            for message in unpack(self._reading):
                if message.get("is") == ENDED:
                    status = message["status"]
        self.returncode = status
        self._line.close()
        self._over.set()


class ForkProvisioner(LocalProvisioner):
    """Starts kernels of our own Python by a fork, and others as the local provisioner does."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:  # noqa: ANN401  (the library's signature)
        """Start the kernel that the command would start."""
        arguments = _arguments(cmd)
        options = self._scrub_kwargs(kwargs)
        if arguments is None or not CAN_FORK or set(options) - _HEEDED or _printing(options):
            return await super().launch_kernel(cmd, **kwargs)
        environment, folder = options.get("env") or os.environ, str(options.get("cwd") or Path.cwd())
        try:
            process = await asyncio.to_thread(_fork, folder, environment, arguments)
        except LostWorker:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # as a Popen, for what is used of one
        self.pid = self.pgid = process.pid
        self.cwd = folder
        return self.connection_info

    async def shutdown_requested(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002  (as above)
        """Wait a little for the end that was asked for: the manager looks every 0.1 s, and goes on by itself."""
        await super().shutdown_requested(restart)
        await self._await_end()

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002  (as above)
        """End it at once; as above."""
        await super().kill(restart)
        await self._await_end()

    async def _await_end(self) -> None:
        process: Any = self.process
        if isinstance(process, ForkedProcess):
            await asyncio.to_thread(process.wait, _END_SECONDS)

    async def wait(self) -> int | None:
        """Wait for its end; the local provisioner looks every 0.1 s, which is long beside a fork."""
        process: Any = self.process
        if isinstance(process, ForkedProcess):
            await asyncio.to_thread(process.wait)
        return await super().wait()


def _fork(folder: str, environment: Mapping[str, str], arguments: list[str]) -> ForkedProcess:
    return ForkedProcess(KERNELS.fork(), folder, environment, arguments)


def _arguments(command: list[str]) -> list[str] | None:
    """Give the kernel's own arguments where the command starts IPython's kernel in this very Python."""
    if len(command) < 3 or os.path.realpath(command[0]) != os.path.realpath(sys.executable):
        return None
    if Path(command[0]).parent not in (Path(), Path(sys.executable).parent):
        return None  # the same program, seen from another virtual environment
    rest = command[1:]
    while rest and rest[0].startswith("-X"):
        rest = rest[1:]
    return rest[2:] if rest[:2] == ["-m", _MODULE] else None


def _printing(options: Mapping[str, Any]) -> bool:
    """Tell whether the caller wants what the kernel writes to its descriptors."""
    return any(options.get(name) is not None for name in ("stdout", "stderr"))
