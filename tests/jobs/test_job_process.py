"""The process that executes a job's notebook: however it comes to be, the same bytes come out."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from jobs.notebooks_of_all_kinds import write_notebook

from houqin.jobs import workers
from houqin.jobs.forks import Forks
from houqin.jobs.job_process import Forked, OwnKernelProcess, job_process
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL, notebook_of
from houqin.jobs.runner import run_job

if TYPE_CHECKING:
    from pathlib import Path

FORKS = pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")


@FORKS
def test_a_fork_and_a_kernel_make_the_same_bytes_and_tell_of_the_same_cells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outputs, the executed notebook among them, are one and the same; so is what is heard on the way."""
    folder = tmp_path / "学校"
    (folder / "收件箱").mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", folder)
    shutil.copy(EXAMPLE_SCHOOL / "收件箱" / "各班桌凳统计.xlsx", folder / "收件箱")
    made, heard = [], []
    for number, can_fork in enumerate((True, False)):
        monkeypatch.setattr(workers, "CAN_FORK", can_fork)
        cells: list[tuple[int, int]] = []
        given = SemesterStart(school=str(folder), out=str(tmp_path / f"结果{number}"))
        report = run_job("semester-start", given, on_cell=lambda *each, cells=cells: cells.append(each))
        made.append(report.record["outputs"])
        heard.append(cells)
    assert made[0] == made[1]
    assert heard[0] == heard[1]
    assert len(heard[0]) > 3


@FORKS
def test_linux_forks_and_other_systems_start_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a fork is not safe none is made."""
    assert isinstance(job_process(notebook_of("semester-start")), Forked)
    monkeypatch.setattr(workers, "CAN_FORK", False)
    assert isinstance(job_process(notebook_of("semester-start")), OwnKernelProcess)


def test_a_notebook_that_needs_a_kernel_gets_the_folder_and_the_variables_all_the_same(tmp_path: Path) -> None:
    """Falling back to a kernel loses nothing of what was asked for."""
    cells = ("x = 1", "import os\nget_ipython().kernel\nprint(os.environ['HOUQIN_TEST'], os.getcwd())")
    notebook, place = write_notebook(tmp_path / "n.ipynb", cells), tmp_path / "那里"
    place.mkdir()
    with Forks(1) as forks:
        asked = forks.submit(notebook, {}, tmp_path / "out.ipynb", folder=place, environment={"HOUQIN_TEST": "有"})
        outcome = asked.result(120)
    assert outcome.is_done, outcome.reason
    executed = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
    assert "".join(executed["cells"][-1]["outputs"][0]["text"]) == f"有 {place}\n"
