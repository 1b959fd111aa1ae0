"""papermill as we use it: the kernel is our own Python, and a cell that failed says so whatever it failed of."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import nbformat
import pytest

from houqin.jobs import engine
from houqin.jobs.kernel import KERNEL_NAME, OwnKernel

if TYPE_CHECKING:
    from pathlib import Path


def notebook(*cells: str) -> dict:
    """Give a notebook with these cells, the first of them the parameters."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    made.cells[0].metadata["tags"] = ["parameters"]
    made.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "x"}
    return made


def execute(folder: Path, *cells: str, **parameters: object) -> Path:
    """Execute a notebook of these cells and give the executed one."""
    source, target = folder / "in.ipynb", folder / "out.ipynb"
    source.write_text(json.dumps(notebook(*cells)), encoding="utf-8")
    kernel = OwnKernel()
    kernel.start(cwd=folder, environment={"HOUQIN_TEST": "有"}, preload="json")
    try:
        engine.execute_notebook(
            source, target, parameters=parameters, engine_name=engine.ENGINE_NAME, kernel_name=KERNEL_NAME,
            language="python", progress_bar=False, cwd=folder, km=kernel.manager,
        )  # fmt: skip
    finally:
        kernel.kill()
    return target


def statuses(path: Path) -> list[str]:
    """Give what papermill noted of each cell of code."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell["metadata"]["papermill"]["status"] for cell in cells if cell["cell_type"] == "code"]


def test_the_kernel_is_this_python_without_the_users_set_up(tmp_path: Path) -> None:
    """No kernelspec of the user's decides which Python runs a job, and no history file is written."""
    code = "import sys, os; print(sys.executable, os.environ['HOUQIN_TEST'], get_ipython().history_manager.enabled)"
    out = json.loads(execute(tmp_path, "x = 1", code, x=2).read_text(encoding="utf-8"))
    assert "".join(out["cells"][-1]["outputs"][0]["text"]) == f"{sys.executable} 有 False\n"


def test_parameters_arrive_as_they_are_and_show_chinese_as_chinese(tmp_path: Path) -> None:
    """Quotes, backslashes and Chinese come through the injected cell unharmed, and people can read it."""
    value = 'C:\\学校 "一"\\新\n行'
    out = execute(tmp_path, "x = 1; n = None", "print(repr(x), n)", x=value, n=2)
    cells = json.loads(out.read_text(encoding="utf-8"))["cells"]
    assert "学校" in "".join(cells[1]["source"])
    assert "".join(cells[-1]["outputs"][0]["text"]) == f"{value!r} 2\n"


def test_a_cell_that_raises_is_failed_and_those_behind_it_did_not_run(tmp_path: Path) -> None:
    """The saved notebook says where it stopped."""
    with pytest.raises(engine.PapermillExecutionError, match="ZeroDivisionError"):
        execute(tmp_path, "x = 1", "1 / 0", "print('never')", x=1)
    assert statuses(tmp_path / "out.ipynb") == ["completed", "completed", "failed", "pending"]


def test_a_cell_whose_kernel_died_is_failed_and_not_completed(tmp_path: Path) -> None:
    """Unmended, papermill and nbclient mark every cell completed; our notebook tells the truth."""
    with pytest.raises(engine.DeadKernelError):
        execute(tmp_path, "x = 1", "import os; os._exit(9)", "print('never')", x=1)
    assert statuses(tmp_path / "out.ipynb") == ["completed", "completed", "failed", "pending"]


def test_a_fault_that_a_person_can_mend_is_shown_as_its_sentence_alone(tmp_path: Path) -> None:
    """In JupyterLab the clerk reads what is wrong, not a page of English traceback."""
    code = "from houqin.errors import BadParameter\nraise BadParameter('参数“semester”不对。')"
    with pytest.raises(engine.PapermillExecutionError):
        execute(tmp_path, "x = 1", code, x=1)
    cells = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))["cells"]
    (fault,) = [out for cell in cells for out in cell.get("outputs", []) if out["output_type"] == "error"]
    assert (fault["ename"], fault["evalue"]) == ("BadParameter", "参数“semester”不对。")
    assert fault["traceback"] == ["参数“semester”不对。"]
