"""The commands of schedules: Chinese throughout, one JSON document, exit statuses of the contract, nothing unasked."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, time

import pytest

from houqin.cli import main
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.schedule import Schedule, When
from houqin.jobs.schedule_book import BOOK, load_schedules, write_schedules

ENGLISH = re.compile(r"(?<![-\w<.])(Usage|Options|Commands|Error|Show this|Try|Missing|Invalid|required)\b")


@pytest.fixture
def school(tmp_path, monkeypatch):
    """Make a school, with lists of known schools of its own."""
    monkeypatch.setattr("houqin.jobs.new_school.SCHOOLS", tmp_path / ".houqin" / "schools.txt")
    folder = tmp_path / "我的 学校"
    (folder / "收件箱").mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", folder)
    return folder


@pytest.mark.parametrize("words", ["schedule", "schedule add", "schedule list", "schedule install", "due"])
def test_help_is_chinese(words, capsys):
    """No heading and no mark of the library's own English is left."""
    assert main([*words.split(), "--help"]) == 0
    told = capsys.readouterr()
    assert not ENGLISH.search(told.out + told.err)


def test_a_schedule_is_added_listed_and_removed(school, capsys):
    """The answer says when it runs next; the book is there for the clerk."""
    words = ["--school", str(school)]
    assert main(["schedule", "add", "开学后勤汇总", "--when", "每周五", "--at", "17:30", *words]) == 0
    assert re.search(r"1　开学后勤汇总　每周五 17:30　下一次：\d{4}-\d\d-\d\d 17:30", capsys.readouterr().out)
    assert (school / BOOK).is_file()
    assert main(["schedule", "list", "--json", *words]) == 0
    (listed,) = json.loads(capsys.readouterr().out)["schedules"]
    assert (listed["number"], listed["days"], listed["at"], listed["paused"]) == (1, "每周五", "17:30", False)
    assert date.fromisoformat(listed["next"][:10]).weekday() == 4
    assert main(["schedule", "remove", "1", *words]) == 0
    assert load_schedules(school) == ()
    assert main(["schedule", "remove", "1", *words]) == 2
    assert "没有编号是 1 的定时" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["semester-start"], "--when"),
        (["semester-start", "--when", "学期首曰"], "是不是“学期首日”"),
        (["semester-start", "--when", "月末", "--at", "七点"], "请写成 07:30"),
        (["semester-start", "--when", "月末", "--since", "明天"], "2025-09-01"),
        (["semster-start", "--when", "月末"], "是不是“semester-start”"),
    ],
)
def test_wrong_words_are_status_2_and_write_nothing(school, capsys, words, said):
    """The sentence says what may be written."""
    assert main(["schedule", "add", *words, "--school", str(school)]) == 2
    assert said in capsys.readouterr().err
    assert not (school / BOOK).exists()


def test_due_runs_what_was_scheduled_here_and_tells_a_failure(school, tmp_path, capsys):
    """An empty inbox comes to nothing: status 1, and the reason; the second call waits for the pause."""
    schedule = Schedule(1, "semester-start", When.WEEKLY, time(0, 0), date(2025, 9, 1), date.today().weekday())  # noqa: DTZ011
    write_schedules(school, [schedule])
    words = ["due", "--school", str(school), "--out", str(tmp_path / "结果"), "--json"]
    assert main(words) == 1
    (ran,) = json.loads(capsys.readouterr().out)["ran"]
    assert (ran["status"], ran["attempts"]) == ("failed", 1)
    assert "收件箱是空的" in ran["reason"]
    assert main(words) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ran"] == []
    assert len(told["waiting"]) == 1


def test_due_without_a_school_looks_after_those_that_scheduled_something(school, tmp_path, capsys):
    """What `schedule add` was called for is known from then on."""
    assert main(["due", "--out", str(tmp_path / "结果")]) == 0
    assert "没有到时候的定时运行" in capsys.readouterr().out
    assert main(["schedule", "add", "semester-start", "--when", "月末", "--school", str(school)]) == 0
    (school / BOOK).write_bytes(b"kaputt")
    capsys.readouterr()
    assert main(["due", "--out", str(tmp_path / "结果")]) == 1
    assert str(school) in capsys.readouterr().out


def test_install_shows_and_writes_nothing_unless_asked(capsys, monkeypatch, tmp_path):
    """Without a terminal to ask at and without --yes, showing is all."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    for words in (["--show"], []):
        assert main(["schedule", "install", "--with", "systemd", *words]) == 0
        assert "写文件" in capsys.readouterr().out
    assert main(["schedule", "uninstall", "--with", "systemd"]) == 0
    told = capsys.readouterr()
    assert "删文件" in told.out
    assert "没有写任何东西" in told.err
    assert list(tmp_path.iterdir()) == []


def test_the_calendar_is_listed_by_week(school, capsys):
    """Days off and exchanged days with their reasons."""
    assert main(["schedule", "calendar", "--school", str(school)]) == 0
    told = capsys.readouterr().out
    assert "2025-2026 学年第一学期　2025-09-01 到 2026-01-30" in told
    assert "第 4 周　09-22 到 09-28　一二三四五日　09-28 调休上课" in told
    assert "第 5 周　09-29 到 10-05　一二　10-01 到 10-05 国庆节、中秋节" in told
