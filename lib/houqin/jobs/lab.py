"""JupyterLab in Chinese, from the project's own settings: nothing in the user's home is changed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

from houqin.jobs.links import LAB_ROOT
from houqin.jobs.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence

HOME = REPOSITORY / ".houqin" / "jupyter"
LOCALE = "zh_CN"
FIRST_PAGE = "/lab/tree/notebooks/start_here.ipynb"


def start_lab(arguments: Sequence[str]) -> int:
    """Start JupyterLab at the first page and wait for it; give its exit status. `arguments` go to it as they are."""
    command = [
        sys.executable, "-m", "jupyterlab",
        f"--ServerApp.root_dir={REPOSITORY}",
        f"--LabApp.default_url={FIRST_PAGE}",
        "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        *arguments,
    ]  # fmt: skip
    if sys.platform != "win32":
        # In our place: whoever ends us ends the server, and no kernel is left behind.
        os.execve(sys.executable, command, lab_environment())  # noqa: S606  (our own interpreter)
    process = subprocess.Popen(command, env=lab_environment())  # noqa: S603  (our own interpreter)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server gets the same signal, asks or stops by itself
    return process.wait()


def lab_environment() -> dict[str, str]:
    """Write the settings and give the environment in which JupyterLab takes them and speaks Chinese."""
    overrides = {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALE},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }
    for name, settings in overrides.items():
        package, _, plugin = name.partition(":")
        path = HOME / "lab" / "user-settings" / package / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():  # what the clerk sets later stays
            path.write_text(json.dumps(settings), encoding="utf-8")
    return {
        **os.environ,
        LAB_ROOT: str(REPOSITORY),
        "JUPYTER_CONFIG_DIR": str(HOME),
        "JUPYTER_DATA_DIR": str(HOME / "data"),  # a kernel that the user once installed must not come first
        "JUPYTERLAB_SETTINGS_DIR": str(HOME / "lab" / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(HOME / "lab" / "workspaces"),
        "IPYTHONDIR": str(HOME / "ipython"),
    }
