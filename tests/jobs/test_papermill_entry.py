"""What papermill imports with every registered engine costs nothing."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
ENGINES = "papermill.engines.papermill_engines._engines"
LOOK = f"import sys, papermill; print('houqin' in {ENGINES}, *sorted(sys.modules))"


def _loaded(folder: Path, entry_points: dict[str, dict[str, str]]) -> tuple[bool, set[str]]:
    """Import papermill where houqin registers this; tell whether our engine is known, and all modules that are loaded.

    What stands first on the path hides a houqin that is installed, as papermill reads the entry points.
    """
    told = folder / "houqin-0.1.0.dist-info"
    told.mkdir(parents=True)
    groups = [(f"[{group}]", *map(" = ".join, points.items())) for group, points in entry_points.items()]
    (told / "entry_points.txt").write_text("\n".join(itertools.chain(*groups)), encoding="utf-8")
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", ""), str(PYPROJECT.parent / "lib")])
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, encoding="utf-8", check=True,
                          env={**os.environ, "PYTHONPATH": path})  # fmt: skip
    known, *modules = done.stdout.split()
    return known == "True", set(modules)


def test_importing_papermill_loads_next_to_nothing_of_ours(tmp_path: Path) -> None:
    """With our engine registered, beside without: three modules that import nothing, and no library's.

    The whole sets are compared, so that no library can come in by the name of another.
    """
    points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    known, loaded = _loaded(tmp_path / "with", points)
    unknown, alone = _loaded(tmp_path / "without", {})
    assert (known, unknown) == (True, False)
    assert loaded - alone == {"houqin", "houqin.jobs", "houqin.jobs.papermill_entry"}


def test_the_registered_names_lead_to_what_they_promise() -> None:
    """The entry points of the project's own description can be loaded."""
    points = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    wanted_of = {"papermill.engine": "execute_notebook", "jupyter_client.kernel_provisioners": "launch_kernel"}
    for group, wanted in wanted_of.items():
        for target in points[group].values():
            module, _, name = target.partition(":")
            assert callable(getattr(getattr(import_module(module), name), wanted))
