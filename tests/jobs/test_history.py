"""What ran, and how it ended, whichever way."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

import openpyxl
import pytest
from jobs.test_runs import make, plan_of, school  # noqa: F401  (school is a fixture)
from many_schools import BOOKS, make_school

from houqin.cli import main
from houqin.errors import FailedRun
from houqin.jobs.history import FILE, Entry, History
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.runs import open_run, publish

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
    """It is put aside under a name that says so, a new one is begun with this run, and the person hears of it."""
    plan = plan_of(school)
    plan.out.mkdir(parents=True, exist_ok=True)
    spoilt = b"no database at all" * 100
    (plan.out / FILE).write_bytes(spoilt)
    with open_run(plan) as run:
        publish(run, {"run": run.id, "sources": dict(run.sources)})
    assert ["已改名为《运行记录（坏了 1）.sqlite3》" in note for note in run.notes] == [True]
    assert (plan.out / "运行记录（坏了 1）.sqlite3").read_bytes() == spoilt
    assert [each.status for each in History(plan.out).entries()] == ["done"]


def test_a_history_that_another_program_holds_is_left_as_it_is(
    school: Path, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:
    """It is not damaged: nothing is put aside, the run is published, and who asks is told to come again."""
    monkeypatch.setattr("houqin.jobs.history.PATIENCE_SECONDS", 0.01)
    monkeypatch.setattr("houqin.jobs.history_file.PATIENCE_SECONDS", 0.01)
    plan = plan_of(school)
    make(plan)
    with closing(sqlite3.connect(plan.out / FILE, isolation_level=None)) as held:
        held.execute("BEGIN EXCLUSIVE")
        again = plan_of(school, as_of="2025-09-13")
        assert make(again).is_dir()
        with pytest.raises(FailedRun, match=r"正被别的程序占用.*过一会儿"):
            History(plan.out).entries()
    assert [path.name for path in plan.out.glob("*坏*")] == []
    assert [each.status for each in History(plan.out).entries()] == ["done"]


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE runs ADD COLUMN machine TEXT NOT NULL DEFAULT 'x'", "ALTER TABLE runs DROP COLUMN mended",
     "UPDATE runs SET status = 'archived'"],
)  # fmt: skip
def test_a_history_of_another_version_is_read_and_written(
    school: Path, change: str, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:
    """A computer with an older program beside one with a newer: what either does not know stands in nobody's way."""
    out = make(plan_of(school, as_of="2025-09-12")).parents[3]
    with closing(sqlite3.connect(out / FILE)) as book, book:
        book.execute(change)
    assert main(["history", "--out", str(out)]) == 0
    second = make(plan_of(school, as_of="2025-09-13"))
    assert [each.run for each in History(out).entries()][:1] == [second.name]
    assert len(History(out).entries()) == 2
    assert capsys.readouterr().out.count("示例中学") == 1


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


def test_the_history_of_an_earlier_version_is_read_and_gone_on_with(school: Path) -> None:  # noqa: F811
    """A file without the newest column tells its runs, and takes new ones."""
    first = make(plan_of(school, as_of="2025-09-12"))
    history = History(first.parents[3])
    with sqlite3.connect(history.out / FILE) as book:
        book.execute("ALTER TABLE runs DROP COLUMN gone")
    assert [(each.run, each.gone) for each in history.entries()] == [(first.name, 0)]
    second = make(plan_of(school, as_of="2025-09-13"))
    assert [each.run for each in history.entries()] == [second.name, first.name]


def test_a_line_tells_the_clerks_own_time_and_the_jobs_own_title(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored in UTC, shown as the clock on the wall has it; no English name of a job."""
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        line = Entry(1, "semester-start", "示例中学", "2025-2026-1", "x", "2025-09-11T23:30:00+00:00").line
    finally:
        monkeypatch.undo()
        time.tzset()
    assert line == "2025-09-12 07:30　示例中学　开学后勤汇总　2025-2026-1　正在运行"


def test_changes_name_files_figures_and_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that was mended, one that came, one that went: each is told with what it brought or took."""
    home, out = make_school(tmp_path / "学校", 1, books=2), tmp_path / "结果"
    run = ["run", "semester-start", "--school", str(home), "--out", str(out), "--as-of", "2025-09-12"]
    assert main(run) == 0
    desks, repairs, budget = (home / "收件箱" / name for name in BOOKS)
    repairs.unlink()
    shutil.copy(next((EXAMPLE_SCHOOL / "收件箱").rglob(BOOKS[2])), budget)
    book = openpyxl.load_workbook(desks)
    sheet = book.worksheets[0]
    sheet["N14"] = None  # told as 必须改 before: both too many and too few
    book.save(desks)
    assert main(run) == 0
    capsys.readouterr()
    assert main(["history", "--out", str(out), "--job", "开学后勤汇总", "--changes"]) == 0
    said = capsys.readouterr().out
    for piece in ("新放进来的文件：《2025年预算执行情况.xlsx》", "改过的文件：《各班桌凳统计.xlsx》",
                  "不在了的文件：《教室设施检修表.xlsx》", "未修报修：20 项 → （没有）", "改好 1 条",
                  "  必须改｜《各班桌凳统计.xlsx》“桌凳统计”N14：", "新出现 "):  # fmt: skip
        assert piece in said, piece


def test_changes_say_so_where_there_is_nothing_to_compare(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No run at all, and a first one."""
    assert main(["history", "--out", str(tmp_path), "--changes"]) == 0
    assert "还没有做成的运行" in capsys.readouterr().out
    home = make_school(tmp_path / "学校", 1, books=1)
    assert main(["run", "semester-start", "--school", str(home), "--out", str(tmp_path / "结果")]) == 0
    assert main(["history", "--out", str(tmp_path / "结果"), "--changes"]) == 0
    assert "没有上一次可以比" in capsys.readouterr().out
