"""A kernel of our own Python: no kernelspec of the user's, no history file, nothing of the user's IPython set-up."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import KernelManager

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KERNEL_NAME = "houqin"
_OPTIONS = (
    "--HistoryManager.enabled=False",
    "--InteractiveShell.colors=NoColor",
    "--IPKernelApp.log_level=ERROR",
)


class OwnKernelSpecs(KernelSpecManager):
    """Knows one kernel: the Python that runs this."""

    preload: str = ""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give the spec of our own Python, whatever is asked for."""
        lines = [f"--IPKernelApp.exec_lines=__import__({self.preload!r})"] if self.preload else []
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}", *_OPTIONS, *lines],
            display_name=kernel_name, language="python",
        )  # fmt: skip


@contextmanager
def started_kernel(*, cwd: Path, environment: Mapping[str, str], preload: str) -> Iterator[KernelManager]:
    """Start a kernel at once and kill it at the end; it imports `preload` while the caller is busy elsewhere.

    Where there are Unix sockets each run has its own folder of them: ports of parallel runs cannot collide.
    """
    private = Path(tempfile.mkdtemp(prefix="houqin-"))
    specs = OwnKernelSpecs()
    specs.preload = preload
    manager = KernelManager(
        kernel_name=KERNEL_NAME, kernel_spec_manager=specs, connection_file=str(private / "kernel.json"),
        # nbclient talks to the kernel through asyncio
        client_class="jupyter_client.asynchronous.AsyncKernelClient",
    )  # fmt: skip
    if sys.platform != "win32":
        manager.transport, manager.ip = "ipc", str(private / "s")
    clean = {"IPYTHONDIR": str(private / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1", "MPLBACKEND": "agg"}
    try:
        manager.start_kernel(cwd=str(cwd), env={**os.environ, **clean, **environment})
        yield manager
    finally:
        if manager.has_kernel:
            manager.shutdown_kernel(now=True)
        shutil.rmtree(private, ignore_errors=True)
