"""Batches: one bad school costs nobody else anything, a killed batch goes on, and all appears once."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from many_schools import AS_OF, POISONS, make_school, make_schools
from poison import CALL

from houqin.cli import main
from houqin.errors import BadParameter, FailedRun
from houqin.jobs.batch import Order, report_lines, run_batch
from houqin.jobs.batch_pool import Limits
from houqin.jobs.runs import RECORD, verify_run
from houqin.jobs.schools import school_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.jobs.batch import BatchReport

JOB = "semester-start"
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
LONG = pytest.mark.skipif(not os.environ.get("HOUQIN_LONG"), reason="the long one: python run.py test --all")
# A loop is ended after this; a loaded machine still makes a school within it. Without a loop nothing waits for the end.
WITH_A_LOOP, WITHOUT = Limits(seconds=25, memory_mb=1500), Limits(seconds=400, memory_mb=1500)


@pytest.fixture(autouse=True)
def _workers_know_the_poison(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [str(Path(__file__).parents[1]), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in paths if path))


def order(folder: Path, out: Path, **more: object) -> Order:
    """Order a batch of the schools below a folder."""
    loops = any(word.read_text(encoding="utf-8") == "loop" for word in folder.glob("*/毒.txt"))
    limits = WITH_A_LOOP if loops else WITHOUT
    return Order(JOB, str(folder), out, parameters={"as_of": AS_OF}, workers=2, limits=limits, **more)  # type: ignore[arg-type]


def published(out: Path) -> list[Path]:
    """Give all published runs of schools; one that is being made stands aside in a folder with a dot."""
    return sorted(path.parents[1] for path in out.glob(f"*/{JOB}/*/[!.]*/{RECORD}") if path.parts[-4] != "failed")


def digests(out: Path) -> dict[str, str]:
    """Give the bytes of all published results, the records of their times aside."""
    found = [path for run in (*published(out), out / "局汇总") for path in run.rglob("*") if path.is_file()]
    kept = [path for path in found if path.name not in {"run.json", ".lock"}]
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


def assert_only_the_poisoned_failed(
    report: BatchReport, count: int, out: Path, poisons: tuple[str, ...] = tuple(POISONS)
) -> None:
    """Each poisoned school is named with its own reason, all others are published once and whole."""
    failed = {each.folder.name: each.told["reason"] for each in report.failed}
    assert sorted(failed) == sorted(f"示例第{number}中学" for number in range(1, len(poisons) + 1))
    for number, poison in enumerate(poisons, 1):
        assert POISONS[poison] in failed[f"示例第{number}中学"]
    assert len(published(out)) == count - len(poisons)
    assert [verify_run(run) for run in published(out)] == [None] * (count - len(poisons))


@POSIX
def test_five_poisoned_schools_are_named_and_all_others_done(tmp_path: Path) -> None:
    """Corrupt, hostile, killed, endless, eating memory: each ends alone, and the batch ends with them named."""
    make_schools(tmp_path / "学校", 12, poisons=tuple(POISONS))
    report = run_batch(order(tmp_path / "学校", tmp_path / "结果", call=CALL))
    assert_only_the_poisoned_failed(report, 12, tmp_path / "结果")


@POSIX
@LONG
def test_three_hundred_schools_of_which_five_are_poisoned(tmp_path: Path) -> None:
    """The same at the size of a county."""
    make_schools(tmp_path / "学校", 300, poisons=tuple(POISONS))
    report = run_batch(order(tmp_path / "学校", tmp_path / "结果", call=CALL))
    assert_only_the_poisoned_failed(report, 300, tmp_path / "结果")


@POSIX
def test_a_batch_killed_half_way_goes_on_and_all_is_done_once(tmp_path: Path) -> None:
    """SIGKILL of the batch's whole process group, as a power cut: the second start makes the rest and nothing twice."""
    schools, out = tmp_path / "学校", tmp_path / "结果"
    make_schools(schools, 6, books=1)
    words = ["batch", JOB, "--schools", str(schools), "--out", str(out), "-p", f"as_of={AS_OF}", "--json"]
    process = subprocess.Popen([sys.executable, "-m", "houqin", *words], process_group=0, stderr=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL)  # fmt: skip
    while not published(out) and process.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    before = {run: (run / RECORD).stat().st_mtime_ns for run in published(out)}
    assert 0 < len(before) < 6
    done = subprocess.run([sys.executable, "-m", "houqin", *words], capture_output=True, encoding="utf-8", check=False)
    told = json.loads(done.stdout)
    assert (done.returncode, told["counts"].get("failed", 0)) == (0, 0)
    assert told["counts"]["reused"] >= len(before)
    assert len(published(out)) == 6
    assert {run: (run / RECORD).stat().st_mtime_ns for run in before} == before
    assert [verify_run(run) for run in published(out)] == [None] * 6


@POSIX
def test_a_batch_that_is_ended_takes_its_workers_along(tmp_path: Path) -> None:
    """A scheduler's end reaches the parent alone: status 130, a sentence, no process left, and it goes on later."""
    schools, out = tmp_path / "学校", tmp_path / "结果"
    make_schools(schools, 4, books=1)
    words = [sys.executable, "-m", "houqin", "batch", JOB, "--schools", str(schools), "--out", str(out),
             "-p", f"as_of={AS_OF}", "--workers", "1"]  # fmt: skip
    batch = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8")
    while not published(out) and batch.poll() is None:
        with suppress(subprocess.TimeoutExpired):
            batch.wait(0.02)
    family = psutil.Process(batch.pid).children(recursive=True)
    batch.terminate()
    _, said = batch.communicate(timeout=60)
    assert (batch.returncode, said.strip().splitlines()[-1]) == (130, "已中断，没有发布半截的结果。")
    assert psutil.wait_procs(family, timeout=60)[1] == []
    assert 0 < len(published(out)) < 4
    report = run_batch(order(schools, out))
    assert (len(report.failed), len(published(out))) == (0, 4)
    assert [verify_run(run) for run in published(out)] == [None] * 4


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers of one thread each, as the README says."""
    address_file = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    module = [sys.executable, "-m", "distributed.cli"]
    processes = [subprocess.Popen([*module[:2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                                   "--no-dashboard", "--scheduler-file", str(address_file)], **quiet)]  # fmt: skip
    while not address_file.exists() and processes[0].poll() is None:
        with suppress(subprocess.TimeoutExpired):
            processes[0].wait(0.05)
    worker = [*module[:2], "distributed.cli.dask_worker", "--scheduler-file", str(address_file), "--nthreads", "1",
              "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path)]  # fmt: skip
    processes += [subprocess.Popen(worker, **quiet) for _ in range(2)]
    try:
        yield json.loads(address_file.read_text(encoding="utf-8"))["address"], processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


@POSIX
@pytest.mark.parametrize(
    ("count", "poisons"), [(6, ("corrupt", "kill")), pytest.param(300, tuple(POISONS), marks=LONG)]
)
def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(
    tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]], count: int, poisons: tuple[str, ...]
) -> None:
    """A worker dies in the middle: its schools are made by the other, all appear once, with the bytes of here."""
    address, workers = cluster
    make_schools(tmp_path / "学校", count, books=1, poisons=poisons)
    here = run_batch(order(tmp_path / "学校", tmp_path / "这里", call=CALL))

    def kill_one(number: int, _count: int, _outcome: object) -> None:
        if number == count // 3:
            workers[0].kill()

    there = run_batch(order(tmp_path / "学校", tmp_path / "那里", call=CALL, scheduler=address), on_school=kill_one)
    assert workers[0].wait() == -signal.SIGKILL
    assert_only_the_poisoned_failed(here, count, tmp_path / "这里", poisons)
    assert_only_the_poisoned_failed(there, count, tmp_path / "那里", poisons)
    assert digests(tmp_path / "那里") == digests(tmp_path / "这里")


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No page of English: where it was looked for, and where to read how it is started."""
    make_school(tmp_path / "学校", 1)
    with pytest.raises(FailedRun, match=r"连不上 127\.0\.0\.1:9"):
        run_batch(order(tmp_path / "学校", tmp_path / "结果", scheduler="127.0.0.1:9"))


def test_the_notebook_may_be_kept_and_changes_nothing_else(tmp_path: Path) -> None:
    """With --notebook each run has its executed notebook; every other byte is the same."""
    make_school(tmp_path / "学校", 1, books=1)
    run_batch(order(tmp_path / "学校", tmp_path / "无"))
    run_batch(order(tmp_path / "学校", tmp_path / "有", notebook=True))
    plain, more = digests(tmp_path / "无"), digests(tmp_path / "有")
    added = set(more) - set(plain)
    assert [Path(name).name for name in added] == ["semester_start.ipynb"]
    assert {name: digest for name, digest in more.items() if name not in added} == plain


def test_schools_of_one_name_are_both_named(tmp_path: Path) -> None:
    """Their results would lie in one place: neither is taken for the other."""
    first = make_school(tmp_path / "学校", 1, books=1)
    shutil.copytree(first, first.with_name("另一所"))
    report = run_batch(order(tmp_path / "学校", tmp_path / "结果"))
    assert [("学校名称相同" in each.told["reason"]) for each in report.failed] == [True, True]


def test_the_exit_status_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """1 where a school failed, and the JSON document is the only thing on standard output."""
    make_school(tmp_path / "学校", 1, books=1)
    (make_school(tmp_path / "学校", 2, books=0) / "school.toml").write_text("坏", encoding="utf-8")
    words = ["batch", JOB, "--schools", str(tmp_path / "学校"), "--out", str(tmp_path / "结果"), "--json"]
    assert main([*words, "-p", f"as_of={AS_OF}"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [each["status"] for each in told["schools"]] == ["done", "failed"]
    assert "写法有误" in told["schools"][1]["reason"]


def test_schools_that_have_sent_nothing_are_counted_apart(tmp_path: Path) -> None:
    """The bureau chases these, and looks into the others."""
    make_school(tmp_path / "学校", 1, books=0)
    (make_school(tmp_path / "学校", 2, books=0) / "school.toml").write_text("坏", encoding="utf-8")
    lines = report_lines(run_batch(Order(JOB, str(tmp_path / "学校"), tmp_path / "结果", parameters={"as_of": AS_OF})))
    assert lines[0] == "2 所学校：完成 0，以前做好的 0，没做成 2，其中收件箱是空的 1。"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["-p", "as_of=昨天"], "日期要写成"),
        (["-p", "out=x"], "整批运行不能用 -p out"),
        (["--roster", "没有.xlsx"], "没有.xlsx"),
        (["-p", "as_of"], "要写成 -p 名=值"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_made(
    tmp_path: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, a sentence, and no folder of results."""
    make_school(tmp_path / "学校", 1, books=1)
    assert main(["batch", JOB, "--schools", str(tmp_path / "学校"), "--out", str(tmp_path / "结果"), *more]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "结果").exists()


def test_schools_are_found_below_a_folder_or_by_a_pattern(tmp_path: Path) -> None:
    """A folder without settings is a school too, which will be named; what lies in an inbox is none."""
    for number in (1, 2):
        make_school(tmp_path / "一区", number, books=0)
    make_school(tmp_path / "二区", 3, books=0)
    (tmp_path / "二区" / "没设置" / "收件箱" / "收件箱").mkdir(parents=True)
    names = [folder.name for folder in school_folders(str(tmp_path))]
    assert names == ["示例第1中学", "示例第2中学", "没设置", "示例第3中学"]
    assert [folder.name for folder in school_folders(str(tmp_path / "一区" / "*2*"))] == ["示例第2中学"]
    with pytest.raises(BadParameter, match="没有学校文件夹"):
        school_folders(str(tmp_path / "一区" / "示例第1中学" / "收件箱"))


def test_no_worker_outlives_its_batch(tmp_path: Path) -> None:
    """A worker whose batch is gone ends at once, also in the middle of a school that never ends."""
    home = make_school(tmp_path / "学校", 1, books=0)
    (home / "毒.txt").write_text("loop", encoding="utf-8")
    order_text = f"Order({JOB!r}, {str(home)!r}, Path({str(tmp_path)!r}), call={CALL!r})"
    script = f"from houqin.jobs.batch import *; run_batch({order_text})"
    batch = subprocess.Popen([sys.executable, "-c", script])
    worker = None
    until = time.monotonic() + 60
    while worker is None and time.monotonic() < until:
        worker = next(iter(psutil.Process(batch.pid).children()), None)
    assert worker is not None
    batch.kill()
    batch.wait()
    assert psutil.wait_procs([worker], timeout=60)[1] == []
