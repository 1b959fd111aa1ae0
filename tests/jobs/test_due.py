"""What is due runs once, what was missed is caught up with, what failed is tried again; no test waits for a clock."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest

from houqin.errors import FailedRun, LockHeld
from houqin.jobs.due import LOCK, coming, run_due
from houqin.jobs.folder_lock import locked
from houqin.jobs.history import FILE, Entry, History
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.schedule import Schedule, parse_time, parse_when
from houqin.jobs.schedule_book import BOOK, load_schedules, write_schedules
from houqin.jobs.slots import PAUSES, Slots, done


def at(text: str) -> datetime:
    """Give a moment of local time."""
    return datetime.fromisoformat(text)


class Runs:
    """Stands for the runner, which is a parameter: keeps what was asked for, and fails while it is told to."""

    def __init__(self, *faults: BaseException | None) -> None:
        self.faults, self.as_of, self.lock = list(faults), [], threading.Lock()

    def __call__(self, job, given):
        """Run, or fail with the next fault."""
        with self.lock:
            self.as_of.append(given.as_of)
            fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        levels = {"error": 1, "question": 0, "warning": 0, "info": 0}
        return SimpleNamespace(folder=Path(given.out) / "结果", record={"run": job, "findings_by_level": levels})


@pytest.fixture
def school(tmp_path):
    """Make a school of its own with an inbox of one workbook."""
    folder = tmp_path / "我的 学校"
    (folder / "收件箱").mkdir(parents=True)
    text = (EXAMPLE_SCHOOL / "school.toml").read_text(encoding="utf-8").replace("example = true", "example = false")
    (folder / "school.toml").write_text(text, encoding="utf-8")
    shutil.copy(EXAMPLE_SCHOOL / "收件箱" / "各班桌凳统计.xlsx", folder / "收件箱")
    return folder


def plan(school: Path, *words: tuple[str, str], since: str = "2025-09-01") -> None:
    """Write the school's schedules."""
    made = []
    for number, (word, clock) in enumerate(words, 1):
        when, weekday = parse_when(word)
        made.append(Schedule(number, "semester-start", when, parse_time(clock), date.fromisoformat(since), weekday))
    write_schedules(school, made)


def due(school: Path, now: str, runs: Runs, told: list | None = None):
    """Run what is due."""
    tell = (lambda notice, _: [] if told is None else told.append(notice) or []) if told is not None else lambda *_: []
    return run_due([school], school.parent / "结果", at(now), run=runs, tell=tell)


def test_one_whole_day(school):
    """Called each hour from six to midnight, each schedule runs once, at the first call after its time."""
    plan(school, ("每个上学日", "07:30"), ("每周二", "12:00"), ("月末", "17:30"), ("学期首日", "08:00"))
    runs, ran = Runs(), {}
    for hour in range(6, 24):
        report = due(school, f"2025-09-30T{hour:02d}:07:00", runs)
        ran |= {(each.days, each.slot): hour for each in report.ran}
        assert not report.has_failed
    # The semester's first day lies before; it was missed and each such day counts.
    assert ran == {
        ("学期首日", "2025-09-01"): 6, ("每个上学日", "2025-09-29"): 6, ("每周二", "2025-09-23"): 6,
        ("每个上学日", "2025-09-30"): 8, ("每周二", "2025-09-30"): 12, ("月末", "2025-09-30"): 18,
    }  # fmt: skip
    assert due(school, "2025-10-01T23:00", runs).ran == []  # a holiday


def test_a_real_run_is_published_and_entered(school):
    """The runner itself: the result lies where `houqin run` puts it, as of the slot's own day."""
    plan(school, ("每周五", "17:30"), since="2025-09-08")
    out = school.parent / "结果"
    report = run_due([school], out, at("2025-09-15T08:07"), tell=lambda *_: [])
    (ran,) = report.ran
    assert (ran.status, ran.slot, ran.as_of, report.has_failed) == ("done", "2025-09-12", "2025-09-12", False)
    assert (Path(ran.folder) / "99技术文件" / "run.json").is_file()
    (entry,) = History(out).entries()
    assert (entry.run, entry.as_of, entry.status) == (ran.run, "2025-09-12", "done")
    assert run_due([school], out, at("2025-09-15T09:07"), tell=lambda *_: []).ran == []
    assert json.loads(json.dumps(report.told))["ran"][0]["run"] == ran.run


def test_of_missed_days_only_the_newest_runs_but_each_month_s_end(school):
    """After a holiday with the computer off nobody wants thirty runs over one inbox, but each month has its own."""
    plan(school, ("每个上学日", "07:30"), ("月末", "17:30"))
    runs = Runs()
    report = due(school, "2025-11-13T09:07", runs)
    assert [(each.days, each.slot) for each in report.ran] == [
        ("每个上学日", "2025-11-13"), ("月末", "2025-09-30"), ("月末", "2025-10-31"),
    ]  # fmt: skip
    assert report.missed[0].slot == "2025-09-01"
    assert "由 2025-11-13 的那一次代替" in report.missed[0].reason
    (line,) = [line for line in report.lines if "错过" in line]
    assert line.startswith(f"2025-09-01 到 2025-11-12 的 {len(report.missed)} 次 错过：开学后勤汇总 每个上学日")
    assert due(school, "2025-11-13T10:07", runs).missed == []


def test_a_failed_run_is_tried_again_after_pauses_that_grow_and_then_given_up(school):
    """Nothing sleeps: each call looks whether the pause is over. People hear of the first failure and of the last."""
    plan(school, ("月末", "17:30"))
    runs, told, tried = Runs(*[FailedRun("磁盘满了")] * 9), [], []
    now = at("2025-09-30T18:00")
    for _ in range(100):
        report = due(school, now.isoformat(), runs, told)
        tried += [now] * len(report.ran)
        assert report.has_failed is bool(report.ran)
        now += PAUSES[0]
    assert [later - earlier for earlier, later in pairwise(tried)] == [*PAUSES[:4]]
    now = tried[-1] + PAUSES[-1]
    (last,) = due(school, now.isoformat(), runs, told).ran
    assert (last.status, last.attempts, last.reason) == ("given-up", 6, "磁盘满了")
    assert [(each.status, each.attempts) for each in told] == [("failed", 1), ("given-up", 6)]
    assert due(school, "2025-10-20T18:00", runs).ran == []


def test_a_run_that_succeeds_at_the_second_try_is_done(school):
    """And whoever heard of the failure hears of that."""
    plan(school, ("月末", "17:30"))
    runs, told = Runs(FailedRun("内核没有起来")), []
    assert due(school, "2025-09-30T18:00", runs, told).has_failed
    waiting = due(school, "2025-09-30T18:05", runs, told)
    assert ([each.slot for each in waiting.waiting], waiting.has_failed) == (["2025-09-30"], False)
    assert due(school, "2025-09-30T19:00", runs, told).ran[0].status == "done"
    assert due(school, "2025-09-30T20:00", runs, told).ran == []
    assert [(each.status, each.attempts) for each in told] == [("failed", 1), ("done", 2)]


def test_a_clock_that_was_set_back_runs_nothing_twice_and_waits_for_nothing_forever(school):
    """A dead battery puts a computer back by years; what is done stays done, what waits is tried at once."""
    plan(school, ("月末", "17:30"))
    runs = Runs(None, FailedRun("没有做成"))
    due(school, "2025-09-30T18:00", runs)
    due(school, "2025-10-31T18:00", runs)  # fails
    assert due(school, "2025-09-30T18:30", runs).ran == []
    assert due(school, "2000-01-01T00:00", runs).ran == []
    assert [each.status for each in due(school, "2025-10-31T17:45", runs).ran] == ["done"]
    assert runs.as_of == ["2025-09-30", "2025-10-31", "2025-10-31"]


def test_two_calls_at_once_run_a_slot_once(school):
    """The second finds the lock held, or the slot done."""
    plan(school, ("月末", "17:30"))
    runs, faults = Runs(), []

    def call() -> None:
        try:
            due(school, "2025-09-30T18:00", runs)
        except LockHeld as fault:
            faults.append(fault)

    threads = [threading.Thread(target=call) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert runs.as_of == ["2025-09-30"]


def test_a_slot_is_claimed_once_even_without_locks(school):
    """A network drive may have none: the claim itself is one transaction."""
    out = school.parent / "结果"
    out.mkdir()
    slots = Slots(out)
    (slot,) = slots.get("学校", "1 semester-start 月末", ["2025-09-30"])
    now = at("2025-09-30T18:00")
    first, second = slots.claim(slot, now, 0), slots.claim(slot, now, 0)
    assert first is not None
    assert second is None
    slots.tell(done(first, "abc"))
    assert slots.get("学校", "1 semester-start 月末", ["2025-09-30"])[0].run == "abc"


def test_another_call_under_way_is_told(school):
    """Status 75, and nothing is run."""
    place = school.parent / "结果" / LOCK
    place.mkdir(parents=True)
    with locked(place), pytest.raises(LockHeld):
        due(school, "2025-09-30T18:00", Runs())


@pytest.mark.parametrize("was_published", [True, False])
def test_a_call_that_died_is_judged_by_the_run_history(school, *, was_published):
    """Published before the process died: done. Not published: a failed try, and the next call runs it."""
    plan(school, ("月末", "17:30"))
    out = school.parent / "结果"
    out.mkdir()
    slots = Slots(out)
    (slot,) = slots.get(str(school.resolve()), "1 semester-start 月末", ["2025-09-30"])
    slots.claim(slot, at("2025-09-30T18:00"), 0)
    if was_published:
        history = History(out)
        entry = Entry(0, "semester-start", "示例中学", "2025-2026-1", str(out), "2025-09-30T10:00:00+00:00",
                      as_of="2025-09-30")  # fmt: skip
        history.tell(history.begin(entry), status="done", run="abc123")
    runs = Runs()
    due(school, "2025-09-30T19:00", runs)
    due(school, "2025-09-30T20:00", runs)
    assert runs.as_of == ([] if was_published else ["2025-09-30"])


def test_a_damaged_history_stops_no_schedule(school):
    """Nobody watches at night: it is put aside and said so, and what is due runs once."""
    plan(school, ("月末", "17:30"))
    out, runs = school.parent / "结果", Runs()
    out.mkdir()
    (out / FILE).write_bytes(b"\xff" * 5000)
    report = due(school, "2025-09-30T18:00", runs)
    assert [each.status for each in report.ran] == ["done"]
    assert [note for note in report.notes if "坏了" in note]
    assert due(school, "2025-09-30T19:00", runs).ran == []


def test_an_interrupted_run_is_tried_by_the_next_call(school):
    """The computer was shut down: no attempt is counted, nobody is told."""
    plan(school, ("月末", "17:30"))
    runs, told = Runs(KeyboardInterrupt(), LockHeld("别处正在运行")), []
    with pytest.raises(KeyboardInterrupt):
        due(school, "2025-09-30T18:00", runs, told)
    assert due(school, "2025-09-30T18:01", runs, told).ran[0].attempts == 0
    assert due(school, "2025-09-30T18:02", runs, told).ran[0].attempts == 1
    assert [each.status for each in told] == ["done"]


def test_a_school_with_mistakes_is_named_and_the_others_go_on(school):
    """A bad book of one school must not stop the county."""
    plan(school, ("月末", "17:30"))
    bad = school.parent / "坏的"
    bad.mkdir()
    (bad / BOOK).write_bytes(b"PK")
    runs = Runs()
    report = run_due([bad, school], school.parent / "结果", at("2025-09-30T18:00"), run=runs, tell=lambda *_: [])
    assert [each["school"] for each in report.faults] == [str(bad)]
    assert report.has_failed
    assert runs.as_of == ["2025-09-30"]


def test_a_paused_schedule_and_days_before_its_start_do_not_run(school):
    """What a clerk switched off stays off; a new schedule has no past."""
    plan(school, ("每个上学日", "07:30"), since="2025-10-01")
    assert due(school, "2025-09-30T18:00", Runs()).ran == []
    write_schedules(school, [replace(each, is_paused=True) for each in load_schedules(school)])
    assert due(school, "2025-10-09T18:00", Runs()).ran == []


def test_a_day_outside_the_semester_of_the_settings_is_noted(school):
    """The settings were not moved on to the new semester: the result is as of its end, and that is said."""
    plan(school, ("月末", "17:30"), since="2026-03-01")
    runs = Runs()
    report = due(school, "2026-03-31T18:00", runs)
    assert runs.as_of == ["2026-01-30"]
    assert "请改学校设置" in report.notes[0]


def test_what_comes_next_is_listed(school):
    """With the time, or with what the calendar lacks."""
    plan(school, ("学期首日", "08:00"), ("每周五", "17:30"))
    assert [each.line.split("　")[-1] for each in coming(school, at("2026-03-02T09:00"))] == [
        "校历里没有以后的日子，请在《学校设置》的“校历”里写上下学期", "下一次：2026-03-06 17:30",
    ]  # fmt: skip
