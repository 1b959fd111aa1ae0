"""A kernel of our own Python: no kernelspec of the user's, no history file, nothing of the user's IPython set-up."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Mapping

KERNEL_NAME = "houqin"
_SAID = "kernel.log"
_OPTIONS = (
    "--HistoryManager.enabled=False",
    "--InteractiveShell.colors=NoColor",
    "--IPKernelApp.log_level=ERROR",
)
# As ipykernel_launcher does, without the debugger, which nobody can attach to here and which takes 0.1 s to load.
_LAUNCH = "import sys; sys.modules['debugpy'] = None; from ipykernel.kernelapp import launch_new_instance as go; go()"
# What is loaded stays loaded: a job is short, and looking through all of it for garbage is a tenth of its time.
_SETTLE = ("__import__('gc').freeze()", "__import__('gc').set_threshold(50_000, 20, 100)")
# Nothing of the user's is read, and the debugger says nothing about frozen modules.
_ENVIRONMENT = {"PYDEVD_DISABLE_FILE_VALIDATION": "1", "MPLBACKEND": "agg"}


class KernelDidNotStart(RuntimeError):
    """The kernel ended, or said nothing, before it was ready."""


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs this."""

    preload: str = "houqin"

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the spec of our own Python, whatever is asked for."""
        lines = [f"--IPKernelApp.exec_lines={line}" for line in (f"__import__({self.preload!r})", *_SETTLE)]
        argv = [sys.executable, "-P", "-c", _LAUNCH, "-f", "{connection_file}", *_OPTIONS, *lines]
        return KernelSpec(argv=argv, display_name=kernel_name, language="python")


class PromptClient(AsyncKernelClient):
    """A client that starts as soon as the kernel is ready: the library's own waits 0.2 s longer for silence."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109  (the signature of the library)
        """Wait until the kernel answers and its output channel is connected; KernelDidNotStart where it dies first."""
        tries = int(timeout or 60)
        for _ in range(tries):
            self.kernel_info()
            try:
                await self.shell_channel.get_msg(timeout=1)
                await self.iopub_channel.get_msg(timeout=0.2)
            except Empty:
                if not await self._async_is_alive():
                    break
            else:
                return
        raise KernelDidNotStart("the kernel did not start")


class OwnKernel:
    """A kernel for one run. Its sockets are files of its own where there are any: ports of parallel runs collide."""

    def __init__(self) -> None:
        """Prepare; nothing is started yet."""
        self.manager: Any = None
        self._private: Path | None = None

    def start(self, *, cwd: Path, environment: Mapping[str, str], preload: str) -> None:
        """Start it; it imports `preload` while the caller is busy elsewhere."""
        self._private = Path(tempfile.mkdtemp(prefix="houqin-"))
        specs = OwnKernelSpecs()
        specs.preload = preload
        self.manager = KernelManager(
            kernel_name=KERNEL_NAME, kernel_spec_manager=specs, connection_file=str(self._private / "kernel.json"),
            client_class="houqin.jobs.kernel.PromptClient",
        )  # fmt: skip
        if sys.platform != "win32":
            self.manager.transport, self.manager.ip = "ipc", str(self._private / "s")
        own = {**_ENVIRONMENT, "IPYTHONDIR": str(self._private / "ipython")}
        # Not our own streams: they may be closed (a scheduler's), and what the kernel says there is for us alone.
        with (self._private / _SAID).open("wb") as said:
            self.manager.start_kernel(cwd=str(cwd), env={**os.environ, **own, **environment}, stdout=said, stderr=said)

    def last_words(self) -> str:
        """Give the last line that the kernel itself wrote, where it could not start."""
        try:
            lines = ((self._private or Path()) / _SAID).read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def kill(self) -> None:
        """End it at once: what it made is written, and a second call does nothing."""
        manager, self.manager = self.manager, None
        if manager is not None and manager.has_kernel:
            process = manager.provisioner.process
            process.kill()
            process.wait()
            manager.cleanup_resources()
        if self._private is not None:
            shutil.rmtree(self._private, ignore_errors=True)
