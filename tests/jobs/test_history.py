"""What ran, and how it ended, whichever way."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from jobs.test_runs import make, plan_of, school  # noqa: F401  (school is a fixture)

from houqin.cli import main
from houqin.errors import FailedRun
from houqin.jobs.history import FILE, Entry, History
from houqin.jobs.runs import open_run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_published_run_stands_in_the_history(school: Path) -> None:  # noqa: F811
    """With its id, its time and its counts; the newest first."""
    first = make(plan_of(school, as_of="2025-09-12"))
    second = make(plan_of(school, as_of="2025-09-13"))
    entries = History(first.parents[3]).entries()
    assert [(each.status, each.run, each.as_of) for each in entries] == [
        ("done", second.name, "2025-09-13"), ("done", first.name, "2025-09-12"),
    ]  # fmt: skip
    assert all(each.finished >= each.started and each.seconds >= 0 for each in entries)


def test_a_failed_run_says_why_and_an_interrupted_one_that_it_was(school: Path) -> None:  # noqa: F811
    """The sentence that the person read is the sentence in the history."""
    plan = plan_of(school)
    with pytest.raises(FailedRun), open_run(plan):
        raise FailedRun("收件箱是空的。")
    with pytest.raises(KeyboardInterrupt), open_run(plan):
        raise KeyboardInterrupt
    entries = History(plan.out).entries()
    assert [(each.status, each.reason) for each in entries] == [("interrupted", ""), ("failed", "收件箱是空的。")]


def test_a_run_whose_process_died_is_told_as_what_it_came_to(school: Path) -> None:  # noqa: F811
    """Published before the power went: done; else lost. Nobody wrote either."""
    published = make(plan_of(school))
    history, place = History(published.parents[3]), str(published.parent)
    for run in (published.name, "0" * 12):
        entry = Entry(0, "semester-start", "示例中学", "2025-2026-1", place, "2025-09-12T00:00:00+00:00")
        number = history.begin(entry)
        history.tell(number, run=run)
        with sqlite3.connect(history.out / FILE) as book:
            book.execute("UPDATE runs SET status = 'running' WHERE number = ?", [number])
    assert [(each.status, each.run) for each in history.entries()][:2] == [("lost", "0" * 12), ("done", published.name)]


def test_a_damaged_history_stops_no_run(school: Path) -> None:  # noqa: F811
    """The result is what counts; the fault is said beside it."""
    plan = plan_of(school)
    plan.out.mkdir(parents=True, exist_ok=True)
    (plan.out / FILE).write_bytes(b"no database at all" * 100)
    assert make(plan).is_dir()


def test_the_command_lists_runs_as_text_and_as_json(school: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    """A line a run; the document for programs; nothing yet is a sentence."""
    run = make(plan_of(school))
    out = str(run.parents[3])
    assert main(["history", "--out", out]) == 0
    assert f"结果 {run.name}" in capsys.readouterr().out
    assert main(["history", "--out", out, "--json", "--job", "semester-start"]) == 0
    assert [each["run"] for each in json.loads(capsys.readouterr().out)["runs"]] == [run.name]
    assert main(["history", "--out", out, "--school", "别的学校"]) == 0
    assert capsys.readouterr().out == "还没有运行过。\n"


def test_a_history_that_nobody_can_read_is_told_and_an_empty_one_is_empty(tmp_path: Path) -> None:
    """A full disk leaves a file of no bytes, another fault no database at all."""
    (tmp_path / FILE).touch()
    assert History(tmp_path).entries() == []
    (tmp_path / FILE).write_bytes(b"no database" * 1000)
    with pytest.raises(FailedRun, match=r"读不出来.*可以把它移走"):
        History(tmp_path).entries()


def test_a_lost_run_is_told_as_lost_though_the_history_cannot_be_written(school: Path) -> None:  # noqa: F811
    """On a disk that is full or that can only be read nothing can be mended, and still nothing false is said."""
    plan = plan_of(school)
    plan.parent.mkdir(parents=True)
    History(plan.out).begin(Entry(0, plan.job, "示例中学", plan.period, str(plan.parent), "2025-09-12T00:00:00+00:00"))
    with sqlite3.connect(plan.out / FILE) as book:
        book.execute("CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT no_such_function(); END")
    assert [each.status for each in History(plan.out).entries()] == ["lost"]
    assert sqlite3.connect(plan.out / FILE).execute("SELECT status FROM runs").fetchall() == [("running",)]
