"""The executed notebook is published without what differs from run to run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from houqin.jobs.executed import tidy_notebook

if TYPE_CHECKING:
    from pathlib import Path


def executed(identity: str, time: str, folder: str) -> str:
    """Give a notebook as papermill leaves it."""
    cell = {
        "cell_type": "code",
        "id": identity,
        "execution_count": 1,
        "metadata": {"tags": ["parameters"], "papermill": {"start_time": time, "duration": 1.5}},
        "source": [f'school = "{folder}/示例中学"\n'],
        "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"写到 {folder}/out/a.xlsx\n"]}],
    }
    metadata = {"papermill": {"start_time": time, "output_path": f"{folder}/x"}, "language_info": {"version": time}}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def test_two_runs_of_the_same_give_the_same_bytes_wherever_they_ran(tmp_path: Path) -> None:
    """Times, ids and folders go; source, outputs and tags stay, Chinese as Chinese."""
    one, two = tmp_path / "one.ipynb", tmp_path / "two.ipynb"
    one.write_text(executed("a1", "2025-09-12T08:00", "/home/甲"), encoding="utf-8")
    two.write_text(executed("b2", "2026-01-01T09:30", "/srv/乙 丙"), encoding="utf-8")
    tidy_notebook(one, {"/home/甲": "~", "/home/甲/out": "."})
    tidy_notebook(two, {"/srv/乙 丙/out": ".", "/srv/乙 丙": "~"})
    assert one.read_bytes() == two.read_bytes()
    cell = json.loads(one.read_text(encoding="utf-8"))["cells"][0]
    assert cell["source"] == ['school = "~/示例中学"\n']
    assert cell["outputs"][0]["text"] == ["写到 ./a.xlsx\n"]
    assert cell["metadata"] == {"tags": ["parameters"]}


def test_a_path_of_windows_is_masked_as_source_writes_it(tmp_path: Path) -> None:
    """In a string of Python the backslashes are doubled."""
    path = tmp_path / "n.ipynb"
    notebook = json.loads(executed("a", "t", "x"))
    notebook["cells"][0]["source"] = ['school = "C:\\\\Users\\\\赵\\\\示例中学"\n']
    path.write_text(json.dumps(notebook), encoding="utf-8")
    tidy_notebook(path, {"C:\\Users\\赵": "~"})
    assert json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"] == ['school = "~\\\\示例中学"\n']
