"""Killed at random moments, again and again: no half-made file, the truth in what is left, the next run succeeds.

A sample in every test run, 240 kills in all where HOUQIN_LONG is set (`python run.py test --all`).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from jobs.notebooks_of_all_kinds import write_notebook

from houqin.jobs import engine, workers
from houqin.jobs.forks import Forks, RunOutcome

if TYPE_CHECKING:
    from concurrent.futures import Future
    from pathlib import Path

pytestmark = pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")
TIMES = 300 if os.environ.get("HOUQIN_LONG") else 20
CELLS = ("x = 1", "import time\nprint('一')\ntime.sleep(0.05)", "time.sleep(0.05)\nprint('二')", "x")
_ENGINE = """
import sys
from pathlib import Path
from houqin.jobs.forks import Forks
with Forks(2) as forks:
    for number in range(10_000):
        forks.submit(Path(sys.argv[1]), {"x": number}, Path(sys.argv[2]) / f"{number}.ipynb")
    print("ready", flush=True)
"""


def truth_of(path: Path) -> str:
    """Give how a saved notebook says that it ended; it is whole, or this raises."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    marks = [cell["metadata"]["papermill"]["status"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    said = "".join(notebook["cells"][0]["source"])
    if "FAILED" in said:
        assert marks.count("failed") == 1
        assert "completed" not in marks[marks.index("failed"):]
        return "failed"
    if "还没有做完" in said:
        assert marks.count("running") == 1
        return "under way"
    assert set(marks) == {"completed"}
    return "done"


def kill_after(moment: float, victims: list[psutil.Process]) -> None:
    """Kill processes after so many seconds, as a system without memory does."""
    threading.Event().wait(moment)
    for each in victims:
        with suppress(psutil.Error):
            each.kill()


@pytest.mark.parametrize("victim", ["worker", "prepared process"])
def test_what_is_killed_at_any_moment_is_told_and_the_next_run_succeeds(tmp_path: Path, victim: str) -> None:
    """The outcome, the notebook's first cell and its marks agree; nothing lies beside it."""
    notebook, chance = write_notebook(tmp_path / "n.ipynb", CELLS), random.Random(20251122)  # noqa: S311  (a test's)
    place = tmp_path / "out"
    place.mkdir()
    lost = 0
    with Forks(1) as forks:
        for number in range(TIMES // 2 if victim == "worker" else TIMES // 5):
            path = place / f"{number}.ipynb"
            ticket: Future[RunOutcome] = forks.submit(notebook, {"x": number}, path)
            prepared = psutil.Process(workers.FORKS.pid)
            threading.Event().wait(chance.uniform(0, 0.15))
            kill_after(0, prepared.children() if victim == "worker" else [prepared])
            outcome = ticket.result(60)
            assert (truth_of(path) == "done") == outcome.is_done
            lost += not outcome.is_done
            again = forks.submit(notebook, {"x": number}, path).result(60)
            assert again.is_done, again.reason
            assert truth_of(path) == "done"
    assert lost > 0
    assert not [each.name for each in place.iterdir() if each.name.startswith(".")]


def test_what_cannot_even_start_is_told_in_the_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is to be had, at the second try neither: the outcome and the notebook say so."""
    notebook, path = write_notebook(tmp_path / "n.ipynb", CELLS), tmp_path / "out.ipynb"
    workers.FORKS.close()
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with Forks(1) as forks:
        outcome = forks.submit(notebook, {"x": 1}, path).result(60)
    assert "没有启动起来，它最后说" in outcome.reason
    assert truth_of(path) == "failed"
    assert "没有启动起来" in "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])


def test_a_notebook_saved_on_its_way_says_which_cell_it_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prose is never being run: whenever it is saved, one cell of code is marked, and the first cell names it."""
    monkeypatch.setattr(engine, "_SAVE_SECONDS", 0.0)
    notebook, path, seen = write_notebook(tmp_path / "n.ipynb", CELLS), tmp_path / "out.ipynb", []
    engine.execute_notebook(
        notebook, path, parameters={"x": 1}, engine_name=engine.ENGINE_NAME, kernel_name=engine.KERNEL_NAME,
        language="python", progress_bar=False, on_cell=lambda *_: seen.append(path.exists() and truth_of(path)),
    )  # fmt: skip
    assert seen == [False] + ["under way"] * (len(seen) - 1)
    assert len(seen) == len(CELLS) + 1
    assert truth_of(path) == "done"


def test_a_killed_engine_leaves_whole_files_and_no_process(tmp_path: Path) -> None:
    """The one that writes is killed: what is there is whole, workers and prepared process are gone."""
    notebook, chance = write_notebook(tmp_path / "n.ipynb", CELLS), random.Random(7)  # noqa: S311  (a test's)
    for number in range(max(2, TIMES // 10)):
        place = tmp_path / f"out{number}"
        place.mkdir()
        words = [sys.executable, "-c", _ENGINE, str(notebook), str(place)]
        engine = subprocess.Popen(words, stdout=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"})
        assert engine.stdout is not None
        engine.stdout.readline()
        while not list(place.glob("*.ipynb")) and engine.poll() is None:
            threading.Event().wait(0.02)
        threading.Event().wait(chance.uniform(0, 0.3))
        family = psutil.Process(engine.pid).children(recursive=True)
        engine.kill()
        engine.wait(60)
        _, alive = psutil.wait_procs(family, timeout=20)
        assert not [each for each in alive if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
        for path in place.glob("*.ipynb"):
            assert truth_of(path) in {"done", "under way"}
    with Forks(1) as forks:
        assert forks.submit(notebook, {"x": 1}, tmp_path / "after.ipynb").result(60).is_done
