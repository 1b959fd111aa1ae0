"""A run in a prepared process of its own gives what papermill's own engine gives, and leaves nothing behind."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
from typing import TYPE_CHECKING, Any

import nbformat
import papermill
import psutil
import pytest
from jobs.notebooks_of_all_kinds import KINDS, write_notebook
from papermill.exceptions import PapermillExecutionError

from houqin.jobs import engine, suitable, workers

if TYPE_CHECKING:
    from pathlib import Path

LINUX = pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")


def execute(folder: Path, name: str, *cells: str, engine_name: str | None = "houqin", **options: Any) -> dict[str, Any]:
    """Execute a notebook of these cells in a folder and give the saved one; what it raises stands under `raised`."""
    source = write_notebook(folder / f"{name}.ipynb", cells, **options.pop("tags", {}))
    target = folder / f"{name}.{engine_name}.ipynb"
    raised, message = None, ""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # a kernel that sees it watches no descriptors
    try:
        papermill.execute_notebook(
            source, target, {"x": "值 “1”"} if cells else None, engine_name=engine_name, progress_bar=False,
            cwd=folder, **options,
        )  # fmt: skip
    except (PapermillExecutionError, engine.DeadKernelError, engine.CellTimeoutError) as fault:
        raised, message = type(fault).__name__, str(fault)
    return {**nbformat.read(target, 4), "raised": raised, "message": message}


def told(notebook: dict[str, Any]) -> list[Any]:
    """Give what a person or a program reads of an executed notebook, without times and names of temporary files."""
    cells = [
        [cell["cell_type"], cell.get("execution_count"), cell["metadata"].get("papermill"), outputs(cell),
         cell["metadata"].get("tags")]
        for cell in notebook["cells"]
    ]  # fmt: skip
    for cell in cells:
        cell[2] = cell[2] and (cell[2]["status"], cell[2]["exception"])
    text = json.dumps([notebook["raised"], notebook["metadata"].get("language_info"), cells])
    return json.loads(re.sub(r"ipykernel_\d+", "ipykernel", text))


def outputs(cell: dict[str, Any]) -> list[Any]:
    """Give a cell's outputs, text of one stream in one piece: how it is cut depends on time."""
    streams = {"stdout": "", "stderr": ""}
    others = []
    for each in cell.get("outputs", []):
        if each["output_type"] == "stream":
            streams[each["name"]] += "".join(each["text"])
        else:
            others.append(dict(each))
            if each.get("ename") == "StdinNotImplementedError":  # it is raised by another file there
                others[-1]["traceback"] = []
    return [streams, others]


@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_gives_what_a_kernel_gives(tmp_path: Path, kind: str) -> None:
    """Outputs, counts, marks, tags, what is raised: all as with papermill's own engine, injected cell aside."""
    ours = execute(tmp_path, "it", *KINDS[kind])
    theirs = execute(tmp_path, "it", *KINDS[kind], engine_name=None)
    assert told(ours) == told(theirs)


def test_only_what_a_worker_can_do_is_given_to_it(tmp_path: Path) -> None:
    """Another kernel, a front end, a magic or an option of kernels: each is left to a kernel, with a reason."""
    def reason(cell: str, name: str = "houqin", **options: object) -> str | None:
        return suitable.reason_for_kernel(
            nbformat.read(write_notebook(tmp_path / "n.ipynb", (cell,)), 4), name, options
        )

    assert reason("x = 1") is None
    assert "网页控件" in str(reason("import ipywidgets"))
    assert "魔法命令" in str(reason("%matplotlib widget"))
    assert reason("%matplotlib inline") is None
    assert "内核是“ir”" in str(reason("x", "ir"))
    assert "on_cell_start" in str(reason("x", on_cell_start=print))


def test_a_notebook_for_a_kernel_is_run_by_one_and_the_log_says_why(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Falling back is no secret."""
    done = execute(tmp_path, "it", "x = 1", "get_ipython().kernel is None", log_output=True)
    assert done["cells"][-1]["outputs"][0]["data"]["text/plain"] == "False"
    assert "用普通内核运行" in caplog.text


def test_nothing_of_a_run_reaches_the_next(tmp_path: Path) -> None:
    """Working folder, environment, modules, files, random numbers, streams: the second run finds all as new."""
    spoil = (
        "import os, sys, random, json\nos.environ['HOUQIN_LEFT'] = '1'\nsys.modules['left'] = json\njson.left = 1",
        "kept = open('f', 'w')\nkept.write('written at the end')\nrandom.seed(1)\nsys.path.append('left')",
        "first = random.random()\nos.chdir('..')\nfirst",
    )
    left = "'HOUQIN_LEFT' in os.environ, 'left' in sys.modules, hasattr(json, 'left'), 'left' in sys.path"
    look = (
        f"import os, sys, random, json\n[{left}, 'kept' in dir(), os.getcwd(), open('f').read()]",
        "random.random()",
    )
    first = execute(tmp_path, "spoil", "x = 1", *spoil)["cells"][-1]["outputs"][0]["data"]["text/plain"]
    cells = execute(tmp_path, "look", "x = 1", *look)["cells"]
    assert ast.literal_eval(cells[-2]["outputs"][0]["data"]["text/plain"]) == [
        False, False, False, False, False, str(tmp_path), "written at the end",
    ]  # fmt: skip
    assert cells[-1]["outputs"][0]["data"]["text/plain"] != first


@LINUX
def test_random_numbers_of_numpy_differ_from_run_to_run(tmp_path: Path) -> None:
    """Forks of one process would all draw the same."""
    cells = ("x = 1", "import numpy as np\nnp.random.rand()")
    runs = [execute(tmp_path, "it", *cells) for _ in range(3)]
    drawn = {run["cells"][-1]["outputs"][0]["data"]["text/plain"] for run in runs}
    assert len(drawn) == 3


def test_injected_parameters_read_as_chinese(tmp_path: Path) -> None:
    """What papermill writes as escapes, ours writes as it is."""
    cell = execute(tmp_path, "it", "x = 1", "x")["cells"][2]
    assert "".join(cell["source"]) == '# 本次运行的参数\nx = "值 “1”"\n'
    assert cell["metadata"]["tags"] == ["injected-parameters"]


def first_cell(notebook: dict[str, Any]) -> str:
    """Give the text of the first cell."""
    return "".join(notebook["cells"][0]["source"])


def marks(notebook: dict[str, Any]) -> list[str]:
    """Give what papermill noted of each cell of code."""
    return [c["metadata"]["papermill"]["status"] for c in notebook["cells"] if c["cell_type"] == "code"]


KILL = "import os, signal\nprint('到这里')\nos.kill(os.getpid(), signal.SIGKILL)"


@pytest.mark.parametrize(
    ("cell", "options", "raised", "words"),
    [
        pytest.param(KILL, {}, "DeadKernelError", "内存不够", marks=LINUX),
        ("import os\nprint('到这里')\nos._exit(3)", {}, "DeadKernelError", "自己停了"),
        ("print('到这里')\nwhile True: pass", {"execution_timeout": 1}, "CellTimeoutError", "超过了 1 秒"),
        ("print('到这里')\nwhile True: print('啊' * 9999)", {"output_limit": 1 << 20}, "DeadKernelError", "输出"),
        pytest.param(
            "print('到这里')\nx = bytearray(1 << 33)", {"memory_limit": 1 << 31}, "PapermillExecutionError", "内存用到",
            marks=LINUX,
        ),
    ],
)  # fmt: skip
def test_whatever_ends_a_run_the_saved_notebook_tells_it(
    tmp_path: Path, cell: str, options: dict[str, Any], raised: str, words: str
) -> None:
    """FAILED, where, why and what to do in Chinese; marks are true; the next run is as ever."""
    done = execute(tmp_path, "it", "x = 1", cell, "print('never')", **options)
    said = first_cell(done) if raised != "PapermillExecutionError" else "".join(done["cells"][1]["source"])
    assert done["raised"] == raised
    assert "FAILED" in said
    assert words in said
    assert "第 4 格（`In [3]`）" in said
    assert words in done["message"] or raised != "DeadKernelError"  # who runs papermill herself reads only this
    assert marks(done) == ["completed", "completed", "failed", "pending"]
    assert done["metadata"]["papermill"]["exception"] is True
    assert "到这里" in json.dumps(done["cells"], ensure_ascii=False)
    assert execute(tmp_path, "it", "x = 1", "x")["raised"] is None


def test_a_notebook_that_failed_runs_again_without_its_first_cell(tmp_path: Path) -> None:
    """Marks of earlier failures are taken out by papermill, ours too."""
    execute(tmp_path, "it", "x = 1", "import os\nos._exit(3)")
    papermill.execute_notebook(
        tmp_path / "it.houqin.ipynb", tmp_path / "again.ipynb", engine_name="houqin", progress_bar=False,
        prepare_only=True,
    )  # fmt: skip
    assert "FAILED" not in (tmp_path / "again.ipynb").read_text(encoding="utf-8")


def test_a_cell_that_may_fail_fails_and_the_run_goes_on(tmp_path: Path) -> None:
    """The tags of papermill mean what they mean; a cell to be skipped is skipped."""
    tags = {"cell_2": ["raises-exception"], "cell_3": ["skip-execution"]}
    done = execute(tmp_path, "it", "x = 1", "1 / 0", "1 / 0", "print(x)", tags=tags)
    assert outputs(done["cells"][-1])[0]["stdout"] == "值 “1”\n"


@LINUX
def test_what_a_run_started_ends_with_it(tmp_path: Path) -> None:
    """Programs in the background are no part of a result; they are ended with the run."""
    cell = "import subprocess\np = subprocess.Popen(['sleep', '600'])\np.pid"
    pid = int(execute(tmp_path, "it", "x = 1", cell)["cells"][-1]["outputs"][0]["data"]["text/plain"])
    psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)
    assert not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@LINUX
def test_a_prepared_process_that_was_killed_is_made_anew(tmp_path: Path) -> None:
    """The run that was under way is told lost, the next finds another prepared process."""
    assert execute(tmp_path, "it", "x = 1", "x")["raised"] is None
    cell = f"import os, time\nos.kill({workers.FORKS.pid}, {int(signal.SIGKILL)})\ntime.sleep(60)"
    assert execute(tmp_path, "it", "x = 1", cell)["raised"] == "DeadKernelError"
    assert execute(tmp_path, "it", "x = 1", "x")["raised"] is None


def test_one_shots_do_the_same_where_there_is_no_fork(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows and macOS: a process for each run, prepared while the one before it runs."""
    monkeypatch.setattr(workers, "CAN_FORK", False)
    try:
        for _ in range(2):
            done = execute(tmp_path, "it", "x = 1", "print(x)\nimport os; os.system('echo 下面')", "1 / 0")
            assert outputs(done["cells"][-3])[0]["stdout"].split() == ["值", "“1”", "下面"]
            assert marks(done)[-1] == "failed"
        assert execute(tmp_path, "it", "x = 1", "import os\nos._exit(3)")["raised"] == "DeadKernelError"
    finally:
        workers.ONE_SHOTS.close()


def test_progress_is_heard_of_cell_by_cell(tmp_path: Path) -> None:
    """`on_cell` gets the number of each cell of code and how many there are."""
    heard: list[tuple[int, int]] = []
    execute(tmp_path, "it", "x = 1", "x", on_cell=lambda number, count: heard.append((number, count)))
    assert heard == [(2, 4), (3, 4), (4, 4)]


def test_a_long_run_is_saved_on_its_way_and_says_so(tmp_path: Path) -> None:
    """Whoever finds it after a power cut reads that it was not done."""
    wait = "import time\ntime.sleep(1.1)"
    look = "from pathlib import Path\nPath('it.houqin.ipynb').read_text(encoding='utf-8').count('还没有做完')"
    done = execute(tmp_path, "it", "x = 1", wait, look)
    assert done["cells"][-1]["outputs"][0]["data"]["text/plain"] == "2"  # the first cell, and this one's own text
    assert "还没有做完" not in first_cell(done)

