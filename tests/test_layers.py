"""What must stay light: papermill loads its engines' parents, and help must not wait for pandas."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("pandas", "numpy", "openpyxl", "xlsxwriter", "matplotlib")


def loaded_after(statement: str) -> set[str]:
    """Run a statement in a clean process and give what it has imported."""
    code = f"import sys\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import papermill",
        "import houqin, houqin.jobs",
        "from houqin.cli import main; main(['--help'])",
        "from houqin.cli import main; main(['run', 'semester-start', '--help'])",
        "from houqin.cli import main; main(['run', 'semester-start', '-p', 'semester=3'])",
    ],
)
def test_nothing_heavy_is_loaded_for(statement: str) -> None:
    """Neither papermill's import nor help nor the refusal of a parameter loads a library for tables."""
    assert not loaded_after(statement) & set(HEAVY)


@pytest.mark.parametrize("statement", ["import houqin.jobs.runner", "import houqin.jobs.engine"])
def test_the_runner_itself_loads_no_pandas(statement: str) -> None:
    """The kernel works with tables; the process that watches it must not spend a second on loading pandas."""
    assert "pandas" not in loaded_after(statement)
    assert "matplotlib" not in loaded_after(statement)


def test_every_public_name_can_be_had() -> None:
    """The lazy table in houqin/__init__ must not name what is not there."""
    code = "import houqin\nfor name in houqin.__all__: getattr(houqin, name)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A lazy module must not turn a typing mistake into something else."""
    code = "import houqin\nhouqin.semester_stat"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert "AttributeError" in done.stderr
