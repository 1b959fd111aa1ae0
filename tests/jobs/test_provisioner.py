"""Kernels for all of Jupyter from a prepared process."""

from __future__ import annotations

import json
import os
from importlib.metadata import EntryPoint
from typing import TYPE_CHECKING

import papermill
import psutil
import pytest
from jobs.notebooks_of_all_kinds import write_notebook
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from houqin.jobs import provisioner, workers

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")


@pytest.fixture(autouse=True)
def chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose our provisioner, as the variable of the environment does where houqin is installed."""
    factory = KernelProvisionerFactory.instance()
    point = EntryPoint("houqin-provisioner", "houqin.jobs.provisioner:ForkProvisioner", factory.GROUP_NAME)
    monkeypatch.setitem(factory.provisioners, point.name, point)
    monkeypatch.setattr(factory, "default_provisioner_name", point.name)


def test_papermills_own_engine_runs_in_a_forked_kernel(tmp_path: Path) -> None:
    """The same notebook, the same outcome; what it printed, where it worked, and that its files are written."""
    cells = ("x = 1", "import os\nf = open('left open', 'w')\nf.write('written')\nprint(x, os.getcwd())")
    notebook = write_notebook(tmp_path / "n.ipynb", cells)
    papermill.execute_notebook(notebook, tmp_path / "o.ipynb", {"x": 2}, progress_bar=False, cwd=tmp_path)
    done = json.loads((tmp_path / "o.ipynb").read_text(encoding="utf-8"))
    assert "".join(done["cells"][-1]["outputs"][0]["text"]) == f"2 {tmp_path}\n"
    assert (tmp_path / "left open").read_text(encoding="utf-8") == "written"


def test_a_forked_kernel_is_a_process_that_can_be_interrupted_restarted_and_killed() -> None:
    """All that JupyterLab does with a kernel."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    try:
        assert isinstance(manager.provisioner.process, provisioner.ForkedProcess)
        client.start_channels()
        client.wait_for_ready(timeout=60)
        request = client.execute("print('within', flush=True)\nwhile True: pass")
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass  # before the cell has begun, an interrupt is nobody's
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=60)
        assert (reply["parent_header"]["msg_id"], reply["content"]["ename"]) == (request, "KeyboardInterrupt")
        first = manager.provisioner.process.pid
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        assert manager.provisioner.process.pid != first
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not manager.is_alive()


def test_what_is_no_kernel_of_our_python_is_started_as_ever() -> None:
    """Another Python, another program: the local provisioner's business."""
    assert provisioner._arguments(["/usr/bin/R", "-f", "x"]) is None
    assert provisioner._arguments(["/elsewhere/bin/python", "-m", "ipykernel_launcher", "-f", "x"]) is None


def test_a_kernel_that_is_asked_to_end_ends_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One of its threads writes while another stops the writing: each sixth was killed in the middle of its end."""
    kernels = []
    fork = provisioner._fork
    monkeypatch.setattr(provisioner, "_fork", lambda *order: kernels.append(fork(*order)) or kernels[-1])
    notebook = write_notebook(tmp_path / "n.ipynb", ["print('within')"])
    for _round in range(12):
        papermill.execute_notebook(notebook, tmp_path / "o.ipynb", progress_bar=False)
    assert [each.returncode for each in kernels] == [0] * 12


def test_a_fork_that_becomes_no_kernel_is_lost_and_leaves_nothing(tmp_path: Path) -> None:
    """The caller then starts the kernel as ever, which tells why."""
    children = set(psutil.Process().children(recursive=True))
    with pytest.raises(workers.LostWorker):
        provisioner.ForkedProcess(workers.KERNELS.fork(), str(tmp_path), os.environ, ["--transport=none"])
    left = {each for each in psutil.Process().children(recursive=True) if each.pid != workers.KERNELS.pid}
    assert left <= children
