"""What can befall a run from outside: killed, ended, a full disk, closed streams; it says so and leaves no half."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import psutil
import pytest

from houqin.errors import FailedRun
from houqin.jobs import workers
from houqin.jobs.history import History
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.runner import run_job
from houqin.jobs.runs import FAILED, RECORD, TEMPORARY, verify_run

if TYPE_CHECKING:
    from collections.abc import Callable

PERIOD = Path("示例中学") / "semester-start" / "2025-2026-1"
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and devices of POSIX")
LINUX = pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux's device that is always full")


SCRIPT = [sys.executable, str(Path(__file__).parents[1] / "full_disk.py")]


def ways_of_a_small_disk() -> list[list[str]]:
    """Give the commands that run the script: on a real small file system where one can be had, under a limit."""
    mounting = [way for way in (["unshare", "-m"], ["unshare", "-rm"]) if can_mount(way)]
    return [*([*way, *SCRIPT, "tmpfs"] for way in mounting[:1]), [*SCRIPT, "limit"]]


def can_mount(unshare: list[str]) -> bool:
    """Tell whether this system lets us have a small file system of our own."""
    if not (sys.platform == "linux" and shutil.which("unshare") and shutil.which("mount")):
        return False
    words = [*unshare, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", "/mnt"]
    return subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Make a school with one workbook."""
    folder = tmp_path / "学校"
    (folder / "收件箱").mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", folder)
    shutil.copy(EXAMPLE_SCHOOL / "收件箱" / "各班桌凳统计.xlsx", folder / "收件箱")
    return folder


def command(school: Path) -> list[str]:
    """Give the command line of the job on the school, its results beside it."""
    words = ("run", "semester-start", "--school", str(school), "--out", str(school.parent / "结果"))
    return [sys.executable, "-m", "houqin", *words]


def given(school: Path) -> SemesterStart:
    """Give the same as parameters."""
    return SemesterStart(school=str(school), out=str(school.parent / "结果"))


def kill_it(_number: int, _count: int) -> None:
    """Kill what executes the notebook, as a system without memory does."""
    if workers.CAN_FORK:
        victims = psutil.Process(workers.FORKS.pid).children()
    else:
        victims = [each for each in psutil.Process().children() if "ipykernel" in " ".join(each.cmdline())]
    for each in victims:
        each.kill()


def told_in(notebook: Path) -> str:
    """Give the first cell of a notebook."""
    return "".join(json.loads(notebook.read_text(encoding="utf-8"))["cells"][0]["source"])


@pytest.fixture(params=["as this system does", "with a kernel"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run notebooks in forks where this system has safe ones, and as Windows and macOS do."""
    if request.param == "with a kernel":
        monkeypatch.setattr(workers, "CAN_FORK", False)
    workers.FORKS.close()


@pytest.mark.usefixtures("way")
def test_a_killed_process_is_told_and_nothing_is_published(school: Path) -> None:
    """The sentence and the kept notebook say what happened, the history that it failed; the next run is as ever."""
    with pytest.raises(FailedRun, match="进程中途停了"):
        run_job("semester-start", given(school), on_cell=kill_it)
    period = school.parent / "结果" / PERIOD
    assert [path.name for path in period.iterdir() if not path.name.startswith(".")] == [FAILED]
    (kept,) = (period / FAILED).iterdir()
    assert "运行失败（FAILED）" in told_in(kept / "99技术文件" / "semester_start.ipynb")
    (entry,) = History(school.parent / "结果").entries()
    assert (entry.status, entry.run) == ("failed", kept.name)
    assert run_job("semester-start", given(school)).folder.parent == period
    assert [each.status for each in History(school.parent / "结果").entries()] == ["done", "failed"]


@pytest.mark.usefixtures("way")
def test_a_process_that_cannot_start_is_told_with_its_last_words(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it wrote before it ended is in the sentence, not on the person's screen."""
    monkeypatch.setenv("PYTHONHOME", str(school / "没有"))
    with pytest.raises(FailedRun, match="没有启动起来，它最后说"):
        run_job("semester-start", given(school))


@POSIX
def test_what_cannot_be_copied_is_an_error_of_its_own_and_the_others_are_done(school: Path) -> None:
    """One broken link among the files: it is named in the list of findings, in run.json, and the run is published."""
    (school / "收件箱" / "断.xlsx").symlink_to("哪里")
    record = run_job("semester-start", given(school)).record
    assert [(file["path"], file["status"]) for file in record["files"]] == [
        ("各班桌凳统计.xlsx", "read"), ("断.xlsx", "refused"),
    ]  # fmt: skip
    assert [finding["file"] for finding in record["findings"] if finding["code"] == "broken-link"] == ["断.xlsx"]
    assert record["run"] != run_job("semester-start", given(without(school, "断.xlsx"))).record["run"]


def without(school: Path, name: str) -> Path:
    """Take a file out of the inbox."""
    (school / "收件箱" / name).unlink()
    return school


@POSIX
@pytest.mark.parametrize("sign", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_run_that_is_ended_cleans_up_behind_itself(school: Path, sign: str) -> None:
    """A scheduler's end, a closed window and Ctrl-C are one: status 130, a sentence, nothing half made."""
    process = subprocess.Popen(command(school), stderr=subprocess.PIPE, encoding="utf-8")
    period = school.parent / "结果" / PERIOD
    wait_for(process, lambda: bool(list(period.glob(f"{TEMPORARY}*"))))
    process.send_signal(getattr(signal, sign))
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == "已中断，没有发布半截的结果。"
    assert {path.name for path in period.iterdir()} <= {".lock", FAILED}
    assert [each.status for each in History(school.parent / "结果").entries()] == ["interrupted"]


def wait_for(process: subprocess.Popen[str], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, or the process has ended."""
    while not is_so() and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)


@LINUX
@pytest.mark.parametrize("sign", ["SIGTERM", "SIGINT"])
def test_a_run_ended_within_a_cell_leaves_a_notebook_that_says_so_and_no_process(school: Path, sign: str) -> None:
    """The notebook is on its way when the signal comes: its first cell says 被人中断了, and which cell it was in."""
    # Long enough that the signal comes before its end, however busy the machine is.
    rows = "".join(f"七年级({number})班,{number},40,40\n" for number in range(200_000))
    (school / "收件箱" / "很长.csv").write_text(f"班级,教室,课桌数,凳数\n{rows}", encoding="utf-8")
    process = subprocess.Popen(command(school), stderr=subprocess.DEVNULL, encoding="utf-8")
    period, family = school.parent / "结果" / PERIOD, psutil.Process(process.pid)
    # The reader of the sandbox is begun within the cell that makes the results.
    wait_for(process, lambda: any("houqin.read" in command_of(each) for each in workers_of(family)))
    everybody = family.children(recursive=True)
    process.send_signal(getattr(signal, sign))
    assert process.wait(60) == 130
    (kept,) = (period / FAILED).iterdir()
    told = told_in(kept / "99技术文件" / "semester_start.ipynb")
    assert "被人中断了" in told
    assert "停在：第" in told
    _, alive = psutil.wait_procs(everybody, timeout=20)
    assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.parametrize("way", [each for each in ways_of_a_small_disk() if each[-1] == "tmpfs"])
def test_a_disk_that_can_only_be_read_is_told_and_harms_nothing(school: Path, way: list[str]) -> None:
    """A stick with its lock on: a sentence, the published run as it was; when the lock is off all goes on."""
    words = [*way, str(school.parent), "4096", "0"]
    done = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    first, locked, last = json.loads(done.stdout)
    assert (first["status"], first["published"]) == (0, [None])
    assert (locked["status"], locked["published"], locked["temporary"]) == (1, [None], [])
    assert "只能读，不能写" in locked["said"]
    assert (last["status"], last["published"], last["history"]) == (0, [None], ["done", "done"])


def test_an_output_folder_that_goes_in_the_middle_is_told(school: Path) -> None:
    """Somebody tidies up while the notebook runs: a sentence instead of a result, and the next run succeeds."""
    period = school.parent / "结果" / PERIOD

    def tidy(_number: int, _count: int) -> None:
        for each in period.glob(f"{TEMPORARY}*"):
            shutil.rmtree(each)

    with pytest.raises(FailedRun, match="已不在原处"):
        run_job("semester-start", given(school), on_cell=tidy)
    assert published(school.parent / "结果") == []
    folder = run_job("semester-start", given(school)).folder
    assert verify_run(folder) is None
    assert [each.status for each in History(school.parent / "结果").entries()] == ["done", "failed"]


@POSIX
@pytest.mark.parametrize("instead", ["nothing", "a file"])
def test_a_whole_output_folder_that_goes_in_the_middle_is_told(school: Path, instead: str) -> None:
    """No folder within it is named, which nobody knows; what lies there instead stays; the next run succeeds."""
    out = school.parent / "结果"

    def take_away(_number: int, _count: int) -> None:
        if out.is_dir():
            shutil.rmtree(out)
        if instead == "a file":
            out.write_text("别的", encoding="utf-8")

    with pytest.raises(FailedRun, match=rf"结果文件夹“{out}”被删除、改名或换成了别的东西"):
        run_job("semester-start", given(school), on_cell=take_away)
    assert out.is_file() == (instead == "a file")
    out.unlink(missing_ok=True)
    assert verify_run(run_job("semester-start", given(school)).folder) is None


@POSIX
def test_awkward_names_are_each_read_or_named(school: Path) -> None:
    """As long as the system allows, different only in case, links that lead round in circles: no file is lost."""
    inbox = school / "收件箱"
    desks = inbox / "各班桌凳统计.xlsx"
    for name in ("桌" * 83 + "a.xlsx", "desks.xlsx", "DESKS.xlsx"):
        spoil(desks, inbox / name)
    desks.unlink()
    (inbox / "一").symlink_to("二")
    (inbox / "二").symlink_to("一")
    (inbox / "环").symlink_to(inbox)
    report = run_job("semester-start", given(school))
    statuses = {file["path"]: file["status"] for file in report.record["files"]}
    assert {name for name, status in statuses.items() if status == "refused"} == {"一", "二", "环"}
    assert {name for name, status in statuses.items() if status == "read"} == set(report.record["marked_copies"])
    assert len(statuses) == 6
    assert len({(report.folder / copy).read_bytes() for copy in report.record["marked_copies"].values()}) == 3
    assert verify_run(report.folder) is None


def spoil(path: Path, target: Path) -> None:
    """Write a copy of a workbook whose cells hold what its name is long, where they hold numbers."""
    book = openpyxl.load_workbook(path)
    for cell in (cell for row in book.worksheets[0].iter_rows() for cell in row):
        if isinstance(cell.value, int):
            cell.value = 70 + len(target.name) + target.name.islower()
    book.save(target)


@LINUX
def test_a_power_cut_at_any_moment_leaves_no_half_and_the_next_run_succeeds(school: Path) -> None:
    """The whole process group is killed: what is published verifies, the history tells the truth, nothing runs on."""
    chance, out = random.Random(20260901), school.parent / "结果"  # noqa: S311  (a test's)
    began = time.monotonic()
    run_job("semester-start", given(school))
    usual = time.monotonic() - began
    shutil.rmtree(out)
    times = 40 if os.environ.get("HOUQIN_LONG") else 3
    for _ in range(times):
        process = subprocess.Popen(command(school), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   encoding="utf-8", process_group=0)  # fmt: skip
        with suppress(subprocess.TimeoutExpired):
            process.wait(chance.uniform(0.2, 1.2 * usual))
        everybody = []
        if process.poll() is None:
            everybody = psutil.Process(process.pid).children(recursive=True)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        _, alive = psutil.wait_procs(everybody, timeout=20)
        assert [each for each in alive if each.status() != psutil.STATUS_ZOMBIE] == []
        assert {verify_run(run) for run in published(out)} <= {None}
        ends = [each.status for each in History(out).entries()]
        assert set(ends) <= {"lost", "done"}
        assert ("done" in ends) == bool(published(out))
    folder = run_job("semester-start", given(school)).folder
    assert published(out) == [folder]
    assert list(folder.parent.glob(f"{TEMPORARY}*")) == []
    assert History(out).entries()[0].status == "done"


def published(out: Path) -> list[Path]:
    """Give the published runs."""
    return [path.parents[1] for path in (out / PERIOD).glob(f"[!.]*/{RECORD}")]


def workers_of(family: psutil.Process) -> list[psutil.Process]:
    """Give what the workers of a run's prepared process have started."""
    with suppress(psutil.Error):
        prepared = [each for each in family.children() if "houqin.jobs.prepared" in command_of(each)]
        return [below for each in prepared for worker in each.children() for below in worker.children()]
    return []


def command_of(process: psutil.Process) -> str:
    """Give a process's command line; nothing where it has ended."""
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


@POSIX
def test_a_run_needs_no_streams_of_its_own(school: Path) -> None:
    """A scheduler may start us with standard input and output closed."""
    closed = 'exec "$@" <&- >&-'
    words = ["sh", "-c", closed, "sh", *command(school)]
    done = subprocess.run(words, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


@FULL
def test_a_full_disk_is_told_in_a_sentence(school: Path) -> None:
    """What the system refuses while we print is no traceback either."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command(school), stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("文件读写不成：磁盘满了。")


@POSIX
def test_a_reader_that_has_seen_enough_is_no_fault(school: Path) -> None:
    """`houqin clean --json | head -1` ends without a word."""
    words = [sys.executable, "-m", "houqin", "clean", str(EXAMPLE_SCHOOL / "收件箱"), "--json", "--school", str(school)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.wait(60)


@POSIX
@pytest.mark.parametrize("way", ways_of_a_small_disk(), ids=lambda way: way[-1])
def test_a_disk_that_fills_up_leaves_no_half_and_the_next_run_with_room_succeeds(school: Path, way: list[str]) -> None:
    """Full at the start, among copies, workbooks, the notebook, the record: one sentence, the truth, no half."""
    sizes = range(4, 330, 6) if os.environ.get("HOUQIN_LONG") else (4, 24, 60, 150, 260)
    words = [*way, str(school.parent), *map(str, sizes)]
    done = subprocess.run(words, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    *small, last = json.loads(done.stdout)
    for each in small:
        assert each["published"] in ([], [None])  # what was published once stays, though the next try finds no room
        assert each["temporary"] == []
        assert ("done" in each["history"]) == bool(each["published"])
        assert set(each["history"]) <= {"failed", "lost", "done"}
        assert "Traceback" not in each["said"]
        assert "程序自己的错" not in each["said"]
        assert each["status"] in {0, 1}
        assert "空间" in each["said"] if each["status"] else each["history"][-1] == "done", each
    assert not small[0]["published"]
    assert (last["status"], last["said"], last["published"], last["temporary"]) == (0, "", [None], [])
    assert last["history"][-1] == "done"
