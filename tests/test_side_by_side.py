"""Two processes of pytest: nothing is run twice, nothing is lost, and one line tells the truth at the end."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Each of the two files waits for the other one's word: they end only where they run at the same time.
TESTS = """
import os, signal, sys, threading, warnings
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(3))
def test_good(number):
    assert number >= 0

def test_both_run_at_once():
    Path({own!r}).touch()
    for _ in range(1200):
        if Path({other!r}).exists():
            break
        threading.Event().wait(0.05)
    assert Path({other!r}).exists()
    if Path("power").exists() and any("--second" in word for word in sys.argv):
        os.kill(os.getpid(), signal.SIGKILL)

def test_bad():
    warnings.warn("look here", DeprecationWarning)
    assert 1 == 2, "what is wrong"

def test_left_out():
    pytest.skip("for a reason")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Make a folder with two files of tests."""
    shutil.copy(Path(__file__).with_name("conftest.py"), tmp_path)
    for own, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"test_{own}.py").write_text(TESTS.format(own=own, other=other), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def run(project: Path) -> tuple[int, str, list[str]]:
    """Run its tests; give the status, all that was said and the failures that were named."""
    words = [sys.executable, "-m", "pytest", "--side-by-side", "-ra", "-p", "no:cacheprovider", "--basetemp", "made"]
    done = subprocess.run(words, cwd=project, stdout=subprocess.PIPE, encoding="utf-8", check=False)
    return done.returncode, done.stdout, sorted(re.findall(r"^FAILED (\S+)", done.stdout, re.MULTILINE))


def closing_line(said: str) -> str:
    """Give the last line without its time."""
    return said.strip().splitlines()[-1].strip("= ").partition(" in ")[0]


def test_both_shares_are_told_as_one(project: Path) -> None:
    """Failures, skips with their reasons and warnings of either; the line at the end counts all of them once."""
    status, said, failed = run(project)
    assert status == 1
    assert failed == ["test_one.py::test_bad", "test_two.py::test_bad"]
    assert said.count("AssertionError: what is wrong") >= 2
    assert said.count("DeprecationWarning: look here") == 2
    assert said.count(": for a reason") == 2
    assert closing_line(said) == "2 failed, 8 passed, 2 skipped, 2 warnings"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_a_lost_process_took_with_it_fails(project: Path) -> None:
    """What it had reported counts, the test in which it died and all that it had still to run are failures."""
    (project / "power").touch()
    status, said, failed = run(project)
    assert status == pytest.ExitCode.INTERRUPTED
    (lost,) = {name.partition("::")[0] for name in failed if name.endswith("at_once")}
    assert failed == sorted(
        ["test_one.py::test_bad", "test_two.py::test_bad", f"{lost}::test_both_run_at_once", f"{lost}::test_left_out"]
    )
    assert "the second process ended with -9" in said
    assert closing_line(said).startswith("4 failed, 7 passed, 1 skipped")
