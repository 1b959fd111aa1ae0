"""Time many runs of one notebook: our engine against papermill's command line, on the same machine, outputs compared.

`python tests/benchmarks/throughput.py [RUNS]`; the notebook's own work is below 0.1 CPU s.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import psutil

from houqin.jobs import workers
from houqin.jobs.forks import Forks
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL, NOTEBOOKS
from houqin.jobs.runner import run_job

if TYPE_CHECKING:
    from collections.abc import Callable

CELLS = ("x = 1", "import json\ns = sum(i * i for i in range(300_000))\nprint(x, s)", "{'和': s}")
LONG = 4
IMPORTS = 8
COMMAND = [sys.executable, "-W", "ignore", "-m", "papermill", "--no-progress-bar"]
LOOP = """
import sys, papermill
for number in range(int(sys.argv[3]), int(sys.argv[4])):
    papermill.execute_notebook(sys.argv[1], f"{sys.argv[2]}/{number}.ipynb", {"x": number}, progress_bar=False)
"""


def main() -> None:
    """Print seconds a run, and the ratios."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    folder = Path(tempfile.mkdtemp())
    try:
        notebook = folder / "n.ipynb"
        made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in CELLS])
        made.cells[0].metadata["tags"] = ["parameters"]
        made.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "x"}
        notebook.write_text(json.dumps(made), encoding="utf-8")
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {runs} runs of ours, fewer of the slow ones")
        compare(folder, notebook, runs)
        import_time(folder)
        semester_start(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def compare(folder: Path, notebook: Path, runs: int) -> None:
    """Time each way of running the notebook, after comparing what they made."""
    few = max(4, runs // 4)
    cli = timed(few, lambda: command_lines(folder / "cli", notebook, few, 1))
    cli2 = timed(few, lambda: command_lines(folder / "cli2", notebook, few, 2))
    long = LONG * runs  # each of its processes imports papermill, which is paid once and is no run's own
    forked = timed(long, lambda: in_processes(folder / "prov", notebook, long, 4))
    with Forks(1) as forks:
        loop_one = lambda n: [forks.submit(notebook, {"x": i}, place(folder / "one", i)).result() for i in range(n)]  # noqa: E731
        loop_one(1)
        one = timed(runs, lambda: loop_one(runs))
        memory(folder, notebook)
    by_count = {}
    for count in (2, 4):
        with Forks(count) as forks:
            tickets: Callable[[], Any] = lambda forks=forks, count=count: [  # noqa: E731
                each.result()
                for each in [forks.submit(notebook, {"x": i}, place(folder / f"at{count}", i)) for i in range(runs)]
            ]
            by_count[count] = timed(runs, tickets)
    reference = [outputs(folder / "cli" / f"{i}.ipynb") for i in range(few)]
    for way in ("cli2", "prov", "one", "at2", "at4"):
        same = [outputs(folder / way / f"{i}.ipynb") for i in range(few)] == reference
        print(f"outputs of {way} the same as the command line's: {same}")
    best = min(by_count.values())
    print(f"papermill's command line {cli:.3f} s a run; two at once {cli2:.3f}")
    print(f"our engine in a loop {one:.4f}; two at once {by_count[2]:.4f}; four {by_count[4]:.4f}")
    print(f"engine against command line: {cli / one:.1f} in a loop, {cli / best:.1f} in a batch (goal 15)")
    print(f"engine's batch against two command lines at once: {cli2 / best:.1f}, its loop {cli2 / one:.1f} (goal 8)")
    print(f"papermill's API, our provisioner, 4 processes, {long} runs with their start: {forked:.3f}; "
          f"{cli2 / forked:.1f} x two at once (goal 4)")  # fmt: skip
    print(f"load {os.getloadavg()[0]:.1f} at the end")


def timed(runs: int, action: Callable[[], object]) -> float:
    """Give seconds a run."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) / runs


def place(folder: Path, number: int) -> Path:
    """Give the path of a result."""
    folder.mkdir(exist_ok=True)
    return folder / f"{number}.ipynb"


def command_lines(folder: Path, notebook: Path, runs: int, at_once: int) -> None:
    """Run papermill's command line so many times, so many at once."""
    under_way: list[subprocess.Popen[bytes]] = []
    for number in range(runs):
        words = [*COMMAND, str(notebook), str(place(folder, number)), "-p", "x", str(number)]
        under_way.append(subprocess.Popen(words, stderr=subprocess.DEVNULL))
        if len(under_way) == at_once:
            under_way.pop(0).wait()
    for each in under_way:
        each.wait()


def in_processes(folder: Path, notebook: Path, runs: int, at_once: int) -> None:
    """Run papermill's own engine in some processes, kernels by our provisioner."""
    folder.mkdir(exist_ok=True)
    environment = {**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": "houqin-provisioner"}
    bounds = [runs * part // at_once for part in range(at_once + 1)]
    under_way = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", LOOP, str(notebook), str(folder), str(first), str(last)],
            env=environment, stderr=subprocess.DEVNULL,
        )
        for first, last in itertools.pairwise(bounds)
    ]  # fmt: skip
    for each in under_way:
        each.wait()


def outputs(path: Path) -> list[Any]:
    """Give what a run showed, text of a stream in one piece."""
    shown = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        texts = cell.get("outputs", [])
        shown.extend(["".join(each["text"])] if each["output_type"] == "stream" else each for each in texts)
    return shown


def memory(folder: Path, notebook: Path) -> None:
    """Print what one run more costs in memory, shared pages shared."""
    zygote = psutil.Process(workers.FORKS.pid)
    worker = workers.new_worker()
    worker.set_up(str(folder), dict(os.environ))
    worker.run(notebook and "sum(range(1000))")
    while worker.get(30)["is"] != "reply":
        pass
    child = psutil.Process(worker.pid)
    print(f"memory: prepared process {zygote.memory_full_info().uss >> 20} MB of its own, "
          f"a run {child.memory_full_info().uss / (1 << 20):.1f} MB more")  # fmt: skip
    worker.finish()


def import_time(folder: Path) -> None:
    """Print what `import papermill` takes with our engine registered and without, in turn, CPU of the quickest round."""
    taken: dict[str, list[float]] = {"[papermill.engine]\nhouqin = houqin.jobs.papermill_entry:LazyEngine": [], "": []}
    for each in itertools.islice(itertools.cycle(taken), 2 * IMPORTS):
        told = folder / str(len(each)) / "houqin-0.1.0.dist-info"  # before an installed one on the path, which it hides
        told.mkdir(parents=True, exist_ok=True)
        (told / "entry_points.txt").write_text(each, encoding="utf-8")
        path = os.pathsep.join([str(told.parent), *sys.path])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", "import papermill"], check=True, env={**os.environ, "PYTHONPATH": path})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken[each].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    with_ours, without = map(min, taken.values())
    print(f"import papermill: {without:.3f} CPU s without our engine, {with_ours:.3f} with it")


def semester_start(folder: Path) -> None:
    """Print the job beside its ceiling: the same function, called without any notebook."""
    alone = (
        "import sys; from houqin import semester_start; "
        "semester_start(school=sys.argv[1], out=sys.argv[2]); print(1)"
    )
    words = [sys.executable, "-c", alone, str(EXAMPLE_SCHOOL), str(folder / "a")]
    bare = timed(1, lambda: subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=NOTEBOOKS))
    given = SemesterStart(school=str(EXAMPLE_SCHOOL), out=str(folder / "b"))
    job = timed(1, lambda: run_job("semester-start", given))
    print(f"semester-start: {job:.2f} s as a run, {bare:.2f} s its own work in a fresh process without a notebook")


if __name__ == "__main__":
    main()
