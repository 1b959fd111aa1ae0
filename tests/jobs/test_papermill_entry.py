"""What papermill imports with every registered engine costs nothing."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
LOOK = """
import sys
import papermill
from houqin.jobs.papermill_entry import LazyEngine
papermill.engines.papermill_engines.register("houqin", LazyEngine)
heavy = [name for name in ("pandas", "numpy", "openpyxl", "xlsxwriter", "pydantic", "IPython") if name in sys.modules]
ours = sorted(name for name in sys.modules if name.split(".")[0] == "houqin")
print(heavy, ours)
"""


def test_importing_papermill_loads_next_to_nothing_of_ours() -> None:
    """Three modules that import nothing; no library that papermill itself does without."""
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[] ['houqin', 'houqin.jobs', 'houqin.jobs.papermill_entry']"


def test_the_registered_names_lead_to_what_they_promise() -> None:
    """The entry points of the project's own description can be loaded."""
    points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    wanted_of = {"papermill.engine": "execute_notebook", "jupyter_client.kernel_provisioners": "launch_kernel"}
    for group, wanted in wanted_of.items():
        for target in points[group].values():
            module, _, name = target.partition(":")
            assert callable(getattr(getattr(import_module(module), name), wanted))
